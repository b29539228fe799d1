//! The kinds of tokens, and what each is called in front of people.
//!
//! One enumeration serves all passes. The first part is what the lexer finds; the second part is
//! what the tag and layout passes re-label, so that the grammar needs one token of look-ahead.

use logos::Logos;

/// A token: its kind and place. Its text is read from the source when it is needed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    /// The kind.
    pub kind: TokenKind,
    /// Whether it is the first token on its line.
    pub first: bool,
    /// What the layout pass has to do right after it.
    pub after: After,
    /// First byte.
    pub lo: u32,
    /// One past the last byte.
    pub hi: u32,
    /// The indentation of its line, in bytes.
    pub indent: u32,
}

/// A wish of the tag pass to the layout pass.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum After {
    /// None.
    #[default]
    Nothing,
    /// Insert `then`: the head of an `if (c) e` ends here.
    Then,
    /// Insert `do`: the head of a `while (c) e` or `for (..) e` ends here.
    Do,
    /// A deeper next line opens a region here: an `extension` head ends.
    Region,
    /// No newline token before the next token: an annotation or a class head ends here.
    NoNewline,
    /// The token (`=>`, `:`, `=`) stands in a type or signature and opens no region.
    InType,
}

impl Token {
    /// An empty token that no source text stands for.
    pub fn virtual_at(kind: TokenKind, at: u32) -> Self {
        Self { kind, first: false, after: After::Nothing, lo: at, hi: at, indent: 0 }
    }
    /// Its text.
    pub fn text<'a>(&self, source: &'a str) -> &'a str {
        &source[self.lo as usize..self.hi as usize]
    }
}

/// Whether a line between the bytes `lo` and `hi` holds nothing but blanks.
pub fn has_blank_line(source: &str, lo: u32, hi: u32) -> bool {
    let between = source.get(lo as usize..hi as usize).unwrap_or("");
    let mut lines = between.split('\n');
    // The first piece ends the line of the token before, the last starts that of the token after.
    lines.next();
    lines.next_back();
    lines.any(|line| line.trim().is_empty())
}

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident $human:literal,)*) => {
        /// The kind of a token.
        #[derive(Logos, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        #[logos(skip r"[ \t\x0C]+")]
        pub enum TokenKind {
            $(#[doc = $human] $(#[$meta])* $name,)*
        }
        impl TokenKind {
            /// What it is called in messages.
            pub fn human(self) -> &'static str {
                match self { $(TokenKind::$name => $human,)* }
            }
            /// Its name in `--emit tokens`.
            pub fn name(self) -> &'static str {
                match self { $(TokenKind::$name => stringify!($name),)* }
            }
        }
    };
}

kinds! {
    // ---- what the lexer consumes itself
    #[regex(r"\r\n|\n|\r")] LineBreak "line break",
    #[regex(r"//[^\n\r]*", priority = 50, allow_greedy = true)] LineComment "comment",
    #[regex(r"/\*[!#%&*+\-/:<=>?@\\^|~]*", priority = 60)] BlockComment "comment",
    #[token("\"")] Quote "string",
    #[token("\"\"\"")] TripleQuote "string",
    #[regex("[A-Za-z_$][A-Za-z0-9_$]*\"")] PrefixQuote "interpolated string",
    #[regex("[A-Za-z_$][A-Za-z0-9_$]*\"\"\"")] PrefixTripleQuote "interpolated string",
    #[token("'")] Apostrophe "character literal",
    #[token("`")] BackQuote "quoted identifier",
    #[regex(r"[^\x00-\x7F]")] NonAscii "letter",

    // ---- identifiers and literals
    #[regex(r"[A-Za-z_$][A-Za-z0-9_$]*", priority = 2)] Ident "a name",
    #[regex(r"[!#%&*+\-/:<=>?@\\^|~]+", priority = 2)] Op "an operator",
    #[regex(r"[0-9][0-9_]*[lL]?", priority = 5)]
    #[regex(r"0[xX][0-9a-fA-F_]*[lL]?", priority = 6)]
    #[regex(r"0[bB][01_]*[lL]?", priority = 6)]
    IntLiteral "a number",
    #[regex(r"[0-9][0-9_]*\.[0-9][0-9_]*([eE][+\-]?[0-9][0-9_]*)?[fFdD]?", priority = 7)]
    #[regex(r"\.[0-9][0-9_]*([eE][+\-]?[0-9][0-9_]*)?[fFdD]?", priority = 7)]
    #[regex(r"[0-9][0-9_]*[eE][+\-]?[0-9][0-9_]*[fFdD]?", priority = 7)]
    #[regex(r"[0-9][0-9_]*[fFdD]", priority = 7)]
    FloatLiteral "a number",
    CharLiteral "a character literal",
    StringLiteral "a string",
    InterpolationStart "an interpolated string",
    StringPart "text of an interpolated string",
    InterpolationBrace "`${`",
    InterpolationEnd "end of the interpolated string",
    Bad "an unknown character",

    // ---- reserved words
    #[token("abstract")] Abstract "`abstract`",
    #[token("case")] Case "`case`",
    #[token("catch")] Catch "`catch`",
    #[token("class")] Class "`class`",
    #[token("def")] Def "`def`",
    #[token("do")] Do "`do`",
    #[token("else")] Else "`else`",
    #[token("enum")] Enum "`enum`",
    #[token("export")] Export "`export`",
    #[token("extends")] Extends "`extends`",
    #[token("false")] False "`false`",
    #[token("final")] Final "`final`",
    #[token("finally")] Finally "`finally`",
    #[token("for")] For "`for`",
    #[token("given")] Given "`given`",
    #[token("if")] If "`if`",
    #[token("implicit")] Implicit "`implicit`",
    #[token("import")] Import "`import`",
    #[token("lazy")] Lazy "`lazy`",
    #[token("match")] Match "`match`",
    #[token("new")] New "`new`",
    #[token("null")] Null "`null`",
    #[token("object")] Object "`object`",
    #[token("override")] Override "`override`",
    #[token("package")] Package "`package`",
    #[token("private")] Private "`private`",
    #[token("protected")] Protected "`protected`",
    #[token("return")] Return "`return`",
    #[token("sealed")] Sealed "`sealed`",
    #[token("super")] Super "`super`",
    #[token("then")] Then "`then`",
    #[token("this")] This "`this`",
    #[token("throw")] Throw "`throw`",
    #[token("trait")] Trait "`trait`",
    #[token("true")] True "`true`",
    #[token("try")] Try "`try`",
    #[token("type")] Type "`type`",
    #[token("val")] Val "`val`",
    #[token("var")] Var "`var`",
    #[token("while")] While "`while`",
    #[token("with")] With "`with`",
    #[token("yield")] Yield "`yield`",

    // ---- punctuation
    #[token("_", priority = 20)] Underscore "`_`",
    #[token("(")] LParen "`(`",
    #[token(")")] RParen "`)`",
    #[token("[")] LBracket "`[`",
    #[token("]")] RBracket "`]`",
    #[token("{")] LBrace "`{`",
    #[token("}")] RBrace "`}`",
    #[token(",")] Comma "`,`",
    #[token(".")] Dot "`.`",
    #[token(";")] Semicolon "`;`",
    #[token(":", priority = 20)] Colon "`:`",
    #[token("=", priority = 20)] Equals "`=`",
    #[token("=>", priority = 20)] Arrow "`=>`",
    #[token("?=>", priority = 20)] ContextArrow "`?=>`",
    #[token("=>>", priority = 20)] TypeArrow "`=>>`",
    #[token("<-", priority = 20)] LeftArrow "`<-`",
    #[token("<:", priority = 20)] Upper "`<:`",
    #[token(">:", priority = 20)] Lower "`>:`",
    #[token("#", priority = 20)] Hash "`#`",
    #[token("@", priority = 20)] At "`@`",
    #[token("|", priority = 20)] Bar "`|`",

    // ---- made by the passes
    Newline "the end of the statement",
    LParenLambda "`(`",
    LBracketLambda "`[`",
    LParenFor "`(`",
    RParenFor "`)`",
    CaseArrow "`=>`",
    BodyColon "`:`",
    LambdaColon "`:`",
    GuardIf "`if`",
    IfElse "`if`",
    InlineExpr "`inline`",
    TryCatch "`try`",
    TryFinally "`try`",
    TryCatchFinally "`try`",
    DoOld "`do`",
    WhileOfDo "`while`",
    ForCase "`case`",
    CaseClass "`case`",
    EnumCase "`case`",
    EndMarker "`end`",
    SelfName "a name",
    SelfArrow "`=>`",
    GivenNamed "`given`",
    GivenAnonymous "`given`",
    WithBody "`with`",
    Star "`*`",
    Question "`?`",
    Using "`using`",
    Extension "`extension`",
    Derives "`derives`",
    As "`as`",
    Inline "`inline`",
    Transparent "`transparent`",
    Opaque "`opaque`",
    Open "`open`",
    Infix "`infix`",
    ForSome "`forSome`",
    LQualifier "`[`",
    RQualifier "`]`",
    ErrorStat "a faulty statement",
    ErrorCase "a faulty case",
    EndOfFile "the end of the file",
}

use TokenKind as K;

impl TokenKind {
    /// Whether it opens a bracket that the balance pass counts.
    pub fn is_opener(self) -> bool {
        matches!(
            self,
            K::LParen
                | K::LBracket
                | K::LBrace
                | K::InterpolationBrace
                | K::InterpolationStart
                | K::LParenLambda
                | K::LBracketLambda
                | K::LParenFor
                | K::LQualifier
        )
    }
    /// Whether it closes a bracket.
    pub fn is_closer(self) -> bool {
        matches!(
            self,
            K::RParen
                | K::RBracket
                | K::RBrace
                | K::InterpolationEnd
                | K::RParenFor
                | K::RQualifier
        )
    }
    /// Whether an operand (expression, type or pattern) may end with it.
    pub fn ends_operand(self) -> bool {
        matches!(
            self,
            K::Ident
                | K::IntLiteral
                | K::FloatLiteral
                | K::CharLiteral
                | K::StringLiteral
                | K::InterpolationEnd
                | K::True
                | K::False
                | K::Null
                | K::This
                | K::Type
                | K::Underscore
                | K::RParen
                | K::RBracket
                | K::RBrace
                | K::RQualifier
                | K::Star
                | K::Question
                | K::Bad
        )
    }
    /// Whether a statement may end with it.
    pub fn ends_statement(self) -> bool {
        self.ends_operand() || matches!(self, K::Return | K::Given | K::EndMarker)
    }
    /// Whether a statement may begin with it.
    pub fn begins_statement(self) -> bool {
        !matches!(
            self,
            K::Catch
                | K::Else
                | K::Extends
                | K::Finally
                | K::Match
                | K::With
                | K::WithBody
                | K::Yield
                | K::Then
                | K::Do
                | K::Comma
                | K::Dot
                | K::Colon
                | K::BodyColon
                | K::LambdaColon
                | K::Equals
                | K::Arrow
                | K::CaseArrow
                | K::ContextArrow
                | K::TypeArrow
                | K::LeftArrow
                | K::Upper
                | K::Lower
                | K::Hash
                | K::LBracket
                | K::RParen
                | K::RParenFor
                | K::RBracket
                | K::RBrace
                | K::Derives
                | K::Case
                | K::GuardIf
                | K::WhileOfDo
                | K::InterpolationEnd
                | K::StringPart
        )
    }
    /// Whether a definition, and nothing else, starts with it.
    pub fn starts_definition(self) -> bool {
        matches!(
            self,
            K::Def
                | K::Val
                | K::Var
                | K::Class
                | K::Trait
                | K::Object
                | K::Enum
                | K::Import
                | K::Export
                | K::Package
                | K::GivenNamed
                | K::GivenAnonymous
                | K::Extension
                | K::CaseClass
                | K::EnumCase
                | K::Override
                | K::Private
                | K::Protected
                | K::Abstract
                | K::Final
                | K::Sealed
                | K::Lazy
        )
    }
    /// Whether an operand must follow, which no definition is.
    pub fn wants_operand(self) -> bool {
        matches!(
            self,
            K::Equals
                | K::Op
                | K::Bar
                | K::Dot
                | K::Colon
                | K::Then
                | K::Else
                | K::Yield
                | K::LeftArrow
                | K::Extends
                | K::With
                | K::New
                | K::Throw
        )
    }
    /// Whether a line that ends with it may open an indented region.
    pub fn opens_region(self) -> bool {
        matches!(
            self,
            K::Equals
                | K::Arrow
                | K::CaseArrow
                | K::ContextArrow
                | K::LeftArrow
                | K::Catch
                | K::Do
                | K::DoOld
                | K::Else
                | K::Finally
                | K::For
                | K::If
                | K::IfElse
                | K::GuardIf
                | K::Match
                | K::Return
                | K::Then
                | K::Throw
                | K::Try
                | K::While
                | K::WhileOfDo
                | K::Yield
                | K::WithBody
        )
    }
}
