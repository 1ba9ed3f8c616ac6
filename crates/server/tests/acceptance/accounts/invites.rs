use super::{Browser, PASSWORD};
use crate::support::Server;
use futures_util::future::join_all;
use serde_json::{Value, json};

#[tokio::test]
async fn by_one_invitation_no_more_come_than_it_says() {
    let server = Server::start().await;
    let mut alex = Browser::of_member(&server, "Alex").await;
    let invite = alex.does("POST /api/invites", json!({"uses": 25}), 201).await;
    let newcomers = (0..60).map(|number| {
        let (server, token) = (&server, invite["token"].clone());
        async move {
            let mut browser = Browser::new(server);
            // Guests come by it as well.
            let (line, body) = if number % 2 == 0 {
                ("POST /api/session", json!({"name": format!("Guest number {number}"), "invite": token}))
            } else {
                let name = format!("Member number {number}");
                ("POST /api/accounts", json!({"name": name, "password": PASSWORD, "invite": token}))
            };
            loop {
                let answer = browser.call_with(line, &[], body.clone()).await;
                if answer.status != 429 {
                    break (answer.status, answer.body);
                }
                // Too many hash a password at once; they come again.
                tokio::task::yield_now().await;
            }
        }
    });
    let answers = join_all(newcomers).await;
    let let_in = answers.iter().filter(|(status, _)| *status == 201).count();
    assert_eq!(let_in, 25, "{answers:?}");
    assert!(answers.iter().all(|(status, body)| *status == 201 || body.contains("invite_invalid")));
    let listed = alex.does("GET /api/invites", Value::Null, 200).await;
    assert_eq!((&listed["invites"][0]["used"], &listed["invites"][0]["token"]), (&json!(25), &Value::Null));
}

#[tokio::test]
async fn an_invitation_leads_into_its_rooms_and_one_that_is_not_good_nowhere() {
    // With SQLite, whatever the tests run on: the console finds the server by its data folder.
    let server = Server::start_on_sqlite().await;
    let mut owner = Browser::new(&server);
    let first = server.operator_invites("owner").await;
    owner
        .enters("POST /api/accounts", json!({"name": "Owner", "password": PASSWORD, "invite": first}), 201)
        .await;
    assert_eq!(owner.does("GET /api/session", Value::Null, 200).await["user"]["role"], "owner");
    let private = json!({"kind": "private", "title": "Plans"});
    let room = owner.does("POST /api/rooms", private, 201).await["room"].clone();
    let invite = owner.does("POST /api/invites", json!({"rooms": [room], "hours": 24}), 201).await;
    let token = invite["token"].as_str().unwrap();

    let mut sam = Browser::new(&server);
    let shown = sam.does(&format!("GET /api/join/{token}"), Value::Null, 200).await;
    assert_eq!((&shown["by"], &shown["rooms"]), (&json!("Owner"), &json!(["Plans"])));
    sam.enters("POST /api/accounts", json!({"name": "Sam", "password": PASSWORD, "invite": token}), 201)
        .await;
    sam.does(&format!("GET /api/rooms/{room}"), Value::Null, 200).await;
    // A member invites for a while, and not for ever, nor to what is not their own to open.
    sam.does("POST /api/invites", json!({}), 201).await;
    for wish in [json!({"uses": 101}), json!({"hours": 721}), json!({"role": "moderator"})] {
        sam.is_refused("POST /api/invites", wish, 403, "forbidden").await;
    }
    let secret = owner.does("POST /api/rooms", json!({"kind": "private", "title": "Secret"}), 201).await;
    let wish = json!({"rooms": [secret["room"]]});
    sam.is_refused("POST /api/invites", wish, 404, "room_not_found").await;
    owner.does("POST /api/invites", json!({"uses": 1000, "hours": 10_000, "role": "admin"}), 201).await;
    owner.is_refused("POST /api/invites", json!({"role": "owner"}), 403, "forbidden").await;

    // Whoever is in already joins by it as well.
    let mut kim = Browser::new(&server);
    let other = owner.does("POST /api/invites", json!({}), 201).await;
    let body = json!({"name": "Kim", "password": PASSWORD, "invite": other["token"]});
    kim.enters("POST /api/accounts", body, 201).await;
    kim.is_refused(&format!("GET /api/rooms/{room}"), Value::Null, 404, "room_not_found").await;
    kim.does(&format!("POST /api/join/{token}"), Value::Null, 204).await;
    kim.does(&format!("GET /api/rooms/{room}"), Value::Null, 200).await;

    // Withdrawn with all who came by it; what is not good any more looks as if it never was.
    let id = &invite["id"];
    sam.does(&format!("DELETE /api/invites/{id}"), Value::Null, 204).await;
    kim.does(&format!("GET /api/join/{token}"), Value::Null, 200).await;
    owner.does(&format!("DELETE /api/invites/{id}?undo=true"), Value::Null, 204).await;
    sam.is_refused("GET /api/me", Value::Null, 401, "unauthorized").await;
    kim.does("GET /api/me", Value::Null, 200).await;
    let gone = kim.is_refused(&format!("GET /api/join/{token}"), Value::Null, 403, "invite_invalid").await;
    let never = kim.is_refused("GET /api/join/cw_never", Value::Null, 403, "invite_invalid").await;
    assert_eq!(gone, never);
}
