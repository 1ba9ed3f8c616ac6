//! Files that come in parts, over lost connections and servers that are killed.

use crate::support::{Actor, Child, conversation, request, within};
use chinwag_client::protocol::ErrorCode;
use serde_json::Value;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

const RESUMABLE: &str = "tus-resumable: 1.0.0";
const PART: &str = "content-type: application/offset+octet-stream";
/// `x.txt`
const NAME: &str = "eC50eHQ=";

/// A text in which each part is another one.
fn long_text(lines: usize) -> String {
    (0..lines).map(|line| format!("this is line {line}\n")).collect()
}

async fn begin(server: SocketAddr, token: &str, room: &str, length: usize) -> String {
    let length = format!("upload-length: {length}");
    let metadata = format!("upload-metadata: room {room},filename {NAME}");
    let headers = [token, RESUMABLE, &length, &metadata];
    let begun = request(server, "POST /api/uploads", &headers, "").await;
    assert_eq!(begun.status, 201, "{}", begun.body);
    begun.header("location").unwrap().to_owned()
}

async fn offset(server: SocketAddr, token: &str, place: &str) -> Option<usize> {
    let told = request(server, &format!("HEAD {place}"), &[token, RESUMABLE], "").await;
    (told.status == 200).then(|| told.header("upload-offset").unwrap().parse().unwrap())
}

async fn go_on(server: SocketAddr, token: &str, place: &str, offset: usize, part: &str) -> (u16, String) {
    let offset = format!("upload-offset: {offset}");
    let answer = request(server, &format!("PATCH {place}"), &[token, RESUMABLE, PART, &offset], part).await;
    (answer.status, answer.header("upload-offset").unwrap_or(&answer.body).to_owned())
}

fn bearer(person: &Actor) -> String {
    format!("authorization: Bearer {}", person.session.token)
}

#[tokio::test]
async fn a_file_comes_in_parts_and_goes_with_a_message() {
    let (server, alice, _bob) = conversation().await;
    let (address, token) = (server.address, bearer(&alice));
    let place = begin(address, &token, "MQ==", 11).await;
    assert_eq!(offset(address, &token, &place).await, Some(0));
    assert_eq!(go_on(address, &token, &place, 0, "hello, ").await, (204, "7".to_owned()));
    let (status, body) = go_on(address, &token, &place, 3, "file").await;
    let refused: Value = serde_json::from_str(&body).unwrap();
    assert_eq!((status, &refused["code"]), (409, &serde_json::to_value(ErrorCode::UploadConflict).unwrap()));
    assert_eq!(go_on(address, &token, &place, 7, "file and more").await.0, 413);
    assert_eq!(offset(address, &token, &place).await, Some(7));
    assert_eq!(go_on(address, &token, &place, 7, "file").await, (204, "11".to_owned()));
    assert_eq!(offset(address, &token, &place).await, Some(11), "for whoever was not told");

    let id = place.rsplit('/').next().unwrap().to_owned();
    alice.client().send_with(alice.room_id("general"), "", std::slice::from_ref(&id)).await.unwrap();
    let read = request(address, &format!("GET /files/{id}/x.txt"), &[&token], "").await;
    assert_eq!((read.status, &*read.body), (200, "hello, file"));

    let given_up = begin(address, &token, "MQ==", 20).await;
    go_on(address, &token, &given_up, 0, "marker-qzx").await;
    let ended = request(address, &format!("DELETE {given_up}"), &[&token, RESUMABLE], "").await;
    assert_eq!((ended.status, offset(address, &token, &given_up).await), (204, None));
    let described = request(address, "OPTIONS /api/uploads", &[], "").await;
    assert_eq!(described.header("tus-extension"), Some("creation,termination"));
}

/// Waits until bytes of a file are on the disk.
async fn until_there(folder: &Path, bytes: u64) {
    let mut looks = tokio::time::interval(Duration::from_millis(5));
    within("bytes on the disk", async {
        loop {
            let files = std::fs::read_dir(folder.join("files/incoming")).unwrap();
            if files.filter_map(|file| file.unwrap().metadata().ok()).any(|file| file.len() >= bytes) {
                return;
            }
            looks.tick().await;
        }
    })
    .await;
}

/// In processes of their own, which can be killed, so with SQLite.
#[tokio::test]
async fn a_file_goes_on_after_the_server_was_killed() {
    let folder = tempfile::tempdir().unwrap();
    let server = Child::start(folder.path(), &[]).await;
    let session = chinwag_client::sign_in(&server.url(), "Alice").await.unwrap();
    let token = format!("authorization: Bearer {}", session.token);
    let joined = request(server.address, "PUT /api/rooms/1/membership", &[&token], "").await;
    assert_eq!(joined.status, 200);
    let text = long_text(100_000);
    let place = begin(server.address, &token, "MQ==", text.len()).await;
    let half = text.len() / 2;
    let mut stream = TcpStream::connect(server.address).await.unwrap();
    let head = format!(
        "PATCH {place} HTTP/1.1\r\nhost: {}\r\n{token}\r\n{RESUMABLE}\r\n{PART}\r\nupload-offset: 0\r\ncontent-length: {}\r\n\r\n",
        server.address,
        text.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&text.as_bytes()[..half]).await.unwrap();
    until_there(folder.path(), 1).await;
    server.kill().await;

    let server = Child::start(folder.path(), &[]).await;
    let there = offset(server.address, &token, &place).await.unwrap();
    assert!(0 < there && there <= half, "{there} of {half}");
    let (status, end) = go_on(server.address, &token, &place, there, &text[there..]).await;
    assert_eq!((status, end), (204, text.len().to_string()));
    let id = place.rsplit('/').next().unwrap();
    let read = request(server.address, &format!("GET /files/{id}/x.txt"), &[&token], "").await;
    assert!(read.body == text, "it is what was sent");
}
