//! From the typed tree to SSA: erasure, classes, closures, patterns, derived members, codecs and
//! contracts.
//!
//! It relies on `fscc-sema` for a program without mistakes and on `fscc-ir` for modules. It
//! guarantees modules that satisfy `fscc_ir::check`, that hold only what their exports reach, and
//! that are the same for the same program, always. One module is made for a plain program or a
//! library, one per contract class, one per suite.

pub mod abi;
pub mod analysis;
pub mod body;
mod call;
pub mod classes;
mod closures;
pub mod codec;
pub mod context;
mod contract;
mod control;
pub mod erase;
mod expr;
mod functions;
mod helpers;
mod intrinsics;
mod library;
mod pattern;
pub mod repr;
mod rows;
mod storage;
mod suite;
mod synthetic;
mod text;
pub mod traps;

use analysis::Analysis;
pub use library::{External, imports_in_try};

use context::{FuncKey, Helper, Lowering};
use erase::Builtins;
use fscc_ir::module::{DESCRIBE_EXPORT, Export, ExportKind};
use fscc_ir::{Module, ModuleKind, Row};
use fscc_sema::symbols::{ClassId, MethodId};
use fscc_sema::typed::Program;

/// What lowering knows about a program before it makes modules: compute once, use for each.
#[derive(Debug)]
pub struct Prepared<'p> {
    program: &'p Program,
    analysis: Analysis,
    builtins: Builtins<'p>,
    externals: &'p [External],
}

impl<'p> Prepared<'p> {
    /// Looks at the whole program.
    pub fn new(program: &'p Program) -> Prepared<'p> {
        Prepared::linked(program, &[])
    }

    /// The same of a program that may call functions of libraries.
    pub fn linked(program: &'p Program, externals: &'p [External]) -> Prepared<'p> {
        let (analysis, builtins) = (Analysis::new(program), Builtins::new(program));
        Prepared { program, analysis, builtins, externals }
    }

    fn lowering<'a>(&'a self, name: &str, kind: ModuleKind) -> Lowering<'a> {
        let module = (name, kind);
        Lowering::new(self.program, &self.analysis, &self.builtins, self.externals, module)
    }
}

/// The module of a plain program that starts with this method. Exports: `main`, and `$describe`
/// and `$describe_trap`, which give the text of what `main` threw: from the object, or from code
/// and detail of a trap.
pub fn lower_program(prepared: &Prepared<'_>, main: MethodId) -> Module {
    let name = prepared.program.symbols.methods[main].name;
    let mut lowering = prepared.lowering(name.as_str(), ModuleKind::Program);
    lowering.main = Some(main);
    let exports = [
        ("main", Helper::Main, ExportKind::Main),
        (DESCRIBE_EXPORT, Helper::Describe, ExportKind::Function),
        ("$describe_trap", Helper::DescribeTrap, ExportKind::Function),
    ];
    for (name, helper, kind) in exports {
        let func = lowering.func(FuncKey::Helper(helper));
        lowering.module.exports.push(Export {
            name: name.to_owned(),
            func,
            method_id: 0,
            kind,
            row: Row::PURE,
        });
    }
    lowering.run();
    lowering.finish()
}

/// The module of a contract class.
pub fn lower_contract(prepared: &Prepared<'_>, class: ClassId) -> Module {
    let name = &prepared.program.symbols.classes[class].full_name;
    let mut lowering = prepared.lowering(name, ModuleKind::Contract);
    lowering.root = Some(class);
    lowering.lower_contract(class);
    lowering.finish()
}

/// The module of a test suite.
pub fn lower_suite(prepared: &Prepared<'_>, class: ClassId) -> Module {
    let name = &prepared.program.symbols.classes[class].full_name;
    let mut lowering = prepared.lowering(name, ModuleKind::Suite);
    lowering.root = Some(class);
    lowering.lower_suite(class);
    lowering.finish()
}

/// The module of a library: everything that the unit exports.
pub fn lower_library(prepared: &Prepared<'_>, name: &str) -> Module {
    let mut lowering = prepared.lowering(name, ModuleKind::Library);
    lowering.lower_library();
    lowering.finish()
}
