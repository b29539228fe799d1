//! What executed instructions cost, by place and by the calls that led there.
//!
//! Relies on the reference engine, which shows each instruction before it executes it, and on rule
//! G1: the price of a block is taken at its entry. Everything that was charged is accounted for
//! once: to the instruction that it pays for, or as paid for and not executed.

use crate::image::PricedBlock;
use crate::machine::Step;
use crate::outcome::{Ending, Location, Outcome};
use crate::schedule::Schedule;
use crate::verify::VerifiedModule;
use fvm_isa::{FunctionId, TrapCode};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;
use std::sync::Arc;

/// Calls inside of one another that are told apart; deeper ones count for the last that is.
pub const PROFILE_DEPTH_MAX: usize = 200;
/// Ways of calls that are told apart; further ones count for the caller.
pub const PROFILE_CALLS_MAX: usize = 100_000;

/// Gas and instructions.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Cost {
    /// Gas.
    pub gas: u64,
    /// Instructions executed.
    pub instructions: u64,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Cost) {
        self.gas += other.gas;
        self.instructions += other.instructions;
    }
}

/// A function in a profile.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FunctionCost {
    /// The function.
    pub function: FunctionId,
    /// What its own instructions cost.
    pub own: Cost,
    /// What they and the functions that they called cost; recursion counts once.
    pub total: Cost,
    /// How often it was called.
    pub calls: u64,
}

/// The costs of the calls of one module, summed up. [`Machine::call_profiled`] adds to it.
///
/// [`Machine::call_profiled`]: crate::Machine::call_profiled
#[derive(Clone, Debug)]
pub struct Profile {
    schedule: Schedule,
    blocks: Arc<[PricedBlock]>,
    first_blocks: Vec<u32>,
    /// By index in the flat code.
    costs: Vec<Cost>,
    /// How often each function was entered.
    calls: Vec<u64>,
    ways: Ways,
    unexecuted: u64,
    run: Run,
}

/// The call that is being watched.
#[derive(Clone, Default, Debug)]
struct Run {
    /// The ways from the first function to the running one, as far as they are told apart.
    path: Vec<u32>,
    depth: usize,
    function: Option<FunctionId>,
    /// The instruction that is being executed: its way, its index, and the gas before it.
    last: Option<(u32, usize, u64)>,
    /// Gas that has been given to some instruction.
    attributed: u64,
}

/// The tree of calls.
#[derive(Clone, Default, Debug)]
struct Ways {
    nodes: Vec<Way>,
    children: BTreeMap<(Option<u32>, FunctionId), u32>,
}

#[derive(Clone, Debug)]
struct Way {
    caller: Option<u32>,
    function: FunctionId,
    own: Cost,
}

impl Ways {
    fn child(&mut self, caller: Option<u32>, function: FunctionId) -> u32 {
        if let Some(known) = self.children.get(&(caller, function)) {
            return *known;
        }
        if let (Some(caller), true) = (caller, self.nodes.len() >= PROFILE_CALLS_MAX) {
            return caller;
        }
        let number = self.nodes.len() as u32;
        self.nodes.push(Way { caller, function, own: Cost::default() });
        self.children.insert((caller, function), number);
        number
    }

    fn function(&self, way: u32) -> FunctionId {
        self.nodes[way as usize].function
    }
}

impl Profile {
    /// An empty profile of a module under a schedule.
    pub fn new(module: &VerifiedModule, schedule: &Schedule) -> Profile {
        let image = module.image();
        Profile {
            schedule: schedule.clone(),
            blocks: module.priced(schedule).blocks,
            first_blocks: image.functions.iter().map(|entry| entry.first_block).collect(),
            costs: vec![Cost::default(); image.code.len()],
            calls: vec![0; image.functions.len()],
            ways: Ways::default(),
            unexecuted: 0,
            run: Run::default(),
        }
    }

    /// Notes an instruction that is about to be executed.
    pub(crate) fn observe(&mut self, step: &Step<'_>) {
        let location = step.location;
        let block = self.block(location);
        let entered = if location.inst == 0 { block.price } else { 0 };
        self.charge_last(step.gas + entered);
        let is_entered = location.inst == 0 && location.block == 0;
        let way = self.way(step.depth, location.function, is_entered);
        let pc = block.pc as usize + location.inst as usize;
        let price = u64::from(self.schedule.price(step.inst.opcode()));
        self.add(way, pc, Cost { gas: price, instructions: 1 });
        self.run.last = Some((way, pc, step.gas));
    }

    /// Notes the end of a call that was given so much gas.
    pub(crate) fn finish(&mut self, outcome: &Outcome, gas: u64) {
        // Gas that runs out pays for nothing.
        match &outcome.ending {
            Ending::Trapped(trap) if trap.code == TrapCode::OUT_OF_GAS => {}
            _ => self.charge_last(gas - outcome.gas_used),
        }
        let run = std::mem::take(&mut self.run);
        self.unexecuted += outcome.gas_used.saturating_sub(run.attributed);
    }

    /// Gives the last instruction what was charged while it was executed.
    fn charge_last(&mut self, gas_left: u64) {
        if let Some((way, pc, before)) = self.run.last.take() {
            let gas = before.saturating_sub(gas_left);
            self.add(way, pc, Cost { gas, instructions: 0 });
        }
    }

    fn add(&mut self, way: u32, pc: usize, cost: Cost) {
        self.costs[pc] += cost;
        self.ways.nodes[way as usize].own += cost;
        self.run.attributed += cost.gas;
    }

    fn block(&self, location: Location) -> PricedBlock {
        let first = self.first_blocks[location.function.index()];
        self.blocks[first as usize + usize::from(location.block)]
    }

    /// The way by which this function runs now.
    fn way(&mut self, depth: usize, function: FunctionId, is_entered: bool) -> u32 {
        let is_deeper = self.run.path.is_empty() || depth > self.run.depth;
        // A call that takes the place of its caller stays at the caller's depth.
        let is_replaced = depth == self.run.depth && self.run.function != Some(function);
        if is_deeper || is_replaced && is_entered {
            self.calls[function.index()] += 1;
        }
        self.run.depth = depth;
        self.run.function = Some(function);
        let length = (depth + 1).min(PROFILE_DEPTH_MAX);
        self.run.path.truncate(length);
        if depth < PROFILE_DEPTH_MAX
            && self.run.path.len() == length
            && self.run.path.last().is_some_and(|way| self.ways.function(*way) != function)
            && is_entered
        {
            self.run.path.pop();
        }
        if self.run.path.len() < length {
            let caller = self.run.path.last().copied();
            let way = self.ways.child(caller, function);
            self.run.path.push(way);
        }
        self.run.path.last().copied().unwrap_or_default()
    }

    /// Gas of blocks that were left by a trap before their end, and of gas that ran out.
    pub fn unexecuted(&self) -> u64 {
        self.unexecuted
    }

    /// All costs.
    pub fn sum(&self) -> Cost {
        let mut sum = Cost { gas: self.unexecuted, instructions: 0 };
        self.costs.iter().for_each(|cost| sum += *cost);
        sum
    }

    /// Every place that was executed, in the order of the code.
    pub fn places(&self) -> impl Iterator<Item = (Location, Cost)> {
        self.code().filter(|(_, cost)| cost.instructions > 0)
    }

    /// Every place, in the order of the code.
    pub fn code(&self) -> impl Iterator<Item = (Location, Cost)> {
        let functions = self.first_blocks.iter().enumerate();
        functions.flat_map(move |(number, first)| {
            let end = self.first_blocks.get(number + 1).copied();
            let end = end.unwrap_or(self.blocks.len() as u32);
            (*first..end).flat_map(move |at| {
                let block = self.blocks[at as usize];
                (0..block.length).map(move |inst| {
                    let cost = self.costs[(block.pc + inst) as usize];
                    let function = FunctionId(number as u16);
                    let location = Location { function, block: (at - first) as u16, inst };
                    (location, cost)
                })
            })
        })
    }

    /// Every way of calls, from the first function to the one whose own cost it is.
    pub fn stacks(&self) -> impl Iterator<Item = (Vec<FunctionId>, Cost)> {
        self.ways.nodes.iter().map(|node| {
            let mut stack = vec![node.function];
            let mut caller = node.caller;
            while let Some(way) = caller {
                let node = &self.ways.nodes[way as usize];
                stack.push(node.function);
                caller = node.caller;
            }
            stack.reverse();
            (stack, node.own)
        })
    }

    /// Every function that was called, by its number.
    pub fn functions(&self) -> Vec<FunctionCost> {
        let mut functions: Vec<FunctionCost> = (0..self.calls.len())
            .map(|number| FunctionCost {
                function: FunctionId(number as u16),
                own: Cost::default(),
                total: Cost::default(),
                calls: self.calls[number],
            })
            .collect();
        for (location, cost) in self.places() {
            functions[location.function.index()].own += cost;
        }
        for (stack, cost) in self.stacks() {
            for function in stack.into_iter().collect::<BTreeSet<_>>() {
                functions[function.index()].total += cost;
            }
        }
        // What lies deeper than ways are told apart is in no function's total but its own.
        for function in &mut functions {
            function.total.gas = function.total.gas.max(function.own.gas);
            let own = function.own.instructions;
            function.total.instructions = function.total.instructions.max(own);
        }
        functions.retain(|function| function.calls > 0);
        functions
    }
}
