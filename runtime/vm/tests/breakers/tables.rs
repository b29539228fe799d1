//! Tables of a module that break rules V1 to V8 and V18.

use super::parts::*;
use super::{Breaker, breaker};
use fvm_isa::{
    BUILTIN_CLASSES, Block, BlockId, Class, ClassId, Constant, Export, ExportKind, Function,
    FunctionId, Inst, ModuleKind, Reg, Row, Selector, SelectorId, StorageField, StorageForm,
    StorageKind, Switch, ValueType, builtin, limits,
};
use fvm_vm::Rule;

/// In the order of the rules.
pub const TABLES: &[Breaker] = &[
    breaker(Rule::Limits, "CLASSES_MAX", |m, _| grow(&mut m.classes, limits::CLASSES_MAX)),
    breaker(Rule::Limits, "SELECTORS_MAX", |m, _| {
        m.selectors.resize(limits::SELECTORS_MAX + 1, selector(builtin::OBJECT));
        true
    }),
    breaker(Rule::Limits, "GLOBALS_MAX", |m, _| {
        let global = fvm_isa::Global { name: String::new(), ty: ValueType::I32 };
        m.globals.resize(limits::GLOBALS_MAX + 1, global);
        true
    }),
    breaker(Rule::Limits, "STORAGE_FIELDS_MAX", |m, _| {
        m.storage.resize(limits::STORAGE_FIELDS_MAX + 1, storage_field("s"));
        true
    }),
    breaker(Rule::Limits, "FUNCTIONS_MAX", |m, _| {
        m.functions.resize(limits::FUNCTIONS_MAX + 1, function(vec![Inst::Ret {}]));
        true
    }),
    breaker(Rule::Limits, "EXPORTS_MAX", |m, _| {
        m.exports.resize(limits::EXPORTS_MAX + 1, export("e", ExportKind::Function));
        true
    }),
    breaker(Rule::Limits, "METHODS_MAX", |m, _| {
        let methods = vec![(SelectorId(0), FunctionId(0)); limits::METHODS_MAX + 1];
        m.classes.push(Class { methods, ..Class::default() });
        true
    }),
    breaker(Rule::Limits, "CONSTANTS_MAX", |m, _| {
        m.constants.resize(limits::CONSTANTS_MAX + 1, Constant::Bytes(Vec::new()));
        true
    }),
    breaker(Rule::Limits, "CONSTANT_BYTES_MAX", |m, _| {
        m.constants.push(Constant::Bytes(vec![0; limits::CONSTANT_BYTES_MAX + 1]));
        true
    }),
    breaker(Rule::Limits, "ABI_BYTES_MAX", |m, _| {
        m.abi = vec![0; limits::ABI_BYTES_MAX + 1];
        true
    }),
    breaker(Rule::Limits, "NAME_BYTES_MAX", |m, numbers| {
        let name = "n".repeat(limits::NAME_BYTES_MAX + 1);
        match numbers.below(3) {
            0 => m.name = name,
            1 => m.classes.push(Class { name, ..Class::default() }),
            _ => m.globals.push(fvm_isa::Global { name, ty: ValueType::I32 }),
        }
        true
    }),
    breaker(Rule::Limits, "CLASS_SLOTS_MAX", |m, _| {
        let fields = vec![field(ValueType::I32); limits::CLASS_SLOTS_MAX + 1];
        m.classes.push(Class { fields, ..Class::default() });
        true
    }),
    breaker(Rule::Limits, "CLASS_TRAITS_MAX", |m, _| {
        let traits = vec![builtin::OBJECT; limits::CLASS_TRAITS_MAX + 1];
        m.classes.push(Class { traits, ..Class::default() });
        true
    }),
    breaker(Rule::Limits, "PARAMETERS_MAX", |m, numbers| {
        let params = vec![ValueType::I32; limits::PARAMETERS_MAX + 1];
        match numbers.below(2) {
            0 => m.selectors.push(Selector { params, ..selector(builtin::OBJECT) }),
            _ => m.functions.push(Function { params, ..function(vec![Inst::Ret {}]) }),
        }
        true
    }),
    breaker(Rule::Limits, "REGISTERS_MAX", |m, numbers| {
        any_function(m, numbers).registers = limits::REGISTERS_MAX as u16 + 1;
        true
    }),
    breaker(Rule::Limits, "FUNCTION_BLOCKS_MAX", |m, numbers| {
        let block = Block { live_in: vec![], insts: vec![Inst::Ret {}] };
        any_function(m, numbers).blocks.resize(limits::FUNCTION_BLOCKS_MAX + 1, block);
        true
    }),
    breaker(Rule::Limits, "FUNCTION_INSTRUCTIONS_MAX", |m, numbers| {
        let inst = Inst::ConstI16 { dst: Reg(0), value: 0 };
        let count = limits::FUNCTION_INSTRUCTIONS_MAX + 1;
        any_function(m, numbers).blocks[0].insts.resize(count, inst);
        true
    }),
    breaker(Rule::Limits, "SWITCH_ARMS_MAX", |m, numbers| {
        let cases = (0..=limits::SWITCH_ARMS_MAX as i32).map(|at| (at, BlockId(0))).collect();
        let cases = Box::new(Switch { default: BlockId(0), cases });
        any_function(m, numbers).blocks[0].insts.push(Inst::Switch { a: Reg(0), cases });
        true
    }),
    breaker(Rule::Limits, "do not fit into the frame", |m, numbers| {
        let function = any_function(m, numbers);
        function.registers = function.params.len().saturating_sub(1) as u16;
        !function.params.is_empty()
    }),
    breaker(Rule::Constants, "occurs before", |m, numbers| {
        if m.constants.is_empty() || numbers.below(3) == 0 {
            m.constants.extend([Constant::Bytes(vec![numbers.next() as u8; 3]), text(numbers)]);
        }
        let twice = m.constants[numbers.below(m.constants.len())].clone();
        m.constants.push(twice);
        true
    }),
    breaker(Rule::Types, "there is no class", |m, numbers| {
        let ty = ValueType::Ref(ClassId((m.classes.len() + numbers.below(1000)) as u16));
        match numbers.below(7) {
            0 => {
                let fields = vec![field(ty)];
                m.classes.push(Class { fields, ..Class::default() });
                // The class itself has taken a number.
                ty != ValueType::Ref(ClassId(m.classes.len() as u16 - 1))
            }
            1 => {
                m.globals.push(fvm_isa::Global { name: "g".into(), ty });
                true
            }
            2 => {
                m.selectors.push(Selector { params: vec![ty], ..selector(builtin::OBJECT) });
                true
            }
            3 => {
                m.selectors.push(Selector { result: Some(ty), ..selector(builtin::OBJECT) });
                true
            }
            4 => {
                m.functions.push(Function { params: vec![ty], ..function(vec![Inst::Ret {}]) });
                true
            }
            5 => {
                any_function(m, numbers).result = Some(ty);
                true
            }
            _ => {
                any_block(m, numbers).live_in.push((Reg(0), ty));
                true
            }
        }
    }),
    breaker(Rule::Hierarchy, "built-in classes are missing", |m, numbers| {
        let is_plain = m.classes.len() == BUILTIN_CLASSES && *m == types_free(m);
        m.classes.truncate(BUILTIN_CLASSES - 1 - numbers.below(8));
        is_plain
    }),
    breaker(Rule::Hierarchy, "has a parent that does not exist", |m, numbers| {
        let parent = ClassId((m.classes.len() + 1 + numbers.below(1000)) as u16);
        push_class(m, numbers.below(2) == 0, parent);
        true
    }),
    breaker(Rule::Hierarchy, "is above itself", |m, numbers| {
        let own = ClassId(m.classes.len() as u16);
        match numbers.below(3) {
            0 => push_class(m, true, own),
            1 => push_class(m, false, own),
            _ => {
                push_class(m, false, ClassId(own.0 + 1));
                push_class(m, false, own);
            }
        }
        true
    }),
    breaker(Rule::Hierarchy, "has too many classes above it", |m, _| {
        push_class(m, true, builtin::OBJECT);
        for _ in 0..=limits::CLASS_ANCESTORS_MAX {
            let above = ClassId(m.classes.len() as u16 - 1);
            push_class(m, true, above);
        }
        true
    }),
    breaker(Rule::Hierarchy, "stands before its superclass", |m, numbers| {
        let count = 1 + numbers.below(5);
        let own = m.classes.len();
        push_class(m, true, ClassId((own + count) as u16));
        (0..count).for_each(|_| push_class(m, true, builtin::OBJECT));
        true
    }),
    breaker(Rule::Hierarchy, "cannot be below the built-in", |m, numbers| {
        let parent = loop {
            let parent = ClassId(numbers.below(BUILTIN_CLASSES) as u16);
            if parent != builtin::OBJECT {
                break parent;
            }
        };
        push_class(m, numbers.below(2) == 0, parent);
        true
    }),
    breaker(Rule::Hierarchy, "must ascend", |m, numbers| {
        let first = ClassId(m.classes.len() as u16);
        push_class(m, true, builtin::OBJECT);
        push_class(m, true, builtin::OBJECT);
        let second = ClassId(first.0 + numbers.below(2) as u16);
        m.classes.push(Class { traits: vec![second, first], ..Class::default() });
        true
    }),
    breaker(Rule::Hierarchy, "which has fields", |m, numbers| {
        let with_fields = ClassId(m.classes.len() as u16);
        let fields = vec![field(ValueType::I64); 1 + numbers.below(4)];
        m.classes.push(Class { superclass: Some(builtin::OBJECT), fields, ..Class::default() });
        push_class(m, false, with_fields);
        true
    }),
    breaker(Rule::Selectors, "must take its owner", |m, numbers| {
        let selector = match numbers.below(5) {
            0 => selector(ClassId((m.classes.len() + numbers.below(500)) as u16)),
            1 => selector([builtin::NULL, builtin::UNIT, builtin::INT][numbers.below(3)]),
            2 => Selector { params: vec![], ..selector(builtin::OBJECT) },
            3 => {
                let params = vec![[ValueType::I32, ValueType::I128][numbers.below(2)]];
                Selector { params, ..selector(builtin::OBJECT) }
            }
            _ => {
                let below = ClassId(m.classes.len() as u16);
                push_class(m, true, builtin::OBJECT);
                Selector { params: vec![ValueType::Ref(below)], ..selector(builtin::OBJECT) }
            }
        };
        m.selectors.push(selector);
        true
    }),
    breaker(Rule::Methods, "must ascend", |m, numbers| {
        let (selector, function) = method_pair(m, vec![], None);
        let mut methods = vec![(selector, function); 2];
        if numbers.below(2) == 0 {
            let (later, function) = method_pair(m, vec![], None);
            methods = vec![(later, function), (selector, function)];
        }
        m.classes.push(Class { superclass: Some(builtin::OBJECT), methods, ..Class::default() });
        true
    }),
    breaker(Rule::Methods, "cannot answer selectors", |m, _| {
        let methods = vec![method_pair(m, vec![], None)];
        let class = Class { superclass: Some(builtin::OBJECT), methods, ..Class::default() };
        m.classes.push(Class { is_abstract: true, ..class });
        true
    }),
    breaker(Rule::Methods, "there is no such selector", |m, numbers| {
        let function = method_pair(m, vec![], None).1;
        let selector = SelectorId((m.selectors.len() + numbers.below(500)) as u16);
        answers(m, selector, function)
    }),
    breaker(Rule::Methods, "there is no such function", |m, numbers| {
        let selector = method_pair(m, vec![], None).0;
        let function = FunctionId((m.functions.len() + numbers.below(500)) as u16);
        answers(m, selector, function)
    }),
    breaker(Rule::Methods, "not below the owner", |m, _| {
        let owner = ClassId(m.classes.len() as u16);
        push_class(m, true, builtin::OBJECT);
        let (selector, function) = method_pair(m, vec![], None);
        m.selectors[selector.index()].owner = owner;
        answers(m, selector, function)
    }),
    breaker(Rule::Methods, "another number of parameters", |m, numbers| {
        let (selector, function) = method_pair(m, vec![], None);
        let more = vec![ValueType::I32; 1 + numbers.below(5)];
        m.selectors[selector.index()].params.extend(more);
        answers(m, selector, function)
    }),
    breaker(Rule::Methods, "does not take what the selector gives", |m, numbers| {
        let (selector, function) = method_pair(m, vec![ValueType::I32], None);
        match numbers.below(2) {
            0 => m.functions[function.index()].params[1] = ValueType::I64,
            _ => m.functions[function.index()].params[0] = ValueType::Ref(builtin::STRING),
        }
        answers(m, selector, function)
    }),
    breaker(Rule::Methods, "does not give what the selector promises", |m, numbers| {
        let (selector, function) = method_pair(m, vec![], None);
        match numbers.below(3) {
            0 => m.selectors[selector.index()].result = Some(ValueType::Any),
            1 => m.functions[function.index()].result = Some(ValueType::Any),
            _ => {
                m.selectors[selector.index()].result = Some(ValueType::Ref(builtin::STRING));
                m.functions[function.index()].result = Some(ValueType::Any);
            }
        }
        answers(m, selector, function)
    }),
    breaker(Rule::Storage, "only contracts have storage", |m, numbers| {
        m.storage.push(storage_field(&numbers.next().to_string()));
        m.kind != ModuleKind::Contract
    }),
    breaker(Rule::Storage, "has a form that a", |m, numbers| {
        let form = StorageForm::ALL[1 + numbers.below(StorageForm::ALL.len() - 1)];
        let field = storage_field(&numbers.next().to_string());
        m.storage.push(match numbers.below(2) {
            0 => StorageField { key: form, ..field },
            _ => StorageField { kind: StorageKind::Set, value: form, ..field },
        });
        m.kind == ModuleKind::Contract
    }),
    breaker(Rule::Storage, "two storage fields are named", |m, numbers| {
        let name = m.storage.first().map_or("s".to_string(), |field| field.name.clone());
        let kind = StorageKind::ALL[numbers.below(3)];
        m.storage.push(StorageField { kind, ..storage_field(&name) });
        m.storage.push(storage_field(&name));
        m.kind == ModuleKind::Contract
    }),
    breaker(Rule::Exports, "names no function", |m, numbers| {
        let function = FunctionId((m.functions.len() + numbers.below(900)) as u16);
        m.exports.push(Export { function, ..export("new", ExportKind::Function) });
        true
    }),
    breaker(Rule::Exports, "two exports are named", |m, numbers| {
        m.exports.insert(0, export("new", ExportKind::Function));
        let at = 1 + numbers.below(m.exports.len());
        m.exports.insert(at, export("new", ExportKind::Function));
        true
    }),
    breaker(Rule::Exports, "occurs before", |m, numbers| {
        let function = wrapper(m);
        let method_id = numbers.next() as u32;
        let export = |name: &str| Export { function, method_id, ..export(name, ExportKind::Entry) };
        m.exports.extend([export("one"), export("two")]);
        m.kind == ModuleKind::Contract
    }),
    breaker(Rule::Exports, "cannot have a method id", |m, numbers| {
        let method_id = 1 + numbers.below(1000) as u32;
        m.exports.push(Export { method_id, ..export("new", ExportKind::Function) });
        true
    }),
    breaker(Rule::Exports, "no ", |m, numbers| {
        let kind = match m.kind {
            ModuleKind::Program => [ExportKind::Init, ExportKind::Test, ExportKind::View],
            ModuleKind::Contract => [ExportKind::Main, ExportKind::Test, ExportKind::Main],
            ModuleKind::Library => [ExportKind::Main, ExportKind::Entry, ExportKind::Payable],
            ModuleKind::Suite => [ExportKind::Main, ExportKind::Init, ExportKind::Handler],
        };
        m.exports.push(export("new", kind[numbers.below(3)]));
        true
    }),
    breaker(Rule::Exports, "not the signature", |m, numbers| {
        let function = FunctionId(m.functions.len() as u16);
        m.functions.push(Function { params: vec![ValueType::I32], ..function_of_nothing() });
        let kind = match m.kind {
            ModuleKind::Program => ExportKind::Main,
            ModuleKind::Suite => ExportKind::Test,
            ModuleKind::Library => return false,
            ModuleKind::Contract => {
                use ExportKind::{Entry, Handler, Init, Payable, View};
                [Init, Entry, Payable, View, Handler][numbers.below(5)]
            }
        };
        let method_id = if kind == ExportKind::Init { 0 } else { 0xffff_fffe };
        let method_id = if m.kind == ModuleKind::Contract { method_id } else { 0 };
        m.exports.insert(0, Export { function, method_id, ..export("new", kind) });
        true
    }),
    breaker(Rule::Exports, "which changes things", |m, numbers| {
        let function = wrapper(m);
        let row = [Row::WRITE, Row::EMIT, Row::SEND, Row::SCHEDULE, Row::CONCLUDE];
        let row = row[numbers.below(5)];
        let view = export("new", ExportKind::View);
        m.exports.push(Export { function, row, method_id: 0xffff_fffe, ..view });
        m.kind == ModuleKind::Contract
    }),
    breaker(Rule::Exports, "one constructor", |m, _| {
        let function = FunctionId(m.functions.len() as u16);
        let params = vec![ValueType::Ref(builtin::BYTES)];
        m.functions.push(Function { params, ..function_of_nothing() });
        m.exports.retain(|export| export.kind != ExportKind::Init);
        for name in ["one", "two"] {
            m.exports.push(Export { function, ..export(name, ExportKind::Init) });
        }
        m.kind == ModuleKind::Contract
    }),
    breaker(Rule::Imports, "is imported, and nobody linked it", |m, numbers| {
        let (library, name) = ([7; 32], numbers.next().to_string());
        let import = fvm_isa::Import { library, name, params: Vec::new(), result: None };
        m.imports.push(import);
        true
    }),
];
