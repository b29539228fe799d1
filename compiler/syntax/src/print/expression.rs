//! Expressions and patterns as text.

use super::{Printer, show, spell};
use crate::ast::*;

impl Printer {
    pub(super) fn optional_expr(&mut self, head: &str, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.node(head, |p| p.expr(expr));
        }
    }

    pub(super) fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Literal(literal) => self.line(show(literal)),
            ExprKind::Ident(name) => self.line(spell(name)),
            ExprKind::This(None) => self.line("this"),
            ExprKind::This(Some(class)) => self.line(format!("{}.this", spell(class))),
            ExprKind::Super { class, parent } => {
                let class = class.map_or(String::new(), |class| format!("{}.", spell(&class)));
                let parent = parent.map_or(String::new(), |parent| format!("[{}]", spell(&parent)));
                self.line(format!("{class}super{parent}"));
            }
            ExprKind::Select { base, name } => {
                self.node(format!("select {}", spell(name)), |p| p.expr(base));
            }
            ExprKind::TypeApply { function, args } => self.node("type apply", |p| {
                p.expr(function);
                p.types(args);
            }),
            ExprKind::Apply { function, args } => self.node("apply", |p| {
                p.expr(function);
                p.args(args);
            }),
            ExprKind::Infix { lhs, op, type_args, rhs } => {
                self.node(format!("infix {}", spell(op)), |p| {
                    p.expr(lhs);
                    p.types(type_args);
                    p.expr(rhs);
                });
            }
            ExprKind::Prefix { op, operand } => {
                self.node(format!("prefix {}", spell(op)), |p| p.expr(operand));
            }
            ExprKind::Assign { target, value } => self.node("assign", |p| {
                p.expr(target);
                p.expr(value);
            }),
            ExprKind::Ascription { expr, ty } => self.node("ascription", |p| {
                p.expr(expr);
                p.ty(ty);
            }),
            ExprKind::Annotated { expr, annotations } => self.node("annotated", |p| {
                p.expr(expr);
                p.annotations(annotations);
            }),
            ExprKind::Tuple(args) => self.node("tuple", |p| args.iter().for_each(|arg| p.arg(arg))),
            ExprKind::New(template) => self.node("new", |p| p.template(template)),
            ExprKind::Eta(method) => self.node("eta", |p| p.expr(method)),
            ExprKind::Interpolation { prefix, parts, args } => {
                self.node(format!("interpolation {}", spell(prefix)), |p| {
                    p.pieces(parts, args, Self::expr);
                });
            }
            ExprKind::Error => self.line("error"),
            _ => self.control(expr),
        }
    }

    /// Expressions with control flow, blocks and lambdas.
    fn control(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::If { condition, then_branch, else_branch, inline } => {
                self.node(if *inline { "inline if" } else { "if" }, |p| {
                    p.expr(condition);
                    p.optional_expr("then", Some(then_branch));
                    p.optional_expr("else", else_branch.as_deref());
                });
            }
            ExprKind::Match { scrutinee, cases, inline } => {
                self.node(if *inline { "inline match" } else { "match" }, |p| {
                    p.expr(scrutinee);
                    p.cases(cases);
                });
            }
            ExprKind::While { condition, body } => self.node("while", |p| {
                p.expr(condition);
                p.optional_expr("do", Some(body));
            }),
            ExprKind::For { enumerators, body, yields, .. } => self.node("for", |p| {
                enumerators.iter().for_each(|enumerator| p.enumerator(enumerator));
                p.optional_expr(if *yields { "yield" } else { "do" }, Some(body));
            }),
            ExprKind::Try { body, handler, finalizer } => self.node("try", |p| {
                p.expr(body);
                match handler {
                    Some(Handler::Cases(cases)) => p.node("catch", |p| p.cases(cases)),
                    Some(Handler::Expr(expr)) => p.optional_expr("catch", Some(expr)),
                    None => {}
                }
                p.optional_expr("finally", finalizer.as_deref());
            }),
            ExprKind::Throw(value) => self.node("throw", |p| p.expr(value)),
            ExprKind::Return(value) => self.node("return", |p| {
                if let Some(value) = value {
                    p.expr(value);
                }
            }),
            ExprKind::Block { stats, result } => self.node("block", |p| {
                p.stats(stats);
                p.optional_expr("result", result.as_deref());
            }),
            ExprKind::Lambda { params, body, context } => {
                self.node(if *context { "context lambda" } else { "lambda" }, |p| {
                    params.iter().for_each(|param| p.param(param));
                    p.optional_expr("body", Some(body));
                });
            }
            ExprKind::PolyLambda { type_params, body } => self.node("poly lambda", |p| {
                p.type_params(type_params);
                p.expr(body);
            }),
            ExprKind::PartialFunction(cases) => self.node("cases", |p| p.cases(cases)),
            // The others are printed by `expr`.
            _ => {}
        }
    }

    pub(super) fn args(&mut self, args: &Args) {
        let head = if args.using { "using arguments" } else { "arguments" };
        self.node(head, |p| args.args.iter().for_each(|arg| p.arg(arg)));
    }

    fn arg(&mut self, arg: &Arg) {
        let splice = |p: &mut Self| match arg.splice {
            true => p.node("splice", |p| p.expr(&arg.value)),
            false => p.expr(&arg.value),
        };
        match &arg.name {
            Some(name) => self.node(format!("{} =", spell(name)), splice),
            None => splice(self),
        }
    }

    fn cases(&mut self, cases: &[Case]) {
        for case in cases {
            self.node("case", |p| {
                p.pattern(&case.pattern);
                p.optional_expr("if", case.guard.as_deref());
                p.optional_expr("body", Some(&case.body));
            });
        }
    }

    fn enumerator(&mut self, enumerator: &Enumerator) {
        match &enumerator.kind {
            EnumeratorKind::Generator { pattern, source, filter } => {
                self.node(if *filter { "case <-" } else { "<-" }, |p| {
                    p.pattern(pattern);
                    p.expr(source);
                });
            }
            EnumeratorKind::Guard(condition) => self.node("if", |p| p.expr(condition)),
            EnumeratorKind::Alias { pattern, value } => self.node("=", |p| {
                p.pattern(pattern);
                p.expr(value);
            }),
        }
    }

    /// Parts and holes of an interpolated string, in turn.
    fn pieces<T>(&mut self, parts: &[Box<str>], args: &[T], each: fn(&mut Self, &T)) {
        for (index, part) in parts.iter().enumerate() {
            self.line(format!("{part:?}"));
            if let Some(arg) = args.get(index) {
                each(self, arg);
            }
        }
    }

    // ---- patterns

    pub(super) fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Wildcard => self.line("_"),
            PatternKind::Variable(name) => self.line(format!("bind {}", spell(name))),
            PatternKind::Stable(path) => self.node("equal", |p| p.expr(path)),
            PatternKind::Literal(literal) => self.line(show(literal)),
            PatternKind::Typed { pattern, ty } => self.node("typed", |p| {
                p.pattern(pattern);
                p.ty(ty);
            }),
            PatternKind::Bind { name, pattern } => {
                self.node(format!("bind {} @", spell(name)), |p| p.pattern(pattern));
            }
            PatternKind::Alternative(patterns) => self.node("alternative", |p| {
                patterns.iter().for_each(|pattern| p.pattern(pattern));
            }),
            PatternKind::Tuple(args) => self.node("tuple", |p| p.pattern_args(args)),
            PatternKind::Extractor { path, type_args, args } => self.node("extract", |p| {
                p.expr(path);
                p.types(type_args);
                p.pattern_args(args);
            }),
            PatternKind::Infix { lhs, op, rhs } => {
                self.node(format!("infix {}", spell(op)), |p| {
                    p.pattern(lhs);
                    p.pattern(rhs);
                });
            }
            PatternKind::Splice(inner) => self.node("splice", |p| p.pattern(inner)),
            PatternKind::Interpolation { prefix, parts, args } => {
                self.node(format!("interpolation {}", spell(prefix)), |p| {
                    p.pieces(parts, args, Self::pattern);
                });
            }
            PatternKind::Error => self.line("error"),
        }
    }

    fn pattern_args(&mut self, args: &[PatternArg]) {
        for arg in args {
            match &arg.name {
                Some(name) => self.node(format!("{} =", spell(name)), |p| p.pattern(&arg.pattern)),
                None => self.pattern(&arg.pattern),
            }
        }
    }
}
