//! Threads: what is said under a message, who hears of it, and what those know who were away.

use crate::support::{Actor, Proxy, Server, request};
use chinwag_client::protocol::{ErrorCode, LogBody, MessageBody, ThreadInfo};
use chinwag_client::{Shown, Window};
use serde_json::Value;

impl Actor {
    /// Says something under a message. Answers its place.
    async fn replies(&self, room: &str, root: i64, text: &str, shown: Shown) -> i64 {
        self.client().say_in_thread(self.room_id(room), root, text, shown).await.unwrap().seq
    }

    /// What is said under a message, as the history tells it.
    async fn info(&self, room: &str, root: i64) -> Option<Box<ThreadInfo>> {
        let page = self.history(room, Window::Around(root), 2).await.unwrap();
        let found = page.messages.into_iter().find(|message| message.header.seq == root).unwrap();
        let LogBody::Message(MessageBody::Message { thread_info, .. }) = found.body else {
            panic!("{found:?}")
        };
        thread_info
    }

    /// How many threads with news the last welcome told of.
    fn welcomed_threads(&self, room: &str) -> u32 {
        let view = self.view();
        let id = view.names.id(room);
        view.welcomed.iter().find(|known| known.room == id).unwrap().threads
    }
}

#[tokio::test]
async fn a_thread_is_told_live_and_to_those_who_were_away() {
    let server = Server::start().await;
    let proxy = Proxy::before(server.address).await;
    let (alice, bob) = (server.enter("Alice").await, server.enter_through(&proxy.url(), "Bob").await);
    alice.joins("general").await;
    bob.joins("general").await;
    let root = bob.says("general", "Release").await;
    let first = alice.replies("general", root, "one", Shown::InThread).await;
    bob.reaches("general", first).await;
    {
        let view = bob.view();
        let told = view.room("general").log.last().unwrap();
        let LogBody::Message(MessageBody::Message { thread, also, .. }) = &told.body else {
            panic!("{told:?}")
        };
        assert_eq!((*thread, *also), (Some(root), false));
    }

    proxy.close();
    bob.is_offline().await;
    alice.replies("general", root, "two", Shown::InRoomAlso).await;
    let last = alice.replies("general", root, "three", Shown::InThread).await;
    alice.client().delete_message(alice.room_id("general"), first).await.unwrap();
    proxy.open();
    bob.until("the end of the replay", |view| view.room("general").resumed_to == last + 1).await;
    let changed = bob.view().room("general").log.iter().any(|event| {
        matches!(&event.body, LogBody::Message(MessageBody::MessageChanged { target, thread, deleted: true, .. })
            if *target == first && *thread == Some(root))
    });
    assert!(changed, "{:?}", bob.view().room("general").log);
    assert_eq!(bob.welcomed_threads("general"), 1);

    let page = bob.client().thread(bob.room_id("general"), root, Window::Latest, 50).await.unwrap();
    assert_eq!(
        page.messages.iter().map(|message| message.header.seq).collect::<Vec<_>>(),
        [first, last - 1, last]
    );
    assert!(page.follows, "who wrote the root follows");
    let info = bob.info("general", root).await.unwrap();
    assert_eq!((info.replies, info.users.len(), info.users[0].name.as_str()), (2, 1, "Alice"));
    bob.has_no_complaints();
    server.database().check_invariants();
}

#[tokio::test]
async fn ones_threads_are_followed_listed_and_read_on_all_devices() {
    let server = Server::start().await;
    let (alice, bob) = (server.enter("Alice").await, server.enter("Bob").await);
    let device = Actor::connect(&server.url(), alice.session.clone()).await;
    for actor in [&alice, &bob, &device] {
        actor.joins("general").await;
    }
    let room = alice.room_id("general");
    let root = alice.says("general", "Release").await;
    let other = bob.says("general", "Lunch").await;
    let reply = bob.replies("general", root, "soon", Shown::InThread).await;
    bob.replies("general", other, "at one", Shown::InThread).await;

    let threads = alice.client().threads(None, 10).await.unwrap().threads;
    assert_eq!(threads.iter().map(|it| (it.root.header.seq, it.unread)).collect::<Vec<_>>(), [(root, 1)]);
    alice.client().follow_thread(room, other).await.unwrap();
    device.until("the thread that is followed", |view| view.thread_marks.len() == 1).await;
    alice.client().read_thread(room, root, reply).await.unwrap();
    device.until("the thread that is read", |view| view.thread_marks.len() == 2).await;
    assert_eq!(device.view().thread_marks[1], ("general".to_owned(), root, true, reply));
    let page = alice.client().threads(None, 1).await.unwrap();
    let next = page.next.unwrap();
    let rest = alice.client().threads(Some(&next), 1).await.unwrap();
    assert!(rest.next.is_none());
    let mut listed = [&page.threads[0], &rest.threads[0]].map(|it| (it.root.header.seq, it.unread));
    listed.sort_unstable();
    assert_eq!(listed, [(root, 0), (other, 0)]);

    alice.client().unfollow_thread(room, other).await.unwrap();
    device.until("the thread that is left", |view| view.thread_marks.len() == 3).await;
    assert!(!device.view().thread_marks[2].2);
    let refused = alice.client().follow_thread(room, reply).await.unwrap_err();
    assert_eq!(refused.refusal().unwrap().code, ErrorCode::MessageNotFound);
    for actor in [&alice, &bob, &device] {
        actor.has_no_complaints();
    }
    server.database().check_invariants();
}

#[tokio::test]
async fn scripts_write_and_read_threads() {
    let server = Server::start().await;
    let alice = server.enter("Alice").await;
    alice.joins("general").await;
    let root = alice.says("general", "Release").await;
    let token = format!("authorization: Bearer {}", alice.session.token);
    let headers = [&*token, "content-type: application/json"];
    let post =
        async |body: String| request(server.address, "POST /api/rooms/1/messages", &headers, &body).await;
    let posted = post(format!(r#"{{"text":"one","thread":{root},"also":true}}"#)).await;
    assert_eq!(posted.status, 201, "{}", posted.body);
    let refused = post(r#"{"text":"two","thread":9999}"#.to_owned()).await;
    assert_eq!(refused.status, 404, "{}", refused.body);
    let path = format!("GET /api/rooms/1/messages/{root}/thread?limit=5");
    let answer = request(server.address, &path, &headers, "").await;
    let page: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&page["root"]["seq"], &page["messages"][0]["text"]), (&root.into(), &"one".into()));
    assert_eq!(page["messages"][0]["also"], true);
    assert_eq!(page["root"]["threadInfo"]["replies"], 1);
    let none = request(server.address, "GET /api/rooms/1/messages/9999/thread", &headers, "").await;
    assert_eq!(none.status, 404);
}
