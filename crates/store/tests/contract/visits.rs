use crate::world::{NO_ROOM, World, contract, name, new_guest, slug, texts};
use chinwag_core::domain::{
    AccountKind, Actor, EventBody, Refusal, RoomChange, Seq, SessionId, User, UserId, WantedName, Window,
};
use chinwag_core::ports::{DirectoryEvent, NewVisitor, ReturningVisitor, TokenHash, UserEvent, WAY_BACK_MS};

contract!(
    a_visitor_has_the_wanted_name,
    a_taken_name_is_varied,
    many_of_one_name_find_a_place,
    names_in_the_way_of_the_search_end_it,
    a_long_name_is_varied_within_its_length,
    a_number_is_that_of_the_account,
    a_taken_number_is_varied,
    a_visitor_writes_and_reads_without_joining,
    a_visitor_is_no_member_after_joining,
    a_visitor_has_no_read_marker,
    a_visitor_creates_a_room_without_joining_it,
    a_visitor_is_renamed_silently,
    a_visitor_gets_a_variant_of_a_new_name_that_is_taken,
    the_end_of_a_visit_frees_the_name,
    a_visitor_who_left_may_do_nothing_more,
    only_visits_are_ended_at_once,
    a_visit_goes_on_after_its_end,
    a_visit_that_goes_on_ends_what_it_had_of_sessions,
    a_visitor_who_comes_back_makes_room_for_others,
    a_secret_opens_its_own_visit_only,
    a_visit_does_not_go_on_after_a_day,
);

mod with_a_restart {
    crate::world::contract!(durable: visits_that_a_crash_left_behind_are_ended);

    async fn visits_that_a_crash_left_behind_are_ended(mut world: crate::world::World) {
        let (visitor, _) = super::visit(&world, "Alex").await;
        world.say(visitor, "general", "hi").await.unwrap();
        world.reopen();
        assert_eq!(super::visit(&world, "Alex").await.1, "Alex 2");
        assert_eq!(world.store().end_lost_visits().await, Ok(2));
        assert_eq!(super::visit(&world, "Alex").await.1, "Alex");
    }
}

async fn visit(world: &World, wanted: &str) -> (Actor, String) {
    world.visitor(WantedName::Named(name(wanted))).await
}

async fn a_visitor_has_the_wanted_name(world: World) {
    let (visitor, own) = visit(&world, "Alex").await;
    assert_eq!(own, "Alex");
    assert!(world.broker.take().is_empty());
    assert_eq!(
        world.store().create_guest(new_guest("ALEX")).await,
        Err(Refusal::NameTaken(name("ALEX"))),
        "as unique as any other name"
    );
    assert_eq!(world.store().rename(visitor, name("Sam")).await.unwrap().id, visitor.user);
}

async fn a_taken_name_is_varied(world: World) {
    world.guest("alex").await;
    assert_eq!(visit(&world, "Alex").await.1, "Alex 2");
    let (third, own) = visit(&world, "ALEX").await;
    assert_eq!(own, "ALEX 3");
    assert_eq!(visit(&world, "Alex 2").await.1, "Alex 2 2");
    world.store().end_session(third).await.unwrap();
    assert_eq!(visit(&world, "Alex").await.1, "Alex 3");
}

async fn many_of_one_name_find_a_place(world: World) {
    let mut names = std::collections::BTreeSet::new();
    for _ in 0..100 {
        names.insert(visit(&world, "Bot").await.1);
    }
    assert_eq!(names.len(), 100);
    assert!(names.contains("Bot 100"), "{names:?}");
}

async fn names_in_the_way_of_the_search_end_it(world: World) {
    visit(&world, "Alex").await;
    for power in 1..=20 {
        visit(&world, &format!("Alex {}", 1_u32 << power)).await;
    }
    let visitor =
        NewVisitor { name: WantedName::Named(name("Alex")), token: new_guest("token").token, way_back: None };
    let refused = world.store().create_visitor(visitor).await;
    assert_eq!(refused.map(drop), Err(Refusal::NameTaken(name("Alex"))));
    // The storage goes on, and so do others.
    assert_eq!(visit(&world, "Sam").await.1, "Sam");
}

async fn a_visitor_gets_a_variant_of_a_new_name_that_is_taken(world: World) {
    let (first, _) = visit(&world, "Alex").await;
    let (visitor, _) = visit(&world, "Sam").await;
    let renamed = |wanted| world.store().rename_visitor(visitor, name(wanted));
    assert_eq!(renamed("alex").await.unwrap().name, "alex 2");
    assert_eq!(renamed("Alex").await.unwrap().name, "Alex 2", "one's own variant is not taken");
    world.store().end_session(first).await.unwrap();
    assert_eq!(renamed("Alex").await.unwrap().name, "Alex");
}

async fn a_long_name_is_varied_within_its_length(world: World) {
    let long = "x".repeat(40);
    visit(&world, &long).await;
    assert_eq!(visit(&world, &long).await.1, format!("{} 2", "x".repeat(38)));
}

async fn a_number_is_that_of_the_account(world: World) {
    world.guest("Alex").await;
    let (visitor, own) = world.visitor(WantedName::Numbered("Guest")).await;
    assert_eq!(own, format!("Guest {}", visitor.user));
    let (other, own) = world.visitor(WantedName::Numbered("User")).await;
    assert_eq!(own, format!("User {}", other.user));
}

async fn a_taken_number_is_varied(world: World) {
    let alex = world.guest("Alex").await;
    let next = alex.user.0 + 2;
    world.guest(&format!("Guest {next}")).await;
    let (visitor, own) = world.visitor(WantedName::Numbered("Guest")).await;
    assert_eq!((visitor.user.0, own), (next, format!("Guest {next} 2")));
}

async fn a_visitor_writes_and_reads_without_joining(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let (visitor, _) = visit(&world, "Sam").await;
    let said = world.say(visitor, "general", "hi").await.unwrap();
    assert_eq!(world.say(visitor, "general", "hi").await, Ok(said), "a repeat is one");
    let published = world.broker.take();
    assert_eq!((published.personal(), published.events().len()), (Vec::new(), 1));

    let store = world.store();
    let history = store.history(visitor.user, world.id("general"), Window::Latest, 10).await.unwrap();
    assert_eq!(texts(&history.messages), ["hi"]);
    let snapshot = store.snapshot(visitor.user, slug("general").into(), 10, 10).await.unwrap();
    assert_eq!((snapshot.room.head, snapshot.room.is_member()), (said.seq, false));
    let members = store.members(visitor.user, world.id("general"), None, 10).await.unwrap();
    assert_eq!(members.members.iter().map(|user| user.id).collect::<Vec<_>>(), [alex.user]);
    assert_eq!(world.room(alex, "general").await.unread, 1);
    assert_eq!(
        world.say(visitor, "nowhere", "hello").await,
        Err(Refusal::RoomNotFound(NO_ROOM.into())),
        "a visitor sees what there is, not more"
    );
}

async fn a_visitor_is_no_member_after_joining(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let (visitor, _) = visit(&world, "Sam").await;
    assert!(!world.join(visitor, "general").await.unwrap().is_member());
    world.store().leave(visitor, world.id("general")).await.unwrap();
    assert!(world.broker.take().is_empty());
    let members = world.store().members(alex.user, world.id("general"), None, 10).await.unwrap();
    assert_eq!(members.count, 1);
}

async fn a_visitor_has_no_read_marker(world: World) {
    let (visitor, _) = visit(&world, "Sam").await;
    world.say(visitor, "general", "hi").await.unwrap();
    let marked = world.store().mark_read(visitor, world.id("general"), Seq(1)).await;
    assert_eq!(marked, Err(Refusal::Forbidden));
    let seen = world.room(visitor, "general").await;
    assert_eq!((seen.read, seen.unread), (Seq(0), 0));
}

async fn a_visitor_creates_a_room_without_joining_it(world: World) {
    let (visitor, _) = visit(&world, "Sam").await;
    let room = world.create_room(visitor, "coffee").await.unwrap();
    assert_eq!((room.head, room.role), (Seq(1), None));
    let published = world.broker.take();
    assert!(matches!(&published.directory()[..], [DirectoryEvent::Listed { .. }]));
    assert_eq!(published.personal(), []);
    assert!(matches!(published.events()[0].body, EventBody::Room(RoomChange::Created(_))));
    assert_eq!(published.events().len(), 1);
    let members = world.store().members(visitor.user, world.id("coffee"), None, 10).await.unwrap();
    assert_eq!(members.count, 0);
    world.say(visitor, "coffee", "hi").await.unwrap();
}

async fn a_visitor_is_renamed_silently(world: World) {
    let (visitor, _) = visit(&world, "Sam").await;
    let said = world.say(visitor, "general", "hi").await.unwrap();
    world.broker.take();
    assert_eq!(world.store().rename(visitor, name("Zoe")).await.unwrap().name, "Zoe");
    let published = world.broker.take();
    assert!(published.events().is_empty(), "no log tells it: a visitor is a member of none");
    let renamed = UserEvent::Renamed { user: User::visitor(visitor.user, "Zoe"), renames: 1 };
    assert_eq!(published.personal(), [(visitor.user, visitor.connection, renamed)]);
    assert_eq!(world.log(said.room).await.last().unwrap().name, "Zoe");
    assert_eq!(visit(&world, "Sam").await.1, "Sam");
}

async fn the_end_of_a_visit_frees_the_name(world: World) {
    let (visitor, _) = visit(&world, "Sam").await;
    let said = world.say(visitor, "general", "bye").await.unwrap();
    world.broker.take();
    world.store().end_session(visitor).await.unwrap();
    assert!(world.broker.take().events().is_empty(), "nobody left: the visitor was a member of none");
    let (other, own) = visit(&world, "Sam").await;
    assert_eq!(own, "Sam");
    world.store().rename(other, name("Zoe")).await.unwrap();
    assert_eq!(world.log(said.room).await.last().unwrap().name, "Sam", "messages keep their author");
}

async fn a_visitor_who_left_may_do_nothing_more(world: World) {
    let (visitor, _) = visit(&world, "Sam").await;
    world.store().end_session(visitor).await.unwrap();
    world.broker.take();
    assert_eq!(world.say(visitor, "general", "hi").await, Err(Refusal::NotMember));
    let history = world.store().history(visitor.user, world.id("general"), Window::Latest, 10).await;
    assert_eq!(history, Err(Refusal::NotMember));
    assert_eq!(world.create_room(visitor, "tea").await, Err(Refusal::Unauthorized));
    assert!(world.broker.take().is_empty());
}

async fn only_visits_are_ended_at_once(world: World) {
    let [alex] = world.members(["Alex"]).await;
    visit(&world, "Sam").await;
    assert_eq!(world.store().end_lost_visits().await, Ok(1));
    assert_eq!(world.store().end_lost_visits().await, Ok(0));
    world.say(alex, "general", "here").await.unwrap();
    assert_eq!(visit(&world, "Sam").await.1, "Sam");
}

const SECRET: TokenHash = TokenHash([7; 32]);

async fn returning_visit(world: &World, wanted: &str) -> Actor {
    world.visitor_with(WantedName::Named(name(wanted)), Some(SECRET)).await.0
}

async fn come_back(world: &World, user: UserId, way_back: TokenHash) -> Result<(User, SessionId), Refusal> {
    let token = new_guest("token").token;
    world.store().resume_visit(ReturningVisitor { user, way_back, token }).await
}

async fn a_visit_goes_on_after_its_end(world: World) {
    let visitor = returning_visit(&world, "Alex").await;
    let said = world.say(visitor, "general", "hi").await.unwrap();
    world.store().end_session(visitor).await.unwrap();
    let (user, session) = come_back(&world, visitor.user, SECRET).await.unwrap();
    assert_eq!((user.id, user.name.as_str(), user.kind), (visitor.user, "Alex", AccountKind::Visitor));
    let again = Actor { session, ..visitor };
    assert_eq!(world.say(again, "general", "hi").await, Ok(said), "what was said before is not said twice");
    assert_eq!(visit(&world, "Alex").await.1, "Alex 2");
    assert_eq!(world.store().end_lost_visits().await, Ok(2));
    assert!(come_back(&world, visitor.user, SECRET).await.is_ok(), "a restart ends no way back");
}

async fn a_visit_that_goes_on_ends_what_it_had_of_sessions(world: World) {
    let visitor = returning_visit(&world, "Alex").await;
    let (user, session) = come_back(&world, visitor.user, SECRET).await.unwrap();
    assert_eq!(user.name, "Alex");
    let ended = UserEvent::SessionEnded(visitor.session);
    assert_eq!(world.broker.take().personal(), [(visitor.user, None, ended)]);
    // The connection of before ends later, and takes nothing along.
    world.store().end_session(visitor).await.unwrap();
    world.say(Actor { session, ..visitor }, "general", "hi").await.unwrap();
    assert_eq!(visit(&world, "Alex").await.1, "Alex 2");
}

async fn a_visitor_who_comes_back_makes_room_for_others(world: World) {
    let visitor = returning_visit(&world, "Alex").await;
    world.store().end_session(visitor).await.unwrap();
    world.guest("Alex").await;
    let (user, _) = come_back(&world, visitor.user, SECRET).await.unwrap();
    assert_eq!(user.name, "Alex 2");
}

async fn a_secret_opens_its_own_visit_only(world: World) {
    let visitor = returning_visit(&world, "Alex").await;
    let (without, _) = visit(&world, "Sam").await;
    let guest = world.guest("Kim").await;
    for (user, secret) in [
        (visitor.user, TokenHash([8; 32])),
        (without.user, SECRET),
        (guest.user, SECRET),
        (UserId(0), SECRET),
        (UserId(i64::MAX), SECRET),
    ] {
        assert_eq!(come_back(&world, user, secret).await.map(drop), Err(Refusal::Unauthorized), "{user}");
    }
    world.say(visitor, "general", "still-here").await.unwrap();
}

async fn a_visit_does_not_go_on_after_a_day(world: World) {
    let visitor = returning_visit(&world, "Alex").await;
    world.store().end_session(visitor).await.unwrap();
    world.clock.advance(WAY_BACK_MS);
    assert!(come_back(&world, visitor.user, SECRET).await.is_ok());
    world.store().end_lost_visits().await.unwrap();
    world.clock.advance(WAY_BACK_MS + 1);
    assert_eq!(come_back(&world, visitor.user, SECRET).await.map(drop), Err(Refusal::Unauthorized));
}
