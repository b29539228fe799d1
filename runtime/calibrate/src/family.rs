//! Families of hostile modules: one function of any size, of instructions that are expensive to
//! verify, to decode or to compile. What a stage does with it is counted in instructions of the
//! processor from outside; see `.ci/linear`.

use clap::ValueEnum;
use fvm_isa::{text, wire};
use std::fmt::Write;

/// What is done with a module.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// It is made.
    Make,
    /// It is decoded and verified.
    Verify,
    /// And decoded for the threaded interpreter.
    Threaded,
    /// Or compiled to machine code.
    Jit,
    /// Or by LLVM.
    #[cfg(feature = "llvm")]
    Llvm,
}

/// How the function is built from lines.
#[derive(Clone, Copy)]
enum Shape {
    /// The lines again and again.
    Straight(&'static [&'static str]),
    /// Blocks with the lines, each of which ends with the last one. There `{next}` is the block
    /// behind, `{after}` the one after that, `{before}` the one in front, `{last}` the end.
    Blocks(&'static [&'static str]),
    /// A block for every case of switches.
    Switches,
}

/// Families by name.
const FAMILIES: &[(&str, Shape)] = &[
    ("additions", Shape::Straight(&["i32.add r0, r0, r0"])),
    ("products", Shape::Straight(&["i64.mul r1, r1, r1"])),
    ("quotients", Shape::Straight(&["i32.div r0, r0, r0"])),
    ("remainders", Shape::Straight(&["i64.rem r1, r1, r1"])),
    ("doubles", Shape::Straight(&["f64.div r8, r8, r8"])),
    ("wide-sums", Shape::Straight(&["u128.add r2, r2, r2"])),
    ("wide-products", Shape::Straight(&["u128.mul r2, r2, r2"])),
    ("wide-quotients", Shape::Straight(&["u128.div r2, r2, r2"])),
    ("elements", Shape::Straight(&["array.get_int r0, r3, r0"])),
    ("stores", Shape::Straight(&["array.set_int r3, r0, r0"])),
    ("wide-elements", Shape::Straight(&["array.get_any r7, r4, r0", "array.set_any r4, r0, r7"])),
    ("arrays", Shape::Straight(&["array.new r3, r0, c21"])),
    ("objects", Shape::Straight(&["new r5, c24"])),
    ("fields", Shape::Straight(&["field.get r7, r5, c24.0", "field.set r5, r7, c24.0"])),
    ("texts", Shape::Straight(&["string.concat r6, r6, r6"])),
    ("constants", Shape::Straight(&["const.i32 r0, 1234567", "const.string r6, k0"])),
    ("units", Shape::Straight(&["string.char_at r0, r6, r0"])),
    ("boxes", Shape::Straight(&["box r7, r0, c7", "unbox r0, r7, c7"])),
    ("casts", Shape::Straight(&["cast r5, r7, c24"])),
    ("tests", Shape::Straight(&["is r0, r7, c24"])),
    ("identities", Shape::Straight(&["ref.eq r0, r7, r6"])),
    ("calls", Shape::Straight(&["move r10, r0", "call r10, f1"])),
    ("virtual-calls", Shape::Straight(&["move r10, r5", "call.virtual r10, s0"])),
    ("catching-calls", Shape::Straight(&["move r10, r5", "call.try r10, f2"])),
    ("variables", Shape::Straight(&["global.get r0, g0", "global.set r0, g0"])),
    ("moves", Shape::Straight(&["move r9, r0", "move r0, r11", "move r11, r9"])),
    ("jumps", Shape::Blocks(&["i32.add_imm r0, r0, 1", "jump {next}"])),
    ("branches", Shape::Blocks(&["i32.add_imm r11, r0, 1", "i32.br_lt r0, r11, {next}, {after}"])),
    ("loops", Shape::Blocks(&["i32.add_imm r0, r0, 1", "i32.br_lt r0, r11, {before}, {next}"])),
    ("outer-loops", Shape::Blocks(&["i32.add_imm r0, r0, 1", "i32.br_lt r0, r11, b1, {next}"])),
    ("entries", Shape::Blocks(&["i64.add r1, r1, r1", "i32.br_lt r0, r11, {before}, {after}"])),
    ("array-loops", Shape::Blocks(&["array.set_int r3, r0, r11", "br r0, {before}, {next}"])),
    ("moving-loops", Shape::Blocks(&["string.concat r6, r6, r6", "br r0, b1, {next}"])),
    ("returns", Shape::Blocks(&["i32.add r0, r0, r11", "br r0, {next}, {last}"])),
    ("switches", Shape::Switches),
];

/// Names of all families.
pub fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES.iter().map(|family| family.0)
}

/// The bytes of a family's module with a function of so many instructions, more or less.
pub fn bytes(name: &str, size: usize) -> Result<Vec<u8>, String> {
    let family = FAMILIES.iter().find(|family| family.0 == name);
    let (_, shape) = family.ok_or_else(|| format!("no family {name}"))?;
    let source = format!("{HEAD}{}{TAIL}", body(*shape, size));
    let module = text::parse(&source).map_err(|error| format!("{name}: {error}"))?;
    Ok(wire::encode(&module))
}

/// Does something with a family's module, and gives the size of its wire form.
pub fn work(stage: Stage, name: &str, size: usize) -> Result<usize, String> {
    let bytes = bytes(name, size)?;
    if stage != Stage::Make {
        let module = fvm_vm::load(&bytes).map_err(|error| format!("{name}: {error}"))?;
        match stage {
            Stage::Make | Stage::Verify => {}
            Stage::Threaded => {
                fvm_threaded::attach(&module).map_err(|refusal| refusal.to_string())?;
            }
            Stage::Jit => {
                fvm_jit::attach(&module).map_err(|refusal| refusal.to_string())?;
            }
            #[cfg(feature = "llvm")]
            Stage::Llvm => {
                fvm_llvm::attach(&module).map_err(|refusal| refusal.to_string())?;
            }
        }
    }
    Ok(bytes.len())
}

/// Up to the first block of the function that differs.
const HEAD: &str = "module program \"family\"
constant k0 \"some text\"
class c24 \"Thing\" extends c1
  field val \"part\" any
  method s0 f2
selector s0 \"same\" of c24 (c24) -> any
global g0 \"count\" i32
function f0 (i32) -> i32 registers 16 []
b0 (r0 i32):
    const.i64_i16 r1, 7
    const.u128_u16 r2, 9
    array.new r3, r0, c21
    array.new r4, r0, c16
    new r5, c24
    const.string r6, k0
    box r7, r0, c7
    i32.to_f64 r8, r0
    const.i16 r11, 99
    jump b1
";

const LIVE: &str =
    "(r0 i32, r1 i64, r2 u128, r3 c21, r4 c16, r5 c24, r6 c14, r7 any, r8 f64, r11 i32)";
const FEW: &str = "(r0 i32, r1 i64, r3 c21, r6 c14, r11 i32)";

const TAIL: &str = "
function f1 (i32) -> i32 registers 1 []
b0 (r0 i32):
    ret.value r0
function f2 (c24) -> any registers 1 []
b0 (r0 c24):
    ret.value r0
";

/// Arms of a switch.
const ARMS: usize = 250;

fn body(shape: Shape, size: usize) -> String {
    let mut body = String::new();
    match shape {
        Shape::Straight(lines) => {
            let _ = writeln!(body, "b1 {LIVE}:");
            for line in lines.iter().cycle().take(size.next_multiple_of(lines.len())) {
                let _ = writeln!(body, "    {line}");
            }
            body.push_str("    ret.value r0\n");
        }
        Shape::Blocks(lines) => {
            let last = size / lines.len() + 2;
            for block in 1..last {
                let _ = writeln!(body, "b{block} {FEW}:");
                for line in lines {
                    let line = line
                        .replace("{next}", &format!("b{}", block + 1))
                        .replace("{after}", &format!("b{}", (block + 2).min(last)))
                        .replace("{before}", &format!("b{}", (block - 1).max(1)))
                        .replace("{last}", &format!("b{last}"));
                    let _ = writeln!(body, "    {line}");
                }
            }
            let _ = writeln!(body, "b{last} {FEW}:\n    ret.value r0");
        }
        Shape::Switches => {
            let count = size / (2 * ARMS + 1) + 1;
            let last = count * (ARMS + 1) + 1;
            for switch in 0..count {
                let first = switch * (ARMS + 1) + 1;
                let _ = write!(body, "b{first} {FEW}:\n    switch r0, b{last}");
                for arm in 0..ARMS {
                    let _ = write!(body, ", {arm} => b{}", first + 1 + arm);
                }
                let after = first + ARMS + 1;
                for arm in 0..ARMS {
                    let _ = write!(
                        body,
                        "\nb{} {FEW}:\n    i32.add_imm r0, r0, 1\n    jump b{after}",
                        first + 1 + arm
                    );
                }
                body.push('\n');
            }
            let _ = writeln!(body, "b{last} {FEW}:\n    ret.value r0");
        }
    }
    body
}
