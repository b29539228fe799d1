//! Calls. Arguments and results are values; the frame counter, which every call lowers by one call
//! and by the registers below its window, takes the place of the record that the reference engine
//! keeps.

use super::function::{Fact, Translator};
use super::held::{Form, Held, Shape};
use super::methods::Row;
use crate::context::{Callback, offset};
use crate::emitter::{Access, Binary, Comparison, Conversion, Emitter, Region, Type};
use fvm_isa::{FunctionId, Reg, SelectorId, TrapCode};
use fvm_vm::engine::UNIT_SLOT;

impl<E: Emitter> Translator<'_, E> {
    pub(super) fn call(&mut self, base: Reg, function: FunctionId, pc: u32) {
        let result = self.module.module().functions[function.index()].result.map(Form::of);
        let call = self.direct(base, function);
        let held = self.finish_call(&call, result, pc);
        self.after_call(base, held);
    }

    /// Calls a function of the module; what it gives has not been looked at.
    fn direct(&mut self, base: Reg, function: FunctionId) -> Vec<E::Value> {
        let callee = &self.module.module().functions[function.index()];
        let frame = self.next_frame(base);
        let args = self.arguments(base, callee.params.len(), frame);
        self.emitter.call(function, &Shape::of(&callee.params, callee.result), &args)
    }

    /// A virtual call: by the class of the receiver, which is the first argument.
    pub(super) fn call_virtual(&mut self, base: Reg, selector: SelectorId, pc: u32) {
        let (_, class) = self.held_wide(base);
        let signature = &self.module.module().selectors[selector.index()];
        let shape = Shape::of(&signature.params, signature.result);
        let call = match self.methods.of(selector) {
            Row::None => {
                let always = self.emitter.number(Type::Bool, 1);
                self.cold(always, |translator| translator.stop_without_method(class, pc));
                None
            }
            Row::Same { first, count, function } => {
                self.method_index(class, first.0, count, pc);
                Some(self.direct(base, function))
            }
            Row::Table { first, count, start } => {
                let index = self.method_index(class, first.0, count, pc);
                let table = self.context_part(Type::I64, offset::METHODS);
                let place = self.emitter.binary_number(Binary::ShiftLeft, index, 3);
                let place = self.emitter.binary(Binary::Add, table, place);
                let flags = Access::to(Region::Tables);
                let entry = self.emitter.load(Type::I64, flags, place, start as i32 * 8);
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
            Some(call) => self.finish_call(&call, shape.result, pc),
            // Not reached; the register needs a value all the same.
            None => shape.result.map(|form| self.nothing(form)),
        };
        self.after_call(base, held);
    }

    /// The number of a class in a row, which is in range behind here; null is in none.
    fn method_index(&mut self, class: E::Value, first: u16, count: u16, pc: u32) -> E::Value {
        let index = self.emitter.binary_number(Binary::Add, class, -i64::from(first));
        let outside = self.emitter.compare_number(
            Comparison::UnsignedGreaterThanOrEqual,
            index,
            i64::from(count),
        );
        self.cold(outside, |translator| translator.stop_without_method(class, pc));
        self.know(Fact::NotNull(class));
        index
    }

    /// Calls a function at an address, which is 0 if there is none.
    fn call_entry(&mut self, entry: E::Value, base: Reg, shape: &Shape, pc: u32) -> Vec<E::Value> {
        let missing = self.emitter.compare_number(Comparison::Equal, entry, 0);
        self.stop_if(missing, pc, TrapCode::NO_METHOD);
        let frame = self.next_frame(base);
        let args = self.arguments(base, shape.params.len(), frame);
        self.emitter.call_entry(entry, shape, &args)
    }

    /// Takes gas and result of a call that returned, and leaves if it did not.
    fn finish_call(
        &mut self,
        results: &[E::Value],
        result: Option<Form>,
        pc: u32,
    ) -> Option<Held<E::Value>> {
        self.set_gas(results[0]);
        self.after_any_call();
        self.leave_if_unwound(pc);
        result.map(|form| form.join(&results[1..]))
    }

    /// The result is in the base register, and all registers above are lost.
    pub(super) fn after_call(&mut self, base: Reg, result: Option<Held<E::Value>>) {
        self.registers[base.index()..].fill(None);
        self.registers[base.index()] = result;
    }

    /// A call that catches: the function's outcome becomes an array.
    pub(super) fn call_try(&mut self, base: Reg, function: FunctionId, pc: u32) {
        let result = self.module.module().functions[function.index()].result.map(Form::of);
        let results = self.direct(base, function);
        self.set_gas(results[0]);
        self.after_any_call();
        let stopped = self.is_negative(results[0]);
        let done = self.emitter.create_block();
        let gas = self.emitter.param(done, Type::I64);
        self.passed += 2;
        let number = self.int(pc as i32);
        self.cold(stopped, |translator| {
            translator.call_back(Callback::Catch, &[number, translator.frame]);
            translator.leave_if_stopped();
            let gas = translator.context_part(Type::I64, offset::GAS);
            translator.emitter.jump(done, &[gas]);
        });
        let value = match result {
            Some(form) => form.join(&results[1..]),
            None => {
                let low = self.long(UNIT_SLOT as i64);
                Held::Wide(low, self.long((UNIT_SLOT >> 64) as i64))
            }
        };
        let window = self.context_part(Type::I64, offset::WINDOW);
        self.spill(window, 0, value);
        self.call_back_or_leave(Callback::Returned, &[number, self.frame]);
        let left = self.gas();
        self.emitter.jump(done, &[left]);
        self.emitter.begin_block(done);
        self.after_any_call();
        self.set_gas(gas);
        let window = self.context_part(Type::I64, offset::WINDOW);
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
            let left = self.emitter.binary_number(Binary::Add, self.frame, needed);
            let left = self.emitter.convert(Conversion::Reduce, Type::I32, left);
            let deep = self.emitter.compare_number(Comparison::SignedLessThan, left, 0);
            self.stop_if(deep, pc, TrapCode::STACK_OVERFLOW);
        }
        let args = self.arguments(base, callee.params.len(), self.frame);
        let shape = Shape::of(&callee.params, callee.result);
        self.emitter.tail_call(function, &shape, &args);
    }

    /// The frame counter of a callee whose window starts at a register.
    fn next_frame(&mut self, base: Reg) -> E::Value {
        self.emitter.binary_number(Binary::Add, self.frame, -((1 << 32) + i64::from(base.0)))
    }

    fn arguments(&mut self, base: Reg, count: usize, frame: E::Value) -> Vec<E::Value> {
        let mut args = vec![frame, self.gas()];
        for register in base.index()..base.index() + count {
            self.held(Reg(register as u8)).for_each(|value| args.push(value));
        }
        args
    }

    fn nothing(&mut self, form: Form) -> Held<E::Value> {
        let parts: Vec<E::Value> = form
            .parts()
            .iter()
            .map(|ty| match *ty {
                Type::F64 => self.emitter.double(0),
                ty => self.emitter.number(ty, 0),
            })
            .collect();
        form.join(&parts)
    }
}
