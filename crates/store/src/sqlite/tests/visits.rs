//! What stays of visitors in the tables, which the port does not show.

use super::{store, wait};
use crate::engine::Engine as _;
use crate::sqlite::SqliteStore;
use chinwag_core::domain::permissions::GuestsInPrivate;
use chinwag_core::domain::{
    Actor, ClientId, MessageKind, MessageText, RoomId, RoomKind, RoomSlug, RoomTitle, RoomTopic, UserName,
    WantedName,
};
use chinwag_core::ports::{
    Messages as _, NewMessage, NewRoom, NewVisitor, RoomLimits, Rooms as _, Sessions as _, TokenHash,
};

/// Lets a visitor come; each has a way back with a secret of its own, or none.
fn visit(store: &SqliteStore, number: u8, way_back: Option<TokenHash>) -> Actor {
    let name = WantedName::Named(UserName::parse("Bot").unwrap());
    let visitor = NewVisitor { name, token: TokenHash([number; 32]), way_back };
    let (user, session) = wait(store.create_visitor(visitor)).unwrap();
    Actor { user: user.id, session, connection: None, address: None, is_visit: true }
}

fn rows(store: &SqliteStore) -> i64 {
    const COUNT: &str = "SELECT count(*) FROM users WHERE kind = 'visitor'";
    wait(store.0.read("rows", |sql| Ok(sql.one(COUNT, &[], |row| row.get(0))?))).unwrap()
}

fn say(store: &SqliteStore, actor: Actor) {
    let message = NewMessage {
        room: RoomId(1),
        kind: MessageKind::Text,
        client_id: ClientId::parse("one").unwrap(),
        text: MessageText::parse("Hello", 10).unwrap(),
        reply_to: None,
        thread: None,
        attachments: Box::default(),
        here: Box::default(),
    };
    wait(store.append_message(actor, message)).unwrap();
}

fn make_a_room(store: &SqliteStore, actor: Actor) {
    let slug = RoomSlug::parse("tea").unwrap();
    let (title, topic) = (RoomTitle::of(&slug), RoomTopic::default());
    let limits =
        RoomLimits { per_person: 1, conversations: 1, guests: GuestsInPrivate::Allowed, of_guests: 1 };
    wait(store.create_room(
        actor,
        NewRoom { kind: RoomKind::Public, slug, title, topic, people: Vec::new() },
        limits,
    ))
    .unwrap();
}

#[test]
fn of_a_visitor_who_did_nothing_nothing_stays() {
    let (store, _hearing) = store(|| {});
    for number in 0..3 {
        let visitor = visit(&store, number, None);
        match number {
            0 => say(&store, visitor),
            1 => make_a_room(&store, visitor),
            _ => {}
        }
        wait(store.end_session(visitor)).unwrap();
    }
    assert_eq!(rows(&store), 2, "the one who wrote, and the one who made a room");
}

#[test]
fn nor_does_anything_of_those_that_a_crash_left_behind() {
    let (store, _hearing) = store(|| {});
    let first = visit(&store, 1, None);
    visit(&store, 2, None);
    say(&store, first);
    visit(&store, 3, Some(TokenHash([7; 32])));
    assert_eq!(wait(store.end_lost_visits()), Ok(3));
    assert_eq!(rows(&store), 2, "the one who wrote, and the one who may come back");
}

#[test]
fn a_visitor_who_may_come_back_is_forgotten_when_that_is_over() {
    const LATER: &str = "UPDATE users SET removed_at = removed_at - 90000000 WHERE removed_at IS NOT NULL";
    let (store, _hearing) = store(|| {});
    let [silent, wrote] = [1, 2].map(|number| visit(&store, number, Some(TokenHash([number; 32]))));
    say(&store, wrote);
    for visitor in [silent, wrote] {
        wait(store.end_session(visitor)).unwrap();
    }
    assert_eq!((wait(store.forget_past_visits()), rows(&store)), (Ok(0), 2));
    wait(store.0.write("later", |write| Ok(write.sql.execute(LATER, &[]).map(|_| ())?))).unwrap();
    assert_eq!((wait(store.forget_past_visits()), rows(&store)), (Ok(2), 1));
    assert_eq!(wait(store.forget_past_visits()), Ok(0), "and those that stay are not looked at again");
}
