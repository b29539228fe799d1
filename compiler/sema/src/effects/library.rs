//! What a library exports has no effects.

use super::check::Checker;
use super::{EffectTable, Row};
use crate::typed::Program;
use fscc_base::{Diagnostic, codes};

/// Checks what a library exports; nothing for units of other kinds.
pub fn check_exports(program: &Program, table: &EffectTable) -> Vec<Diagnostic> {
    let mut checker = Checker::new(program, table);
    for method in &program.exported {
        let row = table.row(*method);
        let Some(first) = row.minus(Row::PURE).iter().next() else { continue };
        let name = program.symbols.methods[*method].name;
        let message = format!("`{name}` of a library {}", first.phrase());
        let found = checker.with_ways(codes::LIBRARY_WITH_EFFECT, *method, message, row);
        let found = found
            .note("a library only computes")
            .help("take what it needs as a parameter, and give back what is to be done");
        checker.found.push(found);
    }
    checker.found
}
