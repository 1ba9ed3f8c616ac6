//! Presence is told to the room, gathered, and costs no full list.

use crate::support::{Actor, Server, View, conversation};
use chinwag_client::protocol::PresenceState;
use std::time::{Duration, Instant};

fn shows(name: &'static str, state: PresenceState) -> impl Fn(&View) -> bool {
    move |view| view.room("general").presence.get(name) == Some(&state)
}

#[tokio::test]
async fn coming_being_away_and_going() {
    let (server, alice, _bob) = conversation().await;
    let carol = server.enter("Carol").await;
    carol.joins("general").await;
    alice.until("Carol online", shows("Carol", PresenceState::Online)).await;
    carol.presence(PresenceState::Away).await.unwrap();
    alice.until("Carol away", shows("Carol", PresenceState::Away)).await;
    carol.presence(PresenceState::Online).await.unwrap();
    alice.until("Carol back", shows("Carol", PresenceState::Online)).await;
    carol.close().await;
    alice.until("Carol gone", shows("Carol", PresenceState::Offline)).await;
    alice.until("two people", |view| view.room("general").online == 2).await;
}

#[tokio::test]
async fn a_cut_connection_is_gone_at_once() {
    let (server, alice, _bob) = conversation().await;
    let proxy = crate::support::Proxy::before(server.address).await;
    let carol = server.enter_through(&proxy.url(), "Carol").await;
    carol.joins("general").await;
    alice.until("Carol online", shows("Carol", PresenceState::Online)).await;
    proxy.close();
    alice.until("Carol gone", shows("Carol", PresenceState::Offline)).await;
    proxy.open();
    alice.until("Carol back", shows("Carol", PresenceState::Online)).await;
}

#[tokio::test]
async fn the_list_of_members_knows_who_is_here() {
    let (server, alice, bob) = conversation().await;
    let carol = server.enter("Carol").await;
    carol.joins("general").await;
    carol.close().await;
    alice.until("Carol gone", shows("Carol", PresenceState::Offline)).await;
    bob.presence(PresenceState::Away).await.unwrap();
    let page = alice.members("general", None, 2).await.unwrap();
    let states = |members: Vec<chinwag_client::protocol::Member>| {
        members.into_iter().map(|member| (member.name, member.state)).collect::<Vec<_>>()
    };
    let expected = [("Alice".to_owned(), PresenceState::Online), ("Bob".to_owned(), PresenceState::Away)];
    assert_eq!(states(page.members), expected);
    let page = alice.members("general", page.next.as_deref(), 2).await.unwrap();
    assert_eq!(states(page.members), [("Carol".to_owned(), PresenceState::Offline)]);
    assert_eq!(page.next, None);
    // Another device of Carol, which has not joined the room.
    let device = Actor::connect(&server.url(), carol.session.clone()).await;
    let page = device.members("general", None, 1).await.unwrap();
    assert_eq!(states(page.members), [("Alice".to_owned(), PresenceState::Online)]);
}

#[tokio::test]
async fn many_who_come_one_after_the_other_are_told_in_few_frames() {
    let interval = Duration::from_millis(500);
    let server = Server::with(|config| config.tick_ms = 500).await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    alice.until("oneself", |view| view.room("general").presence_signals > 0).await;
    let mut crowd = Vec::new();
    for number in 0..40 {
        crowd.push(server.enter(&format!("Guest {number}")).await);
    }
    let begun = Instant::now();
    for guest in &crowd {
        guest.joins("general").await;
    }
    alice.until("everyone", |view| view.room("general").online == 41).await;
    let view = alice.view();
    let room = view.room("general");
    // One frame an interval, however many come in it. The first one tells of oneself.
    let most = 2 + begun.elapsed().div_duration_f64(interval).ceil() as usize;
    assert!(room.presence_signals <= most, "{} frames, where {most} would do", room.presence_signals);
    assert_eq!(room.presence.values().filter(|state| **state == PresenceState::Online).count(), 41);
}
