//! Random and mutated input through lexer, parser, decoder, linker, verifier and
//! engines: no panic, no hang.
//! The targets are those of `fuzz/`, which runs them under a coverage-guided fuzzer.
//!
//! `FSCC_FUZZ_BYTES` says how many bytes to try for each (100,000 unless set); `FSCC_FUZZ_SEED`
//! starts the generator. A failure names seed and round, so it can be repeated alone.

#[allow(dead_code, reason = "the generator serves other tests as well")]
mod generate {
    include!("../compiler/ir/tests/random/generate.rs");
}

use fscc_base::{Alone, SourceMap};
use fscc_ir::pass::{Level, optimize};
use fscc_tests::generate::ordinary;
use fscc_tests::random::Random;
use fscc_tests::targets::{decoder, engines, linker, parser, verifier};
use fscc_tests::{compare, count, files, root};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Calls `run` with input after input until enough bytes were tried.
fn fuzz(make: impl Fn(&mut Random) -> Vec<u8>, run: impl Fn(&[u8])) {
    fuzz_part(1, make, run);
}

/// The same with a part of the bytes.
fn fuzz_part(part: u64, make: impl Fn(&mut Random) -> Vec<u8>, run: impl Fn(&[u8])) {
    let seed = count("FSCC_FUZZ_SEED", 1);
    let bytes_max = count("FSCC_FUZZ_BYTES", 100_000) / part;
    let mut random = Random::at(seed);
    let (mut bytes, mut round) = (0, 0);
    while bytes < bytes_max {
        let state = random.state();
        let input = make(&mut random);
        bytes += input.len() as u64 + 1;
        round += 1;
        if catch_unwind(AssertUnwindSafe(|| run(&input))).is_err() {
            panic!("panicked in round {round}; FSCC_FUZZ_SEED={state} repeats it at once");
        }
    }
}

/// Encoded modules that the verifier accepts.
fn modules() -> Vec<Vec<u8>> {
    let mut random = Random::at(7);
    let mut modules = Vec::new();
    for _ in 0..24 {
        let recipe: Vec<u8> = (0..random.below(500)).map(|_| random.bits() as u8).collect();
        let mut module = generate::module(&recipe);
        module.kind = fscc_ir::ModuleKind::Contract;
        for level in [Level::O0, Level::O2] {
            let mut module = module.clone();
            optimize(&mut module, level, &Alone, &mut |_, _| {});
            fscc_codegen::prepare(&mut module, &Alone);
            let generated = fscc_codegen::generate(&module, Vec::new(), &SourceMap::new(), &Alone);
            modules.push(fvm_isa::wire::encode(&generated.expect("a small module").module));
        }
    }
    modules
}

fn random_bytes(random: &mut Random) -> Vec<u8> {
    (0..random.below(400)).map(|_| random.bits() as u8).collect()
}

/// Words that a parser stumbles over, in any order.
fn random_words(random: &mut Random) -> Vec<u8> {
    const WORDS: &[&str] = &[
        "class ",
        "object ",
        "def ",
        "val ",
        "case ",
        "match ",
        "if ",
        "then ",
        "else ",
        "for ",
        "yield ",
        "while ",
        "do ",
        "try ",
        "catch ",
        "finally ",
        "enum ",
        "trait ",
        "given ",
        "extension ",
        "=> ",
        "= ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ":",
        ";",
        ",",
        ".",
        "\n",
        "\n  ",
        "\n    ",
        "x",
        "y.z",
        "_",
        "*",
        "+ ",
        "::",
        "<-",
        "1",
        "2.5",
        "'c'",
        "\"s\"",
        "s\"$x{\"",
        "s\"${",
        "\"\"\"",
        "@",
        "#",
        "\\",
        "`a",
        "/*",
        "*/",
        "//",
        "\t",
        "ä",
        "end ",
        "using ",
        "new ",
        "throw ",
        "return ",
        "this",
        "super",
        "import a.",
        "package ",
        "extends ",
        "with ",
    ];
    let words = (0..random.below(80)).map(|_| WORDS[random.below(WORDS.len())]);
    words.collect::<String>().into_bytes()
}

/// Changes, removes, doubles or moves pieces of an input that means something.
fn mutate(base: &[u8], random: &mut Random) -> Vec<u8> {
    let mut out = base.to_vec();
    for _ in 0..=random.below(6) {
        if out.is_empty() {
            break;
        }
        let at = random.below(out.len());
        let length = 1 + random.below(12).min(out.len() - at - 1);
        match random.below(5) {
            0 => out[at] = random.bits() as u8,
            1 => drop(out.drain(at..at + length)),
            2 => {
                let piece = out[at..at + length].to_vec();
                let to = random.below(out.len());
                out.splice(to..to, piece);
            }
            3 => out[at] ^= 1 << random.below(8),
            _ => out.truncate(at),
        }
    }
    out
}

fn sources() -> Vec<Vec<u8>> {
    let mut sources = vec![ordinary(3000).into_bytes()];
    for folder in ["examples", "tests/run"] {
        let texts = files(&root().join(folder), "scala").into_iter().take(120);
        sources.extend(texts.filter_map(|path| std::fs::read(path).ok()));
    }
    sources
}

#[test]
fn fuzz_parser_with_random_bytes() {
    fuzz(random_bytes, parser);
}

#[test]
fn fuzz_parser_with_random_words() {
    fuzz(random_words, parser);
}

#[test]
fn fuzz_parser_with_mutated_sources() {
    let sources = sources();
    fuzz(|random| mutate(&sources[random.below(sources.len())], random), parser);
}

#[test]
fn fuzz_decoder_with_random_bytes() {
    fuzz(
        |random| {
            let mut bytes = b"FVM1".to_vec();
            bytes.extend(random_bytes(random));
            bytes
        },
        decoder,
    );
}

#[test]
fn fuzz_verifier_with_mutated_modules() {
    let modules = modules();
    let both = |input: &[u8]| {
        decoder(input);
        verifier(input);
        linker(input);
    };
    fuzz(|random| mutate(&modules[random.below(modules.len())], random), both);
}

#[test]
fn fuzz_engines_with_random_choices() {
    // A module of some hundred bytes is work for milliseconds.
    fuzz_part(8, |random| compare::recipe(random.bits()), engines);
}

#[test]
fn fuzz_engines_with_mutated_modules() {
    let modules: Vec<Vec<u8>> = (0..40)
        .map(|seed| fvm_isa::wire::encode(&fscc_tests::modules::module(&compare::recipe(seed))))
        .collect();
    let mutated = |random: &mut Random| mutate(&modules[random.below(modules.len())], random);
    // What no longer is a module says nothing about engines.
    let is_module = |input: &[u8]| {
        if fvm_vm::load(input).is_ok() {
            engines(input);
        }
    };
    fuzz_part(2, mutated, is_module);
}
