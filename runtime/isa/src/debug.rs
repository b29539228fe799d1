//! Debug information: names and source positions, kept beside a module and keyed by its hash, so
//! that leaving it out changes no identity.

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
