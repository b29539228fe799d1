//! Hostile input: mutated modules and random bytes go through decoder, verifier and, if they are
//! accepted, the engine with a little gas. Nothing panics, nothing hangs, gas is never exceeded,
//! and the same call ends the same way twice.
//!
//! `FVM_FUZZ_ROUNDS` says how often each file of `tests/vm` is mutated (default 60).

use fvm_isa::{FunctionId, Module, ValueType, text, wire};
use fvm_vm::{Limits, Machine, NoHost, Schedule, Value, VerifiedModule, load};
use std::path::Path;

/// A small generator of numbers: the tests are the same each time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

const LIMITS: Limits = Limits { stack_slots: 4_096, call_depth: 64, memory_bytes: 1 << 20 };
const GAS: u64 = 200_000;

fn corpus() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vm");
    let mut modules = Vec::new();
    for folder in ["exec", "gas"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("the folder can be read");
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "fasm"));
        paths.sort();
        for path in paths {
            let source = std::fs::read_to_string(&path).expect("the file can be read");
            modules.push(wire::encode(&text::parse(&source).expect("the file is assembly")));
        }
    }
    modules
}

fn rounds() -> usize {
    std::env::var("FVM_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

fn argument(ty: ValueType, numbers: &mut Numbers) -> Value {
    let number = numbers.next();
    match ty {
        ValueType::I32 => Value::I32(number as i32 >> (number % 32)),
        ValueType::I64 => Value::I64(number as i64 >> (number % 64)),
        ValueType::F64 => Value::F64(f64::from_bits(number)),
        ValueType::U128 => Value::U128(number.into()),
        ValueType::I128 => Value::I128(-i128::from(number)),
        ValueType::Any if number.is_multiple_of(2) => Value::Text("text".into()),
        ValueType::Any | ValueType::Ref(_) => Value::Null,
    }
}

fn run(module: &VerifiedModule, schedule: &Schedule, numbers: &mut Numbers) {
    for number in 0..module.module().functions.len() {
        let params = module.module().functions[number].params.clone();
        let args: Vec<Value> = params.iter().map(|ty| argument(*ty, numbers)).collect();
        let id = FunctionId(number as u16);
        let call = || Machine::new(module, schedule, LIMITS).call(id, &args, GAS, &mut NoHost);
        let outcome = call();
        assert!(outcome.gas_used <= GAS);
        assert!(outcome.memory_bytes <= (2 << 20));
        // NaN differs from itself, so the texts are compared.
        assert_eq!(format!("{outcome:?}"), format!("{:?}", call()));
    }
}

/// Changes a few bytes; sometimes moves, repeats or cuts a piece.
fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len());
        match numbers.below(8) {
            0 => bytes[at] = numbers.next() as u8,
            1 => bytes[at] ^= 1 << numbers.below(8),
            2 => bytes[at] = bytes[at].wrapping_add(1),
            3 => bytes[at] = bytes[at].wrapping_sub(1),
            4 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)],
            5 => {
                let from = numbers.below(bytes.len());
                bytes[at] = bytes[from];
            }
            6 => {
                let end = (at + numbers.below(16)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                let to = numbers.below(bytes.len());
                let end = (to + piece.len()).min(bytes.len());
                bytes[to..end].copy_from_slice(&piece[..end - to]);
            }
            _ => {
                if numbers.below(4) == 0 {
                    bytes.truncate(at.max(1));
                } else {
                    bytes[at] = bytes[at].rotate_left(1);
                }
            }
        }
    }
}

#[test]
fn mutated_modules_are_rejected_or_run() {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let (mut accepted, mut total) = (0, 0);
    for original in corpus() {
        for _ in 0..rounds() {
            let mut bytes = original.clone();
            mutate(&mut bytes, &mut numbers);
            total += 1;
            if let Ok(module) = load(&bytes) {
                accepted += 1;
                assert_eq!(wire::encode(module.module()), bytes);
                run(&module, &schedule, &mut numbers);
            }
        }
    }
    assert!(accepted * 20 > total, "only {accepted} of {total} mutants were accepted");
}

#[test]
fn instructions_of_other_files_are_rejected_or_run() {
    let schedule = Schedule::standard();
    let mut numbers = Numbers(0x1234_5678_9abc_def1);
    let modules: Vec<Module> =
        corpus().iter().map(|bytes| wire::decode(bytes).expect("canonical")).collect();
    for _ in 0..rounds() * 20 {
        let mut module = modules[numbers.below(modules.len())].clone();
        let donor = &modules[numbers.below(modules.len())];
        let donor = &donor.functions[numbers.below(donor.functions.len())];
        let donor = &donor.blocks[numbers.below(donor.blocks.len())];
        let at = numbers.below(module.functions.len());
        let function = &mut module.functions[at];
        let block = numbers.below(function.blocks.len());
        let insts = &mut function.blocks[block].insts;
        let to = numbers.below(insts.len());
        let inst = donor.insts[numbers.below(donor.insts.len())].clone();
        if numbers.below(2) == 0 {
            insts.insert(to, inst);
        } else {
            insts[to] = inst;
        }
        if let Ok(module) = load(&wire::encode(&module)) {
            run(&module, &schedule, &mut numbers);
        }
    }
}

#[test]
fn random_bytes_are_rejected() {
    let mut numbers = Numbers(42);
    for round in 0..rounds() * 50 {
        let length = numbers.below(300);
        let mut bytes: Vec<u8> = (0..length).map(|_| numbers.next() as u8).collect();
        if round % 2 == 0 {
            bytes.splice(0..0, *b"FVM1\x02\x00\x00\x00");
        }
        assert!(load(&bytes).is_err());
    }
}
