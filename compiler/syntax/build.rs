//! Generates the parser from the grammar, which is data in a folder of its own.

fn main() {
    println!("cargo::rerun-if-changed=../../grammar");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let result = lalrpop::Configuration::new()
        .set_in_dir("../../grammar")
        .set_out_dir(out)
        .emit_rerun_directives(false)
        .process();
    if let Err(error) = result {
        eprintln!("the grammar does not compile: {error}");
        std::process::exit(1);
    }
}
