//! Heads of definitions: which colons, arrows and `=` belong to types, where a body begins, and
//! what it is the body of.

use super::{Body, Context, Tagger};
use crate::token::{After, TokenKind as K, has_blank_line};

impl Tagger<'_, '_> {
    /// Marks the colons and arrows of types between the brackets at `open` and `close`.
    pub(super) fn mark_params(&mut self, open: usize, close: usize) {
        let mut in_type = self.kind(open) == K::LBracket;
        let mut at = open + 1;
        while at < close {
            match self.kind(at) {
                K::Colon => {
                    self.wish(at, After::InType);
                    in_type = true;
                }
                K::Arrow | K::ContextArrow if in_type => self.wish(at, After::InType),
                K::Equals => in_type = false,
                K::Comma => in_type = self.kind(open) == K::LBracket,
                kind if kind.is_opener() => at = self.partner(at),
                _ => {}
            }
            at += 1;
        }
    }

    /// Marks the arrows of the type that starts at `at`; returns where the type ends.
    pub(super) fn mark_type(&mut self, mut at: usize) -> usize {
        let start = at;
        while at < self.tokens.len() {
            let kind = self.kind(at);
            let continues = matches!(
                kind,
                K::Arrow
                    | K::ContextArrow
                    | K::TypeArrow
                    | K::Op
                    | K::Bar
                    | K::With
                    | K::Dot
                    | K::Equals
                    | K::Upper
                    | K::Lower
                    | K::Hash
            );
            if at > start && self.first(at) && self.before(at).ends_operand() && !continues {
                return at;
            }
            match kind {
                // The body of a given follows on the next line.
                K::With if self.first(at + 1) => return at + 1,
                K::Arrow | K::ContextArrow => self.wish(at, After::InType),
                K::Type if self.before(at) == K::Dot => {}
                K::Ident
                | K::Op
                | K::Bar
                | K::With
                | K::Dot
                | K::TypeArrow
                | K::Upper
                | K::Lower
                | K::Hash
                | K::At
                | K::This
                | K::Underscore
                | K::IntLiteral
                | K::FloatLiteral
                | K::CharLiteral
                | K::StringLiteral
                | K::True
                | K::False
                | K::Null
                | K::Super => {}
                kind if kind.is_opener() => at = self.partner(at),
                _ => return at,
            }
            at += 1;
        }
        at
    }

    /// An operator in the place of a name is a name.
    fn name(&mut self, index: usize) {
        if matches!(self.kind(index), K::Op | K::Bar | K::Hash | K::At) {
            self.set(index, K::Ident);
        }
    }

    pub(super) fn def_head(&mut self, index: usize) {
        self.name(index + 1);
        let mut at = index + 2;
        while matches!(self.kind(at), K::LParen | K::LBracket) {
            let close = self.partner(at);
            self.mark_params(at, close);
            at = close + 1;
        }
        if self.kind(at) == K::Colon {
            self.wish(at, After::InType);
            self.mark_type(at + 1);
        }
    }

    pub(super) fn value_head(&mut self, index: usize) {
        if matches!(self.kind(index + 2), K::Equals | K::Colon | K::Comma) {
            self.name(index + 1);
        }
        let mut at = index + 1;
        while at < self.tokens.len() {
            match self.kind(at) {
                K::Colon => {
                    self.wish(at, After::InType);
                    self.mark_type(at + 1);
                    return;
                }
                K::Ident
                | K::Op
                | K::Bar
                | K::Comma
                | K::Dot
                | K::At
                | K::Underscore
                | K::IntLiteral
                | K::StringLiteral
                | K::CharLiteral
                | K::True
                | K::False
                | K::Null
                | K::FloatLiteral => {
                    if at > index + 1 && self.first(at) && self.before(at).ends_operand() {
                        return;
                    }
                }
                kind if kind.is_opener() => at = self.partner(at),
                _ => return,
            }
            at += 1;
        }
    }

    pub(super) fn type_head(&mut self, index: usize) {
        self.name(index + 1);
        let mut at = index + 2;
        if self.kind(at) == K::LBracket {
            at = self.partner(at) + 1;
        }
        let at = self.mark_type(at);
        if self.kind(at) == K::Equals {
            self.wish(at, After::InType);
            self.mark_type(at + 1);
        }
    }

    pub(super) fn class_head(&mut self, index: usize) {
        let kind = self.kind(index);
        self.name(index + 1);
        let mut at = index + 2;
        loop {
            match self.kind(at) {
                K::LBracket | K::LParen if kind != K::Object => {
                    let close = self.partner(at);
                    self.mark_params(at, close);
                    at = close + 1;
                }
                K::Private | K::Protected if self.kind(at + 1) == K::LBracket => {
                    at = self.partner(at + 1) + 1;
                }
                K::Private | K::Protected => at += 1,
                K::At => {
                    at += 2;
                    while self.kind(at) == K::Dot {
                        at += 2;
                    }
                }
                _ => break,
            }
        }
        let body = if kind == K::Enum { Body::Enum } else { Body::Plain };
        self.parents(at, body);
    }

    /// From after the parameters of a class (or the name of a given or `new`) to its body.
    fn parents(&mut self, mut at: usize, body: Body) {
        while at < self.tokens.len() {
            let kind = self.kind(at);
            let goes_on = matches!(kind, K::Extends | K::With | K::Comma | K::Dot | K::LBrace)
                || self.text(at) == "derives";
            if self.first(at) && self.before(at).ends_operand() && !goes_on {
                return;
            }
            match kind {
                // After a blank line a brace is a statement of its own.
                K::LBrace
                    if self.first(at)
                        && has_blank_line(
                            self.source,
                            self.tokens[at - 1].hi,
                            self.tokens[at].lo,
                        ) =>
                {
                    return;
                }
                K::LBrace if matches!(self.before(at), K::Extends) => {
                    // `extends { … } with T`.
                    let close = self.partner(at);
                    if self.kind(close + 1) != K::With {
                        return self.body_at(at, body);
                    }
                    let diagnostic = crate::reject::early_initialiser(self.span(at));
                    self.diagnostics.push(diagnostic);
                    for dropped in at..=close + 1 {
                        self.drop_token(dropped);
                    }
                    at = close + 1;
                }
                K::LBrace => return self.body_at(at, body),
                K::Colon => {
                    if self.first(at + 1) {
                        self.body_at(at, body);
                    }
                    return;
                }
                K::Ident if self.text(at) == "derives" => {
                    let class = self.kind(at + 1) == K::Ident;
                    if class && !matches!(self.before(at), K::Extends | K::With | K::Comma) {
                        self.set(at, K::Derives);
                    }
                }
                K::Type if self.before(at) == K::Dot => {}
                K::Extends
                | K::With
                | K::Comma
                | K::Ident
                | K::Dot
                | K::Op
                | K::Bar
                | K::At
                | K::Hash
                | K::This => {}
                kind if kind.is_opener() => at = self.partner(at),
                _ => return,
            }
            at += 1;
        }
    }

    /// The body of a template starts at the `{` or `:` at `at`.
    fn body_at(&mut self, at: usize, body: Body) {
        if self.kind(at) == K::Colon {
            self.set(at, K::BodyColon);
        } else if self.first(at) && at > 0 {
            self.wish(at - 1, After::NoNewline);
        }
        self.body[at] = body;
        self.self_type(at + 1);
    }

    /// `self =>`, `self: T =>` at the head of a body.
    fn self_type(&mut self, at: usize) {
        if !matches!(self.kind(at), K::Ident | K::This | K::Underscore) {
            return;
        }
        let arrow = match self.kind(at + 1) {
            K::Arrow => at + 1,
            K::Colon => match self.self_arrow(at + 2) {
                Some(arrow) => arrow,
                None => return,
            },
            _ => return,
        };
        self.set(at, K::SelfName);
        self.set(arrow, K::SelfArrow);
        if arrow > at + 1 {
            self.wish(at + 1, After::InType);
        }
    }

    /// The arrow that ends the type at `at`, on the same line.
    fn self_arrow(&self, mut at: usize) -> Option<usize> {
        while at < self.tokens.len() && !self.first(at) {
            match self.kind(at) {
                K::Arrow => return Some(at),
                K::Type if self.before(at) == K::Dot => {}
                K::Ident | K::Op | K::Bar | K::With | K::Dot | K::Hash | K::This => {}
                kind if kind.is_opener() => at = self.partner(at),
                _ => return None,
            }
            at += 1;
        }
        None
    }

    pub(super) fn new_head(&mut self, index: usize) {
        let mut at = index + 1;
        if self.kind(at) == K::LBrace {
            return self.body_at(at, Body::Plain);
        }
        loop {
            self.name(at);
            at += 1;
            while self.kind(at) == K::Dot && matches!(self.kind(at + 1), K::Ident | K::Op) {
                self.name(at + 1);
                at += 2;
            }
            while matches!(self.kind(at), K::LBracket | K::LParen) && !self.first(at) {
                at = self.partner(at) + 1;
            }
            if self.kind(at) != K::With {
                break;
            }
            at += 1;
            if self.kind(at) == K::LBrace {
                break;
            }
        }
        match self.kind(at) {
            K::LBrace if !self.first(at) => self.body_at(at, Body::Plain),
            K::Colon if self.first(at + 1) => self.body_at(at, Body::Plain),
            _ => {}
        }
    }

    pub(super) fn given_head(&mut self, index: usize) {
        let before = self.before(index);
        let nested = matches!(before, K::Comma | K::Dot | K::LParen | K::For | K::At)
            || matches!(self.context.last(), Some(Context::Case | Context::For))
            || matches!(self.bracket_body(), Some(Body::Import | Body::ForHead));
        if nested {
            return;
        }
        let mut at = index + 1;
        if self.kind(at) == K::Ident {
            at += 1;
        }
        while matches!(self.kind(at), K::LBracket | K::LParen) {
            let close = self.partner(at);
            self.mark_params(at, close);
            at = close + 1;
        }
        let named = self.kind(at) == K::Colon && !self.first(at + 1);
        if named {
            self.set(index, K::GivenNamed);
            self.wish(at, After::InType);
            at += 1;
        } else {
            self.set(index, K::GivenAnonymous);
            at = index + 1;
        }
        self.given_type(at);
    }

    /// The type of a given, up to its body.
    fn given_type(&mut self, mut at: usize) {
        loop {
            at = self.mark_type(at);
            // `mark_type` passes over `with`; the one before a body ends the type.
            let last = at.saturating_sub(1);
            match self.kind(at) {
                // As `with`: the grammar would take a plain block for a refinement of the type.
                K::Colon if self.first(at + 1) => {
                    self.set(at, K::WithBody);
                    return self.self_type(at + 1);
                }
                _ if self.kind(last) == K::With => {
                    self.set(last, K::WithBody);
                    return self.self_type(at);
                }
                K::Comma => at += 1,
                _ => break,
            }
        }
        // `with { … }`: the type scan jumped over the braces.
        if self.before(at) == K::RBrace {
            let open = self.partner(at - 1);
            if self.before(open) == K::With {
                self.set(open - 1, K::WithBody);
                self.self_type(open + 1);
            }
        }
    }

    pub(super) fn import_head(&mut self, index: usize) {
        let mut at = index + 1;
        while at < self.tokens.len() {
            let ended = self.first(at) && !matches!(self.before(at), K::Comma | K::Dot);
            match self.kind(at) {
                _ if ended => return,
                K::LBrace => {
                    let close = self.partner(at);
                    self.body[at] = Body::Import;
                    for inside in at + 1..close {
                        self.import_word(inside);
                    }
                    at = close;
                }
                K::Ident | K::Op | K::Underscore => self.import_word(at),
                K::Comma | K::Dot | K::This | K::Given => {}
                _ => return,
            }
            at += 1;
        }
    }

    fn import_word(&mut self, at: usize) {
        match (self.kind(at), self.text(at)) {
            (K::Ident, "as") if matches!(self.before(at), K::Ident | K::Given) => {
                self.set(at, K::As);
            }
            (K::Op, "*") => self.set(at, K::Star),
            (K::Op, _) => self.set(at, K::Ident),
            _ => {}
        }
    }
}
