//! `fscc check`: all findings of a unit, and nothing else.

use super::{Console, print};
use crate::args::CheckArguments;
use crate::status::Status;
use fscc_sema::effects;

pub(super) fn run(arguments: &CheckArguments, console: &Console) -> Status {
    let checked = match console.check(&arguments.paths) {
        Ok(checked) => checked,
        Err(status) => return status,
    };
    if arguments.effects {
        print(&effects::print(&checked.program, &checked.effects));
    }
    checked.status()
}
