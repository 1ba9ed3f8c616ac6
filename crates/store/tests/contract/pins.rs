//! Messages that are held up for everybody in a room.

use crate::world::{World, contract, deletion, rooms_within};
use chinwag_core::domain::{
    Actor, EventBody, MessageEvent, PINS_PER_ROOM, PinChange, Refusal, RoomHistory, RoomId, Seq, Window,
};
use chinwag_core::ports::{Appended, Pinning, RoomUpdate};

contract!(
    a_pin_is_stored_and_published,
    who_may_pin,
    a_room_has_so_many_pins,
    what_is_deleted_is_not_pinned,
    nobody_sees_pins_of_before_his_time,
);

pub(crate) fn pinning(room: RoomId, target: Seq, change: PinChange) -> Pinning {
    Pinning { room, target, change }
}

async fn pin(world: &World, actor: Actor, said: Appended) -> Result<(), Refusal> {
    world.store().pin(actor, pinning(said.room, said.seq, PinChange::Pinned)).await
}

async fn unpin(world: &World, actor: Actor, said: Appended) -> Result<(), Refusal> {
    world.store().pin(actor, pinning(said.room, said.seq, PinChange::Unpinned)).await
}

async fn pins(world: &World, reader: Actor, room: RoomId) -> Vec<Seq> {
    let pins = world.store().pins(reader.user, room).await.unwrap();
    assert!(pins.iter().all(|pin| pin.message.content.changes.as_ref().unwrap().is_pinned));
    pins.iter().map(|pin| pin.message.seq).collect()
}

async fn a_pin_is_stored_and_published(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let [first, second] =
        [world.say(sam, "tea", "one").await.unwrap(), world.say(sam, "tea", "two").await.unwrap()];
    world.broker.take();
    pin(&world, alex, first).await.unwrap();
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.seq, event.actor), (second.seq.next(), alex.user));
    let (target, change) = (first.seq, PinChange::Pinned);
    assert_eq!(event.body, EventBody::Message(MessageEvent::Pinned { target, change }));
    // Once more is no event.
    pin(&world, alex, first).await.unwrap();
    assert!(world.broker.take().is_empty());
    world.clock.advance(1);
    pin(&world, alex, second).await.unwrap();
    assert_eq!(pins(&world, sam, room).await, [second.seq, first.seq], "the last one first");
    let all = world.store().pins(sam.user, room).await.unwrap();
    assert_eq!((all[1].by.clone(), &*all[1].message.name), ((alex.user, "Alex".to_owned()), "Sam"));
    let page = world.store().history(sam.user, room, Window::Around(first.seq), 1).await.unwrap();
    let changes = page.messages[0].content.changes.as_deref().unwrap();
    assert_eq!((changes.is_pinned, changes.last, changes.edited), (true, Seq(second.seq.0 + 1), None));
    unpin(&world, alex, first).await.unwrap();
    world.broker.take();
    unpin(&world, alex, first).await.unwrap();
    assert!(world.broker.take().is_empty());
    assert_eq!(pins(&world, sam, room).await, [second.seq]);
}

async fn who_may_pin(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    world.join(sam, "tea").await.unwrap();
    let said = world.say(sam, "tea", "hello").await.unwrap();
    assert_eq!(pin(&world, sam, said).await, Err(Refusal::Forbidden));
    pin(&world, alex, said).await.unwrap();
    assert_eq!(unpin(&world, sam, said).await, Err(Refusal::Forbidden));
    let late = world.guest("Late").await;
    assert_eq!(pin(&world, late, said).await, Err(Refusal::Forbidden));
    assert_eq!(world.store().pins(late.user, room).await, Err(Refusal::NotMember));

    let direct = world.store().open_conversation(alex, vec![sam.user], rooms_within(9)).await.unwrap();
    let said = crate::world::new_message(direct.id, "x", "hi");
    let said = world.store().append_message(sam, said).await.unwrap();
    pin(&world, alex, said).await.unwrap();
    unpin(&world, sam, said).await.unwrap();
    let unknown = Seq(99);
    let refused = world.store().pin(alex, pinning(direct.id, unknown, PinChange::Pinned)).await;
    assert_eq!(refused, Err(Refusal::MessageNotFound(unknown)));

    let archive = RoomUpdate { archived: Some(true), ..RoomUpdate::default() };
    world.update_room(alex, room, archive).await.unwrap();
    let tea = Appended { room, ..said };
    assert_eq!(pin(&world, alex, tea).await, Err(Refusal::Archived));
}

async fn a_room_has_so_many_pins(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.create_room(alex, "tea").await.unwrap();
    let mut said = Vec::new();
    for number in 0..=PINS_PER_ROOM {
        said.push(world.say(alex, "tea", &number.to_string()).await.unwrap());
    }
    for message in &said[1..] {
        pin(&world, alex, *message).await.unwrap();
    }
    let limit = PINS_PER_ROOM;
    assert_eq!(pin(&world, alex, said[0]).await, Err(Refusal::PinLimit { limit }));
    pin(&world, alex, said[1]).await.unwrap();
    unpin(&world, alex, said[1]).await.unwrap();
    pin(&world, alex, said[0]).await.unwrap();
}

async fn what_is_deleted_is_not_pinned(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    let said = world.say(alex, "tea", "hello").await.unwrap();
    pin(&world, alex, said).await.unwrap();
    world.store().delete_message(alex, deletion(room, said.seq, "d")).await.unwrap();
    assert_eq!(pins(&world, alex, room).await, []);
    assert_eq!(pin(&world, alex, said).await, Err(Refusal::MessageNotFound(said.seq)));
    let page = world.store().history(alex.user, room, Window::Latest, 1).await.unwrap();
    assert!(!page.messages[0].content.changes.as_ref().unwrap().is_pinned);
}

async fn nobody_sees_pins_of_before_his_time(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = world.create_room(alex, "tea").await.unwrap().id;
    let update = RoomUpdate { history: Some(RoomHistory::Joined), ..RoomUpdate::default() };
    world.update_room(alex, room, update).await.unwrap();
    let said = world.say(alex, "tea", "before").await.unwrap();
    pin(&world, alex, said).await.unwrap();
    world.join(sam, "tea").await.unwrap();
    let later = world.say(alex, "tea", "after").await.unwrap();
    pin(&world, alex, later).await.unwrap();
    assert_eq!(pins(&world, sam, room).await, [later.seq]);
    assert_eq!(pins(&world, alex, room).await.len(), 2);
}
