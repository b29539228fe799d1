//! The subclass relation of a verified class table, as one row of bits for each class.

use fvm_isa::{Class, ClassId, ValueType, builtin, limits};

/// Who is an instance of what.
#[derive(Clone, Debug)]
pub(crate) struct Hierarchy {
    /// Words of a row.
    width: usize,
    rows: Vec<u64>,
    classes: usize,
}

/// Whether references to the class point into the arena as objects of the program's kind:
/// everything but null, unit and boxes of scalars.
pub(crate) fn is_allocated(class: ClassId) -> bool {
    class == builtin::OBJECT || class >= builtin::STRING
}

impl Hierarchy {
    /// From a class table; the error names a class that is above itself, names a class that does
    /// not exist, or has too many classes above it.
    pub fn new(classes: &[Class]) -> Result<Hierarchy, (ClassId, &'static str)> {
        let width = classes.len().div_ceil(64);
        let rows = vec![0; width * classes.len()];
        let mut hierarchy = Hierarchy { width, rows, classes: classes.len() };
        for class in order(classes)? {
            hierarchy.fill(classes, class);
            if hierarchy.ancestors(class) > limits::CLASS_ANCESTORS_MAX {
                return Err((class, "has too many classes above it"));
            }
        }
        Ok(hierarchy)
    }

    /// Fills the row of a class whose parents are done.
    fn fill(&mut self, classes: &[Class], class: ClassId) {
        let at = class.index();
        let parents = classes[at].superclass.iter().chain(&classes[at].traits);
        for parent in parents {
            for word in 0..self.width {
                self.rows[at * self.width + word] |= self.rows[parent.index() * self.width + word];
            }
        }
        self.set(class, class);
        if is_allocated(class) {
            self.set(class, builtin::OBJECT);
        }
    }

    fn set(&mut self, class: ClassId, ancestor: ClassId) {
        let word = class.index() * self.width + ancestor.index() / 64;
        self.rows[word] |= 1 << (ancestor.index() % 64);
    }

    fn ancestors(&self, class: ClassId) -> usize {
        let start = class.index() * self.width;
        self.rows[start..start + self.width].iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows of bits, one after the other, and how many words each has.
    pub fn rows(&self) -> (&[u64], usize) {
        (&self.rows, self.width)
    }

    /// Whether instances of `class` are instances of `ancestor`.
    pub fn is_subclass(&self, class: ClassId, ancestor: ClassId) -> bool {
        let (class, ancestor) = (class.index(), ancestor.index());
        class < self.classes
            && ancestor < self.classes
            && self.rows[class * self.width + ancestor / 64] >> (ancestor % 64) & 1 == 1
    }

    /// Whether a value of type `from` may stand where `to` is expected. The null reference has
    /// the class `Null` and fits everywhere.
    pub fn is_assignable(&self, from: ValueType, to: ValueType) -> bool {
        match (from, to) {
            (ValueType::Ref(_), ValueType::Any) => true,
            (ValueType::Ref(builtin::NULL), ValueType::Ref(_)) => true,
            (ValueType::Ref(from), ValueType::Ref(to)) => self.is_subclass(from, to),
            _ => from == to,
        }
    }
}

/// The classes in an order in which parents come before children.
fn order(classes: &[Class]) -> Result<Vec<ClassId>, (ClassId, &'static str)> {
    let parents = |class: &Class| -> Vec<usize> {
        class.superclass.iter().chain(&class.traits).map(|id| id.index()).collect()
    };
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); classes.len()];
    let mut missing = vec![0usize; classes.len()];
    for (at, class) in classes.iter().enumerate() {
        for parent in parents(class) {
            match children.get_mut(parent) {
                Some(children) => children.push(at),
                None => return Err((ClassId(at as u16), "has a parent that does not exist")),
            }
            missing[at] += 1;
        }
    }
    let mut ready: Vec<usize> = (0..classes.len()).filter(|at| missing[*at] == 0).collect();
    let mut done = 0;
    while done < ready.len() {
        for child in &children[ready[done]] {
            missing[*child] -= 1;
            if missing[*child] == 0 {
                ready.push(*child);
            }
        }
        done += 1;
    }
    match missing.iter().position(|count| *count > 0) {
        Some(at) => Err((ClassId(at as u16), "is above itself")),
        None => Ok(ready.into_iter().map(|at| ClassId(at as u16)).collect()),
    }
}
