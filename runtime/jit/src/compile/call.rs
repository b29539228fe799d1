//! Calls. Arguments and results are values; the frame counter, which every call lowers by one call
//! and by the registers below its window, takes the place of the record that the reference engine
//! keeps.

use super::function::{Fact, Translator};
use super::held::{Form, Held, Shape};
use super::methods::Row;
use crate::context::{Callback, offset};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    ExtFuncData, ExternalName, FuncRef, Inst, InstBuilder, UserExternalName, Value, types,
};
use fvm_isa::{FunctionId, Reg, SelectorId, TrapCode};
use fvm_vm::engine::UNIT_SLOT;

impl Translator<'_> {
    pub(super) fn call(&mut self, base: Reg, function: FunctionId, pc: u32) {
        let result = self.module.module().functions[function.index()].result.map(Form::of);
        let call = self.direct(base, function);
        let held = self.finish_call(call, result, pc);
        self.after_call(base, held);
    }

    /// Calls a function of the module; what it gives has not been looked at.
    fn direct(&mut self, base: Reg, function: FunctionId) -> Inst {
        let callee = &self.module.module().functions[function.index()];
        let reference = self.reference_to(function);
        let frame = self.next_frame(base);
        let args = self.arguments(base, callee.params.len(), frame);
        self.builder.ins().call(reference, &args)
    }

    /// A virtual call: by the class of the receiver, which is the first argument.
    pub(super) fn call_virtual(&mut self, base: Reg, selector: SelectorId, pc: u32) {
        let (_, class) = self.held_wide(base);
        let signature = &self.module.module().selectors[selector.index()];
        let shape = Shape::of(&signature.params, signature.result);
        let call = match self.methods.of(selector) {
            Row::None => {
                self.null_check(class, pc);
                let always = self.builder.ins().iconst(types::I8, 1);
                self.stop_if(always, pc, TrapCode::NO_METHOD);
                None
            }
            Row::Same { first, count, function } => {
                self.method_index(class, first.0, count, pc);
                Some(self.direct(base, function))
            }
            Row::Table { first, count, start } => {
                let index = self.method_index(class, first.0, count, pc);
                let table = self.context_part(types::I64, offset::METHODS);
                let place = self.builder.ins().ishl_imm_u(index, 3);
                let place = self.builder.ins().iadd(table, place);
                let flags = self.flags(self.regions.tables);
                let entry = self.builder.ins().load(types::I64, flags, place, start as i32 * 8);
                Some(self.call_entry(entry, base, &shape, pc))
            }
            Row::Asked => {
                self.null_check(class, pc);
                let number = self.int(selector.0.into());
                let entry = self.call_back(Callback::Answer, &[class, number]);
                let entry = entry.unwrap_or(class);
                Some(self.call_entry(entry, base, &shape, pc))
            }
        };
        let held = match call {
            Some(call) => self.finish_call(call, shape.result, pc),
            // Not reached; the register needs a value all the same.
            None => shape.result.map(|form| self.nothing(form)),
        };
        self.after_call(base, held);
    }

    /// The number of a class in a row, which is in range behind here; null is in none.
    fn method_index(&mut self, class: Value, first: u16, count: u16, pc: u32) -> Value {
        let index = self.builder.ins().iadd_imm_s(class, -i64::from(first));
        let outside = self.builder.ins().icmp_imm_u(
            IntCC::UnsignedGreaterThanOrEqual,
            index,
            i64::from(count),
        );
        self.cold(outside, |translator| {
            let is_null = translator.builder.ins().icmp_imm_s(IntCC::Equal, class, 0);
            translator.stop_if(is_null, pc, TrapCode::NULL_POINTER);
            translator.stop(pc, TrapCode::NO_METHOD);
        });
        self.know(Fact::NotNull(class));
        index
    }

    /// Calls a function at an address, which is 0 if there is none.
    fn call_entry(&mut self, entry: Value, base: Reg, shape: &Shape, pc: u32) -> Inst {
        let missing = self.builder.ins().icmp_imm_s(IntCC::Equal, entry, 0);
        self.stop_if(missing, pc, TrapCode::NO_METHOD);
        let signature = self.builder.import_signature(shape.signature());
        let frame = self.next_frame(base);
        let args = self.arguments(base, shape.params.len(), frame);
        self.builder.ins().call_indirect(signature, entry, &args)
    }

    /// Takes gas and result of a call that returned, and leaves if it did not.
    fn finish_call(&mut self, call: Inst, result: Option<Form>, pc: u32) -> Option<Held> {
        let results = self.builder.inst_results(call).to_vec();
        self.set_gas(results[0]);
        self.after_any_call();
        self.leave_if_unwound(pc);
        result.map(|form| form.join(&results[1..]))
    }

    /// The result is in the base register, and all registers above are lost.
    pub(super) fn after_call(&mut self, base: Reg, result: Option<Held>) {
        self.registers[base.index()..].fill(None);
        self.registers[base.index()] = result;
    }

    /// A call that catches: the function's outcome becomes an array.
    pub(super) fn call_try(&mut self, base: Reg, function: FunctionId, pc: u32) {
        let result = self.module.module().functions[function.index()].result.map(Form::of);
        let call = self.direct(base, function);
        let results = self.builder.inst_results(call).to_vec();
        self.set_gas(results[0]);
        self.after_any_call();
        let stopped = self.is_negative(results[0]);
        let done = self.builder.create_block();
        let gas = self.builder.append_block_param(done, types::I64);
        self.passed += 2;
        let number = self.int(pc as i32);
        self.cold(stopped, |translator| {
            translator.call_back(Callback::Catch, &[number, translator.frame]);
            translator.leave_if_stopped();
            let gas = translator.context_part(types::I64, offset::GAS);
            translator.builder.ins().jump(done, &[gas.into()]);
        });
        let value = match result {
            Some(form) => form.join(&results[1..]),
            None => {
                let low = self.long(UNIT_SLOT as i64);
                Held::Wide(low, self.long((UNIT_SLOT >> 64) as i64))
            }
        };
        let window = self.context_part(types::I64, offset::WINDOW);
        self.spill(window, 0, value);
        self.call_back_or_leave(Callback::Returned, &[number, self.frame]);
        let left = self.gas();
        self.builder.ins().jump(done, &[left.into()]);
        self.builder.switch_to_block(done);
        self.after_any_call();
        self.set_gas(gas);
        let window = self.context_part(types::I64, offset::WINDOW);
        let array = self.fill(window, 0, Form::Wide);
        self.after_call(base, Some(array));
        self.know_not_null(base);
    }

    /// A call that takes the place of this function, and its room for registers.
    pub(super) fn tail_call(&mut self, base: Reg, function: FunctionId, pc: u32) {
        let callee = &self.module.module().functions[function.index()];
        if callee.registers > self.function.registers {
            // The trap belongs to this function, whose frame is gone when the callee looks.
            let needed = -i64::from(callee.registers);
            let left = self.builder.ins().iadd_imm_s(self.frame, needed);
            let left = self.builder.ins().ireduce(types::I32, left);
            let deep = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, left, 0);
            self.stop_if(deep, pc, TrapCode::STACK_OVERFLOW);
        }
        let reference = self.reference_to(function);
        let args = self.arguments(base, callee.params.len(), self.frame);
        self.builder.ins().return_call(reference, &args);
    }

    /// The frame counter of a callee whose window starts at a register.
    fn next_frame(&mut self, base: Reg) -> Value {
        self.builder.ins().iadd_imm_s(self.frame, -((1 << 32) + i64::from(base.0)))
    }

    fn arguments(&mut self, base: Reg, count: usize, frame: Value) -> Vec<Value> {
        let mut args = vec![frame, self.gas()];
        for register in base.index()..base.index() + count {
            self.held(Reg(register as u8)).for_each(|value| args.push(value));
        }
        args
    }

    fn reference_to(&mut self, function: FunctionId) -> FuncRef {
        if let Some(reference) = self.references.get(&function) {
            return *reference;
        }
        let callee = &self.module.module().functions[function.index()];
        let shape = Shape::of(&callee.params, callee.result);
        let signature = self.builder.import_signature(shape.signature());
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

    fn nothing(&mut self, form: Form) -> Held {
        let parts: Vec<Value> = form
            .parts()
            .iter()
            .map(|ty| match *ty {
                types::F64 => self.builder.ins().f64const(0.0),
                ty => self.builder.ins().iconst(ty, 0),
            })
            .collect();
        form.join(&parts)
    }
}
