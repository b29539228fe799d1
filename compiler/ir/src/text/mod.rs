//! The text form of modules: `print` and `parse`, inverse to each other. Spans are not part of it.
//!
//! ```text
//! module program "demo"
//!
//! class c24 "demo.Point" extends c1 {
//!   val "x": i32
//!   var "y": any
//!   s0 = f1
//! }
//! selector s0 "area" c24 (ref c24) -> i32
//! global g0 "count": i32
//! storage st0 map "balances" "Map[Address, Amount]" value u128
//! export main "main" 0 f0 can print
//!
//! func f0 "demo.main" () can print {
//! bb0:
//!   v0: i32 = const.i32 5
//!   v1: any = box c7, v0
//!   br v0, bb1(v1), bb2
//! bb1(v2: any):
//!   ret
//! bb2:
//!   trap 3, v1
//! }
//! ```

mod dot;
mod lex;
mod parse;
mod print;

pub use dot::dot;
pub use parse::{ParseError, parse};
pub use print::{print, print_func};
