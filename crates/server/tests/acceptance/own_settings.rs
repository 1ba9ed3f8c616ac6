//! What people set for themselves, by REST, and what their other devices learn of it.

use crate::support::{Actor, Answer, Server, conversation, request};
use serde_json::{Value, json};

async fn rest(server: &Server, person: &Actor, line: &str, body: &Value) -> Answer {
    let token = format!("authorization: Bearer {}", person.session.token);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    request(server.address, line, &[&token, "content-type: application/json"], &body).await
}

async fn settings(server: &Server, person: &Actor) -> Value {
    let answer = rest(server, person, "GET /api/settings", &Value::Null).await;
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{answer:?}"))
}

#[tokio::test]
async fn settings_are_the_persons_on_all_devices_and_over_a_restart() {
    let (mut server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    let general = alice.room_id("general");
    assert_eq!(settings(&server, &alice).await["revision"], 0);
    let wish = json!({"revision": 0, "settings": {
        "look": {"theme": "dark", "hours": "24"},
        "notifications": {"level": "all", "keywords": ["tea"], "quiet": {"from": 1320, "to": 420, "zone": "Europe/Berlin"}},
    }});
    assert_eq!(rest(&server, &alice, "PUT /api/settings", &wish).await.status, 200);
    let again = rest(&server, &alice, "PUT /api/settings", &wish).await;
    assert_eq!((again.status, again.body.contains("settings_changed")), (409, true), "{again:?}");
    let mute = json!({"level": "mentions", "mutedUntil": 253_402_300_799_000_i64});
    let line = format!("PUT /api/rooms/{general}/notifications");
    assert_eq!(rest(&server, &alice, &line, &mute).await.body, r#"{"revision":2}"#);
    phone.until("both changes", |view| view.settings.last() == Some(&2)).await;
    server.restart().await;
    let own = settings(&server, &alice).await;
    assert_eq!(own["revision"], 2);
    assert_eq!(own["settings"]["look"], json!({"theme": "dark", "hours": "24"}));
    assert_eq!(own["settings"]["notifications"]["keywords"], json!(["tea"]));
    assert_eq!(own["settings"]["notifications"]["volume"], 60, "what was not said is as by itself");
    assert_eq!(
        own["rooms"],
        json!([{"room": general, "level": "mentions", "mutedUntil": 253_402_300_799_000_i64}])
    );
    assert_eq!(settings(&server, &bob).await["revision"], 0, "it is nobody else's business");
}

#[tokio::test]
async fn what_the_schema_does_not_know_is_refused() {
    let (server, alice, _bob) = conversation().await;
    let general = alice.room_id("general");
    for settings in [
        json!({"look": {"theme": "pink"}}),
        json!({"look": {"background": "cat.png"}}),
        json!({"notifications": {"volume": 200}}),
        json!({"notifications": {"keywords": ["tea", "Tea"]}}),
        json!({"notifications": {"quiet": {"from": 5, "to": 5, "zone": "UTC"}}}),
        json!([]),
        json!({"look": []}),
        json!({"privacy": {"shareReads": "no"}}),
    ] {
        let wish = json!({"revision": 0, "settings": settings});
        let answer = rest(&server, &alice, "PUT /api/settings", &wish).await;
        assert_eq!(answer.status, 400, "{wish}: {answer:?}");
    }
    for wish in [json!({"level": "some"}), json!({"mutedUntil": -1}), json!({"mute": true})] {
        let line = format!("PUT /api/rooms/{general}/notifications");
        assert_eq!(rest(&server, &alice, &line, &wish).await.status, 400, "{wish}");
    }
    assert_eq!(settings(&server, &alice).await["revision"], 0);
}

#[tokio::test]
async fn who_does_not_share_how_far_rooms_are_read_is_nobodys_reader() {
    let (server, alice, bob) = conversation().await;
    let general = alice.room_id("general");
    let hidden = json!({"revision": 0, "settings": {"privacy": {"shareReads": false}}});
    assert_eq!(rest(&server, &alice, "PUT /api/settings", &hidden).await.status, 200);
    let seq = bob.says("general", "who reads this?").await;
    alice.sees("general", "who reads this?").await;
    alice.read("general", seq).await.unwrap();
    let reads = |answer: String| serde_json::from_str::<serde_json::Value>(&answer).unwrap()["reads"].clone();
    let line = format!("GET /api/rooms/{general}/reads");
    let seen = rest(&server, &bob, &line, &json!(null)).await;
    assert_eq!((seen.status, reads(seen.body)), (200, json!([])));

    let shown = json!({"revision": 1, "settings": {"privacy": {"shareReads": true}}});
    assert_eq!(rest(&server, &alice, "PUT /api/settings", &shown).await.status, 200);
    let seen = rest(&server, &bob, &line, &json!(null)).await;
    let reader = &reads(seen.body)[0];
    assert_eq!((&reader["userId"], &reader["seq"]), (&json!(alice.id()), &json!(seq)));
    assert!(bob.view().seen.keys().all(|(_, user)| *user != alice.id()), "nothing is told of it live");
}
