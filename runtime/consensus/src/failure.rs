//! Why a request of the engine cannot be answered.

use fvm_ledger::account::Unavailable;
use fvm_node::NodeError;

/// Why a request of the engine cannot be answered.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// The ledger cannot begin as the engine's genesis says.
    #[error("the application state of the genesis: {0}")]
    Genesis(String),
    /// The engine asks for something that is not next.
    #[error("{0}")]
    Order(String),
    /// The request lacks something.
    #[error("the engine's request has no {0}")]
    Incomplete(&'static str),
    /// The node.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The state.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The socket.
    #[error("the socket: {0}")]
    Socket(String),
}

impl Failure {
    /// Whether the fault lies with this replica, which then must not go on: what it would answer
    /// next might not be true.
    pub fn is_own(&self) -> bool {
        match self {
            Failure::Node(_) | Failure::Unavailable(_) | Failure::Socket(_) => true,
            Failure::Genesis(_) | Failure::Order(_) | Failure::Incomplete(_) => false,
        }
    }
}
