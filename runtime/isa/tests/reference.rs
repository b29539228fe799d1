//! `docs/isa.md` is what the tables print. `FVM_UPDATE=1` writes it anew.

use std::path::Path;

#[test]
fn the_reference_page_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/isa.md");
    let page = fvm_isa::reference::page();
    if std::env::var_os("FVM_UPDATE").is_some() {
        std::fs::write(&path, &page).expect("docs/isa.md can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page, "docs/isa.md is not what the tables say: run with FVM_UPDATE=1");
}
