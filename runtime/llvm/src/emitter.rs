//! A function as LLVM has it: what a translation tells becomes instructions of its form.
//!
//! A parameter of a block is a phi. Numbers are without promises: nothing that is computed is
//! undefined. What an operation says of a distance or a divisor holds here by instructions of its
//! own, where LLVM's does not.

use crate::functions::{Functions, TAIL};
use fvm_isa::FunctionId;
use fvm_native::emitter::{
    Access, Binary, Checked, Comparison, Conversion, DoubleComparison, Region, Type, Unary,
};
use fvm_native::{Callback, Shape};
use inkwell::basic_block::BasicBlock;
use inkwell::builder::{Builder, BuilderError};
use inkwell::intrinsics::Intrinsic;
use inkwell::types::BasicTypeEnum;
use inkwell::values::{
    BasicMetadataValueEnum, BasicValue, BasicValueEnum, CallSiteValue, FunctionValue,
    InstructionOpcode, InstructionValue, IntValue, LLVMTailCallKind, PhiValue, PointerValue,
    ValueKind,
};
use inkwell::{FloatPredicate, IntPredicate};

/// Writes a function.
pub(crate) struct Emitter<'g, 'c> {
    functions: &'g Functions<'c>,
    function: FunctionValue<'c>,
    /// Which parameter the context is.
    context: u32,
    current: BasicBlock<'c>,
    blocks: Vec<Block<'c>>,
    ways: Vec<Way<'c>>,
}

struct Block<'c> {
    place: BasicBlock<'c>,
    params: Vec<PhiValue<'c>>,
    is_cold: bool,
}

/// A way from the end of a block to another one.
#[derive(Clone, Copy)]
struct Way<'c> {
    from: BasicBlock<'c>,
    to: usize,
    /// Arguments that were passed.
    passed: usize,
}

/// What a builder gives. It refuses only what is in no block or of no fitting type, and both come
/// from us alone.
fn built<T>(result: Result<T, BuilderError>) -> T {
    result.expect("an instruction of fitting types, in a block")
}

impl<'g, 'c> Emitter<'g, 'c> {
    /// At the start of a function whose context is this parameter.
    pub fn new(functions: &'g Functions<'c>, function: FunctionValue<'c>, context: u32) -> Self {
        let current = functions.context.append_basic_block(function, "");
        functions.builder.position_at_end(current);
        let (blocks, ways) = (Vec::new(), Vec::new());
        Emitter { functions, function, context, current, blocks, ways }
    }

    fn builder(&self) -> &'g Builder<'c> {
        &self.functions.builder
    }

    fn way(&mut self, to: usize) -> usize {
        self.ways.push(Way { from: self.current, to, passed: 0 });
        self.ways.len() - 1
    }

    /// Calls a function of LLVM's own for these types.
    fn intrinsic(
        &self,
        name: &str,
        types: &[BasicTypeEnum<'c>],
        args: &[BasicValueEnum<'c>],
    ) -> BasicValueEnum<'c> {
        let intrinsic = Intrinsic::find(name).expect("a function of LLVM's");
        let declaration = intrinsic.get_declaration(&self.functions.module, types);
        let declaration = declaration.expect("types that the function has");
        let args: Vec<BasicMetadataValueEnum> = args.iter().map(|arg| (*arg).into()).collect();
        let call = built(self.builder().build_direct_call(declaration, &args, ""));
        value_of(call).expect("a function with a result")
    }

    /// The number `b` as long as `a`, so that it moves every bit of it less far than its width.
    fn distance(&self, a: BasicValueEnum<'c>, b: BasicValueEnum<'c>) -> BasicValueEnum<'c> {
        let (ty, b) = (a.into_int_value().get_type(), b.into_int_value());
        let b = match b.get_type().get_bit_width().cmp(&ty.get_bit_width()) {
            std::cmp::Ordering::Less => built(self.builder().build_int_z_extend(b, ty, "")),
            std::cmp::Ordering::Equal => b,
            std::cmp::Ordering::Greater => built(self.builder().build_int_truncate(b, ty, "")),
        };
        let mask = ty.const_int(u64::from(ty.get_bit_width()) - 1, false);
        built(self.builder().build_and(b, mask, "")).into()
    }

    fn operation(
        &self,
        opcode: InstructionOpcode,
        a: BasicValueEnum<'c>,
        b: BasicValueEnum<'c>,
    ) -> BasicValueEnum<'c> {
        built(self.builder().build_binop(opcode, a, b, ""))
    }

    /// By -1 the processor may fault.
    fn remainder(&self, a: BasicValueEnum<'c>, b: BasicValueEnum<'c>) -> BasicValueEnum<'c> {
        let (ty, b) = (b.into_int_value().get_type(), b.into_int_value());
        let minus_one = ty.const_all_ones();
        let is_minus_one =
            built(self.builder().build_int_compare(IntPredicate::EQ, b, minus_one, ""));
        let one = ty.const_int(1, false);
        let divisor = built(self.builder().build_select(is_minus_one, one, b, ""));
        self.operation(InstructionOpcode::SRem, a, divisor)
    }

    fn multiply_high(&self, a: BasicValueEnum<'c>, b: BasicValueEnum<'c>) -> BasicValueEnum<'c> {
        let [a, b] = [a, b].map(|half| self.widen(half.into_int_value()));
        let product = built(self.builder().build_int_mul(a, b, ""));
        self.high(product).into()
    }

    fn widen(&self, half: IntValue<'c>) -> IntValue<'c> {
        built(self.builder().build_int_z_extend(half, self.functions.context.i128_type(), ""))
    }

    fn high(&self, value: IntValue<'c>) -> IntValue<'c> {
        let distance = value.get_type().const_int(64, false);
        let high = built(self.builder().build_right_shift(value, distance, false, ""));
        built(self.builder().build_int_truncate(high, self.functions.context.i64_type(), ""))
    }

    /// The address so many bytes behind another one.
    fn place(&self, address: BasicValueEnum<'c>, at: i32) -> PointerValue<'c> {
        let base = match address {
            BasicValueEnum::PointerValue(base) => base,
            number => {
                let number = number.into_int_value();
                built(self.builder().build_int_to_ptr(number, self.functions.address(), ""))
            }
        };
        let byte = self.functions.context.i8_type();
        let at = self.functions.context.i64_type().const_int(i64::from(at) as u64, true);
        // SAFETY: an address is computed, without a promise where it lies.
        built(unsafe { self.builder().build_gep(byte, base, &[at], "") })
    }

    fn mark(&self, inst: InstructionValue<'c>, access: Access) {
        let kinds = &self.functions.kinds;
        let marked = inst.set_metadata(kinds.regions[access.region as usize], kinds.region);
        marked.expect("an instruction takes metadata");
        if !access.is_aligned {
            inst.set_alignment(1).expect("an access has an alignment");
        }
    }

    fn finish_call(&self, call: CallSiteValue<'c>, shape: &Shape) -> Vec<BasicValueEnum<'c>> {
        call.set_call_convention(TAIL);
        let result = value_of(call).expect("every function gives gas");
        match result {
            BasicValueEnum::StructValue(results) => (0..shape.results().count() as u32)
                .map(|part| built(self.builder().build_extract_value(results, part, "")))
                .collect(),
            gas => vec![gas],
        }
    }

    fn arguments(&self, args: &[BasicValueEnum<'c>]) -> Vec<BasicMetadataValueEnum<'c>> {
        let mut all = vec![self.function_context().into()];
        all.extend(args.iter().map(|arg| BasicMetadataValueEnum::from(*arg)));
        all
    }

    fn function_context(&self) -> BasicValueEnum<'c> {
        self.function.get_nth_param(self.context).expect("every function is given the context")
    }

    fn integer_of(&self, value: BasicValueEnum<'c>) -> IntValue<'c> {
        match value {
            BasicValueEnum::IntValue(value) => value,
            other => unreachable!("no integer: {other:?}"),
        }
    }
}

impl<'c> fvm_native::Emitter for Emitter<'_, 'c> {
    type Value = BasicValueEnum<'c>;
    type Block = usize;
    type Way = usize;

    fn params(&self) -> Vec<BasicValueEnum<'c>> {
        let mut params = self.function.get_params();
        params.remove(self.context as usize);
        params
    }

    fn context(&mut self) -> BasicValueEnum<'c> {
        self.function_context()
    }

    fn finish(self) {
        for block in &self.blocks {
            if block.place.get_terminator().is_some() {
                continue;
            }
            match block.place.get_first_use() {
                // SAFETY: nobody goes there, and it holds nothing that others use.
                None => drop(unsafe { block.place.delete() }),
                Some(_) => {
                    self.builder().position_at_end(block.place);
                    built(self.builder().build_unreachable());
                }
            }
        }
    }

    fn create_block(&mut self) -> usize {
        let place = self.functions.context.append_basic_block(self.function, "");
        self.blocks.push(Block { place, params: Vec::new(), is_cold: false });
        self.blocks.len() - 1
    }

    fn set_cold(&mut self, block: usize) {
        self.blocks[block].is_cold = true;
    }

    fn begin_block(&mut self, block: usize) {
        self.current = self.blocks[block].place;
        self.builder().position_at_end(self.current);
    }

    fn param(&mut self, block: usize, ty: Type) -> BasicValueEnum<'c> {
        self.builder().position_at_end(self.blocks[block].place);
        let param = built(self.builder().build_phi(self.functions.type_of(ty), ""));
        self.builder().position_at_end(self.current);
        self.blocks[block].params.push(param);
        param.as_basic_value()
    }

    fn block_params(&self, block: usize) -> Vec<BasicValueEnum<'c>> {
        self.blocks[block].params.iter().map(|param| param.as_basic_value()).collect()
    }

    fn pass(&mut self, way: usize, value: BasicValueEnum<'c>) {
        let Way { from, to, passed } = self.ways[way];
        self.blocks[to].params[passed].add_incoming(&[(&value, from)]);
        self.ways[way].passed += 1;
    }

    fn jump(&mut self, block: usize, args: &[BasicValueEnum<'c>]) -> usize {
        built(self.builder().build_unconditional_branch(self.blocks[block].place));
        let way = self.way(block);
        for value in args {
            self.pass(way, *value);
        }
        way
    }

    fn branch(&mut self, condition: BasicValueEnum<'c>, yes: usize, no: usize) -> [usize; 2] {
        let condition = self.integer_of(condition);
        let condition = match condition.get_type().get_bit_width() {
            1 => condition,
            _ => {
                let zero = condition.get_type().const_zero();
                built(self.builder().build_int_compare(IntPredicate::NE, condition, zero, ""))
            }
        };
        let (if_yes, if_no) = (&self.blocks[yes], &self.blocks[no]);
        let (place_yes, place_no) = (if_yes.place, if_no.place);
        let cold = [if_yes.is_cold, if_no.is_cold];
        let inst = built(self.builder().build_conditional_branch(condition, place_yes, place_no));
        if cold[0] != cold[1] {
            let kinds = &self.functions.kinds;
            let marked = inst.set_metadata(kinds.cold[usize::from(cold[1])], kinds.weights);
            marked.expect("an instruction takes metadata");
        }
        [self.way(yes), self.way(no)]
    }

    fn switch(&mut self, value: BasicValueEnum<'c>, cases: &[(i32, usize)], other: usize) {
        let value = self.integer_of(value);
        let ty = value.get_type();
        let cases: Vec<(IntValue, BasicBlock)> = (cases.iter())
            .map(|(case, block)| (ty.const_int(*case as u64, true), self.blocks[*block].place))
            .collect();
        built(self.builder().build_switch(value, self.blocks[other].place, &cases));
    }

    fn give(&mut self, values: &[BasicValueEnum<'c>]) {
        built(match values {
            [] => self.builder().build_return(None),
            [gas] => self.builder().build_return(Some(gas)),
            _ => self.builder().build_aggregate_return(values),
        });
    }

    fn number(&mut self, ty: Type, value: i64) -> BasicValueEnum<'c> {
        self.functions.integer(ty).const_int(value as u64, true).into()
    }

    fn double(&mut self, bits: u64) -> BasicValueEnum<'c> {
        // Of the bits, so that none of them is lost on the way.
        let bits = self.functions.context.i64_type().const_int(bits, false);
        let ty = self.functions.context.f64_type();
        built(self.builder().build_bit_cast(bits, ty, ""))
    }

    fn known_number(&self, value: BasicValueEnum<'c>) -> Option<i64> {
        match value {
            BasicValueEnum::IntValue(value) => value.get_sign_extended_constant(),
            _ => None,
        }
    }

    fn binary(
        &mut self,
        operation: Binary,
        a: BasicValueEnum<'c>,
        b: BasicValueEnum<'c>,
    ) -> BasicValueEnum<'c> {
        use InstructionOpcode as Op;
        match operation {
            Binary::Add => self.operation(Op::Add, a, b),
            Binary::Subtract => self.operation(Op::Sub, a, b),
            Binary::Multiply => self.operation(Op::Mul, a, b),
            Binary::MultiplyHigh => self.multiply_high(a, b),
            Binary::Divide => self.operation(Op::SDiv, a, b),
            Binary::Remainder => self.remainder(a, b),
            Binary::DivideUnsigned => self.operation(Op::UDiv, a, b),
            Binary::RemainderUnsigned => self.operation(Op::URem, a, b),
            Binary::And => self.operation(Op::And, a, b),
            Binary::Or => self.operation(Op::Or, a, b),
            Binary::Xor => self.operation(Op::Xor, a, b),
            Binary::ShiftLeft => self.operation(Op::Shl, a, self.distance(a, b)),
            Binary::ShiftRight => self.operation(Op::AShr, a, self.distance(a, b)),
            Binary::ShiftRightUnsigned => self.operation(Op::LShr, a, self.distance(a, b)),
            Binary::RotateRight => {
                self.intrinsic("llvm.fshr", &[a.get_type()], &[a, a, self.distance(a, b)])
            }
            Binary::AddDoubles => self.operation(Op::FAdd, a, b),
            Binary::SubtractDoubles => self.operation(Op::FSub, a, b),
            Binary::MultiplyDoubles => self.operation(Op::FMul, a, b),
            Binary::DivideDoubles => self.operation(Op::FDiv, a, b),
        }
    }

    fn binary_number(
        &mut self,
        operation: Binary,
        a: BasicValueEnum<'c>,
        b: i64,
    ) -> BasicValueEnum<'c> {
        let b = self.integer_of(a).get_type().const_int(b as u64, true);
        self.binary(operation, a, b.into())
    }

    fn checked(
        &mut self,
        operation: Checked,
        a: BasicValueEnum<'c>,
        b: BasicValueEnum<'c>,
    ) -> (BasicValueEnum<'c>, BasicValueEnum<'c>) {
        let name = match operation {
            Checked::Add => "llvm.sadd.with.overflow",
            Checked::AddUnsigned => "llvm.uadd.with.overflow",
            Checked::Subtract => "llvm.ssub.with.overflow",
            Checked::SubtractUnsigned => "llvm.usub.with.overflow",
        };
        let both = self.intrinsic(name, &[a.get_type()], &[a, b]).into_struct_value();
        let [value, overflow] =
            [0, 1].map(|part| built(self.builder().build_extract_value(both, part, "")));
        (value, overflow)
    }

    fn unary(&mut self, operation: Unary, a: BasicValueEnum<'c>) -> BasicValueEnum<'c> {
        match operation {
            Unary::Negate => built(self.builder().build_int_neg(a.into_int_value(), "")).into(),
            Unary::SwapBytes => self.intrinsic("llvm.bswap", &[a.get_type()], &[a]),
            Unary::NegateDouble => {
                built(self.builder().build_float_neg(a.into_float_value(), "")).into()
            }
            Unary::SquareRoot => self.intrinsic("llvm.sqrt", &[a.get_type()], &[a]),
        }
    }

    fn convert(
        &mut self,
        conversion: Conversion,
        ty: Type,
        a: BasicValueEnum<'c>,
    ) -> BasicValueEnum<'c> {
        use InstructionOpcode as Op;
        let to = self.functions.type_of(ty);
        let opcode = match conversion {
            Conversion::ExtendUnsigned => Op::ZExt,
            Conversion::Extend => Op::SExt,
            Conversion::Reduce => Op::Trunc,
            Conversion::Reinterpret => Op::BitCast,
            Conversion::IntegerToFloat => Op::SIToFP,
            Conversion::FloatToInteger => {
                return self.intrinsic("llvm.fptosi.sat", &[to, a.get_type()], &[a]);
            }
            Conversion::RoundFloat => Op::FPTrunc,
            Conversion::WidenFloat => Op::FPExt,
        };
        built(self.builder().build_cast(opcode, a, to, ""))
    }

    fn compare(
        &mut self,
        comparison: Comparison,
        a: BasicValueEnum<'c>,
        b: BasicValueEnum<'c>,
    ) -> BasicValueEnum<'c> {
        let predicate = match comparison {
            Comparison::Equal => IntPredicate::EQ,
            Comparison::NotEqual => IntPredicate::NE,
            Comparison::SignedLessThan => IntPredicate::SLT,
            Comparison::SignedLessThanOrEqual => IntPredicate::SLE,
            Comparison::SignedGreaterThan => IntPredicate::SGT,
            Comparison::SignedGreaterThanOrEqual => IntPredicate::SGE,
            Comparison::UnsignedLessThan => IntPredicate::ULT,
            Comparison::UnsignedLessThanOrEqual => IntPredicate::ULE,
            Comparison::UnsignedGreaterThan => IntPredicate::UGT,
            Comparison::UnsignedGreaterThanOrEqual => IntPredicate::UGE,
        };
        let (a, b) = (self.integer_of(a), self.integer_of(b));
        built(self.builder().build_int_compare(predicate, a, b, "")).into()
    }

    fn compare_number(
        &mut self,
        comparison: Comparison,
        a: BasicValueEnum<'c>,
        b: i64,
    ) -> BasicValueEnum<'c> {
        let b = self.integer_of(a).get_type().const_int(b as u64, true);
        self.compare(comparison, a, b.into())
    }

    fn compare_doubles(
        &mut self,
        comparison: DoubleComparison,
        a: BasicValueEnum<'c>,
        b: BasicValueEnum<'c>,
    ) -> BasicValueEnum<'c> {
        let predicate = match comparison {
            DoubleComparison::Equal => FloatPredicate::OEQ,
            DoubleComparison::NotEqual => FloatPredicate::UNE,
            DoubleComparison::LessThan => FloatPredicate::OLT,
            DoubleComparison::LessThanOrEqual => FloatPredicate::OLE,
            DoubleComparison::Unordered => FloatPredicate::UNO,
        };
        let (a, b) = (a.into_float_value(), b.into_float_value());
        built(self.builder().build_float_compare(predicate, a, b, "")).into()
    }

    fn select(
        &mut self,
        condition: BasicValueEnum<'c>,
        yes: BasicValueEnum<'c>,
        no: BasicValueEnum<'c>,
    ) -> BasicValueEnum<'c> {
        built(self.builder().build_select(self.integer_of(condition), yes, no, ""))
    }

    fn join(&mut self, low: BasicValueEnum<'c>, high: BasicValueEnum<'c>) -> BasicValueEnum<'c> {
        let [low, high] = [low, high].map(|half| self.widen(half.into_int_value()));
        let distance = high.get_type().const_int(64, false);
        let high = built(self.builder().build_left_shift(high, distance, ""));
        built(self.builder().build_or(low, high, "")).into()
    }

    fn split(&mut self, value: BasicValueEnum<'c>) -> (BasicValueEnum<'c>, BasicValueEnum<'c>) {
        let value = value.into_int_value();
        let ty = self.functions.context.i64_type();
        let low = built(self.builder().build_int_truncate(value, ty, ""));
        (low.into(), self.high(value).into())
    }

    fn load(
        &mut self,
        ty: Type,
        access: Access,
        address: BasicValueEnum<'c>,
        at: i32,
    ) -> BasicValueEnum<'c> {
        let place = self.place(address, at);
        let value = built(self.builder().build_load(self.functions.type_of(ty), place, ""));
        let inst = value.as_instruction_value().expect("a load is an instruction");
        self.mark(inst, access);
        // Headers are written where objects are made, and LLVM would read them before.
        if access.region == Region::Tables {
            let (node, kind) = self.functions.kinds.unchanging;
            inst.set_metadata(node, kind).expect("an instruction takes metadata");
        }
        value
    }

    fn store(
        &mut self,
        access: Access,
        value: BasicValueEnum<'c>,
        address: BasicValueEnum<'c>,
        at: i32,
    ) {
        let place = self.place(address, at);
        let inst = built(self.builder().build_store(place, value));
        self.mark(inst, access);
    }

    fn call(
        &mut self,
        function: FunctionId,
        shape: &Shape,
        args: &[BasicValueEnum<'c>],
    ) -> Vec<BasicValueEnum<'c>> {
        let callee = self.functions.functions[function.index()];
        let call = built(self.builder().build_direct_call(callee, &self.arguments(args), ""));
        self.finish_call(call, shape)
    }

    fn call_entry(
        &mut self,
        entry: BasicValueEnum<'c>,
        shape: &Shape,
        args: &[BasicValueEnum<'c>],
    ) -> Vec<BasicValueEnum<'c>> {
        let (ty, callee) = (self.functions.type_of_function(shape), self.place(entry, 0));
        let args = self.arguments(args);
        let call = built(self.builder().build_indirect_call(ty, callee, &args, ""));
        self.finish_call(call, shape)
    }

    fn tail_call(&mut self, function: FunctionId, _: &Shape, args: &[BasicValueEnum<'c>]) {
        let callee = self.functions.functions[function.index()];
        let call = built(self.builder().build_direct_call(callee, &self.arguments(args), ""));
        call.set_call_convention(TAIL);
        call.set_tail_call_kind(LLVMTailCallKind::LLVMTailCallKindMustTail);
        let result = value_of(call).expect("every function gives gas");
        built(self.builder().build_return(Some(&result)));
    }

    fn call_back(
        &mut self,
        callback: Callback,
        context: BasicValueEnum<'c>,
        address: BasicValueEnum<'c>,
        args: &[BasicValueEnum<'c>],
    ) -> Option<BasicValueEnum<'c>> {
        let mut all = vec![BasicMetadataValueEnum::from(context)];
        all.extend(args.iter().map(|arg| BasicMetadataValueEnum::from(*arg)));
        let (ty, callee) = (self.functions.type_of_callback(callback), self.place(address, 0));
        let call = built(self.builder().build_indirect_call(ty, callee, &all, ""));
        value_of(call)
    }
}

/// What a call gives.
fn value_of(call: CallSiteValue<'_>) -> Option<BasicValueEnum<'_>> {
    match call.try_as_basic_value() {
        ValueKind::Basic(value) => Some(value),
        ValueKind::Instruction(_) => None,
    }
}
