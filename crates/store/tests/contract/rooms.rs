use crate::world::{NO_ROOM, World, contract, name, new_room, rooms_within, slug, title, topic};
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{
    EventBody, MemberChange, Refusal, RoomChange, RoomKind, RoomLabels, RoomOverview, RoomSettings,
    RoomState, Seq, WantedName,
};
use chinwag_core::ports::{DirectoryEvent, ListedRoom, NewRoom, RoomLimits, RoomUpdate, Settling, UserEvent};

contract!(
    three_rooms_are_there_from_the_start,
    a_new_room_has_its_creator_as_member,
    a_slug_is_taken_once,
    creating_counts_against_the_limit,
    rooms_of_guests_and_visitors_count_together,
    a_deleted_room_counts_no_more,
    only_the_creator_changes_or_deletes_a_room,
    updating_tells_the_room_and_the_lists,
    updating_nothing_tells_nobody,
    deleting_ends_the_log_and_frees_the_slug,
    a_deleted_room_is_gone_for_everybody,
    an_id_is_never_given_twice,
    a_former_address_leads_to_its_room,
    a_former_address_is_free_for_others,
    an_address_of_another_room_is_refused,
    a_deleted_room_gives_up_its_former_addresses,
    a_room_is_found_by_id_as_by_address,
    a_room_looks_the_same_alone_and_in_the_list,
);

async fn three_rooms_are_there_from_the_start(world: World) {
    let alex = world.guest("Alex").await;
    let rooms = world.rooms(alex.user).await;
    let seen =
        |room: &RoomOverview| format!("{} | {} | {}", room.slug.as_ref().unwrap(), room.title, room.topic);
    assert_eq!(
        rooms.iter().map(seen).collect::<Vec<_>>(),
        [
            "general | General | Everything and anything",
            "random | Random | Whatever is left",
            "tech | Tech | Code, tools and machines",
        ]
    );
    assert!(rooms.iter().all(|room| room.role.is_none() && room.head == Seq(0)));
    assert!(rooms.iter().all(|room| room.kind == RoomKind::Public));
}

async fn a_new_room_has_its_creator_as_member(world: World) {
    let alex = world.guest("Alex").await;
    let room = NewRoom { title: title("Coffee"), topic: topic("Beans"), ..new_room("coffee") };
    let created = world.store().create_room(alex, room, rooms_within(1)).await.unwrap();
    assert_eq!(created.role, Some(RoomRole::Owner));
    assert_eq!((created.title.as_str(), created.topic.as_str()), ("Coffee", "Beans"));
    assert_eq!((created.head, created.read, created.unread), (Seq(2), Seq(2), 0));

    let published = world.broker.take();
    let bodies: Vec<_> = published.events().iter().map(|event| event.body.clone()).collect();
    let labels = EventBody::Room(RoomChange::Created(labels("coffee", "Coffee", "Beans")));
    let joined = EventBody::own_membership(alex.user, "Alex", MemberChange::Joined);
    assert_eq!(bodies, [labels, joined]);
    assert_eq!(published.directory(), [listed(&created, Seq(1))]);
    let began = UserEvent::MembershipBegan(Box::new(created.clone()));
    assert_eq!(published.personal(), [(alex.user, alex.connection, began)]);
    let log = world.log(created.id).await;
    assert!(log.iter().eq(published.events().iter().map(|event| &**event)));
}

async fn a_slug_is_taken_once(world: World) {
    let alex = world.guest("Alex").await;
    let refused = world.create_room(alex, "general").await;
    assert_eq!(refused, Err(Refusal::RoomExists(slug("general"))));
    assert!(world.broker.take().is_empty());
}

async fn creating_counts_against_the_limit(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let refused = world.store().create_room(alex, new_room("coffee"), rooms_within(1)).await;
    assert_eq!(refused, Err(Refusal::RoomLimit { limit: 1 }));
    assert!(world.broker.take().is_empty());
    assert!(world.store().create_room(alex, new_room("coffee"), rooms_within(2)).await.is_ok());
}

fn guests_within(of_guests: u32) -> RoomLimits {
    RoomLimits { of_guests, ..rooms_within(100) }
}

async fn rooms_of_guests_and_visitors_count_together(world: World) {
    let alex = world.guest("Alex").await;
    let (visitor, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let create = |actor, room| world.store().create_room(actor, new_room(room), guests_within(2));
    create(alex, "coffee").await.unwrap();
    create(visitor, "tea").await.unwrap();
    world.broker.take();
    for actor in [alex, visitor, world.guest("Sam").await] {
        assert_eq!(create(actor, "milk").await, Err(Refusal::GuestRoomLimit { limit: 2 }));
    }
    assert!(world.broker.take().is_empty());
    let taken = create(alex, "general").await;
    assert_eq!(taken, Err(Refusal::RoomExists(slug("general"))), "whoever wants to enter it can");
}

async fn a_deleted_room_counts_no_more(world: World) {
    let alex = world.guest("Alex").await;
    let create = |room| world.store().create_room(alex, new_room(room), guests_within(1));
    let first = create("coffee").await.unwrap();
    assert!(create("tea").await.is_err());
    world.store().delete_room(alex, first.id).await.unwrap();
    assert!(create("tea").await.is_ok());
}

async fn only_the_creator_changes_or_deletes_a_room(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    world.join(sam, "coffee").await.unwrap();
    world.broker.take();
    for room in ["coffee", "general"] {
        let update = world.update_room(sam, world.id(room), retitled("Tea")).await;
        assert_eq!(update, Err(Refusal::Forbidden));
        assert_eq!(world.store().delete_room(sam, world.id(room)).await, Err(Refusal::Forbidden));
    }
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(sam, "coffee").await.title, "coffee");
}

async fn updating_tells_the_room_and_the_lists(world: World) {
    let alex = world.guest("Alex").await;
    let created = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    let updated = world.update_room(alex, created.id, about("Beans")).await.unwrap();
    assert_eq!(updated, RoomOverview { topic: "Beans".into(), head: Seq(3), ..created });
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!(event.body, EventBody::Room(RoomChange::Updated(state(labels("coffee", "coffee", "Beans")))));
    assert_eq!(world.log(updated.id).await.last(), Some(&**event));
    assert_eq!((published.directory(), published.personal()), (vec![listed(&updated, updated.head)], vec![]));
}

async fn updating_nothing_tells_nobody(world: World) {
    let alex = world.guest("Alex").await;
    let created = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    let same = RoomUpdate { title: Some(title("coffee")), topic: Some(topic("")), ..moved("coffee") };
    for update in [same, RoomUpdate::default()] {
        assert_eq!(world.update_room(alex, created.id, update).await.unwrap(), created);
    }
    assert!(world.broker.take().is_empty());
}

async fn deleting_ends_the_log_and_frees_the_slug(world: World) {
    let alex = world.guest("Alex").await;
    let first = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    let endings = world.store().delete_room(alex, world.id("coffee")).await.unwrap();
    assert_eq!(endings, [Settling::Room(first.id, Seq(3))]);

    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.seq, &event.body), (Seq(3), &EventBody::Room(RoomChange::Deleted)));
    assert_eq!(published.directory(), [DirectoryEvent::Removed { room: first.id, at: Seq(3) }]);
    assert_eq!(world.log(first.id).await.last(), Some(&**event));

    let second = world.create_room(alex, "coffee").await.unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(second.head, Seq(2), "created and joined");
}

async fn a_deleted_room_is_gone_for_everybody(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let id = world.create_room(alex, "coffee").await.unwrap().id;
    world.join(sam, "coffee").await.unwrap();
    world.store().delete_room(alex, id).await.unwrap();
    world.broker.take();
    let store = world.store();
    let gone = || Refusal::RoomNotFound(id.into());
    for actor in [alex, sam] {
        let by_address = Err(Refusal::RoomNotFound(slug("coffee").into()));
        assert_eq!(store.room(actor.user, slug("coffee").into()).await.map(drop), by_address);
        assert_eq!(world.join(actor, "coffee").await.map(drop), by_address);
        assert_eq!(store.room(actor.user, id.into()).await, Err(gone()));
        assert_eq!(store.leave(actor, id).await, Err(gone()));
        assert_eq!(store.delete_room(actor, id).await, Err(gone()));
        assert_eq!(world.update_room(actor, id, RoomUpdate::default()).await, Err(gone()));
        assert_eq!(world.rooms(actor.user).await.len(), 3);
    }
    assert!(world.broker.take().is_empty());
    // The memberships are gone, too, and so count no more.
    assert!(store.create_room(sam, new_room("tea"), rooms_within(2)).await.is_ok());
}

async fn an_id_is_never_given_twice(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let room = world.create_room(alex, "coffee").await.unwrap();
        assert_eq!(room.head, Seq(2), "created and joined");
        let log: Vec<_> = world.log(room.id).await.iter().map(|event| event.seq.0).collect();
        assert_eq!(log, [1, 2]);
        world.store().delete_room(alex, room.id).await.unwrap();
        ids.push(room.id);
    }
    assert!(ids.is_sorted_by(|one, other| one < other), "{ids:?}");
}

async fn a_former_address_leads_to_its_room(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let created = world.create_room(alex, "coffee").await.unwrap();
    for address in ["tea", "milk", "tea"] {
        let moved = world.update_room(alex, created.id, moved(address)).await.unwrap();
        assert_eq!((moved.id, moved.slug), (created.id, Some(slug(address))));
    }
    for address in ["coffee", "milk", "tea"] {
        let found = world.join(sam, address).await.unwrap();
        assert_eq!((found.id, found.slug), (created.id, Some(slug("tea"))), "{address}");
    }
}

async fn a_former_address_is_free_for_others(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let first = world.create_room(alex, "coffee").await.unwrap();
    world.update_room(alex, first.id, moved("tea")).await.unwrap();
    let second = world.create_room(sam, "coffee").await.unwrap();
    assert_eq!(world.join(alex, "coffee").await.unwrap().id, second.id);
    world.store().delete_room(sam, second.id).await.unwrap();
    let gone = world.join(alex, "coffee").await.map(drop);
    assert_eq!(gone, Err(Refusal::RoomNotFound(slug("coffee").into())), "it was taken from the first room");
    assert_eq!(world.join(sam, "tea").await.unwrap().id, first.id);
}

async fn an_address_of_another_room_is_refused(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let room = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    let refused = world.update_room(alex, room.id, moved("general")).await;
    assert_eq!(refused, Err(Refusal::RoomExists(slug("general"))));
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(alex, "coffee").await, room);
}

async fn a_deleted_room_gives_up_its_former_addresses(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let room = world.create_room(alex, "coffee").await.unwrap();
    world.update_room(alex, room.id, moved("tea")).await.unwrap();
    world.store().delete_room(alex, room.id).await.unwrap();
    for address in ["coffee", "tea"] {
        assert!(world.join(alex, address).await.is_err(), "{address}");
        assert_ne!(world.create_room(alex, address).await.unwrap().id, room.id);
    }
}

async fn a_room_is_found_by_id_as_by_address(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let by_address = world.store().room(alex.user, slug("general").into()).await.unwrap();
    assert_eq!(world.store().room(alex.user, by_address.room.id.into()).await.unwrap(), by_address);
    let log = by_address.log.unwrap();
    assert_eq!((log.room(), log.user(), log.authorized_at()), (by_address.room.id, alex.user, Seq(1)));
    let elsewhere = world.store().room(alex.user, world.id("tech").into()).await.unwrap();
    assert_eq!(elsewhere.log, None, "only members may read");
    let unknown = world.store().room(alex.user, NO_ROOM.into()).await;
    assert_eq!(unknown, Err(Refusal::RoomNotFound(NO_ROOM.into())));
}

async fn a_room_looks_the_same_alone_and_in_the_list(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(sam, "coffee").await.unwrap();
    world.say(alex, "general", "hi").await.unwrap();
    for room in world.rooms(sam.user).await {
        assert_eq!(world.store().room(sam.user, room.id.into()).await.unwrap().room, room);
        let role = match room.slug.as_ref().unwrap().as_str() {
            "general" => Some(RoomRole::Member),
            "coffee" => Some(RoomRole::Owner),
            _ => None,
        };
        assert_eq!(room.role, role);
        assert_eq!(room.unread, u32::from(room.id == world.id("general")));
    }
}

fn state(labels: RoomLabels) -> RoomState {
    let (kind, settings) = (RoomKind::Public, RoomSettings::default());
    RoomState { labels, kind, was: kind, settings }
}

fn labels(slug: &str, title: &str, topic: &str) -> RoomLabels {
    RoomLabels { slug: Some(slug.into()), title: title.into(), topic: topic.into() }
}

fn listed(room: &RoomOverview, at: Seq) -> DirectoryEvent {
    let listed = ListedRoom {
        id: room.id,
        slug: room.slug.clone().unwrap(),
        title: room.title.clone(),
        topic: room.topic.clone(),
    };
    DirectoryEvent::Listed { room: listed, at }
}

fn retitled(text: &str) -> RoomUpdate {
    RoomUpdate { title: Some(title(text)), ..RoomUpdate::default() }
}

fn about(text: &str) -> RoomUpdate {
    RoomUpdate { topic: Some(topic(text)), ..RoomUpdate::default() }
}

fn moved(address: &str) -> RoomUpdate {
    RoomUpdate { slug: Some(slug(address)), ..RoomUpdate::default() }
}
