use super::connection;
use super::ear::Ear;
use super::lines::Inbound;
use crate::app::App;
use crate::gateway::websocket::{admit, refusal, serve};
use axum::body::{Body, to_bytes};
use axum::http::{HeaderValue, Response, StatusCode, header};
use chinwag_wire::socketio::{EngineError, Revision, packets, payload};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// A new connection that polls.
pub(super) fn open(app: Arc<App>, address: IpAddr, revision: Revision) -> Response<Body> {
    let place = match admit(&app, address) {
        Ok(place) => place,
        Err(response) => return *response,
    };
    let sid = app.chat.secrets.new_token();
    let greeting = connection::open_packet(&app.config, &sid, &["websocket"]);
    let hearing = app.lines.begin(sid);
    let transport = hearing.transport.clone();
    let met = connection::meet_polling(app, address, revision, Ear::polling(hearing), transport);
    tokio::spawn(serve(met, place));
    text(payload(&greeting, revision))
}

/// Waits until there is something for the client.
pub(super) async fn poll(app: &App, sid: &str, revision: Revision) -> Result<Response<Body>, EngineError> {
    let line = app.lines.find(sid)?;
    line.sign();
    match line.transport.poll().await {
        Ok(frames) => Ok(text(payload(&frames, revision))),
        Err(_) => Err(EngineError::UnknownSession),
    }
}

/// Takes packets. Of a request that does not come to its end none is taken.
pub(super) async fn post(
    app: &App,
    sid: &str,
    revision: Revision,
    body: Body,
) -> Result<Response<Body>, EngineError> {
    let line = app.lines.find(sid)?;
    let limit = Duration::from_millis(app.config.hello_limit_ms);
    let bytes = match tokio::time::timeout(limit, to_bytes(body, app.config.frame_bytes)).await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => {
            return Ok(refusal(StatusCode::PAYLOAD_TOO_LARGE, "This is more than is taken at once.\n"));
        }
        Err(_) => return Ok(refusal(StatusCode::REQUEST_TIMEOUT, "The packets did not come in time.\n")),
    };
    let posted = str::from_utf8(&bytes).map_err(|_| EngineError::BadRequest)?;
    for packet in packets(posted, revision) {
        line.hand(Inbound::Packet(packet)).await?;
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
