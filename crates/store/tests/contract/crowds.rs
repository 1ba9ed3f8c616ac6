//! Messages that mention everybody in a room, or everybody who is there.

use crate::accounts;
use crate::world::{World, contract, deletion, edit, new_message};
use chinwag_core::domain::{Actor, Refusal, RoomHistory, RoomId};
use chinwag_core::ports::{Appended, NewMessage, RoomUpdate};

contract!(
    all_members_are_mentioned_but_who_wrote_it,
    an_edit_mentions_all_and_takes_it_back,
    whoever_is_there_is_mentioned,
    who_comes_later_was_not_meant,
    who_may_not_read_a_message_is_not_mentioned_by_it,
    guests_mention_nobody_but_by_name,
    in_a_large_room_those_mention_all_who_keep_order,
);

/// A room of Alex's with two others in it.
async fn tea(world: &World) -> (RoomId, [Actor; 3]) {
    let people = world.members(["Alex", "Sam", "Kim"]).await;
    let tea = world.create_room(people[0], "tea").await.unwrap().id;
    for person in &people[1..] {
        world.join(*person, "tea").await.unwrap();
    }
    (tea, people)
}

async fn mentions<const N: usize>(world: &World, of: [Actor; N]) -> [u32; N] {
    let mut counts = [0; N];
    for (count, person) in counts.iter_mut().zip(of) {
        *count = world.room(person, "tea").await.mentions;
    }
    counts
}

async fn change(
    world: &World,
    author: Actor,
    said: Appended,
    id: &str,
    text: &str,
) -> Result<Appended, Refusal> {
    world.store().edit_message(author, edit(said.room, said.seq, id, text)).await
}

async fn all_members_are_mentioned_but_who_wrote_it(world: World) {
    let (tea, [alex, sam, kim]) = tea(&world).await;
    let said = world.say(alex, "tea", "<@room>: tea?").await.unwrap();
    world.say(alex, "tea", &format!("<@room> and <@{}>", sam.user)).await.unwrap();
    assert_eq!(
        mentions(&world, [alex, sam, kim]).await,
        [0, 2, 2],
        "nobody is counted twice for one message"
    );
    world.store().mark_read(kim, tea, said.seq).await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 2, 1]);
    world.store().delete_message(alex, deletion(tea, said.seq, "d")).await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 1, 1]);
    world.store().block(kim, alex.user).await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 1, 0]);
}

async fn an_edit_mentions_all_and_takes_it_back(world: World) {
    let (tea, [alex, sam, kim]) = tea(&world).await;
    let said = world.say(alex, "tea", "Tea?").await.unwrap();
    world.store().mark_read(sam, tea, said.seq).await.unwrap();
    let called = change(&world, alex, said, "1", "Tea, <@room>?").await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 1, 1], "though it was read before");
    world.store().mark_read(sam, tea, called.seq).await.unwrap();
    change(&world, alex, said, "2", "Green tea, <@room>?").await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 0, 1], "it stays the same mention");
    change(&world, alex, said, "3", "No tea").await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 0, 0]);
}

async fn whoever_is_there_is_mentioned(world: World) {
    let (tea, [alex, sam, kim]) = tea(&world).await;
    let pat = world.guest("Pat").await;
    let call = NewMessage {
        here: Box::new([alex.user, sam.user, pat.user]),
        ..new_message(tea, "call", "<@here>, quick")
    };
    let said = world.store().append_message(alex, call.clone()).await.unwrap();
    assert_eq!(world.store().append_message(alex, call).await.unwrap().seq, said.seq);
    world.join(pat, "tea").await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim, pat]).await, [0, 1, 0, 0]);
    let log = world.log(tea).await;
    let posted = log.iter().find_map(|event| event.posted()).unwrap();
    assert!(posted.mentions.is_empty(), "nobody is called by name");

    change(&world, alex, said, "1", &format!("<@here> and <@{}>", kim.user)).await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 1, 1]);
    change(&world, alex, said, "2", &format!("<@{}>", sam.user)).await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 1, 0]);
    change(&world, alex, said, "3", "Never mind").await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [0, 0, 0]);
}

async fn who_comes_later_was_not_meant(world: World) {
    let (_, [alex, ..]) = tea(&world).await;
    world.say(alex, "tea", "<@room>").await.unwrap();
    let pat = world.guest("Pat").await;
    world.join(pat, "tea").await.unwrap();
    assert_eq!(mentions(&world, [pat]).await, [0]);
}

async fn who_may_not_read_a_message_is_not_mentioned_by_it(world: World) {
    let alex = world.guest("Alex").await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let update = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.update_room(alex, tea, update).await.unwrap();
    let said = world.say(alex, "tea", "long ago").await.unwrap();
    let pat = world.guest("Pat").await;
    world.join(pat, "tea").await.unwrap();
    change(&world, alex, said, "e", "<@room>, long ago").await.unwrap();
    assert_eq!(mentions(&world, [pat]).await, [0]);
    world.say(alex, "tea", "<@room>").await.unwrap();
    assert_eq!(mentions(&world, [pat]).await, [1]);
}

async fn guests_mention_nobody_but_by_name(world: World) {
    let (_, [alex, sam, kim]) = tea(&world).await;
    for text in ["<@room>", "Hello <@here>"] {
        assert_eq!(world.say(sam, "tea", text).await, Err(Refusal::MayNotMentionAll));
    }
    let said = world.say(sam, "tea", "@room").await.unwrap();
    assert_eq!(change(&world, sam, said, "e", "<@room>").await, Err(Refusal::MayNotMentionAll));
    let ida = accounts::member(&world, "Ida").await;
    world.join(ida, "tea").await.unwrap();
    world.say(ida, "tea", "<@room>").await.unwrap();
    assert_eq!(mentions(&world, [alex, sam, kim]).await, [1, 1, 1]);
}

async fn in_a_large_room_those_mention_all_who_keep_order(world: World) {
    let (_, [alex, ..]) = tea(&world).await;
    let ida = accounts::member(&world, "Ida").await;
    world.join(ida, "tea").await.unwrap();
    let said = world.say(ida, "tea", "<@room>, small as it is").await.unwrap();
    for number in 0..47 {
        let guest = world.guest(&format!("Guest {number}")).await;
        world.join(guest, "tea").await.unwrap();
    }
    assert_eq!(world.say(ida, "tea", "<@room>").await, Err(Refusal::MayNotMentionAll));
    // What was said may still be mended, and calls no more people than it did.
    change(&world, ida, said, "e", "<@room>, small as it was").await.unwrap();
    change(&world, ida, said, "e2", "nobody").await.unwrap();
    assert_eq!(change(&world, ida, said, "e3", "<@room>").await, Err(Refusal::MayNotMentionAll));
    let here = world.say(alex, "tea", "<@here>").await.unwrap();
    assert_eq!(here.room, said.room);
    world.say(alex, "tea", "<@room>").await.unwrap();
}
