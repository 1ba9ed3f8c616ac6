//! Pictures of people, of rooms and of the server.

use crate::support::{Actor, Answer, RawSocket, Server, conversation, request, request_of_bytes, within};
use image::{ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};
use std::io::Cursor;

/// A picture that is broader than high: red at the sides, and of this colour in the middle.
fn picture(middle: [u8; 3]) -> Vec<u8> {
    let image =
        RgbImage::from_fn(
            900,
            600,
            |x, _| {
                if (150..750).contains(&x) { Rgb(middle) } else { Rgb([255, 0, 0]) }
            },
        );
    let mut out = Vec::new();
    image.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).unwrap();
    out
}

fn bearer(person: &Actor) -> String {
    format!("authorization: Bearer {}", person.session.token)
}

/// What a picture that was taken is called.
async fn gives(server: &Server, person: &Actor, path: &str, bytes: &[u8]) -> Result<String, u16> {
    let line = format!("PUT {path}");
    let (answer, body) = request_of_bytes(server.next_address(), &line, &[&bearer(person)], bytes).await;
    let body: Value = serde_json::from_slice(&body).unwrap();
    match answer.status {
        201 => Ok(body["avatar"].as_str().unwrap().to_owned()),
        status => Err(status),
    }
}

async fn takes_away(server: &Server, person: &Actor, path: &str) -> u16 {
    request(server.next_address(), &format!("DELETE {path}"), &[&bearer(person)], "").await.status
}

/// A picture as it is shown: the answer, and how broad and high it is with the colour at its left.
async fn sees(server: &Server, headers: &[&str], name: &str) -> (Answer, Option<(u32, u32, [u8; 3])>) {
    let line = format!("GET /files/avatars/{name}");
    let (answer, bytes) = request_of_bytes(server.next_address(), &line, headers, b"").await;
    let seen = (answer.status == 200).then(|| {
        let image = image::load_from_memory(&bytes).unwrap().to_rgb8();
        (image.width(), image.height(), image.get_pixel(3, image.height() / 2).0)
    });
    (answer, seen)
}

async fn status(server: &Server, person: &Actor, name: &str) -> u16 {
    sees(server, &[&bearer(person)], name).await.0.status
}

async fn named(server: &Server, person: &Actor, query: &str) -> Value {
    let line = format!("GET /api/avatars?{query}");
    let answer = request(server.next_address(), &line, &[&bearer(person)], "").await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"))
}

/// Makes somebody a member with a role on the server.
fn promote(server: &Server, person: &Actor, role: &str) {
    let sql = format!("UPDATE users SET kind = 'member', role = {role} WHERE id = {}", person.id());
    server.database().execute(&sql);
}

/// What somebody hears next of pictures.
async fn hears(phone: &mut RawSocket) -> Value {
    loop {
        let frame = phone.next_text().await;
        if frame["type"] == "directory" && !frame["avatars"].is_null() {
            return frame["avatars"].clone();
        }
    }
}

fn is_near(colour: [u8; 3], wanted: [u8; 3]) -> bool {
    colour.iter().zip(wanted).all(|(is, wanted)| is.abs_diff(wanted) < 12)
}

#[tokio::test]
async fn a_picture_is_shown_to_everybody_and_a_changed_one_at_once() {
    let (server, alice, bob) = conversation().await;
    promote(&server, &alice, "NULL");
    let mut phone = RawSocket::signed_in(server.address, &bob.session.token).await;
    let (blue, green) = ([0, 0, 250], [0, 200, 0]);
    let first = gives(&server, &alice, "/api/me/avatar", &picture(blue)).await.unwrap();
    assert_eq!(hears(&mut phone).await, json!([{"userId": alice.id(), "avatar": first}]));
    let who = format!("people={},{},x&rooms=", alice.id(), bob.id());
    let known = json!({"people": [{"userId": alice.id(), "avatar": first}], "rooms": []});
    assert_eq!(named(&server, &bob, &who).await, known);

    // It is a square of the middle, and what shows it keeps it for ever.
    let token = bearer(&bob);
    let (answer, seen) = sees(&server, &[&token], &first).await;
    let (width, height, colour) = seen.unwrap();
    assert_eq!((width, height), (512, 512));
    assert!(is_near(colour, blue), "{colour:?}");
    let (_, thumb) = sees(&server, &[&token], &format!("{first}?v=thumb")).await;
    assert_eq!(thumb.map(|(width, height, _)| (width, height)), Some((96, 96)));
    assert_eq!(answer.header("content-type"), Some("image/jpeg"));
    assert_eq!(answer.header("cache-control"), Some("private, max-age=31536000, immutable"));
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    assert_eq!(sees(&server, &[], &first).await.0.status, 404, "nobody signed in");

    let second = gives(&server, &alice, "/api/me/avatar", &picture(green)).await.unwrap();
    assert_eq!(hears(&mut phone).await, json!([{"userId": alice.id(), "avatar": second}]));
    assert_eq!(status(&server, &bob, &first).await, 404);
    let (_, seen) = sees(&server, &[&token], &second).await;
    assert!(is_near(seen.unwrap().2, green));

    assert_eq!(takes_away(&server, &alice, "/api/me/avatar").await, 204);
    assert_eq!(hears(&mut phone).await, json!([{"userId": alice.id()}]));
    assert_eq!(status(&server, &bob, &second).await, 404);
    assert_eq!(named(&server, &bob, &who).await, json!({"people": [], "rooms": []}));
    assert_eq!(takes_away(&server, &alice, "/api/me/avatar").await, 204, "there is none");
}

#[tokio::test]
async fn who_gives_which_picture() {
    let (server, alice, bob) = conversation().await;
    let (guest, admin) = (server.enter("Gus").await, server.enter("Adam").await);
    for (person, role) in [(&alice, "NULL"), (&bob, "'moderator'"), (&admin, "'admin'")] {
        promote(&server, person, role);
    }
    let image = picture([0, 0, 250]);
    assert_eq!(gives(&server, &guest, "/api/me/avatar", &image).await, Err(403));
    assert_eq!(gives(&server, &bob, "/api/admin/avatar", &image).await, Err(403));
    let of_server = gives(&server, &admin, "/api/admin/avatar", &image).await.unwrap();
    let access = request(server.address, "GET /api/access", &[], "").await;
    assert!(access.body.contains(&format!(r#""avatar":"{of_server}""#)), "{access:?}");
    assert_eq!(sees(&server, &[], &of_server).await.0.status, 200, "it is there before one signs in");
    assert_eq!(named(&server, &guest, "").await["server"], json!(of_server));

    // A room's picture is for those who find the room.
    let headers = [&*bearer(&alice), "content-type: application/json"];
    let den = json!({"title": "Den", "kind": "private"}).to_string();
    let den = request(server.address, "POST /api/rooms", &headers, &den).await;
    let room = serde_json::from_str::<Value>(&den.body).unwrap()["room"].clone();
    let path = format!("/api/rooms/{room}/avatar");
    assert_eq!(gives(&server, &admin, &path, &image).await, Err(404));
    let of_room = gives(&server, &alice, &path, &image).await.unwrap();
    assert_eq!(
        (status(&server, &alice, &of_room).await, status(&server, &admin, &of_room).await),
        (200, 404)
    );
    let query = format!("rooms={room}");
    assert_eq!(named(&server, &alice, &query).await["rooms"], json!([{"room": room, "avatar": of_room}]));
    assert_eq!(named(&server, &admin, &query).await["rooms"], json!([]));
    assert_eq!(
        gives(&server, &alice, &format!("/api/rooms/{}/avatar", alice.room_id("general")), &image).await,
        Err(403)
    );

    // Moderators take away what members should not show, and not the other way round.
    let own = gives(&server, &alice, "/api/me/avatar", &image).await.unwrap();
    let of = |person: &Actor| format!("/api/admin/people/{}/avatar", person.id());
    assert_eq!(takes_away(&server, &alice, &of(&bob)).await, 403);
    assert_eq!(takes_away(&server, &bob, &of(&admin)).await, 403);
    assert_eq!(takes_away(&server, &bob, &of(&alice)).await, 204);
    assert_eq!(status(&server, &bob, &own).await, 404);
    let audit = request(server.address, "GET /api/admin/audit", &[&bearer(&admin)], "").await;
    assert!(audit.body.contains(r#""action":"avatarRemoved""#), "{audit:?}");
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_leaves_the_one_before() {
    let (server, alice, bob) = conversation().await;
    promote(&server, &alice, "NULL");
    let image = picture([0, 0, 250]);
    let first = gives(&server, &alice, "/api/me/avatar", &image).await.unwrap();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>";
    for wrong in [&b""[..], b"hello", svg, &image[..900]] {
        assert_eq!(gives(&server, &alice, "/api/me/avatar", wrong).await, Err(400), "{}", wrong.len());
    }
    assert_eq!(gives(&server, &alice, "/api/me/avatar", &vec![b'x'; 9_000_000]).await, Err(413));
    assert_eq!(status(&server, &bob, &first).await, 200);
    let coming = server.database().count("SELECT count(*) FROM avatars WHERE state = 'coming'");
    assert_eq!(coming, 0);
}

#[tokio::test]
async fn with_an_account_goes_its_picture() {
    let (server, alice, bob) = conversation().await;
    promote(&server, &alice, "NULL");
    let name = gives(&server, &alice, "/api/me/avatar", &picture([0, 0, 250])).await.unwrap();
    let blobs = server.folder().join("files/blobs");
    let kept = || walk(&blobs);
    assert_eq!(kept(), 2, "a whole one and a small one");
    let mut phone = RawSocket::signed_in(server.address, &bob.session.token).await;
    let password = json!({"password": "", "messages": "keep"}).to_string();
    let headers = [&*bearer(&alice), "content-type: application/json"];
    let ended = request(server.address, "DELETE /api/me", &headers, &password).await;
    assert_eq!(ended.status, 204, "{ended:?}");
    assert_eq!(hears(&mut phone).await, json!([{"userId": alice.id()}]));
    assert_eq!(status(&server, &bob, &name).await, 404);
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(50));
    within("the end of the bytes", async {
        while kept() > 0 {
            looks.tick().await;
        }
    })
    .await;
}

/// How many files are below a folder.
fn walk(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let of = |path: std::path::PathBuf| if path.is_dir() { walk(&path) } else { 1 };
    entries.map(|entry| of(entry.unwrap().path())).sum()
}

#[tokio::test]
async fn a_picture_given_at_one_node_is_told_and_read_at_another() {
    let server = Server::of_nodes(2).await;
    let (alice, bob) = (server.enter_at(0, "Alice").await, server.enter_at(1, "Bob").await);
    promote(&server, &alice, "NULL");
    let mut phone = RawSocket::signed_in(server.address_of(1), &bob.session.token).await;
    let line = "PUT /api/me/avatar";
    let (answer, body) =
        request_of_bytes(server.address_of(0), line, &[&bearer(&alice)], &picture([0, 0, 250])).await;
    assert_eq!(answer.status, 201);
    let given: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(hears(&mut phone).await, json!([{"userId": alice.id(), "avatar": given["avatar"]}]));
    for node in 0..2 {
        let line = format!("GET /files/avatars/{}", given["avatar"].as_str().unwrap());
        let (answer, _) = request_of_bytes(server.address_of(node), &line, &[&bearer(&bob)], b"").await;
        assert_eq!(answer.status, 200);
    }
}
