//! Talking to a node: JSON-RPC over HTTP ([`http`]), and what the command line makes of it: the
//! contract at an address ([`contract`]), a transaction on its way ([`transaction`]), and receipts
//! for people and programs ([`mod@tell`]). A replica talks to its [`engine`] in the same way.
//!
//! Relies on the node's interface (`docs/node.md`) and on the ABI of contracts. What a node answers
//! is not trusted to be well-formed: it makes an error, never a panic.

pub mod contract;
pub mod engine;
pub mod http;
pub mod tell;
pub mod transaction;

use crate::status::Status;
use fvm_node::rpc::RpcError;
use serde_json::Value;

/// Why something asked of a node came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClientError {
    /// The URL is not one of a node.
    Url(String),
    /// The node cannot be reached, or does not answer.
    Unreachable(String),
    /// The node answers something that this client does not understand.
    Answer(String),
    /// The node or the ledger refuses: the code of JSON-RPC and the reason.
    Refused(i64, String),
}

impl ClientError {
    /// Whether the node says that there is nothing of that name.
    pub fn is_not_found(&self) -> bool {
        matches!(self, ClientError::Refused(RpcError::NOT_FOUND, _))
    }

    /// The exit status: a refusal is a finding, all else is the environment's.
    pub fn status(&self) -> Status {
        match self {
            ClientError::Url(_) => Status::Usage,
            ClientError::Refused(RpcError::REFUSED | RpcError::NOT_FOUND, _) => Status::Findings,
            ClientError::Refused(..) | ClientError::Unreachable(_) | ClientError::Answer(_) => {
                Status::Environment
            }
        }
    }
}

impl std::fmt::Display for ClientError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ClientError::Url(text)
            | ClientError::Unreachable(text)
            | ClientError::Answer(text)
            | ClientError::Refused(_, text) => f.write_str(text),
        }
    }
}

impl std::error::Error for ClientError {}

/// A member of an answer that has to be there.
pub fn member<'v>(answer: &'v Value, name: &str) -> Result<&'v Value, ClientError> {
    let missing = || ClientError::Answer(format!("the node's answer has no `{name}`"));
    answer.get(name).ok_or_else(missing)
}

/// A number in an answer.
pub fn number(answer: &Value, name: &str) -> Result<u64, ClientError> {
    let wrong = || ClientError::Answer(format!("the node's `{name}` is no number"));
    member(answer, name)?.as_u64().ok_or_else(wrong)
}

/// A text in an answer.
pub fn text<'v>(answer: &'v Value, name: &str) -> Result<&'v str, ClientError> {
    let wrong = || ClientError::Answer(format!("the node's `{name}` is no text"));
    member(answer, name)?.as_str().ok_or_else(wrong)
}

/// Something that an answer writes as text: coins, an address.
pub fn parsed<T: std::str::FromStr>(answer: &Value, name: &str) -> Result<T, ClientError> {
    let wrong = |_| ClientError::Answer(format!("the node's `{name}` is not what it should be"));
    text(answer, name)?.parse().map_err(wrong)
}

/// A list in an answer.
pub fn list<'v>(answer: &'v Value, name: &str) -> Result<&'v [Value], ClientError> {
    let wrong = || ClientError::Answer(format!("the node's `{name}` is no list"));
    member(answer, name)?.as_array().map(Vec::as_slice).ok_or_else(wrong)
}
