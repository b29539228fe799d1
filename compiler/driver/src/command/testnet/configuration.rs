//! What a ledger needs in the configurations that an engine makes for its validators: addresses,
//! peers, limits, and the genesis of the ledger as the application state of the engine's genesis.

use super::{Network, Port};
use crate::command::service;
use fvm_keys::Address;
use fvm_ledger::genesis::Genesis;
use fvm_node::development;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Bytes of the longest transaction, and of what is around it in a request.
const TRANSACTION_BYTES: &str = "2200000";
const REQUEST_BYTES: &str = "3100000";

impl Network {
    /// Writes the folder of the network.
    pub(super) fn write(&self, genesis: Option<&Path>) -> Result<(), String> {
        let mut genesis = match genesis {
            Some(path) => service::read(path)?,
            None => development::genesis(&[]),
        };
        let (count, folder) = (self.validators.to_string(), super::path(&self.folder));
        self.ask_engine(&["testnet", "--v", &count, "--o", &folder])?;
        let peers = self.peers()?;
        for number in 0..self.validators {
            let path = self.configuration(number);
            write(&path, &self.configured(number, &read(&path)?, &peers)?)?;
        }
        let path = self.home(0).join("config/genesis.json");
        let begun = begin(&read(&path)?, &mut genesis)?;
        for number in 0..self.validators {
            write(&self.home(number).join("config/genesis.json"), &begun)?;
        }
        tracing::info!(validators = self.validators, folder, "network written");
        Ok(())
    }

    /// All validators, as their peers find them.
    fn peers(&self) -> Result<String, String> {
        let peer = |number: u16| {
            let home = super::path(&self.home(number));
            let id = self.ask_engine(&["show-node-id", "--home", &home])?;
            Ok(format!("{id}@{}", self.address(number, Port::Peers)))
        };
        let peers: Result<Vec<String>, String> = (0..self.validators).map(peer).collect();
        Ok(peers?.join(","))
    }

    /// The configuration of a validator's engine.
    fn configured(&self, number: u16, text: &str, peers: &str) -> Result<String, String> {
        let socket = |port| format!("\"tcp://{}\"", self.address(number, port));
        let values = [
            ("", "proxy_app", socket(Port::Replica)),
            ("", "abci", "\"socket\"".to_string()),
            ("rpc", "laddr", socket(Port::Engine)),
            ("rpc", "max_body_bytes", REQUEST_BYTES.to_string()),
            ("p2p", "laddr", socket(Port::Peers)),
            ("p2p", "persistent_peers", format!("\"{peers}\"")),
            ("p2p", "allow_duplicate_ip", "true".to_string()),
            ("p2p", "addr_book_strict", "false".to_string()),
            ("mempool", "max_tx_bytes", TRANSACTION_BYTES.to_string()),
            ("consensus", "create_empty_blocks", "true".to_string()),
        ];
        values.iter().try_fold(text.to_string(), |text, (section, key, value)| {
            set(&text, section, key, value)
        })
    }
}

/// Gives a key of a section another value; keys before the first section have none.
fn set(text: &str, section: &str, key: &str, value: &str) -> Result<String, String> {
    let (mut current, mut found) = ("", false);
    let mut changed = String::with_capacity(text.len() + value.len());
    for line in text.lines() {
        let name = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        current = name.unwrap_or(current);
        let is_key = current == section
            && line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with('='));
        found |= is_key;
        changed += &if is_key { format!("{key} = {value}\n") } else { format!("{line}\n") };
    }
    let missing = || format!("the engine's configuration has no `{key}` in section `{section}`");
    found.then_some(changed).ok_or_else(missing)
}

/// Puts the genesis of the ledger into that of the engine. Validators whose tips go nowhere yet
/// get them as accounts of the genesis, one after the other.
fn begin(text: &str, genesis: &mut Genesis) -> Result<String, String> {
    let wrong = || "the engine's genesis is not what it should be".to_string();
    let mut whole: Value = serde_json::from_str(text).map_err(|_| wrong())?;
    let validators = whole["validators"].as_array().ok_or_else(wrong)?;
    let accounts: Vec<Address> = genesis.accounts.keys().copied().collect();
    for (number, validator) in validators.iter().enumerate() {
        let address = validator["address"].as_str().ok_or_else(wrong)?.to_lowercase();
        let address: Address = format!("0x{address}").parse().map_err(|_| wrong())?;
        if !accounts.is_empty() {
            let owner = accounts[number % accounts.len()];
            genesis.tips.entry(address).or_insert(owner);
        }
    }
    whole["chain_id"] = format!("fvm-{}", genesis.chain).into();
    whole["app_state"] = serde_json::from_str(&genesis.to_json()).map_err(|_| wrong())?;
    Ok(format!("{whole:#}\n"))
}

/// Reads a file of the network.
pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write `{}`: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_set_in_its_section() {
        let text = "laddr = \"a\"\n[rpc]\n# laddr = \"b\"\nladdr = \"c\"\nladdr_more = 1\n[p2p]\nladdr = \"d\"\n";
        let changed = set(text, "rpc", "laddr", "\"e\"").expect("it is there");
        assert_eq!(changed, text.replace("laddr = \"c\"", "laddr = \"e\""));
        assert!(set(text, "rpc", "seeds", "1").is_err_and(|error| error.contains("`seeds`")));
        assert!(set(text, "mempool", "laddr", "1").is_err());
    }

    #[test]
    fn a_genesis_gets_the_ledger_and_tips() {
        let validator = "DBDFF829668802DCDD9A853F5D8D8776B87C5CE0";
        let text =
            format!("{{\"chain_id\":\"x\",\"validators\":[{{\"address\":\"{validator}\"}}]}}");
        let mut genesis = development::genesis(&[]);
        let whole: Value =
            serde_json::from_str(&begin(&text, &mut genesis).expect("a genesis")).expect("JSON");
        assert_eq!(whole["chain_id"], "fvm-1337");
        let read = Genesis::parse(&whole["app_state"].to_string()).expect("a genesis");
        assert_eq!(read, genesis);
        assert_eq!(read.tips.len(), 1);
        assert!(begin("{}", &mut genesis).is_err() && begin("", &mut genesis).is_err());
    }
}
