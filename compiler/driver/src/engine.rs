//! The engines that run compiled modules: the reference engine, the threaded interpreter, and those
//! of machine code where they are built in (the features `jit` and `llvm`).

use clap::ValueEnum;
use fvm_vm::VerifiedModule;
use std::fmt;

/// An engine that a user can name, also one that is not built in.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Name {
    /// Executes instructions one after the other, and defines what they do.
    Reference,
    /// Decodes instructions first, and goes from one straight to the next.
    Threaded,
    /// Compiles to machine code first.
    Jit,
    /// Compiles to machine code first, slowly and by LLVM.
    Llvm,
}

/// An engine that this build does not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotBuilt(pub Name);

impl fmt::Display for NotBuilt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let feature = match self.0 {
            Name::Reference => "reference",
            Name::Threaded => "threaded",
            Name::Jit => "jit",
            Name::Llvm => "llvm",
        };
        write!(f, "this build has no such engine; it comes with the feature `{feature}`")
    }
}

impl std::error::Error for NotBuilt {}

/// An engine that is built in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// See [`Name::Reference`].
    Reference,
    /// See [`Name::Threaded`].
    Threaded,
    /// See [`Name::Jit`].
    #[cfg(feature = "jit")]
    Jit,
    /// See [`Name::Llvm`].
    #[cfg(feature = "llvm")]
    Llvm,
}

impl Name {
    /// The engine with this name.
    pub fn engine(self) -> Result<Engine, NotBuilt> {
        match self {
            Name::Reference => Ok(Engine::Reference),
            Name::Threaded => Ok(Engine::Threaded),
            #[cfg(feature = "jit")]
            Name::Jit => Ok(Engine::Jit),
            #[cfg(feature = "llvm")]
            Name::Llvm => Ok(Engine::Llvm),
            #[cfg(not(all(feature = "jit", feature = "llvm")))]
            other => Err(NotBuilt(other)),
        }
    }
}

/// Whether machine code is kept between runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keep {
    /// In the user's folder.
    Kept,
    /// Not at all.
    Fresh,
}

impl Engine {
    /// The engines that must do what the reference engine does: all others.
    pub const OTHERS: &[Engine] = &[
        Engine::Threaded,
        #[cfg(feature = "jit")]
        Engine::Jit,
        #[cfg(feature = "llvm")]
        Engine::Llvm,
    ];

    /// All engines.
    pub const ALL: &[Engine] = &[
        Engine::Reference,
        Engine::Threaded,
        #[cfg(feature = "jit")]
        Engine::Jit,
        #[cfg(feature = "llvm")]
        Engine::Llvm,
    ];

    /// Has the module's calls run by this engine, and says what it made of the module.
    pub fn attach(self, module: &VerifiedModule, keep: Keep) -> Attached {
        match self {
            Engine::Reference => Attached::reference("engine reference"),
            Engine::Threaded => attach_threaded(module),
            #[cfg(feature = "jit")]
            Engine::Jit => attach_jit(module, keep),
            #[cfg(feature = "llvm")]
            Engine::Llvm => attach_llvm(module),
        }
    }
}

/// What became of a wish for an engine.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attached {
    /// The engine and what it made of the module, for who asks.
    pub summary: String,
    /// What the user should know.
    pub notes: Vec<String>,
}

impl Attached {
    fn reference(summary: impl Into<String>) -> Attached {
        Attached { summary: summary.into(), notes: Vec::new() }
    }
}

fn attach_threaded(module: &VerifiedModule) -> Attached {
    let program = match fvm_threaded::attach(module) {
        Ok(program) => program,
        Err(refusal) => {
            let summary = format!("engine reference: the threaded engine refuses: {refusal}");
            return Attached::reference(summary);
        }
    };
    let report = program.report();
    let mut summary = format!(
        "engine threaded: {} instructions by {} handlers, {} bytes",
        report.instructions,
        report.handlers,
        report.code_bytes + report.table_bytes,
    );
    if !fvm_threaded::TAIL_CALLS {
        summary.push_str(", called from a loop");
    }
    Attached { summary, notes: Vec::new() }
}

#[cfg(feature = "jit")]
fn attach_jit(module: &VerifiedModule, keep: Keep) -> Attached {
    use crate::machine_code::Cache;
    use fvm_jit::Program;

    let made = match Cache::of_user().filter(|_| keep == Keep::Kept) {
        Some(cache) => cache.program(module),
        None => Program::compile(module).map(|program| (program, Vec::new())),
    };
    let (program, notes) = match made {
        Ok(made) => made,
        Err(refusal) => {
            return Attached::reference(format!("engine reference: the JIT refuses: {refusal}"));
        }
    };
    let summary = machine_code("jit", program.report());
    module.attach(std::sync::Arc::new(program));
    Attached { summary, notes }
}

#[cfg(feature = "llvm")]
fn attach_llvm(module: &VerifiedModule) -> Attached {
    match fvm_llvm::attach(module) {
        Ok(program) => {
            Attached { summary: machine_code("llvm", program.report()), notes: Vec::new() }
        }
        Err(refusal) => {
            Attached::reference(format!("engine reference: LLVM's engine refuses: {refusal}"))
        }
    }
}

/// What an engine of machine code made of a module.
#[cfg(any(feature = "jit", feature = "llvm"))]
fn machine_code(engine: &str, report: &fvm_native::Report) -> String {
    let (functions, bytes) = (report.compiled, report.code_bytes);
    let mut summary = format!("engine {engine}: {functions} functions in {bytes} bytes of code");
    for (function, refusal) in &report.refused {
        summary.push_str(&format!("\nengine reference for {function}: {refusal}"));
    }
    summary
}
