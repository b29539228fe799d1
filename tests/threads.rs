//! Work that is shared out among threads gives the same as work done alone.

use fscc::compilation::{Sources, check, check_ahead};
use fscc::threads::Threads;
use fscc_base::{Alone, Crew, FileId, Idx, SourceFile};
use fscc_ir::pass::{Level, optimize_in_order, order};
use fscc_lower::Prepared;
use fscc_tests::generate::ordinary;

#[test]
fn a_module_is_the_same_however_its_functions_are_shared_out() {
    let checked = check(Sources::of_text("generated.scala", &ordinary(60_000)));
    let prepared = Prepared::new(&checked.program);
    let [root] = checked.roots()[..] else { panic!("a generated program has one `main`") };
    let module = checked.lower(&prepared, root);
    let optimized = |crew: &dyn Crew, size: usize| {
        let mut module = module.clone();
        optimize_in_order(&mut module, &order(Level::O2, size), crew, &mut |_, _| {});
        module
    };
    let large = optimized(&Alone, usize::MAX);
    assert!(large == optimized(&Threads, usize::MAX), "threads changed a large module");
    let alone = optimized(&Alone, 0);
    assert!(alone == optimized(&Threads, 0), "threads changed the result");
    let generated = |crew: &dyn Crew| {
        let mut module = alone.clone();
        fscc_codegen::prepare(&mut module, crew);
        let generated = fscc_codegen::generate(&module, Vec::new(), &checked.sources.map, crew);
        generated.expect("the module is small enough")
    };
    let (alone, shared) = (generated(&Alone), generated(&Threads));
    assert!(alone.bytes == shared.bytes, "threads changed the bytes");
    assert!(alone.debug == shared.debug, "threads changed the debug information");
    assert!(module.funcs.len() > 1_000, "there is too little to share out");
}

#[test]
fn what_is_lowered_ahead_is_the_same_and_so_are_the_reports() {
    let missing = "enum Light:\n  case Red, Green\n\n\
        @main def show(): Unit = println((Light.Red: Light) match { case Light.Red => 1 })\n";
    for text in [ordinary(20_000), missing.to_string()] {
        let sources = || Sources::of_text("generated.scala", &text);
        let (plain, (ahead, module)) = (check(sources()), check_ahead(sources()));
        assert_eq!(ahead.diagnostics, plain.diagnostics);
        assert_eq!(ahead.diagnostics.is_empty(), text != missing);
        let [root] = plain.roots()[..] else { panic!("there is one `main`") };
        // On a single core there is none.
        if let Some(module) = module {
            let lowered = plain.lower(&Prepared::new(&plain.program), root);
            assert!(module == lowered, "looking ahead changed the module");
        }
    }
}

#[test]
fn a_tree_is_the_same_however_its_statements_are_shared_out() {
    let file = SourceFile::new("generated.scala", ordinary(600_000));
    let printed = |crew: &dyn Crew| {
        let parsed = fscc_syntax::parse_shared(FileId::new(0), &file, crew);
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        fscc_syntax::print(&parsed.unit)
    };
    assert!(printed(&Alone) == printed(&Threads), "threads changed the tree");
}

#[test]
fn of_many_faulty_functions_the_first_is_refused() {
    let mut source = String::from("module program \"faulty\"\n");
    for number in 0..2_000 {
        // From the 100th on all read a register that is not set.
        let register = u8::from(number >= 100);
        source += &format!(
            "function f{number} (i32) -> i32 registers 2 []\nb0 (r0 i32):\n    ret.value r{register}\n"
        );
    }
    let module = fvm_isa::text::parse(&source).expect("the text is assembly");
    let alone = fvm_vm::verify(module.clone()).expect_err("r1 is not set");
    let share: &fvm_vm::Share<'_> = &|count, work| Threads.share(count, work);
    assert_eq!(fvm_vm::verify_shared(module, share).expect_err("r1 is not set"), alone);
    assert_eq!(alone.function, Some(fvm_isa::FunctionId(100)));
}

#[test]
fn every_piece_is_done_once() {
    let done: Vec<_> = (0..1_000).map(|_| std::sync::atomic::AtomicUsize::new(0)).collect();
    Threads.share(done.len(), &|number| {
        done[number].fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(done.into_iter().all(|count| count.into_inner() == 1));
}
