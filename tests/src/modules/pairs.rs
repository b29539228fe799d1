//! Two instructions side by side, of which the second reads what the first makes: engines join such
//! neighbours, and keep what is between them in other places.

use super::body::Body;
use super::values::plain;
use fvm_isa::{Inst, Kind, Mismatch, Opcode, Operand, Reg, Role, ValueType};

/// Instructions that engines join with their neighbours, and some that they do not.
const NEIGHBOURS: [Opcode; 24] = [
    Opcode::I32Add,
    Opcode::I32Sub,
    Opcode::I32Mul,
    Opcode::I32And,
    Opcode::I32Xor,
    Opcode::I32Ne,
    Opcode::I32Rotr,
    Opcode::I32AddImm,
    Opcode::I32UshrImm,
    Opcode::I64Add,
    Opcode::I64Mul,
    Opcode::I64Xor,
    Opcode::I64AddImm,
    Opcode::I64ShlImm,
    Opcode::I64UshrImm,
    Opcode::I32ToI64,
    Opcode::I64ToI32,
    Opcode::ConstI16,
    Opcode::ConstI64,
    Opcode::ArrayGetInt,
    Opcode::ArrayGetLong,
    Opcode::ArrayGetBoolean,
    Opcode::ArraySetInt,
    Opcode::F64Add,
];

/// An instruction that has all but its registers.
struct Half {
    opcode: Opcode,
    names: Vec<Operand>,
    args: Vec<Reg>,
    types: Vec<ValueType>,
}

impl Body<'_, '_> {
    /// Two neighbours.
    pub fn pair(&mut self) {
        let mut taken = Vec::new();
        let Some(first) = self.half(&mut taken) else { return };
        let Some(mut second) = self.half(&mut taken) else { return };
        let made = self.free(&taken);
        if let Some(ty) = made_type(first.opcode) {
            let fitting: Vec<usize> =
                (0..second.args.len()).filter(|at| second.types[*at] == ty).collect();
            if let Some(at) = self.choices.pick(&fitting) {
                second.args[at] = made;
            }
            if self.choices.one_in(6) {
                second.args.iter_mut().zip(&second.types).for_each(|(arg, found)| {
                    if *found == ty {
                        *arg = made;
                    }
                });
            }
        }
        self.put_half(first, made);
        let last = match self.choices.below(3) {
            0 => made,
            _ => self.free(&[]),
        };
        self.put_half(second, last);
    }

    /// An instruction with its operands in registers.
    fn half(&mut self, taken: &mut Vec<Reg>) -> Option<Half> {
        let opcode = self.choices.pick(&NEIGHBOURS)?;
        let mut half = Half { opcode, names: Vec::new(), args: Vec::new(), types: Vec::new() };
        for operand in opcode.info().operands {
            match (operand.role, operand.kind) {
                (Role::arg, kind) => {
                    let ty = plain(kind)?;
                    let is_place = operand.name == "index";
                    let reg = if is_place { self.small(taken) } else { self.value(ty, taken) };
                    half.args.push(reg);
                    half.types.push(ty);
                }
                (Role::imm, kind) => half.names.push(self.immediate(kind)),
                _ => {}
            }
        }
        Some(half)
    }

    fn put_half(&mut self, half: Half, dst: Reg) {
        let (mut args, mut names) = (half.args.into_iter(), half.names.into_iter());
        let built = Inst::build(half.opcode, |info| {
            let operand = match info.role {
                Role::def => Some(Operand::Reg(dst)),
                Role::arg => args.next().map(Operand::Reg),
                _ => names.next(),
            };
            operand.ok_or(Mismatch)
        });
        if let Ok(inst) = built {
            self.put(inst);
            if let Some(ty) = made_type(half.opcode) {
                self.types[dst.index()] = Some(ty);
            }
        }
    }
}

/// The type of what an instruction makes.
fn made_type(opcode: Opcode) -> Option<ValueType> {
    let operands = opcode.info().operands.iter();
    let kinds: Vec<Kind> = operands.filter(|o| o.role == Role::def).map(|o| o.kind).collect();
    kinds.first().and_then(|kind| plain(*kind))
}
