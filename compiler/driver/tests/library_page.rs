//! The lists of members in `docs/library.md` are those of the library's sources. To renew them:
//! `UPDATE=1 cargo test -p fscc --test library_page`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Before the generated part of the page.
const MARK: &str = "<!-- generated from here on -->\n";

/// The name that follows a keyword in a line, operators included.
fn name_after(line: &str, keyword: &str) -> Option<String> {
    let rest = line.strip_prefix(keyword)?;
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    if !word.is_empty() {
        return Some(word);
    }
    let operator: String = rest.chars().take_while(|c| !"[(: ".contains(*c) || *c == ':').collect();
    (!operator.is_empty()).then(|| operator.trim_end_matches([' ']).to_owned())
}

/// The class, trait or object that a line at the margin declares.
fn declared(line: &str) -> Option<String> {
    let mut rest = line;
    for modifier in ["sealed ", "abstract ", "final ", "case "] {
        rest = rest.strip_prefix(modifier).unwrap_or(rest);
    }
    ["class ", "trait ", "object "].iter().find_map(|keyword| name_after(rest, keyword))
}

/// The public member that a line declares.
fn member(line: &str) -> Option<String> {
    let mut rest = line.trim_start();
    while let Some(tail) = rest.strip_prefix('@') {
        let end = if tail.contains(") ") && tail.starts_with("intrinsic") { ") " } else { " " };
        rest = tail.split_once(end).map_or("", |(_, after)| after);
    }
    for modifier in ["override ", "final ", "implicit ", "lazy "] {
        rest = rest.strip_prefix(modifier).unwrap_or(rest);
    }
    let name = ["def ", "val ", "given "].iter().find_map(|keyword| name_after(rest, keyword))?;
    (name != "this").then_some(name)
}

/// Members by package and class.
fn members() -> BTreeMap<String, BTreeMap<String, Vec<String>>> {
    let mut packages: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
    for (name, text) in fscc_stdlib::SOURCES {
        if name.contains("/internal/") {
            continue;
        }
        let package = text.lines().find_map(|line| line.strip_prefix("package ")).unwrap_or("");
        let classes = packages.entry(package.to_owned()).or_default();
        let mut current = None;
        for line in text.lines() {
            if let Some(class) = declared(line) {
                classes.entry(class.clone()).or_default();
                current = Some(class);
            } else if line.starts_with("def ") {
                current = Some("functions".to_owned());
            }
            let depth = line.len() - line.trim_start().len();
            let is_member = depth == 2 || line.starts_with("def ");
            if let (true, Some(class), Some(member)) = (is_member, &current, member(line)) {
                let list = classes.entry(class.clone()).or_default();
                if !list.contains(&member) {
                    list.push(member);
                }
            }
        }
    }
    packages
}

fn generated() -> String {
    let mut page = String::new();
    for (package, classes) in members() {
        let _ = writeln!(page, "\n## `{package}`");
        for (class, mut members) in classes {
            let is_help =
                class.ends_with("WithFilter") || class.ends_with("Iterator") && class != "Iterator";
            if members.is_empty() || is_help || class.ends_with("Ordering") && class != "Ordering" {
                continue;
            }
            members.sort();
            let list: Vec<String> = members.iter().map(|name| format!("`{name}`")).collect();
            let _ = writeln!(page, "\n**{class}**: {}", list.join(" "));
        }
    }
    page
}

#[test]
fn the_page_lists_what_the_sources_declare() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/library.md");
    let page = std::fs::read_to_string(&path).expect("the page can be read");
    let (written, listed) = page.split_once(MARK).expect("the page has a generated part");
    let wanted = generated();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, format!("{written}{MARK}{wanted}")).expect("the page can be written");
    } else {
        assert!(listed == wanted, "docs/library.md is old: run with UPDATE=1");
    }
}
