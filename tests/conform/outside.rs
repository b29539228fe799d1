//! Host functions: what is asked arrives as it is, what is answered comes back as it is, and an
//! answer of another type is the host's fault.

use crate::charge::Charge;
use crate::datum::Datum;
use crate::trial::{End, Expected, Trial, detailed};
use fscc_tests::host::Recorder;
use fscc_tests::random::Random;
use fvm_isa::{HOSTS, HostInfo, Kind, Opcode, Operand, TrapCode};
use fvm_vm::{HostError, Value};

/// Values that a host function is asked with.
fn questions(kind: Kind, random: &mut Random) -> Vec<Datum> {
    match kind {
        Kind::string => vec![
            Datum::text(""),
            Datum::text("aЖ😀"),
            Datum::text("0123456789abcdef!"),
            Datum::Text(vec![0xd800]),
            Datum::Null,
        ],
        Kind::bytes => {
            let bytes = |length| (0..length).map(|_| random.bits() as u8).collect();
            let mut all = [0, 4, 20, 33].map(bytes).map(Datum::Bytes).to_vec();
            all.push(Datum::Null);
            all
        }
        Kind::i64 => [0, -1, i64::MIN, i64::MAX].map(Datum::I64).to_vec(),
        Kind::u128 => [0, 1, u128::MAX].map(Datum::U128).to_vec(),
        _ => [0, 1, -1, i32::MIN, i32::MAX].map(Datum::I32).to_vec(),
    }
}

/// Answers, good ones and others, with what the register gets.
fn answers(info: &HostInfo) -> Vec<(Result<Value, HostError>, Option<Datum>)> {
    let mut all = vec![
        (Err(HostError::Refused("no, é".into())), None),
        (Err(HostError::Abort(vec![1, 2])), None),
        (Err(HostError::OutOfGas), None),
        (Err(HostError::Fault("broken Ж".into())), None),
    ];
    let values = [
        (Value::Unit, None, None),
        (Value::I32(0), Some(Datum::I32(0)), Some(Kind::i32)),
        (Value::I32(1), Some(Datum::I32(1)), Some(Kind::i32)),
        (Value::I32(-2), Some(Datum::I32(-2)), Some(Kind::i32)),
        (Value::I64(i64::MIN), Some(Datum::I64(i64::MIN)), Some(Kind::i64)),
        (Value::U128(u128::MAX), Some(Datum::U128(u128::MAX)), Some(Kind::u128)),
        (Value::I128(-1), Some(Datum::I128(-1)), Some(Kind::i128)),
        (Value::F64(0.5), Some(Datum::F64(0.5f64.to_bits())), Some(Kind::f64)),
        (Value::Text("aЖ😀".into()), Some(Datum::text("aЖ😀")), Some(Kind::string)),
        (Value::Bytes(vec![9; 33].into()), Some(Datum::Bytes(vec![9; 33])), Some(Kind::bytes)),
        (Value::Null, Some(Datum::Null), Some(Kind::null)),
        (Value::Reference(5), Some(Datum::Null), Some(Kind::any)),
    ];
    for (value, datum, kind) in values {
        let fits = match (info.result, kind) {
            (None, None) => true,
            (Some(Kind::bytes | Kind::string), Some(Kind::null)) => true,
            (Some(Kind::bool), Some(Kind::i32)) => {
                matches!(value, Value::I32(0 | 1))
            }
            (expected, found) => expected == found,
        };
        // What does not fit is marked by a unit.
        let shown = if fits { datum } else { Some(Datum::Unit) };
        all.push((Ok(value), shown));
    }
    all
}

/// The argument as the host sees it, and its bytes.
fn argument(datum: &Datum) -> Result<(Value, usize), TrapCode> {
    Ok(match datum {
        Datum::I32(value) => (Value::I32(*value), 0),
        Datum::I64(value) => (Value::I64(*value), 0),
        Datum::U128(value) => (Value::U128(*value), 0),
        Datum::Bytes(bytes) => (Value::Bytes(bytes[..].into()), bytes.len()),
        Datum::Text(units) => {
            let text = String::from_utf16(units).map_err(|_| TrapCode::MALFORMED_TEXT)?;
            let length = text.len();
            (Value::Text(text), length)
        }
        _ => (Value::Null, 0),
    })
}

fn trial(info: &HostInfo, operands: Vec<Datum>, answer: &Result<Value, HostError>) -> Trial {
    let mut trial = Trial::new(Opcode::CallHost, operands, End::Done);
    trial.extras = vec![Operand::Host(info.number)];
    trial.host = Recorder { answer: answer.clone(), ..Recorder::default() };
    trial
}

/// Trials of one host function with some arguments and all answers.
fn ask(info: &HostInfo, operands: &[Datum], trials: &mut Vec<Trial>) {
    let (mut args, mut bytes) = (Vec::new(), 0);
    for (kind, operand) in info.operands.iter().zip(operands) {
        let found = match (kind, operand) {
            (Kind::string, Datum::Null) => Err(TrapCode::NULL_POINTER),
            _ => argument(operand),
        };
        match found {
            Ok((value, size)) => {
                args.push(value);
                bytes += size;
            }
            Err(trap) => {
                let mut trial = trial(info, operands.to_vec(), &Ok(Value::Unit));
                trial.expected.end = End::Trap(trap, None);
                trials.push(trial);
                return;
            }
        }
    }
    for (answer, shown) in answers(info) {
        let mut trial = trial(info, operands.to_vec(), &answer);
        let mut asked = trial.host.clone();
        asked.asked.push((info.number.0, args.clone()));
        let mut charges = vec![Charge::Host(bytes)];
        let mut with_detail = |code, text: &str| {
            let (end, charge) = detailed(code, text.to_owned());
            charges.push(charge);
            end
        };
        let end = match (&answer, shown) {
            (Err(HostError::Refused(text)), _) => with_detail(TrapCode::HOST_REFUSED, text),
            (Err(HostError::Fault(text)), _) => with_detail(TrapCode::HOST_FAULT, text),
            (Err(HostError::Abort(problem)), _) => End::Aborted(problem.clone()),
            (Err(HostError::OutOfGas), _) => End::Trap(TrapCode::OUT_OF_GAS, None),
            (Ok(value), shown) => {
                charges.push(Charge::Host(match value {
                    Value::Text(text) => text.len(),
                    Value::Bytes(bytes) => bytes.len(),
                    _ => 0,
                }));
                match shown {
                    Some(Datum::Unit) => {
                        let text = format!("{} answered with a value of another type", info.name);
                        let (end, charge) = detailed(TrapCode::HOST_FAULT, text);
                        charges.push(charge);
                        end
                    }
                    Some(datum) => {
                        match &datum {
                            Datum::Text(units) => {
                                let bytes = crate::trial::stored_bytes(units);
                                charges.push(Charge::Allocate(bytes));
                            }
                            Datum::Bytes(bytes) => charges.push(Charge::Allocate(bytes.len())),
                            _ => {}
                        }
                        End::Value(datum)
                    }
                    None => End::Done,
                }
            }
        };
        trial.expected = Expected { end, charges, after: Vec::new(), host: Some(asked) };
        trials.push(trial);
    }
}

/// Trials of all host functions.
pub fn trials(_: Opcode, random: &mut Random) -> Vec<Trial> {
    let mut trials = Vec::new();
    for info in HOSTS {
        let all: Vec<Vec<Datum>> =
            info.operands.iter().map(|kind| questions(*kind, random)).collect();
        // Each value of each operand, beside values of the others from anywhere.
        let count = all.iter().map(Vec::len).max().unwrap_or(1);
        for number in 0..count * 2 {
            let operands = all.iter().enumerate().map(|(at, values)| {
                let own =
                    if at == number % all.len() { number / all.len() } else { random.below(99) };
                values[own % values.len()].clone()
            });
            let operands: Vec<Datum> = operands.collect();
            ask(info, &operands, &mut trials);
        }
    }
    trials
}
