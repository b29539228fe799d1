//! Value numbering: an instruction whose result is already there is replaced by the earlier one.
//!
//! Two instructions are equal when operation, immediate and operands are, and, for what reads
//! memory, when nothing in between can have written the place that it reads.
//!
//! Why it is correct: the earlier instruction dominates the later one, so it has run, and run
//! without a trap, with the same operands. Memory is divided into places (a field of an object, an
//! array, a module-wide variable, a storage field or an entry of it, the balance, or everything
//! that a called function reads). Every place has a version at every point: the end of a block
//! where the version changed, or the start of a block where ways with different versions meet, or
//! of a loop in which the place is written. Equal versions at two points mean that no way between
//! them writes the place. A write changes the versions of all places that it may touch: the same
//! field, unless both objects are known to be different; the same class of arrays; the same
//! storage field, unless both keys are constants that differ; after a call what the summary of the
//! callee says. Whether there is an entry is known after it was made or removed. The getter of a
//! singleton gives the same object whenever it is called again. A branch on a condition is decided
//! where one side of another branch on the same condition is the only way in; where a value has been
//! compared with a constant and is equal, it is that constant. Nothing moves, so no trap and no
//! effect changes its order.

pub(super) mod places;

use super::Env;
use super::facts::{Defs, Replacement};
use super::summary::host_is_stable;
use crate::cfg::Cfg;
use crate::func::{Block, Func, Imm, Inst, Terminator, Value, Values, copied};
use crate::ops::{Kind, Op, OpEffect};
use crate::types::{Type, builtin};
use fscc_base::{FastMap, Idx, IndexVec, Lists};
use places::{PlaceId, Places};
use std::hash::{Hash, Hasher};

/// Above this many places times blocks only what reads no memory is numbered.
const VERSIONS_MAX: usize = 4_000_000;

/// How many of the nearest conditions above a branch are compared with its own.
const OUTCOMES_MAX: usize = 64;

#[derive(PartialEq, Eq)]
struct Key {
    op: Op,
    imm: Imm,
    args: Values,
    version: Option<(PlaceId, u32)>,
}

impl Hash for Key {
    /// A word for each two parts: this is done for almost every instruction.
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let (place, version) =
            self.version.map_or((u32::MAX, 0), |(place, version)| (place.index() as u32, version));
        hasher.write_u64(u64::from(place) << 32 | u64::from(version));
        self.imm.hash(hasher);
        let mut word = self.op as u64;
        for arg in &self.args {
            word = word << 32 | u64::from(arg.as_u32());
            hasher.write_u64(word);
        }
        if self.args.is_empty() {
            hasher.write_u64(word);
        }
    }
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    let cfg = Cfg::new(func);
    let defs = Defs::new(func);
    let mut places = Places::collect(func, &defs);
    if places.len().saturating_mul(func.blocks.len()) > VERSIONS_MAX {
        places = Places::default();
    }
    let writes = writes(func, env, &places);
    let starts = start_versions(func, &cfg, &places, &writes);
    let mut replacement = Replacement::new(func);
    let mut walk = Walk::new(func);
    let mut open: Vec<(Block, Mark)> = Vec::new();
    let mut versions: Vec<u32> = Vec::new();
    let (mut changed, mut has_decided) = (false, false);
    for block in cfg.dominator_preorder() {
        while open.last().is_some_and(|(above, ..)| !cfg.dominates(*above, block)) {
            if let Some((_, mark)) = open.pop() {
                walk.forget(mark);
            }
        }
        open.push((block, walk.mark()));
        walk.learn_condition(func, &cfg, &defs, block);
        versions.clear();
        versions.extend_from_slice(starts.starts.of(block));
        let mut next = starts.first_inner[block];
        let mut written = writes[block].iter().peekable();
        let mut insts = std::mem::take(&mut func.blocks[block].insts);
        for (at, inst) in insts.iter_mut().enumerate() {
            while let Some((_, place)) = written.next_if(|(by, _)| *by == at as u32) {
                versions[place.index()] = next;
                next += 1;
            }
            inst.args.iter_mut().for_each(|value| *value = replacement.get(*value));
            changed |= walk.use_constants(&mut inst.args);
            walk.remember_entry(&places, &versions, inst);
            walk.remember_write(env, &places, &versions, inst);
            walk.remember_singleton(env, &places, &versions, inst);
            let Some(result) = inst.result else { continue };
            if let Some(is_there) = walk.known_entry(&places, &versions, inst) {
                inst.op = Op::ConstI32;
                inst.imm = Imm::I32(is_there.into());
                inst.args.clear();
                changed = true;
            }
            let Some(key) = key(func, env, &places, &versions, inst) else { continue };
            match walk.table.get(&key).copied().flatten() {
                Some(earlier) if fits(env, func, earlier, result) => {
                    replacement.set(result, earlier);
                    changed = true;
                }
                _ => walk.insert(key, result),
            }
        }
        func.blocks[block].insts = insts;
        changed |= walk.use_constants_at_end(&mut func.blocks[block].term, &replacement);
        has_decided |= walk.decide_branch(&mut func.blocks[block].term, &replacement);
    }
    replacement.take_out(func);
    if has_decided {
        func.order_blocks();
    }
    changed || has_decided
}

/// Whether the earlier value has a type that may stand for the later one.
fn fits(env: &Env, func: &Func, earlier: Value, later: Value) -> bool {
    env.module.is_assignable(func.values[earlier], func.values[later])
}

/// What is available here, with the way back when the walk leaves a subtree.
struct Walk {
    table: FastMap<Key, Option<Value>>,
    /// What was added or overwritten, by its place in the table, with the value before.
    added: Vec<(usize, Option<Value>)>,
    /// Conditions whose outcome is known here, because the only way in is one side of a branch.
    outcomes: Vec<(Value, bool)>,
    /// Values that equal a constant here, for the same reason.
    constants: Vec<(Value, Value)>,
}

/// How much was known at a point of the walk.
#[derive(Clone, Copy)]
struct Mark {
    added: usize,
    outcomes: usize,
    constants: usize,
}

impl Walk {
    fn new(func: &Func) -> Walk {
        // About half of the values are results of what is numbered.
        let room = func.values.len() / 2;
        let table = FastMap::with_capacity_and_hasher(room, Default::default());
        Walk { table, added: Vec::with_capacity(room), outcomes: Vec::new(), constants: Vec::new() }
    }

    fn mark(&self) -> Mark {
        let (outcomes, constants) = (self.outcomes.len(), self.constants.len());
        Mark { added: self.added.len(), outcomes, constants }
    }

    /// Learns what the only predecessor's branch says.
    fn learn_condition(&mut self, func: &Func, cfg: &Cfg, defs: &Defs, block: Block) {
        let [from] = cfg.predecessors[block] else { return };
        let term = &func.blocks[from].term;
        if let (Op::Branch, [then, _]) = (term.op, term.targets.as_slice()) {
            let holds = then.block == block;
            self.outcomes.push((term.args[0], holds));
            self.constants.extend(equal_constant(func, defs, term.args[0], holds));
        }
    }

    /// Replaces what is known to equal a constant.
    fn use_constants(&self, values: &mut Values) -> bool {
        let mut changed = false;
        for value in values.iter_mut().filter(|_| !self.constants.is_empty()) {
            let known = self.constants.iter().rev().take(OUTCOMES_MAX);
            if let Some((_, constant)) = known.into_iter().find(|(known, _)| known == value) {
                *value = *constant;
                changed = true;
            }
        }
        changed
    }

    fn use_constants_at_end(&self, term: &mut Terminator, replacement: &Replacement) -> bool {
        if self.constants.is_empty() {
            return false;
        }
        let targets = term.targets.iter_mut().map(|target| &mut target.args);
        let mut changed = false;
        for values in targets.chain([&mut term.args]) {
            values.iter_mut().for_each(|value| *value = replacement.get(*value));
            changed |= self.use_constants(values);
        }
        changed
    }

    /// A branch on a condition whose outcome is known is a jump.
    fn decide_branch(&self, term: &mut Terminator, replacement: &Replacement) -> bool {
        if term.op != Op::Branch {
            return false;
        }
        // Also for the blocks below, which learn from it.
        term.args[0] = replacement.get(term.args[0]);
        let known = self.outcomes.iter().rev().take(OUTCOMES_MAX);
        let Some((_, outcome)) = known.into_iter().find(|(value, _)| *value == term.args[0]) else {
            return false;
        };
        *term = Terminator::jump(term.targets[usize::from(!outcome)].clone(), term.span);
        true
    }

    fn insert(&mut self, key: Key, value: Value) {
        let (at, before) = self.table.insert_full(key, Some(value));
        self.added.push((at, before.flatten()));
    }

    /// Forgets what was learnt since.
    fn forget(&mut self, mark: Mark) {
        self.outcomes.truncate(mark.outcomes);
        self.constants.truncate(mark.constants);
        while self.added.len() > mark.added {
            if let Some((at, before)) = self.added.pop()
                && let Some((_, value)) = self.table.get_index_mut(at)
            {
                *value = before;
            }
        }
    }

    /// Whether there is the entry for which the instruction asks, if the last write that may have
    /// touched it made or removed just this entry.
    fn known_entry(&self, places: &Places, versions: &[u32], inst: &Inst) -> Option<bool> {
        if inst.op != Op::StorageMapContains {
            return None;
        }
        let place = places.read(inst)?;
        let version = Some((place, versions[place.index()]));
        let is_known = |op: Op| {
            let key = Key { op, imm: inst.imm.clone(), args: copied(&inst.args), version };
            self.table.get(&key).copied().flatten().is_some()
        };
        match (is_known(Op::StorageMapSet), is_known(Op::StorageMapRemove)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// Remembers that an entry was made or removed.
    fn remember_entry(&mut self, places: &Places, versions: &[u32], inst: &Inst) {
        let (Op::StorageMapSet | Op::StorageMapRemove, [entry, ..]) = (inst.op, &inst.args[..])
        else {
            return;
        };
        let args = Values::from_slice(&[*entry]);
        let (op, imm) = (Op::StorageMapContains, inst.imm.clone());
        let question = Inst { op, imm, args, result: None, span: inst.span };
        if let Some(place) = places.read(&question) {
            let version = Some((place, versions[place.index()]));
            let Inst { imm, args, .. } = question;
            self.insert(Key { op: inst.op, imm, args, version }, *entry);
        }
    }

    /// Once the getter of a singleton has been called, the variable holds what it gave.
    fn remember_singleton(&mut self, env: &Env, places: &Places, versions: &[u32], inst: &Inst) {
        let (Op::Call, Imm::Func(callee), Some(value)) = (inst.op, &inst.imm, inst.result) else {
            return;
        };
        let Some(getter) = env.known().getters[*callee] else { return };
        let (op, imm, args) = (Op::GlobalGet, Imm::Global(getter.global), Values::new());
        let read = Inst { op, imm, args, result: None, span: inst.span };
        if let Some(place) = places.read(&read) {
            let version = Some((place, versions[place.index()]));
            self.insert(Key { op, imm: read.imm, args: read.args, version }, value);
        }
    }

    /// After a write the read of the same place gives what was written.
    fn remember_write(&mut self, env: &Env, places: &Places, versions: &[u32], inst: &Inst) {
        let (op, args, value) = match (inst.op, inst.args.as_slice()) {
            (Op::FieldSet, [object, value]) => (Op::FieldGet, &[*object][..], *value),
            (Op::GlobalSet, [value]) => (Op::GlobalGet, &[][..], *value),
            (Op::ArraySet, [array, index, value]) if keeps_elements(&inst.imm) => {
                (Op::ArrayGet, &[*array, *index][..], *value)
            }
            (Op::StorageSet, [value]) if keeps_value(env, &inst.imm) => {
                (Op::StorageGet, &[][..], *value)
            }
            (Op::StorageMapSet, [key, value]) if keeps_value(env, &inst.imm) => {
                (Op::StorageMapGet, &[*key][..], *value)
            }
            _ => return,
        };
        let args = Values::from_slice(args);
        let read = Inst { op, imm: inst.imm.clone(), args, result: None, span: inst.span };
        if let Some(place) = places.read(&read) {
            let version = Some((place, versions[place.index()]));
            self.insert(Key { op, imm: read.imm, args: read.args, version }, value);
        }
    }
}

/// The value that equals a constant if a condition holds, or does not, with that constant.
fn equal_constant(
    func: &Func,
    defs: &Defs,
    condition: Value,
    holds: bool,
) -> Option<(Value, Value)> {
    let inst = defs.inst(func, condition)?;
    let is_equal = match inst.op {
        Op::I32Eq | Op::I64Eq => holds,
        Op::I32Ne | Op::I64Ne => !holds,
        _ => false,
    };
    let is_constant =
        |value: Value| defs.inst(func, value).is_some_and(|inst| inst.op.is_constant());
    match inst.args[..] {
        [value, constant] | [constant, value]
            if is_equal && is_constant(constant) && !is_constant(value) =>
        {
            Some((value, constant))
        }
        _ => None,
    }
}

/// Arrays whose elements hold exactly what was stored. The narrow integers are stored in fewer
/// bits, so that only a value in range would come back as it was.
fn keeps_elements(imm: &Imm) -> bool {
    !matches!(
        imm,
        Imm::Class(
            builtin::ARRAY_BOOLEAN
                | builtin::ARRAY_BYTE
                | builtin::ARRAY_SHORT
                | builtin::ARRAY_CHAR
        )
    )
}

/// The same for the form of a storage field's values.
fn keeps_value(env: &Env, imm: &Imm) -> bool {
    matches!(imm, Imm::Storage(field) if env.module.storage[*field].value.keeps_all())
}

fn key(func: &Func, env: &Env, places: &Places, versions: &[u32], inst: &Inst) -> Option<Key> {
    let version = match inst.op.info().effect {
        OpEffect::pure | OpEffect::traps => None,
        OpEffect::reads | OpEffect::reads_storage => Some(places.read(inst)?),
        OpEffect::calls => match &inst.imm {
            Imm::Host(number) if host_is_stable(*number) => None,
            _ => match is_function_of_arguments(func, env, inst) {
                Some(false) => None,
                Some(true) => Some(places.read(inst)?),
                None => Some(places.read(inst).filter(|_| inst.op == Op::CallHost)?),
            },
        },
        _ => return None,
    };
    let mut args = copied(&inst.args);
    if inst.op.is_commutative() {
        args.sort_unstable();
    }
    let version = version.map(|place| (place, versions[place.index()]));
    Some(Key { op: inst.op, imm: inst.imm.clone(), args, version })
}

/// Whether a call gives the same for the same arguments: `Some(true)` as long as no memory is
/// written, `Some(false)` always, `None` never.
fn is_function_of_arguments(func: &Func, env: &Env, inst: &Inst) -> Option<bool> {
    if let (Imm::Func(callee), Op::Call) = (&inst.imm, inst.op)
        && env.known().getters[*callee].is_some()
    {
        return Some(false);
    }
    if !matches!(inst.op, Op::Call | Op::CallVirtual) {
        return None;
    }
    let summary = env.summary_of_call(func, inst)?;
    let result = func.values[inst.result?];
    // A fresh object must stay fresh, unless its identity cannot be seen.
    let gives_fresh = summary.allocates && result.is_reference() && !is_text(result);
    if summary.writes() || gives_fresh {
        return None;
    }
    let reads = summary.reads.any() || !summary.storage_reads.is_empty();
    Some(reads || summary.row != crate::Row::PURE)
}

fn is_text(ty: Type) -> bool {
    [Kind::string, Kind::bytes].iter().any(|kind| kind.ty() == Some(ty))
}

/// What each block writes, in code order: index of the instruction and place.
fn writes(func: &Func, env: &Env, places: &Places) -> Lists<Block, (u32, PlaceId)> {
    let (mut writes, mut written) = (Vec::new(), Vec::new());
    for (block, data) in func.blocks.iter_enumerated().filter(|_| places.len() > 0) {
        for (at, inst) in data.insts.iter().enumerate() {
            places.written(func, env, inst, &mut written);
            writes.extend(written.drain(..).map(|place| (block, (at as u32, place))));
        }
    }
    Lists::from_pairs(func.blocks.len(), &writes)
}

/// A version of every place for every block, in one table.
struct Versions {
    count: usize,
    table: Vec<u32>,
}

impl Versions {
    fn of(&self, block: Block) -> &[u32] {
        &self.table[block.index() * self.count..][..self.count]
    }
    fn of_mut(&mut self, block: Block) -> &mut [u32] {
        &mut self.table[block.index() * self.count..][..self.count]
    }
}

/// The versions of all places at the start of every block.
struct Starts {
    starts: Versions,
    /// The first number for versions that begin within the block.
    first_inner: IndexVec<Block, u32>,
}

fn start_versions(
    func: &Func,
    cfg: &Cfg,
    places: &Places,
    writes: &Lists<Block, (u32, PlaceId)>,
) -> Starts {
    let (count, blocks) = (places.len(), func.blocks.len());
    let mut first_inner = IndexVec::from_elem(0, blocks);
    let mut starts = Versions { count, table: vec![0; count * blocks] };
    if count == 0 {
        return Starts { starts, first_inner };
    }
    let mut in_loop: IndexVec<Block, Option<Vec<bool>>> = IndexVec::from_elem(None, blocks);
    for found in cfg.loops() {
        let mut touched = vec![false; count];
        for (_, place) in found.blocks.iter().flat_map(|block| &writes[*block]) {
            touched[place.index()] = true;
        }
        in_loop[found.header] = Some(touched);
    }
    let mut next = 0;
    let mut fresh = |by: usize| {
        next += by as u32;
        next - by as u32
    };
    let mut ends = Versions { count, table: vec![0; count * blocks] };
    let mut is_done: IndexVec<Block, bool> = IndexVec::from_elem(false, blocks);
    for block in &cfg.order {
        let first_own = fresh(count);
        let own = |place: usize| first_own + place as u32;
        let start = starts.of_mut(*block);
        let mut has_start = false;
        for from in &cfg.predecessors[*block] {
            match (is_done[*from], has_start) {
                (true, false) => start.copy_from_slice(ends.of(*from)),
                (true, true) => {
                    for (place, (version, end)) in start.iter_mut().zip(ends.of(*from)).enumerate()
                    {
                        if version != end {
                            *version = own(place);
                        }
                    }
                }
                // The way back of a loop; any other way that is not known yet tells nothing.
                (false, _) if cfg.dominates(*block, *from) => continue,
                (false, _) => start.iter_mut().enumerate().for_each(|(at, it)| *it = own(at)),
            }
            has_start = true;
        }
        let is_written = |place: usize| in_loop[*block].as_ref().is_some_and(|all| all[place]);
        for (place, version) in start.iter_mut().enumerate() {
            if !has_start || is_written(place) {
                *version = own(place);
            }
        }
        let first = fresh(writes[*block].len());
        let end = ends.of_mut(*block);
        end.copy_from_slice(start);
        for (at, (_, place)) in writes[*block].iter().enumerate() {
            end[place.index()] = first + at as u32;
        }
        is_done[*block] = true;
        first_inner[*block] = first;
    }
    Starts { starts, first_inner }
}
