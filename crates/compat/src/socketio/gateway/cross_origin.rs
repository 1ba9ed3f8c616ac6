//! What lets pages of other origins read the answers (the CORS protocol of the Fetch standard).
//!
//! None is answered with its credentials: what a browser adds by itself means nothing here, and nobody is to count on it.

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Response};

/// The headers that let the page of a request read the answer; none for what is no page.
pub(super) fn answer(request: &HeaderMap) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let Some(origin) = request.get(ORIGIN) else { return headers };
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    headers.insert(VARY, HeaderValue::from_static("Origin"));
    headers
}

/// The same for a page that asks beforehand what it may send.
pub(super) fn preflight(request: &HeaderMap) -> HeaderMap {
    let mut headers = answer(request);
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST"));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    if let Some(wanted) = request.get(ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, wanted.clone());
    }
    headers
}

/// Adds the headers to a response.
pub(super) fn allow<B>(response: &mut Response<B>, headers: HeaderMap) {
    for (name, value) in headers {
        if let Some(name) = name {
            response.headers_mut().append(name, value);
        }
    }
}
