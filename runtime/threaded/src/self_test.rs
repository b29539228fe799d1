//! Whether calls in last place are jumps: a loop of a thousand steps is run once for each process,
//! in which every turn looks where the native stack is.

/// Whether handlers may be run.
#[cfg(not(tail_calls))]
pub(crate) fn is_passed() -> bool {
    true
}

#[cfg(tail_calls)]
pub(crate) use probe::is_passed;

#[cfg(tail_calls)]
mod probe {
    use crate::context::{Context, Exit};
    use crate::handlers::{control, integer};
    use crate::state::{State, has_grown, native_stack};
    use crate::word::Word;
    use std::ptr::null_mut;
    use std::sync::OnceLock;

    /// Turns of the loop at the first use in a process.
    const TURNS: i32 = 250;

    /// Whether handlers jump to each other, found out once.
    pub(crate) fn is_passed() -> bool {
        static PASSED: OnceLock<bool> = OnceLock::new();
        *PASSED.get_or_init(|| runs_in_place(TURNS))
    }

    handlers! {
        /// Goes on if the native stack has not grown.
        look = |s| {
            if has_grown((*s.cx).native_stack) {
                return s.exit(Exit::Grown);
            }
            s.next(2)
        };
    }

    /// Whether a loop of so many turns leaves the native stack where it was.
    pub(crate) fn runs_in_place(turns: i32) -> bool {
        let words = [
            Word { handler: look },
            Word::halves([0; 4]),
            Word { handler: integer::i32_add_imm::<false, true> },
            Word::halves([0, 0, u16::MAX, 0]),
            Word { handler: integer::i64_xor::<true, false, true> },
            Word::halves([16, 0, 0, 0]),
            Word { handler: control::i32_br_lt_imm::<false> },
            Word::halves([0, 1, 0, 0]),
            Word::ints(5 * 8, -6 * 8),
            Word { data: 1 },
            Word { data: 1 },
            Word { handler: control::done },
        ];
        let mut registers = [turns as u32 as u128, 0];
        let mut cx = Context {
            exit: Exit::Running,
            ip: words.as_ptr(),
            regs: registers.as_mut_ptr().cast(),
            gas: u64::MAX,
            arena: null_mut(),
            accumulator: 0,
            frames: null_mut(),
            arena_top: 0,
            arena_end: 0,
            globals: null_mut(),
            window_end: null_mut(),
            frames_end: null_mut(),
            code: words.as_ptr(),
            allocate_base: 0,
            allocate_unit: 0,
            copy_base: 0,
            copy_unit: 0,
            ancestors: std::ptr::null(),
            ancestors_width: 0,
            native_stack: native_stack(),
        };
        let state = State {
            ip: cx.ip,
            regs: cx.regs,
            gas: cx.gas,
            cx: &raw mut cx,
            arena: null_mut(),
            accumulator: 0,
        };
        // SAFETY: the words are a loop over two registers that are there, and lead to the last one.
        unsafe { state.go() };
        cx.exit == Exit::Done
    }

    #[cfg(test)]
    mod tests {
        #[test]
        fn a_million_turns_fit_on_a_small_stack() {
            let thread = std::thread::Builder::new().stack_size(64 << 10);
            let run = thread.spawn(|| super::runs_in_place(1_000_000)).expect("a thread");
            assert!(run.join().expect("no panic"));
        }
    }
}
