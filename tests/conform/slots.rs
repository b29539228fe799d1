//! Copies, constants, boxes, casts, tests, and Scala's equality, hash and text of values that are no
//! objects of the program.

use crate::charge::Charge;
use crate::datum::{ALONE, BELOW, Datum, FIELD_TYPES, FIELDS, is_wide_box, pooled};
use crate::edges;
use crate::exact;
use crate::numerals;
use crate::trial::{End, Trial, detailed, stored_bytes};
use fscc_tests::random::Random;
use fvm_isa::{
    BUILTIN_CLASS_NAMES, BoxId, ClassId, Constant, Kind, Module, ModuleKind, Opcode, Operand,
    TrapCode, ValueType, builtin, unboxed_type,
};
use num_bigint::BigInt;

/// The name of a class.
fn name(class: ClassId) -> &'static str {
    match class {
        FIELDS => "Fields",
        BELOW => "Below",
        ALONE => "Alone",
        class => BUILTIN_CLASS_NAMES[class.index()],
    }
}

/// Whether instances of one class are instances of another.
fn is_below(class: ClassId, above: ClassId) -> bool {
    let is_object = class == builtin::OBJECT || class >= builtin::STRING;
    class == above || above == builtin::OBJECT && is_object || class == BELOW && above == FIELDS
}

/// The classes of boxes.
fn boxes() -> impl Iterator<Item = ClassId> {
    (0..builtin::STRING.0).map(ClassId).filter(|class| unboxed_type(*class).is_some())
}

/// The kind of the scalars in boxes of a class.
fn kind_in(class: ClassId) -> Kind {
    match unboxed_type(class) {
        Some(ValueType::I32) => Kind::i32,
        Some(ValueType::I64) => Kind::i64,
        Some(ValueType::F64) => Kind::f64,
        Some(ValueType::I128) => Kind::i128,
        _ => Kind::u128,
    }
}

/// Boxes with values at the edges.
fn boxed(random: &mut Random, each: usize) -> Vec<Datum> {
    let mut all = Vec::new();
    for class in boxes() {
        let kind = kind_in(class);
        let values = edges::values(kind, random);
        let step = values.len() / each + 1;
        let shift = random.below(step);
        let first = values.iter().take(2).chain(values.iter().skip(shift).step_by(step));
        all.extend(first.map(|scalar| Datum::boxed(class, narrowed(class, scalar.clone()))));
    }
    all
}

/// What of a scalar a box of the class keeps.
fn narrowed(class: ClassId, scalar: Datum) -> Datum {
    match scalar {
        Datum::I32(value) if class == builtin::BOOLEAN => Datum::I32(value & 1),
        scalar => scalar,
    }
}

/// References of all sorts.
pub fn references(random: &mut Random, each: usize) -> Vec<Datum> {
    let mut all = vec![
        Datum::Null,
        Datum::Unit,
        Datum::text(""),
        Datum::text("a"),
        Datum::text("Ж\u{1f600}"),
        Datum::Text(vec![0xd800]),
        Datum::text("hello, world"),
        Datum::Bytes(Vec::new()),
        Datum::Bytes(vec![0]),
        Datum::Bytes((0..200).collect()),
        Datum::Array(builtin::ARRAY_INT, vec![Datum::I32(5)]),
        Datum::Array(builtin::ARRAY_ANY, Vec::new()),
        object(FIELDS),
        object(BELOW),
        object(ALONE),
    ];
    all.extend(boxed(random, each));
    all
}

/// An object with zero fields.
fn object(class: ClassId) -> Datum {
    let count = if class == BELOW {
        7
    } else if class == FIELDS {
        6
    } else {
        0
    };
    Datum::Object(class, FIELD_TYPES[..count].iter().map(|ty| Datum::zero(*ty)).collect())
}

/// The two sides in the meaning of Scala's `==`.
#[derive(PartialEq)]
enum Number {
    Whole(BigInt),
    Single(u64),
    Double(u64),
}

fn number(datum: &Datum) -> Option<Number> {
    let Datum::Boxed(class, scalar) = datum else { return None };
    Some(match (*class, &**scalar) {
        (builtin::BOOLEAN | builtin::AMOUNT, _) => return None,
        (builtin::FLOAT, Datum::F64(bits)) => Number::Single(*bits),
        (_, Datum::F64(bits)) => Number::Double(*bits),
        (_, scalar) => Number::Whole(crate::integers::number(scalar)),
    })
}

/// The double that a number meets a Double as.
fn as_double(number: &Number) -> u64 {
    match number {
        Number::Whole(a) => exact::of_integer(exact::DOUBLE, a),
        Number::Single(bits) | Number::Double(bits) => *bits,
    }
}

/// The Float that a number meets a Float as, as a double.
fn as_single(number: &Number) -> u64 {
    match number {
        Number::Whole(a) => exact::widen(exact::of_integer(exact::SINGLE, a) as u32),
        Number::Single(bits) | Number::Double(bits) => exact::through_single(*bits),
    }
}

/// Scala's `==`; none where identity decides.
fn equal(a: &Datum, b: &Datum) -> Option<bool> {
    let same = |a, b| exact::compare(a, b) == Some(std::cmp::Ordering::Equal);
    Some(match (number(a), number(b)) {
        (Some(Number::Whole(a)), Some(Number::Whole(b))) => a == b,
        (Some(a), Some(b)) => match (&a, &b) {
            (Number::Double(_), _) | (_, Number::Double(_)) => same(as_double(&a), as_double(&b)),
            _ => same(as_single(&a), as_single(&b)),
        },
        (Some(_), None) | (None, Some(_)) => false,
        (None, None) => match (a, b) {
            (Datum::Boxed(class, x), Datum::Boxed(other, y)) => class == other && x == y,
            (Datum::Text(x), Datum::Text(y)) => x == y,
            (Datum::Bytes(x), Datum::Bytes(y)) => x == y,
            (Datum::Null | Datum::Unit, _) | (_, Datum::Null | Datum::Unit) => a == b,
            _ => return None,
        },
    })
}

fn fold(a: u64) -> i32 {
    (a ^ a >> 32) as i32
}

/// Scala's `##`.
fn hash(datum: &Datum) -> i32 {
    let units = |units: &mut dyn Iterator<Item = i32>| {
        units.fold(0i32, |hash, unit| hash.wrapping_mul(31).wrapping_add(unit))
    };
    match datum {
        Datum::Text(text) => units(&mut text.iter().map(|unit| i32::from(*unit))),
        Datum::Bytes(bytes) => units(&mut bytes.iter().map(|byte| i32::from(*byte))),
        Datum::Boxed(builtin::BOOLEAN, scalar) => {
            if **scalar == Datum::I32(0) {
                1237
            } else {
                1231
            }
        }
        Datum::Boxed(class, scalar) => match &**scalar {
            Datum::F64(bits) if *class == builtin::FLOAT => hash_single(*bits),
            Datum::F64(bits) => hash_double(*bits),
            scalar => hash_whole(&crate::integers::number(scalar)),
        },
        _ => 0,
    }
}

/// A number that fits an Int is its own hash; a Long folds its halves, wider ones fold both.
fn hash_whole(a: &BigInt) -> i32 {
    if let Ok(small) = i32::try_from(a) {
        return small;
    }
    if let Ok(long) = i64::try_from(a) {
        return fold(long as u64);
    }
    let modulus = BigInt::from(1) << 128u32;
    let bits: u128 = (((a % &modulus) + &modulus) % &modulus).try_into().expect("128 bits");
    fold((bits >> 64) as u64) ^ fold(bits as u64)
}

/// Whether the number that an integer became is the number it came from.
fn is_whole(bits: u64, a: &BigInt) -> bool {
    exact::compare(exact::of_integer(exact::DOUBLE, a), bits) == Some(std::cmp::Ordering::Equal)
}

fn hash_double(bits: u64) -> i32 {
    let (int, long) = (exact::to_integer(bits, 32), exact::to_integer(bits, 64));
    if is_whole(bits, &int) {
        return i32::try_from(&int).expect("it is within bounds");
    }
    if is_whole(bits, &long) {
        return fold(i64::try_from(&long).expect("it is within bounds") as u64);
    }
    let single = exact::to_single(bits);
    match exact::compare(exact::widen(single), bits) {
        Some(std::cmp::Ordering::Equal) => single as i32,
        _ => fold(bits),
    }
}

fn hash_single(bits: u64) -> i32 {
    let single = exact::to_single(bits);
    let double = exact::widen(single);
    let is_same = |a: &BigInt| {
        let back = exact::widen(exact::of_integer(exact::SINGLE, a) as u32);
        exact::compare(back, double) == Some(std::cmp::Ordering::Equal)
    };
    let (int, long) = (exact::to_integer(double, 32), exact::to_integer(double, 64));
    if is_same(&int) {
        i32::try_from(&int).expect("it is within bounds")
    } else if is_same(&long) {
        fold(i64::try_from(&long).expect("it is within bounds") as u64)
    } else {
        single as i32
    }
}

/// The text of a value; none if it has none.
fn text(datum: &Datum) -> Option<Vec<u16>> {
    let of = |text: String| Some(text.encode_utf16().collect());
    match datum {
        Datum::Null => of("null".into()),
        Datum::Unit => of("()".into()),
        Datum::Text(units) => Some(units.clone()),
        Datum::Boxed(builtin::BOOLEAN, scalar) => of((**scalar != Datum::I32(0)).to_string()),
        Datum::Boxed(builtin::CHAR, scalar) => match **scalar {
            Datum::I32(unit) => Some(vec![unit as u16]),
            _ => None,
        },
        Datum::Boxed(class, scalar) => match &**scalar {
            Datum::F64(bits) if *class == builtin::FLOAT => of(numerals::single(*bits)),
            Datum::F64(bits) => of(numerals::double(*bits)),
            scalar => of(crate::integers::number(scalar).to_string()),
        },
        _ => None,
    }
}

/// What a trap with this detail says.
pub fn described(detail: &Datum) -> Option<String> {
    match (detail, text(detail)) {
        (Datum::Null, _) => None,
        (_, Some(units)) => Some(String::from_utf16_lossy(&units)),
        (_, None) => detail.class().map(|class| name(class).to_owned()),
    }
}

/// Bytes that comparing two equal-sized sequences looks at.
fn compared(a: &Datum, b: &Datum) -> Vec<Charge> {
    match (a, b) {
        (Datum::Text(x), Datum::Text(y)) if x != y => {
            let is_alike = x.len() == y.len() && stored_bytes(x) == stored_bytes(y);
            if is_alike { vec![Charge::Compare(stored_bytes(x))] } else { Vec::new() }
        }
        (Datum::Bytes(x), Datum::Bytes(y)) if x != y && x.len() == y.len() => {
            vec![Charge::Compare(x.len())]
        }
        // Equal constants are one object, which is seen at once.
        _ => Vec::new(),
    }
}

/// Trials of copies and of constants that are no numbers.
pub fn constants(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let all = references(random, 3);
    let value = |datum: &Datum| End::Value(datum.clone());
    match opcode {
        Opcode::ConstNull => vec![Trial::new(opcode, Vec::new(), End::Value(Datum::Null))],
        Opcode::ConstUnit => vec![Trial::new(opcode, Vec::new(), End::Value(Datum::Unit))],
        Opcode::Move => {
            let mut operands = all;
            for kind in [Kind::i32, Kind::i64, Kind::f64, Kind::u128, Kind::i128] {
                operands.extend(edges::values(kind, random));
            }
            operands.iter().map(|a| Trial::new(opcode, vec![a.clone()], value(a))).collect()
        }
        _ => {
            let is_text = opcode == Opcode::ConstString;
            let wanted = |datum: &&Datum| match datum {
                Datum::Text(_) => is_text,
                Datum::Bytes(_) => !is_text,
                _ => false,
            };
            all.iter().filter(wanted).map(|a| Trial::new(opcode, Vec::new(), value(a))).collect()
        }
    }
}

/// The constant of a value, put into a pool.
pub fn constant(module: &mut Module, datum: &Datum) -> Option<Operand> {
    debug_assert_eq!(module.kind, ModuleKind::Contract);
    Some(Operand::Constant(match datum {
        Datum::Text(units) => pooled(module, Constant::String(units.clone())),
        Datum::Bytes(bytes) => pooled(module, Constant::Bytes(bytes.clone())),
        _ => return None,
    }))
}

/// Trials of what looks at one reference.
pub fn of_one(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let truth = |is: bool| End::Value(Datum::I32(is.into()));
    let mut trials = Vec::new();
    for a in references(random, 12) {
        let class = a.class().expect("a reference has a class");
        let operands = vec![a.clone()];
        let new = |end| Trial::new(opcode, operands.clone(), end);
        trials.push(match opcode {
            Opcode::IsNull => new(truth(a == Datum::Null)),
            Opcode::BrNull => new(End::Target(if a == Datum::Null { 1 } else { 2 })),
            Opcode::AnyIsObject => new(truth(class >= FIELDS)),
            Opcode::AnyClass => new(End::Value(Datum::I32(class.0.into()))),
            Opcode::AnyClassName if a == Datum::Null => {
                new(End::Trap(TrapCode::NULL_POINTER, None))
            }
            Opcode::AnyClassName => {
                let length = name(class).len();
                new(End::Value(Datum::text(name(class))))
                    .costing(vec![Charge::Copy(length), Charge::Allocate(length)])
            }
            Opcode::AnyPrimitiveHash => new(End::Value(Datum::I32(hash(&a)))).costing(match &a {
                Datum::Text(units) => vec![Charge::Compare(stored_bytes(units))],
                Datum::Bytes(bytes) => vec![Charge::Compare(bytes.len())],
                _ => Vec::new(),
            }),
            _ => match text(&a) {
                None => new(End::Trap(TrapCode::UNSUPPORTED, None)),
                Some(units) => {
                    let charges = match a {
                        Datum::Text(_) => Vec::new(),
                        _ => vec![Charge::Allocate(stored_bytes(&units))],
                    };
                    new(End::Value(Datum::Text(units))).costing(charges)
                }
            },
        });
    }
    trials
}

/// Trials of what compares two references.
pub fn of_two(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let all = references(random, 1);
    let mut trials = Vec::new();
    for (left, a) in all.iter().enumerate() {
        for (right, b) in all.iter().enumerate() {
            if a.class() != b.class() && !edges::is_sampled(left + right) {
                continue;
            }
            // Every mention of an object is another one; boxed scalars and constants are the same.
            let is_one = a == b && !matches!(a, Datum::Array(..) | Datum::Object(..));
            let (is, charges) = match opcode {
                Opcode::RefEq => (is_one, Vec::new()),
                _ => (equal(a, b).unwrap_or(is_one), compared(a, b)),
            };
            let end = End::Value(Datum::I32(is.into()));
            trials.push(Trial::new(opcode, vec![a.clone(), b.clone()], end).costing(charges));
        }
        // The same object twice.
        let is = !matches!((opcode, number(a)), (Opcode::AnyPrimitiveEq, Some(_)));
        if is {
            let end = End::Value(Datum::I32(1));
            trials.push(Trial::new(opcode, vec![a.clone(), a.clone()], end).aliasing(1, 0));
        }
    }
    trials
}

/// Trials of boxes, casts and tests of a class.
pub fn of_class(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    if opcode == Opcode::Box {
        for class in boxes() {
            let kind = kind_in(class);
            for scalar in edges::values(kind, random) {
                let end = End::Value(Datum::boxed(class, narrowed(class, scalar.clone())));
                let charges = if is_wide_box(class) { vec![Charge::Allocate(16)] } else { vec![] };
                let extras = vec![Operand::Box(BoxId(class.0 as u8))];
                trials.push(Trial::new(opcode, vec![scalar], end).with(extras).costing(charges));
            }
        }
        return trials;
    }
    let classes: Vec<ClassId> = match opcode {
        Opcode::Unbox => boxes().collect(),
        _ => (1..=ALONE.0).map(ClassId).collect(),
    };
    for (number, a) in references(random, 1).into_iter().enumerate() {
        for class in &classes {
            if a.class() != Some(*class) && !edges::is_sampled(number + usize::from(class.0)) {
                continue;
            }
            let own = a.class().expect("a reference has a class");
            let is = is_below(own, *class) && a != Datum::Null;
            let failed = || {
                detailed(
                    TrapCode::CLASS_CAST,
                    format!("class {} cannot be cast to class {}", name(own), name(*class)),
                )
            };
            let (end, charges) = match (opcode, is) {
                (Opcode::BrIs, is) => (End::Target(if is { 1 } else { 2 }), Vec::new()),
                (Opcode::Is, is) => (End::Value(Datum::I32(is.into())), Vec::new()),
                (Opcode::Unbox, true) => match &a {
                    Datum::Boxed(_, scalar) => (End::Value((**scalar).clone()), Vec::new()),
                    _ => continue,
                },
                (Opcode::Cast, is) if is || a == Datum::Null => (End::Value(a.clone()), Vec::new()),
                _ => {
                    let (end, charge) = failed();
                    (end, vec![charge])
                }
            };
            let extra = match opcode {
                Opcode::Unbox => Operand::Box(BoxId(class.0 as u8)),
                _ => Operand::Class(*class),
            };
            let trial = Trial::new(opcode, vec![a.clone()], end);
            trials.push(trial.with(vec![extra]).costing(charges));
        }
    }
    trials
}
