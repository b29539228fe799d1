//! Decisions: a chain of blocks that test one value, for classes or for numbers, becomes a switch
//! at its start, on the class's number or on the number; and what fails inside of an arm does not
//! test again what the arm knows.
//!
//! ```text
//! bb0: …;  br.is v, c40 → bb1 else bb2         bb0: …;  n = any.class v
//! bb2: br.is v, c41 → bb3 else bb4      ⇒           switch n [40 → bb1, 41 → bb3, …] else bb8
//! bb4: …
//! ```
//!
//! Why it is correct: the tests have no effect and see the same value, and between them stands
//! nothing else, so the first that holds decides alone, and which one that is depends only on the
//! class (or number). An edge from a place that only instances of some classes reach may skip the
//! tests whose answers those classes give. What is defined in a skipped block is used nowhere else,
//! and what its targets use dominates every way into it.
//!
//! Class numbers stand in the code afterwards, so this runs last; `shake` renumbers no classes of
//! a module that switches on them.

use super::Env;
use super::facts::{Defs, for_each_use, incoming};
use crate::cfg::Cfg;
use crate::fold::Const;
use crate::func::{Block, Func, Imm, Inst, Target, Terminator, Value, Values};
use crate::module::Module;
use crate::ops::Op;
use crate::types::{ClassId, Type, builtin};
use fscc_base::{FastMap, FastSet, IndexVec, Lists};
use smallvec::SmallVec;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Fewer tests are not worth a switch: it takes two instructions where a test takes one.
const TESTS_MIN: usize = 4;

/// Arms of one switch.
const ARMS_MAX: usize = 1_024;

/// What a test asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Question {
    Class(ClassId),
    Number(i32),
}

/// The test at the end of a block.
struct Test {
    block: Block,
    value: Value,
    question: Question,
    yes: Target,
    no: Target,
    /// The class or other numbers for which it holds.
    numbers: Rc<BTreeSet<i32>>,
}

/// Runs the pass.
pub(super) fn run(func: &mut Func, env: &Env) -> bool {
    if func.blocks.iter().filter(|block| block.term.op == Op::Branch).count() < TESTS_MIN {
        return false;
    }
    let mut finder = Finder::new(func, env);
    let mut chains = Vec::new();
    let mut taken: FastSet<Block> = FastSet::default();
    for block in func.reverse_postorder() {
        if taken.contains(&block) {
            continue;
        }
        let chain = finder.chain(block);
        if chain.len() < TESTS_MIN {
            continue;
        }
        let chain: Vec<Test> = chain.into_iter().map(|test| finder.numbered(test)).collect();
        if finder.arms(&chain) <= ARMS_MAX {
            taken.extend(chain.iter().map(|test| test.block));
            chains.push(chain);
        }
    }
    if chains.is_empty() {
        return false;
    }
    let cfg = Cfg::new(func);
    let incoming = incoming(func);
    for chain in &chains {
        skip_known_tests(func, &cfg, &incoming, chain);
    }
    for chain in &chains {
        switch(func, chain);
    }
    func.order_blocks();
    true
}

/// Whether a module has a switch on class numbers.
pub(super) fn has_class_switches(module: &Module) -> bool {
    let is_one = |data: &crate::func::BlockData| {
        if data.term.op != Op::Switch {
            return false;
        }
        let value = data.term.args.first();
        let inst = data.insts.iter().rfind(|inst| inst.result.as_ref() == value);
        inst.is_some_and(|inst| inst.op == Op::ClassOf)
    };
    module.funcs.iter().any(|func| func.blocks.iter().any(is_one))
}

struct Finder<'a> {
    func: &'a Func,
    env: &'a Env<'a>,
    defs: Defs,
    uses: IndexVec<Value, u32>,
    /// The numbers of the concrete classes below a class.
    concrete: FastMap<ClassId, Rc<BTreeSet<i32>>>,
}

impl<'a> Finder<'a> {
    fn new(func: &'a Func, env: &'a Env<'a>) -> Self {
        let mut uses: IndexVec<Value, u32> = IndexVec::from_elem(0, func.values.len());
        for data in &func.blocks {
            for_each_use(data, |value| uses[value] += 1);
        }
        Self { func, env, defs: Defs::new(func), uses, concrete: FastMap::default() }
    }

    /// The tests that follow one another from the end of a block on.
    fn chain(&self, head: Block) -> Vec<Test> {
        let mut chain: Vec<Test> = Vec::new();
        let mut next = head;
        let mut seen = FastSet::default();
        while chain.len() < ARMS_MAX
            && seen.insert(next)
            && (next == head || self.is_bare(next))
            && let Some(test) = self.test(next)
        {
            let fits = chain.first().is_none_or(|first| {
                let is_same_kind = matches!(
                    (first.question, test.question),
                    (Question::Class(_), Question::Class(_))
                        | (Question::Number(_), Question::Number(_))
                );
                first.value == test.value && is_same_kind
            });
            if !fits {
                break;
            }
            let (to, is_plain) = (test.no.block, test.no.args.is_empty());
            chain.push(test);
            if !is_plain {
                break;
            }
            next = to;
        }
        chain
    }

    /// The test at the end of a block, if there is one that nothing else looks at.
    fn test(&self, block: Block) -> Option<Test> {
        let data = &self.func.blocks[block];
        let (condition, last) = (data.term.args.first()?, data.insts.last()?);
        let is_last = data.term.op == Op::Branch
            && last.result == Some(*condition)
            && self.uses[*condition] == 1;
        if !is_last {
            return None;
        }
        let (mut yes, mut no) = (data.term.targets[0].clone(), data.term.targets[1].clone());
        let (value, question) = match (last.op, &last.imm) {
            (Op::Is, Imm::Class(class)) => (last.args[0], Question::Class(*class)),
            (Op::I32Eq | Op::I32Ne, _) => {
                let (a, b) = (last.args[0], last.args[1]);
                let (value, number) = match (self.number(a), self.number(b)) {
                    (None, Some(number)) => (a, number),
                    (Some(number), None) => (b, number),
                    _ => return None,
                };
                if last.op == Op::I32Ne {
                    std::mem::swap(&mut yes, &mut no);
                }
                (value, Question::Number(number))
            }
            _ => return None,
        };
        let (value, numbers) = (self.origin(value), Rc::default());
        Some(Test { block, value, question, yes, no, numbers })
    }

    /// The test with the numbers for which it holds.
    fn numbered(&mut self, mut test: Test) -> Test {
        test.numbers = match test.question {
            Question::Class(class) => self.concrete(class),
            Question::Number(number) => Rc::new(BTreeSet::from([number])),
        };
        test
    }

    /// Looks through casts: they give the same reference, which is what a test of its class sees.
    fn origin(&self, value: Value) -> Value {
        self.defs.origin(self.func, value)
    }

    fn number(&self, value: Value) -> Option<i32> {
        let inst = self.defs.inst(self.func, value)?;
        match Const::of(inst.op, &inst.imm) {
            Some(Const::I32(number)) => Some(number),
            _ => None,
        }
    }

    /// Whether a block does nothing but its test: the constants that it makes are for the test.
    fn is_bare(&self, block: Block) -> bool {
        let data = &self.func.blocks[block];
        let Some((_, before)) = data.insts.split_last() else { return false };
        let mut own: FastMap<Value, u32> = FastMap::default();
        // What the block passes on would have to be made elsewhere.
        for value in data.insts.iter().flat_map(|inst| &inst.args) {
            *own.entry(*value).or_default() += 1;
        }
        let is_own = |inst: &Inst| {
            let result = inst.result.filter(|_| Const::of(inst.op, &inst.imm).is_some());
            let used = |value: Value| own.get(&value).copied().unwrap_or(0) == self.uses[value];
            result.is_some_and(used)
        };
        data.params.is_empty() && before.iter().all(is_own)
    }

    fn concrete(&mut self, above: ClassId) -> Rc<BTreeSet<i32>> {
        if let Some(known) = self.concrete.get(&above) {
            return Rc::clone(known);
        }
        let below = self.env.known().dispatch.concrete(self.env.module, above).iter();
        let below = below.filter(|class| **class != builtin::NULL);
        let below: Rc<BTreeSet<i32>> = Rc::new(below.map(|class| class.as_u32() as i32).collect());
        self.concrete.insert(above, Rc::clone(&below));
        below
    }

    fn arms(&self, chain: &[Test]) -> usize {
        let arms: BTreeSet<i32> =
            chain.iter().flat_map(|test| test.numbers.iter().copied()).collect();
        // A class with very many below is tested faster than listed.
        if arms.len() > chain.len() * 4 + 16 { usize::MAX } else { arms.len() }
    }
}

/// Lets the edges from inside of an arm back into the chain skip the tests whose answer the arm
/// knows.
fn skip_known_tests(
    func: &mut Func,
    cfg: &Cfg,
    incoming: &Lists<Block, (Block, u32)>,
    chain: &[Test],
) {
    let blocks: FastSet<Block> = chain.iter().map(|test| test.block).collect();
    let arms: Vec<&Test> = chain
        .iter()
        .filter(|test| incoming[test.yes.block].len() == 1 && test.yes.block != test.no.block)
        .collect();
    for (at, member) in blocks.iter().enumerate().skip(1) {
        for (from, edge) in incoming[*member].iter().filter(|(from, _)| !blocks.contains(from)) {
            let Some(arm) = arms.iter().find(|arm| cfg.dominates(arm.yes.block, *from)) else {
                continue;
            };
            if let Some(target) = answered(chain, at, &arm.numbers) {
                func.blocks[*from].term.targets[*edge as usize] = target;
            }
        }
    }
}

/// Where the chain leads from a test on for all of these numbers, if that is one place and some
/// tests are skipped.
fn answered(chain: &[Test], from: usize, numbers: &BTreeSet<i32>) -> Option<Target> {
    for (skipped, test) in chain[from..].iter().enumerate() {
        if numbers.is_subset(&test.numbers) {
            return Some(test.yes.clone());
        }
        if !numbers.is_disjoint(&test.numbers) {
            return (skipped > 0).then(|| Target::new(test.block));
        }
    }
    chain.last().map(|test| test.no.clone())
}

/// Puts the switch in the place of the first test.
fn switch(func: &mut Func, chain: &[Test]) {
    let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return };
    let mut arms: FastMap<i32, &Target> = FastMap::default();
    for test in chain {
        for number in test.numbers.iter() {
            arms.entry(*number).or_insert(&test.yes);
        }
    }
    arms.sort_unstable_keys();
    let span = func.blocks[first.block].term.span;
    let mut value = first.value;
    let test = func.blocks[first.block].insts.pop();
    if matches!(first.question, Question::Class(_)) {
        let number = func.new_value(Type::I32);
        let span = test.map_or(span, |test| test.span);
        let args = Values::from_slice(&[value]);
        let inst = Inst { op: Op::ClassOf, imm: Imm::None, args, result: Some(number), span };
        func.blocks[first.block].insts.push(inst);
        value = number;
    }
    let numbers: Vec<i32> = arms.keys().copied().collect();
    let mut targets: SmallVec<[Target; 2]> = arms.into_values().cloned().collect();
    targets.push(last.no.clone());
    func.blocks[first.block].term = Terminator {
        op: Op::Switch,
        imm: Imm::Cases(numbers.into()),
        args: Values::from_slice(&[value]),
        targets,
        span,
    };
}
