//! Code that breaks rules V9 to V17.

use super::parts::*;
use super::{Breaker, breaker};
use crate::hostile::Numbers;
use fvm_isa::{
    Block, BlockId, Class, ClassId, Constant, ConstantId, Export, ExportKind, FieldId, Function,
    FunctionId, GlobalId, HOSTS, HostId, HostInfo, Inst, Kind, Mismatch, Module, ModuleKind,
    Operand, OperandInfo, Reg, Role, Row, Selector, SelectorId, StorageField, StorageId,
    StorageKind, TrapCode, ValueType, builtin,
};
use fvm_vm::Rule;

/// In the order of the rules.
pub const CODE: &[Breaker] = &[
    breaker(Rule::Shape, "a function needs a block", |m, numbers| {
        any_function(m, numbers).blocks.clear();
        true
    }),
    breaker(Rule::Shape, "a block needs a terminator", |m, numbers| {
        any_block(m, numbers).insts.clear();
        true
    }),
    breaker(Rule::Shape, "is no terminator", |m, numbers| {
        let block = any_block(m, numbers);
        block.insts.pop();
        !block.insts.is_empty()
    }),
    breaker(Rule::Shape, "but not the last", |m, numbers| {
        let block = any_block(m, numbers);
        let at = numbers.below(block.insts.len());
        block.insts.insert(at, Inst::Jump { to: BlockId(0) });
        true
    }),
    breaker(Rule::LiveIn, "must ascend", |m, numbers| {
        let block = any_block(m, numbers);
        let Some(live) = block.live_in.last().copied() else { return false };
        block.live_in.push(live);
        true
    }),
    breaker(Rule::LiveIn, "is outside of the frame", |m, numbers| {
        let function = any_function(m, numbers);
        let Ok(reg) = u8::try_from(function.registers) else { return false };
        // A block that others go to would be found there first.
        let mut at = 0;
        if numbers.below(2) == 0 {
            at = function.blocks.len();
            function.blocks.push(Block { live_in: vec![], insts: vec![Inst::Ret {}] });
        }
        function.blocks[at].live_in.push((Reg(reg), ValueType::I32));
        true
    }),
    breaker(Rule::LiveIn, "is no parameter of type", |m, numbers| {
        let function = any_function(m, numbers);
        let Some(fresh) = fresh(function, 1) else { return false };
        match function.blocks[0].live_in.first_mut() {
            Some(live) if numbers.below(2) == 0 => {
                live.1 = if live.1 == ValueType::F64 { ValueType::I32 } else { ValueType::F64 };
            }
            _ => function.blocks[0].live_in.push((fresh, ValueType::I32)),
        }
        true
    }),
    breaker(Rule::Operands, " is no ", |m, numbers| {
        let Some((f, b, i)) = place(m, numbers) else { return false };
        let next = numbers.below(500) as u16;
        let counts = [m.classes.len(), m.functions.len(), m.selectors.len(), m.globals.len()];
        let [classes, functions, selectors, globals] = counts.map(|count| count as u16 + next);
        let constants = m.constants.len() as u16 + next;
        let storage = m.storage.len() as u16 + next;
        let inst = &mut m.functions[f].blocks[b].insts[i];
        replace(inst, |info, operand| match operand {
            Operand::Class(_) => match (info.kind, next % 3) {
                (Kind::array, 0) => Some(Operand::Class(builtin::STRING)),
                (_, 0) => Some(Operand::Class(builtin::NULL)),
                _ => Some(Operand::Class(ClassId(classes))),
            },
            Operand::Field(field) if next.is_multiple_of(2) => {
                Some(Operand::Field(FieldId { slot: 2_000 + next, ..field }))
            }
            Operand::Field(field) => {
                Some(Operand::Field(FieldId { class: ClassId(classes), ..field }))
            }
            Operand::Function(_) => Some(Operand::Function(FunctionId(functions))),
            Operand::Selector(_) => Some(Operand::Selector(SelectorId(selectors))),
            Operand::Global(_) => Some(Operand::Global(GlobalId(globals))),
            Operand::Storage(_) => Some(Operand::Storage(StorageId(storage))),
            Operand::Constant(_) => Some(Operand::Constant(ConstantId(constants))),
            Operand::Host(_) => Some(Operand::Host(HostId(200 + next))),
            Operand::Trap(_) if next.is_multiple_of(2) => Some(Operand::Trap(TrapCode::OUT_OF_GAS)),
            Operand::Trap(_) => Some(Operand::Trap(TrapCode(201))),
            Operand::F64(_) => Some(Operand::F64(f64::NAN.to_bits() ^ (1 << 63) | u64::from(next))),
            Operand::Cases(mut switch) => {
                let first = *switch.cases.first()?;
                switch.cases.push(first);
                Some(Operand::Cases(switch))
            }
            _ => None,
        })
    }),
    breaker(Rule::Operands, "the class is abstract", |m, numbers| {
        let class = ClassId(m.classes.len() as u16);
        m.classes.push(Class {
            superclass: Some(builtin::OBJECT),
            is_abstract: true,
            ..Class::default()
        });
        insert_first(m, numbers, |dst| vec![Inst::New { dst, class }])
    }),
    breaker(Rule::Operands, "other kind of constants", |m, numbers| {
        let constant = ConstantId(m.constants.len() as u16);
        let is_text = numbers.below(2) == 0;
        let bytes = Constant::Bytes(numbers.next().to_be_bytes().to_vec());
        m.constants.push(if is_text { text(numbers) } else { bytes });
        insert_first(m, numbers, |dst| match is_text {
            true => vec![Inst::ConstBytes { dst, constant }],
            false => vec![Inst::ConstString { dst, constant }],
        })
    }),
    breaker(Rule::Operands, "is kept in another way", |m, numbers| {
        let field = StorageId(m.storage.len() as u16);
        let is_scalar = numbers.below(2) == 0;
        let kind = match is_scalar {
            true => StorageKind::Scalar,
            false => [StorageKind::Map, StorageKind::Set][numbers.below(2)],
        };
        m.storage.push(StorageField { kind, ..storage_field("new") });
        let is_contract = m.kind == ModuleKind::Contract;
        is_contract
            && insert_first(m, numbers, |dst| match is_scalar {
                true => vec![Inst::StorageMapSize { dst, field }],
                false => vec![Inst::StorageGet { dst, field }],
            })
    }),
    breaker(Rule::Registers, "is read and may not be set", |m, numbers| {
        let Some((f, b, i)) = place(m, numbers) else { return false };
        let Some(unset) = fresh(&mut m.functions[f], 1) else { return false };
        replace(&mut m.functions[f].blocks[b].insts[i], |info, _| {
            (info.role == Role::arg).then_some(Operand::Reg(unset))
        })
    }),
    breaker(Rule::Registers, "not an array", |m, numbers| {
        other_register(m, numbers, |kind| (kind == Kind::array).then_some(Wrong::Int))
    }),
    breaker(Rule::Registers, "is expected", |m, numbers| {
        other_register(m, numbers, |kind| match kind {
            Kind::same | Kind::array => None,
            // What these ask for depends on more than the instruction.
            Kind::class | Kind::field | Kind::global | Kind::unboxed | Kind::result => None,
            Kind::key | Kind::stored => None,
            Kind::bool | Kind::i32 => Some(Wrong::Wide),
            _ => Some(Wrong::Int),
        })
    }),
    breaker(Rule::Registers, "the function has no result", |m, numbers| {
        let block = match any_function(m, numbers) {
            function if function.result.is_none() => &mut function.blocks[0],
            _ => return false,
        };
        let Some((reg, _)) = block.live_in.first().copied() else { return false };
        block.insts = vec![Inst::RetValue { a: reg }];
        true
    }),
    breaker(Rule::Registers, "is outside of the frame", |m, numbers| {
        let Some((f, b, i)) = place(m, numbers) else { return false };
        let Ok(outside) = u8::try_from(m.functions[f].registers) else { return false };
        replace(&mut m.functions[f].blocks[b].insts[i], |info, _| {
            (info.role == Role::def).then_some(Operand::Reg(Reg(outside)))
        })
    }),
    breaker(Rule::Registers, "must return a value", |m, numbers| {
        let function = any_function(m, numbers);
        let at = numbers.below(function.blocks.len());
        let block = &mut function.blocks[at];
        block.insts.pop();
        block.insts.push(Inst::Ret {});
        function.result.is_some()
    }),
    breaker(Rule::Windows, "leave the frame", |m, numbers| {
        let count = 2 + numbers.below(5);
        let callee = takes_ints(m, count);
        let short = numbers.below(count - 1) as u8;
        let function = any_function(m, numbers);
        let Some(base) = fresh(function, 1) else { return false };
        function.registers += u16::from(short);
        if function.registers > 256 {
            return false;
        }
        function.blocks[0].insts.insert(0, Inst::Call { base, function: callee });
        true
    }),
    breaker(Rule::Windows, "must be", |m, numbers| {
        let count = 1 + numbers.below(5);
        let callee = takes_ints(m, count);
        let function = any_function(m, numbers);
        let Some(base) = fresh(function, count as u16) else { return false };
        let wrong = numbers.below(count);
        let mut insts: Vec<Inst> =
            (0..count).map(|at| Inst::ConstI16 { dst: Reg(base.0 + at as u8), value: 1 }).collect();
        insts[wrong] = Inst::ConstI64 { dst: Reg(base.0 + wrong as u8), value: 1 };
        if numbers.below(2) == 0 {
            insts.remove(wrong);
        }
        insts.push(Inst::Call { base, function: callee });
        function.blocks[0].insts.splice(0..0, insts);
        true
    }),
    breaker(Rule::Windows, "does not give a reference", |m, numbers| {
        let function = FunctionId(m.functions.len() as u16);
        let result = [ValueType::I32, ValueType::I64, ValueType::U128][numbers.below(3)];
        m.functions.push(Function { result: Some(result), ..function_of_nothing() });
        insert_first(m, numbers, |base| vec![Inst::CallTry { base, function }])
    }),
    breaker(Rule::Windows, "does not give the result of this function", |m, numbers| {
        let callee = FunctionId(m.functions.len() as u16);
        m.functions.push(function_of_nothing());
        let function = any_function(m, numbers);
        let Some(base) = fresh(function, 1) else { return false };
        let has_result = function.result.is_some();
        let at = numbers.below(function.blocks.len());
        function.blocks[at].insts.pop();
        function.blocks[at].insts.push(Inst::Tailcall { base, function: callee });
        has_result
    }),
    breaker(Rule::Targets, "there is no block", |m, numbers| {
        let function = any_function(m, numbers);
        let to = BlockId((function.blocks.len() + numbers.below(100)) as u16);
        let at = numbers.below(function.blocks.len());
        let insts = &mut function.blocks[at].insts;
        insts.pop();
        insts.push(Inst::Jump { to });
        true
    }),
    breaker(Rule::Targets, "expects", |m, numbers| {
        let function = any_function(m, numbers);
        let Some(reg) = fresh(function, 1) else { return false };
        let targets: Vec<BlockId> = function
            .blocks
            .iter()
            .filter_map(|block| block.insts.last())
            .flat_map(Inst::targets)
            .filter(|target| target.0 > 0)
            .collect();
        if targets.is_empty() {
            return false;
        }
        let target = targets[numbers.below(targets.len())];
        function.blocks[target.index()].live_in.push((reg, ValueType::I32));
        true
    }),
    breaker(Rule::Permissions, "must not have the effects", |m, numbers| {
        let allowed = allowed(m.kind);
        call_host(m, numbers, Row(!0), |host| !host.row.is_within(allowed))
    }),
    breaker(Rule::OwnRow, "lacks", |m, numbers| {
        let allowed = allowed(m.kind);
        call_host(m, numbers, Row::PURE, |host| {
            host.row != Row::PURE && host.row.is_within(allowed)
        })
    }),
    breaker(Rule::ClosedRow, "but reaches", |m, numbers| {
        // Printing is allowed in every row.
        let allowed = allowed(m.kind).without(Row::PRINT);
        let params = vec![ValueType::Any];
        let effect = FunctionId(m.functions.len() as u16);
        m.functions.push(Function { params, registers: 1, ..function_of_nothing() });
        let is_it = |host: &HostInfo| host.row != Row::PURE && host.row.is_within(allowed);
        let at = effect.index();
        if !call_host_in(&mut m.functions[at], numbers, Row(!0), is_it) {
            return false;
        }
        let function = match numbers.below(4) {
            0 => reach_by(m, |base| vec![Inst::Call { base, function: effect }]),
            1 => reach_by(m, |base| vec![Inst::CallTry { base, function: effect }]),
            2 => reach_by(m, |base| vec![Inst::Tailcall { base, function: effect }]),
            _ => {
                let called = SelectorId(m.selectors.len() as u16);
                m.selectors
                    .push(Selector { params: vec![ValueType::Any], ..selector(builtin::OBJECT) });
                let class = ClassId(m.classes.len() as u16);
                let methods = vec![(called, effect)];
                let superclass = Some(builtin::OBJECT);
                m.classes.push(Class { superclass, methods, ..Class::default() });
                let after = numbers.below(2) == 0;
                reach_by(m, move |base| {
                    let make = Inst::New { dst: base, class };
                    let call = Inst::CallVirtual { base, selector: called };
                    // A class may be made before or after the selector is called.
                    match after {
                        false => vec![make, call],
                        true => {
                            vec![make.clone(), Inst::CallVirtual { base, selector: called }, make]
                        }
                    }
                })
            }
        };
        m.exports.push(Export { function, ..export("new", ExportKind::Function) });
        true
    }),
];

/// What stands in the place of a register of the right type.
enum Wrong {
    Int,
    Wide,
}

fn other_register(
    m: &mut Module,
    numbers: &mut Numbers,
    wrong: impl Fn(Kind) -> Option<Wrong>,
) -> bool {
    let Some((f, b, i)) = place(m, numbers) else { return false };
    let function = &mut m.functions[f];
    let Some(dst) = fresh(function, 1) else { return false };
    let mut set = None;
    let is_replaced = replace(&mut function.blocks[b].insts[i], |info, _| {
        if info.role != Role::arg {
            return None;
        }
        set = Some(match wrong(info.kind)? {
            Wrong::Int => Inst::ConstI16 { dst, value: 7 },
            Wrong::Wide => Inst::ConstI64I16 { dst, value: 7 },
        });
        Some(Operand::Reg(dst))
    });
    if let Some(set) = set {
        function.blocks[b].insts.insert(i, set);
    }
    is_replaced
}

/// A function that takes nothing and does this, with a register of its own, then returns.
fn reach_by(m: &mut Module, insts: impl FnOnce(Reg) -> Vec<Inst>) -> FunctionId {
    let id = FunctionId(m.functions.len() as u16);
    let mut insts = insts(Reg(0));
    if !insts.iter().any(|inst| matches!(inst, Inst::New { .. })) {
        insts.insert(0, Inst::ConstNull { dst: Reg(0) });
    }
    if !insts.last().is_some_and(|inst| inst.opcode().is_terminator()) {
        insts.push(Inst::Ret {});
    }
    m.functions.push(Function { registers: 2, ..function(insts) });
    id
}

/// Puts a call of a host function that fits into a function, whose row becomes `row`.
fn call_host(
    m: &mut Module,
    numbers: &mut Numbers,
    row: Row,
    is_it: impl Fn(&HostInfo) -> bool,
) -> bool {
    call_host_in(any_function(m, numbers), numbers, row, is_it)
}

fn call_host_in(
    function: &mut Function,
    numbers: &mut Numbers,
    row: Row,
    is_it: impl Fn(&HostInfo) -> bool,
) -> bool {
    let hosts: Vec<&HostInfo> = HOSTS.iter().filter(|host| is_it(host)).collect();
    if hosts.is_empty() {
        return false;
    }
    let host = hosts[numbers.below(hosts.len())];
    let count = host.operands.len().max(1);
    let Some(base) = fresh(function, count as u16) else { return false };
    let mut insts: Vec<Inst> = Vec::new();
    for (at, kind) in host.operands.iter().enumerate() {
        let dst = Reg(base.0 + at as u8);
        insts.push(match kind {
            Kind::bool | Kind::i32 => Inst::ConstI16 { dst, value: 0 },
            Kind::i64 => Inst::ConstI64I16 { dst, value: 0 },
            Kind::f64 => Inst::ConstF64 { dst, bits: 0 },
            Kind::u128 => Inst::ConstU128U16 { dst, value: 0 },
            Kind::i128 => Inst::ConstI128 { dst, value: Box::new(0) },
            _ => Inst::ConstNull { dst },
        });
    }
    insts.push(Inst::CallHost { base, host: host.number });
    function.row = row;
    function.blocks[0].insts.splice(0..0, insts);
    true
}

/// Puts instructions with a register of their own at the start of a function.
fn insert_first(
    m: &mut Module,
    numbers: &mut Numbers,
    insts: impl FnOnce(Reg) -> Vec<Inst>,
) -> bool {
    let function = any_function(m, numbers);
    let Some(fresh) = fresh(function, 1) else { return false };
    function.blocks[0].insts.splice(0..0, insts(fresh));
    true
}

/// Replaces the first operand for which there is something else.
fn replace(
    inst: &mut Inst,
    mut other: impl FnMut(&OperandInfo, Operand) -> Option<Operand>,
) -> bool {
    let mut operands = Vec::new();
    let mut is_done = false;
    inst.for_each_operand(|info, operand| {
        let new = if is_done { None } else { other(info, operand.clone()) };
        is_done |= new.is_some();
        operands.push(new.unwrap_or(operand));
    });
    let mut operands = operands.into_iter();
    let built: Result<Inst, Mismatch> =
        Inst::build(inst.opcode(), |_| operands.next().ok_or(Mismatch));
    match built {
        Ok(built) if is_done => {
            *inst = built;
            true
        }
        _ => false,
    }
}
