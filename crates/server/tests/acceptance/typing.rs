//! Who is typing, as long as it is true.

use crate::support::{View, conversation};
use chinwag_client::protocol::PresenceState;
use std::time::{Duration, Instant};

fn typing(names: &'static [&'static str]) -> impl Fn(&View) -> bool {
    move |view| view.room("general").typing == names
}

#[tokio::test]
async fn it_is_shown_and_ends_with_the_message() {
    let (_server, alice, bob) = conversation().await;
    bob.typing("general").await.unwrap();
    alice.until("Bob typing", typing(&["Bob"])).await;
    let begun = Instant::now();
    bob.says("general", "done").await;
    alice.until("nobody typing", typing(&[])).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "the message ended it, not the time");
}

#[tokio::test]
async fn it_ends_when_the_person_goes() {
    let (_server, alice, bob) = conversation().await;
    bob.typing("general").await.unwrap();
    alice.until("Bob typing", typing(&["Bob"])).await;
    let begun = Instant::now();
    bob.close().await;
    alice.until("nobody typing", typing(&[])).await;
    assert!(begun.elapsed() < Duration::from_secs(5), "the leave ended it, not the time");
}

#[tokio::test]
async fn it_expires_after_six_seconds() {
    let (_server, alice, bob) = conversation().await;
    let begun = Instant::now();
    bob.typing("general").await.unwrap();
    alice.until("Bob typing", typing(&["Bob"])).await;
    alice.until("nobody typing", typing(&[])).await;
    let lasted = begun.elapsed();
    assert!(lasted >= Duration::from_millis(5_900), "it lasted {lasted:?}");
}

#[tokio::test]
async fn typing_and_presence_do_not_touch_the_database() {
    let (server, alice, bob) = conversation().await;
    let commits = server.metric("chinwag_commit_seconds_count").await;
    assert!(commits > 0.0);
    bob.typing("general").await.unwrap();
    alice.until("Bob typing", typing(&["Bob"])).await;
    bob.presence(PresenceState::Away).await.unwrap();
    let away = |view: &View| view.room("general").presence.get("Bob") == Some(&PresenceState::Away);
    alice.until("Bob away", away).await;
    bob.close().await;
    alice.until("Bob gone", |view| view.room("general").online == 1).await;
    assert_eq!(server.metric("chinwag_commit_seconds_count").await, commits);
    alice.says("general", "this does").await;
    assert_eq!(server.metric("chinwag_commit_seconds_count").await, commits + 1.0);
}
