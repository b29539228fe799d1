//! The table of SSA operations: name, operands, result, effect. It is the second table of the
//! project (the first is the instruction set) and the list of names that library code may use in
//! `@intrinsic("…")`.
//!
//! Operand and result kinds: `i32 i64 f64 u128 i128 any` are the types of the same name; `bool`
//! is an `i32` that is 0 or 1; `string bytes` and `a_any a_bool a_byte a_short a_char a_int
//! a_long a_double` are references to that built-in class; `object` is any reference to an
//! allocated object; `key` and `stored` are a key and a value of the storage field in the immediate,
//! in the field's forms; `none` means no result; `special` means that the checker has a rule of its
//! own for the operation, told in its sentence.

/// The kind of an operand or result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(non_camel_case_types, missing_docs, reason = "the words of the table")]
pub enum Kind {
    none,
    bool,
    i32,
    i64,
    f64,
    u128,
    i128,
    any,
    object,
    string,
    bytes,
    a_any,
    a_bool,
    a_byte,
    a_short,
    a_char,
    a_int,
    a_long,
    a_double,
    key,
    stored,
    special,
}

/// What an operation may do besides computing its result. Passes reason by it alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(non_camel_case_types, reason = "the words of the table")]
pub enum OpEffect {
    /// Nothing: equal operands give equal results, always. May be removed, merged and moved.
    pure,
    /// May trap, otherwise pure: may be merged with an equal one that dominates it, never removed
    /// or moved across an effect.
    traps,
    /// Allocates a fresh object: may be removed when unused, never merged.
    alloc,
    /// Allocates a fresh object, or traps.
    alloc_traps,
    /// Reads mutable heap or globals; may trap on null or index.
    reads,
    /// Writes heap or globals; may trap on null or index.
    writes,
    /// Reads contract storage of the field in its immediate; traps on a value that is not of the
    /// field's form, which bytes always are.
    reads_storage,
    /// Writes contract storage of the field in its immediate.
    writes_storage,
    /// Calls: the callee's effects, or the host function's row.
    calls,
    /// Ends the block.
    terminates,
}

/// What the immediate of an operation is; see [`crate::func::Imm`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "named as the variants of `Imm`")]
pub enum ImmKind {
    None,
    I32,
    I64,
    F64,
    U128,
    I128,
    String,
    Bytes,
    Type,
    Class,
    Field,
    Global,
    Storage,
    Func,
    Selector,
    Host,
    Import,
    Cases,
    Trap,
}

macro_rules! operations {
    ($($(#[doc = $doc:literal])* $name:ident $text:literal ($($operand:ident),*) -> $result:ident, $effect:ident;)*) => {
        /// An operation.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Op {
            $($(#[doc = $doc])* $name,)*
        }
        /// All operations in table order.
        pub const ALL: &[Op] = &[$(Op::$name),*];
        const TABLE: &[OpInfo] = &[$(OpInfo {
            name: $text,
            operands: &[$(Kind::$operand),*],
            result: Kind::$result,
            effect: OpEffect::$effect,
            doc: concat!($($doc),*),
        }),*];
    };
}

/// A row of the table.
#[derive(Debug)]
pub struct OpInfo {
    /// The name in the text form and in `@intrinsic`.
    pub name: &'static str,
    /// Kinds of the operands.
    pub operands: &'static [Kind],
    /// Kind of the result.
    pub result: Kind,
    /// Effect.
    pub effect: OpEffect,
    /// The sentence of the table.
    pub doc: &'static str,
}

impl Op {
    /// The row of this operation.
    pub fn info(self) -> &'static OpInfo {
        &TABLE[self as usize]
    }
    /// Whether the operation only yields its immediate.
    pub fn is_constant(self) -> bool {
        use Op::*;
        matches!(
            self,
            ConstI32
                | ConstI64
                | ConstF64
                | ConstU128
                | ConstI128
                | ConstString
                | ConstBytes
                | ConstNull
                | ConstUnit
        )
    }
    /// The operation with this name.
    pub fn lookup(name: &str) -> Option<Op> {
        ALL.iter().copied().find(|op| op.info().name == name)
    }
    /// The kind of immediate that the operation carries.
    pub fn imm(self) -> ImmKind {
        use Op::*;
        match self {
            ConstI32 => ImmKind::I32,
            ConstI64 => ImmKind::I64,
            ConstF64 => ImmKind::F64,
            ConstU128 => ImmKind::U128,
            ConstI128 => ImmKind::I128,
            ConstString => ImmKind::String,
            ConstBytes => ImmKind::Bytes,
            ConstNull => ImmKind::Type,
            Box | Unbox | Cast | Is | New | ArrayNew | ArrayGet | ArraySet | ArrayLength
            | ArrayCopy => ImmKind::Class,
            FieldGet | FieldSet => ImmKind::Field,
            GlobalGet | GlobalSet => ImmKind::Global,
            StorageGet | StorageSet | StorageMapGet | StorageMapSet | StorageMapRemove
            | StorageMapContains | StorageMapSize => ImmKind::Storage,
            Call | CallTry | TailCall => ImmKind::Func,
            CallVirtual => ImmKind::Selector,
            CallHost => ImmKind::Host,
            CallImport => ImmKind::Import,
            Switch => ImmKind::Cases,
            Trap => ImmKind::Trap,
            _ => ImmKind::None,
        }
    }
    /// Whether the operation ends a block.
    pub fn is_terminator(self) -> bool {
        self.info().effect == OpEffect::terminates
    }
    /// Whether an instruction holds its last operand itself where that is a constant of eight signed
    /// bits; a comparison does if it decides a branch.
    pub fn holds_small_constant(self) -> bool {
        use Op::*;
        matches!(
            self,
            I32Add
                | I32Sub
                | I32Mul
                | I32And
                | I32Shl
                | I32Shr
                | I32Ushr
                | I32Rotr
                | I32Eq
                | I32Ne
                | I32Lt
                | I32Le
                | I32Gt
                | I32Ge
                | I64Add
                | I64Sub
                | I64Mul
                | I64And
                | I64Shl
                | I64Shr
                | I64Ushr
                | I64Eq
                | I64Ne
                | I64Lt
                | I64Le
                | I64Gt
                | I64Ge
        )
    }
    /// Whether exchanging the two operands changes nothing.
    pub fn is_commutative(self) -> bool {
        use Op::*;
        matches!(
            self,
            I32Add
                | I32Mul
                | I32And
                | I32Or
                | I32Xor
                | I32Eq
                | I32Ne
                | I64Add
                | I64Mul
                | I64And
                | I64Or
                | I64Xor
                | I64Eq
                | I64Ne
                | F64Eq
                | F64Ne
                | U128Eq
                | I128Eq
                | U128And
                | U128Or
                | U128Xor
                | RefEq
                | StringEq
                | BytesEq
        )
    }
}

operations! {
    // ── constants: the value is the instruction's immediate ──
    /// The immediate.
    ConstI32 "const.i32" () -> i32, pure;
    /// The immediate.
    ConstI64 "const.i64" () -> i64, pure;
    /// The immediate.
    ConstF64 "const.f64" () -> f64, pure;
    /// The immediate.
    ConstU128 "const.u128" () -> u128, pure;
    /// The immediate.
    ConstI128 "const.i128" () -> i128, pure;
    /// The immediate string; equal constants are one object.
    ConstString "const.string" () -> string, pure;
    /// The immediate bytes.
    ConstBytes "const.bytes" () -> bytes, pure;
    /// The null reference, of the type in the immediate.
    ConstNull "const.null" () -> special, pure;
    /// The boxed unit value.
    ConstUnit "const.unit" () -> any, pure;

    // ── 32-bit integers: wrapping, as Scala's Int ──
    /// `a + b`.
    I32Add "i32.add" (i32, i32) -> i32, pure;
    /// `a - b`.
    I32Sub "i32.sub" (i32, i32) -> i32, pure;
    /// `a * b`.
    I32Mul "i32.mul" (i32, i32) -> i32, pure;
    /// `a / b` towards zero; traps on zero.
    I32Div "i32.div" (i32, i32) -> i32, traps;
    /// `a % b` with the sign of `a`; traps on zero.
    I32Rem "i32.rem" (i32, i32) -> i32, traps;
    /// `-a`.
    I32Neg "i32.neg" (i32) -> i32, pure;
    /// `a & b`.
    I32And "i32.and" (i32, i32) -> i32, pure;
    /// `a | b`.
    I32Or "i32.or" (i32, i32) -> i32, pure;
    /// `a ^ b`.
    I32Xor "i32.xor" (i32, i32) -> i32, pure;
    /// `a << (b & 31)`.
    I32Shl "i32.shl" (i32, i32) -> i32, pure;
    /// `a >> (b & 31)`.
    I32Shr "i32.shr" (i32, i32) -> i32, pure;
    /// `a >>> (b & 31)`.
    I32Ushr "i32.ushr" (i32, i32) -> i32, pure;
    /// The bits of `a` moved right by `b & 31` places, around the end.
    I32Rotr "i32.rotr" (i32, i32) -> i32, pure;
    /// `a == b`.
    I32Eq "i32.eq" (i32, i32) -> bool, pure;
    /// `a != b`.
    I32Ne "i32.ne" (i32, i32) -> bool, pure;
    /// `a < b`.
    I32Lt "i32.lt" (i32, i32) -> bool, pure;
    /// `a <= b`.
    I32Le "i32.le" (i32, i32) -> bool, pure;
    /// `a > b`.
    I32Gt "i32.gt" (i32, i32) -> bool, pure;
    /// `a >= b`.
    I32Ge "i32.ge" (i32, i32) -> bool, pure;
    /// `!a` of a Boolean.
    BoolNot "bool.not" (bool) -> bool, pure;

    // ── 64-bit integers: wrapping, as Scala's Long; shift counts are i32 ──
    /// `a + b`.
    I64Add "i64.add" (i64, i64) -> i64, pure;
    /// `a - b`.
    I64Sub "i64.sub" (i64, i64) -> i64, pure;
    /// `a * b`.
    I64Mul "i64.mul" (i64, i64) -> i64, pure;
    /// `a / b` towards zero; traps on zero.
    I64Div "i64.div" (i64, i64) -> i64, traps;
    /// `a % b` with the sign of `a`; traps on zero.
    I64Rem "i64.rem" (i64, i64) -> i64, traps;
    /// `a / b` of both read as unsigned numbers.
    I64Udiv "i64.udiv" (i64, i64) -> i64, traps;
    /// `a % b` of both read as unsigned numbers.
    I64Urem "i64.urem" (i64, i64) -> i64, traps;
    /// `-a`.
    I64Neg "i64.neg" (i64) -> i64, pure;
    /// `a & b`.
    I64And "i64.and" (i64, i64) -> i64, pure;
    /// `a | b`.
    I64Or "i64.or" (i64, i64) -> i64, pure;
    /// `a ^ b`.
    I64Xor "i64.xor" (i64, i64) -> i64, pure;
    /// `a << (b & 63)`.
    I64Shl "i64.shl" (i64, i32) -> i64, pure;
    /// `a >> (b & 63)`.
    I64Shr "i64.shr" (i64, i32) -> i64, pure;
    /// `a >>> (b & 63)`.
    I64Ushr "i64.ushr" (i64, i32) -> i64, pure;
    /// `a == b`.
    I64Eq "i64.eq" (i64, i64) -> bool, pure;
    /// `a != b`.
    I64Ne "i64.ne" (i64, i64) -> bool, pure;
    /// `a < b`.
    I64Lt "i64.lt" (i64, i64) -> bool, pure;
    /// `a <= b`.
    I64Le "i64.le" (i64, i64) -> bool, pure;
    /// `a > b`.
    I64Gt "i64.gt" (i64, i64) -> bool, pure;
    /// `a >= b`.
    I64Ge "i64.ge" (i64, i64) -> bool, pure;

    // ── IEEE-754 doubles; every produced NaN is the canonical one ──
    /// `a + b`.
    F64Add "f64.add" (f64, f64) -> f64, pure;
    /// `a - b`.
    F64Sub "f64.sub" (f64, f64) -> f64, pure;
    /// `a * b`.
    F64Mul "f64.mul" (f64, f64) -> f64, pure;
    /// `a / b`.
    F64Div "f64.div" (f64, f64) -> f64, pure;
    /// `a % b` as Java's `%`.
    F64Rem "f64.rem" (f64, f64) -> f64, pure;
    /// `-a`.
    F64Neg "f64.neg" (f64) -> f64, pure;
    /// Square root.
    F64Sqrt "f64.sqrt" (f64) -> f64, pure;
    /// Largest integral value not above `a`.
    F64Floor "f64.floor" (f64) -> f64, pure;
    /// Smallest integral value not below `a`.
    F64Ceil "f64.ceil" (f64) -> f64, pure;
    /// `a == b`.
    F64Eq "f64.eq" (f64, f64) -> bool, pure;
    /// `a != b`.
    F64Ne "f64.ne" (f64, f64) -> bool, pure;
    /// `a < b`.
    F64Lt "f64.lt" (f64, f64) -> bool, pure;
    /// `a <= b`.
    F64Le "f64.le" (f64, f64) -> bool, pure;
    /// `a > b`.
    F64Gt "f64.gt" (f64, f64) -> bool, pure;
    /// `a >= b`.
    F64Ge "f64.ge" (f64, f64) -> bool, pure;
    /// The 64 bits of `a`.
    F64Bits "f64.bits" (f64) -> i64, pure;
    /// The double with these bits; a NaN becomes the canonical one.
    F64FromBits "f64.from_bits" (i64) -> f64, pure;
    /// The nearest 32-bit float, as a double: how `Float` is computed.
    F64RoundF32 "f64.round_f32" (f64) -> f64, pure;

    // ── conversions between numbers ──
    /// Sign extension.
    I32ToI64 "i32.to_i64" (i32) -> i64, pure;
    /// The low 32 bits.
    I64ToI32 "i64.to_i32" (i64) -> i32, pure;
    /// The low 8 bits, sign-extended: `toByte`.
    I32ToI8 "i32.to_i8" (i32) -> i32, pure;
    /// The low 16 bits, sign-extended: `toShort`.
    I32ToI16 "i32.to_i16" (i32) -> i32, pure;
    /// The low 16 bits: `toChar`.
    I32ToU16 "i32.to_u16" (i32) -> i32, pure;
    /// Exact.
    I32ToF64 "i32.to_f64" (i32) -> f64, pure;
    /// Nearest.
    I64ToF64 "i64.to_f64" (i64) -> f64, pure;
    /// Towards zero, saturating, NaN to 0.
    F64ToI32 "f64.to_i32" (f64) -> i32, pure;
    /// Towards zero, saturating, NaN to 0.
    F64ToI64 "f64.to_i64" (f64) -> i64, pure;
    /// Traps on a negative value.
    U128FromI64 "u128.from_i64" (i64) -> u128, traps;
    /// Traps when the value is above `Long.MaxValue`.
    U128ToI64 "u128.to_i64" (u128) -> i64, traps;
    /// The low 64 bits.
    U128Low "u128.low" (u128) -> i64, pure;
    /// The high 64 bits.
    U128High "u128.high" (u128) -> i64, pure;
    /// From high and low 64 bits.
    U128Join "u128.join" (i64, i64) -> u128, pure;
    /// Exact.
    I128FromI64 "i128.from_i64" (i64) -> i128, pure;
    /// Traps when the value does not fit.
    I128ToI64 "i128.to_i64" (i128) -> i64, traps;
    /// Traps on a negative value.
    U128FromI128 "u128.from_i128" (i128) -> u128, traps;
    /// Traps when the value does not fit.
    I128FromU128 "i128.from_u128" (u128) -> i128, traps;

    // ── 128-bit integers: checked ──
    /// `a + b`; traps on overflow.
    U128Add "u128.add" (u128, u128) -> u128, traps;
    /// `a - b`; traps below zero.
    U128Sub "u128.sub" (u128, u128) -> u128, traps;
    /// `a * b`; traps on overflow.
    U128Mul "u128.mul" (u128, u128) -> u128, traps;
    /// `a / b`; traps on zero.
    U128Div "u128.div" (u128, u128) -> u128, traps;
    /// `a % b`; traps on zero.
    U128Rem "u128.rem" (u128, u128) -> u128, traps;
    /// `a * b / c` with a 256-bit product, rounded down; traps on zero and overflow.
    U128MulDiv "u128.mul_div" (u128, u128, u128) -> u128, traps;
    /// `a & b`.
    U128And "u128.and" (u128, u128) -> u128, pure;
    /// `a | b`.
    U128Or "u128.or" (u128, u128) -> u128, pure;
    /// `a ^ b`.
    U128Xor "u128.xor" (u128, u128) -> u128, pure;
    /// `a << (b & 127)`.
    U128Shl "u128.shl" (u128, i32) -> u128, pure;
    /// `a >>> (b & 127)`.
    U128Shr "u128.shr" (u128, i32) -> u128, pure;
    /// `a == b`.
    U128Eq "u128.eq" (u128, u128) -> bool, pure;
    /// `a < b`.
    U128Lt "u128.lt" (u128, u128) -> bool, pure;
    /// `a <= b`.
    U128Le "u128.le" (u128, u128) -> bool, pure;
    /// `a + b`; traps on overflow.
    I128Add "i128.add" (i128, i128) -> i128, traps;
    /// `a - b`; traps on overflow.
    I128Sub "i128.sub" (i128, i128) -> i128, traps;
    /// `a * b`; traps on overflow.
    I128Mul "i128.mul" (i128, i128) -> i128, traps;
    /// `a / b` towards zero; traps on zero and overflow.
    I128Div "i128.div" (i128, i128) -> i128, traps;
    /// `a % b`; traps on zero.
    I128Rem "i128.rem" (i128, i128) -> i128, traps;
    /// `a == b`.
    I128Eq "i128.eq" (i128, i128) -> bool, pure;
    /// `a < b`.
    I128Lt "i128.lt" (i128, i128) -> bool, pure;
    /// `a <= b`.
    I128Le "i128.le" (i128, i128) -> bool, pure;

    // ── self-describing slots ──
    /// Boxes a scalar as the built-in class in the immediate (Boolean … Amount).
    Box "box" (special) -> any, pure;
    /// The scalar in a slot of the class in the immediate; traps `ClassCast` otherwise.
    Unbox "unbox" (any) -> special, traps;
    /// The reference as one to the class in the immediate; null passes; traps otherwise.
    Cast "cast" (any) -> special, traps;
    /// Whether the slot holds an instance of the class in the immediate; null never does.
    Is "is" (any) -> bool, pure;
    /// Whether two slots are the same reference or the same boxed scalar.
    RefEq "ref.eq" (any, any) -> bool, pure;
    /// Whether the slot is null.
    IsNull "is_null" (any) -> bool, pure;
    /// Whether the slot holds an instance of a class of the module, which answers selectors.
    IsObject "any.is_object" (any) -> bool, pure;
    /// The class number.
    ClassOf "any.class" (any) -> i32, pure;
    /// The class's full name; traps on null.
    ClassName "any.class_name" (any) -> string, traps;
    /// Scala's `==` where at least one side is no module object: numbers by value across types,
    /// strings and bytes by content, everything else by identity.
    PrimitiveEq "any.primitive_eq" (any, any) -> bool, pure;
    /// Scala's `##` of a number, Boolean, Char, String, Unit or null; 0 for anything else.
    PrimitiveHash "any.primitive_hash" (any) -> i32, pure;
    /// The text of a scalar, String, Unit or null; traps for anything else.
    PrimitiveText "any.primitive_text" (any) -> string, traps;

    // ── objects ──
    /// A new instance of the class in the immediate, fields zero.
    New "new" () -> special, alloc;
    /// The field (class and index) in the immediate; traps on null. A field that is never set
    /// after construction counts as pure once known not null: see the class table.
    FieldGet "field.get" (special) -> special, reads;
    /// Sets the field in the immediate; traps on null.
    FieldSet "field.set" (special, special) -> none, writes;
    /// A module-wide variable.
    GlobalGet "global.get" () -> special, reads;
    /// Sets a module-wide variable.
    GlobalSet "global.set" (special) -> none, writes;

    // ── arrays; the class in the immediate says which (ArrayAny … ArrayDouble) ──
    /// A new array of `n` zero elements; traps on a negative length.
    ArrayNew "array.new" (i32) -> special, alloc_traps;
    /// The element at `i`; traps on a bad index.
    ArrayGet "array.get" (special, i32) -> special, reads;
    /// Sets the element at `i`; traps on a bad index.
    ArraySet "array.set" (special, i32, special) -> none, writes;
    /// The length; traps on null.
    ArrayLength "array.length" (special) -> i32, traps;
    /// Copies `n` elements from `a` at `i` to `b` at `j`, which may overlap; traps on bad ranges.
    ArrayCopy "array.copy" (special, i32, special, i32, i32) -> none, writes;

    // ── strings ──
    /// UTF-16 units.
    StringLength "string.length" (string) -> i32, traps;
    /// The unit at `i`; traps on a bad index.
    StringCharAt "string.char_at" (string, i32) -> i32, traps;
    /// `a + b`.
    StringConcat "string.concat" (string, string) -> string, traps;
    /// Units `i` until `j`; traps on a bad range.
    StringSubstring "string.substring" (string, i32, i32) -> string, traps;
    /// Whether the units are the same; null equals null.
    StringEq "string.eq" (string, string) -> bool, pure;
    /// As `compareTo`.
    StringCompare "string.compare" (string, string) -> i32, traps;
    /// First index of `b` in `a` from `i`, or -1.
    StringIndexOf "string.index_of" (string, string, i32) -> i32, traps;
    /// Last index of `b` in `a` that is at most `i`, or -1.
    StringLastIndexOf "string.last_index_of" (string, string, i32) -> i32, traps;
    /// Upper case by the fixed Unicode tables.
    StringToUpper "string.to_upper" (string) -> string, traps;
    /// Lower case by the fixed Unicode tables.
    StringToLower "string.to_lower" (string) -> string, traps;
    /// Units `i` until `i + n` of a char array.
    StringFromChars "string.from_chars" (a_char, i32, i32) -> string, reads;
    /// Copies the units into a char array at `i`.
    StringCopyChars "string.copy_chars" (string, a_char, i32) -> none, writes;
    /// Decimal.
    StringFromI32 "string.from_i32" (i32) -> string, pure;
    /// Decimal.
    StringFromI64 "string.from_i64" (i64) -> string, pure;
    /// One unit.
    StringFromChar "string.from_char" (i32) -> string, pure;
    /// `true` or `false`.
    StringFromBool "string.from_bool" (bool) -> string, pure;
    /// As Scala prints a Double.
    StringFromF64 "string.from_f64" (f64) -> string, pure;
    /// As Scala prints a Float.
    StringFromF32 "string.from_f32" (f64) -> string, pure;
    /// Decimal.
    StringFromU128 "string.from_u128" (u128) -> string, pure;
    /// Decimal.
    StringFromI128 "string.from_i128" (i128) -> string, pure;
    /// Parses as `java.lang.Double.parseDouble`; traps `NumberFormat`.
    StringToF64 "string.to_f64" (string) -> f64, traps;
    /// UTF-8; a lone surrogate traps.
    StringToUtf8 "string.to_utf8" (string) -> bytes, traps;
    /// From UTF-8; malformed input traps.
    StringFromUtf8 "string.from_utf8" (bytes) -> string, traps;
    /// `Character.toUpperCase` by the fixed tables.
    CharToUpper "char.to_upper" (i32) -> i32, pure;
    /// `Character.toLowerCase` by the fixed tables.
    CharToLower "char.to_lower" (i32) -> i32, pure;
    /// The Unicode general category as `java.lang.Character.getType` numbers it.
    CharCategory "char.category" (i32) -> i32, pure;

    // ── bytes ──
    /// Length.
    BytesLength "bytes.length" (bytes) -> i32, traps;
    /// The byte at `i`, 0 to 255; traps on a bad index.
    BytesGet "bytes.get" (bytes, i32) -> i32, traps;
    /// Bytes `i` until `j`; traps on a bad range.
    BytesSlice "bytes.slice" (bytes, i32, i32) -> bytes, traps;
    /// `a` then `b`.
    BytesConcat "bytes.concat" (bytes, bytes) -> bytes, traps;
    /// Whether the bytes are the same.
    BytesEq "bytes.eq" (bytes, bytes) -> bool, pure;
    /// Lexicographic, unsigned.
    BytesCompare "bytes.compare" (bytes, bytes) -> i32, traps;
    /// Big-endian 64-bit integer at `i`; traps on a bad range.
    BytesGetI64 "bytes.get_i64" (bytes, i32) -> i64, traps;
    /// Big-endian 128-bit integer at `i`; traps on a bad range.
    BytesGetU128 "bytes.get_u128" (bytes, i32) -> u128, traps;
    /// Elements `i` until `i + n` of a byte array.
    BytesFromArray "bytes.from_array" (a_byte, i32, i32) -> bytes, reads;
    /// Copies all bytes into a byte array at `i`.
    BytesCopyTo "bytes.copy_to" (bytes, a_byte, i32) -> none, writes;
    /// Writes a big-endian 64-bit integer into a byte array at `i`.
    ArrayPutI64 "array.put_i64" (a_byte, i32, i64) -> none, writes;
    /// Writes a big-endian 128-bit integer into a byte array at `i`.
    ArrayPutU128 "array.put_u128" (a_byte, i32, u128) -> none, writes;
    /// The eight big-endian bytes of a number.
    BytesFromI64 "bytes.from_i64" (i64) -> bytes, pure;
    /// The sixteen big-endian bytes of a number.
    BytesFromU128 "bytes.from_u128" (u128) -> bytes, pure;
    /// A new array of the bytes.
    ArrayOfI8 "array.of_i8" (bytes) -> a_byte, alloc_traps;
    /// A new array of the big-endian 32-bit numbers that the bytes hold; a rest does not count.
    ArrayOfI32 "array.of_i32" (bytes) -> a_int, alloc_traps;
    /// A new array of the big-endian 64-bit numbers that the bytes hold; a rest does not count.
    ArrayOfI64 "array.of_i64" (bytes) -> a_long, alloc_traps;
    /// BLAKE3, 32 bytes.
    HashBlake3 "hash.blake3" (bytes) -> bytes, traps;
    /// SHA-256, 32 bytes.
    HashSha256 "hash.sha256" (bytes) -> bytes, traps;
    /// Keccak-256, 32 bytes.
    HashKeccak256 "hash.keccak256" (bytes) -> bytes, traps;
    /// Whether the key of ed25519 made the signature of the message: key, signature, message.
    VerifyEd25519 "verify.ed25519" (bytes, bytes, bytes) -> bool, traps;
    /// The address whose key of secp256k1 made the signature of the hash, or no bytes.
    RecoverSecp256k1 "recover.secp256k1" (bytes, bytes) -> bytes, traps;

    // ── contract storage; the field is the immediate; keys and values are in its forms; a missing
    //    value is null or zero; what is not of the form of values traps ──
    /// The value of a field.
    StorageGet "storage.get" () -> stored, reads_storage;
    /// Sets the value of a field.
    StorageSet "storage.set" (stored) -> none, writes_storage;
    /// The value of an entry of a map or set.
    StorageMapGet "storage.map_get" (key) -> stored, reads_storage;
    /// Sets an entry.
    StorageMapSet "storage.map_set" (key, stored) -> none, writes_storage;
    /// Removes an entry, if there.
    StorageMapRemove "storage.map_remove" (key) -> none, writes_storage;
    /// Whether there is an entry.
    StorageMapContains "storage.map_contains" (key) -> bool, reads_storage;
    /// The number of entries.
    StorageMapSize "storage.map_size" () -> i64, reads_storage;

    // ── calls ──
    /// Calls the function in the immediate.
    Call "call" (special) -> special, calls;
    /// Calls the selector in the immediate on the first operand; traps on null.
    CallVirtual "call.virtual" (special) -> special, calls;
    /// Calls the host function in the immediate.
    CallHost "call.host" (special) -> special, calls;
    /// Calls the function of a library in the immediate.
    CallImport "call.import" (special) -> special, calls;
    /// Calls the function in the immediate and catches: gives an `ArrayAny` of three: status as
    /// Int (0 returned, 1 thrown, above 1 a trap code), value (result, thrown object or detail).
    CallTry "call.try" (special) -> a_any, calls;

    // ── terminators ──
    /// Goes to a block with arguments.
    Jump "jump" () -> none, terminates;
    /// Goes to the first block if the operand is 1, otherwise to the second.
    Branch "br" (bool) -> none, terminates;
    /// Goes to the block of the case that equals the operand, or to the default.
    Switch "switch" (i32) -> none, terminates;
    /// Returns, with the result if the function has one.
    Return "ret" (special) -> none, terminates;
    /// Throws an object.
    Throw "throw" (object) -> none, terminates;
    /// Ends the message with an encoded problem; cannot be caught.
    Abort "abort" (bytes) -> none, terminates;
    /// Traps with the code in the immediate and a detail.
    Trap "trap" (any) -> none, terminates;
    /// Returns what the call of the function in the immediate returns, reusing the frame.
    TailCall "tailcall" (special) -> none, terminates;
}
