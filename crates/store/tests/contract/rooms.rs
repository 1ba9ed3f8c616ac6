use crate::world::{World, contract, name, new_room, slug, title, topic};
use chinwag_core::domain::{EventBody, Refusal, RoomOverview, Seq, WantedName};
use chinwag_core::ports::{NewRoom, Notice};

contract!(
    three_rooms_are_there_from_the_start,
    a_new_room_has_its_creator_as_member,
    a_slug_is_taken_once,
    creating_counts_against_the_limit,
    rooms_are_listed_by_title_ignoring_case,
    only_the_creator_changes_or_deletes_a_room,
    updating_tells_the_room_and_the_lists,
    updating_nothing_tells_nobody,
    deleting_ends_the_log_and_frees_the_slug,
    a_deleted_room_is_gone_for_everybody,
    a_room_goes_on_where_the_one_before_it_ended,
    the_list_of_too_many_rooms_keeps_those_with_members,
    a_room_looks_the_same_alone_and_in_the_list,
);

async fn three_rooms_are_there_from_the_start(world: World) {
    let alex = world.guest("Alex").await;
    let rooms = world.store().rooms(alex.user).await.unwrap();
    let seen = |room: &RoomOverview| format!("{} | {} | {}", room.slug, room.title, room.topic);
    assert_eq!(
        rooms.iter().map(seen).collect::<Vec<_>>(),
        [
            "general | General | Everything and anything",
            "random | Random | Whatever is left",
            "tech | Tech | Code, tools and machines",
        ]
    );
    assert!(rooms.iter().all(|room| !room.member && !room.mine && room.head == Seq(0)));
}

async fn a_new_room_has_its_creator_as_member(world: World) {
    let alex = world.guest("Alex").await;
    let room = NewRoom { slug: slug("coffee"), title: title("Coffee"), topic: topic("Beans") };
    let created = world.store().create_room(alex, room, 1).await.unwrap();
    assert!(created.member && created.mine);
    assert_eq!((created.title.as_str(), created.topic.as_str()), ("Coffee", "Beans"));
    assert_eq!((created.head, created.read, created.unread), (Seq(2), Seq(2), 0));

    let published = world.broker.take();
    let bodies: Vec<_> = published.events().iter().map(|event| event.body.clone()).collect();
    let labels = EventBody::RoomCreated { title: "Coffee".into(), topic: "Beans".into() };
    assert_eq!(bodies, [labels, EventBody::MemberJoined]);
    let (room, member, origin) = (slug("coffee"), true, alex.connection);
    assert_eq!(
        published.notices(),
        [
            Notice::RoomListed { room: room.clone(), title: "Coffee".into(), topic: "Beans".into() },
            Notice::Membership { user: alex.user, origin, room, member },
        ]
    );
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
    let refused = world.store().create_room(alex, new_room("coffee"), 1).await;
    assert_eq!(refused, Err(Refusal::RoomLimit { limit: 1 }));
    assert!(world.broker.take().is_empty());
    assert!(world.store().create_room(alex, new_room("coffee"), 2).await.is_ok());
}

async fn rooms_are_listed_by_title_ignoring_case(world: World) {
    let alex = world.guest("Alex").await;
    for (room, label) in [("a", "ärger"), ("b", "Ähre"), ("c", "zoo"), ("d", "apple")] {
        let room = NewRoom { slug: slug(room), title: title(label), topic: topic("") };
        world.store().create_room(alex, room, 100).await.unwrap();
    }
    let rooms = world.store().rooms(alex.user).await.unwrap();
    let titles: Vec<_> = rooms.iter().map(|room| room.title.as_str()).collect();
    assert_eq!(titles, ["apple", "General", "Random", "Tech", "zoo", "Ähre", "ärger"]);
}

async fn only_the_creator_changes_or_deletes_a_room(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    world.join(sam, "coffee").await.unwrap();
    world.broker.take();
    for room in ["coffee", "general"] {
        let forbidden = Refusal::Forbidden(slug(room));
        let update = world.store().update_room(sam, slug(room), Some(title("Tea")), None).await;
        assert_eq!(update, Err(forbidden.clone()));
        assert_eq!(world.store().delete_room(sam, slug(room)).await, Err(forbidden));
    }
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(sam, "coffee").await.title, "coffee");
}

async fn updating_tells_the_room_and_the_lists(world: World) {
    let alex = world.guest("Alex").await;
    let created = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    let updated = world.store().update_room(alex, slug("coffee"), None, Some(topic("Beans"))).await.unwrap();
    assert_eq!(updated, RoomOverview { topic: "Beans".into(), head: Seq(3), ..created });
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!(event.body, EventBody::RoomUpdated { title: "coffee".into(), topic: "Beans".into() });
    assert_eq!(world.log(updated.id).await.last(), Some(&**event));
    let (title, topic) = ("coffee".into(), "Beans".into());
    assert_eq!(published.notices(), [Notice::RoomListed { room: slug("coffee"), title, topic }]);
}

async fn updating_nothing_tells_nobody(world: World) {
    let alex = world.guest("Alex").await;
    let created = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    let same = (Some(title("coffee")), Some(topic("")));
    assert_eq!(world.store().update_room(alex, slug("coffee"), same.0, same.1).await.unwrap(), created);
    assert_eq!(world.store().update_room(alex, slug("coffee"), None, None).await.unwrap(), created);
    assert!(world.broker.take().is_empty());
}

async fn deleting_ends_the_log_and_frees_the_slug(world: World) {
    let alex = world.guest("Alex").await;
    let first = world.create_room(alex, "coffee").await.unwrap();
    world.broker.take();
    world.store().delete_room(alex, slug("coffee")).await.unwrap();

    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.seq, &event.body), (Seq(3), &EventBody::RoomDeleted));
    assert_eq!(published.notices(), [Notice::RoomRemoved { id: first.id, room: slug("coffee") }]);
    assert_eq!(world.log(first.id).await.last(), Some(&**event));

    let second = world.create_room(alex, "coffee").await.unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!((second.first, second.head), (Seq(4), Seq(5)));
}

async fn a_deleted_room_is_gone_for_everybody(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    world.join(sam, "coffee").await.unwrap();
    world.store().delete_room(alex, slug("coffee")).await.unwrap();
    world.broker.take();
    let store = world.store();
    let gone = || Refusal::RoomNotFound(slug("coffee"));
    for actor in [alex, sam] {
        assert_eq!(store.room(actor.user, slug("coffee")).await, Err(gone()));
        assert_eq!(world.join(actor, "coffee").await, Err(gone()));
        assert_eq!(store.leave(actor, slug("coffee")).await, Err(gone()));
        assert_eq!(store.delete_room(actor, slug("coffee")).await, Err(gone()));
        assert_eq!(store.update_room(actor, slug("coffee"), None, None).await, Err(gone()));
        assert_eq!(store.rooms(actor.user).await.unwrap().len(), 3);
    }
    assert!(world.broker.take().is_empty());
    // The memberships are gone, too, and so count no more.
    assert!(store.create_room(sam, new_room("tea"), 2).await.is_ok());
}

async fn a_room_goes_on_where_the_one_before_it_ended(world: World) {
    let [alex] = world.members(["Alex"]).await;
    for first in [1, 4, 7] {
        let room = world.create_room(alex, "coffee").await.unwrap();
        assert_eq!((room.first, room.head), (Seq(first), Seq(first + 1)), "created and joined");
        let log = world.store().events_after(room.id, Seq(0), 10).await.unwrap();
        assert_eq!(log.iter().map(|event| event.seq.0).collect::<Vec<_>>(), [first, first + 1]);
        world.store().delete_room(alex, slug("coffee")).await.unwrap();
    }
    assert_eq!(world.create_room(alex, "tea").await.unwrap().first, Seq(1));
}

async fn the_list_of_too_many_rooms_keeps_those_with_members(world: World) {
    let alex = world.guest("Alex").await;
    let (visitor, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    for number in 0..1000 {
        world.store().create_room(visitor, new_room(&format!("bot-{number}")), 1).await.unwrap();
    }
    world.create_room(alex, "coffee").await.unwrap();
    let sam = world.guest("Sam").await;
    let rooms = world.store().rooms(sam.user).await.unwrap();
    assert_eq!(rooms.len(), 1000);
    assert!(rooms.iter().any(|room| room.slug == slug("coffee")));
}

async fn a_room_looks_the_same_alone_and_in_the_list(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(sam, "coffee").await.unwrap();
    world.say(alex, "general", "hi").await.unwrap();
    for room in world.store().rooms(sam.user).await.unwrap() {
        assert_eq!(world.store().room(sam.user, room.slug.clone()).await.unwrap(), room);
        assert_eq!(room.member, ["general", "coffee"].contains(&room.slug.as_str()));
        assert_eq!(room.mine, room.slug == slug("coffee"));
        assert_eq!(room.unread, u32::from(room.slug == slug("general")));
    }
}
