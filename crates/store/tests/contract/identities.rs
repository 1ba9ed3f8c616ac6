//! People for whom somebody else vouches.

use crate::world::{World, contract, name, new_guest, slug, token};
use chinwag_core::domain::permissions::{Operator, RoomRole, ServerRole};
use chinwag_core::domain::{AccountKind, Actor, Millis, Refusal, RoomKind, SessionId, User};
use chinwag_core::ports::{
    Device, Identity, IdentityKind, LinkPurpose, MessagesLeft, NewSession, TokenHash, UserEvent, Voucher,
    WhichSessions,
};
use futures_util::future::join_all;

contract!(
    a_subject_is_one_account_with_one_session,
    many_first_tokens_at_once_make_one_account,
    a_name_that_others_have_gets_a_number_and_another_name_renames,
    a_role_counts_until_it_is_taken_back_and_never_above,
    rooms_are_joined_and_made,
    what_an_older_token_says_is_not_done,
    a_session_ends_when_nobody_vouches_for_it,
    an_account_that_ended_is_not_found_again,
    nothing_outlives_what_was_said,
);

pub(crate) fn session(number: u64) -> NewSession {
    NewSession { token: token(number), device: Device::default() }
}

/// A voucher that says nothing but who it is, up to long after the tests.
pub(crate) fn voucher(subject: &str, token: TokenHash) -> Voucher {
    Voucher {
        identity: identity(subject),
        name: None,
        nameless: name("Member"),
        role: None,
        rooms: Vec::new(),
        token,
        issued_at: None,
        until: Millis(1 << 50),
    }
}

fn identity(subject: &str) -> Identity {
    Identity { kind: IdentityKind::Foreign, issuer: String::new(), subject: subject.to_owned() }
}

fn named(subject: &str, number: u64, text: &str) -> Voucher {
    Voucher { name: Some(name(text)), ..voucher(subject, token(number)) }
}

async fn vouch(world: &World, voucher: Voucher) -> (User, SessionId) {
    // Of each session only the hash counts, which nobody has.
    world
        .store()
        .vouch(voucher, NewSession { token: new_guest("token").token, device: Device::default() })
        .await
        .unwrap()
}

fn actor(user: &User, session: SessionId) -> Actor {
    Actor { user: user.id, session, connection: None, address: None, is_visit: false }
}

async fn a_subject_is_one_account_with_one_session(world: World) {
    assert_eq!(world.store().find_vouched(identity("7")).await, Ok(None));
    let (alex, session) = vouch(&world, named("7", 1, "Alex")).await;
    assert_eq!((alex.name.as_str(), alex.kind, alex.role), ("Alex", AccountKind::Member, ServerRole::Member));
    let found = world.store().find_vouched(identity("7")).await.unwrap().unwrap();
    assert_eq!((&found.user, found.session, found.token), (&alex, session, token(1)));
    for number in [1, 2] {
        assert_eq!(vouch(&world, named("7", number, "Alex")).await, (alex.clone(), session));
    }
    let (other, _) = vouch(&world, named("07", 3, "Sam")).await;
    assert_ne!(other.id, alex.id);
    let account = world.store().own_account(actor(&alex, session)).await.unwrap();
    assert_eq!((account.login, account.has_password), (None, false));
    // Who signs out comes again with a token that is good still.
    world.store().end_session(actor(&alex, session)).await.unwrap();
    assert_eq!(world.store().find_vouched(identity("7")).await, Ok(None));
    let (again, second) = vouch(&world, named("7", 2, "Alex")).await;
    assert_eq!(again, alex);
    assert_ne!(second, session);
}

async fn many_first_tokens_at_once_make_one_account(world: World) {
    let rooms = vec![slug("general"), slug("order")];
    let come = |number| vouch(&world, Voucher { rooms: rooms.clone(), ..named("7", number, "Alex") });
    let came = join_all((0..20).map(come)).await;
    assert!(came.iter().all(|person| *person == came[0]), "{came:?}");
    let user = came[0].0.id;
    let mine: Vec<_> = world.rooms(user).await.into_iter().filter(|room| room.role.is_some()).collect();
    assert_eq!(mine.len(), 2);
    for room in mine {
        let page = world.store().members(user, room.id, None, 10).await.unwrap();
        assert_eq!((page.count, page.members.len()), (1, 1), "{}", room.title);
    }
}

async fn a_name_that_others_have_gets_a_number_and_another_name_renames(world: World) {
    let [_guest] = world.members(["Alex"]).await;
    let (alex, session) = vouch(&world, named("7", 1, "ALEX")).await;
    assert_eq!(alex.name, "ALEX 2");
    assert_eq!(vouch(&world, named("7", 2, "ALEX")).await.0.name, "ALEX 2");
    assert_eq!(vouch(&world, named("8", 3, "Alex")).await.0.name, "Alex 3");
    world.store().rename(actor(&alex, session), name("Lexi")).await.unwrap();
    assert_eq!(vouch(&world, named("7", 4, "ALEX")).await.0.name, "Lexi", "nothing else was said");
    assert_eq!(vouch(&world, voucher("7", token(5))).await.0.name, "Lexi");
    assert_eq!(vouch(&world, named("7", 6, "Alexandra")).await.0.name, "Alexandra");
    assert_eq!(vouch(&world, voucher("9", token(7))).await.0.name, "Member");
    assert_eq!(vouch(&world, voucher("10", token(8))).await.0.name, "Member 2");
}

async fn a_role_counts_until_it_is_taken_back_and_never_above(world: World) {
    let role = |number, role| {
        let voucher = Voucher { role, ..named("7", number, "Alex") };
        async { vouch(&world, voucher).await.0 }
    };
    let set = |user: &User, role| world.store().set_server_role(Operator::at_the_console(), user.id, role);
    let alex = role(1, Some(ServerRole::Moderator)).await;
    assert_eq!(alex.role, ServerRole::Moderator);
    world.broker.take();
    assert_eq!(role(2, None).await.role, ServerRole::Member, "it is said no more");
    let told = world.broker.take().personal();
    let is_told = told.iter().any(
        |(_, _, event)| matches!(event, UserEvent::Renamed { user, .. } if user.role == ServerRole::Member),
    );
    assert!(is_told, "{told:?}");
    set(&alex, ServerRole::Moderator).await.unwrap();
    assert_eq!(role(3, None).await.role, ServerRole::Moderator, "nothing is said of it");
    assert_eq!(role(4, Some(ServerRole::Member)).await.role, ServerRole::Member);
    set(&alex, ServerRole::Admin).await.unwrap();
    for said in [Some(ServerRole::Member), Some(ServerRole::Moderator), None] {
        assert_eq!(role(5 + u64::from(said.is_some()), said).await.role, ServerRole::Admin);
    }
}

async fn rooms_are_joined_and_made(world: World) {
    let [owner] = world.members(["Owner"]).await;
    world.create_room(owner, "tea").await.unwrap();
    let rooms = vec![slug("tea"), slug("order-7"), slug("tea")];
    let (alex, session) = vouch(&world, Voucher { rooms: rooms.clone(), ..named("7", 1, "Alex") }).await;
    let actor = actor(&alex, session);
    let mine = world.rooms(alex.id).await.into_iter().filter(|room| room.role == Some(RoomRole::Member));
    let mut mine: Vec<_> = mine.map(|room| (room.slug.unwrap().to_string(), room.kind)).collect();
    mine.sort_by(|one, other| one.0.cmp(&other.0));
    assert_eq!(mine, [("order-7".to_owned(), RoomKind::Private), ("tea".to_owned(), RoomKind::Public)]);
    let order = world.room(actor, "order-7").await;
    let found = world.store().room(owner.user, slug("order-7").into()).await;
    assert!(matches!(found, Err(Refusal::RoomNotFound(_))), "others do not see it");

    // Another person is brought into the same room, and whoever leaves stays out until the next token.
    let (sam, second) = vouch(&world, Voucher { rooms: rooms.clone(), ..named("8", 2, "Sam") }).await;
    assert_eq!(world.room(self::actor(&sam, second), "order-7").await.id, order.id);
    world.store().leave(actor, order.id).await.unwrap();
    vouch(&world, Voucher { rooms: rooms.clone(), ..named("7", 1, "Alex") }).await;
    assert!(world.store().room(alex.id, order.id.into()).await.is_err(), "this token was done");
    vouch(&world, Voucher { rooms, ..named("7", 3, "Alex") }).await;
    assert!(world.room(actor, "order-7").await.role.is_some());
    vouch(&world, named("7", 4, "Alex")).await;
    assert!(world.room(actor, "order-7").await.role.is_some(), "what is not said is not taken away");
}

async fn what_an_older_token_says_is_not_done(world: World) {
    let issued = |number, at, text| Voucher { issued_at: at, ..named("7", number, text) };
    vouch(&world, issued(1, Some(Millis(1000)), "Alex")).await;
    let newer = Voucher { role: Some(ServerRole::Moderator), ..issued(2, Some(Millis(2000)), "Sam") };
    assert_eq!(vouch(&world, newer.clone()).await.0.name, "Sam");
    let older = Voucher { rooms: vec![slug("general")], ..issued(1, Some(Millis(1000)), "Alex") };
    let (user, _) = vouch(&world, older).await;
    assert_eq!((user.name.as_str(), user.role), ("Sam", ServerRole::Moderator));
    assert!(world.rooms(user.id).await.iter().all(|room| room.role.is_none()));
    // It is good all the same, and may be good for longer.
    let longer = Voucher { until: Millis(1 << 51), ..issued(3, Some(Millis(1000)), "Alex") };
    vouch(&world, longer).await;
    let found = world.store().find_vouched(identity("7")).await.unwrap().unwrap();
    assert_eq!((found.until, found.token), (Millis(1 << 51), token(2)));
    assert_eq!(vouch(&world, issued(4, None, "Zoe")).await.0.name, "Zoe", "one without a time is done");
}

async fn a_session_ends_when_nobody_vouches_for_it(world: World) {
    let until = |number, until| Voucher { until: Millis(until), ..named("7", number, "Alex") };
    let (alex, session) = vouch(&world, until(1, 1000)).await;
    vouch(&world, named("8", 2, "Sam")).await;
    assert_eq!(world.store().end_unvouched(Millis(1000)).await, Ok(0));
    vouch(&world, until(3, 2000)).await;
    assert_eq!(world.store().end_unvouched(Millis(2000)).await, Ok(0));
    world.broker.take();
    assert_eq!(world.store().end_unvouched(Millis(2001)).await, Ok(1));
    let told = world.broker.take().personal();
    assert_eq!(told, [(alex.id, None, UserEvent::SessionEnded(session))]);
    assert_eq!(world.store().session_by_id(session).await, Err(Refusal::Unauthorized));
    assert_eq!(world.store().end_unvouched(Millis(2001)).await, Ok(0));
    let (again, other) = vouch(&world, until(3, 2000)).await;
    assert_eq!(again.id, alex.id);
    assert_ne!(other, session);
}

async fn an_account_that_ended_is_not_found_again(world: World) {
    let (alex, session) = vouch(&world, named("7", 1, "Alex")).await;
    world.store().end_account(actor(&alex, session), MessagesLeft::Keep).await.unwrap();
    assert_eq!(world.store().find_vouched(identity("7")).await, Ok(None));
    let (second, session) = vouch(&world, named("7", 1, "Alex")).await;
    assert_ne!(second.id, alex.id);
    world.store().remove_user(Operator::at_the_console(), second.id).await.unwrap();
    assert_eq!(world.store().session_by_id(session).await, Err(Refusal::Unauthorized));
    assert_ne!(vouch(&world, named("7", 1, "Alex")).await.0.id, second.id);
}

async fn nothing_outlives_what_was_said(world: World) {
    let (alex, session) = vouch(&world, named("7", 1, "Alex")).await;
    let actor = actor(&alex, session);
    assert_eq!(world.store().make_link(actor, token(9), LinkPurpose::Device).await, Err(Refusal::Forbidden));
    assert_eq!(world.store().set_password(actor, "a hash".to_owned()).await, Err(Refusal::Forbidden));
    world.store().end_sessions(actor, WhichSessions::Others).await.unwrap();
    assert!(world.store().session_by_id(session).await.is_ok());
}
