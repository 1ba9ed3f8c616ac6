//! People who are kept out of the whole server.

use crate::accounts::member;
use crate::identities::{session, voucher};
use crate::world::{World, contract, name, new_guest, token};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{
    AccountBan, Actor, AuditAction, Ban, Millis, Reason, Refusal, UserId, WantedName,
};
use chinwag_core::ports::{Clock as _, LinkPurpose, NewGuest, Settling};

contract![
    who_is_banned_signs_in_by_no_way,
    a_ban_of_the_server_ends_by_itself_or_by_hand,
    the_browser_of_a_banned_guest_makes_no_other_one,
    only_those_ban_who_stand_above,
];

fn forever() -> AccountBan {
    AccountBan { until: None, reason: Reason::parse("Spam").unwrap() }
}

fn refused() -> Refusal {
    Refusal::BannedFromServer { until: None, reason: Some("Spam".to_owned()) }
}

/// A member with a role on the server.
async fn staff(world: &World, text: &str, role: ServerRole) -> Actor {
    let actor = member(world, text).await;
    world.store().set_server_role(Operator::at_the_console(), actor.user, role).await.unwrap();
    actor
}

/// Has a moderator, who is made one, ban a guest.
pub(crate) async fn ban_a_guest(world: &World, moderator: Actor) -> UserId {
    let operator = Operator::at_the_console();
    world.store().set_server_role(operator, moderator.user, ServerRole::Moderator).await.unwrap();
    let guest = NewGuest { keeper: Some(token(1 << 54)), ..new_guest("Gus") };
    let (guest, _) = world.store().create_guest(guest).await.unwrap();
    world.store().ban_account(moderator, guest.id, forever()).await.unwrap();
    guest.id
}

async fn who_is_banned_signs_in_by_no_way(world: World) {
    let store = world.store();
    let mia = staff(&world, "Mia", ServerRole::Moderator).await;
    let ida = member(&world, "Ida").await;
    world.join(ida, "general").await.unwrap();
    store.make_link(ida, token(1 << 50), LinkPurpose::Device).await.unwrap();
    let (vouched, vouched_session) =
        store.vouch(voucher("7", token(1 << 51)), session(1 << 52)).await.unwrap();

    let endings = store.ban_account(mia, ida.user, forever()).await.unwrap();
    assert_eq!(endings, [Settling::Session(ida.user, ida.session)]);
    assert_eq!(store.begin_session(ida.user, session(1 << 53)).await.map(drop), Err(refused()));
    let by_link = async || store.open_link(token(1 << 50), session(1 << 54)).await;
    assert_eq!(by_link().await.map(drop), Err(refused()));

    let endings = store.ban_account(mia, vouched.id, forever()).await.unwrap();
    assert_eq!(endings, [Settling::Session(vouched.id, vouched_session)]);
    let again = store.vouch(voucher("7", token(1 << 55)), session(1 << 56)).await;
    assert_eq!(again.map(drop), Err(refused()));

    // The refusals have written nothing: the link is as good as before.
    store.unban_account(mia, ida.user).await.unwrap();
    assert_eq!(by_link().await.unwrap().0.id, ida.user);
    let audit = store.audit(staff(&world, "Ada", ServerRole::Admin).await.user, None, 10).await.unwrap();
    let of_ida: Vec<_> = audit
        .iter()
        .filter(|entry| entry.user.as_ref().is_some_and(|(id, _)| *id == ida.user))
        .map(|entry| (entry.action, entry.reason.as_deref()))
        .collect();
    assert_eq!(of_ida, [(AuditAction::AccountUnbanned, None), (AuditAction::AccountBanned, Some("Spam"))]);
}

async fn a_ban_of_the_server_ends_by_itself_or_by_hand(world: World) {
    let store = world.store();
    let mia = staff(&world, "Mia", ServerRole::Moderator).await;
    let ida = member(&world, "Ida").await;
    let until = Millis(world.clock.now().0 + 1000);
    store.ban_account(mia, ida.user, AccountBan { until: Some(until), reason: None }).await.unwrap();
    let bans = store.banned_accounts(mia.user).await.unwrap();
    let expected = Ban {
        user: (ida.user, "Ida".to_owned()),
        by: (mia.user, "Mia".to_owned()),
        at: world.clock.now(),
        until: Some(until),
        reason: None,
    };
    assert_eq!(bans, [expected]);
    let soon = Refusal::BannedFromServer { until: Some(until), reason: None };
    assert_eq!(store.begin_session(ida.user, session(1 << 50)).await.map(drop), Err(soon));
    world.clock.advance(1000);
    store.begin_session(ida.user, session(1 << 51)).await.unwrap();

    store.ban_account(mia, ida.user, forever()).await.unwrap();
    assert!(store.begin_session(ida.user, session(1 << 52)).await.is_err());
    for _ in 0..2 {
        store.unban_account(mia, ida.user).await.unwrap();
    }
    store.begin_session(ida.user, session(1 << 52)).await.unwrap();
    assert_eq!(store.banned_accounts(mia.user).await, Ok(Vec::new()));
}

async fn the_browser_of_a_banned_guest_makes_no_other_one(world: World) {
    let store = world.store();
    let mia = member(&world, "Mia").await;
    let gus = ban_a_guest(&world, mia).await;
    let again = |text: &str, keeper: u64| NewGuest { keeper: Some(token(keeper)), ..new_guest(text) };
    assert_eq!(store.create_guest(again("Gustav", 1 << 54)).await.map(drop), Err(refused()));
    // Another browser has nothing to do with it, and the name is free.
    store.create_guest(again("Gus", 1 << 55)).await.unwrap();
    store.unban_account(mia, gus).await.unwrap();
    store.create_guest(again("Gustav", 1 << 54)).await.unwrap();
}

async fn only_those_ban_who_stand_above(world: World) {
    let store = world.store();
    let ida = member(&world, "Ida").await;
    let mia = staff(&world, "Mia", ServerRole::Moderator).await;
    let max = staff(&world, "Max", ServerRole::Moderator).await;
    let ada = staff(&world, "Ada", ServerRole::Admin).await;
    let (visitor, _) = world.visitor(WantedName::Named(name("Bot"))).await;
    for (by, of) in [(ida, mia), (mia, max), (mia, ada), (mia, mia), (ida, ida)] {
        assert_eq!(store.ban_account(by, of.user, forever()).await, Err(Refusal::Forbidden), "{by:?}");
    }
    for nobody in [visitor.user, UserId(404_404)] {
        assert_eq!(store.ban_account(mia, nobody, forever()).await, Err(Refusal::UserNotFound(nobody)));
    }
    assert_eq!(store.banned_accounts(ida.user).await, Err(Refusal::Forbidden));
    store.ban_account(ada, max.user, forever()).await.unwrap();
    assert_eq!(store.unban_account(mia, max.user).await, Err(Refusal::Forbidden));
    store.unban_account(ada, max.user).await.unwrap();
}
