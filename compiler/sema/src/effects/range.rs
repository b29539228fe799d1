//! How large an integer can be, as far as a lint can tell: from its type, from constants, from the
//! preconditions of the method (`require(n > 0 && n <= 1000, …)`), and from the conditions of the
//! branches around it.
//!
//! A message that fails a precondition changes nothing, so a precondition holds for everything
//! that its body does, before and after it. Only those count that every run of the body evaluates.
//! What a field holds may change after a condition compared it: this is a lint, which then says
//! nothing.

use super::values::{Definitions, Node};
use crate::known::Known;
use crate::symbols::{FieldId, LocalId, MethodId, MethodKind, Owner, Symbols};
use crate::typed::{Body, Constant, Expr, ExprKind, Message, Program, Stmt};
use crate::types::{TyId, Types};
use crate::visit;
use fscc_base::{FastMap, Span};

/// How many expressions one question may look at: more is not worth knowing, and definitions may
/// go in circles.
const PARTS_MAX: u32 = 64;
/// How many conditions on one value are remembered.
const BOUNDS_MAX: usize = 64;

/// All values between two, both included.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Range {
    /// The least value.
    pub least: i128,
    /// The greatest value.
    pub greatest: i128,
}

impl Range {
    const INT: Range = Range { least: i32::MIN as i128, greatest: i32::MAX as i128 };
    /// The values of Long.
    pub const LONG: Range = Range { least: i64::MIN as i128, greatest: i64::MAX as i128 };

    fn constant(value: i128) -> Range {
        Range { least: value, greatest: value }
    }

    /// The values of an integer type.
    pub fn of_type(types: &Types, ty: TyId) -> Option<Range> {
        let roots = types.roots();
        let ty = types.widen(ty);
        let signed =
            |bits: u32| Range { least: -(1 << (bits - 1)), greatest: (1 << (bits - 1)) - 1 };
        Some(match ty {
            _ if ty == roots.int => Range::INT,
            _ if ty == roots.long => Range::LONG,
            _ if ty == roots.byte => signed(8),
            _ if ty == roots.short => signed(16),
            _ if ty == roots.char => Range { least: 0, greatest: 0xffff },
            _ => return None,
        })
    }

    /// Whether all of it lies within another range.
    pub fn is_within(self, other: Range) -> bool {
        other.least <= self.least && self.greatest <= other.greatest
    }

    /// The distance from zero of the value that is furthest from it.
    pub fn size(self) -> i128 {
        self.least.abs().max(self.greatest.abs())
    }

    fn and(self, other: Range) -> Range {
        let least = self.least.max(other.least);
        // What contradicts itself never runs.
        Range { least, greatest: self.greatest.min(other.greatest).max(least) }
    }

    fn or(self, other: Range) -> Range {
        Range { least: self.least.min(other.least), greatest: self.greatest.max(other.greatest) }
    }

    /// What an operation gives that never wraps; none if it is not one of arithmetic.
    pub fn apply(self, operator: &str, other: Range) -> Option<Range> {
        // Four products of 64-bit numbers fit in 128 bits.
        let corners = |operation: fn(i128, i128) -> i128| {
            let results = [
                operation(self.least, other.least),
                operation(self.least, other.greatest),
                operation(self.greatest, other.least),
                operation(self.greatest, other.greatest),
            ];
            let least = results.into_iter().min().unwrap_or_default();
            Range { least, greatest: results.into_iter().max().unwrap_or_default() }
        };
        match operator {
            "+" => Some(corners(|a, b| a + b)),
            "-" => Some(corners(|a, b| a - b)),
            "*" => Some(corners(|a, b| a * b)),
            // A quotient is not further from zero than the dividend, except of the least number.
            "/" if other.least > 0 => Some(corners(|a, b| a / b)),
            "%" if other.least > 0 => {
                let size = self.size().min(other.greatest - 1);
                let least = if self.least < 0 { -size } else { 0 };
                let greatest = if self.greatest > 0 { size } else { 0 };
                Some(Range { least, greatest })
            }
            _ => None,
        }
    }
}

/// A value that is the same at every mention: a local that is no variable, or a field of
/// something like that.
type Path = Vec<Part>;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Part {
    Local(LocalId),
    Field(FieldId),
}

/// What a condition says of a value.
struct Bound {
    range: Range,
    /// Where it holds; everywhere if the whole body relies on it.
    within: Option<Span>,
}

/// What is known of the integers of a program.
pub(super) struct Ranges<'a> {
    symbols: &'a Symbols,
    types: &'a Types,
    known: &'a Known,
    definitions: &'a Definitions<'a>,
    /// Fields of objects that always hold the same constant.
    constants: FastMap<FieldId, Range>,
    /// What conditions say of values.
    bounds: FastMap<Path, Vec<Bound>>,
    /// Pairs of values of which conditions say that the first is not greater, and where.
    ordered: FastMap<(Path, Path), Vec<Option<Span>>>,
}

impl<'a> Ranges<'a> {
    /// Reads the preconditions of these bodies.
    pub fn of(program: &'a Program, definitions: &'a Definitions<'a>) -> Self {
        let mut ranges = Ranges {
            symbols: &program.symbols,
            types: &program.types,
            known: &program.known,
            definitions,
            constants: FastMap::default(),
            bounds: FastMap::default(),
            ordered: FastMap::default(),
        };
        for (id, body) in program.bodies.iter() {
            if let Body::Constructor(constructor) = body
                && !super::facts::is_library(&program.symbols, *id)
            {
                constructor.statements.iter().for_each(|stmt| ranges.constant_field(stmt));
            }
        }
        for (id, body) in program.bodies.iter() {
            match body {
                Body::Expr(body) if !super::facts::is_library(&program.symbols, *id) => {
                    ranges.preconditions(body);
                    ranges.conditions(body);
                }
                _ => {}
            }
        }
        ranges
    }

    fn constant_field(&mut self, stmt: &Stmt) {
        if let Stmt::Expr(expr) = stmt
            && let ExprKind::AssignField(_, field, value) = &expr.kind
            && !self.symbols.fields[*field].is_mutable
            && let Some(value) = constant(value)
        {
            self.constants.insert(*field, Range::constant(value));
        }
    }

    /// The conditions that hold for a whole body: what every run of it evaluates, and what aborts
    /// it otherwise.
    fn preconditions(&mut self, body: &Expr) {
        match &body.kind {
            ExprKind::Block(stmts, result) => {
                for stmt in stmts {
                    match stmt {
                        Stmt::Expr(expr) => self.preconditions(expr),
                        Stmt::Let(..) | Stmt::Function(_) | Stmt::Class(_) => {}
                    }
                }
                self.preconditions(result);
            }
            ExprKind::Message(message) => {
                if let Message::Ensuring { body, .. } = &**message {
                    self.preconditions(body);
                }
            }
            ExprKind::If(condition, yes, no) => {
                let nothing = self.types.roots().nothing;
                if no.ty == nothing {
                    self.holds(condition, true, None);
                } else if yes.ty == nothing {
                    self.holds(condition, false, None);
                }
            }
            ExprKind::Call { method, args, .. } => {
                let method = &self.symbols.methods[*method];
                let is_predef = matches!(method.owner, Owner::Class(owner)
                    if Some(owner) == self.known.predef);
                if is_predef && matches!(method.name.as_str(), "require" | "assert") {
                    args.iter().take(1).for_each(|condition| self.holds(condition, true, None));
                }
            }
            _ => {}
        }
    }

    /// The conditions that hold in a part of a body.
    fn conditions(&mut self, expr: &Expr) {
        match &expr.kind {
            ExprKind::If(condition, yes, no) => {
                self.holds(condition, true, Some(yes.span));
                self.holds(condition, false, Some(no.span));
            }
            ExprKind::Match(_, cases) => {
                for case in cases {
                    if let Some(guard) = &case.guard {
                        self.holds(guard, true, Some(case.body.span));
                    }
                }
            }
            _ => {}
        }
        visit::children(expr, &mut |child| self.conditions(child));
    }

    /// Notes that a condition gives `expected`: within a span, or wherever its locals are known.
    fn holds(&mut self, condition: &Expr, expected: bool, within: Option<Span>) {
        match &condition.kind {
            ExprKind::And(first, second) if expected => {
                self.holds(first, true, within);
                self.holds(second, true, within);
            }
            ExprKind::Or(first, second) if !expected => {
                self.holds(first, false, within);
                self.holds(second, false, within);
            }
            ExprKind::Call { method, receiver: Some(left), args, .. } => {
                let name = self.symbols.methods[*method].name;
                if name.as_str() == "unary_!" && args.is_empty() {
                    self.holds(left, !expected, within);
                    return;
                }
                let [right] = args.as_slice() else { return };
                if self.integer(left).is_none() || self.integer(right).is_none() {
                    return;
                }
                match (name.as_str(), expected) {
                    ("<=", true) | (">", false) => self.is_ordered(left, right, 0, within),
                    ("<", true) | (">=", false) => self.is_ordered(left, right, 1, within),
                    (">=", true) | ("<", false) => self.is_ordered(right, left, 0, within),
                    (">", true) | ("<=", false) => self.is_ordered(right, left, 1, within),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// `low + distance <= high`.
    fn is_ordered(&mut self, low: &Expr, high: &Expr, distance: i128, within: Option<Span>) {
        let (low_path, high_path) = (self.path(low), self.path(high));
        let (low_range, high_range) = (self.range(low), self.range(high));
        if let (Some(path), Some(range)) = (&low_path, high_range) {
            let range = Range { least: i128::MIN, greatest: range.greatest - distance };
            self.bound(path, Bound { range, within });
        }
        if let (Some(path), Some(range)) = (&high_path, low_range) {
            let range = Range { least: range.least + distance, greatest: i128::MAX };
            self.bound(path, Bound { range, within });
        }
        if let (Some(low), Some(high)) = (low_path, high_path) {
            self.ordered.entry((low, high)).or_default().push(within);
        }
    }

    fn bound(&mut self, path: &Path, bound: Bound) {
        let bounds = self.bounds.entry(path.clone()).or_default();
        // What a field holds is another value in every message.
        let is_local = matches!(path.first(), Some(Part::Local(_)));
        if (is_local || bound.within.is_some()) && bounds.len() < BOUNDS_MAX {
            bounds.push(bound);
        }
    }

    /// What conditions say of a value that is mentioned here.
    fn bounded(&self, mention: &Expr) -> Option<Range> {
        let bounds = self.bounds.get(&self.path(mention)?)?;
        let holding = bounds.iter().filter(|bound| holds_at(bound.within, mention.span));
        holding.map(|bound| bound.range).reduce(Range::and)
    }

    /// The values that an integer expression may have if it does not wrap.
    pub fn range(&self, expr: &Expr) -> Option<Range> {
        let mut parts = PARTS_MAX;
        self.part(expr, &mut parts)
    }

    fn part(&self, expr: &Expr, parts: &mut u32) -> Option<Range> {
        let of_type = self.integer(expr)?;
        if *parts == 0 {
            return Some(of_type);
        }
        *parts -= 1;
        if let Some(value) = constant(expr) {
            return Some(Range::constant(value));
        }
        let found = match &expr.kind {
            ExprKind::Local(local) => self.local(*local, parts),
            ExprKind::Block(_, result) => self.part(result, parts),
            ExprKind::If(_, yes, no) => {
                self.part(yes, parts).zip(self.part(no, parts)).map(|(yes, no)| yes.or(no))
            }
            ExprKind::Match(_, cases) => {
                let mut all: Option<Range> = None;
                for case in cases.iter().filter(|case| case.body.ty != self.types.roots().nothing) {
                    let range = self.part(&case.body, parts)?;
                    all = Some(all.map_or(range, |all| all.or(range)));
                }
                all
            }
            ExprKind::Field(_, field) => self.constants.get(field).copied(),
            ExprKind::Call { method, receiver, args, .. } => {
                self.call(*method, receiver.as_deref(), args, parts)
            }
            _ => None,
        };
        let bounded = self.bounded(expr);
        let range = match (found, bounded) {
            (Some(found), Some(bounded)) => found.and(bounded),
            (Some(range), None) | (None, Some(range)) => range,
            (None, None) => of_type,
        };
        // What may have wrapped may be anything of its type.
        let is_whole = range.is_within(of_type) || bounded.is_some();
        Some(if is_whole { range.and(of_type) } else { of_type })
    }

    fn local(&self, local: LocalId, parts: &mut u32) -> Option<Range> {
        match self.symbols.locals[local].is_mutable {
            true => None,
            false => self.defined(Node::Local(local), parts),
        }
    }

    fn defined(&self, node: Node, parts: &mut u32) -> Option<Range> {
        let mut all: Option<Range> = None;
        for value in self.definitions.all_of(node)? {
            let range = self.part(value, parts)?;
            all = Some(all.map_or(range, |all| all.or(range)));
        }
        all
    }

    fn call(
        &self,
        method: MethodId,
        receiver: Option<&Expr>,
        args: &[Expr],
        parts: &mut u32,
    ) -> Option<Range> {
        let info = &self.symbols.methods[method];
        if let MethodKind::Getter(field) = info.kind {
            return self.constants.get(&field).copied();
        }
        if info.is_final
            && let Some(range) = self.defined(Node::Result(method), parts)
        {
            return Some(range);
        }
        let receiver = receiver.filter(|receiver| self.integer(receiver).is_some())?;
        match (info.name.as_str(), args) {
            ("toLong" | "toInt" | "unary_+", []) => self.part(receiver, parts),
            (operator, [other]) => {
                let range = self.part(receiver, parts)?;
                range.apply(operator, self.part(other, parts)?)
            }
            _ => None,
        }
    }

    /// Whether preconditions say that `high - low` is a number from 0 to `high`.
    pub fn leaves_rest(&self, high: &Expr, low: &Expr) -> bool {
        let is_positive = self.range(low).is_some_and(|range| range.least >= 0);
        is_positive
            && self
                .path(low)
                .zip(self.path(high))
                .and_then(|pair| self.ordered.get(&pair))
                .is_some_and(|places| places.iter().any(|within| holds_at(*within, low.span)))
    }

    fn integer(&self, expr: &Expr) -> Option<Range> {
        Range::of_type(self.types, expr.ty)
    }

    fn path(&self, expr: &Expr) -> Option<Path> {
        let (mut path, mut next) = (Path::new(), expr);
        loop {
            let field = match &next.kind {
                ExprKind::Local(local) if !self.symbols.locals[*local].is_mutable => {
                    path.push(Part::Local(*local));
                    path.reverse();
                    return Some(path);
                }
                ExprKind::This(_) | ExprKind::Object(_) if !path.is_empty() => {
                    path.reverse();
                    return Some(path);
                }
                ExprKind::Field(object, field) => {
                    next = object;
                    *field
                }
                ExprKind::Call { method, receiver: Some(object), args, .. } if args.is_empty() => {
                    let method = &self.symbols.methods[*method];
                    next = object;
                    match method.kind {
                        MethodKind::Getter(field) => field,
                        _ if method.name.as_str() == "toLong" => continue,
                        _ => return None,
                    }
                }
                _ => return None,
            };
            let field_info = &self.symbols.fields[field];
            if field_info.is_mutable && field_info.storage.is_none() {
                return None;
            }
            path.push(Part::Field(field));
        }
    }
}

/// Whether what holds within a span holds here.
fn holds_at(within: Option<Span>, place: Span) -> bool {
    within.is_none_or(|within| within.contains(place))
}

fn constant(expr: &Expr) -> Option<i128> {
    match expr.kind {
        ExprKind::Constant(Constant::Int(value)) => Some(value.into()),
        ExprKind::Constant(Constant::Long(value)) => Some(value.into()),
        ExprKind::Constant(Constant::Char(value)) => Some(value.into()),
        _ => None,
    }
}
