//! The requests of Engine.IO: a new connection, a poll, a post, a WebSocket.

use super::{cross_origin, handshake, polling, upgrade};
use crate::Compat;
use crate::socketio::codec::{EngineError, Revision};
use crate::url_token::UrlToken;
use axum::body::Body;
use axum::extract::{ConnectInfo, Query, Request, State};
use axum::http::{HeaderValue, Method, Response, StatusCode, header};
use chinwag_gateway::SessionFactory;
use chinwag_gateway::websocket::{accept, admit, refusal};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What is answered while the gateway is shut.
pub(super) const SHUT: &str = "Socket.IO is not spoken here; see gateways.socketio.\n";

#[derive(Deserialize)]
struct EngineParameters {
    #[serde(rename = "EIO")]
    revision: Option<String>,
    transport: Option<String>,
    sid: Option<String>,
}

enum Wanted {
    Polling,
    WebSocket,
}

/// Every request to `/socket.io/`.
pub(super) async fn serve<F: SessionFactory>(
    State(compat): State<Arc<Compat<F>>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    if !compat.settings.socketio {
        return refusal(StatusCode::NOT_FOUND, SHUT);
    }
    if !compat.sessions.may_visit(peer.ip(), request.headers()) {
        return refused(EngineError::Forbidden);
    }
    if request.method() == Method::OPTIONS {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NO_CONTENT;
        cross_origin::allow(&mut response, cross_origin::preflight(request.headers()));
        return response;
    }
    let allowed = cross_origin::answer(request.headers());
    let address = compat.sessions.client_address(peer.ip(), request.headers());
    let mut response = answer(compat, address, request).await.unwrap_or_else(refused);
    cross_origin::allow(&mut response, allowed);
    response
}

async fn answer<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    request: Request,
) -> Result<Response<Body>, EngineError> {
    let Ok(Query(parameters)) = Query::<EngineParameters>::try_from_uri(request.uri()) else {
        return Err(EngineError::BadRequest);
    };
    let EngineParameters { revision, transport, sid } = parameters;
    let revision = revision.as_deref().and_then(Revision::parse).ok_or(EngineError::UnsupportedVersion)?;
    let wanted = match transport.as_deref() {
        Some("polling") => Wanted::Polling,
        Some("websocket") => Wanted::WebSocket,
        Some(_) | None => return Err(EngineError::UnknownTransport),
    };
    let is_get = request.method() == Method::GET;
    let token = UrlToken::of(request.uri(), compat.settings.token_in_url);
    match (wanted, sid) {
        (_, None) if !is_get => Err(EngineError::BadMethod),
        (Wanted::Polling, None) => Ok(polling::open(compat, address, revision, token)),
        (Wanted::Polling, Some(sid)) if is_get => polling::poll(&compat, &sid, revision).await,
        (Wanted::Polling, Some(sid)) if request.method() == Method::POST => {
            polling::post(&compat, &sid, revision, request.into_body()).await
        }
        (Wanted::WebSocket, None) => Ok(open(compat, address, revision, token, request)),
        (Wanted::WebSocket, Some(sid)) if is_get => change(&compat, address, &sid, request),
        (Wanted::Polling | Wanted::WebSocket, Some(_)) => Err(EngineError::BadRequest),
    }
}

/// A connection that begins with a WebSocket.
fn open<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    revision: Revision,
    token: UrlToken,
    mut request: Request,
) -> Response<Body> {
    let permit = match admit(&*compat.sessions, address) {
        Ok(permit) => permit,
        Err(response) => return *response,
    };
    match accept(&mut request) {
        Ok(accepted) => {
            let taking_over =
                Box::pin(handshake::websocket(compat, (address, token), revision, accepted.upgrade, permit));
            tokio::spawn(async move {
                if let Some(serving) = taking_over.await {
                    serving.await;
                }
            });
            accepted.response
        }
        Err(response) => *response,
    }
}

/// A connection that polls and wants a WebSocket.
fn change<F: SessionFactory>(
    compat: &Compat<F>,
    address: IpAddr,
    sid: &str,
    mut request: Request,
) -> Result<Response<Body>, EngineError> {
    let session = compat.engine_sessions.find(sid)?;
    if !session.transport.may_probe() {
        return Err(EngineError::BadRequest);
    }
    // Until the session takes it over, it is a connection beside it.
    let permit = match admit(&*compat.sessions, address) {
        Ok(permit) => permit,
        Err(response) => return Ok(*response),
    };
    match accept(&mut request) {
        Ok(accepted) => {
            let changing = upgrade::run(session, accepted.upgrade, compat.sessions.limits());
            tokio::spawn(async move {
                changing.await;
                drop(permit);
            });
            Ok(accepted.response)
        }
        Err(response) => Ok(*response),
    }
}

fn refused(error: EngineError) -> Response<Body> {
    let mut response = Response::new(Body::from(error.body()));
    *response.status_mut() =
        if error == EngineError::Forbidden { StatusCode::FORBIDDEN } else { StatusCode::BAD_REQUEST };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
