//! From laid-out tokens to the tree: every statement of the file is parsed for itself, and a
//! faulty one again with its faulty part replaced by an error token.
//!
//! LALRPOP's own recovery does not know brackets: it may take a `}` inside the skipped text for
//! the end of the class. Here the range that is given up is found from the brackets: the innermost
//! statement, member or case around the error. **Guarantees:** ends after at most
//! [`ATTEMPTS_MAX`] attempts per statement; each attempt is linear.

use crate::ast::{Stat, StatKind, Unit};
use crate::build::{Builder, POSTFIX_OPERATORS, RawStat};
use crate::token::{Token, TokenKind as K};
use crate::{depth, error};
use fscc_base::limits::NESTING_DEPTH_MAX;
use fscc_base::{Crew, Diagnostic, FileId, Name, Span, codes, share_pieces};
use lalrpop_util::ParseError;

#[allow(
    missing_docs,
    unused_qualifications,
    unused_imports,
    clippy::all,
    reason = "generated code"
)]
mod grammar {
    lalrpop_util::lalrpop_mod!(pub fscala);
}

/// How often one statement is parsed again after an error.
const ATTEMPTS_MAX: usize = 20;

/// A package clause with what follows it so far.
struct Frame {
    path: Vec<crate::ast::Ident>,
    span: Span,
    stats: Vec<Stat>,
}

/// Tokens of one piece of a file: enough that handing it out costs nothing beside it. Files of
/// normal size are one piece.
const PIECE: usize = 4_000;

struct Parser<'a> {
    file: FileId,
    source: &'a str,
    builder: Builder<'a>,
    grammar: grammar::fscala::TopStatParser,
    errors: Vec<Diagnostic>,
    /// Where earlier passes reported something, ascending.
    reported: &'a [u32],
    /// Where the last token of the file ends.
    last: u32,
    /// What the parts that were given up would have defined.
    lost: Vec<Name>,
}

/// The tree of `tokens`; `earlier` are the diagnostics of the passes before, which silence syntax
/// errors in the same statement.
pub fn parse(
    file: FileId,
    source: &str,
    tokens: &[Token],
    earlier: &[Diagnostic],
    crew: &dyn Crew,
) -> (Unit, Vec<Diagnostic>) {
    let mut reported: Vec<u32> = earlier.iter().map(|diagnostic| diagnostic.span().lo).collect();
    reported.sort_unstable();
    let last = tokens.iter().map(|token| token.hi).max().unwrap_or(0);
    let parser = || Parser {
        file,
        source,
        builder: Builder::new(file, source),
        grammar: grammar::fscala::TopStatParser::new(),
        errors: Vec::new(),
        reported: &reported,
        last,
        lost: Vec::new(),
    };
    let statements: Vec<&[Token]> = statements(tokens).collect();
    let pieces = pieces(&statements, source);
    let parsed = share_pieces(crew, pieces.len(), |number| {
        let mut parser = parser();
        let stats = pieces[number].iter().map(|statement| parser.statement(statement)).collect();
        Piece::of(parser, stats)
    });
    let mut whole = parser();
    let span = Span::new(file, 0, source.len() as u32);
    let mut built = Vec::new();
    let mut raw = Vec::with_capacity(statements.len());
    for mut piece in parsed {
        raw.append(&mut piece.stats);
        whole.errors.append(&mut piece.errors);
        whole.lost.append(&mut piece.lost);
        built.append(&mut piece.built);
    }
    let stats = whole.file(raw);
    let mut diagnostics = whole.errors;
    diagnostics.append(&mut built);
    diagnostics.append(&mut whole.builder.diagnostics);
    (Unit { file, stats, span, lost: whole.lost }, diagnostics)
}

/// What comes of some statements that stand one after the other.
struct Piece {
    stats: Vec<RawStat>,
    errors: Vec<Diagnostic>,
    /// What was reported while building.
    built: Vec<Diagnostic>,
    lost: Vec<Name>,
}

impl Piece {
    fn of(parser: Parser<'_>, stats: Vec<RawStat>) -> Piece {
        let Parser { builder, errors, lost, .. } = parser;
        Piece { stats, errors, built: builder.diagnostics, lost }
    }
}

/// The statements of a file in pieces, each of which can be parsed by itself: what is numbered
/// while a statement is built is numbered within its piece. One import changes how everything
/// after it is parsed, so that a file with it stays one piece.
fn pieces<'s, 't>(statements: &'s [&'t [Token]], source: &str) -> Vec<&'s [&'t [Token]]> {
    let is_switch = |token: &Token| {
        let bytes = (token.hi - token.lo) as usize;
        bytes >= POSTFIX_OPERATORS.len()
            && bytes <= POSTFIX_OPERATORS.len() + 2
            && token.text(source).trim_matches('`') == POSTFIX_OPERATORS
    };
    if statements.iter().copied().flatten().any(is_switch) {
        return vec![statements];
    }
    let (mut pieces, mut rest) = (Vec::new(), statements);
    while !rest.is_empty() {
        let mut size = 0;
        let fits = |statement: &&&[Token]| {
            size += statement.len();
            size < PIECE
        };
        let length = rest.iter().take_while(fits).count();
        let (piece, after) = rest.split_at((length + 1).min(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

impl Parser<'_> {
    fn file(&mut self, statements: Vec<RawStat>) -> Vec<Stat> {
        let root = Frame { path: Vec::new(), span: Span::synthetic(), stats: Vec::new() };
        let mut frames = vec![root];
        for raw in statements {
            self.place(&mut frames, raw);
        }
        while frames.len() > 1 {
            if let (Some(frame), Some(outer)) = (frames.pop(), frames.last_mut()) {
                let end = frame.stats.last().map_or(frame.span, |stat| stat.span);
                let kind = StatKind::Package { path: frame.path, stats: frame.stats };
                outer.stats.push(Stat { kind, span: frame.span.to(end) });
            }
        }
        frames.pop().map(|frame| frame.stats).unwrap_or_default()
    }

    /// Puts a statement of the file where it belongs.
    fn place(&mut self, frames: &mut Vec<Frame>, raw: RawStat) {
        match raw {
            RawStat::Package(path, span) if frames.len() < NESTING_DEPTH_MAX => {
                frames.push(Frame { path, span, stats: Vec::new() });
            }
            RawStat::Package(_, span) => self.errors.push(
                Diagnostic::error(codes::NESTING_LIMIT, span, "too many package clauses")
                    .help("write one clause: `package a.b.c`"),
            ),
            raw => {
                if let RawStat::Stat(Stat { kind: StatKind::Expr(expr), span }) = &raw
                    && !matches!(expr.kind, crate::ast::ExprKind::Error)
                    && !self.is_reported(span.lo, span.hi)
                {
                    let message = "an expression cannot stand at the top level of a file";
                    self.errors.push(
                        Diagnostic::error(codes::TOP_LEVEL_EXPRESSION, *span, message)
                            .help("put it into a method, such as `@main def run() = …`"),
                    );
                }
                if let Some(frame) = frames.last_mut() {
                    let stats = std::mem::take(&mut frame.stats);
                    frame.stats = self.builder.add_stat(stats, raw);
                }
            }
        }
    }

    /// Parses one statement of the file.
    fn statement(&mut self, tokens: &[Token]) -> RawStat {
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Span::new(self.file, first.lo, last.hi),
            _ => Span::synthetic(),
        };
        let failed = || RawStat::Stat(Stat { kind: StatKind::Error, span });
        if let Some(diagnostic) = depth::check(self.file, tokens) {
            self.errors.push(diagnostic);
            self.give_up(tokens);
            return failed();
        }
        let mark = self.builder.mark();
        let mut repaired: Option<Vec<Token>> = None;
        for _ in 0..ATTEMPTS_MAX {
            let current = repaired.as_deref().unwrap_or(tokens);
            match self.attempt(current) {
                Ok(raw) => {
                    self.builder.finish_statement();
                    return raw;
                }
                Err((at, expected)) => {
                    self.builder.reset(mark);
                    let Some((start, end, kind)) = faulty_range(current, at) else {
                        self.report(current, at, 0, current.len(), &expected);
                        self.give_up(tokens);
                        return failed();
                    };
                    self.report(current, at, start, end, &expected);
                    self.give_up(&current[start..end]);
                    let mut next = current[..start].to_vec();
                    let (first, last) = (current[start], current[end - 1]);
                    next.push(Token { hi: last.hi.max(first.lo), kind, ..first });
                    next.extend_from_slice(&current[end..]);
                    repaired = Some(next);
                }
            }
        }
        failed()
    }

    /// Notes the names that these tokens would have defined: using them is no further mistake.
    fn give_up(&mut self, tokens: &[Token]) {
        for pair in tokens.windows(2) {
            let defines = matches!(
                pair[0].kind,
                K::Val | K::Var | K::Def | K::Class | K::Trait | K::Object | K::Enum | K::Type
            );
            if defines && matches!(pair[1].kind, K::Ident | K::Op) {
                self.lost.push(Name::new(pair[1].text(self.source).trim_matches('`')));
            }
        }
    }

    /// One run of the generated parser; on failure the index of the token it could not take.
    fn attempt(&mut self, tokens: &[Token]) -> Result<RawStat, (usize, Vec<String>)> {
        let mut taken = 0;
        let stream = tokens.iter().map(|token| {
            taken += 1;
            (token.lo, *token, token.hi)
        });
        match self.grammar.parse(&mut self.builder, stream) {
            Ok(raw) => Ok(raw),
            Err(ParseError::UnrecognizedToken { expected, .. }) => Err((taken - 1, expected)),
            Err(ParseError::UnrecognizedEof { expected, .. }) => Err((tokens.len(), expected)),
            Err(_) => Err((taken.saturating_sub(1), Vec::new())),
        }
    }

    /// Whether an earlier pass reported something in this range.
    fn is_reported(&self, lo: u32, hi: u32) -> bool {
        let first = self.reported.partition_point(|place| *place < lo);
        self.reported.get(first).is_some_and(|place| *place <= hi)
    }

    /// Reports the token at `at`, unless its statement is known to be faulty already.
    fn report(
        &mut self,
        tokens: &[Token],
        at: usize,
        start: usize,
        end: usize,
        expected: &[String],
    ) {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).copied();
        let behind = before.map_or(0, |token| token.hi);
        let found = match tokens.get(at).copied() {
            Some(found) if found.lo < found.hi || behind < self.last => found,
            None if behind < self.last => Token::virtual_at(K::Newline, behind),
            _ => Token::virtual_at(K::EndOfFile, behind),
        };
        let continues = matches!(found.kind, K::Else | K::Catch | K::Finally | K::Yield | K::Do);
        let after_error =
            before.is_some_and(|before| matches!(before.kind, K::ErrorStat | K::ErrorCase));
        if matches!(found.kind, K::ErrorStat | K::ErrorCase | K::Bad) || (continues && after_error)
        {
            return;
        }
        // What an earlier pass dropped may have stood just before the next statement.
        let next = tokens[end..].iter().take(2).map(|token| token.lo).max().unwrap_or(0);
        if self.is_reported(tokens[start].lo, tokens[end - 1].hi.max(found.hi).max(next)) {
            return;
        }
        let diagnostic = error::unexpected(self.file, self.source, before, found, expected);
        self.errors.push(diagnostic);
    }
}

/// The statements of a file: what newline tokens outside all brackets separate.
fn statements(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    let mut depth = 0usize;
    let separator = move |token: &Token| {
        if token.kind.is_opener() {
            depth += 1;
        } else if token.kind.is_closer() {
            depth = depth.saturating_sub(1);
        }
        depth == 0 && token.kind == K::Newline
    };
    tokens.split(separator).filter(|statement| !statement.is_empty())
}

/// A bracket around the error, with the statement or case inside it that is under way.
struct Open {
    braces: bool,
    start: usize,
    case: bool,
}

/// The range of tokens to give up for an error at `at`, and the token to put in its place: the
/// innermost statement or case that has not been given up before.
fn faulty_range(tokens: &[Token], at: usize) -> Option<(usize, usize, K)> {
    let mut open = vec![Open { braces: true, start: 0, case: false }];
    let mut previous = K::Newline;
    for (index, token) in tokens.iter().enumerate().take(at) {
        let kind = token.kind;
        if kind.is_opener() {
            open.push(Open { braces: kind == K::LBrace, start: index + 1, case: false });
        } else if kind.is_closer() {
            open.pop();
        } else if let Some(top) = open.last_mut() {
            match kind {
                K::Newline | K::CaseArrow => {
                    top.start = index + 1;
                    top.case = false;
                }
                K::Case if previous != K::Catch => {
                    top.start = index;
                    top.case = true;
                }
                K::ErrorCase => {
                    top.start = index;
                    top.case = true;
                }
                _ => {}
            }
        }
        previous = kind;
    }
    let given_up = |index: usize| {
        tokens.get(index).is_some_and(|token| matches!(token.kind, K::ErrorStat | K::ErrorCase))
    };
    while let Some(top) = open.pop() {
        if !top.braces {
            continue;
        }
        let end = statement_end(tokens, top.start, at, top.case);
        let only_error = end == top.start + 1 && given_up(top.start);
        let refused = given_up(at) && top.start <= at && end > at;
        if end > top.start && !only_error && !(refused && top.start == at) {
            let kind = if top.case { K::ErrorCase } else { K::ErrorStat };
            return Some((top.start, end, kind));
        }
    }
    None
}

/// Where the statement (or case) that starts at `start` and holds the error at `at` ends.
fn statement_end(tokens: &[Token], start: usize, at: usize, case: bool) -> usize {
    let mut depth = 0usize;
    for (index, token) in tokens.iter().enumerate().skip(start) {
        let kind = token.kind;
        if depth == 0 && (kind.is_closer() || (index >= at && index > start)) {
            let ends = match kind {
                K::Newline => !case,
                K::Case | K::ErrorCase => true,
                kind => kind.is_closer(),
            };
            if ends {
                return index;
            }
        }
        if kind.is_opener() {
            depth += 1;
        } else if kind.is_closer() {
            depth -= 1;
        }
    }
    tokens.len()
}
