//! What calls or ends a block: loops of jumps, branches that nobody can foresee, calls of all kinds,
//! failures that are caught; and memory that is in no cache.

use crate::measure::{Row, row, usable};
use crate::price::PROMISE;
use crate::probe::{Engine, FIRST, Probe, SCRATCH, WINDOW, repeated};
use crate::search::Gene;
use crate::values::{FIELDS, Given};
use fvm_isa::{
    ALL, Block, BlockId, CostClass, Function, FunctionId, Inst, Kind, Mismatch, Opcode, Operand,
    Reg, Row as Effects, SelectorId, Switch, TrapCode, ValueType, builtin,
};

/// Copies in the loop.
const COPIES: usize = 16;
/// The functions of a probe come behind its two loops.
const CALLEE: FunctionId = FunctionId(2);
/// Elements of an array that is larger than the caches near the processor, and as large as the
/// limits of a message allow.
const LARGE: usize = 1 << 20;

/// A probe and the instructions whose price it decides.
type Wanted = (Probe, Vec<(Opcode, u32)>);

/// The rows.
pub fn rows(engine: Engine) -> Vec<Row> {
    let measured = wanted().into_iter().filter_map(|(probe, targets)| {
        let module = usable(&probe, engine)?;
        Some(row(&probe, targets, &module))
    });
    measured.collect()
}

/// All probes, each after those whose prices it needs.
fn wanted() -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = Vec::new();
    wanted.extend(straight());
    wanted.extend(unforeseen());
    wanted.extend(calls());
    wanted.extend(failures());
    wanted.push(far_memory());
    wanted
}

fn probe(name: &str, given: Vec<Given>, body: Vec<Vec<Inst>>, functions: Vec<Function>) -> Probe {
    let calls = if functions.is_empty() { 0 } else { COPIES as u64 };
    Probe {
        name: name.to_string(),
        given,
        body,
        functions,
        calls,
        answers: false,
        skipped: Vec::new(),
        allowance: 1,
    }
}

const A: Reg = Reg(FIRST);
const B: Reg = Reg(FIRST + 1);

/// Terminators that go to the next block either way.
fn straight() -> Vec<Wanted> {
    let given = [Given::I32(1), Given::I32(4), Given::I64(3), Given::I64(4), Given::Object];
    let branches = ALL
        .iter()
        .filter(|opcode| opcode.info().operands.iter().any(|info| info.kind == Kind::block));
    branches
        .filter_map(|opcode| {
            let to = |at: usize| branch(*opcode, BlockId(at as u16 + 2));
            let mut body: Vec<Vec<Inst>> =
                (0..COPIES).map(|at| to(at).map(|inst| vec![inst])).collect::<Option<_>>()?;
            body.push(Vec::new());
            Some((probe(opcode.mnemonic(), given.to_vec(), body, vec![]), vec![(*opcode, 1)]))
        })
        .collect()
}

/// A terminator that goes to a block, whatever it asks of the values of [`straight`].
fn branch(opcode: Opcode, to: BlockId) -> Option<Inst> {
    let mut taken = 0;
    let built: Result<Inst, Mismatch> = Inst::build(opcode, |info| {
        Ok(match info.kind {
            Kind::block => Operand::Block(to),
            Kind::class => Operand::Class(FIELDS),
            Kind::i8 => Operand::I8(3),
            kind => {
                let first = match kind {
                    Kind::bool | Kind::i32 => FIRST,
                    Kind::i64 => FIRST + 2,
                    _ => FIRST + 4,
                };
                taken += 1;
                Operand::Reg(Reg(first + taken - 1))
            }
        })
    });
    built.ok()
}

/// The state of a generator of numbers in `A`, moved on by one step, and one of its bits.
fn bit(dst: Reg) -> Vec<Inst> {
    vec![
        Inst::I64Mul { dst: A, a: A, b: B },
        Inst::I64AddImm { dst: A, a: A, value: 77 },
        Inst::I64UshrImm { dst, a: A, value: 60 },
        Inst::I64ToI32 { dst, a: dst },
    ]
}

/// Branches and a switch whose way no processor can foresee.
fn unforeseen() -> Vec<Wanted> {
    let given = vec![Given::I64(1), Given::I64(6_364_136_223_846_793_005)];
    let looped = |name: &str, last: fn(Reg, [BlockId; 3]) -> Inst, targets: Vec<Opcode>| {
        let mut body = Vec::new();
        for at in 0..COPIES as u16 {
            let first = 1 + at * 4;
            let ways = [BlockId(first + 1), BlockId(first + 2), BlockId(first + 3)];
            let mut insts = bit(SCRATCH);
            insts.push(last(SCRATCH, ways));
            body.push(insts);
            for _ in 0..3 {
                body.push(vec![Inst::Jump { to: BlockId(first + 4) }]);
            }
        }
        body.push(Vec::new());
        let mut probe = probe(name, given.clone(), body, vec![]);
        // Of the three blocks behind each branch one is entered.
        probe.skipped = vec![(Opcode::Jump, 2 * COPIES as u64)];
        (probe, equally(targets))
    };
    // The processor foresees all of them in the same way.
    let is_branch = |opcode: &Opcode| {
        let blocks = opcode.info().operands.iter().filter(|info| info.kind == Kind::block);
        blocks.count() == 2
    };
    vec![
        looped(
            "br, unforeseen",
            |a, [yes, no, _]| Inst::I32BrLtImm { a, value: 8, yes, no },
            ALL.iter().copied().filter(is_branch).collect(),
        ),
        looped(
            "switch, unforeseen",
            |a, [one, two, default]| {
                let cases = (0..12).map(|at| (at, if at % 2 == 0 { one } else { two })).collect();
                Inst::Switch { a, cases: Box::new(Switch { default, cases }) }
            },
            vec![Opcode::Switch],
        ),
    ]
}

/// The instructions share a price in equal parts.
fn equally(targets: Vec<Opcode>) -> Vec<(Opcode, u32)> {
    targets.into_iter().map(|opcode| (opcode, 1)).collect()
}

fn function(params: Vec<ValueType>, result: Option<ValueType>, insts: Vec<Inst>) -> Function {
    let live_in = params.iter().enumerate().map(|(at, ty)| (Reg(at as u8), *ty)).collect();
    let blocks = vec![Block { live_in, insts }];
    Function { params, result, registers: 8, row: Effects::PURE, blocks }
}

/// Calls of functions that return at once.
fn calls() -> Vec<Wanted> {
    let ret = || function(vec![], None, vec![Inst::Ret {}]);
    let body = |insts: Vec<Inst>| vec![repeated(&insts, COPIES)];
    let call = Inst::Call { base: WINDOW, function: CALLEE };
    let value =
        function(vec![ValueType::I64], Some(ValueType::I64), vec![Inst::RetValue { a: Reg(0) }]);
    let argument = Inst::ConstI64I16 { dst: WINDOW, value: 5 };
    let tail =
        function(vec![], None, vec![Inst::Tailcall { base: Reg(4), function: FunctionId(3) }]);
    let try_call = Inst::CallTry { base: WINDOW, function: CALLEE };
    let answer = function(vec![ValueType::Ref(FIELDS)], None, vec![Inst::Ret {}]);
    let receiver = Inst::Move { dst: WINDOW, a: A };
    let select = Inst::CallVirtual { base: WINDOW, selector: SelectorId(0) };
    let selected = body(vec![receiver, select]);
    let selected = probe("call.virtual and ret", vec![Given::Object], selected, vec![answer]);
    vec![
        (
            probe("call and ret", vec![], body(vec![call.clone()]), vec![ret()]),
            vec![(Opcode::Call, 2), (Opcode::Ret, 1)],
        ),
        (Probe { answers: true, ..selected }, vec![(Opcode::CallVirtual, 1)]),
        (
            probe("call and ret.value", vec![], body(vec![argument, call.clone()]), vec![value]),
            vec![(Opcode::RetValue, 1)],
        ),
        (
            probe("tailcall", vec![], body(vec![call]), vec![tail, ret()]),
            vec![(Opcode::Tailcall, 1)],
        ),
        (
            probe("call.try and ret", vec![], body(vec![try_call]), vec![ret()]),
            vec![(Opcode::CallTry, 1)],
        ),
    ]
}

/// Failures that are caught at once.
fn failures() -> Vec<Wanted> {
    let body = |insts: Vec<Inst>| vec![repeated(&insts, COPIES)];
    let try_call = Inst::CallTry { base: WINDOW, function: CALLEE };
    let object = vec![ValueType::Ref(builtin::OBJECT)];
    let throw = function(object, None, vec![Inst::Throw { a: Reg(0) }]);
    let given = vec![Given::Object];
    let argument = Inst::Move { dst: WINDOW, a: A };
    let code = TrapCode::NO_MATCH;
    let trap = function(
        vec![],
        None,
        vec![Inst::ConstNull { dst: Reg(0) }, Inst::Trap { detail: Reg(0), code }],
    );
    vec![
        (
            probe("throw, caught", given, body(vec![argument, try_call.clone()]), vec![throw]),
            vec![(Opcode::Throw, 1)],
        ),
        (probe("trap, caught", vec![], body(vec![try_call]), vec![trap]), vec![(Opcode::Trap, 1)]),
    ]
}

/// Elements of a large array in an order that nobody can foresee. What else reads and writes
/// memory may find it as far.
fn far_memory() -> Wanted {
    let Gene { name, given, insts } = far_gene();
    let mut probe = probe(&name, given, vec![repeated(&insts, COPIES)], vec![]);
    probe.allowance = PROMISE;
    let is_global = |opcode| matches!(opcode, Opcode::GlobalGet | Opcode::GlobalSet);
    let memory = ALL.iter().copied().filter(|opcode| opcode.info().cost == CostClass::memory);
    (probe, equally(memory.filter(|opcode| !is_global(*opcode)).collect()))
}

/// One such element.
pub fn far_gene() -> Gene {
    let given = vec![
        Given::I64(1),
        Given::I64(6_364_136_223_846_793_005),
        Given::Array(builtin::ARRAY_LONG, LARGE),
    ];
    let mut insts = bit(SCRATCH);
    insts[2] = Inst::I64UshrImm { dst: SCRATCH, a: A, value: 64 - LARGE.ilog2() as i8 };
    let array = Reg(FIRST + 2);
    insts.push(Inst::ArrayGetLong { dst: SCRATCH, array, index: SCRATCH });
    // The next index waits for this element.
    insts.push(Inst::I64Add { dst: A, a: A, b: SCRATCH });
    Gene { name: "array.get_long, far".to_string(), given, insts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// What must be paid for is measured: all that a plain program can repeat.
    #[test]
    fn every_instruction_has_a_probe() {
        let mut probed: BTreeSet<Opcode> = crate::cases::probed().collect();
        for (probe, targets) in wanted() {
            assert!(usable(&probe, Engine::Reference).is_some(), "{} does not run", probe.name);
            probed.extend(targets.iter().map(|(opcode, _)| *opcode));
        }
        let missing: Vec<&str> = ALL
            .iter()
            .filter(|opcode| !probed.contains(opcode))
            .map(|opcode| opcode.mnemonic())
            .filter(|name| !name.starts_with("storage."))
            .collect();
        // A program ends with the one and meets a host that answers nothing with the other.
        assert_eq!(missing, ["call.host", "abort"]);
    }

    /// Handlers of the threaded interpreter end with a jump, whatever they do: with debug assertions
    /// it looks how far the native stack has grown.
    #[test]
    fn no_handler_grows_the_native_stack() {
        let schedule = fvm_vm::Schedule::standard();
        let genes = crate::cases::genes(Engine::Threaded);
        assert!(genes.len() > 500, "{} genes", genes.len());
        let single = |gene: Gene| {
            let body = vec![repeated(&gene.insts, COPIES)];
            probe(&gene.name, gene.given, body, vec![])
        };
        let control = wanted().into_iter().map(|(probe, _)| probe);
        for probe in genes.into_iter().map(single).chain(control) {
            let Some(module) = usable(&probe, Engine::Threaded) else { continue };
            crate::probe::run(&module, &schedule, crate::probe::Loop::Full, 200);
        }
    }
}
