//! From a verified module to position-independent machine code, by LLVM: the functions are
//! translated into one module of LLVM's, which is optimised and made an object file at once.

use crate::frames::Frames;
use crate::functions::{Functions, name};
use crate::object::{self, Linked};
use fvm_isa::FunctionId;
use fvm_native::{Compiled, Refusal, Shape, Translation, limits};
use fvm_vm::VerifiedModule;
use inkwell::OptimizationLevel;
use inkwell::context::Context;
use inkwell::passes::PassBuilderOptions;
use inkwell::targets::{
    CodeModel, FileType, InitializationConfig, RelocMode, Target, TargetMachine,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// What LLVM does with a module before it generates code.
const PASSES: &str = "default<O2>";

/// What generates code for the processor at hand.
pub(crate) struct Machinery {
    machine: TargetMachine,
}

impl Machinery {
    /// For the processor at hand.
    pub fn new() -> Result<Machinery, Refusal> {
        static TELLS_FRAMES: OnceLock<bool> = OnceLock::new();
        if !cfg!(all(target_arch = "x86_64", target_os = "linux")) {
            return Err(Refusal::Processor);
        }
        Target::initialize_x86(&InitializationConfig::default());
        let machinery = Machinery { machine: target_machine().ok_or(Refusal::Processor)? };
        match TELLS_FRAMES.get_or_init(|| machinery.tells_frames()) {
            true => Ok(machinery),
            false => Err(Refusal::Generator),
        }
    }

    /// Whether LLVM tells how large a frame is that is known to be large.
    fn tells_frames(&self) -> bool {
        const BYTES: u32 = 1_000;
        let context = Context::create();
        let functions = Functions::new(&context, &[Shape { params: Vec::new(), result: None }]);
        let function = functions.functions[0];
        let builder = &functions.builder;
        builder.position_at_end(context.append_basic_block(function, ""));
        // Whoever knows its address may use all of it.
        let room = builder.build_alloca(context.i8_type().array_type(BYTES), "");
        let kept = room.and_then(|room| {
            let place = function.get_nth_param(0).expect("the context is the first parameter");
            builder.build_store(place.into_pointer_value(), room)?;
            builder.build_return(Some(&context.i64_type().const_zero()))
        });
        let frames = Frames::default();
        let made = frames.listen(&context, || self.object(&functions));
        let expected = BYTES as usize..BYTES as usize + 64;
        let told = frames.bytes(&name(FunctionId(0)));
        kept.is_ok() && made.is_some() && told.is_some_and(|bytes| expected.contains(&bytes))
    }

    /// Optimises a module and makes machine code of it.
    fn object(&self, functions: &Functions) -> Option<Linked> {
        self.optimize(functions)?;
        let file = self.machine.write_to_memory_buffer(&functions.module, FileType::Object);
        object::link(file.ok()?.as_slice())
    }

    fn optimize(&self, functions: &Functions) -> Option<()> {
        let module = &functions.module;
        module.set_triple(&self.machine.get_triple());
        module.set_data_layout(&self.machine.get_target_data().get_data_layout());
        // What LLVM makes of a module that is none of its own is not defined.
        module.verify().ok()?;
        let options = PassBuilderOptions::create();
        options.set_loop_vectorization(false);
        options.set_loop_slp_vectorization(false);
        options.set_loop_interleaving(false);
        module.run_passes(PASSES, &self.machine, options).ok()
    }
}

fn target_machine() -> Option<TargetMachine> {
    let triple = TargetMachine::get_default_triple();
    let (cpu, features) =
        (TargetMachine::get_host_cpu_name(), TargetMachine::get_host_cpu_features());
    Target::from_triple(&triple).ok()?.create_target_machine(
        &triple,
        cpu.to_str().ok()?,
        features.to_str().ok()?,
        OptimizationLevel::Default,
        RelocMode::PIC,
        CodeModel::Small,
    )
}

/// Functions that are left to the reference engine, and why.
type Refused = BTreeMap<FunctionId, Refusal>;

/// Ways that repeat loops, in a function. What LLVM does with loops takes time that grows with the
/// third power of how deeply they lie in each other.
const REPEATS_MAX: usize = 32;

/// How often a module is compiled, where frames turn out to be too large, before it is given up.
const ATTEMPTS_MAX: usize = 3;

/// Compiles a module; from when `is_late` says so, functions become stubs.
pub(crate) fn module(
    machinery: &Machinery,
    module: &VerifiedModule,
    is_late: &dyn Fn() -> bool,
) -> Result<Compiled, Refusal> {
    let ids: Vec<FunctionId> = Translation::new(module).functions().collect();
    let late = |id: &FunctionId| is_late().then_some((*id, Refusal::Late));
    let mut refused: Refused = ids.iter().filter_map(late).collect();
    for _ in 0..ATTEMPTS_MAX {
        let context = Context::create();
        let functions = translate(&context, module, &mut refused);
        let frames = Frames::default();
        let linked = frames.listen(&context, || machinery.object(&functions));
        let linked = linked.ok_or(Refusal::Generator)?;
        let sizes: Vec<(FunctionId, usize)> = frame_sizes(module, &frames)?;
        let too_large = |(id, bytes): &(FunctionId, usize)| {
            // A stub is as large as it is.
            let is_too_large = *bytes > limits::FRAME_BYTES_MAX && !refused.contains_key(id);
            is_too_large.then_some((*id, Refusal::FrameTooLarge))
        };
        let found: Refused = sizes.iter().filter_map(too_large).collect();
        if found.is_empty() {
            let frame_bytes = sizes.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0);
            return compiled(&functions, linked, module, (refused, frame_bytes));
        }
        refused.extend(found);
    }
    Err(Refusal::FrameTooLarge)
}

/// What is generated for the functions of a module, as text: LLVM's own form, optimised.
pub(crate) fn listing(machinery: &Machinery, module: &VerifiedModule) -> Result<String, Refusal> {
    let context = Context::create();
    let functions = translate(&context, module, &mut Refused::new());
    machinery.optimize(&functions).ok_or(Refusal::Generator)?;
    Ok(functions.module.print_to_string().to_string())
}

/// Writes all functions of a module and the thunks; those that are refused as stubs.
fn translate<'c>(
    context: &'c Context,
    module: &VerifiedModule,
    refused: &mut Refused,
) -> Functions<'c> {
    let mut translation = Translation::new(module);
    let ids: Vec<FunctionId> = translation.functions().collect();
    let shapes: Vec<Shape> = ids.iter().map(|id| translation.shape(*id)).collect();
    let mut functions = Functions::new(context, &shapes);
    for id in ids {
        if !refused.contains_key(&id) {
            let refusal = match translation.function(&mut functions, id) {
                Err(refusal) => Some(refusal),
                Ok(traits) if traits.repeats > REPEATS_MAX => Some(Refusal::TooManyLoops),
                Ok(_) => None,
            };
            refused.extend(refusal.map(|refusal| (id, refusal)));
        }
        if refused.contains_key(&id) {
            translation.stub(&mut functions, id);
        }
    }
    for shape in shapes.iter().collect::<BTreeSet<&Shape>>() {
        translation.thunk(&mut functions, shape);
    }
    functions
}

/// Bounds of the frames of all functions: with the address to return to, the pointer to the frame
/// before, and arguments that a call may leave on the stack.
fn frame_sizes(
    module: &VerifiedModule,
    frames: &Frames,
) -> Result<Vec<(FunctionId, usize)>, Refusal> {
    let translation = Translation::new(module);
    let shapes = translation.functions().map(|id| translation.shape(id));
    let arguments = shapes.map(|shape| shape.argument_bytes()).max().unwrap_or(0);
    let size = |id: FunctionId| {
        let bytes = frames.bytes(&name(id)).ok_or(Refusal::Generator)?;
        Ok((id, bytes + 16 + arguments))
    };
    translation.functions().map(size).collect()
}

fn compiled(
    functions: &Functions,
    linked: Linked,
    module: &VerifiedModule,
    (refused, frame_bytes): (Refused, usize),
) -> Result<Compiled, Refusal> {
    let translation = Translation::new(module);
    let place = |name: &str| linked.symbols.get(name).copied().ok_or(Refusal::Generator);
    let (mut entries, mut thunks) = (Vec::new(), Vec::new());
    for id in translation.functions() {
        entries.push(place(&name(id))?);
        let thunk = functions.thunk_name(&translation.shape(id));
        thunks.push(place(&thunk.ok_or(Refusal::Generator)?)?);
    }
    let refused = refused.into_iter().collect();
    Ok(Compiled { bytes: linked.bytes, entries, thunks, refused, frame_bytes })
}
