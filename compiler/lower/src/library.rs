//! Libraries: the functions that a library exports, and calls of those that a module imports.
//!
//! What passes from module to module is the same in every one and crosses the border as it is:
//! scalars, texts, bytes ([`fscc_sema::PASSABLE`]).
//!
//! **Guarantees** that exporter and importer agree on the border's signature, because both derive
//! it from the declared types by [`Lowering::border_sig`].

use crate::body::Body;
use crate::context::{Helper, Lowering, Sig};
use crate::repr::Val;
use fscc_base::{FastSet, IndexVec, Lists, Span};
use fscc_ir::module::{DESCRIBE_EXPORT, ExportKind, Import, ImportId};
use fscc_ir::{Func, FuncId, Imm, Module, Op, SelectorId};
use fscc_sema::export_name;
use fscc_sema::symbols::MethodId;

/// A function of a library that a unit is linked with. The interface of the library declares it as
/// the intrinsic `import.N`, by its place among all functions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct External {
    /// The hash of the library.
    pub library: [u8; 32],
    /// The name of the export.
    pub name: String,
}

impl<'p> Lowering<'p> {
    /// Makes the module of a library.
    pub fn lower_library(&mut self) {
        for method in &self.program.exported {
            let name = export_name(self.program, *method);
            self.export(&name, Helper::Exported(*method), ExportKind::Function, 0);
        }
        self.export(DESCRIBE_EXPORT, Helper::Describe, ExportKind::Function, 0);
        self.run();
    }

    /// What the function of a library takes and gives.
    fn border_sig(&mut self, method: MethodId) -> Sig {
        let symbols = self.symbols();
        let info = &symbols.methods[method];
        let params = info.params.iter();
        let params = params.map(|local| self.repr(symbols.locals[*local].ty)).collect();
        let result = self.repr(info.result);
        Sig { this: None, captures: Vec::new(), params, result }
    }

    /// The function that stands for a method outside of its library.
    pub fn lower_exported(&mut self, method: MethodId) -> Func {
        let sig = self.border_sig(method);
        let name = format!("{}$exported", self.method_name(method));
        let span = self.symbols().methods[method].span;
        let mut body = Body::new(self, &name, &sig, span);
        body.initialise_owner(method);
        let params = body.bind_captures(&sig, None);
        let result = body.call_method(method, None, &params);
        body.finish(result, sig.result)
    }

    /// The number of an import in this module.
    fn import(&mut self, external: &External, sig: &Sig) -> ImportId {
        let External { library, name } = external.clone();
        let (params, result) = (sig.types(), sig.result.ty());
        let import = Import { library, name, params, result };
        match self.imports.get(&import) {
            Some(known) => *known,
            None => {
                let id = self.module.imports.push(import.clone());
                self.imports.insert(import, id);
                id
            }
        }
    }
}

impl Body<'_, '_> {
    /// Calls a function of a library with values for the parameters of the method that declares it.
    pub fn call_external(&mut self, number: usize, method: MethodId, values: &[Val]) -> Val {
        let Some(external) = self.l.externals.get(number) else {
            self.l.missing.push(format!("the imported function {number}"));
            self.unreachable();
            return Val::NEVER;
        };
        let sig = self.l.border_sig(method);
        let mut args = Vec::new();
        for (repr, val) in sig.params.iter().zip(values) {
            args.extend(self.coerce(*val, *repr).value);
        }
        let import = self.l.import(external, &sig);
        let value = self.b.call_import(import, &args, sig.result.ty());
        self.called(sig.result, value)
    }
}

/// The protected parts of `try` from which a function of a library may be called: each place with
/// the name of the function. Calls by selector reach every class that answers.
pub fn imports_in_try(module: &Module) -> Vec<(Span, String)> {
    if module.imports.is_empty() {
        return Vec::new();
    }
    let reached = reached_imports(module);
    let mut found = Vec::new();
    for func in module.funcs.iter() {
        for inst in func.blocks.iter().flat_map(|block| &block.insts) {
            if let (Op::CallTry, Imm::Func(protected)) = (inst.op, &inst.imm)
                && let Some(import) = reached[*protected]
            {
                found.push((inst.span, module.imports[import].name.clone()));
            }
        }
    }
    found
}

/// For each function, one that is imported and that it may call, directly or by others.
fn reached_imports(module: &Module) -> IndexVec<FuncId, Option<ImportId>> {
    // Whoever calls a selector calls what any class gives for it.
    let mut answers: Vec<(SelectorId, FuncId)> = Vec::new();
    for class in module.classes.iter() {
        answers.extend(class.methods.iter().map(|(selector, func)| (*selector, *func)));
    }
    let answers = Lists::from_pairs(module.selectors.len(), &answers);
    let mut reached: IndexVec<FuncId, Option<ImportId>> =
        IndexVec::from_elem(None, module.funcs.len());
    let mut callers: Vec<(FuncId, FuncId)> = Vec::new();
    let mut selectors: Vec<(SelectorId, FuncId)> = Vec::new();
    for (id, func) in module.funcs.iter_enumerated() {
        let insts = func.blocks.iter().flat_map(|block| &block.insts).map(|inst| &inst.imm);
        for imm in insts.chain(func.blocks.iter().map(|block| &block.term.imm)) {
            match imm {
                Imm::Import(import) => reached[id] = Some(*import),
                Imm::Func(callee) => callers.push((*callee, id)),
                Imm::Selector(selector) => selectors.push((*selector, id)),
                _ => {}
            }
        }
    }
    selectors.sort_unstable();
    selectors.dedup();
    let callers_of = Lists::from_pairs(module.funcs.len(), &callers);
    let selector_callers = Lists::from_pairs(module.selectors.len(), &selectors);
    let mut answered: Vec<(FuncId, SelectorId)> = Vec::new();
    for selector in module.selectors.indices() {
        answered.extend(answers[selector].iter().map(|func| (*func, selector)));
    }
    let answered = Lists::from_pairs(module.funcs.len(), &answered);
    let mut pending: Vec<FuncId> = reached.indices().filter(|id| reached[*id].is_some()).collect();
    let mut told = FastSet::default();
    while let Some(func) = pending.pop() {
        let mut tell = |caller: FuncId, pending: &mut Vec<FuncId>| {
            if reached[caller].is_none() {
                reached[caller] = reached[func];
                pending.push(caller);
            }
        };
        callers_of[func].iter().for_each(|caller| tell(*caller, &mut pending));
        for selector in &answered[func] {
            // Whoever calls the selector is told once.
            if told.insert(*selector) {
                selector_callers[*selector].iter().for_each(|caller| tell(*caller, &mut pending));
            }
        }
    }
    reached
}
