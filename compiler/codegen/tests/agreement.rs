//! The SSA operation table and the instruction table are two tables; here they are held to say
//! the same.

use fscc_ir::host::HOSTS;
use fscc_ir::ops::{self, Kind, Op, OpEffect};
use fscc_ir::types::BUILTIN_CLASS_NAMES;
use fvm_isa::{Effect, HostInfo, Opcode, Role};
use pretty_assertions::assert_eq;

/// Operations that become instructions of other names.
fn opcode_of(op: Op) -> Option<Opcode> {
    match op {
        // Exchanged operands.
        Op::I32Gt | Op::I32Ge | Op::I64Gt | Op::I64Ge | Op::F64Gt | Op::F64Ge => None,
        // One opcode per element type.
        Op::ArrayGet => Some(Opcode::ArrayGetAny),
        Op::ArraySet => Some(Opcode::ArraySetAny),
        Op::CallImport => Some(Opcode::Call),
        op => Opcode::lookup(op.info().name),
    }
}

#[test]
fn every_operation_has_an_instruction() {
    for op in ops::ALL {
        let is_swapped = op.info().name.ends_with(".gt") || op.info().name.ends_with(".ge");
        assert!(opcode_of(*op).is_some() || is_swapped, "{}", op.info().name);
    }
}

#[test]
fn operands_are_as_many_on_both_sides() {
    for op in ops::ALL {
        let Some(opcode) = opcode_of(*op) else { continue };
        let info = op.info();
        let is_call = info.effect == OpEffect::calls;
        let is_open = is_call || info.operands == [Kind::special] && *op == Op::Return;
        if is_open || *op == Op::TailCall {
            continue;
        }
        let read = opcode.info().operands.iter().filter(|o| o.role == Role::arg).count();
        assert_eq!(info.operands.len(), read, "{}", info.name);
        let defined = opcode.info().operands.iter().any(|o| o.role == Role::def);
        assert_eq!(info.result != Kind::none, defined, "{}", info.name);
    }
}

#[test]
fn an_instruction_does_no_more_than_its_operation_says() {
    for op in ops::ALL {
        let Some(opcode) = opcode_of(*op) else { continue };
        let expected = match opcode.info().effect {
            Effect::pure => &[OpEffect::pure][..],
            Effect::traps => &[OpEffect::traps],
            // Immutable results: equal ones may be merged although each is allocated.
            Effect::alloc => &[OpEffect::alloc, OpEffect::pure],
            Effect::alloc_traps => &[OpEffect::alloc_traps, OpEffect::traps],
            Effect::reads => &[OpEffect::reads],
            Effect::writes => &[OpEffect::writes],
            Effect::reads_storage => &[OpEffect::reads_storage],
            Effect::writes_storage => &[OpEffect::writes_storage],
            Effect::calls => &[OpEffect::calls],
            Effect::terminates => &[OpEffect::terminates],
        };
        assert!(expected.contains(&op.info().effect), "{}", op.info().name);
    }
}

#[test]
fn built_in_classes_have_the_same_numbers() {
    assert_eq!(BUILTIN_CLASS_NAMES, fvm_isa::BUILTIN_CLASS_NAMES);
}

#[test]
fn host_functions_have_the_same_numbers_operands_and_rows() {
    assert_eq!(HOSTS.len(), fvm_isa::HOSTS.len());
    for host in HOSTS {
        let found = HostInfo::by_number(fvm_isa::HostId(host.number)).expect(host.name);
        assert_eq!(host.name, found.name);
        assert_eq!(host.row.0, found.row.0, "{}", host.name);
        let text = |kind: &dyn std::fmt::Debug| format!("{kind:?}");
        let ours: Vec<String> = host.operands.iter().map(|kind| text(kind)).collect();
        let theirs: Vec<String> = found.operands.iter().map(|kind| text(kind)).collect();
        assert_eq!(ours, theirs, "{}", host.name);
        let result = found.result.map_or("none".to_string(), |kind| text(&kind));
        assert_eq!(text(&host.result), result, "{}", host.name);
    }
}
