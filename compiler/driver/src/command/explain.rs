//! `fscc explain`: the page of a diagnostic code.

use crate::args::ExplainArguments;
use crate::status::Status;
use fscc_base::codes::{Code, TABLE};

/// Prints the page of the code, or the list of all codes.
pub fn run(arguments: &ExplainArguments) -> Status {
    if arguments.list {
        for row in TABLE {
            println!("{}  {}", row.code, row.title);
        }
        return Status::Success;
    }
    let text = arguments.code.as_deref().unwrap_or_default();
    match Code::lookup(text) {
        Some(code) => {
            let row = code.row();
            println!("{}: {}\n\n{}", row.code, row.title, fold(row.page));
            Status::Success
        }
        None => {
            eprintln!("fscc: there is no code `{text}`; `fscc explain --list` lists all of them");
            Status::Findings
        }
    }
}

/// Breaks running text into lines of at most 80 characters.
fn fold(text: &str) -> String {
    let mut out = String::new();
    for paragraph in text.split('\n') {
        let mut column = 0;
        for word in paragraph.split(' ') {
            let length = word.chars().count();
            if column > 0 && column + 1 + length > 80 {
                out.push('\n');
                column = 0;
            } else if column > 0 {
                out.push(' ');
                column += 1;
            }
            out.push_str(word);
            column += length;
        }
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn lines_have_at_most_80_characters() {
        let text = fold(&"word ".repeat(40));
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
        assert_eq!(text.split_whitespace().count(), 40);
    }
}
