//! The layout pass: line ends and indentation become newline tokens and braces, so that the
//! grammar knows braces only. `grammar/README.md` states the rules; the numbers here are theirs.
//!
//! It relies on the tag pass (labels, wishes) and on balanced brackets. **Guarantees:** the tokens
//! of the source keep their order; what is added is `Newline`, `{`, `}`, `then`, `do` with spans
//! between them; braces are balanced; linear time.

use crate::token::{After, Token, TokenKind as K, has_blank_line};
use fscc_base::{Applicability, Diagnostic, FileId, Fix, Span, codes};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum RegionKind {
    Top,
    /// Round or square brackets, or an interpolated string: no newline tokens.
    Paren,
    /// Braces in the source.
    Brace,
    /// Opened by deeper indentation.
    Virtual,
    /// `case` on the column of the statement that holds the `match`.
    CaseSame,
}

struct Region {
    kind: RegionKind,
    width: u32,
    /// Where the prefix of blanks of its first line starts.
    prefix: u32,
    /// The pending constructs that existed when it was opened.
    base: usize,
}

/// A construct that may go on with a keyword: its token in the output.
#[derive(Clone, Copy)]
enum Pending {
    /// `if c`, waits for `then`.
    If(usize),
    /// `if c then a`, may go on with `else`.
    IfThen(usize),
    /// Waits for `do`.
    While,
    /// Waits for `do` or `yield`.
    For,
    /// May go on with `catch` or `finally`.
    Try(usize),
    /// May go on with `finally`.
    TryCatch(usize),
}

struct Layout<'a, 'd> {
    file: FileId,
    source: &'a str,
    tokens: &'a [Token],
    diagnostics: &'d mut Vec<Diagnostic>,
    out: Vec<Token>,
    regions: Vec<Region>,
    pending: Vec<Pending>,
    /// The token before, or what was inserted after it.
    previous: Option<Token>,
    /// Whether a deeper next line opens a region.
    opens: bool,
    tabs: bool,
    tabs_reported: bool,
}

/// `tokens` with newline tokens and with braces for indentation.
pub fn layout(
    file: FileId,
    source: &str,
    tokens: &[Token],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Token> {
    let width = tokens.first().map_or(0, |token| token.indent);
    let mut pass = Layout {
        file,
        source,
        tokens,
        diagnostics,
        out: Vec::with_capacity(tokens.len() + tokens.len() / 3),
        regions: vec![Region { kind: RegionKind::Top, width, prefix: 0, base: 0 }],
        pending: Vec::new(),
        previous: None,
        opens: false,
        tabs: source.contains('\t'),
        tabs_reported: false,
    };
    for index in 0..tokens.len() {
        pass.token(index);
    }
    while pass.top().kind != RegionKind::Top {
        pass.close_virtual();
    }
    pass.drop_newline();
    pass.out
}

impl Layout<'_, '_> {
    fn top(&self) -> &Region {
        self.regions.last().expect("the region of the file is never popped")
    }

    fn token(&mut self, index: usize) {
        let token = self.tokens[index];
        if token.kind == K::Comma && self.is_trailing_comma(index) {
            return;
        }
        if token.first {
            self.line_start(index, token);
        }
        match token.kind {
            K::RParen
            | K::RBracket
            | K::RBrace
            | K::InterpolationEnd
            | K::RParenFor
            | K::RQualifier => self.close_bracket(),
            K::Comma => self.comma(),
            K::Semicolon => {
                self.newline(token.lo, token.hi);
                self.previous = Some(token);
                self.opens = false;
                return;
            }
            K::BodyColon | K::LambdaColon => return self.colon(index, token),
            K::Case => {
                self.drop_newline();
                // `catch case e => …` on one line: a `finally` may still follow.
                if self.previous.is_none_or(|previous| previous.kind != K::Catch) {
                    self.forget_pending(false);
                }
            }
            kind => self.keyword(kind),
        }
        self.emit(token);
        self.open_bracket(index, token);
        self.opens = token.kind.opens_region() && token.after != After::InType;
        match token.after {
            After::Then => self.insert(K::Then, token),
            After::Do => self.insert(K::Do, token),
            After::Region => self.opens = true,
            After::Nothing | After::NoNewline | After::InType => {}
        }
    }

    fn emit(&mut self, token: Token) {
        match token.kind {
            K::If => self.pending.push(Pending::If(self.out.len())),
            K::While => self.pending.push(Pending::While),
            K::For => self.pending.push(Pending::For),
            K::Try => self.pending.push(Pending::Try(self.out.len())),
            _ => {}
        }
        self.out.push(token);
        self.previous = Some(token);
    }

    /// Inserts the `then` or `do` that the old style leaves out.
    fn insert(&mut self, kind: K, after: Token) {
        self.keyword(kind);
        self.emit(Token::virtual_at(kind, after.hi));
        self.opens = true;
    }

    fn is_trailing_comma(&self, index: usize) -> bool {
        self.tokens.get(index + 1).is_some_and(|next| next.first && next.kind.is_closer())
    }

    // ---- regions

    fn push_region(&mut self, kind: RegionKind, width: u32, prefix: u32) {
        let base = self.pending.len();
        self.regions.push(Region { kind, width, prefix, base });
    }

    fn open_bracket(&mut self, index: usize, token: Token) {
        let kind = match token.kind {
            K::LBrace | K::InterpolationBrace => RegionKind::Brace,
            kind if kind.is_opener() => RegionKind::Paren,
            _ => return,
        };
        let width = match self.tokens.get(index + 1) {
            Some(next) if next.first => next.indent,
            _ => self.top().width,
        };
        self.push_region(kind, width, token.lo);
    }

    fn is_virtual(&self) -> bool {
        matches!(self.top().kind, RegionKind::Virtual | RegionKind::CaseSame)
    }

    /// Closes the virtual regions inside the innermost bracket, and that bracket.
    fn close_bracket(&mut self) {
        while self.is_virtual() {
            self.close_virtual();
        }
        if self.top().kind == RegionKind::Brace {
            self.drop_newline();
        }
        if self.top().kind != RegionKind::Top {
            self.pop_region();
        }
    }

    fn pop_region(&mut self) {
        if let Some(region) = self.regions.pop() {
            self.pending.truncate(region.base);
        }
    }

    fn close_virtual(&mut self) {
        self.drop_newline();
        let at = self.previous.map_or(0, |previous| previous.hi);
        self.out.push(Token::virtual_at(K::RBrace, at));
        self.pop_region();
    }

    /// Opens an indented region at `token`.
    fn open_virtual(&mut self, kind: RegionKind, token: Token) {
        self.out.push(Token::virtual_at(K::LBrace, token.lo));
        self.push_region(kind, token.indent, token.lo - token.indent.min(token.lo));
    }

    // ---- newlines

    fn newline(&mut self, lo: u32, hi: u32) {
        self.forget_pending(true);
        let blocked = matches!(
            self.out.last().map(|last| last.kind),
            None | Some(K::Newline | K::LBrace | K::InterpolationBrace | K::LParenFor)
        );
        if !blocked {
            self.out.push(Token { hi, ..Token::virtual_at(K::Newline, lo) });
        }
    }

    fn drop_newline(&mut self) {
        if self.out.last().is_some_and(|last| last.kind == K::Newline) {
            self.out.pop();
        }
    }

    /// A statement ends: its constructs do not go on. The head of a `for` does.
    fn forget_pending(&mut self, keep_for: bool) {
        let base = self.top().base;
        if keep_for && matches!(self.pending.last(), Some(Pending::For)) {
            return;
        }
        self.pending.truncate(base);
    }

    fn line_start(&mut self, index: usize, token: Token) {
        let Some(previous) = self.previous else { return };
        let (width, top) = (token.indent, self.top().width);
        self.check_tabs(token);
        if self.opens && width > top {
            return self.open_virtual(RegionKind::Virtual, token); // rule 1
        }
        if matches!(previous.kind, K::Match | K::Catch) && token.kind == K::Case && width == top {
            return self.open_virtual(RegionKind::CaseSame, token); // rule 2
        }
        if self.is_leading_infix(index, token, previous) {
            return;
        }
        let closed = self.close_dented(token); // rule 3
        if closed {
            self.check_column(token);
        }
        if self.wants_newline(token, previous, closed) && !self.missing_keyword(token, previous) {
            self.newline(previous.hi, previous.hi); // rule 4
        }
    }

    /// A condition that ends its line without `then` or `do`: reports and inserts the word, so
    /// that the lines after it are read as what they are.
    fn missing_keyword(&mut self, token: Token, previous: Token) -> bool {
        let (kind, text) = match self.pending[self.top().base..].last() {
            Some(Pending::If(_)) => (K::Then, "`then`"),
            Some(Pending::While) => (K::Do, "`do`"),
            _ => return false,
        };
        let span = Span::new(self.file, previous.lo, previous.hi);
        let message = format!("unexpected end of the line, expected {text}");
        self.diagnostics.push(
            Diagnostic::error(codes::SYNTAX, span, message)
                .because("the condition ends here")
                .help(format!("write {text} after the condition"))
                .fix(Fix::replace(
                    Applicability::Safe,
                    format!("add {text}"),
                    span.end(),
                    format!(" {}", text.trim_matches('`')),
                )),
        );
        self.insert(kind, previous);
        if token.indent > self.top().width {
            self.open_virtual(RegionKind::Virtual, token);
        }
        true
    }

    /// Rule 3: closes the regions that this line is not indented enough for.
    fn close_dented(&mut self, token: Token) -> bool {
        let mut closed = false;
        loop {
            let top = self.top();
            let ends = match top.kind {
                RegionKind::Virtual => token.indent < top.width,
                RegionKind::CaseSame => {
                    token.indent < top.width || (token.indent == top.width && token.kind != K::Case)
                }
                _ => false,
            };
            if !ends {
                return closed;
            }
            self.close_virtual();
            closed = true;
        }
    }

    /// Rule 4: whether a statement ended on the line before.
    fn wants_newline(&self, token: Token, previous: Token, closed: bool) -> bool {
        let top = self.top();
        // A definition after an unfinished expression: the statement before is faulty, not both.
        let unfinished = token.kind.starts_definition() && previous.kind.wants_operand();
        if top.kind == RegionKind::Paren
            || !(closed || unfinished || previous.kind.ends_statement())
            || !token.kind.begins_statement()
            || previous.after == After::NoNewline
        {
            return false;
        }
        // An argument list or block on a deeper line goes on with the expression.
        let continues = matches!(token.kind, K::LParen | K::LBracket | K::LBrace);
        !(continues
            && token.indent > top.width
            && !has_blank_line(self.source, previous.hi, token.lo))
    }

    /// Whether `token` is an operator that continues the expression of the line before: it is
    /// followed by an operand, no blank line stands before it, and it is not indented less than
    /// the region (unless still deeper than the region around that).
    fn is_leading_infix(&self, index: usize, token: Token, previous: Token) -> bool {
        let operator = match token.kind {
            K::Op | K::Bar => true,
            K::Ident => token.text(self.source).starts_with('`'),
            _ => false,
        };
        if !operator || has_blank_line(self.source, previous.hi, token.lo) {
            return false;
        }
        let operand = self.tokens.get(index + 1).is_some_and(|next| {
            let starts = match next.kind {
                K::Op => matches!(next.text(self.source), "+" | "-" | "!" | "~"),
                K::Bar | K::Semicolon => false,
                kind => kind.begins_statement() && !kind.starts_definition(),
            };
            let apart = if next.first { next.indent >= token.indent } else { next.lo > token.hi };
            starts && apart
        });
        let outer = self.regions.len().checked_sub(2).map(|at| self.regions[at].width);
        let inside = token.indent >= self.top().width
            || !self.is_virtual()
            || outer.is_none_or(|outer| outer < token.indent);
        operand && inside
    }

    // ---- keywords that continue a construct

    /// Commas in brackets end the regions opened inside the brackets (rule 7).
    fn comma(&mut self) {
        let real = self
            .regions
            .iter()
            .rev()
            .find(|region| !matches!(region.kind, RegionKind::Virtual | RegionKind::CaseSame));
        if real.is_some_and(|region| region.kind == RegionKind::Paren) {
            while self.is_virtual() {
                self.close_virtual();
            }
            self.forget_pending(false);
        }
    }

    /// Finds the construct that `kind` continues, closing indented regions on the way (rule 8).
    fn keyword(&mut self, kind: K) {
        let wanted: fn(&Pending) -> bool = match kind {
            K::Then => |p| matches!(p, Pending::If(_)),
            K::Else => |p| matches!(p, Pending::IfThen(_)),
            K::Do => |p| matches!(p, Pending::While | Pending::For),
            K::Yield => |p| matches!(p, Pending::For),
            K::Catch => |p| matches!(p, Pending::Try(_)),
            K::Finally => |p| matches!(p, Pending::Try(_) | Pending::TryCatch(_)),
            _ => return,
        };
        self.drop_newline();
        // Look through the indented regions first: a keyword without partner closes none of them.
        let mut end = self.pending.len();
        for closed in 0..self.regions.len() {
            let region = &self.regions[self.regions.len() - 1 - closed];
            let found = self.pending[region.base..end].iter().rposition(wanted);
            if let Some(offset) = found {
                let at = region.base + offset;
                (0..closed).for_each(|_| self.close_virtual());
                self.pending.truncate(at + 1);
                return self.continue_construct(kind);
            }
            if !matches!(region.kind, RegionKind::Virtual | RegionKind::CaseSame) {
                break;
            }
            end = region.base;
        }
        let base = self.top().base;
        self.pending.truncate(base);
    }

    /// Re-labels the first token of the innermost pending construct, which `kind` continues.
    fn continue_construct(&mut self, kind: K) {
        match (self.pending.pop(), kind) {
            (Some(Pending::If(at)), _) => self.pending.push(Pending::IfThen(at)),
            (Some(Pending::IfThen(at)), _) => self.out[at].kind = K::IfElse,
            (Some(Pending::Try(at)), K::Catch) => {
                self.out[at].kind = K::TryCatch;
                self.pending.push(Pending::TryCatch(at));
            }
            (Some(Pending::Try(at)), _) => self.out[at].kind = K::TryFinally,
            (Some(Pending::TryCatch(at)), _) => self.out[at].kind = K::TryCatchFinally,
            _ => {}
        }
    }

    // ---- colons

    /// A colon that ends its line, or that starts a lambda argument (rule 1).
    fn colon(&mut self, index: usize, token: Token) {
        let next = self.tokens[index + 1..].iter().find(|next| next.first).copied();
        let deeper = next.filter(|next| next.indent > self.top().width);
        match deeper {
            Some(next) => {
                self.out.push(Token { kind: K::LBrace, ..token });
                self.push_region(RegionKind::Virtual, next.indent, next.lo - next.indent);
                self.previous = Some(Token { kind: K::LBrace, ..token });
            }
            None => self.emit(Token { kind: K::Colon, ..token }),
        }
        self.opens = false;
    }

    // ---- columns that do not fit

    /// After a region was closed, a statement must start on a column that is in use.
    fn check_column(&mut self, token: Token) {
        let top = self.top();
        let known = top.kind == RegionKind::Paren || token.indent <= top.width;
        if known || !token.kind.begins_statement() || matches!(token.kind, K::Op | K::Bar) {
            return;
        }
        let span = Span::new(self.file, token.lo, token.hi);
        let message = "this line is indented to a column that no open block uses";
        let help = format!("indent it by {} blanks, as the block around it", top.width);
        self.diagnostics.push(Diagnostic::error(codes::INDENTATION, span, message).help(help));
    }

    /// Tabs and blanks can be compared only if one prefix starts with the other.
    fn check_tabs(&mut self, token: Token) {
        if !self.tabs || self.tabs_reported || self.top().kind != RegionKind::Virtual {
            return;
        }
        let line = |start: u32, width: u32| {
            self.source.as_bytes().get(start as usize..(start + width) as usize).unwrap_or(&[])
        };
        let here = line(token.lo.saturating_sub(token.indent), token.indent);
        let there = line(self.top().prefix, self.top().width);
        let blank = |bytes: &[u8]| bytes.iter().all(|b| matches!(b, b' ' | b'\t'));
        if blank(here) && blank(there) && !here.starts_with(there) && !there.starts_with(here) {
            self.tabs_reported = true;
            let span = Span::new(self.file, token.lo, token.hi);
            let message = "tabs and blanks are mixed so that columns cannot be compared";
            self.diagnostics.push(
                Diagnostic::error(codes::INDENTATION, span, message)
                    .help("indent with blanks only"),
            );
        }
    }
}
