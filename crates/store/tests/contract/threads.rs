use crate::world::{World, contract, deletion, edit, name, new_message, rooms_within, texts};
use chinwag_core::domain::{
    Actor, EventBody, InThread, MessageEvent, Refusal, RoomHistory, Seq, ThreadInfo, ThreadListQuery,
    ThreadPage, Window,
};
use chinwag_core::ports::{Appended, NewMessage, RoomUpdate, ThreadChange};

contract!(
    a_reply_stands_in_its_thread_and_in_the_log,
    what_is_said_in_a_thread_alone_is_not_said_in_the_room,
    there_is_no_thread_under_what_is_no_message_of_the_room,
    newcomers_see_no_thread_that_began_before_their_time,
    a_repeated_reply_answers_the_first_result,
    a_root_says_what_is_said_under_it,
    a_thread_is_read_page_by_page,
    a_thread_outlives_its_root,
    a_purge_names_the_threads,
);

impl World {
    pub(crate) async fn reply(&self, actor: Actor, root: Appended, id: &str) -> Result<Appended, Refusal> {
        self.reply_with(actor, (root, false), (id, id)).await
    }

    pub(crate) async fn reply_with(
        &self,
        actor: Actor,
        (root, also): (Appended, bool),
        (id, text): (&str, &str),
    ) -> Result<Appended, Refusal> {
        let thread = Some(InThread { root: root.seq, also });
        let message = NewMessage { thread, ..new_message(root.room, id, text) };
        self.store().append_message(actor, message).await
    }

    pub(crate) async fn thread(&self, reader: Actor, root: Appended) -> ThreadPage {
        self.store().thread(reader.user, root.room, root.seq, Window::Latest, 50).await.unwrap()
    }

    pub(crate) async fn info(&self, reader: Actor, root: Appended) -> Option<ThreadInfo> {
        let page = self.store().history(reader.user, root.room, Window::Around(root.seq), 2).await.unwrap();
        let found = page.messages.into_iter().find(|message| message.seq == root.seq).unwrap();
        found.content.thread_info.map(|info| *info)
    }

    pub(crate) async fn change(&self, actor: Actor, root: Appended, change: ThreadChange) {
        self.store().change_thread(actor, root.room, root.seq, change).await.unwrap();
    }

    /// How many messages and how many threads there are unread in `general`.
    pub(crate) async fn news(&self, of: Actor) -> (u32, u32) {
        let room = self.room(of, "general").await;
        (room.unread, room.threads)
    }

    /// One's threads: the root, and how much is unread.
    pub(crate) async fn listed(&self, of: Actor) -> Vec<(Seq, u32)> {
        let query = ThreadListQuery { after: None, limit: 50 };
        let page = self.store().threads(of.user, query).await.unwrap();
        page.threads.iter().map(|thread| (thread.root.seq, thread.unread)).collect()
    }
}

async fn a_reply_stands_in_its_thread_and_in_the_log(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    world.broker.take();
    let reply = world.reply(sam, root, "r1").await.unwrap();
    assert_eq!(reply.seq, root.seq.next());
    let also = world.reply_with(sam, (root, true), ("r2", "Done")).await.unwrap();

    let (here, both) = (InThread { root: root.seq, also: false }, InThread { root: root.seq, also: true });
    let published = world.broker.take();
    let events = published.events();
    let told: Vec<_> = events.iter().map(|event| event.posted().unwrap().thread).collect();
    assert_eq!(told, [Some(here), Some(both)]);
    let stored: Vec<_> =
        world.log(root.room).await.iter().filter_map(|event| event.posted()).map(|it| it.thread).collect();
    assert_eq!(stored, [None, Some(here), Some(both)]);
    let page = world.thread(alex, root).await;
    assert_eq!((page.root.seq, texts(&page.messages)), (root.seq, vec!["r1", "Done"]));
    assert_eq!(page.messages.last().map(|message| message.seq), Some(also.seq));
}

async fn what_is_said_in_a_thread_alone_is_not_said_in_the_room(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    world.store().mark_read(kim, root.room, root.seq).await.unwrap();
    world.reply(sam, root, "r1").await.unwrap();
    assert_eq!(world.room(kim, "general").await.unread, 0);
    world.reply_with(sam, (root, true), ("r2", "Done")).await.unwrap();
    assert_eq!(world.room(kim, "general").await.unread, 1);

    // Who replies has not read the room by that, but by what is said in the room as well.
    world.say(alex, "general", "Lunch").await.unwrap();
    let before = world.room(sam, "general").await.read;
    world.reply(sam, root, "r3").await.unwrap();
    assert_eq!(world.room(sam, "general").await.read, before);
    let both = world.reply_with(sam, (root, true), ("r4", "Yes")).await.unwrap();
    assert_eq!(world.room(sam, "general").await.read, both.seq);
}

async fn there_is_no_thread_under_what_is_no_message_of_the_room(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    let reply = world.reply(sam, root, "r1").await.unwrap();
    let gone = world.say(alex, "general", "Oops").await.unwrap();
    world.store().delete_message(alex, deletion(gone.room, gone.seq, "d")).await.unwrap();
    world.join(sam, "tech").await.unwrap();
    let elsewhere = Appended { room: world.id("tech"), ..root };
    world.broker.take();
    let of = |seq| Appended { seq, ..root };
    // A reply, one that is deleted, one's own coming, nothing yet, nothing ever.
    for wrong in [reply, gone, of(Seq(1)), of(Seq(90)), of(Seq(0)), of(Seq(i64::MAX)), elsewhere] {
        let refused = Err(Refusal::MessageNotFound(wrong.seq));
        assert_eq!(world.reply(sam, wrong, "x").await, refused);
        if wrong != gone {
            let read = world.store().thread(sam.user, wrong.room, wrong.seq, Window::Latest, 50).await;
            assert_eq!(read.map(drop), Err(Refusal::MessageNotFound(wrong.seq)));
            let follows = world.store().change_thread(sam, wrong.room, wrong.seq, ThreadChange::Followed);
            assert_eq!(follows.await, Err(Refusal::MessageNotFound(wrong.seq)));
        }
    }
    assert!(world.broker.take().is_empty(), "what is refused is nowhere");
    assert!(world.reply(sam, root, "x").await.is_ok(), "the name is free still");

    let pat = world.guest("Pat").await;
    let outside = world.store().thread(pat.user, root.room, root.seq, Window::Latest, 50).await;
    assert_eq!(outside.map(drop), Err(Refusal::NotMember));
    assert_eq!(world.reply(pat, root, "x").await, Err(Refusal::NotMember));
}

async fn newcomers_see_no_thread_that_began_before_their_time(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let root = world.say(alex, "tea", "Between us").await.unwrap();
    let joined = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.store().update_room(alex, tea, joined, rooms_within(100)).await.unwrap();
    world.join(sam, "tea").await.unwrap();
    let mention = format!("Look, <@{}>", sam.user);
    world.reply_with(alex, (root, false), ("r1", &mention)).await.unwrap();
    let refused = Refusal::MessageNotFound(root.seq);
    assert_eq!(world.reply(sam, root, "x").await, Err(refused.clone()));
    let read = world.store().thread(sam.user, tea, root.seq, Window::Latest, 50).await;
    assert_eq!(read.map(drop), Err(refused));
    assert_eq!((world.room(sam, "tea").await.threads, world.listed(sam).await), (0, vec![]));
    assert_eq!(world.thread(alex, root).await.messages.len(), 1);
}

async fn a_repeated_reply_answers_the_first_result(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    let first = world.reply(sam, root, "r1").await;
    assert!(first.is_ok());
    world.broker.take();
    assert_eq!(world.reply(sam, root, "r1").await, first);
    let nothing = Appended { seq: Seq(99), ..root };
    assert_eq!(world.reply(sam, nothing, "r1").await, first, "whatever else a repeat says does not count");
    assert!(world.broker.take().is_empty());
    assert_eq!(world.info(alex, root).await.map(|info| info.replies), Some(1));
}

async fn a_root_says_what_is_said_under_it(world: World) {
    let [alex, sam, kim, pat] = world.members(["Alex", "Sam", "Kim", "Pat"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    assert_eq!(world.info(alex, root).await, None);
    let mut last = root;
    for (actor, id) in [(alex, "1"), (sam, "2"), (kim, "3"), (sam, "4"), (pat, "5")] {
        world.clock.advance(10);
        last = world.reply(actor, root, id).await.unwrap();
    }
    world.store().rename(kim, name("Kimberly")).await.unwrap();
    let head = world.room(alex, "general").await.head;
    let named = |actor: Actor, name: &str| (actor.user, name.to_owned());
    let users = vec![named(pat, "Pat"), named(sam, "Sam"), named(kim, "Kimberly")];
    let expected = ThreadInfo { replies: 5, last: last.at, users, as_of: head };
    assert_eq!(world.info(alex, root).await, Some(expected.clone()));
    assert_eq!(world.thread(sam, root).await.root.content.thread_info.as_deref(), Some(&expected));

    // What is deleted does not count, and the event of it names the thread.
    world.broker.take();
    world.store().delete_message(pat, deletion(root.room, last.seq, "d")).await.unwrap();
    let published = world.broker.take();
    let told = EventBody::Message(MessageEvent::Deleted { target: last.seq, thread: Some(root.seq) });
    assert_eq!(published.events()[0].body, told);
    let info = world.info(alex, root).await.unwrap();
    assert_eq!((info.replies, info.users[0].0, info.users.len()), (4, sam.user, 3));
    // A change of the root that is told later says it, too.
    world.store().edit_message(alex, edit(root.room, root.seq, "e", "Release 2")).await.unwrap();
    let log = world.log(root.room).await;
    let changed = log.iter().rev().find_map(|event| match &event.body {
        EventBody::Message(MessageEvent::Changed(message)) => Some(&message.content),
        EventBody::Message(_) | EventBody::Member(_) | EventBody::Room(_) => None,
    });
    assert_eq!(changed.unwrap().thread_info.as_ref().map(|info| info.replies), Some(4));
}

async fn a_thread_is_read_page_by_page(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    let mut seqs = Vec::new();
    for number in 0..7 {
        seqs.push(world.reply(sam, root, &format!("r{number}")).await.unwrap().seq);
        world.say(alex, "general", &format!("between {number}")).await.unwrap();
    }
    let page = async |window, limit| {
        let page = world.store().thread(sam.user, root.room, root.seq, window, limit).await.unwrap();
        let found: Vec<_> = page.messages.iter().map(|message| message.seq).collect();
        (found, page.has_before, page.has_after)
    };
    assert_eq!(page(Window::Latest, 3).await, (seqs[4..].to_vec(), true, false));
    assert_eq!(page(Window::Before(seqs[4]), 3).await, (seqs[1..4].to_vec(), true, true));
    assert_eq!(page(Window::Before(seqs[1]), 3).await, (seqs[..1].to_vec(), false, true));
    assert_eq!(page(Window::After(seqs[1]), 3).await, (seqs[2..5].to_vec(), true, true));
    assert_eq!(page(Window::After(seqs[4]), 3).await, (seqs[5..].to_vec(), true, false));
    assert_eq!(page(Window::Around(seqs[3]), 4).await, (seqs[2..6].to_vec(), true, true));
    assert_eq!(page(Window::Latest, 50).await, (seqs.clone(), false, false));
}

async fn a_thread_outlives_its_root(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let root = world.say(alex, "general", "Release").await.unwrap();
    world.reply(sam, root, "r1").await.unwrap();
    world.store().delete_message(alex, deletion(root.room, root.seq, "d")).await.unwrap();
    let page = world.thread(sam, root).await;
    assert_eq!((page.root.content.is_deleted(), texts(&page.messages)), (true, vec!["r1"]));
    assert_eq!(page.root.content.thread_info.map(|info| info.replies), Some(1));
    assert_eq!(world.reply(sam, root, "r2").await, Err(Refusal::MessageNotFound(root.seq)));
    assert_eq!(world.listed(alex).await, [(root.seq, 1)]);
}

async fn a_purge_names_the_threads(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let root = world.say(alex, "tea", "Release").await.unwrap();
    let reply = world.reply(sam, root, "r1").await.unwrap();
    world.broker.take();
    let purge = chinwag_core::ports::Purge { room: tea, user: sam.user, since: root.at };
    assert_eq!(world.store().purge_messages(alex, purge, 10).await, Ok(1));
    let published = world.broker.take();
    let told = EventBody::Message(MessageEvent::Deleted { target: reply.seq, thread: Some(root.seq) });
    assert_eq!(published.events()[0].body, told);
    assert_eq!((world.info(alex, root).await, world.room(alex, "tea").await.threads), (None, 0));
}
