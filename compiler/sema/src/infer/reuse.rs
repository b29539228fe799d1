//! Values that are used several times but evaluated once.

use crate::checker::Checker;
use crate::infer::expr::typed;
use crate::typed::{Expr, ExprKind, Stmt};
use fscc_base::Name;

impl Checker<'_> {
    /// A value that can be used several times: itself if it is simple, else a new local.
    pub fn stable(&mut self, expr: Expr, name: &str, stmts: &mut Vec<Stmt>) -> Expr {
        if is_simple(&expr, self) {
            return expr;
        }
        let (ty, span) = (self.resolve(expr.ty), expr.span);
        let local = self.new_local(Name::new(name), ty, span);
        stmts.push(Stmt::Let(local, expr));
        typed(ExprKind::Local(local), ty, span)
    }

    /// Another use of a value made by [`Checker::stable`].
    pub fn again(&self, expr: &Expr) -> Expr {
        let kind = match &expr.kind {
            ExprKind::Constant(constant) => ExprKind::Constant(constant.clone()),
            ExprKind::Local(local) => ExprKind::Local(*local),
            ExprKind::This(class) => ExprKind::This(*class),
            ExprKind::Object(class) => ExprKind::Object(*class),
            ExprKind::Block(stmts, result) if stmts.is_empty() => {
                ExprKind::Block(Vec::new(), Box::new(self.again(result)))
            }
            _ => ExprKind::Error,
        };
        typed(kind, expr.ty, expr.span)
    }

    /// Statements in front of an expression.
    pub fn with_stmts(&self, stmts: Vec<Stmt>, expr: Expr) -> Expr {
        if stmts.is_empty() {
            return expr;
        }
        let (ty, span) = (expr.ty, expr.span);
        typed(ExprKind::Block(stmts, Box::new(expr)), ty, span)
    }
}

/// Whether evaluating it does nothing and always gives the same.
pub(crate) fn is_simple(expr: &Expr, checker: &Checker<'_>) -> bool {
    match &expr.kind {
        ExprKind::Constant(_) | ExprKind::This(_) | ExprKind::Error => true,
        ExprKind::Object(_) => true,
        ExprKind::Local(local) => {
            let info = &checker.symbols.locals[*local];
            !info.is_mutable && !info.is_lazy
        }
        ExprKind::Block(stmts, result) => stmts.is_empty() && is_simple(result, checker),
        _ => false,
    }
}
