//! Building a function: blocks, instructions, and mutable variables that turn into SSA values by
//! themselves, after Braun, Buchwald, Hack, Leißa, Mallon and Zwinkau, "Simple and Efficient
//! Construction of Static Single Assignment Form".
//!
//! How `lower` uses it: create blocks, [`FuncBuilder::switch_to`] one, emit, end it with a
//! terminator. After a terminator there is no current block; what is emitted then lands in a
//! block that cannot be reached and that [`FuncBuilder::finish`] drops, so the lowering of `throw`
//! or `return` in the middle of an expression needs no care. Variables are declared with a type,
//! written and read anywhere. [`FuncBuilder::seal`] says that a block gets no more predecessors:
//! it is never necessary, and saves work.
//!
//! Guarantees: the walk over predecessors is iterative; parameters that variables made are
//! minimal for reducible flow; the finished function is compact (see [`Func::compact`]).

use crate::func::{Block, BlockData, ENTRY, Func, Imm, Inst, Target, Terminator, Value, Values};
use crate::host::{HostInfo, Row};
use crate::module::{
    FieldRef, FuncId, GlobalId, ImportId, SelectorId, StorageForm, StorageId, element, unboxed,
};
use crate::ops::{Kind, Op};
use crate::types::{ClassId, Type, builtin};
use fscc_base::{FastMap, Idx, IndexVec, Span, define_index};
use smallvec::SmallVec;
use std::sync::Arc;

define_index! {
    /// A mutable variable of a function under construction.
    pub struct Variable = "var";
}

/// A block parameter that a variable made.
struct Merge {
    block: Block,
    value: Value,
    variable: Variable,
    /// What each predecessor brings; empty until the block is sealed.
    sources: Vec<(Block, Value)>,
}

#[derive(Default)]
struct BlockState {
    /// Blocks whose terminators name this one; a block stands here once per edge.
    predecessors: Vec<Block>,
    sealed: bool,
    /// Merges that wait for the sealing.
    waiting: Vec<usize>,
}

/// A function under construction.
pub struct FuncBuilder {
    func: Func,
    states: IndexVec<Block, BlockState>,
    current: Option<Block>,
    span: Span,
    variables: IndexVec<Variable, Type>,
    definitions: FastMap<(Variable, Block), Value>,
    merges: Vec<Merge>,
}

impl FuncBuilder {
    /// A function with these parameters; the entry block is current.
    pub fn new(
        name: impl Into<String>,
        params: &[Type],
        result: Option<Type>,
        span: Span,
    ) -> FuncBuilder {
        // Most functions have one block, and blocks are large.
        let blocks = IndexVec::with_capacity(1);
        let func = Func { name: name.into(), result, span, blocks, ..Func::default() };
        let mut builder = FuncBuilder {
            func,
            states: IndexVec::new(),
            current: None,
            span,
            variables: IndexVec::new(),
            definitions: FastMap::default(),
            merges: Vec::new(),
        };
        let entry = builder.create_block();
        for ty in params {
            builder.block_param(entry, *ty);
        }
        builder.seal(entry);
        builder.switch_to(entry);
        builder
    }

    /// Declares the effects.
    pub fn set_row(&mut self, row: Row) {
        self.func.row = row;
    }

    /// The `index`-th parameter.
    pub fn param(&self, index: usize) -> Value {
        self.func.blocks[ENTRY].params[index]
    }

    /// The type of a value.
    pub fn type_of(&self, value: Value) -> Type {
        self.func.values[value]
    }

    /// The result type of the function.
    pub fn result_type(&self) -> Option<Type> {
        self.func.result
    }

    /// Instructions from now on come from here.
    pub fn set_span(&mut self, span: Span) {
        self.span = span;
    }

    /// Where instructions come from at the moment.
    pub fn span(&self) -> Span {
        self.span
    }

    // ── blocks ──

    /// A new empty block.
    pub fn create_block(&mut self) -> Block {
        let term = Terminator::leave(Op::Return, Imm::None, &[], self.span);
        let block =
            self.func.blocks.push(BlockData { params: Vec::new(), insts: Vec::new(), term });
        let _: Block = self.states.push(BlockState::default());
        block
    }

    /// A new block with one parameter, for the value where several ways meet.
    pub fn create_join(&mut self, ty: Type) -> (Block, Value) {
        let block = self.create_block();
        let value = self.block_param(block, ty);
        (block, value)
    }

    /// Adds a parameter to a block; whoever jumps there gives an argument for it.
    pub fn block_param(&mut self, block: Block, ty: Type) -> Value {
        let value = self.func.new_value(ty);
        self.func.blocks[block].params.push(value);
        value
    }

    /// Emits into this block from now on.
    pub fn switch_to(&mut self, block: Block) {
        self.current = Some(block);
    }

    /// The block that is emitted into; none after a terminator.
    pub fn current(&self) -> Option<Block> {
        self.current
    }

    /// Whether there is a current block. (It may still turn out that nothing jumps to it.)
    pub fn is_open(&self) -> bool {
        self.current.is_some()
    }

    /// Promises that no more terminators will name this block.
    pub fn seal(&mut self, block: Block) {
        self.states[block].sealed = true;
        let waiting = std::mem::take(&mut self.states[block].waiting);
        self.fill(waiting);
    }

    fn open_block(&mut self) -> Block {
        match self.current {
            Some(block) => block,
            None => {
                let block = self.create_block();
                self.states[block].sealed = true;
                self.current = Some(block);
                block
            }
        }
    }

    // ── variables ──

    /// Declares a variable. Reading it where nothing was written gives zero or null.
    pub fn declare(&mut self, ty: Type) -> Variable {
        self.variables.push(ty)
    }

    /// The type of a variable.
    pub fn variable_type(&self, variable: Variable) -> Type {
        self.variables[variable]
    }

    /// Sets a variable.
    pub fn write_variable(&mut self, variable: Variable, value: Value) {
        let block = self.open_block();
        self.definitions.insert((variable, block), value);
    }

    /// The value of a variable here.
    pub fn read_variable(&mut self, variable: Variable) -> Value {
        let block = self.open_block();
        let mut pending = Vec::new();
        let value = self.value_at(variable, block, &mut pending);
        self.fill(pending);
        value
    }

    /// The value of a variable at the end of `block` as built so far. Merges whose sources are
    /// still to be found are added to `pending`.
    fn value_at(&mut self, variable: Variable, block: Block, pending: &mut Vec<usize>) -> Value {
        let mut passed = Vec::new();
        let mut at = block;
        let value = loop {
            if let Some(value) = self.definitions.get(&(variable, at)) {
                break *value;
            }
            passed.push(at);
            let state = &self.states[at];
            match (state.sealed, state.predecessors.as_slice()) {
                (true, []) => break self.zero_at_start(variable, at),
                (true, [only]) => at = *only,
                (sealed, _) => {
                    let value = self.func.new_value(self.variables[variable]);
                    let number = self.merges.len();
                    self.merges.push(Merge { block: at, value, variable, sources: Vec::new() });
                    match sealed {
                        true => pending.push(number),
                        false => self.states[at].waiting.push(number),
                    }
                    break value;
                }
            }
            if passed.len() > self.func.blocks.len() {
                // A cycle of blocks that nothing enters.
                break self.zero_at_start(variable, at);
            }
        };
        for block in passed {
            self.definitions.insert((variable, block), value);
        }
        value
    }

    fn fill(&mut self, mut pending: Vec<usize>) {
        while let Some(number) = pending.pop() {
            let (block, variable) = (self.merges[number].block, self.merges[number].variable);
            for at in 0..self.states[block].predecessors.len() {
                let predecessor = self.states[block].predecessors[at];
                let value = self.value_at(variable, predecessor, &mut pending);
                self.merges[number].sources.push((predecessor, value));
            }
        }
    }

    fn zero_at_start(&mut self, variable: Variable, block: Block) -> Value {
        let ty = self.variables[variable];
        let result = self.func.new_value(ty);
        let (op, imm) = zero(ty);
        let inst = Inst { op, imm, args: Values::new(), result: Some(result), span: self.span };
        self.func.blocks[block].insts.insert(0, inst);
        result
    }

    // ── instructions ──

    /// Emits an instruction with a result type that the caller knows.
    pub fn emit(
        &mut self,
        op: Op,
        imm: Imm,
        args: &[Value],
        result: Option<Type>,
    ) -> Option<Value> {
        let block = self.open_block();
        let result = result.map(|ty| self.func.new_value(ty));
        let args = Values::from_slice(args);
        self.func.blocks[block].insts.push(Inst { op, imm, args, result, span: self.span });
        result
    }

    /// Emits an instruction that has a result of this type.
    pub fn emit_value(&mut self, op: Op, imm: Imm, args: &[Value], ty: Type) -> Value {
        let block = self.open_block();
        let result = self.func.new_value(ty);
        let args = Values::from_slice(args);
        self.func.blocks[block].insts.push(Inst {
            op,
            imm,
            args,
            result: Some(result),
            span: self.span,
        });
        result
    }

    /// Emits an operation whose result type is in the table and which needs no immediate: all of
    /// arithmetic, strings and bytes.
    pub fn op(&mut self, op: Op, args: &[Value]) -> Option<Value> {
        self.emit(op, Imm::None, args, op.info().result.ty())
    }

    /// As [`Self::op`], for an operation that has a result.
    pub fn op_value(&mut self, op: Op, args: &[Value]) -> Value {
        let ty = op.info().result.ty().expect("the table gives this operation a result type");
        self.emit_value(op, Imm::None, args, ty)
    }

    /// A constant.
    pub fn const_i32(&mut self, value: i32) -> Value {
        self.emit_value(Op::ConstI32, Imm::I32(value), &[], Type::I32)
    }
    /// A Boolean constant.
    pub fn const_bool(&mut self, value: bool) -> Value {
        self.const_i32(i32::from(value))
    }
    /// A constant.
    pub fn const_i64(&mut self, value: i64) -> Value {
        self.emit_value(Op::ConstI64, Imm::I64(value), &[], Type::I64)
    }
    /// A constant, as bits.
    pub fn const_f64(&mut self, bits: u64) -> Value {
        self.emit_value(Op::ConstF64, Imm::F64(bits), &[], Type::F64)
    }
    /// A constant.
    pub fn const_u128(&mut self, value: u128) -> Value {
        self.emit_value(Op::ConstU128, Imm::U128(value), &[], Type::U128)
    }
    /// A constant.
    pub fn const_i128(&mut self, value: i128) -> Value {
        self.emit_value(Op::ConstI128, Imm::I128(value), &[], Type::I128)
    }
    /// A string constant.
    pub fn const_string(&mut self, text: &str) -> Value {
        self.const_units(&text.encode_utf16().collect::<Vec<u16>>())
    }
    /// A string constant of UTF-16 units.
    pub fn const_units(&mut self, units: &[u16]) -> Value {
        self.emit_value(
            Op::ConstString,
            Imm::String(Arc::from(units)),
            &[],
            Type::Ref(builtin::STRING),
        )
    }
    /// A constant.
    pub fn const_bytes(&mut self, bytes: &[u8]) -> Value {
        self.emit_value(
            Op::ConstBytes,
            Imm::Bytes(Arc::from(bytes)),
            &[],
            Type::Ref(builtin::BYTES),
        )
    }
    /// Null of a reference type.
    pub fn const_null(&mut self, ty: Type) -> Value {
        self.emit_value(Op::ConstNull, Imm::Type(ty), &[], ty)
    }
    /// The boxed unit value.
    pub fn const_unit(&mut self) -> Value {
        self.emit_value(Op::ConstUnit, Imm::None, &[], Type::Any)
    }
    /// Zero or null of a type.
    pub fn const_zero(&mut self, ty: Type) -> Value {
        let (op, imm) = zero(ty);
        self.emit_value(op, imm, &[], ty)
    }

    /// Boxes a scalar as a built-in class.
    pub fn box_scalar(&mut self, class: ClassId, value: Value) -> Value {
        self.emit_value(Op::Box, Imm::Class(class), &[value], Type::Any)
    }
    /// The scalar in a box of a built-in class; the value is an `any`.
    pub fn unbox(&mut self, class: ClassId, value: Value) -> Value {
        let ty = unboxed(class).expect("only boxes of scalars are unboxed");
        self.emit_value(Op::Unbox, Imm::Class(class), &[value], ty)
    }
    /// A checked cast to a class.
    pub fn cast(&mut self, class: ClassId, value: Value) -> Value {
        self.emit_value(Op::Cast, Imm::Class(class), &[value], Type::Ref(class))
    }
    /// A type test.
    pub fn is(&mut self, class: ClassId, value: Value) -> Value {
        self.emit_value(Op::Is, Imm::Class(class), &[value], Type::I32)
    }
    /// A new instance, fields zero.
    pub fn new_object(&mut self, class: ClassId) -> Value {
        self.emit_value(Op::New, Imm::Class(class), &[], Type::Ref(class))
    }
    /// Reads a field of a type.
    pub fn field_get(&mut self, field: FieldRef, ty: Type, object: Value) -> Value {
        self.emit_value(Op::FieldGet, Imm::Field(field), &[object], ty)
    }
    /// Sets a field.
    pub fn field_set(&mut self, field: FieldRef, object: Value, value: Value) {
        self.emit(Op::FieldSet, Imm::Field(field), &[object, value], None);
    }
    /// Reads a module-wide variable of a type.
    pub fn global_get(&mut self, global: GlobalId, ty: Type) -> Value {
        self.emit_value(Op::GlobalGet, Imm::Global(global), &[], ty)
    }
    /// Sets a module-wide variable.
    pub fn global_set(&mut self, global: GlobalId, value: Value) {
        self.emit(Op::GlobalSet, Imm::Global(global), &[value], None);
    }
    /// A new array of an array class.
    pub fn array_new(&mut self, class: ClassId, length: Value) -> Value {
        self.emit_value(Op::ArrayNew, Imm::Class(class), &[length], Type::Ref(class))
    }
    /// An element.
    pub fn array_get(&mut self, class: ClassId, array: Value, index: Value) -> Value {
        let ty = element(class).expect("only arrays have elements");
        self.emit_value(Op::ArrayGet, Imm::Class(class), &[array, index], ty)
    }
    /// Sets an element.
    pub fn array_set(&mut self, class: ClassId, array: Value, index: Value, value: Value) {
        self.emit(Op::ArraySet, Imm::Class(class), &[array, index, value], None);
    }
    /// The length of an array.
    pub fn array_length(&mut self, class: ClassId, array: Value) -> Value {
        self.emit_value(Op::ArrayLength, Imm::Class(class), &[array], Type::I32)
    }
    /// Copies elements: source, from, target, to, count.
    pub fn array_copy(&mut self, class: ClassId, args: [Value; 5]) {
        self.emit(Op::ArrayCopy, Imm::Class(class), &args, None);
    }
    /// A storage operation on a field whose values are of this form.
    pub fn storage(
        &mut self,
        op: Op,
        field: StorageId,
        form: StorageForm,
        args: &[Value],
    ) -> Option<Value> {
        let result = match op.info().result {
            Kind::stored => Some(form.ty()),
            kind => kind.ty(),
        };
        self.emit(op, Imm::Storage(field), args, result)
    }
    /// Calls a function.
    pub fn call(&mut self, func: FuncId, args: &[Value], result: Option<Type>) -> Option<Value> {
        self.emit(Op::Call, Imm::Func(func), args, result)
    }
    /// Calls a selector on the first argument.
    pub fn call_virtual(
        &mut self,
        selector: SelectorId,
        args: &[Value],
        result: Option<Type>,
    ) -> Option<Value> {
        self.emit(Op::CallVirtual, Imm::Selector(selector), args, result)
    }
    /// Calls a host function.
    pub fn call_host(&mut self, host: &HostInfo, args: &[Value]) -> Option<Value> {
        self.emit(Op::CallHost, Imm::Host(host.number), args, host.result.ty())
    }
    /// Calls a function of a library.
    pub fn call_import(
        &mut self,
        import: ImportId,
        args: &[Value],
        result: Option<Type>,
    ) -> Option<Value> {
        self.emit(Op::CallImport, Imm::Import(import), args, result)
    }
    /// Calls a function whose result is a reference or nothing, and catches: an `ArrayAny` of
    /// status (`box Int`), value, detail; see the operation table.
    pub fn call_try(&mut self, func: FuncId, args: &[Value]) -> Value {
        self.emit_value(Op::CallTry, Imm::Func(func), args, Type::Ref(builtin::ARRAY_ANY))
    }

    // ── terminators ──

    fn end(&mut self, term: Terminator) {
        let block = self.open_block();
        for target in &term.targets {
            self.states[target.block].predecessors.push(block);
        }
        self.func.blocks[block].term = term;
        self.current = None;
    }
    fn leave(&mut self, op: Op, imm: Imm, args: &[Value]) {
        let span = self.span;
        self.end(Terminator::leave(op, imm, args, span));
    }
    /// Goes to a block.
    pub fn jump(&mut self, block: Block, args: &[Value]) {
        let span = self.span;
        self.end(Terminator::jump(Target::with(block, args), span));
    }
    /// Goes to `then` if the Boolean is true, otherwise to `otherwise`.
    pub fn branch(
        &mut self,
        condition: Value,
        then: impl Into<Target>,
        otherwise: impl Into<Target>,
    ) {
        let targets = SmallVec::from_buf([then.into(), otherwise.into()]);
        let args = Values::from_slice(&[condition]);
        let span = self.span;
        self.end(Terminator { op: Op::Branch, imm: Imm::None, args, targets, span });
    }
    /// Goes to the case that equals an `i32`, or to the default. Of equal cases the first counts.
    pub fn switch(&mut self, value: Value, cases: Vec<(i32, Target)>, default: impl Into<Target>) {
        let mut cases = cases;
        cases.sort_by_key(|(case, _)| *case);
        cases.dedup_by_key(|(case, _)| *case);
        let numbers: Vec<i32> = cases.iter().map(|(case, _)| *case).collect();
        let mut targets: SmallVec<[Target; 2]> =
            cases.into_iter().map(|(_, target)| target).collect();
        targets.push(default.into());
        let args = Values::from_slice(&[value]);
        let span = self.span;
        self.end(Terminator {
            op: Op::Switch,
            imm: Imm::Cases(Arc::from(numbers)),
            args,
            targets,
            span,
        });
    }
    /// Returns.
    pub fn ret(&mut self, value: Option<Value>) {
        self.leave(Op::Return, Imm::None, value.as_slice());
    }
    /// Throws an object.
    pub fn throw(&mut self, object: Value) {
        self.leave(Op::Throw, Imm::None, &[object]);
    }
    /// Ends the message with an encoded problem.
    pub fn abort(&mut self, problem: Value) {
        self.leave(Op::Abort, Imm::None, &[problem]);
    }
    /// Traps with a code and a detail.
    pub fn trap(&mut self, code: u16, detail: Value) {
        self.leave(Op::Trap, Imm::Trap(code), &[detail]);
    }
    /// Returns what the call returns, reusing the frame.
    pub fn tail_call(&mut self, func: FuncId, args: &[Value]) {
        self.leave(Op::TailCall, Imm::Func(func), args);
    }

    // ── the end ──

    /// The finished function. A block that was never ended and can be reached returns (the
    /// function must have no result then).
    pub fn finish(mut self) -> Func {
        for block in self.states.indices() {
            if !self.states[block].sealed {
                self.seal(block);
            }
        }
        let reached = {
            let mut reached = vec![false; self.func.blocks.len()];
            for block in self.func.reverse_postorder() {
                reached[block.index()] = true;
            }
            reached
        };
        for merge in &mut self.merges {
            merge.sources.retain(|(block, _)| reached[block.index()]);
        }
        let replacement = self.trivial_merges();
        self.place_merges(&replacement);
        self.func.compact();
        self.func
    }

    /// What to use instead of each value: a merge of one value only is that value.
    fn trivial_merges(&self) -> Vec<Value> {
        let mut replacement: Vec<Value> = self.func.values.indices().collect();
        let mut merge_of: Vec<Option<usize>> = vec![None; self.func.values.len()];
        let mut users: Vec<Vec<usize>> = vec![Vec::new(); self.merges.len()];
        for (number, merge) in self.merges.iter().enumerate() {
            merge_of[merge.value.index()] = Some(number);
        }
        for (number, merge) in self.merges.iter().enumerate() {
            for (_, source) in &merge.sources {
                if let Some(used) = merge_of[source.index()] {
                    users[used].push(number);
                }
            }
        }
        let mut pending: Vec<usize> = (0..self.merges.len()).rev().collect();
        while let Some(number) = pending.pop() {
            let merge = &self.merges[number];
            if replacement[merge.value.index()] != merge.value {
                continue;
            }
            let mut only = None;
            let is_trivial = merge.sources.iter().all(|(_, source)| {
                let source = resolve(&mut replacement, *source);
                source == merge.value || *only.get_or_insert(source) == source
            });
            if let (true, Some(only)) = (is_trivial, only) {
                replacement[merge.value.index()] = only;
                pending.extend(&users[number]);
            }
        }
        for value in self.func.values.indices() {
            let target = resolve(&mut replacement, value);
            replacement[value.index()] = target;
        }
        replacement
    }

    /// Makes block parameters of the merges that are left, with arguments in the predecessors.
    fn place_merges(&mut self, replacement: &[Value]) {
        for merge in &self.merges {
            if replacement[merge.value.index()] != merge.value {
                continue;
            }
            self.func.blocks[merge.block].params.push(merge.value);
            let mut done: Option<Block> = None;
            for (predecessor, source) in &merge.sources {
                // Edges of one predecessor stand next to each other and bring the same value.
                if done.replace(*predecessor) == Some(*predecessor) {
                    continue;
                }
                for target in &mut self.func.blocks[*predecessor].term.targets {
                    if target.block == merge.block {
                        target.args.push(*source);
                    }
                }
            }
        }
        let rename = |value: &mut Value| *value = replacement[value.index()];
        for block in self.func.blocks.iter_mut() {
            for inst in &mut block.insts {
                inst.args.iter_mut().for_each(rename);
            }
            block.term.args.iter_mut().for_each(rename);
            for target in &mut block.term.targets {
                target.args.iter_mut().for_each(rename);
            }
        }
    }
}

/// Follows replacements to their end, shortening the way.
fn resolve(replacement: &mut [Value], value: Value) -> Value {
    let mut end = value;
    while replacement[end.index()] != end {
        end = replacement[end.index()];
    }
    let mut at = value;
    while at != end {
        at = std::mem::replace(&mut replacement[at.index()], end);
    }
    end
}

/// The constant zero or null of a type.
pub fn zero(ty: Type) -> (Op, Imm) {
    match ty {
        Type::I32 => (Op::ConstI32, Imm::I32(0)),
        Type::I64 => (Op::ConstI64, Imm::I64(0)),
        Type::F64 => (Op::ConstF64, Imm::F64(0)),
        Type::U128 => (Op::ConstU128, Imm::U128(0)),
        Type::I128 => (Op::ConstI128, Imm::I128(0)),
        Type::Any | Type::Ref(_) => (Op::ConstNull, Imm::Type(ty)),
    }
}

impl Kind {
    /// The type that this kind names; none for `none` and `special`. `object` is a reference to
    /// `Object`.
    pub fn ty(self) -> Option<Type> {
        Some(match self {
            Kind::none | Kind::key | Kind::stored | Kind::special => return None,
            Kind::bool | Kind::i32 => Type::I32,
            Kind::i64 => Type::I64,
            Kind::f64 => Type::F64,
            Kind::u128 => Type::U128,
            Kind::i128 => Type::I128,
            Kind::any => Type::Any,
            Kind::object => Type::Ref(builtin::OBJECT),
            Kind::string => Type::Ref(builtin::STRING),
            Kind::bytes => Type::Ref(builtin::BYTES),
            Kind::a_any => Type::Ref(builtin::ARRAY_ANY),
            Kind::a_bool => Type::Ref(builtin::ARRAY_BOOLEAN),
            Kind::a_byte => Type::Ref(builtin::ARRAY_BYTE),
            Kind::a_short => Type::Ref(builtin::ARRAY_SHORT),
            Kind::a_char => Type::Ref(builtin::ARRAY_CHAR),
            Kind::a_int => Type::Ref(builtin::ARRAY_INT),
            Kind::a_long => Type::Ref(builtin::ARRAY_LONG),
            Kind::a_double => Type::Ref(builtin::ARRAY_DOUBLE),
        })
    }
}
