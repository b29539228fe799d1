//! What a wallet, a command line or a program in another language knows of a contract: its
//! [`Interface`] (`docs/abi.schema.json`), the [`Type`]s in it, and [`Value`]s of those types as
//! text that people write ([`literal`], [`mod@read`]), as JSON, and as the bytes that compiled
//! contracts write and read ([`wire`], decision 3). [`typescript`] writes clients.
//!
//! Relies on the ABI that the compiler puts into a module. Guarantees: the bytes of a value are the
//! ones that the contract's own encoder makes; whatever text, JSON, ABI or bytes come in, the
//! answer is a value or an error that says where and what was expected.

pub mod interface;
pub mod limits;
pub mod literal;
pub mod read;
pub mod record;
pub mod show;
pub mod types;
pub mod typescript;
pub mod value;
pub mod wire;

pub use interface::Interface;
pub use read::ReadError;
pub use types::Type;
pub use value::Value;
