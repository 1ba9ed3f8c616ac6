//! Who reads what when a room becomes private or public, and when newcomers read nothing of what was said before.

use crate::world::{World, contract, name, new_room, rooms_within, slug, texts, title};
use chinwag_core::domain::permissions::{GuestsInPrivate, RoomRole};
use chinwag_core::domain::{
    Actor, Refusal, RoomEvent, RoomHistory, RoomId, RoomKind, Seq, WantedName, Window,
};
use chinwag_core::ports::{
    DirectoryEvent, NewRoom, Publication, ReplaySpan, RoomLimits, RoomUpdate, Settling,
};

contract![
    a_room_that_becomes_private_is_there_for_its_people_only,
    what_was_said_in_private_stays_so_when_the_room_becomes_public,
    one_who_joins_reads_nothing_from_before,
    a_visitor_reads_nothing_from_before,
    a_room_without_an_address_becomes_public_under_one,
    what_must_not_become_private_does_not,
    what_changes_before_the_own_time_is_told_to_nobody_later,
];

const SECRET: &str = "7f3a9c";

fn to_private() -> RoomUpdate {
    RoomUpdate { kind: Some(RoomKind::Private), secret: Some(slug(SECRET)), ..RoomUpdate::default() }
}

fn to_public() -> RoomUpdate {
    RoomUpdate { kind: Some(RoomKind::Public), ..RoomUpdate::default() }
}

fn history(history: RoomHistory) -> RoomUpdate {
    RoomUpdate { history: Some(history), ..RoomUpdate::default() }
}

/// Everything that somebody can read of a room, in every way that there is, which has to be the same.
async fn read(world: &World, actor: Actor, room: RoomId) -> Vec<String> {
    let (store, user) = (world.store(), actor.user);
    let log = store.room(user, room.into()).await.unwrap().log.unwrap();
    let (first, head) = (log.first(), log.authorized_at());
    let span = ReplaySpan { seen: Seq(0), after: Seq(0), limit: 1000 };
    let replayed = store.replay(&log, span).await.unwrap().events;
    assert!(replayed.iter().all(|event| event.seq >= first));
    assert_eq!(replayed.len() as i64, head.0 - first.0 + 1, "without a gap");
    let said: Vec<_> =
        replayed.iter().filter_map(RoomEvent::posted).map(|message| message.text.clone()).collect();
    let beside: Vec<_> = replayed.iter().filter(|event| event.posted().is_none()).cloned().collect();
    let snapshot = store.snapshot(user, room.into(), 100, 100).await.unwrap();
    assert_eq!(
        (snapshot.log, texts(&snapshot.page.messages)),
        (log, said.iter().map(String::as_str).collect())
    );
    assert_eq!(
        (snapshot.page.events, snapshot.page.events_from, snapshot.page.has_before),
        (beside, first, false)
    );
    let far = Seq(i64::MAX);
    for window in [Window::Latest, Window::Before(far), Window::After(Seq(0)), Window::Around(Seq(1))] {
        let page = store.history(user, room, window, 200).await.unwrap();
        assert_eq!(texts(&page.messages), texts(&snapshot.page.messages), "{window:?}");
        assert!(page.events.iter().all(|event| event.seq >= first) && page.events_from >= first);
        assert!(!page.has_before && !page.has_after, "{window:?}");
    }
    for place in 1..first.0 {
        let page = store.history(user, room, Window::Before(Seq(place)), 200).await.unwrap();
        assert!(page.messages.is_empty() && page.events.is_empty() && !page.has_before, "before {place}");
        let page = store.history(user, room, Window::Around(Seq(place)), 200).await.unwrap();
        assert!(page.messages.iter().all(|message| message.seq >= first), "around {place}");
    }
    said
}

async fn a_room_that_becomes_private_is_there_for_its_people_only(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    world.say(sam, "tea", "open").await.unwrap();
    assert_eq!(read(&world, bot, tea).await, ["open"]);
    world.broker.take();
    let (closed, endings) =
        world.store().update_room(alex, tea, to_private(), rooms_within(100)).await.unwrap();
    assert_eq!((closed.kind, closed.slug.clone()), (RoomKind::Private, Some(slug(SECRET))));
    assert_eq!(endings, [Settling::Room(tea, closed.head)]);
    let told = world.broker.take();
    let [Publication::Room(event), Publication::Directory(gone)] = &told[..] else { panic!("{told:?}") };
    assert_eq!(event.ending(), Some(chinwag_core::domain::Ending::Visitors));
    assert_eq!(*gone, DirectoryEvent::Removed { room: tea, at: closed.head });
    assert_eq!(world.log(tea).await.last(), Some(&**event));
    // Whoever was in it keeps everything, and finds it by its former address.
    for actor in [alex, sam] {
        assert_eq!(read(&world, actor, tea).await, ["open"]);
        assert_eq!(world.room(actor, "tea").await.id, tea);
    }
    for nobody in [kim, bot] {
        for (address, message) in [("tea", "x"), (SECRET, "y")] {
            let found = world.store().room(nobody.user, slug(address).into()).await;
            assert_eq!(found, Err(Refusal::RoomNotFound(slug(address).into())));
            assert!(world.say(nobody, "tea", message).await.is_err());
        }
        assert!(world.rooms(nobody.user).await.iter().all(|listed| listed.id != tea));
    }
    // Whoever asks again waits again, and changes nothing.
    let again = world.store().update_room(alex, tea, to_private(), rooms_within(100)).await.unwrap();
    assert_eq!(again, (closed.clone(), vec![Settling::Room(tea, closed.head)]));
    assert!(world.broker.take().is_empty());
    // Nobody is told that there is a room with its former address: another one may have it.
    assert_ne!(world.create_room(kim, "tea").await.unwrap().id, tea);
    // One who is brought in reads what was said, as the room says.
    world.store().add_member(alex, tea, kim.user, rooms_within(100)).await.unwrap();
    assert_eq!(read(&world, kim, tea).await, ["open"]);
}

async fn what_was_said_in_private_stays_so_when_the_room_becomes_public(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let den = NewRoom {
        kind: RoomKind::Private,
        people: vec![sam.user],
        title: title("Den of tea"),
        ..new_room(SECRET)
    };
    let den = world.store().create_room(alex, den, rooms_within(100)).await.unwrap();
    world.note(&den);
    world.say(alex, SECRET, "secret").await.unwrap();
    world.broker.take();
    let opened = world.update_room(alex, den.id, to_public()).await.unwrap();
    assert_eq!((opened.kind, opened.slug.clone()), (RoomKind::Public, Some(slug("den-of-tea"))));
    let told = world.broker.take();
    assert!(
        matches!(&told[1], Publication::Directory(DirectoryEvent::Listed { at, .. }) if *at == opened.head)
    );
    world.note(&opened);
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    world.join(kim, "den-of-tea").await.unwrap();
    world.say(kim, "den-of-tea", "hello").await.unwrap();
    for (actor, readable) in
        [(alex, &["secret", "hello"][..]), (sam, &["secret", "hello"]), (kim, &["hello"]), (bot, &["hello"])]
    {
        assert_eq!(read(&world, actor, den.id).await, readable);
    }
    // Nor by going round once more.
    world.update_room(alex, den.id, to_private()).await.unwrap();
    assert_eq!(read(&world, kim, den.id).await, ["hello"]);
    world.store().leave(sam, den.id).await.unwrap();
    world.store().add_member(alex, den.id, sam.user, rooms_within(100)).await.unwrap();
    assert_eq!(read(&world, sam, den.id).await, ["hello"]);
    world.update_room(alex, den.id, to_public()).await.unwrap();
    assert_eq!(read(&world, bot, den.id).await, [""; 0]);
    assert_eq!(read(&world, alex, den.id).await, ["secret", "hello"]);
}

async fn one_who_joins_reads_nothing_from_before(world: World) {
    let [alex, sam, kim, lee] = world.members(["Alex", "Sam", "Kim", "Lee"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    world.say(alex, "tea", "before").await.unwrap();
    let kept = world.update_room(alex, tea, history(RoomHistory::Joined)).await.unwrap();
    assert_eq!(kept.settings.history, RoomHistory::Joined);
    world.join(kim, "tea").await.unwrap();
    world.say(sam, "tea", "after").await.unwrap();
    assert_eq!(read(&world, sam, tea).await, ["before", "after"]);
    assert_eq!(read(&world, kim, tea).await, ["after"]);
    assert_eq!(world.room(kim, "tea").await.unread, 1);
    // One who comes back is a newcomer.
    world.store().leave(sam, tea).await.unwrap();
    world.join(sam, "tea").await.unwrap();
    assert_eq!(read(&world, sam, tea).await, [""; 0]);
    world.store().add_member(alex, tea, lee.user, rooms_within(100)).await.unwrap();
    assert_eq!(read(&world, lee, tea).await, [""; 0]);
    // It holds for those who come then, and changes nothing for those who are there.
    world.update_room(alex, tea, history(RoomHistory::All)).await.unwrap();
    assert_eq!(read(&world, kim, tea).await, ["after"]);
    let pat = world.guest("Pat").await;
    world.join(pat, "tea").await.unwrap();
    assert_eq!(read(&world, pat, tea).await, ["before", "after"]);
}

async fn a_visitor_reads_nothing_from_before(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.say(alex, "tea", "before").await.unwrap();
    world.update_room(alex, tea, history(RoomHistory::Joined)).await.unwrap();
    let log = world.store().room(bot.user, tea.into()).await.unwrap().log.unwrap();
    assert_eq!(log.first(), log.authorized_at().next());
    let page = world.store().history(bot.user, tea, Window::Latest, 10).await.unwrap();
    assert!(page.messages.is_empty() && page.events.is_empty() && !page.has_before);
    // What is said from then on is read by the same right.
    let said = world.say(alex, "tea", "after").await.unwrap().seq;
    let span = ReplaySpan { seen: Seq(0), after: Seq(0), limit: 10 };
    let heard = world.store().replay(&log, span).await.unwrap().events;
    assert_eq!(heard.iter().map(|event| event.seq).collect::<Vec<_>>(), [said]);
}

async fn a_room_without_an_address_becomes_public_under_one(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let den = NewRoom { kind: RoomKind::Private, title: title("General"), ..new_room(SECRET) };
    let den = world.store().create_room(alex, den, rooms_within(100)).await.unwrap().id;
    let taken = world.update_room(alex, den, to_public()).await;
    assert_eq!(taken, Err(Refusal::RoomExists(slug("general"))));
    let named = RoomUpdate { slug: Some(slug("general-2")), ..to_public() };
    assert_eq!(world.update_room(alex, den, named).await.unwrap().slug, Some(slug("general-2")));
    let both = RoomUpdate { slug: Some(slug("general-3")), ..to_private() };
    assert!(matches!(world.update_room(alex, den, both).await, Err(Refusal::RoomInvalid(_))));
    let direct = RoomUpdate { kind: Some(RoomKind::Direct), ..RoomUpdate::default() };
    assert!(matches!(world.update_room(alex, den, direct).await, Err(Refusal::RoomInvalid(_))));
}

async fn what_must_not_become_private_does_not(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    assert_eq!(world.update_room(sam, tea, to_private()).await, Err(Refusal::Forbidden));
    // Guests who are in no private rooms make none.
    let limits = RoomLimits { guests: GuestsInPrivate::Refused, ..rooms_within(100) };
    let refused = world.store().update_room(alex, tea, to_private(), limits).await;
    assert_eq!(refused.map(drop), Err(Refusal::Forbidden));
    world.store().set_role(alex, tea, sam.user, RoomRole::Owner).await.unwrap();
    assert!(world.update_room(sam, tea, to_private()).await.is_ok());
}

async fn what_changes_before_the_own_time_is_told_to_nobody_later(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let before = world.say(alex, "tea", "before").await.unwrap().seq;
    world.update_room(alex, tea, history(RoomHistory::Joined)).await.unwrap();
    world.join(sam, "tea").await.unwrap();
    let known = world.store().room(sam.user, tea.into()).await.unwrap().room.head;
    let edit = crate::world::edit(tea, before, "e1", "another secret");
    world.store().edit_message(alex, edit).await.unwrap();
    let log = world.store().room(sam.user, tea.into()).await.unwrap().log.unwrap();
    for seen in [Seq(0), known] {
        let span = ReplaySpan { seen, after: seen, limit: 100 };
        let told = world.store().replay(&log, span).await.unwrap();
        assert!(!format!("{told:?}").contains("another secret"), "{told:?}");
        assert_eq!(told.through, log.authorized_at());
    }
    // And what one wrote before one left is not there either.
    world.store().leave(alex, tea).await.unwrap();
    world.join(alex, "tea").await.unwrap();
    let again = crate::world::edit(tea, before, "e2", "once more");
    let refused = world.store().edit_message(alex, again).await;
    assert_eq!(refused.map(drop), Err(Refusal::MessageNotFound(before)));
}
