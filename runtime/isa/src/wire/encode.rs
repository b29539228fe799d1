//! Modules to bytes.

use super::{FORMAT, MAGIC, Writer, constant_tag, section, type_tag};
use crate::ids::Reg;
use crate::inst::{Inst, Operand};
use crate::module::{Block, Class, Constant, Export, Function, Module, Selector};
use crate::types::{BUILTIN_CLASSES, ValueType, builtin};

/// The canonical bytes of a module.
pub fn encode(module: &Module) -> Vec<u8> {
    let functions: Vec<Vec<u8>> = module.functions.iter().map(encode_function).collect();
    encode_with(module, &functions)
}

/// The bytes of a function within its module.
pub fn encode_function(function: &Function) -> Vec<u8> {
    let mut out = Writer::default();
    write_function(&mut out, function);
    out.bytes
}

/// The canonical bytes of a module whose functions have been encoded already.
pub fn encode_with(module: &Module, functions: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Writer::default();
    out.bytes.reserve(functions.iter().map(Vec::len).sum());
    out.bytes.extend_from_slice(MAGIC);
    out.u16(FORMAT);
    out.u8(module.kind as u8);
    out.u8(0);
    out.section(section::NAME, |out| out.text(&module.name));
    out.section(section::CONSTANTS, |out| list(out, &module.constants, constant));
    let own_classes = module.classes.get(BUILTIN_CLASSES..).unwrap_or(&[]);
    out.section(section::CLASSES, |out| list(out, own_classes, class));
    out.section(section::SELECTORS, |out| list(out, &module.selectors, selector));
    out.section(section::GLOBALS, |out| {
        list(out, &module.globals, |out, global| {
            out.text(&global.name);
            value_type(out, global.ty);
        });
    });
    out.section(section::STORAGE, |out| {
        list(out, &module.storage, |out, field| {
            out.text(&field.name);
            out.u8(field.kind as u8);
            out.u8(field.key as u8);
            out.u8(field.value as u8);
            out.text(&field.ty);
        });
    });
    out.section(section::FUNCTIONS, |out| {
        list(out, functions, |out, function| out.bytes.extend_from_slice(function));
    });
    out.section(section::EXPORTS, |out| list(out, &module.exports, export));
    out.section(section::ABI, |out| out.blob(&module.abi));
    out.bytes
}

fn list<T>(out: &mut Writer, items: &[T], item: impl Fn(&mut Writer, &T)) {
    out.count(items.len());
    for each in items {
        item(out, each);
    }
}

fn value_type(out: &mut Writer, ty: ValueType) {
    match ty {
        ValueType::I32 => out.u8(type_tag::I32),
        ValueType::I64 => out.u8(type_tag::I64),
        ValueType::F64 => out.u8(type_tag::F64),
        ValueType::U128 => out.u8(type_tag::U128),
        ValueType::I128 => out.u8(type_tag::I128),
        ValueType::Any => out.u8(type_tag::ANY),
        ValueType::Ref(class) => {
            out.u8(type_tag::REF);
            out.u16(class.0);
        }
    }
}

fn result_type(out: &mut Writer, result: Option<ValueType>) {
    match result {
        Some(ty) => value_type(out, ty),
        None => out.u8(type_tag::NONE),
    }
}

fn constant(out: &mut Writer, constant: &Constant) {
    match constant {
        Constant::String(units) if units.iter().all(|unit| *unit < 256) => {
            out.u8(constant_tag::NARROW);
            out.count(units.len());
            out.bytes.extend(units.iter().map(|unit| *unit as u8));
        }
        Constant::String(units) => {
            out.u8(constant_tag::WIDE);
            list(out, units, |out, unit| out.u16(*unit));
        }
        Constant::Bytes(bytes) => {
            out.u8(constant_tag::BYTES);
            out.blob(bytes);
        }
    }
}

fn class(out: &mut Writer, class: &Class) {
    out.text(&class.name);
    out.u16(class.superclass.unwrap_or(builtin::NULL).0);
    list(out, &class.traits, |out, id| out.u16(id.0));
    list(out, &class.fields, |out, field| {
        out.text(&field.name);
        value_type(out, field.ty);
        out.u8(field.mutable.into());
    });
    out.u8(class.is_abstract.into());
    list(out, &class.methods, |out, (selector, function)| {
        out.u16(selector.0);
        out.u16(function.0);
    });
}

fn selector(out: &mut Writer, selector: &Selector) {
    out.text(&selector.name);
    out.u16(selector.owner.0);
    list(out, &selector.params, |out, ty| value_type(out, *ty));
    result_type(out, selector.result);
}

fn short_list<T>(out: &mut Writer, items: &[T], mut item: impl FnMut(&mut Writer, &T)) {
    out.short_count(items.len());
    for each in items {
        item(out, each);
    }
}

fn write_function(out: &mut Writer, function: &Function) {
    short_list(out, &function.params, |out, ty| value_type(out, *ty));
    result_type(out, function.result);
    out.u16(function.registers);
    out.u8(function.row.0);
    let live = live_registers(&function.blocks);
    short_list(out, &live, |out, (reg, ty)| {
        out.u8(reg.0);
        value_type(out, *ty);
    });
    let mut code = Writer::default();
    short_list(out, &function.blocks, |out, each| block(out, &mut code, &live, each));
}

/// What is live on entry to any block, each register and type once, ascending.
fn live_registers(blocks: &[Block]) -> Vec<(Reg, ValueType)> {
    let mut live: Vec<_> = blocks.iter().flat_map(|block| &block.live_in).copied().collect();
    live.sort_unstable();
    live.dedup();
    live
}

fn block(out: &mut Writer, code: &mut Writer, live: &[(Reg, ValueType)], block: &Block) {
    short_list(out, &block.live_in, |out, each| {
        out.short_count(live.partition_point(|other| other < each));
    });
    // The number of words stands first, so that a reader can check it before it allocates.
    code.bytes.clear();
    for inst in &block.insts {
        write_inst(code, inst);
    }
    out.short_count(code.bytes.len() / 4);
    out.bytes.extend_from_slice(&code.bytes);
}

fn export(out: &mut Writer, export: &Export) {
    out.text(&export.name);
    out.u16(export.function.0);
    out.u32(export.method_id);
    out.u8(export.kind as u8);
    out.u8(export.row.0);
}

/// The words of one instruction, as bytes.
pub fn encode_inst(inst: &Inst) -> Vec<u8> {
    let mut out = Writer::default();
    write_inst(&mut out, inst);
    out.bytes
}

fn write_inst(out: &mut Writer, inst: &Inst) {
    let start = out.bytes.len();
    out.u8(inst.opcode().byte());
    inst.for_each_operand(|_, operand| {
        out.align(start, alignment(&operand));
        match operand {
            Operand::Reg(reg) => out.u8(reg.0),
            Operand::I8(value) => out.u8(value as u8),
            Operand::Box(class) => out.u8(class.0),
            Operand::I16(value) => out.u16(value as u16),
            Operand::U16(value) => out.u16(value),
            Operand::Class(id) => out.u16(id.0),
            Operand::Function(id) => out.u16(id.0),
            Operand::Selector(id) => out.u16(id.0),
            Operand::Global(id) => out.u16(id.0),
            Operand::Storage(id) => out.u16(id.0),
            Operand::Host(id) => out.u16(id.0),
            Operand::Constant(id) => out.u16(id.0),
            Operand::Block(id) => out.u16(id.0),
            Operand::Trap(code) => out.u16(code.0),
            Operand::Field(field) => {
                out.u16(field.class.0);
                out.u16(field.slot);
            }
            Operand::I32(value) => out.u32(value as u32),
            Operand::I64(value) => out.u64(value as u64),
            Operand::F64(bits) => out.u64(bits),
            Operand::U128(value) => out.u128(value),
            Operand::I128(value) => out.u128(value as u128),
            Operand::Cases(switch) => {
                out.u16(u16::try_from(switch.cases.len()).unwrap_or(u16::MAX));
                out.u16(switch.default.0);
                for (value, block) in &switch.cases {
                    out.align(start, 4);
                    out.u32(*value as u32);
                    out.u16(block.0);
                }
            }
        }
    });
    out.align(start, 4);
}

/// Operands are aligned to their size, to words at most.
fn alignment(operand: &Operand) -> usize {
    match operand {
        Operand::Reg(_) | Operand::I8(_) | Operand::Box(_) => 1,
        Operand::I16(_)
        | Operand::U16(_)
        | Operand::Class(_)
        | Operand::Function(_)
        | Operand::Selector(_)
        | Operand::Global(_)
        | Operand::Storage(_)
        | Operand::Host(_)
        | Operand::Constant(_)
        | Operand::Block(_)
        | Operand::Trap(_)
        | Operand::Cases(_) => 2,
        Operand::Field(_)
        | Operand::I32(_)
        | Operand::I64(_)
        | Operand::F64(_)
        | Operand::U128(_)
        | Operand::I128(_) => 4,
    }
}
