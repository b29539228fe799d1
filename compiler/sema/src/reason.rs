//! What set an expectation: the annotation, parameter or condition for which an expression must
//! have a type. Places that check an expression against a type of their own say why; a mismatch
//! then points at the innermost reason for exactly the type that was missed.

use crate::checker::Checker;
use crate::infer::expr::Expected;
use crate::symbols::{LocalId, MethodId, Owner};
use crate::typed::Expr;
use crate::types::TyId;
use fscc_base::{Diagnostic, Span};
use fscc_syntax::ast;

/// Why an expression must have a type.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Reason {
    /// A written type.
    Annotation(Span),
    /// The result type of this method, if it is written.
    Result(MethodId, Option<Span>),
    /// This parameter of a method.
    Parameter(LocalId),
    /// The condition after this word.
    Condition(&'static str, Span),
    /// An `if` without `else`.
    NoElse(Span),
    /// The variable on the left of an assignment.
    Assigned(Span),
}

impl<'a> Checker<'a> {
    /// An expression of this type, which is asked for because of `reason`.
    pub fn expr_for(&mut self, expr: &'a ast::Expr, expected: Expected, reason: Reason) -> Expr {
        self.because_of(expected, reason, |this| this.expr(expr, expected))
    }

    /// Runs `check` while `expected` is asked for because of `reason`.
    pub fn because_of<T>(
        &mut self,
        expected: Expected,
        reason: Reason,
        check: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let depth = self.reasons.len();
        if let Some(expected) = expected {
            self.reasons.push((expected, reason));
        }
        let result = check(self);
        self.reasons.truncate(depth);
        result
    }

    /// Adds a label with the innermost reason for this type.
    pub fn with_reason(&mut self, diagnostic: Diagnostic, expected: TyId) -> Diagnostic {
        let reasons = self.reasons.iter().rev().copied().collect::<Vec<_>>();
        let reason = reasons.into_iter().find(|(ty, _)| self.resolve(*ty) == expected);
        let Some((_, reason)) = reason else { return diagnostic };
        let shown = self.show_expected(expected);
        let (span, text) = match reason {
            Reason::Annotation(span) => (span, format!("declared: `{shown}`")),
            Reason::Result(method, written) => {
                let info = &self.symbols.methods[method];
                let (name, span) = (info.name, written.unwrap_or(info.span));
                (span, format!("the result of `{name}` has type `{shown}`"))
            }
            Reason::Parameter(param) => return self.with_parameter(diagnostic, param, &shown),
            Reason::Condition(word, span) => {
                (span, format!("the condition of this `{word}` has type `Boolean`"))
            }
            Reason::NoElse(span) => (span, "this `if` without `else` has no value".to_string()),
            Reason::Assigned(span) => (span, format!("this has type `{shown}`")),
        };
        if span.is_synthetic() { diagnostic } else { diagnostic.label(span, text) }
    }

    /// The parameter that an argument is for, as "the 2nd parameter `b` of `f`".
    fn with_parameter(&self, diagnostic: Diagnostic, param: LocalId, shown: &str) -> Diagnostic {
        let local = &self.symbols.locals[param];
        let Some((method, number)) = self.place_of(param) else {
            return diagnostic.note(format!("the parameter `{}` has type `{shown}`", local.name));
        };
        let info = &self.symbols.methods[method];
        let name = match (info.name.as_str(), info.owner) {
            ("<init>", Owner::Class(class)) => self.symbols.classes[class].name,
            _ => info.name,
        };
        let text = format!("the {} parameter `{}` of `{name}`", ordinal(number), local.name);
        if self.methods[method].is_library || local.span.is_synthetic() {
            return diagnostic.note(format!("{text} has type `{shown}`"));
        }
        diagnostic.label(local.span, format!("{text} has type `{shown}`"))
    }

    /// The method that is being called, and the number of its parameter.
    fn place_of(&self, param: LocalId) -> Option<(MethodId, usize)> {
        let of = |(id, method): (MethodId, &crate::symbols::Method)| {
            let at = method.params.iter().position(|other| *other == param)?;
            Some((id, at))
        };
        // Only for a message: nobody keeps a way back from a parameter.
        let (method, at) = self.symbols.methods.iter_enumerated().find_map(of)?;
        // Implicit parameters and the receiver of an extension are not counted by readers.
        let mut before = 0;
        for list in &self.symbols.methods[method].lists {
            let len = list.len as usize;
            if at < before + len {
                return Some((method, at - before + 1));
            }
            before += len;
        }
        Some((method, at + 1))
    }
}

/// "1st", "2nd", "3rd", "4th".
pub(crate) fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals() {
        let shown: Vec<String> = [1, 2, 3, 4, 11, 12, 21, 22, 101, 113].map(ordinal).to_vec();
        let wanted = ["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "22nd", "101st", "113th"];
        assert_eq!(shown, wanted);
    }
}
