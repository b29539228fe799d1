//! Changing keys that are there: names, deletion, secrets from and for elsewhere, the password.

use super::{Failure, Place, answer, password, random, told};
use crate::args::WalletArguments;
use fvm_keys::wallet::{Cost, OpenWallet};
use fvm_keys::{KeyKind, KeyPair, SECRET_BYTES, from_hex};
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use zeroize::Zeroizing;

/// A wallet that nobody else changes meanwhile.
struct Locked {
    place: Place,
    wallet: OpenWallet,
    _lock: File,
}

impl Locked {
    /// Opens the wallet, which has a key with this name, if one is asked for.
    fn open(arguments: &WalletArguments, name: Option<&str>) -> Result<Locked, Failure> {
        let place = Place::of(&arguments.options)?;
        let wallet = place.existing()?;
        // What cannot be done is told before anything is made or asked for.
        name.map(|name| wallet.entry(name)).transpose()?;
        let lock = place.lock()?;
        let wallet = place.existing()?.open(&password::ask(&arguments.options)?)?;
        Ok(Locked { place, wallet, _lock: lock })
    }

    fn write(self) -> Result<(), Failure> {
        self.place.write(&self.wallet.to_json(*random()?)?)
    }
}

pub(super) fn rename(
    arguments: &WalletArguments,
    name: &str,
    new: &str,
) -> Result<String, Failure> {
    let mut locked = Locked::open(arguments, Some(name))?;
    let entry = locked.wallet.rename(name, new)?.clone();
    locked.write()?;
    Ok(told(arguments, &entry))
}

pub(super) fn delete(
    arguments: &WalletArguments,
    name: &str,
    is_agreed: bool,
) -> Result<String, Failure> {
    let wallet = Place::of(&arguments.options)?.existing()?;
    let address = wallet.entry(name)?.address;
    if !is_agreed {
        let question = format!("Delete the key of {address} for ever? Type its name: ");
        if answer(&question, "`--yes` deletes without asking")? != name {
            return Err(Failure::finding("not deleted"));
        }
    }
    let mut locked = Locked::open(arguments, Some(name))?;
    let entry = locked.wallet.remove(name)?;
    locked.write()?;
    Ok(told(arguments, &entry))
}

pub(super) fn import(
    arguments: &WalletArguments,
    name: &str,
    kind: KeyKind,
    file: Option<&Path>,
) -> Result<String, Failure> {
    let secret = read_secret(file)?;
    // What no key has is told before a wallet is made.
    KeyPair::from_secret(kind, &secret).map_err(Failure::usage)?;
    super::take_in(arguments, name, kind, &secret)
}

/// A secret key: hexadecimal digits, perhaps with `0x` in front.
fn read_secret(file: Option<&Path>) -> Result<Zeroizing<[u8; SECRET_BYTES]>, Failure> {
    let text = password::secret(file, "Secret key, 64 hexadecimal digits: ")?;
    let wrong = || Failure::usage("a secret key is 64 hexadecimal digits");
    let digits = text.trim_ascii();
    let digits = digits.strip_prefix(b"0x").unwrap_or(digits);
    let digits = std::str::from_utf8(digits).map_err(|_| wrong())?;
    let marked = Zeroizing::new(format!("0x{digits}"));
    let bytes = Zeroizing::new(from_hex(&marked).ok_or_else(wrong)?);
    let mut secret = Zeroizing::new([0; SECRET_BYTES]);
    if bytes.len() != SECRET_BYTES {
        return Err(wrong());
    }
    secret.copy_from_slice(&bytes);
    Ok(secret)
}

pub(super) fn export(
    arguments: &WalletArguments,
    name: &str,
    path: &Path,
) -> Result<String, Failure> {
    let wallet = Place::of(&arguments.options)?.existing()?;
    wallet.entry(name)?;
    if path.exists() {
        let shown = path.display();
        return Err(Failure::environment(format!("`{shown}` is there already")));
    }
    let wallet = wallet.open(&password::ask(&arguments.options)?)?;
    let secret = wallet.key(name)?.secret();
    let mut text = Zeroizing::new(Vec::with_capacity(2 * SECRET_BYTES + 3));
    text.extend(b"0x");
    for byte in secret.iter() {
        let digit = |value: u8| char::from_digit(u32::from(value), 16).map_or(b'0', |d| d as u8);
        text.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    text.push(b'\n');
    let written = || -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all(&text)?;
        file.sync_all()
    };
    written().map_err(|error| Failure::file("write", path, &error))?;
    Ok(format!("{}\n", path.display()))
}

pub(super) fn password(
    arguments: &WalletArguments,
    new_file: Option<&Path>,
) -> Result<String, Failure> {
    let locked = Locked::open(arguments, None)?;
    let new = password::another(new_file)?;
    let Locked { place, wallet, _lock } = locked;
    let wallet = wallet.with_password(&new, Cost::RECOMMENDED, *random()?)?;
    Locked { place, wallet, _lock }.write()?;
    Ok(String::new())
}
