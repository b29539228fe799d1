//! Proposals: what the next block may hold. A replica proposes only what every other accepts: both
//! go by the committed state and by one set of rules.

use crate::application::Application;
use crate::failure::Failure;
use crate::transaction::{Fault, read_all};
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::account::Unavailable;
use fvm_ledger::block::{SignedTransaction, encode};
use fvm_ledger::message::Content;
use fvm_ledger::transaction::Refusal;
use fvm_node::disk::Disk;
use fvm_node::node::transaction_gas;
use fvm_node::pool::{Pool, Room, Signer};
use std::collections::BTreeMap;
use std::fmt;
use tendermint_proto::v0_38::abci::response_process_proposal::ProposalStatus;
use tendermint_proto::v0_38::abci::{
    RequestPrepareProposal, RequestProcessProposal, ResponsePrepareProposal,
    ResponseProcessProposal,
};

/// Why a proposal is none.
enum Objection {
    /// Bytes are no transaction of anybody.
    Fault(Fault),
    /// The ledger would refuse a transaction.
    Refused(Refusal),
    /// It is not the next one of its signer.
    Nonce,
    /// The block has no room for it.
    Room,
}

impl fmt::Display for Objection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Objection::Fault(fault) => fault.fmt(f),
            Objection::Refused(refusal) => refusal.fmt(f),
            Objection::Nonce => f.write_str("it is not the next transaction of its signer"),
            Objection::Room => f.write_str("the block has no room for it"),
        }
    }
}

/// What the next block may hold, behind the transactions that it was given so far.
struct Rules<'a> {
    ledger: &'a Ledger<Disk>,
    /// The next nonce of each signer that was met.
    nonces: BTreeMap<Address, u64>,
    room: Room,
}

impl<'a> Rules<'a> {
    fn new(ledger: &'a Ledger<Disk>, bytes: u64) -> Result<Rules<'a>, Unavailable> {
        let room = Room { gas: transaction_gas(ledger), bytes };
        let mut rules = Rules { ledger, nonces: BTreeMap::new(), room };
        // Transactions of earlier blocks that wait still have their nonces to use.
        for envelope in ledger.queue() {
            if let Content::Transaction(transaction) = &envelope.content {
                *rules.next_nonce(transaction.signer)? += 1;
            }
        }
        Ok(rules)
    }

    fn next_nonce(&mut self, signer: Address) -> Result<&mut u64, Unavailable> {
        if !self.nonces.contains_key(&signer) {
            let account = self.ledger.account(signer)?.unwrap_or_default();
            self.nonces.insert(signer, account.nonce);
        }
        Ok(self.nonces.entry(signer).or_default())
    }

    /// Takes the next transaction of the block, or says what is wrong with it.
    fn take(&mut self, signed: &SignedTransaction) -> Result<Result<(), Objection>, Unavailable> {
        let transaction = &signed.transaction;
        if let Some(refusal) = self.ledger.refusal(transaction)? {
            return Ok(Err(Objection::Refused(refusal)));
        }
        if transaction.nonce != *self.next_nonce(transaction.signer)? {
            return Ok(Err(Objection::Nonce));
        }
        let Some(room) = self.room.beside(signed) else { return Ok(Err(Objection::Room)) };
        self.room = room;
        *self.next_nonce(transaction.signer)? += 1;
        Ok(Ok(()))
    }
}

impl Application {
    /// Chooses among transactions that wait: of each signer in the order of nonces, of different
    /// ones by tip and then as they came, as many as fit.
    pub(crate) fn prepare_proposal(
        &self,
        request: &RequestPrepareProposal,
    ) -> Result<ResponsePrepareProposal, Failure> {
        let ledger = self.begun()?.node.ledger();
        let bytes = u64::try_from(request.max_tx_bytes).unwrap_or_default();
        let mut rules = Rules::new(&ledger, bytes)?;
        let mut pool = Pool::default();
        let base_fee = ledger.base_fee();
        for signed in read_all(&request.txs).into_iter().flatten() {
            let signer = signed.transaction.signer;
            let balance = ledger.account(signer)?.unwrap_or_default().balance;
            let nonce = *rules.next_nonce(signer)?;
            // One that may not wait may not be proposed either.
            let _ = pool.add(signed, Signer { nonce, balance, base_fee });
        }
        let chosen = pool.choose(rules.room, base_fee);
        let mut txs = Vec::with_capacity(chosen.len());
        for signed in &chosen {
            if rules.take(signed)?.is_ok() {
                txs.push(encode(signed).into());
            }
        }
        Ok(ResponsePrepareProposal { txs })
    }

    /// Whether a block that somebody proposes may be decided.
    pub(crate) fn process_proposal(
        &self,
        request: &RequestProcessProposal,
    ) -> Result<ResponseProcessProposal, Failure> {
        let ledger = self.begun()?.node.ledger();
        // The engine looks at the bytes of a block itself.
        let mut rules = Rules::new(&ledger, u64::MAX)?;
        for (at, read) in read_all(&request.txs).into_iter().enumerate() {
            let objection = match read {
                Ok(signed) => rules.take(&signed)?.err(),
                Err(fault) => Some(Objection::Fault(fault)),
            };
            if let Some(objection) = objection {
                let height = request.height;
                tracing::warn!(height, transaction = at, %objection, "proposal rejected");
                return Ok(ResponseProcessProposal { status: ProposalStatus::Reject.into() });
            }
        }
        Ok(ResponseProcessProposal { status: ProposalStatus::Accept.into() })
    }
}
