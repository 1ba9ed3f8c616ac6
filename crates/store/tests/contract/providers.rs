//! People who come by a provider of sign-ins.

use crate::account_bans::ban_a_guest;
use crate::accounts::member;
use crate::identities::session;
use crate::world::{World, contract, name, token};
use chinwag_core::domain::permissions::{Operator, ServerRole};
use chinwag_core::domain::{AccountKind, Actor, Refusal, User};
use chinwag_core::ports::{
    Identity, IdentityKind, LinkPurpose, MessagesLeft, NewInvite, ProviderAccounts, ProviderComer,
    ProviderSignIn, TokenHash,
};
use futures_util::future::join_all;
use std::sync::atomic::{AtomicU64, Ordering};

contract!(
    a_subject_of_an_issuer_is_one_account,
    many_at_once_make_one_account,
    a_taken_name_gets_a_number_and_is_kept,
    accounts_are_made_for_whom_the_operator_says,
    groups_give_a_role_and_take_it_back,
    who_has_no_name_to_sign_in_with_sets_no_password,
    who_comes_for_the_first_time_is_in_the_first_rooms,
    a_guest_becomes_the_member_and_keeps_everything,
    the_browser_of_a_guest_who_is_kept_out_comes_by_no_provider,
);

fn comer(subject: &str) -> ProviderSignIn {
    ProviderSignIn {
        identity: Identity {
            kind: IdentityKind::Provider,
            issuer: "https://id.example.org".to_owned(),
            subject: subject.to_owned(),
        },
        name: name("Alex"),
        email: None,
        role: None,
        highest: ServerRole::Admin,
        accounts: ProviderAccounts::Always,
        invite: None,
        guest: None,
        keeper: None,
    }
}

/// Comes with a session of its own.
async fn come(world: &World, comer: ProviderSignIn) -> Result<ProviderComer, Refusal> {
    static NEXT: AtomicU64 = AtomicU64::new(1000);
    let session = session(NEXT.fetch_add(1, Ordering::Relaxed));
    Ok(world.store().sign_in_by_provider(comer, session).await?.0)
}

async fn invitation(world: &World, hash: u8, role: ServerRole) -> TokenHash {
    let token = TokenHash([hash; 32]);
    let invite = NewInvite { token, uses: 1, good_for_ms: 1 << 40, rooms: Vec::new(), role };
    world.store().create_operator_invite(invite).await.unwrap();
    token
}

fn actor(comer: &ProviderComer) -> Actor {
    Actor { user: comer.user.id, session: comer.session, connection: None, address: None, is_visit: false }
}

async fn a_subject_of_an_issuer_is_one_account(world: World) {
    let first = come(&world, comer("7")).await.unwrap();
    assert!(first.is_new);
    let User { kind, role, .. } = first.user;
    assert_eq!((kind, role), (AccountKind::Member, ServerRole::Member));
    let again = come(&world, comer("7")).await.unwrap();
    assert_eq!((again.user.id, again.is_new), (first.user.id, false));
    assert_ne!(again.session, first.session);
    let mut elsewhere = comer("7");
    elsewhere.identity.issuer = "https://another.example.org".to_owned();
    let mut foreign = comer("7");
    foreign.identity.kind = IdentityKind::Foreign;
    for other in [comer("07"), elsewhere, foreign] {
        assert!(come(&world, other).await.unwrap().is_new);
    }
    // Who ended the account begins anew.
    world.store().end_account(actor(&again), MessagesLeft::Keep).await.unwrap();
    assert_ne!(come(&world, comer("7")).await.unwrap().user.id, first.user.id);
}

async fn many_at_once_make_one_account(world: World) {
    let came = join_all((0..20).map(|_| come(&world, comer("7")))).await;
    let came: Vec<_> = came.into_iter().map(Result::unwrap).collect();
    assert!(came.iter().all(|one| one.user.id == came[0].user.id), "{came:?}");
    assert_eq!(came.iter().filter(|one| one.is_new).count(), 1);
}

async fn a_taken_name_gets_a_number_and_is_kept(world: World) {
    let [_guest] = world.members(["alex"]).await;
    let alex = come(&world, comer("7")).await.unwrap();
    assert_eq!(alex.user.name, "Alex 2");
    world.store().rename(actor(&alex), name("Lexi")).await.unwrap();
    let again = come(&world, ProviderSignIn { name: name("Another"), ..comer("7") }).await.unwrap();
    assert_eq!(again.user.name, "Lexi");
}

async fn accounts_are_made_for_whom_the_operator_says(world: World) {
    let by = |accounts, invite| ProviderSignIn { accounts, invite, ..comer("7") };
    let good = invitation(&world, 1, ServerRole::Moderator).await;
    let refused = come(&world, by(ProviderAccounts::Never, Some(good))).await;
    assert_eq!(refused, Err(Refusal::AccountsClosed));
    for invite in [None, Some(TokenHash([9; 32]))] {
        let refused = come(&world, by(ProviderAccounts::Invited, invite)).await;
        assert_eq!(refused, Err(Refusal::InviteInvalid));
    }
    let invited = come(&world, by(ProviderAccounts::Invited, Some(good))).await.unwrap();
    assert_eq!((invited.is_new, invited.user.role), (true, ServerRole::Moderator));
    let other = ProviderSignIn { invite: Some(good), accounts: ProviderAccounts::Invited, ..comer("8") };
    assert_eq!(come(&world, other).await, Err(Refusal::InviteInvalid), "it was for one");
    // Whoever has an account comes in whatever the operator says now.
    let again = come(&world, by(ProviderAccounts::Never, None)).await.unwrap();
    assert_eq!((again.user.id, again.is_new), (invited.user.id, false));
}

async fn groups_give_a_role_and_take_it_back(world: World) {
    let said = |role| ProviderSignIn { role, ..comer("7") };
    let role = async |comer| come(&world, comer).await.unwrap().user.role;
    let set = async |user, role| {
        world.store().set_server_role(Operator::at_the_console(), user, role).await.unwrap();
    };
    let alex = come(&world, said(Some(ServerRole::Moderator))).await.unwrap().user;
    assert_eq!(alex.role, ServerRole::Moderator);
    assert_eq!(role(said(Some(ServerRole::Admin))).await, ServerRole::Admin);
    assert_eq!(role(said(Some(ServerRole::Moderator))).await, ServerRole::Moderator);
    assert_eq!(role(said(None)).await, ServerRole::Member, "it is said no more");
    // What somebody was made here is left to them while no group says anything.
    set(alex.id, ServerRole::Moderator).await;
    assert_eq!(role(said(None)).await, ServerRole::Moderator);
    // Whoever is above what groups can say stays there.
    set(alex.id, ServerRole::Admin).await;
    let low = ProviderSignIn { highest: ServerRole::Moderator, ..said(Some(ServerRole::Moderator)) };
    assert_eq!(role(low).await, ServerRole::Admin);
    set(alex.id, ServerRole::Owner).await;
    for said in [said(None), said(Some(ServerRole::Moderator)), said(Some(ServerRole::Admin))] {
        assert_eq!(role(said).await, ServerRole::Owner);
    }
    let never = ProviderSignIn { highest: ServerRole::Owner, role: Some(ServerRole::Owner), ..comer("8") };
    come(&world, comer("8")).await.unwrap();
    assert_eq!(role(never).await, ServerRole::Admin, "no group makes owners");
}

async fn who_has_no_name_to_sign_in_with_sets_no_password(world: World) {
    let alex = come(&world, comer("7")).await.unwrap();
    let account = world.store().own_account(actor(&alex)).await.unwrap();
    assert_eq!((account.login, account.has_password), (None, false));
    let set = world.store().set_password(actor(&alex), "a hash".to_owned()).await;
    assert_eq!(set, Err(Refusal::Forbidden));
    assert!(world.store().make_link(actor(&alex), TokenHash([7; 32]), LinkPurpose::Device).await.is_ok());
}

async fn who_comes_for_the_first_time_is_in_the_first_rooms(world: World) {
    let alex = come(&world, ProviderSignIn { role: Some(ServerRole::Admin), ..comer("7") }).await.unwrap();
    let tea = world.create_room(actor(&alex), "tea").await.unwrap();
    world.store().set_first_room(actor(&alex), tea.id, true).await.unwrap();
    let sam = come(&world, comer("8")).await.unwrap();
    let mine: Vec<_> =
        world.rooms(sam.user.id).await.into_iter().filter(|room| room.role.is_some()).collect();
    assert_eq!(mine.iter().map(|room| room.id).collect::<Vec<_>>(), [tea.id]);
}

/// A guest's way to the provider, begun by the session of `guest`.
async fn way_of(world: &World, guest: Actor, hash: u8) -> TokenHash {
    let link = TokenHash([hash; 32]);
    world.store().make_link(guest, link, LinkPurpose::Provider).await.unwrap();
    link
}

async fn a_guest_becomes_the_member_and_keeps_everything(world: World) {
    let [guest, other] = world.members(["Gus", "Olaf"]).await;
    let room = world.create_room(guest, "tea").await.unwrap();
    let link = way_of(&world, guest, 1).await;
    assert_eq!(world.store().open_link(link, session(900)).await.unwrap_err(), Refusal::Unauthorized);
    let comer_of = |link| ProviderSignIn { guest: Some(link), ..comer("7") };
    let never = ProviderSignIn { accounts: ProviderAccounts::Never, ..comer_of(link) };
    assert_eq!(come(&world, never).await, Err(Refusal::AccountsClosed), "and the link is good still");

    let (member, endings) = world.store().sign_in_by_provider(comer_of(link), session(901)).await.unwrap();
    assert_eq!((member.user.id, member.user.name.as_str()), (guest.user, "Gus"));
    assert_eq!((member.user.kind, member.is_new), (AccountKind::Member, true));
    assert!(!endings.is_empty(), "the session that a name began is over");
    let sessions = world.store().sessions_of(guest.user).await.unwrap();
    assert_eq!(sessions.iter().map(|one| one.id).collect::<Vec<_>>(), [member.session]);
    let rooms = world.store().overview_by_id(member.session).await.unwrap().rooms;
    assert!(rooms.iter().any(|summary| summary.id == room.id), "{rooms:?}");

    // It was good once. Whoever has an account by now comes in by that, and stays a guest elsewhere.
    assert_eq!(
        come(&world, ProviderSignIn { guest: Some(link), ..comer("8") }).await,
        Err(Refusal::Unauthorized)
    );
    assert_eq!(
        world.store().make_link(actor(&member), TokenHash([2; 32]), LinkPurpose::Provider).await,
        Err(Refusal::Forbidden)
    );
    let link = way_of(&world, other, 3).await;
    let again = come(&world, comer_of(link)).await.unwrap();
    assert_eq!((again.user.id, again.is_new), (guest.user, false));
    let left = world.store().session_by_id(other.session).await.unwrap().0;
    assert_eq!((left.id, left.kind), (other.user, AccountKind::Guest));
}

async fn the_browser_of_a_guest_who_is_kept_out_comes_by_no_provider(world: World) {
    let moderator = member(&world, "Mia").await;
    ban_a_guest(&world, moderator).await;
    let first = ProviderSignIn { keeper: Some(token(1 << 54)), ..comer("7") };
    assert!(matches!(come(&world, first).await, Err(Refusal::BannedFromServer { .. })));
    assert!(come(&world, comer("7")).await.unwrap().is_new);
}
