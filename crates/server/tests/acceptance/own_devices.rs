//! One person at several devices.

use crate::support::{Actor, conversation, request};
use chinwag_client::protocol::{LogBody, LogEvent, MemberBody, PresenceState};
use serde_json::Value;

#[tokio::test]
async fn what_one_device_reads_and_joins_the_others_know() {
    let (server, alice, _bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    phone.joins("general").await;
    let seq = alice.says("general", "hi").await;
    phone.sees("general", "hi").await;
    phone.read("general", seq).await.unwrap();
    phone.join("tech", 0).await.unwrap();
    alice.until("the news of the phone", |view| view.memberships == [("tech".to_owned(), true)]).await;
    phone.leave("tech").await.unwrap();
    alice
        .until("the news of the leave", |view| view.memberships.last() == Some(&("tech".to_owned(), false)))
        .await;
    assert!(phone.view().memberships.is_empty(), "the device that did it knows already");
}

#[tokio::test]
async fn the_read_marker_is_told_to_the_other_devices() {
    let (server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    let seq = bob.says("general", "hi").await;
    phone.read("general", seq).await.unwrap();
    alice.until("the read marker", |view| view.read_marks.get("general") == Some(&seq)).await;
    assert!(phone.view().read_marks.is_empty());
    assert!(bob.view().read_marks.is_empty(), "what is unread to somebody is nobody else's business");
    let of_alice = ("general".to_owned(), alice.id());
    bob.until("how far Alice has read", |view| view.seen.get(&of_alice) == Some(&seq)).await;
}

#[tokio::test]
async fn what_is_marked_as_unread_is_so_on_all_devices() {
    let (server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    let general = alice.room_id("general");
    let first = bob.says("general", "one").await;
    let second = bob.says("general", "two").await;
    alice.read("general", second).await.unwrap();
    phone.until("the read marker", |view| view.read_marks.get("general") == Some(&second)).await;
    phone.client().mark_unread(general, first).await.unwrap();
    alice.until("the mark that went back", |view| view.read_marks.get("general") == Some(&(first - 1))).await;
    let unread = async || {
        let token = format!("authorization: Bearer {}", alice.session.token);
        let room = request(server.address, &format!("GET /api/rooms/{general}"), &[&token], "").await;
        let room: Value = serde_json::from_str(&room.body).unwrap();
        (room["readSeq"].as_i64(), room["unread"].as_i64())
    };
    assert_eq!(unread().await, (Some(first - 1), Some(2)));
    alice.read("general", first).await.unwrap();
    phone.until("the mark that goes on", |view| view.read_marks.get("general") == Some(&first)).await;
    assert_eq!(unread().await, (Some(first), Some(1)));
}

#[tokio::test]
async fn leaving_ends_the_room_on_all_devices() {
    let (server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    phone.joins("general").await;
    alice.leave("general").await.unwrap();
    let left = |event: &LogEvent| {
        matches!(event.body, LogBody::Member(MemberBody::MemberLeft { .. }))
            && event.header.user_id == phone.id()
    };
    phone.until("the leave", |view| view.room("general").log.last().is_some_and(left)).await;
    let last = bob.says("general", "are you there?").await;
    bob.reaches("general", last).await;
    // What would come by mistake comes before this.
    phone.joins("tech").await;
    phone.says("tech", "here").await;
    phone.sees("tech", "here").await;
    assert!(phone.view().room("general").head() < last);
    phone.has_no_complaints();
    alice.has_no_complaints();
}

#[tokio::test]
async fn a_person_is_online_when_one_device_is() {
    let (server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    phone.joins("general").await;
    let shows =
        |state| move |view: &crate::support::View| view.room("general").presence.get("Alice") == Some(&state);
    bob.until("Alice online", shows(PresenceState::Online)).await;
    alice.presence(PresenceState::Away).await.unwrap();
    phone.presence(PresenceState::Away).await.unwrap();
    bob.until("Alice away", shows(PresenceState::Away)).await;
    phone.presence(PresenceState::Online).await.unwrap();
    bob.until("Alice back", shows(PresenceState::Online)).await;
    phone.presence(PresenceState::Away).await.unwrap();
    bob.until("Alice away", shows(PresenceState::Away)).await;
    alice.presence(PresenceState::Online).await.unwrap();
    bob.until("Alice back", shows(PresenceState::Online)).await;
    alice.close().await;
    bob.until("Alice away at the phone", shows(PresenceState::Away)).await;
    phone.close().await;
    bob.until("Alice gone", shows(PresenceState::Offline)).await;
}
