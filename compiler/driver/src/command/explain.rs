//! `fscc explain`: the page of a diagnostic code.

use super::print;
use crate::args::ExplainArguments;
use crate::status::Status;
use fscc_base::codes::{Code, TABLE};
use std::fmt::Write as _;

/// Prints the page of the code, or the list of all codes.
pub fn run(arguments: &ExplainArguments) -> Status {
    if arguments.list {
        let mut list = String::new();
        for row in TABLE {
            let _ = writeln!(list, "{}  {:<28}  {}", row.code, row.slug(), row.title);
        }
        print(&list);
        return Status::Success;
    }
    let text = arguments.code.as_deref().unwrap_or_default();
    match Code::lookup(text).or_else(|| Code::of_slug(text)) {
        Some(code) => {
            print(code.row().page);
            Status::Success
        }
        None => {
            eprintln!("fscc: there is no code `{text}`; `fscc explain --list` lists all of them");
            Status::Usage
        }
    }
}
