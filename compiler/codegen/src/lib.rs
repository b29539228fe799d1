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
mod place;
pub mod print;
pub mod select;
pub mod spill;

use emit::{Emission, Ready};
use fold::Folding;
use fscc_base::{Crew, Idx, IndexVec, SourceMap, share_items, share_map};
use fscc_ir::func::Func;
use fscc_ir::module::{FuncId, Module};
use liveness::Liveness;

/// A module and its debug information.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The module.
    pub module: fvm_isa::Module,
    /// Its bytes.
    pub bytes: Vec<u8>,
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
pub fn prepare(module: &mut Module, crew: &dyn Crew) {
    share_items(crew, module.funcs.as_mut_slice(), |_, func| func.compact());
    spill::run(module, crew);
}

/// Folds, allocates and checks every function of a prepared module.
pub fn allocate(module: &Module) -> Result<IndexVec<FuncId, Ready<'_>>, LimitExceeded> {
    limits::check_parameters(module)?;
    module.funcs.iter().map(allocate_func).collect()
}

fn allocate_func(func: &Func) -> Result<Ready<'_>, LimitExceeded> {
    let depths = liveness::loop_depths(func);
    let folding = Folding::of(func, &depths);
    let liveness = Liveness::of(func, &folding);
    let allocated = alloc::allocate(func, &folding, &liveness)
        .map_err(|_| LimitExceeded { limit: "REGISTERS_MAX", function: Some(func.name.clone()) })?;
    if cfg!(debug_assertions)
        && let Err(violation) = check::check(func, &folding, &allocated)
    {
        panic!("allocation of {}: {violation}", func.name);
    }
    Ok(Ready { func, folding, allocated })
}

/// Compiles a prepared module to bytecode. The crew shares the functions: what is known of one is
/// dropped before the next.
pub fn generate(
    module: &Module,
    abi: Vec<u8>,
    sources: &SourceMap,
    crew: &dyn Crew,
) -> Result<Generated, LimitExceeded> {
    limits::check_parameters(module)?;
    let emission = Emission::new(module, sources, crew)?;
    let emitted = share_map(crew, module.funcs.len(), |number| {
        emission.function(&allocate_func(&module.funcs[FuncId::new(number)])?)
    });
    // Of several functions that are too large the first is named.
    let emitted = emitted.into_iter().collect::<Result<_, LimitExceeded>>()?;
    let generated = emission.finish(emitted, abi);
    limits::check(module, &generated.module, &generated.bytes)?;
    Ok(generated)
}
