//! Tells the crate whether the compiler can be expected to turn the last call of a handler into a
//! jump: when it optimises, and for processors where somebody has looked.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(tail_calls)");
    // Set by hand alone, to measure what metering costs: no feature of any crate leads to it.
    println!("cargo::rustc-check-cfg=cfg(unmetered)");
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, values: &[&str]| {
        std::env::var(name).is_ok_and(|value| values.contains(&value.as_str()))
    };
    if is("OPT_LEVEL", &["2", "3", "s", "z"]) && is("CARGO_CFG_TARGET_ARCH", &["x86_64", "aarch64"])
    {
        println!("cargo::rustc-cfg=tail_calls");
    }
}
