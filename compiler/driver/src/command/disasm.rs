//! `fscc disasm`: a compiled module as assembly, with what blocks and instructions cost, and with
//! source lines where the debug information lies beside it.

use super::print;
use crate::args::DisasmArguments;
use crate::status::Status;
use fvm_isa::DebugInfo;
use fvm_vm::Schedule;
use std::fs;

pub(super) fn run(arguments: &DisasmArguments) -> Status {
    let path = &arguments.file;
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("fscc: cannot read `{}`: {error}", path.display());
            return Status::Environment;
        }
    };
    let module = match fvm_isa::wire::decode(&bytes) {
        Ok(module) => module,
        Err(error) => {
            eprintln!("fscc: `{}` is not a module: {error}", path.display());
            return Status::Findings;
        }
    };
    // Debug information of another module would tell lies: it must name this one.
    let debug = fs::read(path.with_extension("debug"))
        .ok()
        .and_then(|bytes| DebugInfo::decode(&bytes).ok())
        .filter(|debug| debug.code_hash == module.code_hash());
    let schedule = Schedule::standard();
    let price = |opcode| schedule.price(opcode);
    print(&fvm_isa::text::print_priced(&module, debug.as_ref(), &price));
    Status::Success
}
