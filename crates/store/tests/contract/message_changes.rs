//! What becomes of messages: edits, deletions, and how a replay tells of them.

use crate::random::seeded;
use crate::world::{World, contract, deletion, edit, new_message, slug, texts};
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{Actor, EventBody, MessageEvent, MessageKind, Refusal, RoomEvent, Seq};
use chinwag_core::ports::{Appended, Clock as _, ReplaySpan};
use rand::RngExt as _;
use std::collections::BTreeMap;

contract!(
    an_edit_is_stored_and_published,
    a_deleted_message_has_no_text,
    nobody_changes_the_words_of_others,
    whoever_keeps_order_deletes_the_words_of_others,
    what_is_not_there_is_not_changed,
    a_repeat_changes_nothing,
    a_client_id_names_one_write,
    a_deleted_message_is_not_unread,
    a_page_of_history_has_no_changes_among_its_events,
    a_replay_tells_each_change_once,
    whoever_comes_back_at_random_has_what_is_there,
);

async fn an_edit_is_stored_and_published(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let said = world.say(alex, "general", "helo").await.unwrap();
    world.clock.advance(5);
    world.broker.take();
    let edited = world.store().edit_message(alex, edit(said.room, said.seq, "e", "hello")).await.unwrap();
    assert_eq!((edited.room, edited.seq, edited.at), (said.room, said.seq.next(), world.clock.now()));
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.seq, event.at, event.actor, &*event.name), (edited.seq, edited.at, alex.user, "Alex"));
    let (target, kind, text) = (said.seq, MessageKind::Text, "hello".to_owned());
    assert_eq!(
        event.body,
        EventBody::Message(MessageEvent::Edited {
            target,
            kind,
            text,
            mentions: Box::default(),
            quote: None,
            attachments: Box::default(),
        })
    );

    let page = world.store().snapshot(alex.user, slug("general").into(), 10, 0).await.unwrap().page;
    let message = &page.messages[0];
    let changes = message.content.changes.as_deref().unwrap();
    assert_eq!((message.seq, message.at, &*message.content.text), (said.seq, said.at, "hello"));
    assert_eq!((changes.last, changes.edited, changes.is_deleted), (edited.seq, Some(edited.at), false));
    let log = world.log(said.room).await;
    assert_eq!(
        log.last().unwrap().body,
        EventBody::Message(MessageEvent::Changed(Box::new(message.clone())))
    );
}

async fn a_deleted_message_has_no_text(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    world.store().edit_message(alex, edit(said.room, said.seq, "e", "hullo")).await.unwrap();
    world.broker.take();
    let deleted = world.store().delete_message(alex, deletion(said.room, said.seq, "d")).await.unwrap();
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!(event.seq, deleted.seq);
    assert_eq!(event.body, EventBody::Message(MessageEvent::Deleted { target: said.seq, thread: None }));
    let log = world.log(said.room).await;
    assert!(!format!("{log:?}").contains("hullo"), "{log:?}");
    let content = log[1].posted().unwrap();
    let changes = content.changes.as_deref().unwrap();
    assert_eq!((&*content.text, changes.last, changes.edited), ("", deleted.seq, None));
    assert!(content.is_deleted());
    // Whoever is slower learns that it is done.
    assert_eq!(world.store().delete_message(alex, deletion(said.room, said.seq, "d2")).await, Ok(deleted));
    let edited = world.store().edit_message(alex, edit(said.room, said.seq, "e2", "again")).await;
    assert_eq!(edited, Err(Refusal::MessageNotFound(said.seq)));
    // The sender who did not hear of the ack does not raise the dead.
    assert_eq!(world.say(alex, "general", "hello").await, Ok(said));
    assert!(world.broker.take().is_empty());
}

async fn nobody_changes_the_words_of_others(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "hello").await.unwrap();
    let late = world.guest("Late").await;
    world.broker.take();
    let edit = |actor, id| world.store().edit_message(actor, edit(said.room, said.seq, id, "mine"));
    let delete = |actor, id| world.store().delete_message(actor, deletion(said.room, said.seq, id));
    assert_eq!(edit(sam, "1").await, Err(Refusal::NotAuthor));
    assert_eq!(delete(sam, "2").await, Err(Refusal::Forbidden));
    assert_eq!(edit(late, "1").await, Err(Refusal::NotMember));
    assert_eq!(delete(late, "2").await, Err(Refusal::Forbidden));
    world.store().leave(alex, said.room).await.unwrap();
    world.broker.take();
    assert_eq!(edit(alex, "1").await, Err(Refusal::NotMember));
    assert_eq!(delete(alex, "2").await, Err(Refusal::NotMember));
    assert!(world.broker.take().is_empty());
}

async fn whoever_keeps_order_deletes_the_words_of_others(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let [first, second] =
        [world.say(sam, "tea", "one").await.unwrap(), world.say(alex, "tea", "two").await.unwrap()];
    assert!(world.store().delete_message(alex, deletion(room, first.seq, "d")).await.is_ok());
    // The owner may not put words into anybody's mouth.
    let third = world.say(sam, "tea", "three").await.unwrap();
    let edited = world.store().edit_message(alex, edit(room, third.seq, "e", "mine")).await;
    assert_eq!(edited, Err(Refusal::NotAuthor));
    world.store().set_role(alex, room, sam.user, RoomRole::Moderator).await.unwrap();
    assert!(world.store().delete_message(sam, deletion(room, second.seq, "d")).await.is_ok());

    let direct =
        world.store().open_conversation(alex, vec![sam.user], crate::world::rooms_within(9)).await.unwrap();
    let said = world.store().append_message(sam, new_message(direct.id, "x", "hi")).await.unwrap();
    let deleted = world.store().delete_message(alex, deletion(direct.id, said.seq, "d3")).await;
    assert_eq!(deleted, Err(Refusal::Forbidden), "a conversation has nobody who keeps order");
}

async fn what_is_not_there_is_not_changed(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    // The place 1 is that of a join.
    for place in [-1, 0, 1, 2, i64::MAX] {
        let edited = world.store().edit_message(alex, edit(general, Seq(place), "e", "x")).await;
        assert_eq!(edited, Err(Refusal::MessageNotFound(Seq(place))));
        let deleted = world.store().delete_message(alex, deletion(general, Seq(place), "d")).await;
        assert_eq!(deleted, Err(Refusal::MessageNotFound(Seq(place))));
    }
}

async fn a_repeat_changes_nothing(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let said = world.say(alex, "general", "one").await.unwrap();
    let edit = |id, text| world.store().edit_message(alex, edit(said.room, said.seq, id, text));
    let first = edit("a", "two").await.unwrap();
    edit("b", "three").await.unwrap();
    world.clock.advance(5);
    world.broker.take();
    assert_eq!(edit("a", "two").await, Ok(first));
    assert!(world.broker.take().is_empty());
    let page = world.store().snapshot(alex.user, said.room.into(), 10, 0).await.unwrap().page;
    assert_eq!(texts(&page.messages), ["three"]);
    let deleted = world.store().delete_message(alex, deletion(said.room, said.seq, "c")).await.unwrap();
    assert_eq!(edit("a", "two").await, Ok(first));
    // Also for one who has left meanwhile.
    world.store().leave(alex, said.room).await.unwrap();
    assert_eq!(world.store().delete_message(alex, deletion(said.room, said.seq, "c")).await, Ok(deleted));
    assert_eq!(edit("a", "two").await, Ok(first));
}

async fn a_client_id_names_one_write(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "one").await.unwrap();
    let other = world.say(alex, "general", "two").await.unwrap();
    let theirs = world.say(sam, "general", "three").await.unwrap();
    let change = |id, target| world.store().edit_message(alex, edit(said.room, target, id, "x"));
    change("e", said.seq).await.unwrap();
    world.broker.take();
    assert_eq!(change("one", said.seq).await, Err(Refusal::ClientIdReused), "it named a message");
    assert_eq!(change("e", other.seq).await, Err(Refusal::ClientIdReused), "it named another edit");
    let deleted = world.store().delete_message(alex, deletion(said.room, said.seq, "e")).await;
    assert_eq!(deleted, Err(Refusal::ClientIdReused));
    assert_eq!(world.say(alex, "general", "e").await, Err(Refusal::ClientIdReused), "it named an edit");
    assert!(world.broker.take().is_empty());
    assert!(world.store().edit_message(sam, edit(said.room, theirs.seq, "e", "x")).await.is_ok());
}

async fn a_deleted_message_is_not_unread(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let mut said = Vec::new();
    for text in ["one", "two", "three"] {
        said.push(world.say(alex, "general", text).await.unwrap());
    }
    world.store().edit_message(alex, edit(said[0].room, said[0].seq, "e", "uno")).await.unwrap();
    assert_eq!(world.room(sam, "general").await.unread, 3, "an edit makes nothing unread");
    world.store().delete_message(alex, deletion(said[0].room, said[1].seq, "d")).await.unwrap();
    assert_eq!(world.room(sam, "general").await.unread, 2);
    world.store().mark_read(sam, said[0].room, said[2].seq).await.unwrap();
    assert_eq!(world.room(sam, "general").await.unread, 0);
}

async fn a_page_of_history_has_no_changes_among_its_events(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let said = world.say(alex, "general", "one").await.unwrap();
    for number in 0..3 {
        let id = format!("e{number}");
        world.store().edit_message(alex, edit(said.room, said.seq, &id, &id)).await.unwrap();
    }
    let page = world.store().snapshot(alex.user, said.room.into(), 10, 0).await.unwrap().page;
    assert_eq!((texts(&page.messages), page.events.len(), page.events_from), (vec!["e2"], 1, Seq(1)));
}

async fn a_replay_tells_each_change_once(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.id("general");
    let mut said = Vec::new();
    for number in 0..3 {
        said.push(world.say(alex, "general", &number.to_string()).await.unwrap().seq);
    }
    let seen = said[2];
    for number in 0..700 {
        let id = format!("e{number}");
        world.store().edit_message(alex, edit(room, said[0], &id, &id)).await.unwrap();
    }
    let deleted = world.store().delete_message(alex, deletion(room, said[1], "d")).await.unwrap();
    let late = world.say(alex, "general", "late").await.unwrap();
    world.store().edit_message(alex, edit(room, late.seq, "last", "later")).await.unwrap();
    let (events, position) = replay(&world, sam, seen, 100).await;
    assert_eq!(position, world.room(sam, "general").await.head, "all of it counts as seen");
    let told: Vec<_> = events.iter().map(|event| (event.seq, event.target())).collect();
    let last_edit = Seq(seen.0 + 700);
    assert_eq!(told, [(last_edit, Some(said[0])), (deleted.seq, Some(said[1])), (late.seq, None)]);
    assert_eq!(events[2].posted().map(|content| &*content.text), Some("later"));
}

/// Replays what is behind `seen`, in pages of `limit` places. Answers the events and the place that was reached.
async fn replay(world: &World, person: Actor, seen: Seq, limit: u32) -> (Vec<RoomEvent>, Seq) {
    let found = world.store().room(person.user, slug("general").into()).await.unwrap();
    let access = found.log.unwrap();
    let (mut events, mut after, mut until) = (Vec::new(), seen, access.authorized_at());
    while after < until {
        let page = world.store().replay(&access, ReplaySpan { seen, after, limit }).await.unwrap();
        assert!(page.through > after && page.through.0 - after.0 <= i64::from(limit));
        assert!(page.events.iter().all(|event| after < event.seq && event.seq <= page.through));
        events.extend(page.events);
        (after, until) = (page.through, until.max(page.until));
    }
    (events, after)
}

/// A client that has heard a part of the log, and what it made of that.
#[derive(Default)]
struct Client {
    seen: Seq,
    texts: BTreeMap<Seq, String>,
}

impl Client {
    fn hear(&mut self, events: &[RoomEvent], position: Seq) {
        for event in events {
            let EventBody::Message(body) = &event.body else { continue };
            match body {
                MessageEvent::Posted(content) => _ = self.texts.insert(event.seq, content.text.clone()),
                MessageEvent::Edited { target, text, .. } => _ = self.texts.insert(*target, text.clone()),
                MessageEvent::Deleted { target, .. } => _ = self.texts.insert(*target, String::new()),
                MessageEvent::Reacted { .. } | MessageEvent::Pinned { .. } => {}
                MessageEvent::Changed(message) => {
                    _ = self.texts.insert(message.seq, message.content.text.clone());
                }
            }
        }
        self.seen = position;
    }
}

async fn whoever_comes_back_at_random_has_what_is_there(world: World) {
    let mut random = seeded();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let (room, mut said) = (world.id("general"), Vec::<Appended>::new());
    let mut clients: Vec<_> = (0..4).map(|_| Client { seen: Seq(2), ..Client::default() }).collect();
    for number in 0..250 {
        let id = number.to_string();
        let target = |random: &mut rand::rngs::StdRng| said[random.random_range(0..said.len())].seq;
        match random.random_range(0..10) {
            0..4 => said.push(world.say(alex, "general", &id).await.unwrap()),
            _ if said.is_empty() => {}
            4..9 => {
                // One that was deleted is not edited any more.
                _ = world.store().edit_message(alex, edit(room, target(&mut random), &id, &id)).await;
            }
            _ => {
                let target = target(&mut random);
                world.store().delete_message(alex, deletion(room, target, &id)).await.unwrap();
            }
        }
        let client = random.random_range(0..clients.len() * 4);
        if let Some(client) = clients.get_mut(client) {
            let (events, position) = replay(&world, sam, client.seen, random.random_range(1..20)).await;
            client.hear(&events, position);
            has_what_is_there(&world, sam, client).await;
        }
    }
}

async fn has_what_is_there(world: &World, person: Actor, client: &Client) {
    let page = world.store().snapshot(person.user, slug("general").into(), 500, 0).await.unwrap().page;
    let there: BTreeMap<_, _> =
        page.messages.into_iter().map(|message| (message.seq, message.content.text)).collect();
    assert_eq!(client.texts, there);
}
