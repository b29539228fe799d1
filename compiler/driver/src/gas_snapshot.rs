//! Gas of tests and of the methods in them as a file, and how a later run differs from it. The file
//! has one line for each test and each method in it, so a change shows in the lines that it is
//! about. Gas is the same on every machine and every engine, so equal code gives equal files.

use crate::args::Level;
use crate::suites::TestReport;
use fvm_ledger::spending::Spent;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// The name of the file.
pub const FILE_NAME: &str = "gas.snapshot";

const HEADER: &str = "# suite\ttest\tmethod\tcalls\tgas";

/// Hundredths of a percent that gas may differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tolerance(pub u32);

impl Tolerance {
    /// Reads a percentage with up to two digits behind the point.
    ///
    /// # Errors
    /// If it is none.
    pub fn parse(text: &str) -> Result<Tolerance, String> {
        let bad = || "a percentage has up to two digits behind the point: 5, 0.25".to_string();
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_digits(whole) || !is_digits(part) || !(1..=2).contains(&part.len()) {
            return Err(bad());
        }
        let whole: u32 = whole.parse().map_err(|_| bad())?;
        let hundredths: u32 = format!("{part:0<2}").parse().map_err(|_| bad())?;
        let sum = whole.checked_mul(100).and_then(|whole| whole.checked_add(hundredths));
        sum.map(Tolerance).ok_or_else(bad)
    }

    fn allows(self, was: u64, is: u64) -> bool {
        u128::from(was.abs_diff(is)) * 10_000 <= u128::from(was) * u128::from(self.0)
    }
}

/// A test, or a method in it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Subject {
    suite: String,
    test: String,
    /// Empty for the whole test.
    method: String,
}

impl Subject {
    fn describe(&self) -> String {
        let Subject { suite, test, method } = self;
        let method = if method.is_empty() { String::new() } else { format!(": {method}") };
        format!("{suite}: {test}{method}")
    }
}

/// The gas of the tests of a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GasSnapshot {
    /// Under which prices and optimisation: `schedule 2, -O2`.
    conditions: String,
    lines: BTreeMap<Subject, Spent>,
    /// Tests that failed, whose gas says nothing.
    failed: BTreeSet<(String, String)>,
}

impl GasSnapshot {
    /// What these tests used.
    pub fn of(reports: &[TestReport], level: Level, schedule: u32) -> GasSnapshot {
        let conditions = format!("schedule {schedule}, -O{}", level.number());
        let (mut lines, mut failed) = (BTreeMap::new(), BTreeSet::new());
        let mut names: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for report in reports {
            let count = names.entry((&report.suite, &report.name)).or_default();
            *count += 1;
            // Names of tests need not be different.
            let again = if *count > 1 { format!(" ({count})") } else { String::new() };
            let (suite, test) = (report.suite.clone(), format!("{}{again}", report.name));
            if report.failure.is_some() {
                failed.insert((suite, test));
                continue;
            }
            let calls = report.methods.iter().map(|method| method.spent.calls).sum();
            let whole = ("", Spent { calls, gas: report.gas_used });
            let methods = report.methods.iter().map(|method| (method.name.as_str(), method.spent));
            for (method, spent) in std::iter::once(whole).chain(methods) {
                let (suite, test, method) = (suite.clone(), test.clone(), method.to_string());
                lines.insert(Subject { suite, test, method }, spent);
            }
        }
        GasSnapshot { conditions, lines, failed }
    }

    /// Whether there is no test.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.failed.is_empty()
    }

    /// The text of the file.
    pub fn print(&self) -> String {
        let mut out = format!("# {}\n{HEADER}\n", self.conditions);
        for (Subject { suite, test, method }, Spent { calls, gas }) in &self.lines {
            let [suite, test, method] = [suite, test, method].map(|name| escaped(name));
            let _ = writeln!(out, "{suite}\t{test}\t{method}\t{calls}\t{gas}");
        }
        out
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    /// If a line is not as [`GasSnapshot::print`] writes it.
    pub fn parse(text: &str) -> Result<GasSnapshot, String> {
        let mut lines = BTreeMap::new();
        let mut all = text.lines();
        let conditions = all.next().and_then(|line| line.strip_prefix("# "));
        let conditions = conditions.ok_or("line 1 does not say under which prices it was made")?;
        for (number, line) in (2..).zip(all).filter(|(_, line)| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let read = match columns[..] {
                [suite, test, method, calls, gas] => {
                    let [suite, test, method] = [suite, test, method].map(unescaped);
                    let spent = calls.parse().ok().zip(gas.parse().ok());
                    spent
                        .map(|(calls, gas)| (Subject { suite, test, method }, Spent { calls, gas }))
                }
                _ => None,
            };
            let (subject, spent) = read.ok_or_else(|| format!("line {number} is no line of it"))?;
            lines.insert(subject, spent);
        }
        Ok(GasSnapshot { conditions: conditions.to_string(), lines, failed: BTreeSet::new() })
    }

    /// How this run differs from an earlier one. Tests that failed are left out, and with a filter
    /// those that it leaves out.
    pub fn compare(&self, earlier: &GasSnapshot, filter: Option<&str>) -> Comparison {
        let is_compared = |subject: &&Subject| {
            let test = (subject.suite.clone(), subject.test.clone());
            !self.failed.contains(&test) && filter.is_none_or(|text| subject.test.contains(text))
        };
        let subjects: BTreeSet<&Subject> =
            self.lines.keys().chain(earlier.lines.keys()).filter(is_compared).collect();
        let count = subjects.len();
        let row = |subject: &Subject| {
            let spent = |lines: &BTreeMap<Subject, Spent>| lines.get(subject).copied();
            let (was, is) = (spent(&earlier.lines), spent(&self.lines));
            (was != is).then(|| Row { what: subject.describe(), was, is })
        };
        let rows = subjects.into_iter().filter_map(row).collect();
        let conditions = (earlier.conditions != self.conditions)
            .then(|| format!("{}, this is {}", earlier.conditions, self.conditions));
        Comparison { rows, count, conditions }
    }
}

/// Text without the tabs and line ends that separate columns and lines.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let read = if letter == '\\' { letters.next() } else { None };
        out.push(match read {
            None => letter,
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some(other) => other,
        });
    }
    out
}

/// How two runs differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    rows: Vec<Row>,
    count: usize,
    conditions: Option<String>,
}

/// What differs; one that only one run has is new or gone.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Row {
    what: String,
    was: Option<Spent>,
    is: Option<Spent>,
}

impl Row {
    fn is_beyond(&self, tolerance: Tolerance) -> bool {
        match (self.was, self.is) {
            (Some(was), Some(is)) => !tolerance.allows(was.gas, is.gas),
            _ => true,
        }
    }

    fn print(&self, tolerance: Tolerance, out: &mut String) {
        let mark = if self.is_beyond(tolerance) { '!' } else { ' ' };
        let shown = |spent: Option<Spent>| spent.map_or("-".into(), |spent| spent.gas.to_string());
        let gas = |spent: Option<Spent>| spent.map_or(0, |spent| i128::from(spent.gas));
        let (was, is) = (gas(self.was), gas(self.is));
        let part = match (self.was, self.is) {
            (None, _) => "new".to_string(),
            (_, None) => "gone".to_string(),
            (Some(_), Some(_)) => percent(was, is),
        };
        let calls = match (self.was, self.is) {
            (Some(was), Some(is)) if was.calls != is.calls => {
                format!(" (calls {} → {})", was.calls, is.calls)
            }
            _ => String::new(),
        };
        let _ = writeln!(
            out,
            "{mark} {:>14} {:>14} {:>+14} {part:>9}  {}{calls}",
            shown(self.was),
            shown(self.is),
            is - was,
            self.what
        );
    }
}

impl Comparison {
    /// Whether something differs by more than that. What is new or gone always does: the file is
    /// to be written anew.
    pub fn is_beyond(&self, tolerance: Tolerance) -> bool {
        self.rows.iter().any(|row| row.is_beyond(tolerance))
    }

    /// A table of what differs, with a mark at what does so by more than `tolerance`.
    pub fn text(&self, path: &str, tolerance: Tolerance) -> String {
        let mut out = String::new();
        if self.rows.is_empty() {
            let _ = writeln!(out, "gas as in {path} ({} lines)", self.count);
            return out;
        }
        let beyond = self.rows.iter().filter(|row| row.is_beyond(tolerance)).count();
        let (differ, Tolerance(hundredths)) = (self.rows.len(), tolerance);
        let _ = write!(out, "gas against {path}: {differ} of {} lines differ", self.count);
        let allowed = format!("{}.{:02} %", hundredths / 100, hundredths % 100);
        let _ = writeln!(out, ", {beyond} by more than {allowed}");
        if let Some(conditions) = &self.conditions {
            let _ = writeln!(out, "that is {conditions}");
        }
        let _ = writeln!(out, "  {:>14} {:>14} {:>14} {:>9}  what", "was", "is", "difference", "%");
        self.rows.iter().for_each(|row| row.print(tolerance, &mut out));
        out
    }
}

/// The difference in parts of a hundred, with its sign and two digits.
fn percent(was: i128, is: i128) -> String {
    let Some(hundredths) = ((is - was) * 10_000).checked_div(was) else {
        return "+∞".to_string();
    };
    let sign = if is < was { '-' } else { '+' };
    let hundredths = hundredths.abs();
    format!("{sign}{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn snapshot(lines: &[(&str, &str, u64, u64)]) -> GasSnapshot {
        let line = |(test, method, calls, gas): &(&str, &str, u64, u64)| {
            let (suite, test, method) = ("S".to_string(), test.to_string(), method.to_string());
            (Subject { suite, test, method }, Spent { calls: *calls, gas: *gas })
        };
        let lines = lines.iter().map(line).collect();
        GasSnapshot { conditions: "schedule 2, -O2".into(), lines, failed: BTreeSet::new() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let names =
            snapshot(&[("a\tb\\n\nc\r", "", 1, 2), ("", "Token.add(Int,Int)", 0, u64::MAX)]);
        assert_eq!(GasSnapshot::parse(&names.print()), Ok(names));
    }

    #[test]
    fn damaged_files_are_told_by_line() {
        for text in ["", "S\tt\t\t1\t2\n", "# x\nS\tt\t1\t2\n", "# x\nS\tt\t\t1\tmany\n"] {
            assert!(GasSnapshot::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn tolerances_are_percentages() {
        let read = |text| Tolerance::parse(text).ok().map(|Tolerance(hundredths)| hundredths);
        let texts =
            ["0", "5", "0.5", "0.25", "100", "", ".5", "1.", "-1", "1.234", "x", "99999999"];
        let expected = [Some(0), Some(500), Some(50), Some(25), Some(10_000)];
        assert_eq!(texts.map(read)[..5], expected);
        assert!(texts[5..].iter().all(|text| read(text).is_none()));
    }

    #[test]
    fn differences_are_told_with_their_signs() {
        let earlier = snapshot(&[("a", "", 2, 1000), ("a", "C.f", 2, 200), ("b", "", 1, 10)]);
        let later = snapshot(&[("a", "", 3, 1015), ("a", "C.f", 2, 100), ("c", "", 1, 7)]);
        let compared = later.compare(&earlier, None);
        assert_eq!(
            compared.text("gas.snapshot", Tolerance(150)),
            "gas against gas.snapshot: 4 of 4 lines differ, 3 by more than 1.50 %\n\
             \x20            was             is     difference         %  what\n\
             \x20           1000           1015            +15     +1.50  S: a (calls 2 → 3)\n\
             !            200            100           -100    -50.00  S: a: C.f\n\
             !             10              -            -10      gone  S: b\n\
             !              -              7             +7       new  S: c\n"
        );
        assert!(compared.is_beyond(Tolerance(150)));
        assert!(!later.compare(&earlier, Some("d")).is_beyond(Tolerance(0)));
        let same = later.compare(&later, None);
        assert_eq!(same.text("gas.snapshot", Tolerance(0)), "gas as in gas.snapshot (3 lines)\n");
    }
}
