//! The engines that run compiled modules: the reference engine, the threaded interpreter, and the
//! JIT where it is built in (the feature `jit`).

use clap::ValueEnum;
use fvm_vm::VerifiedModule;

/// An engine.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Executes instructions one after the other, and defines what they do.
    Reference,
    /// Decodes instructions first, and goes from one straight to the next.
    Threaded,
    /// Compiles to machine code first.
    #[cfg(feature = "jit")]
    Jit,
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
    ];

    /// All engines.
    pub const ALL: &[Engine] = &[
        Engine::Reference,
        Engine::Threaded,
        #[cfg(feature = "jit")]
        Engine::Jit,
    ];

    /// Has the module's calls run by this engine, and says what it made of the module.
    pub fn attach(self, module: &VerifiedModule, keep: Keep) -> Attached {
        match self {
            Engine::Reference => Attached::reference("engine reference"),
            Engine::Threaded => attach_threaded(module),
            #[cfg(feature = "jit")]
            Engine::Jit => attach_jit(module, keep),
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
    let report = program.report();
    let (functions, bytes) = (report.compiled, report.code_bytes);
    let mut summary = format!("engine jit: {functions} functions in {bytes} bytes of code");
    for (function, refusal) in &report.refused {
        summary.push_str(&format!("\nengine reference for {function}: {refusal}"));
    }
    module.attach(std::sync::Arc::new(program));
    Attached { summary, notes }
}
