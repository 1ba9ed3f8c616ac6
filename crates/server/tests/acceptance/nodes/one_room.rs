//! What is one server to people, wherever they are.

use crate::support::{Actor, Server, View, within};
use chinwag_client::protocol::PresenceState;
use chinwag_client::{End, sign_out};
use futures_util::future::join_all;

fn shows(name: &'static str, state: PresenceState) -> impl Fn(&View) -> bool {
    move |view| view.room("general").presence.get(name) == Some(&state)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_two_nodes_talk_in_one_order() {
    let server = Server::of_nodes(2).await;
    let (alex, sam) = (server.enter_at(0, "Alex").await, server.enter_at(1, "Sam").await);
    for person in [&alex, &sam] {
        person.joins("general").await;
    }
    let talk = async |person: &Actor, name: &str| {
        for number in 0..100 {
            person.says("general", &format!("{name} {number}")).await;
        }
    };
    tokio::join!(talk(&alex, "alex"), talk(&sam, "sam"));
    let database = server.database();
    for person in [&alex, &sam] {
        person.has_the_log(&database, "general").await;
        person.has_no_complaints();
        assert_eq!(person.view().resets, 0);
    }
    database.check_invariants();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_and_typing_are_those_of_all_nodes() {
    let server = Server::of_nodes(3).await;
    let alex = server.enter_at(0, "Alex").await;
    alex.joins("general").await;
    let sam = server.enter_at(1, "Sam").await;
    sam.joins("general").await;
    alex.until("Sam", shows("Sam", PresenceState::Online)).await;
    sam.until("two", |view| view.room("general").online == 2).await;
    sam.typing("general").await.unwrap();
    alex.until("Sam typing", |view| view.room("general").typing == ["Sam"]).await;
    sam.says("general", "done").await;
    alex.until("nobody typing", |view| view.room("general").typing.is_empty()).await;

    // The same person at a third node is no other one.
    let phone = Actor::connect(&format!("http://{}", server.address_of(2)), sam.session.clone()).await;
    phone.joins("general").await;
    phone.until("two", |view| view.room("general").online == 2).await;
    sam.presence(PresenceState::Away).await.unwrap();
    sam.close().await;
    phone.presence(PresenceState::Away).await.unwrap();
    alex.until("Sam away", shows("Sam", PresenceState::Away)).await;
    phone.close().await;
    alex.until("Sam gone", shows("Sam", PresenceState::Offline)).await;
    alex.until("one", |view| view.room("general").online == 1).await;
    let listed = alex.rooms().await.unwrap();
    assert!(listed.iter().any(|room| room.slug.as_deref() == Some("general") && room.online == 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_is_given_once_over_all_nodes() {
    let server = Server::of_nodes(2).await;
    let wishes = (0..10).map(|node| {
        let url = format!("http://{}", server.address_of(node % 2));
        async move { chinwag_client::sign_in(&url, "Robin").await.is_ok() }
    });
    let given = join_all(wishes).await.into_iter().filter(|given| *given).count();
    assert_eq!(given, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_signs_out_at_one_node_has_left_the_other_when_it_is_acked() {
    let server = Server::of_nodes(2).await;
    let url = |node| format!("http://{}", server.address_of(node));
    let sam = server.enter_at(1, "Sam").await;
    sam.joins("general").await;
    sign_out(&url(0), &sam.session.token).await.unwrap();
    assert!(matches!(within("the end", sam.ended()).await, End::Dismissed { code: 4101, .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_goes_on_at_another_node_with_what_it_missed() {
    let mut server = Server::of_nodes(2).await;
    let proxy = crate::support::Proxy::before(server.address_of(1)).await;
    let alex = server.enter_at(0, "Alex").await;
    let sam = server.enter_through(&proxy.url(), "Sam").await;
    for person in [&alex, &sam] {
        person.joins("general").await;
    }
    proxy.lead_to(server.address_of(0));
    server.restart_node(1).await;
    for number in 0..20 {
        alex.says("general", &format!("meanwhile {number}")).await;
    }
    sam.says("general", "here again").await;
    let database = server.database();
    for person in [&alex, &sam] {
        person.has_the_log(&database, "general").await;
        assert_eq!(person.view().resets, 0, "it is resumed and not begun anew");
        person.has_no_complaints();
    }
}
