//! What lints know of values without running anything: which parts of an expression its value is
//! computed from, which expressions read or write a stored field, and where the values of locals
//! and the results of methods come from.
//!
//! Results of library methods are taken to come from their arguments and receiver.

use crate::symbols::{EntryKind, FieldId, LocalId, MethodId, MethodKind, Symbols};
use crate::typed::{
    Body, Case, Expr, ExprKind, Message, Pattern, PatternKind, Program, SavedArg, SavedCall, Stmt,
    StorageOp,
};
use crate::visit;
use fscc_base::{FastMap, FastSet};

/// Calls `visit` for every part that the value of an expression is computed from; the parts of a
/// part follow if it says so.
pub(super) fn sources<'a>(expr: &'a Expr, visit: &mut dyn FnMut(&'a Expr) -> bool) {
    if !visit(expr) {
        return;
    }
    match &expr.kind {
        ExprKind::Message(message) => {
            if let Message::Ensuring { body, .. } = &**message {
                sources(body, visit);
            }
        }
        ExprKind::Lambda { .. } | ExprKind::AssignField(..) => {}
        ExprKind::Block(_, result) => sources(result, visit),
        ExprKind::If(_, yes, no) => {
            sources(yes, visit);
            sources(no, visit);
        }
        ExprKind::Match(_, cases) => cases.iter().for_each(|case| sources(&case.body, visit)),
        // The key says which entry, not what is in it.
        ExprKind::Storage(StorageOp::Get | StorageOp::Apply | StorageOp::Contains, ..) => {}
        ExprKind::Storage(StorageOp::GetOrElse, _, args) => {
            args.iter().skip(1).for_each(|default| sources(default, visit));
        }
        _ => visit::children(expr, &mut |child| sources(child, visit)),
    }
}

/// The stored field that an expression reads, itself.
pub(super) fn read(symbols: &Symbols, expr: &Expr) -> Option<FieldId> {
    let field = match &expr.kind {
        ExprKind::Field(_, field) => *field,
        ExprKind::Call { method, .. } => match symbols.methods[*method].kind {
            MethodKind::Getter(field) => field,
            _ => return None,
        },
        ExprKind::Storage(op, field, _) => match op {
            StorageOp::Put | StorageOp::Remove | StorageOp::Include | StorageOp::Clear => {
                return None;
            }
            _ => *field,
        },
        _ => return None,
    };
    let info = &symbols.fields[field];
    (info.storage.is_some() && info.is_mutable).then_some(field)
}

/// The stored field that an expression writes, and the value.
pub(super) fn written<'a>(symbols: &Symbols, expr: &'a Expr) -> Option<(FieldId, &'a Expr)> {
    let (field, value) = match &expr.kind {
        ExprKind::AssignField(_, field, value) => (*field, &**value),
        ExprKind::Call { method, args, .. } => match symbols.methods[*method].kind {
            MethodKind::Setter(field) => (field, args.first()?),
            _ => return None,
        },
        ExprKind::Storage(StorageOp::Put, field, args) => (*field, args.last()?),
        _ => return None,
    };
    symbols.fields[field].storage.is_some().then_some((field, value))
}

/// What has one value, or several in the course of a run, that expressions define.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Node {
    /// A local or a parameter.
    Local(LocalId),
    /// What a method of the user's gives back.
    Result(MethodId),
}

/// Where locals and results come from, in user code.
#[derive(Debug, Default)]
pub(super) struct Definitions<'a> {
    values: FastMap<Node, Vec<&'a Expr>>,
    /// Parameters whose values someone outside chooses: whoever sends the message or answers it.
    chosen: FastSet<LocalId>,
}

impl<'a> Definitions<'a> {
    /// Collects the definitions of all bodies of user code.
    pub fn of(program: &'a Program) -> Self {
        let symbols = &program.symbols;
        let mut definitions = Definitions::default();
        for method in symbols.methods.iter() {
            if method.entry.is_some_and(|kind| kind != EntryKind::Handler) {
                definitions.chosen.extend(method.params.iter().copied());
            }
        }
        for (id, body) in program.bodies.iter() {
            if super::facts::is_library(symbols, *id) {
                continue;
            }
            if let Body::Expr(result) = body {
                definitions.define(Node::Result(*id), result);
            }
            visit::body(body, &mut |expr| definitions.collect(symbols, expr));
            if let Body::Constructor(constructor) = body {
                for stmt in &constructor.statements {
                    definitions.stmt(stmt);
                }
            }
        }
        definitions
    }

    /// The expressions that define a value.
    pub fn get(&self, node: Node) -> &[&'a Expr] {
        self.values.get(&node).map_or(&[], Vec::as_slice)
    }

    /// The expressions that define a value; none if others may define it, too.
    pub fn all_of(&self, node: Node) -> Option<&[&'a Expr]> {
        match node {
            Node::Local(local) if self.chosen.contains(&local) => None,
            _ => self.values.get(&node).map(Vec::as_slice),
        }
    }

    /// Everything that is defined, with its definitions.
    pub fn all(&self) -> impl Iterator<Item = (Node, &[&'a Expr])> {
        self.values.iter().map(|(node, values)| (*node, values.as_slice()))
    }

    /// The parameters whose values someone outside chooses.
    pub fn chosen(&self) -> impl Iterator<Item = LocalId> {
        self.chosen.iter().copied()
    }

    fn define(&mut self, node: Node, value: &'a Expr) {
        self.values.entry(node).or_default().push(value);
    }

    fn arguments(&mut self, symbols: &Symbols, method: MethodId, args: &'a [Expr]) {
        for (param, arg) in symbols.methods[method].params.iter().zip(args) {
            self.define(Node::Local(*param), arg);
        }
    }

    fn stmt(&mut self, stmt: &'a Stmt) {
        if let Stmt::Let(local, value) = stmt {
            self.define(Node::Local(*local), value);
        }
    }

    fn collect(&mut self, symbols: &Symbols, expr: &'a Expr) {
        match &expr.kind {
            ExprKind::Block(stmts, _) => stmts.iter().for_each(|stmt| self.stmt(stmt)),
            ExprKind::AssignLocal(local, value) => self.define(Node::Local(*local), value),
            ExprKind::Return(method, value) => self.define(Node::Result(*method), value),
            ExprKind::New { constructor, args, .. } => self.arguments(symbols, *constructor, args),
            ExprKind::Call { method, receiver, args, .. } => {
                if super::facts::is_library(symbols, *method) {
                    self.lambdas(receiver.as_deref(), args);
                } else {
                    self.arguments(symbols, *method, args);
                }
            }
            ExprKind::Match(scrutinee, cases) => {
                for Case { pattern, .. } in cases {
                    self.pattern(pattern, scrutinee);
                }
            }
            ExprKind::Message(message) => match &**message {
                Message::Pay { delivered: first, bounced: second, .. }
                | Message::Ask { reply: first, bounced: second, .. } => {
                    self.saved(symbols, first);
                    self.saved(symbols, second);
                }
                Message::Send { bounced: call, .. }
                | Message::Spawn { bounced: call, .. }
                | Message::Schedule { call, .. } => self.saved(symbols, call),
                Message::Ensuring { body, result, .. } => self.define(Node::Local(*result), body),
                _ => {}
            },
            _ => {}
        }
        visit::children(expr, &mut |child| self.collect(symbols, child));
    }

    /// What a function value gets from an operation of the library is in its receiver or in the
    /// other arguments.
    fn lambdas(&mut self, receiver: Option<&'a Expr>, args: &'a [Expr]) {
        for lambda in args {
            let ExprKind::Lambda { params, .. } = &lambda.kind else { continue };
            let others = args.iter().filter(|arg| !matches!(arg.kind, ExprKind::Lambda { .. }));
            for value in others.chain(receiver) {
                for param in params {
                    self.define(Node::Local(*param), value);
                }
            }
        }
    }

    fn pattern(&mut self, pattern: &Pattern, scrutinee: &'a Expr) {
        match &pattern.kind {
            PatternKind::Bind(local, inner) => {
                self.define(Node::Local(*local), scrutinee);
                self.pattern(inner, scrutinee);
            }
            PatternKind::Typed(inner) | PatternKind::Belongs(_, _, inner) => {
                self.pattern(inner, scrutinee);
            }
            PatternKind::Class(_, parts) | PatternKind::Alternative(parts) => {
                parts.iter().for_each(|part| self.pattern(part, scrutinee));
            }
            PatternKind::Sequence { prefix, rest } => {
                let parts = prefix.iter().chain(rest.as_deref());
                parts.for_each(|part| self.pattern(part, scrutinee));
            }
            PatternKind::Extractor { .. } | PatternKind::Equals(_) | PatternKind::Wildcard => {}
        }
    }

    fn saved(&mut self, symbols: &Symbols, call: &'a SavedCall) {
        let Some(handler) = call.handler else { return };
        for (param, arg) in symbols.methods[handler].params.iter().zip(&call.args) {
            match arg {
                SavedArg::Value(value) => self.define(Node::Local(*param), value),
                SavedArg::Hole => {
                    self.chosen.insert(*param);
                }
            }
        }
    }
}
