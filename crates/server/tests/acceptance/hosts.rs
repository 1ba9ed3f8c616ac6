//! By which names the server answers, and the headers of whatever it answers.

use crate::support::{Child, Server, request, request_as_written};
use std::fs::{File, read_to_string};

#[tokio::test]
async fn a_request_names_its_host_once() {
    let server = Server::start().await;
    let local = server.address;
    let status = async |head: &str| request_as_written(local, head, "").await.status;
    assert_eq!(status("GET /healthz HTTP/1.1\r\n").await, 400, "none");
    assert_eq!(
        status(&format!("GET /healthz HTTP/1.1\r\nhost: {local}\r\nhost: {local}\r\n")).await,
        400,
        "two"
    );
    assert_eq!(
        status(&format!("GET / HTTP/1.1\r\nhost: {local}\r\nHost: evil.example\r\n")).await,
        400,
        "two"
    );
    assert_eq!(
        status(&format!("GET / HTTP/1.1\r\nhost: {local}, evil.example\r\n")).await,
        400,
        "two in one"
    );
    assert_eq!(status("GET / HTTP/1.1\r\nhost: a@b\r\n").await, 400, "no host");
    assert_eq!(status("GET / HTTP/1.1\r\nhost:\r\n").await, 400, "empty");
    assert_eq!(status(&format!("GET / HTTP/1.1\r\nhost: {local}\r\n")).await, 200, "one");
    assert_eq!(status("GET / HTTP/1.0\r\n").await, 200, "older than the header");
}

#[tokio::test]
async fn on_the_loopback_no_foreign_name_leads_here() {
    let server = Server::with(|config| {
        config.hosts = vec!["box.internal".parse().unwrap(), "*.tunnel.example".parse().unwrap()];
        config.public_url = "https://chat.example.org".parse().unwrap();
    })
    .await;
    let get = async |path: &str, host: &str| {
        request(server.address, &format!("GET {path}"), &[&format!("host: {host}")], "").await
    };
    let paths =
        ["/", "/rooms/tech", "/socket.io/?EIO=4&transport=polling", "/socket.io/socket.io.js", "/metrics"];
    for host in [
        "rebound.example:3000",
        "evil.example",
        "localhost.evil.example",
        "xtunnel.example",
        "tunnel.example",
    ] {
        for path in paths {
            let refused = get(path, host).await;
            assert_eq!(refused.status, 421, "{path} by {host}");
            assert!(refused.body.contains("--hosts"), "{}", refused.body);
        }
        assert_eq!(get("/healthz", host).await.status, 200);
        assert_eq!(get("/readyz", host).await.status, 200);
        assert_eq!(get("/ws", host).await.status, 421);
        assert_eq!(get("/api/session", host).await.status, 421);
    }
    let named = ["localhost", "LOCALHOST.:3000", "127.0.0.1:1", "[::1]", "192.0.2.7:3000"];
    for host in [&named[..], &["box.internal:8080", "a.tunnel.example", "chat.example.org"]].concat() {
        for path in paths {
            assert_eq!(get(path, host).await.status, 200, "{path} by {host}");
        }
    }
    // The target of a request says it, too, and counts (RFC 9112, section 3.2.2).
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\nhost: {}\r\n", server.address);
    assert_eq!(request_as_written(server.address, &absolute, "").await.status, 421);
}

#[tokio::test]
async fn a_proxy_takes_no_foreign_name_either() {
    let server = Server::with(|config| {
        config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        config.hosts = vec!["chat.example.org".parse().unwrap()];
    })
    .await;
    for (forwarded, status) in
        [("chat.example.org", 200), ("evil.example", 421), ("chat.example.org, evil.example", 421)]
    {
        let header = format!("x-forwarded-host: {forwarded}");
        let answer = request(server.address, "GET /", &[&header], "").await;
        assert_eq!(answer.status, status, "{forwarded}");
    }
}

#[tokio::test]
async fn elsewhere_any_name_leads_here_unless_names_are_listed() {
    let everywhere = [0, 0, 0, 0].into();
    let open = Server::with(|config| config.bind = everywhere).await;
    let listed = Server::with(|config| {
        config.bind = everywhere;
        config.hosts = vec!["chat.example.org".parse().unwrap()];
    })
    .await;
    for (server, host, status) in
        [(&open, "any.example", 200), (&listed, "any.example", 421), (&listed, "chat.example.org", 200)]
    {
        let answer = request(server.address, "GET /", &[&format!("host: {host}")], "").await;
        assert_eq!(answer.status, status, "{host}");
    }
}

#[tokio::test]
async fn every_answer_says_how_it_may_be_taken() {
    let server = Server::start().await;
    for (line, headers) in [
        ("GET /", &[][..]),
        ("GET /", &["accept: application/json"][..]),
        ("GET /rooms/tech", &[][..]),
        ("GET /favicon.svg", &[][..]),
        ("GET /nothing.txt", &[][..]),
        ("DELETE /", &[][..]),
        ("GET /api/session", &[][..]),
        ("GET /api/nothing", &[][..]),
        ("GET /ws", &[][..]),
        ("GET /simple", &["origin: https://evil.example"][..]),
        ("GET /healthz", &[][..]),
        ("GET /readyz", &[][..]),
        ("GET /metrics", &[][..]),
        ("GET /socket.io/?EIO=4&transport=polling", &[][..]),
        ("GET /socket.io/?EIO=2", &[][..]),
        ("GET /socket.io/socket.io.js", &[][..]),
        ("GET /", &["host: evil.example"][..]),
    ] {
        let answer = request(server.address, line, headers, "").await;
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{line}: {}", answer.head);
        assert!(answer.header("content-type").is_some() || answer.body.is_empty(), "{line}: {}", answer.head);
    }
    for line in ["GET /", "GET /rooms/tech"] {
        let page = request(server.address, line, &[], "").await;
        let policy = page.header("permissions-policy").unwrap_or_default();
        assert!(policy.contains("camera=()") && policy.contains("geolocation=()"), "{}", page.head);
    }
    let json = ["content-type: application/json"];
    let signed_in =
        request(server.address, "POST /api/session", &json, r#"{"name":"Alex","for":"script"}"#).await;
    assert_eq!(signed_in.status, 201);
    let token = signed_in.body.split('"').nth(3).unwrap();
    let bearer = format!("authorization: Bearer {token}");
    let shown = request(server.address, "GET /api/session", &[&bearer], "").await;
    let refused =
        request(server.address, "POST /api/session", &json, r#"{"name":"Alex","for":"script"}"#).await;
    let signed_out = request(server.address, "DELETE /api/session", &[&bearer], "").await;
    assert_eq!([shown.status, refused.status, signed_out.status], [200, 409, 204]);
    for answer in [signed_in, shown, refused, signed_out] {
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{}", answer.head);
    }
}

/// What the server logs while it is asked, up to its end.
async fn log_of(arguments: &[&str], asked: &[(&str, &[&str])]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let file = File::create(&log).unwrap();
    let server = Child::start_with_log_in(file, &folder.path().join("data"), arguments, &[]).await;
    for (line, headers) in asked {
        request(server.address, line, headers, "").await;
    }
    server.terminate();
    assert!(server.ended().await.success());
    read_to_string(log).unwrap()
}

#[tokio::test]
async fn the_log_says_what_to_change() {
    let asked: Vec<_> = [
        ("GET /simple", &["origin: https://evil.example"][..]),
        ("GET /ws", &["origin: https://other.example"][..]),
        ("GET /", &["host: evil.example"][..]),
        ("GET /", &["x-forwarded-for: 192.0.2.7"][..]),
    ]
    .into_iter()
    .cycle()
    .take(12)
    .collect();
    let log = log_of(&[], &asked).await;
    for (sentence, option) in [
        ("refused a page of another origin", "--gateways-origins or --open-gateways"),
        ("refused a page of another origin", "--allowed-origins"),
        ("refused a request to another name", "--hosts"),
        ("sent X-Forwarded-For", "--trusted-proxies"),
    ] {
        let told: Vec<_> =
            log.lines().filter(|line| line.contains(sentence) && line.contains(option)).collect();
        assert_eq!(told.len(), 1, "{sentence} {option} in:\n{log}");
    }
    let trusting = log_of(&["--trusted-proxies", "127.0.0.1"], &asked).await;
    assert!(!trusting.contains("X-Forwarded-For"), "{trusting}");
}

#[tokio::test]
async fn a_proxy_that_passes_no_upgrade_is_told_so() {
    // What is left of a handshake behind such a proxy, and a page that asks why.
    let handshake: &[&str] = &["sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="];
    let server = Server::start().await;
    for path in ["/ws", "/simple", "/socket.io/?EIO=4&transport=websocket"] {
        let answer = request(server.address, &format!("GET {path}"), handshake, "").await;
        assert_eq!(answer.status, 426, "{path}");
        assert!(
            answer.body.contains("The proxy does not pass WebSocket upgrades"),
            "{path}: {}",
            answer.body
        );
    }
    let sentence = "a proxy does not pass WebSocket upgrades";
    for asked in [("GET /ws", handshake), ("GET /", handshake), ("POST /ws", &[][..])] {
        let log = log_of(&[], &[asked, asked, asked]).await;
        assert_eq!(log.matches(sentence).count(), 1, "{asked:?} in:\n{log}");
    }
    let usual = log_of(&[], &[("GET /ws", &[]), ("GET /", &[])]).await;
    assert!(!usual.contains(sentence), "{usual}");
    let foreign = request(server.address, "POST /ws", &["origin: https://evil.example"], "").await;
    assert_eq!((foreign.status, foreign.body.contains("--allowed-origins")), (403, true));
}

#[tokio::test]
async fn the_start_says_in_one_line_who_may_connect() {
    for (arguments, holds) in [
        (&[][..], "localhost"),
        (&["--open-gateways"], "any origin (--open-gateways)"),
        (&["--gateways-origins", "https://friend.example"], "--gateways-origins"),
        (&["--hosts", "*"], "any name"),
    ] {
        let log = log_of(arguments, &[]).await;
        let told: Vec<_> = log.lines().filter(|line| line.contains("who may connect")).collect();
        assert!(told.len() == 1 && told[0].contains(holds), "{holds} is not in:\n{log}");
    }
}
