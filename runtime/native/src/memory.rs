//! Memory of other kinds: pages with machine code, and native stacks.

use crate::limits;
use memmap2::{Mmap, MmapMut, MmapOptions};
use std::io;
use std::ops::{Deref, DerefMut};
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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

/// A native stack: pages that take memory once they are touched.
#[derive(Debug)]
pub(crate) struct Stack {
    pages: MmapMut,
}

impl Stack {
    /// A stack of at least so many bytes.
    fn new(bytes: usize) -> io::Result<Stack> {
        let bytes = bytes.next_multiple_of(1 << 16);
        Ok(Stack { pages: MmapOptions::new().len(bytes).no_reserve_swap().map_anon()? })
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

/// Stacks of calls that have ended, for the next ones. One at a time takes the first without a lock,
/// which would take as long as the rest of a small call.
#[derive(Debug)]
pub(crate) struct Stacks {
    /// Null if there is none, [`TAKEN`] while a call has it.
    first: AtomicPtr<Stack>,
    others: Mutex<Vec<Stack>>,
}

/// Stands where the first stack would, while a call has it.
const TAKEN: *mut Stack = ptr::dangling_mut();

impl Stacks {
    pub fn new() -> Stacks {
        Stacks { first: AtomicPtr::new(ptr::null_mut()), others: Mutex::default() }
    }

    /// A stack of at least so many bytes, until it is dropped.
    pub fn take(&self, bytes: usize) -> io::Result<Lent<'_>> {
        let first = self.first.swap(TAKEN, Ordering::Acquire);
        let is_first = first != TAKEN;
        let kept = match is_first {
            false => self.others().pop().map(Box::new),
            true if first.is_null() => None,
            // SAFETY: the pointer is a box's, and whoever takes it out of the cell owns it.
            true => Some(unsafe { Box::from_raw(first) }),
        };
        let mut lent = Lent { stack: None, is_first, stacks: self };
        lent.stack = match kept.filter(|stack| stack.pages.len() >= bytes) {
            Some(stack) => Some(stack),
            None => Some(Box::new(Stack::new(bytes)?)),
        };
        Ok(lent)
    }

    fn others(&self) -> MutexGuard<'_, Vec<Stack>> {
        // A thread that panicked while it held the lock has left whole stacks.
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Stacks {
    fn drop(&mut self) {
        let first = *self.first.get_mut();
        if !first.is_null() && first != TAKEN {
            // SAFETY: as in `take`.
            drop(unsafe { Box::from_raw(first) });
        }
    }
}

/// A stack that a call has. It is given back however the call ends, unless it is too large.
pub(crate) struct Lent<'s> {
    /// There is one, unless there was no memory for it.
    stack: Option<Box<Stack>>,
    is_first: bool,
    stacks: &'s Stacks,
}

impl Deref for Lent<'_> {
    type Target = Stack;
    fn deref(&self) -> &Stack {
        self.stack.as_deref().expect("a stack that was lent")
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Stack {
        self.stack.as_deref_mut().expect("a stack that was lent")
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let stack = self.stack.take();
        let kept = stack.filter(|stack| stack.pages.len() <= limits::STACK_KEPT_BYTES_MAX);
        if self.is_first {
            let first = kept.map_or(ptr::null_mut(), Box::into_raw);
            self.stacks.first.store(first, Ordering::Release);
        } else {
            self.stacks.others().extend(kept.map(|stack| *stack));
        }
    }
}
