//! What has ended at one node has ended at all when the end is acked, under load, too.

use super::Cluster;
use crate::support::{Actor, Server, within};
use chinwag_client::protocol::{LogBody, LogEvent, MemberBody, PresenceState};
use chinwag_client::sign_out;
use std::sync::atomic::{AtomicBool, Ordering};

/// Nothing of the room comes after the ack to one who has left it at another node: no message, no typing, no presence.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_comes_to_another_node_after_a_leave_is_acked() {
    let server = Server::of_nodes(2).await;
    let url = |node| format!("http://{}", server.address_of(node));
    let sam = server.enter_at(0, "Sam").await;
    sam.joins("general").await;
    let writers = [server.enter_at(0, "Alex").await, server.enter_at(1, "Kim").await];
    for writer in &writers {
        writer.joins("general").await;
    }
    let is_over = AtomicBool::new(false);
    let write = async |writer: &Actor| {
        while !is_over.load(Ordering::Relaxed) {
            writer.typing("general").await.unwrap();
            writer.says("general", "on and on").await;
        }
    };
    let come_and_go = async {
        for _ in 0..30 {
            let phone = Actor::connect(&url(1), sam.session.clone()).await;
            phone.follows("general").await;
            sam.joins("general").await;
            sam.leave("general").await.unwrap();
            // What was on its way to the phone at the ack is there when it is answered.
            phone.rooms().await.unwrap();
            let told = signals(&phone);
            let left = |event: &LogEvent| {
                matches!(event.body, LogBody::Member(MemberBody::MemberLeft { .. }))
                    && event.header.user_id == sam.id()
            };
            assert!(
                phone.view().room("general").log.last().is_some_and(left),
                "its leave is the last it hears"
            );
            for _ in 0..5 {
                phone.rooms().await.unwrap();
            }
            assert_eq!(signals(&phone), told, "something came after the leave");
            phone.close().await;
        }
        is_over.store(true, Ordering::Relaxed);
    };
    tokio::join!(write(&writers[0]), write(&writers[1]), come_and_go);
}

fn signals(actor: &Actor) -> (usize, usize) {
    let view = actor.view();
    let room = view.room("general");
    (room.log.len(), room.presence_signals)
}

/// A room that one node deletes is gone at the other when that is acked.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_is_gone_at_all_nodes_when_its_deletion_is_acked() {
    let server = Server::of_nodes(2).await;
    let (alex, sam) = (server.enter_at(0, "Alex").await, server.enter_at(1, "Sam").await);
    for round in 0..10 {
        let slug = format!("den-{round}");
        alex.create_room(&slug, "Den", "").await.unwrap();
        alex.joins(&slug).await;
        sam.follows(&slug).await;
        alex.delete_room(&slug).await.unwrap();
        sam.rooms().await.unwrap();
        assert!(sam.view().gone.contains(&slug) || ends_with_deletion(&sam, &slug), "{slug} lives on");
    }
}

fn ends_with_deletion(actor: &Actor, room: &str) -> bool {
    let view = actor.view();
    let last = view.room(room).log.last();
    last.is_some_and(|event| matches!(event.body, LogBody::Room(_)))
}

/// Two nodes of which the second hears nothing over Redis, and does not know yet that it does not. Sam is at both.
struct Deaf {
    cluster: Cluster,
    sam: Actor,
    phone: Actor,
    /// Both at the second node.
    kim: Actor,
    lee: Actor,
}

impl Deaf {
    async fn begin() -> Self {
        let cluster = Cluster::start(2).await;
        let (sam, _) = cluster.enter(0, "Sam").await;
        let phone = Actor::connect(&cluster.url(1), sam.session.clone()).await;
        phone.follows("general").await;
        let ((kim, _), (lee, _)) = (cluster.enter(1, "Kim").await, cluster.enter(1, "Lee").await);
        let mut deaf = Self { cluster, sam, phone, kim, lee };
        deaf.changes_presence().await;
        deaf.phone
            .until("Kim", |view| view.room("general").presence.get("Kim") == Some(&PresenceState::Online))
            .await;
        deaf.cluster.way_to_redis(1).stop_from_redis();
        deaf
    }

    /// What is told in the room without standing in its log, at the second node. It has been told when this resolves.
    async fn changes_presence(&mut self) {
        for state in [PresenceState::Away, PresenceState::Online] {
            self.kim.presence(state).await.unwrap();
            let told =
                move |view: &crate::support::View| view.room("general").presence.get("Kim") == Some(&state);
            self.lee.until("Kim's state", told).await;
        }
    }
}

/// A node that does not hear of a leave says so, or looks it up, before the leave is acked: what stands in no log would go on to be told there.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leave_is_acked_when_a_node_that_hears_nothing_knows_of_it() {
    let mut deaf = Deaf::begin().await;
    within("the ack", deaf.sam.leave("general")).await.unwrap();
    deaf.phone.rooms().await.unwrap();
    let told = signals(&deaf.phone);
    deaf.changes_presence().await;
    deaf.phone.rooms().await.unwrap();
    assert_eq!(signals(&deaf.phone), told, "something came after the leave");
}

/// The same for a sign-out.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_out_is_acked_when_a_node_that_hears_nothing_knows_of_it() {
    let mut deaf = Deaf::begin().await;
    within("the ack", sign_out(&deaf.cluster.url(0), &deaf.sam.session.token)).await.unwrap();
    let told = signals(&deaf.phone);
    deaf.changes_presence().await;
    within("the end", deaf.phone.ended()).await;
    assert_eq!(signals(&deaf.phone), told, "something came after the sign-out");
}
