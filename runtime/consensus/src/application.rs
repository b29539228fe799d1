//! The application: which request is answered by what, and how a ledger begins.

use crate::failure::Failure;
use fvm_ledger::genesis::Genesis;
use fvm_ledger::ledger::Executed;
use fvm_node::Node;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use tendermint_proto::v0_38::abci::request::Value as Request;
use tendermint_proto::v0_38::abci::response::Value as Response;
use tendermint_proto::v0_38::abci::response_apply_snapshot_chunk::Result as Applied;
use tendermint_proto::v0_38::abci::response_offer_snapshot::Result as Offered;
use tendermint_proto::v0_38::abci::response_verify_vote_extension::VerifyStatus;
use tendermint_proto::v0_38::abci::{
    RequestInitChain, ResponseApplySnapshotChunk, ResponseEcho, ResponseExtendVote, ResponseFlush,
    ResponseInfo, ResponseInitChain, ResponseListSnapshots, ResponseLoadSnapshotChunk,
    ResponseOfferSnapshot, ResponseVerifyVoteExtension,
};
use tokio::sync::watch;

/// The version of the application: of the rules by which blocks are judged and run. Replicas of
/// different versions do not agree.
pub const VERSION: u64 = 1;

/// A ledger that has begun.
#[derive(Clone)]
pub struct Begun {
    /// Where it is kept.
    pub node: Arc<Node>,
    /// How it began.
    pub genesis: Genesis,
}

/// Opens the ledger that begins like this, and keeps the genesis, so that the ledger is there when
/// the replica is started again. A ledger that began otherwise is an error.
pub type Begin = Box<dyn Fn(&Genesis) -> Result<Node, String> + Send + Sync>;

/// The application. Its methods answer requests from any thread.
pub struct Application {
    begin: Begin,
    begun: OnceLock<Begun>,
    /// The block that was run and is not decided to be made yet.
    finalized: Mutex<Option<Executed>>,
    announce: watch::Sender<Option<Arc<Node>>>,
}

impl Application {
    /// A replica whose ledger has begun before, or begins when the engine says how.
    pub fn new(before: Option<Begun>, begin: Begin) -> Application {
        let announce = watch::Sender::new(before.as_ref().map(|begun| Arc::clone(&begun.node)));
        let begun = before.map_or_else(OnceLock::new, OnceLock::from);
        Application { begin, begun, finalized: Mutex::default(), announce }
    }

    /// Says when there is a ledger.
    pub fn node(&self) -> watch::Receiver<Option<Arc<Node>>> {
        self.announce.subscribe()
    }

    /// The ledger, which must have begun.
    pub(crate) fn begun(&self) -> Result<&Begun, Failure> {
        self.begun.get().ok_or_else(|| Failure::Order("the ledger has not begun".into()))
    }

    pub(crate) fn finalized(&self) -> MutexGuard<'_, Option<Executed>> {
        self.finalized.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request of the engine.
    pub fn answer(&self, request: Request) -> Result<Response, Failure> {
        Ok(match request {
            Request::Echo(echo) => Response::Echo(ResponseEcho { message: echo.message }),
            Request::Flush(_) => Response::Flush(ResponseFlush {}),
            Request::Info(_) => Response::Info(self.info()?),
            Request::InitChain(request) => Response::InitChain(self.init_chain(&request)?),
            Request::Query(request) => Response::Query(self.query(&request)?),
            Request::CheckTx(request) => Response::CheckTx(self.check_tx(&request)?),
            Request::PrepareProposal(request) => {
                Response::PrepareProposal(self.prepare_proposal(&request)?)
            }
            Request::ProcessProposal(request) => {
                Response::ProcessProposal(self.process_proposal(&request)?)
            }
            Request::FinalizeBlock(request) => {
                Response::FinalizeBlock(self.finalize_block(&request)?)
            }
            Request::Commit(_) => Response::Commit(self.commit()?),
            // Votes carry nothing of ours.
            Request::ExtendVote(_) => Response::ExtendVote(ResponseExtendVote::default()),
            Request::VerifyVoteExtension(request) => {
                let status = match request.vote_extension.is_empty() {
                    true => VerifyStatus::Accept,
                    false => VerifyStatus::Reject,
                };
                Response::VerifyVoteExtension(ResponseVerifyVoteExtension { status: status.into() })
            }
            // There are no snapshots yet: a new replica replays the blocks.
            Request::ListSnapshots(_) => Response::ListSnapshots(ResponseListSnapshots::default()),
            Request::OfferSnapshot(_) => {
                Response::OfferSnapshot(ResponseOfferSnapshot { result: Offered::Reject.into() })
            }
            Request::LoadSnapshotChunk(_) => {
                Response::LoadSnapshotChunk(ResponseLoadSnapshotChunk::default())
            }
            Request::ApplySnapshotChunk(_) => {
                let result = Applied::Abort.into();
                let none = ResponseApplySnapshotChunk::default();
                Response::ApplySnapshotChunk(ResponseApplySnapshotChunk { result, ..none })
            }
        })
    }

    /// Where this replica is: what it committed last.
    fn info(&self) -> Result<ResponseInfo, Failure> {
        let mut info = ResponseInfo {
            data: "fvm".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            app_version: VERSION,
            ..ResponseInfo::default()
        };
        if let Some(begun) = self.begun.get() {
            let ledger = begun.node.ledger();
            info.last_block_height = signed(ledger.header().height)?;
            info.last_block_app_hash = ledger.header().app_hash().to_vec().into();
        }
        Ok(info)
    }

    /// Begins the ledger, as the application state of the engine's genesis says. An engine that
    /// stopped before its first block asks again.
    fn init_chain(&self, request: &RequestInitChain) -> Result<ResponseInitChain, Failure> {
        if request.initial_height > 1 {
            let text = format!("the first block is 1, not {}", request.initial_height);
            return Err(Failure::Genesis(text));
        }
        let text = std::str::from_utf8(&request.app_state_bytes);
        let text = text.map_err(|error| Failure::Genesis(error.to_string()))?;
        let genesis = Genesis::parse(text).map_err(Failure::Genesis)?;
        if self.begun.get().is_none() {
            let node = Arc::new((self.begin)(&genesis).map_err(Failure::Genesis)?);
            self.announce.send_replace(Some(Arc::clone(&node)));
            // The engine asks on one connection; of two, the first would have begun it.
            let _ = self.begun.set(Begun { node, genesis: genesis.clone() });
        }
        let begun = self.begun()?;
        if begun.genesis != genesis {
            return Err(Failure::Genesis("the ledger here began with another genesis".into()));
        }
        let ledger = begun.node.ledger();
        let header = ledger.header();
        if header.height > 0 {
            return Err(Failure::Order(format!(
                "the engine begins anew, and the ledger here has {} blocks",
                header.height
            )));
        }
        tracing::info!(chain = genesis.chain, engine = request.chain_id, "ledger begun");
        let app_hash = header.app_hash().to_vec().into();
        Ok(ResponseInitChain { app_hash, ..ResponseInitChain::default() })
    }
}

/// A height as the protocol writes it.
pub(crate) fn signed(height: u64) -> Result<i64, Failure> {
    i64::try_from(height).map_err(|_| Failure::Order(format!("there is no block {height}")))
}
