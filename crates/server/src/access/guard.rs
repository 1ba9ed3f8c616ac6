//! What holds for each request, before it is known what it asks for.

use super::Access;
use super::called_by::{name, read_authority};
use crate::app::App;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Version, header};
use axum::middleware::Next;
use chinwag_gateway::websocket::{has_lost_its_upgrade, refusal};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// Paths of health checks, which come by whatever name.
const HEALTH: [&str; 2] = ["/healthz", "/readyz"];

/// Answers only requests that call this server by one of its names, and lets no browser guess what an answer is.
pub(crate) async fn guard(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response<Body> {
    let mut response = match app.access.check(&mut request) {
        Ok(()) => next.run(request).await,
        Err(response) => *response,
    };
    response.headers_mut().insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// Has no browser and no proxy keep an answer.
pub(crate) async fn let_nobody_keep(request: Request, next: Next) -> Response<Body> {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Access {
    /// Whether a request may be answered.
    fn check(&self, request: &mut Request) -> Result<(), Box<Response<Body>>> {
        read_host(request)?;
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let is_trusted = peer.is_some_and(|peer| self.trusts(peer));
        if let Some(peer) = peer.filter(|_| !is_trusted && request.headers().contains_key("x-forwarded-for"))
        {
            self.notices.untrusted_proxy(peer);
        }
        if let Some(peer) = peer.filter(|_| has_lost_its_upgrade(request.headers())) {
            self.notices.lost_upgrade(peer);
        }
        if HEALTH.contains(&request.uri().path()) {
            return Ok(());
        }
        let foreign = names(request.headers(), is_trusted).find(|host| !self.is_own_name(host));
        let Some(host) = foreign else { return Ok(()) };
        self.notices.refused_host(host);
        Err(Box::new(refusal(
            StatusCode::MISDIRECTED_REQUEST,
            "This server is not called by this name. Whoever runs it adds the name with --hosts, or says --public-url.\n",
        )))
    }

    /// Notes that a page came here to ask why none of its handshakes gets through, though it may connect.
    pub(crate) fn note_lost_upgrade(&self, peer: IpAddr) {
        self.notices.lost_upgrade(peer);
    }

    /// Whether this server may be called so. A page that leads its own name here cannot lead an address (DNS rebinding).
    fn is_own_name(&self, host: &str) -> bool {
        let Some(authority) = read_authority(host) else { return false };
        let name = name(&authority);
        let is_address = || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        let is_public = || self.public_url.authority().is_some_and(|own| super::called_by::name(own) == name);
        name == "localhost" || is_address() || is_public() || self.hosts.iter().any(|host| host.fits(&name))
    }
}

/// Sees to it that a request has one `Host`, which is the one of its target if that has one (RFC 9112, sections 3.2 and 3.2.2).
fn read_host(request: &mut Request) -> Result<(), Box<Response<Body>>> {
    let target = request.uri().authority().map(Authority::as_str);
    let target = target.and_then(|authority| HeaderValue::from_str(authority).ok());
    let is_old = request.version() < Version::HTTP_11;
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (host, another) = (hosts.next(), hosts.next());
    let is_readable = |host: &HeaderValue| host.to_str().ok().and_then(read_authority).is_some();
    let is_right = another.is_none() && host.map_or(is_old, is_readable);
    if !is_right {
        return Err(Box::new(refusal(
            StatusCode::BAD_REQUEST,
            "A request has one Host, with the name of the server.\n",
        )));
    }
    if let Some(target) = target {
        request.headers_mut().insert(header::HOST, target);
    }
    Ok(())
}

/// All names that a request gives this server.
fn names(headers: &HeaderMap, is_trusted: bool) -> impl Iterator<Item = &str> {
    let forwarded = headers.get_all("x-forwarded-host").iter().filter(move |_| is_trusted);
    let all = headers.get_all(header::HOST).iter().chain(forwarded);
    // What is no text is no name of this server.
    all.flat_map(|value| value.to_str().unwrap_or("?").split(',')).map(str::trim)
}
