//! The WebSocket handshake (RFC 6455, section 4.2), up to the bare TCP stream.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::TokioIo;
use sha1::{Digest as _, Sha1};
use tokio::net::TcpStream;

/// A handshake that was accepted: send `response`, then await `upgrade`.
pub struct Accepted {
    /// HTTP 101.
    pub response: Response<Body>,
    /// Resolves when the response was sent.
    pub upgrade: OnUpgrade,
}

/// The stream of an upgraded connection, and what the client sent right behind its handshake.
pub struct Upgraded {
    /// The bare TCP stream.
    pub stream: TcpStream,
    /// Bytes that came before.
    pub already_read: Bytes,
}

/// Accepts a handshake, or says what is wrong with it.
///
/// # Errors
/// The response, HTTP 400 or 426.
pub fn accept(request: &mut Request) -> Result<Accepted, Box<Response<Body>>> {
    let headers = request.headers();
    if !has_upgrade(headers) {
        let sentence =
            if has_lost_its_upgrade(headers) { UPGRADE_LOST } else { "Connect with a WebSocket.\n" };
        let mut response = refusal(StatusCode::UPGRADE_REQUIRED, sentence);
        response.headers_mut().insert(header::UPGRADE, HeaderValue::from_static("websocket"));
        return Err(Box::new(response));
    }
    if !has_token(headers, header::SEC_WEBSOCKET_VERSION, "13") {
        let mut response =
            refusal(StatusCode::UPGRADE_REQUIRED, "Only version 13 of the WebSocket protocol is spoken.\n");
        response.headers_mut().insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
        return Err(Box::new(response));
    }
    let key = headers.get(header::SEC_WEBSOCKET_KEY).filter(|key| is_key(key.as_bytes()));
    let key = key.map(|key| key.as_bytes().to_vec());
    let upgrade = request.extensions_mut().remove::<OnUpgrade>();
    let (Some(key), Some(upgrade)) = (key, upgrade) else {
        return Err(Box::new(refusal(StatusCode::BAD_REQUEST, "This is not a WebSocket handshake.\n")));
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(header::CONNECTION, HeaderValue::from_static("upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    if let Ok(value) = HeaderValue::from_str(&accept_value(&key)) {
        headers.insert(header::SEC_WEBSOCKET_ACCEPT, value);
    }
    Ok(Accepted { response, upgrade })
}

/// Said to a client whose proxy takes the handshake for an ordinary request.
const UPGRADE_LOST: &str = "The proxy does not pass WebSocket upgrades. It has to speak HTTP/1.1 to this server and to pass on the headers Upgrade and \
     Connection.\n";

/// Whether a request was a handshake before some proxy took the upgrade off it: what is for one connection alone (RFC 9110, section
/// 7.6.1) does not go through by itself, and the rest of a handshake does.
pub fn has_lost_its_upgrade(headers: &HeaderMap) -> bool {
    headers.contains_key(header::SEC_WEBSOCKET_KEY) && !has_upgrade(headers)
}

fn has_upgrade(headers: &HeaderMap) -> bool {
    has_token(headers, header::CONNECTION, "upgrade") && has_token(headers, header::UPGRADE, "websocket")
}

/// Waits until the response is sent and takes the connection over.
pub async fn take_over(upgrade: OnUpgrade) -> Option<Upgraded> {
    let upgraded = match upgrade.await {
        Ok(upgraded) => upgraded,
        Err(error) => {
            tracing::debug!(%error, "a client went away during the handshake");
            return None;
        }
    };
    match upgraded.downcast::<TokioIo<TcpStream>>() {
        Ok(parts) => Some(Upgraded { stream: parts.io.into_inner(), already_read: parts.read_buf }),
        Err(_) => {
            tracing::error!("an upgraded connection is no plain TCP stream, so it was dropped");
            None
        }
    }
}

/// Whether the client wants to go on with a WebSocket. Some offer to go on with HTTP/2, and are served as they are.
pub fn asks_for_websocket(headers: &HeaderMap) -> bool {
    has_token(headers, header::UPGRADE, "websocket")
}

/// The first subprotocol that the client offers. One that offers some and is given none ends the connection (RFC 6455, section 4.1).
pub fn first_subprotocol(headers: &HeaderMap) -> Option<HeaderValue> {
    let offered = headers.get(header::SEC_WEBSOCKET_PROTOCOL)?.to_str().ok()?;
    HeaderValue::from_str(offered.split(',').next()?.trim()).ok().filter(|first| !first.is_empty())
}

/// Whether this is a key of a handshake: 16 bytes, written in base64.
fn is_key(key: &[u8]) -> bool {
    STANDARD.decode(key).is_ok_and(|bytes| bytes.len() == 16)
}

fn accept_value(key: &[u8]) -> String {
    let digest =
        Sha1::new().chain_update(key).chain_update(b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").finalize();
    STANDARD.encode(digest)
}

fn has_token(headers: &HeaderMap, name: header::HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| item.trim().eq_ignore_ascii_case(token))
}

/// A response with a sentence in plain text.
pub fn refusal(status: StatusCode, text: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(text.into());
    *response.status_mut() = status;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_the_key_of_the_standard() {
        // The example of RFC 6455, section 1.3.
        assert_eq!(accept_value(b"dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    #[test]
    fn a_key_has_sixteen_bytes() {
        assert!(is_key(b"dGhlIHNhbXBsZSBub25jZQ=="));
        for key in [
            "",
            "dGhlIHNhbXBsZSBub25jZQ",
            "dGhlIHNhbXBsZSBub25jZTE=",
            "dGhlIHNhbXBsZSBub25j",
            "no base64, no key!!!!!!=",
        ] {
            assert!(!is_key(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn the_first_subprotocol_is_taken() {
        let first = |offered: Option<&'static str>| {
            let offered =
                offered.map(|offered| (header::SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(offered)));
            first_subprotocol(&offered.into_iter().collect())
        };
        assert_eq!(first(Some("json, chat")).unwrap(), "json");
        assert_eq!([first(None), first(Some("")), first(Some(" , chat"))], [None, None, None]);
    }
}
