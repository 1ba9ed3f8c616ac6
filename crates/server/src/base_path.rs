//! The path below which people reach the server, behind a proxy that gives each of its servers one.

use crate::config::BasePath;
use axum::http::uri::PathAndQuery;
use axum::http::{Request, Uri};

/// Set on a request for the path itself, without the `/` that addresses below it are relative to.
#[derive(Clone, Copy)]
pub(crate) struct WithoutSlash;

/// Takes the path off the target of a request, so that nothing behind this knows of it. Some proxies have done that already, and
/// health checks ask the server itself: what does not begin with the path is left as it is.
pub(crate) fn take_off<B>(request: &mut Request<B>, base_path: &BasePath) {
    if base_path.is_root() {
        return;
    }
    let target = request.uri();
    let is_bare = base_path.as_str().strip_suffix('/') == Some(target.path());
    let rest = if is_bare { Some("/") } else { base_path.rest(target.path()) };
    let Some(rest) = rest else { return };
    let query = target.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = target.clone().into_parts();
    parts.path_and_query = PathAndQuery::try_from(format!("{rest}{query}")).ok();
    // What was part of a target is one, too.
    let Ok(target) = Uri::from_parts(parts) else { return };
    *request.uri_mut() = target;
    if is_bare {
        request.extensions_mut().insert(WithoutSlash);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken_off(target: &str, base: &str) -> (String, bool) {
        let mut request = Request::builder().uri(target).body(()).unwrap();
        take_off(&mut request, &base.parse().unwrap());
        (request.uri().to_string(), request.extensions().get::<WithoutSlash>().is_some())
    }

    #[test]
    fn the_path_is_taken_off_where_it_stands() {
        for (target, base, rest, is_bare) in [
            ("/chat/rooms/tech?pane=people", "/chat", "/rooms/tech?pane=people", false),
            ("/chat/", "/chat", "/", false),
            ("/chat", "/chat", "/", true),
            ("/chat?name=Alex", "/chat", "/?name=Alex", true),
            ("/chatter", "/chat", "/chatter", false),
            ("/healthz", "/chat", "/healthz", false),
            ("/chat/chat/ws", "/chat", "/chat/ws", false),
            ("/a/b/ws", "/a/b", "/ws", false),
            ("/chat//evil.example", "/chat", "//evil.example", false),
            ("http://example.org/chat/ws", "/chat", "http://example.org/ws", false),
            ("/ws", "/", "/ws", false),
        ] {
            assert_eq!(taken_off(target, base), (rest.to_owned(), is_bare), "{target}");
        }
    }
}
