//! Values of registers as the oracles see them, how a function makes them, and what making them
//! costs.

use crate::charge::Charge;
use fvm_isa::{
    BoxId, ClassId, Constant, ConstantId, FieldId, Inst, Module, Reg, ValueType, builtin,
    element_type, unboxed_type,
};

/// A class with one field of each kind of type.
pub const FIELDS: ClassId = ClassId(fvm_isa::BUILTIN_CLASSES as u16);
/// A class below it, with one field more.
pub const BELOW: ClassId = ClassId(FIELDS.0 + 1);
/// A class without fields and without relatives.
pub const ALONE: ClassId = ClassId(FIELDS.0 + 2);
/// The types of the fields of [`BELOW`]; those of [`FIELDS`] are all but the last.
pub const FIELD_TYPES: [ValueType; 7] = [
    ValueType::I32,
    ValueType::I64,
    ValueType::F64,
    ValueType::U128,
    ValueType::I128,
    ValueType::Any,
    ValueType::I32,
];

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Datum {
    I32(i32),
    I64(i64),
    /// The bits of a double.
    F64(u64),
    U128(u128),
    I128(i128),
    Null,
    Unit,
    /// UTF-16 units.
    Text(Vec<u16>),
    Bytes(Vec<u8>),
    Array(ClassId, Vec<Datum>),
    Boxed(ClassId, Box<Datum>),
    /// Fields in the order of the layout.
    Object(ClassId, Vec<Datum>),
}

impl Datum {
    /// A text.
    pub fn text(text: &str) -> Datum {
        Datum::Text(text.encode_utf16().collect())
    }

    /// A boxed scalar.
    pub fn boxed(class: ClassId, scalar: Datum) -> Datum {
        Datum::Boxed(class, Box::new(scalar))
    }

    /// An array of bytes, sign-extended.
    pub fn byte_array(bytes: &[u8]) -> Datum {
        let elements = bytes.iter().map(|byte| Datum::I32((*byte as i8).into())).collect();
        Datum::Array(builtin::ARRAY_BYTE, elements)
    }

    /// Whether it fills a register without being a reference.
    pub fn is_scalar(&self) -> bool {
        !self.ty().is_reference()
    }

    /// The type of a register that holds it.
    pub fn ty(&self) -> ValueType {
        match self {
            Datum::I32(_) => ValueType::I32,
            Datum::I64(_) => ValueType::I64,
            Datum::F64(_) => ValueType::F64,
            Datum::U128(_) => ValueType::U128,
            Datum::I128(_) => ValueType::I128,
            Datum::Null => ValueType::Ref(builtin::NULL),
            Datum::Unit | Datum::Boxed(..) => ValueType::Any,
            Datum::Text(_) => ValueType::Ref(builtin::STRING),
            Datum::Bytes(_) => ValueType::Ref(builtin::BYTES),
            Datum::Array(class, _) | Datum::Object(class, _) => ValueType::Ref(*class),
        }
    }

    /// The number of its class; none for a scalar in a register.
    pub fn class(&self) -> Option<ClassId> {
        Some(match self {
            Datum::Null => builtin::NULL,
            Datum::Unit => builtin::UNIT,
            Datum::Text(_) => builtin::STRING,
            Datum::Bytes(_) => builtin::BYTES,
            Datum::Array(class, _) | Datum::Boxed(class, _) | Datum::Object(class, _) => *class,
            _ => return None,
        })
    }

    /// The zero of a type.
    pub fn zero(ty: ValueType) -> Datum {
        match ty {
            ValueType::I32 => Datum::I32(0),
            ValueType::I64 => Datum::I64(0),
            ValueType::F64 => Datum::F64(0),
            ValueType::U128 => Datum::U128(0),
            ValueType::I128 => Datum::I128(0),
            ValueType::Any | ValueType::Ref(_) => Datum::Null,
        }
    }

    /// Instructions that put it into a register, with the registers from `scratch` on to do it.
    pub fn give(&self, module: &mut Module, dst: Reg, scratch: u8) -> Vec<Inst> {
        match self {
            Datum::I32(value) => vec![Inst::ConstI32 { dst, value: *value }],
            Datum::I64(value) => vec![Inst::ConstI64 { dst, value: *value }],
            Datum::F64(bits) => vec![Inst::ConstF64 { dst, bits: *bits }],
            Datum::U128(value) => vec![Inst::ConstU128 { dst, value: Box::new(*value) }],
            Datum::I128(value) => vec![Inst::ConstI128 { dst, value: Box::new(*value) }],
            Datum::Null => vec![Inst::ConstNull { dst }],
            Datum::Unit => vec![Inst::ConstUnit { dst }],
            Datum::Text(units) => {
                let constant = pooled(module, Constant::String(units.clone()));
                vec![Inst::ConstString { dst, constant }]
            }
            Datum::Bytes(bytes) => {
                let constant = pooled(module, Constant::Bytes(bytes.clone()));
                vec![Inst::ConstBytes { dst, constant }]
            }
            Datum::Boxed(class, scalar) => {
                let mut insts = scalar.give(module, dst, scratch);
                insts.push(Inst::Box { dst, a: dst, class: BoxId(class.0 as u8) });
                insts
            }
            Datum::Array(class, elements) => {
                let (index, value) = (Reg(scratch), Reg(scratch + 1));
                let length = elements.len() as i32;
                let mut insts = vec![
                    Inst::ConstI32 { dst: index, value: length },
                    Inst::ArrayNew { dst, length: index, class: *class },
                ];
                for (at, element) in elements.iter().enumerate() {
                    insts.extend(element.give(module, value, scratch + 2));
                    insts.push(Inst::ConstI32 { dst: index, value: at as i32 });
                    insts.push(set_element(*class, dst, index, value));
                }
                insts
            }
            Datum::Object(class, fields) => {
                let mut insts = vec![Inst::New { dst, class: *class }];
                for (slot, field) in fields.iter().enumerate() {
                    let value = Reg(scratch);
                    insts.extend(field.give(module, value, scratch + 1));
                    let field = FieldId { class: *class, slot: slot as u16 };
                    insts.push(Inst::FieldSet { object: dst, value, field });
                }
                insts
            }
        }
    }

    /// What making it costs beside the prices of the instructions.
    pub fn charges(&self, charges: &mut Vec<Charge>) {
        match self {
            Datum::Boxed(class, _) if is_wide_box(*class) => charges.push(Charge::Allocate(16)),
            Datum::Array(class, elements) => {
                charges.push(Charge::Allocate(elements.len() * element_bytes(*class)));
                elements.iter().for_each(|element| element.charges(charges));
            }
            Datum::Object(_, fields) => {
                charges.push(Charge::Allocate(fields.len() * 16));
                fields.iter().for_each(|field| field.charges(charges));
            }
            _ => {}
        }
    }
}

/// Whether boxes of the class are objects of their own.
pub fn is_wide_box(class: ClassId) -> bool {
    matches!(unboxed_type(class), Some(ValueType::U128 | ValueType::I128))
}

/// Bytes of an element of an array.
pub fn element_bytes(class: ClassId) -> usize {
    match class {
        builtin::ARRAY_BOOLEAN | builtin::ARRAY_BYTE => 1,
        builtin::ARRAY_SHORT | builtin::ARRAY_CHAR => 2,
        builtin::ARRAY_INT => 4,
        class if element_type(class) == Some(ValueType::Any) => 16,
        _ => 8,
    }
}

/// The instruction that sets an element of an array of a class.
pub fn set_element(class: ClassId, array: Reg, index: Reg, value: Reg) -> Inst {
    match class {
        builtin::ARRAY_BOOLEAN => Inst::ArraySetBoolean { array, index, value },
        builtin::ARRAY_BYTE => Inst::ArraySetByte { array, index, value },
        builtin::ARRAY_SHORT => Inst::ArraySetShort { array, index, value },
        builtin::ARRAY_CHAR => Inst::ArraySetChar { array, index, value },
        builtin::ARRAY_INT => Inst::ArraySetInt { array, index, value },
        builtin::ARRAY_LONG => Inst::ArraySetLong { array, index, value },
        builtin::ARRAY_DOUBLE => Inst::ArraySetDouble { array, index, value },
        _ => Inst::ArraySetAny { array, index, value },
    }
}

/// The instruction that gets an element of an array of a class.
pub fn get_element(class: ClassId, dst: Reg, array: Reg, index: Reg) -> Inst {
    match class {
        builtin::ARRAY_BOOLEAN => Inst::ArrayGetBoolean { dst, array, index },
        builtin::ARRAY_BYTE => Inst::ArrayGetByte { dst, array, index },
        builtin::ARRAY_SHORT => Inst::ArrayGetShort { dst, array, index },
        builtin::ARRAY_CHAR => Inst::ArrayGetChar { dst, array, index },
        builtin::ARRAY_INT => Inst::ArrayGetInt { dst, array, index },
        builtin::ARRAY_LONG => Inst::ArrayGetLong { dst, array, index },
        builtin::ARRAY_DOUBLE => Inst::ArrayGetDouble { dst, array, index },
        _ => Inst::ArrayGetAny { dst, array, index },
    }
}

/// The constant, put into the pool unless it is there.
pub fn pooled(module: &mut Module, constant: Constant) -> ConstantId {
    let known = module.constants.iter().position(|known| *known == constant);
    let at = known.unwrap_or_else(|| {
        module.constants.push(constant);
        module.constants.len() - 1
    });
    ConstantId(at as u16)
}
