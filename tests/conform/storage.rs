//! Contract storage: a map from places to bytes; scalars are kept big-endian in as many bytes as
//! their form says.

use crate::charge::Charge;
use crate::datum::Datum;
use crate::edges;
use crate::integers::number;
use crate::readers::storage_field;
use crate::trial::{End, Expected, Trial, detailed};
use fscc_tests::host::Recorder;
use fscc_tests::random::Random;
use fvm_isa::{Kind, Opcode, Operand, StorageForm, StorageKind, TrapCode};
use num_bigint::BigInt;

/// Bytes of a scalar form; none for bytes themselves.
fn width(form: StorageForm) -> Option<usize> {
    Some(match form {
        StorageForm::Bytes => return None,
        StorageForm::Boolean | StorageForm::Byte => 1,
        StorageForm::Short | StorageForm::Char => 2,
        StorageForm::Int => 4,
        StorageForm::Long => 8,
        StorageForm::UInt128 | StorageForm::Int128 => 16,
    })
}

/// Values of a form in a register.
fn values(form: StorageForm, random: &mut Random) -> Vec<Datum> {
    let mut all = match form {
        StorageForm::Bytes => {
            let lengths = [0, 1, 16, 40];
            let bytes = |length| (0..length).map(|_| random.bits() as u8).collect();
            lengths.map(bytes).map(Datum::Bytes).to_vec()
        }
        StorageForm::Boolean => edges::values(Kind::bool, random),
        StorageForm::Long => edges::values(Kind::i64, random),
        StorageForm::UInt128 => edges::values(Kind::u128, random),
        StorageForm::Int128 => edges::values(Kind::i128, random),
        _ => edges::values(Kind::i32, random),
    };
    if all.len() > 24 {
        let shift = random.below(2);
        all = all.into_iter().skip(shift).step_by(2).collect();
    }
    all
}

/// The bytes of a value; none for null.
fn encoded(form: StorageForm, value: &Datum) -> Option<Vec<u8>> {
    match (value, width(form)) {
        (Datum::Null, _) => None,
        (Datum::Bytes(bytes), _) => Some(bytes.clone()),
        (value, Some(width)) => {
            let bits = if form == StorageForm::Boolean { 1 } else { 8 * width };
            let modulus = BigInt::from(1) << bits;
            let low = ((number(value) % &modulus) + &modulus) % &modulus;
            let digits = match low.magnitude().bits() {
                0 => Vec::new(),
                _ => low.magnitude().to_bytes_be(),
            };
            Some([vec![0; width - digits.len()], digits].concat())
        }
        other => panic!("{other:?} has no bytes"),
    }
}

/// The value of bytes in a form, or the trap.
fn decoded(form: StorageForm, bytes: &[u8]) -> Result<Datum, TrapCode> {
    let Some(width) = width(form) else { return Ok(Datum::Bytes(bytes.to_vec())) };
    if bytes.len() != width {
        return Err(TrapCode::MALFORMED_DATA);
    }
    let signed = BigInt::from_signed_bytes_be(bytes);
    let plain = BigInt::from_bytes_be(num_bigint::Sign::Plus, bytes);
    let small = |a: &BigInt| Datum::I32(a.try_into().expect("at most four bytes"));
    Ok(match form {
        StorageForm::Boolean if bytes[0] > 1 => return Err(TrapCode::MALFORMED_DATA),
        StorageForm::Boolean | StorageForm::Char => small(&plain),
        StorageForm::Long => Datum::I64((&signed).try_into().expect("eight bytes")),
        StorageForm::UInt128 => Datum::U128((&plain).try_into().expect("sixteen bytes")),
        StorageForm::Int128 => Datum::I128((&signed).try_into().expect("sixteen bytes")),
        _ => small(&signed),
    })
}

/// What a register holds when nothing is stored.
fn nothing(form: StorageForm) -> Datum {
    match form {
        StorageForm::Bytes => Datum::Null,
        StorageForm::Long => Datum::I64(0),
        StorageForm::UInt128 => Datum::U128(0),
        StorageForm::Int128 => Datum::I128(0),
        _ => Datum::I32(0),
    }
}

/// What may lie in storage for a field of a form: nothing, good bytes, bytes of another length.
fn contents(form: StorageForm, random: &mut Random) -> Vec<Option<Vec<u8>>> {
    let mut all = vec![None, Some(Vec::new())];
    if let Some(width) = width(form) {
        for fill in [0, 1, 2, 0x7f, 0x80, 0xff] {
            all.push(Some(vec![fill; width]));
            let mut bytes = vec![0; width];
            bytes[width - 1] = fill;
            all.push(Some(bytes));
        }
        all.extend([width - 1, width + 1].map(|length| Some(vec![1; length])));
    }
    all.push(Some((0..random.below(40)).map(|_| random.bits() as u8).collect()));
    all
}

/// Ends, and pays, as the reading of bytes does.
fn read(form: StorageForm, bytes: &Option<Vec<u8>>, expected: &mut Expected) {
    let Some(bytes) = bytes else {
        expected.end = End::Value(nothing(form));
        return;
    };
    expected.charges.push(Charge::StorageRead(bytes.len()));
    match decoded(form, bytes) {
        Ok(datum) => {
            if form == StorageForm::Bytes {
                expected.charges.push(Charge::Allocate(bytes.len()));
            }
            expected.end = End::Value(datum);
        }
        Err(trap) => expected.end = End::Trap(trap, None),
    }
}

/// The same with a host that cannot be asked.
fn broken(mut trial: Trial, charges: Vec<Charge>) -> Trial {
    let (end, charge) = detailed(TrapCode::HOST_FAULT, "storage is away".into());
    trial.host.is_broken = true;
    let charges = [charges, vec![charge]].concat();
    trial.expected = Expected { end, charges, after: Vec::new(), host: None };
    trial
}

/// Trials of scalar fields.
pub fn scalars(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for form in StorageForm::ALL {
        let field = storage_field(StorageKind::Scalar, *form);
        let extras = vec![Operand::Storage(field)];
        for content in contents(*form, random) {
            let mut host = Recorder::default();
            host.scalars.extend(content.clone().map(|bytes| (field.0, bytes)));
            if opcode == Opcode::StorageGet {
                let mut trial = Trial::new(opcode, Vec::new(), End::Done).with(extras.clone());
                trial.host = host;
                read(*form, &content, &mut trial.expected);
                trials.push(broken(trial.clone(), Vec::new()));
                trials.push(trial);
                continue;
            }
            let mut all = values(*form, random);
            if *form == StorageForm::Bytes {
                all.push(Datum::Null);
            }
            for value in all {
                let bytes = encoded(*form, &value);
                let charge = Charge::StorageWrite(bytes.as_ref().map_or(0, Vec::len));
                let mut trial = Trial::new(opcode, vec![value], End::Done).with(extras.clone());
                trial.host = host.clone();
                let mut after = host.clone();
                match bytes {
                    Some(bytes) => after.scalars.insert(field.0, bytes),
                    None => after.scalars.remove(&field.0),
                };
                trial.expected.host = Some(after);
                trial.expected.charges = vec![charge];
                if content.is_none() {
                    trials.push(broken(trial.clone(), vec![charge]));
                }
                trials.push(trial);
            }
        }
    }
    trials
}

/// Trials of maps and sets.
pub fn maps(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in [StorageKind::Map, StorageKind::Set] {
        for form in StorageForm::ALL {
            let value_form = if kind == StorageKind::Map { *form } else { StorageForm::Bytes };
            let mut keys = values(*form, random);
            if *form == StorageForm::Bytes {
                keys.push(Datum::Null);
            }
            let all = contents(value_form, random);
            for (number, key) in keys.iter().enumerate() {
                // Sometimes the entry is there, sometimes another one.
                let content = &all[number % all.len()];
                let case = Case { kind, form: *form, value_form, content };
                case.trials(opcode, key, random, &mut trials);
            }
        }
    }
    trials
}

/// A map with an entry or without.
struct Case<'a> {
    kind: StorageKind,
    form: StorageForm,
    value_form: StorageForm,
    /// What the key has.
    content: &'a Option<Vec<u8>>,
}

impl Case<'_> {
    fn trials(&self, opcode: Opcode, key: &Datum, random: &mut Random, trials: &mut Vec<Trial>) {
        let field = storage_field(self.kind, self.form);
        let extras = vec![Operand::Storage(field)];
        let bytes = encoded(self.form, key);
        let mut host = Recorder::default();
        let map = host.maps.entry(field.0).or_default();
        map.insert(vec![7; 3], vec![8; 4]);
        if let (Some(key), Some(content)) = (&bytes, self.content) {
            map.insert(key.clone(), content.clone());
        }
        let new = |operands: Vec<Datum>, end| {
            let mut trial = Trial::new(opcode, operands, end).with(extras.clone());
            trial.host = host.clone();
            trial
        };
        if opcode == Opcode::StorageMapSize {
            let size = host.maps[&field.0].len();
            let trial = new(Vec::new(), End::Value(Datum::I64(size as i64)));
            trials.push(broken(trial.clone(), Vec::new()));
            trials.push(trial);
            return;
        }
        if opcode == Opcode::StorageMapSet {
            let mut all = values(self.value_form, random);
            all.truncate(5);
            if self.value_form == StorageForm::Bytes {
                all.push(Datum::Null);
            }
            for value in all {
                let operands = vec![key.clone(), value.clone()];
                let (Some(key), Some(value)) = (&bytes, encoded(self.value_form, &value)) else {
                    trials.push(new(operands, End::Trap(TrapCode::NULL_POINTER, None)));
                    continue;
                };
                let charge = Charge::StorageWrite(key.len() + value.len());
                let mut trial = new(operands, End::Done).costing(vec![charge]);
                let mut after = host.clone();
                after.maps.entry(field.0).or_default().insert(key.clone(), value);
                trial.expected.host = Some(after);
                trials.push(broken(trial.clone(), vec![charge]));
                trials.push(trial);
            }
            return;
        }
        let Some(key_bytes) = bytes else {
            trials.push(new(vec![key.clone()], End::Trap(TrapCode::NULL_POINTER, None)));
            return;
        };
        let mut trial = new(vec![key.clone()], End::Done);
        let charge = match opcode {
            Opcode::StorageMapRemove => Charge::StorageWrite(key_bytes.len()),
            _ => Charge::StorageRead(key_bytes.len()),
        };
        trial.expected.charges.push(charge);
        match opcode {
            Opcode::StorageMapRemove => {
                let mut after = host.clone();
                after.maps.entry(field.0).or_default().remove(&key_bytes);
                trial.expected.host = Some(after);
            }
            Opcode::StorageMapContains => {
                let is = host.maps[&field.0].contains_key(&key_bytes);
                trial.expected.end = End::Value(Datum::I32(is.into()));
            }
            _ => {
                let content = host.maps[&field.0].get(&key_bytes).cloned();
                read(self.value_form, &content, &mut trial.expected);
                if let (Opcode::StorageMapFind, End::Value(datum)) =
                    (opcode, trial.expected.end.clone())
                {
                    trial.expected.end = End::Found(datum, content.is_some());
                }
            }
        }
        trials.push(broken(trial.clone(), vec![charge]));
        trials.push(trial);
    }
}
