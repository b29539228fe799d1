//! Which registers hold wide values: those that are read and written as 16 bytes, because reading
//! 16 bytes of which 8 were just written makes the processor wait.

use fvm_isa::{HostInfo, Inst, Kind, Reg, Role, ValueType, unboxed_type};
use fvm_vm::VerifiedModule;

/// A bit for each register.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Widths([u64; 4]);

/// Whether values of a type take 16 bytes.
pub(crate) fn is_wide(ty: ValueType) -> bool {
    match ty {
        ValueType::I32 | ValueType::I64 | ValueType::F64 => false,
        ValueType::U128 | ValueType::I128 | ValueType::Any | ValueType::Ref(_) => true,
    }
}

impl Widths {
    /// At the start of a block.
    pub fn enter(&mut self, live: &[(Reg, ValueType)]) {
        for (register, ty) in live {
            self.set(*register, is_wide(*ty));
        }
    }

    /// Whether a register that is set holds a wide value.
    pub fn is_wide(&self, register: Reg) -> bool {
        let at = register.index();
        self.0[at / 64] >> (at % 64) & 1 != 0
    }

    fn set(&mut self, register: Reg, is_wide: bool) {
        let at = register.index();
        let bit = 1 << (at % 64);
        match is_wide {
            true => self.0[at / 64] |= bit,
            false => self.0[at / 64] &= !bit,
        }
    }

    /// After an instruction.
    pub fn after(&mut self, inst: &Inst, module: &VerifiedModule) {
        let parts = module.module();
        let (register, ty) = match inst {
            Inst::Move { dst, a } => return self.set(*dst, self.is_wide(*a)),
            Inst::Unbox { dst, class, .. } => (*dst, unboxed_type(class.class())),
            Inst::FieldGet { dst, field, .. } => (*dst, parts.field(*field).map(|field| field.ty)),
            Inst::GlobalGet { dst, global } => {
                (*dst, parts.globals.get(global.index()).map(|global| global.ty))
            }
            Inst::Call { base, function } => {
                (*base, parts.functions.get(function.index()).and_then(|callee| callee.result))
            }
            Inst::CallVirtual { base, selector } => {
                (*base, parts.selectors.get(selector.index()).and_then(|selector| selector.result))
            }
            Inst::CallHost { base, host } => {
                let result = HostInfo::by_number(*host).and_then(|info| info.result);
                return self.set(*base, result.is_some_and(is_wide_kind));
            }
            Inst::CallTry { base, .. } => (*base, Some(ValueType::Any)),
            _ => {
                // There may be two; what a kind does not tell is moved whole, which is never wrong.
                inst.for_each_register(|role, kind, register| {
                    if role == Role::def {
                        self.set(register, is_wide_kind(kind));
                    }
                });
                return;
            }
        };
        self.set(register, ty.is_some_and(is_wide));
    }
}

/// Whether values of a kind of registers take 16 bytes, where nothing else has to be known.
fn is_wide_kind(kind: Kind) -> bool {
    !matches!(kind, Kind::bool | Kind::i32 | Kind::i64 | Kind::f64)
}
