//! Signing out ends the session everywhere.

use crate::support::{Actor, conversation, within};
use chinwag_client::protocol::{ErrorCode, LogBody, LogEvent, MemberBody, MessageBody};
use chinwag_client::{End, RestError, sign_out, who_am_i};

#[tokio::test]
async fn connections_are_closed_and_the_token_is_worth_nothing() {
    let (server, alice, bob) = conversation().await;
    let token = bob.session.token.clone();
    assert_eq!(who_am_i(&server.url(), &token).await.unwrap(), bob.session.user);
    bob.says("general", "bye").await;
    sign_out(&server.url(), &token).await.unwrap();
    assert!(matches!(within("the end", bob.ended()).await, End::Dismissed { code: 4101, .. }));

    let Err(RestError::Refused { status: 401, error }) = who_am_i(&server.url(), &token).await else {
        panic!("the token still works")
    };
    assert_eq!(error.code, ErrorCode::Unauthorized);
    let again = Actor::start(&server.url(), bob.session.clone(), |_| {});
    assert!(matches!(within("the end", again.ended()).await, End::Dismissed { code: 4100, .. }));

    // A guest leaves the rooms, the messages stay under the name, and the name is free.
    let left = |event: &LogEvent| {
        matches!(event.body, LogBody::Member(MemberBody::MemberLeft { .. }))
            && event.header.user_id == bob.id()
    };
    alice.until("the leave", |view| view.room("general").log.iter().any(left)).await;
    let other = server.enter("Bob").await;
    assert_ne!(other.id(), bob.id());
    let snapshot = other.join("general", 50).await.unwrap();
    assert!(
        matches!(&snapshot.messages[0], LogEvent { body: LogBody::Message(MessageBody::Message { text, .. }), header }
        if (header.user_id, header.name.as_str(), text.as_str()) == (bob.id(), "Bob", "bye"))
    );
    alice.has_no_complaints();
}

#[tokio::test]
async fn a_token_survives_a_restart() {
    let (mut server, alice, _bob) = conversation().await;
    let session = alice.session.clone();
    server.restart().await;
    assert_eq!(who_am_i(&server.url(), &session.token).await.unwrap(), session.user);
    Actor::connect(&server.url(), session).await.says("general", "still me").await;
}
