//! The text form of modules: what `fscc disasm` and `--emit asm` print and tests write by hand.
//! [`parse`] reads exactly what [`print`] writes; a semicolon starts a comment.
//!
//! ```text
//! module program "Main"
//! constant k0 "Hello"
//! class c24 "Point" extends c1 with c25
//!   field val "x" i32
//!   method s0 f1
//! selector s0 "toString" of c1 (c1) -> c14
//! export "main" f0 main 0x0 [print]
//! function f0 () registers 2 [print]
//! b0 ():
//!     const.string r0, k0
//!     call.host r0, host.print
//!     ret
//! ```

mod lex;
mod parse;
mod print;

pub use parse::{TextError, parse};
pub use print::{print, print_inst, print_priced};
