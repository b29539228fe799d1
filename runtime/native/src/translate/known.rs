//! What is found out about classes and fields once for all functions of a module.

use fvm_isa::{ClassId, FieldId, ValueType};
use fvm_vm::VerifiedModule;
use std::collections::BTreeMap;

/// How it is seen that a class is, or is below, another one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ClassTest {
    /// No class is.
    Never,
    /// All classes between two numbers are, and no others.
    Between(u16, u16),
    /// A bit in the row of the class says so.
    Bit,
}

/// Answers that are kept.
#[derive(Debug, Default)]
pub(crate) struct Known {
    tests: BTreeMap<ClassId, ClassTest>,
    fields: BTreeMap<FieldId, Option<ValueType>>,
}

impl Known {
    /// How to test for a class.
    pub fn test(&mut self, module: &VerifiedModule, class: ClassId) -> ClassTest {
        *self.tests.entry(class).or_insert_with(|| class_test(module, class))
    }

    /// The type of a field.
    pub fn field(&mut self, module: &VerifiedModule, field: FieldId) -> Option<ValueType> {
        let find = || module.module().field(field).map(|field| field.ty);
        *self.fields.entry(field).or_insert_with(find)
    }
}

fn class_test(module: &VerifiedModule, class: ClassId) -> ClassTest {
    let classes = (0..module.module().classes.len() as u16).map(ClassId);
    let mut below = classes.filter(|below| module.code().is_subclass(*below, class));
    let Some(first) = below.next() else { return ClassTest::Never };
    let mut last = first.0;
    for class in below {
        if class.0 != last + 1 {
            return ClassTest::Bit;
        }
        last = class.0;
    }
    ClassTest::Between(first.0, last)
}
