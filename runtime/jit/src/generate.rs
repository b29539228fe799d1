//! From a verified module to position-independent machine code, by Cranelift.
//!
//! Every function becomes one of Cranelift's; calls inside the module are relative, everything else
//! is found behind the pinned register. A function that is refused becomes a stub that asks the
//! reference engine.

use crate::emitter::Functions;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{ExternalName, UserExternalName};
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable};
use cranelift_codegen::{Context, FinalizedRelocTarget};
use cranelift_frontend::FunctionBuilderContext;
use fvm_isa::FunctionId;
use fvm_native::{Compiled, Refusal, Shape, Traits, Translation, limits};
use fvm_vm::VerifiedModule;
use std::collections::{BTreeMap, BTreeSet};

/// Loops in each other in a function whose code is optimised once more: what Cranelift's optimiser
/// does with an instruction takes time in proportion to the loops around it.
const LOOP_DEPTH_MAX: usize = 16;

/// What generates code: for functions with loops, for those without or with too many in each other,
/// whose code is not optimised once more, and both for those that end in tail calls, which need frame
/// pointers.
pub(crate) struct Machinery {
    careful: OwnedTargetIsa,
    quick: OwnedTargetIsa,
    tailing: OwnedTargetIsa,
    tailing_quick: OwnedTargetIsa,
}

impl Machinery {
    /// The processor and what it can do, as text.
    pub fn processor(&self) -> String {
        let flags = self.careful.isa_flags();
        let flags: Vec<String> = flags.iter().map(ToString::to_string).collect();
        format!("{} {}", self.careful.triple(), flags.join(" "))
    }

    fn isa(&self, traits: Traits) -> &OwnedTargetIsa {
        match (traits.has_tail_calls, traits.depth) {
            (true, ..=LOOP_DEPTH_MAX) => &self.tailing,
            (true, _) => &self.tailing_quick,
            (false, 1..=LOOP_DEPTH_MAX) => &self.careful,
            (false, _) => &self.quick,
        }
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
            tailing_quick: isa("none", "true")?,
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
        flags.set(name, value).map_err(|_| Refusal::Generator)?;
    }
    let builder = cranelift_native::builder().map_err(|_| Refusal::Processor)?;
    builder.finish(settings::Flags::new(flags)).map_err(|_| Refusal::Processor)
}

/// Compiles a module; from when `is_late` says so, functions become stubs.
pub(crate) fn module(
    machinery: &Machinery,
    module: &VerifiedModule,
    is_late: &dyn Fn() -> bool,
) -> Result<Compiled, Refusal> {
    let mut translation = Translation::new(module);
    let ids: Vec<FunctionId> = translation.functions().collect();
    let shapes: Vec<Shape> = ids.iter().map(|id| translation.shape(*id)).collect();
    let mut linker = Linker::new(machinery, &shapes);
    for id in ids {
        let refusal = match is_late() {
            true => Some(Refusal::Late),
            false => linker.function(&mut translation, id).err(),
        };
        if let Some(refusal) = refusal {
            linker.refused.push((id, refusal));
            linker.stub(&translation, id)?;
        }
    }
    let distinct: BTreeSet<&Shape> = shapes.iter().collect();
    let mut thunks = BTreeMap::new();
    for shape in distinct {
        thunks.insert(shape, linker.thunk(&translation, shape)?);
    }
    let thunks = shapes.iter().map(|shape| thunks.get(shape).copied().unwrap_or(0)).collect();
    Ok(linker.finish(thunks))
}

/// What is generated for the functions of a module, as text: Cranelift's own form, optimised,
/// and the instructions of the processor.
pub(crate) fn listing(machinery: &Machinery, module: &VerifiedModule) -> Result<String, Refusal> {
    let mut translation = Translation::new(module);
    let mut linker = Linker::new(machinery, &[]);
    linker.listing = Some(String::new());
    for id in translation.functions().collect::<Vec<FunctionId>>() {
        if linker.function(&mut translation, id).is_err() {
            linker.stub(&translation, id)?;
        }
    }
    Ok(linker.listing.unwrap_or_default())
}

/// Collects code and where its calls go.
struct Linker<'a> {
    machinery: &'a Machinery,
    context: Context,
    builder: FunctionBuilderContext,
    bytes: Vec<u8>,
    entries: Vec<u32>,
    calls: Vec<(usize, usize, i64)>,
    refused: Vec<(FunctionId, Refusal)>,
    frame_bytes: usize,
    /// Bytes of arguments that a call may leave on the stack.
    argument_bytes: usize,
    /// What is generated, as text, if somebody wants to read it.
    listing: Option<String>,
}

impl<'a> Linker<'a> {
    fn new(machinery: &'a Machinery, shapes: &[Shape]) -> Linker<'a> {
        let argument_bytes = shapes.iter().map(Shape::argument_bytes).max().unwrap_or(0);
        Linker {
            machinery,
            context: Context::new(),
            builder: FunctionBuilderContext::new(),
            bytes: Vec::new(),
            entries: Vec::new(),
            calls: Vec::new(),
            refused: Vec::new(),
            frame_bytes: 0,
            argument_bytes,
            listing: None,
        }
    }

    fn functions(&mut self) -> Functions<'_> {
        Functions {
            func: &mut self.context.func,
            builder: &mut self.builder,
            target: self.machinery.careful.frontend_config(),
        }
    }

    fn function(&mut self, translation: &mut Translation, id: FunctionId) -> Result<(), Refusal> {
        self.context.clear();
        let traits = translation.function(&mut self.functions(), id)?;
        self.context.set_disasm(self.listing.is_some());
        let isa = self.machinery.isa(traits);
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

    fn stub(&mut self, translation: &Translation, id: FunctionId) -> Result<(), Refusal> {
        self.context.clear();
        translation.stub(&mut self.functions(), id);
        let isa = &self.machinery.quick;
        let entry = emit(&mut self.context, isa, &mut self.bytes, &mut self.calls, |frame| {
            self.frame_bytes = self.frame_bytes.max(frame + self.argument_bytes);
            true
        })?;
        self.entries.push(entry);
        Ok(())
    }

    fn thunk(&mut self, translation: &Translation, shape: &Shape) -> Result<u32, Refusal> {
        self.context.clear();
        translation.thunk(&mut self.functions(), shape);
        let isa = &self.machinery.quick;
        emit(&mut self.context, isa, &mut self.bytes, &mut self.calls, |_| true)
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
    let compiled = compiled.map_err(|_| Refusal::Generator)?;
    let buffer = &compiled.buffer;
    let Some(layout) = buffer.frame_layout() else { return Err(Refusal::Generator) };
    // The frame, the pointer to the frame before, and the address to return to.
    if !fits(layout.frame_to_fp_offset as usize + 16) {
        return Err(Refusal::FrameTooLarge);
    }
    let start = bytes.len().next_multiple_of(ALIGNMENT);
    let mut found = Vec::new();
    for reloc in buffer.relocs() {
        let FinalizedRelocTarget::ExternalName(ExternalName::User(name)) = &reloc.target else {
            return Err(Refusal::Generator);
        };
        if reloc.kind != Reloc::X86CallPCRel4 {
            return Err(Refusal::Generator);
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
