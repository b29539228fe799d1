//! Refusals of what is Scala (or was), but outside the subset: one constructor for each form, with
//! the wording and the Scala 3 form that replaces it.

use fscc_base::{Diagnostic, Span, codes};

/// `'{ … }`, `'[T]`.
pub fn quote(span: Span) -> Diagnostic {
    Diagnostic::error(codes::MACRO, span, "macros with quotes are outside the subset")
        .because("a quote starts here")
        .help("use an `inline def`, or write the code out")
}

/// `${ … }` outside a string.
pub fn splice(span: Span) -> Diagnostic {
    Diagnostic::error(codes::MACRO, span, "macros with splices are outside the subset")
        .because("a splice starts here")
        .help("use an `inline def`, or write the code out")
}

/// `def m = macro impl`.
pub fn scala2_macro(span: Span) -> Diagnostic {
    Diagnostic::error(codes::MACRO, span, "Scala 2 macros are outside the subset")
        .because("a macro in place of a body")
        .help("use an `inline def`, or write the code out")
}

/// `'name`.
pub fn symbol(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error(codes::SYMBOL_LITERAL, span, "symbol literals do not exist in Scala 3")
        .because("a symbol")
        .help(format!("write \"{name}\", or a `case object` of your own"))
}

/// `def m() { … }`.
pub fn procedure(span: Span) -> Diagnostic {
    Diagnostic::error(codes::PROCEDURE_SYNTAX, span, "procedure syntax does not exist in Scala 3")
        .because("a body without `=`")
        .help("write `: Unit =` before the body")
}

/// `do … while c`.
pub fn do_while(span: Span) -> Diagnostic {
    Diagnostic::error(codes::DO_WHILE, span, "`do` … `while` does not exist in Scala 3")
        .because("Scala 3 has only `while … do`")
        .help("write `while { body; condition } do ()`")
}

/// `a op` without the import that allows it.
pub fn postfix(span: Span, operator: &str) -> Diagnostic {
    let message = format!("postfix operator `{operator}` is outside the subset");
    Diagnostic::error(codes::POSTFIX_OPERATOR, span, message)
        .because("no right operand follows")
        .help(format!("write `.{operator}`"))
}

/// `{ x: T => … }`.
pub fn bare_typed_lambda(span: Span) -> Diagnostic {
    let message = "a typed lambda parameter needs parentheses in Scala 3";
    Diagnostic::error(codes::SCALA2_LAMBDA, span, message)
        .because("a bare parameter with a type")
        .help("write `(x: T) =>`")
}

/// `<a>…</a>`.
pub fn xml(span: Span) -> Diagnostic {
    Diagnostic::error(codes::XML_LITERAL, span, "XML literals are outside the subset")
        .because("XML starts here")
        .help("write a string")
}

/// `T forSome { … }`.
pub fn existential(span: Span) -> Diagnostic {
    Diagnostic::error(codes::EXISTENTIAL_TYPE, span, "`forSome` does not exist in Scala 3")
        .because("a type that exists only in Scala 2")
        .help("write a wildcard, such as `List[?]`")
}

/// `extends { val x = 1 } with T`.
pub fn early_initialiser(span: Span) -> Diagnostic {
    Diagnostic::error(codes::EARLY_INITIALISER, span, "early initialisers do not exist in Scala 3")
        .because("the parent is initialised first, always")
        .help("use a parameter of the trait")
}

/// `package object p`.
pub fn package_object(span: Span) -> Diagnostic {
    Diagnostic::error(codes::PACKAGE_OBJECT, span, "this package object is outside the subset")
        .because("it has parents, statements or private members")
        .help("write the definitions at the top level of the package")
}

/// `var x: T = _`.
pub fn uninitialised(span: Span) -> Diagnostic {
    Diagnostic::error(codes::UNINITIALISED, span, "a variable needs an initial value")
        .because("`_` is not a value")
        .help("write a value, or use `Option` with `None`")
}

/// `T <% U`.
pub fn view_bound(span: Span) -> Diagnostic {
    Diagnostic::error(codes::VIEW_BOUND, span, "view bounds do not exist in Scala 3")
        .because("a conversion that is taken silently")
        .help("take a function `T => U` as a `using` parameter")
}

/// A string with half of a surrogate pair.
pub fn lone_surrogate(span: Span) -> Diagnostic {
    let message = "half of a surrogate pair in a string literal";
    Diagnostic::error(codes::LONE_SURROGATE, span, message)
        .because("one character is two such halves")
        .help("write the whole character, or build the string from `Char` values")
}

/// `def f(x: A)[T]`.
pub fn interleaved_type_clause(span: Span) -> Diagnostic {
    let message = "type parameters after value parameters are outside the subset";
    Diagnostic::error(codes::INTERLEAVED_TYPE_CLAUSE, span, message)
        .because("after a parameter list")
        .help("put all type parameters directly after the name")
}

/// `f[T = Int]`.
pub fn named_type_argument(span: Span) -> Diagnostic {
    let message = "named type arguments are outside the subset";
    Diagnostic::error(codes::NAMED_TYPE_ARGUMENT, span, message)
        .because("type arguments go by position")
        .help("give the type arguments in order")
}
