//! What every source line of compiled modules cost and how often it was executed: one table for
//! profiles and for coverage.

use crate::profiled::Profiled;
use fvm_vm::Cost;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Ranges of lines that are listed for one file.
const RANGES_SHOWN: usize = 20;

/// A line that has code.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Line {
    /// What its instructions cost.
    pub cost: Cost,
    /// How often the instruction was executed that was so most often.
    pub executions: u64,
}

/// The lines that have code, by file and number.
#[derive(Clone, Default, Debug)]
pub struct LineTable<'a> {
    /// A file without a name holds code without a line.
    pub files: BTreeMap<&'a str, BTreeMap<u32, Line>>,
}

/// Whether this is a file of the user and not of the library.
pub fn is_of_user(file: &str) -> bool {
    !file.is_empty() && !file.starts_with('<')
}

impl<'a> LineTable<'a> {
    /// The lines of all modules together.
    pub fn of(modules: &'a [Profiled]) -> LineTable<'a> {
        let mut table = LineTable::default();
        for module in modules {
            for (location, cost) in module.profile.code() {
                let position =
                    module.debug.position(location.function.index(), location.block, location.inst);
                let (file, number) = position.map_or(("", 0), |(file, line, _)| (file, line));
                let line = table.files.entry(file).or_default().entry(number).or_default();
                line.cost += cost;
                line.executions = line.executions.max(cost.instructions);
            }
        }
        table
    }

    fn of_user(&self) -> impl Iterator<Item = (&str, &BTreeMap<u32, Line>)> {
        self.files.iter().map(|(file, lines)| (*file, lines)).filter(|(file, _)| is_of_user(file))
    }

    /// How much of each of the user's files was executed, and which lines were not.
    pub fn coverage(&self) -> String {
        let mut out = format!("{:>8} {:>8} {:>7}  coverage\n", "lines", "covered", "%");
        let mut row = |covered: usize, lines: usize, what: &str| {
            let percent = percent(covered, lines);
            let _ = writeln!(out, "{lines:>8} {covered:>8} {percent:>7}  {what}");
        };
        let (mut files, mut covered_in_all, mut lines_in_all) = (0, 0, 0);
        for (file, lines) in self.of_user() {
            let covered = covered(lines);
            let missed = missed(lines);
            let missed = if missed.is_empty() { missed } else { format!(", not {missed}") };
            row(covered, lines.len(), &format!("{file}{missed}"));
            files += 1;
            covered_in_all += covered;
            lines_in_all += lines.len();
        }
        if files != 1 {
            row(covered_in_all, lines_in_all, &format!("{files} files"));
        }
        out
    }

    /// The same for editors and other tools, in the form of LCOV.
    pub fn lcov(&self) -> String {
        let mut out = String::new();
        for (file, lines) in self.of_user() {
            let _ = writeln!(out, "TN:\nSF:{file}");
            for (number, line) in lines {
                let _ = writeln!(out, "DA:{number},{}", line.executions);
            }
            let _ = writeln!(out, "LF:{}\nLH:{}\nend_of_record", lines.len(), covered(lines));
        }
        out
    }
}

fn covered(lines: &BTreeMap<u32, Line>) -> usize {
    lines.values().filter(|line| line.executions > 0).count()
}

/// The lines that were not executed: `3, 5-8`. Lines without code do not end a range.
fn missed(lines: &BTreeMap<u32, Line>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut is_open = false;
    for (number, line) in lines {
        match ranges.last_mut() {
            _ if line.executions > 0 => is_open = false,
            Some((_, last)) if is_open => *last = *number,
            _ => {
                ranges.push((*number, *number));
                is_open = true;
            }
        }
    }
    let shown = |(first, last): &(u32, u32)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    };
    let mut texts: Vec<String> = ranges.iter().take(RANGES_SHOWN).map(shown).collect();
    if ranges.len() > RANGES_SHOWN {
        texts.push("…".to_string());
    }
    texts.join(", ")
}

/// Parts of a hundred with one digit, which are a hundred only if nothing is missing.
fn percent(part: usize, whole: usize) -> String {
    let thousandths = (part * 1000).checked_div(whole).unwrap_or(1000);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn table(executions: &[(u32, u64)]) -> LineTable<'static> {
        let line = |(number, executions): &(u32, u64)| {
            (*number, Line { cost: Cost::default(), executions: *executions })
        };
        let lines: BTreeMap<u32, Line> = executions.iter().map(line).collect();
        LineTable { files: [("A.scala", lines.clone()), ("<stdlib>/b", lines)].into() }
    }

    #[test]
    fn lines_without_code_do_not_end_a_range() {
        let table = table(&[(1, 0), (3, 2), (5, 0), (8, 0), (9, 1)]);
        let expected = "   lines  covered       %  coverage\n\
                        \x20      5        2    40.0  A.scala, not 1, 5-8\n";
        assert_eq!(table.coverage(), expected);
    }

    #[test]
    fn lcov_counts_executions() {
        let expected = "TN:\nSF:A.scala\nDA:3,2\nDA:5,0\nLF:2\nLH:1\nend_of_record\n";
        assert_eq!(table(&[(3, 2), (5, 0)]).lcov(), expected);
    }
}
