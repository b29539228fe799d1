//! Effect rows of functions, closed over calls: what a function itself does with storage and the
//! host, and what it may reach. A call by selector reaches every function that some class of the
//! module gives for it.
//!
//! Guarantees: the least rows that are closed under calls, so the order of the walk does not show.

use fscc_base::{Idx, IndexVec, Lists, define_index};
use fscc_ir::ops::OpEffect;
use fscc_ir::{FuncId, Imm, Module, Row, SelectorId, host};

define_index! {
    /// A function or a selector.
    struct Node = "n";
}

/// Sets the rows of all functions and exports.
pub fn declare_rows(module: &mut Module) {
    let funcs = module.funcs.len();
    // Nodes are functions, then selectors; an edge leads from a callee to its caller.
    let nodes = funcs + module.selectors.len();
    let mut edges: Vec<(Node, Node)> = Vec::new();
    let mut rows: IndexVec<Node, Row> = IndexVec::from_elem(Row::PURE, nodes);
    let func_node = |func: FuncId| Node::new(func.index());
    let selector_node = |selector: SelectorId| Node::new(funcs + selector.index());
    for class in module.classes.iter() {
        for (selector, func) in &class.methods {
            edges.push((func_node(*func), selector_node(*selector)));
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
                let caller = func_node(id);
                rows[caller] = rows[caller].union(own);
                match imm {
                    Imm::Func(callee) => edges.push((func_node(*callee), caller)),
                    Imm::Selector(selector) => edges.push((selector_node(*selector), caller)),
                    _ => {}
                }
            }
        }
    }
    let callers: Lists<Node, Node> = Lists::from_pairs(nodes, &edges);
    let mut pending: Vec<Node> = rows.indices().collect();
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
    let row_of = |func: FuncId| rows[func_node(func)];
    for export in &mut module.exports {
        export.row = row_of(export.func);
    }
}
