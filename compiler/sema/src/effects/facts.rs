//! What each body does, as facts without types or trees: which primitive effects it has, whom it
//! calls with which function values, which function values it calls or lets go.
//!
//! One *unit* per method body and per lambda. Function values are followed inside a unit from the
//! lambda, parameter or local they come from; whatever leaves that picture (stored in a field,
//! returned, put into a collection) is a *leak*, see [`super::infer`] for what becomes of it.

use super::{Atom, Environment};
use crate::symbols::{Implementation, LocalId, MethodId, MethodKind, Owner, Symbols};
use crate::typed::{
    Body, Case, ConstructorCall, Dispatch, Expr, ExprKind, Message, Program, Stmt, StorageOp,
};
use crate::types::{TyId, Types};
use crate::visit;
use fscc_base::{FastMap, IndexVec, Span};
use smallvec::{SmallVec, smallvec};

fscc_base::define_index! {
    /// A method body or a lambda.
    pub(super) struct UnitId = "unit";
}

/// Where a unit comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Origin {
    /// The body of a method or constructor.
    Method(MethodId),
    /// A lambda that implements `method`, written in `parent`.
    Lambda { method: MethodId, parent: UnitId },
    /// All leaked functions with this many parameters.
    Pool(u8),
}

/// A method body or a lambda.
#[derive(Debug)]
pub(super) struct Unit {
    /// Where it comes from.
    pub origin: Origin,
    /// Where a lambda stands; the name of a method.
    pub span: Span,
    /// Whether it is library code.
    pub is_library: bool,
    /// What it does, in order.
    pub facts: Vec<Fact>,
}

impl Unit {
    /// The unit that stands for all leaked functions with this many parameters.
    pub fn pool(arity: u8) -> Unit {
        Unit {
            origin: Origin::Pool(arity),
            span: Span::synthetic(),
            is_library: false,
            facts: Vec::new(),
        }
    }
}

/// Where a function value may come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Source {
    /// This lambda.
    Lambda(UnitId),
    /// What this local holds.
    Local(LocalId),
    /// Anything else.
    Unknown,
}

/// The values an expression may have, as far as they are functions. Almost always it is one.
pub(super) type Flow = SmallVec<[Source; 2]>;

/// The flows of the arguments of a call, by the position of their parameters.
#[derive(Debug, Default)]
pub(super) struct Args {
    /// How many arguments there are.
    count: usize,
    /// The flows of the first of them; nothing is known of the others.
    flows: Vec<Flow>,
}

impl Args {
    /// The flow of the argument at this position.
    pub fn get(&self, position: usize) -> Option<&[Source]> {
        match self.flows.get(position) {
            Some(flow) => Some(flow),
            None => (position < self.count).then_some(&[Source::Unknown]),
        }
    }
    /// The flows of all arguments.
    pub fn all(&self) -> impl Iterator<Item = &[Source]> {
        (0..self.count).filter_map(|position| self.get(position))
    }
    /// The flows of the arguments of which something is known.
    pub fn known(&self) -> impl Iterator<Item = &Flow> {
        self.flows.iter()
    }
}

/// One thing a unit does.
#[derive(Debug)]
pub(super) enum Fact {
    /// A primitive effect, with the word by which the source asks for it if it is not a field.
    Atom(Atom, &'static str, Span),
    /// A call.
    Call { method: MethodId, is_virtual: bool, args: Args, span: Span },
    /// A call of function values through `method` (`FunctionN.apply` and the like).
    Invoke { flow: Flow, method: MethodId, span: Span },
    /// Function values that leave.
    Leak(Flow),
}

/// The facts of a program.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// All units.
    pub units: IndexVec<UnitId, Unit>,
    /// The unit of each method that has a body.
    pub of_method: FastMap<MethodId, UnitId>,
    /// What locals other than parameters may hold.
    pub locals: FastMap<LocalId, Flow>,
    /// The method whose parameter each local is.
    pub parameter_of: IndexVec<LocalId, Option<MethodId>>,
}

/// Collects the facts of all bodies.
pub(super) fn collect(program: &Program) -> Facts {
    let symbols = &program.symbols;
    let parameter_of = IndexVec::from_elem(None, symbols.locals.len());
    let mut facts = Facts { parameter_of, ..Facts::default() };
    for (method, info) in symbols.methods.iter_enumerated() {
        for param in &info.params {
            facts.parameter_of[*param] = Some(method);
        }
    }
    for method in program.bodies.keys() {
        let info = &symbols.methods[*method];
        let unit = facts.units.push(Unit {
            origin: Origin::Method(*method),
            span: info.span,
            is_library: is_library(symbols, *method),
            facts: Vec::new(),
        });
        facts.of_method.insert(*method, unit);
    }
    let apply = program.known.method(symbols, "scala.Function0", "apply");
    let plain = program.types.roots().plain();
    for (method, body) in program.bodies.iter() {
        let unit = facts.of_method[method];
        let mut collector =
            Collector { symbols, types: &program.types, facts: &mut facts, unit, apply, plain };
        collector.body(*method, body);
    }
    facts
}

/// Whether a method belongs to the library.
pub(crate) fn is_library(symbols: &Symbols, method: MethodId) -> bool {
    let mut owner = symbols.methods[method].owner;
    loop {
        match owner {
            Owner::Package => return false,
            Owner::Class(class) => return symbols.classes[class].is_library,
            Owner::Method(outer) => owner = symbols.methods[outer].owner,
        }
    }
}

/// Whether a method is how function values are called: a member of `FunctionN` or
/// `PartialFunction`.
pub(super) fn is_function_member(symbols: &Symbols, method: MethodId) -> bool {
    let Owner::Class(owner) = symbols.methods[method].owner else { return false };
    let owner = symbols.classes[owner].full_name.as_str();
    owner == "scala.PartialFunction"
        || owner.strip_prefix("scala.Function").is_some_and(|arity| arity.parse::<u8>().is_ok())
}

/// The effect of a host function, by the name that library code gives it.
fn host_atom(name: &str) -> Option<Atom> {
    let atom = match name {
        "host.msg_sender" | "host.msg_value" => Atom::ReadEnvironment(Environment::Message),
        "host.self" => Atom::ReadEnvironment(Environment::Own),
        "host.balance" => Atom::ReadEnvironment(Environment::Balance),
        "host.now" => Atom::ReadEnvironment(Environment::Clock),
        "host.emit" => Atom::Emit(None),
        "host.story" | "host.conclude" => Atom::Conclude(None),
        "host.pay" => Atom::Pay,
        "host.send" | "host.ask" | "host.spawn" => Atom::Send(None),
        "host.schedule" | "host.cancel" => Atom::Schedule(None),
        _ => return None,
    };
    Some(atom)
}

struct Collector<'a> {
    symbols: &'a Symbols,
    types: &'a Types,
    facts: &'a mut Facts,
    unit: UnitId,
    /// How a by-name argument is evaluated.
    apply: Option<MethodId>,
    /// Types whose values are surely no functions.
    plain: [TyId; 10],
}

impl Collector<'_> {
    fn add(&mut self, fact: Fact) {
        self.facts.units[self.unit].facts.push(fact);
    }

    fn leak(&mut self, mut flow: Flow) {
        // What nothing is known of has leaked before.
        flow.retain(|source| *source != Source::Unknown);
        if !flow.is_empty() {
            self.add(Fact::Leak(flow));
        }
    }

    fn body(&mut self, method: MethodId, body: &Body) {
        match body {
            Body::Expr(expr) => {
                let flow = self.value(expr);
                self.leak(flow);
            }
            Body::Constructor(constructor) => {
                // A parameter may be kept in a field without any node that says so.
                let params = &self.symbols.methods[method].params;
                let flow = params.iter().map(|param| self.local(*param)).collect();
                self.leak(flow);
                for call in constructor.super_call.iter().chain(&constructor.traits) {
                    self.constructor_call(call);
                }
                for stmt in &constructor.statements {
                    self.stmt(stmt);
                }
            }
        }
    }

    fn constructor_call(&mut self, call: &ConstructorCall) {
        let args = self.args(&call.args);
        if let Some(method) = call.constructor {
            self.add(Fact::Call { method, is_virtual: false, args, span: call.span });
        }
    }

    fn args(&mut self, args: &[Expr]) -> Args {
        let mut flows: Vec<Flow> = Vec::new();
        for (position, arg) in args.iter().enumerate() {
            let flow = self.value(arg);
            if flow.iter().any(|source| *source != Source::Unknown) {
                flows.resize_with(position, || smallvec![Source::Unknown]);
                flows.push(flow);
            }
        }
        Args { count: args.len(), flows }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Expr(expr) => {
                self.value(expr);
            }
            Stmt::Let(local, value) => {
                let flow = self.value(value);
                self.bind(*local, flow);
            }
            Stmt::Function(_) | Stmt::Class(_) => {}
        }
    }

    fn bind(&mut self, local: LocalId, flow: Flow) {
        if self.local(local) == Source::Unknown {
            return;
        }
        let known = self.facts.locals.entry(local).or_default();
        for source in flow {
            if !known.contains(&source) {
                known.push(source);
            }
        }
    }

    fn local(&self, local: LocalId) -> Source {
        if self.plain.contains(&self.symbols.locals[local].ty) {
            Source::Unknown
        } else {
            Source::Local(local)
        }
    }

    /// Walks an expression and says which functions its value may be.
    fn value(&mut self, expr: &Expr) -> Flow {
        match &expr.kind {
            ExprKind::Local(local) => smallvec![self.local(*local)],
            ExprKind::Lambda { body, is_defined_at, method, .. } => {
                let source = self.lambda(*method, expr.span, body, is_defined_at.as_deref());
                if !is_function_member(self.symbols, *method) {
                    // It is called as a method of its type, whose receivers are not followed.
                    self.leak(smallvec![source]);
                }
                smallvec![source]
            }
            ExprKind::Block(stmts, result) => {
                for stmt in stmts {
                    self.stmt(stmt);
                }
                self.value(result)
            }
            ExprKind::If(condition, yes, no) => {
                self.value(condition);
                let mut flow = self.value(yes);
                flow.extend(self.value(no));
                flow
            }
            ExprKind::Match(scrutinee, cases) => {
                let flow = self.value(scrutinee);
                self.leak(flow);
                self.cases(cases)
            }
            ExprKind::Try(body, cases, finalizer) => {
                let mut flow = self.value(body);
                flow.extend(self.cases(cases));
                if let Some(finalizer) = finalizer {
                    self.value(finalizer);
                }
                flow
            }
            ExprKind::Cast(value, _) => self.value(value),
            ExprKind::AssignLocal(local, value) => {
                let flow = self.value(value);
                self.bind(*local, flow);
                Flow::new()
            }
            ExprKind::Call { method, dispatch, receiver, args, .. } => {
                self.call(*method, *dispatch, receiver.as_deref(), args, expr.span)
            }
            ExprKind::New { constructor, outer, args, .. } => {
                if let Some(outer) = outer {
                    self.value(outer);
                }
                let args = self.args(args);
                let method = *constructor;
                self.add(Fact::Call { method, is_virtual: false, args, span: expr.span });
                smallvec![Source::Unknown]
            }
            ExprKind::Object(class) => {
                if let Some(method) = self.symbols.classes[*class].constructor {
                    let args = Args::default();
                    self.add(Fact::Call { method, is_virtual: false, args, span: expr.span });
                }
                smallvec![Source::Unknown]
            }
            _ => self.other(expr),
        }
    }

    /// The kinds of expressions whose value is never a function that we follow.
    fn other(&mut self, expr: &Expr) -> Flow {
        match &expr.kind {
            ExprKind::Field(_, field) | ExprKind::AssignField(_, field, _) => {
                let is_write = matches!(expr.kind, ExprKind::AssignField(..));
                if let Some(atom) = self.field_atom(*field, is_write) {
                    self.add(Fact::Atom(atom, "", expr.span));
                }
            }
            ExprKind::Storage(op, field, args) => {
                let is_write = matches!(
                    op,
                    StorageOp::Put | StorageOp::Remove | StorageOp::Include | StorageOp::Clear
                );
                if let Some(atom) = self.field_atom(*field, is_write) {
                    self.add(Fact::Atom(atom, "", expr.span));
                }
                if *op == StorageOp::GetOrElse {
                    return self.get_or_else(args);
                }
            }
            ExprKind::Message(message) => {
                if let Some((atom, word)) = message_atom(self.types, message) {
                    self.add(Fact::Atom(atom, word, expr.span));
                }
            }
            _ => {}
        }
        // Parts of a value that is built here leave with it; everything else is only computed.
        visit::children(expr, &mut |child| {
            let flow = self.value(child);
            self.leak(flow);
        });
        smallvec![Source::Unknown]
    }

    /// `m.getOrElse(k, default)`: the default is a function without parameters, called here.
    fn get_or_else(&mut self, args: &[Expr]) -> Flow {
        for (position, arg) in args.iter().enumerate() {
            let flow = self.value(arg);
            let method = match arg.kind {
                ExprKind::Lambda { method, .. } => Some(method),
                _ => self.apply,
            };
            match method {
                Some(method) if position == 1 => {
                    self.add(Fact::Invoke { flow, method, span: arg.span });
                }
                _ => self.leak(flow),
            }
        }
        smallvec![Source::Unknown]
    }

    fn cases(&mut self, cases: &[Case]) -> Flow {
        let mut flow = Flow::new();
        for case in cases {
            visit::pattern(&case.pattern, &mut |expr| {
                let part = self.value(expr);
                self.leak(part);
            });
            if let Some(guard) = &case.guard {
                self.value(guard);
            }
            flow.extend(self.value(&case.body));
        }
        flow
    }

    fn lambda(
        &mut self,
        method: MethodId,
        span: Span,
        body: &Expr,
        is_defined_at: Option<&Expr>,
    ) -> Source {
        let parent = self.unit;
        let is_library = self.facts.units[parent].is_library;
        let unit = self.facts.units.push(Unit {
            origin: Origin::Lambda { method, parent },
            span,
            is_library,
            facts: Vec::new(),
        });
        self.unit = unit;
        if let Some(test) = is_defined_at {
            self.value(test);
        }
        let flow = self.value(body);
        self.leak(flow);
        self.unit = parent;
        Source::Lambda(unit)
    }

    fn call(
        &mut self,
        method: MethodId,
        dispatch: Dispatch,
        receiver: Option<&Expr>,
        args: &[Expr],
        span: Span,
    ) -> Flow {
        let info = &self.symbols.methods[method];
        let flow = receiver.map(|receiver| self.value(receiver)).unwrap_or_default();
        let args = self.args(args);
        let is_virtual = dispatch != Dispatch::Static;
        if is_virtual && is_function_member(self.symbols, method) {
            if info.implementation == Implementation::Abstract {
                self.add(Fact::Invoke { flow, method, span });
                args.flows.into_iter().for_each(|arg| self.leak(arg));
                return smallvec![Source::Unknown];
            }
            // `f.andThen(g)` and the like keep the function for later.
            self.leak(flow);
        }
        let atom = match (info.kind, info.implementation) {
            (MethodKind::Getter(field), _) => self.field_atom(field, false),
            (MethodKind::Setter(field), _) => self.field_atom(field, true),
            (_, Implementation::Intrinsic(name)) => host_atom(name.as_str()),
            _ => None,
        };
        if let Some(atom) = atom {
            self.add(Fact::Atom(atom, "", span));
        }
        // What the machine does itself has no body: it matters only where a function goes in.
        let is_machine = matches!(info.implementation, Implementation::Intrinsic(_));
        if is_machine && args.known().next().is_none() && !self.may_be_overridden(method, dispatch)
        {
            return smallvec![Source::Unknown];
        }
        self.add(Fact::Call { method, is_virtual, args, span });
        smallvec![Source::Unknown]
    }

    fn may_be_overridden(&self, method: MethodId, dispatch: Dispatch) -> bool {
        let info = &self.symbols.methods[method];
        let in_final = matches!(info.owner, Owner::Class(class)
            if self.symbols.classes[class].is_final);
        dispatch != Dispatch::Static && !info.is_final && !in_final
    }

    fn field_atom(&self, field: crate::symbols::FieldId, is_write: bool) -> Option<Atom> {
        let info = &self.symbols.fields[field];
        info.storage?;
        Some(match (is_write, info.is_mutable) {
            (true, _) => Atom::WriteField(field),
            (false, true) => Atom::ReadField(field),
            (false, false) => Atom::ReadConstant(field),
        })
    }
}

/// The effect of a contract operation, with the word by which the source asks for it.
fn message_atom(types: &Types, message: &Message) -> Option<(Atom, &'static str)> {
    let class = |record: &Expr| types.class_of(record.ty);
    Some(match message {
        Message::Pay { .. } => (Atom::Pay, "pay"),
        Message::Send { call, .. } => (Atom::Send(Some(call.method)), "send"),
        Message::Ask { call, .. } => (Atom::Send(Some(call.method)), "ask"),
        Message::Spawn { class, .. } => (Atom::Spawn(*class), "spawn"),
        Message::Schedule { call, .. } => (Atom::Schedule(call.handler), "schedule"),
        Message::Emit(event) => (Atom::Emit(class(event)), "emit"),
        Message::Story(story) => (Atom::Conclude(class(story)), "story"),
        Message::Conclude(story) => (Atom::Conclude(class(story)), "conclude"),
        Message::Abort(_) | Message::Invariant(_) | Message::Ensuring { .. } => return None,
    })
}
