//! The table of diagnostic codes. A code is never reused; its first two digits give the area:
//! 01 text and syntax, 02 names, 03 types, 04 patterns, 05 effects, 06 messages and handlers,
//! 07 coins, 08 storage and upgrades, 09 shape of a contract, 10 Scala that is outside the
//! subset; `W` lints, `G` limits of size, `I` internal.

use std::fmt;

/// A diagnostic code, such as `E0301`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// The code as text.
    pub const fn as_str(self) -> &'static str {
        self.0
    }
    /// Whether it says: this is Scala, but outside the subset.
    pub fn is_outside_subset(self) -> bool {
        self.0.starts_with("E10")
    }
    /// The code with this text, if the table has it.
    pub fn lookup(text: &str) -> Option<Code> {
        TABLE.iter().find(|row| row.code.0.eq_ignore_ascii_case(text)).map(|row| row.code)
    }
    /// The row of this code.
    pub fn row(self) -> &'static Row {
        TABLE.iter().find(|row| row.code == self).expect("every code is in the table")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A row of the table: the code, its title, and the page that `fscc explain` prints.
#[derive(Debug)]
pub struct Row {
    /// The code.
    pub code: Code,
    /// A few words.
    pub title: &'static str,
    /// What it means, why the rule exists, and what to do instead.
    pub page: &'static str,
}

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident $code:literal $title:literal, $page:literal;)*) => {
        $(
            #[doc = concat!($code, ": ", $title, ".")]
            pub const $name: Code = Code($code);
        )*
        /// All codes in ascending order within an area.
        pub const TABLE: &[Row] = &[$(Row { code: $name, title: $title, page: $page }),*];
    };
}

// Constants are named after the mistake; the string beside them is the stable code.
codes! {
    UNKNOWN_CHARACTER "E0101" "unknown character",
        "The source has a character that no Scala token starts with. Remove it, or put it in a string or comment.";
    UNTERMINATED_LITERAL "E0102" "literal or comment that does not end",
        "A string, character literal or block comment is opened and never closed. Close it where it should end.";
    UNBALANCED_BRACKET "E0103" "bracket without partner",
        "A bracket is never closed, or closes nothing. The label shows the bracket that has no partner.";
    SYNTAX "E0104" "unexpected token",
        "The text does not follow Scala's grammar at this place. The message says what was found and what could stand here.";
    NESTING_LIMIT "E0105" "nested too deeply",
        "Brackets, blocks, types, patterns or operators are nested deeper than the declared limit. Give inner parts names of their own.";
    INDENTATION "E0106" "indentation that fits no open block",
        "The line is indented to a column that no surrounding block uses, or mixes tabs and blanks so that columns cannot be compared.";
    BAD_LITERAL "E0107" "malformed literal",
        "A number is too large for its type or misses digits, an escape is unknown, or a character literal is not exactly one character.";
    END_MARKER "E0108" "end marker that does not fit",
        "`end x` names something else than the definition or statement that it closes. Write the name of what ends here.";
    MIXED_ASSOCIATIVITY "E0109" "operators that group in different directions",
        "Operators of one precedence must all group from the left, or all (those that end in `:`) from the right. Write parentheses.";

    UNKNOWN_NAME "E0201" "unknown name",
        "Nothing with this name is in scope. Check the spelling, or import it.";
    NO_MEMBER "E0202" "no such member",
        "The value, object or package has no member of this name. Check the spelling and the type of what stands before the dot; an extension method may need an import.";
    UNKNOWN_TYPE "E0203" "unknown type",
        "Nothing with this name is a type in scope. Check the spelling, or import it.";
    DUPLICATE_NAME "E0204" "name defined twice",
        "A scope has two definitions of one name. Give one of them another name.";
    NOT_ACCESSIBLE "E0205" "member that cannot be accessed",
        "A `private` member can be used in its class and companion only, a `protected` one in subclasses too.";
    TOP_LEVEL_EXPRESSION "E0206" "expression at the top level",
        "Only definitions may stand at the top level of a file. Put the expression into a method marked `@main`.";
    NO_THIS "E0207" "no such `this`",
        "There is no object of this kind here: the place is not inside the class, or the object does not exist yet.";
    CYCLIC_DEFINITION "E0208" "definition in terms of itself",
        "A type alias stands for itself. Name another type on its right side.";
    CYCLIC_INHERITANCE "E0209" "class that inherits from itself",
        "The `extends` clauses form a circle. Remove one of them.";

    TYPE_MISMATCH "E0301" "type mismatch",
        "The expression has another type than its place needs. The message names both; conversions must be written, except between numbers where nothing is lost.";
    ARGUMENTS "E0302" "arguments that do not fit",
        "The number, names or types of the arguments do not fit any of the methods of this name. The notes show what is declared.";
    AMBIGUOUS "E0303" "ambiguous overload",
        "Several overloaded methods fit equally well. Write types that tell them apart.";
    TYPE_ARGUMENTS "E0304" "wrong number of type arguments",
        "A class, alias or method takes another number of type arguments.";
    BOUNDS "E0305" "type argument outside its bounds",
        "The type argument is not between the lower and the upper bound of the parameter.";
    PARAMETER_TYPE "E0306" "parameter type not known",
        "The type of a parameter is neither written nor given by what the place expects. Write it.";
    RECURSIVE_NEEDS_TYPE "E0307" "recursive definition without type",
        "A definition that uses itself, or has a `return`, needs a written type, because it cannot be inferred from its own body.";
    NOT_A_FUNCTION "E0308" "value that takes no arguments",
        "Only functions, and values with a method `apply`, can be applied to arguments.";
    NOT_A_VALUE "E0309" "not a value",
        "A package, a class or `super` stands where a value is needed.";
    NOT_A_CLASS "E0310" "not a class",
        "Only classes and traits can be extended or created with `new`.";
    ABSTRACT_NEW "E0311" "abstract class cannot be created",
        "An abstract class or a trait has no instances of its own. Create a subclass, or give `new` a body.";
    NOT_ASSIGNABLE "E0312" "assignment to what is no variable",
        "Only a `var`, a member with a setter, or an element with `update` can be assigned to.";
    MISSING_PARENS "E0313" "method called without `()`",
        "A method that is declared with `()` is called with `()`.";
    NO_GIVEN "E0314" "no implicit value",
        "No given value of this type is in scope or in the companions of the parts of the type. Define or import one, or pass it with `using`.";
    AMBIGUOUS_GIVEN "E0315" "ambiguous implicit value",
        "Several given values fit equally well. Pass one with `using`.";
    UNRELATED_COMPARISON "E0316" "comparison of unrelated values",
        "`==` between these types is always false, so it is surely a mistake.";
    FINAL_PARENT "E0320" "parent that cannot be extended",
        "A final class or an object has no subclasses.";
    SEALED_PARENT "E0321" "sealed parent in another file",
        "A sealed class is extended only in its own file, so that matches on it can be complete.";
    MISSING_MEMBER "E0322" "abstract member not defined",
        "A concrete class must define every member that its parents leave open.";
    OVERRIDES_NOTHING "E0323" "`override` without effect",
        "No parent has a member with this name and these parameters.";
    MISSING_OVERRIDE "E0324" "`override` missing",
        "A member that replaces one with a body must say so with `override`.";
    FINAL_MEMBER "E0325" "final member overridden",
        "A final member cannot be overridden.";
    WEAKER_ACCESS "E0326" "overriding member less visible",
        "An overriding member must be at least as visible as the overridden one.";
    OVERRIDE_TYPE "E0327" "overriding member of another type",
        "The type of an overriding member must conform to that of the overridden one.";
    CONSTRUCTOR_CALL "E0328" "constructor without call of another",
        "A second constructor first calls another one: `def this(..) = this(..)`.";
    NOT_TAIL_RECURSIVE "E0329" "not tail recursive",
        "`@tailrec` promises a loop: every call of the method itself is the last thing it does, and the method cannot be overridden.";
    RETURN_OUTSIDE "E0330" "`return` outside of a method",
        "`return` leaves a method; here is none.";
    MISSING_VALUE "E0331" "definition without value",
        "A local definition needs a value; only members of traits and abstract classes can be left open.";
    FOR_HEAD "E0332" "malformed `for`",
        "A `for` starts with a generator, and the value behind `<-` has `map`, `flatMap`, `foreach` and `withFilter` as needed.";

    IMPOSSIBLE_PATTERN "E0401" "pattern that never matches",
        "No value of the matched type is of the pattern's type.";
    PATTERN_ARITY "E0402" "wrong number of patterns",
        "The class or extractor has another number of parts.";
    NOT_AN_EXTRACTOR "E0403" "not an extractor",
        "Only case classes and objects with `unapply` or `unapplySeq` can stand before parentheses in a pattern.";
    SEQUENCE_PATTERN "E0404" "misplaced sequence pattern",
        "`xs*` stands only last among the parts of a sequence pattern.";
    BINDING_IN_ALTERNATIVE "E0405" "name bound in an alternative",
        "Alternatives bind no names: it would not be known which of them matched.";
    UNCHECKED_TEST "E0406" "type test that cannot be made",
        "Type arguments are not there at run time. Test the class alone, or keep the element's type in the data.";

    NON_EXHAUSTIVE "E0410" "cases are missing",
        "A match on a closed type (sealed, enum, Boolean, tuples and case classes of such) must take every value. Add the cases that the message lists, or `case _`. Cases with a guard do not count, since the guard may be false. Where you know better, write `(x: @unchecked) match`.";
    REFUTABLE_BINDING "E0411" "pattern that may fail in a binding",
        "The pattern of a `val` or of a generator without `case` must take every value. Write a `match`, `for case …`, or `val p = e: @unchecked` (which stops with MatchError on a mismatch).";
    UNREACHABLE_CASE "W0412" "case that is never reached",
        "The cases before it take every value that this one would take. Remove it, or move it up.";
    PATTERN_LIMIT "G0401" "match too large to check",
        "Checking this match takes more steps than the declared limit. Split it into several matches.";

    EFFECT_NOT_DECLARED "E0501" "effect that the row does not declare",
        "The row after `can` is a promise to callers: whatever the method does, itself or through what it calls, must be in it (Write includes Read). The message shows the way from the method to the effect. Declare the effect, or end the way.";
    ENTRY_WITHOUT_ROW "W0501" "entry without an effect row",
        "The row of an entry is part of its interface: wallets and other contracts read it. Write `can …` after the result type; the message says which row was inferred.";
    UNKNOWN_EFFECT "E0502" "unknown effect",
        "A row is `Pure`, or some of `Read`, `Write`, `Emit`, `Send`, `Schedule`, `Conclude`, joined with `&`.";
    VIEW_WITH_EFFECT "E0503" "view with an effect",
        "A `@view` is answered from the current state, without a transaction and for nothing, so it may only read. Make it an `@entry`, or end the way to the effect.";
    OVERRIDE_WITH_EFFECT "E0504" "override with more effects than promised",
        "A method may do no more than the row of the method that it implements or overrides: callers rely on that one. Widen the row there, or end the way to the effect.";
    ARGUMENT_WITH_EFFECT "E0505" "function argument with too many effects",
        "A parameter `f: A => B can E` takes only functions whose effects are in E. Widen E, or do the rest outside of the function.";
    CONDITION_WITH_EFFECT "E0506" "condition with an effect",
        "`invariant` and `ensuring` only observe. They may be left out of release builds, so a condition that changed something would change the meaning of the program.";
    EXTRACTOR_WITH_EFFECT "E0507" "extractor with an effect",
        "How often and in which order the extractors of a match run is not defined, so an `unapply` may only read.";

    MESSAGE_FORM "E0601" "message that is not one call",
        "A message is data: a method of the receiver and its arguments. Write `_.method(arguments)` with all arguments; nothing else can be sent.";
    NOT_A_HANDLER "E0602" "saved call of something else than a handler",
        "What a payment, question, timer or new contract calls later must be a `@handler private def` of this contract: the runtime delivers it as a message of its own.";
    NOT_AN_ENTRY "E0603" "message to something else than an entry",
        "Only methods marked `@entry`, `@payable` or `@view` receive messages.";
    COINS_LOST "E0604" "nobody takes the coins back",
        "A payment can bounce: the coins come back to this contract with the bounce. The `bounced` handler must take them, at least by writing `bounce.returned` to storage.";
    UNSTABLE_ARGUMENT "E0605" "saved argument that is not stable",
        "The arguments of a saved call are stored now and used when it is delivered. They must be stable values (a parameter, a `val`, a literal, a selection of those), so that it makes no difference when they are evaluated. Bind the value to a `val` first.";
    SAVED_CALL_FORM "E0606" "saved call that is not one handler call",
        "`delivered`, `bounced`, `reply` and the call of `schedule` are kept as data: one handler with its arguments, `_` where the reply or the bounce goes, or `()` for nothing.";

    COINS_NOT_ACCEPTED "E0701" "coins for an entry that takes none",
        "Only a `@payable` entry takes coins; any other one aborts when some arrive. Mark the entry `@payable`, or send the message without a value.";
    DOUBLE_IN_CONTRACT "W0702" "floating point in a contract",
        "Floating point rounds: amounts that should add up do not. Use `Amount`, `Ratio` or integers.";

    NOT_ENCODABLE "E0801" "type that cannot be stored or sent",
        "Storage, arguments, results, events and stories are kept as bytes: numbers (not floating point), Boolean, Char, String, the value types of `fvm`, Option, Either, List, Vector, Seq, Map, Set, tuples, enums, and case classes and sealed hierarchies of such.";
    NESTED_STORED_MAP "E0802" "stored map inside a stored map",
        "A stored map keeps each entry under its own key, and an entry is one value. Use one map with a tuple as its key: `Map[(A, B), V]`.";
    WHOLE_STORED_MAP "E0803" "stored map used as a whole",
        "A stored map is not in memory: only single entries can be read (`get`, `getOrElse`, `apply`, `contains`, `size`, `isEmpty`). Iterating, comparing or copying it would cost without bound. Keep what you need beside it: a counter, a total, a list of recent keys.";
    STORED_MAP_ASSIGNMENT "E0804" "assignment that a stored map does not know",
        "A stored map changes entry by entry: `m = m.updated(k, v)`, `m += k -> v`, `m = m.removed(k)`, `m -= k`, several of them in a chain; a set with `+` and `-`. It begins empty or with listed entries.";

    PUBLIC_STORAGE "E0901" "storage that is not private",
        "A `var` of a contract is storage. Others reach it by messages only, so it must be private. Offer a `@view` that returns it.";
    PUBLIC_WITHOUT_KIND "E0902" "public method without a kind",
        "Every public method of a contract receives messages, and says of which kind: `@entry`, `@payable` (takes coins) or `@view` (only reads). What only the contract itself calls is private.";
    PUBLIC_HANDLER "E0903" "handler that is not private",
        "Only the runtime delivers to a `@handler`: a reply, a bounce, a timer. If it were public, anybody could forge them. Make it private.";
    ENTRY_SHAPE "E0904" "entry of a shape that no message has",
        "A message is a name and one list of values: an entry has at most one parameter list, no type parameters, no by-name, repeated or function parameters, and exactly one kind.";
    CONTRACT_SHAPE "E0905" "contract of a shape that cannot be deployed",
        "A contract is a top-level class without type parameters that extends `Contract` and interface traits, and no other class.";
    CONTRACT_MEMBER "E0906" "member that a contract cannot have",
        "The fields of a contract are storage, written at deployment and by messages. Lazy values and further constructors have no place in that.";
    OLD_OUTSIDE "E0907" "`old` outside of a postcondition",
        "`old(e)` is the value that `e` had when the method began. It has a meaning in the condition of `ensuring` only.";
    GLOBAL_STATE "W0908" "variable of an object beside a contract",
        "Only the fields of the contract class are storage. An object is made anew for every message, so its variables forget everything.";
    REQUIRE_TEXT "W0904" "precondition with a text",
        "A problem that is a case of an enum can be handled by the caller and tested by name; a text cannot. Write `require(condition, Fault.SomeCase)`.";

    PROCEDURE_SYNTAX "E1001" "procedure syntax",
        "`def m() { … }` does not exist in Scala 3. Write `def m(): Unit = { … }`.";
    DO_WHILE "E1002" "do-while",
        "`do body while c` does not exist in Scala 3. Write `while { body; c } do ()`.";
    POSTFIX_OPERATOR "E1003" "postfix operator",
        "`xs size` needs a language import in Scala 3, and its line end is easily lost. Write `xs.size`.";
    ETA_UNDERSCORE "E1004" "`f _`",
        "A method becomes a function by itself in Scala 3. Write `f`, or a lambda.";
    SCALA2_LAMBDA "E1005" "lambda with a bare typed parameter",
        "`{ x: T => … }` is Scala 2. Write `{ (x: T) => … }`.";
    XML_LITERAL "E1006" "XML literal",
        "XML literals need a library of their own. Write a string.";
    TRY_IN_CONTRACT "E1007" "`try` in a contract",
        "This is Scala, but an aborted message rolls back as a whole, so there is nothing to catch. To test before acting, use `require` or return `Either`; to react to a failed payment, use its `bounced` handler.";
    SYMBOL_LITERAL "E1008" "symbol literal",
        "`'name` does not exist in Scala 3. Write a string or a case object.";
    EXISTENTIAL_TYPE "E1009" "existential type",
        "`T forSome { … }` does not exist in Scala 3. Write a wildcard, such as `List[?]`.";
    MACRO "E1010" "macro",
        "Macros run code in the compiler; a contract's meaning must be in its text. Use `inline def`, or write the code out.";
    EARLY_INITIALISER "E1011" "early initialiser",
        "`extends { … } with T` does not exist in Scala 3. Use parameters of traits.";
    PACKAGE_OBJECT "E1012" "package object",
        "Definitions may stand at the top level of a package; package objects are not needed any more.";
    UNINITIALISED "E1013" "variable without initial value",
        "`var x: T = _` would start as null or zero. Give a value, or use Option.";
    VIEW_BOUND "E1014" "view bound",
        "`T <% U` does not exist in Scala 3. Take a function `T => U` as a parameter.";
    LONE_SURROGATE "E1015" "half of a surrogate pair in a literal",
        "Strings are well-formed Unicode at every boundary, so a literal cannot hold half of a surrogate pair.";
    INTERLEAVED_TYPE_CLAUSE "E1016" "type parameters after value parameters",
        "`def f(x: A)[T]` is outside the subset. Put all type parameters directly after the name.";
    NAMED_TYPE_ARGUMENT "E1017" "named type argument",
        "`f[T = Int]` is an experimental form of Scala 3. Give the type arguments in order.";

    IMPLICIT_CLASS "E1050" "implicit class",
        "Write an extension: `extension (x: A) def m = …`.";
    EXTENSION_EXPORT "E1051" "export in an extension",
        "Write the extension methods out.";
    CONTEXT_FUNCTION "E1052" "context function",
        "A function type `A ?=> B` hides an argument. Take a `using` parameter in a method.";
    NAMED_TUPLE "E1053" "named tuple",
        "Declare a case class: its fields have names too.";
    TYPE_PROJECTION "E1054" "type projection",
        "`A#B` is outside the subset. Give the class a type parameter.";
    POLYMORPHIC_FUNCTION "E1055" "polymorphic function",
        "A function value with type parameters is outside the subset. Write a generic method, or a trait with one.";
    STRUCTURAL_TYPE "E1056" "structural type",
        "Members are found by class, not by name at run time. Declare a trait.";
    MATCH_TYPE "E1057" "match type",
        "A type computed by cases is outside the subset. Use overloads or a type class.";
    FUNCTION_PARAMETER "E1058" "by-name or repeated parameter of a function type",
        "Take `() => T`, or a sequence.";
    ARITY_LIMIT "E1059" "more than 22 parameters or elements",
        "Functions have at most 22 parameters and tuples 22 elements. Use a case class.";
    NOT_IN_LIBRARY "E1060" "name that is not in the library",
        "This name of Scala's or Java's library is left out: threads, files, clocks, random numbers, reflection and Java classes would make a program's meaning depend on where it runs.";
    NON_LOCAL_RETURN "E1061" "`return` inside a lambda",
        "It would leave the method around the lambda, by an exception. Let the lambda give its value.";
    CATCH_FUNCTION "E1062" "`catch` with a function value",
        "Write the cases after `catch`.";
    INTERPOLATOR "E1063" "string interpolator",
        "Only `s` and `raw` are there, and interpolators that the program defines. Format values with methods.";
    REFLECTION "E1064" "reflection",
        "Classes are not values, and identity has no number: both would depend on where the program runs.";
    LOCAL_EXPORT "E1065" "export in a block",
        "An export makes members; a block has none. Use an import.";
    GIVEN_PATTERN "E1066" "given pattern",
        "Bind the value to a name and pass it with `using`.";
    AUTO_TUPLING "E1067" "arguments that would become a tuple",
        "Several arguments for one parameter become a tuple in Scala, which is easily a mistake. Write the tuple: `f((a, b))`.";
    INNER_TRAIT "E1068" "trait of an instance extended elsewhere",
        "A trait inside a class belongs to an instance of that class. Extend it inside the class, or move it to an object and give it what it needs as a parameter.";

    TOO_LARGE "G0001" "larger than the machine's format",
        "A function or module exceeds a declared limit of the bytecode format: registers of a frame, blocks or instructions of a function, classes, constants. The message names the limit. Move parts of the function into methods of their own.";

    INTERNAL "I0001" "internal error",
        "The compiler failed on a program. This is our bug, not yours: the message names the stage. Please report it.";
}
