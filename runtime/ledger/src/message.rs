//! Messages, and the calls that contracts save for their outcomes.
//!
//! The wire form of a saved call is the one that compiled contracts write: integers are
//! big-endian, a list of bytes is its length in four bytes and the bytes. Everything else is
//! encoded as `borsh` says (decision 40).

use crate::account::Hash;
use crate::parameters::Parameters;
use crate::transaction::Transaction;
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;

/// The first four bytes of the hash of `name(canonical types)`.
pub type MethodId = u32;

/// A call kept for later: arguments before the hole, the hole, arguments after it.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct SavedCall {
    /// The handler.
    pub method: MethodId,
    /// Encoded arguments before the hole, or all of them.
    pub prefix: Vec<u8>,
    /// Whether the reply or bounce goes between prefix and suffix.
    pub has_hole: bool,
    /// Encoded arguments after the hole.
    pub suffix: Vec<u8>,
}

impl SavedCall {
    /// Reads the wire form: a tag (0 nothing, 1 without hole, 2 with hole), and unless nothing,
    /// method id, prefix and suffix. `Err` if the bytes are not exactly one saved call.
    pub fn decode(bytes: &[u8]) -> Result<Option<SavedCall>, Malformed> {
        let (tag, rest) = bytes.split_first().ok_or(Malformed)?;
        let has_hole = match tag {
            0 if rest.is_empty() => return Ok(None),
            1 => false,
            2 => true,
            _ => return Err(Malformed),
        };
        let (method, rest) = rest.split_first_chunk::<4>().ok_or(Malformed)?;
        let (prefix, rest) = take_bytes(rest)?;
        let (suffix, rest) = take_bytes(rest)?;
        if !rest.is_empty() {
            return Err(Malformed);
        }
        Ok(Some(SavedCall {
            method: u32::from_be_bytes(*method),
            prefix: prefix.to_vec(),
            has_hole,
            suffix: suffix.to_vec(),
        }))
    }

    /// The encoded arguments with `content` in the hole, if there is one.
    pub fn arguments(&self, content: &[u8]) -> Vec<u8> {
        let mut arguments = self.prefix.clone();
        if self.has_hole {
            arguments.extend_from_slice(content);
        }
        arguments.extend_from_slice(&self.suffix);
        arguments
    }
}

/// The bytes are not what a compiled contract writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Malformed;

fn take_bytes(bytes: &[u8]) -> Result<(&[u8], &[u8]), Malformed> {
    let (length, rest) = bytes.split_first_chunk::<4>().ok_or(Malformed)?;
    let length = u32::from_be_bytes(*length) as usize;
    if rest.len() < length {
        return Err(Malformed);
    }
    Ok(rest.split_at(length))
}

/// What a message asks of its receiver.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Request {
    /// Take these coins.
    Pay,
    /// Run this entry.
    Call {
        /// The entry.
        method: MethodId,
        /// Encoded arguments.
        arguments: Vec<u8>,
    },
    /// Become a contract.
    Create {
        /// The hash of the code.
        code: Hash,
        /// Encoded arguments.
        arguments: Vec<u8>,
    },
    /// Keep the code of these contracts, modules of one package; only [`SYSTEM`] does.
    ///
    /// [`SYSTEM`]: crate::account::SYSTEM
    Upload {
        /// The modules on the wire.
        package: Vec<Vec<u8>>,
    },
    /// Have these parameters hold from an epoch on; only [`SYSTEM`] does.
    ///
    /// [`SYSTEM`]: crate::account::SYSTEM
    Govern {
        /// The first epoch.
        epoch: u64,
        /// The parameters.
        parameters: Box<Parameters>,
    },
}

impl Request {
    /// The bytes that are paid for.
    pub fn bytes(&self) -> u64 {
        let bytes = match self {
            Request::Pay => 0,
            Request::Call { arguments, .. } | Request::Create { arguments, .. } => arguments.len(),
            Request::Upload { package } => package.iter().map(Vec::len).sum(),
            Request::Govern { parameters, .. } => parameters.schedule.len(),
        };
        bytes as u64
    }
}

/// What the sender saved for the two outcomes of a request: an open ask.
#[derive(Clone, Default, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Outcomes {
    /// Runs with the reply, or with nothing after a delivered payment.
    pub delivered: Option<SavedCall>,
    /// Runs with the bounce.
    pub bounced: Option<SavedCall>,
}

/// What a message carries.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Content {
    /// A transaction, for the account of its signer (R2a).
    Transaction(Box<Transaction>),
    /// A request.
    Request {
        /// What is asked.
        request: Request,
        /// The sender is a contract that waits for the answer; a plain account just gets its
        /// coins back.
        is_asked: bool,
    },
    /// The answer to a request: what the sender saved runs with this content.
    Reply {
        /// The request.
        to: Hash,
        /// The encoded result.
        result: Vec<u8>,
    },
    /// A request came back, with all of its coins.
    Bounce {
        /// The request.
        to: Hash,
        /// The encoded problem.
        problem: Vec<u8>,
    },
    /// The time of a scheduled call has come; only ever from a contract to itself.
    Timer {
        /// The call's number.
        number: u64,
    },
}

/// The price of a unit of gas, fixed when it was bought (R12).
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Price {
    /// The part that is burned.
    pub base: u128,
    /// The part of the proposer.
    pub tip: u128,
}

impl Price {
    /// Coins for so much gas.
    pub fn of(self, gas: u64) -> u128 {
        (self.base + self.tip) * u128::from(gas)
    }
}

/// Gas that was paid for.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Prepaid {
    /// For the handler.
    pub gas: u64,
    /// For the handler of the answer; the receiver cannot touch it.
    pub answer: u64,
    /// What a unit cost.
    pub price: Price,
    /// Who gets back what is left.
    pub payer: Address,
}

impl Prepaid {
    /// Coins that wait with the message.
    pub fn coins(&self) -> u128 {
        self.price.of(self.reserved())
    }
    /// The gas that admission counts (R3).
    pub fn reserved(&self) -> u64 {
        self.gas + self.answer
    }
}

/// A message in flight (R5). The queue owns its coins.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Envelope {
    /// Unique: a hash of the sender and of what it sent before.
    pub id: Hash,
    /// Who sent it; written by the ledger, never by a contract.
    pub from: Address,
    /// Who receives it.
    pub to: Address,
    /// Coins that it carries.
    pub value: u128,
    /// Gas that it carries.
    pub prepaid: Prepaid,
    /// The transaction or scheduled call with which it began.
    pub trace: Hash,
    /// Messages of the trace before it, in a row.
    pub hop: u16,
    /// The last block in which it may run.
    pub deadline: u64,
    /// What it carries.
    pub content: Content,
}

impl Envelope {
    /// The id of the message that `sender` sends after `sent` others.
    pub fn id_of(chain: u64, sender: Address, sent: u64) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(b"fvm/msg").update(&chain.to_be_bytes()).update(&sender.0);
        hasher.update(&sent.to_be_bytes());
        *hasher.finalize().as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn a_saved_call_is_read_back_and_filled() {
        let bytes = [2, 0, 0, 1, 2, 0, 0, 0, 2, 7, 8, 0, 0, 0, 1, 9];
        let call = SavedCall::decode(&bytes).expect("well formed").expect("a call");
        assert_eq!(call.method, 0x102);
        assert_eq!(call.arguments(&[1, 1]), vec![7, 8, 1, 1, 9]);
    }

    #[test]
    fn anything_else_is_malformed() {
        assert_eq!(SavedCall::decode(&[]), Err(Malformed));
        assert_eq!(SavedCall::decode(&[0, 0]), Err(Malformed));
        assert_eq!(SavedCall::decode(&[3]), Err(Malformed));
        assert_eq!(SavedCall::decode(&[1, 0, 0, 0, 1, 0, 0, 0, 9]), Err(Malformed));
        assert_eq!(SavedCall::decode(&[0]), Ok(None));
    }
}
