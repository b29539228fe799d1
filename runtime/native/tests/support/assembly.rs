// Included in the tests of each engine of machine code, with the engine as `engine`.

mod equality {
    include!("../../../vm/tests/support/equality.rs");
}

use crate::engine::Program;
use fvm_vm::VerifiedModule;
use fvm_vm::engine::Engine;
use std::cell::Cell;

fn main() {
    equality::main_with(programs);
}

/// All functions compiled; and each second one left to the reference engine, so that the engines
/// call each other.
fn programs(module: &VerifiedModule) -> Result<Vec<Box<dyn Engine>>, String> {
    let all = Program::compile(module).map_err(|refusal| refusal.to_string())?;
    if !all.report().refused.is_empty() {
        return Err(format!("refused: {:?}", all.report().refused));
    }
    let mut programs: Vec<Box<dyn Engine>> = vec![Box::new(all)];
    for rest in 0..2 {
        let count = Cell::new(0);
        let is_late = || {
            count.set(count.get() + 1);
            count.get() % 2 == rest
        };
        let some =
            Program::compile_until(module, &is_late).map_err(|refusal| refusal.to_string())?;
        programs.push(Box::new(some));
    }
    Ok(programs)
}
