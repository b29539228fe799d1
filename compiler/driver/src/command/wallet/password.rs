//! Where passwords come from: a file, the terminal without echo, or the first line of standard
//! input where that is no terminal. Never the command line, and never the environment.

use crate::args::WalletOptions;
use crate::command::failure::Failure;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::Path;
use zeroize::{Zeroize, Zeroizing};

/// How many bytes a password may have.
const BYTES_MAX: usize = 1024;

/// The password of a wallet that exists.
pub(in crate::command) fn ask(arguments: &WalletOptions) -> Result<Zeroizing<Vec<u8>>, Failure> {
    match elsewhere(arguments)? {
        Some(password) => Ok(password),
        None => prompt("Password of the wallet: "),
    }
}

/// Another password for a wallet: from a file, or from the terminal, which is asked twice.
pub(super) fn another(file: Option<&Path>) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let password = match file {
        Some(path) => secret_line(path)?,
        None if io::stdin().is_terminal() => twice("New password of the wallet: ")?,
        None => return Err(Failure::usage("say where the new password is: --new-password-file")),
    };
    not_empty(password)
}

/// A secret that is not the password: from a file, or from the terminal without echo.
pub(super) fn secret(file: Option<&Path>, question: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    match file {
        Some(path) => secret_line(path),
        None if io::stdin().is_terminal() => prompt(question),
        None => Err(Failure::usage("say where the secret key is: --file")),
    }
}

fn secret_line(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let file = File::open(path).map_err(|error| Failure::file("read", path, &error))?;
    first_line(file, path)
}

fn twice(question: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let password = prompt(question)?;
    match prompt("The same again: ")? == password {
        true => Ok(password),
        false => Err(Failure::usage("these are two different passwords")),
    }
}

fn not_empty(password: Zeroizing<Vec<u8>>) -> Result<Zeroizing<Vec<u8>>, Failure> {
    match password.is_empty() {
        true => Err(Failure::usage("the password is empty")),
        false => Ok(password),
    }
}

/// The password of a new wallet; on a terminal it is asked for twice.
pub(in crate::command) fn choose(arguments: &WalletOptions) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let password = match elsewhere(arguments)? {
        Some(password) => password,
        None => twice("Password of the new wallet: ")?,
    };
    not_empty(password)
}

/// The password that does not come from the terminal.
fn elsewhere(arguments: &WalletOptions) -> Result<Option<Zeroizing<Vec<u8>>>, Failure> {
    if let Some(path) = &arguments.password_file {
        return secret_line(path).map(Some);
    }
    if io::stdin().is_terminal() {
        return Ok(None);
    }
    first_line(io::stdin(), Path::new("standard input")).map(Some)
}

/// The first line without its end.
fn first_line(source: impl Read, path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // With room from the start, so that no copy stays behind when it grows.
    let mut line = Zeroizing::new(Vec::with_capacity(BYTES_MAX + 3));
    let mut bytes = source.take(BYTES_MAX as u64 + 2);
    let read = bytes.read_to_end(&mut line);
    read.map_err(|error| Failure::file("read", path, &error))?;
    let end = line.iter().position(|byte| *byte == b'\n').unwrap_or(line.len());
    line.truncate(end);
    if line.last() == Some(&b'\r') {
        line.pop();
    }
    match line.len() <= BYTES_MAX {
        true => Ok(line),
        false => Err(Failure::usage(format!("a password has at most {BYTES_MAX} bytes"))),
    }
}

/// Asks on the terminal, without echo.
fn prompt(question: &str) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let answer = rpassword::prompt_password(question);
    let mut answer = answer
        .map_err(|error| Failure::environment(format!("cannot ask for the password: {error}")))?;
    let password = Zeroizing::new(answer.as_bytes().to_vec());
    answer.zeroize();
    Ok(password)
}
