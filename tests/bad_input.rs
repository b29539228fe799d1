//! Bad input of every kind, in all engines at once:
//! no gas and all of it, recursion and memory up to their limits, divisions that have no result,
//! schedules that are none, that cost nothing or more than there is, and machine code given up half-way.
//! Bad modules are the business of `runtime/vm/tests/rules.rs`, poisoned machine code that of
//! `runtime/jit/tests/cache.rs` and `compiler/driver/tests/machine_code.rs`.

use fscc_tests::compare::recipe;
use fscc_tests::engines::{Other, others, others_without};
use fscc_tests::host::Recorder;
use fscc_tests::modules::module;
use fvm_isa::{ALL, CostClass, FunctionId, TrapCode, text};
use fvm_vm::engine::Engine;
use fvm_vm::{Ending, Limits, Machine, Outcome, Schedule, Sizes, Value, VerifiedModule, verify};
use pretty_assertions::assert_eq;
use serde_json::{Value as Json, json};

fn verified(source: &str) -> VerifiedModule {
    verify(text::parse(source).expect("assembly")).expect("a good module")
}

/// The engines of a module.
struct Engines<'m> {
    module: &'m VerifiedModule,
    others: Vec<Other>,
}

impl<'m> Engines<'m> {
    fn new(module: &'m VerifiedModule) -> Engines<'m> {
        Engines { module, others: others(module).expect("engines that take the module") }
    }

    /// What comes of a call of the first function, which is the same in all of them.
    fn call(&self, schedule: &Schedule, limits: Limits, gas: u64, args: &[Value]) -> Outcome {
        let run = |engine: Option<&dyn Engine>| {
            let mut machine = Machine::new(self.module, schedule, limits);
            let mut host = Recorder { is_inventive: true, ..Recorder::default() };
            let outcome = match engine {
                None => machine.call(FunctionId(0), args, gas, &mut host),
                Some(engine) => machine.call_in(engine, FunctionId(0), args, gas, &mut host),
            };
            (Outcome { instructions: 0, moves: 0, ..outcome }, host)
        };
        let expected = run(None);
        for other in &self.others {
            let (found, name) = (run(Some(&*other.engine)), other.name());
            assert_eq!(format!("{found:?}"), format!("{expected:?}"), "{name}, {gas}, {limits:?}");
        }
        expected.0
    }
}

fn trap_of(outcome: &Outcome) -> Option<TrapCode> {
    match &outcome.ending {
        Ending::Trapped(trap) => Some(trap.code),
        _ => None,
    }
}

/// Adds numbers up to its argument.
const LOOP: &str = "module program \"loop\"
function f0 (i32) -> i32 registers 2 []
b0 (r0 i32):
    const.i16 r1, 0
    jump b1
b1 (r0 i32, r1 i32):
    i32.add r1, r1, r0
    i32.add_imm r0, r0, -1
    i32.br_gt_imm r0, 0, b1, b2
b2 (r1 i32):
    ret.value r1
";

#[test]
fn no_gas_and_all_of_it() {
    let module = verified(LOOP);
    let engines = Engines::new(&module);
    let schedule = Schedule::standard();
    let call = |gas| engines.call(&schedule, Limits::CONTRACT, gas, &[Value::I32(100)]);
    let nothing = call(0);
    assert_eq!((trap_of(&nothing), nothing.gas_used), (Some(TrapCode::OUT_OF_GAS), 0));
    let plenty = call(u64::MAX);
    assert_eq!(plenty.ending, Ending::Returned(Value::I32(5050)));
    assert_eq!(call(plenty.gas_used), plenty);
    let short = call(plenty.gas_used - 1);
    assert_eq!(trap_of(&short), Some(TrapCode::OUT_OF_GAS));
    assert_eq!(short.gas_used, plenty.gas_used - 1);
}

/// Calls itself as often as its argument says: by a plain call, a virtual one, or one that catches.
fn recursion(call: &str) -> String {
    let call = match call {
        "call.virtual" => "    new r2, c24\n    move r3, r1\n    call.virtual r2, s0\n",
        "call.try" => "    move r2, r1\n    call.try r2, f0\n",
        _ => "    move r2, r1\n    call r2, f0\n",
    };
    format!(
        "module program \"deep\"
class c24 \"Receiver\" extends c1
  method s0 f1
selector s0 \"down\" of c24 (c24, i32) -> any
function f0 (i32) -> any registers 8 []
b0 (r0 i32):
    i32.br_le_imm r0, 0, b1, b2
b1 ():
    const.unit r0
    ret.value r0
b2 (r0 i32):
    i32.add_imm r1, r0, -1
{call}    ret.value r2
function f1 (c24, i32) -> any registers 2 []
b0 (r1 i32):
    move r0, r1
    tailcall r0, f0
"
    )
}

#[test]
fn recursion_to_the_limit() {
    for call in ["call", "call.virtual", "call.try"] {
        let module = verified(&recursion(call));
        let engines = Engines::new(&module);
        let schedule = Schedule::standard();
        let at = |limits: Limits, turns: i32| {
            engines.call(&schedule, limits, u64::MAX, &[Value::I32(turns)])
        };
        for depth in [0, 1, 7, 500] {
            let limits = Limits { call_depth: depth, ..Limits::PROGRAM };
            let within = at(limits, depth as i32);
            assert!(matches!(within.ending, Ending::Returned(_)), "{call} {depth}: {within:?}");
            let beyond = at(limits, depth as i32 + 1);
            assert_eq!(trap_of(&beyond), Some(TrapCode::STACK_OVERFLOW), "{call} {depth}");
            assert_eq!(at(limits, 1_000_000), at(limits, depth as i32 + 1));
        }
        for stack_slots in [0, 7, 8, 9, 200, 5_000] {
            at(Limits { stack_slots, ..Limits::PROGRAM }, 1_000_000);
        }
    }
}

#[test]
fn calls_in_last_place_need_no_depth() {
    let module = verified(
        "module program \"last\"
function f0 (i32) -> i32 registers 2 []
b0 (r0 i32):
    i32.br_le_imm r0, 0, b1, b2
b1 (r0 i32):
    ret.value r0
b2 (r0 i32):
    i32.add_imm r1, r0, -1
    tailcall r1, f0
",
    );
    let limits = Limits { call_depth: 0, stack_slots: 2, memory_bytes: 0 };
    let schedule = Schedule::standard();
    let outcome = Engines::new(&module).call(&schedule, limits, u64::MAX, &[Value::I32(200_000)]);
    assert_eq!(outcome.ending, Ending::Returned(Value::I32(0)));
}

/// Makes arrays of so many bytes until there is no room, and would catch what can be caught.
const ALLOCATION: &str = "module program \"full\"
class c24 \"Pair\" extends c1
  field var \"a\" any
  field var \"b\" any
function f0 (i32) -> any registers 4 []
b0 (r0 i32):
    move r1, r0
    call.try r1, f1
    ret.value r1
function f1 (i32) -> any registers 4 []
b0 (r0 i32):
    array.new r1, r0, c18
    new r2, c24
    const.i64 r3, 5
    box r3, r3, c8
    field.set r2, r3, c24.0
    ret.value r2
";

#[test]
fn memory_to_the_limit() {
    let module = verified(ALLOCATION);
    let engines = Engines::new(&module);
    let schedule = Schedule::standard();
    let at = |memory_bytes: usize, length: i32| {
        let limits = Limits { memory_bytes, ..Limits::CONTRACT };
        engines.call(&schedule, limits, u64::MAX, &[Value::I32(length)])
    };
    for length in [0, 1, 16, 17, 1_000, 100_000] {
        // The array, the pair, and what is caught.
        let needed = 16 + (length as usize).next_multiple_of(16) + 48 + 64;
        let within = at(needed, length);
        assert!(matches!(within.ending, Ending::Returned(_)), "{length}: {within:?}");
        for lacking in [1, 16, 64, 65, 112, 113, needed] {
            let beyond = at(needed - lacking.min(needed), length);
            assert_eq!(trap_of(&beyond), Some(TrapCode::OUT_OF_MEMORY), "{length} - {lacking}");
        }
    }
    for length in [i32::MAX, i32::MAX - 1, 1 << 30] {
        assert_eq!(trap_of(&at(1 << 20, length)), Some(TrapCode::OUT_OF_MEMORY));
        assert_eq!(trap_of(&at(0, length)), Some(TrapCode::OUT_OF_MEMORY));
    }
}

#[test]
fn divisions_without_a_result() {
    let schedule = Schedule::standard();
    let division = |ty: &str, op: &str| {
        verified(&format!(
            "module program \"division\"\nfunction f0 ({ty}, {ty}) -> {ty} registers 2 []\n\
             b0 (r0 {ty}, r1 {ty}):\n    {ty}.{op} r0, r0, r1\n    ret.value r0\n"
        ))
    };
    let zero = Some(TrapCode::DIVISION_BY_ZERO);
    let overflow = Some(TrapCode::OVERFLOW);
    let check = |ty: &str, op: &str, a: Value, b: Value, trap: Option<TrapCode>, result| {
        let module = division(ty, op);
        let outcome = Engines::new(&module).call(&schedule, Limits::CONTRACT, 10_000, &[a, b]);
        assert_eq!(trap_of(&outcome), trap, "{ty}.{op}");
        if let Some(result) = result {
            assert_eq!(outcome.ending, Ending::Returned(result), "{ty}.{op}");
        }
    };
    for op in ["div", "rem"] {
        check("i32", op, Value::I32(7), Value::I32(0), zero, None);
        check("i64", op, Value::I64(7), Value::I64(0), zero, None);
        check("u128", op, Value::U128(7), Value::U128(0), zero, None);
        check("i128", op, Value::I128(7), Value::I128(0), zero, None);
    }
    for op in ["udiv", "urem"] {
        check("i64", op, Value::I64(7), Value::I64(0), zero, None);
    }
    let (least, one) = (i32::MIN, -1);
    check("i32", "div", Value::I32(least), Value::I32(one), None, Some(Value::I32(least)));
    check("i32", "rem", Value::I32(least), Value::I32(one), None, Some(Value::I32(0)));
    let (least, one) = (i64::MIN, -1);
    check("i64", "div", Value::I64(least), Value::I64(one), None, Some(Value::I64(least)));
    check("i64", "rem", Value::I64(least), Value::I64(one), None, Some(Value::I64(0)));
    check("i128", "div", Value::I128(i128::MIN), Value::I128(-1), overflow, None);
    check("i128", "rem", Value::I128(i128::MIN), Value::I128(-1), None, Some(Value::I128(0)));
}

/// The standard schedule as JSON.
fn standard() -> Json {
    let file = include_str!("../runtime/schedules/v2.json");
    serde_json::from_str(file).expect("the schedule that ships is JSON")
}

fn parse(file: &Json) -> Result<Schedule, String> {
    Schedule::parse(&file.to_string()).map_err(|error| error.to_string())
}

#[test]
fn a_schedule_without_a_row_is_none() {
    assert!(parse(&standard()).is_ok());
    for part in ["version", "classes", "opcodes", "sizes"] {
        let mut file = standard();
        file.as_object_mut().expect("an object").remove(part);
        let error = parse(&file).expect_err(part);
        assert!(error.contains(part), "{error}");
    }
    let parts: [(&str, Vec<String>); 2] = [
        ("classes", CostClass::ALL.iter().map(|class| class.word()).collect()),
        ("sizes", Sizes::NAMES.iter().map(|name| (*name).to_string()).collect()),
    ];
    for (part, rows) in parts {
        for row in rows {
            let mut file = standard();
            let removed = file[part].as_object_mut().expect("an object").remove(&row);
            assert!(removed.is_some(), "{row}");
            let error = parse(&file).expect_err(&row);
            assert!(error.contains(&format!("`{row}`")), "{error}");
        }
    }
    for price in [json!(-1), json!(1u64 << 32), json!(0.5), json!("1"), json!(null)] {
        let mut file = standard();
        file["classes"]["integer"] = price.clone();
        assert!(parse(&file).is_err(), "{price}");
        let mut file = standard();
        file["sizes"]["copy"]["per_unit"] = price.clone();
        assert!(parse(&file).is_err(), "{price}");
    }
}

/// A schedule in which everything has the same price.
fn flat(price: u32) -> Json {
    let mut file = standard();
    file["opcodes"] = json!({});
    for class in CostClass::ALL {
        file["classes"][class.word()] = json!(price);
    }
    for name in Sizes::NAMES {
        file["sizes"][*name] = json!({ "base": price, "per_unit": price });
    }
    file
}

#[test]
fn a_way_around_a_loop_is_never_free() {
    let error = parse(&flat(0)).expect_err("all is free");
    assert!(error.contains("never end"), "{error}");
    for opcode in ALL.iter().filter(|opcode| opcode.is_terminator()) {
        let mut file = flat(1);
        file["opcodes"][opcode.mnemonic()] = json!(0);
        let error = parse(&file).expect_err(opcode.mnemonic());
        assert!(error.contains(opcode.mnemonic()), "{error}");
    }
    // What ends a block costs something; everything else may be free.
    let mut file = flat(0);
    for opcode in ALL.iter().filter(|opcode| opcode.is_terminator()) {
        file["opcodes"][opcode.mnemonic()] = json!(1);
    }
    let schedule = parse(&file).expect("a schedule");
    let module = verified(LOOP);
    let outcome =
        Engines::new(&module).call(&schedule, Limits::CONTRACT, 50, &[Value::I32(i32::MAX)]);
    assert_eq!((trap_of(&outcome), outcome.gas_used), (Some(TrapCode::OUT_OF_GAS), 50));
}

#[test]
fn the_highest_prices_do_not_overflow() {
    let schedule = parse(&flat(u32::MAX)).expect("a schedule");
    for seed in 0..60 {
        let module = module(&recipe(seed));
        let params = module.functions[0].params.clone();
        let verified = verify(module).expect("a good module");
        let engines = Engines::new(&verified);
        let args: Vec<Value> = params.iter().map(zero).collect();
        for gas in [u64::MAX, u64::MAX / 2, 1 << 40, 1 << 33, 1 << 32, u64::from(u32::MAX)] {
            let outcome = engines.call(&schedule, Limits::CONTRACT, gas.min(1 << 44), &args);
            assert!(outcome.gas_used <= gas);
        }
    }
    // A block that is dearer than 32 bits can say costs as much as they can.
    let module = verified(LOOP);
    let engines = Engines::new(&module);
    let price = u64::from(u32::MAX);
    let call = |gas| engines.call(&schedule, Limits::CONTRACT, gas, &[Value::I32(1)]);
    assert_eq!(call(u64::MAX).gas_used, 3 * price);
    assert_eq!(trap_of(&call(3 * price - 1)), Some(TrapCode::OUT_OF_GAS));
}

/// A value of a type.
fn zero(ty: &fvm_isa::ValueType) -> Value {
    match ty {
        fvm_isa::ValueType::I32 => Value::I32(0),
        fvm_isa::ValueType::I64 => Value::I64(0),
        fvm_isa::ValueType::F64 => Value::F64(0.0),
        fvm_isa::ValueType::U128 => Value::U128(0),
        fvm_isa::ValueType::I128 => Value::I128(0),
        _ => Value::Null,
    }
}

#[test]
fn machine_code_that_is_given_up_half_way_is_not_noticed() {
    let schedule = Schedule::standard();
    for seed in 200..230 {
        let module = module(&recipe(seed));
        let params = module.functions[0].params.clone();
        let count = module.functions.len();
        let verified = verify(module).expect("a good module");
        let args: Vec<Value> = params.iter().map(zero).collect();
        let mut engines = Engines::new(&verified);
        for first in 0..=count {
            // Nothing from this function on is compiled: time is up.
            let others = others_without(&verified, &|number| number >= first);
            engines.others = others.expect("engines that take the module");
            for left in engines.others.iter().filter_map(|other| other.left.as_ref()) {
                assert_eq!(left.len(), count - first);
            }
            for gas in [100_000, 700] {
                engines.call(&schedule, Limits::CONTRACT, gas, &args);
            }
        }
    }
}
