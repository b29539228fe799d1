//! What a reviewer would otherwise check by eye: headers, lengths, words, arrows between crates,
//! reasons of dependencies, sources of nondeterminism, links and generated pages.
//!
//! Relies on: the repository as it is checked out, and nothing but its text.
//! Guarantees: one test per rule, whose message names every place that breaks it.

use fscc_tests::{files, folders, name_of, root};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a source file, unless the list below allows more.
const LINES_MAX: usize = 700;

/// Files that are longer, and how long they may be. This list only shrinks: a file that got
/// shorter must be given its new length, or be taken out.
const LONG_FILES: &[(&str, usize)] = &[("stdlib/fvm/internal/Fdlibm.scala", 738)];

/// Whole tables, of which a part would not be easier to read.
const TABLES: &[&str] = &[
    "compiler/base/src/codes.rs",
    "grammar/fscala.lalrpop",
    "runtime/arith/src/tables.rs",
    "tests/vm/verify/too_many_slots.fasm",
];

/// Crates that may touch files, terminal, environment and clock.
const OUTER: &[&str] =
    &["compiler/driver", "runtime/calibrate", "runtime/node", "runtime/store", "tests"];

#[test]
fn every_rust_file_begins_with_a_header() {
    let mut problems = Problems::default();
    for path in sources(&["rs"]) {
        let text = read(&path);
        if !(text.starts_with("//! ") || text.starts_with("// ") && is_included(&path)) {
            problems.add(&path, "does not begin with `//! ` and what the file is");
        }
    }
    problems.none();
}

/// Whether another file includes this one: such a piece cannot begin with `//!`.
fn is_included(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
    let include = |text: &str| {
        let mut pieces = text.split("include!(\"").skip(1);
        pieces.any(|rest| rest.split('"').next().is_some_and(|piece| piece.ends_with(&name)))
    };
    sources(&["rs"]).iter().any(|other| include(&read(other)))
}

#[test]
fn every_library_file_begins_with_a_comment() {
    let mut problems = Problems::default();
    for path in files(&root().join("stdlib"), "scala") {
        let text = read(&path);
        if !text.starts_with("/**") && !text.starts_with("//") {
            problems.add(&path, "does not begin with a comment that says what the file is");
        }
    }
    problems.none();
}

#[test]
fn files_are_short() {
    let allowed: BTreeMap<&str, usize> = LONG_FILES.iter().copied().collect();
    let mut found = BTreeMap::new();
    let mut problems = Problems::default();
    for path in sources(&["rs", "scala", "lalrpop", "sh", "java", "fasm", "ssa"]) {
        let name = name_of(&path);
        let lines = read(&path).lines().count();
        if TABLES.contains(&name.as_str()) || name.starts_with("tests/twins/") {
            continue;
        }
        match allowed.get(name.as_str()) {
            None if lines > LINES_MAX => {
                problems.add(&path, &format!("has {lines} lines: split it by subject"));
            }
            Some(most) if lines > *most => {
                problems.add(&path, &format!("has grown from {most} to {lines} lines: split it"));
            }
            Some(most) if lines < *most => {
                let advice = if lines > LINES_MAX { "write that" } else { "take it out" };
                let text = format!("has {lines} lines, LONG_FILES says {most}: {advice}");
                problems.add(&path, &text);
            }
            _ => {}
        }
        found.insert(name, lines);
    }
    for name in allowed.keys().filter(|name| !found.contains_key(**name)) {
        problems.add(&root().join(name), "is in LONG_FILES but does not exist");
    }
    problems.none();
}

/// Words that belong to one machine or to a service, in two parts each, so that this file may hold
/// them.
const FORBIDDEN: &[(&str, &str)] = &[
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("/wo", "rk/"),
    ("/Us", "ers/"),
    ("/mn", "t/"),
    ("crates", ".io"),
    ("static.", "rust-lang"),
    ("repo1.ma", "ven"),
    ("repo.ma", "ven"),
    ("proxy.go", "lang"),
    ("127.0", ".0.1"),
    ("FIX", "ME"),
];

#[test]
fn no_machine_or_host_is_named() {
    let mut problems = Problems::default();
    for path in texts() {
        // Checksums of packages, with the address that cargo writes.
        if name_of(&path).ends_with("Cargo.lock") {
            continue;
        }
        for (number, line) in (1..).zip(read(&path).lines()) {
            for (left, right) in FORBIDDEN {
                let word = format!("{left}{right}");
                if line.contains(&word) {
                    problems.add(&path, &format!("line {number}: `{word}`"));
                }
            }
        }
    }
    problems.none();
}

#[test]
fn lines_end_cleanly() {
    let mut problems = Problems::default();
    for path in sources(&["rs", "md", "toml", "lalrpop", "sh", "java"]) {
        let text = read(&path);
        for (number, line) in (1..).zip(text.lines()) {
            if line.ends_with([' ', '\t', '\r']) {
                problems.add(&path, &format!("line {number} ends in blanks"));
            }
        }
        if !text.is_empty() && !text.ends_with('\n') {
            problems.add(&path, "does not end with a line end");
        }
    }
    problems.none();
}

#[test]
fn the_map_names_every_room() {
    let map = read(&root().join("ARCHITECTURE.md"));
    let mut problems = Problems::default();
    // Folders that the map names exist.
    for quoted in map.split('`').skip(1).step_by(2) {
        let is_path = ["compiler/", "runtime/", "tests/", "stdlib/", "docs/"]
            .iter()
            .any(|room| quoted.starts_with(room));
        let plain = quoted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'*');
        if is_path && plain && !root().join(quoted).exists() {
            problems.add(&root().join("ARCHITECTURE.md"), &format!("`{quoted}` does not exist"));
        }
    }
    let rooms = rooms(&map);
    for (folder, manifest) in manifests() {
        let name = package_name(&manifest);
        if !rooms.contains_key(&name) {
            problems.add(&folder, &format!("`{name}` is not in the table of ARCHITECTURE.md"));
        }
    }
    problems.none();
}

/// A row of the map's table of crates.
struct Room {
    folder: String,
    /// What it may import, by short names; none if anything.
    imports: Option<Vec<String>>,
}

/// The table of crates, by name.
fn rooms(map: &str) -> BTreeMap<String, Room> {
    let mut rooms = BTreeMap::new();
    for line in map.lines() {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, folder, imports, _] = cells[..] else { continue };
        let Some(name) = name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) else {
            continue;
        };
        let folder = folder.split('`').nth(1).unwrap_or_default().to_string();
        let imports = match imports.contains("everything") {
            true => None,
            false => Some(imports.split(',').map(|word| word.trim().to_string()).collect()),
        };
        rooms.insert(name.to_string(), Room { folder, imports });
    }
    rooms
}

#[test]
fn crates_import_what_the_map_allows() {
    let rooms = rooms(&read(&root().join("ARCHITECTURE.md")));
    let mut problems = Problems::default();
    for (folder, manifest) in manifests() {
        let Some(room) = rooms.get(&package_name(&manifest)) else { continue };
        if name_of(&folder) != room.folder {
            problems.add(&folder, &format!("the map says `{}`", room.folder));
        }
        let Some(allowed) = &room.imports else { continue };
        for import in own_imports(&manifest) {
            let short = import.trim_start_matches("fscc-").trim_start_matches("fvm-").to_string();
            if !allowed.contains(&short) {
                problems.add(&folder, &format!("imports `{import}`, which the map forbids"));
            }
        }
        for short in allowed.iter().filter(|short| !short.is_empty()) {
            let is_there = own_imports(&manifest).iter().any(|import| import.ends_with(short));
            if !is_there {
                problems.add(&folder, &format!("does not import `{short}`: the map is too wide"));
            }
        }
    }
    problems.none();
}

#[test]
fn every_dependency_has_a_reason() {
    let mut problems = Problems::default();
    let workspace = root().join("Cargo.toml");
    let text = read(&workspace);
    let section = section(&text, "[workspace.dependencies]");
    let mut before = "";
    for line in section.lines() {
        let is_own = line.contains("path = ");
        if !line.is_empty() && !line.starts_with('#') && !is_own && !before.starts_with('#') {
            let name = line.split('=').next().unwrap_or_default().trim();
            problems.add(&workspace, &format!("`{name}` has no line of reason above it"));
        }
        before = line;
    }
    for (folder, manifest) in manifests() {
        for part in ["[dependencies]", "[dev-dependencies]", "[build-dependencies]"] {
            for line in self::section(&manifest, part).lines() {
                let is_dependency = !line.is_empty() && !line.starts_with('#');
                let is_shared = line.contains("workspace = true");
                if is_dependency && !is_shared {
                    problems.add(&folder, &format!("`{line}`: versions stand in the workspace"));
                }
            }
        }
    }
    problems.none();
}

/// What would let a run depend on the machine, and where it may stand all the same.
const NONDETERMINISM: &[&str] = &[
    "std::time",
    "std::env",
    "std::fs",
    "std::process",
    "std::thread",
    "std::net",
    "std::collections::HashMap",
    "std::collections::HashSet",
    "collections::hash_map",
    "RandomState",
    "println!",
    "thread_local!",
];

#[test]
fn the_core_is_pure() {
    let mut problems = Problems::default();
    for (folder, _) in manifests() {
        if OUTER.contains(&name_of(&folder).as_str()) {
            continue;
        }
        for path in files(&folder.join("src"), "rs") {
            let text = read(&path);
            // Unit tests may look at files.
            let mut marks = text.match_indices("#[cfg(test)]\n");
            let is_module = |(at, mark): &(usize, &str)| {
                text[at + mark.len()..].trim_start().starts_with("mod ")
            };
            let code = marks.find(is_module).map_or(&text[..], |(at, _)| &text[..at]);
            for (number, line) in (1..).zip(code.lines()) {
                let line = line.split("//").next().unwrap_or_default();
                for word in NONDETERMINISM.iter().filter(|word| line.contains(**word)) {
                    problems.add(&path, &format!("line {number}: `{word}` below the driver"));
                }
            }
        }
    }
    problems.none();
}

#[test]
fn links_lead_somewhere() {
    let mut problems = Problems::default();
    for path in sources(&["md"]) {
        for (number, target) in links(&read(&path)) {
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            if file.contains("://") || file.starts_with('…') {
                continue;
            }
            let folder = path.parent().expect("a page lies in a folder");
            let to = if file.is_empty() { path.clone() } else { folder.join(file) };
            if !to.exists() {
                problems.add(&path, &format!("line {number}: `{target}` does not exist"));
            } else if !anchor.is_empty() && !headings(&read(&to)).contains(&anchor.to_string()) {
                problems.add(&path, &format!("line {number}: no heading `#{anchor}`"));
            }
        }
    }
    problems.none();
}

/// The links of a page with their lines, without those in blocks of code.
fn links(page: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    let mut in_code = false;
    for (number, line) in (1..).zip(page.lines()) {
        if line.starts_with("```") {
            in_code = !in_code;
        }
        if in_code {
            continue;
        }
        for part in line.split("](").skip(1) {
            if let Some((target, _)) = part.split_once(')') {
                links.push((number, target.to_string()));
            }
        }
    }
    links
}

/// The anchors of a page's headings.
fn headings(page: &str) -> Vec<String> {
    let titles = page.lines().filter_map(|line| {
        let title = line.trim_start_matches('#');
        (title.len() < line.len()).then(|| title.trim().to_lowercase())
    });
    let anchor = |title: String| -> String {
        let kept = title.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect()
    };
    titles.map(anchor).collect()
}

#[test]
fn every_chapter_is_listed() {
    let mut problems = Problems::default();
    let folder = root().join("tests/spec");
    let contents = read(&folder.join("README.md"));
    let entrance = read(&root().join("docs/language.md"));
    for path in files(&folder, "md") {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
        if name == "README.md" {
            continue;
        }
        for (list, text) in [("tests/spec/README.md", &contents), ("docs/language.md", &entrance)] {
            if !text.contains(&name) {
                problems.add(&path, &format!("is not listed in {list}"));
            }
        }
    }
    problems.none();
}

#[test]
fn outputs_belong_to_a_source() {
    let mut problems = Problems::default();
    for path in files(&root().join("tests/run"), "expected") {
        if !path.with_extension("scala").exists() {
            problems.add(&path, "belongs to no program");
        }
    }
    for path in files(&root().join("tests/run"), "scala") {
        if !path.with_extension("expected").exists() {
            problems.add(&path, "has no `.expected`: run tests/scala/golden.sh");
        }
    }
    for path in files(&root().join("tests/ui"), "snap") {
        if !path.with_extension("scala").exists() {
            problems.add(&path, "belongs to no source");
        }
    }
    problems.none();
}

/// How many rules of meaning there are.
const RULES: usize = 50;

#[test]
fn every_rule_of_meaning_has_a_test() {
    let mut problems = Problems::default();
    let table = root().join("tests/README.md");
    let text = read(&table);
    let mut listed = Vec::new();
    for rule in 1..=RULES {
        let name = format!("rule{rule:02}_");
        let Some(row) = text.lines().find(|line| line.starts_with(&format!("| {rule} | "))) else {
            problems.add(&table, &format!("rule {rule} has no row"));
            continue;
        };
        let tests = row.split('`').skip(1).step_by(2).filter(|test| test.starts_with(&name));
        let tests: Vec<String> = tests.map(str::to_string).collect();
        if tests.is_empty() {
            problems.add(&table, &format!("rule {rule} names no test"));
        }
        listed.extend(tests);
    }
    for folder in ["tests/run/rules", "tests/ui/rules"] {
        for path in files(&root().join(folder), "scala") {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().to_string();
            match listed.iter().position(|test| *test == stem) {
                Some(place) => drop(listed.swap_remove(place)),
                None => problems.add(&path, "is not in the table of tests/README.md"),
            }
        }
    }
    for test in listed {
        problems.add(&table, &format!("`{test}` does not exist"));
    }
    problems.none();
}

/// How many rules the ledger has.
const LEDGER_RULES: usize = 18;

#[test]
fn every_rule_of_the_ledger_has_a_test_that_names_it() {
    let mut problems = Problems::default();
    let (table, tests) = (root().join("tests/README.md"), root().join("tests/rules.rs"));
    let (rows, code) = (read(&table), read(&tests));
    let functions: Vec<&str> =
        code.lines().filter_map(|line| line.strip_prefix("fn r")?.split('(').next()).collect();
    let mut listed = Vec::new();
    for rule in 1..=LEDGER_RULES {
        let Some(row) = rows.lines().find(|line| line.starts_with(&format!("| R{rule} | "))) else {
            problems.add(&table, &format!("rule R{rule} has no row"));
            continue;
        };
        let name = format!("r{rule:02}");
        let named = row.split('`').skip(1).step_by(2).filter(|test| test.starts_with(&name));
        let before = listed.len();
        listed.extend(named.filter_map(|test| test.strip_prefix('r')));
        if listed.len() == before {
            problems.add(&table, &format!("rule R{rule} names no test of `rules.rs`"));
        }
    }
    for test in listed.iter().filter(|test| !functions.contains(test)) {
        problems.add(&table, &format!("`r{test}` does not exist"));
    }
    let is_rule = |name: &&&str| name.starts_with(|letter: char| letter.is_ascii_digit());
    for test in functions.iter().filter(is_rule).filter(|test| !listed.contains(test)) {
        problems.add(&tests, &format!("`r{test}` is not in the table of tests/README.md"));
    }
    problems.none();
}

/// Places that break a rule.
#[derive(Default)]
struct Problems {
    text: String,
    count: usize,
}

impl Problems {
    fn add(&mut self, path: &Path, problem: &str) {
        self.count += 1;
        let _ = writeln!(self.text, "{}: {problem}", name_of(path));
    }

    fn none(&self) {
        assert!(self.count == 0, "{} places:\n{}", self.count, self.text);
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", name_of(path)))
}

/// The files of the repository with one of these extensions, without what is built.
fn sources(extensions: &[&str]) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = files_at_top();
    for folder in folders(&root()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().to_string();
        if ["target", "out", ".git"].contains(&name.as_str()) {
            continue;
        }
        for extension in extensions {
            found.extend(files(&folder, extension));
        }
    }
    let wanted = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        // What is outside of the workspace builds in folders of its own.
        let is_built = ["fuzz/target/", "runtime/tree/compare/target/"]
            .iter()
            .any(|folder| name_of(path).starts_with(folder));
        extensions.contains(&extension.as_ref()) && !is_built
    };
    found.retain(wanted);
    found.sort();
    found
}

fn files_at_top() -> Vec<PathBuf> {
    let entries = fs::read_dir(root()).expect("the repository can be read");
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    paths.filter(|path| path.is_file()).collect()
}

/// Everything that people wrote.
fn texts() -> Vec<PathBuf> {
    sources(&[
        "rs", "md", "toml", "lock", "scala", "lalrpop", "sh", "java", "json", "xml", "fasm", "ssa",
    ])
}

/// The crates: folder and text of the manifest.
fn manifests() -> Vec<(PathBuf, String)> {
    let workspace = read(&root().join("Cargo.toml"));
    let members = workspace.split("members = [").nth(1).and_then(|rest| rest.split(']').next());
    let members = members.expect("the workspace lists its members");
    let folders = members.split('"').skip(1).step_by(2).map(|member| root().join(member));
    folders.map(|folder| (folder.clone(), read(&folder.join("Cargo.toml")))).collect()
}

fn package_name(manifest: &str) -> String {
    let line = manifest.lines().find(|line| line.starts_with("name = "));
    line.and_then(|line| line.split('"').nth(1)).unwrap_or_default().to_string()
}

/// The part of a manifest under a heading.
fn section<'a>(manifest: &'a str, heading: &str) -> &'a str {
    let rest = manifest.split_once(&format!("{heading}\n")).map_or("", |(_, rest)| rest);
    rest.split("\n[").next().unwrap_or_default()
}

/// Our own crates that a crate needs to be built.
fn own_imports(manifest: &str) -> Vec<String> {
    let parts = ["[dependencies]", "[build-dependencies]"];
    let lines = parts.into_iter().flat_map(|part| section(manifest, part).lines());
    let names = lines.map(|line| {
        let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
        line[..end].to_string()
    });
    names.filter(|name| name.starts_with("fscc") || name.starts_with("fvm")).collect()
}
