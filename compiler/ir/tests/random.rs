//! Property tests on random modules: the text form is read back as it was, the checker accepts
//! what the builder makes, and no pass changes what a program shows.

mod generate {
    include!("random/generate.rs");
}

use fscc_ir::check::check;
use fscc_ir::eval::{Limits, Outcome, eval, func_named};
use fscc_ir::fold::Const;
use fscc_ir::module::Module;
use fscc_ir::pass::{Level, PASSES, lookup, optimize, optimize_in_order, order, run_pass};
use fscc_ir::text::{parse, print};
use proptest::prelude::*;

const LIMITS: Limits = Limits { steps: 200_000, depth: 200, slots: 200_000 };

fn observe(module: &Module) -> Outcome {
    let main = func_named(module, "main").expect("the generator makes a function `main`");
    eval(module, main, &[Const::I32(7), Const::I32(-3)], LIMITS)
}

fn assert_valid(module: &Module, when: &str) {
    let errors = check(module);
    assert!(errors.is_empty(), "{when}: {}\n{}", errors[0], print(module));
}

/// Limits show in the outcome, and passes may change how soon they are reached.
fn reached_limit(outcome: &Outcome) -> bool {
    outcome.result.as_ref().is_err_and(|text| text.starts_with("limit"))
}

fn assert_same(before: &Outcome, after: &Outcome, module: &Module, original: &Module, when: &str) {
    if reached_limit(before) || reached_limit(after) {
        return;
    }
    assert!(
        before.observed() == after.observed(),
        "{when} changed\n{before}to\n{after}module before:\n{}\nmodule after:\n{}",
        print(original),
        print(module)
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_is_read_back(recipe in prop::collection::vec(any::<u8>(), 0..400)) {
        let module = generate::module(&recipe);
        assert_valid(&module, "as built");
        let text = print(&module);
        let mut again = parse(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert_eq!(&print(&again), &text);
        // Spans are not part of the text; everything else is.
        for func in again.funcs.iter_mut() {
            func.compact();
        }
        prop_assert_eq!(&again, &module);
    }

    #[test]
    fn each_pass_preserves_behaviour(recipe in prop::collection::vec(any::<u8>(), 0..600)) {
        let module = generate::module(&recipe);
        let before = observe(&module);
        for pass in PASSES {
            let mut changed = module.clone();
            run_pass(&mut changed, pass);
            assert_valid(&changed, pass.name);
            assert_same(&before, &observe(&changed), &changed, &module, pass.name);
        }
    }

    #[test]
    fn the_pipeline_preserves_behaviour(recipe in prop::collection::vec(any::<u8>(), 0..600)) {
        let original = generate::module(&recipe);
        let before = observe(&original);
        for level in [Level::O1, Level::O2] {
            let mut module = original.clone();
            for name in order(level, 0) {
                let previous = module.clone();
                run_pass(&mut module, lookup(name).expect("the order names passes"));
                assert_valid(&module, name);
                assert_same(&before, &observe(&module), &module, &previous, name);
            }
            let mut again = original.clone();
            optimize(&mut again, level, &fscc_base::Alone, &mut |_, _| {});
            prop_assert_eq!(print(&again), print(&module));
        }
    }

    #[test]
    fn the_passes_of_large_modules_preserve_behaviour(
        recipe in prop::collection::vec(any::<u8>(), 0..600)
    ) {
        let original = generate::module(&recipe);
        let before = observe(&original);
        let mut module = original.clone();
        let order = order(Level::O2, usize::MAX);
        optimize_in_order(&mut module, &order, &fscc_base::Alone, &mut |name, module| {
            assert_valid(module, name);
            assert_same(&before, &observe(module), module, &original, name);
        });
    }
}

#[test]
fn every_required_pass_runs_earlier() {
    for (level, size) in [(Level::O0, 0), (Level::O1, 0), (Level::O2, 0), (Level::O2, usize::MAX)] {
        let order = order(level, size);
        for (at, name) in order.iter().enumerate() {
            let pass = lookup(name).expect("the order names passes");
            for required in pass.requires {
                assert!(order[..at].contains(required), "{name} runs before {required}");
            }
        }
    }
}

/// The generator is worth something only if most programs come far and end in different ways.
#[test]
fn random_programs_are_interesting() {
    let mut state = 1u32;
    let (mut results, mut traps, mut steps) = (0, std::collections::BTreeMap::new(), 0);
    let runs = 300;
    for _ in 0..runs {
        let recipe: Vec<u8> = (0..400)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 24) as u8
            })
            .collect();
        let outcome = observe(&generate::module(&recipe));
        steps += outcome.steps;
        match outcome.result {
            Ok(_) => results += 1,
            Err(text) => *traps.entry(text.chars().take(12).collect::<String>()).or_insert(0) += 1,
        }
    }
    println!("{results} results, {steps} steps, {traps:?}");
    assert!(results > runs / 4 && traps.len() > 4 && steps / runs > 30);
}

/// A function with `count` branches over variables, an object and an array, all of it alive.
fn large_module(count: usize) -> Module {
    use fscc_ir::{FieldRef, FuncBuilder, Op, Type};
    let mut module = generate::module(&[]);
    let class = fscc_ir::ClassId::from_u32(24);
    let field = FieldRef { class, index: 0 };
    let mut f = FuncBuilder::new(
        "large",
        &[Type::I32, Type::Ref(class)],
        Some(Type::I32),
        module.funcs[fscc_ir::FuncId::from_u32(0)].span,
    );
    let (number, object) = (f.declare(Type::I32), f.param(1));
    let first = f.param(0);
    f.write_variable(number, first);
    for at in 0..count {
        let now = f.read_variable(number);
        let limit = f.const_i32(at as i32);
        let is_less = f.op_value(Op::I32Lt, &[now, limit]);
        let (then, otherwise, after) = (f.create_block(), f.create_block(), f.create_block());
        f.branch(is_less, then, otherwise);
        f.switch_to(then);
        let old = f.field_get(field, Type::I32, object);
        let sum = f.op_value(Op::I32Add, &[old, now]);
        f.write_variable(number, sum);
        f.jump(after, &[]);
        f.switch_to(otherwise);
        f.field_set(field, object, now);
        f.jump(after, &[]);
        f.switch_to(after);
    }
    let result = f.read_variable(number);
    f.ret(Some(result));
    let id = module.funcs.push(f.finish());
    module.exports.push(fscc_ir::Export {
        name: "large".to_owned(),
        func: id,
        method_id: 0,
        kind: fscc_ir::ExportKind::Function,
        row: fscc_ir::Row::PURE,
    });
    module
}

/// Run with `--ignored --nocapture` to see what the passes cost.
#[test]
#[ignore = "prints times"]
fn times() {
    for count in [100, 1_000, 2_000, 4_000, 16_000] {
        let mut module = large_module(count);
        let size: usize = module.funcs.iter().map(|func| func.size()).sum();
        let start = std::time::Instant::now();
        let mut last = start;
        let mut times = std::collections::BTreeMap::<String, u128>::new();
        optimize(&mut module, Level::O2, &fscc_base::Alone, &mut |name, _| {
            *times.entry(name.to_owned()).or_default() += last.elapsed().as_millis();
            last = std::time::Instant::now();
        });
        println!("{size} instructions: {:?} {times:?}", start.elapsed());
    }
}
