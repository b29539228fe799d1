//! Functions with more live values than registers: what they do stays the same, and the
//! independent checkers of SSA and of allocation find nothing.

#[allow(dead_code, reason = "the generator serves other tests as well")]
mod generate {
    include!("../../ir/tests/random/generate.rs");
}

use fscc_base::{Alone, Span};
use fscc_codegen::spill;
use fscc_ir::eval::{Limits, eval, func_named};
use fscc_ir::fold::Const;
use fscc_ir::module::{FuncId, Module, ModuleKind};
use fscc_ir::pass::{Level, optimize};
use fscc_ir::{FuncBuilder, Op, Type, Variable};
use proptest::prelude::*;

/// What `main` shows; none if it reaches a limit, which spilling may do sooner.
fn shown(module: &Module) -> Option<(Result<String, String>, String, Vec<String>)> {
    let main = func_named(module, "main").expect("there is a function `main`");
    let limits = Limits { steps: 400_000, depth: 200, slots: 400_000 };
    let outcome = eval(module, main, &[Const::I32(7), Const::I32(-3)], limits);
    let is_limit = outcome.result.as_ref().is_err_and(|text| text.starts_with("limit"));
    (!is_limit).then_some((outcome.result, outcome.printed, outcome.trace))
}

/// Spills, and checks the result in every way. Gives how many classes were added.
fn check_spilled(module: &Module, live_max: usize, kept_max: usize) -> usize {
    let mut spilled = module.clone();
    spilled.funcs.iter_mut().for_each(|func| func.compact());
    spill::run_with(&mut spilled, live_max, kept_max, &Alone);
    let errors = fscc_ir::check::check(&spilled);
    assert!(errors.is_empty(), "{}\n{}", errors[0], fscc_ir::text::print(&spilled));
    // Checks every allocation in debug builds.
    fscc_codegen::allocate(&spilled).expect("what is spilled fits");
    if let (Some(before), Some(after)) = (shown(module), shown(&spilled)) {
        assert_eq!(before, after, "{}", fscc_ir::text::print(&spilled));
    }
    spilled.classes.len() - module.classes.len()
}

/// A function that carries this many variables through a loop that rotates them, with calls in
/// between, and adds them up; they are made from the parameters.
fn rotation(count: usize, rounds: i32) -> Module {
    // Every third one is a Long.
    let count = count.next_multiple_of(3);
    let mut module = Module::new("rotation", ModuleKind::Program);
    let span = Span::synthetic();
    let mut f = FuncBuilder::new("next", &[Type::I32; 3], Some(Type::I32), span);
    let sum = f.op_value(Op::I32Add, &[f.param(0), f.param(1)]);
    let sum = f.op_value(Op::I32Xor, &[sum, f.param(2)]);
    f.ret(Some(sum));
    let next: FuncId = module.funcs.push(f.finish());
    let mut f = FuncBuilder::new("main", &[Type::I32, Type::I32], Some(Type::I64), span);
    let (a, b) = (f.param(0), f.param(1));
    let variables: Vec<Variable> =
        (0..count).map(|at| f.declare(if at % 3 == 0 { Type::I64 } else { Type::I32 })).collect();
    let mut last = a;
    for (at, variable) in variables.iter().enumerate() {
        let number = f.const_i32(at as i32 * 7919);
        last = f.call(next, &[last, b, number], Some(Type::I32)).expect("a result");
        let wide = f.op_value(Op::I32ToI64, &[last]);
        f.write_variable(*variable, if at % 3 == 0 { wide } else { last });
    }
    let counter = f.declare(Type::I32);
    let start = f.const_i32(rounds);
    f.write_variable(counter, start);
    let (head, body, end) = (f.create_block(), f.create_block(), f.create_block());
    f.jump(head, &[]);
    f.switch_to(head);
    let (now, zero) = (f.read_variable(counter), f.const_i32(0));
    let goes_on = f.op_value(Op::I32Gt, &[now, zero]);
    f.branch(goes_on, body, end);
    f.seal(body);
    f.switch_to(body);
    // Rotates by six, so that slots are copied in cycles.
    let values: Vec<_> = variables.iter().map(|variable| f.read_variable(*variable)).collect();
    for (at, variable) in variables.iter().enumerate() {
        f.write_variable(*variable, values[(at + 6) % count]);
    }
    let one = f.const_i32(1);
    let less = f.op_value(Op::I32Sub, &[now, one]);
    f.write_variable(counter, less);
    f.jump(head, &[]);
    f.seal(head);
    f.seal(end);
    f.switch_to(end);
    let mut sum = f.const_i64(0);
    for (at, variable) in variables.iter().enumerate() {
        let value = f.read_variable(*variable);
        let wide = if at % 3 == 0 { value } else { f.op_value(Op::I32ToI64, &[value]) };
        let factor = f.const_i64(31);
        let product = f.op_value(Op::I64Mul, &[sum, factor]);
        sum = f.op_value(Op::I64Add, &[product, wide]);
    }
    f.ret(Some(sum));
    let _: FuncId = module.funcs.push(f.finish());
    module
}

#[test]
fn what_fits_is_left_alone() {
    assert_eq!(check_spilled(&rotation(100, 5), spill::LIVE_MAX, spill::KEPT_MAX), 0);
}

#[test]
fn many_live_values_are_spilled() {
    for count in [spill::LIVE_MAX + 1, 255, 258, 300, 999] {
        assert_eq!(check_spilled(&rotation(count, 5), spill::LIVE_MAX, spill::KEPT_MAX), 1);
    }
    // More slots than one object has.
    assert!(check_spilled(&rotation(5_000, 2), spill::LIVE_MAX, spill::KEPT_MAX) > 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_functions_do_the_same_with_few_registers(
        recipe in prop::collection::vec(any::<u8>(), 0..500),
        kept in 1usize..12,
        is_optimized in any::<bool>(),
    ) {
        let mut module = generate::module(&recipe);
        if is_optimized {
            optimize(&mut module, Level::O2, &Alone, &mut |_, _| {});
        }
        check_spilled(&module, kept, kept);
    }
}
