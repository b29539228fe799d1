//! `fscc story`: what a contract recorded for ever, for people or with proofs for auditors.

use super::{Failure, document, finish};
use crate::args::StoryArguments;
use crate::client::contract::Contracts;
use crate::client::http::Node;
use crate::client::{list, tell};
use crate::status::Status;
use fvm_abi::Interface;
use fvm_keys::to_hex;
use fvm_ledger::account::Key;
use serde_json::{Value, json};
use std::fmt::Write as _;

pub(in crate::command) fn run(arguments: &StoryArguments) -> Status {
    finish(story(arguments))
}

fn story(arguments: &StoryArguments) -> Result<(String, Status), Failure> {
    let node = Node::new(&arguments.node.node)?;
    let address = arguments.address.to_string();
    let interface = Contracts::new(&node).interface(arguments.address)?;
    let answer =
        json!({ "stories": node.call("fvm_getStories", json!([address, arguments.since]))? });
    let stories = list(&answer, "stories")?;
    let told: Vec<Value> = stories.iter().map(|story| with_fields(&interface, story)).collect();
    let text = match arguments.node.json {
        true => {
            let [account, peaks] = proofs(&node, &address)?;
            document(&json!({
                "contract": address,
                "class": interface.contract,
                "account": account,
                "peaks": peaks,
                "stories": told,
            }))
        }
        false => {
            let mut text = String::new();
            for story in &told {
                text.push_str(&receipt(&interface, story));
            }
            if told.is_empty() {
                let _ = writeln!(text, "{} at {address} has told no Story", interface.contract);
            }
            text
        }
    };
    Ok((text, Status::Success))
}

/// How often proofs are asked for, where blocks come in between.
const ATTEMPTS: usize = 5;

/// A proof of the account against the state's root, and one of the peaks of the list of all its
/// Stories against the account's storage, of one and the same block: with the encoded Stories
/// anybody can check that none is missing or changed.
fn proofs(node: &Node, address: &str) -> Result<[Value; 2], Failure> {
    let peaks = to_hex(&Key::stories().0);
    let mut account = node.call("fvm_getProof", json!([address]))?;
    for _ in 0..ATTEMPTS {
        let found = node.call("fvm_getStorage", json!([address, peaks]))?;
        let again = node.call("fvm_getProof", json!([address]))?;
        if again["stateRoot"] == account["stateRoot"] {
            return Ok([account, found]);
        }
        account = again;
    }
    Err(Failure::environment("blocks come faster than proofs: try again"))
}

/// A Story with the fields of its record.
fn with_fields(interface: &Interface, story: &Value) -> Value {
    let mut story = story.clone();
    story["told"] = tell::record(Some(interface), &story["record"]);
    story
}

/// A Story as a receipt for people.
fn receipt(interface: &Interface, story: &Value) -> String {
    let number = story["number"].as_u64().unwrap_or(0);
    let mut text = format!("Story {number} of {}\n", interface.contract);
    let mut line = |what: &str, value: &str| {
        let _ = writeln!(text, "  {what:<9}{}", fvm_abi::show::visible(value));
    };
    line("says", story["told"]["text"].as_str().unwrap_or("?"));
    if let Some(seconds) = story["time"].as_i64() {
        line("time", &date(seconds));
    }
    line("block", &story["height"].to_string());
    for (what, name) in
        [("contract", "contract"), ("code", "code"), ("message", "message"), ("trace", "trace")]
    {
        line(what, story[name].as_str().unwrap_or("?"));
    }
    text
}

/// A moment as people write it: `2026-01-31 12:00:00 UTC`.
fn date(seconds: i64) -> String {
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days since 0000-03-01, in eras of 400 years, by Howard Hinnant's `civil_from_days`.
    let shifted = i128::from(days) + 719_468;
    let (era, day) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march + 2) / 5 + 1;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = year + era * 400 + i128::from(month <= 2);
    let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
    format!("{year:04}-{month:02}-{day:02} {hours:02}:{minutes:02}:{seconds:02} UTC")
}

#[cfg(test)]
mod tests {
    use super::date;
    use pretty_assertions::assert_eq;

    #[test]
    fn moments_are_dates() {
        for (seconds, text) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_399, "2000-02-28 23:59:59 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (951_868_800, "2000-03-01 00:00:00 UTC"),
            (1_767_225_600, "2026-01-01 00:00:00 UTC"),
            (-1, "1969-12-31 23:59:59 UTC"),
        ] {
            assert_eq!(date(seconds), text);
        }
        // As far as the numbers go.
        assert!(date(i64::MAX).ends_with("UTC") && date(i64::MIN).ends_with("UTC"));
    }
}
