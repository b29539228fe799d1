//! Arrays that belong to one object: the buffer of a writer, the storage of an array buffer.
//!
//! A field owns its array if in the whole module only arrays that have just been created are
//! stored into it, each into this one place, and what is read from it is only used by operations
//! on arrays, never stored, passed or returned. Then nobody but who has the object can look at the
//! array, so a write to the array is as good as a write to a field of the object.

use super::census::Census;
use super::facts::{Defs, for_each_use};
use crate::func::{Func, Imm, Value};
use crate::module::{FieldRef, Module};
use crate::ops::Op;
use fscc_base::{Crew, FastSet, IndexVec, share_map};

/// The fields that own their arrays.
pub(crate) fn find(module: &Module, census: Census, crew: &dyn Crew) -> FastSet<FieldRef> {
    let Census { array_fields: mut owning, array_field_users: users, .. } = census;
    let shared = share_map(crew, users.len(), |at| shared(&module.funcs[users[at]], &owning));
    for field in shared.into_iter().flatten() {
        owning.swap_remove(&field);
    }
    owning
}

/// The operands that an operation uses as arrays without keeping them.
fn array_operands(op: Op) -> &'static [usize] {
    match op {
        Op::ArrayGet
        | Op::ArraySet
        | Op::ArrayLength
        | Op::StringFromChars
        | Op::BytesFromArray => &[0],
        Op::ArrayPutI64 | Op::ArrayPutU128 | Op::IsNull => &[0],
        Op::StringCopyChars | Op::BytesCopyTo => &[1],
        Op::ArrayCopy => &[0, 2],
        _ => &[],
    }
}

/// The fields among those given that do not own their arrays because of what a function does.
fn shared(func: &Func, fields: &FastSet<FieldRef>) -> Vec<FieldRef> {
    let mut shared = Vec::new();
    // For each value how often it is used, how often as an array, and how often it is stored.
    let mut uses: IndexVec<Value, u32> = IndexVec::from_elem(0, func.values.len());
    let mut as_array = uses.clone();
    let mut stored = uses.clone();
    for block in func.blocks.iter() {
        for_each_use(block, |value| uses[value] += 1);
        for inst in &block.insts {
            for at in array_operands(inst.op) {
                as_array[inst.args[*at]] += 1;
            }
            if inst.op == Op::FieldSet {
                stored[inst.args[1]] += 1;
            }
        }
    }
    let defs = Defs::new(func);
    for inst in func.blocks.iter().flat_map(|block| &block.insts) {
        let Imm::Field(field) = &inst.imm else { continue };
        if !fields.contains(field) {
            continue;
        }
        let is_owned = match (inst.op, inst.result) {
            (Op::FieldSet, _) => {
                let value = inst.args[1];
                match defs.inst(func, value).map(|inst| inst.op) {
                    Some(Op::ConstNull) => true,
                    Some(Op::ArrayNew) => stored[value] == 1 && uses[value] == as_array[value] + 1,
                    _ => false,
                }
            }
            (_, Some(result)) => uses[result] == as_array[result],
            _ => true,
        };
        if !is_owned {
            shared.push(*field);
        }
    }
    shared
}
