//! Whoever is removed from a room hears nothing of it any more when the removal is acked, however much is said there.

use crate::support::{Actor, Frame, RawSocket, Server, within};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Removals while others write.
const ROUNDS: usize = 12;

/// One of Bob's connections.
struct Ear {
    socket: RawSocket,
    questions: u32,
}

impl Ear {
    /// Asks for a sign of life, and answers what came of the room before it.
    async fn heard(&mut self, room: i64) -> Vec<Value> {
        self.questions += 1;
        self.socket.say(&json!({"type": "ping", "ref": self.questions}).to_string()).await;
        let mut heard = Vec::new();
        within("the answer", async {
            loop {
                match self.socket.next().await {
                    Frame::Text(frame) if frame["ref"] == self.questions => return,
                    Frame::Text(frame) if frame["room"] == room => heard.push(frame),
                    Frame::Text(_) | Frame::Ping | Frame::Pong(_) => {}
                    end @ (Frame::Close(_) | Frame::End) => panic!("{end:?}"),
                }
            }
        })
        .await;
        heard
    }

    /// Follows the room, and waits until something is said in it. What is asked behind the join is answered when the log was caught up with:
    /// whoever is removed before that is sent away, to come back without the room.
    async fn listens(&mut self, room: i64) {
        self.socket.say(&json!({"type": "join", "ref": "join", "room": room, "limit": 0}).to_string()).await;
        if self.heard(room).await.iter().any(|frame| frame["type"] == "message") {
            return;
        }
        within("a message", async {
            loop {
                let Frame::Text(frame) = self.socket.next().await else { continue };
                assert_ne!(frame["type"], "error", "{frame}");
                if frame["type"] == "message" {
                    return;
                }
            }
        })
        .await;
    }
}

async fn nothing_is_heard_after_a_removal(server: Server) {
    let [alice, carol, dave, bob] = [
        server.enter("Alice").await,
        server.enter("Carol").await,
        server.enter("Dave").await,
        server.enter("Bob").await,
    ];
    let room = alice.create_private_room("Den", &[carol.id(), dave.id()]).await.unwrap().room;
    for person in [&alice, &carol, &dave] {
        person.join(room, 0).await.unwrap();
    }
    let mut ears = Vec::new();
    for _ in 0..3 {
        let socket = RawSocket::signed_in(server.next_address(), &bob.session.token).await;
        ears.push(Ear { socket, questions: 0 });
    }
    let is_over = AtomicBool::new(false);
    // A hundred messages in a second, and somebody who types and comes and goes.
    let write = async |writer: &Actor| {
        let mut beats = tokio::time::interval(Duration::from_millis(10));
        while !is_over.load(Ordering::Relaxed) {
            beats.tick().await;
            writer.client().send(room, "on and on").await.unwrap();
        }
    };
    // As often as a hundred people would; without a pause nothing else would have the processor.
    let fidget = async {
        let mut beats = tokio::time::interval(Duration::from_millis(10));
        while !is_over.load(Ordering::Relaxed) {
            beats.tick().await;
            for state in [
                chinwag_client::protocol::PresenceState::Away,
                chinwag_client::protocol::PresenceState::Online,
            ] {
                dave.presence(state).await.unwrap();
                dave.client().typing(room).await.unwrap();
            }
        }
    };
    let come_and_go = async {
        for _ in 0..ROUNDS {
            alice.add_member(room, bob.id()).await.unwrap();
            for ear in &mut ears {
                ear.listens(room).await;
            }
            alice.remove_member(room, bob.id()).await.unwrap();
            for ear in &mut ears {
                let last = ear.heard(room).await;
                let removed = last.iter().filter(|frame| frame["type"] == "memberRemoved").count();
                let gone = last.iter().filter(|frame| frame["type"] == "roomGone").count();
                assert_eq!((removed, gone), (1, 1), "{last:?}");
                for _ in 0..10 {
                    assert_eq!(ear.heard(room).await, Vec::<Value>::new(), "after the removal");
                }
            }
            let refused = bob.client().send(room, "hello?").await.unwrap_err();
            assert_eq!(refused.refusal().unwrap().code, chinwag_client::protocol::ErrorCode::RoomNotFound);
        }
        is_over.store(true, Ordering::Relaxed);
    };
    tokio::join!(write(&carol), fidget, come_and_go);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_heard_after_a_removal_is_acked() {
    nothing_is_heard_after_a_removal(Server::start().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_heard_at_another_node_after_a_removal_is_acked() {
    nothing_is_heard_after_a_removal(Server::of_nodes(2).await).await;
}
