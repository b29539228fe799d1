//! Arrays, strings and bytes: lengths and elements. Everything longer is the reference engine's.
//!
//! The class of an array says how wide its elements are (rule V12), its header how many there are.

use super::function::{Fact, Translator};
use super::held::{Form, Held};
use super::object::Room;
use crate::emitter::{Access, Binary, Comparison, Conversion, Emitter, Region, Type, Unary};
use fvm_isa::{ClassId, Inst, Reg, builtin};
use fvm_vm::engine::{FLAGS_OFFSET, HEADER_BYTES, LENGTH_OFFSET};

/// How elements become registers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    /// Small ones, extended by sign or by zeros.
    Signed(Type),
    Unsigned(Type),
    /// As they are.
    Whole(Form),
}

impl<E: Emitter> Translator<'_, E> {
    /// Translates an instruction on sequences; false if it is none, or not worth it.
    pub(super) fn sequence(&mut self, inst: &Inst, pc: u32) -> bool {
        use Element::{Signed, Unsigned, Whole};
        match inst {
            Inst::ArrayLength { dst, array: a }
            | Inst::StringLength { dst, a }
            | Inst::BytesLength { dst, a } => {
                let (_, length) = self.sequence_of(*a, pc);
                self.set(*dst, Held::Int(length));
            }
            Inst::ArrayGetAny { dst, array, index } => {
                self.get(Whole(Form::Wide), *dst, *array, *index, pc);
            }
            Inst::ArrayGetBoolean { dst, array, index } => {
                self.get(Unsigned(Type::I8), *dst, *array, *index, pc);
            }
            Inst::ArrayGetByte { dst, array, index } => {
                self.get(Signed(Type::I8), *dst, *array, *index, pc);
            }
            Inst::ArrayGetShort { dst, array, index } => {
                self.get(Signed(Type::I16), *dst, *array, *index, pc);
            }
            Inst::ArrayGetChar { dst, array, index } => {
                self.get(Unsigned(Type::I16), *dst, *array, *index, pc);
            }
            Inst::ArrayGetInt { dst, array, index } => {
                self.get(Whole(Form::Int), *dst, *array, *index, pc);
            }
            Inst::ArrayGetLong { dst, array, index } => {
                self.get(Whole(Form::Long), *dst, *array, *index, pc);
            }
            Inst::ArrayGetDouble { dst, array, index } => {
                self.get(Whole(Form::Double), *dst, *array, *index, pc);
            }
            Inst::BytesGet { dst, a, index } => {
                self.get(Unsigned(Type::I8), *dst, *a, *index, pc);
            }
            Inst::ArraySetAny { array, index, value } => {
                self.put_register(Whole(Form::Wide), *array, *index, *value, pc);
            }
            Inst::ArraySetBoolean { array, index, value } => {
                // The lowest bit counts: rule V12 does not tell a Boolean from another `i32`.
                let bit = self.held_int(*value);
                let bit = self.emitter.binary_number(Binary::And, bit, 1);
                self.put(Unsigned(Type::I8), *array, *index, Held::Int(bit), pc);
            }
            Inst::ArraySetByte { array, index, value } => {
                self.put_register(Unsigned(Type::I8), *array, *index, *value, pc);
            }
            Inst::ArraySetShort { array, index, value }
            | Inst::ArraySetChar { array, index, value } => {
                self.put_register(Unsigned(Type::I16), *array, *index, *value, pc);
            }
            Inst::ArraySetInt { array, index, value } => {
                self.put_register(Whole(Form::Int), *array, *index, *value, pc);
            }
            Inst::ArraySetLong { array, index, value } => {
                self.put_register(Whole(Form::Long), *array, *index, *value, pc);
            }
            Inst::ArraySetDouble { array, index, value } => {
                self.put_register(Whole(Form::Double), *array, *index, *value, pc);
            }
            Inst::BytesGetI64 { dst, a, index } => {
                let place = self.number_place(inst, *a, *index, 8, pc);
                let value = self.load_big_endian(place, 0);
                self.set(*dst, Held::Long(value));
            }
            Inst::BytesGetU128 { dst, a, index } => {
                let place = self.number_place(inst, *a, *index, 16, pc);
                let (high, low) = (self.load_big_endian(place, 0), self.load_big_endian(place, 8));
                self.set(*dst, Held::Wide(low, high));
            }
            Inst::ArrayPutI64 { array, start, value } => {
                let value = self.held_long(*value);
                let place = self.number_place(inst, *array, *start, 8, pc);
                self.store_big_endian(value, place, 0);
            }
            Inst::ArrayPutU128 { array, start, value } => {
                let (low, high) = self.held_wide(*value);
                let place = self.number_place(inst, *array, *start, 16, pc);
                self.store_big_endian(high, place, 0);
                self.store_big_endian(low, place, 8);
            }
            Inst::BytesFromI64 { dst, a } => {
                let value = self.held_long(*a);
                let place = self.new_number(inst, *dst, 8, pc);
                self.store_big_endian(value, place, 0);
            }
            Inst::BytesFromU128 { dst, a } => {
                let (low, high) = self.held_wide(*a);
                let place = self.new_number(inst, *dst, 16, pc);
                self.store_big_endian(high, place, 0);
                self.store_big_endian(low, place, 8);
            }
            Inst::ArrayNew { dst, length, class } => {
                self.new_array(inst, *dst, *length, *class, pc);
            }
            Inst::StringCharAt { dst, a, index } => self.char_at(inst, *dst, *a, *index, pc),
            _ => return false,
        }
        true
    }

    /// The address of a sequence that is not null, and its length.
    fn sequence_of(&mut self, register: Reg, pc: u32) -> (E::Value, E::Value) {
        let (payload, class) = self.held_wide(register);
        self.null_check(class, pc);
        let place = self.place(payload);
        let length = self.length(place);
        (place, length)
    }

    /// An object for the bytes of a number, and where it is. If the reference engine makes it, that
    /// writes the number too.
    fn new_number(&mut self, inst: &Inst, dst: Reg, bytes: i64, pc: u32) -> E::Value {
        let (length, granules) = (self.long(bytes), self.long(2));
        let never = self.emitter.number(Type::Bool, 0);
        let room = Room { length, granules, slow: never };
        self.allocate(inst, dst, builtin::BYTES, room, pc);
        let (payload, _) = self.held_wide(dst);
        self.place(payload)
    }

    /// The length of a sequence. Headers are written once, before anybody is given the reference: so
    /// the length can be read wherever the reference is known, and out of loops.
    fn length(&mut self, place: E::Value) -> E::Value {
        let flags = Access::to(Region::Header).unchanging();
        self.emitter.load(Type::I32, flags, place, LENGTH_OFFSET as i32)
    }

    /// The address of an element, without the header. Null is checked together with the index:
    /// where its payload points to is a sequence without elements.
    fn element(&mut self, array: Reg, index: Reg, width: i64, pc: u32) -> E::Value {
        let (payload, class) = self.held_wide(array);
        let place = self.place(payload);
        let index = self.held_int(index);
        // The length of a sequence never changes.
        let inside = Fact::Inside(payload, index);
        if !self.is_known(inside) {
            let length = self.length(place);
            let outside =
                self.emitter.compare(Comparison::UnsignedGreaterThanOrEqual, index, length);
            self.bad_index_if(outside, pc, index, (payload, class));
            self.know(Fact::NotNull(class));
            self.know(inside);
        }
        self.scaled(place, index, width)
    }

    fn scaled(&mut self, place: E::Value, index: E::Value, width: i64) -> E::Value {
        let index = self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, index);
        let offset = match width {
            1 => index,
            _ => self.emitter.binary_number(
                Binary::ShiftLeft,
                index,
                i64::from(width.trailing_zeros()),
            ),
        };
        self.emitter.binary(Binary::Add, place, offset)
    }

    fn get(&mut self, element: Element, dst: Reg, array: Reg, index: Reg, pc: u32) {
        let place = self.element(array, index, element.width(), pc);
        let held = self.load_element(element, place);
        self.set(dst, held);
    }

    fn load_element(&mut self, element: Element, place: E::Value) -> Held<E::Value> {
        let (at, region) = (HEADER_BYTES as i32, Region::Content);
        let flags = Access::to(region);
        match element {
            Element::Whole(form) => self.load_slot(place, at, form, region),
            Element::Signed(ty) => {
                let value = self.emitter.load(ty, flags, place, at);
                Held::Int(self.emitter.convert(Conversion::Extend, Type::I32, value))
            }
            Element::Unsigned(ty) => {
                let value = self.emitter.load(ty, flags, place, at);
                Held::Int(self.emitter.convert(Conversion::ExtendUnsigned, Type::I32, value))
            }
        }
    }

    fn put_register(&mut self, element: Element, array: Reg, index: Reg, value: Reg, pc: u32) {
        let held = self.held(value);
        self.put(element, array, index, held, pc);
    }

    fn put(&mut self, element: Element, array: Reg, index: Reg, held: Held<E::Value>, pc: u32) {
        let place = self.element(array, index, element.width(), pc);
        let (at, region) = (HEADER_BYTES as i32, Region::Content);
        match (element, held) {
            (Element::Signed(ty) | Element::Unsigned(ty), Held::Int(value)) => {
                let value = self.emitter.convert(Conversion::Reduce, ty, value);
                let flags = Access::to(region);
                self.emitter.store(flags, value, place, at);
            }
            _ => self.store_slot(place, at, held, region),
        }
    }

    /// The address, without the header, of so many bytes from an index on; the reference engine
    /// traps where they do not lie within the sequence.
    fn number_place(&mut self, inst: &Inst, a: Reg, index: Reg, bytes: i64, pc: u32) -> E::Value {
        let (place, length) = self.sequence_of(a, pc);
        let index = self.held_int(index);
        // In 64 bits nothing wraps; a negative index is a large one.
        let index = self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, index);
        let end = self.emitter.binary_number(Binary::Add, index, bytes);
        let length = self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, length);
        let fits = self.emitter.compare(Comparison::UnsignedLessThanOrEqual, end, length);
        self.step_unless(fits, inst, pc);
        self.emitter.binary(Binary::Add, place, index)
    }

    fn load_big_endian(&mut self, place: E::Value, at: usize) -> E::Value {
        let flags = Access::to(Region::Content).unaligned();
        let at = (HEADER_BYTES + at) as i32;
        let value = self.emitter.load(Type::I64, flags, place, at);
        self.emitter.unary(Unary::SwapBytes, value)
    }

    fn store_big_endian(&mut self, value: E::Value, place: E::Value, at: usize) {
        let flags = Access::to(Region::Content).unaligned();
        let value = self.emitter.unary(Unary::SwapBytes, value);
        self.emitter.store(flags, value, place, (HEADER_BYTES + at) as i32);
    }

    /// Arrays of ordinary length are placed here.
    fn new_array(&mut self, inst: &Inst, dst: Reg, length: Reg, class: ClassId, pc: u32) {
        let length = self.held_int(length);
        // Seen without a sign, negative lengths are large ones.
        let limit = ORDINARY_LENGTH_MAX;
        let slow = self.emitter.compare_number(Comparison::UnsignedGreaterThan, length, limit);
        let length = self.emitter.convert(Conversion::ExtendUnsigned, Type::I64, length);
        let width = Element::of_array(class).width();
        let content = self.emitter.binary_number(Binary::Multiply, length, width);
        let granules = self.emitter.binary_number(Binary::Add, content, 31);
        let granules = self.emitter.binary_number(Binary::ShiftRightUnsigned, granules, 4);
        self.allocate(inst, dst, class, Room { length, granules, slow }, pc);
    }

    /// A unit takes one byte or two.
    fn char_at(&mut self, inst: &Inst, dst: Reg, a: Reg, index: Reg, pc: u32) {
        let (place, length) = self.sequence_of(a, pc);
        let number = self.held_int(index);
        let outside = self.emitter.compare(Comparison::UnsignedGreaterThanOrEqual, number, length);
        self.cold(outside, |translator| {
            // It traps, with a detail of its own.
            translator.step_and_leave(inst, pc);
        });
        let done = self.emitter.create_block();
        let unit = self.emitter.param(done, Type::I32);
        self.passed += 2;
        let flags = Access::to(Region::Header);
        let wide = self.emitter.load(Type::I64, flags, place, FLAGS_OFFSET as i32);
        self.cold(wide, |translator| translator.unit(place, number, Type::I16, done));
        self.unit(place, number, Type::I8, done);
        self.emitter.begin_block(done);
        self.set(dst, Held::Int(unit));
    }

    fn unit(&mut self, place: E::Value, index: E::Value, ty: Type, done: E::Block) {
        let place = self.scaled(place, index, i64::from(ty.bytes()));
        if let Held::Int(unit) = self.load_element(Element::Unsigned(ty), place) {
            self.emitter.jump(done, &[unit]);
        }
    }
}

/// Elements of arrays that are not left to the reference engine: sums of sizes do not overflow.
const ORDINARY_LENGTH_MAX: i64 = 1 << 26;

impl Element {
    /// The elements of an array class.
    fn of_array(class: ClassId) -> Element {
        match class {
            builtin::ARRAY_BOOLEAN => Element::Unsigned(Type::I8),
            builtin::ARRAY_BYTE => Element::Signed(Type::I8),
            builtin::ARRAY_SHORT => Element::Signed(Type::I16),
            builtin::ARRAY_CHAR => Element::Unsigned(Type::I16),
            builtin::ARRAY_INT => Element::Whole(Form::Int),
            builtin::ARRAY_LONG => Element::Whole(Form::Long),
            builtin::ARRAY_DOUBLE => Element::Whole(Form::Double),
            _ => Element::Whole(Form::Wide),
        }
    }

    /// Bytes of an element.
    fn width(self) -> i64 {
        match self {
            Element::Signed(ty) | Element::Unsigned(ty) => i64::from(ty.bytes()),
            Element::Whole(form) => form.parts().iter().map(|ty| i64::from(ty.bytes())).sum(),
        }
    }
}
