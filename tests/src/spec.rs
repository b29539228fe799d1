//! The blocks of the language reference: `tests/spec/*.md` is read as a list of sources, each with
//! what it must do.
//!
//! Relies on: fences at the start of a line, as every chapter writes them.
//! Guarantees: every Scala block has an expectation, and every `output` belongs to a block that
//! runs; a page that breaks this is an error that names the line.

/// What a block must do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expectation {
    /// A program: accepted, and prints the `output` below it.
    Run,
    /// Definitions: accepted without any report.
    Check,
    /// Contracts and suites: accepted, and every test passes.
    Suite,
    /// A mistake in the real Scala too: reports exactly the marked codes.
    Error,
    /// Good Scala that `fscc` refuses: reports exactly the marked codes.
    Refused,
}

/// One Scala block of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Line of its first line of source, from 1.
    pub line: usize,
    /// What it must do.
    pub expectation: Expectation,
    /// The source.
    pub source: String,
    /// What it prints, if it runs.
    pub output: String,
}

/// The Scala blocks of a page, in order.
pub fn blocks(page: &str) -> Result<Vec<Block>, String> {
    let mut blocks: Vec<Block> = Vec::new();
    // Whether the last block still waits for its output.
    let mut waits = false;
    let mut lines = (1..).zip(page.lines());
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut text = String::new();
        loop {
            match lines.next() {
                None => return Err(format!("line {number}: the fence is not closed")),
                Some((_, "```")) => break,
                Some((_, inner)) => {
                    text.push_str(inner);
                    text.push('\n');
                }
            }
        }
        match info.split_once(' ').unwrap_or((info, "")) {
            ("scala", word) => {
                if waits {
                    return Err(format!("line {number}: the block before has no output"));
                }
                let expectation = expectation(word).ok_or_else(|| {
                    format!("line {number}: `{word}` is none of run, check, suite, error, refused")
                })?;
                waits = expectation == Expectation::Run;
                let output = String::new();
                blocks.push(Block { line: number + 1, expectation, source: text, output });
            }
            ("output", "") => match blocks.last_mut() {
                Some(block) if waits => {
                    block.output = text;
                    waits = false;
                }
                _ => return Err(format!("line {number}: output of no block that runs")),
            },
            _ => {}
        }
    }
    if waits { Err("the last block has no output".to_string()) } else { Ok(blocks) }
}

fn expectation(word: &str) -> Option<Expectation> {
    Some(match word {
        "run" => Expectation::Run,
        "check" => Expectation::Check,
        "suite" => Expectation::Suite,
        "error" => Expectation::Error,
        "refused" => Expectation::Refused,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_its_line_and_its_output() {
        let page = "# A\n\n```scala run\na\nb\n```\n\n```output\n1\n```\n```text\nx\n```\n";
        let found = blocks(page).expect("the page is well formed");
        let block = Block {
            line: 4,
            expectation: Expectation::Run,
            source: "a\nb\n".to_string(),
            output: "1\n".to_string(),
        };
        assert_eq!(found, [block]);
    }

    #[test]
    fn what_has_no_expectation_is_reported() {
        for page in [
            "```scala\na\n```\n",
            "```scala run\na\n```\n",
            "```scala check\na\n```\n```output\nx\n```\n",
            "```scala run\na\n",
        ] {
            assert!(blocks(page).is_err(), "{page}");
        }
    }
}
