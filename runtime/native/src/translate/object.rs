//! Boxes, tests, objects, their fields, and module-wide variables.
//!
//! A reference that is not null points to an object of the arena whose class is in its high half
//! (rules V4, V6, V12): a field of its type lies inside of it.

use super::function::{Fact, Translator};
use super::held::{Form, Held};
use super::known::ClassTest;
use crate::context::offset;
use crate::emitter::{Access, Binary, Comparison, Conversion, Emitter, Region, Type};
use fvm_isa::{BUILTIN_CLASSES, ClassId, Inst, Reg, builtin};
use fvm_vm::engine::HEADER_BYTES;

/// What a new object needs.
#[derive(Clone, Copy)]
pub(super) struct Room<V> {
    /// The length for its header.
    pub length: V,
    /// Units of 16 bytes, the header's among them.
    pub granules: V,
    /// Whether this is no ordinary case.
    pub slow: V,
}

impl<E: Emitter> Translator<'_, E> {
    /// Translates an instruction on self-describing slots; false if it is none, or not worth it.
    pub(super) fn reference(&mut self, inst: &Inst, pc: u32) -> bool {
        match inst {
            Inst::Box { dst, a, class } => return self.box_scalar(*dst, *a, class.class()),
            Inst::Unbox { dst, a, class } => self.unbox(inst, *dst, *a, class.class(), pc),
            Inst::Cast { dst, a, class } => {
                let (payload, found) = self.held_wide(*a);
                let fits = self.is_instance(found, *class);
                let is_null = self.emitter.compare_number(Comparison::Equal, found, 0);
                let passes = self.emitter.binary(Binary::Or, fits, is_null);
                self.step_unless(passes, inst, pc);
                self.set(*dst, Held::Wide(payload, found));
            }
            Inst::Is { dst, a, class } => {
                let (_, found) = self.held_wide(*a);
                let condition = self.is_instance(found, *class);
                self.set_bool(*dst, condition);
            }
            Inst::RefEq { dst, a, b } => return self.reference_equality(*dst, *a, *b),
            Inst::IsNull { dst, a } => {
                let (_, class) = self.held_wide(*a);
                let condition = self.emitter.compare_number(Comparison::Equal, class, 0);
                self.set_bool(*dst, condition);
            }
            Inst::AnyIsObject { dst, a } => {
                let (_, class) = self.held_wide(*a);
                let condition = self.emitter.compare_number(
                    Comparison::UnsignedGreaterThanOrEqual,
                    class,
                    BUILTIN_CLASSES as i64,
                );
                self.set_bool(*dst, condition);
            }
            Inst::AnyClass { dst, a } => {
                let (_, class) = self.held_wide(*a);
                let value = self.emitter.convert(Conversion::Reduce, Type::I32, class);
                self.set(*dst, Held::Int(value));
            }
            _ => return false,
        }
        true
    }

    /// Only the 128-bit boxes are objects, which the reference engine makes.
    fn box_scalar(&mut self, dst: Reg, a: Reg, class: ClassId) -> bool {
        let payload = match (self.held(a), class) {
            (Held::Wide(..), _) => return false,
            (Held::Int(value), builtin::BOOLEAN) => {
                let value = self.emitter.binary_number(Binary::And, value, 1);
                self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, value)
            }
            (Held::Int(value), _) => {
                self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, value)
            }
            (Held::Long(value), _) => value,
            (Held::Double(value), _) => self.bits(value),
        };
        let class = self.long(class.0.into());
        self.set(dst, Held::Wide(payload, class));
        self.know_not_null(dst);
        true
    }

    fn unbox(&mut self, inst: &Inst, dst: Reg, a: Reg, class: ClassId, pc: u32) {
        let (payload, found) = self.held_wide(a);
        let fits = self.emitter.compare_number(Comparison::Equal, found, i64::from(class.0));
        self.step_unless(fits, inst, pc);
        let form = self.named_type(inst).map_or(Form::Wide, Form::of);
        let held = match form {
            Form::Int => Held::Int(self.emitter.convert(Conversion::Reduce, Type::I32, payload)),
            Form::Long => Held::Long(payload),
            Form::Double => Held::Double(self.double_of(payload)),
            Form::Wide => self.load_content(payload, 0, Form::Wide),
        };
        self.set(dst, held);
    }

    /// Has the reference engine execute an instruction that then traps.
    pub(super) fn step_unless(&mut self, condition: E::Value, inst: &Inst, pc: u32) {
        let (cold, rest) = (self.cold_block(), self.emitter.create_block());
        self.emitter.branch(condition, rest, cold);
        self.emitter.begin_block(cold);
        let state = self.state;
        self.state.context = None;
        // The check here and the one of the reference engine are the same.
        self.step_and_leave(inst, pc);
        self.state = state;
        self.emitter.begin_block(rest);
    }

    /// Two slots are the same; boxes of wide numbers are left to the reference engine.
    fn reference_equality(&mut self, dst: Reg, a: Reg, b: Reg) -> bool {
        let is_wide = |class: &ClassId| (builtin::UINT128..=builtin::AMOUNT).contains(class);
        let may_be_wide = |translator: &Self, register| {
            let (_, class) = translator.held_wide(register);
            match translator.constant(class) {
                Some(class) => is_wide(&ClassId(class as u16)),
                None => true,
            }
        };
        if may_be_wide(self, a) && may_be_wide(self, b) {
            return self.wide_equality(dst, a, b);
        }
        let condition = self.same_halves(a, b);
        self.set_bool(dst, condition);
        true
    }

    fn wide_equality(&mut self, dst: Reg, a: Reg, b: Reg) -> bool {
        let ((a0, a1), (b0, b1)) = (self.held_wide(a), self.held_wide(b));
        let done = self.emitter.create_block();
        let result = self.emitter.param(done, Type::Bool);
        self.passed += 2;
        let same = self.same_halves(a, b);
        let first = self.emitter.binary_number(Binary::Add, a1, -i64::from(builtin::UINT128.0));
        let is_wide = self.emitter.compare_number(Comparison::UnsignedLessThanOrEqual, first, 2);
        let same_class = self.emitter.compare(Comparison::Equal, a1, b1);
        let both = self.emitter.binary(Binary::And, is_wide, same_class);
        self.cold(both, |translator| {
            // Both are boxes of this class: their contents decide.
            let contents = [a0, b0].map(|payload| {
                let place = translator.place(payload);
                let flags = Access::to(Region::Content);
                [0, 8].map(|at| {
                    let at = HEADER_BYTES as i32 + at;
                    translator.emitter.load(Type::I64, flags, place, at)
                })
            });
            let [[x0, x1], [y0, y1]] = contents;
            let low = translator.emitter.binary(Binary::Xor, x0, y0);
            let high = translator.emitter.binary(Binary::Xor, x1, y1);
            let differs = translator.emitter.binary(Binary::Or, low, high);
            let equal = translator.emitter.compare_number(Comparison::Equal, differs, 0);
            translator.emitter.jump(done, &[equal]);
        });
        self.emitter.jump(done, &[same]);
        self.emitter.begin_block(done);
        self.set_bool(dst, result);
        true
    }

    /// Whether a class is, or is below, another one; `Null` is below none.
    pub(super) fn is_instance(&mut self, found: E::Value, class: ClassId) -> E::Value {
        match self.known.test(self.module, class) {
            ClassTest::Never => return self.emitter.number(Type::Bool, 0),
            ClassTest::Between(first, last) if first == last => {
                return self.emitter.compare_number(Comparison::Equal, found, i64::from(first));
            }
            ClassTest::Between(first, last) => {
                let index = self.emitter.binary_number(Binary::Add, found, -i64::from(first));
                let span = i64::from(last - first);
                return self.emitter.compare_number(
                    Comparison::UnsignedLessThanOrEqual,
                    index,
                    span,
                );
            }
            ClassTest::Bit => {}
        }
        // A bit in the row of the class.
        let (_, width) = self.code.ancestors();
        let rows = self.context_part(Type::I64, offset::ANCESTORS);
        let row = self.emitter.binary_number(Binary::Multiply, found, (width * 8) as i64);
        let row = self.emitter.binary(Binary::Add, rows, row);
        let flags = Access::to(Region::Tables);
        let word = (class.index() / 64 * 8) as i32;
        let bits = self.emitter.load(Type::I64, flags, row, word);
        let bit =
            self.emitter.binary_number(Binary::And, bits, (1u64 << (class.index() % 64)) as i64);
        self.emitter.compare_number(Comparison::NotEqual, bit, 0)
    }

    /// Translates an instruction on objects and variables; false if it is none.
    pub(super) fn object(&mut self, inst: &Inst, pc: u32) -> bool {
        match inst {
            Inst::New { dst, class } => self.new_object(inst, *dst, *class, pc),
            Inst::FieldGet { dst, object, field } => {
                let (payload, class) = self.held_wide(*object);
                self.null_check(class, pc);
                let form = self.named_type(inst).map_or(Form::Wide, Form::of);
                let held = self.load_content(payload, usize::from(field.slot), form);
                self.set(*dst, held);
            }
            Inst::FieldSet { object, value, field } => {
                let (payload, class) = self.held_wide(*object);
                self.null_check(class, pc);
                let held = self.held(*value);
                self.store_content(payload, usize::from(field.slot), held);
            }
            Inst::GlobalGet { dst, global } => {
                let form = self.named_type(inst).map_or(Form::Wide, Form::of);
                let globals = self.context_part(Type::I64, offset::GLOBALS);
                let region = Region::Globals;
                let held = self.load_slot(globals, (global.index() * 16) as i32, form, region);
                self.set(*dst, held);
            }
            Inst::GlobalSet { value, global } => {
                let globals = self.context_part(Type::I64, offset::GLOBALS);
                let (held, region) = (self.held(*value), Region::Globals);
                self.store_slot(globals, (global.index() * 16) as i32, held, region);
            }
            _ => return false,
        }
        true
    }

    fn new_object(&mut self, inst: &Inst, dst: Reg, class: ClassId, pc: u32) {
        let slots = self.code.instance_slots(class) as i64;
        let length = self.long(slots);
        let granules = self.long(slots + 1);
        let never = self.emitter.number(Type::Bool, 0);
        self.allocate(inst, dst, class, Room { length, granules, slow: never }, pc);
    }

    /// Places an object here where there is gas and room; its content is zero already. The
    /// reference engine does it where there is not, or the condition says so.
    pub(super) fn allocate(
        &mut self,
        inst: &Inst,
        dst: Reg,
        class: ClassId,
        room: Room<E::Value>,
        pc: u32,
    ) {
        let unit = self.context_part(Type::I64, offset::ALLOCATE_UNIT);
        let base = self.context_part(Type::I64, offset::ALLOCATE_BASE);
        let price = self.emitter.binary(Binary::Multiply, unit, room.granules);
        let price = self.emitter.binary(Binary::Add, price, base);
        let top = self.context_part(Type::I64, offset::ARENA_TOP);
        let end = self.context_part(Type::I64, offset::ARENA_END);
        let bytes = self.emitter.binary_number(Binary::ShiftLeft, room.granules, 4);
        let next = self.emitter.binary(Binary::Add, top, bytes);
        let is_full = self.emitter.compare(Comparison::UnsignedGreaterThan, next, end);
        let gas = self.gas();
        let is_short = self.emitter.compare(Comparison::UnsignedLessThan, gas, price);
        let slow = self.emitter.binary(Binary::Or, is_full, is_short);
        let slow = self.emitter.binary(Binary::Or, slow, room.slow);
        let number = self.long(class.0.into());
        self.or_step(inst, dst, slow, pc, |translator| {
            let left = translator.emitter.binary(Binary::Subtract, gas, price);
            translator.set_gas(left);
            translator.set_context_part(next, offset::ARENA_TOP);
            let place = translator.place(top);
            let length = translator.emitter.binary_number(Binary::ShiftLeft, room.length, 32);
            let header = translator.emitter.binary(Binary::Or, length, number);
            let flags = Access::to(Region::Header);
            translator.emitter.store(flags, header, place, 0);
            (top, number)
        });
        // Whoever made it, its class is known.
        let (payload, _) = self.held_wide(dst);
        self.set(dst, Held::Wide(payload, number));
        self.know(Fact::NotNull(number));
    }

    /// The address of an object.
    pub(super) fn place(&mut self, payload: E::Value) -> E::Value {
        let arena = self.arena();
        self.emitter.binary(Binary::Add, arena, payload)
    }

    fn load_content(&mut self, payload: E::Value, slot: usize, form: Form) -> Held<E::Value> {
        let place = self.place(payload);
        let at = (HEADER_BYTES + slot * 16) as i32;
        self.load_slot(place, at, form, Region::Content)
    }

    fn store_content(&mut self, payload: E::Value, slot: usize, held: Held<E::Value>) {
        let place = self.place(payload);
        let at = (HEADER_BYTES + slot * 16) as i32;
        self.store_slot(place, at, held, Region::Content);
    }

    pub(super) fn load_slot(
        &mut self,
        place: E::Value,
        at: i32,
        form: Form,
        region: Region,
    ) -> Held<E::Value> {
        let flags = Access::to(region);
        let parts: Vec<E::Value> = (form.parts().iter().zip([at, at + 8]))
            .map(|(ty, at)| self.emitter.load(*ty, flags, place, at))
            .collect();
        form.join(&parts)
    }

    /// Slots of scalars stay zero above them.
    pub(super) fn store_slot(
        &mut self,
        place: E::Value,
        at: i32,
        held: Held<E::Value>,
        region: Region,
    ) {
        let flags = Access::to(region);
        let mut at = at;
        held.for_each(|value| {
            self.emitter.store(flags, value, place, at);
            at += 8;
        });
    }
}
