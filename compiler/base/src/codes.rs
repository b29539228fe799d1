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

    UNKNOWN_NAME "E0201" "unknown name",
        "Nothing with this name is in scope. Check the spelling, or import it.";

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

    INTERNAL "I0001" "internal error",
        "The compiler failed on a program. This is our bug, not yours: the message names the stage. Please report it.";
}
