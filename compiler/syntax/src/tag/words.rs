//! Words and operators whose role depends on their place: soft keywords, wildcards, splices, and
//! operators that stand where an operand is expected.

use super::{Body, Context, Tagger};
use crate::token::TokenKind as K;

/// How many soft modifiers in a row are looked at.
const SOFT_MODIFIERS_MAX: usize = 8;

impl Tagger<'_, '_> {
    /// An identifier at `index`: is it a soft keyword? Returns the index to go on with.
    pub(super) fn word(&mut self, index: usize) -> usize {
        let text = self.text(index);
        // Most names are none of them: look at the length and the first letter only.
        if text.len() > 11 || !text.starts_with(['a', 'e', 'f', 'i', 'm', 'o', 't', 'u', '$']) {
            return index + 1;
        }
        let soft = match text {
            "inline" => Some(K::Inline),
            "transparent" => Some(K::Transparent),
            "opaque" => Some(K::Opaque),
            "open" => Some(K::Open),
            "infix" => Some(K::Infix),
            _ => None,
        };
        if self.before(index) == K::At {
            return index + 1;
        }
        if let Some(kind) = soft {
            if self.before(index) != K::Dot && self.is_modifier(index) {
                self.set(index, kind);
            } else if kind == K::Inline && self.is_inline_expression(index) {
                self.set(index, K::InlineExpr);
            }
            return index + 1;
        }
        match text {
            "using" if self.is_using(index) => self.set(index, K::Using),
            "extension" if self.is_extension(index) => self.extension(index),
            "end" if self.is_end_marker(index) => {
                self.set(index, K::EndMarker);
                self.set(index + 1, K::Ident);
                return index + 2;
            }
            "as" if self.is_context_name(index) => self.set(index, K::As),
            "forSome" if self.kind(index + 1) == K::LBrace => self.set(index, K::ForSome),
            "macro" if self.before(index) == K::Equals && self.kind(index + 1) == K::Ident => {
                let diagnostic = crate::reject::scala2_macro(self.span(index));
                self.diagnostics.push(diagnostic);
                self.drop_token(index);
            }
            "$" if self.kind(index + 1) == K::LBrace
                && self.tokens[index].hi == self.tokens[index + 1].lo =>
            {
                let diagnostic = crate::reject::splice(self.span(index));
                self.diagnostics.push(diagnostic);
            }
            _ => {}
        }
        index + 1
    }

    /// Whether the soft modifier at `index` stands before a definition or a parameter.
    fn is_modifier(&self, index: usize) -> bool {
        // On the line of what needs an operand it is that operand, whatever the next line begins.
        if !self.tokens[index].first
            && matches!(
                self.before(index),
                K::Equals | K::Op | K::Arrow | K::CaseArrow | K::Then | K::Else | K::Do | K::Yield
            )
        {
            return false;
        }
        for at in index + 1..index + 1 + SOFT_MODIFIERS_MAX {
            match self.kind(at) {
                K::Def
                | K::Val
                | K::Var
                | K::Type
                | K::Class
                | K::Trait
                | K::Object
                | K::Enum
                | K::Given
                | K::Private
                | K::Protected
                | K::Abstract
                | K::Final
                | K::Sealed
                | K::Implicit
                | K::Lazy
                | K::Override
                | K::CaseClass => return true,
                K::Case => return matches!(self.kind(at + 1), K::Class | K::Object),
                K::Ident => match self.text(at) {
                    "inline" | "transparent" | "opaque" | "open" | "infix" => {}
                    _ => {
                        // `(inline x: T)`
                        let before = self.before(index);
                        return at == index + 1
                            && self.text(index) == "inline"
                            && self.kind(at + 1) == K::Colon
                            && matches!(
                                before,
                                K::LParen | K::LParenLambda | K::Comma | K::Using | K::Implicit
                            );
                    }
                },
                _ => return false,
            }
        }
        false
    }

    /// `inline if`, `inline x match`.
    fn is_inline_expression(&self, index: usize) -> bool {
        if !self.tokens[index].first && self.before(index).ends_operand() {
            return false;
        }
        let mut at = index + 1;
        match self.kind(at) {
            K::If => return true,
            K::Ident | K::This | K::LParen | K::IntLiteral | K::StringLiteral => {}
            _ => return false,
        }
        while at < self.tokens.len() && !self.first(at) {
            match self.kind(at) {
                K::Match => return true,
                K::Ident | K::Dot | K::This | K::IntLiteral | K::StringLiteral => {}
                kind if kind.is_opener() => at = self.partner(at),
                _ => return false,
            }
            at += 1;
        }
        false
    }

    fn is_using(&self, index: usize) -> bool {
        matches!(self.before(index), K::LParen | K::LParenLambda)
            && !matches!(
                self.kind(index + 1),
                K::Colon
                    | K::Equals
                    | K::RParen
                    | K::Comma
                    | K::Dot
                    | K::Arrow
                    | K::ContextArrow
                    | K::Op
                    | K::Bar
            )
    }

    /// Whether the token at `index` may be the first of a statement.
    fn starts_statement(&self, index: usize) -> bool {
        self.tokens[index].first
            || matches!(
                self.before(index),
                K::Newline
                    | K::LBrace
                    | K::RBrace
                    | K::Semicolon
                    | K::BodyColon
                    | K::CaseArrow
                    | K::Equals
                    | K::WithBody
            )
    }

    fn is_extension(&self, index: usize) -> bool {
        if !self.starts_statement(index) {
            return false;
        }
        match self.kind(index + 1) {
            K::LBracket => true,
            // `extension (x: T)` against a call of a method with this name.
            K::LParen => {
                let close = self.partner(index + 1);
                let mut at = index + 2;
                while at < close {
                    match self.kind(at) {
                        K::Colon => return true,
                        kind if kind.is_opener() => at = self.partner(at),
                        _ => {}
                    }
                    at += 1;
                }
                self.text(index + 2) == "using"
            }
            _ => false,
        }
    }

    fn extension(&mut self, index: usize) {
        self.set(index, K::Extension);
        let mut at = index + 1;
        while matches!(self.kind(at), K::LParen | K::LBracket) {
            let close = self.partner(at);
            self.mark_params(at, close);
            at = close + 1;
        }
        self.wish(at - 1, crate::token::After::Region);
    }

    /// `end x` alone on its line.
    fn is_end_marker(&self, index: usize) -> bool {
        self.tokens[index].first
            && !self.first(index + 1)
            && (self.first(index + 2)
                || self.kind(index + 2).is_closer()
                || self.kind(index + 2) == K::Semicolon)
            && matches!(
                self.kind(index + 1),
                K::Ident | K::Op | K::If | K::While | K::For | K::Match | K::Try | K::New | K::This
                    | K::Given | K::Val
            )
            // After an operator or keyword the line is part of an expression.
            && (self.before(index).ends_statement()
                || self.before(index).is_closer()
                || matches!(self.before(index), K::Newline | K::Semicolon))
    }

    /// `as` in a context bound: `[T: Ord as ord]`.
    fn is_context_name(&self, index: usize) -> bool {
        self.before(index).ends_operand()
            && self.kind(index + 1) == K::Ident
            && matches!(self.kind(index + 2), K::Comma | K::RBracket | K::RBrace | K::Colon)
            && matches!(self.context.last(), Some(Context::Bracket { close, body: Body::Plain })
                if matches!(self.kind(*close), K::RBracket | K::RBrace))
    }

    /// A symbolic name at `index`: an operator, an operand, or something of its own?
    pub(super) fn operator(&mut self, index: usize) {
        let before = self.before(index);
        let next = self.kind(index + 1);
        let in_brackets = matches!(self.context.last(), Some(Context::Bracket { close, .. })
            if self.kind(*close) == K::RBracket);
        if before == K::Dot {
            return self.set(index, K::Ident);
        }
        if self.kind(index) == K::Hash {
            return;
        }
        match self.text(index) {
            // Before type arguments it is a name, never a prefix operator; in a list of types
            // only the variances are.
            _ if next == K::LBracket && !before.ends_operand() => self.set(index, K::Ident),
            "!" | "~" if in_brackets && !before.ends_operand() => self.set(index, K::Ident),
            "?" if matches!(next, K::RBracket | K::Comma | K::Upper | K::Lower | K::RParen)
                && !before.ends_operand() =>
            {
                self.set(index, K::Question);
            }
            "*" if matches!(next, K::RParen | K::Comma | K::RBracket | K::Equals)
                && before.ends_operand() =>
            {
                self.set(index, K::Star);
            }
            "<%" if in_brackets => {
                let diagnostic = crate::reject::view_bound(self.span(index));
                self.diagnostics.push(diagnostic);
                self.set(index, K::Upper);
            }
            "+" | "-" | "!" | "~" => {
                // A prefix operator, unless it is named as a value: `op(+)`, `val f = + `.
                let named = matches!(next, K::RParen | K::Comma | K::RBrace | K::Dot);
                if !before.ends_operand() && named {
                    self.set(index, K::Ident);
                }
            }
            "<" if !before.ends_operand()
                && next == K::Ident
                && self.tokens[index].hi == self.tokens[index + 1].lo =>
            {
                let diagnostic = crate::reject::xml(self.span(index));
                self.diagnostics.push(diagnostic);
                self.set(index, K::Bad);
            }
            _ if !before.ends_operand() => self.set(index, K::Ident),
            _ => {}
        }
    }
}
