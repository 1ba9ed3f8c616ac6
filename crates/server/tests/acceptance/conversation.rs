//! Two people talk.

use crate::support::{GENERAL, Stored, conversation, texts, within};
use chinwag_client::Window;
use chinwag_client::protocol::{LogBody, LogEvent, MessageBody, MessageKind};

#[tokio::test]
async fn a_message_reaches_everyone_in_the_room_and_its_author() {
    let (_server, alice, bob) = conversation().await;
    let seq = alice.says("general", " \n Hello, 世界 👋\n<b>not bold</b>  ").await;
    for person in [&alice, &bob] {
        person.sees("general", " Hello, 世界 👋\n<b>not bold</b>").await;
        let view = person.view();
        let LogEvent { body: LogBody::Message(MessageBody::Message { kind, client_id, .. }), header } =
            view.room("general").log.last().unwrap()
        else {
            panic!("no message")
        };
        assert_eq!((header.seq, header.user_id, header.name.as_str()), (seq, alice.id(), "Alice"));
        assert!(header.at > 0 && !client_id.is_empty() && *kind == MessageKind::Text);
    }
    alice.has_no_complaints();
    bob.has_no_complaints();
}

#[tokio::test]
async fn everyone_sees_one_order_and_it_is_that_of_the_database() {
    let (server, alice, bob) = conversation().await;
    let talk = |person, prefix: &'static str| async move {
        let person: &crate::support::Actor = person;
        for number in 0..50 {
            person.says("general", &format!("{prefix} {number}")).await;
        }
    };
    tokio::join!(talk(&alice, "alice"), talk(&bob, "bob"));
    let head = server.database().log("general").len() as i64;
    for person in [&alice, &bob] {
        person.reaches("general", head).await;
        let view = person.view();
        let room = view.room("general");
        let seen: Vec<_> = room.log.iter().map(Stored::from).collect();
        assert_eq!(seen, server.database().log("general")[room.base as usize..]);
    }
    alice.has_no_complaints();
    bob.has_no_complaints();
}

#[tokio::test]
async fn messages_of_one_connection_keep_the_order_in_which_they_were_sent() {
    let (_server, alice, bob) = conversation().await;
    let sending = (0..200).map(|number| {
        let alice = (*alice).clone();
        async move { alice.send(GENERAL, &number.to_string()).await.unwrap().seq }
    });
    let places = within("the acks", futures_util::future::join_all(sending)).await;
    assert!(places.is_sorted(), "{places:?}");
    bob.reaches("general", *places.last().unwrap()).await;
    let sent: Vec<_> = (0..200).map(|number: i32| number.to_string()).collect();
    assert_eq!(texts(&bob.view().room("general").log), sent);
}

#[tokio::test]
async fn who_comes_later_gets_the_last_messages_and_can_page_back() {
    let (server, alice, _bob) = conversation().await;
    for number in 1..=120 {
        alice.says("general", &number.to_string()).await;
    }
    let carol = server.enter("Carol").await;
    let snapshot = carol.join("general", 50).await.unwrap();
    let expected = |from: i32, to: i32| (from..=to).map(|number| number.to_string()).collect::<Vec<_>>();
    assert_eq!(texts(&snapshot.messages), expected(71, 120));
    assert!(snapshot.has_before);

    let first = snapshot.messages[0].header.seq;
    let page = carol.history("general", Window::Before(first), 50).await.unwrap();
    assert_eq!(texts(&page.messages), expected(21, 70));
    assert!(page.has_before && page.has_after);
    let page = carol.history("general", Window::Before(page.messages[0].header.seq), 50).await.unwrap();
    assert_eq!(texts(&page.messages), expected(1, 20));
    assert!(!page.has_before && page.has_after);
    let page = carol.history("general", Window::Around(first), 11).await.unwrap();
    assert!(texts(&page.messages).contains(&"71") && page.messages.len() <= 11);
    let page = carol.history("general", Window::After(first), 3).await.unwrap();
    assert_eq!(texts(&page.messages), expected(72, 74));
    let page = carol.history("general", Window::Latest, 9_999).await.unwrap();
    assert_eq!(texts(&page.messages), expected(1, 120));
}

#[tokio::test]
async fn unread_counts_what_others_wrote_and_reading_clears_it() {
    let (server, alice, bob) = conversation().await;
    alice.says("general", "one").await;
    alice.says("general", "two").await;
    let last = bob.says("general", "three").await;
    alice.says("general", "four").await;
    let unread = |rooms: Vec<chinwag_client::protocol::RoomSummary>| {
        rooms.into_iter().find(|room| room.room == GENERAL).unwrap().unread
    };
    assert_eq!(unread(bob.rooms().await.unwrap()), 1, "one's own message reads what is before it");
    assert_eq!(unread(alice.rooms().await.unwrap()), 0);
    bob.read("general", last + 1).await.unwrap();
    assert_eq!(unread(bob.rooms().await.unwrap()), 0);
    bob.read("general", 1).await.unwrap();
    assert_eq!(unread(bob.rooms().await.unwrap()), 0, "reading never goes back");
    let carol = server.enter("Carol").await;
    carol.joins("general").await;
    assert_eq!(unread(carol.rooms().await.unwrap()), 0, "what was before one came is not unread");
}
