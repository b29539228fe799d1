//! Virtual calls: tables of the functions of selectors, behind all functions in the code.

use super::{Decoder, Fixup, Half};
use crate::word::Word;
use fvm_isa::{ClassId, FunctionId, SelectorId};
use std::collections::BTreeMap;

/// A table: who answers from the first class on, one entry for each class.
#[derive(Clone, Debug)]
struct Table {
    first: ClassId,
    entries: Vec<Option<FunctionId>>,
}

/// The tables of the selectors that are called, and the calls.
#[derive(Default)]
pub(super) struct Methods {
    tables: BTreeMap<SelectorId, Option<Table>>,
    calls: Vec<Fixup<SelectorId>>,
}

impl Decoder<'_> {
    /// The first class and the number of entries of a selector's table; no entries if the classes
    /// lie far apart or nobody answers, and then the driver is asked.
    pub(super) fn table(&mut self, selector: SelectorId) -> (u16, u16) {
        let code = self.code;
        let table = self.methods.tables.entry(selector).or_insert_with(|| {
            let answers = code.answers(selector);
            let (first, last) = (answers.first()?.0, answers.last()?.0);
            let count = usize::from(last.0 - first.0) + 1;
            // Holes may take memory, but in proportion to what the module holds.
            if count > answers.len() * 4 + 16 {
                return None;
            }
            let mut entries = vec![None; count];
            for (class, function) in answers {
                entries[usize::from(class.0 - first.0)] = Some(function);
            }
            Some(Table { first, entries })
        });
        table.as_ref().map_or((0, 0), |table| (table.first.0, table.entries.len() as u16))
    }

    /// Has the first half of the next word be the distance to a selector's table.
    pub(super) fn point_to_table(&mut self, target: SelectorId) {
        let (from, at) = (self.start, self.words.len() as u32);
        self.methods.calls.push(Fixup { from, at, half: Half::Low, target });
    }
}

impl Methods {
    /// Puts the tables behind the code: of each function the number of its first word, two in a
    /// word.
    pub fn finish(self, decoder: &mut Decoder<'_>) {
        let mut starts = BTreeMap::new();
        for (selector, table) in self.tables {
            let Some(table) = table else { continue };
            starts.insert(selector, decoder.words.len() as u32);
            for pair in table.entries.chunks(2) {
                let entry = |at: usize| match pair.get(at) {
                    Some(Some(function)) => decoder.entries[function.index()] as i32,
                    _ => 0,
                };
                decoder.words.push(Word::ints(entry(0), entry(1)));
            }
        }
        for fixup in self.calls {
            if let Some(start) = starts.get(&fixup.target) {
                decoder.fix(fixup, *start);
            }
        }
    }
}
