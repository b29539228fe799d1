//! `CheckTx`: which transactions may wait in the engine's mempool. Nothing is executed.
//!
//! The engine keeps them; the node's pool mirrors what it keeps, so that clients are told their
//! next nonce, and so that of two transactions with one nonce the second has to pay more. The
//! mirror is emptied with each block: the engine then asks again about those that still wait.

use crate::application::Application;
use crate::failure::Failure;
use crate::transaction::{CODESPACE, Code, Fault, decode};
use fvm_node::pool::PoolError;
use tendermint_proto::v0_38::abci::{CheckTxType, RequestCheckTx, ResponseCheckTx};

impl Application {
    /// Whether a transaction may wait.
    pub(crate) fn check_tx(&self, request: &RequestCheckTx) -> Result<ResponseCheckTx, Failure> {
        let node = &self.begun()?.node;
        let signed = match decode(&request.tx) {
            Ok(signed) => signed,
            Err(fault) => return Ok(refused(fault.code(), &fault)),
        };
        let gas = signed.transaction.gas;
        let hash = signed.transaction.hash();
        let admitted = match request.r#type() {
            CheckTxType::New => node.admit(signed)?,
            CheckTxType::Recheck => node.readmit(signed)?,
        };
        Ok(match admitted {
            // Whether it came twice is the engine's to know: it may have dropped the first.
            Ok(_) | Err(PoolError::Known) => ResponseCheckTx {
                data: hash.to_vec().into(),
                gas_wanted: i64::try_from(gas).unwrap_or(i64::MAX),
                ..ResponseCheckTx::default()
            },
            Err(PoolError::Signature(error)) => refused(Code::Signature, &Fault::Signature(error)),
            Err(refusal @ PoolError::Refused(_)) => refused(Code::Refused, &refusal),
            Err(
                error @ (PoolError::Replacement
                | PoolError::TooFarAhead
                | PoolError::Full
                | PoolError::Engine(_)),
            ) => refused(Code::Waiting, &error),
        })
    }
}

fn refused(code: Code, why: &dyn std::fmt::Display) -> ResponseCheckTx {
    ResponseCheckTx {
        code: code as u32,
        log: why.to_string(),
        codespace: CODESPACE.into(),
        ..ResponseCheckTx::default()
    }
}
