//! `return` out of a lambda or a by-name argument: an exception that only the method around it
//! catches, as Scala defines it.

use crate::checker::{Checker, Term};
use crate::infer::expr::typed;
use crate::symbols::{LocalId, MethodId};
use crate::typed::{Case, Dispatch, Expr, ExprKind, Pattern, PatternKind, Stmt};
use fscc_base::{Name, Span};

/// The object of the library that throws and catches.
const RETURNS: &str = "fvm.internal.Returns$";

impl<'a> Checker<'a> {
    /// `return value` inside a function of this method.
    pub(super) fn leave(&mut self, method: MethodId, value: Expr, span: Span) -> Expr {
        let key = match self.leaving.get(&method) {
            Some(key) => *key,
            None => {
                let key = self.new_local(Name::new("leave$"), self.types.roots().any_ref, span);
                self.locals[key].frame = self.methods[method].frame;
                self.leaving.insert(method, key);
                key
            }
        };
        let key = self.local(key, span);
        self.call_returns("leave", vec![key, value], span)
    }

    /// The body of a method with the handler for its returns from functions, if it has such.
    pub(super) fn with_leaving(&mut self, method: MethodId, body: Expr) -> Expr {
        let Some(key) = self.leaving.swap_remove(&method) else { return body };
        let (ty, span) = (body.ty, body.span);
        let made = self.call_returns("key", Vec::new(), span);
        let throwable = self.known.throwable.map(|class| self.types.class(class, &[]));
        let throwable = throwable.unwrap_or(self.types.roots().any_ref);
        let thrown = self.new_local(Name::new("thrown$"), throwable, span);
        let pattern = self.bound(thrown, throwable, span);
        let args = vec![self.local(thrown, span), self.local(key, span)];
        let result = self.symbols.methods[method].result;
        let value = self.call_returns("caught", args, span);
        let value = typed(ExprKind::Cast(Box::new(value), result), result, span);
        let case = Case { pattern, guard: None, body: value, span };
        let kind = ExprKind::Try(Box::new(body), vec![case], None);
        // The body may be of a smaller type, the value that is returned need not be.
        let ty = if self.conforms(result, ty) { ty } else { result };
        let guarded = typed(kind, ty, span);
        self.with_stmts(vec![Stmt::Let(key, made)], guarded)
    }

    /// A pattern that binds everything to a local.
    pub(super) fn bound(&mut self, local: LocalId, ty: crate::types::TyId, span: Span) -> Pattern {
        let any = Pattern { kind: PatternKind::Wildcard, ty, span };
        Pattern { kind: PatternKind::Bind(local, Box::new(any)), ty, span }
    }

    fn call_returns(&mut self, name: &str, args: Vec<Expr>, span: Span) -> Expr {
        let Some(object) = self.known.class(RETURNS) else { return self.error_expr(span) };
        let method = self.term_members(object, Name::new(name)).into_iter().find_map(|t| match t {
            Term::Method(method) => Some(method),
            _ => None,
        });
        let Some(method) = method else { return self.error_expr(span) };
        self.signature(method);
        self.demand(method);
        let receiver = self.object(object, span);
        let kind = ExprKind::Call {
            method,
            dispatch: Dispatch::Static,
            receiver: Some(Box::new(receiver)),
            type_args: Vec::new(),
            args,
        };
        let ty = self.symbols.methods[method].result;
        typed(kind, ty, span)
    }
}
