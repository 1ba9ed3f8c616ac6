use crate::world::{NO_ROOM, World, contract, name, new_guest, slug};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{
    AccountKind, Actor, EventBody, MemberChange, NameSearch, Refusal, RoomChange, RoomId, RoomReference,
    RoomSearch, UserId, WantedName,
};
use chinwag_core::ports::{
    DirectoryEvent, Makers, NewGuest, ReturningVisitor, RoomReport, RoomReportQuery, Settling, TokenHash,
    UserEvent, UserReference, UserReport, UserReportQuery,
};

contract!(
    the_operator_sees_all_rooms_and_who_made_them,
    rooms_are_reported_page_by_page,
    the_operator_deletes_any_room_as_its_owner_would,
    the_operator_sees_who_has_an_account,
    a_removed_account_is_gone_and_its_messages_stay,
    a_name_that_the_operator_took_away_is_free_for_anybody,
    a_removed_visitor_does_not_come_back,
    nobody_is_removed_twice,
);

fn operator() -> Operator {
    Operator::at_the_console()
}

fn all_rooms() -> RoomReportQuery {
    let (search, makers) = (RoomSearch::default(), Makers::All);
    RoomReportQuery { which: None, search, makers, seen_by: None, after: RoomId(0), limit: 100 }
}

async fn rooms(world: &World, query: RoomReportQuery) -> Vec<RoomReport> {
    world.store().report_rooms(operator(), query).await.unwrap()
}

fn all_users() -> UserReportQuery {
    UserReportQuery { which: None, search: NameSearch::default(), after: UserId(0), limit: 100 }
}

async fn users(world: &World, query: UserReportQuery) -> Vec<UserReport> {
    world.store().report_users(operator(), query).await.unwrap()
}

async fn visit(world: &World, wanted: &str) -> Actor {
    world.visitor_with(WantedName::Named(name(wanted)), Some(TokenHash([7; 32]))).await.0
}

async fn the_operator_sees_all_rooms_and_who_made_them(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    world.join(sam, "coffee").await.unwrap();
    world.say(sam, "coffee", "hi").await.unwrap();
    let visitor = visit(&world, "Bot").await;
    world.create_room(visitor, "spam").await.unwrap();
    let reports = rooms(&world, all_rooms()).await;
    let seen: Vec<_> = reports
        .iter()
        .map(|room| {
            (room.slug.as_ref().unwrap().as_str(), room.members, room.head.0, room.last_message_at.is_some())
        })
        .collect();
    let first = [("general", 2, 2, false), ("tech", 0, 0, false), ("random", 0, 0, false)];
    assert_eq!(seen, [&first[..], &[("coffee", 2, 4, true), ("spam", 0, 1, false)]].concat());
    let makers: Vec<_> = reports.into_iter().map(|room| room.maker).collect();
    let alex = Some((alex.user, "Alex".to_owned(), AccountKind::Guest));
    let bot = Some((visitor.user, "Bot".to_owned(), AccountKind::Visitor));
    assert_eq!(makers, [None, None, None, alex, bot]);
    let of_guests = rooms(&world, RoomReportQuery { makers: Makers::Guests, ..all_rooms() }).await;
    assert_eq!(of_guests.len(), 2);
    let found = rooms(&world, RoomReportQuery { search: RoomSearch::new("COFF"), ..all_rooms() }).await;
    assert_eq!(found[0].id, world.id("coffee"));
    for which in [RoomReference::from(slug("spam")), world.id("spam").into()] {
        let found = rooms(&world, RoomReportQuery { which: Some(which), ..all_rooms() }).await;
        assert_eq!((found.len(), found[0].id), (1, world.id("spam")));
    }
}

async fn rooms_are_reported_page_by_page(world: World) {
    let (mut ids, mut after) = (Vec::new(), RoomId(i64::MIN));
    loop {
        let page = rooms(&world, RoomReportQuery { after, limit: 2, ..all_rooms() }).await;
        let Some(last) = page.last() else { break };
        after = last.id;
        ids.extend(page.into_iter().map(|room| room.id.0));
    }
    assert_eq!(ids, [1, 2, 3]);
}

async fn the_operator_deletes_any_room_as_its_owner_would(world: World) {
    let [alex] = world.members(["Alex"]).await;
    let general = world.id("general");
    world.store().remove_room(operator(), general).await.unwrap();
    let published = world.broker.take();
    let [event] = &published.events()[..] else { panic!("{published:?}") };
    assert_eq!((event.name.as_str(), &event.body), ("Operator", &EventBody::Room(RoomChange::Deleted)));
    assert_eq!(published.directory(), [DirectoryEvent::Removed { room: general, at: event.seq }]);
    assert_eq!(world.log(general).await.last(), Some(&**event), "the log tells the same");
    assert!(world.join(alex, "general").await.is_err());
    for gone in [general, NO_ROOM] {
        let refused = world.store().remove_room(operator(), gone).await;
        assert_eq!(refused, Err(Refusal::RoomNotFound(gone.into())));
    }
    assert!(world.broker.take().is_empty());
    assert_eq!(rooms(&world, all_rooms()).await.len(), 2);
}

async fn the_operator_sees_who_has_an_account(world: World) {
    let [alex, _] = world.members(["Alex", "Sam"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    visit(&world, "Bot").await;
    let seen: Vec<_> = users(&world, all_users())
        .await
        .into_iter()
        .map(|user| (user.name, user.role, user.rooms, user.rooms_made))
        .collect();
    let expected = [
        ("Alex", ServerRole::Guest, 2, 1),
        ("Sam", ServerRole::Guest, 1, 0),
        ("Bot", ServerRole::Visitor, 0, 0),
    ];
    assert_eq!(seen, expected.map(|(name, role, rooms, made)| (name.to_owned(), role, rooms, made)));
    let found = users(&world, UserReportQuery { search: NameSearch::new("aLe"), ..all_users() }).await;
    assert_eq!((found.len(), found[0].id), (1, alex.user));
    let [zoe] = world.members(["Zo\u{eb} Иванова"]).await;
    for part in ["ZO\u{cb}", "zoe\u{308} ИВ", "иванова"] {
        let found = users(&world, UserReportQuery { search: NameSearch::new(part), ..all_users() }).await;
        assert_eq!(found.iter().map(|user| user.id).collect::<Vec<_>>(), [zoe.user], "{part}");
    }
    let below = users(&world, UserReportQuery { after: UserId(i64::MIN), ..all_users() }).await;
    assert_eq!(below.len(), 4, "the operator is no account");
    for which in [UserReference::Id(alex.user), UserReference::Name(name("ALEX"))] {
        let found = users(&world, UserReportQuery { which: Some(which), ..all_users() }).await;
        assert_eq!((found.len(), found[0].id), (1, alex.user));
    }
}

async fn a_removed_account_is_gone_and_its_messages_stay(world: World) {
    let guest = new_guest("Alex");
    let (user, session) = world.store().create_guest(guest.clone()).await.unwrap();
    let alex = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
    world.join(alex, "general").await.unwrap();
    let said = world.say(alex, "general", "hi").await.unwrap();
    world.broker.take();
    let endings = world.store().remove_user(operator(), user.id).await.unwrap().unwrap();
    let published = world.broker.take();
    let left_at = published.events()[0].seq;
    assert_eq!(endings, [Settling::Room(said.room, left_at), Settling::Session(user.id, session)]);
    assert_eq!(published.personal(), [(user.id, None, UserEvent::SessionEnded(session))]);
    let left = EventBody::own_membership(user.id, "Alex", MemberChange::Left);
    assert_eq!(published.events().iter().map(|event| event.body.clone()).collect::<Vec<_>>(), [left]);
    assert_eq!(world.store().session(guest.token).await, Err(Refusal::Unauthorized));
    assert_eq!(world.say(alex, "general", "more").await, Err(Refusal::NotMember));
    let log = world.log(said.room).await;
    assert!(log.iter().any(|event| event.posted().is_some() && event.name == "Alex"));
    assert!(users(&world, all_users()).await.is_empty());
}

async fn a_name_that_the_operator_took_away_is_free_for_anybody(world: World) {
    let impostor = NewGuest { keeper: Some(TokenHash([3; 32])), ..new_guest("Alex") };
    let (user, _) = world.store().create_guest(impostor).await.unwrap();
    world.store().remove_user(operator(), user.id).await.unwrap();
    let real = NewGuest { token: TokenHash([4; 32]), ..new_guest("Alex") };
    assert!(world.store().create_guest(real).await.is_ok());
}

async fn a_removed_visitor_does_not_come_back(world: World) {
    let visitor = visit(&world, "Bot").await;
    world.say(visitor, "general", "spam").await.unwrap();
    assert!(world.store().remove_user(operator(), visitor.user).await.unwrap().is_some());
    let way_back = TokenHash([7; 32]);
    let token = new_guest("token").token;
    let back = ReturningVisitor { user: visitor.user, way_back, token };
    assert_eq!(world.store().resume_visit(back).await.map(drop), Err(Refusal::Unauthorized));
}

async fn nobody_is_removed_twice(world: World) {
    let alex = world.guest("Alex").await;
    assert!(world.store().remove_user(operator(), alex.user).await.unwrap().is_some());
    world.broker.take();
    for user in [alex.user, UserId(404), UserId(-1)] {
        assert_eq!(world.store().remove_user(operator(), user).await, Ok(None), "{user}");
    }
    assert!(world.broker.take().is_empty());
}
