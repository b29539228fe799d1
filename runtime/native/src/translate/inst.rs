//! The instructions: which are translated where, and which the reference engine executes.

use super::decision::Decision;
use super::function::{Fact, Translator};
use super::held::{Form, Held};
use crate::context::Callback;
use crate::emitter::{Comparison, Conversion, Emitter, Type};
use crate::run::THROWN;
use fvm_isa::{
    BlockId, HostInfo, Inst, Kind, Reg, Role, TrapCode, ValueType, builtin, unboxed_type,
};
use fvm_vm::Slot;
use fvm_vm::engine::UNIT_SLOT;

impl<E: Emitter> Translator<'_, E> {
    /// Translates an instruction.
    pub(super) fn inst(&mut self, inst: &Inst, pc: u32) {
        match inst {
            Inst::Move { dst, a } => self.set(*dst, self.held(*a)),
            Inst::ConstI16 { dst, value } => self.const_int(*dst, i32::from(*value)),
            Inst::ConstI32 { dst, value } => self.const_int(*dst, *value),
            Inst::ConstI64I16 { dst, value } => self.const_long(*dst, i64::from(*value)),
            Inst::ConstI64 { dst, value } => self.const_long(*dst, *value),
            Inst::ConstF64 { dst, bits } => {
                let value = self.emitter.double(*bits);
                self.set(*dst, Held::Double(value));
            }
            Inst::ConstU128U16 { dst, value } => self.const_wide(*dst, Slot::from(*value)),
            Inst::ConstU128 { dst, value } => self.const_wide(*dst, **value),
            Inst::ConstI128 { dst, value } => self.const_wide(*dst, **value as u128),
            Inst::ConstString { dst, constant } | Inst::ConstBytes { dst, constant } => {
                self.const_wide(*dst, self.code.constant(*constant));
                self.know_not_null(*dst);
            }
            Inst::ConstNull { dst } => self.const_wide(*dst, 0),
            Inst::ConstUnit { dst } => self.const_wide(*dst, UNIT_SLOT),
            Inst::Call { base, function } => self.call(*base, *function, pc),
            Inst::CallVirtual { base, selector } => self.call_virtual(*base, *selector, pc),
            Inst::CallTry { base, function } => self.call_try(*base, *function, pc),
            Inst::CallHost { base, .. } => {
                let result = self.step(inst, pc);
                self.after_call(*base, result);
            }
            _ if inst.opcode().is_terminator() => self.terminator(inst, pc),
            _ => self.ordinary(inst, pc),
        }
    }

    /// What is no call and ends no block.
    fn ordinary(&mut self, inst: &Inst, pc: u32) {
        let is_done = self.integer(inst, pc)
            || self.float(inst)
            || self.wide(inst, pc)
            || self.reference(inst, pc)
            || self.object(inst, pc)
            || self.sequence(inst, pc)
            || self.storage(inst, pc);
        if is_done {
            return;
        }
        let result = self.step(inst, pc);
        if let (Some((register, _)), Some(held)) = (self.result(inst), result) {
            self.set(Reg(register as u8), held);
        }
    }

    fn terminator(&mut self, inst: &Inst, pc: u32) {
        match inst {
            Inst::Jump { to } => self.go(*to),
            Inst::Br { condition, yes, no } => {
                let condition = self.held_int(*condition);
                self.branch(condition, *yes, *no);
            }
            Inst::Switch { a, cases } => {
                let value = self.held_int(*a);
                self.switch(value, cases);
            }
            Inst::Ret {} => {
                let gas = self.gas();
                self.emitter.give(&[gas]);
            }
            Inst::RetValue { a } => {
                let mut results = vec![self.gas()];
                self.held(*a).for_each(|value| results.push(value));
                self.emitter.give(&results);
            }
            Inst::Throw { a } => {
                let (low, high) = self.held_wide(*a);
                self.null_check(high, pc);
                self.fail(pc, THROWN as i32, low, high);
            }
            Inst::Trap { detail, code } => {
                let (low, high) = self.held_wide(*detail);
                self.fail(pc, code.0.into(), low, high);
            }
            Inst::Abort { .. } => {
                self.step(inst, pc);
                // An abort always stops.
                self.stop(pc, TrapCode::HOST_FAULT);
            }
            Inst::Tailcall { base, function } => self.tail_call(*base, *function, pc),
            Inst::BrNull { a, yes, no } => {
                let (_, class) = self.held_wide(*a);
                self.branch(class, *no, *yes);
            }
            Inst::BrIs { a, class, yes, no } => {
                let (_, found) = self.held_wide(*a);
                let condition = self.is_instance(found, *class);
                self.branch(condition, *yes, *no);
            }
            _ => self.decide_and_branch(inst),
        }
    }

    fn fail(&mut self, pc: u32, code: i32, low: E::Value, high: E::Value) {
        let (pc, code) = (self.int(pc as i32), self.int(code));
        self.hand_over_gas();
        self.call_back(Callback::Fail, &[pc, code, low, high, self.frame]);
        self.leave_failed();
    }

    fn decide_and_branch(&mut self, inst: &Inst) {
        let Some(decision) = Decision::of(inst) else {
            unreachable!("{inst:?} ends no block in another way");
        };
        let condition = self.decide(decision);
        self.branch(condition, decision.yes, decision.no);
    }

    /// Cases that go to one block share a block that passes on what is live there.
    fn switch(&mut self, value: E::Value, cases: &fvm_isa::Switch) {
        let mut ways: Vec<(BlockId, E::Block)> = Vec::new();
        let mut way = |translator: &mut Self, target: BlockId| match ways
            .binary_search_by_key(&target, |way| way.0)
        {
            Ok(at) => ways[at].1,
            Err(at) => {
                let block = translator.emitter.create_block();
                ways.insert(at, (target, block));
                block
            }
        };
        let mut numbered = Vec::new();
        for (case, target) in &cases.cases {
            let block = way(self, *target);
            numbered.push((*case, block));
        }
        let default = way(self, cases.default);
        self.emitter.switch(value, &numbered, default);
        // What one way takes of the gas, no other has.
        let state = self.state;
        for (target, block) in ways {
            self.emitter.begin_block(block);
            self.state = state;
            self.go(target);
        }
    }

    fn const_int(&mut self, dst: Reg, value: i32) {
        let value = self.int(value);
        self.set(dst, Held::Int(value));
    }

    fn const_long(&mut self, dst: Reg, value: i64) {
        let value = self.long(value);
        self.set(dst, Held::Long(value));
    }

    fn const_wide(&mut self, dst: Reg, value: Slot) {
        let (low, high) = (self.long(value as i64), self.long((value >> 64) as i64));
        self.set(dst, Held::Wide(low, high));
    }

    /// What an instruction reads, by register of the window.
    pub(super) fn operands(&self, inst: &Inst) -> Vec<(usize, Held<E::Value>)> {
        let mut operands = Vec::new();
        inst.for_each_register(|role, _, register| {
            if role == Role::arg {
                operands.push((register.index(), self.held(register)));
            }
        });
        if let Inst::CallHost { base, host } = inst {
            let count = HostInfo::by_number(*host).map_or(0, |info| info.operands.len());
            for register in base.index()..base.index() + count {
                operands.push((register, self.held(Reg(register as u8))));
            }
        }
        operands
    }

    /// Where an instruction writes its result, and in which form.
    pub(super) fn result(&mut self, inst: &Inst) -> Option<(usize, Form)> {
        if let Inst::CallHost { base, host } = inst {
            let kind = HostInfo::by_number(*host)?.result?;
            return Some((base.index(), kind_form(kind)));
        }
        let named = self.named_type(inst).map(Form::of);
        let mut result = None;
        inst.for_each_register(|role, kind, register| {
            if role == Role::def {
                result = Some((register.index(), named.unwrap_or(kind_form(kind))));
            }
        });
        result
    }

    /// The type of the field, variable or box that an instruction names.
    pub(super) fn named_type(&mut self, inst: &Inst) -> Option<ValueType> {
        let module = self.module.module();
        match inst {
            Inst::FieldGet { field, .. } | Inst::FieldSet { field, .. } => {
                self.known.field(self.module, *field)
            }
            Inst::GlobalGet { global, .. } | Inst::GlobalSet { global, .. } => {
                module.globals.get(global.index()).map(|global| global.ty)
            }
            Inst::Unbox { class, .. } => unboxed_type(class.class()),
            _ => None,
        }
    }

    pub(super) fn held_int(&self, register: Reg) -> E::Value {
        match self.held(register) {
            Held::Int(value) => value,
            other => unreachable!("rule V12: {register} is no i32 but {other:?}"),
        }
    }

    pub(super) fn held_long(&self, register: Reg) -> E::Value {
        match self.held(register) {
            Held::Long(value) => value,
            other => unreachable!("rule V12: {register} is no i64 but {other:?}"),
        }
    }

    pub(super) fn held_double(&self, register: Reg) -> E::Value {
        match self.held(register) {
            Held::Double(value) => value,
            other => unreachable!("rule V12: {register} is no f64 but {other:?}"),
        }
    }

    pub(super) fn held_wide(&self, register: Reg) -> (E::Value, E::Value) {
        match self.held(register) {
            Held::Wide(low, high) => (low, high),
            other => unreachable!("rule V12: {register} is not wide but {other:?}"),
        }
    }

    /// Traps if a reference with this class half is null, unless it is known not to be.
    pub(super) fn null_check(&mut self, class: E::Value, pc: u32) {
        if !self.is_known(Fact::NotNull(class)) {
            let is_null = self.emitter.compare_number(Comparison::Equal, class, 0);
            self.stop_if(is_null, pc, TrapCode::NULL_POINTER);
            self.know(Fact::NotNull(class));
        }
    }

    pub(super) fn know_not_null(&mut self, register: Reg) {
        let (_, class) = self.held_wide(register);
        self.know(Fact::NotNull(class));
    }

    /// 0 or 1 as an `i32`.
    pub(super) fn set_bool(&mut self, dst: Reg, condition: E::Value) {
        let value = self.emitter.convert(Conversion::ExtendUnsigned, Type::I32, condition);
        self.set(dst, Held::Int(value));
    }
}

/// The form of a kind whose type needs nothing else to be known.
fn kind_form(kind: Kind) -> Form {
    match kind {
        Kind::bool | Kind::i32 => Form::Int,
        Kind::i64 => Form::Long,
        Kind::f64 => Form::Double,
        _ => Form::Wide,
    }
}

const _: () = assert!(builtin::NULL.0 == 0, "a null reference has no bits in its class half");
