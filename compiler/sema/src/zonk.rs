//! The last step of a body: every variable of inference in it is replaced by its solution.

use crate::checker::Checker;
use crate::symbols::LocalId;
use crate::typed::{Body, Case, Expr, ExprKind, ExtractorResult, Pattern, PatternKind, Stmt};
use crate::visit;

impl<'a> Checker<'a> {
    /// Replaces variables in a body.
    pub fn zonk_body(&mut self, body: &mut Body) {
        if let Body::Constructor(constructor) = body {
            for call in constructor.super_call.iter_mut().chain(&mut constructor.traits) {
                for arg in &mut call.type_args {
                    *arg = self.solve_all(*arg);
                }
            }
            for stmt in &mut constructor.statements {
                self.zonk_stmt_locals(stmt);
            }
        }
        visit::body_mut(body, &mut |expr| self.zonk_expr(expr));
    }

    /// Replaces variables in an expression.
    pub fn zonk_expr(&mut self, expr: &mut Expr) {
        expr.ty = self.solve_all(expr.ty);
        match &mut expr.kind {
            ExprKind::Call { type_args, .. } | ExprKind::New { type_args, .. } => {
                for arg in type_args {
                    *arg = self.solve_all(*arg);
                }
            }
            ExprKind::Cast(_, ty)
            | ExprKind::Is(_, ty)
            | ExprKind::Sequence(_, ty)
            | ExprKind::Array(_, ty) => *ty = self.solve_all(*ty),
            ExprKind::Lambda { params, .. } => {
                for param in params {
                    self.zonk_local(*param);
                }
            }
            ExprKind::Block(stmts, _) => {
                for stmt in stmts {
                    self.zonk_stmt_locals(stmt);
                }
            }
            ExprKind::Match(_, cases) | ExprKind::Try(_, cases, _) => {
                for case in cases {
                    self.zonk_case(case);
                }
            }
            _ => {}
        }
        visit::children_mut(expr, &mut |child| self.zonk_expr(child));
    }

    fn zonk_local(&mut self, local: LocalId) {
        let ty = self.symbols.locals[local].ty;
        self.symbols.locals[local].ty = self.solve_all(ty);
    }

    fn zonk_stmt_locals(&mut self, stmt: &mut Stmt) {
        if let Stmt::Let(local, _) = stmt {
            self.zonk_local(*local);
        }
    }

    fn zonk_case(&mut self, case: &mut Case) {
        self.zonk_pattern(&mut case.pattern);
    }

    fn zonk_pattern(&mut self, pattern: &mut Pattern) {
        pattern.ty = self.solve_all(pattern.ty);
        match &mut pattern.kind {
            PatternKind::Bind(local, inner) => {
                self.zonk_local(*local);
                self.zonk_pattern(inner);
            }
            PatternKind::Typed(inner) | PatternKind::Belongs(_, _, inner) => {
                self.zonk_pattern(inner);
            }
            PatternKind::Class(_, patterns) | PatternKind::Alternative(patterns) => {
                for pattern in patterns {
                    self.zonk_pattern(pattern);
                }
            }
            PatternKind::Sequence { prefix, rest } => {
                for pattern in prefix {
                    self.zonk_pattern(pattern);
                }
                if let Some(rest) = rest {
                    self.zonk_pattern(rest);
                }
            }
            PatternKind::Extractor { scrutinee, result, .. } => {
                self.zonk_local(*scrutinee);
                match result {
                    ExtractorResult::Boolean => {}
                    ExtractorResult::Option { result, pattern, .. } => {
                        self.zonk_local(*result);
                        self.zonk_pattern(pattern);
                    }
                    ExtractorResult::Product { result, fields } => {
                        self.zonk_local(*result);
                        for (_, pattern) in fields {
                            self.zonk_pattern(pattern);
                        }
                    }
                }
            }
            PatternKind::Wildcard | PatternKind::Equals(_) => {}
        }
    }
}
