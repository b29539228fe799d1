//! Values that operands are given: the extremes of every type, and texts, bytes and arrays of
//! several sizes.

use fvm_isa::{
    BUILTIN_CLASSES, BoxId, ClassId, Constant, ConstantId, Inst, Kind, Module, Reg, ValueType,
    builtin,
};

/// A value that a register can be given.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Given {
    I32(i32),
    I64(i64),
    F64(f64),
    U128(u128),
    I128(i128),
    /// A string of so many units; two bytes each if it is wide.
    Text {
        length: usize,
        is_wide: bool,
    },
    /// A string of so many letters whose other case depends on what is around them.
    Sigmas(usize),
    /// The text of a number with so many digits.
    Digits(usize),
    Bytes(usize),
    /// Bytes that mean something: parts of signatures.
    Signed(Signed),
    Array(ClassId, usize),
    /// An instance of the class with fields.
    Object,
    Null,
    /// A boxed scalar.
    BoxedI64,
    BoxedF64,
    BoxedU128,
}

/// Bytes that pass all checks before the arithmetic, so that the arithmetic is done. Whether the
/// signature is one of what it stands beside makes no difference for the time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Signed {
    /// A key of ed25519: that of the first test in RFC 8032.
    Key,
    /// Its signature of nothing.
    Ed25519,
    /// A signature of secp256k1: the point where x is one, and a number below half of the order.
    Secp256k1,
    /// Something to sign.
    Hash,
}

impl Signed {
    fn bytes(self) -> Vec<u8> {
        let (key, point, number, half) = (
            0xd75a_9801_82b1_0ab7_d54b_fed3_c964_073a_u128,
            0xe556_4300_c360_ac72_9086_e2cc_806e_828a_u128,
            0x5fb8_8215_90a3_3bac_c61e_3970_1cf9_b46b_u128,
            0x7b7b_7b7b_7b7b_7b7b_7b7b_7b7b_7b7b_7b7b_u128,
        );
        let numbers: &[u128] = match self {
            Signed::Key => &[key, 0x0ee1_72f3_daa6_2325_af02_1a68_f707_511a],
            Signed::Ed25519 => &[
                point,
                0x8487_7f1e_b8e5_d974_d873_e065_2249_0155,
                number,
                0xd25b_f5f0_595b_be24_6551_4143_8e7a_100b,
            ],
            Signed::Secp256k1 => &[0, 1, half, half],
            Signed::Hash => &[half, key],
        };
        let bytes = numbers.iter().flat_map(|number| number.to_be_bytes());
        // The recovery id.
        let last = (self == Signed::Secp256k1).then_some(0);
        bytes.chain(last).collect()
    }
}

/// The class with fields that every probe has: one of `i64`, one of any reference.
pub const FIELDS: ClassId = ClassId(BUILTIN_CLASSES as u16);

/// Sizes of texts, bytes and arrays.
pub const SIZES: &[usize] = &[1, 16, 256, 4096];

/// What a register of a kind may hold, with sizes of about `size`.
pub fn candidates(kind: Kind, size: usize) -> Vec<Given> {
    let texts = [false, true].map(|is_wide| Given::Text { length: size, is_wide });
    let numbers = |class: ClassId| vec![Given::Array(class, size)];
    match kind {
        Kind::bool => vec![Given::I32(0), Given::I32(1)],
        // 0 and the size are ends of ranges, the others are hard to divide by and to print.
        Kind::i32 => vec![
            Given::I32(0),
            Given::I32(size as i32 - 1),
            Given::I32(size as i32),
            Given::I32(i32::MIN + 1),
            Given::I32(3),
        ],
        Kind::i64 => vec![Given::I64(i64::MIN + 1), Given::I64(3), Given::I64(i64::MAX)],
        Kind::f64 => vec![
            Given::F64(1.5),
            Given::F64(5e-324),
            Given::F64(1.797e308),
            Given::F64(-1.2345678901234567e-200),
            Given::F64(3.3e20),
        ],
        Kind::u128 => vec![
            Given::U128(3),
            Given::U128(u128::MAX / 3),
            Given::U128((1 << 65) - 1),
            Given::U128(0),
        ],
        Kind::i128 => vec![
            Given::I128(3),
            Given::I128(i128::MIN / 3),
            Given::I128((1 << 65) - 1),
            Given::I128(0),
        ],
        Kind::any => {
            let boxes = [Given::BoxedI64, Given::BoxedF64, Given::BoxedU128];
            boxes.into_iter().chain(texts).chain([Given::Object]).collect()
        }
        Kind::object => vec![Given::Object],
        Kind::string => {
            // Parts of a text start like it, and what searches them finds no end for long.
            let parts = [false, true].map(|is_wide| Given::Text { length: size / 8 + 1, is_wide });
            let others = [Given::Digits(size), Given::Sigmas(size)];
            texts.into_iter().chain(parts).chain(others).collect()
        }
        Kind::bytes => vec![Given::Bytes(size)],
        Kind::a_any => numbers(builtin::ARRAY_ANY),
        Kind::a_bool => numbers(builtin::ARRAY_BOOLEAN),
        Kind::a_byte => numbers(builtin::ARRAY_BYTE),
        Kind::a_short => numbers(builtin::ARRAY_SHORT),
        Kind::a_char => numbers(builtin::ARRAY_CHAR),
        Kind::a_int => numbers(builtin::ARRAY_INT),
        Kind::a_long => numbers(builtin::ARRAY_LONG),
        Kind::a_double => numbers(builtin::ARRAY_DOUBLE),
        Kind::array => vec![Given::Array(builtin::ARRAY_INT, size)],
        Kind::class => vec![
            Given::Object,
            Given::Array(builtin::ARRAY_ANY, size),
            Given::Array(builtin::ARRAY_BYTE, size),
        ],
        Kind::field | Kind::global => vec![Given::I64(7), Given::Object],
        Kind::unboxed => {
            vec![Given::I32(7), Given::I64(i64::MAX), Given::F64(1.5), Given::U128(u128::MAX)]
        }
        Kind::same => vec![Given::I64(1), Given::U128(u128::MAX), Given::Object],
        Kind::null => vec![Given::Null],
        _ => Vec::new(),
    }
}

impl Given {
    /// The type that a register has afterwards.
    pub fn ty(self) -> ValueType {
        match self {
            Given::I32(_) => ValueType::I32,
            Given::I64(_) => ValueType::I64,
            Given::F64(_) => ValueType::F64,
            Given::U128(_) => ValueType::U128,
            Given::I128(_) => ValueType::I128,
            Given::Text { .. } | Given::Sigmas(_) | Given::Digits(_) => {
                ValueType::Ref(builtin::STRING)
            }
            Given::Bytes(_) | Given::Signed(_) => ValueType::Ref(builtin::BYTES),
            Given::Array(class, _) => ValueType::Ref(class),
            Given::Object => ValueType::Ref(FIELDS),
            Given::Null => ValueType::Ref(builtin::NULL),
            Given::BoxedI64 | Given::BoxedF64 | Given::BoxedU128 => ValueType::Any,
        }
    }

    /// Instructions that give the value to a register.
    pub fn set(self, module: &mut Module, dst: Reg) -> Vec<Inst> {
        let boxed = |value: Given, module: &mut Module, class: ClassId| {
            let mut insts = value.set(module, dst);
            insts.push(Inst::Box { dst, a: dst, class: BoxId(class.0 as u8) });
            insts
        };
        match self {
            Given::I32(value) => vec![Inst::ConstI32 { dst, value }],
            Given::I64(value) => vec![Inst::ConstI64 { dst, value }],
            Given::F64(value) => vec![Inst::ConstF64 { dst, bits: value.to_bits() }],
            Given::U128(value) => vec![Inst::ConstU128 { dst, value: Box::new(value) }],
            Given::I128(value) => vec![Inst::ConstI128 { dst, value: Box::new(value) }],
            Given::Text { length, is_wide } => {
                // Letters that have another case, so that changing the case is work.
                let letter = if is_wide { 0x0436 } else { u16::from(b'k') };
                let mut units = vec![letter; length];
                // Equal strings would be one object, and compared at once.
                if let Some(last) = units.last_mut() {
                    *last += u16::from(dst.0);
                }
                let constant = pool(module, Constant::String(units));
                vec![Inst::ConstString { dst, constant }]
            }
            Given::Sigmas(length) => {
                let constant = pool(module, Constant::String(vec![0x03a3; length]));
                vec![Inst::ConstString { dst, constant }]
            }
            Given::Digits(length) => {
                let digits = (0..length).map(|at| u16::from(b'1') + (at % 9) as u16).collect();
                let constant = pool(module, Constant::String(digits));
                vec![Inst::ConstString { dst, constant }]
            }
            Given::Bytes(length) => {
                let mut bytes = vec![b'a'; length];
                if let Some(last) = bytes.last_mut() {
                    *last += dst.0;
                }
                let constant = pool(module, Constant::Bytes(bytes));
                vec![Inst::ConstBytes { dst, constant }]
            }
            Given::Signed(part) => {
                let constant = pool(module, Constant::Bytes(part.bytes()));
                vec![Inst::ConstBytes { dst, constant }]
            }
            Given::Array(class, length) => vec![
                Inst::ConstI32 { dst, value: length as i32 },
                Inst::ArrayNew { dst, length: dst, class },
            ],
            Given::Object => vec![Inst::New { dst, class: FIELDS }],
            Given::Null => vec![Inst::ConstNull { dst }],
            Given::BoxedI64 => boxed(Given::I64(i64::MIN + 1), module, builtin::LONG),
            Given::BoxedF64 => boxed(Given::F64(-1.2345678901234567e-200), module, builtin::DOUBLE),
            Given::BoxedU128 => boxed(Given::U128(u128::MAX), module, builtin::UINT128),
        }
    }
}

fn pool(module: &mut Module, constant: Constant) -> ConstantId {
    let known = module.constants.iter().position(|known| *known == constant);
    let at = known.unwrap_or_else(|| {
        module.constants.push(constant);
        module.constants.len() - 1
    });
    ConstantId(at as u16)
}
