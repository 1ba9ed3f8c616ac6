//! The list of rooms, page by page.

use crate::world::{World, contract, name, new_room, rooms_within, slug, title, topic};
use chinwag_core::domain::{Actor, RoomListQuery, RoomOverview, WantedName};
use chinwag_core::ports::{NewRoom, RoomUpdate};

contract!(
    the_first_rooms_stand_before_one_s_own_and_these_before_others,
    rooms_are_listed_by_title_ignoring_case_and_marks,
    page_after_page_each_room_comes_once,
    rooms_of_one_title_are_not_left_out_between_pages,
    a_page_goes_on_where_it_ended_when_rooms_come_and_go,
    rooms_are_found_by_title_topic_and_address,
    a_room_is_found_by_what_it_is_called_now,
    no_crowd_of_rooms_hides_another,
);

async fn make(world: &World, actor: Actor, address: &str, label: &str) -> RoomOverview {
    let room = NewRoom { title: title(label), ..new_room(address) };
    let created = world.store().create_room(actor, room, rooms_within(10_000)).await.unwrap();
    world.note(&created);
    created
}

fn addresses(rooms: &[RoomOverview]) -> Vec<&str> {
    rooms.iter().map(|room| room.slug.as_ref().unwrap().as_str()).collect()
}

async fn the_first_rooms_stand_before_one_s_own_and_these_before_others(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    make(&world, alex, "coffee", "Coffee").await;
    make(&world, sam, "beer", "Beer").await;
    make(&world, sam, "zen", "Zen").await;
    let first = ["general", "random", "tech"];
    assert_eq!(addresses(&world.rooms(alex.user).await), [&first[..], &["coffee", "beer", "zen"]].concat());
    assert_eq!(addresses(&world.rooms(sam.user).await), [&first[..], &["beer", "zen", "coffee"]].concat());
    world.join(alex, "zen").await.unwrap();
    assert_eq!(addresses(&world.rooms(alex.user).await), [&first[..], &["coffee", "zen", "beer"]].concat());
}

async fn rooms_are_listed_by_title_ignoring_case_and_marks(world: World) {
    let alex = world.guest("Alex").await;
    for (room, label) in [("a", "ärger"), ("b", "Ähre"), ("c", "zoo"), ("d", "apple"), ("e", "Zebra")] {
        make(&world, alex, room, label).await;
    }
    let rooms = world.rooms(alex.user).await;
    let titles: Vec<_> = rooms.iter().map(|room| room.title.as_str()).collect();
    assert_eq!(titles, ["General", "Random", "Tech", "Ähre", "apple", "ärger", "Zebra", "zoo"]);
}

async fn page_after_page_each_room_comes_once(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for number in 0..7 {
        let owner = if number % 2 == 0 { alex } else { sam };
        make(&world, owner, &format!("room-{number}"), &format!("Room {number}")).await;
    }
    let all = world.rooms(alex.user).await;
    assert_eq!(all.len(), 10);
    for limit in 1..=11 {
        assert_eq!(world.found(alex.user, "", limit).await, all, "in pages of {limit}");
    }
}

async fn rooms_of_one_title_are_not_left_out_between_pages(world: World) {
    let alex = world.guest("Alex").await;
    for number in 0..5 {
        make(&world, alex, &format!("tea-{number}"), "Tea").await;
    }
    let found = world.found(alex.user, "tea", 2).await;
    assert_eq!(addresses(&found), ["tea-0", "tea-1", "tea-2", "tea-3", "tea-4"]);
}

async fn a_page_goes_on_where_it_ended_when_rooms_come_and_go(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for address in ["b", "d", "f", "h"] {
        make(&world, sam, address, address).await;
    }
    let page =
        |after| world.store().rooms(alex.user, RoomListQuery { after, limit: 5, ..Default::default() });
    let first = page(None).await.unwrap();
    assert_eq!(addresses(&first.rooms), ["general", "random", "tech", "b", "d"]);
    world.store().delete_room(sam, world.id("d")).await.unwrap();
    make(&world, sam, "c", "c").await;
    make(&world, sam, "e", "e").await;
    let second = page(first.next).await.unwrap();
    assert_eq!((addresses(&second.rooms), second.next), (vec!["e", "f", "h"], None));
}

async fn rooms_are_found_by_title_topic_and_address(world: World) {
    let alex = world.guest("Alex").await;
    let room =
        NewRoom { title: title("Café Zoë"), topic: topic("Beans & BREWING"), ..new_room("late-night") };
    world.store().create_room(alex, room, rooms_within(100)).await.unwrap();
    for search in ["cafe", "ZOË", "é z", "brew", "s & b", "late-", "#late", "  café "] {
        assert_eq!(addresses(&world.found(alex.user, search, 100).await), ["late-night"], "{search}");
    }
    for search in ["coffee", "zoe beans", "%", "_", "night\nbeans"] {
        assert!(world.found(alex.user, search, 100).await.is_empty(), "{search}");
    }
    assert_eq!(addresses(&world.found(alex.user, "ANYTHING", 100).await), ["general"]);
}

async fn a_room_is_found_by_what_it_is_called_now(world: World) {
    let alex = world.guest("Alex").await;
    let room = make(&world, alex, "coffee", "Coffee").await;
    let update = RoomUpdate {
        title: Some(title("Beer")),
        topic: Some(topic("Hops")),
        slug: Some(slug("beer")),
        ..RoomUpdate::default()
    };
    world.update_room(alex, room.id, update).await.unwrap();
    assert!(world.found(alex.user, "coffee", 100).await.is_empty());
    assert_eq!(addresses(&world.found(alex.user, "hops", 100).await), ["beer"]);
    make(&world, alex, "cake", "Cake").await;
    assert_eq!(addresses(&world.rooms(alex.user).await)[3..], ["beer", "cake"]);
}

async fn no_crowd_of_rooms_hides_another(world: World) {
    let alex = world.guest("Alex").await;
    let (visitor, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    for number in 0..1200 {
        let room = new_room(&format!("bot-{number}"));
        world.store().create_room(visitor, room, rooms_within(1)).await.unwrap();
    }
    make(&world, alex, "zen", "Zen").await;
    let sam = world.guest("Sam").await;
    let rooms = world.rooms(sam.user).await;
    assert_eq!(addresses(&rooms)[..4], ["general", "random", "tech", "bot-0"]);
    assert_eq!((rooms.len(), addresses(&rooms)[1203]), (1204, "zen"));
    assert_eq!(addresses(&world.found(sam.user, "zen", 10).await), ["zen"]);
}
