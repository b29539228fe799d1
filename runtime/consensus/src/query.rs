//! `Query`: what the committed state holds, with proofs that end in the hash on which replicas
//! agree. Programs are better served by the node's own interface; these answers are for those that
//! know only the engine.

use crate::application::{Application, signed};
use crate::failure::Failure;
use crate::transaction::CODESPACE;
use fvm_keys::Address;
use fvm_ledger::Ledger;
use fvm_ledger::account::{Hash, Key};
use fvm_ledger::block::encode;
use fvm_ledger::ledger::account_path;
use fvm_node::disk::Disk;
use fvm_tree::StateTree;
use tendermint_proto::v0_38::abci::{RequestQuery, ResponseQuery};
use tendermint_proto::v0_38::crypto::{ProofOp, ProofOps};

/// Why there is no answer, as a number.
#[derive(Clone, Copy)]
#[repr(u32)]
enum Code {
    /// There is no such path.
    Path = 1,
    /// The data are not those of the path.
    Data = 2,
    /// Only the last block can be asked.
    Height = 3,
    /// There is nothing of that name.
    NotFound = 4,
}

/// A value and what proves it, or why there is none.
type Found = Result<(Vec<u8>, Vec<ProofOp>), (Code, &'static str)>;

impl Application {
    /// What stands in the state after the last block: `/account` (20 bytes), `/storage` (an address
    /// and a key), `/receipt` (the hash of a message).
    pub(crate) fn query(&self, request: &RequestQuery) -> Result<ResponseQuery, Failure> {
        let ledger = self.begun()?.node.ledger();
        let height = signed(ledger.header().height)?;
        let found = match request.path.as_str() {
            _ if request.height != 0 && request.height != height => {
                Err((Code::Height, "only the state after the last block can be asked"))
            }
            "/account" => account(&ledger, &request.data)?,
            "/storage" => storage(&ledger, &request.data)?,
            "/receipt" => receipt(&ledger, &request.data)?,
            _ => Err((Code::Path, "paths are /account, /storage and /receipt")),
        };
        let answer = ResponseQuery {
            height,
            key: request.data.clone(),
            codespace: CODESPACE.into(),
            ..ResponseQuery::default()
        };
        Ok(match found {
            Ok((value, ops)) => {
                let proof_ops = (request.prove && !ops.is_empty()).then_some(ProofOps { ops });
                ResponseQuery { value: value.into(), proof_ops, ..answer }
            }
            Err((code, log)) => ResponseQuery { code: code as u32, log: log.into(), ..answer },
        })
    }
}

/// The account at an address, nothing if there is none, and the proof of either.
fn account(ledger: &Ledger<Disk>, data: &[u8]) -> Result<Found, Failure> {
    let Ok(address) = data.try_into().map(Address) else {
        return Ok(Err((Code::Data, "the data are the 20 bytes of an address")));
    };
    let value = ledger.account(address)?.map(|account| encode(&account)).unwrap_or_default();
    Ok(Ok((value, vec![of_account(ledger, address), of_header(ledger)])))
}

/// What an account stores under a key, nothing if that is nothing. The account, which names the
/// root of what it stores, stands as the key of the proof of the account.
fn storage(ledger: &Ledger<Disk>, data: &[u8]) -> Result<Found, Failure> {
    let Some((address, key)) = data.split_first_chunk::<20>() else {
        return Ok(Err((Code::Data, "the data are the 20 bytes of an address, and a key")));
    };
    let (address, key) = (Address(*address), Key(key.to_vec()));
    let value = ledger.stored(address, &key)?.map(|value| value.to_vec()).unwrap_or_default();
    let (_, proof) = ledger.prove_storage(address, &key)?;
    let of_storage = op("fvm/storage", key.0, proof.encode());
    let account = ledger.account(address)?.map(|account| encode(&account)).unwrap_or_default();
    let of_account = ProofOp { key: account, ..of_account(ledger, address) };
    Ok(Ok((value, vec![of_storage, of_account, of_header(ledger)])))
}

/// The receipt of a message.
fn receipt(ledger: &Ledger<Disk>, data: &[u8]) -> Result<Found, Failure> {
    let Ok(hash) = Hash::try_from(data) else {
        return Ok(Err((Code::Data, "the data are the 32 bytes of a hash")));
    };
    let receipt = ledger.receipt(&hash)?.map(|receipt| encode(&receipt));
    let missing = (Code::NotFound, "there is no such message, or it waits");
    Ok(receipt.map(|receipt| (receipt, Vec::new())).ok_or(missing))
}

fn op(kind: &str, key: Vec<u8>, data: Vec<u8>) -> ProofOp {
    ProofOp { r#type: kind.into(), key, data }
}

fn of_account(ledger: &Ledger<Disk>, address: Address) -> ProofOp {
    let proof = ledger.accounts_tree().prove(&account_path(address));
    op("fvm/account", address.0.to_vec(), proof.encode())
}

/// What is hashed for the engine: it holds the root of the accounts.
fn of_header(ledger: &Ledger<Disk>) -> ProofOp {
    op("fvm/app", Vec::new(), encode(&ledger.header().agreed()))
}
