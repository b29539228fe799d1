//! Rules V1 to V7: tables of the module.

use super::{Context, Result, Rule, VerifyError, fail};
use crate::hierarchy::{Hierarchy, is_allocated};
use fvm_isa::{
    BUILTIN_CLASSES, Class, ClassId, FunctionId, Module, ModuleKind, SelectorId, StorageForm,
    StorageKind, ValueType,
};
use std::collections::BTreeSet;

/// V1.
pub(super) fn limits(module: &Module) -> Result<()> {
    if let Some(exceeded) = fvm_isa::limits::exceeded(module) {
        let error = VerifyError::new(Rule::Limits, exceeded.to_string());
        return Err(VerifyError { function: exceeded.function, ..error });
    }
    for (number, function) in module.functions.iter().enumerate() {
        if function.params.len() > usize::from(function.registers) {
            let error = VerifyError::new(Rule::Limits, "the parameters do not fit into the frame");
            return Err(VerifyError { function: Some(FunctionId(number as u16)), ..error });
        }
    }
    Ok(())
}

/// V2.
pub(super) fn constants(module: &Module) -> Result<()> {
    let mut seen = BTreeSet::new();
    for (number, constant) in module.constants.iter().enumerate() {
        if !seen.insert(constant) {
            return fail(Rule::Constants, format!("k{number} occurs before"));
        }
    }
    Ok(())
}

/// V3.
pub(super) fn types(module: &Module) -> Result<()> {
    let count = module.classes.len();
    let fields = module.classes.iter().flat_map(|class| &class.fields).map(|field| field.ty);
    let globals = module.globals.iter().map(|global| global.ty);
    let selectors = module.selectors.iter();
    let selectors = selectors.flat_map(|s| s.params.iter().copied().chain(s.result));
    let functions = module.functions.iter();
    let functions = functions.flat_map(|f| f.params.iter().copied().chain(f.result));
    let blocks = module.functions.iter().flat_map(|function| &function.blocks);
    let live = blocks.flat_map(|block| block.live_in.iter().map(|live| live.1));
    for ty in fields.chain(globals).chain(selectors).chain(functions).chain(live) {
        match ty {
            ValueType::Ref(class) if class.index() >= count => {
                return fail(Rule::Types, format!("there is no class {class}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// V4.
pub(super) fn hierarchy(module: &Module) -> Result<Hierarchy> {
    if module.classes.len() < BUILTIN_CLASSES {
        return fail(Rule::Hierarchy, "the built-in classes are missing");
    }
    let hierarchy = Hierarchy::new(&module.classes).map_err(|(class, text)| {
        VerifyError::new(Rule::Hierarchy, format!("class {class} {text}"))
    })?;
    let mut slots: Vec<usize> = vec![0; BUILTIN_CLASSES];
    for (number, class) in module.classes.iter().enumerate().skip(BUILTIN_CLASSES) {
        let id = ClassId(number as u16);
        let inherited = match class.superclass {
            None => 0,
            Some(superclass) if superclass >= id => {
                return fail(Rule::Hierarchy, format!("{id} stands before its superclass"));
            }
            Some(superclass) => slots[superclass.index()],
        };
        parents_are_open(id, class)?;
        slots.push(inherited + class.fields.len());
    }
    traits_have_no_slots(module, &slots)?;
    Ok(hierarchy)
}

/// Of the built-in classes only `Object` can be extended.
fn parents_are_open(id: ClassId, class: &Class) -> Result<()> {
    for parent in class.superclass.iter().chain(&class.traits) {
        if parent.index() < BUILTIN_CLASSES && *parent != fvm_isa::builtin::OBJECT {
            return fail(Rule::Hierarchy, format!("{id} cannot be below the built-in {parent}"));
        }
    }
    if class.traits.windows(2).any(|pair| pair[0] >= pair[1]) {
        return fail(Rule::Hierarchy, format!("the traits of {id} must ascend"));
    }
    Ok(())
}

/// A class has one layout, that of its superclass and its own fields.
fn traits_have_no_slots(module: &Module, slots: &[usize]) -> Result<()> {
    for (number, class) in module.classes.iter().enumerate() {
        if let Some(with_fields) = class.traits.iter().find(|id| slots[id.index()] > 0) {
            let text = format!("c{number} has the trait {with_fields}, which has fields");
            return fail(Rule::Hierarchy, text);
        }
    }
    Ok(())
}

/// V5.
pub(super) fn selectors(cx: &Context<'_>) -> Result<()> {
    for (number, selector) in cx.module.selectors.iter().enumerate() {
        let owner = selector.owner;
        let owner_is_open = owner.index() < cx.module.classes.len() && is_allocated(owner);
        let receiver_fits = selector
            .params
            .first()
            .is_some_and(|first| cx.hierarchy.is_assignable(ValueType::Ref(owner), *first));
        if !owner_is_open || !receiver_fits {
            let text = format!("the first parameter of s{number} must take its owner {owner}");
            return fail(Rule::Selectors, text);
        }
    }
    Ok(())
}

/// V6.
pub(super) fn methods(cx: &Context<'_>) -> Result<()> {
    for (number, class) in cx.module.classes.iter().enumerate() {
        let id = ClassId(number as u16);
        if class.methods.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return fail(Rule::Methods, format!("the selectors of {id} must ascend"));
        }
        if class.is_abstract && !class.methods.is_empty() {
            return fail(Rule::Methods, format!("{id} is abstract and cannot answer selectors"));
        }
        for (selector, function) in &class.methods {
            method(cx, id, *selector, *function)?;
        }
    }
    Ok(())
}

fn method(cx: &Context<'_>, class: ClassId, s: SelectorId, f: FunctionId) -> Result<()> {
    let error = |text: &str| fail(Rule::Methods, format!("{class} gives {f} for {s}: {text}"));
    let Some(selector) = cx.module.selectors.get(s.index()) else {
        return error("there is no such selector");
    };
    let Some(function) = cx.module.functions.get(f.index()) else {
        return error("there is no such function");
    };
    if !cx.hierarchy.is_subclass(class, selector.owner) {
        return error("the class is not below the owner of the selector");
    }
    if function.params.len() != selector.params.len() {
        return error("the function takes another number of parameters");
    }
    let given = std::iter::once(ValueType::Ref(class)).chain(selector.params[1..].iter().copied());
    let mut pairs = given.zip(&function.params);
    if !pairs.all(|(given, taken)| cx.hierarchy.is_assignable(given, *taken)) {
        return error("the function does not take what the selector gives");
    }
    let fits = match (function.result, selector.result) {
        (None, None) => true,
        (Some(result), Some(promised)) => cx.hierarchy.is_assignable(result, promised),
        _ => false,
    };
    if fits { Ok(()) } else { error("the function does not give what the selector promises") }
}

/// V7.
pub(super) fn storage(module: &Module) -> Result<()> {
    if module.kind != ModuleKind::Contract && !module.storage.is_empty() {
        return fail(Rule::Storage, "only contracts have storage fields");
    }
    for field in &module.storage {
        let has_unused_form = match field.kind {
            StorageKind::Scalar => field.key != StorageForm::Bytes,
            StorageKind::Set => field.value != StorageForm::Bytes,
            StorageKind::Map => false,
        };
        if has_unused_form {
            let text =
                format!("{:?} has a form that a {} does not use", field.name, field.kind.word());
            return fail(Rule::Storage, text);
        }
    }
    let mut names = BTreeSet::new();
    match module.storage.iter().find(|field| !names.insert(&field.name)) {
        Some(field) => {
            fail(Rule::Storage, format!("two storage fields are named {:?}", field.name))
        }
        None => Ok(()),
    }
}
