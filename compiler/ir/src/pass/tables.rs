//! Tables: a new array that is filled with constants at once is made of constant bytes.
//!
//! Why it is correct: between the creation of the array and the first other use of it nobody can
//! look at it, so all writes of constants at constant places before that may happen when it is
//! created. They are in range, so none of them traps. What else happens in between cannot depend
//! on the array, and if it traps, the array is never seen. Linear.

use super::Env;
use crate::fold::Const;
use crate::func::{Func, Imm, Inst, Value, Values};
use crate::ops::Op;
use crate::types::{ClassId, Type, builtin};
use fscc_base::{FastMap, FastSet};

/// Fewer writes than this are not worth a constant.
const WRITES_MIN: usize = 4;
/// An array has at most this many elements for each write.
const ELEMENTS_PER_WRITE_MAX: usize = 4;

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let creates = |inst: &Inst| inst.op == Op::ArrayNew && operation(inst).is_some();
    if !func.blocks.iter().flat_map(|block| &block.insts).any(creates) {
        return false;
    }
    let constants = constants(func);
    let mut changed = false;
    for block in func.blocks.indices() {
        let tables = Table::find(&func.blocks[block].insts, &constants);
        if tables.is_empty() {
            continue;
        }
        changed = true;
        let gone: FastSet<usize> =
            tables.iter().flat_map(|table| table.writes.iter().copied()).collect();
        let made: FastMap<usize, Table> =
            tables.into_iter().map(|table| (table.made, table)).collect();
        let old = std::mem::take(&mut func.blocks[block].insts);
        let mut insts = Vec::with_capacity(old.len());
        for (at, inst) in old.into_iter().enumerate() {
            if gone.contains(&at) {
                continue;
            }
            match made.get(&at) {
                Some(table) => table.make(func, inst, &mut insts),
                None => insts.push(inst),
            }
        }
        func.blocks[block].insts = insts;
    }
    changed
}

/// The numbers that instructions of the function give.
fn constants(func: &Func) -> FastMap<Value, i64> {
    let insts = func.blocks.iter().flat_map(|block| &block.insts);
    let number = |inst: &Inst| match Const::of(inst.op, &inst.imm)? {
        Const::I32(value) => Some((inst.result?, i64::from(value))),
        Const::I64(value) => Some((inst.result?, value)),
        _ => None,
    };
    insts.filter_map(number).collect()
}

/// For arrays that can be made of bytes: the operation, and the bytes of an element.
fn operation(inst: &Inst) -> Option<(Op, usize)> {
    match inst.imm {
        Imm::Class(builtin::ARRAY_BYTE) => Some((Op::ArrayOfI8, 1)),
        Imm::Class(builtin::ARRAY_INT) => Some((Op::ArrayOfI32, 4)),
        Imm::Class(builtin::ARRAY_LONG) => Some((Op::ArrayOfI64, 8)),
        _ => None,
    }
}

/// An array that is filled with constants in the block that creates it.
struct Table {
    /// Where it is created.
    made: usize,
    /// Where it is written.
    writes: Vec<usize>,
    elements: Vec<i64>,
}

impl Table {
    /// The tables of a block.
    fn find(insts: &[Inst], constants: &FastMap<Value, i64>) -> Vec<Table> {
        let mut open: FastMap<Value, Table> = FastMap::default();
        let mut found = Vec::new();
        let close = |table: Table, found: &mut Vec<Table>| {
            let is_dense =
                table.elements.len() <= table.writes.len().saturating_mul(ELEMENTS_PER_WRITE_MAX);
            if table.writes.len() >= WRITES_MIN && is_dense {
                found.push(table);
            }
        };
        for (at, inst) in insts.iter().enumerate() {
            let written = match (inst.op, &inst.args[..]) {
                (Op::ArraySet, [array, index, value]) => open.get_mut(array).is_some_and(|table| {
                    table.write(at, constants.get(index), constants.get(value))
                }),
                _ => false,
            };
            if written {
                continue;
            }
            for table in inst.args.iter().filter_map(|arg| open.swap_remove(arg)) {
                close(table, &mut found);
            }
            if let (Op::ArrayNew, Some(result)) = (inst.op, inst.result)
                && operation(inst).is_some()
                && let Some(length) = constants.get(&inst.args[0])
                && let Ok(length) = usize::try_from(*length)
                && length <= insts.len() * ELEMENTS_PER_WRITE_MAX
            {
                let elements = vec![0; length];
                open.insert(result, Table { made: at, writes: Vec::new(), elements });
            }
        }
        for table in open.into_values() {
            close(table, &mut found);
        }
        found
    }

    /// Takes in a write, if place and value are constants and the place is one.
    fn write(&mut self, at: usize, index: Option<&i64>, value: Option<&i64>) -> bool {
        let (Some(index), Some(value)) = (index, value) else { return false };
        let element = usize::try_from(*index).ok().and_then(|index| self.elements.get_mut(index));
        let Some(element) = element else { return false };
        *element = *value;
        self.writes.push(at);
        true
    }

    /// Writes the instructions that stand for the creation.
    fn make(&self, func: &mut Func, created: Inst, insts: &mut Vec<Inst>) {
        let Some((op, width)) = operation(&created) else { return insts.push(created) };
        let numbers = self.elements.iter().flat_map(|number| {
            let bytes = number.to_be_bytes();
            bytes.into_iter().skip(bytes.len() - width)
        });
        let constant = func.new_value(Type::Ref(builtin::BYTES));
        let imm = Imm::Bytes(numbers.collect());
        let span = created.span;
        insts.push(Inst {
            op: Op::ConstBytes,
            imm,
            args: Values::new(),
            result: Some(constant),
            span,
        });
        let args = Values::from_slice(&[constant]);
        insts.push(Inst { op, imm: Imm::None, args, result: created.result, span });
    }
}

/// The class of the array that an operation makes of bytes.
pub(crate) fn class_of(op: Op) -> Option<ClassId> {
    match op {
        Op::ArrayOfI8 => Some(builtin::ARRAY_BYTE),
        Op::ArrayOfI32 => Some(builtin::ARRAY_INT),
        Op::ArrayOfI64 => Some(builtin::ARRAY_LONG),
        _ => None,
    }
}
