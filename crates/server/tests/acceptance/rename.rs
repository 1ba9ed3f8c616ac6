//! A new name is seen by everyone, and holds for what was said before.

use crate::support::{Actor, Server, conversation};
use chinwag_client::Window;
use chinwag_client::protocol::{LogBody, LogEvent, MemberBody};

#[tokio::test]
async fn everyone_in_each_room_sees_the_new_name() {
    let (server, alice, bob) = conversation().await;
    let carol = server.enter("Carol").await;
    carol.joins("tech").await;
    bob.joins("tech").await;
    bob.says("general", "before").await;
    assert_eq!(bob.rename("Robert").await.unwrap().name, "Robert");
    for (person, room) in [(&alice, "general"), (&carol, "tech"), (&bob, "general"), (&bob, "tech")] {
        let renamed = |event: &LogEvent| {
            matches!(&event.body, LogBody::Member(MemberBody::MemberRenamed { old_name, .. })
                if (event.header.user_id, event.header.name.as_str(), old_name.as_str()) == (bob.id(), "Robert", "Bob"))
        };
        person.until("the new name", |view| view.room(room).log.iter().any(renamed)).await;
    }
    bob.says("general", "after").await;
    alice.sees("general", "after").await;
    let page = alice.history("general", Window::Latest, 10).await.unwrap();
    let names: Vec<_> = page.messages.iter().map(|event| event.header.name.as_str()).collect();
    assert_eq!(names, ["Robert", "Robert"]);
    assert!(
        !alice
            .view()
            .room("general")
            .log
            .iter()
            .any(|event| matches!(event.body, LogBody::Member(MemberBody::MemberLeft { .. })))
    );
    for person in [&alice, &bob, &carol] {
        person.has_no_complaints();
    }
}

#[tokio::test]
async fn the_old_name_is_free_and_the_new_one_taken() {
    let (server, _alice, bob) = conversation().await;
    bob.rename("Robert").await.unwrap();
    server.enter("Bob").await;
    assert!(chinwag_client::sign_in(&server.url(), "ROBERT").await.is_err());
}

#[tokio::test]
async fn presence_and_typing_use_the_new_name() {
    let (_server, alice, bob) = conversation().await;
    bob.rename("Robert").await.unwrap();
    bob.typing("general").await.unwrap();
    alice.until("Robert typing", |view| view.room("general").typing == ["Robert"]).await;
}

#[tokio::test]
async fn a_device_that_is_in_no_room_learns_the_new_name() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    alice.rename("Alicia").await.unwrap();
    phone.until("the new name", |view| view.own_names == ["Alicia"]).await;
    assert!(alice.view().own_names.is_empty(), "the device that asked has its reply");
    phone.has_no_complaints();
}
