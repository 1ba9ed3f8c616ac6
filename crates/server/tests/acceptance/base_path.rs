//! A server that people reach below a path.

use crate::support::{Actor, Server, request};

const HANDSHAKE: [&str; 4] = [
    "connection: upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];

#[tokio::test]
async fn everything_is_below_the_path() {
    let server = Server::with(|config| config.base_path = "/team/chat".parse().unwrap()).await;
    for page in ["/team/chat/", "/team/chat/rooms/tech", "/team/chat/rooms/tech/5?pane=people"] {
        let answer = server.get(page).await;
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.body.contains("<base href=\"/team/chat/\">"), "{page}: {}", answer.body);
        assert!(
            answer.header("content-security-policy").unwrap().contains("base-uri 'self'"),
            "{}",
            answer.head
        );
        let known = format!("if-none-match: {}", answer.header("etag").unwrap());
        let known = request(server.address, &format!("GET {page}"), &[&known], "").await;
        assert_eq!((known.status, known.body.as_str()), (304, ""));
        // All that the page loads is relative to its base.
        let links: Vec<_> = answer.body.split(['"', ' ']).filter(|word| word.starts_with('/')).collect();
        assert_eq!(links, ["/team/chat/"]);
        for link in answer.body.split('"').filter_map(|word| word.strip_prefix("./")) {
            let file = request(server.address, &format!("HEAD /team/chat/{link}"), &[], "").await;
            assert_eq!(file.status, 200, "{link}");
        }
    }
    for path in
        ["healthz", "readyz", "metrics", "socket.io/?EIO=4&transport=polling", "socket.io/socket.io.js"]
    {
        assert_eq!(server.get(&format!("/team/chat/{path}")).await.status, 200, "{path}");
        assert_eq!(
            server.get(&format!("/{path}")).await.status,
            200,
            "{path}, whose path the proxy took off"
        );
    }
    for path in ["/ws", "/", "", "/?name=Alex", "/simple", "/socket.io/?EIO=4&transport=websocket"] {
        let answer = request(server.address, &format!("GET /team/chat{path}"), &HANDSHAKE, "").await;
        assert_eq!(answer.status, 101, "{path}");
    }
    let nowhere = request(server.address, "GET /team/chat/nowhere", &HANDSHAKE, "").await;
    assert!(nowhere.status == 404 && nowhere.body.contains("/team/chat/ws"), "{}", nowhere.body);
}

#[tokio::test]
async fn the_path_without_its_slash_leads_to_the_page() {
    let server = Server::with(|config| config.base_path = "/chat".parse().unwrap()).await;
    let answer = server.get("/chat?pane=people").await;
    assert_eq!((answer.status, answer.header("location")), (307, Some("/chat/?pane=people")));
    let status = request(server.address, "GET /chat", &["accept: application/json"], "").await;
    let expected = format!(r#"{{"status":"ok","websocket":"ws://{}/chat/"}}"#, server.address);
    assert_eq!(status.body, expected);
}

#[tokio::test]
async fn programs_are_told_the_public_address() {
    let server = Server::with(|config| {
        config.public_url = "https://example.org/chat".parse().unwrap();
        config.base_path = "/chat".parse().unwrap();
    })
    .await;
    let status = request(server.address, "GET /", &["accept: application/json"], "").await;
    assert_eq!(status.body, r#"{"status":"ok","websocket":"wss://example.org/chat/"}"#);
}

#[tokio::test]
async fn people_talk_below_the_path() {
    let server = Server::with(|config| config.base_path = "/chat".parse().unwrap()).await;
    let url = format!("{}/chat", server.url());
    let alex = Actor::connect(&url, chinwag_client::sign_in(&url, "Alex").await.unwrap()).await;
    let sam = server.enter("Sam").await;
    alex.joins("general").await;
    sam.joins("general").await;
    sam.says("general", "Hello").await;
    alex.sees("general", "Hello").await;
}
