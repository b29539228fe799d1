//! The library's prepared trees are what parsing its sources gives, and programs that are checked
//! with either are the same.

use fscc_base::{FileId, Idx, SourceFile, SourceMap};
use fscc_syntax::ast::Unit;
use fscc_syntax::portable::Store;
use std::fs;
use std::path::Path;

fn store() -> &'static Store {
    Box::leak(Box::new(Store::load(fscc_stdlib::TREES)))
}

fn library() -> SourceMap {
    let mut map = SourceMap::new();
    for (name, text) in fscc_stdlib::SOURCES {
        map.add(SourceFile::new(*name, *text));
    }
    map
}

#[test]
fn the_prepared_trees_are_the_parsed_ones() {
    let store = store();
    let map = library();
    assert_eq!(store.len(), fscc_stdlib::SOURCES.len());
    for (id, file) in map.iter() {
        let parsed = fscc_syntax::parse(id, file).unit;
        assert!(store.unit(id.index(), id) == parsed, "{}", file.name);
    }
}

#[test]
fn programs_are_the_same_with_both_forms() {
    let store = store();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = library();
    for folder in ["examples/escrow", "examples/multisig", "tests/run/programs"] {
        let mut names: Vec<_> = fs::read_dir(root.join(folder))
            .expect("the folder is there")
            .map(|entry| entry.expect("the entry can be read").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "scala"))
            .collect();
        names.sort();
        for path in names.iter().take(2) {
            let text = fs::read_to_string(path).expect("the source can be read");
            let file = SourceFile::new(path.display().to_string(), text);
            let user = FileId::new(store.len());
            let program = |library: Vec<Unit>| {
                let mut units: Vec<_> = library.into_iter().map(|unit| (unit, true)).collect();
                units.push((fscc_syntax::parse(user, &file).unit, false));
                let (program, found) = fscc_sema::check(&units);
                (fscc_sema::print::print(&program), format!("{found:?}"))
            };
            let parsed = library.iter().map(|(id, file)| fscc_syntax::parse(id, file).unit);
            let prepared = library.iter().map(|(id, _)| store.unit(id.index(), id));
            assert!(program(parsed.collect()) == program(prepared.collect()), "{}", file.name);
        }
    }
}
