//! From a verified module to position-independent machine code.
//!
//! Every function becomes one of Cranelift's with the arguments `(frame, gas, parameters…)` and the
//! results `(gas, result)`; calls inside the module are relative, everything else is found behind
//! the pinned register. A function that is refused becomes a stub that asks the reference engine.

mod arithmetic;
mod call;
mod comparison;
mod counted;
mod ends;
mod flow;
mod function;
pub(crate) mod gas;
mod held;
mod inst;
mod known;
mod merge;
pub(crate) mod methods;
mod object;
mod sequence;
mod storage;
mod stub;
mod wide;

pub(crate) use held::Shape;

use crate::limits;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{ExternalName, Function, UserExternalName, UserFuncName};
use cranelift_codegen::isa::{CallConv, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, FinalizedRelocTarget};
use cranelift_frontend::FunctionBuilderContext;
use fvm_isa::FunctionId;
use fvm_vm::VerifiedModule;
use known::Known;
use methods::Methods;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Why a module or a function is left to the reference engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nobody has written the crossing from Rust for this processor.
    Processor,
    /// There is no memory for the code.
    NoMemory,
    /// It has more instructions than the limit.
    TooLarge,
    /// Its branches pass on more values than the limit.
    TooManyValues,
    /// Its native frame is larger than the limit.
    FrameTooLarge,
    /// Time was up.
    Late,
    /// Cranelift gave up.
    Cranelift,
}

impl Refusal {
    /// All of them.
    pub const ALL: &[Refusal] = &[
        Refusal::Processor,
        Refusal::NoMemory,
        Refusal::TooLarge,
        Refusal::TooManyValues,
        Refusal::FrameTooLarge,
        Refusal::Late,
        Refusal::Cranelift,
    ];
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Refusal::Processor => "there is no machine code for this processor",
            Refusal::NoMemory => "there is no memory for the code",
            Refusal::TooLarge => "it has too many instructions",
            Refusal::TooManyValues => "its branches pass on too many values",
            Refusal::FrameTooLarge => "its native frame is too large",
            Refusal::Late => "time was up",
            Refusal::Cranelift => "the code generator gave up",
        })
    }
}

/// What generates code: for functions with loops, for those without, whose code is not optimised
/// once more, and for those that end in tail calls, which need frame pointers.
pub(crate) struct Machinery {
    careful: OwnedTargetIsa,
    quick: OwnedTargetIsa,
    tailing: OwnedTargetIsa,
}

impl Machinery {
    /// The processor and what it can do, as text.
    pub fn processor(&self) -> String {
        let flags = self.careful.isa_flags();
        let flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
        format!("{} {}", self.careful.triple(), flags.join(" "))
    }

    /// For the processor at hand.
    pub fn new() -> Result<Machinery, Refusal> {
        if !cfg!(all(target_arch = "x86_64", unix)) {
            return Err(Refusal::Processor);
        }
        Ok(Machinery {
            careful: isa("speed", "false")?,
            quick: isa("none", "false")?,
            tailing: isa("speed", "true")?,
        })
    }
}

fn isa(opt_level: &str, frame_pointers: &str) -> Result<OwnedTargetIsa, Refusal> {
    let mut flags = settings::builder();
    for (name, value) in [
        ("opt_level", opt_level),
        ("regalloc_algorithm", "backtracking"),
        ("preserve_frame_pointers", frame_pointers),
        ("enable_pinned_reg", "true"),
        // The size of the stack is proved.
        ("enable_probestack", "false"),
        ("unwind_info", "false"),
        ("enable_verifier", if cfg!(debug_assertions) { "true" } else { "false" }),
    ] {
        flags.set(name, value).map_err(|_| Refusal::Cranelift)?;
    }
    let builder = cranelift_native::builder().map_err(|_| Refusal::Processor)?;
    builder.finish(settings::Flags::new(flags)).map_err(|_| Refusal::Processor)
}

/// A compiled module.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    /// The code of all functions.
    pub bytes: Vec<u8>,
    /// Where functions start, by number.
    pub entries: Vec<u32>,
    /// Where the thunks start through which functions are called, by number of the function.
    pub thunks: Vec<u32>,
    /// What is left to the reference engine.
    pub refused: Vec<(FunctionId, Refusal)>,
    /// Bytes of the largest native frame.
    pub frame_bytes: usize,
}

/// Compiles a module; from when `is_late` says so, functions become stubs.
pub(crate) fn module(
    machinery: &Machinery,
    module: &VerifiedModule,
    is_late: &dyn Fn() -> bool,
) -> Result<Compiled, Refusal> {
    let methods = Methods::new(module);
    let functions = &module.module().functions;
    let shapes = functions.iter().map(|function| Shape::of(&function.params, function.result));
    let mut linker = Linker::new(machinery, shapes.clone().collect::<BTreeSet<Shape>>());
    for number in 0..functions.len() {
        let id = FunctionId(number as u16);
        let refusal = match is_late() {
            true => Some(Refusal::Late),
            false => linker.function(module, &methods, id).err(),
        };
        if let Some(refusal) = refusal {
            linker.refused.push((id, refusal));
            linker.stub(module, id)?;
        }
    }
    linker.thunks()?;
    let thunks = shapes.map(|shape| linker.thunks.get(&shape).copied().unwrap_or(0)).collect();
    Ok(linker.finish(thunks))
}

/// What is generated for the functions of a module, as text: Cranelift's own form, optimised,
/// and the instructions of the processor.
pub(crate) fn listing(machinery: &Machinery, module: &VerifiedModule) -> Result<String, Refusal> {
    let methods = Methods::new(module);
    let mut linker = Linker::new(machinery, BTreeSet::new());
    linker.listing = Some(String::new());
    for number in 0..module.module().functions.len() {
        let id = FunctionId(number as u16);
        if linker.function(module, &methods, id).is_err() {
            linker.stub(module, id)?;
        }
    }
    Ok(linker.listing.unwrap_or_default())
}

/// Collects code and where its calls go.
struct Linker<'a> {
    machinery: &'a Machinery,
    context: Context,
    builder: FunctionBuilderContext,
    known: Known,
    shapes: BTreeSet<Shape>,
    bytes: Vec<u8>,
    entries: Vec<u32>,
    calls: Vec<(usize, usize, i64)>,
    thunks: BTreeMap<Shape, u32>,
    refused: Vec<(FunctionId, Refusal)>,
    frame_bytes: usize,
    /// Bytes of arguments that a call may leave on the stack.
    argument_bytes: usize,
    /// What is generated, as text, if somebody wants to read it.
    listing: Option<String>,
}

impl<'a> Linker<'a> {
    fn new(machinery: &'a Machinery, shapes: BTreeSet<Shape>) -> Linker<'a> {
        let argument_bytes = shapes.iter().map(Shape::argument_bytes).max().unwrap_or(0);
        Linker {
            machinery,
            context: Context::new(),
            builder: FunctionBuilderContext::new(),
            known: Known::default(),
            shapes,
            bytes: Vec::new(),
            entries: Vec::new(),
            calls: Vec::new(),
            thunks: BTreeMap::new(),
            refused: Vec::new(),
            frame_bytes: 0,
            argument_bytes,
            listing: None,
        }
    }

    fn function(
        &mut self,
        module: &VerifiedModule,
        methods: &Methods,
        id: FunctionId,
    ) -> Result<(), Refusal> {
        let function = &module.module().functions[id.index()];
        function::check_size(function)?;
        self.begin(id);
        let target = self.machinery.careful.frontend_config();
        let (func, known) = (&mut self.context.func, &mut self.known);
        let has_loops =
            function::translate(func, &mut self.builder, module, methods, known, id, target)?;
        self.context.set_disasm(self.listing.is_some());
        let isa = match (has_tail_call(function), has_loops) {
            (true, _) => &self.machinery.tailing,
            (false, true) => &self.machinery.careful,
            (false, false) => &self.machinery.quick,
        };
        let entry = emit(&mut self.context, isa, &mut self.bytes, &mut self.calls, |frame| {
            let frame = frame + self.argument_bytes;
            self.frame_bytes = self.frame_bytes.max(frame.min(limits::FRAME_BYTES_MAX));
            frame <= limits::FRAME_BYTES_MAX
        })?;
        self.entries.push(entry);
        if let Some(listing) = &mut self.listing {
            let code = self.context.compiled_code().and_then(|code| code.vcode.as_ref());
            let code = code.map_or("", |text| text);
            listing.push_str(&format!("{}\n{code}\n", self.context.func.display()));
        }
        Ok(())
    }

    fn stub(&mut self, module: &VerifiedModule, id: FunctionId) -> Result<(), Refusal> {
        self.begin(id);
        let target = self.machinery.careful.frontend_config();
        stub::stub(&mut self.context.func, &mut self.builder, module, id, target);
        let isa = &self.machinery.quick;
        let entry = emit(&mut self.context, isa, &mut self.bytes, &mut self.calls, |frame| {
            self.frame_bytes = self.frame_bytes.max(frame + self.argument_bytes);
            true
        })?;
        self.entries.push(entry);
        Ok(())
    }

    fn thunks(&mut self) -> Result<(), Refusal> {
        for shape in std::mem::take(&mut self.shapes) {
            self.context.clear();
            self.context.func = Function::with_name_signature(
                UserFuncName::user(1, self.thunks.len() as u32),
                cranelift_codegen::ir::Signature::new(CallConv::SystemV),
            );
            let target = self.machinery.careful.frontend_config();
            stub::thunk(&mut self.context.func, &mut self.builder, &shape, target);
            let isa = &self.machinery.quick;
            let entry = emit(&mut self.context, isa, &mut self.bytes, &mut self.calls, |_| true)?;
            self.thunks.insert(shape, entry);
        }
        Ok(())
    }

    fn begin(&mut self, id: FunctionId) {
        self.context.clear();
        self.context.func.name = UserFuncName::user(0, id.0.into());
    }

    /// Makes calls go to where the functions are now.
    fn finish(mut self, thunks: Vec<u32>) -> Compiled {
        for (at, function, addend) in &self.calls {
            let target = i64::from(self.entries[*function]) + addend;
            let distance = (target - *at as i64) as i32;
            self.bytes[*at..*at + 4].copy_from_slice(&distance.to_le_bytes());
        }
        Compiled {
            bytes: self.bytes,
            entries: self.entries,
            thunks,
            refused: self.refused,
            frame_bytes: self.frame_bytes,
        }
    }
}

fn has_tail_call(function: &fvm_isa::Function) -> bool {
    let mut ends = function.blocks.iter().filter_map(|block| block.insts.last());
    ends.any(|inst| matches!(inst, fvm_isa::Inst::Tailcall { .. }))
}

/// Functions start at multiples of this.
const ALIGNMENT: usize = 32;

/// Generates the code of a function and gives where it starts; `fits` is asked about its frame.
fn emit(
    context: &mut Context,
    isa: &OwnedTargetIsa,
    bytes: &mut Vec<u8>,
    calls: &mut Vec<(usize, usize, i64)>,
    fits: impl FnOnce(usize) -> bool,
) -> Result<u32, Refusal> {
    let compiled = context.compile(&**isa, &mut ControlPlane::default());
    let compiled = compiled.map_err(|_| Refusal::Cranelift)?;
    let buffer = &compiled.buffer;
    let Some(layout) = buffer.frame_layout() else { return Err(Refusal::Cranelift) };
    // The frame, the pointer to the frame before, and the address to return to.
    if !fits(layout.frame_to_fp_offset as usize + 16) {
        return Err(Refusal::FrameTooLarge);
    }
    let start = bytes.len().next_multiple_of(ALIGNMENT);
    let mut found = Vec::new();
    for reloc in buffer.relocs() {
        let FinalizedRelocTarget::ExternalName(ExternalName::User(name)) = &reloc.target else {
            return Err(Refusal::Cranelift);
        };
        if reloc.kind != Reloc::X86CallPCRel4 {
            return Err(Refusal::Cranelift);
        }
        found.push((start + reloc.offset as usize, *name, reloc.addend));
    }
    let code = compiled.code_buffer().to_vec();
    let names = context.func.params.user_named_funcs();
    calls.extend(found.into_iter().map(|(at, name, addend)| {
        let UserExternalName { index, .. } = names[name];
        (at, index as usize, addend)
    }));
    bytes.resize(start, 0);
    bytes.extend_from_slice(&code);
    Ok(start as u32)
}
