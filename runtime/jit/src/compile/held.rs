//! What a register holds in compiled code, and the shape of a function's parameters and result.

use cranelift_codegen::ir::{AbiParam, Signature, Type, Value, types};
use cranelift_codegen::isa::CallConv;
use fvm_isa::ValueType;

/// How a value of a type is held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Form {
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
            Form::Int => &[types::I32],
            Form::Long => &[types::I64],
            Form::Double => &[types::F64],
            Form::Wide => &[types::I64, types::I64],
        }
    }

    /// From the values of its parts, in order.
    pub fn join(self, parts: &[Value]) -> Held {
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
pub(crate) enum Held {
    Int(Value),
    Long(Value),
    Double(Value),
    /// Low and high half: of a reference, payload and class.
    Wide(Value, Value),
}

impl Held {
    /// Calls `f` with its parts in order.
    pub fn for_each(self, mut f: impl FnMut(Value)) {
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
pub(crate) struct Shape {
    pub params: Vec<Form>,
    pub result: Option<Form>,
}

impl Shape {
    pub fn of(params: &[ValueType], result: Option<ValueType>) -> Shape {
        Shape {
            params: params.iter().copied().map(Form::of).collect(),
            result: result.map(Form::of),
        }
    }

    /// The signature of a compiled function.
    pub fn signature(&self) -> Signature {
        let mut signature = Signature::new(CallConv::Tail);
        // Frame counter and gas.
        signature.params.extend([AbiParam::new(types::I64); 2]);
        let params = self.params.iter().flat_map(|form| form.parts());
        signature.params.extend(params.map(|ty| AbiParam::new(*ty)));
        signature.returns.push(AbiParam::new(types::I64));
        let results = self.result.iter().flat_map(|form| form.parts());
        signature.returns.extend(results.map(|ty| AbiParam::new(*ty)));
        signature
    }

    /// A bound of the bytes that its arguments take on the stack.
    pub fn argument_bytes(&self) -> usize {
        let parts: usize = self.params.iter().map(|form| form.parts().len()).sum();
        (parts + 2) * 8 + 16
    }
}
