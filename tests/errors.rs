//! The pages of the diagnostic codes (`compiler/base/pages`). Every code has a page and every page
//! a code; the failing example of a page reports exactly its code, the repaired one nothing. The
//! report of the failing example is the snapshot `tests/pages/CODE.snap`: so every code that the
//! compiler can report has a test. `docs/errors.md` lists all of them, and shows typical mistakes
//! beside what the real compiler prints about them (`tests/mistakes`, `tests/scala/mistakes.sh`);
//! the parts of it that are tables are made here, with `INSTA_UPDATE=always`.

use fscc::args::MessageFormat;
use fscc::compilation::{Checked, Sources, check};
use fscc::render;
use fscc_base::LabelRole;
use fscc_base::codes::{Row, TABLE};
use fscc_tests::{every_label_speaks, files, marks, name_of, on_large_stack, root, snapshot};
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

/// Codes whose pages have no examples, with the reason.
const WITHOUT_EXAMPLES: &[(&str, &str)] = &[
    ("E0105", "the example would be as deep as the limit; `limits/…` in corpus.rs makes it"),
    ("E0509", "it compares with a file `effects.lock`; `ui/effect/lock.scala` has one"),
    ("W0509", "it compares with a file `effects.lock`; `ui/effect/lock.scala` has one"),
    ("E0510", "it is about a file `effects.lock`; `ui/effect/lock.scala` has one"),
    ("E0511", "it is about a library; `libraries.rs` makes it"),
    ("E0910", "it is about a library; `ui/library/members.scala` makes it"),
    ("E0911", "it is about a library; `ui/library/types.scala` makes it"),
    ("E0912", "it is about a library; `ui/library/state.scala` makes it"),
    ("E0913", "it is about a library; `libraries.rs` makes it"),
    ("E1083", "it is about a library; `libraries.rs` makes it"),
    ("G0001", "the example would be as large as the limit"),
    ("G0401", "the example would be as large as the limit; `exhaustive/tests.rs` has it"),
    ("I0001", "a bug of the compiler, which no program should reach"),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = vec![
        Trial::test("table/every code has its page", every_code_has_its_page),
        Trial::test("table/every page has its code", every_page_has_its_code),
    ];
    trials.push(Trial::test("docs/errors.md is current", || on_large_stack(page_is_current)));
    for row in TABLE {
        if WITHOUT_EXAMPLES.iter().all(|(code, _)| *code != row.code.as_str()) {
            trials.push(Trial::test(format!("pages/{}", row.code), move || {
                on_large_stack(move || examples(row))
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn every_code_has_its_page() -> Result<(), Failed> {
    for row in TABLE {
        let head = format!("# {}: {}\n\n", row.code, row.title);
        if !row.page.starts_with(&head) {
            return Err(
                format!("the page of {} must begin with `{}`", row.code, head.trim()).into()
            );
        }
        let is_long_enough = row.page[head.len()..].trim().len() > 20;
        if !is_long_enough {
            return Err(format!("the page of {} explains nothing", row.code).into());
        }
    }
    Ok(())
}

fn every_page_has_its_code() -> Result<(), Failed> {
    for path in files(&root().join("compiler/base/pages"), "md") {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if TABLE.iter().all(|row| row.code.as_str() != stem) {
            return Err(format!("there is a page for {stem}, which is no code").into());
        }
    }
    Ok(())
}

/// The examples of a page do what the page says.
fn examples(row: &Row) -> Result<(), Failed> {
    let code = row.code.as_str();
    let fails = example(row, "## Fails")?;
    let repaired = example(row, "## Repaired")?;
    let checked = check(Sources::of_text(&format!("{code}.scala"), fails));
    let codes: Vec<&str> = checked.diagnostics.iter().map(|found| found.code.as_str()).collect();
    if codes.is_empty() || codes.iter().any(|found| *found != code) {
        return Err(format!("must report {code} alone:\n{}", rendered(&checked)).into());
    }
    every_label_speaks(&checked)?;
    snapshot(&root().join("tests/pages").join(code), "", rendered(&checked));
    let checked = check(Sources::of_text(&format!("{code}.scala"), repaired));
    match checked.diagnostics.is_empty() {
        true => Ok(()),
        false => Err(format!("must be clean:\n{}", rendered(&checked)).into()),
    }
}

/// The fenced block after this heading.
fn example<'a>(row: &'a Row, heading: &str) -> Result<&'a str, Failed> {
    let find = || {
        let (_, rest) = row.page.split_once(heading)?;
        let (_, rest) = rest.split_once("```scala\n")?;
        rest.split_once("```").map(|(text, _)| text)
    };
    find().ok_or_else(|| format!("the page of {} has no example `{heading}`", row.code).into())
}

/// What stands between the marks in `docs/errors.md` is what is made here.
fn page_is_current() -> Result<(), Failed> {
    let path = root().join("docs/errors.md");
    let page = fs::read_to_string(&path)?;
    let mut made = page.clone();
    for (name, text) in [("mistakes", mistakes()?), ("codes", codes())] {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- end of {name} -->"));
        let start = made.find(&open).ok_or_else(|| format!("no {open}"))? + open.len();
        let end = made.find(&close).ok_or_else(|| format!("no {close}"))?;
        made.replace_range(start..end, &text);
    }
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        fs::write(&path, &made)?;
        return Ok(());
    }
    pretty_assertions::assert_eq!(page, made);
    Ok(())
}

/// The table of all codes, each with its tests.
fn codes() -> String {
    let mut uses: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files(&root().join("tests/ui"), "scala") {
        for mark in marks(&fs::read_to_string(&path).unwrap_or_default()) {
            let tests = uses.entry(mark.code).or_default();
            if !tests.contains(&name_of(&path)) {
                tests.push(name_of(&path));
            }
        }
    }
    let mut text = "\n| code | name | what it says | tests |\n|---|---|---|---|\n".to_string();
    for row in TABLE {
        let code = row.code.as_str();
        let mut tests: Vec<String> = Vec::new();
        match WITHOUT_EXAMPLES.iter().find(|(other, _)| *other == code) {
            Some((_, reason)) => tests.push((*reason).to_string()),
            None => tests.push(format!("[page](../tests/pages/{code}.snap)")),
        }
        for name in uses.get(code).into_iter().flatten().take(2) {
            let stem = name.trim_start_matches("tests/ui/").trim_end_matches(".scala");
            tests.push(format!("[{stem}](../{name})"));
        }
        let link = format!("[{code}](../compiler/base/pages/{code}.md)");
        let _ =
            writeln!(text, "| {link} | `{}` | {} | {} |", row.slug(), row.title, tests.join(", "));
    }
    text + "\n"
}

/// The typical mistakes, as both compilers report them.
fn mistakes() -> Result<String, Failed> {
    let mut table = "\n| mistake | place in fscc | place in Scala | why, as shown | repair as data |\n|---|---|---|---|---|\n".to_string();
    let mut text = String::new();
    for path in files(&root().join("tests/mistakes"), "scala") {
        let source = fs::read_to_string(&path)?;
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let title = source.lines().next().unwrap_or_default().trim_start_matches("// ").to_string();
        let checked = check(Sources::of_text(&file, &source));
        let [found] = checked.diagnostics.as_slice() else {
            return Err(format!("{file}: one finding expected:\n{}", rendered(&checked)).into());
        };
        let scala = fs::read_to_string(path.with_extension("scalac"))?;
        let at = checked.sources.map.place(found.span()).map(|(_, at)| at);
        let ours = at.map_or(String::new(), |at| format!("{}:{}", at.line, at.column));
        let theirs = scala_place(&scala);
        precise(&file, &ours, &theirs)?;
        let reason = (found.labels.iter())
            .find(|label| label.role == LabelRole::Reason)
            .map_or(found.labels[0].text.as_str(), |label| label.text.as_str());
        if reason.is_empty() {
            return Err(format!("{file}: no label says why:\n{}", rendered(&checked)).into());
        }
        let fix = found.fixes.first().map_or("none", |fix| fix.applicability.as_str());
        let _ =
            writeln!(table, "| {title} | {} at {ours} | {theirs} | {reason} | {fix} |", found.code);
        let _ = write!(
            text,
            "### {title}\n```scala\n{}```\nfscc:\n```text\n{}```\nScala 3.9.0:\n```text\n{}```\n\n",
            source.split_once('\n').map_or("", |(_, rest)| rest),
            trimmed(&rendered(&checked)),
            trimmed(&scala)
        );
    }
    Ok(format!("{table}\n{text}"))
}

/// Where fscc reports another place than Scala, and why that is nearer to the mistake.
const NEARER: &[(&str, &str)] = &[
    ("06-forgotten-then.scala", "where the word is missing, not where the next line surprises"),
    ("10-missing-given.scala", "the method that asks for it, not the closing bracket"),
];

/// The place is the one that Scala reports, or one that is known to be better.
fn precise(file: &str, ours: &str, theirs: &str) -> Result<(), Failed> {
    let same = theirs.ends_with(&format!(" at {ours}")) || theirs == "accepted";
    match same || NEARER.iter().any(|(other, _)| *other == file) {
        true => Ok(()),
        false => Err(format!("{file}: reported at {ours}, Scala: {theirs}").into()),
    }
}

/// The place in the first line that the real compiler prints: `-- [E006] …: file:3:2 ---`; its
/// columns begin with 0.
fn scala_place(printed: &str) -> String {
    let find = || {
        let line = printed.lines().find(|line| line.starts_with("-- "))?;
        let kind = if line.contains(" Warning:") { "warning" } else { "error" };
        let (_, place) = line.split_once(".scala:")?;
        let (line, rest) = place.split_once(':')?;
        let column: usize = rest.split(' ').next()?.parse().ok()?;
        Some(format!("{kind} at {line}:{}", column + 1))
    };
    find().unwrap_or_else(|| "accepted".to_string())
}

/// Without blanks at the ends of lines.
fn trimmed(text: &str) -> String {
    text.lines().map(|line| line.trim_end().to_string() + "\n").collect()
}

fn rendered(checked: &Checked) -> String {
    render::render(&checked.diagnostics, &checked.sources.map, MessageFormat::Human, false)
}
