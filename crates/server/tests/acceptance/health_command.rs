//! `chinwag health` tells whoever looks after the process what the server itself says.

use crate::support::{Child, Ended, within};
use std::fs::write;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

async fn health(port: u16, more: &[&str]) -> Ended {
    let port = port.to_string();
    Child::run(&[&["health", "--port", &port], more].concat(), &[]).await
}

/// Answers the next request.
async fn answer(server: &TcpListener, status: &str, body: &str) {
    let (mut stream, _) = within("a question", server.accept()).await.unwrap();
    let mut asked = Vec::new();
    while !asked.ends_with(b"\r\n\r\n") {
        assert_ne!(stream.read_buf(&mut asked).await.unwrap(), 0, "the question was cut");
    }
    assert!(asked.starts_with(b"GET /readyz HTTP/1.1\r\n"), "{}", String::from_utf8_lossy(&asked));
    let length = body.len();
    let head = format!("HTTP/1.1 {status}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_ready_is_told_by_whatever_names_its_port() {
    let folder = tempfile::tempdir().unwrap();
    let server = Child::start(&folder.path().join("data"), &[]).await;
    let port = server.address.port().to_string();
    let file = folder.path().join("chinwag.toml");
    write(&file, format!("port = {port}\nbind = '127.0.0.1'")).unwrap();
    let file = file.to_str().unwrap();
    for (arguments, environment) in [
        (&["--port", &port][..], &[][..]),
        (&["--config", file], &[]),
        (&[], &[("CHINWAG_PORT", port.as_str())]),
        (&[], &[("PORT", port.as_str()), ("WS_HOST", "127.0.0.1")]),
    ] {
        let ended = Child::run(&[&["health"], arguments].concat(), environment).await;
        assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(0), "ready\n"), "{}", ended.stderr);
    }
    let port = server.address.port();
    server.terminate();
    server.ended().await;
    let ended = health(port, &[]).await;
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains("does the server run"), "{}", ended.stderr);
}

#[tokio::test]
async fn one_that_is_not_ready_is_told_with_its_reason_and_waited_for() {
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = server.local_addr().unwrap().port();
    let reason = r#"{"code":"unavailable","message":"The disk is full."}"#;
    let (ended, ()) = tokio::join!(health(port, &[]), answer(&server, "503 Service Unavailable", reason));
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.contains("not ready: 503") && ended.stderr.contains("The disk is full."));
    let answers = async {
        answer(&server, "503 Service Unavailable", reason).await;
        answer(&server, "200 OK", "ready\n").await;
    };
    let (ended, ()) = tokio::join!(health(port, &["--wait", "50"]), answers);
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(0), "ready\n"), "{}", ended.stderr);
}

#[tokio::test]
async fn any_free_port_is_no_port_to_ask_at() {
    let ended = health(0, &[]).await;
    assert_eq!(ended.status.code(), Some(1));
    assert!(ended.stderr.contains("--port"), "{}", ended.stderr);
}
