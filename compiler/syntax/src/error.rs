//! The wording of syntax errors: what was found, what could stand there, what to do.
//!
//! An LR parser knows the exact set of tokens that could follow. It is folded into a few groups
//! that a person thinks in, and at most three are named.

use crate::token::{Token, TokenKind as K};
use fscc_base::{Applicability, Diagnostic, FileId, Fix, Span, codes};

/// Groups named in one message at most.
const GROUPS_MAX: usize = 3;

/// The error for an unexpected token: `found` after `previous`, where `expected` could stand.
pub fn unexpected(
    file: FileId,
    source: &str,
    previous: Option<Token>,
    found: Token,
    expected: &[String],
) -> Diagnostic {
    let span = match previous {
        _ if found.kind == K::EndOfFile => end_of_file(file, source),
        // What only a virtual token marks is shown at the token before, and so is what is missing
        // at the end of a line.
        Some(previous) if found.lo == found.hi || ends_line(source, previous, found, expected) => {
            Span::new(file, previous.lo, previous.hi)
        }
        _ => Span::new(file, found.lo, found.hi),
    };
    let groups = groups(expected);
    let what = describe(source, found);
    let message = match groups.as_slice() {
        [] => format!("unexpected {what}"),
        [one] => format!("unexpected {what}, expected {one}"),
        [many @ .., last] => {
            format!("unexpected {what}, expected {} or {last}", many.join(", "))
        }
    };
    let mut diagnostic =
        Diagnostic::error(codes::SYNTAX, span, message).because(match found.kind {
            K::EndOfFile => "the file ends here",
            _ if groups.is_empty() => "nothing of this kind can stand here",
            _ => "this is in the way",
        });
    // A condition that ends with its line, and the indented block below it.
    let is_block = found.kind == K::LBrace && found.text(source) != "{";
    if let (true, ["`then`", ..] | ["`do`", ..], Some(previous)) =
        (is_block, groups.as_slice(), previous)
    {
        let word = groups[0].trim_matches('`');
        let place = Span::new(file, previous.hi, previous.hi);
        let title = format!("add `{word}`");
        let fix = Fix::replace(Applicability::Safe, title, place, format!(" {word}"));
        diagnostic = diagnostic.fix(fix);
    }
    with_help(diagnostic, source, previous, found, expected)
}

/// The place for what is missing at the end of the file: its last character that is no blank.
pub fn end_of_file(file: FileId, source: &str) -> Span {
    let text = source.trim_end();
    let last = text.chars().next_back().map_or(0, char::len_utf8);
    Span::new(file, (text.len() - last) as u32, text.len() as u32)
}

/// Whether an expression or pattern is missing behind `previous`, rather than something wrong about
/// `found`, which begins one of the next lines.
fn ends_line(source: &str, previous: Token, found: Token, expected: &[String]) -> bool {
    let has = |name: &str| expected.iter().any(|quoted| quoted.trim_matches('"') == name);
    let operand = has("throw") || has("given") && has("_") && has("string");
    let continues = matches!(
        found.kind,
        K::Else | K::Catch | K::Finally | K::Yield | K::Do | K::Then | K::Newline
    );
    let is_separator = previous.lo == previous.hi || matches!(previous.kind, K::Newline);
    let between = source.get(previous.hi as usize..found.lo as usize).unwrap_or("");
    operand && found.first && !continues && !is_separator && between.contains('\n')
}

/// What a token is called in a message.
fn describe(source: &str, token: Token) -> String {
    let text = token.text(source);
    match token.kind {
        K::LBrace if text != "{" => "start of an indented block".to_owned(),
        K::RBrace if text.is_empty() => "end of the indented block".to_owned(),
        K::Newline if text == ";" => "`;`".to_owned(),
        K::Newline => "end of the line".to_owned(),
        K::EndOfFile => "end of the file".to_owned(),
        K::Ident | K::SelfName => format!("name `{}`", text.trim_matches('`')),
        K::Op => format!("operator `{text}`"),
        K::IntLiteral | K::FloatLiteral => format!("number `{text}`"),
        K::StringLiteral | K::StringPart | K::InterpolationStart => "string".to_owned(),
        K::CharLiteral => "character literal".to_owned(),
        kind => kind.human().to_owned(),
    }
}

/// The expected tokens, folded, the most telling first.
fn groups(expected: &[String]) -> Vec<&'static str> {
    let has = |name: &str| expected.iter().any(|quoted| quoted.trim_matches('"') == name);
    let expression = has("throw");
    let statement = has("def") && has("class");
    let pattern = !expression && has("given") && has("_") && has("string");
    let ty = !expression && !pattern && has("super");
    // After a complete operand almost anything may follow: name only what closes or goes on.
    let after_operand = has("op") && has("id") && has(".");
    let mut groups = Vec::new();
    for (name, human) in CLOSERS {
        if has(name) {
            groups.push(*human);
        }
    }
    if expression && statement {
        groups.push("a statement");
    } else if expression {
        groups.push("an expression");
    } else if statement {
        groups.push("a definition");
    }
    if pattern {
        groups.push("a pattern");
    }
    if ty {
        groups.push("a type");
    }
    let starts = expression || pattern || ty || after_operand;
    if !starts {
        if has("id") {
            groups.push("a name");
        }
        if has("case") {
            groups.push("`case`");
        }
        for (name, human) in OPENERS {
            // Where a case can come, the end of the cases is not worth naming.
            if has(name) && !statement && !(*name == "}" && has("case")) {
                groups.push(*human);
            }
        }
    }
    if has("nl") && groups.len() < GROUPS_MAX {
        groups.push("the end of the statement");
    }
    if after_operand && groups.is_empty() {
        groups.push("an operator");
    }
    groups.dedup();
    groups.truncate(GROUPS_MAX);
    groups
}

/// What goes on with or closes a construct, by terminal.
const CLOSERS: &[(&str, &str)] = &[
    ("then", "`then`"),
    ("else", "`else`"),
    ("do", "`do`"),
    ("yield", "`yield`"),
    ("while_old", "`while`"),
    ("catch", "`catch`"),
    ("finally", "`finally`"),
    ("case_arrow", "`=>`"),
    ("<-", "`<-`"),
    ("self_arrow", "`=>`"),
    (")", "`)`"),
    (")for", "`)`"),
    ("]", "`]`"),
    ("]qualifier", "`]`"),
    ("interpolation_end", "the end of the string"),
    ("part", "the end of the string"),
];

/// What else may be expected where no expression, type or pattern can start.
const OPENERS: &[(&str, &str)] = &[
    ("=", "`=`"),
    (":", "`:`"),
    ("(", "`(`"),
    ("[", "`[`"),
    ("{", "a block"),
    (".", "`.`"),
    ("=>", "`=>`"),
    ("match", "`match`"),
    ("object", "`object`"),
    ("as", "`as`"),
    ("}", "`}`"),
    (",", "`,`"),
];

/// Adds the advice that the place suggests.
fn with_help(
    diagnostic: Diagnostic,
    source: &str,
    previous: Option<Token>,
    found: Token,
    expected: &[String],
) -> Diagnostic {
    let has = |name: &str| expected.iter().any(|quoted| quoted.trim_matches('"') == name);
    let before = previous.map_or(K::Newline, |previous| previous.kind);
    if matches!(before, K::Op | K::Bar) && has("int") {
        let operator = previous.map_or("", |previous| previous.text(source));
        return diagnostic.help(format!("`{operator}` needs a right operand"));
    }
    match found.kind {
        K::Else => diagnostic.help("this `else` belongs to no open `if`: check the indentation"),
        K::Case => diagnostic.help("`case` can stand in a `match`, a `catch`, an enum or `{ … }`"),
        K::Equals if has("then") => diagnostic.help("`==` compares; `=` assigns"),
        K::LBrace if before == K::Colon => diagnostic.help("indent the lines of the block"),
        K::Newline | K::RBrace | K::EndOfFile if before == K::Equals => {
            diagnostic.help("write a value after `=`, or indent it on the next line")
        }
        K::Newline if before == K::Colon => diagnostic.help("indent the lines of the body"),
        _ if has("then") => diagnostic.help("write `if condition then …`"),
        _ => diagnostic,
    }
}
