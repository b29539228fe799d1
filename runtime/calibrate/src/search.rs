//! The adversarial search: loops of several instructions, bred for many nanoseconds per gas.
//!
//! A loop is a list of genes, each an instruction (or a few) with values of its own. The slowest
//! for their gas have children: a gene is replaced, added or dropped, or two loops are joined.

use crate::cases;
use crate::measure::{nanoseconds, usable};
use crate::probe::{Engine, FIRST, Loop, Probe, SCRATCH, repeated, run};
use crate::values::Given;
use fvm_isa::{Inst, Mismatch, Operand, Reg};
use fvm_vm::{Limits, Schedule};
use std::time::{Duration, Instant};

/// Loops that live at once.
const POPULATION: usize = 24;
/// Genes of a loop.
const GENES_MAX: usize = 10;
/// Values of a loop: registers that it may take.
const VALUES_MAX: usize = 150;
/// How often the genes are repeated in the loop.
const COPIES: usize = 4;
/// Gas that a nanosecond is meant to cost.
const NOMINAL: f64 = 10.0;

/// A piece of a loop: its instructions work on registers from [`FIRST`] on.
#[derive(Clone, Debug)]
pub struct Gene {
    /// What it is, for people.
    pub name: String,
    /// The values of its registers.
    pub given: Vec<Given>,
    /// What it does.
    pub insts: Vec<Inst>,
}

/// A generator of numbers (xorshift): a search can be repeated.
#[derive(Debug)]
pub struct Numbers(u64);

impl Numbers {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}

/// Searches for a while and prints the slowest loops for their gas.
pub fn search(schedule: &Schedule, engine: Engine, seconds: u64, seed: u64) {
    let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let end = Instant::now() + Duration::from_secs(seconds);
    let genes = cases::genes(engine);
    println!("{} genes", genes.len());
    let mut population: Vec<(f64, Vec<Gene>)> = Vec::new();
    let mut tried = 0u64;
    while Instant::now() < end {
        let child = match population.len() {
            // Memory that is far is the first gene, and what others are compared with.
            0 => vec![genes[0].clone()],
            few if few < POPULATION => vec![genes[numbers.below(genes.len())].clone()],
            _ => child(&population, &genes, &mut numbers),
        };
        tried += 1;
        let Some(slowness) = slowness(&child, schedule, engine, 1) else { continue };
        population.push((slowness, child));
        population.sort_by(|a, b| b.0.total_cmp(&a.0));
        population.truncate(POPULATION);
    }
    // What was slow once may have been disturbed.
    let mut best: Vec<(f64, &Vec<Gene>)> = population
        .iter()
        .filter_map(|(_, genes)| Some((slowness(genes, schedule, engine, 15)?, genes)))
        .collect();
    best.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("{tried} loops tried; the slowest for their gas, against what is promised:");
    for (slowness, genes) in best.iter().take(5) {
        println!("{slowness:6.2} times");
        for gene in *genes {
            println!("        {}", gene.name);
        }
    }
}

fn child(population: &[(f64, Vec<Gene>)], genes: &[Gene], numbers: &mut Numbers) -> Vec<Gene> {
    let mut child = population[numbers.below(population.len() / 2)].1.clone();
    let any = genes[numbers.below(genes.len())].clone();
    match numbers.below(4) {
        0 => {
            let at = numbers.below(child.len());
            child[at] = any;
        }
        1 => child.push(any),
        2 if child.len() > 1 => {
            child.remove(numbers.below(child.len()));
        }
        _ => child.extend(population[numbers.below(population.len())].1.iter().cloned()),
    }
    child.truncate(GENES_MAX);
    child
}

/// Nanoseconds for each nanosecond that is paid for.
fn slowness(genes: &[Gene], schedule: &Schedule, engine: Engine, samples: usize) -> Option<f64> {
    let probe = joined(genes)?;
    let module = usable(&probe, engine)?;
    // More memory than a message has is no program that anybody can run.
    let once = run(&module, schedule, Loop::Full, 1);
    if once.memory_bytes > Limits::CONTRACT.memory_bytes as u64 {
        return None;
    }
    let gas = |which| run(&module, schedule, which, 64).gas_used;
    let gas = gas(Loop::Full).saturating_sub(gas(Loop::Empty)) as f64 / 64.0;
    Some(nanoseconds(&module, samples) * NOMINAL / gas.max(1.0))
}

/// One loop of several genes, each with registers of its own.
fn joined(genes: &[Gene]) -> Option<Probe> {
    let mut given = Vec::new();
    let mut insts = Vec::new();
    for gene in genes {
        let offset = given.len() as u8;
        for inst in &gene.insts {
            insts.push(moved(inst, offset)?);
        }
        given.extend(gene.given.iter().copied());
        if given.len() > VALUES_MAX {
            return None;
        }
    }
    Some(Probe {
        name: String::new(),
        given,
        body: vec![repeated(&insts, COPIES)],
        functions: Vec::new(),
        answers: false,
        calls: 0,
        skipped: Vec::new(),
        allowance: 1,
    })
}

/// The instruction with its own registers moved up.
fn moved(inst: &Inst, offset: u8) -> Option<Inst> {
    let mut operands = Vec::new();
    inst.for_each_operand(|_, operand| {
        operands.push(match operand {
            Operand::Reg(reg) if reg >= Reg(FIRST) && reg < SCRATCH => {
                Operand::Reg(Reg(reg.0 + offset))
            }
            other => other,
        });
    });
    let mut operands = operands.into_iter();
    let built: Result<Inst, Mismatch> =
        Inst::build(inst.opcode(), |_| operands.next().ok_or(Mismatch));
    built.ok()
}
