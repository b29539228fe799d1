//! Rules V8 and V18: exports and imports.

use super::{Result, Rule, fail};
use fvm_isa::{Export, ExportKind, Function, Module, ModuleKind, Row, ValueType, builtin};
use std::collections::BTreeSet;

/// What views must not do.
const CHANGES: Row =
    Row(Row::WRITE.0 | Row::EMIT.0 | Row::SEND.0 | Row::SCHEDULE.0 | Row::CONCLUDE.0);

/// V8.
pub(super) fn exports(module: &Module) -> Result<()> {
    let mut names = BTreeSet::new();
    let mut ids = BTreeSet::new();
    for export in &module.exports {
        let name = &export.name;
        let Some(function) = module.functions.get(export.function.index()) else {
            return fail(Rule::Exports, format!("{name:?} names no function"));
        };
        if !names.insert(name) {
            return fail(Rule::Exports, format!("two exports are named {name:?}"));
        }
        if has_method_id(export.kind) && !ids.insert(export.method_id) {
            return fail(Rule::Exports, format!("the method id of {name:?} occurs before"));
        }
        if !has_method_id(export.kind) && export.method_id != 0 {
            return fail(Rule::Exports, format!("{name:?} cannot have a method id"));
        }
        if !kind_fits(module.kind, export.kind) {
            let (module, kind) = (module.kind.word(), export.kind.word());
            return fail(Rule::Exports, format!("{name:?}: no {kind} in a {module}"));
        }
        if !signature_fits(export.kind, function) {
            let kind = export.kind.word();
            return fail(Rule::Exports, format!("{name:?}: not the signature of a {kind}"));
        }
        row_fits(export)?;
    }
    let inits = module.exports.iter().filter(|export| export.kind == ExportKind::Init).count();
    if inits > 1 {
        return fail(Rule::Exports, "a contract has one constructor");
    }
    Ok(())
}

/// V18.
pub(super) fn imports(module: &Module) -> Result<()> {
    match &module.imports[..] {
        [] => Ok(()),
        [import, ..] => {
            fail(Rule::Imports, format!("{:?} is imported, and nobody linked it", import.name))
        }
    }
}

fn has_method_id(kind: ExportKind) -> bool {
    matches!(kind, ExportKind::Entry | ExportKind::Payable | ExportKind::View | ExportKind::Handler)
}

fn kind_fits(module: ModuleKind, export: ExportKind) -> bool {
    match export {
        ExportKind::Main => module == ModuleKind::Program,
        ExportKind::Test => module == ModuleKind::Suite,
        ExportKind::Function => true,
        ExportKind::Init
        | ExportKind::Entry
        | ExportKind::Payable
        | ExportKind::View
        | ExportKind::Handler => module == ModuleKind::Contract,
    }
}

fn signature_fits(kind: ExportKind, function: &Function) -> bool {
    let bytes = ValueType::Ref(builtin::BYTES);
    match kind {
        ExportKind::Main | ExportKind::Test => {
            function.params.is_empty() && function.result.is_none()
        }
        ExportKind::Init => function.params == [bytes] && function.result.is_none(),
        ExportKind::Entry | ExportKind::Payable | ExportKind::View | ExportKind::Handler => {
            function.params == [bytes] && function.result == Some(bytes)
        }
        ExportKind::Function => true,
    }
}

fn row_fits(export: &Export) -> Result<()> {
    if export.kind == ExportKind::View && !export.row.is_within(Row(!CHANGES.0)) {
        let text =
            format!("the view {:?} declares {}, which changes things", export.name, export.row);
        return fail(Rule::Exports, text);
    }
    Ok(())
}
