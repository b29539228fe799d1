//! Types: interned, immutable, compared by index. This file holds the representation; beside it
//! stand substitution, base types, erasure and printing. What needs unsolved type variables
//! (subtyping, bounds) is in `relate`.
//!
//! **Guarantees:** equal types have equal ids; aliases are gone (they are resolved where they are
//! written); the arguments of an inner class are its own followed by those of the classes around
//! it, so that no type needs a prefix.

mod base;
mod erase;
mod show;
mod subst;

pub use subst::Subst;

use crate::symbols::{ClassId, LocalId, TypeParamId};
use fscc_base::limits::TYPE_SIZE_MAX;
use fscc_base::{Equivalent, FastMap, FastSet, Idx, Name};
use std::cell::{Cell, RefCell};
use std::hash::{Hash, Hasher};
use std::sync::{LazyLock, Mutex, PoisonError};

fscc_base::define_index! {
    /// An interned type.
    pub struct TyId = "ty";
}
fscc_base::define_index! {
    /// A type variable of inference; none is left in a finished program.
    pub struct TyVar = "?";
}

/// A list of types, interned for the life of the process as names are.
pub type TyList = &'static [TyId];

static LISTS: LazyLock<Mutex<FastSet<TyList>>> = LazyLock::new(Mutex::default);

/// The interned list with these entries.
pub fn ty_list(types: &[TyId]) -> TyList {
    if types.is_empty() {
        return &[];
    }
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = lists.get(types) {
        return known;
    }
    let list: TyList = Box::leak(types.into());
    lists.insert(list);
    list
}

/// The one value of a literal type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Literal {
    /// An Int.
    Int(i32),
    /// A Long.
    Long(i64),
    /// A Char.
    Char(u16),
    /// A Double, by its bits.
    Double(u64),
    /// A Boolean.
    Boolean(bool),
    /// A String.
    String(Name),
}

/// A type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ty {
    /// A mistake was reported; conforms to everything and everything to it.
    Error,
    /// A class with its arguments; functions and tuples too; the type of an object.
    Class(ClassId, TyList),
    /// A type parameter, an abstract type, or an opaque type (see `Symbols`).
    Param(TypeParamId),
    /// A higher-kinded parameter or variable with its arguments.
    Applied(TyId, TyList),
    /// A class without its arguments, as argument of a higher-kinded parameter.
    Constructor(ClassId),
    /// `[A] =>> T`.
    Lambda(&'static [TypeParamId], TyId),
    /// A variable of inference.
    Var(TyVar),
    /// A literal type and the class it widens to.
    Literal(TyId, Literal),
    /// `this.type` of a class.
    This(ClassId),
    /// `x.type` of a local value.
    Local(LocalId),
    /// `A & B`.
    And(TyId, TyId),
    /// `A | B`.
    Or(TyId, TyId),
    /// `? >: L <: U`, only as an argument of a class.
    Wildcard(TyId, TyId),
}

/// The interner of types. It shares itself out: types are added behind a shared reference.
#[derive(Clone, Debug)]
pub struct Types {
    table: RefCell<FastSet<Ty>>,
    roots: RefCell<Roots>,
    base_cache: RefCell<FastMap<(ClassId, ClassId), Option<TyId>>>,
    /// What is known of each type, so that nobody need walk through it.
    facts: RefCell<Vec<Facts>>,
    /// Whether a type had too many parts since somebody asked.
    is_too_large: Cell<bool>,
}

/// A class type as the interner finds it, with a list of arguments that is not interned.
struct ClassKey<'a>(ClassId, &'a [TyId]);

/// As [`Ty`] derives it; a test holds them together.
impl Hash for ClassKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        std::mem::discriminant(&Ty::Class(self.0, &[])).hash(state);
        self.0.hash(state);
        self.1.hash(state);
    }
}

impl Equivalent<Ty> for ClassKey<'_> {
    fn equivalent(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Class(class, args) if *class == self.0 && *args == self.1)
    }
}

/// What is known of a type.
#[derive(Clone, Copy, Debug)]
struct Facts {
    /// How many parts it has when it is written out.
    size: u32,
    /// The kinds of parts that occur in it.
    kinds: Kinds,
}

/// Kinds of parts that decide whether a type must be looked into.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Kinds(u8);

impl Kinds {
    const NONE: Kinds = Kinds(0);
    const ERROR: Kinds = Kinds(1);
    const PARAM: Kinds = Kinds(2);
    const VAR: Kinds = Kinds(4);
    const THIS: Kinds = Kinds(8);

    fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
    fn has(self, any_of: Kinds) -> bool {
        self.0 & any_of.0 != 0
    }
}

impl Facts {
    fn leaf(kinds: Kinds) -> Facts {
        Facts { size: 1, kinds }
    }
    /// Of a type with one more part.
    fn and(self, part: Facts) -> Facts {
        Facts { size: self.size.saturating_add(part.size), kinds: self.kinds.and(part.kinds) }
    }
}

/// The types that every part of the checker names.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "named as the classes")]
pub struct Roots {
    pub error: TyId,
    pub any: TyId,
    pub any_val: TyId,
    pub any_ref: TyId,
    pub nothing: TyId,
    pub null: TyId,
    pub unit: TyId,
    pub boolean: TyId,
    pub byte: TyId,
    pub short: TyId,
    pub char: TyId,
    pub int: TyId,
    pub long: TyId,
    pub float: TyId,
    pub double: TyId,
    pub string: TyId,
    pub nothing_class: ClassId,
    pub null_class: ClassId,
    pub any_class: ClassId,
    pub any_val_class: ClassId,
    pub any_ref_class: ClassId,
}

impl Roots {
    /// The scalars and texts: nothing but `Nothing` and literal types is below them.
    pub fn plain(&self) -> [TyId; 10] {
        [
            self.unit,
            self.boolean,
            self.byte,
            self.short,
            self.char,
            self.int,
            self.long,
            self.float,
            self.double,
            self.string,
        ]
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::new()
    }
}

impl Types {
    /// An interner that knows the error type alone; see [`Types::set_roots`].
    pub fn new() -> Self {
        let mut table = FastSet::default();
        table.insert(Ty::Error);
        let error = TyId::from_u32(0);
        let none = ClassId::from_u32(u32::MAX);
        let roots = Roots {
            error,
            any: error,
            any_val: error,
            any_ref: error,
            nothing: error,
            null: error,
            unit: error,
            boolean: error,
            byte: error,
            short: error,
            char: error,
            int: error,
            long: error,
            float: error,
            double: error,
            string: error,
            nothing_class: none,
            null_class: none,
            any_class: none,
            any_val_class: none,
            any_ref_class: none,
        };
        Self {
            table: RefCell::new(table),
            roots: RefCell::new(roots),
            base_cache: RefCell::default(),
            facts: RefCell::new(vec![Facts::leaf(Kinds::ERROR)]),
            is_too_large: Cell::new(false),
        }
    }
    /// Makes room for that many more types.
    pub fn reserve(&self, additional: usize) {
        self.table.borrow_mut().reserve(additional);
        self.facts.borrow_mut().reserve(additional);
    }
    /// Tells the interner the root types, once.
    pub fn set_roots(&self, roots: Roots) {
        *self.roots.borrow_mut() = roots;
    }
    /// The types that everybody names.
    pub fn roots(&self) -> Roots {
        *self.roots.borrow()
    }
    /// The id of this type; that of the error type if it would have more than [`TYPE_SIZE_MAX`]
    /// parts, which the checker reports: see [`Types::take_too_large`].
    pub fn intern(&self, ty: Ty) -> TyId {
        let mut table = self.table.borrow_mut();
        let (index, is_new) = table.insert_full(ty);
        if is_new {
            let facts = self.facts_of(ty);
            if facts.size > TYPE_SIZE_MAX {
                table.pop();
                self.is_too_large.set(true);
                return TyId::from_u32(0);
            }
            self.facts.borrow_mut().push(facts);
        }
        TyId::new(index)
    }
    fn facts_of(&self, ty: Ty) -> Facts {
        let facts = self.facts.borrow();
        let of = |id: &TyId| facts[id.index()];
        let all = |ids: &[TyId]| ids.iter().map(of).fold(Facts::leaf(Kinds::NONE), Facts::and);
        match ty {
            Ty::Class(_, args) => all(args),
            Ty::Applied(function, args) => all(args).and(of(&function)),
            Ty::Lambda(_, body) => all(&[body]),
            Ty::And(a, b) | Ty::Or(a, b) | Ty::Wildcard(a, b) => all(&[a, b]),
            // A literal counts as one part.
            Ty::Literal(class, _) => Facts::leaf(of(&class).kinds),
            Ty::Error => Facts::leaf(Kinds::ERROR),
            Ty::Param(_) => Facts::leaf(Kinds::PARAM),
            Ty::Var(_) => Facts::leaf(Kinds::VAR),
            Ty::This(_) => Facts::leaf(Kinds::THIS),
            Ty::Constructor(_) | Ty::Local(_) => Facts::leaf(Kinds::NONE),
        }
    }
    /// Whether parts of one of these kinds occur in the type.
    fn has(&self, ty: TyId, any_of: Kinds) -> bool {
        self.facts.borrow()[ty.index()].kinds.has(any_of)
    }
    /// Whether a type had too many parts since the last time.
    pub fn take_too_large(&self) -> bool {
        self.is_too_large.replace(false)
    }
    /// The type with this id.
    pub fn get(&self, id: TyId) -> Ty {
        *self.table.borrow().get_index(id.index()).expect("ids come from this interner")
    }
    /// A class with arguments.
    pub fn class(&self, class: ClassId, args: &[TyId]) -> TyId {
        if let Some(known) = self.table.borrow().get_index_of(&ClassKey(class, args)) {
            return TyId::new(known);
        }
        self.intern(Ty::Class(class, ty_list(args)))
    }
    /// A type parameter.
    pub fn param(&self, param: TypeParamId) -> TyId {
        self.intern(Ty::Param(param))
    }
    /// The class and arguments, if it is a class type.
    pub fn as_class(&self, id: TyId) -> Option<(ClassId, TyList)> {
        match self.get(id) {
            Ty::Class(class, args) => Some((class, args)),
            _ => None,
        }
    }
    /// The class, if it is a class type.
    pub fn class_of(&self, id: TyId) -> Option<ClassId> {
        self.as_class(id).map(|(class, _)| class)
    }
    /// The tuple that a named tuple is at run time.
    pub fn named_values(&self, known: &crate::known::Known, id: TyId) -> Option<TyId> {
        let Ty::Applied(constructor, &[_, values]) = self.get(id) else { return None };
        let is_named = self.get(constructor) == Ty::Param(known.named_tuple?);
        (is_named && self.class_of(values).is_some()).then_some(values)
    }
    /// Whether it is the error type.
    pub fn is_error(&self, id: TyId) -> bool {
        id == self.roots().error
    }
    /// A literal type as the class of its value; other types as they are.
    pub fn widen(&self, id: TyId) -> TyId {
        match self.get(id) {
            Ty::Literal(class, _) => class,
            _ => id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_types_are_found_by_their_parts() {
        let types = Types::new();
        let class = ClassId::from_u32(7);
        let plain = types.class(class, &[]);
        let applied = types.class(class, &[plain, plain]);
        assert_eq!(types.class(class, &[]), plain);
        for (ty, args) in [(plain, &[][..]), (applied, &[plain, plain][..])] {
            let known = types.table.borrow().get_index_of(&ClassKey(class, args));
            assert_eq!(known.map(TyId::new), Some(ty));
        }
    }
}
