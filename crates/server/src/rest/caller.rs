use super::error::RestError;
use crate::addresses::client_address;
use crate::app::App;
use crate::gateway::token_in;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, header};
use axum::response::IntoResponse as _;
use chinwag_core::domain::{Actor, Refusal, SessionId, User};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What an answer counts beside its bytes, as one over a connection does.
const ANSWER: usize = 64;

/// Told to whoever brings a token where logs and histories keep it.
const IN_ADDRESS: &str = "A token does not belong into an address: send it as Authorization: Bearer.";

/// Who calls: the person whose token stands in `Authorization: Bearer`, as who acts.
pub(crate) struct Caller {
    pub(crate) user: User,
    pub(crate) actor: Actor,
}

impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = RestError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, RestError> {
        if token_in(parts.uri.query()) {
            return Err(ProtocolError::new(ErrorCode::Unauthorized, IN_ADDRESS).into());
        }
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let peer = peer.unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let address = client_address(peer, &parts.headers, &app.config.trusted_proxies);
        let (user, session) = session(app, &parts.headers, address).await?;
        app.hub.note_here(user.id);
        // Guests are counted by their address as well, whatever their way here.
        let address = user.kind.is_passing().then_some(address);
        let actor = Actor { user: user.id, session, connection: None, address, is_visit: false };
        Ok(Self { user, actor })
    }
}

impl OptionalFromRequestParts<Arc<App>> for Caller {
    type Rejection = RestError;

    /// Nobody, when the request brings no token at all.
    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Option<Self>, RestError> {
        if parts.headers.contains_key(header::AUTHORIZATION) {
            <Self as FromRequestParts<Arc<App>>>::from_request_parts(parts, app).await.map(Some)
        } else {
            Ok(None)
        }
    }
}

impl Caller {
    /// Answers with a body of JSON, which counts for the person and the address. Who was answered too much is refused the next page.
    pub(crate) fn answer(&self, app: &App, json: Vec<u8>) -> Response<Body> {
        _ = app.chat.count_answers(self.actor.user, self.actor.address, json.len() + ANSWER);
        ([(header::CONTENT_TYPE, "application/json")], json).into_response()
    }
}

/// Whose token a request brings.
async fn session(app: &App, headers: &HeaderMap, address: IpAddr) -> Result<(User, SessionId), Refusal> {
    let authorization = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = authorization
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let (_, token) = token.ok_or(Refusal::Unauthorized)?;
    let opened = app.auth.session(&app.chat, token.trim(), Some(address)).await?;
    Ok((opened.user, opened.session))
}
