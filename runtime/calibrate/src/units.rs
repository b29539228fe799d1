//! How much work that depends on a size an iteration does: units and charges of each kind, read
//! from the gas under schedules in which nothing else has a price that counts.

use crate::probe::{Loop, run};
use fvm_isa::{ALL, CostClass};
use fvm_vm::{Schedule, Sizes, VerifiedModule};
use serde_json::{Map, Value, json};

/// Work of each kind, in the order of [`Sizes::NAMES`].
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Units {
    /// Units.
    pub units: Vec<u64>,
    /// How often something was charged.
    pub charges: Vec<u64>,
}

/// Iterations that are compared.
const TIMES: u64 = 4;

/// The price of what is counted. The rest costs 1 where a schedule wants a price, and an iteration
/// has fewer instructions than this.
const COUNTED: u32 = 1 << 16;

/// What an iteration of the full loop does besides what the empty one does.
pub fn count(module: &VerifiedModule) -> Units {
    let of = |base: u32, per_unit: u32| {
        let price = |name: &&str| {
            let schedule = only(name, base, per_unit);
            let gas = |which| run(module, &schedule, which, TIMES).gas_used;
            gas(Loop::Full).saturating_sub(gas(Loop::Empty)) / TIMES / u64::from(COUNTED)
        };
        Sizes::NAMES.iter().map(price).collect()
    };
    Units { units: of(0, COUNTED), charges: of(COUNTED, 0) }
}

/// A schedule in which only one kind of work has a price.
fn only(name: &str, base: u32, per_unit: u32) -> Schedule {
    let size = |other: &&str| {
        let (base, per_unit) = if *other == name { (base, per_unit) } else { (0, 0) };
        ((*other).to_string(), json!({ "base": base, "per_unit": per_unit }))
    };
    let sizes: Map<String, Value> = Sizes::NAMES.iter().map(size).collect();
    let classes: Map<String, Value> =
        CostClass::ALL.iter().map(|class| (class.word(), json!(0))).collect();
    // What ends a block cannot be free.
    let ends = ALL.iter().filter(|opcode| opcode.is_terminator());
    let opcodes: Map<String, Value> =
        ends.map(|opcode| (opcode.mnemonic().to_string(), json!(1))).collect();
    let file = json!({
        "version": 0, "unit": "", "classes": classes, "opcodes": opcodes, "sizes": sizes
    });
    Schedule::parse(&file.to_string()).expect("every word that a schedule needs is there")
}
