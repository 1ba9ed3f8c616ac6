use crate::world::{World, contract, name, new_guest, token};
use chinwag_core::domain::{AccountKind, Actor, EventBody, MemberChange, Refusal, Seq, User, WantedName};
use chinwag_core::ports::{Clock as _, NAME_HELD_MS, NewGuest, RoomUpdate, Settling, UserEvent};

contract!(
    a_token_finds_its_guest,
    names_are_unique_by_their_looks,
    a_name_is_held_for_the_browser_that_had_it,
    nothing_is_held_without_a_keeper_or_after_idling,
    an_unknown_token_is_refused,
    signing_out_ends_the_account_of_a_guest,
    signing_out_twice_is_harmless,
    nobody_ends_the_session_of_another,
    a_removed_account_does_nothing_more,
    messages_keep_the_name_of_one_who_left,
    renaming_tells_every_room,
    renaming_to_the_same_name_tells_nobody,
    one_may_change_the_case_of_ones_own_name,
    renaming_to_a_taken_name_is_refused,
    idle_guests_are_removed,
    a_few_idle_guests_are_removed_at_once,
    the_storage_is_ready,
);

async fn a_token_finds_its_guest(world: World) {
    let guest = new_guest("Zoë");
    let (user, session) = world.store().create_guest(guest.clone()).await.unwrap();
    assert_eq!((user.name.as_str(), user.kind), ("Zoë", AccountKind::Guest));
    assert_eq!(world.store().session(guest.token).await, Ok((user, session)));
    assert!(world.broker.take().is_empty());
}

async fn names_are_unique_by_their_looks(world: World) {
    world.guest("Cep").await;
    world.guest("Ian").await;
    // Cyrillic letters, and an l for an I.
    for alike in ["\u{421}\u{435}\u{440}", "CEP", "lan", "ian"] {
        let refused = world.store().create_guest(new_guest(alike)).await;
        assert_eq!(refused, Err(Refusal::NameTaken(name(alike))), "{alike}");
        assert_ne!(world.visitor(WantedName::Named(name(alike))).await.1, alike);
    }
    let sam = world.guest("Sam").await;
    assert!(matches!(
        world.store().rename(sam, name("\u{421}\u{415}\u{420}")).await,
        Err(Refusal::NameTaken(_))
    ));
    world.guest("Jan").await;
    world.guest("Alex").await;
    let taken = new_guest("ALEX");
    let refused = world.store().create_guest(taken.clone()).await;
    assert_eq!(refused, Err(Refusal::NameTaken(name("ALEX"))));
    assert_eq!(world.store().session(taken.token).await, Err(Refusal::Unauthorized));
}

async fn a_name_is_held_for_the_browser_that_had_it(world: World) {
    let store = world.store();
    let kept = |name: &str, keeper: Option<u64>| NewGuest { keeper: keeper.map(token), ..new_guest(name) };
    let (user, session) = store.create_guest(kept("Alex", Some(1 << 40))).await.unwrap();
    let alex = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
    store.end_session(alex).await.unwrap();

    let taken = Err(Refusal::NameTaken(name("ALEX")));
    assert_eq!(store.create_guest(kept("ALEX", None)).await, taken);
    assert_eq!(store.create_guest(kept("ALEX", Some(2 << 40))).await, taken);
    assert_eq!(world.visitor(WantedName::Named(name("Alex"))).await.1, "Alex 2");
    let sam = world.guest("Sam").await;
    assert_eq!(store.rename(sam, name("ALEX")).await.map(drop), Err(Refusal::NameTaken(name("ALEX"))));

    // The same browser, under another name at first.
    let (back, session) = store.create_guest(kept("Kim", Some(1 << 40))).await.unwrap();
    assert_ne!(back.id, user.id);
    let kim = Actor { user: back.id, session, ..alex };
    assert_eq!(store.rename(kim, name("alex")).await.unwrap().name, "alex");
    store.end_session(kim).await.unwrap();
    let (back, session) = store.create_guest(kept("Alex", Some(1 << 40))).await.unwrap();
    store.end_session(Actor { user: back.id, session, ..alex }).await.unwrap();

    world.clock.advance(NAME_HELD_MS - 1);
    assert!(store.create_guest(kept("Alex", None)).await.is_err());
    world.clock.advance(1);
    assert!(store.create_guest(kept("Alex", None)).await.is_ok());
}

async fn nothing_is_held_without_a_keeper_or_after_idling(world: World) {
    let alex = world.guest("Alex").await;
    world.store().end_session(alex).await.unwrap();
    world.guest("Alex").await;
    let sam = NewGuest { keeper: Some(token(1 << 40)), ..new_guest("Sam") };
    world.store().create_guest(sam).await.unwrap();
    world.clock.advance(1000);
    assert_eq!(world.store().remove_idle_guests(world.clock.now()).await, Ok(2));
    world.guest("Sam").await;
}

async fn an_unknown_token_is_refused(world: World) {
    world.guest("Alex").await;
    assert_eq!(world.store().session(new_guest("Sam").token).await, Err(Refusal::Unauthorized));
}

async fn signing_out_ends_the_account_of_a_guest(world: World) {
    let guest = new_guest("Alex");
    let (user, session) = world.store().create_guest(guest.clone()).await.unwrap();
    let alex = Actor { user: user.id, session, connection: None, address: None, is_visit: false };
    let [sam] = world.members(["Sam"]).await;
    for room in ["general", "tech"] {
        world.join(alex, room).await.unwrap();
    }
    world.broker.take();

    world.store().end_session(alex).await.unwrap();

    let published = world.broker.take();
    assert_eq!(published.personal(), [(alex.user, None, UserEvent::SessionEnded(session))]);
    let left = published.events();
    assert_eq!(left.len(), 2);
    assert!(left.iter().all(|event| event.who_left() == Some(alex.user)));
    assert_eq!(world.store().session(guest.token).await, Err(Refusal::Unauthorized));
    let members = world.store().members(sam.user, world.id("general"), None, 10).await.unwrap();
    assert_eq!(members.members.iter().map(|user| user.id).collect::<Vec<_>>(), [sam.user]);
    assert_eq!(members.count, 1);
    assert_ne!(world.guest("alex").await.user, alex.user);
}

async fn signing_out_twice_is_harmless(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.store().end_session(alex).await.unwrap();
    world.broker.take();
    let again = world.store().end_session(alex).await;
    assert_eq!(again, Ok(vec![Settling::Session(alex.user, alex.session)]), "it may have been told only now");
    assert!(world.broker.take().is_empty());
}

async fn nobody_ends_the_session_of_another(world: World) {
    let guest = new_guest("Alex");
    let (user, session) = world.store().create_guest(guest.clone()).await.unwrap();
    let sam = world.guest("Sam").await;
    assert_eq!(world.store().end_session(Actor { session, ..sam }).await, Ok(Vec::new()));
    assert_eq!(world.store().session(guest.token).await, Ok((user, session)));
    assert!(world.broker.take().is_empty());
}

async fn a_removed_account_does_nothing_more(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.create_room(alex, "coffee").await.unwrap();
    world.store().end_session(alex).await.unwrap();
    world.broker.take();
    let store = world.store();
    assert_eq!(world.join(alex, "tech").await.unwrap_err(), Refusal::Unauthorized);
    assert_eq!(world.create_room(alex, "tea").await.unwrap_err(), Refusal::Unauthorized);
    assert_eq!(store.rename(alex, name("Alexa")).await.unwrap_err(), Refusal::Unauthorized);
    assert_eq!(store.delete_room(alex, world.id("coffee")).await, Err(Refusal::Unauthorized));
    assert_eq!(
        world.update_room(alex, world.id("coffee"), RoomUpdate::default()).await,
        Err(Refusal::Unauthorized)
    );
    assert_eq!(world.say(alex, "general", "hi").await, Err(Refusal::NotMember));
    assert!(world.broker.take().is_empty());
}

async fn messages_keep_the_name_of_one_who_left(world: World) {
    let [alex, sam] = world.members(["Alex", "Sam"]).await;
    let said = world.say(alex, "general", "bye").await.unwrap();
    world.store().end_session(alex).await.unwrap();
    let other = world.guest("Alex").await;
    world.store().rename(other, name("Alexandra")).await.unwrap();
    let log = world.store().missed_events(said.room, Seq(said.seq.0 - 1), 1).await.unwrap();
    assert_eq!((log[0].name.as_str(), log[0].actor), ("Alex", alex.user));
    assert_eq!(world.room(sam, "general").await.unread, 1);
}

async fn renaming_tells_every_room(world: World) {
    let [alex] = world.members(["Alex"]).await;
    world.join(alex, "tech").await.unwrap();
    world.say(alex, "tech", "hi").await.unwrap();
    world.broker.take();

    let user = world.store().rename(alex, name("Zoe")).await.unwrap();

    assert_eq!((user.id, user.name.as_str()), (alex.user, "Zoe"));
    let published = world.broker.take();
    let renamed = UserEvent::Renamed { user: User::guest(alex.user, "Zoe"), renames: 1 };
    assert_eq!(published.personal(), [(alex.user, alex.connection, renamed)]);
    assert_eq!(published.directory(), []);
    let events = published.events();
    assert_eq!(events.len(), 2);
    assert_ne!(events[0].room, events[1].room);
    for event in events {
        let change = MemberChange::Renamed { old_name: "Alex".into() };
        assert_eq!(event.body, EventBody::own_membership(alex.user, "Zoe", change));
        assert_eq!((event.actor, event.name.as_str()), (alex.user, "Zoe"));
        assert_eq!(world.log(event.room).await.last(), Some(&*event));
        assert!(world.log(event.room).await.iter().all(|event| event.name == "Zoe"));
    }
    world.guest("Alex").await;
}

async fn renaming_to_the_same_name_tells_nobody(world: World) {
    let [alex] = world.members(["Alex"]).await;
    assert_eq!(world.store().rename(alex, name("Alex")).await.unwrap().name, "Alex");
    assert!(world.broker.take().is_empty());
}

async fn one_may_change_the_case_of_ones_own_name(world: World) {
    let [alex] = world.members(["Alex"]).await;
    assert_eq!(world.store().rename(alex, name("ALEX")).await.unwrap().name, "ALEX");
    assert_eq!(world.broker.take().events().len(), 1);
}

async fn renaming_to_a_taken_name_is_refused(world: World) {
    let [alex, _sam] = world.members(["Alex", "Sam"]).await;
    assert_eq!(world.store().rename(alex, name("SAM")).await, Err(Refusal::NameTaken(name("SAM"))));
    assert!(world.broker.take().is_empty());
}

async fn idle_guests_are_removed(world: World) {
    let [idle, active] = world.members(["Idle", "Active"]).await;
    world.clock.advance(1000);
    world.store().touch(vec![active.user]).await.unwrap();
    let now = world.clock.now();

    assert_eq!(world.store().remove_idle_guests(now).await, Ok(1));

    let published = world.broker.take();
    assert_eq!(published.personal(), [(idle.user, None, UserEvent::SessionEnded(idle.session))]);
    assert_eq!(published.events().len(), 1);
    assert_eq!(world.say(active, "general", "here").await.unwrap().seq, Seq(4));
    assert_eq!(world.store().remove_idle_guests(now).await, Ok(0));
    world.guest("Idle").await;
}

async fn a_few_idle_guests_are_removed_at_once(world: World) {
    for number in 0..21 {
        world.guest(&format!("guest {number}")).await;
    }
    world.clock.advance(1);
    let now = world.clock.now();
    assert_eq!(world.store().remove_idle_guests(now).await, Ok(20));
    assert_eq!(world.store().remove_idle_guests(now).await, Ok(1));
}

async fn the_storage_is_ready(world: World) {
    assert_eq!(world.store().ready().await, Ok(()));
}
