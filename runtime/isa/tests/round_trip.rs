//! Every instruction and whole random modules survive the wire form and the text form; hostile
//! bytes give an error with a position or a module with exactly these bytes.

use fvm_isa::{
    ALL, Block, BlockId, BoxId, Class, ClassId, Constant, ConstantId, Export, ExportKind, Field,
    FieldId, Function, FunctionId, Global, GlobalId, HostId, Import, Inst, Kind, Mismatch, Module,
    ModuleKind, Opcode, Operand, OperandInfo, Reg, Role, Row, Selector, SelectorId, StorageField,
    StorageForm, StorageId, StorageKind, Switch, TrapCode, ValueType, limits, text, wire,
};
use pretty_assertions::assert_eq;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

/// Numbers for the operands of an instruction, taken in turn.
struct Numbers(Vec<u64>, usize);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.1 += 1;
        self.0[self.1 % self.0.len()]
    }
}

fn operand(info: &OperandInfo, numbers: &mut Numbers) -> Operand {
    let n = numbers.next();
    if matches!(info.role, Role::def | Role::arg | Role::window) {
        return Operand::Reg(Reg(n as u8));
    }
    match info.kind {
        Kind::i8 => Operand::I8(n as i8),
        Kind::i16 => Operand::I16(n as i16),
        Kind::u16 => Operand::U16(n as u16),
        Kind::i32 => Operand::I32(n as i32),
        Kind::i64 => Operand::I64(n as i64),
        Kind::f64 => Operand::F64(n),
        Kind::u128 => Operand::U128((u128::from(n) << 64) | u128::from(numbers.next())),
        Kind::i128 => Operand::I128(((u128::from(n) << 64) | 5) as i128),
        Kind::boxed => Operand::Box(BoxId(n as u8)),
        Kind::class | Kind::array => Operand::Class(ClassId(n as u16)),
        Kind::field => {
            let slot = numbers.next() as u16;
            Operand::Field(FieldId { class: ClassId(n as u16), slot })
        }
        Kind::function => Operand::Function(FunctionId(n as u16)),
        Kind::selector => Operand::Selector(SelectorId(n as u16)),
        Kind::global => Operand::Global(GlobalId(n as u16)),
        Kind::storage => Operand::Storage(StorageId(n as u16)),
        Kind::host => Operand::Host(HostId(n as u16)),
        Kind::constant => Operand::Constant(ConstantId(n as u16)),
        Kind::block => Operand::Block(BlockId(n as u16)),
        Kind::trap => Operand::Trap(TrapCode(n as u16)),
        Kind::cases => {
            let mut cases: Vec<_> =
                (0..n % 5).map(|_| (numbers.next() as i32, BlockId(n as u16))).collect();
            cases.sort();
            cases.dedup_by_key(|case| case.0);
            Operand::Cases(Box::new(Switch { default: BlockId(n as u16), cases }))
        }
        other => panic!("{other:?} is no kind of immediate"),
    }
}

fn instruction(opcode: Opcode, numbers: Vec<u64>) -> Inst {
    let mut numbers = Numbers(numbers, 0);
    let inst = Inst::build::<Mismatch>(opcode, |info| Ok(operand(info, &mut numbers)));
    inst.expect("the generator follows the table")
}

fn numbers() -> impl Strategy<Value = Vec<u64>> {
    vec(prop_oneof![any::<u64>(), Just(0), Just(u64::MAX), 0..300u64], 1..8)
}

fn value_type() -> impl Strategy<Value = ValueType> {
    prop_oneof![
        Just(ValueType::I32),
        Just(ValueType::I64),
        Just(ValueType::F64),
        Just(ValueType::U128),
        Just(ValueType::I128),
        Just(ValueType::Any),
        any::<u16>().prop_map(|class| ValueType::Ref(ClassId(class))),
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{0,8}", "\\PC{0,4}", Just("a\"b\\\n;\u{1}\u{2028}x".to_owned())]
}

fn block() -> impl Strategy<Value = Block> {
    let insts = vec((0..ALL.len(), numbers()).prop_map(|(at, n)| instruction(ALL[at], n)), 0..6);
    let live_in = btree_set((any::<u8>().prop_map(Reg), value_type()), 0..40);
    (live_in, insts)
        .prop_map(|(live_in, insts)| Block { live_in: live_in.into_iter().collect(), insts })
}

fn function() -> impl Strategy<Value = Function> {
    let signature = (vec(value_type(), 0..4), proptest::option::of(value_type()));
    (signature, 129..u16::MAX, any::<u8>(), vec(block(), 0..4)).prop_map(
        |((params, result), registers, row, blocks)| Function {
            params,
            result,
            registers,
            row: Row(row),
            blocks,
        },
    )
}

fn class() -> impl Strategy<Value = Class> {
    let field = (name(), value_type(), any::<bool>()).prop_map(|(name, ty, mutable)| Field {
        name,
        ty,
        mutable,
    });
    (
        name(),
        proptest::option::of((1..u16::MAX).prop_map(ClassId)),
        vec(any::<u16>().prop_map(ClassId), 0..3),
        vec(field, 0..3),
        any::<bool>(),
        vec((any::<u16>().prop_map(SelectorId), any::<u16>().prop_map(FunctionId)), 0..3),
    )
        .prop_map(|(name, superclass, traits, fields, is_abstract, methods)| Class {
            name,
            superclass,
            traits,
            fields,
            is_abstract,
            methods,
        })
}

fn module() -> impl Strategy<Value = Module> {
    let constant = prop_oneof![
        vec(any::<u16>(), 0..5).prop_map(Constant::String),
        vec(0..256u16, 0..5).prop_map(Constant::String),
        vec(any::<u8>(), 0..5).prop_map(Constant::Bytes),
    ];
    let selector =
        (name(), any::<u16>(), vec(value_type(), 0..4), proptest::option::of(value_type()))
            .prop_map(|(name, owner, params, result)| Selector {
                name,
                owner: ClassId(owner),
                params,
                result,
            });
    let global = (name(), value_type()).prop_map(|(name, ty)| Global { name, ty });
    let storage = (name(), 0..3usize, 0..9usize, 0..9usize, name()).prop_map(
        |(name, kind, key, value, ty)| StorageField {
            name,
            kind: StorageKind::ALL[kind],
            key: StorageForm::ALL[key],
            value: StorageForm::ALL[value],
            ty,
        },
    );
    let export = (name(), any::<u16>(), any::<u32>(), 0..8usize, any::<u8>()).prop_map(
        |(name, function, method_id, kind, row)| Export {
            name,
            function: FunctionId(function),
            method_id,
            kind: ExportKind::ALL[kind],
            row: Row(row),
        },
    );
    let import =
        (any::<[u8; 32]>(), name(), vec(value_type(), 0..4), proptest::option::of(value_type()))
            .prop_map(|(library, name, params, result)| Import { library, name, params, result });
    (
        (name(), 0..4usize, vec(constant, 0..4), vec(class(), 0..4), vec(selector, 0..4)),
        (vec(global, 0..3), vec(storage, 0..3), vec(function(), 0..4), vec(export, 0..3)),
        (vec(any::<u8>(), 0..9), vec(import, 0..3)),
    )
        .prop_map(|((name, kind, constants, classes, selectors), rest, (abi, imports))| {
            let mut module = Module::new(name, ModuleKind::ALL[kind]);
            module.classes.extend(classes);
            (module.globals, module.storage, module.functions, module.exports) = rest;
            Module { constants, selectors, abi, imports, ..module }
        })
}

fn module_of(inst: Inst) -> Module {
    let mut module = Module::new("one", ModuleKind::Program);
    module.functions.push(Function {
        params: vec![],
        result: None,
        registers: 256,
        row: Row::PURE,
        blocks: vec![Block { live_in: vec![], insts: vec![inst] }],
    });
    module
}

#[test]
fn every_opcode_survives_wire_and_text() {
    let edges = [0, 1, 127, 128, 255, 0x7fff, 0x8000, u64::MAX, 1 << 63, 0x7ff8_0000_0000_0000];
    for opcode in ALL {
        for rotation in 0..edges.len() {
            let mut numbers = edges.to_vec();
            numbers.rotate_left(rotation);
            let module = module_of(instruction(*opcode, numbers));
            let bytes = wire::encode(&module);
            assert_eq!(wire::decode(&bytes).as_ref(), Ok(&module), "{opcode:?}");
            let printed = text::print(&module, None);
            assert_eq!(text::parse(&printed).as_ref(), Ok(&module), "{printed}");
        }
    }
}

#[test]
fn registers_take_as_many_bits_as_the_largest_needs() {
    let inst = Inst::I32Add { dst: Reg(14), a: Reg(3), b: Reg(15) };
    let bytes_with = |registers| {
        let mut module = module_of(inst.clone());
        module.functions[0].registers = registers;
        let bytes = wire::encode(&module);
        assert_eq!(wire::decode(&bytes).as_ref(), Ok(&module), "{registers} registers");
        let at = bytes.iter().rposition(|byte| *byte == inst.opcode().byte()).unwrap();
        bytes[at + 1..bytes.len() - 6].to_vec()
    };
    // Behind the instruction stand the sections of exports and of the ABI.
    assert_eq!(bytes_with(16), [0x3e, 0x0f]);
    assert_eq!(bytes_with(17), [14 | 3 << 5, 15 << 2]);
    assert_eq!(bytes_with(32), bytes_with(17));
    assert_eq!(bytes_with(256), [14, 3, 15]);
}

#[test]
fn numbers_take_as_few_bytes_as_they_need() {
    let bytes_of = |inst: Inst| {
        let with = wire::encode(&module_of(inst)).len();
        with - wire::encode(&module_of(Inst::Ret {})).len() + 1
    };
    let dst = Reg(0);
    for (value, bytes) in [(0, 3), (63, 3), (-64, 3), (64, 4), (-65, 4), (i16::MIN, 5)] {
        assert_eq!(bytes_of(Inst::ConstI16 { dst, value }), bytes, "{value}");
    }
    for (value, bytes) in [(0, 3), (-1, 4), (127, 4), (-128, 4), (128, 5), (i64::MIN, 11)] {
        assert_eq!(bytes_of(Inst::ConstI64 { dst, value }), bytes, "{value}");
    }
    for (value, bytes) in [(0, 3), (255, 4), (256, 5), (u128::MAX, 19)] {
        assert_eq!(bytes_of(Inst::ConstU128 { dst, value: Box::new(value) }), bytes, "{value}");
    }
    assert_eq!(bytes_of(Inst::ConstF64 { dst, bits: 1.5_f64.to_bits() }), 5);
}

#[test]
fn nothing_is_unused_or_left_over() {
    let mut module = module_of(Inst::I32Neg { dst: Reg(1), a: Reg(2) });
    module.functions[0].registers = 32;
    let bytes = wire::encode(&module);
    for end in 0..bytes.len() {
        assert!(wire::decode(&bytes[..end]).is_err(), "cut at {end}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert!(wire::decode(&longer).is_err());
    // Two registers of five bits each leave six bits of the second byte.
    let at = bytes.windows(3).position(|window| window == [0x15, 1 | 2 << 5, 0]).unwrap();
    let mut dirty = bytes;
    dirty[at + 2] = 4;
    let error = wire::decode(&dirty).unwrap_err();
    assert_eq!(error.text, "unused bits must be zero");
}

/// The error of bytes that `change` spoils behind the first place where `found` stands.
fn error_after(module: &Module, found: &[u8], change: &[u8]) -> String {
    let mut bytes = wire::encode(module);
    let at = bytes.windows(found.len()).position(|window| window == found).unwrap();
    bytes[at..at + change.len()].copy_from_slice(change);
    wire::decode(&bytes).unwrap_err().text
}

#[test]
fn numbers_longer_than_they_need_are_refused() {
    let dst = Reg(9);
    let constant = |value| module_of(Inst::ConstI64 { dst, value });
    let needless = "a number takes more bytes than it needs";
    // Opcode, register, length, bytes: sign bytes that the byte below them says already.
    assert_eq!(
        error_after(&constant(0x1234), &[5, 9, 2, 0x34, 0x12], &[5, 9, 2, 0x34, 0]),
        needless
    );
    assert_eq!(
        error_after(&constant(0x1284), &[5, 9, 2, 0x84, 0x12], &[5, 9, 2, 0x84, 255]),
        needless
    );
    assert_eq!(error_after(&constant(1), &[5, 9, 1, 1], &[5, 9, 1, 0]), needless);
    let error = error_after(&constant(1), &[5, 9, 1, 1], &[5, 9, 9, 1]);
    assert_eq!(error, "a number of 9 bytes, at most 8 fit");
}

#[test]
fn live_registers_are_listed_once_ascending_and_all_used() {
    let mut module = module_of(Inst::Ret {});
    let one = (Reg(3), ValueType::I32);
    let two = (Reg(5), ValueType::I64);
    module.functions[0].blocks[0].live_in = vec![one, two];
    // The list, then one block that names both entries.
    let list = [2, 3, 0, 5, 1, 1, 0b11, 1];
    let error_with = |changes: &[(usize, u8)]| {
        let mut changed = list;
        changes.iter().for_each(|(offset, value)| changed[*offset] = *value);
        error_after(&module, &list, &changed)
    };
    assert_eq!(error_with(&[(6, 0b01)]), "no block has a live register r5 of type i64");
    assert_eq!(error_with(&[(6, 0b101)]), "there is no live register 2");
    assert_eq!(error_with(&[(3, 3), (4, 0)]), "the live registers of a function must ascend");
    let needless = "live registers take more bytes than they need";
    assert_eq!(error_with(&[(6, 0b1000_0011), (7, 0)]), needless);
}

#[test]
fn a_block_skips_the_live_registers_of_others() {
    let mut module = module_of(Inst::Ret {});
    let live: Vec<_> = (0..100).map(|reg| (Reg(reg), ValueType::I32)).collect();
    let blocks = &mut module.functions[0].blocks;
    blocks[0].live_in = live.clone();
    blocks.push(Block { live_in: vec![live[1], live[99]], insts: vec![Inst::Ret {}] });
    let bytes = wire::encode(&module);
    assert_eq!(wire::decode(&bytes).as_ref(), Ok(&module));
    // Entry 1, a gap of 13 bytes, which is 12 more than one, and entry 99 = 14 * 7 + 1.
    let block = [0b1000_0010, 0x80, 12, 0b10];
    assert!(bytes.windows(4).any(|window| window == block));
    let needless = "live registers take more bytes than they need";
    assert_eq!(error_after(&module, &block, &[0b1000_0010, 0x80, 12, 0x80]), needless);
    assert_eq!(
        error_after(&module, &block, &[0b1000_0010, 0x80, 13, 1]),
        "there is no live register 105"
    );
}

#[test]
fn a_module_without_imports_does_not_say_so() {
    let mut module = module_of(Inst::Ret {});
    let alone = wire::encode(&module);
    let mut empty = alone.clone();
    empty.extend([10, 1, 0]);
    let error = wire::decode(&empty).unwrap_err();
    assert_eq!(error.text, "a section of imports without imports");
    let (name, params) = ("f".to_owned(), vec![ValueType::I32]);
    module.imports.push(Import { library: [7; 32], name, params, result: None });
    let bytes = wire::encode(&module);
    assert!(bytes.starts_with(&alone));
    assert_eq!(bytes[alone.len()..][..3], [10, 38, 1]);
    assert_eq!(wire::decode(&bytes), Ok(module));
}

#[test]
fn imports_have_a_limit() {
    let mut module = Module::new("", ModuleKind::Program);
    let import = Import { library: [7; 32], name: String::new(), params: vec![], result: None };
    module.imports = vec![import.clone(); limits::IMPORTS_MAX];
    assert_eq!(wire::decode(&wire::encode(&module)).as_ref(), Ok(&module));
    assert_eq!(limits::exceeded(&module), None);
    module.imports.push(import);
    assert!(wire::decode(&wire::encode(&module)).unwrap_err().text.contains("4097 imports"));
    assert_eq!(limits::exceeded(&module).map(|found| found.limit.name), Some("IMPORTS_MAX"));
}

#[test]
fn counts_are_checked_before_anything_is_allocated() {
    let mut bytes = wire::encode(&Module::new("", ModuleKind::Program));
    // The count of constants: magic and head 8, name section 3, head of the next section 2.
    bytes.splice(13..14, [0xff, 0xff, 0xff, 0xff, 0x0f]);
    let error = wire::decode(&bytes).unwrap_err();
    assert_eq!(error.text, "4294967295 constants, at most 65535 are allowed");
    bytes.splice(13..18, [0xe0, 0xd4, 0x03]);
    assert!(wire::decode(&bytes).unwrap_err().text.contains("do not fit"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn modules_survive_the_wire(module in module()) {
        let bytes = wire::encode(&module);
        prop_assert_eq!(wire::decode(&bytes), Ok(module));
    }

    #[test]
    fn modules_survive_the_text(module in module()) {
        let printed = text::print(&module, None);
        prop_assert_eq!(text::parse(&printed), Ok(module), "{}", printed);
    }

    #[test]
    fn mutated_bytes_are_rejected_or_canonical(
        module in module(),
        changes in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = wire::encode(&module);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Ok(module) = wire::decode(&bytes) {
            prop_assert_eq!(wire::encode(&module), bytes);
        }
    }

    #[test]
    fn random_bytes_are_survived(tail in vec(any::<u8>(), 0..200)) {
        let mut bytes = b"FVM1\x03\x00\x00\x00".to_vec();
        bytes.extend_from_slice(&tail);
        let _ = wire::decode(&bytes);
        let _ = wire::decode(&tail);
        let _ = text::parse(&String::from_utf8_lossy(&tail));
    }
}
