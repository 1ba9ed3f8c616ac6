//! Links that people get by mail who lost the password.

use crate::accounts::{actor, browser, member};
use crate::avatars::staff;
use crate::world::{World, contract, name, token};
use chinwag_core::domain::permissions::ServerRole;
use chinwag_core::domain::{AccountBan, Actor, Email, Reason, Refusal};
use chinwag_core::ports::{AccountUpdate, LinkPurpose, MAIL_LINK_MS, MAIL_LINKS, MessagesLeft, Settling};

contract!(
    a_link_takes_one_password_and_ends_all_that_was_before,
    a_link_goes_to_the_address_of_the_account,
    nobody_is_sent_more_than_a_few,
    a_link_is_good_for_a_while_and_for_one_thing,
    whoever_is_banned_is_sent_none,
);

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

async fn is_at(world: &World, person: Actor, address: Option<&str>) {
    let update = AccountUpdate { email: Some(address.map(email)), status: None };
    world.store().update_account(person, update).await.unwrap();
}

async fn make(world: &World, person: Actor, number: u64) -> bool {
    world.store().make_mail_link(person.user, email("ida@example.org"), token(number)).await.unwrap()
}

async fn ida(world: &World) -> Actor {
    let ida = member(world, "Ida").await;
    is_at(world, ida, Some("Ida@example.org")).await;
    ida
}

async fn a_link_takes_one_password_and_ends_all_that_was_before(world: World) {
    let ida = ida(&world).await;
    let (_, other) = world.store().begin_session(ida.user, browser(1 << 40)).await.unwrap();
    world.store().make_link(ida, token(2), LinkPurpose::Device).await.unwrap();
    assert!(make(&world, ida, 3).await && make(&world, ida, 4).await);
    assert_eq!(world.store().look_at_mail_link(token(3)).await.as_deref(), Ok("Ida"));
    let reset =
        async |link| world.store().reset_by_mail(token(link), "another".to_owned(), browser(1 << 41)).await;
    let (user, session, mut endings) = reset(3).await.unwrap();
    endings.sort_by_key(|ending| format!("{ending:?}"));
    let mut expected = vec![Settling::Session(ida.user, ida.session), Settling::Session(ida.user, other)];
    expected.sort_by_key(|ending| format!("{ending:?}"));
    assert_eq!((user.id, endings), (ida.user, expected));
    let kept = world.store().password_of(actor(&user, session)).await.unwrap();
    assert_eq!((kept.hash.as_deref(), kept.reset_until), (Some("another"), None));
    // That one, and all others.
    for link in [3, 4] {
        assert_eq!(reset(link).await.unwrap_err(), Refusal::Unauthorized);
        assert_eq!(world.store().look_at_mail_link(token(link)).await, Err(Refusal::Unauthorized));
    }
    assert_eq!(world.store().open_link(token(2), browser(1 << 42)).await.unwrap_err(), Refusal::Unauthorized);
    assert_eq!(world.store().own_account(ida).await.unwrap_err(), Refusal::Unauthorized);
}

async fn a_link_goes_to_the_address_of_the_account(world: World) {
    let (ida, guest) = (ida(&world).await, world.guest("Gus").await);
    let twin = member(&world, "Twin").await;
    is_at(&world, twin, Some("IDA@EXAMPLE.ORG")).await;
    is_at(&world, guest, Some("ida@example.org")).await;
    let found = world.store().accounts_at(email("ida@Example.org")).await.unwrap();
    // As each of them wrote it, and not as it was asked for.
    let mut found: Vec<_> =
        found.iter().map(|found| (found.user, found.login.as_str(), found.email.as_str())).collect();
    found.sort();
    assert_eq!(found, [(ida.user, "Ida", "Ida@example.org"), (twin.user, "Twin", "IDA@EXAMPLE.ORG")]);
    assert_eq!(world.store().accounts_at(email("sam@example.org")).await, Ok(vec![]));
    assert!(!make(&world, guest, 1).await, "nobody signs in there by a password");
    assert!(make(&world, twin, 2).await);
    is_at(&world, twin, None).await;
    assert_eq!(world.store().look_at_mail_link(token(2)).await, Err(Refusal::Unauthorized));
    assert!(!make(&world, twin, 3).await);
    world.store().end_account(ida, MessagesLeft::Keep).await.unwrap();
    assert!(!make(&world, ida, 4).await);
}

async fn nobody_is_sent_more_than_a_few(world: World) {
    let ida = ida(&world).await;
    for number in 0..u64::from(MAIL_LINKS) {
        assert!(make(&world, ida, number).await);
        world.clock.advance(1);
    }
    assert!(!make(&world, ida, 50).await);
    world.store().forget_mail_link(token(0)).await.unwrap();
    assert!(make(&world, ida, 49).await, "one that did not go out is none");
    assert!(!make(&world, ida, 50).await);
    world.clock.advance(MAIL_LINK_MS);
    assert!(make(&world, ida, 51).await);
}

async fn a_link_is_good_for_a_while_and_for_one_thing(world: World) {
    let ida = ida(&world).await;
    assert!(make(&world, ida, 1).await && make(&world, ida, 2).await);
    let opened = world.store().open_link(token(1), browser(1 << 40)).await;
    assert_eq!(opened.unwrap_err(), Refusal::Unauthorized, "it signs nobody in");
    assert!(world.store().look_at_mail_link(token(1)).await.is_ok());
    world.store().make_link(ida, token(3), LinkPurpose::Device).await.unwrap();
    let other = world.store().reset_by_mail(token(3), "another".to_owned(), browser(1 << 41)).await;
    assert_eq!(other.unwrap_err(), Refusal::Unauthorized, "that of another device sets none");
    world.clock.advance(MAIL_LINK_MS + 1);
    let late = world.store().reset_by_mail(token(2), "another".to_owned(), browser(1 << 42)).await;
    assert_eq!(late.unwrap_err(), Refusal::Unauthorized);
    let kept = world.store().find_password(name("Ida")).await.unwrap();
    assert_eq!(kept, Some((ida.user, "a hash".to_owned())));
}

async fn whoever_is_banned_is_sent_none(world: World) {
    let ida = ida(&world).await;
    assert!(make(&world, ida, 1).await);
    let mia = staff(&world, "Mia", ServerRole::Moderator).await;
    world
        .store()
        .ban_account(mia, ida.user, AccountBan { until: None, reason: Reason::parse("Spam").unwrap() })
        .await
        .unwrap();
    assert!(!make(&world, ida, 2).await);
    let reset = world.store().reset_by_mail(token(1), "another".to_owned(), browser(1 << 40)).await;
    assert!(reset.is_err(), "the ban goes on");
}
