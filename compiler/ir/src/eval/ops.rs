//! Operations other than calls: arithmetic by folding, the heap and arrays.

use super::{Evaluator, Failure, Step, TrapKind, Val, detailed, trap};
use crate::fold::{Const, apply};
use crate::func::Imm;
use crate::ops::Op;
use crate::types::{ClassId, builtin};
use fvm_arith::{detail, int32, utf16};

impl Evaluator<'_> {
    /// Computes one operation.
    pub(super) fn compute(&mut self, op: Op, imm: &Imm, args: Vec<Val>) -> Step<Option<Val>> {
        if let Some(constant) = Const::of(op, imm) {
            return Ok(Some(Val::of(constant)));
        }
        match (imm, op) {
            (Imm::Class(class), Op::New) => {
                let size = self.module.slot_count(*class) + 1;
                if !self.heap.reserve(size) {
                    return Err(Failure::Limit("slots"));
                }
                Ok(Some(self.heap.new_object(self.module, *class)))
            }
            (Imm::Class(class), Op::Box | Op::Unbox | Op::Cast | Op::Is) => {
                self.compute_class(op, *class, &args[0])
            }
            (Imm::Class(class), _) => self.compute_array(op, *class, &args),
            (Imm::Field(field), _) => {
                let module = self.module;
                match (self.heap.field(module, &args[0], *field), op) {
                    (None, _) => trap(TrapKind::Null),
                    (Some(cell), Op::FieldGet) => Ok(Some(cell.clone())),
                    (Some(cell), _) => {
                        *cell = args[1].clone();
                        Ok(None)
                    }
                }
            }
            (Imm::Global(global), Op::GlobalGet) => {
                Ok(Some(self.globals[global.as_u32() as usize].clone()))
            }
            (Imm::Global(global), _) => {
                self.globals[global.as_u32() as usize] = args[0].clone();
                Ok(None)
            }
            (Imm::Storage(field), _) => self.compute_storage(op, *field, &args),
            _ => self.compute_plain(op, &args),
        }
    }

    fn compute_plain(&mut self, op: Op, args: &[Val]) -> Step<Option<Val>> {
        if let Some(result) = self.compute_any(op, args) {
            return result.map(Some);
        }
        let takes_null = matches!(op, Op::StringEq | Op::BytesEq);
        if !takes_null && args.contains(&Val::NULL) {
            return trap(TrapKind::Null);
        }
        if let Some(done) = self.compute_copies(op, args) {
            return done;
        }
        let constants: Option<Vec<Const>> = args
            .iter()
            .map(|arg| match arg {
                Val::Const(constant) => Some(constant.clone()),
                _ => None,
            })
            .collect();
        match constants.and_then(|constants| apply(op, &constants)) {
            Some(Ok(constant)) => Ok(Some(Val::Const(constant))),
            Some(Err(fault)) => match fault_detail(op, args) {
                Some(detail) => detailed(TrapKind::from(fault), &detail),
                None => trap(fault.into()),
            },
            None => Err(Failure::Unsupported(op.info().name)),
        }
    }

    fn compute_array(&mut self, op: Op, class: ClassId, args: &[Val]) -> Step<Option<Val>> {
        if op == Op::ArrayNew {
            let Some(length) = count(&args[0]) else {
                let detail = detail::negative_size(number(&args[0]));
                return detailed(TrapKind::NegativeSize, &detail);
            };
            if !self.heap.reserve(length + 1) {
                return Err(Failure::Limit("slots"));
            }
            let zero = crate::module::element(class).map_or(Val::NULL, Val::zero);
            return Ok(Some(self.heap.new_array(class, vec![zero; length])));
        }
        let Some(cells) = self.heap.array(&args[0]) else { return trap(TrapKind::Null) };
        match op {
            Op::ArrayLength => Ok(Some(Val::Const(Const::I32(cells.len() as i32)))),
            Op::ArrayGet | Op::ArraySet => {
                let length = cells.len();
                let cell = count(&args[1]).and_then(|at| cells.get_mut(at));
                match (cell, args.get(2)) {
                    (None, _) => {
                        detailed(TrapKind::Index, &detail::index(number(&args[1]), length))
                    }
                    (Some(cell), None) => Ok(Some(cell.clone())),
                    (Some(cell), Some(value)) => {
                        *cell = narrowed(class, value);
                        Ok(None)
                    }
                }
            }
            _ => {
                if args[2] == Val::NULL {
                    return trap(TrapKind::Null);
                }
                let copied = slice(cells, &args[1], &args[4])?.to_vec();
                let Some(target) = self.heap.array(&args[2]) else { return trap(TrapKind::Null) };
                slice(target, &args[3], &args[4])?.clone_from_slice(&copied);
                Ok(None)
            }
        }
    }

    /// Copies between arrays and strings or bytes; none if it is another operation.
    fn compute_copies(&mut self, op: Op, args: &[Val]) -> Option<Step<Option<Val>>> {
        Some(match op {
            Op::StringFromChars | Op::BytesFromArray => self.take_elements(op, args),
            Op::StringCopyChars => match &args[0] {
                Val::Const(Const::String(units)) => self.store_elements(
                    units.iter().map(|unit| i32::from(*unit)),
                    &args[1],
                    &args[2],
                ),
                _ => trap(TrapKind::Null),
            },
            Op::BytesCopyTo => match &args[0] {
                Val::Const(Const::Bytes(bytes)) => self.put(bytes, &args[1], &args[2]),
                _ => trap(TrapKind::Null),
            },
            Op::ArrayOfI8 | Op::ArrayOfI32 | Op::ArrayOfI64 => self.array_of(op, args),
            Op::ArrayPutI64 | Op::ArrayPutU128 => match &args[2] {
                Val::Const(Const::I64(value)) => self.put(&value.to_be_bytes(), &args[0], &args[1]),
                Val::Const(Const::U128(value)) => {
                    self.put(&value.to_be_bytes(), &args[0], &args[1])
                }
                _ => trap(TrapKind::Null),
            },
            _ => return None,
        })
    }

    /// A new array of the big-endian numbers in bytes.
    fn array_of(&mut self, op: Op, args: &[Val]) -> Step<Option<Val>> {
        let Val::Const(Const::Bytes(bytes)) = &args[0] else { return trap(TrapKind::Null) };
        let (class, width) = match op {
            Op::ArrayOfI8 => (builtin::ARRAY_BYTE, 1),
            Op::ArrayOfI32 => (builtin::ARRAY_INT, 4),
            _ => (builtin::ARRAY_LONG, 8),
        };
        if !self.heap.reserve(bytes.len() / width + 1) {
            return Err(Failure::Limit("slots"));
        }
        let cells = bytes.chunks_exact(width).map(|number| {
            let sign = if number[0] & 0x80 != 0 { -1i64 } else { 0 };
            let value = number.iter().fold(sign, |value, byte| value << 8 | i64::from(*byte));
            match class {
                builtin::ARRAY_LONG => Val::Const(Const::I64(value)),
                _ => Val::Const(Const::I32(value as i32)),
            }
        });
        let cells = cells.collect();
        Ok(Some(self.heap.new_array(class, cells)))
    }

    fn take_elements(&mut self, op: Op, args: &[Val]) -> Step<Option<Val>> {
        let Some(cells) = self.heap.array(&args[0]) else { return trap(TrapKind::Null) };
        let numbers = slice(cells, &args[1], &args[2])?.iter().map(|cell| match cell {
            Val::Const(Const::I32(value)) => *value,
            _ => 0,
        });
        Ok(Some(Val::Const(match op {
            Op::StringFromChars => Const::String(numbers.map(|value| value as u16).collect()),
            _ => Const::Bytes(numbers.map(|value| value as u8).collect()),
        })))
    }

    fn put(&mut self, bytes: &[u8], array: &Val, at: &Val) -> Step<Option<Val>> {
        self.store_elements(bytes.iter().map(|byte| i32::from(*byte as i8)), array, at)
    }

    fn store_elements(
        &mut self,
        numbers: impl ExactSizeIterator<Item = i32>,
        array: &Val,
        at: &Val,
    ) -> Step<Option<Val>> {
        let Some(cells) = self.heap.array(array) else { return trap(TrapKind::Null) };
        let length = Val::Const(Const::I32(numbers.len() as i32));
        for (cell, number) in slice(cells, at, &length)?.iter_mut().zip(numbers) {
            *cell = Val::Const(Const::I32(number));
        }
        Ok(None)
    }
}

/// What an element of an array class holds of a value.
fn narrowed(class: ClassId, value: &Val) -> Val {
    let Val::Const(Const::I32(number)) = value else { return value.clone() };
    Val::Const(Const::I32(match class {
        builtin::ARRAY_BOOLEAN => number & 1,
        builtin::ARRAY_BYTE => int32::to_i8(*number),
        builtin::ARRAY_SHORT => int32::to_i16(*number),
        builtin::ARRAY_CHAR => int32::to_u16(*number),
        _ => *number,
    }))
}

fn count(value: &Val) -> Option<usize> {
    match value {
        Val::Const(Const::I32(value)) => usize::try_from(*value).ok(),
        _ => None,
    }
}

fn number(value: &Val) -> i32 {
    match value {
        Val::Const(Const::I32(value)) => *value,
        _ => 0,
    }
}

fn slice<'a>(cells: &'a mut [Val], at: &Val, count: &Val) -> Step<&'a mut [Val]> {
    let (at, count) = (number(at), number(count));
    match utf16::range_of(at, count, cells.len()) {
        Ok(range) => Ok(&mut cells[range]),
        Err(_) => detailed(TrapKind::Index, &detail::range_of(at, count, cells.len())),
    }
}

/// What a trap of the operation says in detail, if it says anything.
fn fault_detail(op: Op, args: &[Val]) -> Option<String> {
    let length = match args.first()? {
        Val::Const(Const::String(units)) => units.len(),
        Val::Const(Const::Bytes(bytes)) => bytes.len(),
        _ => return None,
    };
    let operand = |at: usize| args.get(at).map_or(0, number);
    Some(match op {
        Op::StringCharAt => detail::string_index(operand(1)),
        Op::BytesGet => detail::index(operand(1), length),
        Op::StringSubstring | Op::BytesSlice => {
            detail::range(operand(1), operand(2).into(), length)
        }
        Op::BytesGetI64 => detail::range_of(operand(1), 8, length),
        Op::BytesGetU128 => detail::range_of(operand(1), 16, length),
        Op::StringToF64 => match args.first()? {
            Val::Const(Const::String(units)) => detail::number_format(&utf16::to_utf8_lossy(units)),
            _ => return None,
        },
        _ => return None,
    })
}
