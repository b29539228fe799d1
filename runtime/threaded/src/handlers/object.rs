//! Self-describing slots, objects and module-wide variables.

use crate::state::{State, read, write};
use fvm_isa::BUILTIN_CLASSES;
use fvm_vm::engine::HEADER_BYTES;

handlers! {
    /// `box` of a Boolean.
    box_bit<A> = |s| {
        s.set_reference(0, s.half(2) as u64, s.low::<A>(1) & 1);
        s.next(2)
    };
    /// `box` of an integer of at most 32 bits.
    box_i32<A> = |s| {
        s.set_reference(0, s.half(2) as u64, u64::from(s.i32::<A>(1) as u32));
        s.next(2)
    };
    /// `box` of 64 bits.
    box_i64<A> = |s| {
        s.set_reference(0, s.half(2) as u64, s.low::<A>(1));
        s.next(2)
    };
    /// `box` of 128 bits.
    box_wide = |s| {
        let value = s.u128(1);
        match s.allocate(16, None) {
            Some((state, object)) => {
                s.begin(object, s.half(2) as u32, 1);
                write::<u128>(object.add(HEADER_BYTES), value);
                s.set_reference(0, s.half(2) as u64, object.offset_from(s.arena) as u64);
                state.next(2)
            }
            None => s.redo(),
        }
    };
    /// `unbox` of at most 64 bits.
    unbox_narrow<S> = |s| {
        if s.class(1) != s.half(2) as u64 {
            return s.redo();
        }
        s.set::<S>(0, s.payload(1)).next(2)
    };
    /// `unbox` of 128 bits.
    unbox_wide = |s| {
        if s.class(1) != s.half(2) as u64 {
            return s.redo();
        }
        let value = read::<u128>(s.object(1).add(HEADER_BYTES));
        s.set_u128(0, value).next(2)
    };
    /// `cast`.
    cast = |s| {
        let class = s.class(1);
        if class != s.half(2) as u64 && class != 0 && !is_subclass(s, class, s.half(2)) {
            return s.redo();
        }
        s.set_u128(0, s.u128(1)).next(2)
    };
    /// `is`.
    is<S> = |s| {
        s.set_bool::<S>(0, is_instance(s, 1, 2)).next(2)
    };
    /// `is_null`.
    is_null<S> = |s| {
        s.set_bool::<S>(0, s.class(1) == 0).next(2)
    };
    /// `ref.eq`.
    ref_eq = |s| {
        let content = |register| read::<u128>(s.object(register).add(HEADER_BYTES));
        let is_same = s.class(1) == s.class(2)
            && (s.payload(1) == s.payload(2)
                || is_wide_box(s.class(1)) && content(1) == content(2));
        s.set_bool::<true>(0, is_same).next(2)
    };
    /// `any.is_object`.
    is_object<S> = |s| {
        s.set_bool::<S>(0, s.class(1) >= BUILTIN_CLASSES as u64).next(2)
    };
    /// `any.class`.
    class<S> = |s| {
        s.set_i32::<S>(0, s.class(1) as i32).next(2)
    };
    /// `br.null`.
    br_null = |s| s.branch(s.class(0) == 0);
    /// `br.is`.
    br_is = |s| s.branch(is_instance(s, 0, 1));
    /// `field.get` of a narrow field.
    field_get_narrow<S> = |s| {
        if s.class(1) == 0 {
            return s.redo();
        }
        let place = s.object(1).add(s.int(1) as usize);
        s.set::<S>(0, read::<u64>(place)).next(2)
    };
    /// `field.get` of a wide field.
    field_get_wide = |s| {
        if s.class(1) == 0 {
            return s.redo();
        }
        let place = s.object(1).add(s.int(1) as usize);
        s.set_u128(0, read::<u128>(place)).next(2)
    };
    /// `field.set` of a narrow field.
    field_set_narrow<A> = |s| {
        if s.class(0) == 0 {
            s.spill::<A>(1);
            return s.redo();
        }
        let place = s.object(0).add(s.int(1) as usize);
        write::<u64>(place, s.low::<A>(1));
        s.next(2)
    };
    /// `field.set` of a wide field.
    field_set_wide = |s| {
        if s.class(0) == 0 {
            return s.redo();
        }
        let place = s.object(0).add(s.int(1) as usize);
        write::<u128>(place, s.u128(1));
        s.next(2)
    };
    /// `global.get`.
    global_get = |s| {
        s.set_u128(0, *(*s.cx).globals.add(s.int(1) as usize)).next(2)
    };
    /// `global.set` of a wide variable.
    global_set_wide = |s| {
        *(*s.cx).globals.add(s.int(1) as usize) = s.u128(0);
        s.next(2)
    };
    /// `global.set` of a narrow variable.
    global_set_narrow = |s| {
        *(*s.cx).globals.add(s.int(1) as usize).cast::<u64>() = s.low::<false>(0);
        s.next(2)
    };
    /// `new`: the destination, the class, and the slots; then the price.
    new = |s| {
        let slots = s.int(1) as u32;
        match s.allocate(slots as usize * 16, Some(s.word(2))) {
            Some((state, object)) => {
                s.begin(object, s.half(1) as u32, slots);
                s.set_reference(0, s.half(1) as u64, object.offset_from(s.arena) as u64);
                state.next(3)
            }
            None => s.redo(),
        }
    };
}

/// Whether a register holds an instance of the class that is an operand.
///
/// # Safety
///
/// That of the functions of the state.
#[inline(always)]
unsafe fn is_instance(s: State, register: usize, class: usize) -> bool {
    // SAFETY: the contract.
    unsafe {
        let found = s.class(register);
        let class = s.half(class);
        // Null is above no class, but it is one itself.
        found != 0 && (found == class as u64 || is_subclass(s, found, class))
    }
}

/// Whether instances of a class that exists are instances of another one.
///
/// # Safety
///
/// That of the functions of the state; both classes are of the module.
#[inline(always)]
unsafe fn is_subclass(s: State, class: u64, ancestor: usize) -> bool {
    // SAFETY: references have classes of the module (V4, V12), and so has the operand (V11): the
    // row has a bit for each.
    unsafe {
        let row = class as usize * (*s.cx).ancestors_width;
        let word = *(*s.cx).ancestors.add(row + ancestor / 64);
        word >> (ancestor % 64) & 1 != 0
    }
}

/// Whether boxes of a class are objects that are compared by content.
#[inline(always)]
fn is_wide_box(class: u64) -> bool {
    use fvm_isa::builtin::{AMOUNT, UINT128};
    (u64::from(UINT128.0)..=u64::from(AMOUNT.0)).contains(&class)
}

/// Objects. The contract is that of all functions of the state.
#[allow(clippy::missing_safety_doc, reason = "told above for all of them")]
impl State {
    /// Room for an object with so many bytes of content, which are zero, and what is left after its
    /// price; none if there is no room or no gas, and then nothing has changed.
    #[inline(always)]
    pub unsafe fn allocate(self, content: usize, price: Option<u64>) -> Option<(State, *mut u8)> {
        // SAFETY: the arena is there up to its end, and zero from its top on.
        unsafe {
            let cx = self.cx;
            let bytes = content.next_multiple_of(16) + HEADER_BYTES;
            let top = (*cx).arena_top;
            if bytes > (*cx).arena_end - top {
                return None;
            }
            let price = match price {
                Some(price) => price,
                None => (*cx).allocate_unit * (bytes / 16) as u64 + (*cx).allocate_base,
            };
            let gas = self.gas.checked_sub(price)?;
            (*cx).arena_top = top + bytes;
            Some((State { gas, ..self }, self.arena.add(top)))
        }
    }

    /// Writes the header of a new object.
    #[inline(always)]
    pub unsafe fn begin(self, object: *mut u8, class: u32, length: u32) {
        let header = u64::from(class) | u64::from(length) << 32;
        // SAFETY: there is room for the header, and the flags behind it are zero.
        unsafe { write::<u64>(object, header) }
    }
}
