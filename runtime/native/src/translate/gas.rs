//! Where compiled code looks whether gas is left, and where it takes some.
//!
//! Gas is exact wherever it can be seen, but it seldom is: a block only notes that its price is to
//! be taken, together with those of the blocks that led to it, and that is done where ways meet, a
//! loop is repeated, a function is called or left. Before the first of such blocks there is one look
//! at whether gas is left for the most expensive way through all of them. Where it is not, the
//! reference engine goes on: it has little left to do.
//!
//! Both numbers depend on the schedule, so they stand in a [`Table`] that is made for each.

use super::flow::Flow;
use super::function::check_size;
use fvm_isa::{BlockId, CostClass, Function, Inst, builtin};
use fvm_vm::Machine;

/// What compiled code reads of a block.
#[derive(Clone, Copy, Default, Debug)]
#[repr(C)]
struct Entry {
    /// Gas without which the reference engine goes on at this block.
    need: u64,
    /// What is to be taken at the end of the block: its price and those before.
    spent: u64,
}

/// The numbers of all blocks of a module under one schedule, in the order of functions and blocks.
#[derive(Debug)]
pub(crate) struct Table(Box<[Entry]>);

impl Table {
    /// Bytes from one block to the next.
    pub const STRIDE: usize = size_of::<Entry>();
    /// Where the gas stands that a block needs.
    pub const NEED: usize = std::mem::offset_of!(Entry, need);
    /// Where the gas stands that is to be taken at the end of a block.
    pub const SPENT: usize = std::mem::offset_of!(Entry, spent);

    /// For the module and the schedule of a machine.
    pub fn new(machine: &Machine<'_>) -> Table {
        let mut entries = Vec::new();
        for function in &machine.verified().module().functions {
            let first = entries.len();
            entries.resize(first + function.blocks.len(), Entry::default());
            if check_size(function).is_err() {
                // It is not compiled.
                continue;
            }
            let price = |block: BlockId| machine.block_price(first + block.index());
            let own = &mut entries[first..];
            let flow = Flow::new(function);
            for block in &flow.order {
                let before = flow.gas.before(*block).map_or(0, |before| own[before.index()].spent);
                own[block.index()].spent = before.saturating_add(price(*block));
            }
            for block in flow.order.iter().rev() {
                let behind = flow.covered(function, *block);
                let behind = behind.map(|target| own[target.index()].need).max().unwrap_or(0);
                own[block.index()].need = behind.saturating_add(price(*block));
            }
        }
        Table(entries.into())
    }

    /// Where the first block's numbers stand.
    pub fn start(&self) -> *const u8 {
        self.0.as_ptr().cast()
    }
}

/// What one block has to do with gas.
#[derive(Clone, Copy, Default, Debug)]
struct BlockPlan {
    /// The block that leads here and leaves its price to this one.
    before: Option<BlockId>,
    /// Whether there is a look at what is left.
    is_checkpoint: bool,
    /// Whether what has been spent is taken at its end.
    settles: bool,
    /// Whether an instruction takes gas beside the block's price.
    takes_gas: bool,
}

/// Where a function looks at gas and takes it, by block.
#[derive(Debug, Default)]
pub(super) struct Plan(Vec<BlockPlan>);

impl Plan {
    /// From the blocks in order, for each those that lead to it but through a loop, and whether it
    /// begins a loop. Nothing is put off in a function whose loops can be entered in two places.
    pub fn new(
        function: &Function,
        order: &[BlockId],
        before: &[Vec<usize>],
        repeats: &[Vec<usize>],
        is_irregular: bool,
    ) -> Plan {
        let mut plan = vec![BlockPlan::default(); function.blocks.len()];
        for block in order {
            plan[block.index()].takes_gas =
                function.blocks[block.index()].insts.iter().any(takes_gas);
            plan[block.index()].settles = is_irregular || plan[block.index()].takes_gas;
        }
        for repeat in repeats.iter().flatten() {
            plan[order[*repeat].index()].settles = true;
        }
        for (at, block) in order.iter().enumerate() {
            let is_head = at == 0 || !repeats[at].is_empty();
            let after_taking = before[at].iter().any(|from| plan[order[*from].index()].takes_gas);
            let only = match &before[at][..] {
                [first, rest @ ..] if rest.iter().all(|from| from == first) => Some(order[*first]),
                _ => None,
            };
            let before = only.filter(|only| !is_head && !plan[only.index()].settles);
            let own = &mut plan[block.index()];
            own.is_checkpoint = is_irregular || is_head || after_taking;
            own.before = before;
        }
        Plan(plan)
    }

    /// The block that leads here and leaves its price to this one.
    pub fn before(&self, block: BlockId) -> Option<BlockId> {
        self.0[block.index()].before
    }

    /// Whether there is a look at what is left at the start of a block.
    pub fn is_checkpoint(&self, block: BlockId) -> bool {
        self.0[block.index()].is_checkpoint
    }

    /// Whether what has been spent is taken at the end of a block.
    pub fn settles(&self, block: BlockId) -> bool {
        self.0[block.index()].settles
    }

    /// Whether an instruction of the block takes gas beside its price.
    pub fn takes_gas(&self, block: BlockId) -> bool {
        self.0[block.index()].takes_gas
    }
}

/// Whether an instruction may take gas beside its share of the block's price: whatever works on a
/// size, calls, or is left to the reference engine.
fn takes_gas(inst: &Inst) -> bool {
    if matches!(inst, Inst::Abort { .. } | Inst::F64Floor { .. } | Inst::F64Ceil { .. }) {
        return true;
    }
    match inst.opcode().info().cost {
        CostClass::moving
        | CostClass::integer
        | CostClass::multiply
        | CostClass::divide
        | CostClass::float
        | CostClass::memory
        | CostClass::branch
        | CostClass::leaving => false,
        // Boxes of wide numbers are objects.
        CostClass::testing => match inst {
            Inst::Box { class, .. } => {
                (builtin::UINT128..=builtin::AMOUNT).contains(&class.class())
            }
            _ => false,
        },
        _ => true,
    }
}
