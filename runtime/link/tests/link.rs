//! Modules that are linked, and hostile ones that are not.

use fvm_isa::{Module, text, wire};
use fvm_link::{DEPTH_MAX, Hash, LinkError, MODULES_MAX, Problem, gather, link};
use fvm_vm::{Ending, Limits, Machine, NoHost, Rule, Schedule, Value, VerifiedModule};
use pretty_assertions::assert_eq;
use std::collections::BTreeMap;
use std::convert::Infallible;

/// Libraries by hash.
#[derive(Default)]
struct Store(BTreeMap<Hash, Vec<u8>>);

impl Store {
    fn add(&mut self, source: &str) -> Hash {
        let bytes = wire::encode(&module(source));
        let hash = wire::code_hash(&bytes);
        self.0.insert(hash, bytes);
        hash
    }

    fn link(&self, source: &str) -> Result<VerifiedModule, Problem> {
        let found =
            link(module(source), &mut |hash| Ok::<_, Infallible>(self.0.get(hash).cloned()));
        found.map_err(problem)
    }
}

fn problem(error: LinkError<Infallible>) -> Problem {
    match error {
        LinkError::Problem(problem) => problem,
        LinkError::Unavailable(never) => match never {},
    }
}

fn module(source: &str) -> Module {
    text::parse(source).expect("a module")
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A library of one function, with what stands in front of it.
fn library(head: &str, row: &str, body: &str) -> String {
    format!(
        "module library \"rates\"\n{head}export \"twice\" f0 function 0x0 []\n\
         function f0 (i32) -> i32 registers 3 [{row}]\nb0 (r0 i32):\n{body}"
    )
}

const TWICE: &str = "    i32.add r0, r0, r0\n    ret.value r0\n";

/// A program that calls the import with 21.
fn program(library: &Hash, name: &str, signature: &str) -> String {
    format!(
        "module program \"p\"\nexport \"f\" f0 function 0x0 []\n\
         import x\"{}\" \"{name}\" {signature}\n\
         function f0 () -> i32 registers 2 []\nb0 ():\n    const.i16 r1, 21\n    \
         call r1, f1\n    ret.value r1\n",
        hex(library)
    )
}

fn call(module: &VerifiedModule, name: &str) -> Ending {
    let schedule = Schedule::standard();
    let export = module.module().export(name).expect("an export");
    let mut machine = Machine::new(module, &schedule, Limits::CONTRACT);
    machine.call(export.function, &[], 1_000_000, &mut NoHost).ending
}

#[test]
fn a_call_reaches_the_library() {
    let mut store = Store::default();
    let rates = store.add(&library("", "", TWICE));
    let linked = store.link(&program(&rates, "twice", "(i32) -> i32")).expect("links");
    assert!(linked.module().imports.is_empty());
    assert_eq!(call(&linked, "f"), Ending::Returned(Value::I32(42)));
}

#[test]
fn a_library_below_two_others_is_there_once() {
    let mut store = Store::default();
    let bottom = store.add(&library("global g0 \"count\" i32\n", "", COUNTS));
    let above = |name: &str| {
        format!(
            "module library \"{name}\"\nexport \"twice\" f0 function 0x0 []\n\
             import x\"{}\" \"twice\" (i32) -> i32\n\
             function f0 (i32) -> i32 registers 2 []\nb0 (r0 i32):\n    \
             move r1, r0\n    call r1, f1\n    ret.value r1\n",
            hex(&bottom)
        )
    };
    let (left, right) = (store.add(&above("left")), store.add(&above("right")));
    let mut imports = [left, right];
    imports.sort_unstable();
    let [first, second] = imports.map(|hash| hex(&hash));
    let source = format!(
        "module program \"p\"\nexport \"f\" f0 function 0x0 []\n\
         import x\"{first}\" \"twice\" (i32) -> i32\nimport x\"{second}\" \"twice\" (i32) -> i32\n\
         function f0 () -> i32 registers 2 []\nb0 ():\n    const.i16 r1, 5\n    \
         call r1, f1\n    const.i16 r1, 7\n    call r1, f2\n    ret.value r1\n"
    );
    let linked = store.link(&source).expect("links");
    assert_eq!(linked.module().globals.len(), 1);
    // The variable is the same for both ways: 5, and 7 on top.
    assert_eq!(call(&linked, "f"), Ending::Returned(Value::I32(12)));
}

/// Adds what it is given to a variable, and gives that.
const COUNTS: &str = "    global.get r1, g0\n    i32.add r1, r1, r0\n    global.set r1, g0\n    \
                      ret.value r1\n";

#[test]
fn classes_constants_and_selectors_get_numbers_of_their_own() {
    let head = "constant k0 \"both\"\nconstant k1 \"library\"\nclass c24 \"Box\" extends c1\n  \
                field val \"it\" i32\n  method s0 f1\n\
                selector s0 \"get\" of c24 (c24) -> i32\n";
    let body = "    new r1, c24\n    field.set r1, r0, c24.0\n    call.virtual r1, s0\n    \
                const.string r2, k0\n    string.length r2, r2\n    i32.add r0, r1, r2\n    \
                ret.value r0\n\
                function f1 (c24) -> i32 registers 1 []\nb0 (r0 c24):\n    \
                field.get r0, r0, c24.0\n    ret.value r0\n";
    let mut store = Store::default();
    let rates = store.add(&library(head, "", body));
    let source = program(&rates, "twice", "(i32) -> i32").replace(
        "export",
        "constant k0 \"main\"\nconstant k1 \"both\"\nclass c24 \"Box\" extends c1\n  \
         field val \"it\" i64\nselector s0 \"get\" of c24 (c24) -> i64\nexport",
    );
    let linked = store.link(&source).expect("links");
    let module = linked.module();
    assert_eq!((module.constants.len(), module.classes.len(), module.selectors.len()), (3, 26, 2));
    assert_eq!(call(&linked, "f"), Ending::Returned(Value::I32(25)));
}

#[test]
fn what_does_not_fit_is_refused() {
    let mut store = Store::default();
    let rates = store.add(&library("", "", TWICE));
    let refused = |source: &str| store.link(source).map(|_| ()).expect_err("refused");
    let nobody = [9; 32];
    assert_eq!(refused(&program(&nobody, "twice", "(i32) -> i32")), Problem::Missing(nobody));
    let other = "once".to_owned();
    assert_eq!(
        refused(&program(&rates, &other, "(i32) -> i32")),
        Problem::NoFunction(rates, other)
    );
    let twice = || "twice".to_owned();
    for signature in ["(i64) -> i32", "(i32) -> i64", "(i32)", "() -> i32", "(i32, i32) -> i32"] {
        assert_eq!(
            refused(&program(&rates, "twice", signature)),
            Problem::Signature(rates, twice()),
            "{signature}"
        );
    }
    for signature in ["(any) -> i32", "(i32) -> c24", "(i32) -> c1", "(c16) -> i32"] {
        assert_eq!(refused(&program(&rates, "twice", signature)), Problem::Border(twice()));
    }
    let again = program(&rates, "twice", "(i32) -> i32");
    let line = again.lines().find(|line| line.starts_with("import")).expect("one").to_owned();
    assert_eq!(refused(&again.replace(&line, &format!("{line}\n{line}"))), Problem::Order);
}

#[test]
fn libraries_only_compute() {
    let mut store = Store::default();
    let import = |hash: &Hash| program(hash, "twice", "(i32) -> i32");
    let program_module =
        store.add(&library("", "", TWICE).replace("module library", "module program"));
    let refused =
        |store: &Store, hash: &Hash| store.link(&import(hash)).map(|_| ()).expect_err("refused");
    assert_eq!(refused(&store, &program_module), Problem::NoLibrary(program_module));
    let declared = store.add(&library("", "print", TWICE));
    assert_eq!(refused(&store, &declared), Problem::Effects(declared));
    // One that reads the storage of whoever imports it and says nothing of it: its row must cover
    // what it does, also in the contract of which it becomes a part.
    let reads = store.add(&library(
        "",
        "",
        "    storage.map_size r1, st0\n    const.i16 r0, 1\n    ret.value r0\n",
    ));
    let contract = import(&reads)
        .replace("module program", "module contract")
        .replace("export", "storage st0 \"held\" map \"Map\"\nexport");
    match store.link(&contract) {
        Err(Problem::Verify(error)) => assert_eq!(error.rule, Rule::OwnRow),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_number_that_names_nothing_names_nothing_afterwards() {
    let mut store = Store::default();
    let head = "constant k0 \"k\"\nclass c24 \"Own\" extends c1\nglobal g0 \"g\" i32\n\
                selector s0 \"s\" of c24 (c24) -> i32\n";
    let rates = store.add(&library(head, "", TWICE));
    let source = program(&rates, "twice", "(i32) -> i32");
    for (call, rule) in [
        ("call r1, f2", Rule::Operands),
        ("global.get r1, g0", Rule::Operands),
        ("const.string r1, k0", Rule::Operands),
        ("new r1, c24", Rule::Operands),
        ("call.virtual r1, s0", Rule::Operands),
    ] {
        match store.link(&source.replace("call r1, f1", call)) {
            Err(Problem::Verify(error)) => assert_eq!(error.rule, rule, "{call}"),
            other => panic!("{call}: {other:?}"),
        }
    }
}

#[test]
fn bytes_that_have_another_hash_are_no_library() {
    let bytes = wire::encode(&module(&library("", "", TWICE)));
    let source = module(&program(&[3; 32], "twice", "(i32) -> i32"));
    let found = link(source, &mut |_| Ok::<_, Infallible>(Some(bytes.clone())));
    assert_eq!(found.map(|_| ()).map_err(problem), Err(Problem::OtherHash([3; 32])));
}

/// A library that calls the one below it, which `above` tells apart.
fn on_top_of(hash: &Hash, above: usize) -> String {
    format!(
        "module library \"l{above}\"\nexport \"twice\" f0 function 0x0 []\n\
         import x\"{}\" \"twice\" (i32) -> i32\n\
         function f0 (i32) -> i32 registers 2 []\nb0 (r0 i32):\n    move r1, r0\n    \
         call r1, f1\n    ret.value r1\n",
        hex(hash)
    )
}

#[test]
fn depth_has_an_end() {
    let mut store = Store::default();
    let mut top = store.add(&library("", "", TWICE));
    for above in 1..DEPTH_MAX {
        top = store.add(&on_top_of(&top, above));
    }
    let linked = store.link(&program(&top, "twice", "(i32) -> i32")).expect("links");
    assert_eq!(call(&linked, "f"), Ending::Returned(Value::I32(42)));
    let top = store.add(&on_top_of(&top, DEPTH_MAX));
    let deeper = store.link(&program(&top, "twice", "(i32) -> i32"));
    assert_eq!(deeper.map(|_| ()), Err(Problem::Depth));
}

#[test]
fn the_number_of_modules_and_bytes_has_an_end() {
    let mut store = Store::default();
    let mut hashes: Vec<Hash> = (0..MODULES_MAX)
        .map(|number| store.add(&library(&format!("constant k0 \"{number}\"\n"), "", TWICE)))
        .collect();
    hashes.sort_unstable();
    let source = |count: usize| {
        let imports = hashes[..count]
            .iter()
            .map(|hash| format!("import x\"{}\" \"twice\" (i32) -> i32\n", hex(hash)));
        format!("module program \"p\"\n{}", imports.collect::<String>())
    };
    assert!(store.link(&source(MODULES_MAX - 1)).is_ok());
    assert_eq!(store.link(&source(MODULES_MAX)).map(|_| ()), Err(Problem::Count));
    let mut find = |hash: &Hash| Ok::<_, Infallible>(store.0.get(hash).cloned());
    let all = gather(module(&source(3)), usize::MAX, &mut find).expect("three").bytes();
    assert!(gather(module(&source(3)), all, &mut find).is_ok());
    let fewer = gather(module(&source(3)), all - 1, &mut find);
    assert_eq!(fewer.map(|_| ()).map_err(problem), Err(Problem::Bytes(all - 1)));
}

#[test]
fn limits_hold_for_all_modules_together() {
    let mut store = Store::default();
    let globals = |count: usize| -> String {
        (0..count).map(|number| format!("global g{number} \"g\" i32\n")).collect()
    };
    let rates = store.add(&library(&globals(16_000), "", TWICE));
    let source = program(&rates, "twice", "(i32) -> i32");
    let with = |count: usize| source.replace("export", &format!("{}export", globals(count)));
    assert!(store.link(&with(384)).is_ok());
    assert_eq!(store.link(&with(385)).map(|_| ()), Err(Problem::Numbers("globals")));
}
