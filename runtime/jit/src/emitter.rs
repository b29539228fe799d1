//! Functions as Cranelift has them: what a translation tells becomes instructions of its form.
//!
//! The context is in the pinned register; functions of the module are called by their numbers,
//! which are put in place when all of them are there.

use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{
    self, AbiParam, AliasRegion, AliasRegionData, ExtFuncData, ExternalName, FuncRef, InstBuilder,
    InstructionData, MemFlagsData, SigRef, Signature, UserExternalName, UserFuncName, Value, types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Switch};
use fvm_isa::FunctionId;
use fvm_native::emitter::{
    Access, Binary, Checked, Comparison, Conversion, DoubleComparison, Region, Type, Unary,
};
use fvm_native::{Argument, Callback, Generator, Shape};
use std::collections::BTreeMap;

/// Writes into one function of Cranelift's, which is cleared before.
pub(crate) struct Functions<'a> {
    pub func: &'a mut ir::Function,
    pub builder: &'a mut FunctionBuilderContext,
    pub target: TargetFrontendConfig,
}

impl Functions<'_> {
    fn begin(&mut self, name: UserFuncName, signature: Signature) -> Emitter<'_> {
        self.func.clear();
        self.func.name = name;
        self.func.signature = signature;
        let regions = Region::ALL.map(|region| {
            let data =
                AliasRegionData { user_id: region as u32, description: region.name().into() };
            self.func.dfg.alias_regions.insert(data)
        });
        let mut builder = FunctionBuilder::new(self.func, self.builder);
        let entry = builder.create_block();
        builder.append_block_params_for_function_params(entry);
        builder.switch_to_block(entry);
        Emitter {
            builder,
            entry,
            regions,
            target: self.target,
            callbacks: [None; Callback::COUNT],
            references: BTreeMap::new(),
        }
    }
}

impl Generator for Functions<'_> {
    type Emitter<'g>
        = Emitter<'g>
    where
        Self: 'g;

    fn function(&mut self, id: FunctionId, shape: &Shape) -> Emitter<'_> {
        self.begin(UserFuncName::user(0, id.0.into()), signature(shape))
    }

    fn thunk(&mut self, _: &Shape) -> Emitter<'_> {
        let mut signature = Signature::new(CallConv::SystemV);
        signature.params.extend([AbiParam::new(types::I64); 2]);
        self.begin(UserFuncName::user(1, 0), signature)
    }
}

/// The signature of a function of the module.
fn signature(shape: &Shape) -> Signature {
    let mut signature = Signature::new(CallConv::Tail);
    signature.params.extend(shape.given().map(|ty| AbiParam::new(type_of(ty))));
    signature.returns.extend(shape.results().map(|ty| AbiParam::new(type_of(ty))));
    signature
}

fn type_of(ty: Type) -> ir::Type {
    match ty {
        Type::Bool | Type::I8 => types::I8,
        Type::I16 => types::I16,
        Type::I32 => types::I32,
        Type::I64 => types::I64,
        Type::I128 => types::I128,
        Type::F32 => types::F32,
        Type::F64 => types::F64,
    }
}

/// Writes a function.
pub(crate) struct Emitter<'a> {
    builder: FunctionBuilder<'a>,
    entry: ir::Block,
    regions: [AliasRegion; Region::ALL.len()],
    target: TargetFrontendConfig,
    callbacks: [Option<SigRef>; Callback::COUNT],
    /// Functions of the module that are called.
    references: BTreeMap<FunctionId, FuncRef>,
}

impl Emitter<'_> {
    fn flags(&self, access: Access) -> MemFlagsData {
        let flags = match access.is_aligned {
            true => MemFlagsData::trusted(),
            false => MemFlagsData::new().with_notrap(),
        };
        let flags = flags.with_alias_region(Some(self.regions[access.region as usize]));
        match access.is_unchanging {
            true => flags.with_readonly().with_can_move(),
            false => flags,
        }
    }

    fn results(&self, call: ir::Inst) -> Vec<Value> {
        self.builder.inst_results(call).to_vec()
    }

    fn reference_to(&mut self, function: FunctionId, shape: &Shape) -> FuncRef {
        if let Some(reference) = self.references.get(&function) {
            return *reference;
        }
        let signature = self.builder.import_signature(signature(shape));
        let name = UserExternalName { namespace: 0, index: function.0.into() };
        let name = self.builder.func.declare_imported_user_function(name);
        let reference = self.builder.import_function(ExtFuncData {
            name: ExternalName::User(name),
            signature,
            colocated: true,
            patchable: false,
        });
        self.references.insert(function, reference);
        reference
    }

    fn callback(&mut self, callback: Callback) -> SigRef {
        if let Some(signature) = self.callbacks[callback as usize] {
            return signature;
        }
        let mut signature = Signature::new(CallConv::SystemV);
        signature.params.push(AbiParam::new(types::I64));
        signature.params.extend(callback.arguments().iter().map(|argument| {
            AbiParam::new(match argument {
                Argument::Int => types::I32,
                Argument::Long => types::I64,
            })
        }));
        if callback.has_result() {
            signature.returns.push(AbiParam::new(types::I64));
        }
        let signature = self.builder.import_signature(signature);
        self.callbacks[callback as usize] = Some(signature);
        signature
    }
}

impl fvm_native::Emitter for Emitter<'_> {
    type Value = Value;
    type Block = ir::Block;
    /// The branch, and which of its destinations it is.
    type Way = (ir::Inst, usize);

    fn params(&self) -> Vec<Value> {
        self.builder.block_params(self.entry).to_vec()
    }

    fn context(&mut self) -> Value {
        self.builder.ins().get_pinned_reg(types::I64)
    }

    fn finish(mut self) {
        self.builder.seal_all_blocks();
        self.builder.finalize(self.target);
    }

    fn create_block(&mut self) -> ir::Block {
        self.builder.create_block()
    }

    fn set_cold(&mut self, block: ir::Block) {
        self.builder.set_cold_block(block);
    }

    fn begin_block(&mut self, block: ir::Block) {
        self.builder.switch_to_block(block);
    }

    fn param(&mut self, block: ir::Block, ty: Type) -> Value {
        self.builder.append_block_param(block, type_of(ty))
    }

    fn block_params(&self, block: ir::Block) -> Vec<Value> {
        self.builder.block_params(block).to_vec()
    }

    fn pass(&mut self, (inst, destination): (ir::Inst, usize), value: Value) {
        let dfg = &mut self.builder.func.dfg;
        let calls =
            dfg.insts[inst].branch_destination_mut(&mut dfg.jump_tables, &mut dfg.exception_tables);
        calls[destination].append_argument(value, &mut dfg.value_lists);
    }

    fn jump(&mut self, block: ir::Block, args: &[Value]) -> (ir::Inst, usize) {
        let args: Vec<ir::BlockArg> = args.iter().map(|value| (*value).into()).collect();
        (self.builder.ins().jump(block, &args), 0)
    }

    fn branch(&mut self, condition: Value, yes: ir::Block, no: ir::Block) -> [Self::Way; 2] {
        let inst = self.builder.ins().brif(condition, yes, &[], no, &[]);
        [(inst, 0), (inst, 1)]
    }

    fn switch(&mut self, value: Value, cases: &[(i32, ir::Block)], other: ir::Block) {
        let mut switch = Switch::new();
        for (case, block) in cases {
            switch.set_entry(u128::from(*case as u32), *block);
        }
        switch.emit(&mut self.builder, value, other);
    }

    fn give(&mut self, values: &[Value]) {
        self.builder.ins().return_(values);
    }

    fn number(&mut self, ty: Type, value: i64) -> Value {
        let value = match ty {
            Type::I32 => i64::from(value as u32),
            Type::I16 => i64::from(value as u16),
            Type::Bool | Type::I8 => i64::from(value as u8),
            _ => value,
        };
        self.builder.ins().iconst(type_of(ty), value)
    }

    fn double(&mut self, bits: u64) -> Value {
        self.builder.ins().f64const(f64::from_bits(bits))
    }

    fn known_number(&self, value: Value) -> Option<i64> {
        let dfg = &self.builder.func.dfg;
        let inst = dfg.value_def(dfg.resolve_aliases(value)).inst()?;
        match dfg.insts[inst] {
            InstructionData::UnaryImm { imm, .. } => match dfg.value_type(value) {
                types::I32 => Some(i64::from(imm.bits() as i32)),
                _ => Some(imm.bits()),
            },
            _ => None,
        }
    }

    fn binary(&mut self, operation: Binary, a: Value, b: Value) -> Value {
        let ins = self.builder.ins();
        match operation {
            Binary::Add => ins.iadd(a, b),
            Binary::Subtract => ins.isub(a, b),
            Binary::Multiply => ins.imul(a, b),
            Binary::MultiplyHigh => ins.umulhi(a, b),
            Binary::Divide => ins.sdiv(a, b),
            // By -1 it is 0 here too.
            Binary::Remainder => ins.srem(a, b),
            Binary::DivideUnsigned => ins.udiv(a, b),
            Binary::RemainderUnsigned => ins.urem(a, b),
            Binary::And => ins.band(a, b),
            Binary::Or => ins.bor(a, b),
            Binary::Xor => ins.bxor(a, b),
            Binary::ShiftLeft => ins.ishl(a, b),
            Binary::ShiftRight => ins.sshr(a, b),
            Binary::ShiftRightUnsigned => ins.ushr(a, b),
            Binary::RotateRight => ins.rotr(a, b),
            Binary::AddDoubles => ins.fadd(a, b),
            Binary::SubtractDoubles => ins.fsub(a, b),
            Binary::MultiplyDoubles => ins.fmul(a, b),
            Binary::DivideDoubles => ins.fdiv(a, b),
        }
    }

    fn binary_number(&mut self, operation: Binary, a: Value, b: i64) -> Value {
        let ins = self.builder.ins();
        match operation {
            Binary::ShiftLeft => ins.ishl_imm_u(a, b),
            Binary::ShiftRight => ins.sshr_imm_u(a, b),
            Binary::ShiftRightUnsigned => ins.ushr_imm_u(a, b),
            Binary::Add => ins.iadd_imm_s(a, b),
            Binary::Multiply => ins.imul_imm_s(a, b),
            Binary::And => ins.band_imm_s(a, b),
            _ => {
                let ty = self.builder.func.dfg.value_type(a);
                let b = self.builder.ins().iconst(ty, b);
                self.binary(operation, a, b)
            }
        }
    }

    fn checked(&mut self, operation: Checked, a: Value, b: Value) -> (Value, Value) {
        let ins = self.builder.ins();
        match operation {
            Checked::Add => ins.sadd_overflow(a, b),
            Checked::AddUnsigned => ins.uadd_overflow(a, b),
            Checked::Subtract => ins.ssub_overflow(a, b),
            Checked::SubtractUnsigned => ins.usub_overflow(a, b),
        }
    }

    fn unary(&mut self, operation: Unary, a: Value) -> Value {
        let ins = self.builder.ins();
        match operation {
            Unary::Negate => ins.ineg(a),
            Unary::SwapBytes => ins.bswap(a),
            Unary::NegateDouble => ins.fneg(a),
            Unary::SquareRoot => ins.sqrt(a),
        }
    }

    fn convert(&mut self, conversion: Conversion, ty: Type, a: Value) -> Value {
        let (ins, ty) = (self.builder.ins(), type_of(ty));
        match conversion {
            Conversion::ExtendUnsigned => ins.uextend(ty, a),
            Conversion::Extend => ins.sextend(ty, a),
            Conversion::Reduce => ins.ireduce(ty, a),
            Conversion::Reinterpret => ins.bitcast(ty, MemFlagsData::new(), a),
            Conversion::IntegerToFloat => ins.fcvt_from_sint(ty, a),
            Conversion::FloatToInteger => ins.fcvt_to_sint_sat(ty, a),
            Conversion::RoundFloat => ins.fdemote(ty, a),
            Conversion::WidenFloat => ins.fpromote(ty, a),
        }
    }

    fn compare(&mut self, comparison: Comparison, a: Value, b: Value) -> Value {
        self.builder.ins().icmp(condition(comparison), a, b)
    }

    fn compare_number(&mut self, comparison: Comparison, a: Value, b: i64) -> Value {
        self.builder.ins().icmp_imm_s(condition(comparison), a, b)
    }

    fn compare_doubles(&mut self, comparison: DoubleComparison, a: Value, b: Value) -> Value {
        let condition = match comparison {
            DoubleComparison::Equal => FloatCC::Equal,
            DoubleComparison::NotEqual => FloatCC::NotEqual,
            DoubleComparison::LessThan => FloatCC::LessThan,
            DoubleComparison::LessThanOrEqual => FloatCC::LessThanOrEqual,
            DoubleComparison::Unordered => FloatCC::Unordered,
        };
        self.builder.ins().fcmp(condition, a, b)
    }

    fn select(&mut self, condition: Value, yes: Value, no: Value) -> Value {
        self.builder.ins().select(condition, yes, no)
    }

    fn join(&mut self, low: Value, high: Value) -> Value {
        self.builder.ins().iconcat(low, high)
    }

    fn split(&mut self, value: Value) -> (Value, Value) {
        self.builder.ins().isplit(value)
    }

    fn load(&mut self, ty: Type, access: Access, address: Value, at: i32) -> Value {
        let flags = self.flags(access);
        self.builder.ins().load(type_of(ty), flags, address, at)
    }

    fn store(&mut self, access: Access, value: Value, address: Value, at: i32) {
        let flags = self.flags(access);
        self.builder.ins().store(flags, value, address, at);
    }

    fn call(&mut self, function: FunctionId, shape: &Shape, args: &[Value]) -> Vec<Value> {
        let reference = self.reference_to(function, shape);
        let call = self.builder.ins().call(reference, args);
        self.results(call)
    }

    fn call_entry(&mut self, entry: Value, shape: &Shape, args: &[Value]) -> Vec<Value> {
        let signature = self.builder.import_signature(signature(shape));
        let call = self.builder.ins().call_indirect(signature, entry, args);
        self.results(call)
    }

    fn tail_call(&mut self, function: FunctionId, shape: &Shape, args: &[Value]) {
        let reference = self.reference_to(function, shape);
        self.builder.ins().return_call(reference, args);
    }

    fn call_back(
        &mut self,
        callback: Callback,
        context: Value,
        address: Value,
        args: &[Value],
    ) -> Option<Value> {
        let signature = self.callback(callback);
        let mut all = vec![context];
        all.extend_from_slice(args);
        let call = self.builder.ins().call_indirect(signature, address, &all);
        self.results(call).first().copied()
    }
}

fn condition(comparison: Comparison) -> IntCC {
    match comparison {
        Comparison::Equal => IntCC::Equal,
        Comparison::NotEqual => IntCC::NotEqual,
        Comparison::SignedLessThan => IntCC::SignedLessThan,
        Comparison::SignedLessThanOrEqual => IntCC::SignedLessThanOrEqual,
        Comparison::SignedGreaterThan => IntCC::SignedGreaterThan,
        Comparison::SignedGreaterThanOrEqual => IntCC::SignedGreaterThanOrEqual,
        Comparison::UnsignedLessThan => IntCC::UnsignedLessThan,
        Comparison::UnsignedLessThanOrEqual => IntCC::UnsignedLessThanOrEqual,
        Comparison::UnsignedGreaterThan => IntCC::UnsignedGreaterThan,
        Comparison::UnsignedGreaterThanOrEqual => IntCC::UnsignedGreaterThanOrEqual,
    }
}
