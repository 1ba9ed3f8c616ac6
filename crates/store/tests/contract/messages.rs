use crate::world::{NO_ROOM, World, contract, new_message, slug, texts};
use chinwag_core::domain::{MessageContent, MessageKind, Refusal, Seq};
use chinwag_core::ports::{Clock as _, NewMessage};

contract!(
    a_message_is_stored_and_published,
    only_members_write,
    an_unknown_room_is_refused,
    a_repeat_answers_the_first_result,
    a_repeat_after_leaving_answers_the_first_result,
    a_client_id_belongs_to_one_room,
    client_ids_of_two_people_do_not_meet,
    others_messages_are_unread_and_ones_own_are_not,
    unread_stops_at_100,
    whom_one_blocks_makes_nothing_unread,
    a_dropped_future_undoes_nothing,
    any_text_comes_back_as_it_was,
    an_action_is_kept_as_one,
);

async fn a_message_is_stored_and_published(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.clock.advance(5);
    let said = world.send(alex, "general", "id-1", "hello").await.unwrap();
    assert_eq!((said.seq, said.at), (Seq(2), world.clock.now()));

    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.room, event.seq, event.at), (said.room, said.seq, said.at));
    assert_eq!((event.actor, event.name.as_str()), (alex.user, "Alex"));
    let content = MessageContent::new(MessageKind::Text, "hello", "id-1");
    assert_eq!(event.posted(), Some(&content));
    assert_eq!((published.personal(), published.directory()), (vec![], vec![]));
    assert_eq!(world.log(said.room).await.last(), Some(&**event));
    assert_eq!(world.room(alex, "general").await.head, said.seq);
}

async fn only_members_write(world: World) {
    let [alex] = world.members(["Alex"]).await;
    assert_eq!(world.say(alex, "tech", "hi").await, Err(Refusal::NotMember));
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(alex, "tech").await.head, Seq(0));
}

async fn an_unknown_room_is_refused(world: World) {
    let [alex] = world.members(["Alex"]).await;
    assert_eq!(world.say(alex, "nowhere", "hi").await, Err(Refusal::RoomNotFound(NO_ROOM.into())));
    let room = world.create_room(alex, "nowhere").await.unwrap().id;
    assert!(world.say(alex, "nowhere", "hi").await.is_ok());
    world.store().delete_room(alex, room).await.unwrap();
    assert_eq!(world.say(alex, "nowhere", "again").await, Err(Refusal::RoomNotFound(room.into())));
}

async fn a_repeat_answers_the_first_result(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let first = world.send(alex, "general", "id", "hello").await.unwrap();
    world.clock.advance(5);
    world.broker.take();
    assert_eq!(world.send(alex, "general", "id", "another text").await, Ok(first));
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(alex, "general").await.head, first.seq);
}

async fn a_repeat_after_leaving_answers_the_first_result(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let first = world.send(alex, "general", "id", "hello").await.unwrap();
    world.store().leave(alex, world.id("general")).await.unwrap();
    world.broker.take();
    assert_eq!(world.send(alex, "general", "id", "hello").await, Ok(first));
    assert!(world.broker.take().is_empty());
}

async fn a_client_id_belongs_to_one_room(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.join(alex, "tech").await.unwrap();
    world.send(alex, "general", "id", "hello").await.unwrap();
    world.broker.take();
    assert_eq!(world.send(alex, "tech", "id", "hello").await, Err(Refusal::ClientIdReused));
    assert!(world.broker.take().is_empty());
}

async fn client_ids_of_two_people_do_not_meet(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let first = world.send(alex, "general", "id", "hello").await.unwrap();
    let second = world.send(sam, "general", "id", "hello").await.unwrap();
    assert_eq!(second.seq, first.seq.next());
}

async fn others_messages_are_unread_and_ones_own_are_not(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for text in ["one", "two"] {
        world.say(alex, "general", text).await.unwrap();
    }
    let (mine, theirs) = (world.room(alex, "general").await, world.room(sam, "general").await);
    assert_eq!((mine.unread, mine.read), (0, mine.head));
    assert_eq!((theirs.unread, theirs.read), (2, Seq(2)));
    let said = world.say(sam, "general", "three").await.unwrap();
    let theirs = world.room(sam, "general").await;
    assert_eq!((theirs.unread, theirs.read), (0, said.seq));
}

async fn whom_one_blocks_makes_nothing_unread(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let say = async |word: &str| {
        let to_kim = format!("{word} <@{}>", kim.user.0);
        for author in [alex, sam] {
            world.say(author, "general", &to_kim).await.unwrap();
        }
    };
    let counts = async || {
        let room = world.room(kim, "general").await;
        (room.unread, room.mentions)
    };
    say("Good morning").await;
    assert_eq!(counts().await, (2, 2));
    world.store().block(kim, alex.user).await.unwrap();
    assert_eq!(counts().await, (1, 1));
    say("Good night").await;
    assert_eq!(counts().await, (2, 2));
    assert_eq!(world.room(alex, "general").await.unread, 1, "others count as before");
    world.store().unblock(kim, alex.user).await.unwrap();
    assert_eq!(counts().await, (4, 4));
}

async fn unread_stops_at_100(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for number in 0..99 {
        world.say(alex, "general", &number.to_string()).await.unwrap();
    }
    assert_eq!(world.room(sam, "general").await.unread, 99);
    for number in 99..103 {
        world.say(alex, "general", &number.to_string()).await.unwrap();
    }
    assert_eq!(world.room(sam, "general").await.unread, 100);
}

async fn a_dropped_future_undoes_nothing(world: World) {
    let [alex] = world.members(["Alex"]).await;
    drop(world.say(alex, "general", "first"));
    let second = world.say(alex, "general", "second").await.unwrap();
    assert_eq!(second.seq, Seq(3));
    assert_eq!(world.broker.take().events().len(), 2);
}

async fn any_text_comes_back_as_it_was(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let said = [
        "'; DROP TABLE messages; --",
        "\u{1F469}\u{200D}\u{1F680} \u{645}\u{6CC}\u{200C}\u{62E}",
        "\\0 %s \u{E000}",
        "{\"kind\":\"message\"}",
    ];
    for (number, text) in said.iter().enumerate() {
        world.send(alex, "general", &number.to_string(), text).await.unwrap();
    }
    let snapshot = world.store().snapshot(alex.user, slug("general").into(), 10, 10).await.unwrap();
    assert_eq!(texts(&snapshot.page.messages), said);
}

async fn an_action_is_kept_as_one(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let action = NewMessage { kind: MessageKind::Action, ..new_message(world.id("general"), "id", "waves") };
    let said = world.store().append_message(alex, action).await.unwrap();
    let snapshot = world.store().snapshot(alex.user, said.room.into(), 10, 0).await.unwrap();
    let kinds: Vec<_> = snapshot.page.messages.iter().map(|message| message.content.kind).collect();
    assert_eq!(kinds, [MessageKind::Action]);
    let log = world.log(said.room).await;
    assert_eq!(log.last().and_then(|event| event.posted()), Some(&snapshot.page.messages[0].content));
}
