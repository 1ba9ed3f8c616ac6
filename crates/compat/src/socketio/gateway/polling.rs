use super::engine_sessions::{EngineSession, EngineSessions, Inbound};
use super::handshake;
use super::transport::{NoPoll, Transport};
use crate::Compat;
use crate::socketio::codec::{ENGINE_CLOSE, EngineError, EnginePacket, NOOP, Revision, packets, payload};
use crate::url_token::UrlToken;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::{admit, refusal};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Handle;

/// How long a client may take to poll again whose connection ended in the middle of a poll.
const GRACE: Duration = Duration::from_secs(1);

/// A new connection that polls.
pub(super) fn open<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    revision: Revision,
    token: UrlToken,
) -> Response<Body> {
    let sessions = &compat.sessions;
    let permit = match admit(&**sessions, address) {
        Ok(permit) => permit,
        Err(response) => return *response,
    };
    let sid = compat.new_sid();
    let greeting = handshake::open_packet(sessions.limits(), &sid, &["websocket"]);
    let inbox = compat.engine_sessions.begin(sid);
    tokio::spawn(handshake::polling(compat, (address, token), revision, inbox, permit));
    text(payload(&greeting, revision))
}

/// Waits until there is something for the client.
pub(super) async fn poll<F: SessionFactory>(
    compat: &Compat<F>,
    sid: &str,
    revision: Revision,
) -> Result<Response<Body>, EngineError> {
    // A sign of life is what answers a ping: to poll is none.
    let EngineSession { transport, .. } = compat.engine_sessions.find(sid)?;
    let number = match transport.begin_poll() {
        Ok(number) => number,
        Err(NoPoll::WebSocket) => return Err(EngineError::BadRequest),
        Err(NoPoll::Second) => {
            compat.engine_sessions.end(sid, ENGINE_CLOSE);
            return Err(EngineError::BadRequest);
        }
    };
    let pending = PendingPoll { sessions: &compat.engine_sessions, sid, transport: &transport, number };
    let answer = transport.poll().await;
    drop(pending);
    match answer {
        Ok(frames) => Ok(text(payload(&frames, revision))),
        Err(_) => Err(EngineError::UnknownSession),
    }
}

/// A poll until it is answered. Dropping it before means that the client's connection has ended, and soon its session.
struct PendingPoll<'a> {
    sessions: &'a Arc<EngineSessions>,
    sid: &'a str,
    transport: &'a Transport,
    number: u64,
}

impl Drop for PendingPoll<'_> {
    fn drop(&mut self) {
        let Self { sessions, sid, transport, number } = *self;
        // Without a runtime the process ends.
        let Some(runtime) = Handle::try_current().ok().filter(|_| transport.give_up(number)) else { return };
        let (sessions, sid) = (Arc::clone(sessions), sid.to_owned());
        runtime.spawn(async move {
            tokio::time::sleep(GRACE).await;
            sessions.end_given_up(&sid, number);
        });
    }
}

/// Takes packets. Of a request that does not come to its end none is taken.
pub(super) async fn post<F: SessionFactory>(
    compat: &Compat<F>,
    sid: &str,
    revision: Revision,
    body: Body,
) -> Result<Response<Body>, EngineError> {
    let session = compat.engine_sessions.find(sid)?;
    if !session.transport.is_polling() {
        return Err(EngineError::BadRequest);
    }
    let limits = compat.sessions.limits();
    let bytes = match tokio::time::timeout(limits.hello, to_bytes(body, limits.frame_bytes)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => {
            return Ok(refusal(StatusCode::PAYLOAD_TOO_LARGE, "This is more than is taken at once.\n"));
        }
        Err(_) => return Ok(refusal(StatusCode::REQUEST_TIMEOUT, "The packets did not come in time.\n")),
    };
    let posted = str::from_utf8(&bytes).unwrap_or_default();
    let is_unreadable = |packet| matches!(EnginePacket::decode(packet), EnginePacket::Unreadable(_));
    if posted.is_empty() || packets(posted, revision).any(is_unreadable) {
        compat.engine_sessions.end(sid, ENGINE_CLOSE);
        return Err(EngineError::BadRequest);
    }
    for packet in packets(posted, revision) {
        if packet == EnginePacket::CLOSE {
            // Its poll gets something to end with.
            compat.engine_sessions.end(sid, NOOP);
            break;
        }
        session.hand(Inbound::Packet(packet.to_owned())).await?;
    }
    Ok(text(b"ok".to_vec()))
}

fn text(body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=UTF-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
