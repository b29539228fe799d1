//! Loop rotation: a loop that asks at its start whether it goes on asks at its end instead, so that
//! a round is a block less and a jump less.
//!
//! The header stays in front of the loop and asks once before the first round; every way back to it
//! becomes a copy of it. What the header defines has several definitions then, so the two blocks
//! to which it goes take it as parameters; constants are made there again.
//!
//! Why it is correct: a copy does what the header would do with the same arguments, and goes where it
//! would go. Every use of a value of the header is reached from it over one of its two edges alone
//! (or through the block at which the ways out of the loop meet, which gets parameters as well), so
//! the block on that edge dominates the use; otherwise the loop stays as it is. Linear but for the
//! blocks that were made before, of which there are a few for each loop.

use super::Env;
use super::facts::{for_each_use, map_uses};
use super::loops;
use crate::cfg::{Cfg, Loop};
use crate::func::{Block, BlockData, ENTRY, Func, Inst, Target, Terminator, Value, Values};
use crate::ops::{Op, OpEffect};
use fscc_base::{FastMap, Lists};

/// Instructions of a header that are worth a copy for each way back.
const HEADER_MAX: usize = 10;

/// Ways back that are worth a copy each.
const WAYS_BACK_MAX: usize = 3;

/// Runs the pass.
pub(super) fn run(func: &mut Func, _env: &Env) -> bool {
    let Some((cfg, loops)) = loops::few(func) else { return false };
    let mut rotation = Rotation::new(func, &cfg);
    let mut has_changed = false;
    // Inner loops first: a way back of the outer one may be a way out of the inner one.
    for found in loops.iter().rev() {
        has_changed |= rotation.rotate(func, found).is_some();
    }
    has_changed
}

struct Rotation<'a> {
    cfg: &'a Cfg,
    /// The blocks that use a value, before anything changed.
    users: Lists<Value, Block>,
    /// For each block that was made the old one in whose place it stands, as far as dominance goes.
    homes: FastMap<Block, Block>,
}

/// One of the two ways on from a header.
struct Way {
    /// Which target of the header it is.
    at: usize,
    to: Block,
    /// Whether what `to` dominates is reached over this edge alone.
    is_own: bool,
    /// What is used on this way, and under which name.
    names: FastMap<Value, Value>,
    /// Where it is used.
    users: Vec<Block>,
}

impl<'a> Rotation<'a> {
    fn new(func: &Func, cfg: &'a Cfg) -> Rotation<'a> {
        let mut uses = Vec::new();
        for block in &cfg.order {
            for_each_use(&func.blocks[*block], |value| uses.push((value, *block)));
        }
        uses.dedup();
        let users = Lists::from_pairs(func.values.len(), &uses);
        Rotation { cfg, users, homes: FastMap::default() }
    }

    fn home(&self, block: Block) -> Block {
        self.homes.get(&block).copied().unwrap_or(block)
    }

    fn rotate(&mut self, func: &mut Func, found: &Loop) -> Option<()> {
        let header = found.header;
        let data = &func.blocks[header];
        let is_fit = header != ENTRY
            && data.term.op == Op::Branch
            && data.insts.len() <= HEADER_MAX
            && data.insts.iter().all(|inst| inst.op.info().effect != OpEffect::calls);
        if !is_fit {
            return None;
        }
        let goes_on = |at: usize| found.blocks.contains(&data.term.targets[at].block);
        let inside = match (goes_on(0), goes_on(1)) {
            (true, false) => 0,
            (false, true) => 1,
            _ => return None,
        };
        let (mut on, mut out) =
            (self.way(func, header, inside), self.way(func, header, 1 - inside));
        let back = self.ways_back(func, found);
        // A way back that is a branch asks already: nothing would be saved.
        let saves = |(from, _): &(Block, usize)| func.blocks[*from].term.op == Op::Jump;
        if on.to == header || back.len() > WAYS_BACK_MAX || !back.iter().any(saves) {
            return None;
        }
        let joined = self.find_users(func, header, &mut on, &mut out)?;
        if !joined.is_empty() {
            self.pass_to_meeting(func, header, &out, &mut on, &joined)?;
        }
        for way in [&mut on, &mut out] {
            self.leave_over(func, header, way);
        }
        for (from, at) in back {
            self.copy_header(func, header, from, at);
        }
        Some(())
    }

    fn way(&self, func: &Func, header: Block, at: usize) -> Way {
        let to = func.blocks[header].term.targets[at].block;
        let mut others = self.cfg.predecessors[to].iter().filter(|from| **from != header);
        let is_own = others.all(|from| self.cfg.dominates(to, *from));
        Way { at, to, is_own, names: FastMap::default(), users: Vec::new() }
    }

    /// The edges from the loop to its header: block and target.
    fn ways_back(&self, func: &Func, found: &Loop) -> Vec<(Block, usize)> {
        let made = self.homes.iter().filter(|(_, home)| found.blocks.contains(home));
        let blocks = found.blocks.iter().copied().chain(made.map(|(made, _)| *made));
        loops::edges_to(func, blocks, found.header).collect()
    }

    /// Sorts the uses of the header's values by the way on which they are; gives those that are
    /// behind the block where the ways out meet. None if there are others.
    fn find_users(
        &self,
        func: &Func,
        header: Block,
        on: &mut Way,
        out: &mut Way,
    ) -> Option<Vec<(Value, Block)>> {
        let data = &func.blocks[header];
        let results = data.insts.iter().filter_map(|inst| inst.result);
        let defined: Vec<Value> = data.params.iter().copied().chain(results).collect();
        let mut uses: Vec<(Value, Block)> = Vec::new();
        for value in &defined {
            uses.extend(self.users[*value].iter().map(|user| (*value, *user)));
        }
        for made in self.homes.keys() {
            for_each_use(&func.blocks[*made], |value| {
                if defined.contains(&value) {
                    uses.push((value, *made));
                }
            });
        }
        let mut joined = Vec::new();
        for (value, user) in uses {
            let home = self.home(user);
            if user == header {
                continue;
            }
            let takes = |way: &Way| way.is_own && self.cfg.dominates(way.to, home);
            let way = match (takes(on), takes(out)) {
                (true, _) => &mut *on,
                (_, true) => &mut *out,
                _ if self.cfg.dominates(out.to, home) => {
                    joined.push((value, user));
                    continue;
                }
                _ => return None,
            };
            way.names.insert(value, value);
            way.users.push(user);
        }
        Some(joined)
    }

    /// Lets the block where the ways out of a loop meet take the header's values as parameters.
    fn pass_to_meeting(
        &self,
        func: &mut Func,
        header: Block,
        out: &Way,
        on: &mut Way,
        joined: &[(Value, Block)],
    ) -> Option<()> {
        let mut edges = Vec::new();
        for from in self.cfg.predecessors[out.to].iter().chain(self.homes.keys()) {
            let home = self.home(*from);
            for (at, target) in func.blocks[*from].term.targets.iter().enumerate() {
                if target.block == out.to && !edges.contains(&(*from, at)) {
                    let is_inside = on.is_own && self.cfg.dominates(on.to, home);
                    if !is_inside && *from != header {
                        return None;
                    }
                    edges.push((*from, at));
                }
            }
        }
        let mut names: FastMap<Value, Value> = FastMap::default();
        let mut constants = Vec::new();
        for (value, _) in joined {
            if names.contains_key(value) {
                continue;
            }
            let fresh = func.new_value(func.values[*value]);
            names.insert(*value, fresh);
            if let Some(constant) = constant_of(func, header, *value) {
                constants.push(Inst { result: Some(fresh), ..constant });
                continue;
            }
            func.blocks[out.to].params.push(fresh);
            for (from, at) in &edges {
                func.blocks[*from].term.targets[*at].args.push(*value);
                if *from != header {
                    on.names.insert(*value, *value);
                    on.users.push(*from);
                }
            }
        }
        for (_, user) in joined {
            rename(func, *user, &names);
        }
        func.blocks[out.to].insts.splice(0..0, constants);
        Some(())
    }

    /// Puts a block on an edge of the header that takes what is used behind it.
    fn leave_over(&mut self, func: &mut Func, header: Block, way: &mut Way) {
        let mut target = func.blocks[header].term.targets[way.at].clone();
        let data = &func.blocks[header];
        let is_own = |value: &Value| {
            data.params.contains(value) || data.insts.iter().any(|inst| inst.result == Some(*value))
        };
        for value in target.args.iter().filter(|value| is_own(value)) {
            way.names.insert(*value, *value);
        }
        let mut block = BlockData {
            params: Vec::new(),
            insts: Vec::new(),
            term: Terminator::jump(Target::new(ENTRY), data.term.span),
        };
        let mut passed = Values::new();
        for (value, name) in &mut way.names {
            let fresh = func.new_value(func.values[*value]);
            *name = fresh;
            match constant_of(func, header, *value) {
                Some(constant) => block.insts.push(Inst { result: Some(fresh), ..constant }),
                None => {
                    block.params.push(fresh);
                    passed.push(*value);
                }
            }
        }
        way.users.sort_unstable();
        way.users.dedup();
        for user in &way.users {
            rename(func, *user, &way.names);
        }
        target.args.iter_mut().for_each(|value| *value = name(&way.names, *value));
        block.term.targets[0] = target;
        let made = func.blocks.push(block);
        self.homes.insert(made, header);
        func.blocks[header].term.targets[way.at] = Target { block: made, args: passed };
    }

    /// Puts a copy of the header on a way back to it.
    fn copy_header(&mut self, func: &mut Func, header: Block, from: Block, at: usize) {
        let args = std::mem::take(&mut func.blocks[from].term.targets[at].args);
        let data = &func.blocks[header];
        let (insts, mut term) = (data.insts.clone(), data.term.clone());
        let mut names: FastMap<Value, Value> = data.params.iter().copied().zip(args).collect();
        let mut copied = Vec::with_capacity(insts.len());
        for mut inst in insts {
            inst.args.iter_mut().for_each(|value| *value = name(&names, *value));
            if let Some(result) = inst.result {
                let fresh = func.new_value(func.values[result]);
                names.insert(result, fresh);
                inst.result = Some(fresh);
            }
            copied.push(inst);
        }
        term.args.iter_mut().for_each(|value| *value = name(&names, *value));
        for target in &mut term.targets {
            target.args.iter_mut().for_each(|value| *value = name(&names, *value));
        }
        let made = func.blocks.push(BlockData { params: Vec::new(), insts: copied, term });
        func.blocks[from].term.targets[at] = Target::new(made);
        self.homes.insert(made, self.home(from));
    }
}

fn name(names: &FastMap<Value, Value>, value: Value) -> Value {
    names.get(&value).copied().unwrap_or(value)
}

fn rename(func: &mut Func, block: Block, names: &FastMap<Value, Value>) {
    map_uses(&mut func.blocks[block], |value| *value = name(names, *value));
}

/// The instruction of a constant that the header makes.
fn constant_of(func: &Func, header: Block, value: Value) -> Option<Inst> {
    let mut insts = func.blocks[header].insts.iter();
    insts.find(|inst| inst.result == Some(value) && inst.op.is_constant()).cloned()
}
