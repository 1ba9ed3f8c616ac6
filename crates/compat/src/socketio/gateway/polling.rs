use super::engine_sessions::Inbound;
use super::handshake;
use super::receiver::EngineReceiver;
use crate::Compat;
use crate::socketio::codec::{EngineError, Revision, packets, payload};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::{admit, refusal, serve};
use std::net::IpAddr;
use std::sync::Arc;

/// A new connection that polls.
pub(super) fn open<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    revision: Revision,
) -> Response<Body> {
    let sessions = &compat.sessions;
    let permit = match admit(&**sessions, address) {
        Ok(permit) => permit,
        Err(response) => return *response,
    };
    let sid = sessions.new_token();
    let greeting = handshake::open_packet(sessions.limits(), &sid, &["websocket"]);
    let inbox = compat.engine_sessions.begin(sid);
    let transport = inbox.transport.clone();
    let handshake = handshake::polling(compat, address, revision, EngineReceiver::polling(inbox), transport);
    tokio::spawn(serve(handshake, permit));
    text(payload(&greeting, revision))
}

/// Waits until there is something for the client.
pub(super) async fn poll<F: SessionFactory>(
    compat: &Compat<F>,
    sid: &str,
    revision: Revision,
) -> Result<Response<Body>, EngineError> {
    let session = compat.engine_sessions.find(sid)?;
    session.sign();
    match session.transport.poll().await {
        Ok(frames) => Ok(text(payload(&frames, revision))),
        Err(_) => Err(EngineError::UnknownSession),
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
    let limits = compat.sessions.limits();
    let bytes = match tokio::time::timeout(limits.hello, to_bytes(body, limits.frame_bytes)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => {
            return Ok(refusal(StatusCode::PAYLOAD_TOO_LARGE, "This is more than is taken at once.\n"));
        }
        Err(_) => return Ok(refusal(StatusCode::REQUEST_TIMEOUT, "The packets did not come in time.\n")),
    };
    let posted = str::from_utf8(&bytes).map_err(|_| EngineError::BadRequest)?;
    for packet in packets(posted, revision) {
        session.hand(Inbound::Packet(packet)).await?;
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
