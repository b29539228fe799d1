//! One request of JSON-RPC after the other, each over a connection of its own.

use super::ClientError;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::runtime::Runtime;

/// How long a connection may take.
const CONNECT_TIME: Duration = Duration::from_secs(5);
/// How long an answer may take: longer than a node takes for any.
const ANSWER_TIME: Duration = Duration::from_secs(30);
/// Bytes of an answer.
const ANSWER_BYTES_MAX: usize = 64 << 20;
/// The port of a node unless the URL names one.
const PORT: u16 = 8545;

/// A node.
pub struct Node {
    /// As it was named.
    url: String,
    /// Host and port, to connect to.
    authority: String,
    /// Where requests go on it.
    path: String,
    runtime: Runtime,
}

impl Node {
    /// The node at this URL.
    pub fn new(url: &str) -> Result<Node, ClientError> {
        let Some(rest) = url.strip_prefix("http://") else {
            return Err(ClientError::Url(format!(
                "`{url}`: a node has an address such as `http://localhost:8545`; \
                 for https put a proxy in between"
            )));
        };
        let (authority, path) = match rest.split_once('/') {
            Some((authority, path)) => (authority, format!("/{path}")),
            None => (rest, "/".to_string()),
        };
        let is_plain =
            |text: &str| text.bytes().all(|letter| letter.is_ascii_graphic() && letter != b'@');
        if authority.is_empty() || !is_plain(authority) || !is_plain(&path) {
            return Err(ClientError::Url(format!("`{url}` is not the address of a node")));
        }
        // A port stands behind the last colon, unless that is inside of an IPv6 address.
        let has_port = authority.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']'));
        let authority =
            if has_port { authority.to_string() } else { format!("{authority}:{PORT}") };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| ClientError::Unreachable(error.to_string()))?;
        Ok(Node { url: url.to_string(), authority, path, runtime })
    }

    /// As it was named.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Calls a method; gives its result.
    pub fn call(&self, method: &str, parameters: Value) -> Result<Value, ClientError> {
        let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": parameters });
        let body = self.runtime.block_on(self.exchange(request.to_string()))?;
        let mut answer: Value = serde_json::from_slice(&body)
            .map_err(|_| ClientError::Answer(format!("{} is not a node: no JSON", self.url)))?;
        if let Some(error) = answer.get("error") {
            let code = error["code"].as_i64().unwrap_or_default();
            let mut message = error["message"].as_str().unwrap_or("it says no reason").to_string();
            // An engine has the reason there.
            if let Some(more) = error["data"].as_str() {
                message = format!("{message}: {more}");
            }
            return Err(ClientError::Refused(code, fvm_abi::show::visible(&message)));
        }
        match answer.get_mut("result") {
            Some(result) => Ok(result.take()),
            None => Err(ClientError::Answer(format!("{} is not a node: no result", self.url))),
        }
    }

    fn unreachable(&self, what: impl std::fmt::Display) -> ClientError {
        ClientError::Unreachable(format!("no node answers at {}: {what}", self.url))
    }

    async fn exchange(&self, body: String) -> Result<Bytes, ClientError> {
        let connect = TcpStream::connect(&self.authority);
        let stream = match tokio::time::timeout(CONNECT_TIME, connect).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(self.unreachable(error)),
            Err(_) => return Err(self.unreachable("it takes too long")),
        };
        let answer = self.request(stream, body);
        match tokio::time::timeout(ANSWER_TIME, answer).await {
            Ok(answer) => answer,
            Err(_) => Err(self.unreachable("it takes too long")),
        }
    }

    async fn request(&self, stream: TcpStream, body: String) -> Result<Bytes, ClientError> {
        let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = handshake.map_err(|error| self.unreachable(error))?;
        // It ends when the answer was read, or with the runtime.
        tokio::spawn(connection);
        let request = Request::post(&self.path)
            .header(HOST, &self.authority)
            .header(CONTENT_TYPE, "application/json")
            .body(Full::new(Bytes::from(body)))
            .map_err(|error| ClientError::Url(error.to_string()))?;
        let response =
            sender.send_request(request).await.map_err(|error| self.unreachable(error))?;
        let status = response.status();
        if status != StatusCode::OK {
            return Err(ClientError::Answer(format!("{} answers {status}", self.url)));
        }
        let body = Limited::new(response.into_body(), ANSWER_BYTES_MAX).collect().await;
        body.map(|body| body.to_bytes()).map_err(|error| self.unreachable(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_nodes() {
        let authority = |url: &str| Node::new(url).map(|node| node.authority);
        assert_eq!(authority("http://node").as_deref(), Ok("node:8545"));
        assert_eq!(authority("http://node:80/rpc").as_deref(), Ok("node:80"));
        assert_eq!(authority("http://[::1]").as_deref(), Ok("[::1]:8545"));
        assert_eq!(authority("http://[::1]:9").as_deref(), Ok("[::1]:9"));
        for url in ["", "node:8545", "https://node", "http://", "http://a@b", "http://a b"] {
            assert!(authority(url).is_err(), "{url}");
        }
    }
}
