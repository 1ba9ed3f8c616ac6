//! Rooms that only their people find: private ones, and conversations.

use crate::world::{World, contract, name, new_room, rooms_within, slug, title};
use chinwag_core::domain::permissions::{GuestsInPrivate, RoomRole};
use chinwag_core::domain::{
    Actor, EventBody, GROUP_SIZE, MemberChange, Refusal, RoomEvent, RoomId, RoomKind, RoomOverview, Seq,
    UserId, WantedName, Window,
};
use chinwag_core::ports::{NewRoom, Publication, RoomLimits, RoomUpdate, Settling, UserEvent};
use futures_util::future::{join, join_all};

contract![
    a_private_room_is_there_for_its_people_only,
    whoever_is_brought_in_is_told_on_all_connections,
    whoever_is_removed_finds_the_room_no_more,
    nobody_is_removed_by_one_who_stands_no_higher,
    a_room_keeps_an_owner,
    whoever_made_a_room_owns_it_again,
    what_only_its_people_find_ends_with_the_last_of_them,
    two_have_one_conversation,
    a_hundred_pairs_who_open_at_once_meet,
    a_few_have_one_conversation_until_somebody_comes_or_goes,
    nobody_is_brought_in_who_may_not_belong,
    a_conversation_names_one_who_is_gone,
    nothing_of_a_private_room_is_told_to_everybody,
];

async fn private(world: &World, owner: Actor, people: &[Actor]) -> RoomOverview {
    let people = people.iter().map(|person| person.user).collect();
    let room = NewRoom { kind: RoomKind::Private, people, title: title("Den"), ..new_room("den-7f3a") };
    let created = world.store().create_room(owner, room, rooms_within(100)).await.unwrap();
    world.note(&created);
    created
}

async fn direct(world: &World, actor: Actor, others: &[Actor]) -> Result<RoomOverview, Refusal> {
    let others = others.iter().map(|other| other.user).collect();
    world.store().open_conversation(actor, others, rooms_within(100)).await
}

/// Everything by which `user` could find a room answers as for one that never was.
async fn finds_nothing(world: &World, actor: Actor, room: RoomId) {
    let (store, user) = (world.store(), actor.user);
    let no_room = |result: Result<(), Refusal>| assert_eq!(result, Err(Refusal::RoomNotFound(room.into())));
    no_room(store.room(user, room.into()).await.map(drop));
    no_room(store.snapshot(user, room.into(), 10, 10).await.map(drop));
    no_room(store.history(user, room, Window::Latest, 10).await.map(drop));
    no_room(store.members(user, room, None, 10).await.map(drop));
    no_room(store.join(actor, room.into(), 100, 10, 10).await.map(drop));
    no_room(store.leave(actor, room).await.map(drop));
    no_room(store.mark_read(actor, room, Seq(1)).await);
    no_room(world.update_room(actor, room, RoomUpdate::default()).await.map(drop));
    no_room(store.delete_room(actor, room).await.map(drop));
    no_room(store.add_member(actor, room, user, rooms_within(100)).await);
    no_room(store.remove_member(actor, room, user).await.map(drop));
    no_room(store.set_role(actor, room, user, RoomRole::Owner).await);
    let message = crate::world::new_message(room, "secret", "secret");
    no_room(store.append_message(actor, message).await.map(drop));
    assert!(world.rooms(user).await.iter().all(|listed| listed.id != room));
}

async fn a_private_room_is_there_for_its_people_only(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let room = private(&world, alex, &[sam]).await;
    assert_eq!((room.kind, room.role, &*room.title), (RoomKind::Private, Some(RoomRole::Owner), "Den"));
    for nobody in [kim, bot] {
        finds_nothing(&world, nobody, room.id).await;
        assert!(world.found(nobody.user, "den", 10).await.is_empty());
        let by_address = world.store().room(nobody.user, slug("den-7f3a").into()).await;
        assert_eq!(by_address.unwrap_err(), Refusal::RoomNotFound(slug("den-7f3a").into()));
    }
    world.say(sam, "den-7f3a", "here").await.unwrap();
    assert_eq!(world.found(sam.user, "den", 10).await.len(), 1);
    assert_eq!(world.rooms(alex.user).await.last().unwrap().unread, 1);
    assert_eq!(world.room(sam, "den-7f3a").await.role, Some(RoomRole::Member));
}

fn about_members(log: &[RoomEvent]) -> Vec<(UserId, UserId, MemberChange)> {
    let of_member = |event: &RoomEvent| match &event.body {
        EventBody::Member(member) => Some((event.actor, member.subject, member.change.clone())),
        EventBody::Message(_) | EventBody::Room(_) => None,
    };
    log.iter().filter_map(of_member).collect()
}

async fn whoever_is_brought_in_is_told_on_all_connections(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = private(&world, alex, &[]).await.id;
    world.broker.take();
    world.store().add_member(alex, room, sam.user, rooms_within(100)).await.unwrap();
    let told = world.broker.take();
    let [Publication::Room(added), Publication::Person { user, except: None, event }] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!(about_members(&[(**added).clone()]), [(alex.user, sam.user, MemberChange::Joined)]);
    let UserEvent::MembershipBegan(seen) = event else { panic!("{event:?}") };
    assert_eq!((*user, seen.id, seen.role), (sam.user, room, Some(RoomRole::Member)));
    // And nothing for one who is there already.
    world.store().add_member(sam, room, alex.user, rooms_within(100)).await.unwrap();
    assert!(world.broker.take().is_empty());
}

async fn whoever_is_removed_finds_the_room_no_more(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = private(&world, alex, &[sam]).await.id;
    let head = world.say(sam, "den-7f3a", "here").await.unwrap().seq;
    world.broker.take();
    let endings = world.store().remove_member(alex, room, sam.user).await.unwrap();
    assert_eq!(endings, [Settling::Room(room, head.next())]);
    let told = world.broker.take();
    let [Publication::Room(removed), Publication::Person { user, except: None, event }] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!((removed.who_left(), removed.actor), (Some(sam.user), alex.user));
    let ended = UserEvent::MembershipEnded { room, at: head.next(), is_gone: true };
    assert_eq!((*user, event), (sam.user, &ended));
    finds_nothing(&world, sam, room).await;
    // Whoever asks again waits again, and changes nothing.
    let again = world.store().remove_member(alex, room, sam.user).await.unwrap();
    assert_eq!(again, [Settling::Room(room, head.next())]);
    assert!(world.broker.take().is_empty());
    // Of a public room only the membership ends.
    world.create_room(alex, "tea").await.unwrap();
    world.join(sam, "tea").await.unwrap();
    world.broker.take();
    world.store().remove_member(alex, world.id("tea"), sam.user).await.unwrap();
    let told = world.broker.take();
    assert!(
        matches!(
            &told[1],
            Publication::Person { event: UserEvent::MembershipEnded { is_gone: false, .. }, .. }
        ),
        "{told:?}"
    );
    assert_eq!(world.say(sam, "tea", "still").await, Err(Refusal::NotMember));
}

async fn nobody_is_removed_by_one_who_stands_no_higher(world: World) {
    let [alex, sam, kim, lee] = world.members(["Alex", "Sam", "Kim", "Lee"]).await;
    let room = private(&world, alex, &[sam, kim, lee]).await.id;
    let set = |actor, user: Actor, role| world.store().set_role(actor, room, user.user, role);
    let remove = |actor, user: Actor| world.store().remove_member(actor, room, user.user);
    assert_eq!(set(sam, sam, RoomRole::Owner).await, Err(Refusal::Forbidden));
    for moderator in [sam, kim] {
        set(alex, moderator, RoomRole::Moderator).await.unwrap();
    }
    assert_eq!(set(sam, lee, RoomRole::Moderator).await, Err(Refusal::Forbidden));
    for (actor, user) in [(lee, kim), (lee, alex), (sam, kim), (sam, alex), (sam, sam), (alex, alex)] {
        assert_eq!(remove(actor, user).await, Err(Refusal::Forbidden));
    }
    remove(sam, lee).await.unwrap();
    remove(alex, kim).await.unwrap();
    assert_eq!(set(alex, kim, RoomRole::Owner).await, Err(Refusal::UserNotFound(kim.user)));
    let update = RoomUpdate { title: Some(title("Another")), ..RoomUpdate::default() };
    assert_eq!(world.update_room(sam, room, update).await.map(drop), Err(Refusal::Forbidden));
    assert_eq!(world.store().delete_room(sam, room).await.map(drop), Err(Refusal::Forbidden));
}

async fn a_room_keeps_an_owner(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let room = private(&world, alex, &[sam, kim]).await.id;
    let set = |actor, user: Actor, role| world.store().set_role(actor, room, user.user, role);
    let role = async |actor: Actor| world.room(actor, "den-7f3a").await.role;
    assert_eq!(set(alex, alex, RoomRole::Member).await, Err(Refusal::LastOwner));
    set(alex, kim, RoomRole::Moderator).await.unwrap();
    // The moderator follows, though Sam has been there as long.
    world.store().leave(alex, room).await.unwrap();
    assert_eq!((role(kim).await, role(sam).await), (Some(RoomRole::Owner), Some(RoomRole::Member)));
    // It is handed over: then there are two, and one may step down.
    set(kim, sam, RoomRole::Owner).await.unwrap();
    set(kim, kim, RoomRole::Member).await.unwrap();
    assert_eq!((role(kim).await, role(sam).await), (Some(RoomRole::Member), Some(RoomRole::Owner)));
    // An owner whose account ends leaves it to the others, too.
    world.store().end_session(sam).await.unwrap();
    assert_eq!(role(kim).await, Some(RoomRole::Owner));
    let changes: Vec<_> = about_members(&world.log(room).await)
        .into_iter()
        .filter(|(_, _, change)| matches!(change, MemberChange::RoleChanged { role: RoomRole::Owner }))
        .map(|(actor, subject, _)| (actor, subject))
        .collect();
    assert_eq!(changes, [(alex.user, kim.user), (kim.user, sam.user), (sam.user, kim.user)]);
}

async fn whoever_made_a_room_owns_it_again(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(alex, "tea").await.unwrap();
    world.join(sam, "tea").await.unwrap();
    let tea = world.id("tea");
    world.store().leave(alex, tea).await.unwrap();
    // Everybody finds a public room, so nobody has to follow.
    assert_eq!(world.room(sam, "tea").await.role, Some(RoomRole::Member));
    assert_eq!(world.join(alex, "tea").await.unwrap().role, Some(RoomRole::Owner));
    // Not when it is somebody else's by now.
    world.store().set_role(alex, tea, sam.user, RoomRole::Owner).await.unwrap();
    world.store().leave(alex, tea).await.unwrap();
    assert_eq!(world.join(alex, "tea").await.unwrap().role, Some(RoomRole::Member));
}

async fn what_only_its_people_find_ends_with_the_last_of_them(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = private(&world, alex, &[sam]).await.id;
    let conversation = direct(&world, alex, &[sam]).await.unwrap().id;
    assert_eq!(world.store().leave(alex, conversation).await, Err(Refusal::Forbidden));
    world.store().leave(alex, room).await.unwrap();
    assert!(!world.log(room).await.last().unwrap().is_deletion());
    world.broker.take();
    world.store().leave(sam, room).await.unwrap();
    assert!(world.log(room).await.last().unwrap().is_deletion());
    let told = world.broker.take();
    assert!(told.iter().all(|news| !matches!(news, Publication::Directory(_))), "{told:?}");
    finds_nothing(&world, sam, room).await;
    for actor in [alex, sam] {
        assert!(!world.log(conversation).await.last().unwrap().is_deletion());
        world.store().end_session(actor).await.unwrap();
    }
    assert!(world.log(conversation).await.last().unwrap().is_deletion());
}

async fn two_have_one_conversation(world: World) {
    let [alex, sam, kim] = world.members(["Alex", "Sam", "Kim"]).await;
    let ask = |actor: Actor, other: Actor| world.store().conversation(actor.user, vec![other.user]);
    assert_eq!(ask(alex, sam).await, Ok(None));
    let opened = direct(&world, alex, &[sam]).await.unwrap();
    assert_eq!((opened.kind, opened.slug.as_ref(), &*opened.title), (RoomKind::Direct, None, ""));
    let people = |room: &RoomOverview| room.people.iter().map(|user| user.id).collect::<Vec<_>>();
    assert_eq!(people(&opened), [sam.user]);
    let seen = direct(&world, sam, &[alex]).await.unwrap();
    assert_eq!((seen.id, people(&seen)), (opened.id, vec![alex.user]));
    assert_eq!(ask(sam, alex).await.unwrap().unwrap(), seen);
    assert_ne!(direct(&world, alex, &[kim]).await.unwrap().id, opened.id);
    finds_nothing(&world, kim, opened.id).await;
    // It stays what it is.
    let (store, room) = (world.store(), opened.id);
    let limits = rooms_within(100);
    assert_eq!(store.add_member(alex, room, kim.user, limits).await, Err(Refusal::Forbidden));
    assert_eq!(store.remove_member(alex, room, sam.user).await, Err(Refusal::Forbidden));
    assert_eq!(store.set_role(alex, room, alex.user, RoomRole::Owner).await, Err(Refusal::Forbidden));
    assert_eq!(world.update_room(alex, room, RoomUpdate::default()).await.map(drop), Err(Refusal::Forbidden));
    assert_eq!(store.delete_room(alex, room).await.map(drop), Err(Refusal::Forbidden));
    let listed = world.rooms(sam.user).await.into_iter().find(|listed| listed.id == room).unwrap();
    assert_eq!(people(&listed), [alex.user]);
}

async fn a_hundred_pairs_who_open_at_once_meet(world: World) {
    let mut pairs = Vec::new();
    for number in 0..100 {
        let (left, right) =
            (world.guest(&format!("Left {number}")).await, world.guest(&format!("Right {number}")).await);
        pairs.push((left, right));
    }
    let world = &world;
    let open = |actor: Actor, other: Actor| async move { direct(world, actor, &[other]).await };
    let both = pairs.iter().map(|(left, right)| join(open(*left, *right), open(*right, *left)));
    let mut rooms = Vec::new();
    for (left, right) in join_all(both).await {
        let (left, right) = (left.unwrap().id, right.unwrap().id);
        assert_eq!(left, right);
        rooms.push(left);
    }
    rooms.sort_unstable();
    rooms.dedup();
    assert_eq!(rooms.len(), 100);
}

async fn a_few_have_one_conversation_until_somebody_comes_or_goes(world: World) {
    let [alex, sam, kim, lee] = world.members(["Alex", "Sam", "Kim", "Lee"]).await;
    let opened = direct(&world, alex, &[sam, kim]).await.unwrap();
    assert_eq!((opened.kind, opened.people.len()), (RoomKind::Group, 2));
    assert_eq!(direct(&world, kim, &[alex, sam]).await.unwrap().id, opened.id);
    world.store().add_member(sam, opened.id, lee.user, rooms_within(100)).await.unwrap();
    let without_lee = direct(&world, alex, &[sam, kim]).await.unwrap();
    assert_ne!(without_lee.id, opened.id);
    world.store().leave(lee, opened.id).await.unwrap();
    assert_eq!(direct(&world, alex, &[sam, kim]).await.unwrap().id, without_lee.id);
    for number in 4..=GROUP_SIZE {
        let more = world.guest(&format!("More {number}")).await;
        world.store().add_member(alex, opened.id, more.user, rooms_within(100)).await.unwrap();
    }
    let full = world.store().add_member(alex, opened.id, lee.user, rooms_within(100)).await;
    assert_eq!(full, Err(Refusal::RoomFull { limit: GROUP_SIZE }));
}

async fn nobody_is_brought_in_who_may_not_belong(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let (bot, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    let room = private(&world, alex, &[]).await.id;
    let nobody = Actor { user: UserId(9999), ..sam };
    for other in [bot, nobody] {
        let unknown = Refusal::UserNotFound(other.user);
        assert_eq!(direct(&world, alex, &[other]).await, Err(unknown.clone()));
        assert_eq!(world.store().add_member(alex, room, other.user, rooms_within(100)).await, Err(unknown));
    }
    assert_eq!(direct(&world, bot, &[alex]).await, Err(Refusal::Forbidden));
    let without_guests = RoomLimits { guests: GuestsInPrivate::Refused, ..rooms_within(100) };
    let opened = world.store().open_conversation(alex, vec![sam.user], without_guests).await;
    assert_eq!(opened, Err(Refusal::Forbidden));
    let secret = NewRoom { kind: RoomKind::Private, ..new_room("secret") };
    assert_eq!(world.store().create_room(alex, secret, without_guests).await, Err(Refusal::Forbidden));
    let added = world.store().add_member(alex, room, sam.user, without_guests).await;
    assert_eq!(added, Err(Refusal::UserNotFound(sam.user)));
    // Who is in as many rooms as one may be is left alone.
    let few = RoomLimits { per_person: 1, conversations: 0, ..rooms_within(1) };
    let added = world.store().add_member(alex, room, sam.user, few).await;
    assert_eq!(added, Err(Refusal::TheirRoomLimit { name: "Sam".into(), limit: 1 }));
    let opened = world.store().open_conversation(alex, vec![sam.user], few).await;
    assert_eq!(opened, Err(Refusal::RoomLimit { limit: 0 }));
}

async fn a_conversation_names_one_who_is_gone(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = direct(&world, alex, &[sam]).await.unwrap().id;
    world.store().end_session(sam).await.unwrap();
    let seen = world.store().room(alex.user, room.into()).await.unwrap().room;
    assert_eq!(seen.people.iter().map(|user| &*user.name).collect::<Vec<_>>(), ["Sam"]);
}

async fn nothing_of_a_private_room_is_told_to_everybody(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let room = private(&world, alex, &[sam]).await.id;
    let update = RoomUpdate { title: Some(title("Cellar")), ..RoomUpdate::default() };
    world.update_room(alex, room, update).await.unwrap();
    let moved = RoomUpdate { slug: Some(slug("cellar")), ..RoomUpdate::default() };
    let moved = world.update_room(alex, room, moved).await;
    assert!(matches!(moved, Err(Refusal::RoomInvalid(_))), "{moved:?}");
    world.store().delete_room(alex, room).await.unwrap();
    let told = world.broker.take();
    let mut gone = Vec::new();
    for news in told.iter() {
        match news {
            Publication::Directory(event) => panic!("{event:?}"),
            Publication::Person { user, event: UserEvent::MembershipEnded { is_gone: true, .. }, .. } => {
                gone.push(*user);
            }
            Publication::Person { .. } | Publication::Room(_) => {}
        }
    }
    assert_eq!(gone, [alex.user, sam.user]);
}
