//! What people type is carried out: messages and commands.

use crate::support::{Actor, GENERAL, RawSocket, View, conversation, within};
use chinwag_client::protocol::{Effect, ErrorCode, PresenceState};
use chinwag_client::{RequestError, Said};
use serde_json::json;

async fn says(person: &Actor, text: &str) -> Effect {
    match within("what was said", person.say("general", text)).await.unwrap() {
        Said::Effect(effect) => effect,
        Said::Posted(ack) => panic!("{text} was posted as {ack:?}"),
    }
}

async fn notice(person: &Actor, text: &str) -> String {
    let effect = says(person, text).await;
    let Effect::Notice { notice } = effect else { panic!("{text} did {effect:?}") };
    notice
}

#[tokio::test]
async fn messages_are_posted_and_two_slashes_are_one() {
    let (server, alice, bob) = conversation().await;
    for (typed, posted) in
        [("Hello", "Hello"), ("//nick is a command", "/nick is a command"), ("/me waves", "waves")]
    {
        let said = within("an ack", alice.say("general", typed)).await.unwrap();
        assert!(matches!(said, Said::Posted(_)), "{typed}: {said:?}");
        bob.sees("general", posted).await;
    }
    alice.send("general", "/nick stays as it is").await.unwrap();
    bob.sees("general", "/nick stays as it is").await;
    alice.has_the_log(&server.database(), "general").await;
    alice.has_no_complaints();
}

#[tokio::test]
async fn a_repeat_is_posted_once() {
    let (server, alice, bob) = conversation().await;
    let mut raw = RawSocket::signed_in(server.address, &alice.session.token).await;
    let mut acks = Vec::new();
    for reference in ["a", "b"] {
        let frame =
            json!({"type": "say", "ref": reference, "room": 1, "clientId": "once", "text": "/me waves"});
        raw.say(&frame.to_string()).await;
        let mut ack = raw.reply(reference).await;
        ack["ref"].take();
        acks.push(ack);
    }
    assert_eq!(acks[0], acks[1]);
    bob.sees("general", "waves").await;
    assert_eq!(alice.says("general", "next").await, acks[0]["seq"].as_i64().unwrap() + 1);
}

#[tokio::test]
async fn a_nick_is_a_new_name() {
    let (_server, alice, bob) = conversation().await;
    let effect = says(&bob, "/nick Robert").await;
    let Effect::Renamed { user } = effect else { panic!("{effect:?}") };
    assert_eq!((user.user_id, user.name.as_str()), (bob.id(), "Robert"));
    within("an ack", bob.say("general", "/me bows")).await.unwrap();
    alice.sees("general", "bows").await;
    for (typed, code) in [("/nick alice", ErrorCode::NameTaken), ("/nick <b>", ErrorCode::NameInvalid)] {
        let Err(RequestError::Refused(error)) = bob.say("general", typed).await else { panic!("{typed}") };
        assert_eq!(error.code, code);
    }
}

#[tokio::test]
async fn rooms_are_left_to_the_client() {
    let (_server, alice, _bob) = conversation().await;
    assert_eq!(says(&alice, "/join #Tech").await, Effect::Enter { slug: "tech".to_owned() });
    assert_eq!(says(&alice, "/leave").await, Effect::Exit { room: GENERAL });
    alice.says("general", "a member still").await;
}

#[tokio::test]
async fn notices_are_for_one_person() {
    let (_server, alice, bob) = conversation().await;
    assert_eq!(notice(&alice, "/who").await, "In #general: Alice, Bob.");
    assert!(notice(&alice, "/help").await.contains("/nick NAME"));
    assert!(notice(&alice, "/nik Bob").await.contains("There is no command /nik"));
    let seq = alice.says("general", "the next event").await;
    bob.reaches("general", seq).await;
    assert_eq!(bob.view().room("general").log.len(), 1, "nothing else was told");
    let Err(RequestError::Refused(error)) = alice.say("tech", "/who").await else { panic!("told") };
    assert_eq!(error.code, ErrorCode::NotMember);
}

#[tokio::test]
async fn away_lasts_until_the_next_message() {
    let (_server, alice, bob) = conversation().await;
    let is = |state| move |view: &View| view.room("general").presence.get("Alice") == Some(&state);
    says(&alice, "/away").await;
    bob.until("away", is(PresenceState::Away)).await;
    assert_eq!(notice(&bob, "/who").await, "In #general: Alice (away), Bob.");
    alice.says("general", "back").await;
    bob.until("back", is(PresenceState::Online)).await;
}

#[tokio::test]
async fn logout_ends_the_session_after_the_reply() {
    let (server, alice, bob) = conversation().await;
    let mut raw = RawSocket::signed_in(server.address, &alice.session.token).await;
    let say = |reference: &str, text: &str| {
        json!({"type": "say", "ref": reference, "room": 1, "clientId": reference, "text": text}).to_string()
    };
    raw.say(&say("a", "bye")).await;
    raw.say(&say("b", "/logout")).await;
    assert_eq!(raw.reply("a").await["type"], json!("ack"), "what was promised before comes");
    assert_eq!(raw.reply("b").await["effect"], json!("signedOut"));
    assert_eq!(raw.closed().await, 4101);
    bob.sees("general", "bye").await;
    within("the end", alice.ended()).await;
    server.enter("Alice").await;
}
