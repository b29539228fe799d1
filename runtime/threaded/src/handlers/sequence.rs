//! Arrays, strings, byte sequences: lengths and elements.

use crate::state::{State, read, write};
use fvm_isa::builtin::BYTES;
use fvm_vm::engine::HEADER_BYTES;

/// Defines handlers that read a narrow element at the index in the third operand.
macro_rules! get {
    ($($(#[$meta:meta])* $name:ident($element:ty) -> $set:ident;)*) => {handlers! {$(
        $(#[$meta])*
        $name<B, S> = |s| match s.element(1, s.i32::<B>(2), size_of::<$element>()) {
            Some(place) => s.$set::<S>(0, read::<$element>(place).into()).next(2),
            None => {
                s.spill::<B>(2);
                s.redo()
            }
        };
    )*}};
}

get! {
    /// `array.get_boolean` and `bytes.get`.
    get_u8(u8) -> set_i32;
    /// `array.get_byte`.
    get_i8(i8) -> set_i32;
    /// `array.get_short`.
    get_i16(i16) -> set_i32;
    /// `array.get_char`.
    get_u16(u16) -> set_i32;
    /// `array.get_int`.
    get_i32(i32) -> set_i32;
    /// `array.get_long` and `array.get_double`.
    get_i64(i64) -> set_i64;
}

/// Defines handlers that write a narrow element at the index in the second operand.
macro_rules! set {
    ($($(#[$meta:meta])* $name:ident($take:ident) -> $element:ty = $value:expr;)*) => {handlers! {$(
        $(#[$meta])*
        $name<A, B> = |s| match s.element(0, s.i32::<A>(1), size_of::<$element>()) {
            Some(place) => {
                write::<$element>(place, ($value)(s.$take::<B>(2)));
                s.next(2)
            }
            None => {
                s.spill::<A>(1);
                s.spill::<B>(2);
                s.redo()
            }
        };
    )*}};
}

set! {
    /// `array.set_boolean`.
    set_bit(i32) -> u8 = |value: i32| value as u8 & 1;
    /// `array.set_byte`.
    set_u8(i32) -> u8 = |value: i32| value as u8;
    /// `array.set_short` and `array.set_char`.
    set_u16(i32) -> u16 = |value: i32| value as u16;
    /// `array.set_int`.
    set_i32(i32) -> i32 = |value: i32| value;
    /// `array.set_long` and `array.set_double`.
    set_i64(i64) -> i64 = |value: i64| value;
}

handlers! {
    /// `array.get_any`.
    get_u128<B> = |s| match s.element(1, s.i32::<B>(2), 16) {
        Some(place) => {
            s.set_u128(0, read::<u128>(place)).next(2)
        }
        None => {
            s.spill::<B>(2);
            s.redo()
        }
    };
    /// `array.set_any`.
    set_u128<A> = |s| match s.element(0, s.i32::<A>(1), 16) {
        Some(place) => {
            write::<u128>(place, s.u128(2));
            s.next(2)
        }
        None => {
            s.spill::<A>(1);
            s.redo()
        }
    };
    /// `array.length`, `string.length` and `bytes.length`.
    length<S> = |s| {
        if s.class(1) == 0 {
            return s.redo();
        }
        s.set_i32::<S>(0, s.length(s.object(1)) as i32).next(2)
    };
    /// `string.char_at`.
    char_at<B, S> = |s| match unit(s, s.i32::<B>(2) as u32) {
        Some(unit) => s.set_i32::<S>(0, i32::from(unit)).next(2),
        None => {
            s.spill::<B>(2);
            s.redo()
        }
    };
    /// `bytes.get_i64`.
    bytes_get_i64 = |s| match number(s, 1, s.i32::<false>(2), 8) {
        Some(place) => {
            let value = read::<u64>(place);
            s.set_i64::<true>(0, u64::from_be(value) as i64).next(2)
        }
        None => s.redo(),
    };
    /// `bytes.get_u128`.
    bytes_get_u128 = |s| match number(s, 1, s.i32::<false>(2), 16) {
        Some(place) => {
            let value = read::<u128>(place);
            s.set_u128(0, u128::from_be(value)).next(2)
        }
        None => s.redo(),
    };
    /// `array.put_i64`.
    put_i64 = |s| match number(s, 0, s.i32::<false>(1), 8) {
        Some(place) => {
            write::<i64>(place, s.i64::<false>(2).to_be());
            s.next(2)
        }
        None => s.redo(),
    };
    /// `array.put_u128`.
    put_u128 = |s| match number(s, 0, s.i32::<false>(1), 16) {
        Some(place) => {
            write::<u128>(place, s.u128(2).to_be());
            s.next(2)
        }
        None => s.redo(),
    };
    /// `array.new` of elements whose width is two to the power of the last operand.
    array_new = |s| {
        let length = s.i32::<false>(1);
        if length < 0 {
            return s.redo();
        }
        let content = (length as usize) << s.half(3);
        match s.allocate(content, None) {
            Some((state, object)) => {
                s.begin(object, s.half(2) as u32, length as u32);
                s.set_reference(0, s.half(2) as u64, object.offset_from(s.arena) as u64);
                state.next(2)
            }
            None => s.redo(),
        }
    };
    /// `bytes.from_i64`.
    bytes_from_i64<A> = |s| match s.allocate(8, None) {
        Some((state, object)) => {
            s.begin(object, BYTES.0.into(), 8);
            write::<i64>(object.add(HEADER_BYTES), s.i64::<A>(1).to_be());
            s.set_reference(0, BYTES.0.into(), object.offset_from(s.arena) as u64);
            state.next(2)
        }
        None => {
            s.spill::<A>(1);
            s.redo()
        }
    };
    /// `bytes.from_u128`.
    bytes_from_u128 = |s| match s.allocate(16, None) {
        Some((state, object)) => {
            s.begin(object, BYTES.0.into(), 16);
            write::<u128>(object.add(HEADER_BYTES), s.u128(1).to_be());
            s.set_reference(0, BYTES.0.into(), object.offset_from(s.arena) as u64);
            state.next(2)
        }
        None => s.redo(),
    };
    /// `bytes.from_array`.
    bytes_from_array = |s| match copied(s) {
        Some((state, object)) => {
            s.set_reference(0, BYTES.0.into(), object.offset_from(s.arena) as u64);
            state.next(2)
        }
        None => s.redo(),
    };
}

/// The address of so many bytes at an index of a byte sequence, if it is not null and they lie in
/// it.
///
/// # Safety
///
/// That of the functions of the state; the operand names a register with such a reference.
#[inline(always)]
unsafe fn number(s: State, sequence: usize, index: i32, bytes: u64) -> Option<*mut u8> {
    // SAFETY: the contract; rule V12 says that elements are bytes.
    unsafe {
        if s.class(sequence) == 0 {
            return None;
        }
        let object = s.object(sequence);
        // A negative index is a large one here.
        let index = u64::from(index as u32);
        let is_inside = index + bytes <= u64::from(s.length(object));
        is_inside.then(|| object.add(HEADER_BYTES + index as usize))
    }
}

/// The unit at an index of a string, if it is not null and the index lies in it.
///
/// # Safety
///
/// That of the functions of the state; the second operand names a register with such a reference.
#[inline(always)]
unsafe fn unit(s: State, index: u32) -> Option<u16> {
    // SAFETY: the contract; the flag says how wide units are, there is no other.
    unsafe {
        if s.class(1) == 0 {
            return None;
        }
        let text = s.object(1);
        if index >= s.length(text) {
            return None;
        }
        let is_wide = s.flags(text) != 0;
        let place = text.add(HEADER_BYTES + ((index as usize) << u32::from(is_wide)));
        Some(if is_wide { read::<u16>(place) } else { u16::from(*place) })
    }
}

/// A new byte sequence of the elements of a byte array that two operands name, and what is left
/// after its price; none if something is out of the ordinary, and then nothing has changed.
///
/// # Safety
///
/// That of the functions of the state: array, start and count are the second to fourth operand.
#[inline(always)]
unsafe fn copied(s: State) -> Option<(State, *mut u8)> {
    // SAFETY: the contract; rule V12 says that elements are bytes, and a new object has room for
    // what it was asked for. It lies behind all others, so the two do not overlap.
    unsafe {
        if s.class(1) == 0 {
            return None;
        }
        let array = s.object(1);
        // Negative numbers are large ones here.
        let (start, count) = (s.i32::<false>(2) as u32, s.i32::<false>(3) as u32);
        if u64::from(start) + u64::from(count) > u64::from(s.length(array)) {
            return None;
        }
        let price = (*s.cx).copy_unit * u64::from(count.div_ceil(16)) + (*s.cx).copy_base;
        let gas = s.gas.checked_sub(price)?;
        let (state, object) = State { gas, ..s }.allocate(count as usize, None)?;
        s.begin(object, BYTES.0.into(), count);
        let from = array.add(HEADER_BYTES + start as usize);
        std::ptr::copy_nonoverlapping(from, object.add(HEADER_BYTES), count as usize);
        Some((state, object))
    }
}
