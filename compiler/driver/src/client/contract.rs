//! The contract at an address: its ABI, asked of the node once.

use super::ClientError;
use super::http::Node;
use fvm_abi::Interface;
use fvm_abi::interface::{Kind, Method};
use fvm_keys::Address;
use fvm_node::rpc::RpcError;
use serde_json::json;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What is known of contracts, by address; nothing where there is none.
pub struct Contracts<'n> {
    node: &'n Node,
    known: BTreeMap<Address, Option<Rc<Interface>>>,
}

impl<'n> Contracts<'n> {
    /// Nothing is known yet.
    pub fn new(node: &'n Node) -> Contracts<'n> {
        Contracts { node, known: BTreeMap::new() }
    }

    /// The contract that will be at an address.
    pub fn expect(&mut self, address: Address, interface: Rc<Interface>) {
        self.known.insert(address, Some(interface));
    }

    /// The ABI of the contract at an address, if there is one that can be read.
    pub fn at(&mut self, address: Address) -> Option<Rc<Interface>> {
        if let Some(known) = self.known.get(&address) {
            return known.clone();
        }
        // A receipt is told without it as well: with bytes for values.
        let found = self.interface(address).ok();
        self.known.insert(address, found.clone());
        found
    }

    /// The same, where one has to be there.
    pub fn interface(&self, address: Address) -> Result<Rc<Interface>, ClientError> {
        let answer = self.node.call("fvm_getInterface", json!([address.to_string()]));
        let answer = answer.map_err(|error| match error.is_not_found() {
            true => ClientError::Refused(
                RpcError::NOT_FOUND,
                format!("there is no contract at {address}"),
            ),
            false => error,
        })?;
        let interface = Interface::parse(answer.to_string().as_bytes());
        interface
            .map(Rc::new)
            .map_err(|error| ClientError::Answer(format!("the contract at {address}: {error}")))
    }
}

/// The method that a name means: with a list of types behind it, `add(Int)`, where the name alone
/// is of several.
pub fn find_method<'i>(
    interface: &'i Interface,
    name: &str,
    kinds: &[Kind],
    arguments: usize,
) -> Result<&'i Method, String> {
    let is_named = |method: &&Method| method.name == name || method.signature == name;
    let of_name: Vec<&Method> = interface.methods.iter().filter(is_named).collect();
    let mut reached = of_name.clone();
    reached.retain(|method| kinds.contains(&method.kind));
    let signatures = |methods: &[&Method]| {
        let list: Vec<&str> = methods.iter().map(|method| method.signature.as_str()).collect();
        list.join(", ")
    };
    if reached.len() > 1 {
        let all = signatures(&reached);
        reached.retain(|method| method.params.len() == arguments);
        return match &reached[..] {
            [method] => Ok(method),
            _ => Err(format!("`{name}` may be one of {all}: write it with its types")),
        };
    }
    if let [method] = &reached[..] {
        return Ok(method);
    }
    Err(match of_name.first().map(|method| method.kind) {
        Some(Kind::Handler) => {
            format!("`{name}` is a handler: only the contract itself calls it")
        }
        Some(Kind::View) => format!("`{name}` is a view: `fscc query` asks it"),
        Some(Kind::Entry | Kind::Payable) => {
            format!("`{name}` is no view: `fscc call` calls it")
        }
        None => {
            let mut all: Vec<&Method> = interface.methods.iter().collect();
            all.retain(|method| kinds.contains(&method.kind));
            let all = if all.is_empty() { "nothing".to_string() } else { signatures(&all) };
            format!("{} has no `{name}`; it has {all}", interface.contract)
        }
    })
}
