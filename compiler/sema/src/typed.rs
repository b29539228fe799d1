//! The typed tree: a smaller language than the syntax tree. Infix operators, `for`, string
//! interpolation, named and default arguments, implicit arguments, conversions between numbers,
//! eta-expansion, by-name wrapping and the choice of overloads are gone. Every expression has its
//! type; evaluation is left to right exactly as the tree stands.

use crate::symbols::{ClassId, FieldId, LocalId, MethodId, Symbols};
use crate::types::{TyId, Types};
use fscc_base::{FastMap, Span};
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A checked program: symbols, types and typed bodies. Bodies of library methods are typed when
/// something reachable needs them, so `bodies` holds exactly what is reachable from user code.
#[derive(Debug)]
pub struct Program {
    /// What is declared.
    pub symbols: Shared<Symbols>,
    /// The types.
    pub types: Types,
    /// Library names that the compiler knows.
    pub known: crate::known::Known,
    /// Bodies of methods with [`Implementation::Source`](crate::symbols::Implementation), and of
    /// constructors (see [`Body::Constructor`]).
    pub bodies: Shared<FastMap<MethodId, Body>>,
    /// Classes whose instances reachable code can create.
    pub instantiated: Vec<ClassId>,
    /// `@main` methods and `main` methods of objects, in source order.
    pub mains: Vec<MethodId>,
    /// Contracts, in source order.
    pub contracts: Vec<ClassId>,
    /// Test suites, in source order.
    pub suites: Vec<ClassId>,
    /// For a library: the methods and accessors that it exports, in source order.
    pub exported: Vec<MethodId>,
    /// What the checks of patterns must know about a [`ExprKind::Match`], by the span of the
    /// pattern of its first case; matches that are not here are checked as such.
    pub match_kinds: Shared<FastMap<Span, MatchKind>>,
    /// The warnings that are not wanted.
    pub allowances: Shared<crate::allow::Allowances>,
}

impl Program {
    /// The same program for another thread: it has types of its own, and shares everything else.
    pub fn fork(&self) -> Program {
        Program {
            symbols: self.symbols.clone(),
            types: self.types.clone(),
            known: self.known.clone(),
            bodies: self.bodies.clone(),
            instantiated: self.instantiated.clone(),
            mains: self.mains.clone(),
            contracts: self.contracts.clone(),
            suites: self.suites.clone(),
            exported: self.exported.clone(),
            match_kinds: self.match_kinds.clone(),
            allowances: self.allowances.clone(),
        }
    }
}

/// A part of a program that several threads may look at. Whoever has it alone may change it.
#[derive(Default, Debug)]
pub struct Shared<T>(Arc<T>);

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Shared(Arc::clone(&self.0))
    }
}

impl<T> From<T> for Shared<T> {
    fn from(part: T) -> Self {
        Shared(Arc::new(part))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        Arc::get_mut(&mut self.0).expect("only a program that nobody else has is changed")
    }
}

/// Where a match comes from, if it is not simply a `match` of the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MatchKind {
    /// The scrutinee has `@unchecked`: nothing is said about missing cases.
    Unchecked,
    /// `val p = e`, a pattern in a `for` alias or in a generator without `case`: one case, which
    /// must take every value.
    Binding,
    /// Cases of a partial function, of `catch`, of a filter, or made up by the checker: may miss.
    Partial,
}

/// The body of a method.
#[derive(Debug)]
pub enum Body {
    /// An expression of the result type.
    Expr(Expr),
    /// A primary constructor: what happens after the parameters have been stored into their
    /// fields (which comes first, before the superclass is initialised).
    Constructor(Constructor),
}

/// The body of a primary constructor, or of the initialiser of a trait.
#[derive(Debug)]
pub struct Constructor {
    /// The superclass constructor and its arguments; none if the superclass is a root class.
    pub super_call: Option<ConstructorCall>,
    /// The traits that are initialised here, in order, with the arguments of those that have
    /// parameters: the linearisation minus what the superclass has initialised.
    pub traits: Vec<ConstructorCall>,
    /// Field initialisers (as [`ExprKind::AssignField`]) and statements in source order.
    pub statements: Vec<Stmt>,
}

/// A call of a constructor on the object under construction.
#[derive(Debug)]
pub struct ConstructorCall {
    /// The class or trait.
    pub class: ClassId,
    /// Its constructor; none if the trait has nothing to do.
    pub constructor: Option<MethodId>,
    /// The type arguments of the class.
    pub type_args: Vec<TyId>,
    /// The arguments.
    pub args: Vec<Expr>,
    /// Where.
    pub span: Span,
}

/// An expression.
#[derive(Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Its type.
    pub ty: TyId,
    /// Where it stands.
    pub span: Span,
}

/// A constant.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Constant {
    /// `()`.
    Unit,
    /// A Boolean.
    Boolean(bool),
    /// A Byte, Short, Int: the type of the expression says which.
    Int(i32),
    /// A Long.
    Long(i64),
    /// A Char: one UTF-16 unit.
    Char(u16),
    /// A Float, rounded, as a double; bits.
    Float(u64),
    /// A Double; bits.
    Double(u64),
    /// A String; UTF-16 units, because a lone surrogate is legal.
    String(Vec<u16>),
    /// `null`.
    Null,
}

/// How a method is chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dispatch {
    /// By the class of the receiver.
    Virtual,
    /// Exactly this method: constructors, private and object members, local functions, extension
    /// and top-level methods, `super` calls in classes.
    Static,
    /// `super.m` in a trait: the next implementation after this trait in the linearisation of
    /// the receiver's class.
    SuperOf(ClassId),
}

/// What an expression is.
#[derive(Debug)]
pub enum ExprKind {
    /// A mistake was reported here; never reaches `lower`.
    Error,
    /// A constant.
    Constant(Constant),
    /// A local variable or parameter. If it is lazy, reading initialises.
    Local(LocalId),
    /// Assignment; Unit.
    AssignLocal(LocalId, Box<Expr>),
    /// `C.this` for the innermost class or an outer one.
    This(ClassId),
    /// A singleton object; initialises at first use.
    Object(ClassId),
    /// A field, directly (inside its class, private, or in the constructor).
    Field(Box<Expr>, FieldId),
    /// Sets a field directly; Unit.
    AssignField(Box<Expr>, FieldId, Box<Expr>),
    /// A method call; accessors are called as methods too. The receiver is none for local
    /// functions. Arguments stand in *parameter* order over all lists; where the evaluation
    /// order differs (named arguments), sema has bound temporaries in a block around the call.
    Call {
        /// The method.
        method: MethodId,
        /// How it is chosen.
        dispatch: Dispatch,
        /// The receiver; for members of objects and top-level methods the object.
        receiver: Option<Box<Expr>>,
        /// Type arguments.
        type_args: Vec<TyId>,
        /// Arguments.
        args: Vec<Expr>,
    },
    /// A new instance.
    New {
        /// The class.
        class: ClassId,
        /// The constructor, primary or secondary.
        constructor: MethodId,
        /// The type arguments of the class.
        type_args: Vec<TyId>,
        /// For an inner class: the instance it belongs to.
        outer: Option<Box<Expr>>,
        /// Arguments.
        args: Vec<Expr>,
    },
    /// A function value; its type is `FunctionN`, a SAM type, or `PartialFunction` (then
    /// `is_defined_at` is the second body over the same parameters).
    Lambda {
        /// Parameters.
        params: Vec<LocalId>,
        /// The body.
        body: Box<Expr>,
        /// For partial functions: whether the body's match takes the argument.
        is_defined_at: Option<Box<Expr>>,
        /// The method that it implements (`FunctionN.apply`, or the single abstract method).
        method: MethodId,
    },
    /// Statements and a result.
    Block(Vec<Stmt>, Box<Expr>),
    /// A conditional; both branches have been adapted to the type.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A loop; Unit.
    While(Box<Expr>, Box<Expr>),
    /// `a && b`.
    And(Box<Expr>, Box<Expr>),
    /// `a || b`.
    Or(Box<Expr>, Box<Expr>),
    /// A match; traps `MatchError` with the scrutinee if no case fits.
    Match(Box<Expr>, Vec<Case>),
    /// `try`; the cases catch, what they do not take goes on unwinding.
    Try(Box<Expr>, Vec<Case>, Option<Box<Expr>>),
    /// `throw`.
    Throw(Box<Expr>),
    /// `return` from this method.
    Return(MethodId, Box<Expr>),
    /// The value at a wider or erased-compatible type: upcasts need no node, this one is checked
    /// (`asInstanceOf`, a refined scrutinee).
    Cast(Box<Expr>, TyId),
    /// `isInstanceOf`.
    Is(Box<Expr>, TyId),
    /// `==` (or `!=` under a `!` call) of values that are not both of one primitive type, where
    /// Scala's cooperative equality applies.
    Equals(Box<Expr>, Box<Expr>),
    /// Text pieces joined: string interpolation and `+` with a string; each piece is converted
    /// as `String.valueOf` does.
    Concat(Vec<Expr>),
    /// A sequence of elements of a type, as `ArraySeq`: repeated arguments.
    Sequence(Vec<Expr>, TyId),
    /// An array literal or `Array(…)` with known elements, of this element type.
    Array(Vec<Expr>, TyId),
    /// An operation on a contract's stored map or set.
    Storage(StorageOp, FieldId, Vec<Expr>),
    /// A contract operation that holds saved calls.
    Message(Box<Message>),
    /// An operation of a suite on a deployed contract: `call`, `query`, `deploy`.
    World(Box<WorldOp>),
}

/// A statement.
#[derive(Debug)]
pub enum Stmt {
    /// Evaluates and drops.
    Expr(Expr),
    /// Declares a local with its initialiser (for a lazy one: run at first use).
    Let(LocalId, Expr),
    /// Declares a local function; its body is in [`Program::bodies`].
    Function(MethodId),
    /// Declares a local class.
    Class(ClassId),
}

/// A case of a match.
#[derive(Debug)]
pub struct Case {
    /// The pattern.
    pub pattern: Pattern,
    /// The guard.
    pub guard: Option<Expr>,
    /// The body.
    pub body: Expr,
    /// Where it stands.
    pub span: Span,
}

/// A pattern, for a value of type `ty`.
#[derive(Debug)]
pub struct Pattern {
    /// What it is.
    pub kind: PatternKind,
    /// The type of what it matches, after the test.
    pub ty: TyId,
    /// Where it stands.
    pub span: Span,
}

/// What a pattern is.
#[derive(Debug)]
pub enum PatternKind {
    /// Matches everything.
    Wildcard,
    /// Binds the value, then goes on.
    Bind(LocalId, Box<Pattern>),
    /// Equal by `==` to a constant or a stable value.
    Equals(Expr),
    /// Is an instance of `ty` of the pattern, then goes on with the value cast to it.
    Typed(Box<Pattern>),
    /// An instance of this inner class (or trait) that belongs to this instance of the class
    /// around it, then goes on; the value has been tested for the class.
    Belongs(ClassId, Box<Expr>, Box<Pattern>),
    /// An instance of a case class (tuples too) whose case fields match.
    Class(ClassId, Vec<Pattern>),
    /// An extractor. `call` is the `unapply` call on `scrutinee`, a local that holds the value
    /// (already cast to the parameter type of `unapply`).
    Extractor {
        /// Holds the scrutinee.
        scrutinee: LocalId,
        /// The call.
        call: Expr,
        /// What the result means.
        result: ExtractorResult,
    },
    /// A sequence pattern on a `Seq`: the first patterns by position, then, after `rest`, the
    /// others; without `rest` the length must be exact.
    Sequence {
        /// Patterns of the first elements.
        prefix: Vec<Pattern>,
        /// `rest*` or `_*`, which takes what is left as a `Seq`.
        rest: Option<Box<Pattern>>,
    },
    /// One of them; they bind nothing.
    Alternative(Vec<Pattern>),
}

/// What the result of an `unapply` means.
#[derive(Debug)]
pub enum ExtractorResult {
    /// A Boolean: matched or not.
    Boolean,
    /// Has `isEmpty` and `get` (an Option, or anything like it); the content, held by `content`,
    /// matches the pattern.
    Option {
        /// Holds the result.
        result: LocalId,
        /// `result.isEmpty`.
        is_empty: Expr,
        /// `result.get`.
        get: Expr,
        /// What the content must match; a tuple pattern for several.
        pattern: Box<Pattern>,
    },
    /// The result itself is the content (irrefutable, product-like).
    Product {
        /// Holds the result.
        result: LocalId,
        /// Selections `result._1` … with the patterns they must match.
        fields: Vec<(Expr, Pattern)>,
    },
}

/// An operation on a stored map or set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StorageOp {
    /// `m.get(k)`: an Option.
    Get,
    /// `m.getOrElse(k, default)`: the default is by name, a `Function0`.
    GetOrElse,
    /// `m(k)`.
    Apply,
    /// `m.contains(k)`, `s.contains(k)`, `s(k)`.
    Contains,
    /// `m.size`, as Int.
    Size,
    /// `m.isEmpty`.
    IsEmpty,
    /// `m = m.updated(k, v)`, `m += k -> v`.
    Put,
    /// `m = m.removed(k)`, `m -= k`; also of a set.
    Remove,
    /// `s = s + x`, `s += x`.
    Include,
    /// Initialisation or assignment with an empty map or set; only in the constructor.
    Clear,
}

/// A call that is kept for later: a handler and its arguments.
#[derive(Debug)]
pub struct SavedCall {
    /// The handler; none for `()`.
    pub handler: Option<MethodId>,
    /// Arguments in parameter order.
    pub args: Vec<SavedArg>,
    /// Where.
    pub span: Span,
}

/// An argument of a saved call.
#[derive(Debug)]
pub enum SavedArg {
    /// Saved now.
    Value(Expr),
    /// Filled at delivery with the reply or the bounce.
    Hole,
}

/// A message to another contract read as data: method and arguments.
#[derive(Debug)]
pub struct MessageCall {
    /// The entry or view.
    pub method: MethodId,
    /// Its arguments in parameter order.
    pub args: Vec<Expr>,
}

/// A contract operation with saved calls.
#[derive(Debug)]
#[allow(missing_docs, reason = "named as the parts of the call above them")]
pub enum Message {
    /// `pay(to, amount)(delivered, bounced)`.
    Pay { to: Expr, amount: Expr, delivered: SavedCall, bounced: SavedCall },
    /// `ref.send(_.m(args), value)(bounced)`.
    Send { to: Expr, call: MessageCall, value: Expr, bounced: SavedCall },
    /// `ref.ask(_.m(args), value)(reply, bounced)`.
    Ask { to: Expr, call: MessageCall, value: Expr, reply: SavedCall, bounced: SavedCall },
    /// `schedule(at)(h(args))`: a Timer.
    Schedule { at: Expr, call: SavedCall },
    /// `spawn(value)(C(args))(bounced)`: a Ref.
    Spawn { value: Expr, class: ClassId, args: Vec<Expr>, bounced: SavedCall },
    /// `emit(event)`.
    Emit(Expr),
    /// `story(record)`.
    Story(Expr),
    /// `conclude(outcome)`.
    Conclude(Expr),
    /// `abort(problem)` and `require(condition, problem)` in its failing branch.
    Abort(Expr),
    /// `invariant(condition)`: sema has made the condition a method without parameters.
    Invariant(MethodId),
    /// `body.ensuring(result => condition)` with `old(…)` values bound before the body: `olds`
    /// are evaluated first, then `body` into `result`, then the condition.
    Ensuring { olds: Vec<(LocalId, Expr)>, body: Expr, result: LocalId, condition: Expr },
}

/// An operation of a suite.
#[derive(Debug)]
#[allow(missing_docs, reason = "named as the parts of the call above them")]
pub enum WorldOp {
    /// `deploy(C(args))`: a `Deployed[C]`.
    Deploy { class: ClassId, args: Vec<Expr>, value: Option<Expr>, from: Option<Expr> },
    /// `deployed.call(from, value)(_.m(args))`: the result of `m`.
    Call { target: Expr, from: Expr, value: Expr, call: MessageCall },
    /// `deployed.query(_.m(args))`.
    Query { target: Expr, call: MessageCall },
}
