//! Checks declared effects against inferred ones. Every finding shows the way by which the effect
//! arrives, what was declared, and both repairs: declare it, or end the way.

use super::{Atom, Effect, EffectTable, Row, Step};
use crate::symbols::{EntryKind, LocalId, Method, MethodId, MethodKind, Owner, Symbols};
use crate::typed::{Body, Expr, ExprKind, ExtractorResult, Message, Pattern, PatternKind, Program};
use crate::visit;
use fscc_base::{Applicability, Diagnostic, Fix, Label, LabelRole, Span, codes};
use std::fmt::Write as _;

/// Steps of a way that a message names; the rest is counted.
const STEPS_SHOWN: usize = 5;

/// Checks all rows of user code.
pub fn check(program: &Program, table: &EffectTable) -> Vec<Diagnostic> {
    let mut checker = Checker::new(program, table);
    for (id, method) in program.symbols.methods.iter_enumerated() {
        if super::facts::is_library(&program.symbols, id) {
            continue;
        }
        checker.method(id, method);
    }
    // Where nothing has an effect or a row, no place inside a body can be wrong.
    if table.has_any(|_| true) || !program.symbols.function_effects.is_empty() {
        for (id, body) in program.bodies.iter() {
            if !super::facts::is_library(&program.symbols, *id) {
                visit::body(body, &mut |expr| checker.expr(expr));
            }
        }
    }
    checker.found.append(&mut super::stale::check(program, table));
    checker.found.append(&mut super::wrapping::check(program));
    checker.found
}

pub(super) struct Checker<'a> {
    program: &'a Program,
    symbols: &'a Symbols,
    table: &'a EffectTable,
    pub(super) found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(program: &'a Program, table: &'a EffectTable) -> Checker<'a> {
        Checker { program, symbols: &program.symbols, table, found: Vec::new() }
    }
}

impl Checker<'_> {
    fn method(&mut self, id: MethodId, method: &Method) {
        if method.kind != MethodKind::Def {
            return;
        }
        let row = self.table.row(id);
        let is_view = method.entry == Some(EntryKind::View);
        let declared = method.declared_effects;
        let reported = if is_view {
            self.view(id, method, row)
        } else if let Some((declared, place)) = declared {
            self.declared(id, method, row, declared, place)
        } else {
            if method.entry.is_some_and(|kind| kind != EntryKind::Handler) {
                self.undeclared(id, method, row);
            }
            false
        };
        if !reported {
            self.overriding(id, method, row);
            self.unused(method, id, row);
        }
    }

    /// A declared effect that the method never has. A method that others may override declares
    /// for them, too.
    fn unused(&mut self, method: &Method, id: MethodId, row: Row) {
        let Some((declared, place)) = method.declared_effects else { return };
        let may_be_overridden = !method.is_final
            && matches!(method.owner, Owner::Class(class) if !self.symbols.classes[class].is_final);
        let Some(signature) = self.table.signature(id) else { return };
        // Reading a constant needs no declaration, but may be declared.
        let unused = declared.minus((row | signature.machine_row()).closed());
        let Some(first) = unused.iter().next() else { return };
        if may_be_overridden || !signature.calls.is_empty() || !method.overrides.is_empty() {
            return;
        }
        let name = method.name;
        let needed = row.shortened();
        let message = format!("`{name}` declares {unused}, but never {}", first.phrase());
        self.found.push(
            Diagnostic::warning(codes::UNUSED_EFFECT, place, message)
                .because(format!("inferred {needed}"))
                .note("who reads the row must reckon with everything in it")
                .help(format!("write `can {needed}`"))
                .fix(Fix::replace(
                    Applicability::Safe,
                    format!("declare `{needed}`"),
                    place,
                    needed.to_string(),
                )),
        );
    }

    /// `@view`: within Read, whatever is declared.
    fn view(&mut self, id: MethodId, method: &Method, row: Row) -> bool {
        let excess = row.minus(Row::READ);
        let name = method.name;
        if let Some((declared, place)) = method.declared_effects
            && !declared.is_within(Row::READ)
        {
            let message = format!("`{name}` is a view, but its row allows more than Read");
            self.found.push(
                Diagnostic::error(codes::VIEW_WITH_EFFECT, place, message)
                    .because(format!("declared: {declared}"))
                    .label(method.span, "a view may only read: wallets call it for nothing")
                    .help("write `can Read`")
                    .help(format!("or make `{name}` an `@entry`")),
            );
            return true;
        }
        let Some(first) = excess.iter().next() else {
            match method.declared_effects {
                Some((declared, place)) => {
                    return self.declared(id, method, row, declared, place);
                }
                None => self.undeclared(id, method, row),
            }
            return false;
        };
        let message = format!("`{name}` is a view but it {}", first.phrase());
        let mut found = self.with_ways(codes::VIEW_WITH_EFFECT, id, message, excess);
        found = match method.declared_effects {
            Some((declared, place)) => found.label(place, format!("declared: {declared}")),
            None => found.label(method.span, "a view may only read: wallets call it for nothing"),
        };
        found = found
            .note(format!("inferred {}, {}", row.shortened(), too_many(excess)))
            .help(format!("make `{name}` an `@entry`"));
        self.found.push(self.help_to_cut(found, id, excess));
        true
    }

    fn declared(
        &mut self,
        id: MethodId,
        method: &Method,
        row: Row,
        declared: Row,
        place: Span,
    ) -> bool {
        let excess = row.minus(declared.closed());
        let Some(first) = excess.iter().next() else { return false };
        let name = method.name;
        let message = if declared.is_pure() {
            format!("`{name}` is declared Pure but it {}", first.phrase())
        } else {
            format!("`{name}` {}, which its row does not declare", first.phrase())
        };
        let needed = (declared | row).shortened();
        let found = self
            .with_ways(codes::EFFECT_NOT_DECLARED, id, message, excess)
            .label(place, format!("declared: {declared}"))
            .note(format!("inferred {}, {}", row.shortened(), too_many(excess)))
            .help(format!("declare it: `can {needed}`"))
            .fix(Fix::replace(
                Applicability::Likely,
                format!("declare `{needed}`"),
                place,
                needed.to_string(),
            ));
        self.found.push(self.help_to_cut(found, id, excess));
        true
    }

    fn undeclared(&mut self, id: MethodId, method: &Method, row: Row) {
        if self.table.signature(id).is_none() {
            return;
        }
        let name = method.name;
        let message = format!("`{name}` is an entry without an effect row");
        self.found.push(
            Diagnostic::warning(codes::ENTRY_WITHOUT_ROW, method.span, message)
                .because("its callers cannot see what it may do")
                .note(format!("inferred {}", row.shortened()))
                .help(format!("write `can {}` after its result type", row.shortened())),
        );
    }

    fn overriding(&mut self, id: MethodId, method: &Method, row: Row) {
        for base in &method.overrides {
            let overridden = &self.symbols.methods[*base];
            let (allowed, place) = match (overridden.declared_effects, overridden.entry) {
                (Some((row, place)), _) => (row, place),
                (None, Some(EntryKind::View)) => (Row::READ, overridden.span),
                (None, _) => continue,
            };
            let excess = row.minus(allowed.closed());
            let Some(first) = excess.iter().next() else { continue };
            let name = method.name;
            let owner = self.owner_name(overridden);
            let message = format!("`{name}` {}, unlike the one in `{owner}`", first.phrase());
            let found = self
                .with_ways(codes::OVERRIDE_WITH_EFFECT, id, message, excess)
                .label(place, format!("`{owner}` promises: {allowed}"))
                .note(format!("inferred {}, {}", row.shortened(), too_many(excess)))
                .help(format!("declare `can {}` in `{owner}`", (allowed | row).shortened()));
            self.found.push(self.help_to_cut(found, id, excess));
            return;
        }
    }

    fn owner_name(&self, method: &Method) -> String {
        match method.owner {
            Owner::Class(class) => self.symbols.classes[class].name.to_string(),
            _ => method.name.to_string(),
        }
    }

    // ── conditions and arguments inside bodies ─────────────────────────────────────────────────

    fn expr(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::Call { method, args, .. } => self.bounded_arguments(*method, args),
            ExprKind::Message(message) => {
                self.condition(message);
                self.coins(message, expr.span);
            }
            ExprKind::Match(_, cases) | ExprKind::Try(_, cases, _) => {
                for case in cases {
                    self.pattern(&case.pattern);
                }
            }
            _ => {}
        }
        visit::children(expr, &mut |child| self.expr(child));
    }

    /// `f: A => B can E` bounds the argument.
    fn bounded_arguments(&mut self, method: MethodId, args: &[Expr]) {
        let params = &self.symbols.methods[method].params;
        for (param, arg) in params.iter().zip(args) {
            let Some((bound, place)) = self.symbols.function_effects.get(param).copied() else {
                continue;
            };
            let row = self.function_row(arg);
            let excess = row.minus(bound.closed());
            let Some(first) = excess.iter().next() else { continue };
            let name = self.symbols.methods[method].name;
            let called = self.symbols.locals[*param].name;
            let message = format!("the argument `{called}` of `{name}` {}", first.phrase());
            let mut found = Diagnostic::error(codes::ARGUMENT_WITH_EFFECT, arg.span, message)
                .because(format!("does {}", row.shortened()))
                .label(place, format!("declared: {bound}"))
                .note(format!("inferred {}, {}", row.shortened(), too_many(excess)));
            if super::facts::is_library(self.symbols, method) {
                found = found.help("do it outside of the function that is passed");
            } else {
                let needed = (bound | row).shortened();
                found = found
                    .help(format!("declare `can {needed}` at `{called}`"))
                    .help("or do it outside of the function that is passed");
            }
            self.found.push(found);
        }
    }

    /// The effects of calling the value of `arg`.
    fn function_row(&self, arg: &Expr) -> Row {
        match &arg.kind {
            ExprKind::Lambda { .. } => {
                let Some(signature) = self.table.lambda_at(arg.span) else { return Row::PURE };
                let of_params = signature.calls.keys().map(|local| self.bound_of(*local));
                of_params.fold(signature.row(), |row, bound| row | bound)
            }
            ExprKind::Local(local) => self.bound_of(*local),
            ExprKind::Cast(inner, _) | ExprKind::Block(_, inner) => self.function_row(inner),
            ExprKind::If(_, yes, no) => self.function_row(yes) | self.function_row(no),
            _ => self.table.leaked_row(),
        }
    }

    fn bound_of(&self, local: LocalId) -> Row {
        match self.symbols.function_effects.get(&local) {
            Some((row, _)) => row.closed(),
            None => self.table.leaked_row(),
        }
    }

    /// What only checks may not change anything.
    fn condition(&mut self, message: &Message) {
        let (row, span, what) = match message {
            Message::Invariant(method) => {
                let Some(Body::Expr(body)) = self.program.bodies.get(method) else { return };
                (self.table.row(*method), body.span, "an invariant")
            }
            Message::Ensuring { condition, .. } => {
                // The condition is evaluated in the method itself, so its own effects are found
                // by looking at what stands in it.
                (self.direct_row(condition), condition.span, "a postcondition")
            }
            _ => return,
        };
        let excess = row.minus(Row::READ);
        let Some(first) = excess.iter().next() else { return };
        let message = format!("{what} {}", first.phrase());
        self.found.push(
            Diagnostic::error(codes::CONDITION_WITH_EFFECT, span, message)
                .because(format!("inferred {}", row.shortened()))
                .note("conditions may be left out of release builds, so they may only read")
                .help("compute it from fields and parameters, and change state in the method"),
        );
    }

    /// Coins that may come back need a handler that does something about it.
    fn coins(&mut self, message: &Message, span: Span) {
        let (bounced, carries) = match message {
            Message::Pay { bounced, .. } => (bounced, true),
            Message::Send { value, bounced, .. }
            | Message::Ask { value, bounced, .. }
            | Message::Spawn { value, bounced, .. } => {
                (bounced, crate::contract::carries_coins(self.symbols, value))
            }
            _ => return,
        };
        let Some(handler) = bounced.handler.filter(|_| carries) else { return };
        let row = self.table.row(handler);
        if row.contains(Effect::Write) || row.contains(Effect::Send) {
            return;
        }
        let (name, declared) =
            (self.symbols.methods[handler].name, self.symbols.methods[handler].span);
        self.found.push(
            Diagnostic::error(
                codes::COINS_LOST,
                bounced.span,
                "this payment can bounce, and nobody takes the coins back",
            )
            .because(format!("`{name}` neither writes nor sends"))
            .label(span, "coins leave the contract's books here")
            .label(declared, format!("inferred {row}"))
            .note("after a bounce the coins are back in the balance, and belong to nobody")
            .help(format!("store `bounce.returned` in `{name}`, or pay it on")),
        );
    }

    /// The effects of an expression without those of functions it only mentions.
    fn direct_row(&self, expr: &Expr) -> Row {
        let mut row = match &expr.kind {
            ExprKind::Call { method, .. } => self.table.row(*method),
            ExprKind::New { constructor, .. } => self.table.row(*constructor),
            ExprKind::Lambda { .. } => return Row::PURE,
            ExprKind::AssignField(_, field, _) if self.symbols.fields[*field].storage.is_some() => {
                Row::of(Effect::Write)
            }
            _ => Row::PURE,
        };
        visit::children(expr, &mut |child| row |= self.direct_row(child));
        row
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match &pattern.kind {
            PatternKind::Wildcard | PatternKind::Equals(_) => {}
            PatternKind::Bind(_, inner)
            | PatternKind::Typed(inner)
            | PatternKind::Belongs(_, _, inner) => self.pattern(inner),
            PatternKind::Class(_, parts) | PatternKind::Alternative(parts) => {
                parts.iter().for_each(|part| self.pattern(part));
            }
            PatternKind::Sequence { prefix, rest } => {
                prefix.iter().for_each(|part| self.pattern(part));
                if let Some(rest) = rest {
                    self.pattern(rest);
                }
            }
            PatternKind::Extractor { call, result, .. } => {
                self.extractor(pattern.span, call);
                match result {
                    ExtractorResult::Boolean => {}
                    ExtractorResult::Option { pattern, .. } => self.pattern(pattern),
                    ExtractorResult::Product { fields, .. } => {
                        fields.iter().for_each(|(_, part)| self.pattern(part));
                    }
                }
            }
        }
    }

    fn extractor(&mut self, span: Span, call: &Expr) {
        let ExprKind::Call { method, .. } = &call.kind else { return };
        let row = self.table.row(*method);
        let Some(first) = row.minus(Row::READ).iter().next() else { return };
        let name = self.symbols.methods[*method].name;
        let declared = self.symbols.methods[*method].span;
        let message = format!("the extractor of this pattern {}", first.phrase());
        self.found.push(
            Diagnostic::error(codes::EXTRACTOR_WITH_EFFECT, span, message)
                .because(format!("calls `{name}`"))
                .label(declared, format!("inferred {}", row.shortened()))
                .note("how often an extractor runs is not defined, so it may only read")
                .help("test with the pattern, and act in the body of the case"),
        );
    }

    // ── ways ───────────────────────────────────────────────────────────────────────────────────

    /// An error with one label per effect: where it enters the method, and by which way.
    pub(super) fn with_ways(
        &self,
        code: codes::Code,
        id: MethodId,
        message: String,
        excess: Row,
    ) -> Diagnostic {
        let mut found: Option<Diagnostic> = None;
        let mut steps: Vec<Label> = Vec::new();
        for effect in excess.iter() {
            let Some((atom, _)) = self.table.signature(id).and_then(|s| s.witness(effect)) else {
                continue;
            };
            let path = self.table.path(id, atom);
            let Some(first) = path.first() else { continue };
            if steps.is_empty() {
                steps = path.iter().map(|step| self.step(atom, step)).collect();
            }
            let text = self.way(effect, atom, &path);
            found = Some(match found {
                None => Diagnostic::error(code, first.span, message.clone()).because(text),
                Some(found) => found.label(first.span, text),
            });
            // What lies within the first label is pointed at already.
            if let Some(last) = path.last()
                && !encloses(first.span, last.span)
            {
                let text = format!("`{}` {} here", self.word(atom, last), effect.verb());
                found = found.map(|found| found.label(last.span, text));
            }
        }
        let mut found = found
            .unwrap_or_else(|| Diagnostic::error(code, self.symbols.methods[id].span, message));
        found.effect_path = steps;
        found
    }

    /// A step of a way, for tools.
    fn step(&self, atom: Atom, step: &Step) -> Label {
        Label { span: step.span, text: self.word(atom, step), role: LabelRole::Where }
    }

    /// "sends here, by way of `refresh` → `payOut` → `pay`".
    fn way(&self, effect: Effect, atom: Atom, path: &[Step]) -> String {
        let mut names = self.words(atom, path);
        names.dedup();
        let mut text = format!("{} here", effect.verb());
        let left = names.len().saturating_sub(STEPS_SHOWN);
        let shown: Vec<String> =
            names.iter().take(STEPS_SHOWN).map(|name| format!("`{name}`")).collect();
        match shown.as_slice() {
            [] => {}
            [only] => {
                let _ = write!(text, ": {only}");
            }
            several => {
                let _ = write!(text, ", by way of {}", several.join(" → "));
            }
        }
        if left > 0 {
            let _ = write!(text, " and {left} more");
        }
        text
    }

    /// The methods on a way, and the primitive at its end; lambdas have no name.
    fn words(&self, atom: Atom, path: &[Step]) -> Vec<String> {
        let last = path.len().saturating_sub(1);
        let named = |(at, step): &(usize, &Step)| step.method.is_some() || *at == last;
        let steps = path.iter().enumerate().filter(named);
        steps.map(|(_, step)| self.word(atom, step)).filter(|word| !word.is_empty()).collect()
    }

    fn word(&self, atom: Atom, step: &Step) -> String {
        super::report::word(self.symbols, atom, step)
    }

    /// The second repair: where to end the way.
    fn help_to_cut(&self, found: Diagnostic, id: MethodId, excess: Row) -> Diagnostic {
        let Some(effect) = excess.iter().next() else { return found };
        let Some((atom, _)) = self.table.signature(id).and_then(|s| s.witness(effect)) else {
            return found;
        };
        let path = self.table.path(id, atom);
        let Some(name) = self.words(atom, &path).into_iter().next() else { return found };
        if path.len() == 1 {
            return found.help(format!("or do without `{name}` here"));
        }
        found.help(format!("or end the path at `{name}`"))
    }
}

fn encloses(outer: Span, inner: Span) -> bool {
    outer.file == inner.file && outer.lo <= inner.lo && inner.hi <= outer.hi
}

fn too_many(excess: Row) -> String {
    match excess.iter().count() {
        1 => format!("one effect too many: {excess}"),
        _ => format!("too many: {excess}"),
    }
}
