//! What a block is, and what is kept of each message: headers, receipts, Stories.

use crate::account::Hash;
use crate::difference::{Difference, Ending};
use crate::message::{Content, Envelope, MethodId, Request};
use crate::transaction::Transaction;
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use fvm_keys::{Signature, SignatureError};

/// A transaction and the signature of its hash.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct SignedTransaction {
    /// What is asked.
    pub transaction: Transaction,
    /// By whom.
    pub signature: Signature,
}

impl SignedTransaction {
    /// Whether the signature is that of the signer.
    pub fn verify(&self) -> Result<(), SignatureError> {
        let signer = self.signature.signer(&self.transaction.hash())?;
        if signer == self.transaction.signer { Ok(()) } else { Err(SignatureError::Wrong) }
    }
}

/// What a block says of itself. Whoever trusts its hash can prove everything else.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Header {
    /// Tells ledgers apart.
    pub chain: u64,
    /// The block's number; the first is 0 and has no messages.
    pub height: u64,
    /// The hash of the block before; of the first, the hash of the genesis.
    pub parent: Hash,
    /// Time in seconds, never less than that of the block before.
    pub time: i64,
    /// Who gets the tips.
    pub proposer: Address,
    /// The version of the parameters that hold.
    pub parameters: u32,
    /// The part of the price of gas that is burned.
    pub base_fee: u128,
    /// Gas used.
    pub gas_used: u64,
    /// The root of the tree of accounts after it.
    pub state_root: Hash,
    /// A hash of the messages that wait after it, in order.
    pub queue_root: Hash,
    /// How many they are.
    pub queue_len: u64,
    /// The root of the list of its transactions.
    pub transactions_root: Hash,
    /// The root of the list of its receipts.
    pub receipts_root: Hash,
    /// The root of the list of its differences.
    pub differences_root: Hash,
    /// Coins that were burned so far.
    pub burned: u128,
}

impl Header {
    /// The hash of the block.
    pub fn hash(&self) -> Hash {
        tagged(b"fvm/block", self)
    }

    /// The header without parent and proposer: what comes of a block, whoever proposed it.
    pub fn agreed(&self) -> Header {
        Header { parent: Hash::default(), proposer: Address::default(), ..self.clone() }
    }

    /// The hash on which all replicas agree.
    pub fn app_hash(&self) -> Hash {
        tagged(b"fvm/app", &self.agreed())
    }
}

/// A block as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Block {
    /// Its header.
    pub header: Header,
    /// Its transactions, in order.
    pub transactions: Vec<SignedTransaction>,
}

/// What became of a message.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Receipt {
    /// The message.
    pub message: Hash,
    /// With what it began.
    pub trace: Hash,
    /// The block.
    pub height: u64,
    /// The round of the block.
    pub round: u32,
    /// Its place in the block.
    pub position: u32,
    /// Who sent it.
    pub from: Address,
    /// Who received it.
    pub to: Address,
    /// What it was.
    pub kind: MessageKind,
    /// Coins that it carried.
    pub value: u128,
    /// How it ended.
    pub ending: Ending,
    /// Gas used.
    pub gas_used: u64,
    /// What a unit of gas cost.
    pub price: u128,
    /// Messages that it caused.
    pub emissions: Vec<Hash>,
    /// Events.
    pub events: Vec<Vec<u8>>,
    /// How many Stories it wrote.
    pub stories: u32,
    /// The hash of its difference.
    pub difference: Hash,
    /// The version of the parameters.
    pub parameters: u32,
}

/// What a message was.
#[derive(Clone, Copy, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum MessageKind {
    /// A transaction.
    Transaction,
    /// A payment.
    Payment,
    /// A call of an entry.
    Call(MethodId),
    /// The making of a contract.
    Create,
    /// Code, or new parameters.
    System,
    /// An answer.
    Reply,
    /// A request that came back.
    Bounce,
    /// A scheduled call.
    Timer,
}

impl MessageKind {
    /// What this message is.
    pub fn of(content: &Content) -> MessageKind {
        match content {
            Content::Transaction(_) => MessageKind::Transaction,
            Content::Request { request, .. } => match request {
                Request::Pay => MessageKind::Payment,
                Request::Call { method, .. } => MessageKind::Call(*method),
                Request::Create { .. } => MessageKind::Create,
                Request::Upload { .. } | Request::Govern { .. } => MessageKind::System,
            },
            Content::Reply { .. } => MessageKind::Reply,
            Content::Bounce { .. } => MessageKind::Bounce,
            Content::Timer { .. } => MessageKind::Timer,
        }
    }
}

/// Where a message stood.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The block.
    pub height: u64,
    /// The round.
    pub round: u32,
    /// The place in the block.
    pub position: u32,
    /// The version of the parameters.
    pub parameters: u32,
}

impl Receipt {
    /// The receipt of a message.
    pub fn new(envelope: &Envelope, difference: &Difference, place: Place) -> Receipt {
        let price = envelope.prepaid.price;
        Receipt {
            message: envelope.id,
            trace: envelope.trace,
            height: place.height,
            round: place.round,
            position: place.position,
            from: envelope.from,
            to: envelope.to,
            kind: MessageKind::of(&envelope.content),
            value: envelope.value,
            ending: difference.ending.clone(),
            gas_used: difference.gas_used,
            price: price.base + price.tip,
            emissions: difference.emissions.iter().map(|envelope| envelope.id).collect(),
            events: difference.events.clone(),
            stories: difference.stories.len() as u32,
            difference: difference.hash(),
            parameters: place.parameters,
        }
    }
}

/// A Story, as it is kept for ever: what happened, and where to look it up.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Story {
    /// Who wrote it.
    pub contract: Address,
    /// The code that did.
    pub code: Hash,
    /// Stories of the contract before it.
    pub number: u64,
    /// The message during which it was written.
    pub message: Hash,
    /// With what that message began.
    pub trace: Hash,
    /// The block.
    pub height: u64,
    /// The block's time.
    pub time: i64,
    /// The open record that the contract wrote.
    pub record: Vec<u8>,
}

/// The hash of a value under a name.
pub(crate) fn tagged(tag: &[u8], value: &impl BorshSerialize) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(tag);
    with_encoded(value, |bytes| hasher.update(bytes).finalize().into())
}

/// The canonical form of a value.
pub fn encode(value: &impl BorshSerialize) -> Vec<u8> {
    with_encoded(value, <[u8]>::to_vec)
}

/// Most values are shorter than this.
const ROOM_BYTES: usize = 1024;

/// Does something with the canonical form of a value, which takes no memory from anywhere unless
/// it is long: most values are only hashed, or copied to where they stay.
pub(crate) fn with_encoded<R>(value: &impl BorshSerialize, then: impl FnOnce(&[u8]) -> R) -> R {
    let mut room = [0; ROOM_BYTES];
    let mut rest = &mut room[..];
    match value.serialize(&mut rest) {
        Ok(()) => {
            let used = ROOM_BYTES - rest.len();
            then(&room[..used])
        }
        // There was no room for it.
        Err(_) => then(&borsh::to_vec(value).expect("memory takes all bytes")),
    }
}
