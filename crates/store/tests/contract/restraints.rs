//! Rooms that ask for more of those who write than the right to: who, how fast, and whether at all.

use crate::world::{World, contract, name, new_message, rooms_within, slug, title};
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{Actor, Refusal, RoomId, RoomPosting, Seq, SlowMode, WantedName};
use chinwag_core::ports::RoomUpdate;
use futures_util::future::join_all;

contract![
    only_moderators_write_where_the_room_says_so,
    one_waits_between_two_messages_in_a_slow_room,
    many_at_once_are_no_way_round_it,
    leaving_makes_nobody_faster,
    what_was_stored_is_answered_again,
    an_archived_room_is_there_to_be_read,
    archived_rooms_are_the_last_of_the_list,
];

fn posting(posting: RoomPosting) -> RoomUpdate {
    RoomUpdate { posting: Some(posting), ..RoomUpdate::default() }
}

fn slow(seconds: u32) -> RoomUpdate {
    RoomUpdate { slow_mode: Some(SlowMode::parse(seconds).unwrap()), ..RoomUpdate::default() }
}

fn archived(archived: bool) -> RoomUpdate {
    RoomUpdate { archived: Some(archived), ..RoomUpdate::default() }
}

/// A room of Alex's with a moderator, a member, and a visitor.
async fn tea(world: &World) -> (RoomId, [Actor; 3], Actor) {
    let people = world.members(["Alex", "Sam", "Kim"]).await;
    let tea = world.create_room(people[0], "tea").await.unwrap().id;
    for person in &people[1..] {
        world.join(*person, "tea").await.unwrap();
    }
    world.store().set_role(people[0], tea, people[1].user, RoomRole::Moderator).await.unwrap();
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    (tea, people, bot)
}

async fn only_moderators_write_where_the_room_says_so(world: World) {
    let (tea, [alex, sam, kim], bot) = tea(&world).await;
    let changed = world.update_room(alex, tea, posting(RoomPosting::Moderators)).await.unwrap();
    assert_eq!(changed.settings.posting, RoomPosting::Moderators);
    for (number, actor) in [alex, sam].into_iter().enumerate() {
        world.say(actor, "tea", &format!("m{number}")).await.unwrap();
    }
    for actor in [kim, bot] {
        assert_eq!(world.say(actor, "tea", "may I?").await, Err(Refusal::ReadOnly));
    }
    world.update_room(alex, tea, posting(RoomPosting::Everyone)).await.unwrap();
    for actor in [kim, bot] {
        world.say(actor, "tea", "may I?").await.unwrap();
    }
}

async fn one_waits_between_two_messages_in_a_slow_room(world: World) {
    let (tea, [alex, sam, kim], bot) = tea(&world).await;
    world.say(kim, "tea", "before it was slow").await.unwrap();
    // A moderator sets the pace, and nothing else.
    assert_eq!(world.update_room(kim, tea, slow(10)).await.map(drop), Err(Refusal::Forbidden));
    let both = RoomUpdate { title: Some(title("Slow tea")), ..slow(10) };
    assert_eq!(world.update_room(sam, tea, both).await.map(drop), Err(Refusal::Forbidden));
    world.update_room(sam, tea, slow(10)).await.unwrap();
    for actor in [alex, sam] {
        for text in ["one", "two", "three"] {
            world.say(actor, "tea", text).await.unwrap();
        }
    }
    world.clock.advance(10_000);
    for actor in [kim, bot] {
        world.say(actor, "tea", "one").await.unwrap();
        assert_eq!(world.say(actor, "tea", "two").await, Err(Refusal::SlowMode { retry_after_ms: 10_000 }));
    }
    world.clock.advance(9_999);
    for actor in [kim, bot] {
        assert_eq!(world.say(actor, "tea", "two").await, Err(Refusal::SlowMode { retry_after_ms: 1 }));
        // In another room nobody waits.
        world.say(actor, "general", "elsewhere").await.ok();
    }
    world.clock.advance(1);
    for actor in [kim, bot] {
        world.say(actor, "tea", "two").await.unwrap();
    }
    world.update_room(alex, tea, slow(0)).await.unwrap();
    for text in ["three", "four"] {
        world.say(kim, "tea", text).await.unwrap();
    }
}

async fn many_at_once_are_no_way_round_it(world: World) {
    let (tea, [alex, _, kim], bot) = tea(&world).await;
    world.update_room(alex, tea, slow(60)).await.unwrap();
    for actor in [kim, bot] {
        let texts: Vec<_> = (0..20).map(|number| format!("at once {number}")).collect();
        let sent = join_all(texts.iter().map(|text| world.say(actor, "tea", text))).await;
        assert!(sent[0].is_ok(), "{sent:?}");
        for refused in &sent[1..] {
            assert_eq!(*refused, Err(Refusal::SlowMode { retry_after_ms: 60_000 }));
        }
    }
    // Those who keep order do not hold each other up, nor do others in the same room.
    let texts: Vec<_> = (0..20).map(|number| format!("orders {number}")).collect();
    let sent = join_all(texts.iter().map(|text| world.say(alex, "tea", text))).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
}

async fn leaving_makes_nobody_faster(world: World) {
    let (tea, [alex, _, kim], _) = tea(&world).await;
    world.update_room(alex, tea, slow(60)).await.unwrap();
    world.say(kim, "tea", "one").await.unwrap();
    world.store().leave(kim, tea).await.unwrap();
    world.join(kim, "tea").await.unwrap();
    assert_eq!(world.say(kim, "tea", "two").await, Err(Refusal::SlowMode { retry_after_ms: 60_000 }));
}

async fn what_was_stored_is_answered_again(world: World) {
    let (tea, [alex, _, kim], _) = tea(&world).await;
    world.update_room(alex, tea, slow(60)).await.unwrap();
    let first = world.say(kim, "tea", "one").await.unwrap();
    for update in [slow(60), posting(RoomPosting::Moderators), archived(true)] {
        world.update_room(alex, tea, update).await.unwrap();
        assert_eq!(world.say(kim, "tea", "one").await, Ok(first));
    }
}

async fn an_archived_room_is_there_to_be_read(world: World) {
    let (tea, [alex, sam, kim], bot) = tea(&world).await;
    let lee = world.guest("Lee").await;
    world.say(kim, "tea", "while it lasted").await.unwrap();
    let over = world.update_room(alex, tea, archived(true)).await.unwrap();
    assert!(over.settings.archived);
    let store = world.store();
    for (number, actor) in [alex, sam, kim, bot].into_iter().enumerate() {
        let said = store.append_message(actor, new_message(tea, &format!("a{number}"), "x")).await;
        assert_eq!(said, Err(Refusal::Archived));
        let page = store.history(actor.user, tea, chinwag_core::domain::Window::Latest, 10).await.unwrap();
        assert_eq!(page.messages.len(), 1);
    }
    assert_eq!(world.join(lee, "tea").await.map(drop), Err(Refusal::Archived));
    assert_eq!(store.add_member(alex, tea, lee.user, rooms_within(100)).await, Err(Refusal::Archived));
    assert_eq!(store.set_role(alex, tea, kim.user, RoomRole::Moderator).await, Err(Refusal::Archived));
    let retitled = RoomUpdate { title: Some(title("Coffee")), ..RoomUpdate::default() };
    assert_eq!(world.update_room(alex, tea, retitled.clone()).await.map(drop), Err(Refusal::Archived));
    assert_eq!(world.update_room(kim, tea, archived(false)).await.map(drop), Err(Refusal::Forbidden));
    assert_eq!(world.update_room(alex, tea, archived(true)).await.unwrap().head, over.head);
    store.mark_read(kim, tea, Seq(3)).await.unwrap();
    store.leave(kim, tea).await.unwrap();
    // It comes back, and may change with that.
    let back = RoomUpdate { archived: Some(false), ..retitled };
    assert_eq!(world.update_room(alex, tea, back).await.unwrap().title, "Coffee");
    world.join(kim, "tea").await.unwrap();
    world.say(kim, "tea", "again").await.unwrap();
}

async fn archived_rooms_are_the_last_of_the_list(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for room in ["alpha", "beta", "gamma"] {
        world.create_room(alex, room).await.unwrap();
    }
    world.update_room(alex, world.id("alpha"), archived(true)).await.unwrap();
    for actor in [alex, sam] {
        for limit in [1, 2, 100] {
            let listed = world.found(actor.user, "", limit).await;
            let slugs: Vec<_> = listed.into_iter().filter_map(|room| room.slug).collect();
            assert_eq!(slugs, ["general", "random", "tech", "beta", "gamma", "alpha"].map(slug));
        }
    }
}
