//! Byte sequences: lists of bytes, and big-endian numbers in them.

use crate::charge::Charge;
use crate::datum::{Datum, element_bytes};
use crate::edges;
use crate::objects::{array, bad_index, bad_range, indices, range_of};
use crate::texts::slice_range;
use crate::trial::{End, Trial};
use fscc_tests::random::Random;
use fvm_isa::{ClassId, Kind, Opcode, TrapCode, builtin};

const NULL_POINTER: End = End::Trap(TrapCode::NULL_POINTER, None);

fn sequences(random: &mut Random) -> Vec<Vec<u8>> {
    let mut all = vec![vec![], vec![0], vec![255], vec![128, 1], vec![1, 2, 3], vec![1, 2, 4]];
    for length in [7, 8, 9, 15, 16, 17, 24, 33] {
        all.push((0..length).map(|_| random.bits() as u8).collect());
    }
    all
}

fn number(value: i32) -> End {
    End::Value(Datum::I32(value))
}

fn new_bytes(bytes: Vec<u8>, mut charges: Vec<Charge>) -> (End, Vec<Charge>) {
    charges.push(Charge::Allocate(bytes.len()));
    (End::Value(Datum::Bytes(bytes)), charges)
}

/// Trials of instructions on one sequence.
pub fn of_one(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = vec![Trial::new(opcode, vec![Datum::Null], NULL_POINTER)];
    for bytes in sequences(random) {
        let (end, charges) = match opcode {
            Opcode::BytesLength => (number(bytes.len() as i32), Vec::new()),
            _ => numbers(opcode, &bytes),
        };
        trials.push(Trial::new(opcode, vec![Datum::Bytes(bytes)], end).costing(charges));
    }
    trials
}

/// A new array of the numbers that bytes hold.
fn numbers(opcode: Opcode, bytes: &[u8]) -> (End, Vec<Charge>) {
    let class = match opcode {
        Opcode::ArrayOfI8 => builtin::ARRAY_BYTE,
        Opcode::ArrayOfI32 => builtin::ARRAY_INT,
        _ => builtin::ARRAY_LONG,
    };
    let width = element_bytes(class);
    let element = |piece: &[u8]| {
        let big = num_bigint::BigInt::from_signed_bytes_be(piece);
        match class {
            builtin::ARRAY_LONG => Datum::I64(big.try_into().expect("eight bytes")),
            _ => Datum::I32(big.try_into().expect("four bytes at most")),
        }
    };
    let elements: Vec<Datum> = bytes.chunks_exact(width).map(element).collect();
    let size = elements.len() * width;
    (End::Value(Datum::Array(class, elements)), vec![Charge::Copy(size), Charge::Allocate(size)])
}

/// Trials of instructions on two sequences.
pub fn of_two(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut all: Vec<Option<Vec<u8>>> = sequences(random).into_iter().map(Some).collect();
    all.push(None);
    let datum = |bytes: &Option<Vec<u8>>| bytes.clone().map_or(Datum::Null, Datum::Bytes);
    let mut trials = Vec::new();
    for a in &all {
        for b in &all {
            let (end, charges) = match (opcode, a, b) {
                (Opcode::BytesEq, Some(x), Some(y)) if x != y && x.len() == y.len() => {
                    (number(0), vec![Charge::Compare(x.len())])
                }
                (Opcode::BytesEq, ..) => (number((a == b).into()), Vec::new()),
                (_, None, _) | (_, _, None) => (NULL_POINTER, Vec::new()),
                (Opcode::BytesCompare, Some(x), Some(y)) => {
                    let order = x.cmp(y) as i32;
                    (number(order), vec![Charge::Compare(x.len().min(y.len()))])
                }
                (_, Some(x), Some(y)) => {
                    let joined = [&x[..], y].concat();
                    let size = joined.len();
                    new_bytes(joined, vec![Charge::Copy(size)])
                }
            };
            trials.push(Trial::new(opcode, vec![datum(a), datum(b)], end).costing(charges));
        }
    }
    trials
}

/// Trials of reading at an index, and of parts.
pub fn parts(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for bytes in sequences(random) {
        let itself = Datum::Bytes(bytes.clone());
        let mut places = indices(bytes.len());
        places.extend([7, 8, 9, bytes.len() as i32 - 8, bytes.len() as i32 - 16]);
        for index in places {
            let nulls = vec![Datum::Null, Datum::I32(index)];
            if opcode == Opcode::BytesSlice {
                for end in indices(bytes.len()) {
                    let operands = vec![itself.clone(), Datum::I32(index), Datum::I32(end)];
                    let (end, charges) = match slice_range(index, end, bytes.len()) {
                        Err(text) => bad_range(text),
                        Ok(range) => {
                            let copied = vec![Charge::Copy(range.len())];
                            new_bytes(bytes[range].to_vec(), copied)
                        }
                    };
                    trials.push(Trial::new(opcode, operands, end).costing(charges));
                }
                let operands = [nulls, vec![Datum::I32(0)]].concat();
                trials.push(Trial::new(opcode, operands, NULL_POINTER));
                continue;
            }
            trials.push(Trial::new(opcode, nulls, NULL_POINTER));
            let operands = vec![itself.clone(), Datum::I32(index)];
            let width = match opcode {
                Opcode::BytesGet => 1,
                Opcode::BytesGetI64 => 8,
                _ => 16,
            };
            let (end, charges) = match range_of(index, width, bytes.len()) {
                Err(_) if width == 1 => bad_index(index, bytes.len()),
                Err(text) => bad_range(text),
                Ok(range) => {
                    let big = num_bigint::BigUint::from_bytes_be(&bytes[range]);
                    let bits: u128 = big.try_into().expect("sixteen bytes at most");
                    let datum = match opcode {
                        Opcode::BytesGet => Datum::I32(bits as i32),
                        Opcode::BytesGetI64 => Datum::I64(bits as i64),
                        _ => Datum::U128(bits),
                    };
                    (End::Value(datum), Vec::new())
                }
            };
            trials.push(Trial::new(opcode, operands, end).costing(charges));
        }
    }
    trials
}

const BYTE: ClassId = builtin::ARRAY_BYTE;

/// The bytes as elements of an array.
fn elements(bytes: &[u8]) -> Vec<Datum> {
    bytes.iter().map(|byte| Datum::I32((*byte as i8).into())).collect()
}

/// Trials of what goes between bytes and arrays of bytes.
pub fn arrays(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for bytes in sequences(random) {
        let length = bytes.len();
        let more = length + random.below(3);
        let before = array(BYTE, more, random);
        for start in indices(length) {
            if opcode == Opcode::BytesFromArray {
                for count in [0, 1, 2, -1, length as i32, i32::MAX] {
                    let numbers = [Datum::I32(start), Datum::I32(count)];
                    let operands = vec![Datum::byte_array(&bytes)];
                    let operands = [operands, numbers.to_vec()].concat();
                    let (end, charges) = match range_of(start, count, length) {
                        Err(text) => bad_range(text),
                        Ok(range) => {
                            let copied = vec![Charge::Copy(range.len())];
                            new_bytes(bytes[range].to_vec(), copied)
                        }
                    };
                    trials.push(Trial::new(opcode, operands, end).costing(charges));
                    let operands = [vec![Datum::Null], numbers.to_vec()].concat();
                    trials.push(Trial::new(opcode, operands, NULL_POINTER));
                }
                continue;
            }
            let operands = vec![Datum::Bytes(bytes.clone()), before.clone(), Datum::I32(start)];
            trials.push(match range_of(start, length as i32, more) {
                Err(text) => {
                    let (end, charges) = bad_range(text);
                    Trial::new(opcode, operands, end).costing(charges)
                }
                Ok(range) => {
                    let trial = Trial::new(opcode, operands, End::Done);
                    let after = placed(&before, range, &bytes);
                    trial.costing(vec![Charge::Copy(length)]).changing(1, after)
                }
            });
            for operands in [
                vec![Datum::Null, before.clone(), Datum::I32(start)],
                vec![Datum::Bytes(bytes.clone()), Datum::Null, Datum::I32(start)],
            ] {
                trials.push(Trial::new(opcode, operands, NULL_POINTER));
            }
        }
    }
    trials
}

/// The array with bytes in a range.
fn placed(array: &Datum, range: std::ops::Range<usize>, bytes: &[u8]) -> Datum {
    let Datum::Array(class, mut content) = array.clone() else { panic!("an array") };
    content[range].clone_from_slice(&elements(bytes));
    Datum::Array(class, content)
}

/// The big-endian bytes of a number.
fn big_endian(datum: &Datum) -> Vec<u8> {
    let width = if matches!(datum, Datum::I64(_)) { 8 } else { 16 };
    let modulus = num_bigint::BigInt::from(1) << (8 * width);
    let number: num_bigint::BigInt = (crate::integers::number(datum) + &modulus) % &modulus;
    let digits = number.magnitude().to_bytes_be();
    let digits: &[u8] = if number.magnitude().bits() == 0 { &[] } else { &digits };
    [vec![0; width - digits.len()], digits.to_vec()].concat()
}

fn numbers_of(opcode: Opcode, random: &mut Random) -> Vec<Datum> {
    let kind = match opcode {
        Opcode::ArrayPutI64 | Opcode::BytesFromI64 => Kind::i64,
        _ => Kind::u128,
    };
    edges::values(kind, random)
}

/// Trials of numbers put into arrays of bytes.
pub fn puts(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    let arrays = [0, 7, 8, 16, 17, 25].map(|length| (length, array(BYTE, length, random)));
    for (number, value) in numbers_of(opcode, random).into_iter().enumerate() {
        let bytes = big_endian(&value);
        for (length, before) in &arrays {
            let length = *length;
            let all = indices(length);
            let starts = [0, 1, length as i32 - bytes.len() as i32, all[number % all.len()]];
            for start in starts {
                let operands = vec![before.clone(), Datum::I32(start), value.clone()];
                trials.push(match range_of(start, bytes.len() as i32, length) {
                    Err(text) => {
                        let (end, charges) = bad_range(text);
                        Trial::new(opcode, operands, end).costing(charges)
                    }
                    Ok(range) => {
                        let after = placed(before, range, &bytes);
                        Trial::new(opcode, operands, End::Done).changing(0, after)
                    }
                });
            }
        }
        let operands = vec![Datum::Null, Datum::I32(0), value];
        trials.push(Trial::new(opcode, operands, NULL_POINTER));
    }
    trials
}

/// Trials of numbers as bytes.
pub fn of_numbers(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let trial = |value: Datum| {
        let (end, charges) = new_bytes(big_endian(&value), Vec::new());
        Trial::new(opcode, vec![value], end).costing(charges)
    };
    numbers_of(opcode, random).into_iter().map(trial).collect()
}
