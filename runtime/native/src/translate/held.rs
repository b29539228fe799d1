//! What a register holds in compiled code, and the shape of a function's parameters and result.

use crate::emitter::Type;
use fvm_isa::ValueType;

/// How a value of a type is held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// An `i32`.
    Int,
    /// An `i64`.
    Long,
    /// An `f64`.
    Double,
    /// Two `i64`: the halves of a 128-bit number, or payload and class of a reference.
    Wide,
}

impl Form {
    /// The form of a type.
    pub fn of(ty: ValueType) -> Form {
        match ty {
            ValueType::I32 => Form::Int,
            ValueType::I64 => Form::Long,
            ValueType::F64 => Form::Double,
            ValueType::U128 | ValueType::I128 | ValueType::Any | ValueType::Ref(_) => Form::Wide,
        }
    }

    /// The types of its parts.
    pub fn parts(self) -> &'static [Type] {
        match self {
            Form::Int => &[Type::I32],
            Form::Long => &[Type::I64],
            Form::Double => &[Type::F64],
            Form::Wide => &[Type::I64, Type::I64],
        }
    }

    /// From the values of its parts, in order.
    pub(crate) fn join<V: Copy>(self, parts: &[V]) -> Held<V> {
        match self {
            Form::Int => Held::Int(parts[0]),
            Form::Long => Held::Long(parts[0]),
            Form::Double => Held::Double(parts[0]),
            Form::Wide => Held::Wide(parts[0], parts[1]),
        }
    }
}

/// What a register holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Held<V> {
    Int(V),
    Long(V),
    Double(V),
    /// Low and high half: of a reference, payload and class.
    Wide(V, V),
}

impl<V> Held<V> {
    /// Calls `f` with its parts in order.
    pub fn for_each(self, mut f: impl FnMut(V)) {
        match self {
            Held::Int(value) | Held::Long(value) | Held::Double(value) => f(value),
            Held::Wide(low, high) => {
                f(low);
                f(high);
            }
        }
    }
}

/// The forms of parameters and result: functions of one shape are called in the same way.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Shape {
    /// Of the parameters.
    pub params: Vec<Form>,
    /// Of the result, if there is one.
    pub result: Option<Form>,
}

impl Shape {
    /// The shape of a function with these types.
    pub fn of(params: &[ValueType], result: Option<ValueType>) -> Shape {
        Shape {
            params: params.iter().copied().map(Form::of).collect(),
            result: result.map(Form::of),
        }
    }

    /// The types of what a function of this shape is given: frame counter, gas, and the parts of
    /// its parameters.
    pub fn given(&self) -> impl Iterator<Item = Type> {
        let parts = self.params.iter().flat_map(|form| form.parts());
        [Type::I64; 2].into_iter().chain(parts.copied())
    }

    /// The types of what it gives: gas, and the parts of its result.
    pub fn results(&self) -> impl Iterator<Item = Type> {
        let parts = self.result.iter().flat_map(|form| form.parts());
        [Type::I64].into_iter().chain(parts.copied())
    }

    /// A bound of the bytes that its arguments take on the stack.
    pub fn argument_bytes(&self) -> usize {
        let parts: usize = self.params.iter().map(|form| form.parts().len()).sum();
        (parts + 2) * 8 + 16
    }
}
