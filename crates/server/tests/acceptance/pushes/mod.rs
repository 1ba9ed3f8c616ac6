//! Pushes to devices, by a push service of the test that reads what comes as a browser does.

mod service;

use crate::support::{Actor, Answer, Child, Server, request, within};
use chinwag_client::protocol::PresenceState;
use chinwag_client::sign_in;
use chinwag_server::Config;
use serde_json::{Value, json};
use service::PushService;
use std::net::SocketAddr;
use std::time::Duration;

/// The last time up to which a room may be muted.
const FOR_EVER: i64 = 253_402_300_799_000;

fn quick(config: &mut Config) {
    config.push_wait_ms = 300;
    config.push_loopback = true;
}

async fn rest(server: SocketAddr, person: &Actor, line: &str, body: &Value) -> Answer {
    let token = format!("authorization: Bearer {}", person.session.token);
    let body = if body.is_null() { String::new() } else { body.to_string() };
    request(server, line, &[&token, "content-type: application/json"], &body).await
}

/// Bob has a device and is not there; Alice is.
async fn absent_bob(server: &Server, service: &PushService) -> (Actor, Actor) {
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let answer = rest(
        server.address,
        &bob,
        "PUT /api/push/subscription",
        &service.subscription("https://chat.example/"),
    )
    .await;
    assert_eq!(answer.status, 204, "{answer:?}");
    bob.close().await;
    (alice, bob)
}

fn mention(person: &Actor, text: &str) -> String {
    format!("<@{}> {text}", person.id())
}

#[tokio::test]
async fn a_mention_is_pushed_to_whoever_is_elsewhere_once_and_sealed() {
    let (server, service) = (Server::with(quick).await, PushService::start().await);
    let (alice, bob) = absent_bob(&server, &service).await;
    let key: Value =
        serde_json::from_str(&rest(server.address, &bob, "GET /api/push", &Value::Null).await.body).unwrap();
    alice.says("general", "for everybody").await;
    let seq = alice.says("general", &mention(&bob, "tea is ready")).await;
    let push = service.next().await;
    assert_eq!(push.key, key["key"].as_str().unwrap());
    assert_eq!(push.headers["topic"], format!("room-{}", bob.room_id("general")));
    assert_eq!(push.headers["ttl"], "86400");
    assert_eq!(push.headers["urgency"], "high");
    assert_eq!(push.headers["content-encoding"], "aes128gcm");
    let told = &push.body["notification"];
    assert_eq!(push.body["web_push"], 8030);
    assert_eq!(told["title"], "Alice in #general");
    assert_eq!(told["body"], "New message", "the text is for those who asked for it");
    assert_eq!(told["navigate"], format!("https://chat.example/rooms/general/{seq}"));
    assert_eq!(told["silent"], false);
    // What would come by mistake comes before this.
    let wish =
        json!({"revision": 0, "settings": {"notifications": {"showText": true, "keywords": ["cake"]}}});
    assert_eq!(rest(server.address, &bob, "PUT /api/settings", &wish).await.status, 200);
    alice.says("general", "who wants cake?").await;
    let told = service.next().await.body["notification"].clone();
    assert_eq!(told["body"], "who wants cake?");
    let state: Value =
        serde_json::from_str(&rest(server.address, &bob, "GET /api/push", &Value::Null).await.body).unwrap();
    assert!(state["pushedAt"].is_i64(), "{state}");
}

#[tokio::test]
async fn what_was_read_deleted_or_muted_meanwhile_is_not_pushed() {
    let server = Server::with(|config| {
        quick(config);
        // Long enough for all that has to happen meanwhile.
        config.push_wait_ms = 4_000;
    })
    .await;
    let service = PushService::start().await;
    let (alice, bob) = absent_bob(&server, &service).await;
    let general = bob.room_id("general");
    let read = alice.says("general", &mention(&bob, "read")).await;
    let line = format!("PUT /api/rooms/{general}/read");
    assert_eq!(rest(server.address, &bob, &line, &json!({"seq": read})).await.status, 204);
    let deleted = alice.says("general", &mention(&bob, "deleted")).await;
    alice.client().delete_message(general, deleted).await.unwrap();
    let kept = alice.says("general", &mention(&bob, "kept")).await;
    let direct = alice.client().open_direct(&[bob.id()]).await.unwrap().room;
    alice.client().send(direct, "muted").await.unwrap();
    let line = format!("PUT /api/rooms/{direct}/notifications");
    assert_eq!(rest(server.address, &bob, &line, &json!({"mutedUntil": FOR_EVER})).await.status, 200);
    let push = service.next().await;
    let told = &push.body["notification"];
    assert_eq!(told["navigate"], format!("https://chat.example/rooms/general/{kept}"));
    assert_eq!(told["body"], "New message", "it is one");
    assert_eq!(rest(server.address, &bob, &line, &json!({})).await.status, 200);
    let last = alice.client().send(direct, "just you").await.unwrap().seq;
    let push = service.next().await;
    assert_eq!(push.body["notification"]["title"], "Alice");
    assert_eq!(push.headers["topic"], format!("room-{direct}"));
    assert!(push.body["notification"]["navigate"].as_str().unwrap().ends_with(&format!("/~{direct}/{last}")));
}

#[tokio::test]
async fn whoever_is_at_another_device_needs_no_push() {
    let server = Server::with(quick).await;
    let (service, of_kim) = (PushService::start().await, PushService::start().await);
    let (alice, bob) = absent_bob(&server, &service).await;
    let kim = server.enter("Kim").await;
    kim.joins("general").await;
    let subscription = of_kim.subscription("https://chat.example/");
    rest(server.address, &kim, "PUT /api/push/subscription", &subscription).await;
    kim.close().await;
    let phone = Actor::connect(&server.url(), bob.session.clone()).await;
    phone.joins("general").await;
    alice.says("general", &format!("<@{}> and <@{}>", bob.id(), kim.id())).await;
    of_kim.next().await;
    phone.presence(PresenceState::Away).await.unwrap();
    let last = alice.says("general", &mention(&bob, "while you are away")).await;
    let push = service.next().await;
    let told = &push.body["notification"];
    assert!(told["navigate"].as_str().unwrap().ends_with(&format!("/{last}")), "{told}");
    assert_eq!(told["body"], "New message", "that is the first one");
}

#[tokio::test]
async fn a_service_that_is_busy_is_asked_again_and_a_dead_browser_is_forgotten() {
    let (server, service) = (Server::with(quick).await, PushService::start().await);
    let (alice, bob) = absent_bob(&server, &service).await;
    service.answers(&[(429, "1"), (503, "1"), (201, "")]);
    alice.says("general", &mention(&bob, "again and again")).await;
    let tries = [service.next().await, service.next().await, service.next().await];
    assert!(tries.iter().all(|push| push.body == tries[0].body));
    service.answers(&[(410, "")]);
    alice.says("general", &mention(&bob, "gone")).await;
    service.next().await;
    within("the end of the subscription", async {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        loop {
            looks.tick().await;
            let state = rest(server.address, &bob, "GET /api/push", &Value::Null).await.body;
            if !state.contains("endpoint") {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_sign_out_ends_it_and_a_press_tests_it() {
    let (server, service) = (Server::with(quick).await, PushService::start().await);
    let (alice, bob) = absent_bob(&server, &service).await;
    let test = rest(server.address, &bob, "POST /api/push/test", &Value::Null).await;
    assert_eq!(test.body, r#"{"taken":true}"#, "{test:?}");
    assert_eq!(service.next().await.body["notification"]["title"], "Chinwag");
    let other = server.enter("Kim").await;
    other.joins("general").await;
    // Another account in the same browser takes its place.
    let line = "PUT /api/push/subscription";
    let subscription = service.subscription("https://chat.example/");
    assert_eq!(rest(server.address, &other, line, &subscription).await.status, 204);
    let state = rest(server.address, &bob, "GET /api/push", &Value::Null).await.body;
    assert!(!state.contains("endpoint"), "{state}");
    // What ends the sign-in ends this: nothing comes but what is for the one who is signed in.
    assert_eq!(rest(server.address, &other, "DELETE /api/session", &Value::Null).await.status, 204);
    alice.says("general", &mention(&other, "nobody is there")).await;
    assert_eq!(rest(server.address, &bob, line, &subscription).await.status, 204);
    alice.says("general", &mention(&bob, "somebody is there")).await;
    let push = service.next().await;
    assert_eq!(push.headers["topic"], format!("room-{}", bob.room_id("general")));
}

#[tokio::test]
async fn nothing_near_is_called_for_anybody() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    let service = PushService::start().await;
    let mut subscription = service.subscription("https://chat.example/");
    for endpoint in [
        "http://127.0.0.1:80/x",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://169.254.169.254/x",
        "https://10.0.0.1/",
        "x",
    ] {
        subscription["endpoint"] = json!(endpoint);
        let answer = rest(server.address, &alice, "PUT /api/push/subscription", &subscription).await;
        assert_eq!(answer.status, 400, "{endpoint}: {answer:?}");
    }
    subscription["endpoint"] = json!("https://push.example.org/x");
    subscription["keys"]["p256dh"] = json!("AAAA");
    assert_eq!(rest(server.address, &alice, "PUT /api/push/subscription", &subscription).await.status, 400);
}

/// There is always something new to look at.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_goes_while_others_never_stop_talking() {
    let (server, service) = (Server::with(quick).await, PushService::start().await);
    let (alice, bob) = absent_bob(&server, &service).await;
    let busy = server.enter("Kim").await;
    busy.joins("tech").await;
    let talk = tokio::spawn(async move {
        for number in 0.. {
            busy.says("tech", &format!("and {number}")).await;
        }
    });
    for text in ["one", "two"] {
        let seq = alice.says("general", &mention(&bob, text)).await;
        let push = service.next().await;
        assert!(push.body["notification"]["navigate"].as_str().unwrap().ends_with(&format!("/{seq}")));
    }
    assert!(!talk.is_finished());
    talk.abort();
}

/// Between the commit of a message and its push a server may end at any moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_takes_no_push_away() {
    let data = tempfile::TempDir::new().unwrap();
    let service = PushService::start().await;
    let options = ["--push-wait-ms", "1500", "--push-loopback"];
    let server = Child::start(data.path(), &options).await;
    let alice = Actor::connect(&server.url(), sign_in(&server.url(), "Alice").await.unwrap()).await;
    let bob = Actor::connect(&server.url(), sign_in(&server.url(), "Bob").await.unwrap()).await;
    alice.joins("general").await;
    bob.joins("general").await;
    let subscription = service.subscription("https://chat.example/");
    let answer = rest(server.address, &bob, "PUT /api/push/subscription", &subscription).await;
    assert_eq!(answer.status, 204, "{answer:?}");
    bob.close().await;
    let seq = alice.says("general", &mention(&bob, "before the end")).await;
    server.kill().await;
    let _server = Child::start(data.path(), &options).await;
    let push = service.next().await;
    assert!(push.body["notification"]["navigate"].as_str().unwrap().ends_with(&format!("/{seq}")));
}
