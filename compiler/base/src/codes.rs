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
    /// Whether it is a lint: a warning that `@allow` can silence.
    pub fn is_lint(self) -> bool {
        self.0.starts_with('W')
    }
    /// Whether it says: this is Scala, but outside the subset.
    pub fn is_outside_subset(self) -> bool {
        self.0.starts_with("E10")
    }
    /// At which stage of a check it is found: what is found later is not reported beside what was
    /// found earlier, since it may follow from it. 0 syntax, names and types; 1 variance and
    /// `super`; 2 classes as wholes; 3 what needs a program that is right otherwise.
    pub fn stage(self) -> u8 {
        match self.0 {
            "E0213" | "E0338" => 1,
            "E0322" | "E0323" | "E0324" | "E0325" | "E0326" | "E0327" | "E0340" | "E0341"
            | "E0342" | "E0343" => 2,
            "E0329" | "E0339" | "E0410" | "W0412" | "G0401" => 3,
            _ => 0,
        }
    }
    /// The code with this text, if the table has it.
    pub fn lookup(text: &str) -> Option<Code> {
        TABLE.iter().find(|row| row.code.0.eq_ignore_ascii_case(text)).map(|row| row.code)
    }
    /// The code with this slug, such as `type-mismatch`.
    pub fn of_slug(slug: &str) -> Option<Code> {
        TABLE.iter().find(|row| row.slug() == slug).map(|row| row.code)
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

/// A row of the table. The page stands in `compiler/base/pages/CODE.md`: what the code means, an
/// example that fails, and the same repaired. A test compiles both.
#[derive(Debug)]
pub struct Row {
    /// The code.
    pub code: Code,
    /// The name of its constant.
    pub name: &'static str,
    /// A few words.
    pub title: &'static str,
    /// The page that `fscc explain` prints, as Markdown.
    pub page: &'static str,
}

impl Row {
    /// The name in words, such as `type-mismatch`: for `explain` and for tools.
    pub fn slug(&self) -> String {
        self.name.to_ascii_lowercase().replace('_', "-")
    }
}

macro_rules! codes {
    ($($(#[$meta:meta])* $name:ident $code:literal $title:literal;)*) => {
        $(
            #[doc = concat!($code, ": ", $title, ".")]
            pub const $name: Code = Code($code);
        )*
        /// All codes in ascending order within an area.
        pub const TABLE: &[Row] = &[$(Row {
            code: $name,
            name: stringify!($name),
            title: $title,
            page: include_str!(concat!("../pages/", $code, ".md")),
        }),*];
    };
}

// Constants are named after the mistake; the string beside them is the stable code. A new code is
// a row here and a page `pages/CODE.md`.
codes! {
    UNKNOWN_CHARACTER "E0101" "unknown character";
    UNTERMINATED_LITERAL "E0102" "literal or comment that does not end";
    UNBALANCED_BRACKET "E0103" "bracket without partner";
    SYNTAX "E0104" "unexpected token";
    NESTING_LIMIT "E0105" "nested too deeply";
    INDENTATION "E0106" "indentation that fits no open block";
    BAD_LITERAL "E0107" "malformed literal";
    END_MARKER "E0108" "end marker that does not fit";
    MIXED_ASSOCIATIVITY "E0109" "operators that group in different directions";

    UNKNOWN_NAME "E0201" "unknown name";
    NO_MEMBER "E0202" "no such member";
    UNKNOWN_TYPE "E0203" "unknown type";
    DUPLICATE_NAME "E0204" "name defined twice";
    NOT_ACCESSIBLE "E0205" "member that cannot be accessed";
    TOP_LEVEL_EXPRESSION "E0206" "expression at the top level";
    NO_THIS "E0207" "no such `this`";
    CYCLIC_DEFINITION "E0208" "definition in terms of itself";
    CYCLIC_INHERITANCE "E0209" "class that inherits from itself";
    AMBIGUOUS_NAME "E0210" "name with two meanings";
    NOT_AN_ANNOTATION "E0211" "class that is not an annotation";
    MISPLACED_MODIFIER "E0212" "modifier that does not fit";
    ABSTRACT_SUPER "E0213" "`super` call that reaches no method";
    UNKNOWN_LINT "E0214" "unknown warning in `@allow`";
    UNUSED_ALLOW "W0215" "`@allow` of a warning that does not occur";

    TYPE_MISMATCH "E0301" "type mismatch";
    ARGUMENTS "E0302" "arguments that do not fit";
    AMBIGUOUS "E0303" "ambiguous overload";
    TYPE_ARGUMENTS "E0304" "wrong number of type arguments";
    BOUNDS "E0305" "type argument outside its bounds";
    PARAMETER_TYPE "E0306" "parameter type not known";
    RECURSIVE_NEEDS_TYPE "E0307" "recursive definition without type";
    NOT_A_FUNCTION "E0308" "value that takes no arguments";
    NOT_A_VALUE "E0309" "not a value";
    NOT_A_CLASS "E0310" "not a class";
    ABSTRACT_NEW "E0311" "abstract class cannot be created";
    NOT_ASSIGNABLE "E0312" "assignment to what is no variable";
    MISSING_PARENS "E0313" "method called without `()`";
    NO_GIVEN "E0314" "no implicit value";
    AMBIGUOUS_GIVEN "E0315" "ambiguous implicit value";
    UNRELATED_COMPARISON "E0316" "comparison of unrelated values";
    FINAL_PARENT "E0320" "parent that cannot be extended";
    SEALED_PARENT "E0321" "sealed parent in another file";
    MISSING_MEMBER "E0322" "abstract member not defined";
    OVERRIDES_NOTHING "E0323" "`override` without effect";
    MISSING_OVERRIDE "E0324" "`override` missing";
    FINAL_MEMBER "E0325" "final member overridden";
    WEAKER_ACCESS "E0326" "overriding member less visible";
    OVERRIDE_TYPE "E0327" "overriding member of another type";
    CONSTRUCTOR_CALL "E0328" "constructor without call of another";
    NOT_TAIL_RECURSIVE "E0329" "not tail recursive";
    RETURN_OUTSIDE "E0330" "`return` outside of a method";
    MISSING_VALUE "E0331" "definition without value";
    FOR_HEAD "E0332" "malformed `for`";
    CASE_INHERITANCE "E0333" "case class that inherits from a case class";
    VALUE_CLASS "E0334" "value class that wraps no single value";
    ENUM_SHAPE "E0335" "malformed enum";
    TRAIT_CONSTRUCTOR "E0336" "trait with a constructor that only classes have";
    NON_LOCAL_RETURN "W0337" "`return` that leaves a function value";
    VARIANCE "E0338" "type parameter where its variance forbids it";
    ERASED_CLASH "E0339" "members that are one after erasure";
    CONFLICTING_BASES "E0340" "one base in two versions";
    OVERRIDE_KIND "E0341" "overriding member of another kind";
    CONFLICTING_MEMBERS "E0342" "two inherited members with bodies";
    INLINE_VALUE "E0343" "inline value that is no constant";
    NOT_EXPANDABLE "E0344" "inline code that cannot be expanded";
    INLINE_LIMIT "E0345" "inline methods that expand too far";
    PARENTS "E0346" "parents that do not fit together";
    PRIVATE_LEAK "E0347" "private type in the type of a member that others see";

    IMPOSSIBLE_PATTERN "E0401" "pattern that never matches";
    PATTERN_ARITY "E0402" "wrong number of patterns";
    NOT_AN_EXTRACTOR "E0403" "not an extractor";
    SEQUENCE_PATTERN "E0404" "misplaced sequence pattern";
    BINDING_IN_ALTERNATIVE "E0405" "name bound in an alternative";
    UNCHECKED_TEST "E0406" "type test that cannot be made";

    NON_EXHAUSTIVE "E0410" "cases are missing";
    REFUTABLE_BINDING "E0411" "pattern that may fail in a binding";
    UNREACHABLE_CASE "W0412" "case that is never reached";
    PATTERN_LIMIT "G0401" "match too large to check";

    EFFECT_NOT_DECLARED "E0501" "effect that the row does not declare";
    ENTRY_WITHOUT_ROW "W0501" "entry without an effect row";
    UNKNOWN_EFFECT "E0502" "unknown effect";
    VIEW_WITH_EFFECT "E0503" "view with an effect";
    OVERRIDE_WITH_EFFECT "E0504" "override with more effects than promised";
    ARGUMENT_WITH_EFFECT "E0505" "function argument with too many effects";
    CONDITION_WITH_EFFECT "E0506" "condition with an effect";
    EXTRACTOR_WITH_EFFECT "E0507" "extractor with an effect";
    UNUSED_EFFECT "W0508" "declared effect that never happens";
    EFFECT_NOT_RECORDED "E0509" "effect beyond the recorded ones";
    STALE_LOCK "W0509" "recorded effect that is gone";
    BAD_LOCK "E0510" "damaged effects.lock";
    LIBRARY_WITH_EFFECT "E0511" "library function with an effect";

    MESSAGE_FORM "E0601" "message that is not one call";
    NOT_A_HANDLER "E0602" "saved call of something else than a handler";
    NOT_AN_ENTRY "E0603" "message to something else than an entry";
    COINS_LOST "E0604" "nobody takes the coins back";
    UNSTABLE_ARGUMENT "E0605" "saved argument that is not stable";
    SAVED_CALL_FORM "E0606" "saved call that is not one handler call";
    STALE_VALUE "W0607" "stale value across a message";

    COINS_NOT_ACCEPTED "E0701" "coins for an entry that takes none";
    DOUBLE_IN_CONTRACT "W0702" "floating point in a contract";
    WRAPPING_ARITHMETIC "W0703" "arithmetic that may wrap before it is stored or paid";

    NOT_ENCODABLE "E0801" "type that cannot be stored or sent";
    NESTED_STORED_MAP "E0802" "stored map inside a stored map";
    WHOLE_STORED_MAP "E0803" "stored map used as a whole";
    STORED_MAP_ASSIGNMENT "E0804" "assignment that a stored map does not know";

    PUBLIC_STORAGE "E0901" "storage that is not private";
    PUBLIC_WITHOUT_KIND "E0902" "public method without a kind";
    PUBLIC_HANDLER "E0903" "handler that is not private";
    ENTRY_SHAPE "E0904" "entry of a shape that no message has";
    CONTRACT_SHAPE "E0905" "contract of a shape that cannot be deployed";
    CONTRACT_MEMBER "E0906" "member that a contract cannot have";
    OLD_OUTSIDE "E0907" "`old` outside of a postcondition";
    GLOBAL_STATE "W0908" "variable of an object beside a contract";
    SAME_ID "E0909" "two things with one id on the wire";
    LIBRARY_MEMBER "E0910" "public definition that a library cannot export";
    LIBRARY_TYPE "E0911" "type that does not pass from a library";
    LIBRARY_STATE "E0912" "variable of an object in a library";
    NOT_LINKED "E0913" "libraries that cannot be linked";
    REQUIRE_TEXT "W0904" "precondition with a text";

    PROCEDURE_SYNTAX "E1001" "procedure syntax";
    DO_WHILE "E1002" "do-while";
    POSTFIX_OPERATOR "E1003" "postfix operator";
    SCALA2_LAMBDA "E1005" "lambda with a bare typed parameter";
    XML_LITERAL "E1006" "XML literal";
    TRY_IN_CONTRACT "E1007" "`try` in a contract";
    SYMBOL_LITERAL "E1008" "symbol literal";
    EXISTENTIAL_TYPE "E1009" "existential type";
    MACRO "E1010" "macro";
    EARLY_INITIALISER "E1011" "early initialiser";
    PACKAGE_OBJECT "E1012" "package object";
    UNINITIALISED "E1013" "variable without initial value";
    VIEW_BOUND "E1014" "view bound";
    LONE_SURROGATE "E1015" "half of a surrogate pair in a literal";
    INTERLEAVED_TYPE_CLAUSE "E1016" "type parameters after value parameters";
    NAMED_TYPE_ARGUMENT "E1017" "named type argument";
    INLINE_MATCH "E1018" "`inline match` by static types";
    TRANSPARENT_INLINE "E1019" "transparent inline method";
    BEHIND_ALIAS "E1020" "type constructor behind an alias";

    EXTENSION_EXPORT "E1051" "export in an extension";
    NAMED_TUPLE "E1053" "operation on named tuples";
    TYPE_PROJECTION "E1054" "type projection";
    POLYMORPHIC_FUNCTION "E1055" "polymorphic function";
    STRUCTURAL_TYPE "E1056" "structural type";
    MATCH_TYPE "E1057" "match type";
    FUNCTION_PARAMETER "E1058" "by-name or repeated parameter of a function type";
    ARITY_LIMIT "E1059" "more than 32 parameters or elements";
    NOT_IN_LIBRARY "E1060" "name that is not in the library";
    INTERPOLATOR "E1063" "string interpolator";
    REFLECTION "E1064" "reflection";
    LOCAL_EXPORT "E1065" "export in a block";
    INNER_TRAIT "E1068" "trait of an instance extended elsewhere";
    OVERLOADED_EQUALITY "E1080" "overloads of `==`";
    ARRAY_TEST "E1081" "test for an array of objects";
    OTHER_INSTANCE "E1082" "inner class of another instance";
    LIBRARY_IN_TRY "E1083" "call of a library in a `try`";

    TYPE_TOO_LARGE "G0301" "type with too many parts";
    TOO_LARGE "G0001" "larger than the machine's format";

    INTERNAL "I0001" "internal error";
}
