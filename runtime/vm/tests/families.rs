//! Families of modules that make the verifier work as hard as limits allow: it must come to an
//! answer. `cargo test --release -p fvm-vm --test families -- --nocapture` prints the times.

use fvm_isa::{
    BUILTIN_CLASSES, Block, BlockId, Class, ClassId, Export, ExportKind, Function, FunctionId,
    Inst, Module, ModuleKind, Reg, Row, Selector, SelectorId, Switch, ValueType, builtin, limits,
    wire,
};
use fvm_vm::{Rule, load};
use std::time::Instant;

fn module() -> Module {
    Module::new("family", ModuleKind::Contract)
}

fn function(insts: Vec<Inst>) -> Function {
    let blocks = vec![Block { live_in: vec![], insts }];
    Function { params: vec![], result: None, registers: 256, row: Row::PURE, blocks }
}

/// The rule that rejects the module, if one does.
fn answer(name: &str, module: &Module) -> Option<Rule> {
    let bytes = wire::encode(module);
    let start = Instant::now();
    let answer = load(&bytes);
    println!("{name}: {} bytes, {:?}, {:?}", bytes.len(), start.elapsed(), answer.is_ok());
    match answer {
        Ok(_) => None,
        Err(fvm_vm::LoadError::Verify(error)) => Some(error.rule),
        Err(fvm_vm::LoadError::Decode(error)) => panic!("{name}: {error}"),
    }
}

#[test]
fn many_classes_with_many_traits() {
    let mut module = module();
    let traits = limits::CLASS_TRAITS_MAX;
    for number in 0..limits::CLASSES_MAX - BUILTIN_CLASSES {
        let first = (BUILTIN_CLASSES + number).saturating_sub(traits).max(BUILTIN_CLASSES);
        let above = first..BUILTIN_CLASSES + number;
        // Every hundredth class starts anew, so that nobody has too many above.
        let traits = match number % 100 {
            0 => Vec::new(),
            n => above.rev().take(n).map(|id| ClassId(id as u16)).rev().collect(),
        };
        module.classes.push(Class { traits, ..Class::default() });
    }
    assert_eq!(answer("classes", &module), None);
}

#[test]
fn wide_switches_to_blocks_that_expect_everything() {
    let mut module = module();
    let live: Vec<(Reg, ValueType)> =
        (0..=255).map(|reg| (Reg(reg), ValueType::Ref(builtin::STRING))).collect();
    let mut blocks = Vec::new();
    let set = (0..=255).map(|reg| Inst::ConstNull { dst: Reg(reg) });
    let jump = std::iter::once(Inst::Jump { to: BlockId(1) });
    blocks.push(Block { live_in: vec![], insts: set.chain(jump).collect() });
    let cases = |count: usize| (0..count).map(|at| (at as i32, BlockId(2))).collect();
    for _ in 0..100 {
        let switch = Switch { default: BlockId(2), cases: cases(limits::SWITCH_ARMS_MAX) };
        let number = Inst::ConstI16 { dst: Reg(0), value: 1 };
        let insts = vec![
            Inst::Move { dst: Reg(255), a: Reg(0) },
            number,
            Inst::Switch { a: Reg(0), cases: Box::new(switch) },
        ];
        blocks.push(Block { live_in: live.clone(), insts });
    }
    let mut rest = live;
    rest[0].1 = ValueType::I32;
    blocks[2] = Block { live_in: rest, insts: vec![Inst::Ret {}] };
    module.functions.push(Function { blocks, ..function(vec![]) });
    assert_eq!(answer("switches", &module), None);
}

#[test]
fn many_exports_that_reach_everything() {
    let mut module = module();
    let count = 4_000;
    for number in 0..count {
        let mut insts: Vec<Inst> = (1..30)
            .map(|step| Inst::Call {
                base: Reg(0),
                function: FunctionId(((number + step * 131) % count) as u16),
            })
            .collect();
        insts.push(Inst::Ret {});
        module.functions.push(function(insts));
    }
    // One function with an effect makes the analysis necessary.
    let writes = vec![Inst::CallHost { base: Reg(0), host: fvm_isa::HostId(12) }, Inst::Ret {}];
    module.functions.push(Function { row: Row::READ, ..function(writes) });
    for number in 0..count {
        module.exports.push(Export {
            name: number.to_string(),
            function: FunctionId(number as u16),
            method_id: 0,
            kind: ExportKind::Function,
            row: Row::PURE,
        });
    }
    assert_eq!(answer("exports", &module), Some(Rule::ClosedRow));
    module.exports.truncate(5);
    assert_eq!(answer("few exports", &module), None);
}

#[test]
fn full_selector_tables() {
    let mut module = module();
    let selectors = 1_000;
    for _ in 0..selectors {
        module.selectors.push(Selector {
            name: String::new(),
            owner: builtin::OBJECT,
            params: vec![ValueType::Any],
            result: None,
        });
    }
    let body = Function { params: vec![ValueType::Any], ..function(vec![Inst::Ret {}]) };
    module.functions.push(body);
    for _ in 0..limits::METHODS_MAX / selectors {
        let methods = (0..selectors).map(|s| (SelectorId(s as u16), FunctionId(0))).collect();
        let superclass = Some(builtin::OBJECT);
        module.classes.push(Class { superclass, methods, ..Class::default() });
    }
    assert_eq!(answer("selector tables", &module), None);
}

#[test]
fn long_blocks_and_many_blocks() {
    let mut module = module();
    for _ in 0..10 {
        let max = limits::FUNCTION_INSTRUCTIONS_MAX;
        let mut insts = vec![Inst::Call { base: Reg(0), function: FunctionId(0) }; max - 1];
        insts.push(Inst::Ret {});
        module.functions.push(function(insts));
    }
    assert_eq!(answer("long blocks", &module), None);
    module.functions.clear();
    for _ in 0..10 {
        let block = Block { live_in: vec![], insts: vec![Inst::Jump { to: BlockId(1) }] };
        let blocks = vec![block; limits::FUNCTION_BLOCKS_MAX];
        module.functions.push(Function { blocks, ..function(vec![]) });
    }
    assert_eq!(answer("many blocks", &module), None);
}
