//! The library names that the compiler must know, looked up once. Nothing else in the compiler
//! compares names of library classes.

use crate::symbols::{ClassId, MethodId, Symbols, TypeParamId};
use fscc_base::FastMap;

/// The longest function and tuple classes of the library.
pub const ARITY_MAX: usize = 32;
/// Tuples with more elements have no class of their own in Scala.
pub const OWN_CLASS_MAX: usize = 22;

/// Classes and methods that the compiler knows. Root classes always exist; of the others `None`
/// means that this library does not have the name.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs, reason = "named as what they stand for")]
pub struct Known {
    pub any: Option<ClassId>,
    pub any_val: Option<ClassId>,
    pub any_ref: Option<ClassId>,
    pub nothing: Option<ClassId>,
    pub null: Option<ClassId>,
    pub singleton: Option<ClassId>,
    pub unit: Option<ClassId>,
    pub boolean: Option<ClassId>,
    pub byte: Option<ClassId>,
    pub short: Option<ClassId>,
    pub char: Option<ClassId>,
    pub int: Option<ClassId>,
    pub long: Option<ClassId>,
    pub float: Option<ClassId>,
    pub double: Option<ClassId>,
    pub string: Option<ClassId>,
    pub array: Option<ClassId>,
    pub predef: Option<ClassId>,
    /// `scala.collection.immutable.Seq`: the type of repeated parameters.
    pub seq: Option<ClassId>,
    pub option: Option<ClassId>,
    pub some: Option<ClassId>,
    pub product: Option<ClassId>,
    pub serializable: Option<ClassId>,
    pub throwable: Option<ClassId>,
    pub partial_function: Option<ClassId>,
    /// `fvm.internal.intrinsic`.
    pub intrinsic: Option<ClassId>,
    /// `FunctionN` by the number of parameters.
    pub functions: Vec<Option<ClassId>>,
    /// `ContextFunctionN` by the number of parameters.
    pub context_functions: Vec<Option<ClassId>>,
    /// `TupleN` by the number of elements.
    pub tuples: Vec<Option<ClassId>>,
    /// The opaque type of named tuples.
    pub named_tuple: Option<TypeParamId>,
    /// All static classes and objects by full name; objects end in `$`.
    pub classes: FastMap<String, ClassId>,
    /// `Any.==`; calls of it become [`Equals`](crate::typed::ExprKind::Equals).
    pub any_equals_equals: Option<MethodId>,
    /// `Any.!=`.
    pub any_not_equals: Option<MethodId>,
    /// `Any.equals`, one of the three universal selectors.
    pub any_equals: Option<MethodId>,
    /// `Any.hashCode`, one of the three universal selectors.
    pub any_hash_code: Option<MethodId>,
    /// `Any.toString`, one of the three universal selectors.
    pub any_to_string: Option<MethodId>,
    /// `Any.##`.
    pub any_hash_hash: Option<MethodId>,
    /// `Any.isInstanceOf`; calls become [`Is`](crate::typed::ExprKind::Is).
    pub any_is_instance_of: Option<MethodId>,
    /// `Any.asInstanceOf`; calls become [`Cast`](crate::typed::ExprKind::Cast).
    pub any_as_instance_of: Option<MethodId>,
    /// `Any.getClass`, which is refused.
    pub any_get_class: Option<MethodId>,
    /// `AnyRef.eq`.
    pub any_ref_eq: Option<MethodId>,
    /// `AnyRef.ne`.
    pub any_ref_ne: Option<MethodId>,
}

impl Known {
    /// The class with this full name; objects end in `$`.
    pub fn class(&self, full_name: &str) -> Option<ClassId> {
        self.classes.get(full_name).copied()
    }
    /// `FunctionN`.
    pub fn function(&self, arity: usize) -> Option<ClassId> {
        self.functions.get(arity).copied().flatten()
    }
    /// `TupleN`.
    pub fn tuple(&self, arity: usize) -> Option<ClassId> {
        self.tuples.get(arity).copied().flatten()
    }
    /// The number of parameters, if this is a function class.
    pub fn function_arity(&self, class: ClassId) -> Option<usize> {
        self.functions.iter().position(|known| *known == Some(class))
    }
    /// `ContextFunctionN`.
    pub fn context_function(&self, arity: usize) -> Option<ClassId> {
        self.context_functions.get(arity).copied().flatten()
    }
    /// The number of parameters, if this is a class of context functions.
    pub fn context_function_arity(&self, class: ClassId) -> Option<usize> {
        self.context_functions.iter().position(|known| *known == Some(class))
    }
    /// The number of elements, if this is a tuple class.
    pub fn tuple_arity(&self, class: ClassId) -> Option<usize> {
        self.tuples.iter().position(|known| *known == Some(class))
    }
    /// The method of this class with this name (the first, if it is overloaded).
    pub fn method(&self, symbols: &Symbols, class: &str, name: &str) -> Option<MethodId> {
        let class = self.class(class)?;
        symbols.classes[class]
            .methods
            .iter()
            .copied()
            .find(|method| symbols.methods[*method].name.as_str() == name)
    }

    /// Looks up every name.
    pub(crate) fn fill(&mut self) {
        self.unit = self.class("scala.Unit");
        self.boolean = self.class("scala.Boolean");
        self.byte = self.class("scala.Byte");
        self.short = self.class("scala.Short");
        self.char = self.class("scala.Char");
        self.int = self.class("scala.Int");
        self.long = self.class("scala.Long");
        self.float = self.class("scala.Float");
        self.double = self.class("scala.Double");
        self.string = self.class("java.lang.String");
        self.array = self.class("scala.Array");
        self.predef = self.class("scala.Predef$");
        self.seq = self.class("scala.collection.immutable.Seq");
        self.option = self.class("scala.Option");
        self.some = self.class("scala.Some");
        self.product = self.class("scala.Product");
        self.serializable =
            self.class("java.io.Serializable").or_else(|| self.class("scala.Serializable"));
        self.throwable = self.class("java.lang.Throwable");
        self.partial_function = self.class("scala.PartialFunction");
        self.intrinsic = self.class("fvm.internal.intrinsic");
        self.functions =
            (0..=ARITY_MAX).map(|n| self.class(&format!("scala.Function{n}"))).collect();
        self.context_functions =
            (0..=ARITY_MAX).map(|n| self.class(&format!("scala.ContextFunction{n}"))).collect();
        let tuple = |n: usize| {
            let package = if n <= OWN_CLASS_MAX { "scala" } else { "scala.runtime" };
            self.class(&format!("{package}.Tuple{n}"))
        };
        self.tuples = (0..=ARITY_MAX).map(tuple).collect();
    }
}
