use crate::world::{NO_ROOM, World, contract, new_message, slug, texts};
use chinwag_core::domain::{Actor, Page, Refusal, Seq, Window};

contract!(
    the_newest_page,
    a_page_below,
    a_page_above,
    a_page_around,
    an_empty_room,
    a_page_without_messages_has_the_events_of_its_window,
    the_last_200_events_come_with_a_page,
    a_snapshot_is_one_moment,
    a_snapshot_may_leave_the_page_out,
    only_members_read,
    the_log_comes_in_pages,
);

/// A room whose log is: 1 Alex joined, 2 "2", 3 "3", 4 Sam joined, 5 "5", 6 "6", 7 Sam left, 8 "8", 9 Sam joined.
async fn talk(world: &World) -> Actor {
    let [alex] = world.members(["Alex"]).await;
    let sam = world.guest("Sam").await;
    for text in ["2", "3"] {
        world.say(alex, "general", text).await.unwrap();
    }
    world.join(sam, "general").await.unwrap();
    for text in ["5", "6"] {
        world.say(sam, "general", text).await.unwrap();
    }
    world.store().leave(sam, world.id("general")).await.unwrap();
    world.say(alex, "general", "8").await.unwrap();
    world.join(sam, "general").await.unwrap();
    alex
}

/// A page in short: its messages, the places of its other events, and whether there is more on each side.
async fn page(world: &World, actor: Actor, window: Window, limit: u32) -> (String, String, bool, bool) {
    let page = world.store().history(actor.user, world.id("general"), window, limit).await.unwrap();
    short(&page)
}

fn short(page: &Page) -> (String, String, bool, bool) {
    let events: Vec<_> = page.events.iter().map(|event| event.seq.to_string()).collect();
    (texts(&page.messages).join(" "), events.join(" "), page.has_before, page.has_after)
}

fn expected(messages: &str, events: &str, has_before: bool, has_after: bool) -> (String, String, bool, bool) {
    (messages.into(), events.into(), has_before, has_after)
}

async fn the_newest_page(world: World) {
    let alex = talk(&world).await;
    let page = async |limit| page(&world, alex, Window::Latest, limit).await;
    assert_eq!(page(1).await, expected("8", "9", true, false));
    assert_eq!(page(3).await, expected("5 6 8", "7 9", true, false));
    assert_eq!(page(4).await, expected("3 5 6 8", "4 7 9", true, false));
    assert_eq!(page(5).await, expected("2 3 5 6 8", "1 4 7 9", false, false));
    assert_eq!(page(200).await, expected("2 3 5 6 8", "1 4 7 9", false, false));
}

async fn a_page_below(world: World) {
    let alex = talk(&world).await;
    let page = async |seq, limit| page(&world, alex, Window::Before(Seq(seq)), limit).await;
    assert_eq!(page(8, 2).await, expected("5 6", "7", true, true));
    assert_eq!(page(6, 2).await, expected("3 5", "4", true, true));
    assert_eq!(page(5, 2).await, expected("2 3", "1 4", false, true));
    assert_eq!(page(3, 2).await, expected("2", "1", false, true));
    assert_eq!(page(9, 1).await, expected("8", "", true, false));
    assert_eq!(page(i64::MAX, 1).await, expected("8", "9", true, false));
}

async fn a_page_above(world: World) {
    let alex = talk(&world).await;
    let page = async |seq, limit| page(&world, alex, Window::After(Seq(seq)), limit).await;
    assert_eq!(page(0, 2).await, expected("2 3", "1", false, true));
    assert_eq!(page(2, 2).await, expected("3 5", "4", true, true));
    assert_eq!(page(3, 3).await, expected("5 6 8", "4 7 9", true, false));
    assert_eq!(page(6, 1).await, expected("8", "7 9", true, false));
    assert_eq!(page(8, 10).await, expected("", "9", true, false));
    assert_eq!(page(i64::MAX, 10).await, expected("", "", true, false));
    assert_eq!(page(i64::MIN, 1).await, expected("2", "1", false, true));
}

async fn a_page_around(world: World) {
    let alex = talk(&world).await;
    let page = async |seq, limit| page(&world, alex, Window::Around(Seq(seq)), limit).await;
    assert_eq!(page(5, 2).await, expected("5 6", "", true, true));
    assert_eq!(page(5, 3).await, expected("3 5 6", "4", true, true));
    assert_eq!(page(5, 4).await, expected("3 5 6 8", "4 7 9", true, false));
    assert_eq!(page(5, 6).await, expected("2 3 5 6 8", "1 4 7 9", false, false));
    assert_eq!(page(5, 1).await, expected("5", "", true, true));
    assert_eq!(page(8, 2).await, expected("8", "9", true, false));
    assert_eq!(page(7, 2).await, expected("6 8", "7 9", true, false));
}

async fn an_empty_room(world: World) {
    let [alex] = world.members(["Alex"]).await;
    for window in [Window::Latest, Window::Around(Seq(1)), Window::After(Seq(0)), Window::Before(Seq(2))] {
        assert_eq!(page(&world, alex, window, 10).await, expected("", "1", false, false), "{window:?}");
    }
}

async fn a_page_without_messages_has_the_events_of_its_window(world: World) {
    let alex = talk(&world).await;
    assert_eq!(page(&world, alex, Window::Before(Seq(2)), 5).await, expected("", "1", false, true));
    assert_eq!(page(&world, alex, Window::Before(Seq(1)), 5).await, expected("", "", false, true));
    assert_eq!(page(&world, alex, Window::After(Seq(9)), 5).await, expected("", "", true, false));
}

async fn the_last_200_events_come_with_a_page(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let sam = world.guest("Sam").await;
    world.say(alex, "general", "hi").await.unwrap();
    for _ in 0..110 {
        world.join(sam, "general").await.unwrap();
        world.store().leave(sam, world.id("general")).await.unwrap();
    }
    let page = world.store().history(alex.user, world.id("general"), Window::Latest, 10).await.unwrap();
    let places: Vec<_> = page.events.iter().map(|event| event.seq.0).collect();
    assert_eq!(places, (23..=222).collect::<Vec<_>>());
    // The page says what it left out, and what it left out can be had.
    assert_eq!(page.events_from, Seq(23));
    let below = Window::Before(page.events_from);
    let rest = world.store().history(alex.user, world.id("general"), below, 10).await.unwrap();
    let places: Vec<_> = rest.events.iter().map(|event| event.seq.0).collect();
    assert_eq!(places, [1].into_iter().chain(3..=22).collect::<Vec<_>>());
    assert_eq!(rest.events_from, Seq(1));
}

async fn a_snapshot_is_one_moment(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let (store, general) = (world.store().clone(), world.id("general"));
    let talker = tokio::spawn({
        let store = store.clone();
        async move {
            for number in 0..300 {
                let number = number.to_string();
                let message = new_message(general, &number, &number);
                store.append_message(alex, message).await.unwrap();
            }
        }
    });
    loop {
        let done = talker.is_finished();
        let seen = store.snapshot(sam.user, slug("general").into(), 1, 10).await.unwrap();
        let last = seen.page.messages.last().map_or(Seq(2), |message| message.seq);
        assert_eq!(last, seen.room.head);
        assert_eq!(i64::from(seen.room.unread), (seen.room.head.0 - 2).min(100));
        if done {
            break;
        }
    }
    talker.await.unwrap();
}

async fn a_snapshot_may_leave_the_page_out(world: World) {
    let alex = talk(&world).await;
    let snapshot = world.store().snapshot(alex.user, slug("general").into(), 0, 10).await.unwrap();
    assert_eq!(short(&snapshot.page), expected("", "", true, false));
    assert_eq!(snapshot.room, world.room(alex, "general").await);
}

async fn only_members_read(world: World) {
    let [alex] = world.members(["Alex"]).await;
    for (room, refusal) in
        [(world.id("tech"), Refusal::NotMember), (NO_ROOM, Refusal::RoomNotFound(NO_ROOM.into()))]
    {
        let history = world.store().history(alex.user, room, Window::Latest, 1).await;
        assert_eq!(history, Err(refusal.clone()));
        assert_eq!(world.store().snapshot(alex.user, room.into(), 1, 10).await, Err(refusal));
    }
}

async fn the_log_comes_in_pages(world: World) {
    let alex = talk(&world).await;
    let room = world.room(alex, "general").await.id;
    let whole = world.log(room).await;
    assert_eq!(whole.iter().map(|event| event.seq.0).collect::<Vec<_>>(), (1..=9).collect::<Vec<_>>());
    let mut pages = Vec::new();
    for after in [0, 4, 8, 9] {
        pages.extend(world.store().missed_events(room, Seq(after), 4).await.unwrap());
    }
    assert_eq!(pages, whole);
}
