//! Prepares the library: lists its sources, parses them, and writes the trees as bytes, so that
//! the compiler need not parse the library in every run.

use fscc_base::{FileId, Idx, SourceFile};
use fscc_syntax::portable::Writer;
use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The folders of the library; `stub` is for the real Scala compiler.
const FOLDERS: [&str; 2] = ["fvm", "scala"];
/// Trees are walked recursively up to the declared nesting limits.
const STACK_BYTES: usize = 64 << 20;

fn main() {
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(prepare);
    worker.expect("a thread can be started").join().expect("the library can be prepared");
}

fn prepare() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR for build scripts");
    let mut names = Vec::new();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={folder}");
        collect(Path::new(&root), folder, &mut names);
    }
    names.sort();
    let mut list = String::from("&[\n");
    let mut trees = Writer::new();
    for (number, name) in names.iter().enumerate() {
        let path = Path::new(&root).join(name);
        let text = fs::read_to_string(&path).expect("a source of the library can be read");
        let file = SourceFile::new(name.as_str(), text);
        let parsed = fscc_syntax::parse(FileId::new(number), &file);
        // Errors stay in the trees as such; the library's own test reports them.
        for found in &parsed.diagnostics {
            let line = file.line_column(found.span().lo).line;
            println!("cargo::warning={name}:{line}: {} {}", found.code, found.message);
        }
        trees.unit(&parsed.unit);
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    list.push(']');
    let write = |name: &str, bytes: &[u8]| {
        fs::write(Path::new(&out).join(name), bytes).expect("the output folder can be written");
    };
    write("sources.rs", list.as_bytes());
    write("trees.bin", &trees.finish());
}

/// The sources below a folder, as paths below `root`.
fn collect(root: &Path, folder: &str, names: &mut Vec<String>) {
    let entries = fs::read_dir(root.join(folder)).expect("the library's folders can be read");
    for entry in entries {
        let entry = entry.expect("the library's folders can be read");
        let name = format!("{folder}/{}", entry.file_name().display());
        if entry.path().is_dir() {
            collect(root, &name, names);
        } else if name.ends_with(".scala") {
            names.push(name);
        }
    }
}
