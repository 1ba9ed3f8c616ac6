use crate::world::{NO_ROOM, World, contract, name, slug};
use chinwag_core::domain::permissions::RoomRole;
use chinwag_core::domain::{
    EventBody, MemberChange, Refusal, RoomId, RoomListGroup, RoomListPosition, RoomListQuery, RoomSearch, Seq,
};
use chinwag_core::ports::{Settling, UserEvent};

contract!(
    joining_tells_the_room_and_ones_other_connections,
    one_who_joins_sees_what_a_member_sees,
    joining_twice_changes_nothing,
    joining_counts_against_the_limit,
    joining_an_unknown_room_is_refused,
    a_new_member_has_nothing_unread,
    leaving_tells_the_room_and_ones_other_connections,
    leaving_twice_changes_nothing,
    the_read_marker_moves_forward_only,
    the_others_in_a_small_room_see_how_far_one_has_read,
    the_read_marker_stops_at_the_head,
    what_was_read_is_marked_as_unread_again,
    only_members_have_a_read_marker,
    members_come_in_pages_by_name,
    only_members_see_the_members,
    a_renamed_member_moves_in_the_list,
    a_place_in_a_list_may_be_any_text,
);

async fn joining_tells_the_room_and_ones_other_connections(world: World) {
    let alex = world.guest("Alex").await;
    let joined = world.join(alex, "general").await.unwrap();
    assert_eq!(joined.role, Some(RoomRole::Member));
    assert_eq!((joined.head, joined.read), (Seq(1), Seq(1)));
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    let body = EventBody::own_membership(alex.user, "Alex", MemberChange::Joined);
    assert_eq!((event.room, event.actor, &event.body), (joined.id, alex.user, &body));
    let began = UserEvent::MembershipBegan(Box::new(joined));
    assert_eq!(published.personal(), [(alex.user, alex.connection, began)]);
    assert_eq!(published.directory(), []);
}

async fn one_who_joins_sees_what_a_member_sees(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.say(alex, "general", "before").await.unwrap();
    let sam = world.guest("Sam").await;
    let joined = world.store().join(sam, slug("general").into(), 100, 2, 1).await.unwrap();
    assert_eq!((joined.room.head, joined.page.messages.len(), joined.members.count), (Seq(3), 1, 2));
    assert_eq!(joined, world.store().snapshot(sam.user, slug("general").into(), 2, 1).await.unwrap());
}

async fn joining_twice_changes_nothing(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let again = world.join_within(alex, "general", 0).await.unwrap();
    assert_eq!(again, world.room(alex, "general").await);
    assert!(world.broker.take().is_empty());
}

async fn joining_counts_against_the_limit(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let refused = world.join_within(alex, "tech", 1).await;
    assert_eq!(refused, Err(Refusal::RoomLimit { limit: 1 }));
    assert!(world.broker.take().is_empty());
    assert!(world.join_within(alex, "tech", 2).await.is_ok());
}

async fn joining_an_unknown_room_is_refused(world: World) {
    let alex = world.guest("Alex").await;
    assert_eq!(world.join(alex, "nowhere").await, Err(Refusal::RoomNotFound(slug("nowhere").into())));
    assert!(world.broker.take().is_empty());
}

async fn a_new_member_has_nothing_unread(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.say(alex, "general", "before").await.unwrap();
    assert_eq!(world.room(sam, "general").await.unread, 1);
    let zoe = world.guest("Zoe").await;
    assert_eq!(world.join(zoe, "general").await.unwrap().unread, 0);
    world.store().leave(sam, world.id("general")).await.unwrap();
    assert_eq!(world.room(sam, "general").await.unread, 0);
    assert_eq!(world.join(sam, "general").await.unwrap().unread, 0);
}

async fn leaving_tells_the_room_and_ones_other_connections(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let room = world.id("general");
    assert_eq!(world.store().leave(alex, room).await, Ok(vec![Settling::Room(room, Seq(2))]));
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.room, event.seq, event.who_left()), (room, Seq(2), Some(alex.user)));
    assert_eq!(
        published.personal(),
        [(alex.user, alex.connection, UserEvent::MembershipEnded { room, at: Seq(2), is_gone: false })]
    );
    let seen = world.room(alex, "general").await;
    assert_eq!((seen.is_member(), seen.read, seen.head), (false, Seq(0), Seq(2)));
}

async fn leaving_twice_changes_nothing(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.store().leave(alex, world.id("general")).await.unwrap();
    world.broker.take();
    let general = world.id("general");
    let again = world.store().leave(alex, general).await;
    assert_eq!(again, Ok(vec![Settling::Room(general, Seq(2))]), "it may have been told only now");
    assert!(world.broker.take().is_empty());
    let nowhere = world.store().leave(alex, NO_ROOM).await;
    assert_eq!(nowhere, Err(Refusal::RoomNotFound(NO_ROOM.into())));
}

async fn the_read_marker_moves_forward_only(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    for text in ["3", "4", "5"] {
        world.say(alex, "general", text).await.unwrap();
    }
    world.broker.take();
    world.store().mark_read(sam, world.id("general"), Seq(4)).await.unwrap();
    let seen = world.room(sam, "general").await;
    assert_eq!((seen.read, seen.unread), (Seq(4), 1));
    let published = world.broker.take();
    let mark = UserEvent::ReadMark { room: world.id("general"), seq: Seq(4), is_shared: true };
    assert_eq!(published.personal(), [(sam.user, sam.connection, mark)]);
    assert!(published.events().is_empty());

    for seq in [Seq(4), Seq(3), Seq(0), Seq(-1), Seq(i64::MIN)] {
        world.store().mark_read(sam, world.id("general"), seq).await.unwrap();
    }
    assert!(world.broker.take().is_empty());
    assert_eq!(world.room(sam, "general").await.read, Seq(4));
}

async fn the_read_marker_stops_at_the_head(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "hi").await.unwrap();
    world.broker.take();
    world.store().mark_read(sam, world.id("general"), Seq(i64::MAX)).await.unwrap();
    assert_eq!(world.room(sam, "general").await.read, said.seq);
    let mark = UserEvent::ReadMark { room: said.room, seq: said.seq, is_shared: true };
    assert_eq!(world.broker.take().personal(), [(sam.user, sam.connection, mark)]);
}

async fn the_others_in_a_small_room_see_how_far_one_has_read(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let said = world.say(alex, "general", "hi").await.unwrap();
    world.store().mark_read(sam, said.room, said.seq).await.unwrap();
    let reads = world.store().reads(alex.user, said.room).await.unwrap();
    assert_eq!(reads.len(), 2);
    assert!(
        reads.iter().any(|it| (it.user, it.read) == (sam.user, said.seq) && it.since <= said.at)
            && reads.iter().any(|it| it.user == kim.user && it.read < said.seq)
    );
    let outside = world.guest("Pat").await;
    assert_eq!(world.store().reads(outside.user, said.room).await, Err(Refusal::NotMember));

    for number in 0..48 {
        let guest = world.guest(&format!("Guest {number}")).await;
        world.join(guest, "general").await.unwrap();
    }
    world.broker.take();
    assert_eq!(world.store().reads(alex.user, said.room).await.unwrap(), []);
    world.store().mark_read(kim, said.room, said.seq).await.unwrap();
    let mark = UserEvent::ReadMark { room: said.room, seq: said.seq, is_shared: false };
    assert_eq!(world.broker.take().personal(), [(kim.user, kim.connection, mark)]);
}

async fn what_was_read_is_marked_as_unread_again(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let general = world.id("general");
    for text in ["3", "4", "5"] {
        world.say(alex, "general", text).await.unwrap();
    }
    let counts = async || {
        let seen = world.room(sam, "general").await;
        (seen.read, seen.unread)
    };
    world.store().mark_read(sam, general, Seq(5)).await.unwrap();
    world.broker.take();
    world.store().mark_unread(sam, general, Seq(4)).await.unwrap();
    assert_eq!(counts().await, (Seq(3), 2));
    let back = UserEvent::MarkedUnread { room: general, seq: Seq(3) };
    assert_eq!(world.broker.take().personal(), [(sam.user, sam.connection, back)]);
    // What is so already is told to nobody, and behind the last message there is nothing.
    for seq in [Seq(4), Seq(6), Seq(i64::MAX)] {
        world.store().mark_unread(sam, general, seq).await.unwrap();
    }
    assert!(world.broker.take().is_empty());
    assert_eq!(counts().await, (Seq(3), 2));
    world.store().mark_unread(sam, general, Seq(i64::MIN)).await.unwrap();
    assert_eq!(counts().await, (Seq(0), 3));
    world.store().mark_unread(sam, general, Seq(4)).await.unwrap();
    assert_eq!(counts().await, (Seq(3), 2), "what stands before has been seen");
    world.store().mark_read(sam, general, Seq(4)).await.unwrap();
    assert_eq!(counts().await, (Seq(4), 1), "it goes forward again");
    let [kim] = [world.guest("Kim").await];
    assert_eq!(world.store().mark_unread(kim, general, Seq(1)).await, Err(Refusal::NotMember));
    assert_eq!(
        world.store().mark_unread(sam, NO_ROOM, Seq(1)).await,
        Err(Refusal::RoomNotFound(NO_ROOM.into()))
    );
}

async fn only_members_have_a_read_marker(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let marked = |room| world.store().mark_read(alex, world.id(room), Seq(1));
    assert_eq!(marked("tech").await, Err(Refusal::NotMember));
    assert_eq!(marked("nowhere").await, Err(Refusal::RoomNotFound(NO_ROOM.into())));
}

async fn members_come_in_pages_by_name(world: World) {
    let [_, _, sam, _, _] = world.members(["zoe", "Bo", "Sam", "alex", "Ähn"]).await;
    let (mut after, mut pages) = (None, Vec::new());
    loop {
        let page = world.store().members(sam.user, world.id("general"), after, 2).await.unwrap();
        assert_eq!(page.count, 5);
        pages.push(page.members.into_iter().map(|user| user.name).collect::<Vec<_>>());
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, [vec!["alex", "Bo"], vec!["Sam", "zoe"], vec!["Ähn"]]);
    let exact = world.store().members(sam.user, world.id("general"), None, 5).await.unwrap();
    assert_eq!((exact.members.len(), exact.next), (5, None));
}

async fn only_members_see_the_members(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let members = |room| world.store().members(alex.user, world.id(room), None, 10);
    assert_eq!(members("tech").await, Err(Refusal::NotMember));
    assert_eq!(members("nowhere").await, Err(Refusal::RoomNotFound(NO_ROOM.into())));
}

async fn a_renamed_member_moves_in_the_list(world: World) {
    let [alex, _sam] = world.members(["Alex", "Sam"]).await;
    world.store().rename(alex, name("Zoe")).await.unwrap();
    let page = world.store().members(alex.user, world.id("general"), None, 1).await.unwrap();
    assert_eq!((page.members[0].name.as_str(), page.next.as_deref()), ("Sam", Some("sam")));
    let page = world.store().members(alex.user, world.id("general"), page.next, 1).await.unwrap();
    assert_eq!((page.members[0].name.as_str(), page.next), ("Zoe", None));
}

async fn a_place_in_a_list_may_be_any_text(world: World) {
    let [alex, _sam] = world.members(["Alex", "Sam"]).await;
    let room = world.id("general");
    for (after, count) in [("", 2), ("\0", 2), ("alex\0x", 1), ("sam\0", 0), ("\u{10FFFF}", 0)] {
        let page = world.store().members(alex.user, room, Some(after.to_owned()), 10).await.unwrap();
        assert_eq!(page.members.len(), count, "{after:?}");
        let position =
            RoomListPosition { group: RoomListGroup::Other, key: after.to_owned(), room: RoomId(0) };
        let query = RoomListQuery { search: RoomSearch::default(), after: Some(position), limit: 10 };
        assert!(world.store().rooms(alex.user, query).await.is_ok(), "{after:?}");
    }
}
