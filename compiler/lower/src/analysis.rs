//! What functions, closures, local classes and `try` bodies need from around them: captured
//! locals and `this`. One walk over all bodies, then a fixed point over
//! the calls of local functions and the instances of local classes.
//!
//! Relies on `fscc_sema::typed` alone. Guarantees: a unit's list of captures is complete, so that
//! lowering a unit finds every local either declared in it or in that list; the order of a list is
//! the order in which the walk meets the names.

use crate::classes::is_static_object;
use fscc_base::{FastMap, FastSet};
use fscc_sema::symbols::{ClassId, LocalId, MethodId, MethodKind, Owner, Symbols};
use fscc_sema::typed::{
    Body, Expr, ExprKind, ExtractorResult, Message, Pattern, PatternKind, Program, Stmt,
};
use fscc_sema::visit;

/// What a unit takes from around it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Capture {
    /// `this` of the innermost class around the unit.
    This,
    /// A local; a mutable or lazy one by its cell.
    Local(LocalId),
    /// Where a `return` inside a `try` leaves its value.
    ReturnCell,
}

/// A part of the program that becomes a function (or, for a lambda, a class) of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// A method, constructor or local function.
    Method(MethodId),
    /// A lambda, by the address of its node.
    Lambda(usize),
    /// The protected part of a `try`, by the address of its node.
    Try(usize),
    /// The initialiser of a local lazy value.
    Lazy(LocalId),
}

/// The address of a node: names it during one compilation; never ordered by.
pub fn address(expr: &Expr) -> usize {
    std::ptr::from_ref(expr) as usize
}

/// Names the inner protected part of a `try` with cases and a finalizer: its body, which may be a
/// `try` with a name of its own. Nodes are aligned, so no node has this address.
pub fn inner_part(body: &Expr) -> usize {
    address(body) + 1
}

/// Facts about a unit.
#[derive(Debug, Default)]
pub struct UnitFacts {
    /// What it takes from around it.
    pub captures: FastSet<Capture>,
    /// The method in which it stands.
    pub method: Option<MethodId>,
    /// The innermost class around it, unless that is a static object: the class of `this`.
    pub class: Option<ClassId>,
    declared: FastSet<Capture>,
    children: Vec<Unit>,
    calls: FastSet<MethodId>,
    creates: FastSet<ClassId>,
}

/// The result of the analysis.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Facts of each unit.
    pub units: FastMap<Unit, UnitFacts>,
    /// What instances of local classes, and of classes inside these, keep (without `this`).
    pub class_captures: FastMap<ClassId, FastSet<Capture>>,
    /// Mutable locals that live in a cell.
    pub in_cell: FastSet<LocalId>,
}

impl Analysis {
    /// Analyses all bodies.
    pub fn new(program: &Program) -> Analysis {
        let mut walker = Walker { program, result: Analysis::default(), stack: Vec::new() };
        for (method, body) in program.bodies.iter() {
            walker.method(*method, body);
        }
        let mut analysis = walker.result;
        analysis.close(program);
        analysis.find_cells(&program.symbols);
        analysis
    }

    /// The captures of a unit.
    pub fn captures(&self, unit: Unit) -> impl Iterator<Item = Capture> + '_ {
        self.units.get(&unit).into_iter().flat_map(|facts| facts.captures.iter().copied())
    }

    /// What instances of a class keep of the locals around it.
    pub fn kept_by(&self, class: ClassId) -> impl Iterator<Item = Capture> + '_ {
        self.class_captures.get(&class).into_iter().flatten().copied()
    }

    /// Lets captures flow from callees, created classes and inner units until nothing changes.
    fn close(&mut self, program: &Program) {
        let members = local_members(program);
        for class in members.keys() {
            self.class_captures.insert(*class, FastSet::default());
        }
        let units: Vec<Unit> = self.units.keys().copied().collect();
        loop {
            let mut changed = false;
            // Inner units stand behind the ones around them, so backwards saves rounds.
            for unit in units.iter().rev() {
                changed |= self.close_unit(&program.symbols, *unit);
            }
            for (class, parts) in &members {
                changed |= self.close_class(*class, parts);
            }
            if !changed {
                break;
            }
        }
    }

    fn close_unit(&mut self, symbols: &Symbols, unit: Unit) -> bool {
        let facts = &self.units[&unit];
        let mut incoming: Vec<Capture> = Vec::new();
        for child in &facts.children {
            incoming.extend(self.captures(*child));
        }
        for callee in &facts.calls {
            incoming.extend(self.captures(Unit::Method(*callee)));
        }
        for class in &facts.creates {
            incoming.extend(self.kept_by(*class));
            if needs_outer(symbols, *class) {
                incoming.push(Capture::This);
            }
        }
        // Reading a lazy local may run its initialiser, which needs what it captures.
        for capture in &facts.captures {
            if let Capture::Local(local) = capture
                && symbols.locals[*local].is_lazy
            {
                incoming.extend(self.captures(Unit::Lazy(*local)));
            }
        }
        let facts = &mut self.units[&unit];
        let mut changed = false;
        for capture in incoming {
            if !facts.declared.contains(&capture) {
                changed |= facts.captures.insert(capture);
            }
        }
        changed
    }

    fn close_class(&mut self, class: ClassId, parts: &LocalParts) -> bool {
        let mut incoming: Vec<Capture> = Vec::new();
        for method in &parts.methods {
            incoming.extend(self.captures(Unit::Method(*method)));
        }
        for part in &parts.classes {
            incoming.extend(self.kept_by(*part));
        }
        let Some(kept) = self.class_captures.get_mut(&class) else { return false };
        let mut changed = false;
        for capture in incoming {
            if !matches!(capture, Capture::This | Capture::ReturnCell) {
                changed |= kept.insert(capture);
            }
        }
        changed
    }

    fn find_cells(&mut self, symbols: &Symbols) {
        let unit_captures = self.units.values().map(|facts| &facts.captures);
        for captures in unit_captures.chain(self.class_captures.values()) {
            for capture in captures {
                if let Capture::Local(local) = capture
                    && symbols.locals[*local].is_mutable
                {
                    self.in_cell.insert(*local);
                }
            }
        }
    }
}

/// Whether instances of the class keep the instance of the class around it.
pub fn needs_outer(symbols: &Symbols, class: ClassId) -> bool {
    enclosing_class(symbols, class).is_some()
}

/// The innermost class around a class whose instances have a `this`: none at top level and inside
/// static objects.
pub fn enclosing_class(symbols: &Symbols, class: ClassId) -> Option<ClassId> {
    owner_class(symbols, symbols.classes[class].owner)
}

/// The innermost class at this owner whose instances have a `this`.
pub fn owner_class(symbols: &Symbols, owner: Owner) -> Option<ClassId> {
    let mut owner = owner;
    loop {
        match owner {
            Owner::Package => return None,
            Owner::Class(class) if is_static_object(symbols, class) => return None,
            Owner::Class(class) => return Some(class),
            Owner::Method(method) => owner = symbols.methods[method].owner,
        }
    }
}

/// Whether the class is a member of instances of the class around it.
pub fn is_inner(symbols: &Symbols, class: ClassId) -> bool {
    matches!(symbols.classes[class].owner, Owner::Class(_))
        && enclosing_class(symbols, class).is_some()
}

/// Whether the class stands in a method, directly or inside other classes.
pub fn is_local_class(symbols: &Symbols, class: ClassId) -> bool {
    let mut owner = symbols.classes[class].owner;
    loop {
        match owner {
            Owner::Package => return false,
            Owner::Class(class) => owner = symbols.classes[class].owner,
            Owner::Method(_) => return true,
        }
    }
}

#[derive(Default)]
struct LocalParts {
    methods: Vec<MethodId>,
    classes: Vec<ClassId>,
}

/// For each local class: its methods with bodies, the classes in it, its parents and its
/// companion.
fn local_members(program: &Program) -> FastMap<ClassId, LocalParts> {
    let symbols = &program.symbols;
    let mut members: FastMap<ClassId, LocalParts> = FastMap::default();
    for (id, class) in symbols.classes.iter_enumerated() {
        if !is_local_class(symbols, id) {
            continue;
        }
        let mut parts = LocalParts::default();
        parts.methods.extend(class.methods.iter().filter(|id| program.bodies.contains_key(*id)));
        parts.classes.extend(class.classes.iter().copied());
        parts.classes.extend(class.linearization.iter().skip(1).copied());
        // The companion object makes instances without a tree that says so.
        parts.classes.extend(class.companion);
        members.insert(id, parts);
    }
    members
}

struct Walker<'p> {
    program: &'p Program,
    result: Analysis,
    stack: Vec<Unit>,
}

impl<'p> Walker<'p> {
    fn method(&mut self, method: MethodId, body: &'p Body) {
        let symbols = &self.program.symbols;
        self.enter(Unit::Method(method), method);
        for param in &symbols.methods[method].params {
            self.declare(Capture::Local(*param));
        }
        self.declare(Capture::ReturnCell);
        if !matches!(symbols.methods[method].owner, Owner::Method(_)) {
            self.declare(Capture::This);
        }
        match body {
            Body::Expr(expr) => self.expr(expr),
            Body::Constructor(constructor) => {
                for call in constructor.super_call.iter().chain(&constructor.traits) {
                    self.creates(call.class);
                    call.args.iter().for_each(|arg| self.expr(arg));
                }
                constructor.statements.iter().for_each(|stmt| self.stmt(stmt));
                self.stmts(&constructor.statements);
            }
        }
        self.stack.pop();
    }

    fn enter(&mut self, unit: Unit, method: MethodId) {
        if let Some(parent) = self.stack.last() {
            self.result.units[parent].children.push(unit);
        }
        let class = owner_class(&self.program.symbols, self.program.symbols.methods[method].owner);
        let facts = UnitFacts { method: Some(method), class, ..UnitFacts::default() };
        self.result.units.insert(unit, facts);
        self.stack.push(unit);
    }

    fn enter_nested(&mut self, unit: Unit) {
        let method = self.stack.last().and_then(|parent| self.result.units[parent].method);
        if let Some(method) = method {
            self.enter(unit, method);
        }
    }

    fn facts(&mut self) -> Option<&mut UnitFacts> {
        let unit = self.stack.last()?;
        self.result.units.get_mut(unit)
    }

    fn declare(&mut self, capture: Capture) {
        if let Some(facts) = self.facts() {
            facts.declared.insert(capture);
            // A use may have been seen first: a local function above the declaration.
            facts.captures.shift_remove(&capture);
        }
    }

    fn uses(&mut self, capture: Capture) {
        if let Some(facts) = self.facts()
            && !facts.declared.contains(&capture)
        {
            facts.captures.insert(capture);
        }
    }

    fn creates(&mut self, class: ClassId) {
        if (is_local_class(&self.program.symbols, class)
            || needs_outer(&self.program.symbols, class))
            && let Some(facts) = self.facts()
        {
            facts.creates.insert(class);
        }
    }

    fn expr(&mut self, expr: &'p Expr) {
        let symbols = &self.program.symbols;
        match &expr.kind {
            ExprKind::Local(local) | ExprKind::AssignLocal(local, _) => {
                self.uses(Capture::Local(*local));
            }
            ExprKind::This(class) if !is_static_object(symbols, *class) => {
                self.uses(Capture::This);
            }
            ExprKind::Call { method, .. } => {
                if let Owner::Method(_) = symbols.methods[*method].owner {
                    self.calls(*method);
                }
                // A constructor called from another one hands on what the instance keeps.
                if symbols.methods[*method].kind == MethodKind::Constructor
                    && let Owner::Class(class) = symbols.methods[*method].owner
                {
                    self.creates(class);
                }
            }
            ExprKind::New { class, .. } => self.creates(*class),
            ExprKind::Lambda { params, .. } => return self.lambda(expr, params),
            ExprKind::Try(..) => return self.protected(expr),
            ExprKind::Return(..) if matches!(self.stack.last(), Some(Unit::Try(_))) => {
                self.uses(Capture::ReturnCell);
            }
            ExprKind::Block(stmts, result) => {
                stmts.iter().for_each(|stmt| self.stmt(stmt));
                self.stmts(stmts);
                return self.expr(result);
            }
            ExprKind::Match(_, cases) => {
                cases.iter().for_each(|case| self.pattern(&case.pattern));
            }
            ExprKind::Message(message) => self.message(message),
            _ => {}
        }
        visit::children(expr, &mut |child| self.expr(child));
    }

    fn calls(&mut self, method: MethodId) {
        if let Some(facts) = self.facts() {
            facts.calls.insert(method);
        }
    }

    fn stmts(&mut self, stmts: &'p [Stmt]) {
        for stmt in stmts {
            match stmt {
                Stmt::Let(local, init) if self.program.symbols.locals[*local].is_lazy => {
                    self.enter_nested(Unit::Lazy(*local));
                    self.expr(init);
                    self.stack.pop();
                }
                Stmt::Let(_, value) | Stmt::Expr(value) => self.expr(value),
                Stmt::Function(_) | Stmt::Class(_) => {}
            }
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Let(local, _) => self.declare(Capture::Local(*local)),
            Stmt::Expr(_) | Stmt::Function(_) | Stmt::Class(_) => {}
        }
    }

    fn lambda(&mut self, expr: &'p Expr, params: &[LocalId]) {
        self.enter_nested(Unit::Lambda(address(expr)));
        for param in params {
            self.declare(Capture::Local(*param));
        }
        visit::children(expr, &mut |child| self.expr(child));
        self.stack.pop();
    }

    /// With a finalizer, body and cases together are protected; without one the body alone.
    fn protected(&mut self, expr: &'p Expr) {
        let ExprKind::Try(body, cases, finalizer) = &expr.kind else { return };
        self.enter_nested(Unit::Try(address(expr)));
        if finalizer.is_some() && !cases.is_empty() {
            self.enter_nested(Unit::Try(inner_part(body)));
            self.expr(body);
            self.stack.pop();
        } else {
            self.expr(body);
        }
        if finalizer.is_none() {
            self.stack.pop();
        }
        for case in cases {
            self.pattern(&case.pattern);
            visit::pattern(&case.pattern, &mut |child| self.expr(child));
            if let Some(guard) = &case.guard {
                self.expr(guard);
            }
            self.expr(&case.body);
        }
        if let Some(finalizer) = finalizer {
            self.stack.pop();
            self.expr(finalizer);
        }
    }

    fn message(&mut self, message: &Message) {
        if let Message::Ensuring { olds, result, .. } = message {
            for (local, _) in olds {
                self.declare(Capture::Local(*local));
            }
            self.declare(Capture::Local(*result));
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        let mut pending = vec![pattern];
        while let Some(pattern) = pending.pop() {
            match &pattern.kind {
                PatternKind::Wildcard | PatternKind::Equals(_) => {}
                PatternKind::Bind(local, inner) => {
                    self.declare(Capture::Local(*local));
                    pending.push(inner);
                }
                PatternKind::Typed(inner) | PatternKind::Belongs(_, _, inner) => {
                    pending.push(inner);
                }
                PatternKind::Class(_, parts) | PatternKind::Alternative(parts) => {
                    pending.extend(parts);
                }
                PatternKind::Sequence { prefix, rest } => {
                    pending.extend(prefix);
                    pending.extend(rest.as_deref());
                }
                PatternKind::Extractor { scrutinee, result, .. } => {
                    self.declare(Capture::Local(*scrutinee));
                    match result {
                        ExtractorResult::Boolean => {}
                        ExtractorResult::Option { result, pattern, .. } => {
                            self.declare(Capture::Local(*result));
                            pending.push(pattern);
                        }
                        ExtractorResult::Product { result, fields } => {
                            self.declare(Capture::Local(*result));
                            pending.extend(fields.iter().map(|(_, pattern)| pattern));
                        }
                    }
                }
            }
        }
    }
}
