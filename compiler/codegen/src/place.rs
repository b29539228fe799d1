//! Writing a function down once every value has its register: the moves at calls, at the ends of
//! blocks and on edges, and the constants that are loaded where they are needed.
//!
//! Relies on: a colouring in which values that are live at once have different registers. Values
//! that went to their next place early are there until the end of their block.

use crate::alloc::{
    Allocated, AllocatedBlock, Colouring, End, Place, REGISTERS_MAX, Registers, Source, Step,
    TooManyRegisters,
};
use crate::fold::Folding;
use crate::liveness::Liveness;
use crate::moves::{Move, Register, sequence};
use crate::select::{immediate_operand, is_call};
use fscc_base::IndexVec;
use fscc_ir::func::{Block, Func, Target, Value};
use fscc_ir::ops::Op;
use smallvec::SmallVec;

/// Writes the blocks with their moves once every value has its register.
pub(crate) struct Emission<'a> {
    func: &'a Func,
    folding: &'a Folding,
    liveness: &'a Liveness,
    colouring: &'a Colouring<'a>,
    blocks: Vec<AllocatedBlock>,
    /// Where each block of the function stands in `blocks`.
    layout: IndexVec<Block, usize>,
    frame: usize,
    next_window: usize,
    next_temporaries: usize,
    next_early: usize,
    /// Where values are that have gone to their next place early, in the block at hand.
    gone: SmallVec<[(Value, Register); 2]>,
}

impl<'a> Emission<'a> {
    pub(crate) fn new(
        func: &'a Func,
        folding: &'a Folding,
        liveness: &'a Liveness,
        colouring: &'a Colouring<'a>,
    ) -> Self {
        Self {
            func,
            folding,
            liveness,
            colouring,
            blocks: Vec::new(),
            layout: IndexVec::from_elem(usize::MAX, func.blocks.len()),
            frame: colouring.frame,
            next_window: 0,
            next_temporaries: 0,
            next_early: 0,
            gone: SmallVec::new(),
        }
    }

    pub(crate) fn run(mut self) -> Result<Allocated, TooManyRegisters> {
        let mut pending: Vec<(usize, Vec<Pending>)> = Vec::new();
        for block in self.func.blocks.indices() {
            let targets = self.emit_block(block);
            pending.push((self.layout[block], targets));
            self.emit_edges(block, &mut pending);
        }
        for (at, targets) in pending {
            let resolve = |target: &Pending| match target {
                Pending::Block(block) => self.layout[*block],
                Pending::Edge(at) => *at,
            };
            let resolved: Vec<usize> = targets.iter().map(resolve).collect();
            match &mut self.blocks[at].end {
                End::Terminator { targets, .. } => *targets = resolved,
                End::Jump(target) => *target = resolved[0],
            }
        }
        if self.frame > REGISTERS_MAX {
            return Err(TooManyRegisters);
        }
        Ok(Allocated { blocks: self.blocks, frame: self.frame as u16 })
    }

    fn register(&self, value: Value) -> Register {
        match self.gone.iter().find(|(gone, _)| *gone == value) {
            Some((_, register)) => *register,
            None => {
                self.colouring.register[value].expect("every value that is read has a register")
            }
        }
    }

    fn emit_block(&mut self, block: Block) -> Vec<Pending> {
        let data = &self.func.blocks[block];
        self.layout[block] = self.blocks.len();
        let mut steps = Vec::new();
        for (at, inst) in data.insts.iter().enumerate() {
            if inst.result.is_some_and(|result| self.folding.has_no_step(result)) {
                continue;
            }
            self.go_early((block, at), &mut steps);
            let def = inst.result.map(|result| self.register(result));
            let second = self.folding.second_result(&data.insts, at);
            let second = second.map(|result| self.register(result));
            if is_call(inst.op) {
                let base = self.window((block, at));
                self.fill_window(&inst.args, base, &mut steps);
                let uses = (0..inst.args.len()).map(|at| base + at as Register).collect();
                let result = def.map(|_| base);
                steps.push(Step::Inst { at, uses, def: result, second, window: Some(base) });
                if let Some(def) = def.filter(|def| *def != base) {
                    steps.push(Step::Move(Move { to: def, from: base }));
                }
            } else {
                let skipped = immediate_operand(self.func, self.folding, inst);
                let mut temporaries = self.temporaries((block, at));
                let uses = self.operands(&inst.args, skipped, &mut temporaries, &mut steps);
                steps.push(Step::Inst { at, uses, def, second, window: None });
            }
        }
        let place = (block, data.insts.len());
        let (uses, window) = if is_call(data.term.op) {
            let base = self.window(place);
            self.fill_window(&data.term.args, base, &mut steps);
            let uses = (0..data.term.args.len()).map(|at| base + at as Register).collect();
            (uses, Some(base))
        } else {
            (self.terminator_operands(block, &mut steps), None)
        };
        let mut targets: Vec<Pending> =
            data.term.targets.iter().map(|target| Pending::Block(target.block)).collect();
        if data.term.op == Op::Jump {
            self.edge_steps(&data.term.targets[0], &mut steps);
        } else {
            let mut next = self.blocks.len() + 1;
            for (target, pending) in data.term.targets.iter().zip(&mut targets) {
                if self.needs_edge(target) {
                    *pending = Pending::Edge(next);
                    next += 1;
                }
            }
        }
        self.gone.clear();
        let live_in = self.live_in(block);
        let end = End::Terminator { uses, window, targets: Vec::new() };
        let source = Source::Block(block);
        self.blocks.push(AllocatedBlock { source, live_in, steps, end });
        targets
    }

    /// Blocks for the edges of a branch that carry moves, in the order of their targets.
    fn emit_edges(&mut self, block: Block, pending: &mut Vec<(usize, Vec<Pending>)>) {
        let term = &self.func.blocks[block].term;
        if term.op == Op::Jump {
            return;
        }
        for (number, target) in term.targets.iter().enumerate() {
            if !self.needs_edge(target) {
                continue;
            }
            let mut steps = Vec::new();
            let mut live_in = self.live_in_without_params(target.block);
            for value in &target.args {
                if !self.folding.is_loaded(*value) {
                    live_in.push((self.register(*value), *value));
                }
            }
            live_in.sort_unstable();
            live_in.dedup();
            self.edge_steps(target, &mut steps);
            pending.push((self.blocks.len(), vec![Pending::Block(target.block)]));
            self.blocks.push(AllocatedBlock {
                source: Source::Edge(block, number),
                live_in,
                steps,
                end: End::Jump(usize::MAX),
            });
        }
    }

    fn needs_edge(&self, target: &Target) -> bool {
        let params = &self.func.blocks[target.block].params;
        params.iter().zip(&target.args).any(|(param, arg)| {
            self.folding.is_loaded(*arg) || self.register(*param) != self.register(*arg)
        })
    }

    fn edge_steps(&mut self, target: &Target, steps: &mut Vec<Step>) {
        let params = &self.func.blocks[target.block].params;
        // What has gone early may be a parameter there as well, whose place is the usual one.
        let coloured = |value: &Value| {
            self.colouring.register[*value].expect("what is live at a start has a register")
        };
        let highest_kept = self.liveness.live_in[target.block].iter().map(coloured).max();
        let destinations: Registers = params.iter().map(coloured).collect();
        self.parallel(&target.args, &destinations, highest_kept, steps);
    }

    fn fill_window(&mut self, args: &[Value], base: Register, steps: &mut Vec<Step>) {
        let destinations: Registers = (0..args.len()).map(|at| base + at as Register).collect();
        self.parallel(args, &destinations, base.checked_sub(1), steps);
    }

    /// Moves values to destinations at once; constants are loaded afterwards. Registers up
    /// to the highest that is kept are left alone otherwise.
    fn parallel(
        &mut self,
        values: &[Value],
        destinations: &[Register],
        highest_kept: Option<Register>,
        steps: &mut Vec<Step>,
    ) {
        let mut moves = Vec::new();
        let mut loads = Vec::new();
        for (value, to) in values.iter().zip(destinations) {
            if self.folding.is_loaded(*value) {
                loads.push(Step::Load { to: *to, constant: *value });
            } else {
                moves.push(Move { to: *to, from: self.register(*value) });
            }
        }
        let highest = moves.iter().flat_map(|m| [m.to, m.from]);
        let highest =
            highest.chain(destinations.iter().copied()).chain(highest_kept).max().unwrap_or(0);
        let mut used_scratch = None;
        let sequence = sequence(&moves, || {
            let register = highest.saturating_add(1);
            used_scratch = Some(register);
            register
        });
        if let Some(register) = used_scratch {
            self.frame = self.frame.max(register as usize + 1);
        }
        steps.extend(sequence.into_iter().map(Step::Move));
        steps.extend(loads);
    }

    fn operands(
        &self,
        args: &[Value],
        skipped: Option<usize>,
        temporaries: &mut Registers,
        steps: &mut Vec<Step>,
    ) -> Registers {
        let mut uses = Registers::new();
        for (position, value) in args.iter().enumerate() {
            if Some(position) == skipped {
                uses.push(0);
            } else if self.folding.is_folded(*value) {
                let to = temporaries.pop().expect("a temporary was taken for every constant");
                steps.push(Step::Load { to, constant: *value });
                uses.push(to);
            } else {
                uses.push(self.register(*value));
            }
        }
        uses
    }

    fn terminator_operands(&mut self, block: Block, steps: &mut Vec<Step>) -> Registers {
        let data = &self.func.blocks[block];
        let mut temporaries = self.temporaries((block, data.insts.len()));
        let comparison =
            data.term.args.first().and_then(|value| self.folding.comparison(self.func, *value));
        match comparison {
            Some((block, at)) => {
                let inst = &self.func.blocks[block].insts[at];
                let skipped = immediate_operand(self.func, self.folding, inst);
                self.operands(&inst.args, skipped, &mut temporaries, steps)
            }
            None => self.operands(&data.term.args, None, &mut temporaries, steps),
        }
    }

    fn live_in_without_params(&self, block: Block) -> Vec<(Register, Value)> {
        let live = &self.liveness.live_in[block];
        live.iter().map(|value| (self.register(*value), *value)).collect()
    }

    fn live_in(&self, block: Block) -> Vec<(Register, Value)> {
        let mut live = self.live_in_without_params(block);
        let params = &self.func.blocks[block].params;
        live.extend(params.iter().map(|param| (self.register(*param), *param)));
        live.sort_unstable();
        live
    }

    fn window(&mut self, place: Place) -> Register {
        let (at, base) = self.colouring.windows[self.next_window];
        assert_eq!(at, place, "windows are placed and used in the same order");
        self.next_window += 1;
        base
    }

    fn go_early(&mut self, place: Place, steps: &mut Vec<Step>) {
        while let Some((at, early)) = self.colouring.early.get(self.next_early)
            && *at == place
        {
            self.next_early += 1;
            self.gone.push((early.value, early.step.to));
            steps.push(Step::Move(early.step));
        }
    }

    fn temporaries(&mut self, place: Place) -> Registers {
        match self.colouring.temporaries.get(self.next_temporaries) {
            Some((at, registers)) if *at == place => {
                self.next_temporaries += 1;
                registers.clone()
            }
            _ => Registers::new(),
        }
    }
}

/// A target that is not placed yet.
enum Pending {
    Block(Block),
    Edge(usize),
}
