//! The socket on which the engine asks: messages of Protocol Buffers, each behind its length. The
//! engine has several connections; on each, answers come in the order of the requests.
//!
//! Whoever can connect can have blocks made: the socket is for the engine alone. All the same a
//! message is bounded, and bytes that are no message end their connection and nothing else.

use crate::application::Application;
use crate::failure::Failure;
use prost::Message;
use std::io;
use std::sync::Arc;
use tendermint_proto::v0_38::abci::response::Value;
use tendermint_proto::v0_38::abci::{Request, Response, ResponseException};
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedReadHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Bytes of a message: what the engine itself allows.
pub const MESSAGE_BYTES_MAX: u64 = 100 << 20;
/// Connections at the same time. An engine has four.
pub const CONNECTIONS_MAX: usize = 32;

/// Serves until `stop` says so, or until this replica cannot answer truly any more.
pub async fn serve(
    listener: TcpListener,
    application: Arc<Application>,
    mut stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let mut connections: JoinSet<Result<(), Failure>> = JoinSet::new();
    loop {
        tokio::select! {
            stopped = stop.wait_for(|stop| *stop) => {
                drop(stopped);
                return Ok(());
            }
            Some(ended) = connections.join_next() => {
                ended.map_err(|error| Failure::Socket(error.to_string()))??;
            }
            accepted = listener.accept(), if connections.len() < CONNECTIONS_MAX => {
                match accepted {
                    Ok((stream, from)) => {
                        tracing::info!(%from, "the engine connects");
                        connections.spawn(converse(stream, Arc::clone(&application)));
                    }
                    Err(error) => tracing::warn!(%error, "a connection failed"),
                }
            }
        }
    }
}

/// Answers requests until the other side ends the connection.
async fn converse(stream: TcpStream, application: Arc<Application>) -> Result<(), Failure> {
    // An answer is one small packet: it must not wait for the next one.
    let _ = stream.set_nodelay(true);
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    loop {
        let request = match read(&mut reader).await {
            Ok(Some(request)) => request,
            Ok(None) => return Ok(()),
            Err(error) => {
                tracing::warn!(%error, "a connection is given up");
                return Ok(());
            }
        };
        let asked = Arc::clone(&application);
        let answer = tokio::task::spawn_blocking(move || match request.value {
            Some(request) => asked.answer(request),
            None => Err(Failure::Incomplete("kind")),
        });
        let answer = answer.await.map_err(|error| Failure::Socket(error.to_string()))?;
        let (value, failure) = match answer {
            Ok(value) => (value, None),
            Err(failure) => {
                let error = failure.to_string();
                (Value::Exception(ResponseException { error }), Some(failure))
            }
        };
        let bytes = Response { value: Some(value) }.encode_length_delimited_to_vec();
        let written = writer.write_all(&bytes).await;
        match failure {
            Some(failure) if failure.is_own() => return Err(failure),
            Some(failure) => {
                tracing::warn!(%failure, "a request of the engine was refused");
                return Ok(());
            }
            None if written.is_err() => return Ok(()),
            None => {}
        }
    }
}

/// The next request; none if the connection ended before it.
async fn read(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Option<Request>> {
    let wrong = |text: &str| io::Error::new(io::ErrorKind::InvalidData, text);
    let mut length = 0u64;
    for shift in (0..64).step_by(7) {
        let byte = match reader.read_u8().await {
            Ok(byte) => byte,
            Err(error) if shift == 0 && error.kind() == io::ErrorKind::UnexpectedEof => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        length |= u64::from(byte & 0x7f) << shift;
        if length > MESSAGE_BYTES_MAX {
            return Err(wrong("limit MESSAGE_BYTES_MAX"));
        }
        if byte < 0x80 {
            // Room is made as bytes come, whatever the length says.
            let mut message = Vec::new();
            reader.take(length).read_to_end(&mut message).await?;
            if message.len() as u64 != length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let request = Request::decode(prost::bytes::Bytes::from(message));
            return request.map(Some).map_err(|error| wrong(&error.to_string()));
        }
    }
    Err(wrong("the length of a message"))
}
