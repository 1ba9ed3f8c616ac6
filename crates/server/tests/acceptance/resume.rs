//! A client that comes back gets what it missed: everything, in order, once.

use crate::support::{Actor, GENERAL, Proxy, RawSocket, Server, texts, within};
use chinwag_client::protocol::{LogBody, LogEvent, MemberBody, MessageBody};
use futures_util::future::join_all;
use serde_json::json;
use std::sync::atomic::{AtomicBool, Ordering};

/// A server on which Alice is in `general`, and Bob, who comes through a proxy.
async fn apart(replay_limit: u32) -> (Server, Proxy, Actor, Actor) {
    let server = Server::with(|config| config.replay_limit = replay_limit).await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter("Alice").await;
    let bob = server.enter_through(&proxy.url(), "Bob").await;
    alice.joins("general").await;
    bob.joins("general").await;
    (server, proxy, alice, bob)
}

async fn write(person: &Actor, count: usize) {
    let messages = (0..count).map(|number| {
        let client = (**person).clone();
        async move { client.send(GENERAL, &number.to_string()).await.unwrap() }
    });
    within("the acks", join_all(messages)).await;
}

async fn survives_a_gap_of(count: usize) {
    let (server, proxy, alice, bob) = apart(10_000).await;
    proxy.close();
    bob.is_offline().await;
    write(&alice, count).await;
    proxy.open();
    bob.has_the_log(&server.database(), "general").await;
    assert_eq!(texts(&bob.view().room("general").log).len(), count);
    bob.until("the end of the replay", |view| view.room("general").resumed_to >= count as i64).await;
    assert_eq!(bob.view().resets, 0);

    // And it is live again.
    alice.says("general", "welcome back").await;
    bob.sees("general", "welcome back").await;
    bob.has_no_complaints();
    alice.has_no_complaints();
}

#[tokio::test]
async fn a_gap_of_1() {
    survives_a_gap_of(1).await;
}

#[tokio::test]
async fn a_gap_of_41() {
    survives_a_gap_of(41).await;
}

#[tokio::test]
async fn gaps_around_the_size_of_a_page() {
    for count in [49, 50, 51] {
        survives_a_gap_of(count).await;
    }
}

#[tokio::test]
async fn a_gap_of_5000() {
    survives_a_gap_of(5_000).await;
}

#[tokio::test]
async fn joins_leaves_and_renames_during_the_gap() {
    let (server, proxy, alice, bob) = apart(10_000).await;
    proxy.close();
    bob.is_offline().await;
    let carol = server.enter("Carol").await;
    carol.joins("general").await;
    carol.says("general", "hi").await;
    alice.rename("Alicia").await.unwrap();
    carol.leave("general").await.unwrap();
    alice.says("general", "bye").await;
    proxy.open();
    bob.has_the_log(&server.database(), "general").await;
    let view = bob.view();
    let [.., joined, said, renamed, left, last] = view.room("general").log.as_slice() else {
        panic!("events are missing")
    };
    assert!(
        matches!(joined, LogEvent { body: LogBody::Member(MemberBody::MemberJoined { .. }), header } if header.name == "Carol")
    );
    assert!(
        matches!(said, LogEvent { body: LogBody::Message(MessageBody::Message { text, .. }), .. } if text == "hi")
    );
    assert!(
        matches!(renamed, LogEvent { body: LogBody::Member(MemberBody::MemberRenamed { old_name, .. }), header } if (old_name.as_str(), header.name.as_str()) == ("Alice", "Alicia"))
    );
    assert!(
        matches!(left, LogEvent { body: LogBody::Member(MemberBody::MemberLeft { .. }), header } if header.name == "Carol")
    );
    assert!(
        matches!(last, LogEvent { body: LogBody::Message(MessageBody::Message { .. }), header } if header.name == "Alicia")
    );
    bob.has_no_complaints();
}

/// The moment between replay and live events comes for ten people twenty times.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writing_goes_on_while_clients_catch_up() {
    const ROUNDS: usize = 20;
    let (server, proxy, alice, bob) = apart(1_000_000).await;
    let mut people = vec![bob];
    for number in 1..10 {
        let person = server.enter_through(&proxy.url(), &format!("Guest {number}")).await;
        person.joins("general").await;
        people.push(person);
    }
    let done = AtomicBool::new(false);
    // Several who write one by one make more and smaller commits than one who writes many at once.
    let writing = join_all((0..4).map(async |_| {
        while !done.load(Ordering::Relaxed) {
            write(&alice, 1).await;
        }
    }));
    let cutting = async {
        for round in 1..=ROUNDS {
            proxy.cut();
            for person in &people {
                person.until("the next connection", |view| view.connections > round).await;
            }
        }
        done.store(true, Ordering::Relaxed);
    };
    tokio::join!(writing, cutting);
    for person in &people {
        person.has_the_log(&server.database(), "general").await;
        assert_eq!(person.view().resets, 0);
        person.has_no_complaints();
    }
}

#[tokio::test]
async fn leaving_and_joining_on_another_device_during_the_gap() {
    let (server, proxy, alice, bob) = apart(10_000).await;
    proxy.close();
    bob.is_offline().await;
    let phone = Actor::connect(&server.url(), bob.session.clone()).await;
    phone.leave("general").await.unwrap();
    alice.says("general", "is Bob here?").await;
    phone.joins("general").await;
    proxy.open();
    alice.says("general", "there he is").await;
    bob.has_the_log(&server.database(), "general").await;
    bob.has_no_complaints();

    // One who has left for good is told so.
    proxy.close();
    bob.is_offline().await;
    phone.leave("general").await.unwrap();
    proxy.open();
    bob.until("the room to be gone", |view| view.gone == ["general"]).await;
    bob.has_no_complaints();
}

#[tokio::test]
async fn up_to_the_replay_limit_everything_comes_and_above_it_a_snapshot() {
    for (gap, resets) in [(60, 0), (61, 1)] {
        let (server, proxy, alice, bob) = apart(60).await;
        alice.says("general", "before").await;
        bob.sees("general", "before").await;
        proxy.close();
        bob.is_offline().await;
        write(&alice, gap).await;
        proxy.open();
        bob.has_the_log(&server.database(), "general").await;
        assert_eq!(bob.view().resets, resets, "after a gap of {gap}");
        alice.says("general", "live").await;
        bob.sees("general", "live").await;
        bob.has_the_log(&server.database(), "general").await;
        if resets == 1 {
            let view = bob.view();
            let expected: Vec<_> = (11..61).map(|number: i32| number.to_string()).collect();
            assert_eq!(texts(&view.room("general").snapshot), expected, "the last 50 come with the reset");
            assert_eq!(texts(&view.room("general").log), ["live"]);
        }
        bob.has_no_complaints();
    }
}

#[tokio::test]
async fn a_place_that_the_log_does_not_have_is_reset() {
    let (server, _proxy, alice, _bob) = apart(60).await;
    for seq in [-1, 3, i64::MAX, i64::MIN] {
        let mut raw = RawSocket::open(server.address).await;
        let hello = json!({"type": "hello", "ref": "a", "token": alice.session.token, "rooms": {"1": seq}});
        raw.say(&hello.to_string()).await;
        raw.reply("a").await;
        let frame = raw.next_text().await;
        assert_eq!((&frame["type"], &frame["headSeq"]), (&json!("reset"), &json!(2)), "after {seq}");
    }
    assert_eq!(server.metric("chinwag_resets_total").await, 2.0, "who had seen nothing has lost nothing");
}

#[tokio::test]
async fn a_fresh_view_is_for_members_and_goes_on_live() {
    let (server, _proxy, alice, _bob) = apart(60).await;
    alice.says("general", "before").await;
    let carol = server.sign_in("Carol").await;
    let hello =
        |token: &str| json!({"type": "hello", "ref": "a", "token": token, "rooms": {"1": -1}}).to_string();
    let mut stranger = RawSocket::open(server.address).await;
    stranger.say(&hello(&carol.token)).await;
    stranger.reply("a").await;
    let gone = stranger.next_text().await;
    assert_eq!(gone, json!({"type": "roomGone", "room": 1}));

    let mut member = RawSocket::open(server.address).await;
    member.say(&hello(&alice.session.token)).await;
    member.reply("a").await;
    let reset = member.next_text().await;
    assert_eq!(reset["messages"][0]["text"], "before", "{reset}");
    let resumed = member.next_text().await;
    assert_eq!(resumed["type"], "resumed", "{resumed}");
    alice.says("general", "after").await;
    let message = loop {
        let frame = member.next_text().await;
        // Who came meanwhile may be told first.
        if frame["type"] == "message" {
            break frame;
        }
    };
    assert_eq!(message["text"], "after", "{message}");
}

#[tokio::test]
async fn a_room_that_took_the_slug_of_another_meanwhile_is_another_room() {
    let (_server, proxy, alice, bob) = apart(10_000).await;
    alice.create_room("coffee", "Coffee", "").await.unwrap();
    bob.joins("coffee").await;
    let last = alice.says("coffee", "the old one").await;
    bob.reaches("coffee", last).await;
    proxy.close();
    bob.is_offline().await;
    alice.delete_room("coffee").await.unwrap();
    alice.create_room("coffee", "Coffee", "").await.unwrap();
    alice.joins("coffee").await;
    alice.says("coffee", "the new one").await;
    proxy.open();
    bob.until("the end of the old room", |view| view.gone == ["coffee"]).await;
    bob.joins("coffee").await;
    bob.sees("coffee", "the new one").await;
    alice.says("coffee", "live").await;
    bob.sees("coffee", "live").await;
    bob.has_no_complaints();
}

#[tokio::test]
async fn joining_again_without_messages_passes_over_nothing() {
    // What is told with the next turn of presence is on its way for as long as the test needs.
    let server = Server::with(|config| config.tick_ms = 60_000).await;
    let alice = server.sign_in("Alice").await;
    let mut raw = RawSocket::signed_in(server.address, &alice.token).await;
    let join = |reference: &str| json!({"type": "join", "ref": reference, "room": 1, "limit": 0});
    raw.say(&join("first").to_string()).await;
    let first = raw.reply("first").await;
    let bob = server.enter("Bob").await;
    bob.joins("general").await;
    raw.say(&join("again").to_string()).await;
    // The answer comes where its numbers are true: behind what it counts, before what it does not.
    let known = |field: &str| first[field].as_i64().unwrap();
    let event = raw.next_text().await;
    assert_eq!(event["type"], "memberJoined", "{event}");
    assert_eq!(event["seq"], known("headSeq") + 1, "{event}");
    let again = raw.next_text().await;
    assert_eq!(again["type"], "joined", "{again}");
    assert_eq!(again["headSeq"], known("headSeq") + 1, "{again}");
    assert_eq!(again["memberCount"], known("memberCount") + 1, "{again}");
    bob.says("general", "Hello").await;
    let event = raw.next_text().await;
    assert_eq!(event["type"], "message", "{event}");
    assert_eq!(event["seq"], known("headSeq") + 2, "{event}");
}
