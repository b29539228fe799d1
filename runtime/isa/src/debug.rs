//! Debug information: names and source positions, kept beside a module and keyed by its hash, so
//! that leaving it out changes no identity.

use crate::limits::{FUNCTION_INSTRUCTIONS_MAX, FUNCTIONS_MAX, NAME_BYTES_MAX, REGISTERS_MAX};
use crate::wire::{DecodeError, Reader, Writer};

/// Where an instruction comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Position {
    /// Index in [`DebugInfo::files`].
    pub file: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// A place in a function from which on instructions come from one position.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// Block.
    pub block: u16,
    /// Index of the instruction in the block.
    pub inst: u32,
    /// Position.
    pub position: Position,
}

/// Debug information of a function.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct FunctionDebug {
    /// Full name.
    pub name: String,
    /// Spans, strictly ascending by (block, inst). A span reaches up to the next one of its block.
    pub spans: Vec<Span>,
    /// Names of registers: (register, name).
    pub registers: Vec<(u8, String)>,
}

/// Debug information of a module.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct DebugInfo {
    /// Hash of the module.
    pub code_hash: [u8; 32],
    /// Source files.
    pub files: Vec<String>,
    /// One for each function.
    pub functions: Vec<FunctionDebug>,
}

impl DebugInfo {
    /// The name of a function.
    pub fn function_name(&self, function: usize) -> Option<&str> {
        self.functions.get(function).map(|f| f.name.as_str()).filter(|name| !name.is_empty())
    }

    /// File, line and column of an instruction.
    pub fn position(&self, function: usize, block: u16, inst: u32) -> Option<(&str, u32, u32)> {
        let spans = &self.functions.get(function)?.spans;
        let after = spans.partition_point(|span| (span.block, span.inst) <= (block, inst));
        let span = spans[..after].last().filter(|span| span.block == block)?;
        let file = self.files.get(span.position.file as usize)?;
        Some((file, span.position.line, span.position.column))
    }
}

/// The first bytes of encoded debug information.
pub const MAGIC: &[u8; 4] = b"FVMD";
const FORMAT: u16 = 2;

impl DebugInfo {
    /// The bytes: positions as differences, so that most take a few bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Writer::default();
        out.bytes.extend_from_slice(MAGIC);
        out.u16(FORMAT);
        out.bytes.extend_from_slice(&self.code_hash);
        out.count(self.files.len());
        for file in &self.files {
            out.text(file);
        }
        out.count(self.functions.len());
        for function in &self.functions {
            out.text(&function.name);
            out.count(function.spans.len());
            let mut last = Span::START;
            for span in &function.spans {
                write_span(&mut out, last, *span);
                last = *span;
            }
            out.count(function.registers.len());
            for (register, name) in &function.registers {
                out.u8(*register);
                out.text(name);
            }
        }
        out.bytes
    }

    /// From bytes; total on any bytes.
    pub fn decode(bytes: &[u8]) -> Result<DebugInfo, DecodeError> {
        let mut input = Reader::new(bytes);
        let input = &mut input;
        if input.take(4).ok() != Some(MAGIC.as_slice()) {
            return Err(input.error("the first bytes are not `FVMD`"));
        }
        let format = input.u16()?;
        if format != FORMAT {
            return Err(input.error(format!("debug format {format}, only {FORMAT} is known")));
        }
        let mut debug = DebugInfo::default();
        debug.code_hash.copy_from_slice(input.take(32)?);
        for _ in 0..input.count("files", FILES_MAX, 1)? {
            debug.files.push(input.text("bytes of a file name", NAME_BYTES_MAX)?);
        }
        for _ in 0..input.count("functions", FUNCTIONS_MAX, 3)? {
            debug.functions.push(read_function(input)?);
        }
        if input.remaining() > 0 {
            return Err(input.error("bytes after the end"));
        }
        Ok(debug)
    }
}

const FILES_MAX: usize = 65_536;

impl Span {
    const START: Span =
        Span { block: 0, inst: 0, position: Position { file: 0, line: 0, column: 0 } };
}

fn read_function(input: &mut Reader<'_>) -> Result<FunctionDebug, DecodeError> {
    let mut function = FunctionDebug {
        name: input.text("bytes of a name", NAME_BYTES_MAX)?,
        ..FunctionDebug::default()
    };
    let mut last = Span::START;
    for _ in 0..input.count("spans", FUNCTION_INSTRUCTIONS_MAX, 5)? {
        last = read_span(input, last)?;
        function.spans.push(last);
    }
    for _ in 0..input.count("register names", REGISTERS_MAX, 2)? {
        let register = input.u8()?;
        function.registers.push((register, input.text("bytes of a name", NAME_BYTES_MAX)?));
    }
    Ok(function)
}

fn write_span(out: &mut Writer, last: Span, span: Span) {
    let block = u32::from(span.block).wrapping_sub(u32::from(last.block));
    out.number(block);
    out.number(if block == 0 { span.inst.wrapping_sub(last.inst) } else { span.inst });
    write_difference(out, last.position.file, span.position.file);
    write_difference(out, last.position.line, span.position.line);
    write_difference(out, last.position.column, span.position.column);
}

fn read_span(input: &mut Reader<'_>, last: Span) -> Result<Span, DecodeError> {
    let step = input.number()?;
    let block = u32::from(last.block).wrapping_add(step);
    let block = u16::try_from(block).map_err(|_| input.error("a block number is too large"))?;
    let inst = input.number()?;
    Ok(Span {
        block,
        inst: if step == 0 { last.inst.wrapping_add(inst) } else { inst },
        position: Position {
            file: read_difference(input, last.position.file)?,
            line: read_difference(input, last.position.line)?,
            column: read_difference(input, last.position.column)?,
        },
    })
}

fn write_difference(out: &mut Writer, from: u32, to: u32) {
    out.signed(to.wrapping_sub(from) as i32);
}

fn read_difference(input: &mut Reader<'_>, from: u32) -> Result<u32, DecodeError> {
    Ok(from.wrapping_add_signed(input.signed()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(block: u16, inst: u32, line: u32, column: u32) -> Span {
        Span { block, inst, position: Position { file: 0, line, column } }
    }

    fn sample() -> DebugInfo {
        let spans = vec![span(0, 0, 3, 5), span(0, 4, 2, 70_000), span(2, 1, u32::MAX, 1)];
        let function =
            FunctionDebug { name: "Main.main".into(), spans, registers: vec![(0, "n".into())] };
        DebugInfo {
            code_hash: [7; 32],
            files: vec!["Main.scala".into()],
            functions: vec![function, FunctionDebug::default()],
        }
    }

    #[test]
    fn debug_information_reads_back() {
        let debug = sample();
        assert_eq!(DebugInfo::decode(&debug.encode()), Ok(debug));
    }

    #[test]
    fn positions_reach_to_the_next_span_of_the_block() {
        let debug = sample();
        assert_eq!(debug.position(0, 0, 3), Some(("Main.scala", 3, 5)));
        assert_eq!(debug.position(0, 0, 9), Some(("Main.scala", 2, 70_000)));
        assert_eq!(debug.position(0, 1, 0), None);
        assert_eq!(debug.position(0, 2, 0), None);
        assert_eq!(debug.position(5, 0, 0), None);
        assert_eq!(debug.function_name(0), Some("Main.main"));
    }

    #[test]
    fn every_cut_and_every_changed_byte_is_survived() {
        let bytes = sample().encode();
        for end in 0..bytes.len() {
            assert!(DebugInfo::decode(&bytes[..end]).is_err());
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0xff;
            let _ = DebugInfo::decode(&changed);
        }
    }
}
