//! Text to tree: tokens, layout, grammar, syntax tree.
//!
//! ```text
//! source -> lexer -> brackets -> tag -> layout -> depth -> grammar (LALRPOP) -> ast::Unit
//! ```
//!
//! Everything that is context-sensitive in Scala is decided between lexer and grammar, by passes
//! from tokens to tokens; the grammar knows braces and newline tokens only. It relies on
//! `fscc-base` alone; it resolves no names and knows no types. **Guarantees:** any text gives a
//! tree and diagnostics, never a panic; time is linear in the text for a file without errors; the
//! tree's depth is bounded (see `ast`).

pub mod ast;
pub mod brackets;
mod build;
mod depth;
mod error;
pub mod layout;
pub mod lexer;
pub mod operators;
mod parser;
pub mod portable;
mod print;
mod reject;
pub mod tag;
pub mod token;

pub use print::print;

use fscc_base::limits::{ERRORS_PER_FILE_MAX, SOURCE_BYTES_MAX};
use fscc_base::{Alone, Crew, Diagnostic, FileId, SourceFile, Span, codes};
use token::Token;

/// What parsing a file gives.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The tree; where parsing failed it has `Error` nodes.
    pub unit: ast::Unit,
    /// What is wrong, in source order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses `file`.
pub fn parse(file_id: FileId, file: &SourceFile) -> Parsed {
    parse_shared(file_id, file, &Alone)
}

/// Parses `file`; the crew shares its statements if there are many. The tree does not depend on
/// who the crew is.
pub fn parse_shared(file_id: FileId, file: &SourceFile, crew: &dyn Crew) -> Parsed {
    let (tokens, mut diagnostics) = laid_out(file_id, &file.text);
    let (unit, mut errors) = parser::parse(file_id, &file.text, &tokens, &diagnostics, crew);
    diagnostics.append(&mut errors);
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span(), diagnostic.code));
    // Two findings at one place are one mistake: the first code is the more basic one.
    diagnostics.dedup_by_key(|diagnostic| diagnostic.span());
    diagnostics.truncate(ERRORS_PER_FILE_MAX);
    Parsed { unit, diagnostics }
}

/// The tokens that the grammar sees, and what the passes before it report.
fn laid_out(file: FileId, source: &str) -> (Vec<Token>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    if source.len() > SOURCE_BYTES_MAX {
        let message = format!("the file is larger than {SOURCE_BYTES_MAX} bytes");
        let span = Span::new(file, 0, 0);
        diagnostics.push(
            Diagnostic::error(codes::NESTING_LIMIT, span, message)
                .because("the limit is SOURCE_BYTES_MAX")
                .help("split it into files"),
        );
        return (Vec::new(), diagnostics);
    }
    let tokens = lexer::lex(file, source, &mut diagnostics);
    let tokens = brackets::balance(file, source, tokens, &mut diagnostics);
    let tokens = tag::tag(file, source, tokens, &mut diagnostics);
    let tokens = layout::layout(file, source, &tokens, &mut diagnostics);
    (tokens, diagnostics)
}

/// The laid-out tokens as text, one a line: what `--emit tokens` prints.
pub fn tokens(file_id: FileId, file: &SourceFile) -> String {
    let (tokens, _) = laid_out(file_id, &file.text);
    let mut text = String::new();
    for token in tokens {
        let place = file.line_column(token.lo);
        let (line, column, name) = (place.line, place.column, token.kind.name());
        let spelled = token.text(&file.text);
        text.push_str(&format!("{line}:{column} {name} {spelled:?}\n"));
    }
    text
}
