//! JSON-RPC 2.0: single requests, batches, notifications, and its error codes.

use crate::methods;
use crate::node::Node;
use serde_json::{Value, json};

/// Requests of one batch.
pub const BATCH_MAX: usize = 100;

/// An error for the client.
#[derive(Clone, PartialEq, Debug)]
pub struct RpcError {
    /// The code.
    pub code: i64,
    /// What is wrong.
    pub message: String,
    /// What else is known.
    pub data: Option<Value>,
}

impl RpcError {
    /// The bytes are no JSON.
    pub const PARSE: i64 = -32700;
    /// The JSON is no request.
    pub const INVALID: i64 = -32600;
    /// There is no such method.
    pub const NO_METHOD: i64 = -32601;
    /// The parameters are not those of the method.
    pub const PARAMETERS: i64 = -32602;
    /// The node is at fault.
    pub const INTERNAL: i64 = -32603;
    /// The ledger refuses it.
    pub const REFUSED: i64 = -32000;
    /// There is nothing of that name.
    pub const NOT_FOUND: i64 = -32001;

    /// An error without data.
    pub fn new(code: i64, message: impl Into<String>) -> RpcError {
        RpcError { code, message: message.into(), data: None }
    }

    fn to_json(&self) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(data) = &self.data {
            error["data"] = data.clone();
        }
        error
    }
}

/// Answers what a client sent; nothing if it wants no answer.
pub fn answer(node: &Node, body: &[u8]) -> Option<Value> {
    let parsed: Result<Value, _> = serde_json::from_slice(body);
    match parsed {
        Err(error) => {
            let error = RpcError::new(RpcError::PARSE, format!("not JSON: {error}"));
            Some(failed(node, &Value::Null, &error))
        }
        Ok(Value::Array(requests)) => answer_batch(node, &requests),
        Ok(request) => answer_one(node, &request),
    }
}

fn answer_batch(node: &Node, requests: &[Value]) -> Option<Value> {
    let invalid =
        |text: String| Some(failed(node, &Value::Null, &RpcError::new(RpcError::INVALID, text)));
    if requests.is_empty() {
        return invalid("an empty batch".into());
    }
    if requests.len() > BATCH_MAX {
        return invalid(format!("limit BATCH_MAX: at most {BATCH_MAX} requests"));
    }
    let answers: Vec<Value> =
        requests.iter().filter_map(|request| answer_one(node, request)).collect();
    (!answers.is_empty()).then_some(Value::Array(answers))
}

fn answer_one(node: &Node, request: &Value) -> Option<Value> {
    node.metrics.requests.add(1);
    let id = request.get("id");
    let is_id = |id: &Value| id.is_string() || id.is_number() || id.is_null();
    let method = request.get("method").and_then(Value::as_str);
    let is_version = request.get("jsonrpc").and_then(Value::as_str) == Some("2.0");
    let (Some(method), true, true) = (method, is_version, id.is_none_or(is_id)) else {
        let error = RpcError::new(RpcError::INVALID, "not a request of JSON-RPC 2.0");
        return Some(failed(node, &Value::Null, &error));
    };
    let none = Value::Array(Vec::new());
    let parameters = request.get("params").unwrap_or(&none);
    let result = methods::call(node, method, parameters);
    // A request without an id wants no answer, whatever became of it.
    let id = id?;
    Some(match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err(error) => failed(node, id, &error),
    })
}

/// The answer that tells of an error.
pub(crate) fn failed(node: &Node, id: &Value, error: &RpcError) -> Value {
    node.metrics.errors.add(1);
    json!({ "jsonrpc": "2.0", "id": id, "error": error.to_json() })
}
