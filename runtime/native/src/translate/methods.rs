//! Virtual calls: rows of a table of entries, one for each selector that needs one.

use fvm_isa::{ClassId, FunctionId, SelectorId};
use fvm_vm::VerifiedModule;

/// How the functions of a selector are found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Row {
    /// Nobody answers.
    None,
    /// All classes from the first on answer with one function.
    Same { first: ClassId, count: u16, function: FunctionId },
    /// From the first class on, an entry for each class at a place of the table.
    Table { first: ClassId, count: u16, start: u32 },
    /// The classes lie far apart: the engine is asked.
    Asked,
}

/// The rows and the table that they point into.
#[derive(Debug)]
pub(crate) struct Methods {
    rows: Vec<Row>,
    pub table: Vec<Option<FunctionId>>,
}

impl Methods {
    pub fn new(module: &VerifiedModule) -> Methods {
        let mut methods = Methods { rows: Vec::new(), table: Vec::new() };
        for number in 0..module.module().selectors.len() {
            let answers = module.code().answers(SelectorId(number as u16));
            let row = methods.row(&answers);
            methods.rows.push(row);
        }
        methods
    }

    /// For code without virtual calls.
    pub fn empty() -> Methods {
        Methods { rows: Vec::new(), table: Vec::new() }
    }

    fn row(&mut self, answers: &[(ClassId, FunctionId)]) -> Row {
        let (Some((first, function)), Some((last, _))) = (answers.first(), answers.last()) else {
            return Row::None;
        };
        let (first, count) = (*first, last.0 - first.0 + 1);
        if usize::from(count) == answers.len() && answers.iter().all(|(_, f)| f == function) {
            return Row::Same { first, count, function: *function };
        }
        // Holes may take memory, but in proportion to what the module holds.
        if usize::from(count) > answers.len() * 4 + 16 {
            return Row::Asked;
        }
        let start = self.table.len();
        self.table.resize(start + usize::from(count), None);
        for (class, function) in answers {
            self.table[start + usize::from(class.0 - first.0)] = Some(*function);
        }
        Row::Table { first, count, start: start as u32 }
    }

    /// The row of a selector.
    pub fn of(&self, selector: SelectorId) -> Row {
        self.rows[selector.index()]
    }
}
