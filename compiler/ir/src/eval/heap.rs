//! Values, objects and arrays of the evaluator.

use crate::builder::zero;
use crate::fold::Const;
use crate::module::{FieldRef, Module};
use crate::types::{ClassId, Type, builtin};

/// A value.
#[derive(Clone, PartialEq, Debug)]
pub enum Val {
    /// A scalar, string, bytes, null or unit.
    Const(Const),
    /// A boxed scalar.
    Boxed(ClassId, Const),
    /// An object.
    Object(usize),
    /// An array.
    Array(usize),
}

impl Val {
    /// The null reference. Nulls of all types are one value here.
    pub const NULL: Val = Val::Const(Const::Null(Type::Any));

    /// Zero or null of a type.
    pub fn zero(ty: Type) -> Val {
        let (op, imm) = zero(ty);
        Const::of(op, &imm).map_or(Val::NULL, Val::of)
    }

    /// The value of a constant.
    pub fn of(constant: Const) -> Val {
        match constant {
            Const::Null(_) => Val::NULL,
            other => Val::Const(other),
        }
    }
}

struct Cells {
    class: ClassId,
    cells: Vec<Val>,
}

/// Objects and arrays.
pub(super) struct Heap {
    objects: Vec<Cells>,
    arrays: Vec<Cells>,
    slots_left: usize,
}

impl Heap {
    pub(super) fn new(slots: usize) -> Heap {
        Heap { objects: Vec::new(), arrays: Vec::new(), slots_left: slots }
    }

    /// Takes slots from the limit; whether there were enough.
    pub(super) fn reserve(&mut self, slots: usize) -> bool {
        match self.slots_left.checked_sub(slots) {
            Some(left) => {
                self.slots_left = left;
                true
            }
            None => false,
        }
    }

    pub(super) fn new_object(&mut self, module: &Module, class: ClassId) -> Val {
        let mut classes: Vec<ClassId> = module.ancestors(class).collect();
        classes.reverse();
        let fields = classes.iter().flat_map(|class| &module.classes[*class].fields);
        let cells = fields.map(|field| Val::zero(field.ty)).collect();
        self.objects.push(Cells { class, cells });
        Val::Object(self.objects.len() - 1)
    }

    pub(super) fn new_array(&mut self, class: ClassId, cells: Vec<Val>) -> Val {
        self.arrays.push(Cells { class, cells });
        Val::Array(self.arrays.len() - 1)
    }

    pub(super) fn field(
        &mut self,
        module: &Module,
        object: &Val,
        field: FieldRef,
    ) -> Option<&mut Val> {
        match object {
            Val::Object(at) => self.objects[*at].cells.get_mut(module.slot(field)),
            _ => None,
        }
    }

    pub(super) fn array(&mut self, array: &Val) -> Option<&mut Vec<Val>> {
        match array {
            Val::Array(at) => Some(&mut self.arrays[*at].cells),
            _ => None,
        }
    }

    pub(super) fn class_of(&self, value: &Val) -> ClassId {
        match value {
            Val::Const(Const::String(_)) => builtin::STRING,
            Val::Const(Const::Bytes(_)) => builtin::BYTES,
            Val::Const(Const::Unit) => builtin::UNIT,
            Val::Const(_) => builtin::NULL,
            Val::Boxed(class, _) => *class,
            Val::Object(at) => self.objects[*at].class,
            Val::Array(at) => self.arrays[*at].class,
        }
    }

    /// The value as text, arrays down to a depth. Objects are their classes: what is in a field
    /// shows only where code reads it.
    pub(super) fn describe(&self, module: &Module, value: &Val, depth: u32) -> String {
        let cells = |cells: &[Val]| {
            if depth == 0 {
                return "…".to_owned();
            }
            let texts: Vec<String> =
                cells.iter().map(|cell| self.describe(module, cell, depth - 1)).collect();
            texts.join(", ")
        };
        match value {
            Val::Const(Const::String(units)) => format!("{:?}", String::from_utf16_lossy(units)),
            Val::Const(Const::I32(value)) => value.to_string(),
            Val::Const(Const::I64(value)) => format!("{value}L"),
            Val::Const(Const::F64(bits)) => format!("{:?}", f64::from_bits(*bits)),
            Val::Const(Const::U128(value)) => format!("{value}u"),
            Val::Const(Const::I128(value)) => format!("{value}i"),
            Val::Const(Const::Bytes(bytes)) => format!("{bytes:02x?}"),
            Val::Const(Const::Null(_)) => "null".to_owned(),
            Val::Const(Const::Unit) => "()".to_owned(),
            Val::Boxed(class, value) => {
                let value = self.describe(module, &Val::Const(value.clone()), depth);
                format!("{}({value})", module.classes[*class].name)
            }
            Val::Object(at) => module.classes[self.objects[*at].class].name.clone(),
            Val::Array(at) => format!("[{}]", cells(&self.arrays[*at].cells)),
        }
    }
}
