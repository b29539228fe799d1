//! `if`, and the conditions of `if` and `while`.

use super::expr::{Expected, typed};
use crate::checker::Checker;
use crate::reason::Reason;
use crate::typed::{Expr, ExprKind};
use fscc_base::{Applicability, Fix, Span};
use fscc_syntax::ast;

impl<'a> Checker<'a> {
    /// The condition of an `if` or `while` at `span`; an assignment there was meant to compare.
    pub fn condition(&mut self, condition: &'a ast::Expr, word: &'static str, span: Span) -> Expr {
        let boolean = self.types.roots().boolean;
        let known = self.diagnostics.len();
        let head = Span::new(span.file, span.lo, span.lo + word.len() as u32);
        let found = self.expr_for(condition, Some(boolean), Reason::Condition(word, head));
        if let ast::ExprKind::Assign { target, value } = &condition.kind
            && let [mismatch] = &mut self.diagnostics[known..]
        {
            let gap = Span::new(span.file, target.span.hi, value.span.lo);
            mismatch.helps = vec!["write `==` to compare".to_string()];
            mismatch.fixes = vec![Fix::replace(Applicability::Likely, "write `==`", gap, " == ")];
        }
        found
    }

    /// An `if`.
    pub fn conditional(
        &mut self,
        condition: &'a ast::Expr,
        then_branch: &'a ast::Expr,
        else_branch: Option<&'a ast::Expr>,
        span: Span,
        expected: Expected,
    ) -> Expr {
        let roots = self.types.roots();
        let condition = self.condition(condition, "if", span);
        let Some(else_branch) = else_branch else {
            let reason = Reason::NoElse(Span::new(span.file, span.lo, span.lo + 2));
            let yes = self.expr_for(then_branch, Some(roots.unit), reason);
            let no = self.unit(span.end());
            let kind = ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no));
            return typed(kind, roots.unit, span);
        };
        let mut branches = vec![self.expr(then_branch, expected), self.expr(else_branch, expected)];
        let ty = self.join_branches(&mut branches, expected);
        let no = branches.pop().expect("two branches");
        let yes = branches.pop().expect("two branches");
        typed(ExprKind::If(Box::new(condition), Box::new(yes), Box::new(no)), ty, span)
    }
}
