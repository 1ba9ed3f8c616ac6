//! The web client, embedded into the binary.

use crate::config::BasePath;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, Uri, header};
use axum::response::IntoResponse;
use rust_embed::{Embed, EmbeddedFile};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

#[derive(Embed)]
#[folder = "../../web/dist"]
struct Files;

/// No script or style but those that this server delivers; no foreign frame around it.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; \
     base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
/// What no page of a chat needs, so that nothing that comes into one can ask for it.
const PERMISSIONS_POLICY: &str = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), \
     microphone=(), midi=(), payment=(), usb=()";

/// The client as this server delivers it.
pub(crate) struct WebClient {
    /// The page, where it is not the embedded one: with the path below which people reach the server.
    page: Option<Content>,
}

/// What is delivered, and the tag by which a browser knows it again.
struct Content {
    data: Cow<'static, [u8]>,
    tag: String,
}

const PAGE: &str = "index.html";
/// What stands in the page as it is built.
const BASE_OF_THE_BUILD: &str = "<base href=\"/\">";

impl WebClient {
    /// The client of a server below this path.
    pub(crate) fn new(base_path: &BasePath) -> Self {
        let page = Files::get(PAGE).filter(|_| !base_path.is_root()).map(|file| {
            let base = format!("<base href=\"{}\">", base_path.as_str());
            let page = String::from_utf8_lossy(&file.data).replacen(BASE_OF_THE_BUILD, &base, 1).into_bytes();
            Content { tag: tag(&Sha256::digest(&page)), data: Cow::Owned(page) }
        });
        Self { page }
    }

    /// Delivers a file of the client, or its page for the addresses that the client handles itself (`/rooms/tech`).
    pub(crate) fn serve(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
        match &self.page {
            Some(page) if is_read(method) && is_page(uri.path()) => deliver(PAGE, page, None, headers),
            Some(_) | None => serve_file(method, uri, headers),
        }
    }
}

/// Delivers a file as it is embedded.
pub(crate) fn serve_file(method: &Method, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    if !is_read(method) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = if is_page(uri.path()) { PAGE } else { uri.path().trim_start_matches('/') };
    let is_compressed = path.ends_with(".br") || path.ends_with(".gz");
    match best_encoding(path, headers).filter(|_| !is_compressed) {
        Some((file, encoding)) => deliver(path, &Content::from(file), encoding, headers),
        None => (StatusCode::NOT_FOUND, "There is nothing here.\n").into_response(),
    }
}

fn is_read(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// Whether the client has a route for this address. Anything else is not there, lest a mistyped address of a probe look healthy.
fn is_page(path: &str) -> bool {
    let path = path.strip_prefix('/').unwrap_or(path);
    let path = path.strip_suffix('/').unwrap_or(path);
    match path.split('/').collect::<Vec<_>>()[..] {
        [""] => true,
        ["rooms", room] => !room.is_empty(),
        ["rooms", room, seq] => {
            !room.is_empty() && !seq.is_empty() && seq.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

impl From<EmbeddedFile> for Content {
    fn from(file: EmbeddedFile) -> Self {
        Self { tag: tag(&file.metadata.sha256_hash()), data: file.data }
    }
}

fn tag(hash: &[u8]) -> String {
    let beginning: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{beginning}\"")
}

/// The file in the best encoding that the client takes (RFC 9110, section 12.5.3).
fn best_encoding(path: &str, headers: &HeaderMap) -> Option<(EmbeddedFile, Option<&'static str>)> {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let takes = |encoding: &str| {
        accepted.split(',').map(str::trim).any(|item| {
            let (name, weight) = item.split_once(";q=").unwrap_or((item, "1"));
            name == encoding && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
        })
    };
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        if takes(encoding)
            && let Some(file) = Files::get(&format!("{path}.{ending}"))
        {
            return Some((file, Some(encoding)));
        }
    }
    Files::get(path).map(|file| (file, None))
}

fn deliver(
    path: &str,
    content: &Content,
    encoding: Option<&'static str>,
    headers: &HeaderMap,
) -> Response<Body> {
    let Content { data, tag } = content;
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let body = if is_known { Body::empty() } else { Body::from(data.clone().into_owned()) };
    let mut response = Response::new(body);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    // The build puts a hash into the names of what is in assets/.
    let caching =
        if path.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() };
    let mut set = |name, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, &kind);
    set(header::CACHE_CONTROL, caching);
    set(header::ETAG, tag);
    set(header::VARY, "Accept-Encoding");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
    set(HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY);
    if let Some(encoding) = encoding {
        set(header::CONTENT_ENCODING, encoding);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_where_the_client_has_a_route() {
        let router = include_str!("../../../web/src/app/router.ts");
        let routes: Vec<_> =
            router.split("path: '").skip(1).filter_map(|rest| rest.split('\'').next()).collect();
        // The last one leads back to the first.
        assert_eq!(routes, ["/", "/rooms/:room/:seq(\\\\d+)?", "/:rest(.*)*"], "is_page knows others");
        for page in ["/", "/rooms/tech", "/rooms/tech/", "/rooms/tech/41", "/rooms/%E4%BC%9A", "/rooms/v1.2"]
        {
            assert!(is_page(page), "{page}");
        }
        for other in ["/readyz/", "/rooms", "/rooms/", "/rooms//41", "/rooms/tech/x", "/rooms/tech/1/2", "/x"]
        {
            assert!(!is_page(other), "{other}");
        }
    }
}
