//! Effect rows of functions, closed over calls: what a function itself does with storage and the
//! host, and what it may reach. A call by selector reaches every function that some class of the
//! module gives for it.
//!
//! Guarantees: the least rows that are closed under calls, so the order of the walk does not show.

use fscc_base::Idx;
use fscc_ir::ops::OpEffect;
use fscc_ir::{FuncId, Imm, Module, Row, SelectorId, host};

/// Sets the rows of all functions and exports.
pub fn declare_rows(module: &mut Module) {
    let funcs = module.funcs.len();
    // Nodes are functions, then selectors; an edge leads from a callee to its callers.
    let mut callers: Vec<Vec<usize>> = vec![Vec::new(); funcs + module.selectors.len()];
    let mut rows = vec![Row::PURE; callers.len()];
    let selector_node = |selector: SelectorId| funcs + selector.index();
    for class in module.classes.iter() {
        for (selector, func) in &class.methods {
            callers[func.index()].push(selector_node(*selector));
        }
    }
    for (id, func) in module.funcs.iter_enumerated() {
        for block in func.blocks.iter() {
            let insts = block.insts.iter().map(|inst| (inst.op, &inst.imm));
            for (op, imm) in insts.chain([(block.term.op, &block.term.imm)]) {
                let own = match (op.info().effect, imm) {
                    (OpEffect::reads_storage, _) => Row::READ,
                    (OpEffect::writes_storage, _) => Row::WRITE,
                    (_, Imm::Host(number)) => {
                        host::by_number(*number).map_or(Row::PURE, |host| host.row)
                    }
                    _ => Row::PURE,
                };
                rows[id.index()] = rows[id.index()].union(own);
                match imm {
                    Imm::Func(callee) => callers[callee.index()].push(id.index()),
                    Imm::Selector(selector) => callers[selector_node(*selector)].push(id.index()),
                    _ => {}
                }
            }
        }
    }
    let mut pending: Vec<usize> = (0..rows.len()).collect();
    while let Some(node) = pending.pop() {
        for caller in &callers[node] {
            let row = rows[*caller].union(rows[node]);
            if row != rows[*caller] {
                rows[*caller] = row;
                pending.push(*caller);
            }
        }
    }
    for (func, row) in module.funcs.iter_mut().zip(&rows) {
        func.row = *row;
    }
    let row_of = |func: FuncId| rows[func.index()];
    for export in &mut module.exports {
        export.row = row_of(export.func);
    }
}
