//! The compiler in one screen: sources are parsed and checked once, and every module is lowered,
//! optimised, allocated, emitted and verified from there.

use crate::args::Level;
use crate::fixes;
use crate::input::{InputError, read_lock, read_unit};
use crate::library::{self, Libraries, Linked, Manifest};
use crate::render;
use crate::stage;
use crate::status::Status;
use crate::threads::Threads;
use fscc_base::limits::ERRORS_PER_FILE_MAX;
use fscc_base::{Crew, Diagnostic, FileId, Idx, SourceFile, SourceMap, Span, codes, share_items};
use fscc_codegen::Generated;
use fscc_ir::{Func, pass};
use fscc_lower::Prepared;
use fscc_sema::effects::{self, EffectTable};
use fscc_sema::symbols::{ClassId, MethodId, Owner};
use fscc_sema::typed::Program;
use fscc_syntax::ast;
use fscc_syntax::portable::Store;
use fvm_isa::DebugInfo;
use fvm_link::Hash;
use fvm_vm::VerifiedModule;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The library's trees, prepared when the compiler was built.
static LIBRARY: LazyLock<Store> = LazyLock::new(|| Store::load(fscc_stdlib::TREES));

/// Sources that have been read: the library's files first, then the user's.
#[derive(Debug)]
pub struct Sources {
    /// All files.
    pub map: SourceMap,
    /// The user's.
    pub user: Vec<FileId>,
    /// `effects.lock`, if there is one beside them.
    pub lock: Option<FileId>,
    /// The libraries that they are linked with.
    pub libraries: Libraries,
    /// Its name, if the unit is a library.
    pub library: Option<String>,
}

impl Sources {
    fn library() -> SourceMap {
        let mut map = SourceMap::new();
        for (name, text) in fscc_stdlib::SOURCES {
            map.add(SourceFile::embedded(format!("<stdlib>/{name}"), text));
        }
        map
    }
    /// Reads files, and folders whose `.scala` files belong to the unit.
    pub fn read(paths: &[PathBuf]) -> Result<Sources, InputError> {
        let mut map = Sources::library();
        let manifest = Manifest::read(&library::manifest_path(paths))?;
        let libraries = match &manifest {
            Some(manifest) => Libraries::read(manifest, &mut map)?,
            None => Libraries::default(),
        };
        let library = manifest.and_then(|manifest| manifest.library).map(|head| head.name);
        let user = read_unit(paths, &mut map)?;
        let lock = read_lock(paths, &mut map)?;
        Ok(Sources { map, user, lock, libraries, library })
    }
    /// The same unit as a library of this name.
    pub fn as_library(mut self, name: &str) -> Sources {
        self.library = Some(name.to_owned());
        self
    }
    /// The same unit, linked with a library that is no file; `name` stands for it in reports.
    pub fn with_library(mut self, name: &str, module: &[u8]) -> Result<Sources, InputError> {
        self.libraries.add(name, module, &mut self.map)?;
        Ok(self)
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
        Sources { map, user, lock: None, libraries: Libraries::default(), library: None }
    }
    /// The same with other texts for some files.
    pub fn replaced(&self, texts: &BTreeMap<FileId, String>) -> Sources {
        let mut map = SourceMap::new();
        for (id, file) in self.map.iter() {
            map.add(match texts.get(&id) {
                Some(text) => SourceFile::new(&file.name, text),
                None => file.clone(),
            });
        }
        let (libraries, library) = (self.libraries.clone(), self.library.clone());
        Sources { map, user: self.user.clone(), lock: self.lock, libraries, library }
    }
    /// The same with recorded effects.
    pub fn with_lock(mut self, name: &str, text: &str) -> Sources {
        self.lock = Some(self.map.add(SourceFile::new(name, text)));
        self
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
    let (program, found) = define(&sources, drop);
    let closer = look_closer(&program, &sources, found);
    Checked::new(sources, program, closer)
}

/// Parses and checks a unit in a process that ends afterwards: nothing is given back piece by
/// piece, which would take a tenth of the time.
pub fn check_once(sources: Sources) -> ManuallyDrop<Checked> {
    let (program, found) = define(&sources, std::mem::forget);
    let closer = look_closer(&program, &sources, found);
    ManuallyDrop::new(Checked::new(sources, program, closer))
}

/// Parses and checks a unit, and looks ahead: if it is one plain program without mistakes so far,
/// that is lowered while another core looks at its matches and its effects.
pub fn check_ahead(sources: Sources) -> (Checked, Option<fscc_ir::Module>) {
    let mut trees = Vec::new();
    let (program, found) = define(&sources, |units| trees = units);
    let may_look = Threads.are_several() && !found.has_errors() && sources.library.is_none();
    let main = plain_program(&program).filter(|_| may_look);
    let (closer, module) = match main {
        Some(main) => {
            let (fork, sources) = (program.fork(), &sources);
            let look = move || {
                drop(trees);
                look_closer(&fork, sources, found)
            };
            let externals = &sources.libraries.externals;
            let prepare = || Prepared::linked(&program, externals);
            let (closer, module) =
                Threads.beside(look, || lower(&program, &prepare(), Root::Program(main)));
            (closer, Some(module))
        }
        None => {
            drop(trees);
            (look_closer(&program, &sources, found), None)
        }
    };
    (Checked::new(sources, program, closer), module)
}

/// The only method that modules are made of, if no contract and no suite is.
fn plain_program(program: &Program) -> Option<MethodId> {
    match program.mains[..] {
        [main] if program.contracts.is_empty() && program.suites.is_empty() => Some(main),
        _ => None,
    }
}

/// What is wrong with a unit.
struct Found {
    /// With its syntax.
    syntax: Vec<Diagnostic>,
    /// With what it defines.
    meaning: Vec<Diagnostic>,
}

impl Found {
    fn has_errors(&self) -> bool {
        self.syntax.iter().chain(&self.meaning).any(Diagnostic::is_error)
    }
}

/// Parses, and checks what is defined; `done` gets the trees.
fn define(sources: &Sources, done: impl FnOnce(Vec<(ast::Unit, bool)>)) -> (Program, Found) {
    let mut syntax = Vec::new();
    let mut units: Vec<(ast::Unit, bool)> = Vec::new();
    let is_source = |(id, _): &(FileId, &SourceFile)| Some(*id) != sources.lock;
    for (id, file) in sources.map.iter().filter(is_source) {
        stage::enter("parse", &file.name);
        // The library's files come first, in the order of its trees.
        if id.index() < LIBRARY.len() {
            units.push((LIBRARY.unit(id.index(), id), true));
            continue;
        }
        let mut parsed = fscc_syntax::parse_shared(id, file, &Threads);
        syntax.append(&mut parsed.diagnostics);
        units.push((parsed.unit, sources.libraries.interfaces.contains(&id)));
    }
    stage::enter("check", "");
    let (program, meaning) = match sources.library {
        Some(_) => fscc_sema::check_library(&units),
        None => fscc_sema::check_definitions(&units),
    };
    done(units);
    (program, Found { syntax, meaning })
}

/// What is asked of a program when everything in it is known: whether matches are complete, and
/// what methods do.
fn look_closer(program: &Program, sources: &Sources, found: Found) -> Closer {
    let Found { syntax: mut diagnostics, mut meaning } = found;
    stage::enter("check", "matches");
    fscc_sema::check_matches(program, &mut meaning);
    let meaning = without_consequences(meaning, &diagnostics, &sources.map);
    diagnostics.extend(meaning);
    stage::enter("effects", "");
    let effects = effects::infer(program);
    if diagnostics.iter().all(|diagnostic| !diagnostic.is_error()) {
        diagnostics.append(&mut effects::check(program, &effects));
        diagnostics.append(&mut effects::check_exports(program, &effects));
        if let Some(lock) = sources.lock {
            let methods = effects::report(program, &effects);
            let file = sources.map.file(lock);
            diagnostics.append(&mut effects::check_lock(program, &methods, lock, file));
        }
    }
    Closer { effects, diagnostics }
}

/// What a closer look gives.
struct Closer {
    effects: EffectTable,
    diagnostics: Vec<Diagnostic>,
}

/// Findings of the checker, without those on a line whose syntax is wrong: there the tree is a guess.
fn without_consequences(
    mut found: Vec<Diagnostic>,
    syntax: &[Diagnostic],
    map: &SourceMap,
) -> Vec<Diagnostic> {
    let line = |span: Span| map.get(span.file).map(|file| (span.file, file.line_index(span.lo)));
    let errors = syntax.iter().filter(|diagnostic| diagnostic.is_error());
    let broken: BTreeSet<_> = errors.filter_map(|error| line(error.span())).collect();
    found.retain(|diagnostic| line(diagnostic.span()).is_none_or(|line| !broken.contains(&line)));
    found
}

/// Drops what may only follow from mistakes of an earlier stage.
fn drop_later_stages(diagnostics: &mut Vec<Diagnostic>) {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let Some(first) = errors.map(|diagnostic| diagnostic.code.stage()).min() else { return };
    diagnostics.retain(|diagnostic| diagnostic.code.stage() <= first);
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
    /// The unit as a library.
    Library,
}

/// A module and everything that belongs to it.
#[derive(Debug)]
pub struct Built {
    /// The module, linked and ready to run.
    pub verified: VerifiedModule,
    /// The bytes of the module as it was compiled: it names libraries by their hashes.
    pub bytes: Vec<u8>,
    /// The libraries that it needs, those below others first.
    pub libraries: Vec<(Hash, Vec<u8>)>,
    /// Names and positions.
    pub debug: DebugInfo,
}

impl Built {
    /// The module.
    pub fn module(&self) -> &fvm_isa::Module {
        self.verified.module()
    }
}

impl Checked {
    fn new(sources: Sources, program: Program, closer: Closer) -> Checked {
        let Closer { effects, mut diagnostics } = closer;
        program.allowances.apply(&mut diagnostics);
        drop_later_stages(&mut diagnostics);
        let mut diagnostics = limited(render::arrange(diagnostics));
        fixes::complete(&mut diagnostics, &sources.map);
        Checked { sources, program, effects, diagnostics }
    }

    /// What the diagnostics mean for the exit status.
    pub fn status(&self) -> Status {
        Status::of(&self.diagnostics)
    }

    /// What lowering knows of the program.
    pub fn prepared(&self) -> Prepared<'_> {
        Prepared::linked(&self.program, &self.sources.libraries.externals)
    }

    /// The module of `root` as lowered.
    pub fn lower(&self, prepared: &Prepared<'_>, root: Root) -> fscc_ir::Module {
        let mut module = lower(&self.program, prepared, root);
        if let (Root::Library, Some(name)) = (root, &self.sources.library) {
            module.name.clone_from(name);
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
        pass::optimize(module, level, &Threads, &mut |pass, _| stage::enter("optimize", pass));
    }

    /// Lowers, optimises, allocates, emits and verifies.
    pub fn build(
        &self,
        prepared: &Prepared<'_>,
        root: Root,
        level: Level,
    ) -> Result<Built, Box<Diagnostic>> {
        let mut module = self.lower(prepared, root);
        self.check_libraries(&module)?;
        let abi = match root {
            Root::Contract(class) => fscc_lower::abi::contract_abi(prepared, class, &module),
            Root::Library => fscc_lower::abi::library_abi(prepared, &module.name),
            Root::Program(_) | Root::Suite(_) => String::new(),
        };
        self.optimize(&mut module, level);
        self.generate(module, root, abi)
    }

    /// Allocates, emits and verifies an optimised module with its ABI.
    pub fn generate(
        &self,
        mut module: fscc_ir::Module,
        root: Root,
        abi: String,
    ) -> Result<Built, Box<Diagnostic>> {
        stage::enter("generate", &module.name);
        fscc_codegen::prepare(&mut module, &Threads);
        let (abi, sources) = (abi.into_bytes(), &self.sources.map);
        let generated = fscc_codegen::generate(&module, abi, sources, &Threads);
        let generated = generated.map_err(|limit| self.too_large(root, &limit))?;
        // What nobody needs any more is dropped by many.
        share_items(&Threads, module.funcs.as_mut_slice(), |_, func| *func = Func::default());
        let Generated { module, bytes, debug } = generated;
        stage::enter("verify", &module.name);
        let (verified, libraries) = match module.imports.is_empty() {
            true => {
                let share = |count, work: &(dyn Fn(usize) + Sync)| Threads.share(count, work);
                let verified = fvm_vm::verify_shared(module, &share);
                let refused =
                    |error| panic!("the verifier refuses what the compiler made: {error}");
                (verified.unwrap_or_else(refused), Vec::new())
            }
            false => self.link(module, root)?,
        };
        Ok(Built { verified, bytes, libraries, debug })
    }

    /// Links a module with the unit's libraries, and says which it needs.
    fn link(&self, module: fvm_isa::Module, root: Root) -> Result<Linked, Box<Diagnostic>> {
        self.sources.libraries.link(module).map_err(|problem| {
            let message = format!("`{}` cannot be linked: {problem}", self.name(root));
            Box::new(Diagnostic::error(codes::NOT_LINKED, self.place(root), message))
        })
    }

    /// What nobody can tell before functions are lowered: that a library prints nothing, and that
    /// no `try` stands around a call of one.
    pub fn check_libraries(&self, module: &fscc_ir::Module) -> Result<(), Box<Diagnostic>> {
        if let Some((span, name)) = fscc_lower::imports_in_try(module).into_iter().next() {
            let name = name.split('(').next().unwrap_or_default();
            let message = format!("`{name}` of a library may be called in this `try`");
            return Err(Box::new(
                Diagnostic::error(codes::LIBRARY_IN_TRY, span, message)
                    .because("would not catch what the library throws")
                    .note("an exception belongs to the module of its class")
                    .help("call it outside, and ask it first whether it can answer"),
            ));
        }
        let exports = module.exports.iter().zip(&self.program.exported);
        for (export, method) in exports {
            if export.row != fscc_ir::Row::PURE {
                let info = &self.program.symbols.methods[*method];
                let message = format!("`{}` of a library prints", info.name);
                return Err(Box::new(
                    Diagnostic::error(codes::LIBRARY_WITH_EFFECT, info.span, message)
                        .because("prints, here or in what it calls")
                        .note("a library only computes")
                        .help("give back what is to be printed"),
                ));
            }
        }
        Ok(())
    }

    /// Where a root is declared.
    fn place(&self, root: Root) -> Span {
        match root {
            Root::Program(method) => self.program.symbols.methods[method].span,
            Root::Contract(class) | Root::Suite(class) => self.program.symbols.classes[class].span,
            Root::Library => {
                let first = self.program.exported.first();
                first.map_or(Span::synthetic(), |method| self.program.symbols.methods[*method].span)
            }
        }
    }

    /// The text of a prepared module's register allocation.
    pub fn allocation(
        &self,
        module: &fscc_ir::Module,
        root: Root,
    ) -> Result<String, Box<Diagnostic>> {
        let allocated =
            fscc_codegen::allocate(module).map_err(|limit| self.too_large(root, &limit))?;
        Ok(fscc_codegen::print::print(&allocated))
    }

    fn too_large(&self, root: Root, limit: &fscc_codegen::LimitExceeded) -> Box<Diagnostic> {
        let span = self.place(root);
        let whose = match &limit.function {
            Some(function) => format!("`{function}`"),
            None => format!("`{}`", self.name(root)),
        };
        let max = fvm_isa::limits::Limit::lookup(limit.limit).map_or(0, |limit| limit.max);
        let message = format!("{whose} is too large: it exceeds the limit {} ({max})", limit.limit);
        Box::new(
            Diagnostic::error(codes::TOO_LARGE, span, message)
                .help("move parts of it into methods of their own"),
        )
    }

    /// The name of a root, as people write it.
    pub fn name(&self, root: Root) -> String {
        match (root, &self.sources.library) {
            (Root::Library, Some(name)) => name.clone(),
            _ => name(&self.program, root),
        }
    }

    /// Everything that modules are made of, in source order.
    pub fn roots(&self) -> Vec<Root> {
        if self.sources.library.is_some() {
            return vec![Root::Library];
        }
        let Program { mains, contracts, suites, .. } = &self.program;
        let mains = mains.iter().map(|method| Root::Program(*method));
        let contracts = contracts.iter().map(|class| Root::Contract(*class));
        let suites = suites.iter().map(|class| Root::Suite(*class));
        mains.chain(contracts).chain(suites).collect()
    }
}

fn lower(program: &Program, prepared: &Prepared<'_>, root: Root) -> fscc_ir::Module {
    stage::enter("lower", &name(program, root));
    let module = match root {
        Root::Program(method) => fscc_lower::lower_program(prepared, method),
        Root::Contract(class) => fscc_lower::lower_contract(prepared, class),
        Root::Suite(class) => fscc_lower::lower_suite(prepared, class),
        Root::Library => fscc_lower::lower_library(prepared, "library"),
    };
    if cfg!(debug_assertions) {
        let errors = fscc_ir::check::check(&module);
        assert!(errors.is_empty(), "lowering made a bad module: {}", errors[0]);
    }
    module
}

fn name(program: &Program, root: Root) -> String {
    let symbols = &program.symbols;
    match root {
        Root::Library => "library".to_owned(),
        Root::Contract(class) | Root::Suite(class) => symbols.classes[class].full_name.clone(),
        Root::Program(method) => match symbols.methods[method].owner {
            Owner::Class(class) if symbols.methods[method].name.as_str() == "main" => {
                symbols.classes[class].name.to_string()
            }
            _ => symbols.methods[method].name.to_string(),
        },
    }
}
