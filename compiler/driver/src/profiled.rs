//! Profiles of what was run, as text for people and as a flame graph.

use crate::source_lines::{self, Line, LineTable};
use fscc_base::{SourceFile, SourceMap};
use fvm_isa::{DebugInfo, FunctionId};
use fvm_vm::{Cost, FunctionCost, Profile};
use inferno::flamegraph;
use std::fmt::Write as _;

/// Functions that the text shows.
const FUNCTIONS_SHOWN: usize = 30;

/// A module's profile with the names of its functions and lines.
#[derive(Clone, Debug)]
pub struct Profiled {
    /// The program or contract.
    pub name: String,
    /// Names and lines.
    pub debug: DebugInfo,
    /// What was spent.
    pub profile: Profile,
}

impl Profiled {
    fn function(&self, function: FunctionId) -> String {
        match self.debug.function_name(function.index()) {
            Some(name) => name.to_string(),
            None => format!("{}.{function}", self.name),
        }
    }
}

/// Gas and instructions by function, and by line of the user's sources. Files of the library are
/// one line each.
pub fn text(modules: &[Profiled], sources: &SourceMap) -> String {
    let mut out = String::new();
    for module in modules {
        let sum = module.profile.sum();
        if sum == Cost::default() {
            continue;
        }
        let _ = writeln!(
            out,
            "profile of {}: gas {}, instructions {}",
            module.name, sum.gas, sum.instructions
        );
        if module.profile.unexecuted() > 0 {
            let gas = module.profile.unexecuted();
            let _ = writeln!(out, "  of this paid for and not executed: {gas}");
        }
        functions(module, &mut out);
    }
    lines(modules, sources, &mut out);
    out
}

fn functions(module: &Profiled, out: &mut String) {
    let all = module.profile.sum().gas;
    let mut functions: Vec<(FunctionCost, String)> = module
        .profile
        .functions()
        .into_iter()
        .map(|function| (function, module.function(function.function)))
        .collect();
    functions.sort_by(|(a, a_name), (b, b_name)| {
        b.own.gas.cmp(&a.own.gas).then_with(|| a_name.cmp(b_name))
    });
    let _ = writeln!(
        out,
        "\n{:>14} {:>6} {:>7} {:>14} {:>10}  function",
        "own gas", "own %", "total %", "instructions", "calls"
    );
    for (cost, name) in functions.iter().take(FUNCTIONS_SHOWN) {
        let _ = writeln!(
            out,
            "{:>14} {:>6} {:>7} {:>14} {:>10}  {name}",
            cost.own.gas,
            percent(cost.own.gas, all),
            percent(cost.total.gas, all),
            cost.own.instructions,
            cost.calls
        );
    }
    if let Some(rest) = functions.get(FUNCTIONS_SHOWN..).filter(|rest| !rest.is_empty()) {
        let gas: u64 = rest.iter().map(|(cost, _)| cost.own.gas).sum();
        let _ = writeln!(
            out,
            "{gas:>14} {:>6} {:>7} {:>14} {:>10}  in {} more",
            percent(gas, all),
            "",
            "",
            "",
            rest.len()
        );
    }
    out.push('\n');
}

fn lines(modules: &[Profiled], sources: &SourceMap, out: &mut String) {
    let all = modules.iter().map(|module| module.profile.sum().gas).sum();
    let _ = writeln!(out, "{:>14} {:>6} {:>14}  line", "gas", "%", "instructions");
    let mut row = |cost: Cost, what: &str| {
        let Cost { gas, instructions } = cost;
        let _ = writeln!(out, "{gas:>14} {:>6} {instructions:>14}  {what}", percent(gas, all));
    };
    let source = |name: &str| sources.iter().map(|(_, file)| file).find(|file| file.name == name);
    let files = LineTable::of(modules).files;
    let (user, whole): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|(name, _)| source_lines::is_of_user(name));
    for (name, lines) in user {
        for (line, Line { cost, .. }) in lines.into_iter().filter(|(_, line)| line.executions > 0) {
            let text = source(name).map_or("", |file| line_text(file, line));
            row(cost, format!("{name}:{line} {text}").trim_end());
        }
    }
    for (name, lines) in whole {
        let mut sum = Cost::default();
        lines.values().for_each(|line| sum += line.cost);
        if sum.instructions > 0 {
            row(sum, if name.is_empty() { "(no line)" } else { name });
        }
    }
}

fn line_text(file: &SourceFile, line: u32) -> &str {
    file.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default()
}

/// Parts of a hundred with one digit.
fn percent(part: u64, whole: u64) -> String {
    let thousandths = (u128::from(part) * 1000).checked_div(whole.into()).unwrap_or(0);
    format!("{}.{}", thousandths / 10, thousandths % 10)
}

/// The calls and what each spent, in the form in which flame graphs are made: one line for each
/// way of calls, functions from the outermost on, and the gas.
pub fn folded(modules: &[Profiled]) -> Vec<String> {
    let mut lines = Vec::new();
    for module in modules {
        for (stack, cost) in module.profile.stacks().filter(|(_, cost)| cost.gas > 0) {
            let names = stack.iter().map(|function| module.function(*function));
            // A separator in a name would be read as a call.
            let names = names.map(|name| name.replace([';', '\n'], ","));
            let stack: Vec<String> = std::iter::once(module.name.clone()).chain(names).collect();
            lines.push(format!("{} {}", stack.join(";"), cost.gas));
        }
    }
    lines.sort();
    lines
}

/// An SVG that shows gas as width and calls as height.
///
/// # Errors
/// If there is nothing to show.
pub fn flame_graph(modules: &[Profiled], title: &str) -> Result<String, String> {
    let mut options = flamegraph::Options::default();
    options.title = title.to_string();
    options.count_name = "gas".to_string();
    options.name_type = "Function:".to_string();
    // Equal profiles give equal pictures.
    options.deterministic = true;
    let lines = folded(modules);
    let mut svg = Vec::new();
    flamegraph::from_lines(&mut options, lines.iter().map(String::as_str), &mut svg)
        .map_err(|error| format!("no flame graph: {error}"))?;
    String::from_utf8(svg).map_err(|error| format!("no flame graph: {error}"))
}
