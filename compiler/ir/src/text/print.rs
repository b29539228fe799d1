//! Printing modules and functions.

use crate::func::{Block, BlockData, ENTRY, Func, Imm, Inst, Target, Terminator, Value};
use crate::host::{ROW_WORDS, Row, by_number};
use crate::module::{
    Class, Export, ExportKind, FuncId, Module, ModuleKind, StorageForm, StorageKind,
    builtin_classes,
};
use crate::ops::Op;
use crate::types::{BUILTIN_CLASSES, Type};
use std::fmt::{self, Write};

/// The text of a module.
pub fn print(module: &Module) -> String {
    let mut out = String::new();
    write_module(&mut out, module).expect("a String takes all text");
    out
}

/// The text of a function, as it stands in the text of its module.
pub fn print_func(id: FuncId, func: &Func) -> String {
    let mut out = String::new();
    write_func(&mut out, id, func).expect("a String takes all text");
    out
}

fn word<T: PartialEq>(words: &[(T, &'static str)], wanted: &T) -> &'static str {
    words.iter().find(|(value, _)| value == wanted).map_or("?", |(_, word)| word)
}

fn write_module(out: &mut String, module: &Module) -> fmt::Result {
    let kind = word(ModuleKind::WORDS, &module.kind);
    writeln!(out, "module {kind} {}\n", quoted(&module.name))?;
    let usual = builtin_classes();
    for (id, class) in module.classes.iter_enumerated() {
        if id.as_u32() >= BUILTIN_CLASSES || usual[id] != *class {
            write_class(out, id, class)?;
        }
    }
    for (id, selector) in module.selectors.iter_enumerated() {
        write!(out, "selector {id} {} {} (", quoted(&selector.name), selector.owner)?;
        write_list(out, &selector.params)?;
        out.push(')');
        write_result(out, selector.result)?;
        out.push('\n');
    }
    for (id, global) in module.globals.iter_enumerated() {
        writeln!(out, "global {id} {}: {}", quoted(&global.name), global.ty)?;
    }
    for (id, field) in module.storage.iter_enumerated() {
        let kind = word(StorageKind::WORDS, &field.kind);
        write!(out, "storage {id} {kind} {} {}", quoted(&field.name), quoted(&field.ty))?;
        for (role, form) in [("key", field.key), ("value", field.value)] {
            if form != StorageForm::Bytes {
                write!(out, " {role} {}", word(StorageForm::WORDS, &form))?;
            }
        }
        out.push('\n');
    }
    for (id, import) in module.imports.iter_enumerated() {
        write!(out, "import {id} ")?;
        write_bytes(out, &import.library)?;
        write!(out, " {} (", quoted(&import.name))?;
        write_list(out, &import.params)?;
        out.push(')');
        write_result(out, import.result)?;
        out.push('\n');
    }
    for export in &module.exports {
        write_export(out, export)?;
    }
    for (id, func) in module.funcs.iter_enumerated() {
        out.push('\n');
        write_func(out, id, func)?;
    }
    Ok(())
}

fn write_class(out: &mut String, id: crate::types::ClassId, class: &Class) -> fmt::Result {
    if class.is_abstract {
        out.push_str("abstract ");
    }
    write!(out, "class {id} {}", quoted(&class.name))?;
    if let Some(superclass) = class.superclass {
        write!(out, " extends {superclass}")?;
    }
    if !class.traits.is_empty() {
        out.push_str(" with ");
        write_list(out, &class.traits)?;
    }
    out.push_str(" {\n");
    for field in &class.fields {
        let keyword = if field.mutable { "var" } else { "val" };
        writeln!(out, "  {keyword} {}: {}", quoted(&field.name), field.ty)?;
    }
    for (selector, func) in &class.methods {
        writeln!(out, "  {selector} = {func}")?;
    }
    out.push_str("}\n");
    Ok(())
}

fn write_export(out: &mut String, export: &Export) -> fmt::Result {
    let kind = word(ExportKind::WORDS, &export.kind);
    write!(out, "export {kind} {} {:#x} {}", quoted(&export.name), export.method_id, export.func)?;
    write_row(out, export.row);
    out.push('\n');
    Ok(())
}

fn write_row(out: &mut String, row: Row) {
    if row != Row::PURE {
        out.push_str(" can");
    }
    for (effect, word) in ROW_WORDS {
        if effect.is_within(row) {
            out.push(' ');
            out.push_str(word);
        }
    }
}

fn write_result(out: &mut String, result: Option<Type>) -> fmt::Result {
    match result {
        Some(ty) => write!(out, " -> {ty}"),
        None => Ok(()),
    }
}

fn write_list<T: fmt::Display>(out: &mut String, items: &[T]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write!(out, "{item}")?;
    }
    Ok(())
}

fn write_params(out: &mut String, func: &Func, params: &[Value]) -> fmt::Result {
    out.push('(');
    for (at, value) in params.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        write_definition(out, func, *value)?;
    }
    out.push(')');
    Ok(())
}

fn write_definition(out: &mut String, func: &Func, value: Value) -> fmt::Result {
    match func.values.get(value) {
        Some(ty) => write!(out, "{value}: {ty}"),
        None => write!(out, "{value}: ?"),
    }
}

fn write_func(out: &mut String, id: FuncId, func: &Func) -> fmt::Result {
    write!(out, "func {id} {} ", quoted(&func.name))?;
    write_params(out, func, func.params())?;
    write_result(out, func.result)?;
    write_row(out, func.row);
    out.push_str(" {\n");
    for (id, block) in func.blocks.iter_enumerated() {
        write_block(out, func, id, block)?;
    }
    out.push_str("}\n");
    Ok(())
}

pub(super) fn write_block(
    out: &mut String,
    func: &Func,
    id: Block,
    block: &BlockData,
) -> fmt::Result {
    write!(out, "{id}")?;
    if id != ENTRY && !block.params.is_empty() {
        write_params(out, func, &block.params)?;
    }
    out.push_str(":\n");
    for inst in &block.insts {
        write_inst(out, func, inst)?;
    }
    write_terminator(out, &block.term)
}

fn write_inst(out: &mut String, func: &Func, inst: &Inst) -> fmt::Result {
    out.push_str("  ");
    if let Some(result) = inst.result {
        write_definition(out, func, result)?;
        out.push_str(" = ");
    }
    out.push_str(inst.op.info().name);
    let mut comma = write_imm(out, &inst.imm)?;
    for value in &inst.args {
        out.push_str(if comma { ", " } else { " " });
        comma = true;
        write!(out, "{value}")?;
    }
    out.push('\n');
    Ok(())
}

/// Writes a space and the immediate; whether there was one.
fn write_imm(out: &mut String, imm: &Imm) -> Result<bool, fmt::Error> {
    match imm {
        Imm::None | Imm::Cases(_) => return Ok(false),
        Imm::I32(value) => write!(out, " {value}")?,
        Imm::I64(value) => write!(out, " {value}")?,
        Imm::F64(bits) => write!(out, " {}", double_text(*bits))?,
        Imm::U128(value) => write!(out, " {value}")?,
        Imm::I128(value) => write!(out, " {value}")?,
        Imm::String(units) => write!(out, " {}", quoted_units(units))?,
        Imm::Bytes(bytes) => {
            out.push(' ');
            write_bytes(out, bytes)?;
        }
        Imm::Type(ty) => write!(out, " {ty}")?,
        Imm::Class(class) => write!(out, " {class}")?,
        Imm::Field(field) => write!(out, " {}.{}", field.class, field.index)?,
        Imm::Global(global) => write!(out, " {global}")?,
        Imm::Storage(field) => write!(out, " {field}")?,
        Imm::Func(func) => write!(out, " {func}")?,
        Imm::Selector(selector) => write!(out, " {selector}")?,
        Imm::Host(number) => write!(out, " {}", by_number(*number).map_or("?", |host| host.name))?,
        Imm::Import(import) => write!(out, " {import}")?,
        Imm::Trap(code) => write!(out, " {code}")?,
    }
    Ok(true)
}

fn write_bytes(out: &mut String, bytes: &[u8]) -> fmt::Result {
    out.push_str("x\"");
    for byte in bytes {
        write!(out, "{byte:02x}")?;
    }
    out.push('"');
    Ok(())
}

fn write_terminator(out: &mut String, term: &Terminator) -> fmt::Result {
    write!(out, "  {}", term.op.info().name)?;
    let mut comma = write_imm(out, &term.imm)?;
    for value in &term.args {
        out.push_str(if comma { ", " } else { " " });
        comma = true;
        write!(out, "{value}")?;
    }
    if let (Op::Switch, Imm::Cases(cases)) = (term.op, &term.imm) {
        for (at, target) in term.targets.iter().enumerate() {
            match cases.get(at) {
                Some(case) => write!(out, ", {case}: ")?,
                None => out.push_str(", else: "),
            }
            write_target(out, target)?;
        }
    } else {
        for target in &term.targets {
            out.push_str(if comma { ", " } else { " " });
            comma = true;
            write_target(out, target)?;
        }
    }
    out.push('\n');
    Ok(())
}

fn write_target(out: &mut String, target: &Target) -> fmt::Result {
    write!(out, "{}", target.block)?;
    if !target.args.is_empty() {
        out.push('(');
        write_list(out, &target.args)?;
        out.push(')');
    }
    Ok(())
}

/// A double so that reading gives the same bits.
fn double_text(bits: u64) -> String {
    let value = f64::from_bits(bits);
    if value.is_nan() { format!("{bits:#x}") } else { format!("{value:?}") }
}

fn quoted(text: &str) -> String {
    quoted_units(&text.encode_utf16().collect::<Vec<u16>>())
}

fn quoted_units(units: &[u16]) -> String {
    let mut out = String::from("\"");
    for unit in char::decode_utf16(units.iter().copied()) {
        match unit {
            Ok('"') => out.push_str("\\\""),
            Ok('\\') => out.push_str("\\\\"),
            Ok('\n') => out.push_str("\\n"),
            Ok(letter) if !letter.is_control() => out.push(letter),
            Ok(control) => out.push_str(&format!("\\u{{{:x}}}", u32::from(control))),
            Err(lone) => out.push_str(&format!("\\u{{{:x}}}", lone.unpaired_surrogate())),
        }
    }
    out.push('"');
    out
}
