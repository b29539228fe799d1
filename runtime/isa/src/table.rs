//! The instruction set: one table, from which everything else about instructions is derived.
//!
//! A row is: a sentence, the opcode byte, the name of the variant, the mnemonic, the operands, the
//! effect, the cost class. An operand is `name: role(kind)`:
//!
//! - `def(type)` writes a register, `arg(type)` reads one; the type is what the verifier asks for
//!   or establishes. `same`, `class`, `field`, `global`, `unboxed`, `array`, `key`, `stored`,
//!   `result`, `null` are types that another operand (or the function) decides.
//! - `window(kind)` names the first register of a call window: arguments there and above, the
//!   result there; all registers from there on are lost.
//! - `imm(type)` is an immediate, `to(table)` a number in a table of the module or the machine.
//!
//! On the wire an instruction is 32-bit words: the opcode byte, then the operands in order, each
//! aligned to its size (at most 4), zeros between and after. A row never changes its byte.

/// Hands the table to another macro.
macro_rules! with_instructions {
    ($consumer:ident) => { $consumer! {
    // ── moves and constants ──
    /// Copies a register of any type.
    0x01 Move "move" { dst: def(same), a: arg(same) } pure, moving;
    /// The immediate as an `i32`: the short form of `const.i32`.
    0x02 ConstI16 "const.i16" { dst: def(i32), value: imm(i16) } pure, moving;
    /// The immediate.
    0x03 ConstI32 "const.i32" { dst: def(i32), value: imm(i32) } pure, moving;
    /// The immediate as an `i64`: the short form of `const.i64`.
    0x04 ConstI64I16 "const.i64_i16" { dst: def(i64), value: imm(i16) } pure, moving;
    /// The immediate.
    0x05 ConstI64 "const.i64" { dst: def(i64), value: imm(i64) } pure, moving;
    /// The double with these bits; the verifier asks for the canonical NaN.
    0x06 ConstF64 "const.f64" { dst: def(f64), bits: imm(f64) } pure, moving;
    /// The immediate as a `u128`: the short form of `const.u128`.
    0x07 ConstU128U16 "const.u128_u16" { dst: def(u128), value: imm(u16) } pure, moving;
    /// The immediate.
    0x08 ConstU128 "const.u128" { dst: def(u128), value: imm(u128) } pure, moving;
    /// The immediate.
    0x09 ConstI128 "const.i128" { dst: def(i128), value: imm(i128) } pure, moving;
    /// The string in the constant pool; equal constants are one object.
    0x0a ConstString "const.string" { dst: def(string), constant: to(constant) } pure, moving;
    /// The bytes in the constant pool; equal constants are one object.
    0x0b ConstBytes "const.bytes" { dst: def(bytes), constant: to(constant) } pure, moving;
    /// The null reference, which is of every reference type.
    0x0c ConstNull "const.null" { dst: def(null) } pure, moving;
    /// The boxed unit value.
    0x0d ConstUnit "const.unit" { dst: def(any) } pure, moving;

    // ── 32-bit integers: wrapping, as Scala's Int ──
    /// The bits of `a` moved right by `value & 31` places, around the end.
    0x0e I32RotrImm "i32.rotr_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, integer;
    /// `a + b`.
    0x10 I32Add "i32.add" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a - b`.
    0x11 I32Sub "i32.sub" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a * b`.
    0x12 I32Mul "i32.mul" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, multiply;
    /// `a / b` towards zero; traps on zero.
    0x13 I32Div "i32.div" { dst: def(i32), a: arg(i32), b: arg(i32) } traps, divide;
    /// `a % b` with the sign of `a`; traps on zero.
    0x14 I32Rem "i32.rem" { dst: def(i32), a: arg(i32), b: arg(i32) } traps, divide;
    /// `-a`.
    0x15 I32Neg "i32.neg" { dst: def(i32), a: arg(i32) } pure, integer;
    /// `a & b`.
    0x16 I32And "i32.and" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a | b`.
    0x17 I32Or "i32.or" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a ^ b`.
    0x18 I32Xor "i32.xor" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a << (b & 31)`.
    0x19 I32Shl "i32.shl" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a >> (b & 31)`.
    0x1a I32Shr "i32.shr" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a >>> (b & 31)`.
    0x1b I32Ushr "i32.ushr" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a == b`.
    0x1c I32Eq "i32.eq" { dst: def(bool), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a != b`.
    0x1d I32Ne "i32.ne" { dst: def(bool), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a < b`.
    0x1e I32Lt "i32.lt" { dst: def(bool), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a <= b`.
    0x1f I32Le "i32.le" { dst: def(bool), a: arg(i32), b: arg(i32) } pure, integer;
    /// `a + value`, the immediate sign-extended.
    0x20 I32AddImm "i32.add_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, integer;
    /// `a * value`, the immediate sign-extended.
    0x21 I32MulImm "i32.mul_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, multiply;
    /// `a & value`, the immediate sign-extended.
    0x22 I32AndImm "i32.and_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, integer;
    /// `a << (value & 31)`.
    0x23 I32ShlImm "i32.shl_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, integer;
    /// `a >> (value & 31)`.
    0x24 I32ShrImm "i32.shr_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, integer;
    /// `a >>> (value & 31)`.
    0x25 I32UshrImm "i32.ushr_imm" { dst: def(i32), a: arg(i32), value: imm(i8) } pure, integer;
    /// `!a` of a Boolean.
    0x26 BoolNot "bool.not" { dst: def(bool), a: arg(bool) } pure, integer;
    /// The bits of `a` moved right by `b & 31` places, around the end.
    0x27 I32Rotr "i32.rotr" { dst: def(i32), a: arg(i32), b: arg(i32) } pure, integer;

    // ── 64-bit integers: wrapping, as Scala's Long; shift counts are i32 ──
    /// `a + b`.
    0x28 I64Add "i64.add" { dst: def(i64), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a - b`.
    0x29 I64Sub "i64.sub" { dst: def(i64), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a * b`.
    0x2a I64Mul "i64.mul" { dst: def(i64), a: arg(i64), b: arg(i64) } pure, multiply;
    /// `a / b` towards zero; traps on zero.
    0x2b I64Div "i64.div" { dst: def(i64), a: arg(i64), b: arg(i64) } traps, divide;
    /// `a % b` with the sign of `a`; traps on zero.
    0x2c I64Rem "i64.rem" { dst: def(i64), a: arg(i64), b: arg(i64) } traps, divide;
    /// `-a`.
    0x2d I64Neg "i64.neg" { dst: def(i64), a: arg(i64) } pure, integer;
    /// `a & b`.
    0x2e I64And "i64.and" { dst: def(i64), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a | b`.
    0x2f I64Or "i64.or" { dst: def(i64), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a ^ b`.
    0x30 I64Xor "i64.xor" { dst: def(i64), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a << (b & 63)`.
    0x31 I64Shl "i64.shl" { dst: def(i64), a: arg(i64), b: arg(i32) } pure, integer;
    /// `a >> (b & 63)`.
    0x32 I64Shr "i64.shr" { dst: def(i64), a: arg(i64), b: arg(i32) } pure, integer;
    /// `a >>> (b & 63)`.
    0x33 I64Ushr "i64.ushr" { dst: def(i64), a: arg(i64), b: arg(i32) } pure, integer;
    /// `a == b`.
    0x34 I64Eq "i64.eq" { dst: def(bool), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a != b`.
    0x35 I64Ne "i64.ne" { dst: def(bool), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a < b`.
    0x36 I64Lt "i64.lt" { dst: def(bool), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a <= b`.
    0x37 I64Le "i64.le" { dst: def(bool), a: arg(i64), b: arg(i64) } pure, integer;
    /// `a + value`, the immediate sign-extended.
    0x38 I64AddImm "i64.add_imm" { dst: def(i64), a: arg(i64), value: imm(i8) } pure, integer;
    /// `a * value`, the immediate sign-extended.
    0x39 I64MulImm "i64.mul_imm" { dst: def(i64), a: arg(i64), value: imm(i8) } pure, multiply;
    /// `a & value`, the immediate sign-extended.
    0x3a I64AndImm "i64.and_imm" { dst: def(i64), a: arg(i64), value: imm(i8) } pure, integer;
    /// `a << (value & 63)`.
    0x3b I64ShlImm "i64.shl_imm" { dst: def(i64), a: arg(i64), value: imm(i8) } pure, integer;
    /// `a >> (value & 63)`.
    0x3c I64ShrImm "i64.shr_imm" { dst: def(i64), a: arg(i64), value: imm(i8) } pure, integer;
    /// `a >>> (value & 63)`.
    0x3d I64UshrImm "i64.ushr_imm" { dst: def(i64), a: arg(i64), value: imm(i8) } pure, integer;
    /// `a / b` of both read as unsigned numbers; traps on zero.
    0x3e I64Udiv "i64.udiv" { dst: def(i64), a: arg(i64), b: arg(i64) } traps, divide;
    /// `a % b` of both read as unsigned numbers; traps on zero.
    0x3f I64Urem "i64.urem" { dst: def(i64), a: arg(i64), b: arg(i64) } traps, divide;

    // ── IEEE-754 doubles; every produced NaN is the canonical one ──
    /// `a + b`.
    0x40 F64Add "f64.add" { dst: def(f64), a: arg(f64), b: arg(f64) } pure, float;
    /// `a - b`.
    0x41 F64Sub "f64.sub" { dst: def(f64), a: arg(f64), b: arg(f64) } pure, float;
    /// `a * b`.
    0x42 F64Mul "f64.mul" { dst: def(f64), a: arg(f64), b: arg(f64) } pure, float;
    /// `a / b`.
    0x43 F64Div "f64.div" { dst: def(f64), a: arg(f64), b: arg(f64) } pure, float_slow;
    /// `a % b` as Java's `%`.
    0x44 F64Rem "f64.rem" { dst: def(f64), a: arg(f64), b: arg(f64) } pure, float_slow;
    /// `-a`.
    0x45 F64Neg "f64.neg" { dst: def(f64), a: arg(f64) } pure, float;
    /// Square root.
    0x46 F64Sqrt "f64.sqrt" { dst: def(f64), a: arg(f64) } pure, float_slow;
    /// Largest integral value not above `a`.
    0x47 F64Floor "f64.floor" { dst: def(f64), a: arg(f64) } pure, float;
    /// Smallest integral value not below `a`.
    0x48 F64Ceil "f64.ceil" { dst: def(f64), a: arg(f64) } pure, float;
    /// `a == b`.
    0x49 F64Eq "f64.eq" { dst: def(bool), a: arg(f64), b: arg(f64) } pure, float;
    /// `a != b`.
    0x4a F64Ne "f64.ne" { dst: def(bool), a: arg(f64), b: arg(f64) } pure, float;
    /// `a < b`.
    0x4b F64Lt "f64.lt" { dst: def(bool), a: arg(f64), b: arg(f64) } pure, float;
    /// `a <= b`.
    0x4c F64Le "f64.le" { dst: def(bool), a: arg(f64), b: arg(f64) } pure, float;
    /// The 64 bits of `a`.
    0x4d F64Bits "f64.bits" { dst: def(i64), a: arg(f64) } pure, float;
    /// The double with these bits; a NaN becomes the canonical one.
    0x4e F64FromBits "f64.from_bits" { dst: def(f64), a: arg(i64) } pure, float;
    /// The nearest 32-bit float, as a double: how `Float` is computed.
    0x4f F64RoundF32 "f64.round_f32" { dst: def(f64), a: arg(f64) } pure, float;

    // ── conversions between numbers ──
    /// Sign extension.
    0x50 I32ToI64 "i32.to_i64" { dst: def(i64), a: arg(i32) } pure, integer;
    /// The low 32 bits.
    0x51 I64ToI32 "i64.to_i32" { dst: def(i32), a: arg(i64) } pure, integer;
    /// The low 8 bits, sign-extended: `toByte`.
    0x52 I32ToI8 "i32.to_i8" { dst: def(i32), a: arg(i32) } pure, integer;
    /// The low 16 bits, sign-extended: `toShort`.
    0x53 I32ToI16 "i32.to_i16" { dst: def(i32), a: arg(i32) } pure, integer;
    /// The low 16 bits: `toChar`.
    0x54 I32ToU16 "i32.to_u16" { dst: def(i32), a: arg(i32) } pure, integer;
    /// Exact.
    0x55 I32ToF64 "i32.to_f64" { dst: def(f64), a: arg(i32) } pure, float;
    /// Nearest.
    0x56 I64ToF64 "i64.to_f64" { dst: def(f64), a: arg(i64) } pure, float;
    /// Towards zero, saturating, NaN to 0.
    0x57 F64ToI32 "f64.to_i32" { dst: def(i32), a: arg(f64) } pure, float;
    /// Towards zero, saturating, NaN to 0.
    0x58 F64ToI64 "f64.to_i64" { dst: def(i64), a: arg(f64) } pure, float;
    /// Traps on a negative value.
    0x59 U128FromI64 "u128.from_i64" { dst: def(u128), a: arg(i64) } traps, wide;
    /// Traps when the value is above `Long.MaxValue`.
    0x5a U128ToI64 "u128.to_i64" { dst: def(i64), a: arg(u128) } traps, wide;
    /// The low 64 bits.
    0x5b U128Low "u128.low" { dst: def(i64), a: arg(u128) } pure, wide;
    /// The high 64 bits.
    0x5c U128High "u128.high" { dst: def(i64), a: arg(u128) } pure, wide;
    /// From high and low 64 bits.
    0x5d U128Join "u128.join" { dst: def(u128), high: arg(i64), low: arg(i64) } pure, wide;
    /// Exact.
    0x5e I128FromI64 "i128.from_i64" { dst: def(i128), a: arg(i64) } pure, wide;
    /// Traps when the value does not fit.
    0x5f I128ToI64 "i128.to_i64" { dst: def(i64), a: arg(i128) } traps, wide;
    /// Traps on a negative value.
    0x60 U128FromI128 "u128.from_i128" { dst: def(u128), a: arg(i128) } traps, wide;
    /// Traps when the value does not fit.
    0x61 I128FromU128 "i128.from_u128" { dst: def(i128), a: arg(u128) } traps, wide;

    // ── 128-bit integers: checked ──
    /// `a + b`; traps on overflow.
    0x62 U128Add "u128.add" { dst: def(u128), a: arg(u128), b: arg(u128) } traps, wide;
    /// `a - b`; traps below zero.
    0x63 U128Sub "u128.sub" { dst: def(u128), a: arg(u128), b: arg(u128) } traps, wide;
    /// `a * b`; traps on overflow.
    0x64 U128Mul "u128.mul" { dst: def(u128), a: arg(u128), b: arg(u128) } traps, wide_multiply;
    /// `a / b`; traps on zero.
    0x65 U128Div "u128.div" { dst: def(u128), a: arg(u128), b: arg(u128) } traps, wide_divide;
    /// `a % b`; traps on zero.
    0x66 U128Rem "u128.rem" { dst: def(u128), a: arg(u128), b: arg(u128) } traps, wide_divide;
    /// `a * b / c` with a 256-bit product, rounded down; traps on zero and overflow.
    0x67 U128MulDiv "u128.mul_div"
        { dst: def(u128), a: arg(u128), b: arg(u128), c: arg(u128) } traps, wide_divide;
    /// `a & b`.
    0x68 U128And "u128.and" { dst: def(u128), a: arg(u128), b: arg(u128) } pure, wide;
    /// `a | b`.
    0x69 U128Or "u128.or" { dst: def(u128), a: arg(u128), b: arg(u128) } pure, wide;
    /// `a ^ b`.
    0x6a U128Xor "u128.xor" { dst: def(u128), a: arg(u128), b: arg(u128) } pure, wide;
    /// `a << (b & 127)`.
    0x6b U128Shl "u128.shl" { dst: def(u128), a: arg(u128), b: arg(i32) } pure, wide;
    /// `a >>> (b & 127)`.
    0x6c U128Shr "u128.shr" { dst: def(u128), a: arg(u128), b: arg(i32) } pure, wide;
    /// `a == b`.
    0x6d U128Eq "u128.eq" { dst: def(bool), a: arg(u128), b: arg(u128) } pure, wide;
    /// `a < b`.
    0x6e U128Lt "u128.lt" { dst: def(bool), a: arg(u128), b: arg(u128) } pure, wide;
    /// `a <= b`.
    0x6f U128Le "u128.le" { dst: def(bool), a: arg(u128), b: arg(u128) } pure, wide;
    /// `a + b`; traps on overflow.
    0x70 I128Add "i128.add" { dst: def(i128), a: arg(i128), b: arg(i128) } traps, wide;
    /// `a - b`; traps on overflow.
    0x71 I128Sub "i128.sub" { dst: def(i128), a: arg(i128), b: arg(i128) } traps, wide;
    /// `a * b`; traps on overflow.
    0x72 I128Mul "i128.mul" { dst: def(i128), a: arg(i128), b: arg(i128) } traps, wide_multiply;
    /// `a / b` towards zero; traps on zero and overflow.
    0x73 I128Div "i128.div" { dst: def(i128), a: arg(i128), b: arg(i128) } traps, wide_divide;
    /// `a % b`; traps on zero.
    0x74 I128Rem "i128.rem" { dst: def(i128), a: arg(i128), b: arg(i128) } traps, wide_divide;
    /// `a == b`.
    0x75 I128Eq "i128.eq" { dst: def(bool), a: arg(i128), b: arg(i128) } pure, wide;
    /// `a < b`.
    0x76 I128Lt "i128.lt" { dst: def(bool), a: arg(i128), b: arg(i128) } pure, wide;
    /// `a <= b`.
    0x77 I128Le "i128.le" { dst: def(bool), a: arg(i128), b: arg(i128) } pure, wide;

    // ── self-describing slots ──
    /// Boxes a scalar as the built-in class (Boolean … Amount); only the 128-bit ones allocate.
    0x78 Box "box" { dst: def(any), a: arg(unboxed), class: to(boxed) } alloc, testing;
    /// The scalar in a slot of the class in the immediate; traps `ClassCast` otherwise.
    0x79 Unbox "unbox" { dst: def(unboxed), a: arg(any), class: to(boxed) } traps, testing;
    /// The reference as one to the class in the immediate; null passes; traps otherwise.
    0x7a Cast "cast" { dst: def(class), a: arg(any), class: to(class) } traps, testing;
    /// Whether the slot holds an instance of the class in the immediate; null never does.
    0x7b Is "is" { dst: def(bool), a: arg(any), class: to(class) } pure, testing;
    /// Whether two slots are the same reference or the same boxed scalar.
    0x7c RefEq "ref.eq" { dst: def(bool), a: arg(any), b: arg(any) } pure, testing;
    /// Whether the slot is null.
    0x7d IsNull "is_null" { dst: def(bool), a: arg(any) } pure, testing;
    /// Whether the slot holds an instance of a class of the module, which answers selectors.
    0x7e AnyIsObject "any.is_object" { dst: def(bool), a: arg(any) } pure, testing;
    /// The class number.
    0x7f AnyClass "any.class" { dst: def(i32), a: arg(any) } pure, testing;
    /// The class's full name; traps on null.
    0x80 AnyClassName "any.class_name" { dst: def(string), a: arg(any) } alloc_traps, text;
    /// Scala's `==` where at least one side is no module object: numbers by value across types,
    /// strings and bytes by content, everything else by identity.
    0x81 AnyPrimitiveEq "any.primitive_eq" { dst: def(bool), a: arg(any), b: arg(any) } pure, text;
    /// Scala's `##` of a number, Boolean, Char, String, Unit or null; 0 for anything else.
    0x82 AnyPrimitiveHash "any.primitive_hash" { dst: def(i32), a: arg(any) } pure, text;
    /// The text of a scalar, String, Unit or null; traps for anything else.
    0x83 AnyPrimitiveText "any.primitive_text"
        { dst: def(string), a: arg(any) } alloc_traps, convert;

    // ── objects and module-wide variables ──
    /// A new instance of the class, fields zero.
    0x84 New "new" { dst: def(class), class: to(class) } alloc, allocate;
    /// The field at this slot of the layout of the class; traps on null.
    0x85 FieldGet "field.get"
        { dst: def(field), object: arg(class), field: to(field) } reads, memory;
    /// Sets the field at this slot of the layout of the class; traps on null.
    0x86 FieldSet "field.set"
        { object: arg(class), value: arg(field), field: to(field) } writes, memory;
    /// A module-wide variable; zero or null at the start.
    0x87 GlobalGet "global.get" { dst: def(global), global: to(global) } reads, memory;
    /// Sets a module-wide variable.
    0x88 GlobalSet "global.set" { value: arg(global), global: to(global) } writes, memory;

    // ── arrays ──
    /// A new array of `length` zero elements; traps on a negative length.
    0x89 ArrayNew "array.new"
        { dst: def(class), length: arg(i32), class: to(array) } alloc_traps, allocate;
    /// The length; traps on null.
    0x8a ArrayLength "array.length" { dst: def(i32), array: arg(array) } traps, memory;
    /// Copies `count` elements, which may overlap; traps on bad ranges.
    0x8b ArrayCopy "array.copy"
        { from: arg(class), from_index: arg(i32), to: arg(class), to_index: arg(i32), count: arg(i32), class: to(array) } writes, bytes;
    /// The element at `index`; traps on null and on a bad index.
    0x8c ArrayGetAny "array.get_any"
        { dst: def(any), array: arg(a_any), index: arg(i32) } reads, memory;
    /// The element at `index`; traps on null and on a bad index.
    0x8d ArrayGetBoolean "array.get_boolean"
        { dst: def(bool), array: arg(a_bool), index: arg(i32) } reads, memory;
    /// The element at `index`, sign-extended; traps on null and on a bad index.
    0x8e ArrayGetByte "array.get_byte"
        { dst: def(i32), array: arg(a_byte), index: arg(i32) } reads, memory;
    /// The element at `index`, sign-extended; traps on null and on a bad index.
    0x8f ArrayGetShort "array.get_short"
        { dst: def(i32), array: arg(a_short), index: arg(i32) } reads, memory;
    /// The element at `index`, zero-extended; traps on null and on a bad index.
    0x90 ArrayGetChar "array.get_char"
        { dst: def(i32), array: arg(a_char), index: arg(i32) } reads, memory;
    /// The element at `index`; traps on null and on a bad index.
    0x91 ArrayGetInt "array.get_int"
        { dst: def(i32), array: arg(a_int), index: arg(i32) } reads, memory;
    /// The element at `index`; traps on null and on a bad index.
    0x92 ArrayGetLong "array.get_long"
        { dst: def(i64), array: arg(a_long), index: arg(i32) } reads, memory;
    /// The element at `index`; traps on null and on a bad index.
    0x93 ArrayGetDouble "array.get_double"
        { dst: def(f64), array: arg(a_double), index: arg(i32) } reads, memory;
    /// Sets the element at `index`; traps on null and on a bad index.
    0x94 ArraySetAny "array.set_any"
        { array: arg(a_any), index: arg(i32), value: arg(any) } writes, memory;
    /// Sets the element at `index`; its lowest bit counts; traps on null and on a bad index.
    0x95 ArraySetBoolean "array.set_boolean"
        { array: arg(a_bool), index: arg(i32), value: arg(bool) } writes, memory;
    /// Sets the element at `index`; its low 8 bits count; traps on null and on a bad index.
    0x96 ArraySetByte "array.set_byte"
        { array: arg(a_byte), index: arg(i32), value: arg(i32) } writes, memory;
    /// Sets the element at `index`; its low 16 bits count; traps on null and on a bad index.
    0x97 ArraySetShort "array.set_short"
        { array: arg(a_short), index: arg(i32), value: arg(i32) } writes, memory;
    /// Sets the element at `index`; its low 16 bits count; traps on null and on a bad index.
    0x98 ArraySetChar "array.set_char"
        { array: arg(a_char), index: arg(i32), value: arg(i32) } writes, memory;
    /// Sets the element at `index`; traps on null and on a bad index.
    0x99 ArraySetInt "array.set_int"
        { array: arg(a_int), index: arg(i32), value: arg(i32) } writes, memory;
    /// Sets the element at `index`; traps on null and on a bad index.
    0x9a ArraySetLong "array.set_long"
        { array: arg(a_long), index: arg(i32), value: arg(i64) } writes, memory;
    /// Sets the element at `index`; traps on null and on a bad index.
    0x9b ArraySetDouble "array.set_double"
        { array: arg(a_double), index: arg(i32), value: arg(f64) } writes, memory;
    /// A new array of the bytes.
    0x9c ArrayOfI8 "array.of_i8" { dst: def(a_byte), a: arg(bytes) } alloc_traps, bytes;
    /// A new array of the big-endian 32-bit numbers that the bytes hold; a rest does not count.
    0x9d ArrayOfI32 "array.of_i32" { dst: def(a_int), a: arg(bytes) } alloc_traps, bytes;
    /// A new array of the big-endian 64-bit numbers that the bytes hold; a rest does not count.
    0x9e ArrayOfI64 "array.of_i64" { dst: def(a_long), a: arg(bytes) } alloc_traps, bytes;

    // ── strings and characters ──
    /// UTF-16 units.
    0xa0 StringLength "string.length" { dst: def(i32), a: arg(string) } traps, memory;
    /// The unit at `index`; traps on a bad index.
    0xa1 StringCharAt "string.char_at"
        { dst: def(i32), a: arg(string), index: arg(i32) } traps, memory;
    /// `a` then `b`; traps on null.
    0xa2 StringConcat "string.concat"
        { dst: def(string), a: arg(string), b: arg(string) } alloc_traps, text;
    /// Units `start` until `end`; traps on a bad range.
    0xa3 StringSubstring "string.substring"
        { dst: def(string), a: arg(string), start: arg(i32), end: arg(i32) } alloc_traps, text;
    /// Whether the units are the same; null equals null.
    0xa4 StringEq "string.eq" { dst: def(bool), a: arg(string), b: arg(string) } pure, text;
    /// As `compareTo`.
    0xa5 StringCompare "string.compare"
        { dst: def(i32), a: arg(string), b: arg(string) } traps, text;
    /// First index of `b` in `a` from `start` on, or -1.
    0xa6 StringIndexOf "string.index_of"
        { dst: def(i32), a: arg(string), b: arg(string), start: arg(i32) } traps, text;
    /// Last index of `b` in `a` that is at most `start`, or -1.
    0xa7 StringLastIndexOf "string.last_index_of"
        { dst: def(i32), a: arg(string), b: arg(string), start: arg(i32) } traps, text;
    /// Upper case by the fixed Unicode tables.
    0xa8 StringToUpper "string.to_upper" { dst: def(string), a: arg(string) } alloc_traps, text;
    /// Lower case by the fixed Unicode tables.
    0xa9 StringToLower "string.to_lower" { dst: def(string), a: arg(string) } alloc_traps, text;
    /// Elements `start` until `start + count` of a char array.
    0xaa StringFromChars "string.from_chars"
        { dst: def(string), array: arg(a_char), start: arg(i32), count: arg(i32) } reads, text;
    /// Copies the units into a char array at `start`.
    0xab StringCopyChars "string.copy_chars"
        { a: arg(string), array: arg(a_char), start: arg(i32) } writes, text;
    /// Decimal.
    0xac StringFromI32 "string.from_i32" { dst: def(string), a: arg(i32) } alloc, convert;
    /// Decimal.
    0xad StringFromI64 "string.from_i64" { dst: def(string), a: arg(i64) } alloc, convert;
    /// One unit.
    0xae StringFromChar "string.from_char" { dst: def(string), a: arg(i32) } alloc, convert;
    /// `true` or `false`.
    0xaf StringFromBool "string.from_bool" { dst: def(string), a: arg(bool) } alloc, convert;
    /// As Scala prints a Double.
    0xb0 StringFromF64 "string.from_f64" { dst: def(string), a: arg(f64) } alloc, convert;
    /// As Scala prints a Float.
    0xb1 StringFromF32 "string.from_f32" { dst: def(string), a: arg(f64) } alloc, convert;
    /// Decimal.
    0xb2 StringFromU128 "string.from_u128" { dst: def(string), a: arg(u128) } alloc, convert;
    /// Decimal.
    0xb3 StringFromI128 "string.from_i128" { dst: def(string), a: arg(i128) } alloc, convert;
    /// Parses as `java.lang.Double.parseDouble`; traps `NumberFormat`.
    0xb4 StringToF64 "string.to_f64" { dst: def(f64), a: arg(string) } traps, convert;
    /// UTF-8; a lone surrogate traps.
    0xb5 StringToUtf8 "string.to_utf8" { dst: def(bytes), a: arg(string) } alloc_traps, text;
    /// From UTF-8; malformed input traps.
    0xb6 StringFromUtf8 "string.from_utf8" { dst: def(string), a: arg(bytes) } alloc_traps, text;
    /// `Character.toUpperCase` by the fixed tables.
    0xb7 CharToUpper "char.to_upper" { dst: def(i32), a: arg(i32) } pure, text;
    /// `Character.toLowerCase` by the fixed tables.
    0xb8 CharToLower "char.to_lower" { dst: def(i32), a: arg(i32) } pure, text;
    /// The Unicode general category as `java.lang.Character.getType` numbers it.
    0xb9 CharCategory "char.category" { dst: def(i32), a: arg(i32) } pure, text;

    // ── bytes ──
    /// Length.
    0xba BytesLength "bytes.length" { dst: def(i32), a: arg(bytes) } traps, memory;
    /// The byte at `index`, 0 to 255; traps on a bad index.
    0xbb BytesGet "bytes.get" { dst: def(i32), a: arg(bytes), index: arg(i32) } traps, memory;
    /// Bytes `start` until `end`; traps on a bad range.
    0xbc BytesSlice "bytes.slice"
        { dst: def(bytes), a: arg(bytes), start: arg(i32), end: arg(i32) } alloc_traps, bytes;
    /// `a` then `b`.
    0xbd BytesConcat "bytes.concat"
        { dst: def(bytes), a: arg(bytes), b: arg(bytes) } alloc_traps, bytes;
    /// Whether the bytes are the same; null equals null.
    0xbe BytesEq "bytes.eq" { dst: def(bool), a: arg(bytes), b: arg(bytes) } pure, bytes;
    /// Lexicographic, unsigned.
    0xbf BytesCompare "bytes.compare" { dst: def(i32), a: arg(bytes), b: arg(bytes) } traps, bytes;
    /// Big-endian 64-bit integer at `index`; traps on a bad range.
    0xc0 BytesGetI64 "bytes.get_i64"
        { dst: def(i64), a: arg(bytes), index: arg(i32) } traps, memory;
    /// Big-endian 128-bit integer at `index`; traps on a bad range.
    0xc1 BytesGetU128 "bytes.get_u128"
        { dst: def(u128), a: arg(bytes), index: arg(i32) } traps, memory;
    /// Elements `start` until `start + count` of a byte array.
    0xc2 BytesFromArray "bytes.from_array"
        { dst: def(bytes), array: arg(a_byte), start: arg(i32), count: arg(i32) } reads, bytes;
    /// Copies all bytes into a byte array at `start`.
    0xc3 BytesCopyTo "bytes.copy_to"
        { a: arg(bytes), array: arg(a_byte), start: arg(i32) } writes, bytes;
    /// Writes a big-endian 64-bit integer into a byte array at `start`.
    0xc4 ArrayPutI64 "array.put_i64"
        { array: arg(a_byte), start: arg(i32), value: arg(i64) } writes, memory;
    /// Writes a big-endian 128-bit integer into a byte array at `start`.
    0xc5 ArrayPutU128 "array.put_u128"
        { array: arg(a_byte), start: arg(i32), value: arg(u128) } writes, memory;
    /// BLAKE3, 32 bytes.
    0xc6 HashBlake3 "hash.blake3" { dst: def(bytes), a: arg(bytes) } alloc_traps, hashing;
    /// SHA-256, 32 bytes.
    0xc7 HashSha256 "hash.sha256" { dst: def(bytes), a: arg(bytes) } alloc_traps, hashing;
    /// Keccak-256, 32 bytes.
    0xc8 HashKeccak256 "hash.keccak256" { dst: def(bytes), a: arg(bytes) } alloc_traps, hashing;

    // ── contract storage; keys and values in the forms of the field ──
    /// The value of a scalar field; one that is not there is null or zero; traps `MalformedData` on
    /// bytes that are not of the field's form.
    0xc9 StorageGet "storage.get"
        { dst: def(stored), field: to(storage) } reads_storage, storage_read;
    /// Sets the value of a scalar field; null removes it.
    0xca StorageSet "storage.set"
        { value: arg(stored), field: to(storage) } writes_storage, storage_write;
    /// The value of an entry of a map or set; one that is not there is null or zero; traps
    /// `Malformed` on bytes that are not of the field's form.
    0xcb StorageMapGet "storage.map_get"
        { dst: def(stored), key: arg(key), field: to(storage) } reads_storage, storage_read;
    /// Sets an entry of a map or set.
    0xcc StorageMapSet "storage.map_set"
        { key: arg(key), value: arg(stored), field: to(storage) } writes_storage, storage_write;
    /// Removes an entry, if there.
    0xcd StorageMapRemove "storage.map_remove"
        { key: arg(key), field: to(storage) } writes_storage, storage_write;
    /// Whether there is an entry.
    0xce StorageMapContains "storage.map_contains"
        { dst: def(bool), key: arg(key), field: to(storage) } reads_storage, storage_read;
    /// The number of entries.
    0xcf StorageMapSize "storage.map_size"
        { dst: def(i64), field: to(storage) } reads_storage, storage_read;

    // ── calls: arguments and result in the window at `base`; registers from `base` on are lost ──
    /// Calls a function.
    0xd0 Call "call" { base: window(function), function: to(function) } calls, call;
    /// Calls the function that the class of the first argument gives for the selector; traps on
    /// null.
    0xd1 CallVirtual "call.virtual"
        { base: window(selector), selector: to(selector) } calls, call_virtual;
    /// Calls a host function.
    0xd2 CallHost "call.host" { base: window(host), host: to(host) } calls, call_host;
    /// Calls a function and catches. The result is an `ArrayAny` of three: status as Int (0
    /// returned, 1 thrown, above 1 a trap code), value (result, or thrown object, or detail of
    /// the trap), detail of the trap or null.
    0xd3 CallTry "call.try" { base: window(catching), function: to(function) } calls, call_try;

    // ── terminators ──
    /// Goes to a block.
    0xd4 Jump "jump" { to: to(block) } terminates, branch;
    /// Goes to `no` if the condition is 0, otherwise to `yes`.
    0xd5 Br "br" { condition: arg(bool), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to the block of the case that equals `a`, or to the default.
    0xd6 Switch "switch" { a: arg(i32), cases: to(cases) } terminates, branch;
    /// Returns from a function without result.
    0xd7 Ret "ret" {} terminates, leaving;
    /// Returns the value of a function.
    0xd8 RetValue "ret.value" { a: arg(result) } terminates, leaving;
    /// Throws an object.
    0xd9 Throw "throw" { a: arg(object) } terminates, leaving;
    /// Ends the message with an encoded problem; cannot be caught.
    0xda Abort "abort" { a: arg(bytes) } terminates, leaving;
    /// Traps with the code and a detail.
    0xdb Trap "trap" { detail: arg(any), code: to(trap) } terminates, leaving;
    /// Returns what the call of the function returns, reusing the frame.
    0xdc Tailcall "tailcall" { base: window(tail), function: to(function) } terminates, call;
    /// Goes to `yes` if `a == b`, otherwise to `no`.
    0xdd I32BrEq "i32.br_eq"
        { a: arg(i32), b: arg(i32), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a != b`, otherwise to `no`.
    0xde I32BrNe "i32.br_ne"
        { a: arg(i32), b: arg(i32), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a < b`, otherwise to `no`.
    0xdf I32BrLt "i32.br_lt"
        { a: arg(i32), b: arg(i32), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a <= b`, otherwise to `no`.
    0xe0 I32BrLe "i32.br_le"
        { a: arg(i32), b: arg(i32), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a == value`, otherwise to `no`.
    0xe1 I32BrEqImm "i32.br_eq_imm"
        { a: arg(i32), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a != value`, otherwise to `no`.
    0xe2 I32BrNeImm "i32.br_ne_imm"
        { a: arg(i32), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a < value`, otherwise to `no`.
    0xe3 I32BrLtImm "i32.br_lt_imm"
        { a: arg(i32), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a <= value`, otherwise to `no`.
    0xe4 I32BrLeImm "i32.br_le_imm"
        { a: arg(i32), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a > value`, otherwise to `no`.
    0xe5 I32BrGtImm "i32.br_gt_imm"
        { a: arg(i32), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a >= value`, otherwise to `no`.
    0xe6 I32BrGeImm "i32.br_ge_imm"
        { a: arg(i32), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a == b`, otherwise to `no`.
    0xe7 I64BrEq "i64.br_eq"
        { a: arg(i64), b: arg(i64), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a != b`, otherwise to `no`.
    0xe8 I64BrNe "i64.br_ne"
        { a: arg(i64), b: arg(i64), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a < b`, otherwise to `no`.
    0xe9 I64BrLt "i64.br_lt"
        { a: arg(i64), b: arg(i64), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a <= b`, otherwise to `no`.
    0xea I64BrLe "i64.br_le"
        { a: arg(i64), b: arg(i64), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a == value`, otherwise to `no`.
    0xeb I64BrEqImm "i64.br_eq_imm"
        { a: arg(i64), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a != value`, otherwise to `no`.
    0xec I64BrNeImm "i64.br_ne_imm"
        { a: arg(i64), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a < value`, otherwise to `no`.
    0xed I64BrLtImm "i64.br_lt_imm"
        { a: arg(i64), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a <= value`, otherwise to `no`.
    0xee I64BrLeImm "i64.br_le_imm"
        { a: arg(i64), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a > value`, otherwise to `no`.
    0xef I64BrGtImm "i64.br_gt_imm"
        { a: arg(i64), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a >= value`, otherwise to `no`.
    0xf0 I64BrGeImm "i64.br_ge_imm"
        { a: arg(i64), value: imm(i8), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a` is null, otherwise to `no`.
    0xf1 BrNull "br.null" { a: arg(any), yes: to(block), no: to(block) } terminates, branch;
    /// Goes to `yes` if `a` is an instance of the class, otherwise to `no`; null is none.
    0xf2 BrIs "br.is"
        { a: arg(any), class: to(class), yes: to(block), no: to(block) } terminates, branch;

    // ── contract storage: two questions in one ──
    /// As `storage.map_get`, and whether there is an entry, which is written last.
    0xf8 StorageMapFind "storage.map_find"
        { dst: def(stored), found: def(bool), key: arg(key), field: to(storage) }
        reads_storage, storage_read;

    // ── numbers as bytes ──
    /// The eight big-endian bytes of a number.
    0xf9 BytesFromI64 "bytes.from_i64" { dst: def(bytes), a: arg(i64) } alloc, bytes;
    /// The sixteen big-endian bytes of a number.
    0xfa BytesFromU128 "bytes.from_u128" { dst: def(bytes), a: arg(u128) } alloc, bytes;

    // ── signatures ──
    /// Whether the key of ed25519 (32 bytes) signed the message, by ZIP-215 with keys in their one
    /// encoding and not of small order; a key or signature of another length did not.
    0xfb VerifyEd25519 "verify.ed25519"
        { dst: def(bool), key: arg(bytes), signature: arg(bytes), message: arg(bytes) }
        traps, signing;
    /// The 20 bytes of the Ethereum address of the key of secp256k1 that signed the hash (32
    /// bytes); no bytes if no key can have made the signature (r, s, recovery id; low s only).
    0xfc RecoverSecp256k1 "recover.secp256k1"
        { dst: def(bytes), signature: arg(bytes), hash: arg(bytes) } alloc_traps, signing;
    } };
}
pub(crate) use with_instructions;
