//! The machine from outside: prices without recompilation, limits of modules at n and n + 1,
//! arguments, stacks of failures, values that live from call to call.

use fvm_isa::{
    Block, DebugInfo, Export, ExportKind, Function, FunctionId, Inst, Module, ModuleKind, Reg, Row,
    StorageField, StorageForm, StorageKind, TrapCode, ValueType, debug, limits, text, wire,
};
use fvm_vm::{
    Ending, Limits, Machine, NoHost, Outcome, Rule, Schedule, Value, VerifiedModule, load, verify,
};
use pretty_assertions::assert_eq;

fn module(source: &str) -> VerifiedModule {
    verify(text::parse(source).expect("the text is assembly")).expect("the module is accepted")
}

fn call(module: &VerifiedModule, function: u16, args: &[Value]) -> Outcome {
    let schedule = Schedule::standard();
    Machine::new(module, &schedule, Limits::CONTRACT).call(
        FunctionId(function),
        args,
        1_000_000,
        &mut NoHost,
    )
}

const LOOP: &str = "module program \"loop\"
function f0 (i32) -> i32 registers 2 []
b0 (r0 i32):
    const.i16 r1, 0
    jump b1
b1 (r0 i32, r1 i32):
    i32.br_le_imm r0, 0, b3, b2
b2 (r0 i32, r1 i32):
    i32.add r1, r1, r0
    i32.add_imm r0, r0, -1
    jump b1
b3 (r1 i32):
    ret.value r1
";

#[test]
fn prices_change_without_touching_the_module() {
    let bytes = wire::encode(&text::parse(LOOP).unwrap());
    let module = load(&bytes).unwrap();
    let file = include_str!("../../schedules/v2.json");
    let standard = Schedule::parse(file).unwrap();
    let dearer = Schedule::parse(&file.replace("\"integer\": ", "\"integer\": 1")).unwrap();
    let mut used = Vec::new();
    for schedule in [&standard, &dearer, &standard] {
        let mut machine = Machine::new(&module, schedule, Limits::CONTRACT);
        let outcome = machine.call(FunctionId(0), &[Value::I32(10)], 1_000_000, &mut NoHost);
        assert_eq!(outcome.ending, Ending::Returned(Value::I32(55)));
        used.push(outcome.gas_used);
    }
    let integer = |schedule: &Schedule| u64::from(schedule.price(fvm_isa::Opcode::I32Add));
    // Ten turns with two additions each.
    assert_eq!(used[1] - used[0], 20 * (integer(&dearer) - integer(&standard)));
    assert_eq!(used[2], used[0]);
    assert_eq!(wire::encode(module.module()), bytes);
}

#[test]
fn instructions_are_counted_by_entered_blocks() {
    let outcome = call(&module(LOOP), 0, &[Value::I32(3)]);
    // 2 at the start, 1 for each of four tests, 3 for each of three turns, 1 at the end.
    assert_eq!((outcome.instructions, outcome.moves), (16, 0));
}

#[test]
fn arguments_must_fit() {
    let module = module(LOOP);
    for args in [&[][..], &[Value::I64(1)], &[Value::I32(1), Value::I32(2)], &[Value::Null]] {
        let Ending::Trapped(trap) = call(&module, 0, args).ending else { panic!("must trap") };
        assert_eq!(trap.code, TrapCode::HOST_FAULT);
    }
    let Ending::Trapped(trap) = call(&module, 9, &[]).ending else { panic!("must trap") };
    assert_eq!(trap.code, TrapCode::HOST_FAULT);
}

const FAILURE: &str = "module program \"failure\"
constant k0 \"it broke\"
class c24 \"demo.Failure\" extends c1
  field val \"message\" c14
function f0 () registers 2 []
b0 ():
    call r0, f1
    ret
function f1 () registers 2 []
b0 ():
    jump b1
b1 ():
    new r0, c24
    const.string r1, k0
    field.set r0, r1, c24.0
    throw r0
function f2 (any) -> c14 registers 1 []
b0 (r0 any):
    cast r0, r0, c24
    field.get r0, r0, c24.0
    ret.value r0
";

#[test]
fn what_was_thrown_can_be_given_to_another_call() {
    let module = module(FAILURE);
    let schedule = Schedule::standard();
    let mut machine = Machine::new(&module, &schedule, Limits::CONTRACT);
    let outcome = machine.call(FunctionId(0), &[], 1_000_000, &mut NoHost);
    let Ending::Thrown(thrown) = outcome.ending else { panic!("must throw") };
    assert_eq!(thrown.class_name, "demo.Failure");
    let debug = DebugInfo {
        files: vec!["Demo.scala".into()],
        functions: vec![
            debug::FunctionDebug { name: "demo.main".into(), ..Default::default() },
            debug::FunctionDebug {
                name: "demo.fail".into(),
                spans: vec![debug::Span {
                    block: 1,
                    inst: 2,
                    position: debug::Position { file: 0, line: 7, column: 3 },
                }],
                registers: vec![],
            },
        ],
        ..DebugInfo::default()
    };
    let stack: Vec<String> = thrown.stack.iter().map(|at| at.describe(Some(&debug))).collect();
    assert_eq!(stack, ["demo.fail (Demo.scala:7)", "demo.main (b0, 0)"]);
    let message = [Value::Reference(thrown.object)];
    let outcome = machine.call(FunctionId(2), &message, 1_000_000, &mut NoHost);
    assert_eq!(outcome.ending, Ending::Returned(Value::Text("it broke".into())));
}

#[test]
fn a_deep_stack_is_told_by_its_innermost_frames() {
    let module = module(
        "module program \"deep\"\nfunction f0 () registers 1 []\nb0 ():\n    call r0, f0\n    ret\n",
    );
    let Ending::Trapped(trap) = call(&module, 0, &[]).ending else { panic!("must trap") };
    assert_eq!(trap.code, TrapCode::STACK_OVERFLOW);
    assert_eq!(trap.stack.len(), 64);
    let limits = Limits { call_depth: 500_000, ..Limits::PROGRAM };
    let schedule = Schedule::standard();
    let mut machine = Machine::new(&module, &schedule, limits);
    let outcome = machine.call(FunctionId(0), &[], u64::MAX, &mut NoHost);
    assert_eq!(outcome.instructions, 2 * 500_001);
}

/// A function that only returns.
fn function() -> Function {
    let block = Block { live_in: vec![], insts: vec![Inst::Ret {}] };
    Function { params: vec![], result: None, registers: 1, row: Row::PURE, blocks: vec![block] }
}

fn field() -> fvm_isa::Field {
    fvm_isa::Field { name: String::new(), ty: ValueType::I32, mutable: true }
}

fn selector() -> fvm_isa::Selector {
    fvm_isa::Selector {
        name: String::new(),
        owner: fvm_isa::builtin::OBJECT,
        params: vec![ValueType::Any],
        result: None,
    }
}

fn export(number: usize) -> Export {
    Export {
        name: number.to_string(),
        function: FunctionId(0),
        method_id: 0,
        kind: ExportKind::Function,
        row: Row::PURE,
    }
}

fn storage_field(number: usize) -> StorageField {
    StorageField {
        name: number.to_string(),
        kind: StorageKind::Scalar,
        key: StorageForm::Bytes,
        value: StorageForm::Int,
        ty: "Int".into(),
    }
}

#[test]
fn the_size_of_a_module_has_an_end() {
    let mut module = Module::new("size", ModuleKind::Program);
    let mut insts = vec![Inst::ConstUnit { dst: Reg(0) }; 65_535];
    insts.push(Inst::Ret {});
    let block = Block { live_in: vec![], insts };
    module.functions = vec![Function { blocks: vec![block], ..function() }; 58];
    module.abi = vec![b' '; 1 << 19];
    let rest = limits::MODULE_BYTES_MAX - wire::encode(&module).len();
    module.abi.resize(module.abi.len() + rest, b' ');
    let bytes = wire::encode(&module);
    assert_eq!(bytes.len(), limits::MODULE_BYTES_MAX);
    assert!(load(&bytes).is_ok());
    module.abi.push(b' ');
    let error = load(&wire::encode(&module)).expect_err("one byte too many");
    assert!(matches!(error, fvm_vm::LoadError::Decode(_)), "{error}");
}

/// Verifies a module of one function after a change; also through the wire.
fn rule_of(change: impl FnOnce(&mut Module)) -> Option<Rule> {
    let mut module = Module::new("limits", ModuleKind::Program);
    module.functions.push(function());
    change(&mut module);
    let accepted = verify(module.clone());
    assert_eq!(load(&wire::encode(&module)).is_ok(), accepted.is_ok());
    accepted.err().map(|error| error.rule)
}

#[test]
fn limits_hold_at_n_and_not_at_n_plus_one() {
    type Change = fn(&mut Module, usize);
    let cases: &[(&str, usize, Change)] = &[
        ("parameters", limits::PARAMETERS_MAX, |m, n| {
            m.functions[0].params = vec![ValueType::I32; n];
            m.functions[0].registers = 100;
        }),
        ("registers", limits::REGISTERS_MAX, |m, n| m.functions[0].registers = n as u16),
        ("blocks", limits::FUNCTION_BLOCKS_MAX, |m, n| {
            m.functions[0].blocks = vec![function().blocks[0].clone(); n];
        }),
        ("instructions", limits::FUNCTION_INSTRUCTIONS_MAX, |m, n| {
            let mut insts = vec![Inst::ConstUnit { dst: Reg(0) }; n - 1];
            insts.push(Inst::Ret {});
            m.functions[0].blocks[0].insts = insts;
        }),
        ("functions", limits::FUNCTIONS_MAX, |m, n| m.functions = vec![function(); n]),
        ("globals", limits::GLOBALS_MAX, |m, n| {
            m.globals = vec![fvm_isa::Global { name: String::new(), ty: ValueType::I32 }; n];
        }),
        ("classes", limits::CLASSES_MAX, |m, n| {
            m.classes.resize_with(n, fvm_isa::Class::default);
        }),
        ("selectors", limits::SELECTORS_MAX, |m, n| {
            m.selectors = vec![selector(); n];
        }),
        ("constants", limits::CONSTANTS_MAX, |m, n| {
            let bytes = |i: usize| fvm_isa::Constant::Bytes(i.to_le_bytes().to_vec());
            m.constants = (0..n).map(bytes).collect();
        }),
        ("exports", limits::EXPORTS_MAX, |m, n| {
            m.exports = (0..n).map(export).collect();
        }),
        ("name of the module", limits::NAME_BYTES_MAX, |m, n| m.name = "x".repeat(n)),
        ("name of a class", limits::NAME_BYTES_MAX, |m, n| {
            m.classes.push(fvm_isa::Class { name: "x".repeat(n), ..Default::default() });
        }),
        ("name of a field", limits::NAME_BYTES_MAX, |m, n| {
            let superclass = Some(fvm_isa::builtin::OBJECT);
            let fields = vec![fvm_isa::Field { name: "x".repeat(n), ..field() }];
            m.classes.push(fvm_isa::Class { superclass, fields, ..Default::default() });
        }),
        ("name of a selector", limits::NAME_BYTES_MAX, |m, n| {
            m.selectors.push(fvm_isa::Selector { name: "x".repeat(n), ..selector() });
        }),
        ("name of a global", limits::NAME_BYTES_MAX, |m, n| {
            m.globals = vec![fvm_isa::Global { name: "x".repeat(n), ty: ValueType::I32 }];
        }),
        ("name of an export", limits::NAME_BYTES_MAX, |m, n| {
            m.exports = vec![Export { name: "x".repeat(n), ..export(0) }];
        }),
        ("name of a storage field", limits::NAME_BYTES_MAX, |m, n| {
            m.kind = ModuleKind::Contract;
            m.storage = vec![StorageField { name: "x".repeat(n), ..storage_field(0) }];
        }),
        ("type of a storage field", limits::NAME_BYTES_MAX, |m, n| {
            m.kind = ModuleKind::Contract;
            m.storage = vec![StorageField { ty: "x".repeat(n), ..storage_field(0) }];
        }),
        ("storage fields", limits::STORAGE_FIELDS_MAX, |m, n| {
            m.kind = ModuleKind::Contract;
            m.storage = (0..n).map(storage_field).collect();
        }),
        ("slots of one class", limits::CLASS_SLOTS_MAX, |m, n| {
            let superclass = Some(fvm_isa::builtin::OBJECT);
            let fields = vec![field(); n];
            m.classes.push(fvm_isa::Class { superclass, fields, ..Default::default() });
        }),
        ("inherited slots", limits::CLASS_SLOTS_MAX, |m, n| {
            let above = fvm_isa::ClassId(fvm_isa::BUILTIN_CLASSES as u16);
            for (superclass, count) in [(fvm_isa::builtin::OBJECT, n - 7), (above, 7)] {
                let (superclass, fields) = (Some(superclass), vec![field(); count]);
                m.classes.push(fvm_isa::Class { superclass, fields, ..Default::default() });
            }
        }),
        ("traits of a class", limits::CLASS_TRAITS_MAX, |m, n| {
            let first = m.classes.len();
            m.classes.resize_with(first + n, fvm_isa::Class::default);
            let traits = (first..first + n).map(|id| fvm_isa::ClassId(id as u16)).collect();
            m.classes.push(fvm_isa::Class { traits, ..Default::default() });
        }),
        ("parameters of a selector", limits::PARAMETERS_MAX, |m, n| {
            m.selectors.push(fvm_isa::Selector { params: vec![ValueType::Any; n], ..selector() });
        }),
        ("methods", limits::METHODS_MAX, |m, n| {
            m.selectors = vec![selector(); 32_768];
            m.functions[0].params = vec![ValueType::Any];
            let mut left = n;
            while left > 0 {
                let count = left.min(32_768);
                left -= count;
                let methods =
                    (0..count).map(|s| (fvm_isa::SelectorId(s as u16), FunctionId(0))).collect();
                let superclass = Some(fvm_isa::builtin::OBJECT);
                m.classes.push(fvm_isa::Class { superclass, methods, ..Default::default() });
            }
        }),
        ("bytes of narrow constants", limits::CONSTANT_BYTES_MAX, |m, n| {
            let string = |unit: u16, count: usize| fvm_isa::Constant::String(vec![unit; count]);
            m.constants = vec![string(97, 1_000), string(98, n - 1_008)];
        }),
        ("bytes of wide constants", limits::CONSTANT_BYTES_MAX, |m, n| {
            // Two bytes each: the rest is of bytes.
            let wide = fvm_isa::Constant::String(vec![0x2014; 1_000]);
            m.constants = vec![wide, fvm_isa::Constant::Bytes(vec![7; n - 2_008])];
        }),
        ("bytes of the ABI", limits::ABI_BYTES_MAX, |m, n| m.abi = vec![b' '; n]),
        ("cases", limits::SWITCH_ARMS_MAX, |m, n| {
            let cases = (0..n).map(|at| (at as i32, fvm_isa::BlockId(1))).collect();
            let cases = Box::new(fvm_isa::Switch { default: fvm_isa::BlockId(1), cases });
            let insts =
                vec![Inst::ConstI16 { dst: Reg(0), value: 1 }, Inst::Switch { a: Reg(0), cases }];
            m.functions[0].blocks.insert(0, Block { live_in: vec![], insts });
        }),
    ];
    for (what, max, change) in cases {
        assert_eq!(rule_of(|module| change(module, *max)), None, "{what} at the limit");
        assert_eq!(rule_of(|module| change(module, max + 1)), Some(Rule::Limits), "{what} above");
    }
}

#[test]
fn a_long_chain_of_classes_has_an_end() {
    let chain = |length: usize| {
        rule_of(|module| {
            for number in 0..length {
                let above = fvm_isa::BUILTIN_CLASSES + number;
                let superclass = match number {
                    0 => fvm_isa::builtin::OBJECT,
                    _ => fvm_isa::ClassId(above as u16 - 1),
                };
                let class = fvm_isa::Class { superclass: Some(superclass), ..Default::default() };
                module.classes.push(class);
            }
        })
    };
    // The class itself and `Object` count.
    assert_eq!(chain(limits::CLASS_ANCESTORS_MAX - 1), None);
    assert_eq!(chain(limits::CLASS_ANCESTORS_MAX), Some(Rule::Hierarchy));
}

#[test]
fn the_memory_of_a_deep_recursion_is_bounded_by_the_limit() {
    let module = module(
        "module program \"wide\"\nfunction f0 () registers 250 []\nb0 ():\n    call r249, f0\n    ret\n",
    );
    let schedule = Schedule::standard();
    let limits = Limits { call_depth: usize::MAX, stack_slots: 10_000, memory_bytes: 0 };
    let mut machine = Machine::new(&module, &schedule, limits);
    let outcome = machine.call(FunctionId(0), &[], u64::MAX, &mut NoHost);
    let Ending::Trapped(trap) = outcome.ending else { panic!("must trap") };
    assert_eq!(trap.code, TrapCode::STACK_OVERFLOW);
    assert!(outcome.instructions < 100);
}
