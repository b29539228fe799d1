//! Modules to bytes.

use super::{FORMAT, MAGIC, Writer, constant_tag, inst, live, section, type_tag};
use crate::ids::Reg;
use crate::module::{Block, Class, Constant, Export, Function, Import, Module, Selector};
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
    if !module.imports.is_empty() {
        out.section(section::IMPORTS, |out| list(out, &module.imports, import));
    }
    out.bytes
}

fn list<T>(out: &mut Writer, items: &[T], item: impl Fn(&mut Writer, &T)) {
    out.count(items.len());
    for each in items {
        item(out, each);
    }
}

pub(super) fn value_type(out: &mut Writer, ty: ValueType) {
    out.number(match ty {
        ValueType::I32 => type_tag::I32,
        ValueType::I64 => type_tag::I64,
        ValueType::F64 => type_tag::F64,
        ValueType::U128 => type_tag::U128,
        ValueType::I128 => type_tag::I128,
        ValueType::Any => type_tag::ANY,
        ValueType::Ref(class) => type_tag::REF + u32::from(class.0),
    });
}

fn result_type(out: &mut Writer, result: Option<ValueType>) {
    match result {
        Some(ty) => value_type(out, ty),
        None => out.number(type_tag::NONE),
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
    out.number(class.superclass.unwrap_or(builtin::NULL).0.into());
    list(out, &class.traits, |out, id| out.number(id.0.into()));
    list(out, &class.fields, |out, field| {
        out.text(&field.name);
        value_type(out, field.ty);
        out.u8(field.mutable.into());
    });
    out.u8(class.is_abstract.into());
    list(out, &class.methods, |out, (selector, function)| {
        out.number(selector.0.into());
        out.number(function.0.into());
    });
}

fn selector(out: &mut Writer, selector: &Selector) {
    out.text(&selector.name);
    out.number(selector.owner.0.into());
    list(out, &selector.params, |out, ty| value_type(out, *ty));
    result_type(out, selector.result);
}

fn write_function(out: &mut Writer, function: &Function) {
    list(out, &function.params, |out, ty| value_type(out, *ty));
    result_type(out, function.result);
    out.number(function.registers.into());
    out.u8(function.row.0);
    let live = live::list(&function.blocks);
    live::write(out, &live);
    let bits = inst::register_bits(function.registers);
    list(out, &function.blocks, |out, each| block(out, &live, bits, each));
}

fn block(out: &mut Writer, live: &[(Reg, ValueType)], bits: u32, block: &Block) {
    live::write_block(out, live, &block.live_in);
    out.count(block.insts.len());
    for each in &block.insts {
        inst::write(out, each, bits);
    }
}

fn export(out: &mut Writer, export: &Export) {
    out.text(&export.name);
    out.number(export.function.0.into());
    out.u32(export.method_id);
    out.u8(export.kind as u8);
    out.u8(export.row.0);
}

fn import(out: &mut Writer, import: &Import) {
    out.bytes.extend_from_slice(&import.library);
    out.text(&import.name);
    list(out, &import.params, |out, ty| value_type(out, *ty));
    result_type(out, import.result);
}
