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

use crate::fold::{Definition, Folding};
use crate::liveness::{LastUses, Liveness};
use crate::moves::{Move, Register};
use crate::place::Emission;
use crate::select::{immediate_operand, is_call};
use fscc_base::{IndexVec, Lists};
use fscc_ir::func::{Block, ENTRY, Func, Inst, Value};
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

/// A value that goes to the register of the block parameter that it will be, before the end of its
/// block, because another value is about to take its register.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Early {
    pub(crate) value: Value,
    pub(crate) step: Move,
}

/// How far wishes are followed from a value to another one that has no register yet.
const WISHES_DEPTH: u32 = 2;

/// How far ahead of the end of a block values go to their next place early.
const EARLY_MAX: usize = 32;

/// A place in the code: block and instruction index; the terminator has the index behind the last.
pub(crate) type Place = (Block, usize);

/// Registers for values, and what else is decided about them.
pub(crate) struct Colouring<'a> {
    func: &'a Func,
    folding: &'a Folding,
    liveness: &'a Liveness,
    last_uses: &'a IndexVec<Block, LastUses>,
    pub(crate) register: IndexVec<Value, Option<Register>>,
    wishes: IndexVec<Value, SmallVec<[Wish; 2]>>,
    /// Where windows start, in code order.
    pub(crate) windows: Vec<(Place, Register)>,
    /// Registers for the constants that an instruction needs loaded, in code order.
    pub(crate) temporaries: Vec<(Place, Registers)>,
    /// Values that go to their next place early, before an instruction, in code order.
    pub(crate) early: Vec<(Place, Early)>,
    pub(crate) frame: usize,
    /// The blocks that go back to a block, in order.
    ways_back: Lists<Block, Block>,
    /// What the loop at hand makes for its next round is to go there.
    reserved: Occupied,
    /// The last block of that loop.
    reserved_until: Block,
    /// Whether preferences are listened to.
    has_wishes: bool,
}

/// The edges that lead to a block from itself or from a later one.
fn ways_back(func: &Func) -> Lists<Block, Block> {
    let mut edges = Vec::new();
    for (block, data) in func.blocks.iter_enumerated() {
        let back = data.term.targets.iter().filter(|target| target.block <= block);
        edges.extend(back.map(|target| (target.block, block)));
    }
    Lists::from_pairs(func.blocks.len(), &edges)
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
    /// Both of them.
    fn and(&self, other: &Occupied) -> Occupied {
        let mut words = self.words;
        words.iter_mut().zip(other.words).for_each(|(word, other)| *word |= other);
        Occupied { words }
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
            early: Vec::new(),
            frame: 1,
            ways_back: ways_back(func),
            reserved: Occupied::new(),
            reserved_until: ENTRY,
            has_wishes: true,
        }
    }

    fn want_parameters(&mut self) {
        for data in &self.func.blocks {
            for target in &data.term.targets {
                let params = &self.func.blocks[target.block].params;
                let moved = params.iter().zip(&target.args);
                for (param, arg) in moved.filter(|(_, arg)| !self.folding.is_loaded(**arg)) {
                    self.wishes[*param].push(Wish::SameAs(*arg));
                    self.wishes[*arg].push(Wish::SameAs(*param));
                }
            }
        }
        for (block, data) in self.func.blocks.iter_enumerated() {
            for (at, inst) in data.insts.iter().enumerate().rev() {
                self.hand_on_wish(block, at, inst);
            }
        }
    }

    /// What is computed from an operand that ends there wants its register, so the operand wants
    /// what the result wants.
    fn hand_on_wish(&mut self, block: Block, at: usize, inst: &Inst) {
        let (Some(result), Some(operand)) = (inst.result, inst.args.first()) else { return };
        let Some(wish) = self.wishes[result].first().copied() else { return };
        let is_own = matches!(self.folding.definitions[*operand], Some(Definition::Inst(home, _)) if home == block);
        if is_own
            && !is_call(inst.op)
            && self.wishes[*operand].is_empty()
            && self.last_uses[block].at[at].contains(operand)
        {
            self.wishes[*operand].push(wish);
        }
    }

    fn want_windows(&mut self, windows: &[(Place, Register)]) {
        for ((block, at), base) in windows {
            let data = &self.func.blocks[*block];
            let args = data.insts.get(*at).map_or(&data.term.args, |inst| &inst.args);
            let moved = args.iter().enumerate().filter(|(_, arg)| !self.folding.is_loaded(**arg));
            for (position, arg) in moved {
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
            } else if let Some(register) = self.wished(*param, &occupied) {
                self.give(*param, register, &mut occupied);
            }
        }
        // The others come afterwards, so that they take no register that somebody wants.
        for param in &data.params {
            if self.register[*param].is_none() {
                self.colour(*param, &mut occupied)?;
            }
        }
        self.reserve(block);
        let dead_params = data.params.iter().filter(|param| last_uses.is_dead(**param));
        for param in dead_params {
            self.free(*param, &mut occupied);
        }
        for (at, inst) in data.insts.iter().enumerate() {
            if inst.result.is_some_and(|result| self.folding.has_no_step(result)) {
                continue;
            }
            if let Some(result) = inst.result.filter(|_| self.has_wishes) {
                self.make_room(block, at, result, &mut occupied);
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

    /// If a value wants the register of a parameter of the next block, but that is held by one that
    /// will be another parameter and is not used any more before: that one goes there now.
    fn make_room(&mut self, block: Block, at: usize, result: Value, occupied: &mut Occupied) {
        let data = &self.func.blocks[block];
        let later = &data.insts[at + 1..];
        let (Op::Jump, [target]) = (data.term.op, &data.term.targets[..]) else { return };
        let Some(Wish::SameAs(wanted)) = self.wishes[result].first().copied() else { return };
        let Some(register) = self.register[wanted] else { return };
        if !occupied.is_taken(register) || later.len() > EARLY_MAX {
            return;
        }
        let params = &self.func.blocks[target.block].params;
        let has_gone = |value: Value| {
            let gone = self.early.iter().rev().take_while(|(place, _)| place.0 == block);
            gone.into_iter().any(|(_, early)| early.value == value)
        };
        let holder = params.iter().zip(&target.args).find_map(|(param, arg)| {
            let to = self.register[*param].filter(|_| !self.folding.is_loaded(*arg))?;
            let is_free = to != register && !occupied.is_taken(to);
            (self.register[*arg] == Some(register) && is_free && !has_gone(*arg))
                .then_some(Early { value: *arg, step: Move { to, from: register } })
        });
        let Some(early) = holder else { return };
        let is_used = later.iter().any(|inst| inst.args.contains(&early.value))
            || self.liveness.live_in[target.block].contains(&early.value);
        if !is_used {
            occupied.free(register);
            occupied.take(early.step.to);
            self.early.push(((block, at), early));
        }
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
        let register = match self.wished(value, occupied) {
            Some(register) => register,
            None => {
                let other = occupied.and(&self.reserved).lowest_free();
                other.or_else(|_| occupied.lowest_free())?
            }
        };
        self.give(value, register, occupied);
        Ok(())
    }

    /// At the header of a loop, reserves the registers of its parameters that change until the end of
    /// the loop.
    fn reserve(&mut self, block: Block) {
        if block > self.reserved_until {
            self.reserved = Occupied::new();
        }
        let Some(last) = self.ways_back[block].last().filter(|_| self.has_wishes) else { return };
        self.reserved = Occupied::new();
        self.reserved_until = *last;
        let params = &self.func.blocks[block].params;
        let edges = self.ways_back[block].iter();
        let targets = edges.flat_map(|from| &self.func.blocks[*from].term.targets);
        for target in targets.filter(|target| target.block == block) {
            for (param, arg) in params.iter().zip(&target.args) {
                if let Some(register) = self.register[*param].filter(|_| param != arg) {
                    self.reserved.take(register);
                }
            }
        }
    }

    /// A register that the value would like and that is free.
    fn wished(&self, value: Value, occupied: &Occupied) -> Option<Register> {
        self.wished_by(value, occupied, WISHES_DEPTH)
    }

    /// The same; what a value wants that it wants to be with may count as well.
    fn wished_by(&self, value: Value, occupied: &Occupied, depth: u32) -> Option<Register> {
        let wishes = self.wishes[value].iter().filter(|_| self.has_wishes);
        wishes.into_iter().find_map(|wish| {
            let register = match wish {
                Wish::SameAs(other) => match self.register[*other] {
                    Some(register) => register,
                    None if depth > 1 => self.wished_by(*other, occupied, depth - 1)?,
                    None => return None,
                },
                Wish::Register(register) => *register,
            };
            let is_free = !occupied.is_taken(register);
            (is_free && (register as usize) < REGISTERS_MAX - 1).then_some(register)
        })
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
