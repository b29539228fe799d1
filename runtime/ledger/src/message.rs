//! Messages, and the calls that contracts save for their outcomes.
//!
//! The wire forms here are the ones that compiled contracts write: integers are big-endian, a
//! list of bytes is its length in four bytes and the bytes.

use crate::address::Address;

/// The first four bytes of the hash of `name(canonical types)`.
pub type MethodId = u32;

/// A call kept for later: arguments before the hole, the hole, arguments after it.
#[derive(Clone, PartialEq, Eq, Debug)]
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
#[derive(Clone, PartialEq, Eq, Debug)]
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
        /// The class.
        class: String,
        /// Encoded arguments.
        arguments: Vec<u8>,
    },
    /// The time of a schedule has come; only ever from a contract to itself.
    Timer(SavedCall),
    /// The test world moves the clock, in its place among the other messages.
    Advance {
        /// Seconds.
        seconds: i64,
    },
}

/// What the sender saved for the two outcomes of a request.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Outcomes {
    /// Runs with the reply, or with nothing after a delivered payment.
    pub delivered: Option<SavedCall>,
    /// Runs with the bounce.
    pub bounced: Option<SavedCall>,
}

/// What a message carries.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Content {
    /// A request; its sender may be told how it ended.
    Request {
        /// What is asked.
        request: Request,
        /// What the sender saved; none for messages of plain accounts.
        outcomes: Option<Outcomes>,
    },
    /// The answer to a request: what the sender saved runs with this content.
    Reply {
        /// What was saved.
        call: Option<SavedCall>,
        /// The encoded result.
        result: Vec<u8>,
    },
    /// A request came back, with all of its coins.
    Bounce {
        /// What was saved.
        call: Option<SavedCall>,
        /// The encoded problem.
        problem: Vec<u8>,
    },
}

/// A message in flight. The queue owns its coins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Envelope {
    /// Counts all messages of this world; orders equal times.
    pub sequence: u64,
    /// Who sent it; written by the host, never by a contract.
    pub from: Address,
    /// Who receives it.
    pub to: Address,
    /// Coins that it carries.
    pub value: u128,
    /// What it carries.
    pub content: Content,
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
