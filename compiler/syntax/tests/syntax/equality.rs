//! A program means the same with braces and with indentation.

use crate::common::{first_difference, parse, repository_sources, sources, tree, with_braces};
use pretty_assertions::assert_eq;
use std::path::Path;

/// Pairs written by hand: `name.braces.scala` beside `name.indent.scala`.
#[test]
fn pairs_have_equal_trees() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs");
    let mut pairs = 0;
    for path in sources(&folder) {
        let Some(stem) = path.to_string_lossy().strip_suffix(".braces.scala").map(str::to_owned)
        else {
            continue;
        };
        let read = |form: &str| std::fs::read_to_string(format!("{stem}.{form}.scala"));
        let (Ok(braces), Ok(indent)) = (read("braces"), read("indent")) else {
            panic!("{stem} has no partner");
        };
        assert_eq!(tree(&braces), tree(&indent), "{stem}");
        pairs += 1;
    }
    assert!(pairs >= 8, "only {pairs} pairs");
}

/// Every Scala source of the repository (and of the folder in `FSCC_SYNTAX_EXTRA`, if set) that
/// parses, written again with explicit braces, semicolons, `then` and `do`, gives the same tree.
#[test]
fn explicit_braces_change_nothing() {
    let (mut compared, mut failures) = (0, Vec::new());
    for path in repository_sources() {
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        let parsed = parse(&source);
        if !parsed.diagnostics.is_empty() {
            continue;
        }
        let explicit = with_braces(&source);
        let again = parse(&explicit);
        compared += 1;
        if let Some(diagnostic) = again.diagnostics.first() {
            let place = explicit[..diagnostic.span().lo as usize].lines().last().unwrap_or("");
            failures.push(format!("{}: {} after {place:?}", path.display(), diagnostic.message));
            continue;
        }
        let (one, two) = (fscc_syntax::print(&parsed.unit), fscc_syntax::print(&again.unit));
        if one != two {
            failures.push(format!("{}: {}", path.display(), first_difference(&one, &two)));
        }
    }
    assert!(failures.is_empty(), "{} of {compared}:\n{}", failures.len(), failures.join("\n"));
    assert!(compared >= 16, "only {compared} sources");
}
