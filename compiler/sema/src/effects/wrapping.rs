//! Arithmetic on Int and Long that wraps around, as in Scala, on its way to a stored field or into
//! a payment: a balance that grows too large becomes negative, without a word.
//!
//! **Method.** From each value that is stored or paid, back to what it is computed from: through
//! locals, arguments and results of the user's methods, arguments of saved calls, bound names and
//! the function values that operations of the library call. Each operation on the way that may
//! leave the range of its type is reported once. Values are followed whole: a part of a case class
//! comes from all that the class was made of.
//!
//! **Silent** are operations that cannot wrap for the ranges of their operands (`super::range`),
//! and small steps (`count + 1`), unless somebody outside chooses the other operand: wrapping then
//! takes more messages than a ledger will ever see.

use super::range::{Range, Ranges};
use super::values::{Definitions, Node, sources, written};
use crate::symbols::{FieldId, MethodId, Owner, Symbols};
use crate::typed::{Expr, ExprKind, Message, Program, StorageOp};
use crate::visit;
use fscc_base::{Diagnostic, FastMap, FastSet, Span, codes};

/// A step is small if so many of them do not wrap.
const STEPS_MIN: i128 = 1 << 30;

/// Reports arithmetic that may wrap before its result is stored or paid, in user code.
pub(super) fn check(program: &Program) -> Vec<Diagnostic> {
    if program.contracts.is_empty() {
        return Vec::new();
    }
    let definitions = Definitions::of(program);
    let mut checker = Checker {
        program,
        symbols: &program.symbols,
        ranges: Ranges::of(program, &definitions),
        chosen: FastSet::default(),
        definitions: &definitions,
        followed: FastSet::default(),
        reported: FastSet::default(),
        found: Vec::new(),
    };
    checker.choose();
    for sink in checker.sinks() {
        checker.follow(&sink);
    }
    checker.found
}

/// Where a value must be right.
struct Sink<'a> {
    value: &'a Expr,
    place: Span,
    /// The field in which it is stored; a payment has none.
    field: Option<FieldId>,
}

struct Checker<'a> {
    program: &'a Program,
    symbols: &'a Symbols,
    definitions: &'a Definitions<'a>,
    ranges: Ranges<'a>,
    /// What someone outside can make as large as they like.
    chosen: FastSet<Node>,
    /// What has been followed back from a sink.
    followed: FastSet<Node>,
    reported: FastSet<Span>,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    /// Finds what someone outside can make as large as they like, forward from the parameters of entries.
    fn choose(&mut self) {
        let mut uses: FastMap<Node, Vec<Node>> = FastMap::default();
        for (node, values) in self.definitions.all() {
            for value in values {
                self.parts(value, Extent::Large, &mut |part| {
                    if let Some(source) = self.node(part) {
                        uses.entry(source).or_default().push(node);
                    }
                });
            }
        }
        self.chosen = self.definitions.chosen().map(Node::Local).collect();
        let mut next = 0;
        while let Some(node) = self.chosen.get_index(next).copied() {
            next += 1;
            self.chosen.extend(uses.get(&node).into_iter().flatten().copied());
        }
    }

    /// All values that are stored or paid.
    fn sinks(&self) -> Vec<Sink<'a>> {
        let mut sinks = Vec::new();
        for (id, body) in self.program.bodies.iter() {
            if !super::facts::is_library(self.symbols, *id) {
                visit::body(body, &mut |expr| self.sinks_in(expr, &mut sinks));
            }
        }
        sinks
    }

    fn sinks_in(&self, expr: &'a Expr, sinks: &mut Vec<Sink<'a>>) {
        let place = expr.span;
        match &expr.kind {
            ExprKind::Storage(StorageOp::Include, field, args) => {
                let field = Some(*field);
                sinks.extend(args.last().map(|value| Sink { value, place, field }));
            }
            ExprKind::Message(message) => {
                let value = match &**message {
                    Message::Pay { amount, .. } => Some(amount),
                    Message::Send { value, .. }
                    | Message::Ask { value, .. }
                    | Message::Spawn { value, .. } => Some(value),
                    _ => None,
                };
                sinks.extend(value.map(|value| Sink { value, place: value.span, field: None }));
            }
            _ => {
                let written = written(self.symbols, expr);
                sinks.extend(written.map(|(field, value)| Sink {
                    value,
                    place,
                    field: Some(field),
                }));
            }
        }
        visit::children(expr, &mut |child| self.sinks_in(child, sinks));
    }

    /// Reports all operations from which the value of a sink comes.
    fn follow(&mut self, sink: &Sink<'a>) {
        let mut waiting = vec![sink.value];
        while let Some(value) = waiting.pop() {
            let (mut operations, mut nodes) = (Vec::new(), Vec::new());
            self.parts(value, Extent::All, &mut |part| {
                operations.extend(self.operation(part).map(|operation| (part, operation)));
                nodes.extend(self.node(part));
            });
            for (part, operation) in operations {
                if self.may_wrap(&operation) && self.reported.insert(part.span) {
                    self.report(part, &operation, sink);
                }
            }
            for node in nodes {
                if self.followed.insert(node) {
                    waiting.extend(self.definitions.get(node));
                }
            }
        }
    }

    /// Calls `visit` for every part that a value is computed from, without what other
    /// definitions say.
    fn parts(&self, value: &'a Expr, extent: Extent, visit: &mut dyn FnMut(&'a Expr)) {
        let mut waiting = vec![value];
        while let Some(value) = waiting.pop() {
            sources(value, &mut |part| {
                let (method, receiver, args) = match &part.kind {
                    ExprKind::Call { method, receiver, args, .. } => (method, receiver, args),
                    // What it gives may become part of what the operation gives that calls it.
                    ExprKind::Lambda { body, .. } => {
                        waiting.extend((!self.is_boolean(body)).then_some(&**body));
                        return false;
                    }
                    _ => {
                        visit(part);
                        return true;
                    }
                };
                if self.is_comparison(part, receiver.as_deref()) {
                    return false;
                }
                visit(part);
                if self.node(part).is_some() {
                    return false;
                }
                if extent == Extent::Large && self.is_small(part) {
                    return false;
                }
                if extent == Extent::Large
                    && let Some(operation) = self.operation(part)
                {
                    waiting.extend(self.large_operands(&operation));
                    return false;
                }
                waiting.extend(receiver.as_deref());
                let values = args.iter().enumerate();
                let values = values.filter(|(position, _)| !self.is_index(*method, *position));
                waiting.extend(values.map(|(_, arg)| arg));
                false
            });
        }
    }

    /// What defines the value of this part elsewhere.
    fn node(&self, part: &Expr) -> Option<Node> {
        match &part.kind {
            ExprKind::Local(local) => Some(Node::Local(*local)),
            ExprKind::Call { method, .. } => {
                let node = Node::Result(*method);
                (!self.definitions.get(node).is_empty()).then_some(node)
            }
            _ => None,
        }
    }

    fn is_boolean(&self, expr: &Expr) -> bool {
        self.program.types.widen(expr.ty) == self.program.types.roots().boolean
    }

    /// A comparison of numbers: its result is not computed from them.
    fn is_comparison(&self, expr: &Expr, receiver: Option<&Expr>) -> bool {
        self.is_boolean(expr)
            && receiver
                .is_some_and(|receiver| Range::of_type(&self.program.types, receiver.ty).is_some())
    }

    /// Whether an argument says where something is, or how much of it is taken.
    fn is_index(&self, method: MethodId, position: usize) -> bool {
        let method = &self.symbols.methods[method];
        let Owner::Class(owner) = method.owner else { return false };
        let owner = &self.symbols.classes[owner];
        let name = owner.full_name.as_str();
        let has_elements = name.starts_with("scala.collection.")
            || matches!(name, "java.lang.String" | "scala.Array");
        let roots = self.program.types.roots();
        owner.is_library
            && has_elements
            && method
                .params
                .get(position)
                .is_some_and(|param| self.symbols.locals[*param].ty == roots.int)
    }

    /// Arithmetic on Int or Long.
    fn operation(&self, expr: &'a Expr) -> Option<Operation<'a>> {
        let ExprKind::Call { method, receiver: Some(left), args, .. } = &expr.kind else {
            return None;
        };
        let (types, method) = (&self.program.types, &self.symbols.methods[*method]);
        let Owner::Class(owner) = method.owner else { return None };
        if !self.symbols.classes[owner].is_library || Range::of_type(types, left.ty).is_none() {
            return None;
        }
        let roots = types.roots();
        let ty = types.widen(expr.ty);
        let type_name = match ty {
            _ if ty == roots.int => "Int",
            _ if ty == roots.long => "Long",
            _ => return None,
        };
        let (exact, right) = match (method.name.as_str(), args.as_slice()) {
            ("+", [right]) => ("addExact", Some(right)),
            ("-", [right]) => ("subtractExact", Some(right)),
            ("*", [right]) => ("multiplyExact", Some(right)),
            ("unary_-", []) => ("negateExact", None),
            _ => return None,
        };
        let limits = Range::of_type(types, ty)?;
        let name = method.name.as_str().trim_start_matches("unary_");
        Some(Operation { left, right, name, exact, type_name, limits })
    }

    fn may_wrap(&self, operation: &Operation<'_>) -> bool {
        let Operation { left, right, name, limits, .. } = *operation;
        let zero = Range { least: 0, greatest: 0 };
        let operands = match right {
            Some(right) => self.ranges.range(left).zip(self.ranges.range(right)),
            None => self.ranges.range(left).map(|range| (zero, range)),
        };
        let Some((first, second)) = operands else { return false };
        if first.apply(name, second).is_some_and(|result| result.is_within(limits)) {
            return false;
        }
        let Some(right) = right else { return self.is_chosen(left) };
        let is_step = |step: Range, other| is_step(step, limits) && !self.is_chosen(other);
        match name {
            "-" if self.ranges.leaves_rest(left, right) => false,
            "+" | "-" => !is_step(second, left) && !is_step(first, right),
            _ => true,
        }
    }

    /// An Int that becomes a Long: far from the limits of that.
    fn is_small(&self, part: &Expr) -> bool {
        let long = self.program.types.roots().long;
        self.program.types.widen(part.ty) == long
            && self.ranges.range(part).is_some_and(|range| is_step(range, Range::LONG))
    }

    /// The operands that can bring the result of an operation near to the limits of its type: the
    /// small steps cannot.
    fn large_operands(&self, operation: &Operation<'a>) -> impl Iterator<Item = &'a Expr> {
        let Operation { left, right, limits, name, .. } = *operation;
        let operands = [Some(left), right].map(|operand| {
            let operand = operand?;
            let is_step = self.ranges.range(operand).is_some_and(|range| is_step(range, limits));
            (name == "*" || !is_step).then_some(operand)
        });
        operands.into_iter().flatten()
    }

    /// Whether someone outside can make a value as large as they like.
    fn is_chosen(&self, value: &'a Expr) -> bool {
        let mut is_chosen = false;
        self.parts(value, Extent::Large, &mut |part| {
            is_chosen |= self.node(part).is_some_and(|node| self.chosen.contains(&node));
        });
        is_chosen
    }

    fn report(&mut self, part: &Expr, operation: &Operation<'_>, sink: &Sink<'_>) {
        if part.span.is_synthetic() {
            return;
        }
        let Operation { name, exact, type_name, .. } = operation;
        let (goal, label) = match sink.field {
            Some(field) => {
                (format!("is stored in `{}`", self.symbols.fields[field].name), "stored here")
            }
            None => ("is paid".to_owned(), "paid here"),
        };
        let message = format!("`{name}` on {type_name} may wrap around, and its result {goal}");
        let mut report = Diagnostic::warning(codes::WRAPPING_ARITHMETIC, part.span, message)
            .because(format!("what does not fit into {type_name} becomes another number"));
        if sink.place != part.span {
            report = report.label(sink.place, label);
        }
        self.found.push(
            report
                .note("nothing aborts: a sum that is too large is negative")
                .help("use `Amount` or `UInt128`, which abort when a result does not fit")
                .help(format!(
                    "or `Math.{exact}`, or `require` that the operands are small enough"
                )),
        );
    }
}

/// Whether a value is so small that a thousand million of it do not fill a type.
fn is_step(step: Range, limits: Range) -> bool {
    step.size() <= (limits.greatest + 1) / STEPS_MIN
}

/// Which parts of a value are meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// All.
    All,
    /// Those that decide whether it is near to the limits of its type.
    Large,
}

/// An operation that may wrap.
#[derive(Clone, Copy)]
struct Operation<'a> {
    left: &'a Expr,
    right: Option<&'a Expr>,
    /// The operator.
    name: &'a str,
    /// The function of `Math` that does the same and does not wrap.
    exact: &'static str,
    /// The name of the type of the result.
    type_name: &'static str,
    limits: Range,
}
