//! The flow of control inside of a function: an order of its blocks, its loops, and which registers
//! a loop may change. Registers that it leaves alone are no parameters of its first block, so what
//! is known of them before the loop is known inside of it.
//!
//! Loops are found as in Tarjan's "Testing flow graph reducibility" (1974): from the inside out,
//! going back from where a loop is repeated, with loops that are known already as one block. That
//! takes time in proportion to the function, whatever its shape. In a function with a loop that can
//! be entered in two places, every loop may change everything.
//!
//! Also found are blocks from which there is no way but to a failure, and a short one: they are not
//! worth any machine code.

use super::gas::Plan;
use fvm_isa::{BlockId, Function, Inst, Role};

/// A set of registers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Registers([u64; 4]);

impl Registers {
    const ALL: Registers = Registers([u64::MAX; 4]);

    fn insert(&mut self, register: usize) {
        self.0[register / 64] |= 1 << (register % 64);
    }

    fn insert_from(&mut self, register: usize) {
        for word in 0..4 {
            let bits = register.saturating_sub(word * 64);
            self.0[word] |= if bits < 64 { u64::MAX << bits } else { 0 };
        }
    }

    fn join(&mut self, other: Registers) {
        for (word, bits) in self.0.iter_mut().zip(other.0) {
            *word |= bits;
        }
    }

    pub fn contains(self, register: usize) -> bool {
        self.0[register / 64] >> (register % 64) & 1 != 0
    }
}

/// What a block or a loop does.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Doing {
    /// Registers that it may change.
    pub changed: Registers,
    /// Whether it looks at objects.
    pub uses_objects: bool,
    /// Whether it calls what may move the arena.
    pub moves_arena: bool,
    /// Blocks in it.
    pub blocks: usize,
    /// How deeply loops lie in each other in it: 0 for a block.
    pub depth: usize,
    /// Whether nothing that is known where it is entered holds in it: it may be entered elsewhere.
    pub is_irregular: bool,
}

/// The flow of control of a function.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Blocks that can be reached, each behind all that lead to it but through a loop.
    pub order: Vec<BlockId>,
    /// Whether a block leads to a failure only, by block.
    is_failing: Vec<bool>,
    /// For each block that begins a loop, what the loop does.
    loops: Vec<Option<Doing>>,
    /// Where gas is looked at and taken.
    pub gas: Plan,
}

impl Flow {
    pub fn new(function: &Function) -> Flow {
        let order = order(function);
        let mut place = vec![usize::MAX; function.blocks.len()];
        for (at, block) in order.iter().enumerate() {
            place[block.index()] = at;
        }
        let mut graph = Graph {
            before: vec![Vec::new(); order.len()],
            doing: order.iter().map(|block| doing(function, *block)).collect(),
            inside_of: (0..order.len()).collect(),
        };
        let mut repeated = vec![Vec::new(); order.len()];
        for (at, block) in order.iter().enumerate() {
            for target in targets(function, *block) {
                let target = place[target.index()];
                let list = if target <= at { &mut repeated } else { &mut graph.before };
                list[target].push(at);
            }
        }
        let is_failing = failing(function, &order, &place);
        let mut loops = vec![None; function.blocks.len()];
        let mut all_change_all = false;
        for (at, repeats) in repeated.iter().enumerate().rev() {
            if !repeats.is_empty() {
                all_change_all |= !graph.collapse(at, repeats);
                loops[order[at].index()] = Some(graph.doing[at]);
            }
        }
        if all_change_all {
            for doing in loops.iter_mut().flatten() {
                doing.changed = Registers::ALL;
                doing.is_irregular = true;
            }
        }
        let gas = Plan::new(function, &order, &graph.before, &repeated, all_change_all);
        Flow { order, is_failing, loops, gas }
    }

    /// How deeply loops lie in each other: 0 if there are none.
    pub fn depth(&self) -> usize {
        self.loops.iter().flatten().map(|doing| doing.depth).max().unwrap_or(0)
    }

    /// Says of these loops that they may move the arena.
    pub fn correct(&mut self, heads: &[BlockId]) {
        for head in heads {
            if let Some(doing) = &mut self.loops[head.index()] {
                doing.moves_arena = true;
            }
        }
    }

    /// Says of every loop that it may move the arena.
    pub fn correct_all(&mut self) {
        for doing in self.loops.iter_mut().flatten() {
            doing.moves_arena = true;
        }
    }

    /// Whether there is no way from a block but to a failure: without calls, without a loop, and not
    /// back into the function.
    pub fn is_failing(&self, block: BlockId) -> bool {
        self.is_failing[block.index()]
    }

    /// The blocks right behind one for which its look at gas is made as well.
    pub fn covered(&self, function: &Function, block: BlockId) -> impl Iterator<Item = BlockId> {
        let is_covered =
            |target: &BlockId| !self.gas.is_checkpoint(*target) && !self.is_failing(*target);
        targets(function, block).into_iter().filter(is_covered)
    }

    /// What the loop does that begins with a block, if one does.
    pub fn loop_at(&self, block: BlockId) -> Option<Doing> {
        self.loops[block.index()]
    }
}

/// Blocks by their places in the order.
struct Graph {
    /// Which lead to a block, but for those that repeat a loop.
    before: Vec<Vec<usize>>,
    doing: Vec<Doing>,
    /// The first block of the loop that a block was found to be in.
    inside_of: Vec<usize>,
}

impl Graph {
    /// The first block of the outermost loop known by now that a block is in, or itself.
    fn outermost(&mut self, block: usize) -> usize {
        let mut first = block;
        while self.inside_of[first] != first {
            first = self.inside_of[first];
        }
        let mut at = block;
        while self.inside_of[at] != first {
            at = std::mem::replace(&mut self.inside_of[at], first);
        }
        first
    }

    /// Makes a loop one block; whether it can be entered at its first block only.
    fn collapse(&mut self, first: usize, repeats: &[usize]) -> bool {
        let mut waiting = repeats.to_vec();
        let mut depth = 0;
        while let Some(block) = waiting.pop() {
            let block = self.outermost(block);
            if block < first {
                return false;
            }
            if block != first {
                self.inside_of[block] = first;
                let inner = self.doing[block];
                self.doing[first].changed.join(inner.changed);
                self.doing[first].uses_objects |= inner.uses_objects;
                self.doing[first].moves_arena |= inner.moves_arena;
                self.doing[first].blocks += inner.blocks;
                depth = depth.max(inner.depth);
                waiting.extend_from_slice(&self.before[block]);
            }
        }
        self.doing[first].depth = depth + 1;
        true
    }
}

/// Blocks in reverse postorder.
fn order(function: &Function) -> Vec<BlockId> {
    let mut is_seen = vec![false; function.blocks.len()];
    let mut order = Vec::with_capacity(function.blocks.len());
    let mut path = vec![(BlockId(0), targets(function, BlockId(0)))];
    is_seen[0] = true;
    while let Some((block, rest)) = path.last_mut() {
        match rest.pop() {
            Some(next) if is_seen[next.index()] => {}
            Some(next) => {
                is_seen[next.index()] = true;
                path.push((next, targets(function, next)));
            }
            None => {
                order.push(*block);
                path.pop();
            }
        }
    }
    order.reverse();
    order
}

/// The blocks that lead to a failure only.
fn failing(function: &Function, order: &[BlockId], place: &[usize]) -> Vec<bool> {
    let mut is_failing = vec![false; function.blocks.len()];
    for (at, block) in order.iter().enumerate().rev() {
        let insts = &function.blocks[block.index()].insts;
        let is_short = !insts.iter().any(|inst| {
            matches!(
                inst,
                Inst::Call { .. }
                    | Inst::CallVirtual { .. }
                    | Inst::CallTry { .. }
                    | Inst::Tailcall { .. }
                    | Inst::Ret { .. }
                    | Inst::RetValue { .. }
            )
        });
        let targets = targets(function, *block);
        let mut ways = targets.iter();
        is_failing[block.index()] =
            is_short && ways.all(|target| place[target.index()] > at && is_failing[target.index()]);
    }
    is_failing
}

fn targets(function: &Function, block: BlockId) -> Vec<BlockId> {
    let last = function.blocks[block.index()].insts.last();
    last.map_or(Vec::new(), Inst::targets)
}

fn doing(function: &Function, block: BlockId) -> Doing {
    let mut doing = Doing { blocks: 1, ..Doing::default() };
    for inst in &function.blocks[block.index()].insts {
        inst.for_each_register(|role, _, register| {
            if role == Role::def {
                doing.changed.insert(register.index());
            }
        });
        match inst {
            Inst::Call { base, .. }
            | Inst::CallVirtual { base, .. }
            | Inst::CallTry { base, .. }
            | Inst::CallHost { base, .. } => {
                doing.changed.insert_from(base.index());
                doing.moves_arena = true;
            }
            // The most frequent of those that call back; others are found out.
            Inst::New { .. }
            | Inst::ArrayNew { .. }
            | Inst::BytesFromI64 { .. }
            | Inst::BytesFromU128 { .. } => doing.moves_arena = true,
            _ if inst.storage().is_some() => doing.moves_arena = true,
            Inst::FieldGet { .. }
            | Inst::FieldSet { .. }
            | Inst::ArrayGetAny { .. }
            | Inst::ArrayGetBoolean { .. }
            | Inst::ArrayGetByte { .. }
            | Inst::ArrayGetShort { .. }
            | Inst::ArrayGetChar { .. }
            | Inst::ArrayGetInt { .. }
            | Inst::ArrayGetLong { .. }
            | Inst::ArrayGetDouble { .. }
            | Inst::ArraySetAny { .. }
            | Inst::ArraySetBoolean { .. }
            | Inst::ArraySetByte { .. }
            | Inst::ArraySetShort { .. }
            | Inst::ArraySetChar { .. }
            | Inst::ArraySetInt { .. }
            | Inst::ArraySetLong { .. }
            | Inst::ArraySetDouble { .. }
            | Inst::ArrayLength { .. }
            | Inst::BytesGet { .. }
            | Inst::StringCharAt { .. } => doing.uses_objects = true,
            _ => {}
        }
    }
    doing
}

#[cfg(test)]
mod tests {
    use super::Flow;
    use fvm_isa::{BlockId, text};

    /// Blocks in order, and for each loop its first block and the lowest registers that it changes.
    fn flow(body: &str) -> (Vec<u16>, Vec<(u16, Vec<usize>)>) {
        let text = format!("module program \"m\"\nfunction f0 (i32) registers 4 []\n{body}");
        let module = text::parse(&text).unwrap();
        let flow = Flow::new(&module.functions[0]);
        let mut loops = Vec::new();
        for block in 0..module.functions[0].blocks.len() as u16 {
            if let Some(doing) = flow.loop_at(BlockId(block)) {
                loops.push((block, (0..4).filter(|r| doing.changed.contains(*r)).collect()));
            }
        }
        (flow.order.iter().map(|block| block.0).collect(), loops)
    }

    #[test]
    fn an_outer_loop_changes_what_its_inner_loops_change() {
        let (order, loops) = flow(
            "b0 (r0 i32):\n  jump b1\n\
             b1 (r0 i32):\n  const.i16 r1, 0\n  jump b2\n\
             b2 (r0 i32, r1 i32):\n  i32.add_imm r1, r1, 1\n  i32.br_lt r1, r0, b2, b3\n\
             b3 (r0 i32, r1 i32):\n  i32.add r2, r1, r1\n  i32.br_lt r2, r0, b1, b4\n\
             b4 ():\n  ret\n",
        );
        assert_eq!(order, [0, 1, 2, 3, 4]);
        assert_eq!(loops, [(1, vec![1, 2]), (2, vec![1])]);
    }

    #[test]
    fn what_follows_a_loop_is_no_part_of_it() {
        let (_, loops) = flow(
            "b0 (r0 i32):\n  jump b1\n\
             b1 (r0 i32):\n  i32.br_lt_imm r0, 9, b2, b3\n\
             b2 (r0 i32):\n  i32.add_imm r0, r0, 1\n  jump b1\n\
             b3 (r0 i32):\n  i32.add r1, r0, r0\n  ret\n",
        );
        assert_eq!(loops, [(1, vec![0])]);
    }

    #[test]
    fn a_loop_with_two_entries_changes_everything() {
        let (_, loops) = flow(
            "b0 (r0 i32):\n  i32.br_lt_imm r0, 9, b1, b2\n\
             b1 (r0 i32):\n  i32.br_lt_imm r0, 5, b2, b3\n\
             b2 (r0 i32):\n  i32.br_lt_imm r0, 7, b1, b3\n\
             b3 ():\n  ret\n",
        );
        assert_eq!(loops.len(), 1);
        assert_eq!(loops[0].1, [0, 1, 2, 3]);
    }
}
