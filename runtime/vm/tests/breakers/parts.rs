//! What broken modules are made of.

use crate::hostile::Numbers;
use fvm_isa::{
    Block, Class, ClassId, Constant, Export, ExportKind, Field, Function, FunctionId, Inst, Module,
    ModuleKind, Reg, Row, Selector, SelectorId, StorageField, StorageForm, StorageKind, TrapCode,
    ValueType, builtin,
};

/// The first of so many registers that a function does not use; its frame grows.
pub fn fresh(function: &mut Function, count: u16) -> Option<Reg> {
    let reg = u8::try_from(function.registers).ok()?;
    function.registers += count;
    (function.registers <= 256).then_some(Reg(reg))
}

pub fn place(m: &Module, numbers: &mut Numbers) -> Option<(usize, usize, usize)> {
    let f = numbers.below(m.functions.len());
    let b = numbers.below(m.functions[f].blocks.len());
    let i = numbers.below(m.functions[f].blocks[b].insts.len());
    Some((f, b, i))
}

pub fn any_function<'m>(m: &'m mut Module, numbers: &mut Numbers) -> &'m mut Function {
    let at = numbers.below(m.functions.len());
    &mut m.functions[at]
}

pub fn any_block<'m>(m: &'m mut Module, numbers: &mut Numbers) -> &'m mut Block {
    let function = any_function(m, numbers);
    let at = numbers.below(function.blocks.len());
    &mut function.blocks[at]
}

pub fn grow<T: Default + Clone>(list: &mut Vec<T>, max: usize) -> bool {
    list.resize(max + 1, T::default());
    true
}

pub fn text(numbers: &mut Numbers) -> Constant {
    Constant::String(numbers.next().to_string().encode_utf16().collect())
}

pub fn field(ty: ValueType) -> Field {
    Field { name: "f".into(), ty, mutable: true }
}

pub fn storage_field(name: &str) -> StorageField {
    StorageField {
        name: name.into(),
        kind: StorageKind::Scalar,
        key: StorageForm::Bytes,
        value: StorageForm::Bytes,
        ty: "Int".into(),
    }
}

pub fn function(insts: Vec<Inst>) -> Function {
    let blocks = vec![Block { live_in: vec![], insts }];
    Function { params: vec![], result: None, registers: 1, row: Row::PURE, blocks }
}

/// Stops at once, whatever its result is said to be.
pub fn function_of_nothing() -> Function {
    let code = TrapCode::NO_MATCH;
    function(vec![Inst::ConstNull { dst: Reg(0) }, Inst::Trap { code, detail: Reg(0) }])
}

pub fn selector(owner: ClassId) -> Selector {
    let params = vec![ValueType::Ref(builtin::OBJECT)];
    Selector { name: "s".into(), owner, params, result: None }
}

pub fn export(name: &str, kind: ExportKind) -> Export {
    let (function, row) = (FunctionId(0), Row::PURE);
    Export { name: name.into(), function, method_id: 0, kind, row }
}

/// A function that takes so many `i32`.
pub fn takes_ints(m: &mut Module, count: usize) -> FunctionId {
    let id = FunctionId(m.functions.len() as u16);
    let (params, registers) = (vec![ValueType::I32; count], count as u16);
    m.functions.push(Function { params, registers, ..function_of_nothing() });
    id
}

/// The effects that functions of a kind of module may have.
pub fn allowed(kind: ModuleKind) -> Row {
    let suite = Row::PRINT.union(Row::WORLD);
    match kind {
        ModuleKind::Contract => Row(!0).without(suite),
        ModuleKind::Suite => suite,
        ModuleKind::Program => Row::PRINT,
        ModuleKind::Library => Row::PURE,
    }
}

/// A function with the signature of what messages call.
pub fn wrapper(m: &mut Module) -> FunctionId {
    let bytes = ValueType::Ref(builtin::BYTES);
    let id = FunctionId(m.functions.len() as u16);
    m.functions.push(Function {
        params: vec![bytes],
        result: Some(bytes),
        ..function_of_nothing()
    });
    id
}

pub fn push_class(m: &mut Module, as_superclass: bool, parent: ClassId) {
    m.classes.push(match as_superclass {
        true => Class { superclass: Some(parent), ..Class::default() },
        false => Class { traits: vec![parent], ..Class::default() },
    });
}

/// A selector of `Object` with these further parameters, and a function that answers it.
pub fn method_pair(
    m: &mut Module,
    more: Vec<ValueType>,
    result: Option<ValueType>,
) -> (SelectorId, FunctionId) {
    let receiver = ValueType::Ref(builtin::OBJECT);
    let params: Vec<ValueType> = std::iter::once(receiver).chain(more).collect();
    let ids = (SelectorId(m.selectors.len() as u16), FunctionId(m.functions.len() as u16));
    m.selectors.push(Selector { params: params.clone(), result, ..selector(builtin::OBJECT) });
    let registers = params.len() as u16;
    m.functions.push(Function { params, result, registers, ..function_of_nothing() });
    ids
}

/// A new class that answers a selector by a function.
pub fn answers(m: &mut Module, selector: SelectorId, function: FunctionId) -> bool {
    let methods = vec![(selector, function)];
    m.classes.push(Class { superclass: Some(builtin::OBJECT), methods, ..Class::default() });
    true
}

/// The module, if no type in it names a class; without its functions otherwise.
pub fn types_free(m: &Module) -> Module {
    let is_plain = |ty: &ValueType| !matches!(ty, ValueType::Ref(_));
    let mut plain = m.clone();
    plain.functions.retain(|function| {
        let live = function.blocks.iter().flat_map(|block| &block.live_in);
        function.params.iter().chain(&function.result).all(is_plain)
            && live.map(|live| &live.1).all(is_plain)
    });
    plain.globals.retain(|global| is_plain(&global.ty));
    plain.selectors.clear();
    plain
}
