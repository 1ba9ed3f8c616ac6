//! Members, where they are signed in, and invitations: what depends on time, which a running server cannot show at once.

use crate::reactions;
use crate::world::{World, contract, name, new_guest, new_room, rooms_within, token};
use chinwag_core::domain::permissions::{GuestsInPrivate, ServerRole};
use chinwag_core::domain::{AccountKind, Actor, ReactionChange, Refusal, RoomKind, SessionId, User, Window};
use chinwag_core::ports::{
    Device, LINK_MS, LinkPurpose, MessagesLeft, NewAccount, NewGuest, NewInvite, NewRoom, NewSession,
    REFRESH_GRACE_MS, Refreshed, Registration, RoomLimits, Settling, TokenHash, UserEvent, WhichSessions,
    Withdrawal,
};

contract!(
    a_refresh_token_is_good_once_and_its_theft_ends_the_session,
    two_tabs_refresh_at_once,
    a_link_is_good_once_and_for_a_while,
    a_guest_becomes_a_member_with_all_that_is_theirs,
    nobody_signs_in_under_a_name_that_looks_like_another,
    another_password_ends_what_was_begun_with_the_one_before,
    an_invitation_ends_with_its_time_and_its_uses,
    an_invitation_leads_nobody_where_they_may_not_be,
    the_first_owner_is_invited_until_there_is_one,
    an_account_that_ended_is_nobodys,
    nothing_stays_of_messages_that_go_with_their_account,
);

/// A session whose browser keeps the refresh token `number`.
pub(crate) fn browser(number: u64) -> NewSession {
    let device = Device { refresh: Some(token(number)), ..Device::default() };
    NewSession { token: token(number + (1 << 40)), device }
}

fn account(text: &str, number: u64) -> NewAccount {
    NewAccount {
        login: name(text),
        name: None,
        password: Some("a hash".to_owned()),
        email: None,
        invite: None,
        keeper: None,
        guest: None,
        session: browser(number),
    }
}

pub(crate) fn actor(user: &User, session: SessionId) -> Actor {
    Actor { user: user.id, session, connection: None, address: None, is_visit: false }
}

/// An invitation for anybody.
pub(crate) fn invite(token: TokenHash) -> NewInvite {
    NewInvite { token, uses: 2, good_for_ms: 1000, rooms: Vec::new(), role: ServerRole::Member }
}

/// Somebody with an account.
pub(crate) async fn member(world: &World, text: &str) -> Actor {
    let number = text.bytes().fold(1 << 41, |sum, byte| sum * 31 % (1 << 45) + u64::from(byte));
    let (user, session, _) = world.store().register(account(text, number), Registration::Open).await.unwrap();
    actor(&user, session)
}

async fn refresh(world: &World, old: u64, new: u64) -> Result<Refreshed, Refusal> {
    world.store().refresh(token(old), browser(new).device).await
}

fn is_good(refreshed: &Result<Refreshed, Refusal>) -> bool {
    matches!(refreshed, Ok(Refreshed::Session(..)))
}

async fn a_refresh_token_is_good_once_and_its_theft_ends_the_session(world: World) {
    let (user, session, _) = world.store().register(account("Alex", 1), Registration::Open).await.unwrap();
    assert!(is_good(&refresh(&world, 1, 2).await));
    world.clock.advance(REFRESH_GRACE_MS + 1);
    assert!(is_good(&refresh(&world, 2, 3).await));
    world.broker.take();
    let stolen = refresh(&world, 1, 4).await.unwrap();
    assert_eq!(stolen, Refreshed::Stolen(vec![Settling::Session(user.id, session)]));
    let told = world.broker.take().personal();
    assert_eq!(told, [(user.id, None, UserEvent::SessionRevoked(session))]);
    for number in [1, 2, 3, 4] {
        assert_eq!(refresh(&world, number, 9).await, Err(Refusal::Unauthorized), "{number}");
    }
    assert_eq!(world.store().session_by_id(session).await, Err(Refusal::Unauthorized));
}

async fn two_tabs_refresh_at_once(world: World) {
    world.store().register(account("Alex", 1), Registration::Open).await.unwrap();
    for (old, new) in [(1, 2), (1, 3), (1, 4)] {
        assert!(is_good(&refresh(&world, old, new).await));
    }
    world.clock.advance(REFRESH_GRACE_MS + 1);
    // The browser has kept one of the answers. When it uses that, the others are over, and for whoever has one it is a theft.
    assert!(is_good(&refresh(&world, 3, 5).await));
    world.clock.advance(REFRESH_GRACE_MS + 1);
    assert!(matches!(refresh(&world, 4, 6).await, Ok(Refreshed::Stolen(_))));
    assert_eq!(refresh(&world, 5, 7).await, Err(Refusal::Unauthorized));
}

async fn a_link_is_good_once_and_for_a_while(world: World) {
    let alex = member(&world, "Alex").await;
    world.store().make_link(alex, token(1), LinkPurpose::Device).await.unwrap();
    world.store().make_link(alex, token(2), LinkPurpose::Device).await.unwrap();
    let (user, session) = world.store().open_link(token(1), browser(10)).await.unwrap();
    assert!(user.id == alex.user && session != alex.session);
    assert_eq!(world.store().open_link(token(1), browser(11)).await, Err(Refusal::Unauthorized));
    world.clock.advance(LINK_MS + 1);
    assert_eq!(world.store().open_link(token(2), browser(12)).await, Err(Refusal::Unauthorized));
    for number in 20..30 {
        world.clock.advance(1);
        world.store().make_link(alex, token(number), LinkPurpose::Device).await.unwrap();
    }
    assert_eq!(world.store().open_link(token(20), browser(13)).await, Err(Refusal::Unauthorized), "too many");
    assert!(world.store().open_link(token(29), browser(14)).await.is_ok());
}

async fn a_guest_becomes_a_member_with_all_that_is_theirs(world: World) {
    let guest = new_guest("Alex");
    let (before, session) = world.store().create_guest(guest.clone()).await.unwrap();
    let alex = actor(&before, session);
    world.join(alex, "general").await.unwrap();
    world.say(alex, "general", "as-a-guest").await.unwrap();
    world.store().make_link(alex, token(1), LinkPurpose::Device).await.unwrap();
    let (_, other) = world.store().open_link(token(1), browser(10)).await.unwrap();
    world.broker.take();

    let upgrade = NewAccount { guest: Some(alex), ..account("alex.smith", 20) };
    let (user, same, endings) = world.store().register(upgrade.clone(), Registration::Open).await.unwrap();
    assert_eq!(
        (user.id, user.name.as_str(), user.kind, same),
        (before.id, "Alex", AccountKind::Member, session)
    );
    assert_eq!(endings, [Settling::Session(user.id, other)]);
    assert_eq!(world.store().session(guest.token).await, Ok((user.clone(), session)));
    assert!(is_good(&refresh(&world, 20, 21).await));
    let again =
        world.store().register(NewAccount { login: name("other"), ..upgrade }, Registration::Open).await;
    assert_eq!(again, Err(Refusal::Unauthorized), "a member is no guest");
    let found = world.store().find_password(name("ALEX.Smith")).await.unwrap();
    assert_eq!(found, Some((user.id, "a hash".to_owned())));
    world.store().end_session(alex).await.unwrap();
    assert_eq!(world.store().create_guest(new_guest("Alex")).await, Err(Refusal::NameTaken(name("Alex"))));
}

async fn nobody_signs_in_under_a_name_that_looks_like_another(world: World) {
    let display = NewAccount { name: Some(name("Big Cep")), ..account("Cep", 1) };
    world.store().register(display, Registration::Open).await.unwrap();
    // Cyrillic letters.
    for alike in ["\u{421}\u{435}\u{440}", "CEP", "big cep"] {
        let refused = world.store().register(account(alike, 2), Registration::Open).await;
        assert_eq!(refused, Err(Refusal::NameTaken(name(alike))), "{alike}");
        let shown = NewAccount { name: Some(name(alike)), ..account("Sam", 3) };
        assert!(world.store().register(shown, Registration::Open).await.is_err(), "{alike}");
        assert!(world.store().create_guest(new_guest(alike)).await.is_err(), "{alike}");
    }
    world.store().register(account("Sam", 4), Registration::Open).await.unwrap();
    // A name that is held for a browser is an account's when that browser asks.
    let held = NewGuest { keeper: Some(token(70)), ..new_guest("Zoe") };
    let (zoe, session) = world.store().create_guest(held).await.unwrap();
    world.store().end_session(actor(&zoe, session)).await.unwrap();
    let refused = world.store().register(account("Zoe", 5), Registration::Open).await;
    assert_eq!(refused, Err(Refusal::NameTaken(name("Zoe"))));
    let own = NewAccount { keeper: Some(token(70)), ..account("Zoe", 6) };
    world.store().register(own, Registration::Open).await.unwrap();
}

async fn another_password_ends_what_was_begun_with_the_one_before(world: World) {
    let alex = member(&world, "Alex").await;
    let (_, other) = world.store().begin_session(alex.user, browser(1)).await.unwrap();
    world.store().make_link(alex, token(2), LinkPurpose::Device).await.unwrap();
    let endings = world.store().set_password(alex, "another".to_owned()).await.unwrap();
    assert_eq!(endings, [Settling::Session(alex.user, other)]);
    assert_eq!(world.store().open_link(token(2), browser(3)).await, Err(Refusal::Unauthorized));
    assert_eq!(refresh(&world, 1, 4).await, Err(Refusal::Unauthorized));
    let kept = world.store().password_of(alex).await.unwrap();
    assert_eq!((kept.hash.as_deref(), kept.reset_until), (Some("another"), None));
    let guest = world.guest("Sam").await;
    let refused = world.store().set_password(guest, "x".to_owned()).await;
    assert_eq!(refused, Err(Refusal::AccountRequired));
    let late = Actor { session: other, ..alex };
    assert_eq!(world.store().set_password(late, "x".to_owned()).await, Err(Refusal::Unauthorized));
    assert!(world.store().end_sessions(alex, WhichSessions::Others).await.unwrap().is_empty());
}

async fn an_invitation_ends_with_its_time_and_its_uses(world: World) {
    let alex = member(&world, "Alex").await;
    let guest = world.guest("Guest").await;
    assert_eq!(world.store().create_invite(guest, invite(token(1))).await, Err(Refusal::Forbidden));
    let made = world.store().create_invite(alex, invite(token(1))).await.unwrap();
    for (text, number) in [("Sam", 10), ("Zoe", 11)] {
        let account = NewAccount { invite: Some(token(1)), ..account(text, number) };
        world.store().register(account, Registration::Invited).await.unwrap();
    }
    let late = NewAccount { invite: Some(token(1)), ..account("Late", 12) };
    let refused = world.store().register(late.clone(), Registration::Invited).await;
    assert_eq!(refused, Err(Refusal::InviteInvalid));
    assert_eq!(world.store().look_at_invite(token(1)).await, Err(Refusal::InviteInvalid));
    assert_eq!(world.store().invites(alex).await.unwrap()[0].used, 2);
    assert!(world.store().find_password(name("Late")).await.unwrap().is_none(), "nothing of it is there");

    world.store().create_invite(alex, invite(token(2))).await.unwrap();
    assert_eq!(world.store().look_at_invite(token(2)).await.unwrap().by.as_deref(), Some("Alex"));
    world.clock.advance(1000);
    let refused =
        world.store().register(NewAccount { invite: Some(token(2)), ..late }, Registration::Open).await;
    assert_eq!(refused, Err(Refusal::InviteInvalid), "who brings one has to bring one that is good");
    let undo = world.store().withdraw_invite(alex, made.id, Withdrawal::Undo).await;
    assert_eq!(undo, Err(Refusal::Forbidden));
}

async fn an_invitation_leads_nobody_where_they_may_not_be(world: World) {
    let alex = member(&world, "Alex").await;
    let den = NewRoom { kind: RoomKind::Private, ..new_room("den") };
    let den = world.store().create_room(alex, den, rooms_within(100)).await.unwrap().id;
    let tea = world.create_room(alex, "tea").await.unwrap().id;
    let wish = NewInvite { uses: 9, rooms: vec![den, tea], ..invite(token(1)) };
    world.store().create_invite(alex, wish).await.unwrap();
    let rooms_of = async |user: Actor| {
        let overview = world.store().overview_by_id(user.session).await.unwrap();
        overview.rooms.into_iter().map(|room| room.id).collect::<Vec<_>>()
    };
    let refused =
        NewGuest { invite: Some(token(1)), in_private: GuestsInPrivate::Refused, ..new_guest("Sam") };
    let (user, session) = world.store().create_guest(refused).await.unwrap();
    let sam = actor(&user, session);
    assert_eq!(rooms_of(sam).await, [tea]);
    let limits = RoomLimits { guests: GuestsInPrivate::Refused, ..rooms_within(100) };
    world.store().accept_invite(sam, token(1), limits).await.unwrap();
    assert_eq!(rooms_of(sam).await, [tea]);
    let allowed = NewGuest { invite: Some(token(1)), ..new_guest("Zoe") };
    let (user, session) = world.store().create_guest(allowed).await.unwrap();
    assert_eq!(rooms_of(actor(&user, session)).await.len(), 2);
    let kim = member(&world, "Kim").await;
    let full = world.store().accept_invite(kim, token(1), rooms_within(1)).await;
    assert_eq!(full, Err(Refusal::RoomLimit { limit: 1 }));
    world.store().accept_invite(kim, token(1), rooms_within(2)).await.unwrap();
    assert_eq!(rooms_of(kim).await.len(), 2);
    assert_eq!(world.store().invites(alex).await.unwrap()[0].used, 3, "who is there already uses nothing up");
}

async fn the_first_owner_is_invited_until_there_is_one(world: World) {
    let owner = |number| NewInvite { uses: 1, role: ServerRole::Owner, ..invite(token(number)) };
    assert_eq!(world.store().invite_first_owner(owner(1)).await, Ok(true));
    assert_eq!(world.store().invite_first_owner(owner(2)).await, Ok(true));
    let come = |number, by| NewAccount { invite: Some(token(by)), ..account("Owner", number) };
    let refused = world.store().register(come(10, 1), Registration::Invited).await;
    assert_eq!(refused, Err(Refusal::InviteInvalid), "the last one counts");
    let (user, session, _) = world.store().register(come(11, 2), Registration::Invited).await.unwrap();
    assert_eq!(user.role, ServerRole::Owner);
    assert_eq!(world.store().invite_first_owner(owner(3)).await, Ok(false));
    let second = NewAccount { login: name("Second"), ..come(12, 2) };
    let refused = world.store().register(second, Registration::Invited).await;
    assert_eq!(refused, Err(Refusal::InviteInvalid), "there is one now");
    let ended = world.store().end_account(actor(&user, session), MessagesLeft::Keep).await;
    assert_eq!(ended, Err(Refusal::LastServerOwner));
}

async fn nothing_stays_of_messages_that_go_with_their_account(world: World) {
    let alex = member(&world, "Alex").await;
    world.join(alex, "general").await.unwrap();
    let [sam] = world.members(["Sam"]).await;
    let said = world.say(alex, "general", &format!("Come here, <@{}>", sam.user)).await.unwrap();
    let reaction = ReactionChange::Added;
    world.store().react(sam, reactions::reacting(said.room, said.seq, "🎉", reaction)).await.unwrap();
    assert_eq!(world.room(sam, "general").await.mentions, 1);
    world.store().end_account(alex, MessagesLeft::Delete).await.unwrap();
    assert_eq!(world.room(sam, "general").await.mentions, 0);
    let page = world.store().history(sam.user, said.room, Window::Latest, 10).await.unwrap();
    let [message] = &page.messages[..] else { panic!("{page:?}") };
    assert!(message.content.is_deleted(), "{message:?}");
    assert_eq!(message.content.changes.as_ref().map(|changes| changes.reactions.len()), Some(0));
}

async fn an_account_that_ended_is_nobodys(world: World) {
    let alex = member(&world, "Alex").await;
    world.join(alex, "general").await.unwrap();
    world.store().make_link(alex, token(1), LinkPurpose::Device).await.unwrap();
    let endings = world.store().end_account(alex, MessagesLeft::Delete).await.unwrap();
    assert!(endings.contains(&Settling::Session(alex.user, alex.session)), "{endings:?}");
    assert!(world.store().find_password(name("Alex")).await.unwrap().is_none());
    assert_eq!(world.store().open_link(token(1), browser(2)).await, Err(Refusal::Unauthorized));
    assert_eq!(world.store().begin_session(alex.user, browser(3)).await, Err(Refusal::SignInFailed));
    assert_eq!(world.store().own_account(alex).await, Err(Refusal::Unauthorized));
    member(&world, "ALEX").await;
}
