//! What people have set for themselves, and for their rooms.

use crate::world::{NO_ROOM, World, contract};
use chinwag_core::domain::{
    Actor, Millis, Moderation, NewSettings, NotifyLevel, Refusal, RoomId, RoomNotifications, WantedName,
};
use chinwag_core::ports::UserEvent;

contract![
    the_last_change_counts_and_is_told_to_the_other_devices,
    who_knows_an_older_one_changes_nothing,
    what_is_set_for_a_room_lasts_as_long_as_the_membership,
    nobody_sets_anything_for_a_room_of_others,
    a_visitor_has_no_settings,
    who_does_not_share_it_is_not_told_of_as_a_reader,
];

const MUTED: RoomNotifications =
    RoomNotifications { level: Some(NotifyLevel::All), muted_until: Some(Millis(7)) };

async fn rooms_of(world: &World, person: Actor) -> Vec<(RoomId, RoomNotifications)> {
    world.store().settings(person.user).await.unwrap().rooms
}

async fn the_last_change_counts_and_is_told_to_the_other_devices(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    assert_eq!(store.settings(alex.user).await.unwrap(), Default::default());
    world.broker.take();
    assert_eq!(store.put_settings(alex, 0, settings("one")).await, Ok(1));
    assert_eq!(store.set_notifications(alex, general, MUTED).await, Ok(2));
    assert_eq!(store.put_settings(alex, 2, settings("two")).await, Ok(3));
    let told: Vec<_> = world.broker.take().personal();
    let expected = |revision| (alex.user, alex.connection, UserEvent::SettingsChanged { revision });
    assert_eq!(told, [expected(1), expected(2), expected(3)]);
    let own = store.settings(alex.user).await.unwrap();
    assert_eq!((own.revision, own.document.as_str(), own.rooms), (3, "two", vec![(general, MUTED)]));
    assert_eq!(store.settings(sam.user).await.unwrap(), Default::default());
}

fn settings(document: &str) -> NewSettings {
    NewSettings { document: document.to_owned(), shares_reads: true }
}

async fn who_knows_an_older_one_changes_nothing(world: World) {
    let store = world.store();
    let [alex] = world.members(["Alex"]).await;
    store.put_settings(alex, 0, settings("one")).await.unwrap();
    world.broker.take();
    for revision in [0, 2, -1] {
        assert_eq!(
            store.put_settings(alex, revision, settings("other")).await,
            Err(Refusal::SettingsChanged)
        );
    }
    assert!(world.broker.take().is_empty());
    assert_eq!(store.settings(alex.user).await.unwrap().document, "one");
}

async fn what_is_set_for_a_room_lasts_as_long_as_the_membership(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let coffee = world.create_room(alex, "coffee").await.unwrap().id;
    for room in [tea, coffee] {
        store.join(sam, room.into(), 100, 0, 0).await.unwrap();
        store.set_notifications(sam, room, MUTED).await.unwrap();
    }
    store.set_notifications(alex, tea, MUTED).await.unwrap();
    let everywhere = RoomNotifications::default();
    store.set_notifications(alex, tea, everywhere).await.unwrap();
    assert_eq!(rooms_of(&world, alex).await, []);
    assert_eq!(rooms_of(&world, sam).await, [(tea, MUTED), (coffee, MUTED)]);
    store.moderate(alex, tea, sam.user, Moderation::Remove { reason: None }).await.unwrap();
    assert_eq!(rooms_of(&world, sam).await, [(coffee, MUTED)]);
    store.delete_room(alex, coffee).await.unwrap();
    assert_eq!(rooms_of(&world, sam).await, []);
    store.join(sam, tea.into(), 100, 0, 0).await.unwrap();
    assert_eq!(rooms_of(&world, sam).await, [], "whoever comes again begins anew");
}

async fn nobody_sets_anything_for_a_room_of_others(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    assert_eq!(store.set_notifications(sam, tea, MUTED).await, Err(Refusal::NotMember));
    let nowhere = store.set_notifications(sam, NO_ROOM, MUTED).await;
    assert_eq!(nowhere, Err(Refusal::RoomNotFound(NO_ROOM.into())));
    assert_eq!(store.settings(sam.user).await.unwrap(), Default::default());
}

async fn a_visitor_has_no_settings(world: World) {
    let (visitor, _) = world.visitor(WantedName::Numbered("Bot")).await;
    let put = world.store().put_settings(visitor, 0, settings("one")).await;
    assert_eq!(put, Err(Refusal::Forbidden));
}

async fn who_does_not_share_it_is_not_told_of_as_a_reader(world: World) {
    let store = world.store();
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "hi").await.unwrap();
    let hidden = NewSettings { shares_reads: false, ..settings("hidden") };
    store.put_settings(sam, 0, hidden).await.unwrap();
    world.broker.take();
    store.mark_read(sam, said.room, said.seq).await.unwrap();
    let mark = UserEvent::ReadMark { room: said.room, seq: said.seq, is_shared: false };
    assert_eq!(world.broker.take().personal(), [(sam.user, sam.connection, mark)]);
    assert_eq!(store.reads(alex.user, said.room).await, Ok(vec![]));

    store.put_settings(sam, 1, settings("shown")).await.unwrap();
    let reads = store.reads(alex.user, said.room).await.unwrap();
    assert!(reads.len() == 1 && (reads[0].user, reads[0].read) == (sam.user, said.seq), "{reads:?}");
}
