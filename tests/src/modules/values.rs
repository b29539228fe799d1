//! Values that instructions need: found in registers, or made.

use super::body::Body;
use fvm_isa::{
    BoxId, ClassId, Constant, ConstantId, Inst, Kind, Reg, ValueType, builtin, element_type,
    unboxed_type,
};

impl Body<'_, '_> {
    /// A register that holds a value of a type, and is not among those that are taken.
    pub fn value(&mut self, ty: ValueType, taken: &mut Vec<Reg>) -> Reg {
        let fitting: Vec<Reg> = (0..self.types.len() as u8)
            .map(Reg)
            .filter(|reg| self.types[reg.index()].is_some_and(|found| self.fits(found, ty)))
            .collect();
        let found = match self.choices.below(5) {
            4 => None,
            _ => self.choices.pick(&fitting),
        };
        let reg = found.unwrap_or_else(|| {
            let reg = self.free(taken);
            self.make(ty, reg);
            reg
        });
        taken.push(reg);
        reg
    }

    /// A small number, which is often an index or a length of something.
    pub fn small(&mut self, taken: &mut Vec<Reg>) -> Reg {
        let dst = self.free(taken);
        let value = [0, 1, 2, 3, 0, 1, 8, -1][self.choices.below(8)];
        self.put(Inst::ConstI16 { dst, value });
        self.types[dst.index()] = Some(ValueType::I32);
        taken.push(dst);
        dst
    }

    /// A register that is not taken.
    pub fn free(&mut self, taken: &[Reg]) -> Reg {
        let all: Vec<Reg> =
            (0..self.types.len() as u8).map(Reg).filter(|reg| !taken.contains(reg)).collect();
        self.choices.pick(&all).unwrap_or(Reg(self.types.len() as u8 - 1))
    }

    /// Puts a value of a type into a register.
    pub fn make(&mut self, ty: ValueType, dst: Reg) {
        match ty {
            ValueType::I32 => {
                let value = self.choices.bits() as i32;
                match i16::try_from(value) {
                    Ok(value) => self.put(Inst::ConstI16 { dst, value }),
                    Err(_) => self.put(Inst::ConstI32 { dst, value }),
                }
            }
            ValueType::I64 => {
                let value = self.choices.bits() as i64;
                self.put(Inst::ConstI64 { dst, value });
            }
            ValueType::F64 => {
                let value = f64::from_bits(self.choices.bits());
                let bits = if value.is_nan() { 0x7ff8_0000_0000_0000 } else { value.to_bits() };
                self.put(Inst::ConstF64 { dst, bits });
            }
            ValueType::U128 => {
                let value = self.wide();
                self.put(Inst::ConstU128 { dst, value: Box::new(value) });
            }
            ValueType::I128 => {
                let value = self.wide() as i128;
                self.put(Inst::ConstI128 { dst, value: Box::new(value) });
            }
            ValueType::Any => self.make_any(dst),
            ValueType::Ref(class) => self.make_reference(class, dst),
        }
        self.types[dst.index()] = Some(ty);
    }

    fn wide(&mut self) -> u128 {
        let low = u128::from(self.choices.bits());
        match self.choices.below(4) {
            0 => low,
            1 => low << 64,
            2 => u128::MAX - low,
            _ => u128::from(self.choices.bits()) << 64 | low,
        }
    }

    fn make_any(&mut self, dst: Reg) {
        match self.choices.below(8) {
            0 => self.put(Inst::ConstUnit { dst }),
            1 => self.put(Inst::ConstNull { dst }),
            2 => self.make_reference(builtin::STRING, dst),
            3 => self.make_reference(builtin::OBJECT, dst),
            _ => {
                let class = self.boxed();
                self.make(unboxed_type(class).unwrap_or(ValueType::I32), dst);
                self.put(Inst::Box { dst, a: dst, class: BoxId(class.0 as u8) });
            }
        }
    }

    /// A class of boxes.
    pub fn boxed(&mut self) -> ClassId {
        let boxes: Vec<ClassId> = (0..builtin::STRING.0)
            .map(ClassId)
            .filter(|class| unboxed_type(*class).is_some())
            .collect();
        self.choices.pick(&boxes).unwrap_or(builtin::INT)
    }

    fn make_reference(&mut self, class: ClassId, dst: Reg) {
        if self.choices.one_in(10) {
            return self.put(Inst::ConstNull { dst });
        }
        match class {
            builtin::STRING | builtin::BYTES => {
                let constant = self.constant(class == builtin::STRING);
                self.put(match class {
                    builtin::STRING => Inst::ConstString { dst, constant },
                    _ => Inst::ConstBytes { dst, constant },
                });
            }
            _ if element_type(class).is_some() => {
                let value = self.choices.below(9) as i16;
                self.put(Inst::ConstI16 { dst, value });
                self.put(Inst::ArrayNew { dst, length: dst, class });
            }
            _ => {
                let instances = self.tables.instances(class);
                match self.choices.pick(&instances) {
                    Some(class) => self.put(Inst::New { dst, class }),
                    None => self.put(Inst::ConstNull { dst }),
                }
            }
        }
    }

    /// A constant of a kind.
    pub fn constant(&mut self, is_string: bool) -> ConstantId {
        let all = self.tables.module.constants.iter().enumerate();
        let fitting: Vec<ConstantId> = all
            .filter(|(_, constant)| matches!(constant, Constant::String(_)) == is_string)
            .map(|(at, _)| ConstantId(at as u16))
            .collect();
        self.choices.pick(&fitting).unwrap_or_default()
    }
}

/// The type of a kind of register that nothing else decides.
pub fn plain(kind: Kind) -> Option<ValueType> {
    let class = match kind {
        Kind::bool | Kind::i32 => return Some(ValueType::I32),
        Kind::i64 => return Some(ValueType::I64),
        Kind::f64 => return Some(ValueType::F64),
        Kind::u128 => return Some(ValueType::U128),
        Kind::i128 => return Some(ValueType::I128),
        Kind::any => return Some(ValueType::Any),
        Kind::object => builtin::OBJECT,
        Kind::string => builtin::STRING,
        Kind::bytes => builtin::BYTES,
        Kind::a_any => builtin::ARRAY_ANY,
        Kind::a_bool => builtin::ARRAY_BOOLEAN,
        Kind::a_byte => builtin::ARRAY_BYTE,
        Kind::a_short => builtin::ARRAY_SHORT,
        Kind::a_char => builtin::ARRAY_CHAR,
        Kind::a_int => builtin::ARRAY_INT,
        Kind::a_long => builtin::ARRAY_LONG,
        Kind::a_double => builtin::ARRAY_DOUBLE,
        Kind::null => builtin::NULL,
        _ => return None,
    };
    Some(ValueType::Ref(class))
}
