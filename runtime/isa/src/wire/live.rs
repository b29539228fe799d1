//! What is live on entry to the blocks of a function. The function lists registers with their
//! types once; a block has one bit for each entry of that list, seven in a byte, up to the last one
//! that it names. Bytes without entries between others are counted, so that a block takes no more
//! bytes than twice the entries that it names, however long the list is.

use super::decode::{Result, value_type};
use super::{Reader, Writer, encode};
use crate::ids::Reg;
use crate::limits;
use crate::module::Block;
use crate::types::ValueType;

/// Entries of the list that a byte names.
const GROUP: usize = 7;
/// Bits of the entries that a byte names.
const ENTRIES: u8 = 0x7f;
/// More bytes follow; alone: the number of further bytes without entries follows.
const MORE: u8 = 0x80;

type Entry = (Reg, ValueType);

/// The list of a function that is read.
pub(super) struct LiveList {
    /// Strictly ascending; the last tells whether a block has named it.
    entries: Vec<(Entry, bool)>,
    /// What the block that is read names.
    named: Vec<Entry>,
}

impl LiveList {
    pub fn read(input: &mut Reader<'_>) -> Result<LiveList> {
        let max = limits::REGISTERS_MAX * limits::CLASSES_MAX;
        let count = input.count("live registers", max, 2)?;
        let mut entries: Vec<(Entry, bool)> = Vec::with_capacity(count.min(1024));
        for _ in 0..count {
            let entry = (Reg(input.u8()?), value_type(input)?);
            if entries.last().is_some_and(|last| last.0 >= entry) {
                return Err(input.error("the live registers of a function must ascend"));
            }
            entries.push((entry, false));
        }
        Ok(LiveList { entries, named: Vec::new() })
    }

    /// The entries that a block names.
    pub fn read_block(&mut self, input: &mut Reader<'_>) -> Result<Vec<Entry>> {
        self.named.clear();
        let mut at: usize = 0;
        loop {
            let mut byte = input.u8()?;
            if byte == 0 && at == 0 {
                return Ok(Vec::new());
            }
            if byte == MORE {
                let further = input.number()? as usize;
                at = at.saturating_add(further.saturating_add(1).saturating_mul(GROUP));
                byte = input.u8()?;
            }
            if byte & ENTRIES == 0 {
                return Err(input.error("live registers take more bytes than they need"));
            }
            self.take_group(input, at, byte & ENTRIES)?;
            if byte < MORE {
                break;
            }
            at += GROUP;
        }
        if self.named.len() > limits::REGISTERS_MAX {
            let (count, max) = (self.named.len(), limits::REGISTERS_MAX);
            return Err(input.error(format!("{count} live registers, at most {max} are allowed")));
        }
        Ok(self.named.clone())
    }

    fn take_group(&mut self, input: &Reader<'_>, first: usize, mut group: u8) -> Result<()> {
        while group != 0 {
            let at = first.saturating_add(group.trailing_zeros() as usize);
            let Some((entry, is_used)) = self.entries.get_mut(at) else {
                return Err(input.error(format!("there is no live register {at}")));
            };
            *is_used = true;
            self.named.push(*entry);
            group &= group - 1;
        }
        Ok(())
    }

    /// Only what a block names may stand there: the form is canonical.
    pub fn are_all_used(&self, input: &Reader<'_>) -> Result<()> {
        match self.entries.iter().find(|(_, is_used)| !is_used) {
            Some(((reg, ty), _)) => {
                Err(input.error(format!("no block has a live register {reg} of type {ty}")))
            }
            None => Ok(()),
        }
    }
}

/// What is live on entry to any block, each register and type once, ascending.
pub(super) fn list(blocks: &[Block]) -> Vec<Entry> {
    let mut live: Vec<_> = blocks.iter().flat_map(|block| &block.live_in).copied().collect();
    live.sort_unstable();
    live.dedup();
    live
}

pub(super) fn write(out: &mut Writer, list: &[Entry]) {
    out.count(list.len());
    for (reg, ty) in list {
        out.u8(reg.0);
        encode::value_type(out, *ty);
    }
}

/// The entries of a block, which ascend.
pub(super) fn write_block(out: &mut Writer, list: &[Entry], live: &[Entry]) {
    let mut entries = live.iter().map(|entry| list.partition_point(|other| other < entry));
    let Some(mut next) = entries.next() else {
        out.u8(0);
        return;
    };
    let (mut group, mut bits) = (0, 0);
    loop {
        if next / GROUP == group {
            bits |= 1 << (next % GROUP);
            match entries.next() {
                Some(entry) => next = entry,
                None => return out.u8(bits),
            }
            continue;
        }
        if bits != 0 {
            out.u8(bits | MORE);
            group += 1;
            bits = 0;
        }
        let without = (next / GROUP).saturating_sub(group);
        if without > 0 {
            out.u8(MORE);
            out.count(without - 1);
            group += without;
        }
        // Entries that do not ascend belong to no module that could be read.
        if next / GROUP < group {
            next = group * GROUP;
        }
    }
}
