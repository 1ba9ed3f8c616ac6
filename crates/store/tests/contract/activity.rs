//! What concerned people.

use crate::reactions::reacting;
use crate::world::{World, contract, deletion, edit, new_message};
use chinwag_core::domain::{ActivityKind, Actor, InThread, ReactionChange, RoomId, Seq};
use chinwag_core::ports::NewMessage;

contract![
    each_message_concerns_a_person_once,
    many_who_are_mentioned_at_once_are_concerned,
    what_is_edited_out_or_deleted_concerns_nobody,
    reactions_come_and_go,
    nobody_reads_by_it_what_one_may_not_read_or_will_not,
    it_comes_page_by_page,
    it_ends_with_the_membership_and_the_room,
    the_last_of_it_is_kept,
];

/// What concerned somebody, in words, the last first.
async fn of(world: &World, person: Actor) -> Vec<(String, String)> {
    let page = world.store().activity(person.user, None, 50).await.unwrap();
    let words = |kind: &ActivityKind| match kind {
        ActivityKind::Mention => "mention".to_owned(),
        ActivityKind::Reply => "reply".to_owned(),
        ActivityKind::Thread => "thread".to_owned(),
        ActivityKind::Reaction(emoji) => emoji.clone(),
    };
    page.activity.iter().map(|it| (words(&it.kind), it.message.content.text.clone())).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(kind, text)| ((*kind).to_owned(), (*text).to_owned())).collect()
}

async fn send(world: &World, person: Actor, message: NewMessage) -> Seq {
    world.store().append_message(person, message).await.unwrap().seq
}

fn answer(room: RoomId, text: &str, to: Seq) -> NewMessage {
    NewMessage { reply_to: Some(to), ..new_message(room, &text.replace(['<', '>', '@', ' '], "-"), text) }
}

fn below(room: RoomId, text: &str, root: Seq) -> NewMessage {
    let thread = Some(InThread { root, also: false });
    NewMessage { thread, ..new_message(room, &text.replace(['<', '>', '@', ' '], "-"), text) }
}

async fn many_who_are_mentioned_at_once_are_concerned(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    for person in [sam, kim] {
        world.join(person, "tea").await.unwrap();
    }
    let here = NewMessage { here: Box::new([sam.user]), ..new_message(tea, "here", "<@here>") };
    send(&world, alex, here).await;
    let all = send(&world, alex, new_message(tea, "all", "<@room>")).await;
    world.store().edit_message(alex, edit(tea, all, "e", "<@room>!")).await.unwrap();
    assert_eq!(of(&world, sam).await, pairs(&[("mention", "<@room>!"), ("mention", "<@here>")]));
    assert_eq!(of(&world, kim).await, pairs(&[("mention", "<@room>!")]));
    assert_eq!(of(&world, alex).await, []);
    world.store().edit_message(alex, edit(tea, all, "e2", "nobody")).await.unwrap();
    assert_eq!(of(&world, kim).await, []);
}

async fn each_message_concerns_a_person_once(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let general = world.id("general");
    let root = world.say(alex, "general", "root").await.unwrap().seq;
    send(&world, sam, answer(general, "answer", root)).await;
    send(&world, sam, answer(general, &format!("both <@{}>", alex.user), root)).await;
    send(&world, sam, below(general, "below", root)).await;
    send(&world, kim, below(general, &format!("deeper <@{}>", sam.user), root)).await;
    world.say(sam, "general", "nothing").await.unwrap();
    send(&world, alex, answer(general, "myself", root)).await;
    let both = format!("both <@{}>", alex.user);
    let deeper = format!("deeper <@{}>", sam.user);
    let expected =
        [("thread", deeper.as_str()), ("thread", "below"), ("mention", both.as_str()), ("reply", "answer")];
    assert_eq!(of(&world, alex).await, pairs(&expected));
    assert_eq!(of(&world, sam).await, pairs(&[("mention", deeper.as_str())]));
    assert_eq!(of(&world, kim).await, pairs(&[]));
    // A repeat is no other message.
    send(&world, sam, answer(general, "answer", root)).await;
    assert_eq!(of(&world, alex).await.len(), 4);
    let page = world.store().activity(alex.user, None, 1).await.unwrap();
    assert_eq!(page.activity[0].by, (kim.user, "Kim".to_owned()));
}

async fn what_is_edited_out_or_deleted_concerns_nobody(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(sam, "general", "hello").await.unwrap().seq;
    let mention = format!("hello <@{}>", alex.user);
    store.edit_message(sam, edit(general, said, "in", &mention)).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[("mention", mention.as_str())]));
    store.edit_message(sam, edit(general, said, "out", "hello")).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[]));
    store.edit_message(sam, edit(general, said, "again", &mention)).await.unwrap();
    store.delete_message(sam, deletion(general, said, "delete")).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[]));
}

async fn reactions_come_and_go(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(alex, "general", "hello").await.unwrap().seq;
    for emoji in ["🎉", "👍", "🎉"] {
        store.react(sam, reacting(general, said, emoji, ReactionChange::Added)).await.unwrap();
    }
    store.react(alex, reacting(general, said, "🎉", ReactionChange::Added)).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[("👍", "hello"), ("🎉", "hello")]));
    store.react(sam, reacting(general, said, "🎉", ReactionChange::Removed)).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[("👍", "hello")]));
    assert_eq!(of(&world, sam).await, pairs(&[]));
}

async fn nobody_reads_by_it_what_one_may_not_read_or_will_not(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(sam, "tea").await.unwrap().id;
    world.join(alex, "tea").await.unwrap();
    let said = world.say(alex, "tea", "mine").await.unwrap().seq;
    send(&world, sam, answer(tea, "answer", said)).await;
    assert_eq!(of(&world, alex).await.len(), 1);
    store.block(alex, sam.user).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[]));
    store.unblock(alex, sam.user).await.unwrap();
    store.leave(alex, tea).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[]));
    store.end_session(alex).await.unwrap();
    assert_eq!(of(&world, alex).await, pairs(&[]));
}

async fn it_ends_with_the_membership_and_the_room(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(sam, "tea").await.unwrap().id;
    world.join(alex, "tea").await.unwrap();
    for room in [world.id("general"), tea] {
        let text = format!("in {room} <@{}> <@{}>", alex.user, sam.user);
        let said = send(&world, alex, new_message(room, &format!("a-{room}"), "mine")).await;
        send(&world, sam, answer(room, &text, said)).await;
        send(&world, alex, answer(room, &format!("back in {room} <@{}>", sam.user), said)).await;
    }
    let left = async |person| store.activity(person, None, 50).await.unwrap().activity.len();
    assert_eq!((left(alex.user).await, left(sam.user).await), (2, 2));
    store.leave(alex, tea).await.unwrap();
    world.join(alex, "tea").await.unwrap();
    assert_eq!((left(alex.user).await, left(sam.user).await), (1, 2), "it does not come back");
    store.delete_room(sam, tea).await.unwrap();
    // What is in no table is not counted either.
    assert_eq!(store.with_much_activity(1, 50).await, Ok(Vec::new()));
    assert_eq!((left(alex.user).await, left(sam.user).await), (1, 1));
}

async fn the_last_of_it_is_kept(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(alex, "general", "hello").await.unwrap().seq;
    let other = world.say(sam, "general", "hello, too").await.unwrap().seq;
    for number in 0..5 {
        send(&world, sam, answer(general, &format!("a-{number}"), said)).await;
        send(&world, alex, answer(general, &format!("b-{number}"), other)).await;
    }
    assert_eq!(store.with_much_activity(5, 50).await, Ok(Vec::new()));
    assert_eq!(store.with_much_activity(4, 50).await, Ok(vec![alex.user, sam.user]));
    assert_eq!(store.with_much_activity(4, 1).await, Ok(vec![alex.user]));
    for _ in 0..2 {
        store.trim_activity(alex.user, 3).await.unwrap();
    }
    assert_eq!(of(&world, alex).await, pairs(&[("reply", "a-4"), ("reply", "a-3"), ("reply", "a-2")]));
    assert_eq!(of(&world, sam).await.len(), 5);
}

async fn it_comes_page_by_page(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    let said = world.say(alex, "general", "hello").await.unwrap().seq;
    for number in 0..5 {
        send(&world, sam, answer(general, &format!("a-{number}"), said)).await;
    }
    let (mut texts, mut before) = (Vec::new(), None);
    loop {
        let page = world.store().activity(alex.user, before, 2).await.unwrap();
        texts.extend(page.activity.into_iter().map(|it| it.message.content.text));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(texts, ["a-4", "a-3", "a-2", "a-1", "a-0"]);
}
