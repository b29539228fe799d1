//! Conditions: `require` with a problem, `invariant`, and `ensuring` with `old` values.

use super::message::plain;
use super::{Parts, Shaper};
use crate::symbols::{Implementation, LocalId, Method, MethodKind, Owner};
use crate::typed::{Body, Expr, ExprKind, Message};
use crate::visit;
use fscc_base::{Diagnostic, Name, codes};

impl Shaper<'_, '_> {
    /// `require(condition, problem)`; with a text it stays the ordinary call.
    pub(super) fn require(&mut self, parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        if parts.args.len() != 2 {
            return Err(parts);
        }
        let message = &parts.args[1];
        let problem = match &message.kind {
            ExprKind::Lambda { params, body, .. } if params.is_empty() => body.ty,
            _ => message.ty,
        };
        if !self.is_problem(problem) {
            if self.contract.is_some() && !self.subject.types.is_error(problem) {
                let message_span = message.span;
                self.report(
                    Diagnostic::warning(
                        codes::REQUIRE_TEXT,
                        message_span,
                        "this precondition reports a text",
                    )
                    .because("callers and tests cannot tell it from another one")
                    .help("use a case of an `enum … extends Problem`"),
                );
            }
            return Err(parts);
        }
        let ([mut condition, message], _) = parts.take::<2>()?;
        self.expr(&mut condition);
        let mut problem = match message.kind {
            ExprKind::Lambda { body, .. } => plain(*body),
            kind => Expr { kind, ..message },
        };
        self.expr(&mut problem);
        let nothing = self.subject.types.roots().nothing;
        let failing = Expr {
            span: problem.span,
            kind: ExprKind::Message(Box::new(Message::Abort(problem))),
            ty: nothing,
        };
        let done = Box::new(self.unit(span));
        Ok(Expr { kind: ExprKind::If(Box::new(condition), done, Box::new(failing)), ty, span })
    }

    fn is_problem(&self, ty: crate::types::TyId) -> bool {
        let Some(problem) = self.library.problem else { return false };
        ty != self.subject.types.roots().nothing
            && self.subject.types.base_type(self.symbols(), ty, problem).is_some()
    }

    // ── invariants ─────────────────────────────────────────────────────────────────────────────

    /// `invariant(condition)` in the body of a contract: the condition becomes a method.
    pub(super) fn invariant(&mut self, parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        let Some(class) = self.contract else { return Err(parts) };
        let ([condition], _) = parts.take::<1>()?;
        if !self.is_constructor {
            let name = self.symbols().methods[self.method].name;
            self.report(
                Diagnostic::error(
                    codes::CONTRACT_MEMBER,
                    span,
                    "an invariant belongs to the whole contract",
                )
                .because(format!("stands in `{name}`"))
                .help("write it in the body of the class, beside the fields")
                .help("for a condition at the end of this method use `.ensuring(…)`"),
            );
            return Ok(self.error(span));
        }
        let mut body = match condition.kind {
            ExprKind::Lambda { body, .. } => *body,
            ExprKind::Error => return Ok(self.error(span)),
            kind => Expr { kind, ..condition },
        };
        self.expr(&mut body);
        self.parameters_to_fields(&mut body, class);
        let number = self.made.len() + 1;
        let method = self.subject.symbols.methods.push(Method {
            name: Name::new(&format!("invariant${number}")),
            owner: Owner::Class(class),
            kind: MethodKind::Def,
            implementation: Implementation::Source,
            type_params: Vec::new(),
            params: Vec::new(),
            lists: Vec::new(),
            result: self.subject.types.roots().boolean,
            overrides: Vec::new(),
            is_final: true,
            is_private: true,
            entry: None,
            declared_effects: None,
            span,
        });
        self.subject.symbols.classes[class].methods.push(method);
        self.made.push((method, Body::Expr(body)));
        Ok(Expr { kind: ExprKind::Message(Box::new(Message::Invariant(method))), ty, span })
    }

    /// In a method of its own, a parameter of the constructor is the field that keeps it.
    fn parameters_to_fields(&mut self, expr: &mut Expr, class: crate::symbols::ClassId) {
        if let ExprKind::Local(local) = expr.kind
            && self.symbols().methods[self.method].params.contains(&local)
        {
            let name = self.symbols().locals[local].name;
            let fields = &self.symbols().classes[class].fields;
            let field = fields.iter().copied().find(|field| {
                let field = &self.symbols().fields[*field];
                field.is_param && field.name == name
            });
            if let Some(field) = field {
                let this_ty = self.symbols().classes[class].this_ty;
                let this = Expr { kind: ExprKind::This(class), ty: this_ty, span: expr.span };
                expr.kind = ExprKind::Field(Box::new(this), field);
            }
            return;
        }
        visit::children_mut(expr, &mut |child| self.parameters_to_fields(child, class));
    }

    // ── postconditions ─────────────────────────────────────────────────────────────────────────

    /// `body.ensuring(result => condition)` in a contract.
    pub(super) fn ensuring(&mut self, mut parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        if self.contract.is_none() {
            return Err(parts);
        }
        let is_condition = |expr: &Expr| matches!(&expr.kind, ExprKind::Lambda { params, .. } if params.len() == 1);
        // As an extension method the body is the first argument; as a method of a wrapper it is
        // the argument of the wrapper.
        if parts.args.len() == 1
            && is_condition(&parts.args[0])
            && let Some(receiver) = parts.receiver.take()
        {
            match receiver.kind {
                ExprKind::New { mut args, .. } if args.len() == 1 => {
                    parts.args.insert(0, args.remove(0));
                }
                kind => {
                    parts.receiver = Some(Box::new(Expr { kind, ..*receiver }));
                    return Err(parts);
                }
            }
        }
        if parts.args.len() != 2 || !is_condition(&parts.args[1]) {
            return Err(parts);
        }
        let ([mut body, condition], _) = parts.take::<2>()?;
        self.expr(&mut body);
        let ExprKind::Lambda { params, body: mut condition, .. } = condition.kind else {
            return Ok(self.error(span));
        };
        let Some(result) = params.first().copied() else { return Ok(self.error(span)) };
        let outer = self.olds.replace(Vec::new());
        self.expr(&mut condition);
        let olds = std::mem::replace(&mut self.olds, outer).unwrap_or_default();
        let message = Message::Ensuring { olds, body, result, condition: *condition };
        Ok(Expr { kind: ExprKind::Message(Box::new(message)), ty, span })
    }

    /// `old(value)`: a local that is bound before the body.
    pub(super) fn old(&mut self, parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        let ([value], _) = parts.take::<1>()?;
        let Some(outer) = self.olds.take() else {
            self.report(
                Diagnostic::error(codes::OLD_OUTSIDE, span, "`old` outside of a postcondition")
                    .because("there is no earlier moment to look back to")
                    .help("use it in the condition of `.ensuring(…)`")
                    .help("or bind the value to a `val` before it changes"),
            );
            return Ok(self.error(span));
        };
        let mut value = match value.kind {
            ExprKind::Lambda { body, .. } => *body,
            kind => Expr { kind, ..value },
        };
        // `old` inside of `old` looks back to the same moment.
        self.olds = Some(outer);
        self.expr(&mut value);
        let local: LocalId = self.local("old", self.subject.types.widen(ty), span);
        if let Some(olds) = &mut self.olds {
            olds.push((local, value));
        }
        Ok(Expr { kind: ExprKind::Local(local), ty, span })
    }
}
