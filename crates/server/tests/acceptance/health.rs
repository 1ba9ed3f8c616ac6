//! Health tells the truth.

use crate::support::{Answer, Child, RawSocket, Server, request};
use chinwag_client::sign_in;
use chinwag_server::Storage;
use chinwag_wire::health::{HealthReport, HealthStatus, ReportedDurability, StorageEngine};
use rustix::process::{Resource, Rlimit, getrlimit, prlimit};
use std::fs::{File, read_dir};
use std::os::unix::fs::{FileExt as _, PermissionsExt as _};
use std::path::Path;

async fn get(server: &Child, path: &str) -> Answer {
    request(server.address, &format!("GET {path}"), &[], "").await
}

fn health(answer: &Answer) -> HealthReport {
    serde_json::from_str(&answer.body).unwrap()
}

async fn is_ready(server: &Child) -> u16 {
    get(server, "/readyz").await.status
}

/// Posts a message and answers the type of the reply.
async fn says(socket: &mut RawSocket, id: usize) -> String {
    let text = "x".repeat(1500);
    let id = format!("m{id}");
    socket
        .say(&format!(r#"{{"type":"send","ref":"{id}","room":1,"clientId":"{id}","text":"{text}"}}"#))
        .await;
    let reply = socket.reply(&id).await;
    reply["code"].as_str().or(reply["type"].as_str()).unwrap().to_owned()
}

async fn member(server: &Child, token: &str) -> RawSocket {
    let mut socket = RawSocket::signed_in(server.address, token).await;
    socket.say(r#"{"type":"join","ref":"join","room":1}"#).await;
    assert_eq!(socket.reply("join").await["type"], "joined");
    socket
}

/// Overwrites the beginning of every page but the first.
fn damage(data: &Path) {
    let path = data.join("chinwag.db");
    let pages = path.metadata().unwrap().len() / 4096;
    let file = File::options().write(true).open(path).unwrap();
    for page in 1..pages {
        file.write_all_at(&[0xA5; 50], page * 4096).unwrap();
    }
}

#[tokio::test]
async fn what_is_not_there_is_not_the_page() {
    let server = Server::start().await;
    for path in ["/readyz/", "/healthz/", "/metrics/", "/ready", "/rooms", "/nowhere/at/all", "/index"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.body.contains("<html")), (404, false), "{path}");
    }
    for path in ["/", "/rooms/general", "/rooms/general/41"] {
        let answer = server.get(path).await;
        assert_eq!((answer.status, answer.body.contains("<html")), (200, true), "{path}");
    }
    assert_eq!((server.get("/healthz").await.status, server.get("/readyz").await.status), (200, 200));
}

#[tokio::test]
async fn the_operator_is_told_where_messages_are_kept_and_how_well() {
    let server = Server::start().await;
    let on_postgres = std::env::var("CHINWAG_TEST_DATABASE").is_ok_and(|database| database != "sqlite");
    let report = health(&server.get("/api/health").await);
    assert_eq!((report.status, report.problem), (HealthStatus::Ready, None));
    let engine = if on_postgres { StorageEngine::Postgresql } else { StorageEngine::Sqlite };
    assert_eq!((report.storage.engine, report.storage.durability), (engine, ReportedDurability::ThisServer));
    assert!(!report.storage.epoch.is_empty() && !report.version.is_empty());
    if !on_postgres {
        let forgetful = Server::with(|config| config.storage = Storage::Memory).await;
        let report = health(&forgetful.get("/api/health").await);
        assert_eq!(report.storage.durability, ReportedDurability::ThisProcess);
    }
}

/// A limit on the size of files is a disk that takes no further byte.
#[tokio::test]
async fn a_full_disk_is_told_until_a_write_works_again() {
    let data = tempfile::tempdir().unwrap();
    let server = Child::start_after("trap '' XFSZ", data.path()).await;
    let token = sign_in(&server.url(), "Alex").await.unwrap().token;
    let mut alex = member(&server, &token).await;
    assert_eq!((says(&mut alex, 0).await.as_str(), is_ready(&server).await), ("ack", 200));
    let maximum = getrlimit(Resource::Fsize).maximum;
    let limit = |current| prlimit(Some(server.id()), Resource::Fsize, Rlimit { current, maximum }).unwrap();
    limit(Some(data.path().join("chinwag.db-wal").metadata().unwrap().len()));
    for number in 1..4 {
        assert_eq!(says(&mut alex, number).await, "unavailable");
        assert_eq!((is_ready(&server).await, is_ready(&server).await), (503, 503), "after message {number}");
        let answer = get(&server, "/api/health").await;
        let report = health(&answer);
        assert_eq!((answer.status, report.status), (503, HealthStatus::Unavailable));
        assert!(report.problem.unwrap().contains("see the log"));
        assert_eq!(get(&server, "/healthz").await.status, 200, "the process answers");
    }
    limit(maximum);
    assert_eq!((is_ready(&server).await, says(&mut alex, 9).await.as_str()), (200, "ack"));
}

#[tokio::test]
async fn bytes_that_flip_under_a_running_server_are_told() {
    let data = tempfile::tempdir().unwrap();
    let server = Child::start_after("true", data.path()).await;
    let token = sign_in(&server.url(), "Alex").await.unwrap().token;
    server.terminate();
    server.ended().await;
    let server = Child::start_after("true", data.path()).await;
    assert_eq!(is_ready(&server).await, 200);
    damage(data.path());
    let authorization = format!("authorization: Bearer {token}");
    let read = request(server.address, "GET /api/session", &[&authorization], "").await;
    assert_eq!(read.status, 503, "{}", read.body);
    assert_eq!((is_ready(&server).await, is_ready(&server).await), (503, 503));
}

#[tokio::test]
async fn a_damaged_database_is_refused_at_the_start() {
    let data = tempfile::tempdir().unwrap();
    let server = Child::start(data.path(), &[]).await;
    server.terminate();
    server.ended().await;
    damage(data.path());
    let folder = data.path().to_str().unwrap();
    let ended = Child::run(&["serve", "--bind", "127.0.0.1", "--port", "0", "--data", folder], &[]).await;
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(1), ""));
    assert!(
        ended.stderr.contains("is damaged") && ended.stderr.contains("chinwag restore"),
        "{}",
        ended.stderr
    );
}

#[tokio::test]
async fn the_data_is_for_its_user_alone_whatever_the_umask() {
    let root = tempfile::tempdir().unwrap();
    let data = root.path().join("data");
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    let _server = Child::start_after("umask 000", &data).await;
    assert_eq!(mode(&data), 0o700);
    let files: Vec<_> = read_dir(&data).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(files.len() >= 4, "{files:?}");
    for file in files {
        let expected = if file.is_dir() { 0o700 } else { 0o600 };
        assert_eq!(mode(&file), expected, "{}", file.display());
    }
}
