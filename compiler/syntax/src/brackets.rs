//! The bracket pass: reports brackets without partner at the place that needs mending, and repairs
//! the stream, so that all later passes see balanced brackets.
//!
//! **Guarantee:** in the result every opener has its closer and they nest. Linear time.

use crate::error;
use crate::token::{Token, TokenKind as K};
use fscc_base::{Diagnostic, FileId, Span, codes};

/// How many of the openers that the end of the file leaves open are shown.
const OPENERS_SHOWN_MAX: usize = 4;

/// The closer of this opener.
fn closer_of(kind: K) -> K {
    match kind {
        K::LParen => K::RParen,
        K::LBracket => K::RBracket,
        K::InterpolationStart => K::InterpolationEnd,
        _ => K::RBrace,
    }
}

/// Whether round and square brackets inside cannot be closed from outside.
fn is_wall(kind: K) -> bool {
    matches!(kind, K::LBrace | K::InterpolationBrace | K::InterpolationStart)
}

/// Whether a definition that cannot stand directly in round or square brackets starts with it.
fn starts_definition(kind: K) -> bool {
    matches!(kind, K::Def | K::Class | K::Trait | K::Object | K::Enum | K::Import)
}

struct Balance<'d> {
    file: FileId,
    /// Where what is missing at the end of the file is reported.
    end: Span,
    diagnostics: &'d mut Vec<Diagnostic>,
    out: Vec<Token>,
    /// Indices into `out` of the openers that wait for their closer.
    open: Vec<usize>,
    /// Open round and square brackets since each wall.
    counts: Vec<[u32; 2]>,
    /// The first `{` whose `}` stands further left than its line: the likely culprit.
    suspect: Option<Token>,
}

/// `tokens` with balanced brackets.
pub fn balance(
    file: FileId,
    source: &str,
    tokens: Vec<Token>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Token> {
    let mut pass = Balance {
        file,
        end: error::end_of_file(file, source),
        diagnostics,
        out: Vec::with_capacity(tokens.len() + 8),
        open: Vec::new(),
        counts: vec![[0, 0]],
        suspect: None,
    };
    for token in tokens {
        if token.first && starts_definition(token.kind) {
            pass.close_before_definition(token);
        }
        if token.kind.is_opener() {
            pass.push_opener(token);
        } else if token.kind.is_closer() {
            pass.close(token);
        } else {
            pass.out.push(token);
        }
    }
    pass.finish();
    pass.out
}

/// For every bracket of a balanced stream the index of its partner; for other tokens their own.
pub fn partners(tokens: &[Token]) -> Vec<u32> {
    let mut partners: Vec<u32> = (0..tokens.len() as u32).collect();
    let mut open = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.kind.is_opener() {
            open.push(index);
        } else if token.kind.is_closer()
            && let Some(opener) = open.pop()
        {
            partners[index] = opener as u32;
            partners[opener] = index as u32;
        }
    }
    partners
}

impl Balance<'_> {
    fn span(&self, token: Token) -> Span {
        Span::new(self.file, token.lo, token.hi)
    }

    fn push_opener(&mut self, token: Token) {
        if is_wall(token.kind) {
            self.counts.push([0, 0]);
        } else if let Some(counts) = self.counts.last_mut() {
            counts[usize::from(token.kind == K::LBracket)] += 1;
        }
        self.open.push(self.out.len());
        self.out.push(token);
    }

    /// Takes the innermost opener off the stack.
    fn pop(&mut self) -> Option<Token> {
        let opener = self.out[self.open.pop()?];
        if is_wall(opener.kind) {
            self.counts.pop();
        } else if let Some(counts) = self.counts.last_mut() {
            counts[usize::from(opener.kind == K::LBracket)] -= 1;
        }
        Some(opener)
    }

    /// Whether `closer` has a partner that it may reach.
    fn reaches(&self, closer: K) -> bool {
        match closer {
            K::RParen => self.counts.last().is_some_and(|counts| counts[0] > 0),
            K::RBracket => self.counts.last().is_some_and(|counts| counts[1] > 0),
            // The lexer nests braces and interpolations; only a `}` too many has no partner.
            _ => self.counts.len() > 1,
        }
    }

    fn close(&mut self, closer: Token) {
        if !self.reaches(closer.kind) {
            let text = closer.kind.human();
            let message = format!("this {text} closes nothing");
            let mut diagnostic =
                Diagnostic::error(codes::UNBALANCED_BRACKET, self.span(closer), message)
                    .help("remove it, or open it where it should begin");
            let innermost = self.open.last().map(|at| self.out[*at]);
            if let Some(opener) = innermost.filter(|opener| !is_wall(opener.kind)) {
                let text = format!("this {} is still open", opener.kind.human());
                diagnostic = diagnostic.label(self.span(opener), text);
            }
            self.diagnostics.push(diagnostic);
            return;
        }
        while let Some(opener) = self.pop() {
            if closer_of(opener.kind) == closer.kind {
                let dented = closer.first && closer.indent < opener.indent;
                if opener.kind == K::LBrace && dented && self.suspect.is_none() {
                    self.suspect = Some(opener);
                }
                break;
            }
            self.close_missing(opener, closer);
        }
        self.out.push(closer);
    }

    /// Inserts the closer of `opener`, which is missing before `found`.
    fn close_missing(&mut self, opener: Token, found: Token) {
        let closer = closer_of(opener.kind);
        self.out.push(Token::virtual_at(closer, found.lo));
        if opener.kind == K::InterpolationBrace {
            return; // The lexer reported the string.
        }
        let message = format!("found {} before {}", found.kind.human(), closer.human());
        self.diagnostics.push(
            Diagnostic::error(codes::UNBALANCED_BRACKET, self.span(found), message)
                .because(format!("{} was expected before this", closer.human()))
                .label(self.span(opener), format!("this {} is never closed", opener.kind.human()))
                .help(format!("close it with {} where it should end", closer.human())),
        );
    }

    /// A definition at the start of a line that is not indented deeper than the line of an open
    /// `(` or `[` cannot be inside it: the bracket was forgotten.
    fn close_before_definition(&mut self, definition: Token) {
        while let Some(opener) = self.open.last().map(|at| self.out[*at]) {
            if is_wall(opener.kind) || definition.indent > opener.indent {
                return;
            }
            self.pop();
            self.close_missing(opener, definition);
        }
    }

    /// Closes what is open at the end of the file.
    fn finish(&mut self) {
        let end = self.out.last().map_or(0, |token| token.hi);
        let mut culprits = Vec::new();
        while let Some(opener) = self.pop() {
            let closer = closer_of(opener.kind);
            self.out.push(Token::virtual_at(closer, end));
            if opener.kind == K::InterpolationStart || opener.kind == K::InterpolationBrace {
                continue; // The lexer reported the string.
            }
            culprits.push(match self.suspect.take() {
                Some(suspect) if opener.kind == K::LBrace => suspect,
                _ => opener,
            });
        }
        let Some(innermost) = culprits.first() else { return };
        let closer = closer_of(innermost.kind).human();
        let message = format!("the file ends, and {} is missing", closer);
        let mut diagnostic = Diagnostic::error(codes::UNBALANCED_BRACKET, self.end, message)
            .because("the end of the file");
        for culprit in culprits.iter().take(OPENERS_SHOWN_MAX) {
            let text = format!("this {} is never closed", culprit.kind.human());
            diagnostic = diagnostic.label(self.span(*culprit), text);
        }
        self.diagnostics
            .push(diagnostic.help(format!("close it with {closer} where it should end")));
    }
}
