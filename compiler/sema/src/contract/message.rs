//! Messages: payments, sends, questions, timers, new contracts, and records. Saved calls and
//! message lambdas are read as data: a method and arguments.

use super::library::Form;
use super::{Parts, Shaper, take};
use crate::symbols::{ContractRole, EntryKind, LocalId, MethodId, MethodKind, Owner, Symbols};
use crate::typed::{Constant, Expr, ExprKind, Message, MessageCall, SavedArg, SavedCall, Stmt};
use crate::visit;
use fscc_base::{Diagnostic, Span, codes};

impl Shaper<'_, '_> {
    /// `pay`, `send`, `ask`, `schedule`, `spawn`.
    pub(super) fn message_form(&mut self, form: Form, parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        let mut before = Vec::new();
        let message = match form {
            Form::Pay => {
                let ([mut to, mut amount, delivered, bounced], _) = parts.take::<4>()?;
                self.expr(&mut to);
                self.expr(&mut amount);
                let delivered = self.saved("delivered", delivered, None);
                let bounced = self.coins_return("bounced", bounced, span, true);
                delivered.zip(bounced).map(|(delivered, bounced)| Message::Pay {
                    to,
                    amount,
                    delivered,
                    bounced,
                })
            }
            Form::Schedule => {
                let ([mut at, call], _) = parts.take::<2>()?;
                self.expr(&mut at);
                self.saved("the scheduled call", call, None)
                    .map(|call| Message::Schedule { at, call })
            }
            Form::Spawn => {
                let ([mut value, make, bounced], _) = parts.take::<3>()?;
                self.expr(&mut value);
                let carries = self.carries_coins(&value);
                let made = self.made_contract(make, &mut before);
                let bounced = self.coins_return("bounced", bounced, span, carries);
                made.zip(bounced).map(|((class, args), bounced)| Message::Spawn {
                    value,
                    class,
                    args,
                    bounced,
                })
            }
            Form::Send => {
                let ([call, mut value, bounced], to) = parts.take::<3>()?;
                let mut to = self.reference(to, span);
                self.expr(&mut to);
                let call = self.message_call(call, Purpose::Message, &mut before);
                self.expr(&mut value);
                let carries = self.accepts_coins(call.as_ref(), &value);
                let bounced = self.coins_return("bounced", bounced, span, carries);
                call.zip(bounced).map(|(call, bounced)| Message::Send { to, call, value, bounced })
            }
            _ => {
                let ([call, mut value, reply, bounced], to) = parts.take::<4>()?;
                let mut to = self.reference(to, span);
                self.expr(&mut to);
                let call = self.message_call(call, Purpose::Message, &mut before);
                self.expr(&mut value);
                let carries = self.accepts_coins(call.as_ref(), &value);
                let reply = self.saved("reply", reply, Some("the reply"));
                let bounced = self.coins_return("bounced", bounced, span, carries);
                call.zip(reply).zip(bounced).map(|((call, reply), bounced)| Message::Ask {
                    to,
                    call,
                    value,
                    reply,
                    bounced,
                })
            }
        };
        let Some(message) = message else { return Ok(self.error(span)) };
        let message = Expr { kind: ExprKind::Message(Box::new(message)), ty, span };
        Ok(with_statements(before, message))
    }

    fn reference(&self, receiver: Option<Box<Expr>>, span: Span) -> Expr {
        receiver.map_or_else(|| self.error(span), |receiver| *receiver)
    }

    /// `emit`, `story`, `conclude`, `abort`.
    pub(super) fn record(&mut self, form: Form, parts: Parts) -> Result<Expr, Parts> {
        let (span, ty) = (parts.span, parts.ty);
        let ([mut value], _) = parts.take::<1>()?;
        self.expr(&mut value);
        let message = match form {
            Form::Emit => Message::Emit(value),
            Form::Story => Message::Story(value),
            Form::Conclude => Message::Conclude(value),
            _ => Message::Abort(value),
        };
        Ok(Expr { kind: ExprKind::Message(Box::new(message)), ty, span })
    }

    // ── saved calls ────────────────────────────────────────────────────────────────────────────

    /// The handler of a bounce. Where coins are on their way it must not be `()`.
    fn coins_return(
        &mut self,
        what: &str,
        expr: Expr,
        message: Span,
        carries_coins: bool,
    ) -> Option<SavedCall> {
        let saved = self.saved(what, expr, Some("the bounce"))?;
        if saved.handler.is_none() && carries_coins {
            self.report(
                Diagnostic::error(
                    codes::COINS_LOST,
                    saved.span,
                    "this payment can bounce, and nobody takes the coins back",
                )
                .because("returned coins end here")
                .label(message, "coins leave the contract's books here")
                .note("delivered: done. bounced: the coins are back, and belong to nobody")
                .help("add a handler that stores `bounce.returned`"),
            );
        }
        Some(saved)
    }

    /// A function whose body is `()` or one handler call. `hole` names what its parameter is.
    fn saved(&mut self, what: &str, expr: Expr, hole: Option<&str>) -> Option<SavedCall> {
        let span = expr.span;
        let ExprKind::Lambda { params, body, .. } = expr.kind else {
            if !matches!(expr.kind, ExprKind::Error) {
                self.saved_form(what, span, hole);
            }
            return None;
        };
        let body = plain(*body);
        let body_span = if body.span.is_synthetic() { span } else { body.span };
        match body.kind {
            ExprKind::Constant(Constant::Unit) => {
                Some(SavedCall { handler: None, args: Vec::new(), span: body_span })
            }
            ExprKind::Error => None,
            ExprKind::Call { method, receiver, args, .. }
                if receiver.as_deref().is_none_or(is_this) =>
            {
                if !self.is_handler(method) {
                    self.not_a_handler(what, method, body_span);
                    return None;
                }
                let hole_local = params.first().copied();
                let mut saved = Vec::with_capacity(args.len());
                for arg in args {
                    saved.push(self.saved_arg(arg, hole_local)?);
                }
                let holes = saved.iter().filter(|arg| matches!(arg, SavedArg::Hole)).count();
                if holes > 1 {
                    self.saved_form(what, body_span, hole);
                    return None;
                }
                Some(SavedCall { handler: Some(method), args: saved, span: body_span })
            }
            _ => {
                self.saved_form(what, body_span, hole);
                None
            }
        }
    }

    fn is_handler(&self, method: MethodId) -> bool {
        let info = &self.symbols().methods[method];
        info.entry == Some(EntryKind::Handler) && info.owner == self.own_class()
    }

    fn own_class(&self) -> Owner {
        match self.contract {
            Some(class) => Owner::Class(class),
            None => Owner::Package,
        }
    }

    fn saved_form(&mut self, what: &str, span: Span, hole: Option<&str>) {
        let hole = match hole {
            Some(hole) => format!(", with `_` where {hole} goes"),
            None => String::new(),
        };
        self.report_form(
            Diagnostic::error(
                codes::SAVED_CALL_FORM,
                span,
                format!("{what} is not one handler call"),
            )
            .because("kept as data until it is delivered, as a message of its own")
            .help(format!("write `handler(arguments)`{hole}, or `()`"))
            .help("move what should happen into a `@handler private def`"),
        );
    }

    fn not_a_handler(&mut self, what: &str, method: MethodId, span: Span) {
        let info = &self.symbols().methods[method];
        let (name, declared, is_own) = (info.name, info.span, info.owner == self.own_class());
        let found = Diagnostic::error(
            codes::NOT_A_HANDLER,
            span,
            format!("{what} calls `{name}`, which is not a handler"),
        )
        .because("the runtime delivers this call later, as a message of its own");
        self.report(if is_own {
            found
                .label(declared, "declared here")
                .help(format!("write `@handler private def {name}`"))
        } else {
            found.help("call a `@handler private def` of this contract")
        });
    }

    fn saved_arg(&mut self, arg: Expr, hole: Option<LocalId>) -> Option<SavedArg> {
        let mut arg = plain(arg);
        if let ExprKind::Local(local) = arg.kind
            && Some(local) == hole
        {
            return Some(SavedArg::Hole);
        }
        if matches!(arg.kind, ExprKind::Error) {
            return None;
        }
        if self.is_stable(&arg, hole) {
            self.expr(&mut arg);
            return Some(SavedArg::Value(arg));
        }
        let span = arg.span;
        let mentions_hole = hole.is_some_and(|hole| mentions(&arg, hole));
        let found = Diagnostic::error(
            codes::UNSTABLE_ARGUMENT,
            span,
            "this argument of a saved call is not a stable value",
        );
        self.report(if mentions_hole {
            found
                .because("computed from what is not there yet")
                .help("pass `_` itself, and compute in the handler")
        } else {
            found
                .because("may have another value when the call is delivered")
                .note("stable are parameters, `val`s, literals, and selections of those")
                .help("bind it to a `val` before, and pass that")
        });
        None
    }

    /// Whether it makes no difference when the expression is evaluated.
    fn is_stable(&self, expr: &Expr, hole: Option<LocalId>) -> bool {
        match &expr.kind {
            ExprKind::Constant(_) | ExprKind::This(_) | ExprKind::Object(_) => true,
            ExprKind::Local(local) => {
                let info = &self.symbols().locals[*local];
                Some(*local) != hole && !info.is_mutable && !info.is_lazy
            }
            ExprKind::Field(base, field) => {
                let info = &self.symbols().fields[*field];
                !info.is_mutable && !info.is_lazy && self.is_stable(base, hole)
            }
            ExprKind::Call { method, receiver, args, .. } => {
                let info = &self.symbols().methods[*method];
                let base = receiver.as_deref().is_none_or(|base| self.is_stable(base, hole));
                match info.kind {
                    MethodKind::Getter(field) => {
                        let field = &self.symbols().fields[field];
                        base && args.is_empty() && !field.is_mutable && !field.is_lazy
                    }
                    // A conversion of a stable number is as stable as the number.
                    MethodKind::Def => {
                        let is_conversion = matches!(
                            info.name.as_str(),
                            "toInt" | "toLong" | "toByte" | "toShort" | "toChar" | "unary_-"
                        );
                        base && args.is_empty() && is_conversion
                    }
                    _ => false,
                }
            }
            ExprKind::Cast(inner, _) => self.is_stable(inner, hole),
            _ => false,
        }
    }

    // ── messages as data ───────────────────────────────────────────────────────────────────────

    /// Reads `_.method(arguments)`. What must be evaluated before goes to `before`.
    pub(super) fn message_call(
        &mut self,
        expr: Expr,
        purpose: Purpose,
        before: &mut Vec<Stmt>,
    ) -> Option<MessageCall> {
        let span = expr.span;
        let ExprKind::Lambda { params, body, .. } = expr.kind else {
            if !matches!(expr.kind, ExprKind::Error) {
                self.message_shape(span, "not written as `_.method(arguments)`");
            }
            return None;
        };
        let target = params.first().copied()?;
        let (stmts, body) = opened(*body);
        let body_span = if body.span.is_synthetic() { span } else { body.span };
        let ExprKind::Call { method, receiver: Some(receiver), mut args, .. } = body.kind else {
            if !matches!(body.kind, ExprKind::Error) {
                self.message_shape(body_span, "not one call of the receiver");
            }
            return None;
        };
        if !matches!(plain(*receiver).kind, ExprKind::Local(local) if local == target) {
            self.message_shape(body_span, "not one call of the receiver");
            return None;
        }
        let uses_target = args.iter().any(|arg| mentions(arg, target))
            || stmts.iter().any(|stmt| match stmt {
                Stmt::Let(_, value) | Stmt::Expr(value) => mentions(value, target),
                Stmt::Function(_) | Stmt::Class(_) => true,
            });
        if uses_target {
            self.message_shape(body_span, "its arguments ask the receiver, which is elsewhere");
            return None;
        }
        if !self.is_receiving(method, purpose, body_span) {
            return None;
        }
        let mut stmts = stmts;
        self.stmts(&mut stmts);
        before.extend(stmts);
        args.iter_mut().for_each(|arg| self.expr(arg));
        Some(MessageCall { method, args })
    }

    fn message_shape(&mut self, span: Span, because: &str) {
        self.report_form(
            Diagnostic::error(
                codes::MESSAGE_FORM,
                span,
                "a message is one method of the receiver with its arguments",
            )
            .because(because)
            .help("write `_.method(arguments)`, with all arguments")
            .help("compute the arguments before, in this contract"),
        );
    }

    fn is_receiving(&mut self, method: MethodId, purpose: Purpose, span: Span) -> bool {
        let info = &self.symbols().methods[method];
        let (name, declared) = (info.name, info.span);
        let is_contract_member = match info.owner {
            Owner::Class(class) => self.symbols().classes[class].role.is_some(),
            _ => false,
        };
        let (because, help) = match info.entry {
            Some(EntryKind::View) => return true,
            Some(EntryKind::Entry | EntryKind::Payable) if purpose == Purpose::Message => {
                return true;
            }
            Some(EntryKind::Entry | EntryKind::Payable) => (
                "a query changes nothing, so it asks views only",
                format!("use `call`, or make `{name}` a `@view`"),
            ),
            Some(EntryKind::Handler) => {
                ("only the runtime delivers to a handler", "send to an entry".to_owned())
            }
            None if is_contract_member => (
                "not marked as something that receives messages",
                format!(
                    "mark `{name}` `@entry`, `@payable` or `@view`, or add a `@view` that returns it"
                ),
            ),
            None => ("not a method of the contract", "call a method of the receiver".to_owned()),
        };
        let found = Diagnostic::error(
            codes::NOT_AN_ENTRY,
            span,
            format!("`{name}` receives no such message"),
        )
        .because(because);
        self.report(found.label(declared, "declared here").help(help));
        false
    }

    /// Whether coins go with the message. They need a payable entry.
    fn accepts_coins(&mut self, call: Option<&MessageCall>, value: &Expr) -> bool {
        if !self.carries_coins(value) {
            return false;
        }
        if let Some(call) = call {
            self.payable(call.method, value.span);
        }
        true
    }

    /// Reports coins for an entry that takes none.
    fn payable(&mut self, method: MethodId, span: Span) {
        let info = &self.symbols().methods[method];
        if info.entry == Some(EntryKind::Payable) {
            return;
        }
        let (name, declared) = (info.name, info.span);
        self.report(
            Diagnostic::error(codes::COINS_NOT_ACCEPTED, span, format!("`{name}` takes no coins"))
                .because("coins go with this message")
                .label(declared, "not `@payable`")
                .help(format!("mark `{name}` `@payable`, or send the message without a value")),
        );
    }

    fn carries_coins(&self, value: &Expr) -> bool {
        carries_coins(self.symbols(), value)
    }

    /// Class and arguments of `=> C(args)`.
    pub(super) fn made_contract(
        &mut self,
        make: Expr,
        before: &mut Vec<Stmt>,
    ) -> Option<(crate::symbols::ClassId, Vec<Expr>)> {
        let span = make.span;
        let body = match make.kind {
            ExprKind::Lambda { params, body, .. } if params.is_empty() => *body,
            ExprKind::Error => return None,
            kind => Expr { kind, ..make },
        };
        let (mut stmts, body) = opened(body);
        let body_span = if body.span.is_synthetic() { span } else { body.span };
        match body.kind {
            ExprKind::New { class, mut args, .. }
                if self.symbols().classes[class].role == Some(ContractRole::Contract) =>
            {
                self.stmts(&mut stmts);
                before.extend(stmts);
                args.iter_mut().for_each(|arg| self.expr(arg));
                Some((class, args))
            }
            ExprKind::Error => None,
            _ => {
                self.report(
                    Diagnostic::error(
                        codes::MESSAGE_FORM,
                        body_span,
                        "a contract is deployed from its class and arguments",
                    )
                    .because("not of the form `Class(arguments)`")
                    .help("write the constructor call itself here"),
                );
                None
            }
        }
    }
}

/// Whether an amount may be more than nothing, as far as its form shows.
pub(crate) fn carries_coins(symbols: &Symbols, value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Call { method, .. } => {
            let info = &symbols.methods[*method];
            let is_default = matches!(info.kind, MethodKind::Default(..));
            !is_default && info.name.as_str() != "zero"
        }
        ExprKind::Field(_, field) => symbols.fields[*field].name.as_str() != "zero",
        _ => true,
    }
}

/// What a message is read for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// To be handled.
    Message,
    /// To be answered from the current state.
    Query,
}

/// The expression without casts and empty blocks around it.
pub(super) fn plain(expr: Expr) -> Expr {
    let mut expr = expr;
    loop {
        expr = match expr.kind {
            ExprKind::Cast(inner, _) => *inner,
            ExprKind::Block(stmts, result) if stmts.is_empty() => *result,
            // A discarded value: `{ handler(x); () }`.
            ExprKind::Block(mut stmts, result) => {
                let is_unit = matches!(result.kind, ExprKind::Constant(Constant::Unit));
                match stmts.pop() {
                    Some(Stmt::Expr(only)) if is_unit && stmts.is_empty() => only,
                    Some(last) => {
                        stmts.push(last);
                        return Expr { kind: ExprKind::Block(stmts, result), ..expr };
                    }
                    None => *result,
                }
            }
            kind => return Expr { kind, ..expr },
        };
    }
}

/// The statements of a block around an expression, and the expression.
fn opened(expr: Expr) -> (Vec<Stmt>, Expr) {
    let mut expr = plain(expr);
    let mut stmts = Vec::new();
    while let ExprKind::Block(inner, result) = expr.kind {
        stmts.extend(inner);
        expr = plain(*result);
    }
    (stmts, expr)
}

/// The expression after these statements.
pub(super) fn with_statements(before: Vec<Stmt>, mut expr: Expr) -> Expr {
    if before.is_empty() {
        return expr;
    }
    let (ty, span) = (expr.ty, expr.span);
    let result = Box::new(take(&mut expr));
    Expr { kind: ExprKind::Block(before, result), ty, span }
}

fn is_this(expr: &Expr) -> bool {
    matches!(expr.kind, ExprKind::This(_))
}

/// Whether a local occurs in an expression.
pub(super) fn mentions(expr: &Expr, local: LocalId) -> bool {
    if matches!(expr.kind, ExprKind::Local(used) if used == local) {
        return true;
    }
    let mut found = false;
    visit::children(expr, &mut |child| found = found || mentions(child, local));
    found
}
