//! Writes of storage that nobody sees: a field or an entry is written again before anybody can have
//! looked at it, or never is because the message ends and is undone; or what is written is what the
//! field held.
//!
//! Why it is correct: a handler commits as a whole or not at all, so only what looks at storage within
//! it can tell whether a write took place: reads of the field, calls whose summary reads it, and host
//! functions, of which only those that read and those that print are known to look at nothing.
//! Each of these keeps all writes before it. An abort undoes everything. So does a trap or a throw, in
//! a module that catches nothing; in one that does, whatever may trap keeps the writes before it,
//! because the handler may go on and look. Of two writes the first goes and the second stays, so
//! that a function's row of effects and the final state are the same. A field that is written with
//! the value that was read from it or written to it last holds it already; an entry does not, for it
//! may be missing. A write whose key or value may be null is kept, because one of an entry traps
//! then. Ways back in loops count as ways out. Linear.

use super::Env;
use super::facts::Defs;
use crate::func::{Block, Func, Imm, Inst, Terminator, Value};
use crate::host::{self, Row};
use crate::module::StorageId;
use crate::ops::{Op, OpEffect};
use fscc_base::{FastMap, FastSet, IndexVec};

/// A field, or an entry of one.
type Place = (StorageId, Option<Value>);

/// What is written again on every way on from a point before anybody looks at it.
#[derive(Clone)]
enum Unseen {
    /// Whatever is written: all of it is undone.
    All,
    Places(FastSet<Place>),
}

impl Unseen {
    fn nothing() -> Unseen {
        Unseen::Places(FastSet::default())
    }

    fn contains(&self, place: &Place) -> bool {
        match self {
            Unseen::All => true,
            Unseen::Places(places) => places.contains(place),
        }
    }

    fn and(self, other: &Unseen) -> Unseen {
        match (self, other) {
            (Unseen::All, other) => other.clone(),
            (known, Unseen::All) => known,
            (Unseen::Places(mut places), Unseen::Places(others)) => {
                places.retain(|place| others.contains(place));
                Unseen::Places(places)
            }
        }
    }

    /// Somebody may look at the field.
    fn look_at(&mut self, field: StorageId) {
        match self {
            Unseen::All => *self = Unseen::nothing(),
            Unseen::Places(places) => places.retain(|(known, _)| *known != field),
        }
    }
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let mut insts = func.blocks.iter().flat_map(|block| &block.insts);
    if !insts.any(|inst| written(inst).is_some()) {
        return false;
    }
    let catches = env.known().catches;
    let nulls = possible_nulls(func);
    let mut starts: IndexVec<Block, Option<Unseen>> = IndexVec::from_elem(None, func.blocks.len());
    let mut has_changed = false;
    for block in func.reverse_postorder().into_iter().rev() {
        let mut unseen = at_end(&func.blocks[block].term, &starts, catches);
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        let mut keeps = vec![true; insts.len()];
        for (at, inst) in insts.iter().enumerate().rev() {
            keeps[at] = !step(func, env, inst, &mut unseen, catches);
            if written(inst).is_some() && traps(inst, &nulls) {
                keeps[at] = true;
                if catches {
                    unseen = Unseen::nothing();
                }
            }
        }
        let mut held: FastMap<StorageId, Value> = FastMap::default();
        // What is gone already neither changes nor shows what a field holds.
        for (inst, keeps) in insts.iter().zip(&mut keeps).filter(|(_, keeps)| **keeps) {
            *keeps = !is_held(inst, &mut held, &nulls);
        }
        starts[block] = Some(unseen);
        if keeps.contains(&false) {
            let mut keeps = keeps.into_iter();
            insts.retain(|_| keeps.next().is_none_or(|keeps| keeps));
            has_changed = true;
        }
        func.blocks[block].insts = insts;
    }
    has_changed
}

/// The keys and values of writes that may be null.
fn possible_nulls(func: &Func) -> FastSet<Value> {
    let defs = Defs::new(func);
    let insts = func.blocks.iter().flat_map(|block| &block.insts);
    let operands = insts.filter(|inst| written(inst).is_some()).flat_map(|inst| &inst.args);
    let may_be_null =
        |value: &Value| func.values[*value].is_reference() && !defs.is_not_null(func, *value);
    operands.copied().filter(may_be_null).collect()
}

/// Whether a write may trap.
fn traps(write: &Inst, nulls: &FastSet<Value>) -> bool {
    write.args.iter().any(|value| nulls.contains(value))
}

/// The place that an instruction writes.
fn written(inst: &Inst) -> Option<Place> {
    let Imm::Storage(field) = inst.imm else { return None };
    match inst.op {
        Op::StorageSet => Some((field, None)),
        Op::StorageMapSet | Op::StorageMapRemove => Some((field, inst.args.first().copied())),
        _ => None,
    }
}

fn at_end(term: &Terminator, starts: &IndexVec<Block, Option<Unseen>>, catches: bool) -> Unseen {
    match term.op {
        Op::Abort => return Unseen::All,
        Op::Throw | Op::Trap if !catches => return Unseen::All,
        _ => {}
    }
    let mut unseen: Option<Unseen> = None;
    for target in &term.targets {
        // What has no state yet is reached by a way back.
        let Some(way) = &starts[target.block] else { return Unseen::nothing() };
        unseen = Some(match unseen {
            Some(known) => known.and(way),
            None => way.clone(),
        });
    }
    unseen.unwrap_or_else(Unseen::nothing)
}

/// Goes back over an instruction; whether it is a write that nobody sees.
fn step(func: &Func, env: &Env, inst: &Inst, unseen: &mut Unseen, catches: bool) -> bool {
    if let Some(place) = written(inst) {
        if unseen.contains(&place) {
            return true;
        }
        if let Unseen::Places(places) = unseen {
            let _: bool = places.insert(place);
        }
        return false;
    }
    match (inst.op.info().effect, &inst.imm) {
        (OpEffect::reads_storage, Imm::Storage(field)) => unseen.look_at(*field),
        (OpEffect::calls, Imm::Host(number)) if is_blind(host::row(*number)) => {}
        (OpEffect::calls, Imm::Host(_)) => *unseen = Unseen::nothing(),
        (OpEffect::calls, _) => match env.summary_of_call(func, inst) {
            Some(summary) if is_blind(summary.row) => {
                summary.storage_reads.iter().for_each(|field| unseen.look_at(*field));
                if catches && summary.traps {
                    *unseen = Unseen::nothing();
                }
            }
            _ => *unseen = Unseen::nothing(),
        },
        _ => {}
    }
    let may_trap = !matches!(
        inst.op.info().effect,
        OpEffect::pure | OpEffect::alloc | OpEffect::calls | OpEffect::writes_storage
    );
    if catches && may_trap {
        *unseen = Unseen::nothing();
    }
    false
}

/// Whether who has no other effects cannot look at storage through the host.
fn is_blind(row: Row) -> bool {
    row.is_within(Row::READ.union(Row::PRINT))
}

/// Whether an instruction writes to a field what that holds; notes what fields hold.
fn is_held(inst: &Inst, held: &mut FastMap<StorageId, Value>, nulls: &FastSet<Value>) -> bool {
    match (inst.op, &inst.imm) {
        (Op::StorageGet, Imm::Storage(field)) => {
            held.extend(inst.result.map(|result| (*field, result)));
        }
        (Op::StorageSet, Imm::Storage(field)) => {
            let is_held = held.insert(*field, inst.args[0]) == Some(inst.args[0]);
            return is_held && !traps(inst, nulls);
        }
        (Op::CallHost, Imm::Host(number)) if is_blind(host::row(*number)) => {}
        _ if inst.op.info().effect == OpEffect::calls => held.clear(),
        _ => {}
    }
    false
}
