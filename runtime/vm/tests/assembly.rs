//! Placeholder until the assembly tests arrive.

fn main() {}
