//! Checks of the module's tables: classes, selectors, globals, exports.

use super::CheckError;
use crate::module::{Class, ExportKind, FuncId, Module, Selector};
use crate::types::{BUILTIN_CLASSES, ClassId, Type};
use fscc_base::Idx;

/// Whether a type names an existing class, if any.
pub(super) fn is_known(module: &Module, ty: Type) -> bool {
    match ty {
        Type::Ref(class) => class.index() < module.classes.len(),
        _ => true,
    }
}

/// Mistakes in the tables.
pub(super) fn check_tables(module: &Module) -> Vec<CheckError> {
    let mut errors = Vec::new();
    let mut error = |message: String| errors.push(CheckError { func: None, block: None, message });
    if module.classes.len() < BUILTIN_CLASSES as usize {
        error("the built-in classes are missing".to_owned());
        return errors;
    }
    for (id, class) in module.classes.iter_enumerated() {
        let mut parents = class.superclass.iter().chain(&class.traits);
        if parents.any(|parent| parent.index() >= module.classes.len()) {
            error(format!("class {id} names a parent that does not exist"));
        }
        if class.superclass.is_some_and(|superclass| superclass >= id) {
            error(format!("class {id} stands before its superclass"));
        }
        if class.fields.iter().any(|field| !is_known(module, field.ty)) {
            error(format!("class {id} has a field of an unknown class"));
        }
    }
    for (id, selector) in module.selectors.iter_enumerated() {
        let mut types = selector.params.iter().chain(&selector.result);
        if selector.params.is_empty() || selector.owner.index() >= module.classes.len() {
            error(format!("selector {id} has no receiver or no owner"));
        } else if !types.all(|ty| is_known(module, *ty)) {
            error(format!("selector {id} names an unknown class"));
        }
    }
    for (id, global) in module.globals.iter_enumerated() {
        if !is_known(module, global.ty) {
            error(format!("global {id} has an unknown type"));
        }
    }
    if !errors.is_empty() {
        return errors;
    }
    check_methods(module, &mut errors);
    check_exports(module, &mut errors);
    errors
}

fn check_methods(module: &Module, errors: &mut Vec<CheckError>) {
    for (id, class) in module.classes.iter_enumerated() {
        for (selector, func) in &class.methods {
            let problem = match module.selectors.get(*selector) {
                Some(found) => method_problem(module, id, class, found, *func),
                None => Some("names an unknown selector".to_owned()),
            };
            if let Some(problem) = problem {
                let message = format!("class {id}: {selector} = {func} {problem}");
                errors.push(CheckError { func: None, block: None, message });
            }
        }
    }
}

fn method_problem(
    module: &Module,
    id: ClassId,
    class: &Class,
    selector: &Selector,
    func: FuncId,
) -> Option<String> {
    let Some(func) = module.funcs.get(func) else {
        return Some("names an unknown function".to_owned());
    };
    if class.is_abstract {
        // An abstract class has no instances, so nothing ever looks here.
        return None;
    }
    if func
        .params()
        .iter()
        .any(|value| func.values.get(*value).is_none_or(|ty| !is_known(module, *ty)))
    {
        return Some("has a parameter of an unknown type".to_owned());
    }
    let types: Vec<Type> = func.param_types().collect();
    if types.len() != selector.params.len() {
        return Some(format!(
            "takes {} parameters, expected {}",
            types.len(),
            selector.params.len()
        ));
    }
    for (at, (own, wanted)) in types.iter().zip(&selector.params).enumerate() {
        let from = if at == 0 { Type::Ref(id) } else { *wanted };
        if !module.is_assignable(from, *own) {
            return Some(format!("has parameter {at} of type {own}, expected {from} or wider"));
        }
    }
    let fits = match (func.result, selector.result) {
        (Some(own), Some(wanted)) => is_known(module, own) && module.is_assignable(own, wanted),
        (own, wanted) => own == wanted,
    };
    (!fits).then(|| "has another result type than the selector".to_owned())
}

fn check_exports(module: &Module, errors: &mut Vec<CheckError>) {
    for export in &module.exports {
        let problem = match module.funcs.get(export.func) {
            None => "names an unknown function",
            Some(func) if export.kind == ExportKind::Main && !func.params().is_empty() => {
                "is a main function with parameters"
            }
            Some(_) => continue,
        };
        let message = format!("export {} {problem}", export.name);
        errors.push(CheckError { func: None, block: None, message });
    }
}
