//! Stored maps and sets: reads of single entries and assignments of changed maps become storage
//! operations; every other use is refused with what to keep instead.
//!
//! An assignment `m = m.updated(k, v).removed(j)` evaluates all arguments first, on the old map,
//! then changes the entries in order: exactly what the in-memory map would give.

use super::library::Library;
use super::{Shaper, take};
use crate::symbols::{FieldId, MethodId, MethodKind, StorageKind, Symbols};
use crate::typed::{Constant, Expr, ExprKind, Stmt, StorageOp};
use crate::types::Types;
use fscc_base::{Diagnostic, Span, codes};

/// How a field of a contract is stored.
pub(super) fn kind(
    symbols: &Symbols,
    types: &Types,
    library: &Library,
    field: FieldId,
) -> StorageKind {
    let field = &symbols.fields[field];
    let class = types.class_of(field.ty);
    if !field.is_mutable || class.is_none() {
        StorageKind::Value
    } else if class == library.map {
        StorageKind::Map
    } else if class == library.set {
        StorageKind::Set
    } else {
        StorageKind::Value
    }
}

/// A change of an entry.
struct Change {
    op: StorageOp,
    args: Vec<Expr>,
    span: Span,
}

/// An assigned value taken apart: the changes in order, and what they start from.
enum Origin {
    /// The field itself.
    Same,
    /// An empty map or set.
    Empty,
}

impl Shaper<'_, '_> {
    /// Rewrites a use of a stored map or set; tells whether `expr` was one.
    pub(super) fn storage(&mut self, expr: &mut Expr) -> bool {
        if let Some((field, kind)) = self.stored_collection(expr) {
            self.whole(field, kind, expr.span, None);
            *expr = self.error(expr.span);
            return true;
        }
        match &mut expr.kind {
            ExprKind::AssignField(_, field, value) => {
                let field = *field;
                let kind = self.symbols().fields[field].storage;
                let Some(kind @ (StorageKind::Map | StorageKind::Set)) = kind else { return false };
                let value = take(value);
                *expr = self.assign(field, kind, value, expr.span);
                true
            }
            ExprKind::Call { method, args, .. } => {
                if let MethodKind::Setter(field) = self.symbols().methods[*method].kind
                    && let Some(kind @ (StorageKind::Map | StorageKind::Set)) =
                        self.symbols().fields[field].storage
                    && let [value] = args.as_mut_slice()
                {
                    let value = take(value);
                    *expr = self.assign(field, kind, value, expr.span);
                    return true;
                }
                self.read(expr)
            }
            ExprKind::Equals(a, b) => {
                let Some((field, kind)) =
                    self.stored_collection(a).or_else(|| self.stored_collection(b))
                else {
                    return false;
                };
                self.whole(field, kind, expr.span, Some("=="));
                *expr = self.error(expr.span);
                true
            }
            _ => false,
        }
    }

    /// The stored map or set that an expression is.
    fn stored_collection(&self, expr: &Expr) -> Option<(FieldId, StorageKind)> {
        let field = match &expr.kind {
            ExprKind::Field(_, field) => *field,
            ExprKind::Call { method, .. } => match self.symbols().methods[*method].kind {
                MethodKind::Getter(field) => field,
                _ => return None,
            },
            ExprKind::Cast(inner, _) => return self.stored_collection(inner),
            _ => return None,
        };
        match self.symbols().fields[field].storage? {
            StorageKind::Value => None,
            kind => Some((field, kind)),
        }
    }

    /// `m.get(k)` and its like.
    fn read(&mut self, expr: &mut Expr) -> bool {
        let ExprKind::Call { method, receiver: Some(receiver), args, .. } = &mut expr.kind else {
            return false;
        };
        let Some((field, kind)) = self.stored_collection(receiver) else { return false };
        let method = *method;
        let name = self.subject.symbols.methods[method].name.as_str();
        let is_map = kind == StorageKind::Map;
        let op = match (name, args.len()) {
            ("get", 1) if is_map => StorageOp::Get,
            ("getOrElse", 2) if is_map => StorageOp::GetOrElse,
            ("apply", 1) if is_map => StorageOp::Apply,
            ("contains" | "isDefinedAt", 1) => StorageOp::Contains,
            ("apply", 1) => StorageOp::Contains,
            ("size", 0) => StorageOp::Size,
            ("isEmpty" | "nonEmpty", 0) => StorageOp::IsEmpty,
            _ => {
                self.whole(field, kind, expr.span, Some(name));
                *expr = self.error(expr.span);
                return true;
            }
        };
        let mut args = std::mem::take(args);
        args.iter_mut().for_each(|arg| self.expr(arg));
        let (ty, span) = (expr.ty, expr.span);
        let operation = Expr { kind: ExprKind::Storage(op, field, args), ty, span };
        *expr = if name == "nonEmpty" { self.negated(operation) } else { operation };
        true
    }

    /// `!e`, without a call.
    fn negated(&self, expr: Expr) -> Expr {
        let (ty, span) = (expr.ty, expr.span);
        let constant =
            |value| Box::new(Expr { kind: ExprKind::Constant(Constant::Boolean(value)), ty, span });
        Expr { kind: ExprKind::If(Box::new(expr), constant(false), constant(true)), ty, span }
    }

    // ── assignments ────────────────────────────────────────────────────────────────────────────

    /// `m = value` for a stored map or set.
    fn assign(&mut self, field: FieldId, kind: StorageKind, value: Expr, span: Span) -> Expr {
        let unit = self.subject.types.roots().unit;
        let whole = value.span;
        match value.kind {
            ExprKind::Block(mut stmts, result) => {
                self.stmts(&mut stmts);
                let result = Box::new(self.assign(field, kind, *result, span));
                Expr { kind: ExprKind::Block(stmts, result), ty: unit, span }
            }
            ExprKind::If(mut condition, yes, no) => {
                self.expr(&mut condition);
                let yes = Box::new(self.assign(field, kind, *yes, span));
                let no = Box::new(self.assign(field, kind, *no, span));
                Expr { kind: ExprKind::If(condition, yes, no), ty: unit, span }
            }
            ExprKind::Match(mut scrutinee, mut cases) => {
                self.expr(&mut scrutinee);
                for case in &mut cases {
                    if let Some(guard) = &mut case.guard {
                        self.expr(guard);
                    }
                    let body = take(&mut case.body);
                    case.body = self.assign(field, kind, body, span);
                }
                // The span stays that of the match: its kind is kept by it.
                Expr { kind: ExprKind::Match(scrutinee, cases), ty: unit, span: whole }
            }
            _ => {
                let mut changes = Vec::new();
                match self.changes(field, kind, value, &mut changes) {
                    Some(origin) => self.perform(field, kind, origin, changes, span),
                    None => {
                        self.unknown_assignment(field, kind, whole);
                        self.error(span)
                    }
                }
            }
        }
    }

    /// Takes a changed map apart. The changes are in the order in which they happen.
    fn changes(
        &mut self,
        field: FieldId,
        kind: StorageKind,
        value: Expr,
        changes: &mut Vec<Change>,
    ) -> Option<Origin> {
        let mut value = value;
        let mut reversed: Vec<Change> = Vec::new();
        let origin = loop {
            if let Some((read, _)) = self.stored_collection(&value) {
                break (read == field).then_some(Origin::Same);
            }
            let span = value.span;
            let ExprKind::Call { method, receiver, args, .. } = value.kind else { break None };
            if let Some(elements) = self.literal(method, receiver.as_deref(), &args) {
                for element in self.elements(args, elements).into_iter().rev() {
                    reversed.push(self.inclusion(kind, element, span)?);
                }
                break Some(Origin::Empty);
            }
            let receiver = *receiver?;
            let name = self.symbols().methods[method].name.as_str();
            let change = self.change(kind, name, args, span)?;
            reversed.push(change);
            value = receiver;
        };
        changes.extend(reversed.into_iter().rev());
        origin
    }

    /// Whether a call makes a map or set from nothing: `Map.empty`, `Map()`, `Map(a -> b, …)`.
    /// The number is that of the elements.
    fn literal(&self, method: MethodId, receiver: Option<&Expr>, args: &[Expr]) -> Option<usize> {
        let object = match receiver?.kind {
            ExprKind::Object(class) => &self.symbols().classes[class].full_name,
            _ => return None,
        };
        let is_factory = ["immutable.Map$", "immutable.Set$", "immutable.HashMap$"]
            .iter()
            .any(|name| object.ends_with(name));
        let name = self.symbols().methods[method].name.as_str();
        match (name, args) {
            _ if !is_factory => None,
            ("empty", []) => Some(0),
            ("apply", []) => Some(0),
            ("apply", [only]) => match &only.kind {
                ExprKind::Sequence(parts, _) => Some(parts.len()),
                _ => None,
            },
            _ => None,
        }
    }

    fn elements(&self, args: Vec<Expr>, count: usize) -> Vec<Expr> {
        match args.into_iter().next().map(|arg| arg.kind) {
            Some(ExprKind::Sequence(parts, _)) if parts.len() == count => parts,
            _ => Vec::new(),
        }
    }

    /// One step of a chain: `.updated(k, v)`, `+ (k -> v)`, `.removed(k)`, `+ x`, `- x`.
    fn change(
        &mut self,
        kind: StorageKind,
        name: &str,
        args: Vec<Expr>,
        span: Span,
    ) -> Option<Change> {
        let count = args.len();
        match (kind, name, count) {
            (StorageKind::Map, "updated", 2) => Some(Change { op: StorageOp::Put, args, span }),
            (_, "+" | "incl", 1) => self.inclusion(kind, args.into_iter().next()?, span),
            (_, "removed" | "-" | "excl", 1) => Some(Change { op: StorageOp::Remove, args, span }),
            _ => None,
        }
    }

    /// An element that joins: a pair of a map, or an element of a set.
    fn inclusion(&mut self, kind: StorageKind, element: Expr, span: Span) -> Option<Change> {
        if kind == StorageKind::Set {
            return Some(Change { op: StorageOp::Include, args: vec![element], span });
        }
        let args = self.pair(element)?;
        Some(Change { op: StorageOp::Put, args, span })
    }

    /// Key and value of a pair: `k -> v` or `(k, v)`.
    fn pair(&self, element: Expr) -> Option<Vec<Expr>> {
        match element.kind {
            ExprKind::Cast(inner, _) => self.pair(*inner),
            ExprKind::New { args, class, .. }
                if self.subject.known.tuple_arity(class) == Some(2) =>
            {
                Some(args)
            }
            ExprKind::Call { method, receiver, args, .. } => {
                let info = &self.symbols().methods[method];
                let is_tuple = self.subject.types.class_of(element.ty)
                    == self.subject.known.tuple(2)
                    && self.subject.known.tuple(2).is_some();
                match (info.name.as_str(), args.len()) {
                    ("->", 2) | ("apply", 2) if is_tuple => Some(args),
                    ("->", 1) if is_tuple => {
                        // A wrapper around the key: `ArrowAssoc(k).->(v)`.
                        let key = self.unwrapped(*receiver?);
                        Some(std::iter::once(key).chain(args).collect())
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn unwrapped(&self, wrapper: Expr) -> Expr {
        let is_wrapper = |class| self.symbols().classes[class].name.as_str() == "ArrowAssoc";
        match wrapper.kind {
            ExprKind::New { class, mut args, .. } if is_wrapper(class) && args.len() == 1 => {
                args.remove(0)
            }
            kind => Expr { kind, ..wrapper },
        }
    }

    /// The changes as storage operations.
    fn perform(
        &mut self,
        field: FieldId,
        kind: StorageKind,
        origin: Origin,
        mut changes: Vec<Change>,
        span: Span,
    ) -> Expr {
        let unit = self.subject.types.roots().unit;
        for change in &mut changes {
            change.args.iter_mut().for_each(|arg| self.expr(arg));
        }
        let operation =
            |op, args, span| Expr { kind: ExprKind::Storage(op, field, args), ty: unit, span };
        let mut stmts = Vec::new();
        match origin {
            Origin::Same => {}
            Origin::Empty if self.is_constructor => {
                stmts.push(Stmt::Expr(operation(StorageOp::Clear, Vec::new(), span)));
            }
            Origin::Empty => {
                self.clearing(field, kind, span);
                return self.error(span);
            }
        }
        if changes.len() > 1 {
            self.bind_arguments(&mut changes, &mut stmts);
        }
        stmts.extend(changes.into_iter().map(|c| Stmt::Expr(operation(c.op, c.args, c.span))));
        match stmts.pop() {
            None => self.unit(span),
            Some(Stmt::Expr(only)) if stmts.is_empty() => only,
            Some(last) => {
                stmts.push(last);
                let result = Box::new(self.unit(span));
                Expr { kind: ExprKind::Block(stmts, result), ty: unit, span }
            }
        }
    }

    /// Evaluates all arguments before the first change.
    fn bind_arguments(&mut self, changes: &mut [Change], stmts: &mut Vec<Stmt>) {
        for change in changes {
            for arg in &mut change.args {
                if matches!(arg.kind, ExprKind::Constant(_)) {
                    continue;
                }
                let (ty, span) = (arg.ty, arg.span);
                let local = self.local("entry", self.subject.types.widen(ty), span);
                let read = Expr { kind: ExprKind::Local(local), ty, span };
                let value = std::mem::replace(arg, read);
                stmts.push(Stmt::Let(local, value));
            }
        }
    }

    // ── refusals ───────────────────────────────────────────────────────────────────────────────

    fn whole(&mut self, field: FieldId, kind: StorageKind, span: Span, by: Option<&str>) {
        let (what, entry) = match kind {
            StorageKind::Set => ("set", "element"),
            _ => ("map", "entry"),
        };
        let info = &self.symbols().fields[field];
        let (name, declared) = (info.name, info.span);
        let because = match by {
            Some("==") => format!("comparing `{name}` would read every {entry}"),
            Some(method) => format!("`{method}` would go through all of `{name}`"),
            None => format!("`{name}` would be copied out of storage, every {entry} of it"),
        };
        let instead = match by {
            Some("keys" | "keySet" | "keysIterator") => {
                "keep the keys that you need in a `List` or `Vector` beside it (at most 4 KiB)"
            }
            Some("values" | "sum" | "foldLeft" | "map" | "valuesIterator" | "fold" | "count") => {
                "keep a running total or count in a `var` beside it, and change both together"
            }
            Some("exists" | "forall" | "find" | "filter") => {
                "keep what you look for in a `var` beside it, or let the caller name the key"
            }
            Some("updatedWith" | "++" | "--" | "concat") => {
                "change one entry after the other: `m = m.updated(key, value)`"
            }
            _ => "read single entries: `get`, `getOrElse`, `contains`, `size`",
        };
        self.report(
            Diagnostic::error(
                codes::WHOLE_STORED_MAP,
                span,
                format!("the stored {what} `{name}` is used as a whole"),
            )
            .because(because)
            .label(declared, format!("stored {entry} by {entry}"))
            .help(instead),
        );
    }

    fn unknown_assignment(&mut self, field: FieldId, kind: StorageKind, span: Span) {
        let info = &self.symbols().fields[field];
        let (name, declared) = (info.name, info.span);
        let (what, help) = match kind {
            StorageKind::Set => {
                ("set", format!("write `{name} = {name} + element` or `{name} = {name} - element`"))
            }
            _ => (
                "map",
                format!(
                    "write `{name} = {name}.updated(key, value)` or `{name} = {name}.removed(key)`"
                ),
            ),
        };
        self.report_form(
            Diagnostic::error(
                codes::STORED_MAP_ASSIGNMENT,
                span,
                format!("the stored {what} `{name}` cannot be assigned this value"),
            )
            .because("not a change of single entries")
            .label(declared, "stored entry by entry")
            .help(help),
        );
    }

    fn clearing(&mut self, field: FieldId, kind: StorageKind, span: Span) {
        let name = self.symbols().fields[field].name;
        let declared = self.symbols().fields[field].span;
        let what = if kind == StorageKind::Set { "set" } else { "map" };
        self.report(
            Diagnostic::error(
                codes::STORED_MAP_ASSIGNMENT,
                span,
                format!("the stored {what} `{name}` cannot be emptied at once"),
            )
            .because("removing every entry would cost without bound")
            .label(declared, "stored entry by entry")
            .help("remove single entries, or keep the number of the current round in the key"),
        );
    }
}
