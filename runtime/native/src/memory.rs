//! Memory of other kinds: pages with machine code, and native stacks.

use crate::limits;
use memmap2::{Mmap, MmapMut, MmapOptions};
use std::cell::Cell;
use std::io;

/// Machine code in memory that can be executed and no longer written. Given back when dropped.
#[derive(Debug)]
pub(crate) struct Executable {
    pages: Option<Mmap>,
}

impl Executable {
    /// Places code.
    pub fn new(code: &[u8]) -> io::Result<Executable> {
        if code.is_empty() {
            return Ok(Executable { pages: None });
        }
        let mut pages = MmapMut::map_anon(code.len())?;
        pages.copy_from_slice(code);
        Ok(Executable { pages: Some(pages.make_exec()?) })
    }

    /// The code.
    pub fn bytes(&self) -> &[u8] {
        self.pages.as_deref().unwrap_or_default()
    }

    /// The address of the code at an offset.
    pub fn address(&self, offset: usize) -> usize {
        let start = self.pages.as_ref().map_or(0, |pages| pages.as_ptr() as usize);
        start + offset
    }
}

thread_local! {
    /// The stack of the last call of this thread, for its next one, whatever the program: no lock
    /// is needed, and there are never more of them than threads.
    static KEPT: Cell<Option<Stack>> = const { Cell::new(None) };
}

/// A native stack: pages that take memory once they are touched.
#[derive(Debug)]
pub(crate) struct Stack {
    pages: MmapMut,
}

impl Stack {
    /// A stack of at least so many bytes: the one that this thread has kept, if it is large enough.
    pub fn take(bytes: usize) -> io::Result<Stack> {
        let kept = KEPT.try_with(Cell::take).ok().flatten();
        if let Some(stack) = kept.filter(|stack| stack.pages.len() >= bytes) {
            return Ok(stack);
        }
        let bytes = bytes.next_multiple_of(1 << 16);
        Ok(Stack { pages: MmapOptions::new().len(bytes).no_reserve_swap().map_anon()? })
    }

    /// Has the next call of this thread take this stack, unless it is too large to be kept.
    pub fn keep(self) {
        if self.pages.len() <= limits::STACK_KEPT_BYTES_MAX {
            // A thread that is ending keeps nothing.
            let _ = KEPT.try_with(|kept| kept.set(Some(self)));
        }
    }

    /// Where it starts: stacks grow downwards.
    fn top(&mut self) -> *mut u8 {
        // The length is a multiple of 16, and pages are aligned to more.
        self.pages.as_mut_ptr_range().end
    }

    /// Calls `thunk(frame, target, context)` on this stack; `context` is also in the register in which
    /// some generators pin it.
    ///
    /// # Safety
    ///
    /// `thunk` is a thunk that a translation made for functions like `target`, which is the
    /// entry of compiled code; `context` is alive and belongs to nobody else; the stack is large
    /// enough for whatever the code does.
    #[cfg(all(target_arch = "x86_64", unix))]
    pub unsafe fn enter<T>(&mut self, thunk: usize, context: *mut T, frame: u64, target: usize) {
        // SAFETY: the thunk follows the System V convention, so the registers below are all that
        // changes; the stack pointer is kept in a register that calls preserve. By this function's
        // contract the stack does not overflow, and the callbacks never unwind.
        unsafe {
            std::arch::asm!(
                "xchg rsp, r12",
                "call {thunk}",
                "mov rsp, r12",
                thunk = in(reg) thunk,
                inout("r12") self.top() => _,
                inout("r15") context => _,
                in("rdi") frame,
                in("rsi") target,
                in("rdx") context,
                clobber_abi("sysv64"),
            );
        }
    }

    /// Nothing is compiled for other processors, so nothing is entered.
    ///
    /// # Safety
    ///
    /// None is needed.
    #[cfg(not(all(target_arch = "x86_64", unix)))]
    pub unsafe fn enter<T>(&mut self, _: usize, _: *mut T, _: u64, _: usize) {
        let _ = self.top();
    }
}
