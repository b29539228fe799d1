//! Which registers are read later: a result that only the next instruction reads, from the
//! accumulator, is not stored.

use fvm_isa::{Block, HostInfo, Inst, Module, Reg, Role};

/// A set of registers.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) struct Registers([u64; 4]);

impl Registers {
    /// The registers that are live at the start of a block.
    pub fn live_in(block: &Block) -> Registers {
        let mut registers = Registers::default();
        block.live_in.iter().for_each(|(register, _)| registers.insert(*register));
        registers
    }

    /// Whether a register is in it.
    pub fn contains(&self, register: Reg) -> bool {
        let at = register.index();
        self.0[at / 64] >> (at % 64) & 1 != 0
    }

    fn insert(&mut self, register: Reg) {
        let at = register.index();
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn remove(&mut self, register: Reg) {
        let at = register.index();
        self.0[at / 64] &= !(1 << (at % 64));
    }

    /// Adds another set.
    pub fn extend(&mut self, other: &Registers) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }

    /// Removes registers from a window's base on, and adds its arguments.
    fn call(&mut self, base: Reg, arguments: usize) {
        let (at, bit) = (base.index() / 64, base.index() % 64);
        self.0[at] &= (1 << bit) - 1;
        self.0[at + 1..].fill(0);
        for register in base.index()..(base.index() + arguments).min(256) {
            self.insert(Reg(register as u8));
        }
    }

    /// From what is live after an instruction to what is live before it.
    pub fn before(&mut self, inst: &Inst, module: &Module) {
        inst.for_each_register(|role, _, register| {
            if role == Role::def {
                self.remove(register);
            }
        });
        inst.for_each_register(|role, _, register| {
            if role == Role::arg {
                self.insert(register);
            }
        });
        let functions = &module.functions;
        let (base, arguments) = match inst {
            Inst::Call { base, function }
            | Inst::CallTry { base, function }
            | Inst::Tailcall { base, function } => {
                (*base, functions.get(function.index()).map_or(0, |callee| callee.params.len()))
            }
            Inst::CallVirtual { base, selector } => {
                let selector = module.selectors.get(selector.index());
                (*base, selector.map_or(0, |selector| selector.params.len()))
            }
            Inst::CallHost { base, host } => {
                (*base, HostInfo::by_number(*host).map_or(0, |info| info.operands.len()))
            }
            _ => return,
        };
        self.call(base, arguments);
    }
}

/// The register that an instruction which is no call sets.
pub(super) fn result(inst: &Inst) -> Option<Reg> {
    let mut found = None;
    inst.for_each_register(|role, _, register| {
        if role == Role::def {
            found = Some(register);
        }
    });
    found
}
