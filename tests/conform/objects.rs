//! Objects, module-wide variables and arrays: places that hold what was put there last.

use crate::charge::Charge;
use crate::datum::{BELOW, Datum, FIELD_TYPES, FIELDS, element_bytes};
use crate::edges;
use crate::harness::array_classes;
use crate::readers::VARIABLES;
use crate::trial::{End, Trial, detailed};
use fscc_tests::random::Random;
use fvm_isa::{
    ClassId, FieldId, GlobalId, Kind, Opcode, Operand, TrapCode, ValueType, builtin, element_type,
};

const NULL_POINTER: End = End::Trap(TrapCode::NULL_POINTER, None);

/// Values of a type.
fn values(ty: ValueType, random: &mut Random) -> Vec<Datum> {
    match ty {
        ValueType::I32 => edges::values(Kind::i32, random),
        ValueType::I64 => edges::values(Kind::i64, random),
        ValueType::F64 => edges::values(Kind::f64, random),
        ValueType::U128 => edges::values(Kind::u128, random),
        ValueType::I128 => edges::values(Kind::i128, random),
        ValueType::Any | ValueType::Ref(_) => {
            let mut all = crate::slots::references(random, 1);
            // Strings inside of objects are looked at as text, which has no lone surrogates.
            all.retain(|datum| *datum != Datum::Text(vec![0xd800]));
            all
        }
    }
}

/// An object with other values in every field.
fn object(class: ClassId, random: &mut Random) -> Datum {
    let count = if class == BELOW { 7 } else { 6 };
    let fields = FIELD_TYPES[..count].iter().map(|ty| {
        let mut all = values(*ty, random);
        // Objects in objects would be looked at by identity.
        all.retain(|datum| !matches!(datum, Datum::Array(..) | Datum::Object(..) | Datum::Text(_)));
        all.swap_remove(random.below(all.len()))
    });
    Datum::Object(class, fields.collect())
}

/// Trials of `new`, `field.get`, `field.set`, `global.get` and `global.set`.
pub fn fields(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    let slots = || FIELD_TYPES.iter().enumerate();
    let field = |slot: usize| {
        let class = if slot == 6 { BELOW } else { FIELDS };
        vec![Operand::Field(FieldId { class, slot: slot as u16 })]
    };
    match opcode {
        Opcode::New => {
            for class in [FIELDS, BELOW, crate::datum::ALONE] {
                let count = if class == BELOW {
                    7
                } else if class == FIELDS {
                    6
                } else {
                    0
                };
                let zeros = FIELD_TYPES[..count].iter().map(|ty| Datum::zero(*ty)).collect();
                let end = End::Value(Datum::Object(class, zeros));
                let trial = Trial::new(opcode, Vec::new(), end);
                let charges = vec![Charge::Allocate(count * 16)];
                trials.push(trial.with(vec![Operand::Class(class)]).costing(charges));
            }
        }
        Opcode::FieldGet => {
            for (slot, _) in slots() {
                let null = Trial::new(opcode, vec![Datum::Null], NULL_POINTER);
                trials.push(null.with(field(slot)));
                for class in [FIELDS, BELOW].into_iter().filter(|c| slot < 6 || *c == BELOW) {
                    for _ in 0..4 {
                        let object = object(class, random);
                        let Datum::Object(_, fields) = &object else { continue };
                        let end = End::Value(fields[slot].clone());
                        trials.push(Trial::new(opcode, vec![object], end).with(field(slot)));
                    }
                }
            }
        }
        Opcode::FieldSet => {
            for (slot, ty) in slots() {
                let objects = [BELOW, FIELDS].map(|class| object(class, random));
                for (number, value) in values(*ty, random).into_iter().enumerate() {
                    if number % 8 == 0 {
                        let operands = vec![Datum::Null, value.clone()];
                        trials.push(Trial::new(opcode, operands, NULL_POINTER).with(field(slot)));
                    }
                    let chosen = usize::from(slot < 6 && number % 2 == 0);
                    let before = objects[chosen].clone();
                    let Datum::Object(class, mut fields) = before.clone() else { continue };
                    fields[slot] = value.clone();
                    let after = Datum::Object(class, fields);
                    let trial = Trial::new(opcode, vec![before, value], End::Done);
                    trials.push(trial.with(field(slot)).changing(0, after));
                }
            }
        }
        Opcode::GlobalGet => {
            for (slot, ty) in slots() {
                let global = vec![Operand::Global(GlobalId(VARIABLES + slot as u16))];
                let end = End::Value(Datum::zero(*ty));
                trials.push(Trial::new(opcode, Vec::new(), end).with(global));
            }
        }
        _ => {
            for (slot, ty) in slots() {
                let global = vec![Operand::Global(GlobalId(VARIABLES + slot as u16))];
                for value in values(*ty, random) {
                    // It is read again.
                    let end = End::Value(value.clone());
                    trials.push(Trial::new(opcode, vec![value], end).with(global.clone()));
                }
            }
        }
    }
    trials
}

/// An element as the array keeps it.
fn kept(class: ClassId, value: &Datum) -> Datum {
    match (class, value) {
        (builtin::ARRAY_BOOLEAN, Datum::I32(a)) => Datum::I32(a & 1),
        (builtin::ARRAY_BYTE, Datum::I32(a)) => Datum::I32((*a as i8).into()),
        (builtin::ARRAY_SHORT, Datum::I32(a)) => Datum::I32((*a as i16).into()),
        (builtin::ARRAY_CHAR, Datum::I32(a)) => Datum::I32((*a as u16).into()),
        _ => value.clone(),
    }
}

/// An array of so many elements.
pub fn array(class: ClassId, length: usize, random: &mut Random) -> Datum {
    let ty = element_type(class).expect("the class of an array");
    let mut all = values(ty, random);
    all.retain(|datum| !matches!(datum, Datum::Array(..) | Datum::Object(..) | Datum::Text(_)));
    let element = |_| kept(class, &all[random.below(all.len())]);
    Datum::Array(class, (0..length).map(element).collect())
}

/// The trap of an index.
pub fn bad_index(index: i32, length: usize) -> (End, Vec<Charge>) {
    let text = format!("Index {index} out of bounds for length {length}");
    let (end, charge) = detailed(TrapCode::INDEX_OUT_OF_BOUNDS, text);
    (end, vec![charge])
}

/// The class of the arrays that an instruction is for.
fn class_of(opcode: Opcode) -> ClassId {
    let kind = opcode.info().operands.iter().find_map(|operand| match operand.kind {
        Kind::a_any => Some(builtin::ARRAY_ANY),
        Kind::a_bool => Some(builtin::ARRAY_BOOLEAN),
        Kind::a_byte => Some(builtin::ARRAY_BYTE),
        Kind::a_short => Some(builtin::ARRAY_SHORT),
        Kind::a_char => Some(builtin::ARRAY_CHAR),
        Kind::a_int => Some(builtin::ARRAY_INT),
        Kind::a_long => Some(builtin::ARRAY_LONG),
        Kind::a_double => Some(builtin::ARRAY_DOUBLE),
        _ => None,
    });
    kind.expect("an instruction on arrays of one class")
}

/// Indices inside and outside of a sequence.
pub fn indices(length: usize) -> Vec<i32> {
    let length = length as i32;
    let mut all = vec![0, 1, length - 1, length, length + 1, -1, i32::MIN, i32::MAX, 1 << 16];
    all.sort_unstable();
    all.dedup();
    all
}

/// Trials of `array.get_…` and `array.set_…`.
pub fn elements(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let class = class_of(opcode);
    let ty = element_type(class).expect("the class of an array");
    let is_set = opcode.info().operands.iter().all(|o| o.role != fvm_isa::Role::def);
    let mut trials = Vec::new();
    for length in [0, 1, 2, 5, 17] {
        // Indices and values are parameters: one array makes one function.
        let before = array(class, length, random);
        for index in indices(length) {
            let values = if is_set { values(ty, random) } else { vec![Datum::Null] };
            for (number, value) in values.into_iter().enumerate() {
                let with_value = |mut operands: Vec<Datum>| {
                    operands.extend(is_set.then(|| value.clone()));
                    operands
                };
                let at = usize::try_from(index).ok().filter(|at| *at < length);
                if number > 0 && at.is_none() {
                    break;
                }
                if number == 0 {
                    let operands = with_value(vec![Datum::Null, Datum::I32(index)]);
                    trials.push(Trial::new(opcode, operands, NULL_POINTER));
                }
                let Datum::Array(_, mut elements) = before.clone() else { continue };
                let operands = with_value(vec![before.clone(), Datum::I32(index)]);
                trials.push(match at {
                    None => {
                        let (end, charges) = bad_index(index, length);
                        Trial::new(opcode, operands, end).costing(charges)
                    }
                    Some(at) if is_set => {
                        elements[at] = kept(class, &value);
                        let after = Datum::Array(class, elements);
                        Trial::new(opcode, operands, End::Done).changing(0, after)
                    }
                    Some(at) => Trial::new(opcode, operands, End::Value(elements[at].clone())),
                });
            }
        }
    }
    trials
}

/// Trials of `array.new` and `array.length`.
pub fn arrays(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for class in array_classes() {
        let ty = element_type(class).expect("the class of an array");
        for length in [0, 1, 2, 15, 16, 17, 33, -1, i32::MIN] {
            let count = usize::try_from(length);
            match (opcode, count) {
                (Opcode::ArrayNew, Ok(count)) => {
                    let end = End::Value(Datum::Array(class, vec![Datum::zero(ty); count]));
                    let charges = vec![Charge::Allocate(count * element_bytes(class))];
                    let trial = Trial::new(opcode, vec![Datum::I32(length)], end);
                    trials.push(trial.with(vec![Operand::Class(class)]).costing(charges));
                }
                (Opcode::ArrayNew, Err(_)) => {
                    let text = length.to_string();
                    let (end, charge) = detailed(TrapCode::NEGATIVE_ARRAY_SIZE, text);
                    let trial = Trial::new(opcode, vec![Datum::I32(length)], end);
                    trials.push(trial.with(vec![Operand::Class(class)]).costing(vec![charge]));
                }
                (_, Ok(count)) => {
                    let end = End::Value(Datum::I32(length));
                    trials.push(Trial::new(opcode, vec![array(class, count, random)], end));
                }
                _ => trials.push(Trial::new(opcode, vec![Datum::Null], NULL_POINTER)),
            }
        }
        if opcode == Opcode::ArrayNew {
            // More than the arena holds: the price comes first, then the end.
            let bytes = i32::MAX as usize * element_bytes(class);
            let end = End::Trap(TrapCode::OUT_OF_MEMORY, None);
            let trial = Trial::new(opcode, vec![Datum::I32(i32::MAX)], end);
            let trial = trial.with(vec![Operand::Class(class)]);
            trials.push(trial.costing(vec![Charge::Refused(bytes)]));
        }
    }
    trials
}

/// A range from a start with a count, or what its trap says.
pub fn range_of(start: i32, count: i32, length: usize) -> Result<std::ops::Range<usize>, String> {
    let (begin, end) = (i64::from(start), i64::from(start) + i64::from(count));
    match begin >= 0 && count >= 0 && end <= length as i64 {
        true => Ok(begin as usize..end as usize),
        false => Err(format!("begin {begin}, end {end}, length {length}")),
    }
}

/// The trap of a range.
pub fn bad_range(text: String) -> (End, Vec<Charge>) {
    let (end, charge) = detailed(TrapCode::INDEX_OUT_OF_BOUNDS, text);
    (end, vec![charge])
}

/// Trials of `array.copy`: of two arrays, and of one onto itself.
pub fn copies(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for class in array_classes() {
        for (lengths, starts, count) in ranges(random) {
            let from = array(class, lengths.0, random);
            let to = array(class, lengths.1, random);
            let numbers = [starts.0, starts.1, count].map(Datum::I32);
            let [from_index, to_index, wanted] = numbers;
            let operands = vec![
                from.clone(),
                from_index.clone(),
                to.clone(),
                to_index.clone(),
                wanted.clone(),
            ];
            let (Datum::Array(_, source), Datum::Array(_, mut target)) = (from.clone(), to) else {
                continue;
            };
            let extra = vec![Operand::Class(class)];
            let read = range_of(starts.0, count, lengths.0);
            let written = range_of(starts.1, count, lengths.1);
            trials.push(match (read, written) {
                (Ok(read), Ok(written)) => {
                    target[written].clone_from_slice(&source[read.clone()]);
                    let charges = vec![Charge::Copy(read.len() * element_bytes(class))];
                    let trial = Trial::new(opcode, operands, End::Done).with(extra.clone());
                    trial.costing(charges).changing(2, Datum::Array(class, target))
                }
                (Err(text), _) | (_, Err(text)) => {
                    let (end, charges) = bad_range(text);
                    Trial::new(opcode, operands, end).with(extra.clone()).costing(charges)
                }
            });
            let onto_itself = onto_itself(class, &from, starts, count).with(extra.clone());
            trials.push(onto_itself);
            for operands in [
                vec![
                    Datum::Null,
                    from_index.clone(),
                    from.clone(),
                    to_index.clone(),
                    wanted.clone(),
                ],
                vec![from.clone(), from_index, Datum::Null, to_index, wanted],
            ] {
                trials.push(Trial::new(opcode, operands, NULL_POINTER).with(extra.clone()));
            }
        }
    }
    trials
}

/// A copy within one array.
fn onto_itself(class: ClassId, array: &Datum, starts: (i32, i32), count: i32) -> Trial {
    let numbers = [starts.0, starts.1, count].map(Datum::I32);
    let [from_index, to_index, wanted] = numbers;
    let operands = vec![array.clone(), from_index, array.clone(), to_index, wanted];
    let Datum::Array(_, before) = array else { panic!("an array") };
    let length = before.len();
    let (read, written) = (range_of(starts.0, count, length), range_of(starts.1, count, length));
    let trial = match (read, written) {
        (Ok(read), Ok(written)) => {
            let mut after = before.clone();
            after[written].clone_from_slice(&before[read.clone()]);
            let charges = vec![Charge::Copy(read.len() * element_bytes(class))];
            let trial = Trial::new(Opcode::ArrayCopy, operands, End::Done).costing(charges);
            trial.changing(0, Datum::Array(class, after))
        }
        (Err(text), _) | (_, Err(text)) => {
            let (end, charges) = bad_range(text);
            Trial::new(Opcode::ArrayCopy, operands, end).costing(charges)
        }
    };
    trial.aliasing(2, 0)
}

type Ranges = ((usize, usize), (i32, i32), i32);

fn ranges(random: &mut Random) -> Vec<Ranges> {
    let mut all = vec![
        ((0, 0), (0, 0), 0),
        ((3, 3), (0, 0), 3),
        ((3, 2), (1, 0), 2),
        ((3, 2), (1, 1), 2),
        ((3, 2), (2, 0), 2),
        ((3, 3), (-1, 0), 1),
        ((3, 3), (0, -1), 1),
        ((3, 3), (0, 0), -1),
        ((3, 3), (3, 3), 0),
        ((3, 3), (4, 0), 0),
        ((3, 3), (i32::MAX, 0), i32::MAX),
        ((3, 3), (0, i32::MIN), i32::MIN),
        ((3, 3), (1, i32::MAX), 1),
    ];
    for _ in 0..6 {
        let lengths = (random.below(12), random.below(12));
        let starts = (random.below(8) as i32 - 1, random.below(8) as i32 - 1);
        all.push((lengths, starts, random.below(8) as i32));
    }
    all
}
