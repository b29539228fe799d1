//! The text of an allocation, for `--emit alloc` and snapshots.

use crate::alloc::{End, Source, Step};
use crate::emit::Ready;
use fscc_base::IndexVec;
use fscc_ir::module::FuncId;
use std::fmt::Write as _;

/// Prints where every value lives, block by block.
pub fn print(functions: &IndexVec<FuncId, Ready<'_>>) -> String {
    let mut out = String::new();
    for (id, ready) in functions.iter_enumerated() {
        function(id, ready, &mut out);
    }
    out
}

fn function(id: FuncId, ready: &Ready<'_>, out: &mut String) {
    let Ready { func, allocated, .. } = ready;
    let _ = writeln!(out, "{id} {} registers {}", func.name, allocated.frame);
    for (number, block) in allocated.blocks.iter().enumerate() {
        let source = match block.source {
            Source::Block(source) => source.to_string(),
            Source::Edge(source, target) => format!("edge {target} of {source}"),
        };
        let _ = write!(out, "  b{number} ({source})");
        for (register, value) in &block.live_in {
            let _ = write!(out, " r{register}={value}");
        }
        out.push('\n');
        let (Source::Block(from) | Source::Edge(from, _)) = block.source;
        for step in &block.steps {
            match step {
                Step::Load { to, constant } => {
                    let _ = writeln!(out, "    r{to} := {constant}");
                }
                Step::Move(m) => {
                    let _ = writeln!(out, "    r{} := r{}", m.to, m.from);
                }
                Step::Inst { at, uses, def, second, window } => {
                    let inst = &func.blocks[from].insts[*at];
                    out.push_str("    ");
                    match (def, second) {
                        (Some(def), Some(second)) => {
                            let _ = write!(out, "r{def} r{second} := ");
                        }
                        (Some(def), None) => {
                            let _ = write!(out, "r{def} := ");
                        }
                        _ => {}
                    }
                    out.push_str(inst.op.info().name);
                    if let Some(window) = window {
                        let _ = write!(out, " [r{window}]");
                    }
                    for register in uses {
                        let _ = write!(out, " r{register}");
                    }
                    out.push('\n');
                }
            }
        }
        match &block.end {
            End::Jump(target) => {
                let _ = writeln!(out, "    jump b{target}");
            }
            End::Terminator { uses, targets, .. } => {
                let _ = write!(out, "    {}", func.blocks[from].term.op.info().name);
                for register in uses {
                    let _ = write!(out, " r{register}");
                }
                for target in targets {
                    let _ = write!(out, " b{target}");
                }
                out.push('\n');
            }
        }
    }
}
