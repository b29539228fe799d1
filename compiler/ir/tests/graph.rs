//! The flow graph against its definitions, on random graphs.

use fscc_base::{Idx, Span};
use fscc_ir::cfg::Cfg;
use fscc_ir::func::{Block, ENTRY, Func, Target};
use fscc_ir::{FuncBuilder, Type};
use proptest::prelude::*;

/// A function whose blocks go where the numbers say; unreachable ones are dropped.
fn graph(edges: &[(u8, u8)]) -> Func {
    let mut f = FuncBuilder::new("graph", &[Type::I32], None, Span::synthetic());
    let condition = f.param(0);
    let blocks: Vec<Block> = edges.iter().map(|_| f.create_block()).collect();
    let block = |number: u8| blocks.get(usize::from(number) % (blocks.len() + 1)).copied();
    f.jump(blocks[0], &[]);
    for (number, (a, b)) in edges.iter().enumerate() {
        f.switch_to(blocks[number]);
        match (block(*a), block(*b)) {
            (Some(a), Some(b)) => f.branch(condition, Target::new(a), Target::new(b)),
            (Some(only), None) | (None, Some(only)) => f.jump(only, &[]),
            (None, None) => f.ret(None),
        }
    }
    f.finish()
}

/// The blocks that can be reached without going through `without`.
fn reachable(func: &Func, without: Option<Block>) -> Vec<bool> {
    let mut seen = vec![false; func.blocks.len()];
    let mut pending = vec![ENTRY];
    while let Some(block) = pending.pop() {
        if Some(block) != without && !std::mem::replace(&mut seen[block.index()], true) {
            pending.extend(func.blocks[block].term.targets.iter().map(|target| target.block));
        }
    }
    seen
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn dominators_are_what_cannot_be_avoided(edges in prop::collection::vec(any::<(u8, u8)>(), 1..14)) {
        let func = graph(&edges);
        let cfg = Cfg::new(&func);
        for above in func.blocks.indices() {
            let others = reachable(&func, Some(above));
            for below in func.blocks.indices() {
                prop_assert_eq!(cfg.dominates(above, below), !others[below.index()], "{} {}", above, below);
            }
        }
        for block in func.blocks.indices().filter(|block| *block != ENTRY) {
            let parent = cfg.dominator[block].expect("every block but the entry has a dominator");
            prop_assert!(parent != block && cfg.dominates(parent, block));
            let strict = func.blocks.indices().filter(|other| *other != block && cfg.dominates(*other, block));
            for other in strict {
                prop_assert!(cfg.dominates(other, parent));
            }
        }
    }

    #[test]
    fn loops_hold_what_can_go_back(edges in prop::collection::vec(any::<(u8, u8)>(), 1..14)) {
        let func = graph(&edges);
        let cfg = Cfg::new(&func);
        prop_assert_eq!(cfg.order.clone(), func.blocks.indices().collect::<Vec<_>>());
        for found in cfg.loops() {
            prop_assert_eq!(found.blocks[0], found.header);
            for block in &found.blocks {
                prop_assert!(cfg.dominates(found.header, *block));
            }
            let goes_back = |block: &Block| {
                func.blocks[*block].term.targets.iter().any(|target| target.block == found.header)
            };
            prop_assert!(found.blocks.iter().any(goes_back));
        }
    }
}
