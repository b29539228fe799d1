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
use fscc_base::{FastMap, FastSet, Idx, Name};
use std::cell::{Cell, RefCell};
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

static LISTS: LazyLock<Mutex<FastSet<&'static [TyId]>>> = LazyLock::new(Mutex::default);

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
#[derive(Debug)]
pub struct Types {
    table: RefCell<FastSet<Ty>>,
    roots: RefCell<Roots>,
    base_cache: RefCell<FastMap<(ClassId, ClassId), Option<TyId>>>,
    /// How many parts each type has when it is written out.
    sizes: RefCell<Vec<u32>>,
    /// Whether a type had too many parts since somebody asked.
    is_too_large: Cell<bool>,
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
            sizes: RefCell::new(vec![1]),
            is_too_large: Cell::new(false),
        }
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
            let size = self.size_of(ty);
            if size > TYPE_SIZE_MAX {
                table.pop();
                self.is_too_large.set(true);
                return TyId::from_u32(0);
            }
            self.sizes.borrow_mut().push(size);
        }
        TyId::new(index)
    }
    fn size_of(&self, ty: Ty) -> u32 {
        let sizes = self.sizes.borrow();
        let size = |id: &TyId| sizes[id.index()];
        let all = |ids: &[TyId]| ids.iter().map(size).fold(1, u32::saturating_add);
        match ty {
            Ty::Class(_, args) => all(args),
            Ty::Applied(function, args) => all(args).saturating_add(size(&function)),
            Ty::Lambda(_, body) => size(&body).saturating_add(1),
            Ty::And(a, b) | Ty::Or(a, b) | Ty::Wildcard(a, b) => {
                size(&a).saturating_add(size(&b)).saturating_add(1)
            }
            _ => 1,
        }
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
