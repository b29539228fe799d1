//! Trees as bytes: how the library's trees reach the compiler without being parsed again.
//!
//! A [`Writer`] turns finished trees into one block of bytes when the library is built; a
//! [`Store`] gives the trees back at run time. Bodies of methods and templates and values of
//! definitions are read when they are first looked at (see [`Lazy`]), so that a program pays for
//! the parts of the library that it reaches. **Guarantees:** what is read equals what was written,
//! spans included; the bytes depend on the trees alone. It relies on its own writer: other bytes
//! may panic.

use crate::ast::*;
use fscc_base::{FastMap, FileId, Name, Span};

/// What can be written and read.
pub(crate) trait Portable: Sized {
    fn write(&self, out: &mut Writer);
    fn read(input: &mut Reader) -> Self;
}

/// Collects trees as bytes.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
    names: FastMap<Name, ()>,
    units: Vec<Vec<u8>>,
    /// The place that the next span is measured from.
    last: u32,
}

impl Writer {
    /// A writer without trees.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds a tree.
    pub fn unit(&mut self, unit: &Unit) {
        self.last = 0;
        unit.stats.write(self);
        unit.span.write(self);
        self.units.push(std::mem::take(&mut self.bytes));
    }
    /// All trees, in the order in which they were added.
    pub fn finish(mut self) -> Vec<u8> {
        let names = std::mem::take(&mut self.names);
        self.number(names.len() as u64);
        for name in names.keys() {
            self.text(name.as_str());
        }
        let units = std::mem::take(&mut self.units);
        self.number(units.len() as u64);
        for unit in units {
            self.number(unit.len() as u64);
            self.bytes.extend(unit);
        }
        self.bytes
    }
    fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }
    /// Seven bits a byte, the lowest first; the high bit says that more follow.
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.byte(number as u8 | 0x80);
            number >>= 7;
        }
        self.byte(number as u8);
    }
    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }
}

/// Trees that were written by a [`Writer`].
#[derive(Debug)]
pub struct Store {
    bytes: &'static [u8],
    names: Vec<Name>,
    /// Where each tree begins.
    units: Vec<usize>,
}

impl Store {
    /// The trees in these bytes.
    pub fn load(bytes: &'static [u8]) -> Store {
        let mut store = Store { bytes, names: Vec::new(), units: Vec::new() };
        let mut cursor = Cursor { bytes, at: 0 };
        store.names = (0..cursor.number()).map(|_| Name::new(cursor.text())).collect();
        for _ in 0..cursor.number() {
            let len = cursor.number() as usize;
            store.units.push(cursor.at);
            cursor.at += len;
        }
        store
    }
    /// The number of trees.
    pub fn len(&self) -> usize {
        self.units.len()
    }
    /// Whether there is no tree.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
    /// The tree with this number, as the tree of this file.
    pub fn unit(&'static self, number: usize, file: FileId) -> Unit {
        let mut input = Reader::new(Place { store: self, at: self.units[number] as u32, file });
        let stats = Portable::read(&mut input);
        Unit { file, stats, span: Portable::read(&mut input), lost: Vec::new() }
    }
}

/// A place in a store.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    store: &'static Store,
    at: u32,
    file: FileId,
}

impl Place {
    /// What stands here.
    pub fn read<T: Portable>(self) -> T {
        T::read(&mut Reader::new(self))
    }
}

#[derive(Clone, Copy, Debug)]
struct Cursor {
    bytes: &'static [u8],
    at: usize,
}

impl Cursor {
    fn byte(&mut self) -> u8 {
        let byte = self.bytes[self.at];
        self.at += 1;
        byte
    }
    fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
            shift += 7;
        }
    }
    fn text(&mut self) -> &'static str {
        let len = self.number() as usize;
        let text = &self.bytes[self.at..self.at + len];
        self.at += len;
        std::str::from_utf8(text).expect("texts are written as such")
    }
}

/// Reads a tree.
#[derive(Debug)]
pub(crate) struct Reader {
    cursor: Cursor,
    store: &'static Store,
    file: FileId,
    last: u32,
}

impl Reader {
    fn new(place: Place) -> Self {
        let cursor = Cursor { bytes: place.store.bytes, at: place.at as usize };
        Self { cursor, store: place.store, file: place.file, last: 0 }
    }
}

impl Portable for bool {
    fn write(&self, out: &mut Writer) {
        out.byte(u8::from(*self));
    }
    fn read(input: &mut Reader) -> Self {
        input.cursor.byte() != 0
    }
}

macro_rules! numbers {
    ($($kind:ident via $bits:ident: $to:expr, $from:expr;)*) => {$(
        impl Portable for $kind {
            fn write(&self, out: &mut Writer) {
                let to: fn($kind) -> $bits = $to;
                out.number(u64::from(to(*self)));
            }
            fn read(input: &mut Reader) -> Self {
                let from: fn($bits) -> $kind = $from;
                from(input.cursor.number() as $bits)
            }
        }
    )*};
}

numbers! {
    u16 via u16: |n| n, |n| n;
    i32 via u32: |n| ((n << 1) ^ (n >> 31)) as u32, |n| (n >> 1) as i32 ^ -((n & 1) as i32);
    i64 via u64: |n| ((n << 1) ^ (n >> 63)) as u64, |n| (n >> 1) as i64 ^ -((n & 1) as i64);
    f32 via u32: f32::to_bits, f32::from_bits;
    f64 via u64: f64::to_bits, f64::from_bits;
}

impl Portable for Flags {
    fn write(&self, out: &mut Writer) {
        out.number(u64::from(self.bits()));
    }
    fn read(input: &mut Reader) -> Self {
        Flags::from_bits(input.cursor.number() as u32)
    }
}

impl Portable for Name {
    fn write(&self, out: &mut Writer) {
        let number = out.names.insert_full(*self, ()).0;
        out.number(number as u64);
    }
    fn read(input: &mut Reader) -> Self {
        input.store.names[input.cursor.number() as usize]
    }
}

/// The start as a distance from the start before, shifted by one; 1 stands for a synthetic span.
impl Portable for Span {
    fn write(&self, out: &mut Writer) {
        if self.is_synthetic() {
            return out.byte(1);
        }
        let distance = self.lo.wrapping_sub(out.last) as i32;
        out.number(u64::from(((distance << 1) ^ (distance >> 31)) as u32) << 1);
        out.number(u64::from(self.hi - self.lo));
        out.last = self.lo;
    }
    fn read(input: &mut Reader) -> Self {
        let number = input.cursor.number();
        if number == 1 {
            return Span::synthetic();
        }
        let distance = (number >> 1) as u32;
        let distance = (distance >> 1) as i32 ^ -((distance & 1) as i32);
        let lo = input.last.wrapping_add_signed(distance);
        input.last = lo;
        Span::new(input.file, lo, lo + input.cursor.number() as u32)
    }
}

impl Portable for Box<str> {
    fn write(&self, out: &mut Writer) {
        out.text(self);
    }
    fn read(input: &mut Reader) -> Self {
        input.cursor.text().into()
    }
}

impl<T: Portable> Portable for Box<T> {
    fn write(&self, out: &mut Writer) {
        (**self).write(out);
    }
    fn read(input: &mut Reader) -> Self {
        Box::new(T::read(input))
    }
}

impl<T: Portable> Portable for Option<T> {
    fn write(&self, out: &mut Writer) {
        out.byte(u8::from(self.is_some()));
        if let Some(value) = self {
            value.write(out);
        }
    }
    fn read(input: &mut Reader) -> Self {
        (input.cursor.byte() != 0).then(|| T::read(input))
    }
}

impl<T: Portable> Portable for Vec<T> {
    fn write(&self, out: &mut Writer) {
        out.number(self.len() as u64);
        for value in self {
            value.write(out);
        }
    }
    fn read(input: &mut Reader) -> Self {
        (0..input.cursor.number()).map(|_| T::read(input)).collect()
    }
}

impl<T: Portable, U: Portable> Portable for (T, U) {
    fn write(&self, out: &mut Writer) {
        self.0.write(out);
        self.1.write(out);
    }
    fn read(input: &mut Reader) -> Self {
        let first = T::read(input);
        (first, U::read(input))
    }
}

/// Its length stands in front, so that it can be passed over.
impl<T: Portable> Portable for Lazy<T> {
    fn write(&self, out: &mut Writer) {
        let before = std::mem::take(&mut out.bytes);
        let last = std::mem::replace(&mut out.last, 0);
        (**self).write(out);
        out.last = last;
        let own = std::mem::replace(&mut out.bytes, before);
        out.number(own.len() as u64);
        out.bytes.extend(own);
    }
    fn read(input: &mut Reader) -> Self {
        let len = input.cursor.number() as usize;
        let at = input.cursor.at as u32;
        input.cursor.at += len;
        Lazy::at(Place { store: input.store, at, file: input.file })
    }
}

/// Fields are written in the order given here; a missing one does not compile.
macro_rules! structs {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Portable for $name {
            fn write(&self, out: &mut Writer) {
                let $name { $($field),* } = self;
                $($field.write(out);)*
            }
            fn read(input: &mut Reader) -> Self {
                $(let $field = Portable::read(input);)*
                $name { $($field),* }
            }
        }
    )*};
}

/// A variant is written as its number, which stands in front of it here, and its parts.
macro_rules! enums {
    ($($name:ident {
        $($tag:literal $variant:ident $(( $($part:ident),* ))? $({ $($field:ident),* })?;)*
    })*) => {$(
        impl Portable for $name {
            fn write(&self, out: &mut Writer) {
                match self {$(
                    $name::$variant $(( $($part),* ))? $({ $($field),* })? => {
                        out.byte($tag);
                        $($($part.write(out);)*)?
                        $($($field.write(out);)*)?
                    }
                )*}
            }
            fn read(input: &mut Reader) -> Self {
                match input.cursor.byte() {
                    $($tag => {
                        $($(let $part = Portable::read(input);)*)?
                        $($(let $field = Portable::read(input);)*)?
                        $name::$variant $(( $($part),* ))? $({ $($field),* })?
                    })*
                    other => unreachable!("{} has no variant {other}", stringify!($name)),
                }
            }
        }
    )*};
}

structs! {
    Ident { name, span, quoted }
    Stat { kind, span }
    ImportClause { path, selectors, span }
    Modifiers { flags, access, annotations, span }
    Annotation { ty, args, span, target }
    Definition { modifiers, kind, span }
    ValueDef { mutable, patterns, ty, value }
    MethodDef { name, type_params, clauses, result, body }
    ConstructorDef { this_span, clauses, body }
    TypeDef { name, params, bounds, rhs }
    ClassDef { kind, name, type_params, constructor_modifiers, clauses, template }
    EnumCaseDef { name, type_params, clauses, parents }
    GivenDef { name, type_params, clauses, body }
    ExtensionDef { type_params, clauses, members }
    Template { parents, derives, self_type, body, span }
    Parent { ty, args, span }
    SelfType { name, ty, span }
    ParamClause { kind, params, span }
    Param { modifiers, field, name, ty, by_name, vararg, default, span }
    TypeParam { annotations, variance, name, params, bounds, context_bounds, span }
    ContextBound { ty, name }
    TypeBounds { lower, upper }
    Expr { kind, span }
    Args { using, args, span }
    Arg { name, value, splice }
    Case { pattern, guard, body, span }
    Enumerator { kind, span }
    Pattern { kind, span }
    PatternArg { name, pattern }
    Type { kind, span }
    TypeElement { name, ty }
    FunctionParam { name, ty, by_name, vararg }
}

enums! {
    StatKind {
        0 Package { path, stats };
        1 Import(clauses);
        2 Export(clauses);
        3 Definition(definition);
        4 Expr(expr);
        5 Error;
    }
    ImportSelector {
        0 Name { name, rename };
        1 Hidden(name);
        2 Wildcard(span);
        3 Given(ty, span);
    }
    Access {
        0 Public;
        1 Private(within);
        2 Protected(within);
    }
    DefinitionKind {
        0 Value(def);
        1 Method(def);
        2 Constructor(def);
        3 Type(def);
        4 Class(def);
        5 EnumCase(def);
        6 Given(def);
        7 Extension(def);
    }
    ClassKind {
        0 Class;
        1 Trait;
        2 Object;
        3 Enum;
    }
    GivenBody {
        0 Alias { ty, value };
        1 Instance(template);
    }
    ClauseKind {
        0 Plain;
        1 Using;
        2 Implicit;
    }
    ParamField {
        0 None;
        1 Val;
        2 Var;
    }
    Variance {
        0 Invariant;
        1 Covariant;
        2 Contravariant;
    }
    ExprKind {
        0 Literal(literal);
        1 Ident(name);
        2 This(class);
        3 Super { class, parent };
        4 Select { base, name };
        5 TypeApply { function, args };
        6 Apply { function, args };
        7 Infix { lhs, op, type_args, rhs };
        8 Prefix { op, operand };
        9 Assign { target, value };
        10 If { condition, then_branch, else_branch, inline };
        11 Match { scrutinee, cases, inline };
        12 While { condition, body };
        13 For { enumerators, body, yields, in_braces };
        14 Try { body, handler, finalizer };
        15 Throw(thrown);
        16 Return(value);
        17 Block { stats, result };
        18 Lambda { params, body, context };
        19 PolyLambda { type_params, body };
        20 PartialFunction(cases);
        21 Tuple(elements);
        22 New(template);
        23 Ascription { expr, ty };
        24 Annotated { expr, annotations };
        25 Interpolation { prefix, parts, args };
        26 Error;
        27 Eta(method);
    }
    Handler {
        0 Cases(cases);
        1 Expr(expr);
    }
    EnumeratorKind {
        0 Generator { pattern, source, filter };
        1 Guard(condition);
        2 Alias { pattern, value };
    }
    Literal {
        0 Int(value);
        1 Long(value);
        2 Float(value);
        3 Double(value);
        4 Char(value);
        5 String(value);
        6 Boolean(value);
        7 Unit;
        8 Null;
    }
    PatternKind {
        0 Wildcard;
        1 Variable(name);
        2 Stable(path);
        3 Literal(literal);
        4 Typed { pattern, ty };
        5 Bind { name, pattern };
        6 Alternative(patterns);
        7 Tuple(args);
        8 Extractor { path, type_args, args };
        9 Infix { lhs, op, rhs };
        10 Splice(pattern);
        11 Interpolation { prefix, parts, args };
        12 Error;
    }
    TypeKind {
        0 Ident(name);
        1 Select { path, name };
        2 Singleton(path);
        3 Projection { base, name };
        4 Apply { constructor, args };
        5 Infix { lhs, op, rhs };
        6 Function { params, result, context };
        7 PolyFunction { type_params, body };
        8 TypeLambda { params, body };
        9 Tuple(elements);
        10 Wildcard(bounds);
        11 Refinement { base, members };
        12 Annotated { ty, annotations };
        13 Match { scrutinee, cases };
        14 Literal(literal);
        15 Error;
    }
}
