//! Who signs: a key of the wallet, or one that everybody knows.

use crate::args::WalletOptions;
use crate::command::failure::Failure;
use crate::command::wallet::{password, place::Place};
use fvm_keys::wallet::{Entry, OpenWallet, Wallet, WalletError};
use fvm_keys::{Address, KeyPair};
use fvm_node::development;

/// How keys for development are named.
const DEVELOPMENT: &str = "development:";

/// A key that is not unlocked yet.
pub(super) enum Signer {
    /// In the wallet.
    Wallet(Wallet, Entry),
    /// With this number.
    Development(u64),
}

/// A key that signs.
pub(super) enum Unlocked {
    /// In the wallet, under this name.
    Wallet(Box<OpenWallet>, String),
    /// For development.
    Development(Box<KeyPair>),
}

impl Signer {
    /// The key with this name, or the only one.
    pub(super) fn find(options: &WalletOptions, name: Option<&str>) -> Result<Signer, Failure> {
        if let Some(number) = name.and_then(|name| name.strip_prefix(DEVELOPMENT)) {
            return match number.parse() {
                Ok(number) if number < development::ACCOUNTS => Ok(Signer::Development(number)),
                _ => {
                    let last = development::ACCOUNTS - 1;
                    let known = format!("{DEVELOPMENT}0 to {DEVELOPMENT}{last}");
                    Err(Failure::usage(format!("the keys for development are {known}")))
                }
            };
        }
        let wallet = Place::of(options)?.existing()?;
        let entry = match (name, wallet.entries()) {
            (Some(name), _) => wallet.entry(name)?.clone(),
            (None, [only]) => only.clone(),
            (None, []) => return Err(Failure::usage("the wallet has no key")),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|entry| entry.name.as_str()).collect();
                let names = names.join(", ");
                return Err(Failure::usage(format!("say who signs: --from one of {names}")));
            }
        };
        Ok(Signer::Wallet(wallet, entry))
    }

    /// The address of the account.
    pub(super) fn address(&self) -> Address {
        match self {
            Signer::Wallet(_, entry) => entry.address,
            Signer::Development(number) => development::address(*number),
        }
    }

    /// How its owner calls it.
    pub(super) fn name(&self) -> String {
        match self {
            Signer::Wallet(_, entry) => entry.name.clone(),
            Signer::Development(number) => format!("{DEVELOPMENT}{number}"),
        }
    }

    /// Asks for the password.
    pub(super) fn unlock(self, options: &WalletOptions) -> Result<Unlocked, Failure> {
        match self {
            Signer::Development(number) => {
                Ok(Unlocked::Development(Box::new(development::key(number))))
            }
            Signer::Wallet(wallet, entry) => {
                let open = wallet.open(&password::ask(options)?)?;
                Ok(Unlocked::Wallet(Box::new(open), entry.name))
            }
        }
    }
}

impl Unlocked {
    /// The key.
    pub(super) fn key(&self) -> Result<&KeyPair, WalletError> {
        match self {
            Unlocked::Wallet(wallet, name) => wallet.key(name),
            Unlocked::Development(key) => Ok(key),
        }
    }
}

/// The address that a text means: one, or the name of a key.
pub(super) fn address(options: &WalletOptions, text: &str) -> Result<Address, Failure> {
    if text.starts_with("0x") {
        return text.parse().map_err(|error| Failure::usage(format!("`{text}`: {error}")));
    }
    Ok(Signer::find(options, Some(text))?.address())
}
