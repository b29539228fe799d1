//! Work that is shared out among threads gives the same as work done alone.

use fscc::compilation::{Sources, check};
use fscc::threads::Threads;
use fscc_base::{Alone, Crew};
use fscc_ir::pass::{Level, optimize};
use fscc_lower::Prepared;
use fscc_tests::generate::ordinary;

#[test]
fn a_module_is_the_same_however_its_functions_are_shared_out() {
    let checked = check(Sources::of_text("generated.scala", &ordinary(60_000)));
    let prepared = Prepared::new(&checked.program);
    let [root] = checked.roots()[..] else { panic!("a generated program has one `main`") };
    let module = checked.lower(&prepared, root);
    let optimized = |crew: &dyn Crew| {
        let mut module = module.clone();
        optimize(&mut module, Level::O2, crew, &mut |_, _| {});
        module
    };
    let alone = optimized(&Alone);
    assert!(alone == optimized(&Threads), "threads changed the result");
    assert!(module.funcs.len() > 1_000, "there is too little to share out");
}

#[test]
fn every_piece_is_done_once() {
    let done: Vec<_> = (0..1_000).map(|_| std::sync::atomic::AtomicUsize::new(0)).collect();
    Threads.share(done.len(), &|number| {
        done[number].fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    });
    assert!(done.into_iter().all(|count| count.into_inner() == 1));
}
