//! Modules to text.

use crate::debug::DebugInfo;
use crate::host::HostInfo;
use crate::inst::{Inst, Operand};
use crate::module::{Class, Constant, Function, Module, StorageForm};
use crate::opcode::Opcode;
use crate::types::{BUILTIN_CLASSES, ValueType};
use std::fmt::Write;

/// What a reader is told in comments.
#[derive(Clone, Copy, Default)]
struct Notes<'a> {
    /// Names of functions and source lines.
    debug: Option<&'a DebugInfo>,
    /// The price of an instruction.
    price: Option<&'a dyn Fn(Opcode) -> u32>,
}

/// The text of a module. With debug information, functions and instructions carry names and source
/// lines as comments.
pub fn print(module: &Module, debug: Option<&DebugInfo>) -> String {
    print_notes(module, Notes { debug, price: None })
}

/// The same with what each block and each instruction costs, as comments.
pub fn print_priced(
    module: &Module,
    debug: Option<&DebugInfo>,
    price: &dyn Fn(Opcode) -> u32,
) -> String {
    print_notes(module, Notes { debug, price: Some(price) })
}

fn print_notes(module: &Module, notes: Notes<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_module(&mut out, module, notes);
    out
}

fn write_module(out: &mut String, module: &Module, notes: Notes<'_>) -> std::fmt::Result {
    writeln!(out, "module {} {}", module.kind.word(), quote(&module.name))?;
    for (number, constant) in module.constants.iter().enumerate() {
        writeln!(out, "constant k{number} {}", constant_text(constant))?;
    }
    for (number, class) in module.classes.iter().enumerate().skip(BUILTIN_CLASSES) {
        write_class(out, number, class)?;
    }
    for (number, selector) in module.selectors.iter().enumerate() {
        let name = quote(&selector.name);
        let signature = signature(&selector.params, selector.result);
        writeln!(out, "selector s{number} {name} of {} {signature}", selector.owner)?;
    }
    for (number, global) in module.globals.iter().enumerate() {
        writeln!(out, "global g{number} {} {}", quote(&global.name), global.ty)?;
    }
    for (number, field) in module.storage.iter().enumerate() {
        let (name, ty) = (quote(&field.name), quote(&field.ty));
        write!(out, "storage st{number} {name} {} {ty}", field.kind.word())?;
        for (role, form) in [("key", field.key), ("value", field.value)] {
            if form != StorageForm::Bytes {
                write!(out, " {role} {}", form.word())?;
            }
        }
        writeln!(out)?;
    }
    for export in &module.exports {
        let (name, function, kind) = (quote(&export.name), export.function, export.kind.word());
        let id = export.method_id;
        writeln!(out, "export {name} {function} {kind} 0x{id:x} {}", export.row)?;
    }
    for import in &module.imports {
        let (library, name) = (hex(&import.library), quote(&import.name));
        let signature = signature(&import.params, import.result);
        writeln!(out, "import {library} {name} {signature}")?;
    }
    if !module.abi.is_empty() {
        writeln!(out, "abi {}", hex(&module.abi))?;
    }
    for (number, function) in module.functions.iter().enumerate() {
        write_function(out, module, number, function, notes)?;
    }
    Ok(())
}

fn write_class(out: &mut String, number: usize, class: &Class) -> std::fmt::Result {
    write!(out, "class c{number} {}", quote(&class.name))?;
    if let Some(superclass) = class.superclass {
        write!(out, " extends {superclass}")?;
    }
    for (at, id) in class.traits.iter().enumerate() {
        write!(out, "{}{id}", if at == 0 { " with " } else { " " })?;
    }
    writeln!(out, "{}", if class.is_abstract { " abstract" } else { "" })?;
    for field in &class.fields {
        let word = if field.mutable { "var" } else { "val" };
        writeln!(out, "  field {word} {} {}", quote(&field.name), field.ty)?;
    }
    for (selector, function) in &class.methods {
        writeln!(out, "  method {selector} {function}")?;
    }
    Ok(())
}

fn write_function(
    out: &mut String,
    module: &Module,
    number: usize,
    function: &Function,
    Notes { debug, price }: Notes<'_>,
) -> std::fmt::Result {
    let signature = signature(&function.params, function.result);
    write!(out, "\nfunction f{number} {signature} registers {}", function.registers)?;
    write!(out, " {}", function.row)?;
    match debug.and_then(|debug| debug.function_name(number)) {
        // A name from a hostile file must not break out of its comment.
        Some(name) => writeln!(out, " ; {}", name.escape_debug())?,
        None => writeln!(out)?,
    }
    let mut last_line = None;
    for (at, block) in function.blocks.iter().enumerate() {
        let live: Vec<String> =
            block.live_in.iter().map(|(reg, ty)| format!("{reg} {ty}")).collect();
        write!(out, "b{at} ({}):", live.join(", "))?;
        match price {
            Some(price) => {
                let prices = block.insts.iter().map(|inst| u64::from(price(inst.opcode())));
                writeln!(out, " ; gas {}", prices.sum::<u64>())?;
            }
            None => writeln!(out)?,
        }
        for (index, inst) in block.insts.iter().enumerate() {
            write!(out, "    {}", print_inst(inst))?;
            let mut notes = Vec::new();
            notes.extend(price.map(|price| format!("gas {}", price(inst.opcode()))));
            notes.extend(note(module, debug, inst));
            let line = debug.and_then(|debug| debug.position(number, at as u16, index as u32));
            let line = line.map(|(file, line, _)| (file.to_owned(), line));
            if line.is_some() && line != last_line {
                notes.extend(line.as_ref().map(|(f, l)| format!("{}:{l}", f.escape_debug())));
                last_line = line;
            }
            match notes.is_empty() {
                true => writeln!(out)?,
                false => writeln!(out, " ; {}", notes.join(" ; "))?,
            }
        }
    }
    Ok(())
}

/// What the number in an instruction stands for, for a reader.
fn note(module: &Module, debug: Option<&DebugInfo>, inst: &Inst) -> Option<String> {
    let mut note = None;
    inst.for_each_operand(|_, operand| {
        let found = match operand {
            Operand::Constant(id) => module.constants.get(id.index()).map(constant_text),
            Operand::Class(id) => module.class(id).map(|class| quote(&class.name)),
            Operand::Field(id) => module.field(id).map(|field| quote(&field.name)),
            Operand::Selector(id) => module.selectors.get(id.index()).map(|s| quote(&s.name)),
            Operand::Global(id) => module.globals.get(id.index()).map(|g| quote(&g.name)),
            Operand::Storage(id) => module.storage.get(id.index()).map(|s| quote(&s.name)),
            Operand::Function(id) => match id.index().checked_sub(module.functions.len()) {
                Some(import) => module.imports.get(import).map(|import| quote(&import.name)),
                None => debug.and_then(|debug| debug.function_name(id.index())).map(quote),
            },
            _ => None,
        };
        if let Some(mut text) = found {
            if text.chars().count() > 40 {
                text = text.chars().take(39).collect::<String>() + "…";
            }
            note = Some(text);
        }
    });
    note
}

/// The text of one instruction.
pub fn print_inst(inst: &Inst) -> String {
    let mut out = inst.opcode().mnemonic().to_owned();
    let mut separator = " ";
    inst.for_each_operand(|_, operand| {
        out.push_str(separator);
        separator = ", ";
        write_operand(&mut out, &operand);
    });
    out
}

fn write_operand(out: &mut String, operand: &Operand) {
    // Writing to a string cannot fail.
    let _ = match operand {
        Operand::Reg(value) => write!(out, "{value}"),
        Operand::I8(value) => write!(out, "{value}"),
        Operand::I16(value) => write!(out, "{value}"),
        Operand::U16(value) => write!(out, "{value}"),
        Operand::I32(value) => write!(out, "{value}"),
        Operand::I64(value) => write!(out, "{value}"),
        Operand::F64(bits) => write!(out, "{}", double(*bits)),
        Operand::U128(value) => write!(out, "{value}"),
        Operand::I128(value) => write!(out, "{value}"),
        Operand::Box(value) => write!(out, "{value}"),
        Operand::Class(value) => write!(out, "{value}"),
        Operand::Field(value) => write!(out, "{value}"),
        Operand::Function(value) => write!(out, "{value}"),
        Operand::Selector(value) => write!(out, "{value}"),
        Operand::Global(value) => write!(out, "{value}"),
        Operand::Storage(value) => write!(out, "{value}"),
        Operand::Host(value) => match HostInfo::by_number(*value) {
            Some(host) => write!(out, "{}", host.name),
            None => write!(out, "{value}"),
        },
        Operand::Constant(value) => write!(out, "{value}"),
        Operand::Block(value) => write!(out, "{value}"),
        Operand::Trap(value) => match value.info() {
            Some(info) => write!(out, "{}", info.name),
            None => write!(out, "t{}", value.0),
        },
        Operand::Cases(switch) => {
            let cases = switch.cases.iter().map(|(value, block)| format!(", {value} => {block}"));
            write!(out, "{}{}", switch.default, cases.collect::<String>())
        }
    };
}

/// A double that reads back with the same bits: decimal, or the bits of a NaN.
fn double(bits: u64) -> String {
    let value = f64::from_bits(bits);
    if value.is_nan() { format!("0x{bits:016x}") } else { format!("{value:?}") }
}

fn signature(params: &[ValueType], result: Option<ValueType>) -> String {
    let params: Vec<String> = params.iter().map(ValueType::to_string).collect();
    let params = params.join(", ");
    match result {
        Some(result) => format!("({params}) -> {result}"),
        None => format!("({params})"),
    }
}

fn constant_text(constant: &Constant) -> String {
    match constant {
        Constant::String(units) => quote_units(units.iter().copied()),
        Constant::Bytes(bytes) => hex(bytes),
    }
}

fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x\"{digits}\"")
}

fn quote(text: &str) -> String {
    quote_units(text.encode_utf16())
}

/// Quotes and escapes; every unit that is no plain character becomes `\uXXXX`.
fn quote_units(units: impl Iterator<Item = u16>) -> String {
    let mut out = String::from("\"");
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok('"') => out.push_str("\\\""),
            Ok('\\') => out.push_str("\\\\"),
            Ok('\n') => out.push_str("\\n"),
            Ok(c) if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            Ok(c) => out.push(c),
            Err(lone) => {
                let _ = write!(out, "\\u{:04x}", lone.unpaired_surrogate());
            }
        }
    }
    out.push('"');
    out
}
