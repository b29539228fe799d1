//! The limits of the machine's format, held before the verifier would refuse the module.

use crate::LimitExceeded;
use fscc_base::Idx;
use fscc_ir::module::{FuncId, Module};
use fvm_isa::limits::{CLASS_ANCESTORS_MAX, MODULE_BYTES_MAX, PARAMETERS_MAX};
use fvm_isa::{ClassId, builtin};
use indexmap::IndexSet;

/// Parameters of functions and selectors: the windows of calls must hold them, which allocation
/// relies on.
pub(crate) fn check_parameters(module: &Module) -> Result<(), LimitExceeded> {
    let limit = "PARAMETERS_MAX";
    if let Some(func) = module.funcs.iter().find(|func| func.params().len() > PARAMETERS_MAX) {
        return Err(LimitExceeded { limit, function: Some(func.name.clone()) });
    }
    let selectors = module.selectors.iter().map(|selector| (&selector.name, &selector.params));
    let imports = module.imports.iter().map(|import| (&import.name, &import.params));
    match selectors.chain(imports).find(|(_, params)| params.len() > PARAMETERS_MAX) {
        Some((name, _)) => Err(LimitExceeded { limit, function: Some(name.clone()) }),
        None => Ok(()),
    }
}

/// Everything that a module is measured by.
pub(crate) fn check(
    source: &Module,
    module: &fvm_isa::Module,
    bytes: &[u8],
) -> Result<(), LimitExceeded> {
    if let Some(exceeded) = fvm_isa::limits::exceeded(module) {
        let func = exceeded.function.map(|id| &source.funcs[FuncId::new(id.index())]);
        let function = func.map(|func| func.name.clone());
        return Err(LimitExceeded { limit: exceeded.limit.name, function });
    }
    for class in fvm_isa::BUILTIN_CLASSES..module.classes.len() {
        if has_too_many_ancestors(module, ClassId(class as u16)) {
            return Err(LimitExceeded { limit: "CLASS_ANCESTORS_MAX", function: None });
        }
    }
    match bytes.len() > MODULE_BYTES_MAX {
        true => Err(LimitExceeded { limit: "MODULE_BYTES_MAX", function: None }),
        false => Ok(()),
    }
}

/// The class itself and `Object` count.
fn has_too_many_ancestors(module: &fvm_isa::Module, class: ClassId) -> bool {
    let mut seen = IndexSet::from([class, builtin::OBJECT]);
    let mut at = 0;
    while let Some(class) = seen.get_index(at).copied() {
        at += 1;
        if let Some(class) = module.class(class) {
            seen.extend(class.superclass.iter().chain(&class.traits).copied());
        }
        if seen.len() > CLASS_ANCESTORS_MAX {
            return true;
        }
    }
    false
}
