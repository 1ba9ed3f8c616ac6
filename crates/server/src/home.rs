//! `GET /`: a WebSocket of the simple protocol, a line of JSON for programs, or the web client.

use crate::app::App;
use crate::base_path::WithoutSlash;
use crate::config::Config;
use crate::gateway::OtherHandler;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Redirect};
use axum::routing::get;
use axum::{Extension, Json, Router};
use chinwag_gateway::websocket::{asks_for_websocket, refusal};
use chinwag_wire::rest::Status;
use std::net::SocketAddr;
use std::sync::Arc;

pub(crate) fn routes(websocket: Option<OtherHandler>) -> Router<Arc<App>> {
    let routes = Router::new().route("/", get(home).fallback(elsewhere));
    routes.layer(Extension(websocket))
}

async fn home(
    State(app): State<Arc<App>>,
    Extension(websocket): Extension<Option<OtherHandler>>,
    peer: ConnectInfo<SocketAddr>,
    request: Request,
) -> Response<Body> {
    let headers = request.headers();
    if asks_for_websocket(headers) {
        return match websocket {
            Some(upgrade) => upgrade(peer, request).await,
            None => no_websocket(&app),
        };
    }
    if request.extensions().get::<WithoutSlash>().is_some() && !prefers_json(headers) {
        return to_the_page(&app, request.uri());
    }
    let mut response = if prefers_json(headers) {
        Json(status(&app, peer.0, headers)).into_response()
    } else {
        app.web_client.serve(request.method(), request.uri(), headers)
    };
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept"));
    response
}

/// Any other address: a file or a page of the web client.
pub(crate) async fn elsewhere(State(app): State<Arc<App>>, request: Request) -> Response<Body> {
    if asks_for_websocket(request.headers()) {
        return no_websocket(&app);
    }
    app.web_client.serve(request.method(), request.uri(), request.headers())
}

/// To the page with the `/` at the end of its path, below which all that it loads stands.
fn to_the_page(app: &App, target: &Uri) -> Response<Body> {
    let query = target.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::temporary(&format!("{}{query}", app.config.base_path.as_str())).into_response()
}

fn no_websocket(app: &App) -> Response<Body> {
    let gateways = &app.config.gateways;
    let is_compat = cfg!(feature = "compat");
    let base = app.config.base_path.as_str();
    let simple = format!(", the simple ones at {base} and {base}simple");
    let simple = if is_compat && gateways.simple { simple } else { String::new() };
    let socketio = format!(", Socket.IO at {base}socket.io/");
    let socketio = if is_compat && gateways.socketio { socketio } else { String::new() };
    let sentence =
        format!("There is no WebSocket here. The native protocol is at {base}ws{simple}{socketio}.\n");
    refusal(StatusCode::NOT_FOUND, sentence)
}

fn status(app: &App, peer: SocketAddr, headers: &HeaderMap) -> Status {
    let Config { public_url, base_path, gateways, .. } = &app.config;
    let called_by = app.access.called_by(peer.ip(), headers);
    let (host, is_secure) = match public_url.authority() {
        Some(public) => (Some(public), public_url.is_secure()),
        None => (called_by.authority(), called_by.is_secure()),
    };
    let scheme = if is_secure { "wss" } else { "ws" };
    let path = if base_path.is_root() { "" } else { base_path.as_str() };
    let is_spoken = cfg!(feature = "compat") && gateways.simple;
    let websocket = host.filter(|_| is_spoken).map(|host| format!("{scheme}://{host}{path}"));
    Status { status: "ok".to_owned(), websocket }
}

/// Whether JSON is wanted rather than a page (RFC 9110, section 12.5.1). Of two that are wanted equally the one counts that was
/// named more exactly, and a page when there is still no difference.
fn prefers_json(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let ranges: Vec<_> = accepted.flat_map(|value| value.split(',')).map(Range::read).collect();
    let wish = |exact: &str, group: &str| {
        let fitting = ranges.iter().filter_map(|range| {
            let exactness = [("*/*", 1), (group, 2), (exact, 3)];
            let (_, exactness) = exactness.into_iter().find(|(name, _)| range.name == *name)?;
            Some((exactness, range.weight))
        });
        // The most exact range says how much it is wanted.
        fitting
            .max_by_key(|(exactness, _)| *exactness)
            .map_or((0, 0), |(exactness, weight)| (weight, exactness))
    };
    let (json, page) = (wish("application/json", "application/*"), wish("text/html", "text/*"));
    json.0 > 0 && json > page
}

/// An item of `Accept`.
struct Range {
    name: String,
    /// In thousandths.
    weight: u32,
}

impl Range {
    fn read(item: &str) -> Self {
        let mut parts = item.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default().to_ascii_lowercase();
        let weight = parts.find_map(|part| part.strip_prefix("q=")).map(|weight| weight.parse::<f32>());
        let weight =
            weight.map_or(1000, |weight| weight.map_or(0, |weight| (weight.clamp(0.0, 1.0) * 1000.0) as u32));
        Self { name, weight }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prefers_json(accept: Option<&str>) -> bool {
        let mut headers = HeaderMap::new();
        if let Some(accept) = accept {
            headers.insert(header::ACCEPT, accept.parse().unwrap());
        }
        super::prefers_json(&headers)
    }

    #[test]
    fn programs_get_json() {
        for accept in [
            "application/json",
            "APPLICATION/JSON; charset=utf-8",
            "application/json, text/plain, */*",
            "text/html;q=0.8, application/json;q=0.9",
            "application/json;q=0.5, text/html;q=0",
        ] {
            assert!(prefers_json(Some(accept)), "{accept}");
        }
    }

    #[test]
    fn browsers_and_everyone_else_get_the_page() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        for accept in [
            browser,
            "*/*",
            "",
            "application/json, text/html",
            "application/json;q=0.5, */*",
            "application/json;q=0",
            "application/json;q=many",
        ] {
            assert!(!prefers_json(Some(accept)), "{accept}");
        }
        assert!(!prefers_json(None));
    }
}
