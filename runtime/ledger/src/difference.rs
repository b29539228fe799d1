//! What one message changed, as a value: enough to change a state in the same way without running
//! anything (`ledger.md` 2.7). A message changes its receiver only; everything for others is in
//! messages and credits.

use crate::account::{Account, Bytes, Contract, Hash, Key, Unavailable, View};
use crate::block::{Story, tagged};
use crate::message::Envelope;
use crate::transaction::Refusal;
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;
use std::collections::BTreeMap;
use std::fmt;

/// How a message ended.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub enum Ending {
    /// With this encoded result.
    Done(Vec<u8>),
    /// With this encoded problem; coins go back.
    Failed(Vec<u8>),
    /// The handler of an answer or of a scheduled call failed with this encoded problem; nobody
    /// can be told, and coins stay (R11).
    DeadLetter(Vec<u8>),
    /// The transaction may not stand in this block, and nothing happened.
    Refused(Refusal),
    /// The scheduled call was cancelled.
    Cancelled,
}

/// An account after a message, but for its balance.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Change {
    /// Transactions of its key.
    pub nonce: u64,
    /// Messages sent.
    pub sent: u64,
    /// Contracts created.
    pub created: u64,
    /// Calls scheduled.
    pub scheduled: u64,
    /// Coins held for storage.
    pub deposit: u128,
    /// Coins paid for the gas of scheduled calls.
    pub parked: u128,
    /// Bytes of storage.
    pub bytes: u64,
    /// The contract.
    pub contract: Option<Contract>,
}

impl Change {
    /// No change.
    pub fn of(account: &Account) -> Change {
        Change {
            nonce: account.nonce,
            sent: account.sent,
            created: account.created,
            scheduled: account.scheduled,
            deposit: account.deposit,
            parked: account.parked,
            bytes: account.bytes,
            contract: account.contract.clone(),
        }
    }
}

/// What one message changed, and what came of it.
#[derive(Clone, PartialEq, Eq, Debug, BorshSerialize, BorshDeserialize)]
pub struct Difference {
    /// The message.
    pub message: Hash,
    /// Its receiver.
    pub receiver: Address,
    /// The version of the receiver that this applies to.
    pub version: u64,
    /// The receiver afterwards; none if only its balance changed.
    pub change: Option<Change>,
    /// Coins that its balance gained.
    pub gained: u128,
    /// Coins that its balance lost.
    pub lost: u128,
    /// What it stores from now on, in order of keys; nothing where something was removed.
    pub writes: Vec<(Key, Option<Vec<u8>>)>,
    /// Messages, in order.
    pub emissions: Vec<Envelope>,
    /// Scheduled calls: time and number.
    pub timers: Vec<(i64, u64)>,
    /// Numbers of scheduled calls that are gone.
    pub cancelled: Vec<u64>,
    /// Coins for other accounts.
    pub credits: Vec<(Address, u128)>,
    /// Coins that are gone for ever.
    pub burned: u128,
    /// Encoded events.
    pub events: Vec<Vec<u8>>,
    /// Stories.
    pub stories: Vec<Story>,
    /// How it ended.
    pub ending: Ending,
    /// Gas that was used.
    pub gas_used: u64,
}

impl Difference {
    /// A message that changed nothing yet.
    pub fn new(envelope: &Envelope, account: &Account) -> Difference {
        Difference {
            message: envelope.id,
            receiver: envelope.to,
            version: account.version,
            change: None,
            gained: 0,
            lost: 0,
            writes: Vec::new(),
            emissions: Vec::new(),
            timers: Vec::new(),
            cancelled: Vec::new(),
            credits: Vec::new(),
            burned: 0,
            events: Vec::new(),
            stories: Vec::new(),
            ending: Ending::Done(Vec::new()),
            gas_used: 0,
        }
    }

    /// Whether every coin that came with the message, or was the receiver's, is somewhere (R8).
    pub fn is_balanced(&self, envelope: &Envelope, before: &Account) -> bool {
        let held = self.change.as_ref().map_or([0; 2], |_| [before.deposit, before.parked]);
        let holds = self.change.as_ref().map_or([0; 2], |change| [change.deposit, change.parked]);
        let given = [envelope.value, envelope.prepaid.coins(), self.lost].into_iter();
        let taken = [self.gained, self.burned].into_iter().chain(holds);
        let credited = self.credits.iter().map(|(_, coins)| *coins);
        let sent = self.emissions.iter().flat_map(|e| [e.value, e.prepaid.coins()]);
        let taken = taken.chain(credited).chain(sent).try_fold(0, u128::checked_add);
        let given = given.chain(held).try_fold(0, u128::checked_add);
        matches!((given, taken), (Some(given), Some(taken)) if given == taken)
    }

    /// Gives a key that is written another value.
    pub(crate) fn rewrite(&mut self, key: &Key, value: Vec<u8>) {
        let found = self.writes.binary_search_by(|(written, _)| written.cmp(key));
        if let Ok(at) = found {
            self.writes[at].1 = Some(value);
        }
    }

    /// Adds to the coins of another account.
    pub fn credit(&mut self, to: Address, coins: u128) {
        if coins > 0 {
            self.credits.push((to, coins));
        }
    }

    /// The hash by which blocks name it.
    pub fn hash(&self) -> Hash {
        tagged(b"fvm/diff", self)
    }
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Conflict::OtherMessage => f.write_str("it is for another message or account"),
            Conflict::Version { expected, found } => {
                write!(f, "it is for version {expected} of the account, which is at {found}")
            }
            Conflict::Unbalanced => f.write_str("coins appear or vanish"),
        }
    }
}

/// Why a difference does not apply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conflict {
    /// It is for another message or account.
    OtherMessage,
    /// The account has changed since: somebody else won.
    Version {
        /// The version that it is for.
        expected: u64,
        /// The version of the account.
        found: u64,
    },
    /// Coins appear or vanish.
    Unbalanced,
}

/// What an account stores otherwise than before; nothing where something was removed.
pub type Writes = BTreeMap<Key, Option<Bytes>>;

/// One account while the messages of a round are delivered to it.
pub struct Component<'v> {
    view: &'v dyn View,
    /// Its address.
    pub address: Address,
    /// The account now.
    pub account: Account,
    /// What it stores otherwise than the view says.
    pub writes: Writes,
}

impl<'v> Component<'v> {
    /// The account as the view has it.
    pub fn load(view: &'v dyn View, address: Address) -> Result<Component<'v>, Unavailable> {
        let account = view.account(address)?.unwrap_or_default();
        Ok(Component { view, address, account, writes: BTreeMap::new() })
    }

    /// What it stores under a key.
    pub fn stored(&self, key: &Key) -> Result<Option<Bytes>, Unavailable> {
        match self.writes.get(key) {
            Some(written) => Ok(written.clone()),
            None => self.view.stored(self.address, key),
        }
    }

    /// The state around it: for code and parameters, which do not change within a round.
    pub fn view(&self) -> &'v dyn View {
        self.view
    }

    /// What it has become, when the view is done with.
    pub fn into_parts(self) -> (Address, Account, Writes) {
        (self.address, self.account, self.writes)
    }

    /// Makes the change, if it is one of this account as it is now.
    pub fn apply(&mut self, envelope: &Envelope, difference: &Difference) -> Result<(), Conflict> {
        if difference.receiver != self.address || difference.message != envelope.id {
            return Err(Conflict::OtherMessage);
        }
        let found = self.account.version;
        if difference.version != found {
            return Err(Conflict::Version { expected: difference.version, found });
        }
        if !difference.is_balanced(envelope, &self.account) {
            return Err(Conflict::Unbalanced);
        }
        let account = &mut self.account;
        let balance = account.balance.checked_add(difference.gained);
        account.balance = balance
            .and_then(|balance| balance.checked_sub(difference.lost))
            .ok_or(Conflict::Unbalanced)?;
        if let Some(change) = &difference.change {
            let change = change.clone();
            account.version += 1;
            account.nonce = change.nonce;
            account.sent = change.sent;
            account.created = change.created;
            account.scheduled = change.scheduled;
            account.deposit = change.deposit;
            account.parked = change.parked;
            account.bytes = change.bytes;
            account.contract = change.contract;
        }
        for (key, value) in &difference.writes {
            self.writes.insert(key.clone(), value.as_deref().map(Bytes::from));
        }
        Ok(())
    }
}
