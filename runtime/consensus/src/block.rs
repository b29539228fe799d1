//! Decided blocks: `FinalizeBlock` runs one in memory, `Commit` makes it, as one batch on disk. A
//! replica that is killed in between is at the block before, and the engine decides it again.

use crate::application::{Application, signed};
use crate::failure::Failure;
use crate::transaction::{CODESPACE, Code, Fault, read_all};
use fvm_keys::Address;
use fvm_ledger::account::Hash;
use fvm_ledger::block::{MessageKind, Receipt, SignedTransaction};
use fvm_ledger::difference::Ending;
use fvm_ledger::ledger::Proposal;
use fvm_ledger::round::Source;
use std::collections::{BTreeMap, VecDeque};
use tendermint_proto::v0_38::abci::{
    ExecTxResult, RequestFinalizeBlock, ResponseCommit, ResponseFinalizeBlock,
};

impl Application {
    /// Runs a decided block, and says what it comes to. Nothing is written.
    pub(crate) fn finalize_block(
        &self,
        request: &RequestFinalizeBlock,
    ) -> Result<ResponseFinalizeBlock, Failure> {
        let begun = self.begun()?;
        let next = signed(begun.node.ledger().header().height)? + 1;
        if request.height != next {
            let text =
                format!("the next block is {next}, and the engine decided {}", request.height);
            return Err(Failure::Order(text));
        }
        let time = request.time.as_ref().ok_or(Failure::Incomplete("time"))?.seconds;
        let proposer: Result<[u8; 20], _> = request.proposer_address[..].try_into();
        let proposer = proposer.map_err(|_| Failure::Incomplete("proposer"))?;
        let proposer = begun.genesis.paid(Address(proposer));
        let read = read_all(&request.txs);
        let transactions: Vec<SignedTransaction> = read.iter().flatten().cloned().collect();
        let source = Source::Execute;
        let executed = begun.node.run(Proposal { time, proposer, transactions, source })?;
        let tx_results = results(&read, &executed.effects.receipts);
        let app_hash = executed.block.header.app_hash().to_vec().into();
        *self.finalized() = Some(executed);
        let none = ResponseFinalizeBlock::default();
        Ok(ResponseFinalizeBlock { tx_results, app_hash, ..none })
    }

    /// Makes the block that was run last.
    pub(crate) fn commit(&self) -> Result<ResponseCommit, Failure> {
        let node = &self.begun()?.node;
        let executed = self.finalized().take();
        let executed = executed.ok_or_else(|| Failure::Order("no block was run".into()))?;
        node.commit(executed)?;
        node.forget();
        // All blocks are kept.
        Ok(ResponseCommit { retain_height: 0 })
    }
}

/// What became of the transactions of a block, in their order. Replicas agree on code, data and
/// gas, so these follow from the block.
fn results(read: &[Result<SignedTransaction, Fault>], receipts: &[Receipt]) -> Vec<ExecTxResult> {
    let mut ended: BTreeMap<Hash, VecDeque<&Receipt>> = BTreeMap::new();
    for receipt in receipts.iter().filter(|receipt| receipt.kind == MessageKind::Transaction) {
        ended.entry(receipt.message).or_default().push_back(receipt);
    }
    let result = |read: &Result<SignedTransaction, Fault>| match read {
        Err(fault) => refused(fault.code(), fault),
        Ok(signed) => {
            let hash = signed.transaction.hash();
            // One that the block had no room for waits in the ledger.
            let receipt = ended.get_mut(&hash).and_then(VecDeque::pop_front);
            taken(signed, &hash, receipt)
        }
    };
    read.iter().map(result).collect()
}

fn taken(signed: &SignedTransaction, hash: &Hash, receipt: Option<&Receipt>) -> ExecTxResult {
    let gas = |gas: u64| i64::try_from(gas).unwrap_or(i64::MAX);
    let result = match receipt.map(|receipt| &receipt.ending) {
        Some(Ending::Refused(refusal)) => refused(Code::Refused, refusal),
        Some(Ending::Done(_) | Ending::Failed(_) | Ending::DeadLetter(_) | Ending::Cancelled)
        | None => ExecTxResult { code: Code::Taken as u32, ..ExecTxResult::default() },
    };
    ExecTxResult {
        data: hash.to_vec().into(),
        gas_wanted: gas(signed.transaction.gas),
        gas_used: receipt.map_or(0, |receipt| gas(receipt.gas_used)),
        ..result
    }
}

fn refused(code: Code, why: &dyn std::fmt::Display) -> ExecTxResult {
    ExecTxResult {
        code: code as u32,
        log: why.to_string(),
        codespace: CODESPACE.into(),
        ..ExecTxResult::default()
    }
}
