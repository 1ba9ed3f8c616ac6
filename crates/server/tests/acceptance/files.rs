//! Files that people share: from the first byte to the last one that is removed.

use crate::support::{Actor, Answer, RawSocket, Server, conversation, request, within};
use chinwag_client::protocol::{Attachment, ErrorCode, LogBody, LogEvent, MessageBody};
use chinwag_client::{RestError, Window, share_file};
use serde_json::{Value, json};
use std::path::Path;
use std::slice::from_ref;
use std::time::Duration;

async fn share(server: &Server, person: &Actor, name: &str, bytes: &str) -> Result<Attachment, RestError> {
    let (room, token) = (person.room_id("general"), &person.session.token);
    within("a file", share_file(&server.url(), token, room, name, bytes.into())).await
}

async fn refused(server: &Server, person: &Actor, bytes: &str) -> (u16, ErrorCode) {
    match share(server, person, "x", bytes).await {
        Err(RestError::Refused { status, error }) => (status, error.code),
        other => panic!("{other:?}"),
    }
}

async fn read(server: &Server, headers: &[&str], path: &str) -> Answer {
    request(server.next_address(), &format!("GET {path}"), headers, "").await
}

fn bearer(person: &Actor) -> String {
    format!("authorization: Bearer {}", person.session.token)
}

fn path(file: &Attachment) -> String {
    format!("/files/{}/{}", file.id, file.name)
}

fn files_of(event: &LogEvent) -> &[Attachment] {
    let LogBody::Message(MessageBody::Message { attachments, .. }) = &event.body else { panic!("{event:?}") };
    attachments
}

/// Whether a text stands in any file below a folder.
fn stands_in(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).unwrap().any(|entry| {
        let path = entry.unwrap().path();
        // What is removed in between has nothing.
        if path.is_dir() {
            return stands_in(&path, text);
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        bytes.windows(text.len()).any(|window| window == text.as_bytes())
    })
}

async fn until_gone(folder: &Path, text: &str) {
    let mut looks = tokio::time::interval(Duration::from_millis(50));
    within("the end of the bytes", async {
        while stands_in(folder, text) {
            looks.tick().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_comes_to_everybody_who_reads_its_message() {
    let (server, alice, bob) = conversation().await;
    let file = share(&server, &alice, "../nötes\u{202e}.txt", "hello, file").await.unwrap();
    assert_eq!((&*file.name, &*file.media_type, file.bytes), ("nötes.txt", "text/plain", 11));
    let token = bearer(&bob);
    assert_eq!(read(&server, &[&token], &path(&file)).await.status, 404, "it was not sent");

    let room = alice.room_id("general");
    let sent = alice.client().send_with(room, "", from_ref(&file.id)).await.unwrap();
    bob.reaches("general", sent.seq).await;
    assert_eq!(files_of(bob.view().room("general").log.last().unwrap()), from_ref(&file));
    let page = bob.history("general", Window::Latest, 1).await.unwrap();
    assert_eq!(files_of(&page.messages[0]), from_ref(&file));
    let rest = read(&server, &[&token], &format!("/api/rooms/{room}/messages?limit=1")).await;
    let rest: Value = serde_json::from_str(&rest.body).unwrap();
    assert_eq!(rest["messages"][0]["attachments"][0]["id"], json!(file.id));

    let answer = read(&server, &[&token], &path(&file)).await;
    assert_eq!((answer.status, &*answer.body), (200, "hello, file"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    let disposition = answer.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment; filename=\"n_tes.txt\"; filename*=utf-8''n%c3%b6tes.txt"));
    let part = read(&server, &[&token, "range: bytes=7-99"], &path(&file)).await;
    assert_eq!(
        (part.status, &*part.body, part.header("content-range")),
        (206, "file", Some("bytes 7-10/11"))
    );
    let beyond = read(&server, &[&token, "range: bytes=11-"], &path(&file)).await;
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */11")));
    let known = format!("if-none-match: {}", answer.header("etag").unwrap());
    assert_eq!(read(&server, &[&token, &known], &path(&file)).await.status, 304);
}

#[tokio::test]
async fn nobody_reads_a_file_whose_message_is_not_there_for_them() {
    let (server, alice, bob) = conversation().await;
    let carol = server.enter("Carol").await;
    let file = share(&server, &alice, "plan.txt", "the plan").await.unwrap();
    let room = alice.room_id("general");
    alice.client().send_with(room, "look", from_ref(&file.id)).await.unwrap();
    let (of_bob, of_carol) = (bearer(&bob), bearer(&carol));
    assert_eq!(read(&server, &[&of_bob], &path(&file)).await.status, 200);
    let link = read(&server, &[&of_bob], &format!("/api/files/{}/link", file.id)).await;
    let link: Value = serde_json::from_str(&link.body).unwrap();
    let link = link["url"].as_str().unwrap();
    assert_eq!(read(&server, &[], link).await.body, "the plan");
    assert_eq!(read(&server, &[], &link.replace(&file.id, &"0".repeat(32))).await.status, 401);

    let never = format!("/files/{}/plan.txt", "0".repeat(32));
    let (seen, unseen) =
        (read(&server, &[&of_carol], &path(&file)).await, read(&server, &[&of_carol], &never).await);
    assert_eq!((seen.status, &seen.body), (404, &unseen.body));
    let (seen, unseen) = (read(&server, &[], &path(&file)).await, read(&server, &[], &never).await);
    assert_eq!((seen.status, &seen.body, unseen.status), (401, &unseen.body, 401));
    bob.leave("general").await.unwrap();
    assert_eq!(read(&server, &[&of_bob], &path(&file)).await.status, 404);
    assert_eq!(read(&server, &[], link).await.status, 404, "the link is no right of its own");
}

/// A page has its pictures loaded by a browser, which sends a cookie and no token.
#[tokio::test]
async fn a_browser_reads_files_as_long_as_its_session() {
    let (server, alice, _bob) = conversation().await;
    let file = share(&server, &alice, "cat.txt", "a cat").await.unwrap();
    let signed_in = request(
        server.address,
        "POST /api/session",
        &["content-type: application/json"],
        r#"{"name": "Dora"}"#,
    )
    .await;
    let cookie = signed_in.cookie("chinwag_files").unwrap();
    let (cookie, attributes) = cookie.split_once("; ").unwrap();
    assert!(
        attributes.starts_with("Path=/files; ") && attributes.contains("HttpOnly; SameSite=Strict"),
        "{attributes}"
    );
    let cookie = format!("cookie: {cookie}");
    assert_eq!(read(&server, &[&cookie], &path(&file)).await.status, 404);
    let room = alice.room_id("general");
    alice.client().send_with(room, "", from_ref(&file.id)).await.unwrap();
    let body: Value = serde_json::from_str(&signed_in.body).unwrap();
    let token = format!("authorization: Bearer {}", body["accessToken"].as_str().unwrap());
    let line = format!("PUT /api/rooms/{room}/membership");
    assert_eq!(request(server.address, &line, &[&token], "").await.status, 200);
    assert_eq!(read(&server, &[&cookie], &path(&file)).await.body, "a cat");
    // It is good for files alone.
    let value = cookie.split_once('=').unwrap().1;
    assert_eq!(read(&server, &[&format!("authorization: Bearer {value}")], "/api/session").await.status, 401);
    let ended = request(server.address, "DELETE /api/session", &[&token], "").await;
    assert!(ended.cookie("chinwag_files").unwrap().contains("Max-Age=0"));
    assert_eq!(read(&server, &[&cookie], &path(&file)).await.status, 401);
}

#[tokio::test]
async fn what_is_deleted_is_on_no_disk() {
    let (mut server, alice, bob) = conversation().await;
    let room = alice.room_id("general");
    let mut places = Vec::new();
    for text in ["marker-one-qzx", "marker-two-qzx"] {
        let file = share(&server, &alice, "x.txt", text).await.unwrap();
        places.push(alice.client().send_with(room, "", &[file.id]).await.unwrap().seq);
        assert!(stands_in(server.folder(), text));
    }
    alice.client().delete_message(room, places[0]).await.unwrap();
    until_gone(server.folder(), "marker-one-qzx").await;
    assert!(stands_in(server.folder(), "marker-two-qzx"));
    // A server that ends between both goes on when it begins again.
    alice.client().delete_message(room, places[1]).await.unwrap();
    server.restart().await;
    until_gone(server.folder(), "marker-two-qzx").await;
    drop(bob);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_and_leaves_nothing() {
    let server = Server::with(|config| {
        config.file_bytes = 20;
        config.file_bytes_per_person = 50;
        config.files_per_message = 2;
    })
    .await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    assert_eq!(refused(&server, &alice, &"marker-qzx".repeat(3)).await, (413, ErrorCode::FileTooLarge));
    assert_eq!(refused(&server, &alice, "").await, (400, ErrorCode::FileRefused));
    // Without a length it is counted on its way.
    let room = alice.room_id("general");
    let head = format!(
        "POST /api/files?room={room}&name=x HTTP/1.1\r\nhost: {}\r\n{}\r\ntransfer-encoding: chunked\r\n\r\n",
        server.address,
        bearer(&alice)
    );
    let chunked = format!("{head}1e\r\n{}\r\n0\r\n\r\n", "marker-qzx".repeat(3));
    let answer = raw(&server, &chunked).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    let taken = raw(&server, &format!("{head}5\r\nhello\r\n0\r\n\r\n")).await;
    assert!(taken.starts_with("HTTP/1.1 201"), "{taken}");
    let mut files = vec![
        serde_json::from_str::<Value>(taken.split("\r\n\r\n").nth(1).unwrap()).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned(),
    ];
    until_gone(server.folder(), "marker-qzx").await;

    for _ in 0..2 {
        files.push(share(&server, &alice, "x", &"y".repeat(20)).await.unwrap().id);
    }
    assert_eq!(refused(&server, &alice, &"y".repeat(20)).await, (409, ErrorCode::FileQuota));
    let too_many = alice.client().send_with(room, "", &files).await.unwrap_err();
    assert_eq!(too_many.refusal().unwrap().code, ErrorCode::TooManyFiles);
    let twice = alice.client().send_with(room, "", &[files[0].clone(), files[0].clone()]).await.unwrap_err();
    assert_eq!(twice.refusal().unwrap().code, ErrorCode::FileNotFound);
    let line = format!("DELETE /api/files/{}", files[2]);
    assert_eq!(request(server.address, &line, &[&bearer(&alice)], "").await.status, 204);
    share(&server, &alice, "x", &"y".repeat(20)).await.unwrap();
    let stranger = server.enter("Bob").await;
    let outside = share_file(&server.url(), &stranger.session.token, room, "x", b"x".to_vec()).await;
    let Err(RestError::Refused { status: 403, error }) = outside else { panic!("{outside:?}") };
    assert_eq!(error.code, ErrorCode::NotMember);
}

async fn raw(server: &Server, request: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    within("an answer", async {
        let mut stream = tokio::net::TcpStream::connect(server.address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        // The connection goes on when all was read.
        while !String::from_utf8_lossy(&answer).contains("\r\n\r\n{") {
            if stream.read_buf(&mut answer).await.unwrap() == 0 {
                break;
            }
        }
        String::from_utf8(answer).unwrap()
    })
    .await
}

#[tokio::test]
async fn a_room_lists_its_files_for_those_who_read_it() {
    let (server, alice, bob) = conversation().await;
    let room = alice.room_id("general");
    let mut sent = Vec::new();
    for name in ["a.txt", "b.txt", "c.txt"] {
        let file = share(&server, &alice, name, name).await.unwrap();
        sent.push((alice.client().send_with(room, "", from_ref(&file.id)).await.unwrap().seq, file));
    }
    let list = async |who: &Actor, query: &str| {
        let line = format!("/api/rooms/{room}/files?{query}");
        let answer = read(&server, &[&bearer(who)], &line).await;
        (answer.status, serde_json::from_str::<Value>(&answer.body).unwrap())
    };
    let (status, page) = list(&bob, "limit=2").await;
    let names = |page: &Value| {
        let files = page["files"].as_array().unwrap();
        files.iter().map(|file| file["file"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!((status, names(&page)), (200, vec!["c.txt".to_owned(), "b.txt".to_owned()]));
    let first = &page["files"][0];
    assert_eq!((&first["seq"], &first["name"]), (&json!(sent[2].0), &json!("Alice")));
    assert_eq!(first["file"], serde_json::to_value(&sent[2].1).unwrap());
    let (_, rest) = list(&bob, &format!("before={}", page["next"])).await;
    assert_eq!((names(&rest), rest.get("next")), (vec!["a.txt".to_owned()], None));
    alice.client().delete_message(room, sent[2].0).await.unwrap();
    assert_eq!(names(&list(&bob, "").await.1), ["b.txt", "a.txt"]);
    let carol = server.enter("Carol").await;
    assert_eq!(list(&carol, "").await.0, 403, "Carol is not there");
}

#[tokio::test]
async fn the_rate_of_files_is_limited() {
    let server = Server::with(|config| {
        config.rate_limit = chinwag_server::RateLimit::On;
        config.uploads_per_10_min = 2;
    })
    .await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    for _ in 0..2 {
        share(&server, &alice, "x", "x").await.unwrap();
    }
    assert_eq!(refused(&server, &alice, "x").await, (429, ErrorCode::RateLimited));
}

#[tokio::test]
async fn clients_that_know_no_files_get_a_line() {
    let (server, alice, _bob) = conversation().await;
    let mut simple = RawSocket::open_at(server.next_address(), "/simple").await;
    simple.say(r#"{"type":"join","username":"Old"}"#).await;
    simple.next_text().await;
    let file = share(&server, &alice, "cat.txt", "a cat").await.unwrap();
    alice.client().send_with(alice.room_id("general"), "look", from_ref(&file.id)).await.unwrap();
    let line = format!("look\n[cat.txt, 5 bytes] /files/{}/", file.id);
    within("the line", async {
        loop {
            let frame = simple.next_text().await;
            if frame.to_string().contains("cat.txt") {
                assert!(frame.to_string().contains(&json!(line).to_string()[1..]), "{frame}");
                return;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_shared_at_one_node_is_read_at_another() {
    let server = Server::of_nodes(2).await;
    let (alice, bob) = (server.enter_at(0, "Alice").await, server.enter_at(1, "Bob").await);
    alice.follows("general").await;
    bob.follows("general").await;
    let file = share(&server, &alice, "x.txt", "from afar").await.unwrap();
    let sent = alice.client().send_with(alice.room_id("general"), "", from_ref(&file.id)).await.unwrap();
    bob.reaches("general", sent.seq).await;
    assert_eq!(files_of(bob.view().room("general").log.last().unwrap()), from_ref(&file));
    for node in 0..2 {
        let answer =
            request(server.address_of(node), &format!("GET {}", path(&file)), &[&bearer(&bob)], "").await;
        assert_eq!(answer.body, "from afar");
    }
}
