//! Diagnostics as data: every format of every report of the ui corpus is well formed, and fixes
//! repair what they promise.
//!
//! `fix/NAME.scala` and `fix/NAME.fixed` are a source before and after `--fix` (with
//! `--allow-likely` below `fix/likely`); the repaired source has no errors.

use fscc::args::MessageFormat;
use fscc::compilation::{Checked, Sources, check};
use fscc::{fixes, render};
use fscc_base::{Applicability, FileId};
use fscc_tests::schema::mistakes;
use fscc_tests::{files, name_of, on_large_stack, root};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = vec![
        Trial::test("formats/json", || on_large_stack(json_lines)),
        Trial::test("formats/sarif", || on_large_stack(sarif)),
        Trial::test("formats/github", || on_large_stack(github)),
        Trial::test("formats/columns", || on_large_stack(columns)),
    ];
    for path in files(&root().join("tests/fix"), "scala") {
        trials.push(Trial::test(name_of(&path), move || on_large_stack(move || fixed(&path))));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Sources with reports of all kinds, checked.
fn reports() -> Vec<Checked> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["tests/ui/effect", "tests/ui/pattern", "tests/fix"] {
        paths.extend(files(&root().join(folder), "scala"));
    }
    let texts =
        paths.iter().filter_map(|path| Some((name_of(path), fs::read_to_string(path).ok()?)));
    texts.map(|(name, text)| check(Sources::of_text(&name, &text))).collect()
}

fn schema(name: &str) -> Result<Value, Failed> {
    Ok(serde_json::from_str(&fs::read_to_string(root().join("docs").join(name))?)?)
}

/// Every line follows the schema, and repeats what the diagnostic says.
fn json_lines() -> Result<(), Failed> {
    let schema = schema("diagnostics.schema.json")?;
    let (mut lines, mut with_fix, mut with_path) = (0, 0, 0);
    for checked in reports() {
        let map = &checked.sources.map;
        let text = render::render(&checked.diagnostics, map, MessageFormat::Json, false);
        assert_eq!(text.lines().count(), checked.diagnostics.len());
        for line in text.lines() {
            let value: Value = serde_json::from_str(line)?;
            let found = mistakes(&schema, &value);
            if !found.is_empty() {
                return Err(format!("{line}\n{}", found.join("\n")).into());
            }
            lines += 1;
            with_fix += usize::from(value["fixes"] != Value::Array(Vec::new()));
            with_path += usize::from(value["effect_path"] != Value::Array(Vec::new()));
        }
    }
    assert!(lines > 50 && with_fix > 5 && with_path > 3, "{lines} {with_fix} {with_path}");
    Ok(())
}

/// The properties that SARIF 2.1.0 requires, with the values that it allows.
fn sarif() -> Result<(), Failed> {
    for checked in reports() {
        let map = &checked.sources.map;
        let text = render::sarif(&render::sarif_results(&checked.diagnostics, map));
        let log: Value = serde_json::from_str(&text)?;
        let found = mistakes(&schema("../tests/sarif-2.1.0.subset.json")?, &log);
        if !found.is_empty() {
            return Err(found.join("\n").into());
        }
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().ok_or("there are no rules")?;
        for result in run["results"].as_array().ok_or("there are no results")? {
            let index = result["ruleIndex"].as_u64().ok_or("a result without rule")?;
            assert_eq!(rules[index as usize]["id"], result["ruleId"]);
        }
    }
    Ok(())
}

/// One command a line, nothing in it that would end a property.
fn github() -> Result<(), Failed> {
    for checked in reports() {
        let map = &checked.sources.map;
        let text = render::render(&checked.diagnostics, map, MessageFormat::Github, false);
        assert_eq!(text.lines().count(), checked.diagnostics.len());
        for line in text.lines() {
            let rest = line.strip_prefix("::error ").or_else(|| line.strip_prefix("::warning "));
            let (properties, message) =
                rest.and_then(|rest| rest.split_once("::")).ok_or_else(|| line.to_string())?;
            assert!(!message.is_empty(), "{line}");
            for property in properties.split(',') {
                let (name, value) = property.split_once('=').ok_or_else(|| line.to_string())?;
                let known = ["file", "line", "endLine", "col", "endColumn", "title"];
                assert!(known.contains(&name) && !value.is_empty(), "{line}");
            }
        }
    }
    Ok(())
}

/// Columns in bytes and in UTF-16 units, on a line with characters of every length.
fn columns() -> Result<(), Failed> {
    let source = "val a = \"aé€😀\"; val b: Int = missing\n";
    let checked = check(Sources::of_text("columns.scala", source));
    let text =
        render::render(&checked.diagnostics, &checked.sources.map, MessageFormat::Json, false);
    let value: Value = serde_json::from_str(&text)?;
    let place = &value["place"];
    let at = source.find("missing").ok_or("no name")?;
    assert_eq!(place["byte_start"], at);
    assert_eq!(place["byte_end"], at + 7);
    assert_eq!(place["start"]["line"], 1);
    assert_eq!(place["start"]["column_utf8"], at + 1);
    assert_eq!(place["start"]["column_utf16"], source[..at].encode_utf16().count() + 1);
    Ok(())
}

/// The source becomes the one beside it, which has no errors.
fn fixed(path: &Path) -> Result<(), Failed> {
    let is_likely = path.parent().is_some_and(|folder| folder.ends_with("likely"));
    let most = if is_likely { Applicability::Likely } else { Applicability::Safe };
    let sources = Sources::of_text(&name_of(path), &fs::read_to_string(path)?);
    let user: Vec<FileId> = sources.user.clone();
    let repaired = fixes::repair(sources, most);
    let checked = &repaired.checked;
    let text = &checked.sources.map.file(user[0]).text;
    let beside = path.with_extension("fixed");
    if std::env::var("INSTA_UPDATE").is_ok_and(|how| how == "always") {
        fs::write(&beside, text.as_bytes())?;
    }
    pretty_assertions::assert_eq!(fs::read_to_string(&beside)?, **text);
    assert!(repaired.count > 0, "nothing was fixed");
    if checked.diagnostics.iter().any(|diagnostic| diagnostic.is_error()) {
        let map = &checked.sources.map;
        let text = render::render(&checked.diagnostics, map, MessageFormat::Human, false);
        return Err(format!("the repaired source has errors:\n{text}").into());
    }
    Ok(())
}
