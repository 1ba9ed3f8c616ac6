//! A write that is repeated is made once.

use crate::support::{Actor, GENERAL, Proxy, Server, conversation, texts, within};

#[tokio::test]
async fn a_message_whose_ack_was_lost_is_stored_once() {
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let alice = server.enter("Alice").await;
    let bob = server.enter_through(&proxy.url(), "Bob").await;
    alice.joins("general").await;
    bob.joins("general").await;

    proxy.stall_down();
    let sending = tokio::spawn({
        let client = (*bob).clone();
        async move { client.send(GENERAL, "only once").await }
    });
    // It is stored and seen by others, while its ack is on the way and gets lost.
    alice.sees("general", "only once").await;
    assert!(!sending.is_finished());
    proxy.cut();
    proxy.flow();
    let ack = within("the ack", sending).await.unwrap().unwrap();

    alice.says("general", "next").await;
    for person in [&alice, &bob] {
        person.sees("general", "next").await;
        assert_eq!(texts(&person.view().room("general").log), ["only once", "next"]);
        person.has_the_log(&server.database(), "general").await;
        person.has_no_complaints();
    }
    assert!(
        server.database().log("general").iter().any(|event| event.seq == ack.seq && event.message.is_some())
    );
}

#[tokio::test]
async fn a_repeat_gets_the_first_ack() {
    let (mut server, alice, bob) = conversation().await;
    let first = alice.send_as("general", "a", "hello").await.unwrap();
    alice.says("general", "between").await;
    assert_eq!(alice.send_as("general", "a", "hello").await.unwrap(), first);
    // From another device, and with another text: the first one counts.
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    assert_eq!(phone.send_as("general", "a", "another text").await.unwrap(), first);
    // Somebody else's id is somebody else's message.
    assert_ne!(bob.send_as("general", "a", "from Bob").await.unwrap(), first);

    server.restart().await;
    let again = Actor::connect(&server.url(), alice.session.clone()).await;
    assert_eq!(again.send_as("general", "a", "hello").await.unwrap(), first);
    let stored: Vec<_> =
        server.database().log("general").into_iter().filter_map(|event| event.message).collect();
    let texts: Vec<_> = stored.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["hello", "between", "from Bob"]);
}

#[tokio::test]
async fn repeats_at_the_same_time_are_one_message() {
    let (server, alice, bob) = conversation().await;
    let phone = Actor::connect(&server.url(), alice.session.clone()).await;
    for round in 0..20 {
        let id = format!("round-{round}");
        let (one, two, three) = tokio::join!(
            alice.send_as("general", &id, "hello"),
            phone.send_as("general", &id, "hello"),
            alice.send_as("general", &id, "hello"),
        );
        let one = one.unwrap();
        assert_eq!((two.unwrap(), three.unwrap()), (one, one));
    }
    bob.has_the_log(&server.database(), "general").await;
    assert_eq!(texts(&bob.view().room("general").log).len(), 20);
}
