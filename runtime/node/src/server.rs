//! The interfaces over HTTP: JSON-RPC, a stream of receipts that can be taken up again where it
//! broke off, health, metrics, and a page for people.
//!
//! Clients may be slow, hostile or gone: headers have to come in time, bodies are bounded, work is
//! bounded in number and time, and nobody waits for a client.

use crate::json;
use crate::node::Node;
use crate::patient::Patient;
use crate::rpc::{self, RpcError};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use fvm_ledger::block::Receipt;
use fvm_ledger::records::Position;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};

/// Bytes of a request: a transaction as hexadecimal digits, and something around it.
pub const BODY_BYTES_MAX: usize = 5 << 20;
/// How long a client may take for the head of a request.
const HEADER_TIME: Duration = Duration::from_secs(10);
/// How long a request may take, its body included.
const REQUEST_TIME: Duration = Duration::from_secs(10);
/// How long a client may leave an answer unread.
const READ_TIME: Duration = Duration::from_secs(10);
/// Connections at the same time.
const CONNECTIONS_MAX: usize = 1024;
/// Those of them that may stay open for as long as the client likes: streams and WebSockets.
const STREAMS_MAX: usize = 256;
/// How long to wait when no connection can be accepted, for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Requests that are worked on at the same time; others wait.
const WORKERS_MAX: usize = 64;
/// Receipts that a stream reads at once.
const CHUNK: usize = 256;

/// What handlers share.
#[derive(Clone)]
struct Shared {
    node: Arc<Node>,
    workers: Arc<Semaphore>,
    streams: Arc<Semaphore>,
}

impl Shared {
    /// The right to a connection that stays open, as long as it is held; otherwise what the client
    /// is told.
    fn stream(&self) -> Result<OwnedSemaphorePermit, Box<Response>> {
        let permit = Arc::clone(&self.streams).try_acquire_owned();
        let text = format!("limit STREAMS_MAX: {STREAMS_MAX} streams are open; try again later");
        permit.map_err(|_| Box::new((StatusCode::SERVICE_UNAVAILABLE, text).into_response()))
    }
}

/// The routes.
fn routes(node: Arc<Node>) -> Router {
    let workers = Arc::new(Semaphore::new(WORKERS_MAX));
    let streams = Arc::new(Semaphore::new(STREAMS_MAX));
    let shared = Shared { node, workers, streams };
    Router::new()
        .route("/", get(page).post(call))
        .route("/rpc", post(call))
        .route("/ws", get(upgrade))
        .route("/v1/stream", get(stream))
        .route("/health", get(health))
        .route("/metrics", get(metrics))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(shared)
}

/// Serves until `stop` says so, and then until requests that have begun are answered.
pub async fn serve(
    listener: TcpListener,
    node: Arc<Node>,
    mut stop: watch::Receiver<bool>,
) -> io::Result<()> {
    let routes = routes(node);
    let connections = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        let permit = Arc::clone(&connections).acquire_owned();
        let (permit, stream) = tokio::select! {
            accepted = async { (permit.await, listener.accept().await) } => accepted,
            _ = stop.wait_for(|stop| *stop) => break,
        };
        match (permit, stream) {
            (Ok(permit), Ok((stream, _))) => {
                tokio::spawn(connect(stream, routes.clone(), stop.clone(), permit));
            }
            _ => tokio::time::sleep(ACCEPT_PAUSE).await,
        }
    }
    let all = connections.acquire_many(CONNECTIONS_MAX as u32);
    let _ = tokio::time::timeout(REQUEST_TIME, all).await;
    Ok(())
}

/// Serves one client. It is HTTP/1.1 from the first byte on, so that the time for the head of a
/// request runs even if that byte never comes.
async fn connect(
    stream: TcpStream,
    routes: Router,
    mut stop: watch::Receiver<bool>,
    _permit: OwnedSemaphorePermit,
) {
    let stream = TokioIo::new(Patient::new(stream, READ_TIME));
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADER_TIME);
    let service = TowerToHyperService::new(routes);
    let mut connection = pin!(builder.serve_connection(stream, service).with_upgrades());
    // A client that breaks off has had its answer or does not want it.
    let is_stopped = tokio::select! {
        _ = connection.as_mut() => false,
        stopped = stop.wait_for(|stop| *stop) => { drop(stopped); true }
    };
    if is_stopped {
        connection.as_mut().graceful_shutdown();
        let _ = connection.await;
    }
}

/// A page that shows what happens.
async fn page() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, "default-src 'self' 'unsafe-inline'"),
    ];
    (headers, include_str!("page.html")).into_response()
}

async fn call(State(shared): State<Shared>, body: Body) -> Response {
    let read = axum::body::to_bytes(body, BODY_BYTES_MAX);
    let body = match tokio::time::timeout(REQUEST_TIME, read).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => {
            return (StatusCode::PAYLOAD_TOO_LARGE, "the body is too long").into_response();
        }
        Err(_) => return (StatusCode::REQUEST_TIMEOUT, "the body took too long").into_response(),
    };
    match answer(&shared, body).await {
        Ok(Some(answer)) => axum::Json(answer).into_response(),
        Ok(None) => StatusCode::NO_CONTENT.into_response(),
        Err(status) => status.into_response(),
    }
}

/// Answers on a thread that may block.
async fn answer(shared: &Shared, body: Bytes) -> Result<Option<Value>, StatusCode> {
    let permit = Arc::clone(&shared.workers).acquire_owned();
    let Ok(Ok(permit)) = tokio::time::timeout(REQUEST_TIME, permit).await else {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    };
    let node = Arc::clone(&shared.node);
    let work = tokio::task::spawn_blocking(move || {
        let answer = rpc::answer(&node, &body);
        drop(permit);
        answer
    });
    match tokio::time::timeout(REQUEST_TIME, work).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_)) => Err(StatusCode::INTERNAL_SERVER_ERROR),
        Err(_) => Err(StatusCode::GATEWAY_TIMEOUT),
    }
}

async fn health(State(shared): State<Shared>) -> Response {
    let height = *shared.node.heights().borrow();
    axum::Json(json!({ "status": "ok", "height": height })).into_response()
}

async fn metrics(State(shared): State<Shared>) -> Response {
    let node = &shared.node;
    let waiting = node.ledger().queue().len() as u64;
    let gauges = [
        ("height", "The last block.", *node.heights().borrow()),
        ("pending_transactions", "Transactions in the pool.", node.pending() as u64),
        ("waiting_messages", "Messages that wait for a block.", waiting),
    ];
    let headers = [(header::CONTENT_TYPE, "text/plain; version=0.0.4")];
    (headers, node.metrics.page(&gauges)).into_response()
}

// ── streams ─────────────────────────────────────────────────────────────────

/// Reads a place in the order of all receipts: `HEIGHT` or `HEIGHT:POSITION`.
fn place(text: &str) -> Option<Position> {
    let (height, at) = text.split_once(':').unwrap_or((text, "0"));
    Some(Position { height: height.parse().ok()?, at: at.parse().ok()? })
}

/// Where the first receipt of the next block stands.
fn newest(node: &Node) -> Position {
    Position { height: *node.heights().borrow() + 1, at: 0 }
}

/// Receipts from a place on, and the place behind them.
fn read(node: &Node, from: Position) -> Option<(Vec<Receipt>, Position)> {
    let receipts = node.ledger().receipts(from, CHUNK).ok()?;
    let next = match receipts.last() {
        Some(last) => Position { height: last.height, at: last.position + 1 },
        None => from,
    };
    Some((receipts, next))
}

/// Sends receipts from a place on, as they come, until nobody listens.
async fn follow(node: Arc<Node>, mut from: Position, to: mpsc::Sender<Receipt>) {
    let mut heights = node.heights();
    loop {
        heights.mark_unchanged();
        let reader = Arc::clone(&node);
        let read = tokio::task::spawn_blocking(move || read(&reader, from)).await;
        let Ok(Some((receipts, next))) = read else { return };
        let is_end = receipts.is_empty();
        for receipt in receipts {
            if to.send(receipt).await.is_err() {
                return;
            }
        }
        from = next;
        if is_end {
            tokio::select! {
                changed = heights.changed() => if changed.is_err() { return },
                () = to.closed() => return,
            }
        }
    }
}

/// Server-sent events: one for each receipt, with its place as the event's id, so that a client
/// that comes back goes on behind the last one that it saw.
async fn stream(
    State(shared): State<Shared>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: axum::http::HeaderMap,
) -> Response {
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(place);
    let from = match (seen, query.get("from")) {
        (Some(seen), _) => Some(Position { at: seen.at + 1, ..seen }),
        (None, Some(from)) => place(from),
        (None, None) => Some(newest(&shared.node)),
    };
    let Some(from) = from else {
        return (StatusCode::BAD_REQUEST, "`from` is HEIGHT or HEIGHT:POSITION").into_response();
    };
    let permit = match shared.stream() {
        Ok(permit) => permit,
        Err(refusal) => return *refusal,
    };
    let (to, receiver) = mpsc::channel(CHUNK);
    tokio::spawn(follow(Arc::clone(&shared.node), from, to));
    let event = move |receipt: Receipt| {
        // Held for as long as there are events to come.
        let _permit = &permit;
        let id = format!("{}:{}", receipt.height, receipt.position);
        Ok::<_, io::Error>(
            Event::default().id(id).event("receipt").data(json::receipt(&receipt).to_string()),
        )
    };
    let events = stream_of(receiver, event);
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// What comes out of a channel, as a stream.
fn stream_of<T, U>(
    receiver: mpsc::Receiver<T>,
    make: impl Fn(T) -> U,
) -> impl futures_core::Stream<Item = U> {
    use tokio_stream::StreamExt;
    tokio_stream::wrappers::ReceiverStream::new(receiver).map(make)
}

async fn upgrade(State(shared): State<Shared>, upgrade: WebSocketUpgrade) -> Response {
    let permit = match shared.stream() {
        Ok(permit) => permit,
        Err(refusal) => return *refusal,
    };
    let upgrade = upgrade.max_message_size(BODY_BYTES_MAX);
    upgrade.on_upgrade(move |socket| converse(shared, socket, permit))
}

/// A WebSocket: requests of JSON-RPC are answered; `fvm_subscribe(from?)` has receipts come as
/// notifications, once for a socket.
async fn converse(shared: Shared, mut socket: WebSocket, _permit: OwnedSemaphorePermit) {
    let (to, mut receipts) = mpsc::channel(CHUNK);
    let mut is_subscribed = false;
    loop {
        tokio::select! {
            Some(receipt) = receipts.recv() => {
                let note = json!({
                    "jsonrpc": "2.0", "method": "fvm_receipt", "params": [json::receipt(&receipt)],
                });
                let send = socket.send(Message::text(note.to_string()));
                // A client that does not read is let go.
                if !matches!(tokio::time::timeout(REQUEST_TIME, send).await, Ok(Ok(()))) {
                    return;
                }
            }
            message = socket.recv() => {
                let body = match message {
                    Some(Ok(Message::Text(text))) => Bytes::from(text.as_str().to_string()),
                    Some(Ok(Message::Binary(bytes))) => bytes,
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                };
                let answer = match subscription(&shared.node, &body) {
                    Some((_, id)) if is_subscribed => {
                        let text = "this socket has a subscription: open another one";
                        let error = RpcError::new(RpcError::REFUSED, text);
                        Some(rpc::failed(&shared.node, &id, &error))
                    }
                    Some((from, id)) => {
                        is_subscribed = true;
                        tokio::spawn(follow(Arc::clone(&shared.node), from, to.clone()));
                        Some(json!({ "jsonrpc": "2.0", "id": id, "result": true }))
                    }
                    None => match answer(&shared, body).await {
                        Ok(answer) => answer,
                        Err(_) => return,
                    },
                };
                let Some(answer) = answer else { continue };
                let send = socket.send(Message::text(answer.to_string()));
                if !matches!(tokio::time::timeout(REQUEST_TIME, send).await, Ok(Ok(()))) {
                    return;
                }
            }
        }
    }
}

/// From where on a request wants receipts, and its id, if it is a subscription.
fn subscription(node: &Node, body: &[u8]) -> Option<(Position, Value)> {
    let request: Value = serde_json::from_slice(body).ok()?;
    if request.get("method")?.as_str()? != "fvm_subscribe" {
        return None;
    }
    let from = request.get("params").and_then(|params| params.get(0)).and_then(Value::as_str);
    let from = from.and_then(place).unwrap_or_else(|| newest(node));
    Some((from, request.get("id").cloned().unwrap_or_default()))
}
