//! What makes a class a contract: its role, its storage, the kinds of its entries, and the forms
//! that are more than calls (payments, messages, saved calls, conditions, the world of a suite).
//!
//! The expression typer knows nothing of contracts: it types these forms as ordinary calls of the
//! library package `fvm`. This pass then
//! * gives classes their role and fields their storage kind ([`classify`]),
//! * checks the shape of contracts (`class`, `encode`, `ids`),
//! * rewrites the forms into nodes of their own ([`shape`]: `storage`, `message`, `condition`,
//!   `suite`).
//!
//! **Relies on** finished signatures and typed bodies of all user code. **Guarantees** that after
//! it no call of a form is left without a diagnostic, so that library bodies of the forms are
//! never needed.

mod class;
mod condition;
mod encode;
mod ids;
mod library;
mod marks;
mod message;
mod storage;
mod suite;

use crate::known::Known;
use crate::symbols::{ClassId, ContractRole, Local, LocalId, MethodId, Owner, Passing, Symbols};
use crate::typed::{Body, Constant, Expr, ExprKind, Stmt};
use crate::types::{TyId, Types};
use crate::visit;
use fscc_base::{Diagnostic, FastMap, Name, Span, codes};
use library::{Form, Library};

pub(crate) use marks::Marks;
pub(crate) use message::carries_coins;

/// What the pass works on.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    /// Gets roles, storage kinds, new locals and the methods of invariants.
    pub symbols: &'a mut Symbols,
    /// The types.
    pub types: &'a Types,
    /// Library names.
    pub known: &'a Known,
    /// The typed bodies; those of user code are rewritten.
    pub bodies: &'a mut FastMap<MethodId, Body>,
    /// Gets what is wrong.
    pub found: &'a mut Vec<Diagnostic>,
}

/// The classes of user code with a role.
#[derive(Debug, Default)]
pub(crate) struct Roles {
    /// Contracts, in source order.
    pub contracts: Vec<ClassId>,
    /// Interfaces, in source order.
    pub interfaces: Vec<ClassId>,
    /// Suites, in source order.
    pub suites: Vec<ClassId>,
}

/// Finds roles and storage kinds, checks contract classes, and rewrites the forms in all bodies
/// of user code.
pub(crate) fn shape(subject: &mut Subject, marks: &Marks) -> Roles {
    let Some(library) = Library::new(subject.symbols, subject.known) else {
        return Roles::default();
    };
    let roles = classify(subject, &library);
    class::check(subject, &library, marks, &roles);
    ids::check(subject, &roles);
    let methods: Vec<MethodId> = subject.bodies.keys().copied().collect();
    for method in methods {
        if crate::effects::is_library(subject.symbols, method) {
            continue;
        }
        let Some(mut body) = subject.bodies.get_mut(&method).map(std::mem::take) else { continue };
        let mut shaper = Shaper::new(subject, &library, method);
        shaper.body(&mut body);
        let made = std::mem::take(&mut shaper.made);
        subject.bodies.insert(method, body);
        subject.bodies.extend(made);
    }
    roles
}

impl Default for Body {
    /// The body that stands while another one is being worked on.
    fn default() -> Self {
        Body::Constructor(crate::typed::Constructor {
            super_call: None,
            traits: Vec::new(),
            statements: Vec::new(),
        })
    }
}

/// Sets the roles of classes and the storage kinds of fields.
fn classify(subject: &mut Subject, library: &Library) -> Roles {
    let mut roles = Roles::default();
    for class in subject.symbols.classes.indices() {
        let info = &subject.symbols.classes[class];
        if info.is_library {
            continue;
        }
        let Some(role) = library.role(subject.symbols, class) else { continue };
        subject.symbols.classes[class].role = Some(role);
        match role {
            ContractRole::Contract => roles.contracts.push(class),
            ContractRole::Interface => roles.interfaces.push(class),
            ContractRole::Suite => roles.suites.push(class),
        }
    }
    for class in &roles.contracts {
        for field in subject.symbols.classes[*class].fields.clone() {
            let kind = storage::kind(subject.symbols, subject.types, library, field);
            subject.symbols.fields[field].storage = Some(kind);
        }
    }
    roles
}

/// Rewrites one body.
struct Shaper<'a, 'b> {
    subject: &'a mut Subject<'b>,
    library: &'a Library,
    method: MethodId,
    /// The contract around the body.
    contract: Option<ClassId>,
    is_constructor: bool,
    /// Values of `old(…)` in the postcondition under way; none outside of one.
    olds: Option<Vec<(LocalId, Expr)>>,
    /// Bodies of methods made up here.
    made: Vec<(MethodId, Body)>,
    /// Whether floating point in this method was reported.
    has_double: bool,
    /// Number of the next made-up name.
    next: u32,
}

impl<'a, 'b> Shaper<'a, 'b> {
    fn new(subject: &'a mut Subject<'b>, library: &'a Library, method: MethodId) -> Self {
        let contract = contract_around(subject.symbols, method);
        let is_constructor =
            subject.symbols.methods[method].kind == crate::symbols::MethodKind::Constructor;
        Self {
            subject,
            library,
            method,
            contract,
            is_constructor,
            olds: None,
            made: Vec::new(),
            has_double: false,
            next: 1,
        }
    }

    fn symbols(&self) -> &Symbols {
        self.subject.symbols
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.subject.found.push(diagnostic);
    }

    /// Reports that something has not the form it must have, unless it has another mistake.
    fn report_form(&mut self, diagnostic: Diagnostic) {
        let span = diagnostic.span();
        let is_known = self.subject.found.iter().any(|known| {
            let place = known.span();
            known.is_error()
                && place.file == span.file
                && place.lo >= span.lo
                && place.hi <= span.hi
        });
        if !is_known {
            self.report(diagnostic);
        }
    }

    fn body(&mut self, body: &mut Body) {
        match body {
            Body::Expr(expr) => self.expr(expr),
            Body::Constructor(constructor) => {
                let mut statements = std::mem::take(&mut constructor.statements);
                visit::constructor_mut(constructor, &mut |expr| self.expr(expr));
                self.stmts(&mut statements);
                constructor.statements = statements;
            }
        }
    }

    fn stmts(&mut self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            visit::stmt_mut(stmt, &mut |expr| self.expr(expr));
        }
    }

    /// Puts lambdas back into the call of a form: the typer binds them to temporaries when named
    /// arguments stand in another order. That a lambda is made earlier or later makes no
    /// difference.
    fn put_back(&self, stmts: &mut Vec<Stmt>, result: &mut Expr) {
        let ExprKind::Call { method, args, .. } = &mut result.kind else { return };
        if self.library.form(*method).is_none() {
            return;
        }
        for arg in args {
            let ExprKind::Local(local) = arg.kind else { continue };
            let is_temporary = self.subject.symbols.locals[local].name.as_str().contains('$');
            let place = stmts.iter().position(|stmt| match stmt {
                Stmt::Let(bound, value) => {
                    *bound == local && matches!(value.kind, ExprKind::Lambda { .. })
                }
                _ => false,
            });
            if let (true, Some(place)) = (is_temporary, place)
                && let Stmt::Let(_, lambda) = stmts.remove(place)
            {
                *arg = lambda;
            }
        }
    }

    fn expr(&mut self, expr: &mut Expr) {
        self.no_double(expr);
        match &mut expr.kind {
            ExprKind::Block(stmts, result) => {
                self.put_back(stmts, result);
                self.stmts(stmts);
                self.expr(result);
                return;
            }
            ExprKind::Call { method, .. } => {
                if let Some(form) = self.library.form(*method) {
                    let call = take(expr);
                    *expr = self.form(form, call);
                    return;
                }
            }
            ExprKind::Try(..) => self.no_try(expr.span),
            _ => {}
        }
        if self.contract.is_some() && self.storage(expr) {
            return;
        }
        visit::children_mut(expr, &mut |child| self.expr(child));
    }

    fn no_try(&mut self, span: Span) {
        if self.contract.is_none() {
            return;
        }
        self.report(
            Diagnostic::error(
                codes::TRY_IN_CONTRACT,
                Span { hi: (span.lo + 3).min(span.hi), ..span },
                "`try` is Scala, but contracts have no exceptions",
            )
            .because("an aborted message rolls back as a whole, so there is nothing to catch")
            .help("to test before acting, use `require` or return `Either`")
            .help("to react to a failed payment, use its `bounced` handler"),
        );
    }

    /// Floating point rounds, so it has no place where coins are counted.
    fn no_double(&mut self, expr: &Expr) {
        let roots = self.subject.types.roots();
        let is_double = [roots.double, roots.float].contains(&self.subject.types.widen(expr.ty));
        if !is_double || self.contract.is_none() || self.has_double || expr.span.is_synthetic() {
            return;
        }
        self.has_double = true;
        let method = &self.symbols().methods[self.method];
        let place = match method.kind {
            crate::symbols::MethodKind::Constructor => "used at deployment".to_owned(),
            _ => format!("used in `{}`", method.name),
        };
        self.report(
            Diagnostic::warning(
                codes::DOUBLE_IN_CONTRACT,
                expr.span,
                "floating point in a contract",
            )
            .because(place)
            .note("it rounds: amounts that should add up do not")
            .help("use `Amount`, `Ratio` or integers"),
        );
    }

    /// A call of a form.
    fn form(&mut self, form: Form, call: Expr) -> Expr {
        let span = call.span;
        let ty = call.ty;
        let ExprKind::Call { method, dispatch, receiver, type_args, args } = call.kind else {
            return call;
        };
        let parts = Parts { receiver, args, span, ty };
        let rebuilt = match form {
            Form::Pay | Form::Schedule | Form::Spawn | Form::Send | Form::Ask => {
                self.message_form(form, parts)
            }
            Form::Emit | Form::Story | Form::Conclude | Form::Abort => self.record(form, parts),
            Form::Invariant => self.invariant(parts),
            Form::Old => self.old(parts),
            Form::Require => self.require(parts),
            Form::Ensuring => self.ensuring(parts),
            Form::Deploy | Form::Call | Form::Query => self.world(form, parts),
        };
        match rebuilt {
            Ok(expr) => expr,
            // Not the form after all: an ordinary call.
            Err(parts) => {
                let (receiver, args) = (parts.receiver, parts.args);
                let kind = ExprKind::Call { method, dispatch, receiver, type_args, args };
                let mut expr = Expr { kind, ty, span };
                visit::children_mut(&mut expr, &mut |child| self.expr(child));
                expr
            }
        }
    }

    // ── pieces of trees ────────────────────────────────────────────────────────────────────────

    fn unit(&self, span: Span) -> Expr {
        let ty = self.subject.types.roots().unit;
        Expr { kind: ExprKind::Constant(Constant::Unit), ty, span }
    }

    fn error(&self, span: Span) -> Expr {
        Expr { kind: ExprKind::Error, ty: self.subject.types.roots().error, span }
    }

    /// A new local of this type.
    fn local(&mut self, name: &str, ty: TyId, span: Span) -> LocalId {
        let name = Name::new(&format!("{name}${}", self.next));
        self.next += 1;
        self.subject.symbols.locals.push(Local {
            name,
            ty,
            is_mutable: false,
            is_lazy: false,
            passing: Passing::Value,
            has_default: false,
            is_captured: false,
            span,
        })
    }
}

/// The parts of a call of a form.
struct Parts {
    receiver: Option<Box<Expr>>,
    args: Vec<Expr>,
    span: Span,
    ty: TyId,
}

impl Parts {
    /// The next arguments, as many as the form has.
    fn take<const N: usize>(self) -> Result<([Expr; N], Option<Box<Expr>>), Parts> {
        let Parts { receiver, args, span, ty } = self;
        match <[Expr; N]>::try_from(args) {
            Ok(args) => Ok((args, receiver)),
            Err(args) => Err(Parts { receiver, args, span, ty }),
        }
    }
}

/// The expression, leaving a placeholder.
fn take(expr: &mut Expr) -> Expr {
    let placeholder = Expr { kind: ExprKind::Error, ty: expr.ty, span: expr.span };
    std::mem::replace(expr, placeholder)
}

/// The contract class that a method, local function or local class stands in.
fn contract_around(symbols: &Symbols, method: MethodId) -> Option<ClassId> {
    let mut owner = symbols.methods[method].owner;
    loop {
        match owner {
            Owner::Package => return None,
            Owner::Method(outer) => owner = symbols.methods[outer].owner,
            Owner::Class(class) => {
                let info = &symbols.classes[class];
                if matches!(info.role, Some(ContractRole::Contract | ContractRole::Interface)) {
                    return Some(class);
                }
                owner = info.owner;
            }
        }
    }
}
