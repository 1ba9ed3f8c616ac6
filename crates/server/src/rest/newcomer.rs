use super::error::RestError;
use crate::addresses::client_address;
use crate::app::App;
use crate::auth::{ACCESS_TOKEN_S, FilesCookie, RefreshCookie, device};
use axum::Json;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use chinwag_core::chat::{Newcomer, Secret, SignedIn};
use chinwag_wire::rest::{self, Purpose};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Who comes for a session.
pub(crate) struct Comer {
    pub(crate) address: IpAddr,
    pub(crate) headers: HeaderMap,
    peer: IpAddr,
}

impl FromRequestParts<Arc<App>> for Comer {
    type Rejection = RestError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, RestError> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let peer = peer.unwrap_or(IpAddr::from([0, 0, 0, 0]));
        let headers = parts.headers.clone();
        let address = client_address(peer, &headers, &app.config.trusted_proxies);
        Ok(Self { address, headers, peer })
    }
}

impl Comer {
    pub(crate) fn newcomer(&self, purpose: Option<Purpose>) -> Newcomer {
        Newcomer {
            address: self.address,
            device: device(&self.headers),
            is_script: purpose == Some(Purpose::Script),
        }
    }

    /// Whether the page that asks, if one does, is of this server or one of those allowed.
    pub(crate) fn is_of_this_server(&self, app: &App) -> bool {
        app.access.may_sign_in(self.peer, &self.headers)
    }

    pub(crate) fn is_secure(&self, app: &App) -> bool {
        app.config.public_url.is_secure() || app.access.called_by(self.peer, &self.headers).is_secure()
    }

    pub(crate) fn cookie(&self, app: &App) -> RefreshCookie {
        RefreshCookie::new(&app.config.base_path, self.is_secure(app))
    }

    /// The one for files.
    pub(crate) fn files_cookie(&self, app: &App) -> FilesCookie {
        FilesCookie::new(&app.config.base_path, self.is_secure(app))
    }

    /// Hands the session over.
    pub(crate) fn let_in(
        &self,
        app: &App,
        status: StatusCode,
        SignedIn { secret, user, session }: SignedIn,
    ) -> Result<Response, RestError> {
        let access_token = app.auth.tokens.issue(user.id, session)?;
        let (cookies, token) = match secret {
            Secret::Refresh(secret) => {
                let files = self.files_cookie(app).keep(&app.auth.tokens, user.id, session)?;
                (vec![self.cookie(app).keep(&secret), files], None)
            }
            Secret::Token(token) => (Vec::new(), Some(token)),
        };
        let body = rest::SignedIn { access_token, expires_in: ACCESS_TOKEN_S, user: user.into(), token };
        let cookies = cookies.into_iter().flatten().map(|cookie| (header::SET_COOKIE, cookie));
        Ok((status, AppendHeaders(cookies), Json(body)).into_response())
    }
}
