//! Virtual dispatch: from class and selector to function.

use fvm_isa::{Class, ClassId, FunctionId, SelectorId};

/// The functions of one selector.
#[derive(Clone, Debug)]
enum Row {
    /// From the first class on, one entry for each class.
    Dense(u16, Vec<Option<FunctionId>>),
    /// Pairs in the order of the classes: the classes lie far apart.
    Sparse(Vec<(ClassId, FunctionId)>),
}

/// The dispatch tables of a module.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    rows: Vec<Row>,
}

impl Dispatch {
    /// From the selector tables of the classes.
    pub fn new(classes: &[Class], selectors: usize) -> Dispatch {
        let mut pairs: Vec<Vec<(ClassId, FunctionId)>> = vec![Vec::new(); selectors];
        for (number, class) in classes.iter().enumerate() {
            for (selector, function) in &class.methods {
                pairs[selector.index()].push((ClassId(number as u16), *function));
            }
        }
        Dispatch { rows: pairs.into_iter().map(Row::new).collect() }
    }

    /// Which classes answer a selector with which function, in the order of the classes.
    pub fn answers(&self, selector: SelectorId) -> Vec<(ClassId, FunctionId)> {
        match self.rows.get(selector.index()) {
            None => Vec::new(),
            Some(Row::Sparse(pairs)) => pairs.clone(),
            Some(Row::Dense(first, entries)) => {
                let classes = (*first..).map(ClassId);
                classes.zip(entries).filter_map(|(class, f)| Some((class, (*f)?))).collect()
            }
        }
    }

    /// The function that a class gives for a selector.
    pub fn lookup(&self, class: ClassId, selector: SelectorId) -> Option<FunctionId> {
        match self.rows.get(selector.index())? {
            Row::Dense(first, entries) => {
                let at = class.0.checked_sub(*first)?;
                entries.get(usize::from(at)).copied().flatten()
            }
            Row::Sparse(pairs) => {
                let at = pairs.binary_search_by_key(&class, |pair| pair.0).ok()?;
                Some(pairs[at].1)
            }
        }
    }
}

impl Row {
    fn new(pairs: Vec<(ClassId, FunctionId)>) -> Row {
        let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else {
            return Row::Sparse(pairs);
        };
        let first = first.0.0;
        let span = usize::from(last.0.0 - first) + 1;
        // A table may have holes, but memory stays in proportion to what the module holds.
        if span > pairs.len() * 4 + 16 {
            return Row::Sparse(pairs);
        }
        let mut entries = vec![None; span];
        for (class, function) in pairs {
            entries[usize::from(class.0 - first)] = Some(function);
        }
        Row::Dense(first, entries)
    }
}
