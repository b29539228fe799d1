//! Register allocation on SSA: a greedy colouring in reverse postorder, which for SSA uses no more
//! registers than values are live at once, with preferences that make most moves vanish: a block
//! parameter and its arguments want the same register, and an argument of a call wants its place
//! in the call's window.
//!
//! A window starts right above the registers that live across the call, so arguments are moved at
//! most once and a callee's frame never overlaps a live value. Where windows start is known only
//! after colouring, so the colouring runs twice and the second run uses the first one's windows.
//! If preferences make the frame too large, it runs once more without them. What cannot fit even
//! then has been spilled before (see [`crate::spill`]).
//!
//! Sources: "Register allocation for programs in SSA form", Hack, Grund, Goos, 2006; windows as
//! in "The implementation of Lua 5.0", Ierusalimschy, de Figueiredo, Celes, 2005.

use crate::fold::Folding;
use crate::liveness::{LastUses, Liveness};
use crate::moves::{Move, Register, sequence};
use crate::select::{immediate_operand, is_call};
use fscc_base::IndexVec;
use fscc_ir::func::{Block, ENTRY, Func, Target, Value};
use fscc_ir::ops::Op;
use smallvec::SmallVec;

/// Registers of a frame.
pub const REGISTERS_MAX: usize = 256;

/// A short list of registers.
pub type Registers = SmallVec<[Register; 4]>;

/// A function with registers for its values.
#[derive(Debug)]
pub struct Allocated {
    /// Blocks in layout order; targets are indices into this list.
    pub blocks: Vec<AllocatedBlock>,
    /// Registers of the frame, windows included.
    pub frame: u16,
}

/// A block: of the function, or one that only holds the moves of an edge.
#[derive(Debug)]
pub struct AllocatedBlock {
    /// What it holds.
    pub source: Source,
    /// What is in registers at the start, by register.
    pub live_in: Vec<(Register, Value)>,
    /// What happens.
    pub steps: Vec<Step>,
    /// How it ends.
    pub end: End,
}

/// What an allocated block holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// A block of the function.
    Block(Block),
    /// The moves of an edge: the block that it leaves, and which of its targets it goes to.
    Edge(Block, usize),
}

/// A step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// Loads a folded constant.
    Load {
        /// Destination.
        to: Register,
        /// The constant.
        constant: Value,
    },
    /// Copies a register.
    Move(Move),
    /// The instruction at this index of the source block.
    Inst {
        /// The index.
        at: usize,
        /// A register per operand; what stands for an immediate operand means nothing.
        uses: Registers,
        /// The register of the result; for a call that of the window.
        def: Option<Register>,
        /// The register of a second result, which is written last.
        second: Option<Register>,
        /// The window of a call.
        window: Option<Register>,
    },
}

/// The end of a block.
#[derive(Debug)]
pub enum End {
    /// The terminator of the source block, with a register per operand (of the comparison, if one
    /// is folded into it) and the blocks that it may go to.
    Terminator {
        /// Registers of the operands.
        uses: Registers,
        /// The window of a tail call.
        window: Option<Register>,
        /// Indices of blocks.
        targets: Vec<usize>,
    },
    /// A jump at the end of an edge.
    Jump(usize),
}

/// More values live at once than a frame has registers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooManyRegisters;

/// Allocates registers for a function whose blocks are numbered in reverse postorder.
pub fn allocate(
    func: &Func,
    folding: &Folding,
    liveness: &Liveness,
) -> Result<Allocated, TooManyRegisters> {
    let last_uses = LastUses::of(func, folding, liveness);
    let mut colouring = Colouring::new(func, folding, liveness, &last_uses);
    colouring.want_parameters();
    if colouring.run().is_err() {
        // Preferences cost registers. Without them a frame is as small as it can be.
        colouring = Colouring::new(func, folding, liveness, &last_uses);
        colouring.has_wishes = false;
        colouring.run()?;
        return Emission::new(func, folding, liveness, &colouring).run();
    }
    let windows = std::mem::take(&mut colouring.windows);
    let first_frame = colouring.frame;
    let mut second = Colouring::new(func, folding, liveness, &last_uses);
    second.want_parameters();
    second.want_windows(&windows);
    // Preferences can push windows up: keep the second run only if it does not cost registers.
    let is_better = second.run().is_ok() && second.frame <= first_frame + first_frame / 8 + 1;
    if is_better {
        colouring = second;
    } else {
        colouring.windows = windows;
    }
    Emission::new(func, folding, liveness, &colouring).run()
}

/// What a value would like.
#[derive(Clone, Copy, Debug)]
enum Wish {
    SameAs(Value),
    Register(Register),
}

/// A place in the code: block and instruction index; the terminator has the index behind the last.
type Place = (Block, usize);

struct Colouring<'a> {
    func: &'a Func,
    folding: &'a Folding,
    liveness: &'a Liveness,
    last_uses: &'a IndexVec<Block, LastUses>,
    register: IndexVec<Value, Option<Register>>,
    wishes: IndexVec<Value, SmallVec<[Wish; 2]>>,
    /// Where windows start, in code order.
    windows: Vec<(Place, Register)>,
    /// Registers for the constants that an instruction needs loaded, in code order.
    temporaries: Vec<(Place, Registers)>,
    frame: usize,
    /// Whether preferences are listened to.
    has_wishes: bool,
}

/// Which registers hold live values.
struct Occupied {
    /// A bit for each register.
    words: [u64; REGISTERS_MAX / 64],
}

impl Occupied {
    fn new() -> Self {
        Self { words: [0; REGISTERS_MAX / 64] }
    }
    fn take(&mut self, register: Register) {
        self.words[usize::from(register) / 64] |= 1 << (register % 64);
    }
    fn free(&mut self, register: Register) {
        self.words[usize::from(register) / 64] &= !(1 << (register % 64));
    }
    fn is_taken(&self, register: Register) -> bool {
        self.words[usize::from(register) / 64] >> (register % 64) & 1 == 1
    }
    fn lowest_free(&self) -> Result<Register, TooManyRegisters> {
        let word = self.words.iter().position(|word| *word != u64::MAX).ok_or(TooManyRegisters)?;
        let at = word * 64 + self.words[word].trailing_ones() as usize;
        // The last register stays free, as scratch for the cycles of parallel moves.
        if at < REGISTERS_MAX - 1 { Ok(at as Register) } else { Err(TooManyRegisters) }
    }
    fn above(&self) -> usize {
        let top = self.words.iter().rposition(|word| *word != 0);
        top.map_or(0, |word| (word + 1) * 64 - self.words[word].leading_zeros() as usize)
    }
}

impl<'a> Colouring<'a> {
    fn new(
        func: &'a Func,
        folding: &'a Folding,
        liveness: &'a Liveness,
        last_uses: &'a IndexVec<Block, LastUses>,
    ) -> Self {
        Self {
            func,
            folding,
            liveness,
            last_uses,
            register: IndexVec::from_elem(None, func.values.len()),
            wishes: func.values.iter().map(|_| SmallVec::new()).collect(),
            windows: Vec::new(),
            temporaries: Vec::new(),
            frame: 1,
            has_wishes: true,
        }
    }

    fn want_parameters(&mut self) {
        for data in &self.func.blocks {
            for target in &data.term.targets {
                let params = &self.func.blocks[target.block].params;
                for (param, arg) in params.iter().zip(&target.args) {
                    self.wishes[*param].push(Wish::SameAs(*arg));
                    self.wishes[*arg].push(Wish::SameAs(*param));
                }
            }
        }
    }

    fn want_windows(&mut self, windows: &[(Place, Register)]) {
        for ((block, at), base) in windows {
            let data = &self.func.blocks[*block];
            let args = data.insts.get(*at).map_or(&data.term.args, |inst| &inst.args);
            for (position, arg) in args.iter().enumerate() {
                let register = *base as usize + position;
                if let Ok(register) = Register::try_from(register) {
                    self.wishes[*arg].insert(0, Wish::Register(register));
                }
            }
        }
    }

    fn run(&mut self) -> Result<(), TooManyRegisters> {
        for block in self.func.blocks.indices() {
            self.colour_block(block)?;
        }
        Ok(())
    }

    fn colour_block(&mut self, block: Block) -> Result<(), TooManyRegisters> {
        let data = &self.func.blocks[block];
        let last_uses = &self.last_uses[block];
        let mut occupied = Occupied::new();
        for value in &self.liveness.live_in[block] {
            let register = self.register[*value].expect("definitions come before uses");
            occupied.take(register);
        }
        for (position, param) in data.params.iter().enumerate() {
            if block == ENTRY {
                let register = Register::try_from(position).map_err(|_| TooManyRegisters)?;
                self.give(*param, register, &mut occupied);
            } else {
                self.colour(*param, &mut occupied)?;
            }
        }
        let dead_params = data.params.iter().filter(|param| last_uses.is_dead(**param));
        for param in dead_params {
            self.free(*param, &mut occupied);
        }
        for (at, inst) in data.insts.iter().enumerate() {
            if inst.result.is_some_and(|result| self.folding.has_no_step(result)) {
                continue;
            }
            if !is_call(inst.op) {
                let skipped = immediate_operand(self.func, self.folding, inst);
                let constants = inst.args.iter().enumerate().filter(|(position, value)| {
                    Some(*position) != skipped && self.folding.is_folded(**value)
                });
                self.take_temporaries((block, at), constants.count(), &mut occupied)?;
            }
            for value in &last_uses.at[at] {
                self.free(*value, &mut occupied);
            }
            if is_call(inst.op) {
                let base = self.place_window((block, at), inst.args.len(), &occupied)?;
                if let Some(result) = inst.result {
                    self.wishes[result].insert(0, Wish::Register(base));
                }
            }
            let second = self.folding.second_result(&data.insts, at);
            for result in inst.result.into_iter().chain(second) {
                self.colour(result, &mut occupied)?;
                if last_uses.is_dead(result) {
                    self.free(result, &mut occupied);
                }
            }
        }
        self.colour_end(block, &mut occupied)
    }

    fn colour_end(
        &mut self,
        block: Block,
        occupied: &mut Occupied,
    ) -> Result<(), TooManyRegisters> {
        let data = &self.func.blocks[block];
        let place = (block, data.insts.len());
        if is_call(data.term.op) {
            // A tail call's arguments leave the frame: nothing else is live.
            self.place_window(place, data.term.args.len(), occupied)?;
            return Ok(());
        }
        let constants =
            data.term.args.iter().map(|value| match self.folding.comparison(self.func, *value) {
                None => usize::from(self.folding.is_folded(*value)),
                Some((block, at)) => {
                    let inst = &self.func.blocks[block].insts[at];
                    let skipped = immediate_operand(self.func, self.folding, inst);
                    let folded = |value: &Value| self.folding.is_folded(*value);
                    inst.args
                        .iter()
                        .enumerate()
                        .filter(|(at, value)| Some(*at) != skipped && folded(value))
                        .count()
                }
            });
        let count = constants.sum();
        self.take_temporaries(place, count, occupied)
    }

    /// Registers for constants that one instruction needs loaded.
    fn take_temporaries(
        &mut self,
        place: Place,
        count: usize,
        occupied: &mut Occupied,
    ) -> Result<(), TooManyRegisters> {
        if count == 0 {
            return Ok(());
        }
        let mut registers = Registers::new();
        for _ in 0..count {
            let register = occupied.lowest_free()?;
            occupied.take(register);
            self.frame = self.frame.max(register as usize + 1);
            registers.push(register);
        }
        for register in &registers {
            occupied.free(*register);
        }
        self.temporaries.push((place, registers));
        Ok(())
    }

    fn place_window(
        &mut self,
        place: Place,
        args: usize,
        occupied: &Occupied,
    ) -> Result<Register, TooManyRegisters> {
        let base = occupied.above();
        let end = base + args.max(1);
        // One more for the cycles of parallel moves.
        if end >= REGISTERS_MAX {
            return Err(TooManyRegisters);
        }
        self.frame = self.frame.max(end);
        self.windows.push((place, base as Register));
        Ok(base as Register)
    }

    fn colour(&mut self, value: Value, occupied: &mut Occupied) -> Result<(), TooManyRegisters> {
        let wishes = self.wishes[value].iter().filter(|_| self.has_wishes);
        let wish = wishes.into_iter().find_map(|wish| {
            let register = match wish {
                Wish::SameAs(other) => self.register[*other]?,
                Wish::Register(register) => *register,
            };
            let is_free = !occupied.is_taken(register);
            (is_free && (register as usize) < REGISTERS_MAX - 1).then_some(register)
        });
        let register = match wish {
            Some(register) => register,
            None => occupied.lowest_free()?,
        };
        self.give(value, register, occupied);
        Ok(())
    }

    fn give(&mut self, value: Value, register: Register, occupied: &mut Occupied) {
        self.register[value] = Some(register);
        occupied.take(register);
        self.frame = self.frame.max(register as usize + 1);
    }

    fn free(&self, value: Value, occupied: &mut Occupied) {
        let register = self.register[value].expect("a freed value has a register");
        occupied.free(register);
    }
}

/// Writes the blocks with their moves once every value has its register.
struct Emission<'a> {
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
}

impl<'a> Emission<'a> {
    fn new(
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
        }
    }

    fn run(mut self) -> Result<Allocated, TooManyRegisters> {
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
        self.colouring.register[value].expect("every value that is read has a register")
    }

    fn emit_block(&mut self, block: Block) -> Vec<Pending> {
        let data = &self.func.blocks[block];
        self.layout[block] = self.blocks.len();
        let mut steps = Vec::new();
        for (at, inst) in data.insts.iter().enumerate() {
            if inst.result.is_some_and(|result| self.folding.has_no_step(result)) {
                continue;
            }
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
                if !self.folding.is_folded(*value) {
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
            self.folding.is_folded(*arg) || self.register(*param) != self.register(*arg)
        })
    }

    fn edge_steps(&mut self, target: &Target, steps: &mut Vec<Step>) {
        let params = &self.func.blocks[target.block].params;
        let live = self.liveness.live_in[target.block].iter();
        let highest_kept = live.map(|value| self.register(*value)).max();
        let destinations: Registers = params.iter().map(|param| self.register(*param)).collect();
        self.parallel(&target.args, &destinations, highest_kept, steps);
    }

    fn fill_window(&mut self, args: &[Value], base: Register, steps: &mut Vec<Step>) {
        let destinations: Registers = (0..args.len()).map(|at| base + at as Register).collect();
        self.parallel(args, &destinations, base.checked_sub(1), steps);
    }

    /// Moves values to destinations at once; folded constants are loaded afterwards. Registers up
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
            if self.folding.is_folded(*value) {
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
