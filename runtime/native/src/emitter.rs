//! What a code generator must be able to say: values that never change, blocks with parameters,
//! branches, memory, and calls. Whoever implements it gets the whole translation.
//!
//! A function has one entry, whose block the emitter begins with. A block that nobody goes to may
//! be left without instructions. Integers wrap; what would be undefined for a processor is defined
//! where the operation is.

use crate::context::Callback;
use crate::translate::Shape;
use fvm_isa::FunctionId;
use std::fmt::Debug;

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Type {
    /// What a comparison gives.
    Bool,
    /// 8 bits: in memory only.
    I8,
    /// 16 bits: in memory only.
    I16,
    /// 32 bits.
    I32,
    /// 64 bits; an address too.
    I64,
    /// 128 bits, joined of two halves.
    I128,
    /// A rounded double.
    F32,
    /// A double.
    F64,
}

impl Type {
    /// Bytes in memory.
    pub fn bytes(self) -> u32 {
        match self {
            Type::Bool | Type::I8 => 1,
            Type::I16 => 2,
            Type::I32 | Type::F32 => 4,
            Type::I64 | Type::F64 => 8,
            Type::I128 => 16,
        }
    }
}

/// An operation on two values of one type; a distance of a shift may be narrower, and counts
/// modulo the width.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Binary {
    Add,
    Subtract,
    Multiply,
    /// The high half of the product without signs, of 64 bits.
    MultiplyHigh,
    /// Truncates. The divisor is not zero, and not -1.
    Divide,
    /// Has the sign of the dividend. The divisor is not zero; by -1 it is 0.
    Remainder,
    /// The divisor is not zero.
    DivideUnsigned,
    /// The divisor is not zero.
    RemainderUnsigned,
    And,
    Or,
    Xor,
    ShiftLeft,
    /// Copies the sign.
    ShiftRight,
    ShiftRightUnsigned,
    RotateRight,
    AddDoubles,
    SubtractDoubles,
    MultiplyDoubles,
    DivideDoubles,
}

/// An operation that may not fit into its 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Checked {
    Add,
    AddUnsigned,
    Subtract,
    SubtractUnsigned,
}

/// An operation on one value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Unary {
    Negate,
    SwapBytes,
    NegateDouble,
    SquareRoot,
}

/// How a value becomes one of another type.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Conversion {
    /// A wider integer, with zeros.
    ExtendUnsigned,
    /// A wider integer, with the sign.
    Extend,
    /// A narrower integer: the low bits.
    Reduce,
    /// The bits of a double as an integer, or the reverse.
    Reinterpret,
    /// The double next to a signed integer.
    IntegerToFloat,
    /// Truncates; what does not fit is the nearest integer that does, NaN is 0.
    FloatToInteger,
    /// The nearest of 32 bits.
    RoundFloat,
    /// The same number in 64 bits.
    WidenFloat,
}

/// A comparison of integers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Comparison {
    Equal,
    NotEqual,
    SignedLessThan,
    SignedLessThanOrEqual,
    SignedGreaterThan,
    SignedGreaterThanOrEqual,
    UnsignedLessThan,
    UnsignedLessThanOrEqual,
    UnsignedGreaterThan,
    UnsignedGreaterThanOrEqual,
}

impl Comparison {
    /// The comparison that holds where this one does not.
    pub fn complement(self) -> Comparison {
        use Comparison::{
            Equal, NotEqual, SignedGreaterThan, SignedGreaterThanOrEqual, SignedLessThan,
            SignedLessThanOrEqual, UnsignedGreaterThan, UnsignedGreaterThanOrEqual,
            UnsignedLessThan, UnsignedLessThanOrEqual,
        };
        match self {
            Equal => NotEqual,
            NotEqual => Equal,
            SignedLessThan => SignedGreaterThanOrEqual,
            SignedLessThanOrEqual => SignedGreaterThan,
            SignedGreaterThan => SignedLessThanOrEqual,
            SignedGreaterThanOrEqual => SignedLessThan,
            UnsignedLessThan => UnsignedGreaterThanOrEqual,
            UnsignedLessThanOrEqual => UnsignedGreaterThan,
            UnsignedGreaterThan => UnsignedLessThanOrEqual,
            UnsignedGreaterThanOrEqual => UnsignedLessThan,
        }
    }

    /// The comparison of the sides the other way around.
    pub fn swapped(self) -> Comparison {
        use Comparison::{
            Equal, NotEqual, SignedGreaterThan, SignedGreaterThanOrEqual, SignedLessThan,
            SignedLessThanOrEqual, UnsignedGreaterThan, UnsignedGreaterThanOrEqual,
            UnsignedLessThan, UnsignedLessThanOrEqual,
        };
        match self {
            Equal | NotEqual => self,
            SignedLessThan => SignedGreaterThan,
            SignedLessThanOrEqual => SignedGreaterThanOrEqual,
            SignedGreaterThan => SignedLessThan,
            SignedGreaterThanOrEqual => SignedLessThanOrEqual,
            UnsignedLessThan => UnsignedGreaterThan,
            UnsignedLessThanOrEqual => UnsignedGreaterThanOrEqual,
            UnsignedGreaterThan => UnsignedLessThan,
            UnsignedGreaterThanOrEqual => UnsignedLessThanOrEqual,
        }
    }
}

/// A comparison of doubles; NaN is not equal to anything, less than nothing, and unordered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum DoubleComparison {
    Equal,
    NotEqual,
    LessThan,
    LessThanOrEqual,
    Unordered,
}

/// Kinds of memory of which an access of one never meets an access of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Region {
    /// The context, and the window.
    Context,
    /// Headers of objects: written once.
    Header,
    /// Contents of objects.
    Content,
    /// Module-wide variables.
    Globals,
    /// Tables that nobody writes.
    Tables,
}

impl Region {
    /// All of them.
    pub const ALL: [Region; 5] =
        [Region::Context, Region::Header, Region::Content, Region::Globals, Region::Tables];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Region::Context => "context",
            Region::Header => "header",
            Region::Content => "content",
            Region::Globals => "globals",
            Region::Tables => "tables",
        }
    }
}

/// An access to memory; the address is one that may be accessed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Access {
    /// The kind of memory.
    pub region: Region,
    /// Whether the address is a multiple of the type's bytes.
    pub is_aligned: bool,
    /// Whether what stands there is the same wherever the address is known, so that it may be read
    /// earlier.
    pub is_unchanging: bool,
}

impl Access {
    /// To aligned memory that changes.
    pub fn to(region: Region) -> Access {
        Access { region, is_aligned: true, is_unchanging: false }
    }

    /// To what does not change.
    pub fn unchanging(self) -> Access {
        Access { is_unchanging: true, ..self }
    }

    /// To any address.
    pub fn unaligned(self) -> Access {
        Access { is_aligned: false, ..self }
    }
}

/// Writes one function.
pub trait Emitter {
    /// A value.
    type Value: Copy + PartialEq + Debug;
    /// A block.
    type Block: Copy + PartialEq + Debug;
    /// A destination of a branch.
    type Way: Copy + Debug;

    /// What the function is given beside the context: of a function of the module the frame
    /// counter, gas, and the parts of its parameters.
    fn params(&self) -> Vec<Self::Value>;

    /// Where the parts of the machine are.
    fn context(&mut self) -> Self::Value;

    /// Nothing comes behind.
    fn finish(self);

    // ── blocks ──

    /// A block, without parameters.
    fn create_block(&mut self) -> Self::Block;

    /// Says that a block is not expected to run.
    fn set_cold(&mut self, block: Self::Block);

    /// Goes on in a block.
    fn begin_block(&mut self, block: Self::Block);

    /// Another parameter of a block, which holds no instruction yet.
    fn param(&mut self, block: Self::Block, ty: Type) -> Self::Value;

    /// The parameters of a block.
    fn block_params(&self, block: Self::Block) -> Vec<Self::Value>;

    /// Another argument for the block at the end of a way, once that has the parameter.
    fn pass(&mut self, way: Self::Way, value: Self::Value);

    /// Goes to a block.
    fn jump(&mut self, block: Self::Block, args: &[Self::Value]) -> Self::Way;

    /// Goes to one of two blocks, whether an integer is not zero; arguments are passed later.
    fn branch(
        &mut self,
        condition: Self::Value,
        yes: Self::Block,
        no: Self::Block,
    ) -> [Self::Way; 2];

    /// Goes to the block of a case, or to the other one; they have no parameters.
    fn switch(&mut self, value: Self::Value, cases: &[(i32, Self::Block)], other: Self::Block);

    /// Ends the function with what it gives: gas, and the parts of its result.
    fn give(&mut self, values: &[Self::Value]);

    // ── values ──

    /// A number of an integer type, whose high bits are left out.
    fn number(&mut self, ty: Type, value: i64) -> Self::Value;

    /// A double with these bits.
    fn double(&mut self, bits: u64) -> Self::Value;

    /// The number that a value of an integer type is known to be, with its sign.
    fn known_number(&self, value: Self::Value) -> Option<i64>;

    /// See [`Binary`].
    fn binary(&mut self, operation: Binary, a: Self::Value, b: Self::Value) -> Self::Value;

    /// With a number of the same type; distances of shifts too.
    fn binary_number(&mut self, operation: Binary, a: Self::Value, b: i64) -> Self::Value;

    /// The result, and whether it did not fit.
    fn checked(
        &mut self,
        operation: Checked,
        a: Self::Value,
        b: Self::Value,
    ) -> (Self::Value, Self::Value);

    /// See [`Unary`].
    fn unary(&mut self, operation: Unary, a: Self::Value) -> Self::Value;

    /// See [`Conversion`].
    fn convert(&mut self, conversion: Conversion, ty: Type, a: Self::Value) -> Self::Value;

    /// See [`Comparison`].
    fn compare(&mut self, comparison: Comparison, a: Self::Value, b: Self::Value) -> Self::Value;

    /// With a number of the same type.
    fn compare_number(&mut self, comparison: Comparison, a: Self::Value, b: i64) -> Self::Value;

    /// See [`DoubleComparison`].
    fn compare_doubles(
        &mut self,
        comparison: DoubleComparison,
        a: Self::Value,
        b: Self::Value,
    ) -> Self::Value;

    /// The first value if the condition holds, else the second.
    fn select(&mut self, condition: Self::Value, yes: Self::Value, no: Self::Value) -> Self::Value;

    /// 128 bits of two halves.
    fn join(&mut self, low: Self::Value, high: Self::Value) -> Self::Value;

    /// The halves of 128 bits.
    fn split(&mut self, value: Self::Value) -> (Self::Value, Self::Value);

    // ── memory ──

    /// What stands so many bytes behind an address.
    fn load(&mut self, ty: Type, access: Access, address: Self::Value, at: i32) -> Self::Value;

    /// Puts a value there.
    fn store(&mut self, access: Access, value: Self::Value, address: Self::Value, at: i32);

    // ── calls ──

    /// Calls a function of the module: gives gas, and the parts of the result.
    fn call(
        &mut self,
        function: FunctionId,
        shape: &Shape,
        args: &[Self::Value],
    ) -> Vec<Self::Value>;

    /// Calls the function of the module at an address.
    fn call_entry(
        &mut self,
        entry: Self::Value,
        shape: &Shape,
        args: &[Self::Value],
    ) -> Vec<Self::Value>;

    /// Calls a function of the module in the place of this one.
    fn tail_call(&mut self, function: FunctionId, shape: &Shape, args: &[Self::Value]);

    /// Calls a function of the engine at an address, which the context and then these arguments are
    /// given to.
    fn call_back(
        &mut self,
        callback: Callback,
        context: Self::Value,
        address: Self::Value,
        args: &[Self::Value],
    ) -> Option<Self::Value>;
}

/// Writes functions, one after the other.
pub trait Generator {
    /// Who writes one.
    type Emitter<'g>: Emitter
    where
        Self: 'g;

    /// Begins a function of the module, also if it was begun before: then anew.
    fn function(&mut self, id: FunctionId, shape: &Shape) -> Self::Emitter<'_>;

    /// Begins the thunk of a shape: through it functions of that shape are called. It is given the
    /// frame counter and the address of the function, and gives nothing.
    fn thunk(&mut self, shape: &Shape) -> Self::Emitter<'_>;
}
