//! One function: its blocks, its gas, and the ways in which it ends without a value.
//!
//! Every block of the FVM is a block of Cranelift's whose parameters are gas and the registers that
//! its header says are live (rule V10), so nothing has to be found out about control flow. Checks
//! split blocks further; what is known before a check holds behind it.

use super::Refusal;
use super::held::{Form, Held, Shape};
use super::known::Known;
use super::methods::Methods;
use crate::context::{Argument, Callback, offset};
use crate::limits;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, AliasRegion, AliasRegionData, BlockArg, FuncRef, InstBuilder, MemFlagsData,
    SigRef, Signature, Type, Value, types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use fvm_isa::{BlockId, Function, FunctionId, Inst, Reg, TrapCode};
use fvm_vm::VerifiedModule;
use fvm_vm::engine::{Code, Prices};
use std::collections::{BTreeMap, BTreeSet};

/// Refuses functions that are too large, or whose branches pass on too many values.
pub(super) fn check_size(function: &Function) -> Result<(), Refusal> {
    let mut instructions = 0;
    let mut passed = 0;
    let live = |block: &BlockId| function.blocks[block.index()].live_in.len() + 1;
    for block in &function.blocks {
        instructions += block.insts.len();
        if let Some(last) = block.insts.last() {
            let mut targets = last.targets();
            targets.sort_unstable();
            targets.dedup();
            passed += targets.iter().map(live).sum::<usize>();
        }
    }
    if instructions > limits::FUNCTION_INSTRUCTIONS_MAX {
        return Err(Refusal::TooLarge);
    }
    match passed > limits::PASSED_VALUES_MIN + limits::PASSED_VALUES_EACH * instructions {
        true => Err(Refusal::TooManyValues),
        false => Ok(()),
    }
}

/// Kinds of memory of which an access of one never meets an access of another.
#[derive(Clone, Copy)]
pub(super) struct Regions {
    /// The context.
    pub context: AliasRegion,
    /// Headers of objects: written once.
    pub header: AliasRegion,
    /// Contents of objects.
    pub content: AliasRegion,
    /// Module-wide variables.
    pub globals: AliasRegion,
    /// Tables that nobody writes.
    pub tables: AliasRegion,
}

/// Translates a function.
pub(super) struct Translator<'a> {
    pub builder: FunctionBuilder<'a>,
    pub module: &'a VerifiedModule,
    pub code: Code<'a>,
    pub methods: &'a Methods,
    pub known: &'a mut Known,
    pub id: FunctionId,
    pub function: &'a Function,
    pub regions: Regions,
    /// The pinned register, as it was read last on the way here.
    pub context: Value,
    first_context: Value,
    /// The frame counter of this function.
    pub frame: Value,
    /// Gas left, here.
    pub gas: Value,
    prices: Value,
    pub registers: Vec<Option<Held>>,
    blocks: Vec<ir::Block>,
    /// Class halves of references that are not null here.
    pub not_null: BTreeSet<Value>,
    ends: Ends,
    callbacks: [Option<SigRef>; Callback::COUNT],
    /// Functions of the module that are called.
    pub references: BTreeMap<FunctionId, FuncRef>,
}

/// Shared blocks that leave the function without a value; made when first used.
#[derive(Default)]
struct Ends {
    /// After a callback that stopped: gas.
    failed: Option<ir::Block>,
    /// After a call that did not return: gas, pc.
    unwound: Option<ir::Block>,
    /// A trap: gas, pc, code.
    stop: Option<ir::Block>,
    /// A bad index: gas, pc, index, length.
    bad_index: Option<ir::Block>,
}

/// Translates a function into `func`, which is empty.
pub(super) fn translate(
    func: &mut ir::Function,
    context: &mut FunctionBuilderContext,
    module: &VerifiedModule,
    methods: &Methods,
    known: &mut Known,
    id: FunctionId,
    target: TargetFrontendConfig,
) {
    let function = &module.module().functions[id.index()];
    func.signature = Shape::of(&function.params, function.result).signature();
    let mut translator = Translator::new(func, context, module, methods, known, id);
    translator.entry();
    for number in 0..function.blocks.len() {
        translator.block(BlockId(number as u16));
    }
    translator.end_blocks();
    translator.builder.seal_all_blocks();
    translator.builder.finalize(target);
}

impl<'a> Translator<'a> {
    /// At the start of the function.
    pub fn new(
        func: &'a mut ir::Function,
        context: &'a mut FunctionBuilderContext,
        module: &'a VerifiedModule,
        methods: &'a Methods,
        known: &'a mut Known,
        id: FunctionId,
    ) -> Translator<'a> {
        let function = &module.module().functions[id.index()];
        let mut builder = FunctionBuilder::new(func, context);
        let entry = builder.create_block();
        builder.append_block_params_for_function_params(entry);
        builder.switch_to_block(entry);
        let params = builder.block_params(entry).to_vec();
        let context = builder.ins().get_pinned_reg(types::I64);
        let mut region = |number: u32, name: &'static str| {
            let data = AliasRegionData { user_id: number, description: name.into() };
            builder.func.dfg.alias_regions.insert(data)
        };
        let regions = Regions {
            context: region(0, "context"),
            header: region(1, "header"),
            content: region(2, "content"),
            globals: region(3, "globals"),
            tables: region(4, "tables"),
        };
        let blocks = function.blocks.iter().map(|_| builder.create_block()).collect();
        let mut translator = Translator {
            builder,
            module,
            code: module.code(),
            methods,
            known,
            id,
            function,
            regions,
            context,
            first_context: context,
            frame: params[0],
            gas: params[1],
            prices: params[1],
            registers: vec![None; 256],
            blocks,
            not_null: BTreeSet::new(),
            ends: Ends::default(),
            callbacks: [None; Callback::COUNT],
            references: BTreeMap::new(),
        };
        let mut rest = &params[2..];
        for (register, param) in function.params.iter().enumerate() {
            let form = Form::of(*param);
            let (parts, others) = rest.split_at(form.parts().len());
            translator.registers[register] = Some(form.join(parts));
            rest = others;
        }
        translator
    }

    fn entry(&mut self) {
        self.check_depth();
        self.prices = self.context_part(types::I64, offset::PRICES);
        self.go(BlockId(0));
    }

    /// Traps if the frame counter says that this call is one too many, or its registers do not fit.
    pub fn check_depth(&mut self) {
        let registers = -i64::from(self.function.registers);
        let left = self.builder.ins().iadd_imm_s(self.frame, registers);
        // Either half is negative.
        let signs = self
            .builder
            .ins()
            .iconst(types::I64, i64::from_le_bytes([0, 0, 0, 0x80, 0, 0, 0, 0x80]));
        let negative = self.builder.ins().band(left, signs);
        let (deep, fits) = (self.cold_block(), self.builder.create_block());
        self.builder.ins().brif(negative, deep, &[], fits, &[]);
        self.builder.switch_to_block(deep);
        self.call_back(Callback::TooDeep, &[self.frame]);
        self.leave_failed(self.gas);
        self.builder.switch_to_block(fits);
    }

    fn block(&mut self, id: BlockId) {
        let block = &self.function.blocks[id.index()];
        let own = self.blocks[id.index()];
        self.registers.fill(None);
        self.not_null.clear();
        self.gas = self.builder.append_block_param(own, types::I64);
        for (register, ty) in &block.live_in {
            let form = Form::of(*ty);
            let parts: Vec<Value> = form
                .parts()
                .iter()
                .map(|part| self.builder.append_block_param(own, *part))
                .collect();
            self.registers[register.index()] = Some(form.join(&parts));
        }
        self.builder.switch_to_block(own);
        self.context = self.first_context;
        let first = self.code.pc(self.id, id);
        self.charge(id, first);
        for (pc, inst) in (first..).zip(&block.insts) {
            self.inst(inst, pc);
        }
    }

    /// Takes the price of a block.
    fn charge(&mut self, id: BlockId, pc: u32) {
        let number = self.code.first_block(self.id) + id.index();
        let at = (number * Prices::STRIDE) as i32;
        let flags = self.flags(self.regions.tables);
        let price = self.builder.ins().uload32(flags, self.prices, at);
        let short = self.builder.ins().icmp(IntCC::UnsignedLessThan, self.gas, price);
        let gas = self.gas;
        let rest = self.unlikely(short);
        self.gas = self.long(0);
        self.stop(pc, TrapCode::OUT_OF_GAS);
        self.builder.switch_to_block(rest);
        self.gas = self.builder.ins().isub(gas, price);
    }

    // ── control flow ──

    /// Goes to a block of the FVM.
    pub fn go(&mut self, target: BlockId) {
        let args = self.passed(target);
        self.builder.ins().jump(self.blocks[target.index()], &args);
    }

    /// Goes to one of two blocks of the FVM.
    pub fn branch(&mut self, condition: Value, yes: BlockId, no: BlockId) {
        let (if_yes, if_no) = (self.passed(yes), self.passed(no));
        let (yes, no) = (self.blocks[yes.index()], self.blocks[no.index()]);
        self.builder.ins().brif(condition, yes, &if_yes, no, &if_no);
    }

    /// What a block of the FVM is given: gas, and what it expects live.
    fn passed(&self, target: BlockId) -> Vec<BlockArg> {
        let mut args = vec![BlockArg::from(self.gas)];
        for (register, _) in &self.function.blocks[target.index()].live_in {
            self.held(*register).for_each(|value| args.push(value.into()));
        }
        args
    }

    pub fn cold_block(&mut self) -> ir::Block {
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        block
    }

    /// Goes on in a cold block if the condition holds; gives the block where it does not hold.
    pub fn unlikely(&mut self, condition: Value) -> ir::Block {
        let (cold, rest) = (self.cold_block(), self.builder.create_block());
        self.builder.ins().brif(condition, cold, &[], rest, &[]);
        self.builder.switch_to_block(cold);
        rest
    }

    // ── ends ──

    fn end(
        &mut self,
        choose: impl Fn(&mut Ends) -> &mut Option<ir::Block>,
        params: &[Type],
    ) -> ir::Block {
        if let Some(block) = *choose(&mut self.ends) {
            return block;
        }
        let block = self.cold_block();
        for ty in params {
            self.builder.append_block_param(block, *ty);
        }
        *choose(&mut self.ends) = Some(block);
        block
    }

    /// Traps without detail if the condition holds. What the end is given is made in the cold
    /// block, so that it costs nothing where nothing happens.
    pub fn stop_if(&mut self, condition: Value, pc: u32, code: TrapCode) {
        let rest = self.unlikely(condition);
        self.stop(pc, code);
        self.builder.switch_to_block(rest);
    }

    /// Traps without detail.
    pub fn stop(&mut self, pc: u32, code: TrapCode) {
        let end = self.stop_block();
        let (pc, code) = (self.int(pc as i32), self.int(code.0.into()));
        self.builder.ins().jump(end, &[self.gas.into(), pc.into(), code.into()]);
    }

    fn stop_block(&mut self) -> ir::Block {
        self.end(|ends| &mut ends.stop, &[types::I64, types::I32, types::I32])
    }

    /// Traps with index and length if the condition holds.
    pub fn bad_index_if(&mut self, condition: Value, pc: u32, index: Value, length: Value) {
        let params = [types::I64, types::I32, types::I32, types::I32];
        let end = self.end(|ends| &mut ends.bad_index, &params);
        let rest = self.unlikely(condition);
        let pc = self.int(pc as i32);
        let args = [self.gas.into(), pc.into(), index.into(), length.into()];
        self.builder.ins().jump(end, &args);
        self.builder.switch_to_block(rest);
    }

    /// Leaves if the callback before has stopped.
    pub fn leave_if_stopped(&mut self) {
        let stopped = self.context_part(types::I32, offset::STOPPED);
        let end = self.end(|ends| &mut ends.failed, &[types::I64]);
        let rest = self.builder.create_block();
        self.builder.ins().brif(stopped, end, &[self.gas.into()], rest, &[]);
        self.builder.switch_to_block(rest);
    }

    /// Leaves if the call before, at this pc, did not return.
    pub fn leave_if_unwound(&mut self, pc: u32) {
        let stopped = self.context_part(types::I32, offset::STOPPED);
        let end = self.end(|ends| &mut ends.unwound, &[types::I64, types::I32]);
        let rest = self.unlikely(stopped);
        let pc = self.int(pc as i32);
        self.builder.ins().jump(end, &[self.gas.into(), pc.into()]);
        self.builder.switch_to_block(rest);
    }

    /// Returns to a caller that will see that this call has stopped.
    pub fn leave_failed(&mut self, gas: Value) {
        let mut results = vec![gas];
        for part in self.function.result.map_or(&[][..], |ty| Form::of(ty).parts()) {
            results.push(match *part {
                types::F64 => self.builder.ins().f64const(0.0),
                part => self.builder.ins().iconst(part, 0),
            });
        }
        self.builder.ins().return_(&results);
    }

    pub fn end_blocks(&mut self) {
        if let Some(block) = self.ends.bad_index {
            let [gas, pc, index, length] = self.end_params(block);
            self.set_context_part(gas, offset::GAS);
            self.call_back(Callback::BadIndex, &[pc, index, length, self.frame]);
            let gas = self.context_part(types::I64, offset::GAS);
            self.leave_failed(gas);
        }
        if let Some(block) = self.ends.stop {
            let [gas, pc, code] = self.end_params(block);
            self.set_context_part(gas, offset::GAS);
            self.call_back(Callback::Stop, &[pc, code, self.frame]);
            self.leave_failed(gas);
        }
        if let Some(block) = self.ends.unwound {
            let [gas, pc] = self.end_params(block);
            self.set_context_part(gas, offset::GAS);
            self.call_back(Callback::Unwound, &[pc]);
            self.leave_failed(gas);
        }
        if let Some(block) = self.ends.failed {
            let [gas] = self.end_params(block);
            self.leave_failed(gas);
        }
    }

    fn end_params<const N: usize>(&mut self, block: ir::Block) -> [Value; N] {
        self.builder.switch_to_block(block);
        self.read_context();
        let params = self.builder.block_params(block);
        std::array::from_fn(|at| params[at])
    }

    // ── registers and memory ──

    /// What a register holds; rule V12 says that it has been set.
    pub fn held(&self, register: Reg) -> Held {
        self.registers[register.index()].expect("rule V12: a register is set before it is read")
    }

    pub fn set(&mut self, register: Reg, held: Held) {
        self.registers[register.index()] = Some(held);
    }

    pub fn int(&mut self, value: i32) -> Value {
        self.builder.ins().iconst(types::I32, i64::from(value as u32))
    }

    pub fn long(&mut self, value: i64) -> Value {
        self.builder.ins().iconst(types::I64, value)
    }

    pub fn flags(&self, region: AliasRegion) -> MemFlagsData {
        MemFlagsData::trusted().with_alias_region(Some(region))
    }

    /// Reads the pinned register anew: after a call, when the copy before may be on the stack. Blocks
    /// share the first copy, so that repeated loads are seen as such.
    pub fn read_context(&mut self) {
        self.context = self.builder.ins().get_pinned_reg(types::I64);
    }

    pub fn context_part(&mut self, ty: Type, at: i32) -> Value {
        let flags = self.flags(self.regions.context);
        self.builder.ins().load(ty, flags, self.context, at)
    }

    pub fn set_context_part(&mut self, value: Value, at: i32) {
        let flags = self.flags(self.regions.context);
        self.builder.ins().store(flags, value, self.context, at);
    }

    // ── callbacks ──

    /// Calls a function of the engine back.
    pub fn call_back(&mut self, callback: Callback, args: &[Value]) -> Option<Value> {
        let signature = match self.callbacks[callback as usize] {
            Some(signature) => signature,
            None => {
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
        };
        let function = self.context_part(types::I64, offset::callback(callback));
        let mut all = vec![self.context];
        all.extend_from_slice(args);
        let call = self.builder.ins().call_indirect(signature, function, &all);
        self.builder.inst_results(call).first().copied()
    }

    /// Calls a function of the engine back that may take gas, and leaves if it stopped.
    pub fn call_back_or_leave(&mut self, callback: Callback, args: &[Value]) {
        self.set_context_part(self.gas, offset::GAS);
        self.call_back(callback, args);
        self.gas = self.context_part(types::I64, offset::GAS);
        self.leave_if_stopped();
    }

    /// A value as the halves of a slot.
    pub fn halves(&mut self, held: Held) -> (Value, Value) {
        match held {
            Held::Int(value) => (self.builder.ins().uextend(types::I64, value), self.long(0)),
            Held::Long(value) | Held::Double(value) => (value, self.long(0)),
            Held::Wide(low, high) => (low, high),
        }
    }

    /// Puts a value into the window of the engine.
    pub fn spill(&mut self, window: Value, register: usize, held: Held) {
        let (low, high) = self.halves(held);
        let at = (register * 16) as i32;
        let flags = self.flags(self.regions.context);
        self.builder.ins().store(flags, low, window, at);
        self.builder.ins().store(flags, high, window, at + 8);
    }

    /// A value from the window of the engine.
    pub fn fill(&mut self, window: Value, register: usize, form: Form) -> Held {
        let at = (register * 16) as i32;
        let flags = self.flags(self.regions.context);
        let parts: Vec<Value> = (form.parts().iter().zip([at, at + 8]))
            .map(|(ty, at)| self.builder.ins().load(*ty, flags, window, at))
            .collect();
        form.join(&parts)
    }

    /// Has the reference engine execute an instruction, and gives its result.
    pub fn step(&mut self, inst: &Inst, pc: u32) -> Option<Held> {
        let window = self.context_part(types::I64, offset::WINDOW);
        for (register, held) in self.operands(inst) {
            self.spill(window, register, held);
        }
        let pc = self.int(pc as i32);
        self.call_back_or_leave(Callback::Step, &[pc, self.frame]);
        let (register, form) = self.result(inst)?;
        let window = self.context_part(types::I64, offset::WINDOW);
        Some(self.fill(window, register, form))
    }
}
