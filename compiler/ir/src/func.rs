//! A function: blocks with parameters, uniform instructions, one terminator per block.
//!
//! Guarantees: block 0 is the entry, its parameters are the function's parameters, and nothing
//! jumps to it. A value is defined once: as a parameter of a block or as the result of an
//! instruction.

use crate::host::Row;
use crate::module::{FieldRef, FuncId, GlobalId, ImportId, SelectorId, StorageId};
use crate::ops::Op;
use crate::types::{ClassId, Type};
use fscc_base::{Idx, IndexVec, Span, define_index};
use smallvec::SmallVec;
use std::sync::Arc;

define_index! {
    /// A value of a function.
    pub struct Value = "v";
}
define_index! {
    /// A block of a function.
    pub struct Block = "bb";
}

/// The entry block of every function.
pub const ENTRY: Block = Block::from_u32(0);

/// Operands.
pub type Values = SmallVec<[Value; 4]>;

/// What an instruction carries besides its operands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Imm {
    /// Nothing.
    #[default]
    None,
    /// `const.i32`.
    I32(i32),
    /// `const.i64`.
    I64(i64),
    /// `const.f64`: the bits.
    F64(u64),
    /// `const.u128`.
    U128(u128),
    /// `const.i128`.
    I128(i128),
    /// `const.string`: UTF-16 units.
    String(Arc<[u16]>),
    /// `const.bytes`.
    Bytes(Arc<[u8]>),
    /// `const.null`: the type.
    Type(Type),
    /// `box unbox cast is new array.*`: the class.
    Class(ClassId),
    /// `field.get field.set`.
    Field(FieldRef),
    /// `global.get global.set`.
    Global(GlobalId),
    /// `storage.*`.
    Storage(StorageId),
    /// `call call.try tailcall`.
    Func(FuncId),
    /// `call.virtual`.
    Selector(SelectorId),
    /// `call.host`: the number in the host table.
    Host(u16),
    /// `call.import`.
    Import(ImportId),
    /// `switch`: the value of each case, ascending; targets are the cases, then the default.
    Cases(Arc<[i32]>),
    /// `trap`: the code, see `fvm-isa`.
    Trap(u16),
}

/// An instruction.
#[derive(PartialEq, Debug)]
pub struct Inst {
    /// Operation.
    pub op: Op,
    /// Immediate.
    pub imm: Imm,
    /// Operands, evaluated before.
    pub args: Values,
    /// The result, if the operation has one.
    pub result: Option<Value>,
    /// Where it comes from.
    pub span: Span,
}

impl Clone for Inst {
    fn clone(&self) -> Inst {
        let Inst { op, imm, args, result, span } = self;
        Inst { op: *op, imm: imm.clone(), args: copied(args), result: *result, span: *span }
    }
}

/// The same operands: a copy of the memory, where `clone` would go through them one by one.
pub(crate) fn copied(values: &Values) -> Values {
    Values::from_slice(values)
}

/// A place to go with the arguments for the block's parameters.
#[derive(PartialEq, Eq, Hash, Debug)]
pub struct Target {
    /// The block.
    pub block: Block,
    /// One argument per parameter.
    pub args: Values,
}

impl Target {
    /// The block without arguments.
    pub fn new(block: Block) -> Target {
        Target { block, args: Values::new() }
    }
    /// The block with arguments.
    pub fn with(block: Block, args: &[Value]) -> Target {
        Target { block, args: Values::from_slice(args) }
    }
}

impl Clone for Target {
    fn clone(&self) -> Target {
        Target { block: self.block, args: copied(&self.args) }
    }
}

impl From<Block> for Target {
    fn from(block: Block) -> Target {
        Target::new(block)
    }
}

/// The end of a block.
#[derive(PartialEq, Debug)]
pub struct Terminator {
    /// One of the operations that terminate.
    pub op: Op,
    /// Immediate.
    pub imm: Imm,
    /// Operands.
    pub args: Values,
    /// `jump`: one; `br`: then, else; `switch`: one per case, then the default; otherwise none.
    pub targets: SmallVec<[Target; 2]>,
    /// Where it comes from.
    pub span: Span,
}

impl Clone for Terminator {
    fn clone(&self) -> Terminator {
        let Terminator { op, imm, args, targets, span } = self;
        let (args, targets) = (copied(args), targets.clone());
        Terminator { op: *op, imm: imm.clone(), args, targets, span: *span }
    }
}

impl Terminator {
    /// A jump.
    pub fn jump(target: Target, span: Span) -> Terminator {
        let targets = SmallVec::from_iter([target]);
        Terminator { op: Op::Jump, imm: Imm::None, args: Values::new(), targets, span }
    }
    /// A terminator without targets.
    pub fn leave(op: Op, imm: Imm, args: &[Value], span: Span) -> Terminator {
        Terminator { op, imm, args: Values::from_slice(args), targets: SmallVec::new(), span }
    }
}

/// A block.
#[derive(Clone, PartialEq, Debug)]
pub struct BlockData {
    /// Parameters.
    pub params: Vec<Value>,
    /// Instructions in order.
    pub insts: Vec<Inst>,
    /// The end.
    pub term: Terminator,
}

/// A function.
#[derive(Clone, PartialEq, Debug)]
pub struct Func {
    /// Full name, for traces and people.
    pub name: String,
    /// Result type; none for `Unit`.
    pub result: Option<Type>,
    /// Effects of the function and of all that it calls, as `lower` declares them.
    pub row: Row,
    /// Blocks; the entry first.
    pub blocks: IndexVec<Block, BlockData>,
    /// The type of every value.
    pub values: IndexVec<Value, Type>,
    /// Where it is declared.
    pub span: Span,
}

impl Default for Func {
    /// A function without blocks: what stands in a module while a pass holds the real one.
    fn default() -> Self {
        Func {
            name: String::new(),
            result: None,
            row: Row::PURE,
            blocks: IndexVec::new(),
            values: IndexVec::new(),
            span: Span::synthetic(),
        }
    }
}

impl Func {
    /// The parameters.
    pub fn params(&self) -> &[Value] {
        self.blocks.get(ENTRY).map_or(&[], |block| &block.params)
    }
    /// The types of the parameters.
    pub fn param_types(&self) -> impl ExactSizeIterator<Item = Type> + '_ {
        self.params().iter().map(|value| self.values[*value])
    }
    /// A new value of a type; the caller makes its definition.
    pub fn new_value(&mut self, ty: Type) -> Value {
        self.values.push(ty)
    }
    /// The number of instructions and terminators.
    pub fn size(&self) -> usize {
        self.blocks.iter().map(|block| block.insts.len() + 1).sum()
    }
    /// The blocks that can be reached, in reverse postorder from the entry.
    pub fn reverse_postorder(&self) -> Vec<Block> {
        if self.blocks.len() <= 1 {
            return self.blocks.indices().collect();
        }
        let mut order = Vec::with_capacity(self.blocks.len());
        let mut seen = vec![false; self.blocks.len()];
        let mut stack = Vec::with_capacity(self.blocks.len() + 2);
        stack.push(Step::Enter(ENTRY));
        while let Some(step) = stack.pop() {
            let block = match step {
                Step::Enter(block) => block,
                Step::Leave(block) => {
                    order.push(block);
                    continue;
                }
            };
            if std::mem::replace(&mut seen[block.index()], true) {
                continue;
            }
            stack.push(Step::Leave(block));
            // The last target is entered first, so that the first target comes first in the
            // reversed order.
            for target in &self.blocks[block].term.targets {
                if !seen[target.block.index()] {
                    stack.push(Step::Enter(target.block));
                }
            }
        }
        order.reverse();
        order
    }
    /// Whether values are numbered in the order of their definitions, without gaps.
    fn has_ordered_values(&self) -> bool {
        let defined = self.blocks.iter().flat_map(|block| {
            let results = block.insts.iter().filter_map(|inst| inst.result);
            block.params.iter().copied().chain(results)
        });
        let mut next = 0;
        for value in defined {
            if value.index() != next {
                return false;
            }
            next += 1;
        }
        next == self.values.len()
    }
    /// Drops blocks that cannot be reached and values that are not defined, and numbers blocks in
    /// reverse postorder and values in the order of their definitions.
    pub fn compact(&mut self) {
        self.order_blocks();
        if self.has_ordered_values() {
            return;
        }
        let unknown = Value::from_u32(u32::MAX);
        let mut value_map: Vec<Value> = vec![unknown; self.values.len()];
        let mut values = IndexVec::with_capacity(self.values.len());
        let mut define = |value: &mut Value| {
            let new = values.push(self.values[*value]);
            value_map[value.index()] = new;
            *value = new;
        };
        for block in self.blocks.iter_mut() {
            block.params.iter_mut().for_each(&mut define);
            for inst in &mut block.insts {
                inst.result.iter_mut().for_each(&mut define);
            }
        }
        // A use without a definition is left unknown; the checker reports it.
        let rename = |value: &mut Value| *value = value_map[value.index()];
        for block in self.blocks.iter_mut() {
            for inst in &mut block.insts {
                inst.args.iter_mut().for_each(rename);
            }
            block.term.args.iter_mut().for_each(rename);
            for target in &mut block.term.targets {
                target.args.iter_mut().for_each(rename);
            }
        }
        self.values = values;
    }
    /// Drops blocks that cannot be reached and numbers the others in reverse postorder.
    pub(crate) fn order_blocks(&mut self) {
        if self.blocks.len() <= 1 {
            return;
        }
        let order = self.reverse_postorder();
        if order.len() != self.blocks.len() || !order.is_sorted() {
            self.reorder_blocks(&order);
        }
    }
    /// Puts the blocks into an order and drops the others, in place.
    fn reorder_blocks(&mut self, order: &[Block]) {
        // Where each block is to go, where each is now, and which one is at each place.
        let mut numbers: Vec<Option<Block>> = vec![None; self.blocks.len()];
        let mut places: Vec<Block> = self.blocks.indices().collect();
        let mut holds = places.clone();
        for (number, old) in order.iter().enumerate() {
            let new = Block::new(number);
            numbers[old.index()] = Some(new);
            let place = places[old.index()];
            if place == new {
                continue;
            }
            self.blocks.swap(new, place);
            let moved = holds[new.index()];
            holds[place.index()] = moved;
            places[moved.index()] = place;
        }
        self.blocks.truncate(order.len());
        for target in self.blocks.iter_mut().flat_map(|block| &mut block.term.targets) {
            if let Some(new) = numbers[target.block.index()] {
                target.block = new;
            }
        }
    }
}

/// A step of a walk in depth over the blocks.
#[derive(Clone, Copy)]
enum Step {
    Enter(Block),
    Leave(Block),
}

/// Moves a block out, leaving an empty one behind.
pub(crate) fn take_block(block: &mut BlockData) -> BlockData {
    let span = block.term.span;
    let empty = BlockData {
        params: Vec::new(),
        insts: Vec::new(),
        term: Terminator::leave(Op::Return, Imm::None, &[], span),
    };
    std::mem::replace(block, empty)
}
