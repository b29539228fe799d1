//! What fuzzers run: a function for each barrier that hostile input meets. `tests/fuzz.rs` calls them
//! with random and mutated input under plain `cargo test`, `fuzz/` under a coverage-guided fuzzer.
//!
//! **Guarantees:** whatever the bytes, a target comes back, or panics because something is wrong.

use crate::compare::{Look, Seen, compare_module, compare_recipe};
use fscc_base::{FileId, Idx, SourceFile};
use fvm_isa::{Import, ModuleKind, Row};
use fvm_vm::{Limits, Machine, NoHost, Schedule, Value, VerifiedModule};

/// Lexer and parser: every diagnostic lies inside of the text.
pub fn parser(input: &[u8]) {
    let file = SourceFile::new("fuzz.scala", String::from_utf8_lossy(input));
    let parsed = fscc_syntax::parse(FileId::new(0), &file);
    for diagnostic in &parsed.diagnostics {
        assert!(diagnostic.span().hi as usize <= file.text.len(), "{diagnostic:?}");
    }
}

/// The decoder: of all byte strings that could mean a module one is accepted.
pub fn decoder(input: &[u8]) {
    if let Ok(module) = fvm_isa::wire::decode(input) {
        assert!(fvm_isa::wire::encode(&module) == input, "decoding is not canonical");
    }
}

/// The linker: what the bytes say, linked with what they say as a library. What comes of it imports
/// nothing, runs without a panic, and stops.
pub fn linker(input: &[u8]) {
    let Ok(mut module) = fvm_isa::wire::decode(input) else { return };
    let mut library = module.clone();
    (library.kind, library.storage) = (ModuleKind::Library, Vec::new());
    library.imports.clear();
    library.functions.iter_mut().for_each(|function| function.row = Row::PURE);
    let bytes = fvm_isa::wire::encode(&library);
    let hash = fvm_isa::wire::code_hash(&bytes);
    let imports = library.exports.iter().filter_map(|export| {
        let function = library.functions.get(export.function.index())?;
        let (params, result) = (function.params.clone(), function.result);
        Some(Import { library: hash, name: export.name.clone(), params, result })
    });
    module.imports.extend(imports);
    module.imports.sort_unstable();
    module.imports.dedup();
    // Calls of what it has not go to the imports now and then.
    let mut find = |wanted: &[u8; 32]| Ok::<_, ()>((*wanted == hash).then(|| bytes.clone()));
    if let Ok(linked) = fvm_link::link(module, &mut find) {
        assert!(linked.module().imports.is_empty(), "something is still imported");
        run(&linked);
    }
}

/// The verifier: what it lets through runs without a panic, and stops.
pub fn verifier(input: &[u8]) {
    if let Ok(module) = fvm_vm::load(input) {
        run(&module);
    }
}

/// Calls every export.
fn run(module: &VerifiedModule) {
    let schedule = Schedule::standard();
    for export in &module.module().exports {
        let mut machine = Machine::new(module, &schedule, Limits::CONTRACT);
        let _ = machine.call(export.function, &[], 20_000, &mut NoHost);
        let arguments = [Value::I32(7), Value::I32(-3)];
        let _ = machine.call(export.function, &arguments, 20_000, &mut NoHost);
    }
}

/// The engines, on a module that is what the bytes say, or that is made from them as from choices.
pub fn engines(input: &[u8]) {
    let mut seen = Seen::default();
    let result = match fvm_vm::load(input) {
        Ok(module) => compare_module(&module, input.len() as u64, Look::Brief, &mut seen),
        Err(_) => compare_recipe(input, Look::Brief, &mut seen),
    };
    if let Err(problem) = result {
        panic!("{problem}");
    }
}
