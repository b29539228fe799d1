//! How large native frames are. LLVM tells it nowhere but in a warning, which functions ask for by
//! the attribute `warn-stack-size`; so whether this LLVM warns as expected is tried once, before
//! anything is compiled.

use inkwell::context::Context;
use inkwell::llvm_sys::LLVMDiagnosticInfo;
use inkwell::llvm_sys::LLVMDiagnosticSeverity::LLVMDSError;
use inkwell::llvm_sys::core::{
    LLVMContextSetDiagnosticHandler, LLVMDisposeMessage, LLVMGetDiagInfoDescription,
    LLVMGetDiagInfoSeverity,
};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ffi::{CStr, c_void};

/// The attribute; a frame with more bytes than its value is told.
pub(crate) const ATTRIBUTE: &str = "warn-stack-size";

/// What LLVM said while it generated code.
#[derive(Debug, Default)]
pub(crate) struct Frames {
    bytes: RefCell<BTreeMap<String, usize>>,
    is_wrong: Cell<bool>,
}

impl Frames {
    /// Has a context tell the frames of what is compiled in it while `work` does so.
    pub fn listen<T>(&self, context: &Context, work: impl FnOnce() -> T) -> T {
        // SAFETY: the context is alive, and while it knows this address the frames are, because
        // it forgets the address below; it is used by this thread only.
        unsafe {
            LLVMContextSetDiagnosticHandler(
                context.raw(),
                Some(hear),
                (&raw const *self).cast_mut().cast(),
            );
        }
        let result = work();
        // SAFETY: as above.
        unsafe { LLVMContextSetDiagnosticHandler(context.raw(), None, std::ptr::null_mut()) };
        result
    }

    /// Bytes of the frame of a function, without the address to return to: of one that LLVM has not
    /// warned of there are none. None if LLVM said something else too.
    pub fn bytes(&self, function: &str) -> Option<usize> {
        let known = self.bytes.borrow().get(function).copied().unwrap_or(0);
        (!self.is_wrong.get()).then_some(known)
    }

    fn note(&self, message: &str) -> Option<()> {
        let rest = message.split_once("stack frame size (")?.1;
        let (bytes, rest) = rest.split_once(") exceeds limit (")?;
        let name = rest.split_once("in function '")?.1.split_once('\'')?.0;
        self.bytes.borrow_mut().insert(name.to_owned(), bytes.parse().ok()?);
        Some(())
    }
}

/// What LLVM calls with whatever it has to say.
extern "C" fn hear(info: *mut LLVMDiagnosticInfo, frames: *mut c_void) {
    // SAFETY: `listen` gave this address, and the frames are alive while it waits.
    let frames = unsafe { &*frames.cast_const().cast::<Frames>() };
    // SAFETY: LLVM gives a description of its own, as text that belongs to us.
    let (is_error, message) = unsafe {
        let description = LLVMGetDiagInfoDescription(info);
        let message = CStr::from_ptr(description).to_string_lossy().into_owned();
        LLVMDisposeMessage(description);
        (LLVMGetDiagInfoSeverity(info) == LLVMDSError, message)
    };
    let is_frame = frames.note(&message).is_some();
    if is_error || (!is_frame && message.contains("stack frame")) {
        frames.is_wrong.set(true);
    }
}
