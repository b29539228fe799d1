//! `fscc wallet`: keys that a password protects, and texts that are signed with them; what changes
//! keys that are there is in [`change`].
//!
//! Neither a key nor a password ever stands on a command line, where other users and the shell's
//! history would see it.

mod change;
pub(super) mod password;
pub(super) mod place;

use super::failure::Failure;
use super::{answer, document, print};
use crate::args::{WalletAction, WalletArguments};
use crate::status::Status;
use fvm_abi::show::is_directing;
use fvm_keys::statement::{Statement, StatementError, TEXT_BYTES_MAX};
use fvm_keys::wallet::{Cost, Entry, OpenWallet, Wallet, WalletError};
use fvm_keys::{KeyKind, SECRET_BYTES, to_hex};
use place::Place;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use zeroize::Zeroizing;

/// Does what is asked of the wallet.
pub(super) fn run(arguments: &WalletArguments) -> Status {
    let done = match &arguments.action {
        WalletAction::New { name, kind } => new(arguments, name, *kind),
        WalletAction::List => list(arguments),
        WalletAction::Address { name } => address(arguments, name),
        WalletAction::Sign { name, text, file } => {
            sign(arguments, name, text.as_deref(), file.as_deref())
        }
        WalletAction::Verify { statement } => verify(arguments, statement),
        WalletAction::ExportPublic => export_public(arguments),
        WalletAction::Rename { name, new } => change::rename(arguments, name, new),
        WalletAction::Delete { name, yes } => change::delete(arguments, name, *yes),
        WalletAction::Import { name, kind, file } => {
            change::import(arguments, name, *kind, file.as_deref())
        }
        WalletAction::Export { name, file } => change::export(arguments, name, file),
        WalletAction::ChangePassword { new_password_file } => {
            change::password(arguments, new_password_file.as_deref())
        }
    };
    match done {
        Ok(text) => {
            print(&text);
            Status::Success
        }
        Err(failure) => failure.report(),
    }
}

/// Makes a key, and the wallet where there is none.
fn new(arguments: &WalletArguments, name: &str, kind: KeyKind) -> Result<String, Failure> {
    let secret = random::<SECRET_BYTES>()?;
    take_in(arguments, name, kind, &secret)
}

/// Puts a key into the wallet, which is made where there is none.
fn take_in(
    arguments: &WalletArguments,
    name: &str,
    kind: KeyKind,
    secret: &[u8; SECRET_BYTES],
) -> Result<String, Failure> {
    let place = Place::of(&arguments.options)?;
    // From here to the end nobody else changes the wallet, or one of two new keys could get lost.
    let _lock = place.lock()?;
    let mut wallet = match place.read()? {
        Some(wallet) if wallet.entry(name).is_ok() => {
            return Err(WalletError::KeyExists(name.to_string()).into());
        }
        Some(wallet) => wallet.open(&password::ask(&arguments.options)?)?,
        None => {
            let password = password::choose(&arguments.options)?;
            OpenWallet::new(&password, Cost::RECOMMENDED, *random()?)?
        }
    };
    let entry = wallet.add(name, kind, secret)?.clone();
    place.write(&wallet.to_json(*random()?)?)?;
    Ok(told(arguments, &entry))
}

/// What is told of a key that was made or changed.
fn told(arguments: &WalletArguments, entry: &Entry) -> String {
    if arguments.json { document(&public(entry)) } else { line(entry) }
}

fn list(arguments: &WalletArguments) -> Result<String, Failure> {
    let wallet = Place::of(&arguments.options)?.existing()?;
    if arguments.json {
        return Ok(all_public(&wallet));
    }
    Ok(wallet.entries().iter().map(line).collect())
}

fn address(arguments: &WalletArguments, name: &str) -> Result<String, Failure> {
    let wallet = Place::of(&arguments.options)?.existing()?;
    let entry = wallet.entry(name)?;
    Ok(match arguments.json {
        true => document(&json!({ "name": name, "address": entry.address.to_string() })),
        false => format!("{}\n", entry.address),
    })
}

fn sign(
    arguments: &WalletArguments,
    name: &str,
    text: Option<&str>,
    file: Option<&Path>,
) -> Result<String, Failure> {
    let wallet = Place::of(&arguments.options)?.existing()?;
    wallet.entry(name)?;
    let text = match file {
        Some(path) => read_text(path)?,
        None => text.unwrap_or_default().to_string(),
    };
    // What cannot be signed is told before the password is asked for.
    Statement::hash(&text).map_err(Failure::usage)?;
    let wallet = wallet.open(&password::ask(&arguments.options)?)?;
    let statement = Statement::sign(wallet.key(name)?, &text).map_err(Failure::usage)?;
    Ok(format!("{}\n", statement.to_json()))
}

fn verify(arguments: &WalletArguments, source: &str) -> Result<String, Failure> {
    let json = match source {
        _ if source.trim_start().starts_with('{') => source.to_string(),
        "-" => read_limited(io::stdin(), Path::new("standard input"))?,
        path => read_text(Path::new(path))?,
    };
    let verified = Statement::from_json(json.trim()).and_then(|statement| {
        let address = statement.verify()?;
        Ok((address, statement.text))
    });
    match (verified, arguments.json) {
        (Ok((address, text)), true) => Ok(document(&json!({
            "valid": true,
            "address": address.to_string(),
            "statement": text,
        }))),
        (Ok((address, text)), false) => Ok(format!("{address} signed:\n{}\n", visible(&text))),
        (Err(error), is_json) => {
            if is_json {
                let reason = error.to_string();
                print(&document(&json!({ "valid": false, "reason": reason })));
            }
            Err(refused(&error))
        }
    }
}

/// What a statement that does not hold is told as.
fn refused(error: &StatementError) -> Failure {
    match error {
        // Ours, if anybody's: the statement may be a good one.
        StatementError::NewerVersion(_) => Failure::environment(error),
        StatementError::TooLong(_)
        | StatementError::NotAStatement
        | StatementError::Address(_)
        | StatementError::Signature(_)
        | StatementError::NotTheOwner(_) => Failure::finding(error),
    }
}

fn export_public(arguments: &WalletArguments) -> Result<String, Failure> {
    Ok(all_public(&Place::of(&arguments.options)?.existing()?))
}

/// A key on a line, for people.
fn line(entry: &Entry) -> String {
    format!("{}  {}  {}\n", entry.name, entry.public.kind(), entry.address)
}

/// What everybody may know of a key.
fn public(entry: &Entry) -> Value {
    json!({
        "name": entry.name,
        "kind": entry.public.kind().name(),
        "address": entry.address.to_string(),
        "public_key": to_hex(entry.public.bytes()),
    })
}

fn all_public(wallet: &Wallet) -> String {
    document(&Value::Array(wallet.entries().iter().map(public).collect()))
}

/// A text of somebody else's for a terminal, without what would direct the terminal.
fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => shown.push(letter),
            _ if is_directing(letter) => {
                let _ = write!(shown, "{}", letter.escape_unicode());
            }
            _ => shown.push(letter),
        }
    }
    shown
}

/// A text file of at most the size that something signed can have, in any form.
fn read_text(path: &Path) -> Result<String, Failure> {
    let file = File::open(path).map_err(|error| Failure::file("read", path, &error))?;
    read_limited(file, path)
}

/// How many bytes are read of a file: more than a statement has in its longest form.
const READ_BYTES_MAX: u64 = 8 * TEXT_BYTES_MAX as u64;

fn read_limited(source: impl Read, path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let read = source.take(READ_BYTES_MAX).read_to_string(&mut text);
    read.map_err(|error| Failure::file("read", path, &error))?;
    Ok(text)
}

/// Bytes that nobody can guess: the only source of them here.
fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Failure> {
    let mut bytes = Zeroizing::new([0; N]);
    let filled = getrandom::fill(&mut *bytes);
    filled.map_err(|error| {
        Failure::environment(format!("the system gives no randomness: {error}"))
    })?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signed_text_cannot_direct_the_terminal() {
        assert_eq!(visible("a\tb\nc ü"), "a\tb\nc ü");
        assert_eq!(visible("\u{1b}[2J\r\u{9b}"), "\\u{1b}[2J\\u{d}\\u{9b}");
        assert_eq!(visible("\u{202e}ab"), "\\u{202e}ab");
    }
}
