//! The reference page of the instruction set, printed from the tables.

use crate::host::HOSTS;
use crate::limits::{LIMITS, Limit};
use crate::opcode::{ALL, Kind, Opcode, OperandInfo, Role};
use crate::row::Row;
use crate::trap::TRAPS;
use crate::types::BUILTIN_CLASS_NAMES;
use std::fmt::Write;

const INTRODUCTION: &str = "\
# The instruction set

Printed from the table in `runtime/isa/src/table.rs` (a test compares; run it with `FVM_UPDATE=1`
to write this page anew). How the machine works is told in [machine.md](machine.md), what
instructions cost in [gas.md](gas.md).

On the wire an instruction is the opcode byte; then its registers, packed into as few bytes as
they fit, low bits first, in as many bits each (4 to 8) as the last register of the function needs;
then everything else in order. Numbers of things and immediates of 16 and 32 bits take seven bits a
byte, the sign in the lowest bit; larger immediates are their length and as many bytes, of doubles
those in front; immediates of 8 bits take one. Nothing takes more bytes than it needs, and unused
bits are zero.

`def` writes a register, `arg` reads one, `window` is the first register of a call window
(arguments from there on, the result there; all registers from there on are lost), the rest are
immediates and numbers of things. Registers are r0 to r255.

Types that another operand decides: `same` is the type of the other register; `class` a reference
to the class named, or below it; `field`, `global`, `unboxed` the type of what is named; `array`
any array; `result` the result type of the function; `null` fits every reference.
";

/// The page.
pub fn page() -> String {
    let mut out = INTRODUCTION.to_owned();
    // Writing to a string cannot fail.
    let _ = write_page(&mut out);
    out
}

fn write_page(out: &mut String) -> std::fmt::Result {
    writeln!(out, "\n## Instructions\n")?;
    writeln!(out, "| byte | instruction | effect | cost | |\n|---|---|---|---|---|")?;
    for opcode in ALL {
        let info = opcode.info();
        let doc = info.doc.replace('|', "\\|");
        let text = syntax(*opcode);
        let (byte, effect, cost) = (opcode.byte(), info.effect, info.cost.word());
        writeln!(out, "| `{byte:02x}` | `{text}` | {effect:?} | {cost} | {doc} |")?;
    }
    writeln!(out, "\n## Host functions\n")?;
    writeln!(out, "| number | function | row | |\n|---|---|---|---|")?;
    for host in HOSTS {
        let operands: Vec<String> = host.operands.iter().map(|kind| word(*kind)).collect();
        let result = host.result.map_or(String::new(), |kind| format!(" -> {}", word(kind)));
        let row = if host.row == Row::PURE { String::new() } else { host.row.to_string() };
        let text = format!("{}({}){result}", host.name, operands.join(", "));
        writeln!(out, "| {} | `{text}` | {row} | {} |", host.number.0, host.doc)?;
    }
    writeln!(out, "\n## Trap codes\n")?;
    writeln!(out, "| code | name | caught | |\n|---|---|---|---|")?;
    for trap in TRAPS {
        let caught = if trap.code.is_catchable() { "yes" } else { "no" };
        writeln!(out, "| {} | {} | {caught} | {} |", trap.code.0, trap.name, trap.doc)?;
    }
    writeln!(out, "\n## Limits of a module\n\n| limit | at most | |\n|---|---|---|")?;
    for Limit { name, what, max } in LIMITS {
        writeln!(out, "| `{name}` | {max} | {what} |")?;
    }
    writeln!(out, "\n## Built-in classes\n\n| number | class |\n|---|---|")?;
    for (number, name) in BUILTIN_CLASS_NAMES.iter().enumerate() {
        writeln!(out, "| c{number} | {name} |")?;
    }
    Ok(())
}

fn syntax(opcode: Opcode) -> String {
    let operand = |info: &OperandInfo| match info.role {
        Role::imm => format!("{}: {}", info.name, word(info.kind)),
        Role::to if info.name == word(info.kind) => info.name.to_owned(),
        Role::to => format!("{}: {}", info.name, word(info.kind)),
        role => format!("{}: {role:?} {}", info.name, word(info.kind)),
    };
    let operands: Vec<String> = opcode.info().operands.iter().map(operand).collect();
    format!("{} {}", opcode.mnemonic(), operands.join(", ")).trim_end().to_owned()
}

fn word(kind: Kind) -> String {
    match kind {
        Kind::boxed => "box".to_owned(),
        kind => format!("{kind:?}"),
    }
}
