//! Random SSA modules: the evaluator of SSA and the machine agree on what a program shows, at
//! every level of optimisation, with all values in registers and with most of them spilled, after
//! a trip through the wire format. And all engines of the machine agree on everything that can be
//! seen, stopped by gas at every point: `FVM_SWEEP_PROGRAMS` says how many programs (default 12).

#[allow(dead_code, reason = "the generator serves other tests as well")]
mod generate {
    include!("../compiler/ir/tests/random/generate.rs");
}

use fscc::engine::{Engine, Keep};
use fscc_base::{Alone, SourceMap};
use fscc_ir::eval::{self, eval, func_named};
use fscc_ir::fold::Const;
use fscc_ir::func::{Imm, Inst};
use fscc_ir::module::{ExportKind, Module};
use fscc_ir::pass::{Level, optimize};
use fscc_ir::{Op, Row, Type};
use fscc_tests::host::Printer;
use fvm_vm::{Ending, Limits, Machine, Outcome, Schedule, Value, VerifiedModule};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

const GAS: u64 = 50_000_000;

/// What a program shows.
#[derive(PartialEq, Eq, Debug)]
struct Shown {
    printed: String,
    ending: String,
}

/// Takes storage out of a module, so that it is a plain program which may print.
fn without_storage(module: &mut Module) {
    for func in module.funcs.iter_mut() {
        func.row = Row(func.row.0 & Row::PRINT.0);
        for block in func.blocks.iter_mut() {
            block.insts.retain(|inst| !is_storage(inst) || inst.result.is_some());
            for inst in block.insts.iter_mut().filter(|inst| is_storage(inst)) {
                let ty = inst.result.map(|result| func.values[result]);
                (inst.op, inst.imm) = match ty {
                    Some(Type::I32) => (Op::ConstI32, Imm::I32(1)),
                    Some(Type::I64) => (Op::ConstI64, Imm::I64(2)),
                    Some(Type::U128) => (Op::ConstU128, Imm::U128(3)),
                    Some(Type::I128) => (Op::ConstI128, Imm::I128(4)),
                    ty => (Op::ConstNull, Imm::Type(ty.expect("a result has a type"))),
                };
                inst.args.clear();
            }
        }
    }
    module.storage = Default::default();
    for export in &mut module.exports {
        export.kind = ExportKind::Function;
        export.row = Row::PRINT;
        export.method_id = 0;
    }
}

fn is_storage(inst: &Inst) -> bool {
    matches!(inst.imm, Imm::Storage(_))
}

/// What the evaluator shows; none if it reached a limit or a host function that only it has.
fn evaluate(module: &Module) -> Option<Shown> {
    let main = func_named(module, "main").expect("the generator makes a function `main`");
    let limits = eval::Limits { steps: 200_000, depth: 200, slots: 200_000 };
    let outcome = eval(module, main, &[Const::I32(7), Const::I32(-3)], limits);
    let is_plain = outcome.trace.is_empty();
    let ending = match outcome.result {
        Ok(_) => "returned".to_string(),
        Err(text) if text.starts_with("limit") || text.starts_with("unsupported") => return None,
        // The evaluator shows more of an object than its class.
        Err(text) => match text.split_once(' ') {
            Some(("thrown", object)) => format!("thrown {}", head(object)),
            Some(("trap", rest)) => match rest.split_once(' ') {
                Some((code, "null")) => format!("trap {code} None"),
                Some((code, text)) if text.starts_with('"') => format!("trap {code} Some({text})"),
                Some((code, _)) => format!("trap {code} "),
                None => text,
            },
            _ => text,
        },
    };
    is_plain.then_some(Shown { printed: outcome.printed, ending })
}

/// The bytes of a module.
fn encode(module: &Module, spills: bool) -> Vec<u8> {
    let mut module = module.clone();
    fscc_codegen::prepare(&mut module, &Alone);
    if spills {
        fscc_codegen::spill::run_with(&mut module, 2, 3, &Alone);
    }
    let generated = fscc_codegen::generate(&module, Vec::new(), &SourceMap::new(), &Alone);
    fvm_isa::wire::encode(&generated.expect("the module is small").module)
}

/// Calls the function `main` on a new machine.
fn call(verified: &VerifiedModule, schedule: &Schedule, gas: u64) -> (Outcome, Printer) {
    let main = verified.module().export("main").expect("an export").function;
    let mut machine = Machine::new(verified, schedule, Limits::PROGRAM);
    let mut host = Printer::default();
    let outcome = machine.call(main, &[Value::I32(7), Value::I32(-3)], gas, &mut host);
    (outcome, host)
}

/// What the machine shows.
fn execute(module: &Module, spills: bool) -> Shown {
    let verified = fvm_vm::load(&encode(module, spills)).unwrap_or_else(|error| panic!("{error}"));
    let (outcome, host) = call(&verified, &Schedule::standard(), GAS);
    let ending = match outcome.ending {
        Ending::Returned(_) => "returned".to_string(),
        // The detail of a trap is null, a text, or another object, which the machine shows in
        // other words.
        Ending::Trapped(trap) => format!("trap {} {:?}", trap.code.0, trap.detail),
        Ending::Thrown(thrown) => format!("thrown {}", thrown.class_name),
        Ending::Aborted(problem) => format!("abort {problem:?}"),
    };
    Shown { printed: host.0, ending }
}

/// Whether the module calls host functions that this test's host does not have.
fn needs_more_than_printing(module: &Module) -> bool {
    let insts = module.funcs.iter().flat_map(|func| &func.blocks).flat_map(|block| &block.insts);
    insts.into_iter().any(|inst| matches!(inst.imm, Imm::Host(number) if number != 1))
}

fn head(text: &str) -> &str {
    text.split(['{', ' ']).next().unwrap_or(text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn evaluator_and_machine_agree(recipe in prop::collection::vec(any::<u8>(), 0..600)) {
        let mut module = generate::module(&recipe);
        without_storage(&mut module);
        prop_assume!(!needs_more_than_printing(&module));
        let Some(expected) = evaluate(&module) else { return Ok(()) };
        for (level, spills) in [(Level::O0, false), (Level::O0, true), (Level::O2, false), (Level::O2, true)] {
            let mut optimized = module.clone();
            optimize(&mut optimized, level, &Alone, &mut |_, _| {});
            let shown = execute(&optimized, spills);
            assert_eq!(expected.printed, shown.printed);
            let is_same = shown.ending.starts_with(&expected.ending);
            let text = fscc_ir::text::print(&module);
            assert!(is_same, "{} instead of {}\n{text}", shown.ending, expected.ending);
        }
    }
}

/// Programs that need more gas are stopped at so many points only.
const POINTS: u64 = 400;

/// Runs a program on all engines with every amount of gas up to what it needs.
fn sweep(module: &Module, schedule: &Schedule) {
    let bytes = encode(module, false);
    let load = || fvm_vm::load(&bytes).unwrap_or_else(|error| panic!("{error}"));
    let reference = load();
    let others = Engine::OTHERS.iter().map(|engine| {
        let module = load();
        let summary = engine.attach(&module, Keep::Fresh).summary;
        assert!(!summary.starts_with("engine reference"), "{engine:?}: {summary}");
        (engine, module)
    });
    let others: Vec<_> = others.collect();
    let total = call(&reference, schedule, GAS).0.gas_used;
    let step = (total / POINTS).max(1);
    for gas in (0..=total).step_by(step as usize).chain([total]) {
        let (expected, printed) = call(&reference, schedule, gas);
        let expected = Outcome { instructions: 0, moves: 0, ..expected };
        for (engine, module) in &others {
            let (found, shown) = call(module, schedule, gas);
            let found = Outcome { instructions: 0, moves: 0, ..found };
            let is_same = format!("{found:?}") == format!("{expected:?}");
            assert!(is_same, "{engine:?} with {gas} gas: {found:?} instead of {expected:?}");
            assert_eq!(printed, shown, "{engine:?} with {gas} gas");
        }
    }
}

#[test]
fn engines_agree_wherever_gas_ends() {
    let count = std::env::var("FVM_SWEEP_PROGRAMS").ok().and_then(|count| count.parse().ok());
    let schedule = Schedule::standard();
    let mut numbers = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        numbers ^= numbers << 13;
        numbers ^= numbers >> 7;
        numbers ^= numbers << 17;
        numbers
    };
    let mut done = 0;
    while done < count.unwrap_or(12) {
        let recipe: Vec<u8> = (0..next() % 600).map(|_| next() as u8).collect();
        let mut module = generate::module(&recipe);
        without_storage(&mut module);
        if needs_more_than_printing(&module) || evaluate(&module).is_none() {
            continue;
        }
        for level in [Level::O0, Level::O2] {
            let mut optimized = module.clone();
            optimize(&mut optimized, level, &Alone, &mut |_, _| {});
            sweep(&optimized, &schedule);
        }
        done += 1;
    }
}
