//! Emoji that the server has of its own.

use crate::support::{Actor, GENERAL, RawSocket, Server, conversation, request, request_of_bytes};
use chinwag_client::protocol::ErrorCode;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use serde_json::{Value, json};
use std::io::Cursor;

/// A picture that is broader than high, of which one sees through half.
fn picture() -> Vec<u8> {
    let image = RgbaImage::from_fn(400, 200, |x, _| Rgba([250, 0, 0, if x < 200 { 0 } else { 255 }]));
    let mut out = Vec::new();
    DynamicImage::from(image).write_to(&mut Cursor::new(&mut out), ImageFormat::Png).unwrap();
    out
}

fn bearer(person: &Actor) -> String {
    format!("authorization: Bearer {}", person.session.token)
}

/// What the picture of an emoji that was taken is called, or the status and the code of the refusal.
async fn gives(server: &Server, person: &Actor, name: &str, bytes: &[u8]) -> Result<String, (u16, String)> {
    let line = format!("PUT /api/emoji/{name}");
    let (answer, body) = request_of_bytes(server.next_address(), &line, &[&bearer(person)], bytes).await;
    let body: Value = serde_json::from_slice(&body).unwrap();
    match answer.status {
        201 => Ok(body["picture"].as_str().unwrap().to_owned()),
        status => Err((status, body["code"].as_str().unwrap().to_owned())),
    }
}

async fn takes_away(server: &Server, person: &Actor, name: &str) -> u16 {
    request(server.next_address(), &format!("DELETE /api/emoji/{name}"), &[&bearer(person)], "").await.status
}

async fn listed(server: &Server, person: &Actor) -> Value {
    let answer = request(server.next_address(), "GET /api/emoji", &[&bearer(person)], "").await;
    serde_json::from_str::<Value>(&answer.body).unwrap()["emoji"].take()
}

/// Makes somebody a member with a role on the server.
fn promote(server: &Server, person: &Actor, role: &str) {
    let sql = format!("UPDATE users SET kind = 'member', role = {role} WHERE id = {}", person.id());
    server.database().execute(&sql);
}

/// What somebody hears next of emoji.
async fn hears(phone: &mut RawSocket) -> Value {
    loop {
        let frame = phone.next_text().await;
        if frame["type"] == "directory" && !frame["emoji"].is_null() {
            return frame["emoji"].clone();
        }
    }
}

#[tokio::test]
async fn everybody_sees_an_emoji_at_once_and_reacts_with_it() {
    let (server, alice, bob) = conversation().await;
    promote(&server, &alice, "'admin'");
    let mut phone = RawSocket::signed_in(server.address, &bob.session.token).await;
    let first = gives(&server, &alice, "Party", &picture()).await.unwrap();
    let known = json!([{"name": "party", "picture": first}]);
    assert_eq!(hears(&mut phone).await, known);
    assert_eq!(listed(&server, &bob).await, known);

    // The whole of it, small, and as transparent as it was.
    let line = format!("GET /files/emoji/{first}");
    let (answer, bytes) = request_of_bytes(server.address, &line, &[&bearer(&bob)], b"").await;
    let image = image::load_from_memory(&bytes).unwrap().to_rgba8();
    assert_eq!((image.dimensions(), image.get_pixel(3, 30).0[3]), ((128, 64), 0));
    assert_eq!(answer.header("content-type"), Some("image/webp"));
    assert_eq!(answer.header("cache-control"), Some("private, max-age=31536000, immutable"));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    assert_eq!(request(server.address, &line, &[], "").await.status, 401, "nobody signed in");

    let seq = alice.says("general", "ship it :party:").await;
    bob.client().react(GENERAL, seq, ":party:").await.unwrap();
    let unknown = bob.client().react(GENERAL, seq, ":nothing:").await.unwrap_err();
    assert_eq!(unknown.refusal().unwrap().code, ErrorCode::EmojiNotFound);
    alice.reaches("general", seq + 1).await;
    bob.sees("general", "ship it :party:").await;

    assert_eq!(takes_away(&server, &alice, "party").await, 204);
    assert_eq!(hears(&mut phone).await, json!([{"name": "party"}]));
    assert_eq!((listed(&server, &bob).await, takes_away(&server, &alice, "party").await), (json!([]), 204));
    assert_eq!(request(server.address, &line, &[&bearer(&bob)], "").await.status, 404);
    bob.client().unreact(GENERAL, seq, ":party:").await.unwrap();
}

#[tokio::test]
async fn who_gives_one_and_what_is_refused() {
    let (server, alice, bob) = conversation().await;
    promote(&server, &alice, "'admin'");
    promote(&server, &bob, "'moderator'");
    let refused = async |person: &Actor, name: &str, bytes: &[u8]| {
        gives(&server, person, name, bytes).await.unwrap_err()
    };
    let told = |status: u16, code: &str| (status, code.to_owned());
    assert_eq!(refused(&bob, "party", &picture()).await, told(403, "forbidden"));
    assert_eq!(takes_away(&server, &bob, "party").await, 403);
    for name in ["smile", "a", "a%20b", "%2B1"] {
        assert_eq!(refused(&alice, name, &picture()).await, told(400, "emoji_name_invalid"), "{name}");
    }
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for wrong in [&b""[..], svg, &picture()[..60]] {
        assert_eq!(refused(&alice, "party", wrong).await, told(400, "file_refused"), "{}", wrong.len());
    }
    assert_eq!(refused(&alice, "party", &vec![b'x'; 3_000_000]).await, told(413, "file_too_large"));
    assert_eq!(listed(&server, &bob).await, json!([]));
    assert_eq!(server.database().count("SELECT count(*) FROM custom_emoji"), 0);

    gives(&server, &alice, "party", &picture()).await.unwrap();
    let audit = request(server.address, "GET /api/admin/audit", &[&bearer(&alice)], "").await;
    let entry = &serde_json::from_str::<Value>(&audit.body).unwrap()["entries"][0];
    assert_eq!((&entry["action"], &entry["reason"]), (&json!("emojiAdded"), &json!(":party:")));
    server.database().execute(
        "WITH RECURSIVE other(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM other WHERE n < 499)
         INSERT INTO custom_emoji (id, name, state, media_type, store_key, at)
         SELECT 'id' || n, 'own-' || n, 'shown', '', 'key' || n, 0 FROM other",
    );
    assert_eq!(refused(&alice, "one-more", &picture()).await, told(409, "emoji_limit"));
}

#[tokio::test]
async fn an_emoji_given_at_one_node_is_told_and_read_at_another() {
    let server = Server::of_nodes(2).await;
    let (alice, bob) = (server.enter_at(0, "Alice").await, server.enter_at(1, "Bob").await);
    promote(&server, &alice, "'admin'");
    let mut phone = RawSocket::signed_in(server.address_of(1), &bob.session.token).await;
    let line = "PUT /api/emoji/party";
    let (answer, body) = request_of_bytes(server.address_of(0), line, &[&bearer(&alice)], &picture()).await;
    assert_eq!(answer.status, 201);
    let picture = serde_json::from_slice::<Value>(&body).unwrap()["picture"].clone();
    assert_eq!(hears(&mut phone).await, json!([{"name": "party", "picture": picture}]));
    let line = format!("GET /files/emoji/{}", picture.as_str().unwrap());
    let (answer, _) = request_of_bytes(server.address_of(1), &line, &[&bearer(&bob)], b"").await;
    assert_eq!(answer.status, 200);
}
