//! What a verified module is turned into once, for all machines that run it: flat code, dispatch
//! tables, the hierarchy, and an arena image with the constants.

use crate::dispatch::Dispatch;
use crate::exec::storage::Forms;
use crate::heap::{Heap, NULL_OBJECT};
use crate::hierarchy::Hierarchy;
use crate::outcome::Location;
use crate::schedule::{Schedule, Sizes};
use crate::store::Store;
use crate::value::Slot;
use fvm_isa::{Constant, FunctionId, Inst, Module};
use std::sync::Arc;

/// Where a function starts and what its frame needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FunctionEntry {
    /// Its first block among all blocks.
    pub first_block: u32,
    /// Slots of its frame.
    pub registers: u32,
}

/// A block: where it starts and how many instructions it has.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BlockEntry {
    /// Index of the first instruction in the flat code.
    pub pc: u32,
    /// Instructions.
    pub length: u32,
    /// Moves among them.
    pub moves: u32,
}

/// A block with its price under one schedule, which is less than 2^32.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PricedBlock {
    pub price: u64,
    pub pc: u32,
    pub length: u32,
    pub moves: u32,
}

/// A module, ready to run.
#[derive(Debug)]
pub(crate) struct Image {
    pub code: Vec<Inst>,
    pub blocks: Vec<BlockEntry>,
    pub functions: Vec<FunctionEntry>,
    pub hierarchy: Arc<Hierarchy>,
    pub dispatch: Dispatch,
    /// Slots of an instance, by class.
    pub instance_slots: Vec<u32>,
    /// Names of classes.
    pub class_names: Vec<String>,
    /// References to the constants.
    pub constants: Vec<Slot>,
    /// The start of every arena.
    pub arena: Vec<u8>,
    pub globals: usize,
    /// The forms of storage fields.
    pub storage: Vec<Forms>,
}

impl Image {
    /// From a module that the verifier accepts, with its hierarchy.
    pub fn new(module: &Module, hierarchy: Arc<Hierarchy>) -> Image {
        let blocks = module.functions.iter().flat_map(|function| &function.blocks);
        let (count, instructions) =
            blocks.fold((0, 0), |(count, insts), block| (count + 1, insts + block.insts.len()));
        let mut image = Image {
            code: Vec::with_capacity(instructions),
            blocks: Vec::with_capacity(count),
            functions: Vec::with_capacity(module.functions.len()),
            hierarchy,
            dispatch: Dispatch::new(&module.classes, module.selectors.len()),
            instance_slots: Vec::with_capacity(module.classes.len()),
            class_names: module.classes.iter().map(|class| class.name.clone()).collect(),
            constants: Vec::new(),
            arena: Vec::new(),
            globals: module.globals.len(),
            storage: (module.storage.iter())
                .map(|field| Forms { key: field.key, value: field.value })
                .collect(),
        };
        for class in &module.classes {
            let inherited = class.superclass.map_or(0, |class| image.instance_slots[class.index()]);
            image.instance_slots.push(inherited + class.fields.len() as u32);
        }
        for function in &module.functions {
            image.functions.push(FunctionEntry {
                first_block: image.blocks.len() as u32,
                registers: function.registers.into(),
            });
            for block in &function.blocks {
                let is_move = |inst: &&Inst| matches!(inst, Inst::Move { .. });
                image.blocks.push(BlockEntry {
                    pc: image.code.len() as u32,
                    length: block.insts.len() as u32,
                    moves: block.insts.iter().filter(is_move).count() as u32,
                });
                image.code.extend_from_slice(&block.insts);
            }
        }
        image.place_constants(&module.constants);
        image
    }

    /// Puts the constants into an arena of their own, which costs no gas.
    fn place_constants(&mut self, constants: &[Constant]) {
        let mut store = Store {
            image: self,
            sizes: Sizes::default(),
            heap: Heap::new(&NULL_OBJECT, usize::MAX),
            globals: Vec::new(),
            gas: u64::MAX,
        };
        let slots: Vec<Slot> = constants
            .iter()
            .map(|constant| {
                let slot = match constant {
                    Constant::String(units) => store.new_text(units),
                    Constant::Bytes(bytes) => store.new_bytes(bytes),
                };
                slot.expect("an arena without limit takes the constants")
            })
            .collect();
        let arena = store.heap.into_image();
        self.constants = slots;
        self.arena = arena;
    }

    /// The blocks with their prices. The price of a block is kept in 32 bits; a block so expensive
    /// that it does not fit could not be paid for anyway.
    pub fn priced(&self, schedule: &Schedule) -> Vec<PricedBlock> {
        let price = |block: &BlockEntry| {
            let insts = &self.code[block.pc as usize..(block.pc + block.length) as usize];
            insts.iter().fold(0u32, |sum, inst| sum.saturating_add(schedule.price(inst.opcode())))
        };
        let priced = |block: &BlockEntry| {
            let BlockEntry { pc, length, moves } = *block;
            PricedBlock { price: price(block).into(), pc, length, moves }
        };
        self.blocks.iter().map(priced).collect()
    }

    /// The place of an instruction of the flat code.
    pub fn locate(&self, pc: u32) -> Location {
        let block = self.blocks.partition_point(|block| block.pc <= pc).saturating_sub(1);
        let after = self.functions.partition_point(|f| f.first_block as usize <= block);
        let function = after.saturating_sub(1);
        let first_block = self.functions.get(function).map_or(0, |f| f.first_block);
        Location {
            function: FunctionId(function as u16),
            block: (block as u32 - first_block) as u16,
            inst: pc - self.blocks.get(block).map_or(0, |block| block.pc),
        }
    }
}
