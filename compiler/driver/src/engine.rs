//! The engines that run compiled modules: the reference engine, and the JIT where it is built in
//! (the feature `jit`).

use clap::ValueEnum;
use fvm_vm::VerifiedModule;

/// An engine.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Engine {
    /// Executes instructions one after the other, and defines what they do.
    #[default]
    Reference,
    /// Compiles to machine code first.
    #[cfg(feature = "jit")]
    Jit,
}

impl Engine {
    /// Has the module's calls run by this engine, and says what it made of the module.
    pub fn attach(self, module: &VerifiedModule) -> String {
        match self {
            Engine::Reference => "engine reference".to_string(),
            #[cfg(feature = "jit")]
            Engine::Jit => attach_jit(module),
        }
    }
}

#[cfg(feature = "jit")]
fn attach_jit(module: &VerifiedModule) -> String {
    let program = match fvm_jit::attach(module) {
        Ok(program) => program,
        Err(refusal) => return format!("engine reference: the JIT refuses: {refusal}"),
    };
    let report = program.report();
    let (functions, bytes) = (report.compiled, report.code_bytes);
    let mut text = format!("engine jit: {functions} functions in {bytes} bytes of code");
    for (function, refusal) in &report.refused {
        text.push_str(&format!("\nengine reference for {function}: {refusal}"));
    }
    text
}
