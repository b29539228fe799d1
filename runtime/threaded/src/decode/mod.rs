//! From verified instructions to words: handlers and operands, block by block in the order of the
//! module, in one pass and a second one over what points forward.

mod control;
mod form;
mod fuse;
mod inst;
mod live;
mod methods;
mod widths;

use crate::handlers::control as handlers;
use crate::program::Refusal;
use crate::word::{Handler, Word};
use control::Ways;
use form::Form;
use fvm_isa::{Block, BlockId, FunctionId, Inst, Reg};
use fvm_vm::VerifiedModule;
use fvm_vm::engine::Code;
use live::Registers;
use methods::Methods;
use widths::Widths;

/// A price that a copy of the code for one schedule holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Price {
    /// Of a block, by its number among all blocks.
    Block(u32),
    /// Of an object with so many units of 16 bytes.
    Granules(u32),
}

/// Where an instruction lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    /// Its first word.
    pub word: u32,
    /// The first of the verified instructions that it executes.
    pub pc: u32,
}

/// The code of a module without prices.
pub(crate) struct Decoded {
    pub words: Box<[Word]>,
    /// Instructions in ascending order; those that no verified instruction stands for are left out.
    pub places: Box<[Place]>,
    /// Words that are prices.
    pub prices: Box<[(u32, Price)]>,
    /// The first word of each function, behind its head.
    pub entries: Box<[u32]>,
    /// Behind the call of the first function.
    pub done: u32,
    /// Verified instructions.
    pub instructions: usize,
}

/// Decodes all functions of a module.
pub(crate) fn decode(module: &VerifiedModule) -> Result<Decoded, Refusal> {
    let mut decoder = Decoder::new(module);
    for number in 0..module.module().functions.len() {
        decoder.function(FunctionId(number as u16))?;
    }
    decoder.finish()
}

/// Which half of a word a distance goes into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Half {
    Low,
    High,
}

/// A distance that is not known yet: from an instruction to something, in a half of a word.
#[derive(Clone, Copy, Debug)]
struct Fixup<T> {
    from: u32,
    at: u32,
    half: Half,
    target: T,
}

/// An instruction whose handler exists in modes.
#[derive(Clone, Copy)]
struct Cell {
    form: &'static Form,
    operands: Word,
    extra: Extra,
}

/// What stands behind the operands.
#[derive(Clone, Copy, Debug)]
enum Extra {
    None,
    Word(u64),
    /// Both halves of a slot.
    Wide(u64, u64),
    /// The price of an object.
    Granules(u32),
    Ways(Ways),
    /// A block that is a branch alone, a number, and the ways of the branch.
    Through(BlockId, i32, Ways),
    /// A call: its window and function.
    Call(Reg, FunctionId),
}

struct Decoder<'m> {
    module: &'m VerifiedModule,
    code: Code<'m>,
    words: Vec<Word>,
    places: Vec<Place>,
    prices: Vec<(u32, Price)>,
    entries: Vec<u32>,
    calls: Vec<Fixup<FunctionId>>,
    methods: Methods,
    /// The function at work: its number, its first block among all blocks, where its blocks begin,
    /// and what points to them.
    function: FunctionId,
    first_block: u32,
    blocks: Vec<u32>,
    jumps: Vec<Fixup<BlockId>>,
    /// What is live at the start of each block.
    live_in: Vec<Registers>,
    /// Of the block at work, cells where there are any, and whether results are stored.
    cells: Vec<(Option<Cell>, bool)>,
    widths: Widths,
    /// The instruction at work.
    start: u32,
}

impl<'m> Decoder<'m> {
    fn new(module: &'m VerifiedModule) -> Decoder<'m> {
        let instructions = module.code().instructions().len();
        // A handler and its operands for most instructions.
        let mut words = Vec::with_capacity(2 * instructions);
        words.resize(crate::handlers::control::CALL_WORDS, Word { data: 0 });
        Decoder {
            module,
            code: module.code(),
            // The first call's record points behind a call of no window.
            words,
            places: Vec::with_capacity(instructions),
            prices: Vec::new(),
            entries: Vec::with_capacity(module.module().functions.len()),
            calls: Vec::new(),
            methods: Methods::default(),
            function: FunctionId(0),
            first_block: 0,
            blocks: Vec::new(),
            jumps: Vec::new(),
            live_in: Vec::new(),
            cells: Vec::new(),
            widths: Widths::default(),
            start: 0,
        }
    }

    fn function(&mut self, function: FunctionId) -> Result<(), Refusal> {
        if function.0 == 0 {
            self.begin(handlers::done);
        }
        let callee = &self.module.module().functions[function.index()];
        self.function = function;
        self.first_block = self.code.first_block(function) as u32;
        self.blocks.clear();
        self.jumps.clear();
        self.live_in.clear();
        self.live_in.extend(callee.blocks.iter().map(Registers::live_in));
        self.words.push(Word { data: u64::from(callee.registers) * 16 });
        self.price(Price::Block(self.first_block));
        self.entries.push(self.words.len() as u32);
        for (number, block) in callee.blocks.iter().enumerate() {
            self.blocks.push(self.words.len() as u32);
            let pc = self.code.pc(function, BlockId(number as u16));
            self.block(block, pc);
        }
        if self.words.len() > i32::MAX as usize / size_of::<Word>() {
            return Err(Refusal::TooLarge);
        }
        for fixup in std::mem::take(&mut self.jumps) {
            let target = self.blocks[fixup.target.index()];
            self.fix(fixup, target);
        }
        Ok(())
    }

    /// The instructions of a block, of which the first has this number.
    fn block(&mut self, block: &Block, pc: u32) {
        self.widths.enter(&block.live_in);
        self.cells.clear();
        for inst in &block.insts {
            let cell = self.cell(inst).or_else(|| self.end(inst));
            self.cells.push((cell, true));
            self.widths.after(inst, self.module);
        }
        self.find_stores(&block.insts);
        let (mut accumulated, mut at) = (None, 0);
        while let Some(inst) = block.insts.get(at) {
            let pc = pc + at as u32;
            self.places.push(Place { word: self.words.len() as u32, pc });
            let (cell, count) = match self.fused(&block.insts, at) {
                Some((cell, count)) => (Some(cell), count),
                None => (self.cells[at].0, 1),
            };
            let last = at + count - 1;
            accumulated = match cell {
                Some(cell) => self.put(cell, accumulated, self.cells[last].1),
                None => {
                    if !self.control(inst, pc) {
                        self.step(pc);
                    }
                    self.accumulated_after(inst)
                }
            };
            if matches!(cell, Some(Cell { extra: Extra::Call(..), .. })) {
                accumulated = self.accumulated_after(&block.insts[last]);
            }
            at += count;
        }
    }

    /// Finds results that the next instruction reads from the accumulator, and nobody else: they
    /// are not stored.
    fn find_stores(&mut self, insts: &[Inst]) {
        let mut live = Registers::default();
        if let Some(last) = insts.last() {
            for target in last.targets() {
                live.extend(&self.live_in[target.index()]);
            }
        }
        for at in (1..insts.len()).rev() {
            let inst = &insts[at];
            if let (Some(made), Some(reader)) = (self.cells[at - 1].0, self.cells[at].0)
                && made.form.has_result
            {
                let register = made.operands.as_halves()[0];
                let is_dead = live::result(inst).is_some_and(|dst| inst::register(dst) == register)
                    || !live.contains(Reg((register / 16) as u8));
                let is_read = reader.form.reads_once(reader.operands.as_halves(), register);
                self.cells[at - 1].1 = !(is_dead && is_read);
            }
            live.before(inst, self.module.module());
        }
    }

    /// Writes an instruction, and gives the register that the accumulator holds afterwards.
    fn put(&mut self, cell: Cell, accumulated: Option<u16>, is_stored: bool) -> Option<u16> {
        let halves = cell.operands.as_halves();
        let pair = cell.form.pair(halves, accumulated);
        self.begin(pair[usize::from(is_stored)]);
        self.words.push(cell.operands);
        match cell.extra {
            Extra::None => {}
            Extra::Word(data) => self.words.push(Word { data }),
            Extra::Wide(low, high) => {
                self.words.push(Word { data: low });
                self.words.push(Word { data: high });
            }
            Extra::Granules(granules) => self.price(Price::Granules(granules)),
            Extra::Ways(ways) => self.ways(ways),
            Extra::Through(block, number, ways) => {
                self.jump(Half::Low, block);
                self.words.push(Word::ints(0, number));
                self.block_price(block);
                self.ways(ways);
            }
            Extra::Call(base, function) => {
                // Distances count from the word before the call's operands.
                self.start += 1;
                self.call_operands(base, function);
            }
        }
        match cell.form.has_result {
            true => Some(halves[0]),
            // The first operand may be a wide result.
            false => accumulated.filter(|register| *register != halves[0]),
        }
    }

    /// The register that the accumulator holds after an instruction that is no cell.
    fn accumulated_after(&self, inst: &Inst) -> Option<u16> {
        let parts = self.module.module();
        let (base, result) = match inst {
            Inst::Call { base, function } => {
                (base, parts.functions.get(function.index()).and_then(|callee| callee.result))
            }
            Inst::CallVirtual { base, selector } => {
                (base, parts.selectors.get(selector.index()).and_then(|selector| selector.result))
            }
            _ => return None,
        };
        result.filter(|ty| !widths::is_wide(*ty)).map(|_| inst::register(*base))
    }

    /// Leaves the instruction to the reference engine.
    fn step(&mut self, pc: u32) {
        self.begin(handlers::step);
        self.words.push(Word::ints(pc as i32, 0));
    }

    fn finish(mut self) -> Result<Decoded, Refusal> {
        for fixup in std::mem::take(&mut self.calls) {
            let target = self.entries[fixup.target.index()];
            self.fix(fixup, target);
        }
        let methods = std::mem::take(&mut self.methods);
        methods.finish(&mut self);
        if self.words.len() > i32::MAX as usize / size_of::<Word>() {
            return Err(Refusal::TooLarge);
        }
        Ok(Decoded {
            words: self.words.into(),
            places: self.places.into(),
            prices: self.prices.into(),
            entries: self.entries.into(),
            done: handlers::CALL_WORDS as u32,
            instructions: self.code.instructions().len(),
        })
    }

    /// Begins an instruction.
    fn begin(&mut self, handler: Handler) {
        self.start = self.words.len() as u32;
        self.words.push(Word { handler });
    }

    /// A word of operands.
    fn halves(&mut self, halves: [u16; 4]) {
        self.words.push(Word::halves(halves));
    }

    /// A word that is a price.
    fn price(&mut self, price: Price) {
        self.prices.push((self.words.len() as u32, price));
        self.words.push(Word { data: u64::MAX });
    }

    /// The price of a block of this function.
    fn block_price(&mut self, block: BlockId) {
        self.price(Price::Block(self.first_block + block.index() as u32));
    }

    /// Has a half of the next word, which is not there yet, be the distance to a block.
    fn jump(&mut self, half: Half, target: BlockId) {
        let (from, at) = (self.start, self.words.len() as u32);
        self.jumps.push(Fixup { from, at, half, target });
    }

    /// Has the second half of the next word be the distance to a function.
    fn point_to_function(&mut self, target: FunctionId) {
        let (from, at) = (self.start, self.words.len() as u32);
        self.calls.push(Fixup { from, at, half: Half::High, target });
    }

    /// Writes a distance in bytes, which fits: the size of the code is checked.
    fn fix<T>(&mut self, fixup: Fixup<T>, target: u32) {
        let distance = (i64::from(target) - i64::from(fixup.from)) * size_of::<Word>() as i64;
        let word = &mut self.words[fixup.at as usize];
        match fixup.half {
            Half::Low => word.set_low(distance as i32),
            Half::High => word.set_high(distance as i32),
        }
    }
}
