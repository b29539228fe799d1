//! Single instructions: every one that neither calls nor ends a block, with all values that its
//! operands may have, of which the slowest count.

use crate::control;
use crate::measure::{Row, nanoseconds, row, usable};
use crate::probe::{Engine, FIRST, Probe, SCRATCH};
use crate::search::Gene;
use crate::values::{FIELDS, Given, SIZES, Signed, candidates};
use fvm_isa::{
    ALL, BoxId, ConstantId, Effect, FieldId, GlobalId, Inst, Kind, Mismatch, Opcode, Operand,
    OperandInfo, Reg, Role, builtin,
};

/// Copies of the instruction in the loop.
const COPIES: usize = 32;
/// Combinations of operands that are looked at for one instruction and one size.
const COMBINATIONS: usize = 400;
/// How many of them are measured with care.
const SLOWEST: usize = 2;
/// Combinations of one instruction and one size that a search begins with.
const GENES_PER_SIZE: usize = 24;

/// What an operand may be.
#[derive(Clone, Debug)]
enum Choice {
    Register(Given),
    /// A result: nobody reads it, or it is the next instruction's first operand.
    Result,
    Immediate(Operand),
}

/// The rows of the single instructions that are wanted.
pub fn rows(engine: Engine, is_wanted: impl Fn(Opcode) -> bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for opcode in ALL.iter().copied().filter(|opcode| is_single(*opcode) && is_wanted(*opcode)) {
        for size in SIZES {
            let mut found = slowest(opcode, *size, engine);
            found.truncate(SLOWEST);
            for (probe, module) in found {
                rows.push(row(&probe, vec![(opcode, 1)], &module));
            }
            if !is_sized(opcode) {
                break;
            }
        }
    }
    rows
}

/// The instructions that have a usable probe.
#[cfg(test)]
pub fn probed() -> impl Iterator<Item = Opcode> {
    let has_probe = |opcode: &Opcode| {
        let mut choices = combinations(*opcode, SIZES[1]).into_iter();
        choices.any(|choices| {
            probe(*opcode, &choices, false, SIZES[1])
                .is_some_and(|probe| usable(&probe, Engine::Reference).is_some())
        })
    };
    ALL.iter().copied().filter(|opcode| is_single(*opcode)).filter(has_probe)
}

/// Single instructions with values of every kind and size, and far memory: what loops are bred
/// from.
pub fn genes(engine: Engine) -> Vec<Gene> {
    let mut genes = vec![control::far_gene()];
    for opcode in ALL.iter().copied().filter(|opcode| is_single(*opcode)) {
        let sizes = if is_sized(opcode) { SIZES } else { &SIZES[..1] };
        for size in sizes {
            let combinations = combinations(opcode, *size);
            let step = combinations.len().div_ceil(GENES_PER_SIZE).max(1);
            for choices in combinations.iter().step_by(step) {
                let Some(probe) = probe(opcode, choices, false, *size) else { continue };
                if usable(&probe, engine).is_some() {
                    let insts = probe.body[0][..1].to_vec();
                    genes.push(Gene { name: probe.name, given: probe.given, insts });
                }
            }
        }
    }
    genes
}

/// Whether it can be repeated in a block of a plain program.
fn is_single(opcode: Opcode) -> bool {
    let storage = [Effect::reads_storage, Effect::writes_storage];
    let effect = opcode.info().effect;
    !storage.contains(&effect) && !matches!(effect, Effect::calls | Effect::terminates)
}

/// Whether its work may depend on the size of an operand.
fn is_sized(opcode: Opcode) -> bool {
    opcode.info().operands.iter().any(|info| {
        let is_sized = candidates(info.kind, 1) != candidates(info.kind, 2);
        info.role == Role::arg && is_sized && !matches!(info.kind, Kind::i32)
            || info.role == Role::to && info.kind == Kind::array
    })
}

/// Usable probes, the slowest first.
fn slowest(opcode: Opcode, size: usize, engine: Engine) -> Vec<(Probe, fvm_vm::VerifiedModule)> {
    let mut timed = Vec::new();
    for choices in combinations(opcode, size) {
        for is_chained in [false, true] {
            let Some(probe) = probe(opcode, &choices, is_chained, size) else { continue };
            let Some(module) = usable(&probe, engine) else { continue };
            timed.push((nanoseconds(&module, 1), probe, module));
        }
    }
    timed.sort_by(|a, b| b.0.total_cmp(&a.0));
    timed.into_iter().map(|(_, probe, module)| (probe, module)).collect()
}

/// Combinations of what the operands may be, evenly chosen if there are too many.
fn combinations(opcode: Opcode, size: usize) -> Vec<Vec<Choice>> {
    let lists: Vec<Vec<Choice>> =
        opcode.info().operands.iter().map(|info| choices(opcode, info, size)).collect();
    let count: usize = lists.iter().map(Vec::len).product();
    let step = count.div_ceil(COMBINATIONS).max(1);
    // A step that shares no factor with the lengths visits all values of every operand.
    let step = (step..).find(|step| lists.iter().all(|list| is_coprime(*step, list.len())));
    let step = step.unwrap_or(1);
    (0..count)
        .step_by(step)
        .map(|mut number| {
            let pick = |list: &Vec<Choice>| {
                let choice = list[number % list.len()].clone();
                number /= list.len();
                choice
            };
            lists.iter().map(pick).collect()
        })
        .collect()
}

fn is_coprime(a: usize, b: usize) -> bool {
    if b == 0 { a == 1 } else { is_coprime(b, a % b) }
}

fn choices(opcode: Opcode, info: &OperandInfo, size: usize) -> Vec<Choice> {
    if let Some(part) = signed(opcode, info) {
        return vec![Choice::Register(Given::Signed(part))];
    }
    let immediates = |operands: Vec<Operand>| operands.into_iter().map(Choice::Immediate).collect();
    match (info.role, info.kind) {
        (Role::def, _) => vec![Choice::Result],
        (Role::arg, kind) => candidates(kind, size).into_iter().map(Choice::Register).collect(),
        (_, Kind::i8) => immediates(vec![Operand::I8(7), Operand::I8(-100)]),
        (_, Kind::i16) => immediates(vec![Operand::I16(-30_000)]),
        (_, Kind::u16) => immediates(vec![Operand::U16(60_000)]),
        (_, Kind::i32) => immediates(vec![Operand::I32(i32::MIN)]),
        (_, Kind::i64) => immediates(vec![Operand::I64(i64::MIN)]),
        (_, Kind::f64) => immediates(vec![Operand::F64(1.5f64.to_bits())]),
        (_, Kind::u128) => immediates(vec![Operand::U128(u128::MAX)]),
        (_, Kind::i128) => immediates(vec![Operand::I128(i128::MIN)]),
        (_, Kind::boxed) => {
            let classes = [builtin::INT, builtin::LONG, builtin::DOUBLE, builtin::UINT128];
            immediates(classes.map(|class| Operand::Box(BoxId(class.0 as u8))).to_vec())
        }
        (_, Kind::class) => immediates(vec![Operand::Class(FIELDS)]),
        (_, Kind::array) => {
            let classes = [builtin::ARRAY_ANY, builtin::ARRAY_BYTE, builtin::ARRAY_LONG];
            immediates(classes.map(Operand::Class).to_vec())
        }
        (_, Kind::field) => {
            let field = |slot| Operand::Field(FieldId { class: FIELDS, slot });
            immediates(vec![field(0), field(1)])
        }
        (_, Kind::global) => immediates(vec![0, 1].into_iter().map(global).collect()),
        (_, Kind::constant) => immediates(vec![Operand::Constant(ConstantId(0))]),
        _ => Vec::new(),
    }
}

/// What an operand of a signature's check must be for all of its work to be done.
fn signed(opcode: Opcode, info: &OperandInfo) -> Option<Signed> {
    match (opcode, info.name) {
        (Opcode::VerifyEd25519, "key") => Some(Signed::Key),
        (Opcode::VerifyEd25519, "signature") => Some(Signed::Ed25519),
        (Opcode::RecoverSecp256k1, "signature") => Some(Signed::Secp256k1),
        (Opcode::RecoverSecp256k1, "hash") => Some(Signed::Hash),
        _ => None,
    }
}

fn global(number: u16) -> Operand {
    Operand::Global(GlobalId(number))
}

/// A loop of copies of an instruction; chained, each works on the result of the one before.
fn probe(opcode: Opcode, choices: &[Choice], is_chained: bool, size: usize) -> Option<Probe> {
    let infos = opcode.info().operands;
    let result = infos.iter().find(|info| info.role == Role::def);
    let first = infos.iter().find(|info| info.role == Role::arg);
    // A chain must not come to a value at which it traps.
    let can_chain = opcode.info().effect == Effect::pure
        && result.zip(first).is_some_and(|(result, first)| result.kind == first.kind);
    if is_chained && !can_chain {
        return None;
    }
    let mut given = Vec::new();
    let mut operands = Vec::new();
    let mut words = Vec::new();
    for choice in choices {
        operands.push(match choice {
            Choice::Result if is_chained => Operand::Reg(Reg(FIRST)),
            Choice::Result => Operand::Reg(SCRATCH),
            Choice::Immediate(operand) => operand.clone(),
            Choice::Register(value) => {
                given.push(*value);
                words.push(format!("{value:?}"));
                Operand::Reg(Reg(FIRST + given.len() as u8 - 1))
            }
        });
    }
    // Constants of the pool must exist.
    if infos.iter().any(|info| info.kind == Kind::constant) {
        given.push(match opcode {
            Opcode::ConstString => Given::Text { length: size, is_wide: false },
            _ => Given::Bytes(size),
        });
    }
    let mut operands = operands.into_iter();
    let inst: Result<Inst, Mismatch> = Inst::build(opcode, |_| operands.next().ok_or(Mismatch));
    let chained = if is_chained { " chained" } else { "" };
    Some(Probe {
        name: format!("{}{chained} {}", opcode.mnemonic(), words.join(" ")),
        given,
        body: vec![vec![inst.ok()?; COPIES]],
        functions: Vec::new(),
        answers: false,
        calls: 0,
        skipped: Vec::new(),
        allowance: 1,
    })
}
