//! The tag pass: re-labels tokens whose meaning depends on what stands further away than one
//! token, so that the grammar is LR(1) without conflicts.
//!
//! It relies on balanced brackets. **Guarantees:** the number and order of tokens stay the same,
//! except that tokens of refused forms are dropped; linear time (every scan ends where the next
//! construct of its kind starts, or jumps over brackets).

use crate::brackets::partners;
use crate::token::{After, Token, TokenKind as K};
use fscc_base::{Diagnostic, FileId, Span};

mod heads;
mod words;

/// What the walk is inside of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Context {
    /// A bracket that closes at this index.
    Bracket { close: usize, body: Body },
    /// The head of a `for` without brackets.
    For,
    /// The condition of a `while`.
    While,
    /// The body of a Scala 2 `do`.
    DoOld,
    /// The pattern and guard of a `case`, before the arrow.
    Case,
    /// The indented body of an enum, at this indentation.
    EnumIndent(u32),
}

/// What a bracket (or the colon of an indented body) holds, as far as a head scan found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
enum Body {
    #[default]
    Plain,
    Enum,
    ForHead,
    Import,
}

struct Tagger<'a, 'd> {
    file: FileId,
    source: &'a str,
    tokens: Vec<Token>,
    partner: Vec<u32>,
    diagnostics: &'d mut Vec<Diagnostic>,
    context: Vec<Context>,
    /// Per token: what the bracket there holds.
    body: Vec<Body>,
    /// Per token: whether it was dropped.
    dropped: Vec<bool>,
    any_dropped: bool,
    /// The index right after the last annotation.
    annotation_end: usize,
}

/// `tokens` with labels; refusals of forms that need no parsing go to `diagnostics`.
pub fn tag(
    file: FileId,
    source: &str,
    tokens: Vec<Token>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Token> {
    let count = tokens.len();
    let partner = partners(&tokens);
    let mut pass = Tagger {
        file,
        source,
        tokens,
        partner,
        diagnostics,
        context: Vec::new(),
        body: vec![Body::Plain; count],
        dropped: vec![false; count],
        any_dropped: false,
        annotation_end: usize::MAX,
    };
    let mut index = 0;
    while index < count {
        index = pass.step(index);
    }
    if pass.any_dropped {
        let mut dropped = pass.dropped.iter();
        pass.tokens.retain(|_| !dropped.next().is_some_and(|dropped| *dropped));
    }
    pass.tokens
}

impl Tagger<'_, '_> {
    /// The kind at `index`; the end of the file beyond it.
    fn kind(&self, index: usize) -> K {
        self.tokens.get(index).map_or(K::EndOfFile, |token| token.kind)
    }
    /// The kind before `index`.
    fn before(&self, index: usize) -> K {
        index.checked_sub(1).map_or(K::Newline, |index| self.kind(index))
    }
    /// Whether the token at `index` starts a line, or is beyond the end.
    fn first(&self, index: usize) -> bool {
        self.tokens.get(index).is_none_or(|token| token.first)
    }
    fn text(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| token.text(self.source))
    }
    /// The index of the partner of the bracket at `index`.
    fn partner(&self, index: usize) -> usize {
        self.partner[index] as usize
    }
    fn span(&self, index: usize) -> Span {
        let token = self.tokens[index];
        Span::new(self.file, token.lo, token.hi)
    }
    fn set(&mut self, index: usize, kind: K) {
        if let Some(token) = self.tokens.get_mut(index) {
            token.kind = kind;
        }
    }
    fn wish(&mut self, index: usize, after: After) {
        if let Some(token) = self.tokens.get_mut(index) {
            token.after = after;
        }
    }
    fn in_type(&self, index: usize) -> bool {
        self.tokens[index].after == After::InType
    }
    fn drop_token(&mut self, index: usize) {
        self.dropped[index] = true;
        self.any_dropped = true;
    }
    fn is_arrow(&self, index: usize) -> bool {
        matches!(self.kind(index), K::Arrow | K::ContextArrow)
    }

    /// Handles the token at `index`; returns the index to go on with.
    fn step(&mut self, index: usize) -> usize {
        let token = self.tokens[index];
        if token.first {
            self.leave_enum(token.indent);
        }
        match token.kind {
            kind if kind.is_opener() => self.open(index),
            kind if kind.is_closer() => self.close(index),
            K::Case => self.case(index),
            K::Arrow if self.context.last() == Some(&Context::Case) => {
                self.context.pop();
                self.set(index, K::CaseArrow);
            }
            K::If => self.if_head(index),
            K::While => self.while_head(index),
            K::For => self.for_head(index),
            K::Do | K::Yield => self.end_of_head(index),
            K::Def => self.def_head(index),
            K::Val | K::Var => self.value_head(index),
            K::Type if self.before(index) != K::Dot => self.type_head(index),
            K::Class | K::Trait | K::Object | K::Enum => self.class_head(index),
            K::Given => self.given_head(index),
            K::New => self.new_head(index),
            K::Import | K::Export => self.import_head(index),
            K::Private | K::Protected => self.qualifier(index),
            K::Colon => self.colon(index),
            K::BodyColon if self.body[index] == Body::Enum => {
                if let Some(next) = self.tokens.get(index + 1) {
                    self.context.push(Context::EnumIndent(next.indent));
                }
            }
            K::At => self.annotation(index),
            K::Ident => return self.word(index),
            K::Op | K::Bar | K::Hash => self.operator(index),
            _ => {}
        }
        index + 1
    }

    // ---- brackets

    fn open(&mut self, index: usize) {
        let close = self.partner(index);
        let before_arrow = self.is_arrow(close + 1);
        if self.kind(index) == K::LParen
            && before_arrow
            && self.context.last() != Some(&Context::Case)
        {
            self.set(index, K::LParenLambda);
            self.mark_params(index, close);
        }
        // A polymorphic lambda that starts a line is no argument list of the line before.
        if self.kind(index) == K::LBracket
            && before_arrow
            && self.tokens[index].first
            && self.before(index).ends_operand()
        {
            self.set(index, K::LBracketLambda);
        }
        self.context.push(Context::Bracket { close, body: self.body[index] });
    }

    fn close(&mut self, index: usize) {
        while let Some(context) = self.context.pop() {
            if matches!(context, Context::Bracket { close, .. } if close == index) {
                break;
            }
        }
    }

    /// What the innermost bracket holds, if nothing else is pending inside it.
    fn bracket_body(&self) -> Option<Body> {
        match self.context.last() {
            Some(Context::Bracket { body, .. }) => Some(*body),
            _ => None,
        }
    }

    /// A line that is indented less than the body of an enum ends that body.
    fn leave_enum(&mut self, indent: u32) {
        const LOOK_BACK: usize = 16;
        let inner = self.context.len().saturating_sub(LOOK_BACK);
        for at in (inner..self.context.len()).rev() {
            match self.context[at] {
                Context::Bracket { .. } => return,
                Context::EnumIndent(width) if indent < width => self.context.truncate(at),
                _ => {}
            }
        }
    }

    // ---- case, if, while, for

    fn case(&mut self, index: usize) {
        if matches!(self.kind(index + 1), K::Class | K::Object) {
            return self.set(index, K::CaseClass);
        }
        let token = self.tokens[index];
        // A pending pattern without arrow, or an unfinished head, ends at the next `case`.
        while self.context.last() == Some(&Context::Case) {
            self.context.pop();
        }
        match self.context.last() {
            Some(Context::EnumIndent(width)) if !token.first || token.indent == *width => {
                self.set(index, K::EnumCase);
            }
            Some(Context::Bracket { body: Body::Enum, .. }) => self.set(index, K::EnumCase),
            Some(Context::For | Context::Bracket { body: Body::ForHead, .. }) => {
                self.set(index, K::ForCase);
            }
            _ => self.context.push(Context::Case),
        }
    }

    fn if_head(&mut self, index: usize) {
        let before = self.before(index);
        let operand = before.ends_operand();
        match self.context.last() {
            Some(Context::Case) => return self.set(index, K::GuardIf),
            Some(Context::For | Context::Bracket { body: Body::ForHead, .. })
                if operand || matches!(before, K::Semicolon | K::LBrace | K::LParenFor) =>
            {
                return self.set(index, K::GuardIf);
            }
            _ => {}
        }
        if let Some(close) = self.old_head(index, K::Then) {
            self.wish(close, After::Then);
        }
    }

    fn while_head(&mut self, index: usize) {
        if self.context.last() == Some(&Context::DoOld) {
            self.context.pop();
            return self.set(index, K::WhileOfDo);
        }
        match self.old_head(index, K::Do) {
            Some(close) => self.wish(close, After::Do),
            None => self.context.push(Context::While),
        }
    }

    /// Whether the construct at `index` has its condition in parentheses and no `end` keyword
    /// after it: the index of the closing parenthesis.
    fn old_head(&self, index: usize, end: K) -> Option<usize> {
        if self.kind(index + 1) != K::LParen {
            return None;
        }
        let close = self.partner(index + 1);
        let mut at = close + 1;
        loop {
            let kind = self.kind(at);
            if kind == end {
                return None;
            }
            let condition = matches!(
                kind,
                K::Ident
                    | K::Op
                    | K::Bar
                    | K::Dot
                    | K::Match
                    | K::Underscore
                    | K::This
                    | K::IntLiteral
                    | K::FloatLiteral
                    | K::CharLiteral
                    | K::StringLiteral
                    | K::True
                    | K::False
                    | K::Null
                    | K::Colon
                    | K::New
            );
            let bracket = kind.is_opener() && !(at == close + 1 && kind == K::LBrace);
            if !condition && !bracket {
                return Some(close);
            }
            // What follows the parenthesis directly continues it only if it can.
            if at == close + 1
                && !matches!(kind, K::Ident | K::Op | K::Bar | K::Dot | K::Match)
                && !bracket
            {
                return Some(close);
            }
            // A new line continues the condition only with an operator, a dot or a bracket.
            let continues = matches!(kind, K::Op | K::Bar | K::Dot | K::Match);
            if self.first(at) && !continues && self.before(at).ends_operand() {
                return Some(close);
            }
            at = if bracket { self.partner(at) + 1 } else { at + 1 };
        }
    }

    fn for_head(&mut self, index: usize) {
        let open = index + 1;
        let close = match self.kind(open) {
            K::LBrace => self.partner(open),
            K::LParen if self.has_generator(open) => self.partner(open),
            _ => return self.context.push(Context::For),
        };
        self.body[open] = Body::ForHead;
        if self.kind(open) == K::LParen {
            self.set(open, K::LParenFor);
            self.set(close, K::RParenFor);
        }
        if matches!(self.kind(close + 1), K::Do | K::Yield) {
            self.context.push(Context::For);
        } else {
            self.wish(close, After::Do);
        }
    }

    /// Whether `<-` stands directly inside the parenthesis at `open`.
    fn has_generator(&self, open: usize) -> bool {
        let close = self.partner(open);
        let mut at = open + 1;
        while at < close {
            match self.kind(at) {
                K::LeftArrow => return true,
                kind if kind.is_opener() => at = self.partner(at),
                _ => {}
            }
            at += 1;
        }
        false
    }

    fn end_of_head(&mut self, index: usize) {
        match (self.context.last(), self.kind(index)) {
            (Some(Context::For), _) | (Some(Context::While), K::Do) => {
                self.context.pop();
            }
            (_, K::Do) => {
                self.context.push(Context::DoOld);
                self.set(index, K::DoOld);
            }
            _ => {}
        }
    }

    // ---- colons, annotations, qualifiers

    /// A colon at the end of its line opens a body or a block argument; a colon before a lambda
    /// whose arrow ends the line opens a block argument.
    fn colon(&mut self, index: usize) {
        if self.in_type(index) || !self.before(index).ends_operand() {
            return;
        }
        let next = index + 1;
        if self.first(next) {
            if self.context.last() != Some(&Context::Case) {
                self.set(index, K::BodyColon);
            }
            return;
        }
        let arrow = match self.kind(next) {
            K::Ident | K::Underscore => next + 1,
            K::LParen | K::LBracket => self.partner(next) + 1,
            _ => return,
        };
        let ends_line = self.is_arrow(arrow) && self.first(arrow + 1);
        if ends_line && arrow + 1 < self.tokens.len() && self.context.last() != Some(&Context::Case)
        {
            self.set(index, K::LambdaColon);
        }
    }

    /// A line that holds only annotations ends in no newline token.
    fn annotation(&mut self, index: usize) {
        let before = self.before(index);
        let starts = self.tokens[index].first
            || index == self.annotation_end
            || !(before.ends_operand() || before == K::Colon);
        if !starts {
            return;
        }
        let mut at = index + 2;
        while self.kind(at) == K::Dot {
            at += 2;
        }
        while matches!(self.kind(at), K::LParen | K::LBracket) && !self.first(at) {
            at = self.partner(at) + 1;
        }
        if at < self.tokens.len() && self.first(at) {
            self.wish(at - 1, After::NoNewline);
        }
        self.annotation_end = at;
    }

    /// `private[p]`: the brackets get labels of their own.
    fn qualifier(&mut self, index: usize) {
        let open = index + 1;
        if self.kind(open) == K::LBracket {
            let close = self.partner(open);
            self.set(open, K::LQualifier);
            self.set(close, K::RQualifier);
            self.wish(close, After::NoNewline);
        }
    }
}
