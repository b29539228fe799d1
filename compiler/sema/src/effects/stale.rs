//! Stale values: state that is read, saved in a call for later, and written back by the handler
//! as if no other message could have changed it in between.
//!
//! Messages never run at once, so this is the one race that is left: between a message and the
//! answer to it any entry may run. A handler that stores a value which was computed from a field
//! before the message, without looking at that field again, undoes what happened meanwhile; so
//! does one that decides by it whether to write. Arithmetic on the field's present value
//! (`held = held + amount`) is fine.
//!
//! **Method.** Values are followed through locals of one body, and through the parameters of the
//! methods that a handler calls. Only what surely comes from the field is followed: results of
//! methods are taken to come from their arguments and receiver.

use super::values::{read, sources, written};
use super::{Atom, Effect, EffectTable};
use crate::symbols::{FieldId, LocalId, MethodId, Symbols};
use crate::typed::{Body, Expr, ExprKind, Message, Program, SavedArg, SavedCall, Stmt};
use crate::visit;
use fscc_base::{Diagnostic, FastMap, FastSet, Span, codes};
use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::ops::Deref;

/// Reports stale values in the handlers of user code.
pub(super) fn check(program: &Program, table: &EffectTable) -> Vec<Diagnostic> {
    let mut checker = Checker { program, symbols: &program.symbols, table, found: Vec::new() };
    // Values are saved for messages alone.
    if !table.has_any(|atom| matches!(atom.effect(), Some(Effect::Send | Effect::Schedule))) {
        return checker.found;
    }
    for (id, body) in program.bodies.iter() {
        if super::facts::is_library(&program.symbols, *id) {
            continue;
        }
        // Few bodies send messages.
        let flow = LazyCell::new(|| Flow::of(&program.symbols, body, &BTreeSet::new()));
        visit::body(body, &mut |expr| checker.messages(expr, &flow));
    }
    checker.found
}

struct Checker<'a> {
    program: &'a Program,
    symbols: &'a Symbols,
    table: &'a EffectTable,
    found: Vec<Diagnostic>,
}

/// Where a handler uses a stale value.
struct Use {
    span: Span,
    field: FieldId,
    is_write: bool,
}

impl Checker<'_> {
    fn messages<'f>(&mut self, expr: &Expr, flow: &impl Deref<Target = Flow<'f>>) {
        if let ExprKind::Message(message) = &expr.kind {
            match &**message {
                Message::Pay { delivered, bounced, .. } => {
                    self.saved(delivered, flow);
                    self.saved(bounced, flow);
                }
                Message::Ask { reply, bounced, .. } => {
                    self.saved(reply, flow);
                    self.saved(bounced, flow);
                }
                Message::Send { bounced: call, .. }
                | Message::Spawn { bounced: call, .. }
                | Message::Schedule { call, .. } => self.saved(call, flow),
                _ => {}
            }
        }
        visit::children(expr, &mut |child| self.messages(child, flow));
    }

    fn saved(&mut self, call: &SavedCall, flow: &Flow<'_>) {
        let Some(handler) = call.handler else { return };
        for (position, arg) in call.args.iter().enumerate() {
            let SavedArg::Value(value) = arg else { continue };
            let fields = flow.fields(value);
            let Some(param) = self.symbols.methods[handler].params.get(position) else { continue };
            if fields.is_empty() {
                continue;
            }
            if let Some(found) = self.first_use(handler, *param, &fields) {
                self.report(value.span, handler, *param, &found);
            }
        }
    }

    /// The first place at which `handler`, or what it passes the parameter on to, trusts it.
    fn first_use(
        &self,
        handler: MethodId,
        param: LocalId,
        fields: &BTreeSet<FieldId>,
    ) -> Option<Use> {
        let mut seen = FastSet::from_iter([(handler, param)]);
        let mut next = 0;
        while let Some((method, param)) = seen.get_index(next).copied() {
            next += 1;
            let Some(body) = self.program.bodies.get(&method) else { continue };
            if super::facts::is_library(self.symbols, method) {
                continue;
            }
            let flow = Flow::of(self.symbols, body, &BTreeSet::from([param]));
            let mut trust = Trust { symbols: self.symbols, flow: &flow, fields, found: None };
            visit::body(body, &mut |expr| trust.expr(expr));
            if trust.found.is_some() {
                return trust.found;
            }
            visit::body(body, &mut |expr| self.passed_on(expr, &flow, &mut seen));
        }
        None
    }

    fn passed_on(&self, expr: &Expr, flow: &Flow<'_>, seen: &mut FastSet<(MethodId, LocalId)>) {
        if let ExprKind::Call { method, args, .. } = &expr.kind {
            for (param, arg) in self.symbols.methods[*method].params.iter().zip(args) {
                if flow.is_stale(arg) {
                    seen.insert((*method, *param));
                }
            }
        }
        visit::children(expr, &mut |child| self.passed_on(child, flow, seen));
    }

    fn report(&mut self, saved: Span, handler: MethodId, param: LocalId, found: &Use) {
        let field = self.symbols.fields[found.field].name;
        let writers: Vec<String> = self
            .symbols
            .methods
            .iter_enumerated()
            .filter(|(id, method)| {
                method.entry.is_some()
                    && *id != handler
                    && self.table.signature(*id).is_some_and(|signature| {
                        signature.atoms.contains_key(&Atom::WriteField(found.field))
                    })
            })
            .map(|(_, method)| format!("`{}`", method.name))
            .collect();
        if writers.is_empty() {
            return;
        }
        let name = self.symbols.methods[handler].name;
        let param = self.symbols.locals[param].name;
        let (what, why) = match found.is_write {
            true => ("writes it back", "written here as if nothing had happened since"),
            false => ("decides by it", "decided here as if nothing had happened since"),
        };
        let message = format!("`{name}` gets `{field}` as it was before the message, and {what}");
        self.found.push(
            Diagnostic::warning(codes::STALE_VALUE, saved, message)
                .because(format!("`{field}` is read before the message and saved as `{param}`"))
                .label(found.span, why)
                .note(format!(
                    "until `{name}` runs, `{field}` may be changed by {}",
                    writers.join(", ")
                ))
                .help(format!("read `{field}` in `{name}` instead of saving it"))
                .help(format!("or change `{field}` before the message, and back when it bounces")),
        );
    }
}

/// The search for the first place that trusts a stale value.
struct Trust<'a> {
    symbols: &'a Symbols,
    flow: &'a Flow<'a>,
    fields: &'a BTreeSet<FieldId>,
    found: Option<Use>,
}

impl Trust<'_> {
    fn expr(&mut self, expr: &Expr) {
        if self.found.is_some() {
            return;
        }
        if let Some((field, value)) = written(self.symbols, expr)
            && self.fields.contains(&field)
            && self.flow.is_stale(value)
            && !self.flow.fields(value).contains(&field)
        {
            self.found = Some(Use { span: expr.span, field, is_write: true });
            return;
        }
        if let ExprKind::If(condition, yes, no) = &expr.kind
            && self.flow.is_stale(condition)
        {
            let mut written = BTreeSet::new();
            for branch in [yes, no] {
                fields_written(self.symbols, branch, &mut written);
            }
            let fresh = self.flow.fields(condition);
            let trusted = |field: &&FieldId| {
                written.contains(*field)
                    && !fresh.contains(*field)
                    && !self.flow.reads.contains(*field)
            };
            if let Some(field) = self.fields.iter().find(trusted) {
                let span = condition.span;
                self.found = Some(Use { span, field: *field, is_write: false });
                return;
            }
        }
        visit::children(expr, &mut |child| self.expr(child));
    }
}

/// Which stored fields, and whether stale values, the locals of a body come from.
struct Flow<'a> {
    symbols: &'a Symbols,
    locals: FastMap<LocalId, BTreeSet<FieldId>>,
    stale: BTreeSet<LocalId>,
    /// All fields that the body reads.
    reads: BTreeSet<FieldId>,
}

impl<'a> Flow<'a> {
    fn of(symbols: &'a Symbols, body: &Body, stale: &BTreeSet<LocalId>) -> Self {
        let mut flow = Flow {
            symbols,
            locals: FastMap::default(),
            stale: stale.clone(),
            reads: BTreeSet::new(),
        };
        // Assignments may stand after uses in a loop: until nothing changes, which is soon, since
        // sets only grow.
        loop {
            let before = flow.size();
            visit::body(body, &mut |expr| flow.bind(expr));
            if flow.size() == before {
                return flow;
            }
        }
    }

    fn size(&self) -> usize {
        self.stale.len() + self.reads.len() + self.locals.values().map(BTreeSet::len).sum::<usize>()
    }

    fn bind(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Block(stmts, _) => {
                for stmt in stmts {
                    if let Stmt::Let(local, value) = stmt {
                        self.set(*local, value);
                    }
                }
            }
            ExprKind::AssignLocal(local, value) => self.set(*local, value),
            _ => {}
        }
        if let Some(field) = read(self.symbols, expr) {
            self.reads.insert(field);
        }
        visit::children(expr, &mut |child| self.bind(child));
    }

    fn set(&mut self, local: LocalId, value: &Expr) {
        let fields = self.fields(value);
        if !fields.is_empty() {
            self.locals.entry(local).or_default().extend(fields);
        }
        if self.is_stale(value) {
            self.stale.insert(local);
        }
    }

    /// The stored fields that the value comes from.
    fn fields(&self, expr: &Expr) -> BTreeSet<FieldId> {
        let mut fields = BTreeSet::new();
        sources(expr, &mut |part| {
            match &part.kind {
                ExprKind::Local(local) => {
                    fields.extend(self.locals.get(local).into_iter().flatten().copied());
                }
                _ => fields.extend(read(self.symbols, part)),
            }
            true
        });
        fields
    }

    /// Whether the value comes from a stale one.
    fn is_stale(&self, expr: &Expr) -> bool {
        let mut is_stale = false;
        sources(expr, &mut |part| {
            is_stale |= matches!(&part.kind, ExprKind::Local(local) if self.stale.contains(local));
            true
        });
        is_stale
    }
}

fn fields_written(symbols: &Symbols, expr: &Expr, fields: &mut BTreeSet<FieldId>) {
    fields.extend(written(symbols, expr).map(|(field, _)| field));
    visit::children(expr, &mut |child| fields_written(symbols, child, fields));
}
