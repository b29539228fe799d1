//! Instructions on the wire: the opcode; registers, packed; then everything else in the order of
//! the table, numbers of things and small numbers with seven bits a byte, large ones as their
//! length and as many bytes.

use super::decode::Result;
use super::{DecodeError, Reader, Writer};
use crate::ids::{
    BlockId, BoxId, ClassId, ConstantId, FieldId, FunctionId, GlobalId, HostId, Reg, SelectorId,
    StorageId,
};
use crate::inst::{Inst, Mismatch, Operand, Switch};
use crate::limits;
use crate::opcode::{Kind, Opcode, OperandInfo};
use crate::trap::TrapCode;

/// Bits of a register in a function that has so many. Fewer than four would gain next to nothing.
pub(super) fn register_bits(registers: u16) -> u32 {
    (u16::BITS - registers.saturating_sub(1).leading_zeros()).clamp(4, 8)
}

/// What can be wrong inside of an instruction.
enum InstError {
    Decode(DecodeError),
    /// Cannot happen, because [`operand`] gives what the table asks for.
    Mismatch,
}

impl From<DecodeError> for InstError {
    fn from(error: DecodeError) -> InstError {
        InstError::Decode(error)
    }
}

impl From<Mismatch> for InstError {
    fn from(_: Mismatch) -> InstError {
        InstError::Mismatch
    }
}

/// Reads an instruction of a function whose registers take so many bits.
pub(super) fn read(input: &mut Reader<'_>, bits: u32) -> Result<Inst> {
    let byte = input.u8()?;
    let opcode = Opcode::from_byte(byte)
        .ok_or_else(|| input.error(format!("there is no opcode 0x{byte:02x}")))?;
    let mut registers = input.packed(opcode.registers(), bits)?;
    let inst = Inst::build::<InstError>(opcode, |info| {
        if info.is_register() {
            let register = registers & ((1 << bits) - 1);
            registers >>= bits;
            return Ok(Operand::Reg(Reg(register as u8)));
        }
        Ok(operand(input, info)?)
    });
    inst.map_err(|error| match error {
        InstError::Decode(error) => error,
        InstError::Mismatch => input.error("an operand does not fit the table"),
    })
}

fn operand(input: &mut Reader<'_>, info: &OperandInfo) -> Result<Operand> {
    Ok(match info.kind {
        Kind::i8 => Operand::I8(input.u8()? as i8),
        Kind::boxed => Operand::Box(BoxId(input.u8()?)),
        Kind::i16 => {
            let value = input.signed()?;
            let small = i16::try_from(value).map_err(|_| input.error("a number is too large"))?;
            Operand::I16(small)
        }
        Kind::u16 => Operand::U16(input.number16()?),
        Kind::i32 => Operand::I32(input.signed()?),
        Kind::i64 => Operand::I64(input.wide_signed(8)? as i64),
        Kind::f64 => Operand::F64((input.wide(8)? as u64).swap_bytes()),
        Kind::u128 => Operand::U128(input.wide(16)?),
        Kind::i128 => Operand::I128(input.wide_signed(16)?),
        Kind::class | Kind::array => Operand::Class(ClassId(input.number16()?)),
        Kind::field => {
            let class = ClassId(input.number16()?);
            Operand::Field(FieldId { class, slot: input.number16()? })
        }
        Kind::function => Operand::Function(FunctionId(input.number16()?)),
        Kind::selector => Operand::Selector(SelectorId(input.number16()?)),
        Kind::global => Operand::Global(GlobalId(input.number16()?)),
        Kind::storage => Operand::Storage(StorageId(input.number16()?)),
        Kind::host => Operand::Host(HostId(input.number16()?)),
        Kind::constant => Operand::Constant(ConstantId(input.number16()?)),
        Kind::block => Operand::Block(BlockId(input.number16()?)),
        Kind::trap => Operand::Trap(TrapCode(input.number16()?)),
        Kind::cases => Operand::Cases(Box::new(switch(input)?)),
        other => return Err(input.error(format!("{other:?} is no operand on the wire"))),
    })
}

fn switch(input: &mut Reader<'_>) -> Result<Switch> {
    let count = input.count("arms of a switch", limits::SWITCH_ARMS_MAX, 2)?;
    let default = BlockId(input.number16()?);
    let mut cases: Vec<(i32, BlockId)> = Vec::with_capacity(count);
    for _ in 0..count {
        let value = input.signed()?;
        if cases.last().is_some_and(|last| last.0 >= value) {
            return Err(input.error("the cases of a switch must ascend"));
        }
        cases.push((value, BlockId(input.number16()?)));
    }
    Ok(Switch { default, cases })
}

/// Writes an instruction of a function whose registers take so many bits.
pub(super) fn write(out: &mut Writer, inst: &Inst, bits: u32) {
    out.u8(inst.opcode().byte());
    let (mut registers, mut width): (u64, u32) = (0, 0);
    inst.for_each_register(|_, _, reg| {
        registers |= (u64::from(reg.0) & ((1 << bits) - 1)) << width;
        width += bits;
    });
    out.bytes.extend_from_slice(&registers.to_le_bytes()[..width.div_ceil(8) as usize]);
    inst.for_each_operand(|_, operand| match operand {
        Operand::Reg(_) => {}
        Operand::I8(value) => out.u8(value as u8),
        Operand::Box(class) => out.u8(class.0),
        Operand::I16(value) => out.signed(value.into()),
        Operand::U16(value) => out.number(value.into()),
        Operand::Class(id) => out.number(id.0.into()),
        Operand::Function(id) => out.number(id.0.into()),
        Operand::Selector(id) => out.number(id.0.into()),
        Operand::Global(id) => out.number(id.0.into()),
        Operand::Storage(id) => out.number(id.0.into()),
        Operand::Host(id) => out.number(id.0.into()),
        Operand::Constant(id) => out.number(id.0.into()),
        Operand::Block(id) => out.number(id.0.into()),
        Operand::Trap(code) => out.number(code.0.into()),
        Operand::Field(field) => {
            out.number(field.class.0.into());
            out.number(field.slot.into());
        }
        Operand::I32(value) => out.signed(value),
        Operand::I64(value) => out.wide_signed(value.into()),
        Operand::F64(bits) => out.wide(bits.swap_bytes().into()),
        Operand::U128(value) => out.wide(value),
        Operand::I128(value) => out.wide_signed(value),
        Operand::Cases(switch) => {
            out.count(switch.cases.len());
            out.number(switch.default.0.into());
            for (value, block) in &switch.cases {
                out.signed(*value);
                out.number(block.0.into());
            }
        }
    });
}
