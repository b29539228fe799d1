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

    INTERNAL "I0001" "internal error",
        "The compiler failed on a program. This is our bug, not yours: the message names the stage. Please report it.";
}
