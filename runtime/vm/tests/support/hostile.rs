// Hostile modules: what mutates the assembly files. Part of the tests of the reference engine and of
// those of the other engines.

mod files {
    include!("files.rs");
}

use files::files;
use fvm_isa::{Module, ValueType, text, wire};
use fvm_vm::{Limits, Value, VerifiedModule, load};
use std::path::Path;

/// A small generator of numbers: the tests are the same each time.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

pub const LIMITS: Limits = Limits { stack_slots: 4_096, call_depth: 64, memory_bytes: 1 << 20 };
pub const GAS: u64 = 200_000;

pub fn corpus() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vm");
    let mut modules = Vec::new();
    for folder in ["exec", "gas"] {
        for path in files(&root.join(folder)) {
            let source = std::fs::read_to_string(&path).expect("the file can be read");
            modules.push(wire::encode(&text::parse(&source).expect("the file is assembly")));
        }
    }
    modules
}

pub fn rounds() -> usize {
    std::env::var("FVM_FUZZ_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

pub fn argument(ty: ValueType, numbers: &mut Numbers) -> Value {
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

/// Changes a few bytes; sometimes moves, repeats or cuts a piece.
pub fn mutate(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
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

/// A module with an instruction of another one in it, or in the place of one of its own.
fn graft(modules: &[Module], numbers: &mut Numbers) -> Module {
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
    module
}

/// Gives what the verifier accepts of so many assembly files with instructions of others.
pub fn for_each_graft(
    count: usize,
    numbers: &mut Numbers,
    mut check: impl FnMut(&VerifiedModule, &mut Numbers),
) {
    let modules: Vec<Module> =
        corpus().iter().map(|bytes| wire::decode(bytes).expect("canonical")).collect();
    for _ in 0..count {
        let module = graft(&modules, numbers);
        if let Ok(module) = load(&wire::encode(&module)) {
            check(&module, numbers);
        }
    }
}
