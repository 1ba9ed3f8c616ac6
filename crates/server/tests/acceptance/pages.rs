//! Which web pages may connect: what a browser lends them, and what a proxy tells.

use crate::support::{Answer, Server, request};

const HANDSHAKE: [&str; 4] = [
    "connection: upgrade",
    "upgrade: websocket",
    "sec-websocket-version: 13",
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
];
const POLL: &str = "/socket.io/?EIO=4&transport=polling";
const SOCKET_IO: &str = "/socket.io/?EIO=4&transport=websocket";
/// The gateways that ask for no sign-in.
const GATEWAYS: [&str; 4] = ["/", "/simple", SOCKET_IO, POLL];

async fn connect(server: &Server, path: &str, headers: &[&str]) -> Answer {
    let handshake = if path == POLL { &[][..] } else { &HANDSHAKE[..] };
    request(server.address, &format!("GET {path}"), &[handshake, headers].concat(), "").await
}

/// Whether a gateway lets a request with these headers in.
async fn lets_in(server: &Server, path: &str, headers: &[&str]) -> bool {
    match connect(server, path, headers).await.status {
        101 | 200 => true,
        403 => false,
        other => panic!("{path} answered {other} to {headers:?}"),
    }
}

#[tokio::test]
async fn a_foreign_page_reads_no_room() {
    let server = Server::start().await;
    for path in GATEWAYS {
        for origin in [
            "https://evil.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example:3000",
            "https://localhost@evil.example",
            "chrome-extension://evil",
        ] {
            let refused = connect(&server, path, &[&format!("origin: {origin}")]).await;
            assert_eq!(refused.status, 403, "{path} {origin}");
            assert!(refused.body.contains("--open-gateways"), "{path}: {}", refused.body);
            assert_eq!(refused.header("access-control-allow-origin"), None, "{path} {origin}");
        }
        assert!(lets_in(&server, path, &[]).await, "{path}, no page");
        let own = format!("origin: http://{}", server.address);
        assert!(lets_in(&server, path, &[&own]).await, "{path}, its own page");
    }
}

#[tokio::test]
async fn a_page_of_this_machine_connects_unless_a_proxy_stands_between() {
    let server = Server::start().await;
    let local =
        ["http://localhost:5173", "http://localhost", "http://127.0.0.1:8080", "http://[::1]:80", "null"];
    let through_a_proxy = [
        "x-forwarded-for: 192.0.2.7",
        "x-real-ip: 192.0.2.7",
        "forwarded: for=192.0.2.7",
        "x-forwarded-proto: https",
        "via: 1.1 proxy",
        // By this name nobody calls a server on the own machine.
        "host: chat.example.org",
    ];
    let server_behind_a_name =
        Server::with(|config| config.hosts = vec!["chat.example.org".parse().unwrap()]).await;
    for path in GATEWAYS {
        for origin in local {
            let origin = format!("origin: {origin}");
            assert!(lets_in(&server, path, &[&origin]).await, "{path} {origin}");
            for header in through_a_proxy {
                assert!(
                    !lets_in(&server_behind_a_name, path, &[&origin, header]).await,
                    "{path} {origin} {header}"
                );
            }
        }
    }
    // A token is stolen by a page as well as it is given to one: the native protocol knows no such pages.
    for origin in local {
        assert_eq!(connect(&server, "/ws", &[&format!("origin: {origin}")]).await.status, 403, "{origin}");
    }
}

#[tokio::test]
async fn what_a_browser_loads_for_a_page_without_its_origin_is_a_page_too() {
    let server = Server::start().await;
    for site in ["cross-site", "same-site"] {
        assert!(!lets_in(&server, POLL, &[&format!("sec-fetch-site: {site}")]).await, "{site}");
    }
    for site in ["same-origin", "none"] {
        assert!(lets_in(&server, POLL, &[&format!("sec-fetch-site: {site}")]).await, "{site}");
    }
}

#[tokio::test]
async fn the_configuration_lets_pages_in() {
    let open = Server::with(|config| config.open_gateways = true).await;
    let friendly =
        Server::with(|config| config.gateways.origins = vec!["https://friend.example".parse().unwrap()])
            .await;
    for path in GATEWAYS {
        for origin in ["origin: https://evil.example", "origin: null"] {
            assert!(lets_in(&open, path, &[origin, "x-forwarded-for: 192.0.2.7"]).await, "{path} {origin}");
        }
        assert!(lets_in(&friendly, path, &["origin: https://friend.example"]).await, "{path}");
        assert!(!lets_in(&friendly, path, &["origin: https://evil.example"]).await, "{path}");
    }
    assert_eq!(connect(&open, "/ws", &["origin: https://evil.example"]).await.status, 403);
}

#[tokio::test]
async fn no_page_is_answered_with_its_credentials() {
    let server = Server::with(|config| config.open_gateways = true).await;
    for origin in ["https://anywhere.example", "null"] {
        let origin = format!("origin: {origin}");
        let bundle = request(server.address, "GET /socket.io/socket.io.js", &[&origin], "").await;
        let preflight = ["access-control-request-method: POST", "access-control-request-headers: x-own"];
        let preflight = request(
            server.address,
            &format!("OPTIONS {POLL}"),
            &[&[origin.as_str()], &preflight[..]].concat(),
            "",
        )
        .await;
        assert_eq!(preflight.header("access-control-allow-headers"), Some("x-own"));
        for answer in [connect(&server, POLL, &[&origin]).await, preflight, bundle] {
            assert!(answer.header("access-control-allow-origin").is_some(), "{}", answer.head);
            assert_eq!(answer.header("access-control-allow-credentials"), None, "{}", answer.head);
        }
    }
}

#[tokio::test]
async fn a_usual_port_makes_no_other_origin() {
    let server = Server::with(|config| config.hosts = vec!["*".parse().unwrap()]).await;
    for (host, origin, is_own) in [
        ("chat.example.org:443", "https://chat.example.org", true),
        ("chat.example.org", "https://chat.example.org", true),
        ("chat.example.org:80", "http://chat.example.org", true),
        ("Chat.Example.org", "http://chat.example.org", true),
        ("chat.example.org:443", "http://chat.example.org", false),
        ("chat.example.org:80", "https://chat.example.org", false),
        ("chat.example.org", "https://chat.example.org:8443", false),
        ("chat.example.org:8443", "https://chat.example.org:8443", true),
        ("www.example.org", "https://chat.example.org", false),
    ] {
        for path in ["/ws", "/", SOCKET_IO] {
            let headers = [format!("host: {host}"), format!("origin: {origin}")];
            let is_let_in = lets_in(&server, path, &headers.each_ref().map(String::as_str)).await;
            assert_eq!(is_let_in, is_own, "{path} {headers:?}");
        }
    }
}

#[tokio::test]
async fn a_trusted_proxy_tells_by_which_address_it_was_asked() {
    let trusting = Server::with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        config.hosts = vec!["chat.example.org".parse().unwrap()];
    });
    let trusting = trusting.await;
    let wary = Server::with(|config| config.hosts = vec!["chat.example.org".parse().unwrap()]).await;
    let proxied = |scheme: &str, origin: &str| {
        [
            "x-forwarded-host: chat.example.org".to_owned(),
            format!("x-forwarded-proto: {scheme}"),
            format!("origin: {origin}"),
        ]
    };
    for path in ["/ws", "/", SOCKET_IO] {
        for (scheme, origin, is_own) in [
            ("https", "https://chat.example.org", true),
            ("http", "http://chat.example.org", true),
            // The page came unencrypted, so anybody on its way may have written it.
            ("https", "http://chat.example.org", false),
            // Another proxy before that one speaks TLS.
            ("http", "https://chat.example.org", true),
            ("https", "https://chat.example.org:8443", false),
        ] {
            let headers = proxied(scheme, origin);
            let headers = headers.each_ref().map(String::as_str);
            assert_eq!(lets_in(&trusting, path, &headers).await, is_own, "{path} {headers:?}");
            assert!(!lets_in(&wary, path, &headers).await, "{path} {headers:?}, from nobody that is trusted");
        }
    }
}

#[tokio::test]
async fn the_public_address_is_its_own() {
    let server = Server::with(|config| config.public_url = "https://chat.example.org".parse().unwrap()).await;
    for path in ["/ws", "/", SOCKET_IO] {
        // Behind a proxy that tells its own name for the server instead of the one that it was asked by.
        assert!(lets_in(&server, path, &["origin: https://chat.example.org"]).await, "{path}");
        assert!(!lets_in(&server, path, &["origin: https://www.example.org"]).await, "{path}");
        assert!(!lets_in(&server, path, &["origin: https://chat.example.org:444"]).await, "{path}");
    }
}
