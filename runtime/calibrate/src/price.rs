//! From measurements to prices. Every price has a reason: the slowest probe that it must pay for.

use crate::measure::Row;
use fvm_isa::{ALL, CostClass, Opcode};
use fvm_vm::{Schedule, Sizes};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Gas for a nanosecond.
const GAS_PER_NANOSECOND: f64 = 10.0;
/// Prices are above what was measured: machines differ, and samples are the best of several.
const MARGIN: f64 = 1.5;
/// How many times slower than what is paid for the slowest program may be. Memory that is far from
/// the processor is paid for by one part of so many: hardly a program meets it everywhere.
pub const PROMISE: u32 = 3;
/// Prices are multiples of this.
const STEP: u32 = 5;
/// Kinds of work in the order in which they are decided: each may need those before it.
const ORDER: &[&str] =
    &["allocate", "copy", "compare", "search", "convert", "letter_case", "hash", "unwind"];
/// A kind of work is decided by probes that do at least so much of it.
const UNITS_MIN: u64 = 4;

/// Prices while they are found.
#[derive(Default, Debug)]
struct Prices {
    opcodes: BTreeMap<Opcode, f64>,
    per_unit: BTreeMap<&'static str, f64>,
    /// Which probe decided.
    reasons: BTreeMap<String, (String, f64)>,
}

fn index(name: &str) -> usize {
    Sizes::NAMES.iter().position(|known| *known == name).unwrap_or_default()
}

fn wanted(row: &Row) -> f64 {
    row.nanoseconds * GAS_PER_NANOSECOND * MARGIN / f64::from(row.allowance)
}

impl Prices {
    fn raise(&mut self, opcode: Opcode, price: f64, row: &Row) {
        let known = self.opcodes.entry(opcode).or_default();
        if price > *known {
            *known = price;
            let reason = (row.name.clone(), row.nanoseconds);
            self.reasons.insert(opcode.mnemonic().to_string(), reason);
        }
    }

    /// What is paid for a row without instructions in `open`.
    fn paid(&self, row: &Row, is_open: impl Fn(Opcode) -> bool) -> f64 {
        let counts = row.counts.iter().filter(|(opcode, _)| !is_open(**opcode));
        let price = |opcode: &Opcode| self.opcodes.get(opcode).copied().unwrap_or_default();
        let static_part: f64 = counts.map(|(op, count)| price(op) * *count as f64).sum();
        let sized = self.per_unit.iter();
        let sized: f64 =
            sized.map(|(name, price)| price * row.units.units[index(name)] as f64).sum();
        static_part + sized
    }
}

fn decide(rows: &[Row]) -> Prices {
    let mut prices = Prices::default();
    let is_small = |row: &&Row| row.units.units.iter().all(|units| *units < 128);
    let is_single = |row: &&Row| row.counts.len() == 1;
    for row in rows.iter().filter(is_single).filter(is_small) {
        for (opcode, count) in &row.counts {
            // Small pieces of sized work are paid with the instruction.
            prices.raise(*opcode, wanted(row) / *count as f64, row);
        }
    }
    for name in ORDER {
        let at = index(name);
        let mut decided: Option<(f64, &Row)> = None;
        for row in rows.iter().filter(is_single) {
            let count: u64 = row.counts.values().sum();
            let units = row.units.units[at];
            let others = row.units.units.iter().enumerate().any(|(other, units)| {
                let name = Sizes::NAMES[other];
                other != at && *units > 0 && !prices.per_unit.contains_key(name)
            });
            if units < UNITS_MIN * count || others {
                continue;
            }
            let open = (wanted(row) - prices.paid(row, |_| false)).max(0.0) / units as f64;
            if decided.is_none_or(|(price, _)| open > price) {
                decided = Some((open, row));
            }
        }
        if let Some((price, row)) = decided {
            prices.per_unit.insert(name, price);
            prices.reasons.insert(format!("size {name}"), (row.name.clone(), row.nanoseconds));
        }
    }
    for row in rows.iter().filter(|row| !is_single(row)) {
        let is_open = |opcode| row.targets.iter().any(|(target, _)| *target == opcode);
        let open = (wanted(row) - prices.paid(row, is_open)).max(0.0);
        let share = |(target, weight): &(Opcode, u32)| {
            row.counts.get(target).copied().unwrap_or_default() as f64 * f64::from(*weight)
        };
        let shares: f64 = row.targets.iter().map(share).sum();
        for (target, weight) in &row.targets {
            prices.raise(*target, open * f64::from(*weight) / shares.max(1.0), row);
        }
    }
    prices
}

fn rounded(price: f64) -> u32 {
    ((price / f64::from(STEP)).ceil() as u32).max(1) * STEP
}

/// The text of a schedule, and of the evidence for it. What was not measured keeps its price in
/// `base`.
pub fn schedule(rows: &[Row], version: u32, base: &str) -> Result<(String, String), String> {
    let known = Schedule::parse(base).map_err(|error| error.to_string())?;
    let base: Value = serde_json::from_str(base).map_err(|error| error.to_string())?;
    let prices = decide(rows);
    let price = |opcode: Opcode| match prices.opcodes.get(&opcode) {
        Some(price) => rounded(*price),
        None => known.price(opcode),
    };
    let mut classes = Map::new();
    let mut exceptions = Map::new();
    for class in CostClass::ALL {
        let mut members: Vec<(u32, Opcode)> = ALL
            .iter()
            .filter(|opcode| opcode.info().cost == *class)
            .map(|opcode| (price(*opcode), *opcode))
            .collect();
        members.sort();
        let middle = members.get(members.len() / 2).map_or(STEP, |member| member.0);
        // Who costs much more than most of the class has a price of its own.
        let common = members.iter().map(|member| member.0).filter(|price| *price <= middle * 3 / 2);
        let common = common.max().unwrap_or(middle);
        classes.insert(class.word(), json!(common));
        for (price, opcode) in members.iter().filter(|member| member.0 > common) {
            exceptions.insert(opcode.mnemonic().to_string(), json!(price));
        }
    }
    let mut sizes = base["sizes"].as_object().cloned().unwrap_or_default();
    for (name, per_unit) in &prices.per_unit {
        sizes.insert((*name).to_string(), json!({ "base": 0, "per_unit": rounded(*per_unit) }));
    }
    let file = json!({
        "version": version, "unit": base["unit"], "classes": classes, "opcodes": exceptions,
        "sizes": sizes
    });
    let reasons: Vec<String> = prices
        .reasons
        .iter()
        .map(|(what, (name, ns))| {
            let reason = json!({ "probe": name, "nanoseconds": hundredths(*ns) });
            format!("    {}: {reason}", json!(what))
        })
        .collect();
    let measured: Vec<String> = rows.iter().map(|row| format!("    {}", record(row))).collect();
    // A line for each, so that two of them can be compared.
    let evidence = format!(
        "{{\n  \"version\": {version},\n  \"reasons\": {{\n{}\n  }},\n  \"probes\": [\n{}\n  ]\n}}\n",
        reasons.join(",\n"),
        measured.join(",\n")
    );
    Ok((format!("{file:#}\n"), evidence))
}

fn hundredths(nanoseconds: f64) -> f64 {
    (nanoseconds * 100.0).round() / 100.0
}

fn record(row: &Row) -> Value {
    let units: Map<String, Value> = Sizes::NAMES
        .iter()
        .zip(&row.units.units)
        .filter(|(_, units)| **units > 0)
        .map(|(name, units)| ((*name).to_string(), json!(units)))
        .collect();
    json!({ "probe": row.name, "nanoseconds": hundredths(row.nanoseconds), "units": units })
}

/// What a row costs under a schedule.
pub fn gas(row: &Row, schedule: &Schedule) -> f64 {
    let static_part: f64 = row
        .counts
        .iter()
        .map(|(opcode, count)| f64::from(schedule.price(*opcode)) * *count as f64)
        .sum();
    let sized: f64 = (0..Sizes::NAMES.len())
        .map(|at| {
            let size = schedule.sizes.by_index(at);
            let (units, charges) = (row.units.units[at], row.units.charges[at]);
            f64::from(size.per_unit) * units as f64 + f64::from(size.base) * charges as f64
        })
        .sum();
    static_part + sized
}

/// What was measured, and how many times what the schedule says that is.
pub fn line(row: &Row, schedule: &Schedule) -> String {
    let paid = gas(row, schedule) * f64::from(row.allowance);
    let ratio = row.nanoseconds * GAS_PER_NANOSECOND / paid.max(1.0);
    format!("{ratio:6.2} times: {}", record(row))
}

/// The rows that cost so many hundredths more than a schedule says.
pub fn slower(rows: &[Row], schedule: &Schedule, percent: u32) -> Vec<String> {
    let mut found: Vec<(f64, &Row)> = rows
        .iter()
        .map(|row| {
            let paid = gas(row, schedule) * f64::from(row.allowance);
            (row.nanoseconds * GAS_PER_NANOSECOND / paid.max(1.0), row)
        })
        .filter(|(ratio, _)| *ratio > 1.0 + f64::from(percent) / 100.0)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    let line = |(ratio, row): &(f64, &Row)| format!("{ratio:6.2} times: {}", row.name);
    found.iter().map(line).collect()
}
