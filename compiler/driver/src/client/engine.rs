//! The RPC of a consensus engine, as far as a replica needs it: transactions of clients are handed
//! on.

use super::ClientError;
use super::http;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fvm_node::Engine;
use serde_json::json;

/// The RPC of an engine.
#[derive(Clone, Debug)]
pub struct EngineRpc {
    url: String,
}

impl EngineRpc {
    /// The RPC at this URL.
    pub fn new(url: &str) -> Result<EngineRpc, ClientError> {
        http::Node::new(url)?;
        Ok(EngineRpc { url: url.to_string() })
    }
}

impl Engine for EngineRpc {
    /// The engine asks its replica about the transaction before it answers, so a refusal is heard.
    fn send(&self, bytes: &[u8]) -> Result<(), String> {
        let engine = http::Node::new(&self.url).map_err(|error| error.to_string())?;
        let parameters = json!({ "tx": STANDARD.encode(bytes) });
        let answer = engine.call("broadcast_tx_sync", parameters);
        let answer = answer.map_err(|error| format!("the engine: {error}"))?;
        match answer["code"].as_u64() {
            Some(0) => Ok(()),
            Some(_) => Err(answer["log"].as_str().unwrap_or("it says no reason").to_string()),
            None => Err(format!("{} is not the RPC of an engine", self.url)),
        }
    }
}
