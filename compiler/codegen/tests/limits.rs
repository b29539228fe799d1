//! Each limit of the module format at n and n + 1: the compiler makes the module, or names the
//! limit; it never makes what the decoder would refuse.

use fscc_base::{Alone, SourceMap, Span};
use fscc_ir::module::{
    Class, Export, ExportKind, Field, FuncId, Global, Import, ImportId, Module, ModuleKind,
    Selector, StorageField, StorageForm, StorageKind,
};
use fscc_ir::{Func, FuncBuilder, Op, Row, Type, builtin};
use fvm_isa::{limits, wire};
use pretty_assertions::assert_eq;
use std::collections::BTreeSet;

fn func(params: usize) -> Func {
    let mut f = FuncBuilder::new("f", &vec![Type::I32; params], None, Span::synthetic());
    f.ret(None);
    f.finish()
}

/// A function of exactly so many instructions, in one block.
fn long(count: usize) -> Func {
    let mut f = FuncBuilder::new("long", &[Type::I32], Some(Type::I32), Span::synthetic());
    let mut value = f.param(0);
    for _ in 1..count {
        let param = f.param(0);
        value = f.op_value(Op::I32Add, &[value, param]);
    }
    f.ret(Some(value));
    f.finish()
}

/// A function of exactly so many blocks.
fn jumps(count: usize) -> Func {
    let mut f = FuncBuilder::new("jumps", &[], None, Span::synthetic());
    for _ in 1..count {
        let next = f.create_block();
        f.jump(next, &[]);
        f.seal(next);
        f.switch_to(next);
    }
    f.ret(None);
    f.finish()
}

fn switch(arms: usize) -> Func {
    let mut f = FuncBuilder::new("switch", &[Type::I32], None, Span::synthetic());
    let (end, value) = (f.create_block(), f.param(0));
    let cases = (0..arms).map(|at| (at as i32, end.into())).collect();
    f.switch(value, cases, end);
    f.switch_to(end);
    f.ret(None);
    f.finish()
}

fn constants(strings: impl Iterator<Item = String>) -> Func {
    let mut f = FuncBuilder::new("constants", &[], None, Span::synthetic());
    let print = fscc_ir::host::lookup("host.print").expect("the host prints");
    for string in strings {
        let string = f.const_string(&string);
        f.call_host(print, &[string]);
    }
    f.ret(None);
    f.finish()
}

fn class(fields: usize) -> Class {
    let field = |at: usize| Field { name: at.to_string(), ty: Type::I32, mutable: true };
    let fields = (0..fields).map(field).collect();
    Class { name: "C".into(), superclass: Some(builtin::OBJECT), fields, ..Class::default() }
}

fn selector(params: usize) -> Selector {
    let mut params = vec![Type::I32; params];
    params[0] = Type::Ref(builtin::OBJECT);
    Selector { name: "s".into(), owner: builtin::OBJECT, params, result: None }
}

fn global(at: usize) -> Global {
    Global { name: at.to_string(), ty: Type::I32 }
}

fn storage(at: usize) -> StorageField {
    StorageField {
        name: at.to_string(),
        kind: StorageKind::Scalar,
        key: StorageForm::Bytes,
        value: StorageForm::Int,
        ty: "Int".into(),
    }
}

fn export(at: usize) -> Export {
    Export {
        name: at.to_string(),
        func: FuncId::from_u32(0),
        method_id: 0,
        kind: ExportKind::Function,
        row: Row::PURE,
    }
}

/// Compiles a module of one function after a change; the limit that is named.
fn limit_of(change: impl FnOnce(&mut Module) -> usize) -> Option<&'static str> {
    let mut module = Module::new("limits", ModuleKind::Contract);
    let _: FuncId = module.funcs.push(func(0));
    let abi = vec![b' '; change(&mut module)];
    fscc_codegen::prepare(&mut module, &Alone);
    match fscc_codegen::generate(&module, abi, &SourceMap::new(), &Alone) {
        Ok(generated) => {
            let bytes = wire::encode(&generated.module);
            wire::decode(&bytes).unwrap_or_else(|error| panic!("{error}"));
            let debug = generated.debug.encode();
            fvm_isa::DebugInfo::decode(&debug).unwrap_or_else(|error| panic!("{error}"));
            None
        }
        Err(exceeded) => Some(exceeded.limit),
    }
}

/// Changes a module so that it has so many of something. Gives the bytes of the ABI.
type Change = fn(&mut Module, usize) -> usize;

/// Fills a table.
fn fill<I: fscc_base::Idx, T>(
    table: &mut fscc_base::IndexVec<I, T>,
    count: usize,
    item: impl Fn(usize) -> T,
) -> usize {
    while table.len() < count {
        let _: I = table.push(item(table.len()));
    }
    0
}

const CASES: &[(&str, usize, Change)] = &[
    ("FUNCTIONS_MAX", limits::FUNCTIONS_MAX, |m, n| fill(&mut m.funcs, n, |_| func(0))),
    ("CLASSES_MAX", limits::CLASSES_MAX, |m, n| fill(&mut m.classes, n, |_| class(0))),
    ("SELECTORS_MAX", limits::SELECTORS_MAX, |m, n| fill(&mut m.selectors, n, |_| selector(1))),
    ("GLOBALS_MAX", limits::GLOBALS_MAX, |m, n| fill(&mut m.globals, n, global)),
    ("STORAGE_FIELDS_MAX", limits::STORAGE_FIELDS_MAX, |m, n| fill(&mut m.storage, n, storage)),
    ("EXPORTS_MAX", limits::EXPORTS_MAX, |m, n| {
        m.exports = (0..n).map(export).collect();
        0
    }),
    ("IMPORTS_MAX", limits::IMPORTS_MAX, |m, n| {
        let import = |at: usize| Import {
            library: [7; 32],
            name: at.to_string(),
            params: Vec::new(),
            result: None,
        };
        let mut f = FuncBuilder::new("calls", &[], None, Span::synthetic());
        for at in 0..n {
            let import = m.imports.push(import(at));
            f.call_import(import, &[], None);
        }
        f.ret(None);
        fill(&mut m.funcs, 1, |_| func(0));
        let _: FuncId = m.funcs.push(f.finish());
        0
    }),
    ("PARAMETERS_MAX", limits::PARAMETERS_MAX, |m, n| {
        let params = vec![Type::I32; n];
        let import = Import { library: [7; 32], name: String::new(), params, result: None };
        let _: ImportId = m.imports.push(import);
        0
    }),
    ("ABI_BYTES_MAX", limits::ABI_BYTES_MAX, |_, n| n),
    ("PARAMETERS_MAX", limits::PARAMETERS_MAX, |m, n| fill(&mut m.funcs, 2, |_| func(n))),
    ("PARAMETERS_MAX", limits::PARAMETERS_MAX, |m, n| fill(&mut m.selectors, 1, |_| selector(n))),
    ("FUNCTION_INSTRUCTIONS_MAX", limits::FUNCTION_INSTRUCTIONS_MAX, |m, n| {
        fill(&mut m.funcs, 2, |_| long(n))
    }),
    ("FUNCTION_BLOCKS_MAX", limits::FUNCTION_BLOCKS_MAX, |m, n| {
        fill(&mut m.funcs, 2, |_| jumps(n))
    }),
    ("SWITCH_ARMS_MAX", limits::SWITCH_ARMS_MAX, |m, n| fill(&mut m.funcs, 2, |_| switch(n))),
    ("CONSTANTS_MAX", limits::CONSTANTS_MAX, |m, n| {
        // Several functions, because each has a limit of its own.
        let part = |at: usize| {
            let from = (at - 1) * 10_000;
            constants((from..n.min(from + 10_000)).map(|number| number.to_string()))
        };
        fill(&mut m.funcs, 8, part)
    }),
    ("CONSTANT_BYTES_MAX", limits::CONSTANT_BYTES_MAX, |m, n| {
        let string = "x".repeat(n - 5);
        fill(&mut m.funcs, 2, |_| constants(std::iter::once(string.clone())))
    }),
    ("CLASS_SLOTS_MAX", limits::CLASS_SLOTS_MAX, |m, n| {
        m.classes.push(class(n));
        0
    }),
    ("CLASS_TRAITS_MAX", limits::CLASS_TRAITS_MAX, |m, n| {
        let parent = || Class { superclass: None, is_abstract: true, ..class(0) };
        let traits = (0..n).map(|_| m.classes.push(parent())).collect();
        m.classes.push(Class { traits, ..class(0) });
        0
    }),
    ("CLASS_ANCESTORS_MAX", limits::CLASS_ANCESTORS_MAX, |m, n| {
        let mut superclass = builtin::OBJECT;
        // `Object` counts.
        for _ in 1..n {
            superclass = m.classes.push(Class { superclass: Some(superclass), ..class(0) });
        }
        0
    }),
    ("METHODS_MAX", limits::METHODS_MAX, |m, n| {
        fill(&mut m.selectors, 32_768, |_| selector(1));
        let take = FuncBuilder::new("take", &[Type::Any], None, Span::synthetic());
        let mut take = take;
        take.ret(None);
        let take: FuncId = m.funcs.push(take.finish());
        let mut left = n;
        while left > 0 {
            let count = left.min(32_768);
            left -= count;
            let methods = m.selectors.indices().take(count).map(|s| (s, take)).collect();
            m.classes.push(Class { methods, ..class(0) });
        }
        0
    }),
    ("NAME_BYTES_MAX", limits::NAME_BYTES_MAX, |m, n| {
        m.name = "x".repeat(n);
        0
    }),
    ("NAME_BYTES_MAX", limits::NAME_BYTES_MAX, |m, n| {
        m.classes.push(Class { name: "x".repeat(n), ..class(0) });
        0
    }),
    ("NAME_BYTES_MAX", limits::NAME_BYTES_MAX, |m, n| {
        fill(&mut m.storage, 1, |_| StorageField { ty: "x".repeat(n), ..storage(0) })
    }),
    ("NAME_BYTES_MAX", limits::NAME_BYTES_MAX, |m, n| {
        m.exports = vec![Export { name: "x".repeat(n), ..export(0) }];
        0
    }),
    ("MODULE_BYTES_MAX", limits::MODULE_BYTES_MAX, |m, n| {
        let string = "x".repeat(4_000_000);
        fill(&mut m.funcs, 2, |_| constants(std::iter::once(string.clone())));
        fill(&mut m.classes, 1_000, |_| Class { name: "x".repeat(4_000), ..class(0) });
        let mut empty = m.clone();
        fscc_codegen::prepare(&mut empty, &Alone);
        // The length of the ABI takes as many bytes as that of the one that fills the module.
        let abi = vec![b' '; 1 << 15];
        let size = fscc_codegen::generate(&empty, abi, &SourceMap::new(), &Alone);
        n - wire::encode(&size.expect("it is smaller").module).len() + (1 << 15)
    }),
];

#[test]
fn limits_hold_at_n_and_are_named_at_n_plus_one() {
    for (name, max, change) in CASES {
        assert_eq!(limit_of(|module| change(module, *max)), None, "{name} at the limit");
        assert_eq!(limit_of(|module| change(module, max + 1)), Some(*name));
    }
}

#[test]
fn every_limit_is_tested() {
    let tested: BTreeSet<&str> = CASES.iter().map(|(name, ..)| *name).collect();
    // What does not fit into registers is spilled: see `spilling.rs`.
    let all = limits::LIMITS.iter().map(|limit| limit.name);
    let all: BTreeSet<&str> = all.filter(|name| *name != "REGISTERS_MAX").collect();
    assert_eq!(tested, all);
}

#[test]
fn debug_information_shortens_names() {
    let long = |m: &mut Module| {
        m.funcs[FuncId::from_u32(0)].name = "é".repeat(5_000);
        0
    };
    assert_eq!(limit_of(long), None);
}
