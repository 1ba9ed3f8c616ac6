use super::reader::{Reader, Received};
use super::socket::WebSocket;
use crate::app::App;
use crate::session::Session;
use chinwag_core::domain::{Refusal, RoomOverview, RoomSlug, Seq};
use chinwag_realtime::{CloseReason, Protocol, Socket as _};
use chinwag_wire::native::{NativeEncoder, ProtocolError, Ref, Request, Wish};
use chinwag_wire::websocket;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;

/// A client that has said hello.
pub(super) struct Greeting {
    pub(super) session: Session,
    /// The rooms that the person is in.
    pub(super) rooms: Vec<RoomOverview>,
    pub(super) reference: Option<Ref>,
    pub(super) resume: Vec<(RoomSlug, Seq)>,
}

/// How long a client may take to read why it is refused.
const REFUSAL: Duration = Duration::from_secs(2);

/// Waits for the client's `hello` and signs it in. Otherwise says why not, and answers `None`.
pub(super) async fn greet(
    app: &Arc<App>,
    stream: &Arc<TcpStream>,
    reader: &mut Reader,
    received: &mut VecDeque<Received>,
) -> Option<Greeting> {
    let limit = Duration::from_millis(app.config.hello_limit_ms);
    let Ok(first) = tokio::time::timeout(limit, first_frame(stream, reader, received)).await else {
        refuse(stream, CloseReason::NoHello, None).await;
        return None;
    };
    let (reference, token, resume) = match first? {
        Received::Request(Request { reference, wish: Wish::SignIn { token, rooms } }) => {
            (reference, token, rooms)
        }
        Received::Malformed(error) => {
            refuse(stream, CloseReason::NoHello, Some((error.reference, error.error))).await;
            return None;
        }
        Received::Violation(violation) => {
            refuse(stream, CloseReason::Violation(violation.code, violation.reason), None).await;
            return None;
        }
        Received::Close(code) => {
            refuse(stream, CloseReason::Requested(code), None).await;
            return None;
        }
        Received::Request(_) | Received::Ping(_) | Received::Pong => {
            refuse(stream, CloseReason::NoHello, None).await;
            return None;
        }
    };
    let socket = Box::new(WebSocket(Arc::clone(stream)));
    match Session::open(Arc::clone(app), &token, Protocol::Native, socket).await {
        Ok((session, rooms)) => Some(Greeting { session, rooms, reference, resume }),
        Err(refusal) => {
            let unauthorized = refusal == Refusal::Unauthorized;
            let close = if unauthorized { CloseReason::Unauthorized } else { CloseReason::Restart };
            refuse(stream, close, Some((reference, ProtocolError::from(&refusal)))).await;
            None
        }
    }
}

/// The first frame that is no ping or pong.
async fn first_frame(
    stream: &TcpStream,
    reader: &mut Reader,
    received: &mut VecDeque<Received>,
) -> Option<Received> {
    loop {
        match received.pop_front() {
            Some(Received::Pong) => {}
            Some(Received::Ping(payload)) => {
                let mut pong = Vec::new();
                websocket::write_pong(&mut pong, &payload);
                write_all(stream, &pong).await;
            }
            Some(other) => return Some(other),
            None => reader.read(received).await.ok()?,
        }
    }
}

async fn refuse(stream: &Arc<TcpStream>, close: CloseReason, error: Option<(Option<Ref>, ProtocolError)>) {
    let mut frames = Vec::new();
    if let Some((reference, error)) = error {
        NativeEncoder.error(reference, error, &mut frames);
    }
    frames.extend(WebSocket(Arc::clone(stream)).close_frame(close));
    // A client that does not even read this is not waited for.
    _ = tokio::time::timeout(REFUSAL, write_all(stream, &frames)).await;
}

/// Writes to a client that has no outbox yet. A broken connection shows at the next read.
async fn write_all(stream: &TcpStream, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        match stream.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                if stream.writable().await.is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}
