//! Who may connect.

use crate::support::{Answer, Server, request};

async fn upgrade(server: &Server, headers: &[&str]) -> Answer {
    let base =
        ["upgrade: websocket", "sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
    let headers: Vec<_> = base.into_iter().chain(headers.iter().copied()).collect();
    request(server.address, "GET /ws", &headers, "").await
}

#[tokio::test]
async fn a_foreign_page_is_refused() {
    let server =
        Server::with(|config| config.allowed_origins = vec!["https://friend.example".parse().unwrap()]).await;
    for origin in ["https://evil.example", "null", "http://localhost:1"] {
        assert_eq!(upgrade(&server, &[&format!("origin: {origin}")]).await.status, 403, "{origin}");
    }
}

#[tokio::test]
async fn what_is_no_websocket_handshake_is_told_so() {
    let server = Server::start().await;
    let plain = server.get("/ws").await;
    assert_eq!((plain.status, plain.header("upgrade")), (426, Some("websocket")));
    let old = [
        "connection: upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 8",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    let old = request(server.address, "GET /ws", &old, "").await;
    assert_eq!((old.status, old.header("sec-websocket-version")), (426, Some("13")));
}

#[tokio::test]
async fn no_websocket_is_where_nothing_is() {
    let server = Server::start().await;
    let handshake = [
        "connection: upgrade",
        "upgrade: websocket",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
        "sec-websocket-protocol: json, chat",
    ];
    for path in ["/ws/123", "/chat", "/simple/lobby"] {
        let answer = request(server.address, &format!("GET {path}"), &handshake, "").await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.body.contains("/simple") && answer.body.contains("/ws"), "{}", answer.body);
    }
    for path in ["/", "/simple", "/simple/"] {
        let answer = request(server.address, &format!("GET {path}"), &handshake, "").await;
        assert_eq!((answer.status, answer.header("sec-websocket-protocol")), (101, Some("json")), "{path}");
    }
}

#[tokio::test]
async fn the_server_says_how_it_is() {
    let server = Server::start().await;
    assert_eq!(server.get("/healthz").await.status, 200);
    assert_eq!(server.get("/readyz").await.status, 200);
    assert_eq!(server.get("/api/nothing").await.status, 404);
    let put = request(server.address, "PUT /api/session", &[], "").await;
    assert_eq!((put.status, put.header("allow").is_some_and(|allow| allow.contains("post"))), (405, true));
    assert!(put.body.contains(r#""code":"bad_frame""#), "{}", put.body);
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    alice.says("general", "hi").await;
    alice.sees("general", "hi").await;
    assert_eq!(server.metric("chinwag_connections").await, 1.0);
    assert_eq!(server.metric("chinwag_rooms").await, 1.0);
    assert!(
        server.metric("chinwag_messages_total").await >= 1.0,
        "each node counts what is handed to its rooms"
    );
    assert!(server.metric("chinwag_commit_seconds_count").await >= 3.0);
    assert!(server.metric("chinwag_delivery_seconds_count").await >= 1.0);
}
