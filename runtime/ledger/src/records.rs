//! What is kept of each message beside the state: its receipt, its difference, and where to find
//! them by message, transaction and address.
//!
//! Receipts and differences of a block lie in pages of several, and where a message stood is
//! written once for each index: entries under keys from anywhere are what a commit costs most.

use crate::account::{Hash, Unavailable};
use crate::backend::{Backend, Batch, Table};
use crate::block::{Block, MessageKind, Receipt, SignedTransaction};
use crate::difference::Difference;
use crate::ledger::{Ledger, decoded};
use crate::message::{Content, Envelope};
use crate::produce::Effects;
use borsh::{BorshDeserialize, BorshSerialize};
use fvm_keys::Address;

/// Where something stands: in a block, and at which place there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// The block.
    pub height: u64,
    /// The place.
    pub at: u32,
}

impl Position {
    fn key(self) -> [u8; 12] {
        let mut key = [0; 12];
        key[..8].copy_from_slice(&self.height.to_be_bytes());
        key[8..].copy_from_slice(&self.at.to_be_bytes());
        key
    }

    /// The position that bytes begin with, and what is left of them.
    fn split(bytes: &[u8]) -> Result<(Position, &[u8]), Unavailable> {
        let parts = bytes.split_first_chunk::<8>().and_then(|(height, rest)| {
            let (at, rest) = rest.split_first_chunk::<4>()?;
            Some((u64::from_be_bytes(*height), u32::from_be_bytes(*at), rest))
        });
        let (height, at, rest) = parts.ok_or_else(|| damaged("a position"))?;
        Ok((Position { height, at }, rest))
    }
}

fn damaged(what: &str) -> Unavailable {
    Unavailable(format!("{what} is damaged"))
}

/// How long a page may become: with its key and checksum it fills four blocks of the file. A
/// record that is longer has a page of its own.
const PAGE_BYTES_MAX: usize = 16_000;

/// Puts records of a block into pages: the list of those that it holds, under the position of the
/// first.
fn put_pages(batch: &mut Batch, table: Table, height: u64, records: &[impl BorshSerialize]) {
    let mut page = Page::new(0);
    for record in records {
        let end = page.bytes.len();
        record.serialize(&mut page.bytes).expect("memory takes all bytes");
        if page.count > 0 && page.bytes.len() > PAGE_BYTES_MAX {
            let record = page.bytes.split_off(end);
            let next = Page::new(page.first + page.count);
            std::mem::replace(&mut page, next).put(batch, table, height);
            page.bytes.extend(record);
        }
        page.count += 1;
    }
    if page.count > 0 {
        page.put(batch, table, height);
    }
}

/// Records behind room for their number: together the encoding of a list.
struct Page {
    first: u32,
    count: u32,
    bytes: Vec<u8>,
}

impl Page {
    fn new(first: u32) -> Page {
        let mut bytes = Vec::with_capacity(PAGE_BYTES_MAX);
        bytes.extend([0; 4]);
        Page { first, count: 0, bytes }
    }

    fn put(mut self, batch: &mut Batch, table: Table, height: u64) {
        self.bytes[..4].copy_from_slice(&self.count.to_le_bytes());
        batch.put(table, Position { height, at: self.first }.key(), self.bytes);
    }
}

/// Writes what is kept of the messages of a block.
pub(crate) fn put(batch: &mut Batch, block: &Block, effects: &Effects) {
    let height = block.header.height;
    put_pages(batch, Table::Receipts, height, &effects.receipts);
    put_pages(batch, Table::Differences, height, &effects.differences);
    put_messages(batch, block, effects);
    put_addresses(batch, height, &effects.receipts);
}

/// Where messages stand, and where transactions do. The message of a transaction has the
/// transaction's hash as its id, so one entry says both if the message ran in the same block.
fn put_messages(batch: &mut Batch, block: &Block, effects: &Effects) {
    let height = block.header.height;
    // The queue keeps its order: the last transactions are those that wait, and before the
    // others run those that waited.
    let is_transaction = |envelope: &&Envelope| matches!(envelope.content, Content::Transaction(_));
    let waiting = effects.added.iter().filter(is_transaction).count();
    let ran = block.transactions.len().saturating_sub(waiting);
    let run = effects.receipts.iter().filter(|receipt| receipt.kind == MessageKind::Transaction);
    let mut older = run.count().saturating_sub(ran);
    let mut index = 0u32;
    for receipt in &effects.receipts {
        let mut place = Position { height, at: receipt.position }.key().to_vec();
        if receipt.kind == MessageKind::Transaction {
            match older.checked_sub(1) {
                Some(left) => older = left,
                None => {
                    place.extend(index.to_be_bytes());
                    index += 1;
                }
            }
        }
        batch.put(Table::Messages, receipt.message, place);
    }
    for (at, signed) in (0u32..).zip(&block.transactions).skip(ran) {
        let place = Position { height, at }.key();
        batch.put(Table::Transactions, signed.transaction.hash(), place);
    }
}

/// The receipts of a block that concern an address: their places, in order.
fn put_addresses(batch: &mut Batch, height: u64, receipts: &[Receipt]) {
    let mut places: Vec<(Address, u32)> = Vec::with_capacity(2 * receipts.len());
    for receipt in receipts {
        places.push((receipt.from, receipt.position));
        places.push((receipt.to, receipt.position));
    }
    places.sort_unstable();
    places.dedup();
    for places in places.chunk_by(|one, next| one.0 == next.0) {
        let key = [&places[0].0.0[..], &height.to_be_bytes()].concat();
        let value: Vec<u8> = places.iter().flat_map(|(_, at)| at.to_be_bytes()).collect();
        batch.put(Table::ByAddress, key, value);
    }
}

impl<B: Backend> Ledger<B> {
    /// Receipts from a position on, through all blocks, as many as are wanted at most.
    pub fn receipts(&self, from: Position, count: usize) -> Result<Vec<Receipt>, Unavailable> {
        self.records(Table::Receipts, &[], from, count)
    }

    /// The first receipts of a block.
    pub fn receipts_of(&self, height: u64, count: usize) -> Result<Vec<Receipt>, Unavailable> {
        let from = Position { height, at: 0 };
        self.records(Table::Receipts, &height.to_be_bytes(), from, count)
    }

    /// The receipt at a position.
    pub fn receipt_at(&self, from: Position) -> Result<Option<Receipt>, Unavailable> {
        let found = self.records(Table::Receipts, &from.height.to_be_bytes(), from, 1)?;
        Ok(found.into_iter().next())
    }

    /// The receipt of a message.
    pub fn receipt(&self, message: &Hash) -> Result<Option<Receipt>, Unavailable> {
        match self.backend.get(Table::Messages, message)? {
            Some(place) => self.receipt_at(Position::split(&place)?.0),
            None => Ok(None),
        }
    }

    /// The differences of a block, in the order of its messages.
    pub fn differences(&self, height: u64) -> Result<Vec<Difference>, Unavailable> {
        let from = Position { height, at: 0 };
        self.records(Table::Differences, &height.to_be_bytes(), from, usize::MAX)
    }

    /// A transaction, and the block in which it stands.
    pub fn transaction(
        &self,
        hash: &Hash,
    ) -> Result<Option<(u64, SignedTransaction)>, Unavailable> {
        let ran = self.backend.get(Table::Messages, hash)?;
        let place = match ran.as_deref().map(Position::split).transpose()? {
            Some((Position { height, .. }, index)) if !index.is_empty() => {
                let index = index.try_into().map_err(|_| damaged("a position"))?;
                Position { height, at: u32::from_be_bytes(index) }
            }
            _ => match self.backend.get(Table::Transactions, hash)? {
                Some(place) => Position::split(&place)?.0,
                None => return Ok(None),
            },
        };
        let block = self.block(place.height)?.ok_or_else(|| damaged("a block"))?;
        let signed = block.transactions.into_iter().nth(place.at as usize);
        Ok(Some((place.height, signed.ok_or_else(|| damaged("a position"))?)))
    }

    /// Receipts that concern an address, from a block on.
    pub fn history(
        &self,
        address: Address,
        from: u64,
        count: usize,
    ) -> Result<Vec<Receipt>, Unavailable> {
        let start = [&address.0[..], &from.to_be_bytes()].concat();
        let (mut places, mut is_whole) = (Vec::new(), true);
        self.backend.scan(Table::ByAddress, &address.0, &start, &mut |key, value| {
            let height = key.get(address.0.len()..).and_then(|height| height.try_into().ok());
            let (each, rest) = value.as_chunks::<4>();
            is_whole = height.is_some() && rest.is_empty();
            let height = height.map_or(0, u64::from_be_bytes);
            let each = each.iter().map(|at| Position { height, at: u32::from_be_bytes(*at) });
            places.extend(each.take(count - places.len()));
            is_whole && places.len() < count
        })?;
        if !is_whole {
            return Err(damaged("what concerns an address"));
        }
        let receipt = |place| self.receipt_at(place)?.ok_or_else(|| damaged("a receipt"));
        places.into_iter().map(receipt).collect()
    }

    /// Records of pages whose keys begin like this, from a position on.
    fn records<T: BorshDeserialize>(
        &self,
        table: Table,
        prefix: &[u8],
        from: Position,
        count: usize,
    ) -> Result<Vec<T>, Unavailable> {
        // The page that holds the first begins at it or before.
        let page = self.backend.last_key(table, &from.height.to_be_bytes(), &from.key())?;
        let start = page.unwrap_or_else(|| from.key().to_vec());
        let (mut found, mut wrong) = (Vec::new(), None);
        self.backend.scan(table, prefix, &start, &mut |key, bytes| {
            let page = Position::split(key)
                .and_then(|(first, _)| Ok((first, decoded::<Vec<T>>(bytes, "a page of records")?)));
            match page {
                Ok((first, records)) => {
                    let skipped = if first.height == from.height {
                        from.at.saturating_sub(first.at) as usize
                    } else {
                        0
                    };
                    let wanted = count - found.len();
                    found.extend(records.into_iter().skip(skipped).take(wanted));
                }
                Err(error) => wrong = Some(error),
            }
            wrong.is_none() && found.len() < count
        })?;
        match wrong {
            Some(error) => Err(error),
            None => Ok(found),
        }
    }
}
