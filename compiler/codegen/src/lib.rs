//! SSA to bytecode: which values do not fit into registers ([`spill`]), which are folded into
//! their users ([`fold`]), where every value lives ([`liveness`], [`alloc`], [`moves`], checked by
//! [`check`]), and the instructions that result
//! ([`emit`]).
//!
//! **Invariant:** knows nothing of the language. Cannot fail on a valid module but for declared
//! limits.

pub mod alloc;
pub mod check;
pub mod emit;
pub mod fold;
mod limits;
pub mod liveness;
pub mod moves;
mod opcodes;
pub mod print;
pub mod select;
pub mod spill;

use emit::Ready;
use fold::Folding;
use fscc_base::{IndexVec, SourceMap};
use fscc_ir::module::{FuncId, Module};
use liveness::Liveness;

/// A module and its debug information.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The module.
    pub module: fvm_isa::Module,
    /// Names and positions, keyed by the module's hash.
    pub debug: fvm_isa::DebugInfo,
}

/// The program is larger than the machine's format allows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LimitExceeded {
    /// The name of the limit, see `fvm_isa::limits`.
    pub limit: &'static str,
    /// The function, if it is one that is too large.
    pub function: Option<String>,
}

/// Renumbers the functions of a module so that they can be allocated: blocks in reverse
/// postorder, nothing unreachable (see [`fscc_ir::func::Func::compact`]), and no more values live
/// at once than a frame has registers (see [`spill`]).
pub fn prepare(module: &mut Module) {
    for func in module.funcs.iter_mut() {
        func.compact();
    }
    spill::run(module);
}

/// Folds, allocates and checks every function of a prepared module.
pub fn allocate(module: &Module) -> Result<IndexVec<FuncId, Ready<'_>>, LimitExceeded> {
    limits::check_parameters(module)?;
    let mut ready = IndexVec::new();
    for func in &module.funcs {
        let depths = liveness::loop_depths(func);
        let folding = Folding::of(func, &depths);
        let liveness = Liveness::of(func, &folding);
        let allocated = alloc::allocate(func, &folding, &liveness).map_err(|_| LimitExceeded {
            limit: "REGISTERS_MAX",
            function: Some(func.name.clone()),
        })?;
        if cfg!(debug_assertions)
            && let Err(violation) = check::check(func, &folding, &allocated)
        {
            panic!("allocation of {}: {violation}", func.name);
        }
        let _: FuncId = ready.push(Ready { func, folding, allocated });
    }
    Ok(ready)
}

/// Compiles a prepared module to bytecode.
pub fn generate(
    module: &Module,
    abi: Vec<u8>,
    sources: &SourceMap,
) -> Result<Generated, LimitExceeded> {
    let ready = allocate(module)?;
    let generated = emit::emit(module, &ready, abi, sources)?;
    limits::check(module, &generated.module)?;
    Ok(generated)
}
