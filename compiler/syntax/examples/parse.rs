//! Parses the files given and prints how many errors each has: `parse [--verbose] [--ast] FILE…`.

use fscc_base::{FileId, Idx, SourceFile};

fn main() {
    let (mut files, mut failed, mut verbose, mut ast) = (0, 0, false, false);
    for (number, path) in std::env::args().skip(1).enumerate() {
        if path == "--verbose" {
            verbose = true;
            continue;
        }
        if path == "--ast" {
            ast = true;
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("{path}: not readable as UTF-8");
            continue;
        };
        let file = SourceFile::new(path.as_str(), text);
        let parsed = fscc_syntax::parse(FileId::new(number), &file);
        let errors = parsed.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        files += 1;
        if ast {
            print!("{}", fscc_syntax::print(&parsed.unit));
        }
        if errors == 0 {
            continue;
        }
        failed += 1;
        println!("{path}: {errors} errors");
        let shown = if verbose { usize::MAX } else { 1 };
        for diagnostic in parsed.diagnostics.iter().take(shown) {
            let place = file.line_column(diagnostic.span().lo);
            let line = file.text.lines().nth(place.line as usize - 1).unwrap_or("");
            println!(
                "  {}:{}: {} {}",
                place.line, place.column, diagnostic.code, diagnostic.message
            );
            println!("      {line}");
        }
    }
    println!("{failed} of {files} files have errors");
}
