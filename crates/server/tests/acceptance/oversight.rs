//! What those do who run the server.

use crate::support::{Actor, Answer, Server, request, within};
use chinwag_client::End;
use serde_json::{Value, json};
use std::time::Duration;

async fn rest(server: &Server, person: &Actor, line: &str, body: &str) -> Answer {
    let token = format!("authorization: Bearer {}", person.session.token);
    request(server.address, line, &[&token, "content-type: application/json"], body).await
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"))
}

/// Makes somebody a member with a role on the server.
fn promote(server: &Server, person: &Actor, role: &str) {
    let sql = format!("UPDATE users SET kind = 'member', role = {role} WHERE id = {}", person.id());
    server.database().execute(&sql);
}

#[tokio::test]
async fn admins_see_everybody_and_say_who_keeps_order() {
    let server = Server::start().await;
    let (owner, admin, member, guest) = (
        server.enter("Olga").await,
        server.enter("Adam").await,
        server.enter("Mia").await,
        server.enter("Gus").await,
    );
    promote(&server, &owner, "'owner'");
    promote(&server, &admin, "'admin'");
    promote(&server, &member, "NULL");
    for nobody in [&member, &guest] {
        assert_eq!(rest(&server, nobody, "GET /api/admin/people", "").await.status, 403);
    }
    let people = read(&rest(&server, &admin, "GET /api/admin/people?limit=2", "").await);
    assert_eq!(people["people"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&people["people"][0]["name"], &people["people"][0]["role"]),
        (&json!("Olga"), &json!("owner"))
    );
    let next = format!("GET /api/admin/people?after={}", people["people"][1]["userId"]);
    let names = |page: &Value| {
        page["people"].as_array().unwrap().iter().map(|person| person["name"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&read(&rest(&server, &admin, &next, "").await)), ["Mia", "Gus"]);
    assert_eq!(names(&read(&rest(&server, &admin, "GET /api/admin/people?q=mi", "").await)), ["Mia"]);

    let set = async |by: &Actor, of: &Actor, role: Value| {
        let line = format!("PUT /api/admin/people/{}/role", of.id());
        rest(&server, by, &line, &json!({ "role": role }).to_string()).await.status
    };
    assert_eq!(set(&admin, &member, json!("moderator")).await, 204);
    assert_eq!(set(&member, &guest, json!("moderator")).await, 403);
    assert_eq!(set(&admin, &guest, json!("moderator")).await, 404, "a guest has no account of its own");
    assert_eq!(set(&admin, &member, json!("admin")).await, 403);
    assert_eq!(set(&admin, &owner, Value::Null).await, 403);
    assert_eq!(set(&admin, &admin, json!("owner")).await, 403);
    assert_eq!(set(&owner, &owner, Value::Null).await, 403);
    assert_eq!(set(&owner, &member, json!("admin")).await, 204);
    assert_eq!(rest(&server, &member, "GET /api/admin/people", "").await.status, 200);
    assert_eq!(set(&owner, &member, Value::Null).await, 204);
    assert_eq!(rest(&server, &member, "GET /api/admin/people", "").await.status, 403);
    let audit = read(&rest(&server, &owner, "GET /api/admin/audit", "").await);
    assert_eq!(audit["entries"][0]["action"], "serverRoleChanged");
    assert_eq!(audit["entries"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn whoever_comes_is_in_the_first_rooms() {
    let server = Server::start().await;
    let (admin, before) = (server.enter("Adam").await, server.enter("Bea").await);
    promote(&server, &admin, "'admin'");
    let tea = admin.create_room("tea", "Tea", "").await.unwrap().room;
    let den = admin.create_private_room("Den", &[]).await.unwrap().room;
    let set = async |by: &Actor, method: &str, room: i64| {
        rest(&server, by, &format!("{method} /api/admin/first-rooms/{room}"), "").await.status
    };
    assert_eq!(set(&before, "PUT", tea).await, 403);
    assert_eq!(set(&admin, "PUT", den).await, 403, "a private room is not for everybody");
    assert_eq!(set(&admin, "PUT", 404_404).await, 404);
    assert_eq!(set(&admin, "PUT", tea).await, 204);
    let listed = read(&rest(&server, &admin, "GET /api/admin/first-rooms", "").await);
    assert_eq!(listed, json!({"rooms": [{"room": tea, "title": "Tea"}]}));

    let is_there = async |person: &Actor| {
        let rooms = read(&rest(&server, person, "GET /api/rooms", "").await);
        let tea =
            rooms["rooms"].as_array().unwrap().iter().find(|room| room["room"] == tea).cloned().unwrap();
        tea["role"] == "member"
    };
    let guest = server.enter("Gus").await;
    assert!(is_there(&guest).await);
    assert!(!is_there(&before).await, "who was here before joins by oneself");
    let account = r#"{"name": "Mia", "password": "correct horse battery"}"#;
    let made =
        request(server.address, "POST /api/accounts", &["content-type: application/json"], account).await;
    assert_eq!(made.status, 201, "{made:?}");
    let members = read(&rest(&server, &admin, &format!("GET /api/rooms/{tea}/members"), "").await);
    let names: Vec<_> =
        members["members"].as_array().unwrap().iter().map(|person| person["name"].clone()).collect();
    assert!(names.contains(&json!("Mia")) && names.contains(&json!("Gus")), "{names:?}");

    assert_eq!(set(&admin, "DELETE", tea).await, 204);
    assert!(!is_there(&server.enter("Zoe").await).await);
}

#[tokio::test]
async fn who_is_banned_from_the_server_is_cut_off_and_does_not_come_back() {
    let server = Server::start().await;
    let (moderator, guest) = (server.enter("Mia").await, server.enter("Gus").await);
    promote(&server, &moderator, "'moderator'");
    guest.joins("general").await;
    guest.says("general", "buy this").await;
    let account = r#"{"name": "Ida", "password": "correct horse battery"}"#;
    let json = ["content-type: application/json"];
    let made = read(&request(server.address, "POST /api/accounts", &json, account).await);
    let ida = made["user"]["userId"].as_i64().unwrap();
    let ban = async |by: &Actor, user: i64| {
        let reason = r#"{"reason": "Spam"}"#;
        rest(&server, by, &format!("PUT /api/admin/bans/{user}"), reason).await.status
    };
    assert_eq!(ban(&guest, moderator.id()).await, 403);
    assert_eq!(ban(&moderator, guest.id()).await, 204);
    // It was acked when nothing reaches the guest any more.
    assert_eq!(rest(&server, &guest, "GET /api/rooms", "").await.status, 401);
    assert!(matches!(within("the end", guest.ended()).await, End::Dismissed { code: 4101, .. }));
    assert_eq!(ban(&moderator, ida).await, 204);
    let refused = request(server.address, "POST /api/session", &json, account).await;
    assert_eq!(refused.status, 403, "{refused:?}");
    let error = read(&refused);
    assert_eq!(error["code"], "banned", "{error}");
    assert_eq!(error["message"], "You are banned from this server: Spam.");
    let wrong = r#"{"name": "Ida", "password": "wrong horse battery"}"#;
    assert_eq!(request(server.address, "POST /api/session", &json, wrong).await.status, 401);

    let listed = read(&rest(&server, &moderator, "GET /api/admin/bans", "").await);
    assert_eq!(listed["bans"][0]["user"]["name"], "Ida");
    assert_eq!(listed["bans"][1]["reason"], "Spam");
    let unban = format!("DELETE /api/admin/bans/{ida}");
    assert_eq!(rest(&server, &moderator, &unban, "").await.status, 204);
    assert_eq!(request(server.address, "POST /api/session", &json, account).await.status, 201);
}

#[tokio::test]
async fn admins_see_the_rooms_and_how_the_server_is_set_up() {
    let server = Server::start().await;
    let (admin, member) = (server.enter("Adam").await, server.enter("Mia").await);
    promote(&server, &admin, "'admin'");
    member.create_room("tea", "Tea house", "").await.unwrap();
    member.create_private_room("Den of Mia", &[]).await.unwrap();
    let den = admin.create_private_room("Den of Adam", &[]).await.unwrap().room;
    member.client().open_direct(&[admin.id()]).await.unwrap();
    for path in ["rooms", "settings"] {
        assert_eq!(rest(&server, &member, &format!("GET /api/admin/{path}"), "").await.status, 403);
    }
    let rooms = read(&rest(&server, &admin, "GET /api/admin/rooms", "").await);
    let titles: Vec<_> =
        rooms["rooms"].as_array().unwrap().iter().map(|room| room["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["General", "Tech", "Random", "Tea house", "Den of Adam"]);
    let found = read(&rest(&server, &admin, "GET /api/admin/rooms?q=tea", "").await);
    let tea = &found["rooms"][0];
    assert_eq!(
        (&tea["kind"], &tea["slug"], &tea["members"], &tea["creator"]["name"], &tea["archived"]),
        (&json!("public"), &json!("tea"), &json!(1), &json!("Mia"), &json!(false))
    );
    let next = format!("GET /api/admin/rooms?limit=1&after={}", den - 1);
    assert_eq!(read(&rest(&server, &admin, &next, "").await)["rooms"][0]["room"], den);

    // A node sees another one when it renews its lease.
    let settings = within("the number of nodes", async {
        loop {
            let settings = read(&rest(&server, &admin, "GET /api/admin/settings", "").await);
            if settings["nodes"] == server.node_count() {
                return settings;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let settings = settings["settings"].as_array().unwrap();
    assert!(settings.contains(&json!({"name": "access", "value": "open"})), "{settings:?}");
    assert!(settings.contains(&json!({"name": "guests", "value": "on"})), "{settings:?}");
}
