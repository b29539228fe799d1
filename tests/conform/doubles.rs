//! Doubles: every operation by exact arithmetic.

use crate::datum::Datum;
use crate::edges::crossed;
use crate::exact;
use crate::integers::number;
use crate::trial::{End, Trial};
use fscc_tests::random::Random;
use fvm_isa::{Kind, Opcode, Operand, Role};
use std::cmp::Ordering;

fn bits(datum: &Datum) -> u64 {
    match datum {
        Datum::F64(bits) => *bits,
        other => panic!("{other:?} is no double"),
    }
}

/// What an instruction gives.
fn result(opcode: Opcode, operands: &[Datum]) -> Datum {
    let a = || bits(&operands[0]);
    let b = || bits(&operands[1]);
    let double = Datum::F64;
    let truth = |is: bool| Datum::I32(is.into());
    let order = || exact::compare(a(), b());
    match opcode {
        Opcode::F64Add => double(exact::add(a(), b())),
        Opcode::F64Sub => double(exact::add(a(), exact::negate(b()))),
        Opcode::F64Mul => double(exact::multiply(a(), b())),
        Opcode::F64Div => double(exact::divide(a(), b())),
        Opcode::F64Rem => double(exact::remainder(a(), b())),
        Opcode::F64Neg => double(exact::negate(a())),
        Opcode::F64Sqrt => double(exact::square_root(a())),
        Opcode::F64Floor => double(exact::integral(a(), false)),
        Opcode::F64Ceil => double(exact::integral(a(), true)),
        Opcode::F64Eq => truth(order() == Some(Ordering::Equal)),
        Opcode::F64Ne => truth(order() != Some(Ordering::Equal)),
        Opcode::F64Lt => truth(order() == Some(Ordering::Less)),
        Opcode::F64Le => truth(matches!(order(), Some(Ordering::Less | Ordering::Equal))),
        Opcode::F64Bits => Datum::I64(a() as i64),
        Opcode::F64FromBits => {
            let Datum::I64(bits) = operands[0] else { panic!("bits are a Long") };
            double(exact::canonical(bits as u64))
        }
        Opcode::F64RoundF32 => double(exact::through_single(a())),
        Opcode::I32ToF64 | Opcode::I64ToF64 => {
            double(exact::of_integer(exact::DOUBLE, &number(&operands[0])))
        }
        Opcode::F64ToI32 => {
            Datum::I32(exact::to_integer(a(), 32).try_into().expect("it is within bounds"))
        }
        Opcode::F64ToI64 => {
            Datum::I64(exact::to_integer(a(), 64).try_into().expect("it is within bounds"))
        }
        other => panic!("{other:?} has no oracle here"),
    }
}

/// Trials of an instruction on doubles.
pub fn trials(opcode: Opcode, random: &mut Random) -> Vec<Trial> {
    if opcode == Opcode::ConstF64 {
        let all = crate::edges::doubles(random).into_iter();
        let trial = |bits: u64| {
            let end = End::Value(Datum::F64(bits));
            Trial::new(opcode, Vec::new(), end).with(vec![Operand::F64(bits)])
        };
        return all.map(trial).collect();
    }
    let operands = opcode.info().operands.iter().filter(|operand| operand.role == Role::arg);
    let kinds: Vec<Kind> = operands.map(|operand| operand.kind).collect();
    let mut rows = crossed(&kinds, random);
    if opcode == Opcode::F64FromBits {
        // Patterns that are not the one NaN.
        rows.extend([0x7ff0_0000_0000_0001, -1, i64::MAX].map(|bits| vec![Datum::I64(bits)]));
        rows.extend(crate::edges::doubles(random).iter().map(|a| vec![Datum::I64(*a as i64)]));
    }
    let trial = |operands: Vec<Datum>| {
        let end = End::Value(result(opcode, &operands));
        Trial::new(opcode, operands, end)
    };
    rows.into_iter().map(trial).collect()
}
