//! Flow graphs in the language of Graphviz: a cluster for each function, a box for each block.

use super::print::write_block;
use crate::func::{Block, Func, Imm, Terminator};
use crate::module::Module;
use crate::ops::Op;
use std::fmt::{self, Write};

/// The flow graphs of all functions of a module.
pub fn dot(module: &Module) -> String {
    let mut out = String::new();
    write_module(&mut out, module).expect("a String takes all text");
    out
}

fn write_module(out: &mut String, module: &Module) -> fmt::Result {
    writeln!(out, "digraph {} {{", quoted(&module.name))?;
    out.push_str("  node [shape=box, fontname=monospace];\n");
    for (id, func) in module.funcs.iter_enumerated() {
        writeln!(out, "  subgraph cluster_{id} {{")?;
        writeln!(out, "    label={};", quoted(&format!("{id} {}", func.name)))?;
        for block in func.blocks.indices() {
            let label = block_label(func, block)?;
            writeln!(out, "    {id}_{block} [label=\"{label}\"];")?;
        }
        for (block, data) in func.blocks.iter_enumerated() {
            for (at, target) in data.term.targets.iter().enumerate() {
                let to = target.block;
                match edge_label(&data.term, at) {
                    Some(label) => writeln!(out, "    {id}_{block} -> {id}_{to} [label={label}];")?,
                    None => writeln!(out, "    {id}_{block} -> {id}_{to};")?,
                }
            }
        }
        out.push_str("  }\n");
    }
    out.push_str("}\n");
    Ok(())
}

/// The text of a block, every line set to the left.
fn block_label(func: &Func, id: Block) -> Result<String, fmt::Error> {
    let mut text = String::new();
    write_block(&mut text, func, id, &func.blocks[id])?;
    let mut label = String::new();
    for line in text.lines() {
        label.push_str(&escaped(line));
        label.push_str("\\l");
    }
    Ok(label)
}

/// When the way is taken, where there are several.
fn edge_label(term: &Terminator, at: usize) -> Option<String> {
    match (term.op, &term.imm) {
        (Op::Switch, Imm::Cases(cases)) => {
            Some(cases.get(at).map_or("else".to_string(), i32::to_string))
        }
        _ if term.targets.len() == 2 => Some(["yes", "no"][at].to_string()),
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
