//! The compiler in one screen: sources are parsed and checked once, and every module is lowered,
//! optimised, allocated, emitted and verified from there.

use crate::args::Level;
use crate::input::{InputError, read_unit};
use crate::render;
use crate::stage;
use crate::status::Status;
use fscc_base::limits::ERRORS_PER_FILE_MAX;
use fscc_base::{Diagnostic, FileId, SourceFile, SourceMap, codes};
use fscc_codegen::Generated;
use fscc_ir::pass;
use fscc_lower::Prepared;
use fscc_sema::effects::{self, EffectTable};
use fscc_sema::symbols::{ClassId, MethodId, Owner};
use fscc_sema::typed::Program;
use fscc_syntax::ast;
use fvm_vm::VerifiedModule;
use std::path::PathBuf;

/// Sources that have been read: the library's files first, then the user's.
#[derive(Debug)]
pub struct Sources {
    /// All files.
    pub map: SourceMap,
    /// The user's.
    pub user: Vec<FileId>,
}

impl Sources {
    fn library() -> SourceMap {
        let mut map = SourceMap::new();
        for (name, text) in fscc_stdlib::SOURCES {
            map.add(SourceFile::new(format!("<stdlib>/{name}"), *text));
        }
        map
    }
    /// Reads files, and folders whose `.scala` files belong to the unit.
    pub fn read(paths: &[PathBuf]) -> Result<Sources, InputError> {
        let mut map = Sources::library();
        let user = read_unit(paths, &mut map)?;
        Ok(Sources { map, user })
    }
    /// One source that is no file.
    pub fn of_text(name: &str, text: &str) -> Sources {
        Sources::of_texts(&[(name.to_string(), text.to_string())])
    }
    /// Sources that are no files: names and texts.
    pub fn of_texts(texts: &[(String, String)]) -> Sources {
        let mut map = Sources::library();
        let mut add = |(name, text): &(String, String)| map.add(SourceFile::new(name, text));
        let user = texts.iter().map(&mut add).collect();
        Sources { map, user }
    }
}

/// A checked unit.
#[derive(Debug)]
pub struct Checked {
    /// What was read.
    pub sources: Sources,
    /// What it means; lowered only if no diagnostic is an error.
    pub program: Program,
    /// Effects of all methods.
    pub effects: EffectTable,
    /// Everything that was found, arranged for reading.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and checks a unit.
pub fn check(sources: Sources) -> Checked {
    let mut diagnostics = Vec::new();
    let mut units: Vec<(ast::Unit, bool)> = Vec::new();
    for (id, file) in sources.map.iter() {
        stage::enter("parse", &file.name);
        let mut parsed = fscc_syntax::parse(id, file);
        diagnostics.append(&mut parsed.diagnostics);
        units.push((parsed.unit, !sources.user.contains(&id)));
    }
    stage::enter("check", "");
    let (program, mut found) = fscc_sema::check(&units);
    diagnostics.append(&mut found);
    stage::enter("effects", "");
    let effects = effects::infer(&program);
    if diagnostics.iter().all(|diagnostic| !diagnostic.is_error()) {
        diagnostics.append(&mut effects::check(&program, &effects));
    }
    let diagnostics = limited(render::arrange(diagnostics));
    Checked { sources, program, effects, diagnostics }
}

/// At most so many errors per file; what comes after the first hundred helps nobody.
fn limited(diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = (None, 0);
    let keep = |diagnostic: &Diagnostic| {
        let file = Some(diagnostic.span().file);
        seen = if seen.0 == file { (file, seen.1 + 1) } else { (file, 1) };
        seen.1 <= ERRORS_PER_FILE_MAX
    };
    diagnostics.into_iter().filter(keep).collect()
}

/// What to make a module of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Root {
    /// A program that starts with this method.
    Program(MethodId),
    /// A contract.
    Contract(ClassId),
    /// A suite.
    Suite(ClassId),
}

/// A module and everything that belongs to it.
#[derive(Debug)]
pub struct Built {
    /// The module and its debug information.
    pub generated: Generated,
    /// Ready to run.
    pub verified: VerifiedModule,
}

impl Checked {
    /// What the diagnostics mean for the exit status.
    pub fn status(&self) -> Status {
        Status::of(&self.diagnostics)
    }

    /// The module of `root` as lowered.
    pub fn lower(&self, prepared: &Prepared<'_>, root: Root) -> fscc_ir::Module {
        stage::enter("lower", &self.name(root));
        let module = match root {
            Root::Program(method) => fscc_lower::lower_program(prepared, method),
            Root::Contract(class) => fscc_lower::lower_contract(prepared, class),
            Root::Suite(class) => fscc_lower::lower_suite(prepared, class),
        };
        if cfg!(debug_assertions) {
            let errors = fscc_ir::check::check(&module);
            assert!(errors.is_empty(), "lowering made a bad module: {}", errors[0]);
        }
        module
    }

    /// Optimises a lowered module.
    pub fn optimize(&self, module: &mut fscc_ir::Module, level: Level) {
        let level = match level {
            Level::None => pass::Level::O0,
            Level::Some => pass::Level::O1,
            Level::Full => pass::Level::O2,
        };
        let name = module.name.clone();
        stage::enter("optimize", &name);
        pass::optimize(module, level, &mut |pass, _| stage::enter("optimize", pass));
    }

    /// Lowers, optimises, allocates, emits and verifies.
    pub fn build(
        &self,
        prepared: &Prepared<'_>,
        root: Root,
        level: Level,
    ) -> Result<Built, Diagnostic> {
        let mut module = self.lower(prepared, root);
        let abi = match root {
            Root::Contract(class) => fscc_lower::abi::contract_abi(prepared, class, &module),
            Root::Program(_) | Root::Suite(_) => String::new(),
        };
        self.optimize(&mut module, level);
        stage::enter("generate", &module.name);
        fscc_codegen::prepare(&mut module);
        let generated = fscc_codegen::generate(&module, abi.into_bytes(), &self.sources.map)
            .map_err(|limit| self.too_large(root, &limit))?;
        stage::enter("verify", &module.name);
        let verified = fvm_vm::verify(generated.module.clone());
        let verified = verified
            .unwrap_or_else(|error| panic!("the verifier refuses what the compiler made: {error}"));
        Ok(Built { generated, verified })
    }

    /// The text of a prepared module's register allocation.
    pub fn allocation(&self, module: &fscc_ir::Module, root: Root) -> Result<String, Diagnostic> {
        let allocated =
            fscc_codegen::allocate(module).map_err(|limit| self.too_large(root, &limit))?;
        Ok(fscc_codegen::print::print(&allocated))
    }

    fn too_large(&self, root: Root, limit: &fscc_codegen::LimitExceeded) -> Diagnostic {
        let span = match root {
            Root::Program(method) => self.program.symbols.methods[method].span,
            Root::Contract(class) | Root::Suite(class) => self.program.symbols.classes[class].span,
        };
        let whose = match &limit.function {
            Some(function) => format!("`{function}`"),
            None => format!("`{}`", self.name(root)),
        };
        let message = format!("{whose} is too large: it exceeds the limit {}", limit.limit);
        Diagnostic::error(codes::TOO_LARGE, span, message)
            .help("move parts of it into methods of their own")
    }

    /// The name of a root, as people write it.
    pub fn name(&self, root: Root) -> String {
        let symbols = &self.program.symbols;
        match root {
            Root::Contract(class) | Root::Suite(class) => symbols.classes[class].full_name.clone(),
            Root::Program(method) => match symbols.methods[method].owner {
                Owner::Class(class) if symbols.methods[method].name.as_str() == "main" => {
                    symbols.classes[class].name.to_string()
                }
                _ => symbols.methods[method].name.to_string(),
            },
        }
    }

    /// Everything that modules are made of, in source order.
    pub fn roots(&self) -> Vec<Root> {
        let Program { mains, contracts, suites, .. } = &self.program;
        let mains = mains.iter().map(|method| Root::Program(*method));
        let contracts = contracts.iter().map(|class| Root::Contract(*class));
        let suites = suites.iter().map(|class| Root::Suite(*class));
        mains.chain(contracts).chain(suites).collect()
    }
}
