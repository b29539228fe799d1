//! Helpers: running the passes, and writing a program with explicit braces.

use fscc_base::{FileId, SourceFile};
use fscc_syntax::token::{Token, TokenKind as K};
use fscc_syntax::{Parsed, brackets, layout, lexer, tag};
use std::path::{Path, PathBuf};

/// The file id that all tests use.
pub fn file_id() -> FileId {
    FileId::from_u32(0)
}

/// Parses a text.
pub fn parse(source: &str) -> Parsed {
    fscc_syntax::parse(file_id(), &SourceFile::new("test.scala", source))
}

/// The printed tree of a text that must have no errors.
pub fn tree(source: &str) -> String {
    let parsed = parse(source);
    assert!(parsed.diagnostics.is_empty(), "{source}\n{:#?}", parsed.diagnostics);
    fscc_syntax::print(&parsed.unit)
}

/// The tokens that the grammar sees.
pub fn laid_out(source: &str) -> Vec<Token> {
    let mut diagnostics = Vec::new();
    let tokens = lexer::lex(file_id(), source, &mut diagnostics);
    let tokens = brackets::balance(file_id(), source, tokens, &mut diagnostics);
    let tokens = tag::tag(file_id(), source, tokens, &mut diagnostics);
    layout::layout(file_id(), source, &tokens, &mut diagnostics)
}

/// What a token is spelled as when nothing is left to layout.
pub fn spelling<'a>(token: &Token, source: &'a str) -> &'a str {
    match token.kind {
        K::Newline => ";",
        K::LBrace => "{",
        K::RBrace => "}",
        K::Then => "then",
        K::Do => "do",
        K::WithBody => "with",
        _ => token.text(source),
    }
}

/// The program with explicit braces, semicolons and keywords instead of layout.
pub fn with_braces(source: &str) -> String {
    let tokens = laid_out(source);
    let mut text = String::new();
    let mut previous: Option<Token> = None;
    for token in tokens {
        let spelled = spelling(&token, source);
        let before = previous.map_or(K::Newline, |previous| previous.kind);
        if token.kind == K::EndMarker {
            text.push('\n');
        } else if before == K::StringPart
            && matches!(token.kind, K::Ident | K::This | K::Underscore)
        {
            text.push('$');
        } else if is_virtual(&token)
            || (is_apart(previous, &token) && !is_string_text(&token, before))
        {
            text.push(' ');
        }
        text.push_str(spelled);
        if token.kind == K::Newline {
            text.push('\n');
        }
        previous = Some(token);
    }
    text
}

/// Whether there was a blank (or a token of layout) between two tokens.
fn is_apart(previous: Option<Token>, token: &Token) -> bool {
    previous.is_some_and(|previous| previous.hi < token.lo || is_virtual(&previous))
}

/// Whether a blank before this token would change a string.
fn is_string_text(token: &Token, before: K) -> bool {
    matches!(token.kind, K::StringPart | K::InterpolationEnd) || before == K::StringPart
}

fn is_virtual(token: &Token) -> bool {
    matches!(token.kind, K::LBrace | K::RBrace | K::Then | K::Do | K::Newline | K::WithBody)
}

/// The first line on which two texts differ, for a readable failure.
pub fn first_difference(a: &str, b: &str) -> String {
    let lines = a.lines().zip(b.lines()).enumerate().find(|(_, (a, b))| a != b);
    match lines {
        Some((line, (a, b))) => format!("line {line}: {a:?} against {b:?}"),
        None => "one is longer".to_owned(),
    }
}

/// Scala sources below `folder`, in a stable order.
pub fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "scala") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every Scala source of the repository, and of the folder in `FSCC_SYNTAX_EXTRA`, if set.
pub fn repository_sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<PathBuf> =
        ["stdlib", "examples", "tests", "compiler/syntax/tests"].map(|name| root.join(name)).into();
    folders.extend(std::env::var_os("FSCC_SYNTAX_EXTRA").map(PathBuf::from));
    folders.iter().flat_map(|folder| sources(folder)).collect()
}
