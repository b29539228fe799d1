//! From verified instructions to words: handlers and operands, block by block in the order of the
//! module, in one pass and a second one over what points forward.

mod control;
mod inst;
mod methods;
mod widths;

use crate::handlers::control as handlers;
use crate::program::Refusal;
use crate::word::{Handler, Word};
use fvm_isa::{BlockId, FunctionId, Inst};
use fvm_vm::VerifiedModule;
use fvm_vm::engine::Code;
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
    widths: Widths,
    /// The instruction at work.
    start: u32,
}

impl<'m> Decoder<'m> {
    fn new(module: &'m VerifiedModule) -> Decoder<'m> {
        let instructions = module.code().instructions().len();
        Decoder {
            module,
            code: module.code(),
            // The first call's record points behind a call of no window.
            words: vec![Word { data: 0 }; crate::handlers::control::CALL_WORDS],
            places: Vec::with_capacity(instructions),
            prices: Vec::new(),
            entries: Vec::with_capacity(module.module().functions.len()),
            calls: Vec::new(),
            methods: Methods::default(),
            function: FunctionId(0),
            first_block: 0,
            blocks: Vec::new(),
            jumps: Vec::new(),
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
        self.words.push(Word { data: u64::from(callee.registers) * 16 });
        self.price(Price::Block(self.first_block));
        self.entries.push(self.words.len() as u32);
        for (number, block) in callee.blocks.iter().enumerate() {
            self.blocks.push(self.words.len() as u32);
            self.widths.enter(&block.live_in);
            let pc = self.code.pc(function, BlockId(number as u16));
            self.block(&block.insts, pc);
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
    fn block(&mut self, insts: &[Inst], mut pc: u32) {
        for inst in insts {
            self.places.push(Place { word: self.words.len() as u32, pc });
            self.inst(inst, pc);
            self.widths.after(inst, self.module);
            pc += 1;
        }
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
    fn to_function(&mut self, target: FunctionId) {
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
