//! What the nouns hold where others write at the same time: SQLite in the place of an engine that is not alone.

use super::wait;
use crate::engine::{Engine, SqlStore};
use crate::nodes::OwnNode;
use crate::sql::{DatabaseError, Dialect, Failure, Lock, Row, Transaction, Value};
use crate::sqlite::connection::open_memory;
use crate::write::Write;
use chinwag_core::domain::permissions::{GuestsInPrivate, Operator};
use chinwag_core::domain::{
    Actor, ClientId, MessageKind, MessageText, Millis, NodeId, Refusal, RoomId, RoomKind, RoomSlug,
    RoomTitle, RoomTopic, SessionId, User, UserId, UserName, WantedName,
};
use chinwag_core::ports::{
    Administration as _, Device, Members, Messages as _, NewGuest, NewMessage, NewNode, NewRoom, NewVisitor,
    Nodes as _, RoomLimits, RoomUpdate, Rooms as _, Sessions as _, StoreFuture, TokenHash,
};
use futures_util::FutureExt as _;
use futures_util::future::ready;
use rusqlite::Connection;
use std::cell::RefCell;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

/// What happened in a transaction, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Node(NodeId),
    People(Vec<UserId>),
    Named(Vec<UserId>),
    Deleted(Vec<UserId>),
    Rooms(Vec<RoomId>),
    Members(RoomId),
    /// A room came to be.
    Made(RoomId),
    /// A room was written to.
    Written(RoomId),
}

/// Steps of the transactions, each with its name.
type Steps = Arc<Mutex<Vec<(&'static str, Vec<Step>)>>>;

struct Watched<'c> {
    connection: &'c Connection,
    steps: RefCell<Vec<Step>>,
}

impl Transaction for Watched<'_> {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn execute(&self, sql: &'static str, values: &[Value<'_>]) -> Result<u64, DatabaseError> {
        if let (true, Some(Value::Integer(room))) = (sql.contains("UPDATE rooms"), values.first()) {
            self.steps.borrow_mut().push(Step::Written(RoomId(*room)));
        }
        Transaction::execute(self.connection, sql, values)
    }

    fn insert(&self, sql: &'static str, values: &[Value<'_>]) -> Result<Option<i64>, DatabaseError> {
        let number = Transaction::insert(self.connection, sql, values)?;
        if let (true, Some(room)) = (sql.contains("INTO rooms"), number) {
            self.steps.borrow_mut().push(Step::Made(RoomId(room)));
        }
        Ok(number)
    }

    fn query(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<ControlFlow<()>, DatabaseError>,
    ) -> Result<(), DatabaseError> {
        let sql = match sql {
            sql if sql.contains("nextval") => "SELECT max(id) + 1 FROM users",
            sql if sql.contains("clock_timestamp") => "SELECT 1",
            sql => sql,
        };
        self.connection.query(sql, values, each)
    }

    fn lock(&self, what: Lock<'_>) -> Result<(), DatabaseError> {
        self.steps.borrow_mut().push(match what {
            Lock::Node(node) => Step::Node(node),
            Lock::People(people) => Step::People(people.into()),
            Lock::Named(people) => Step::Named(people.into()),
            Lock::Deleted(people) => Step::Deleted(people.into()),
            Lock::Rooms(rooms) => Step::Rooms(rooms.into()),
            Lock::Members(room) => Step::Members(room),
        });
        Ok(())
    }

    fn claim(&self, _: &'static str) -> Result<bool, DatabaseError> {
        Ok(true)
    }
}

struct Shared {
    connection: Mutex<Connection>,
    steps: Steps,
}

impl Engine for Shared {
    fn write<T, W>(&self, name: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&mut Write<'_>) -> Result<T, Failure> + Send + 'static,
    {
        let connection = self.connection.lock().unwrap();
        let watched = Watched { connection: &connection, steps: RefCell::default() };
        let result = work(&mut Write::new(&watched, Millis(1)));
        self.steps.lock().unwrap().push((name, watched.steps.into_inner()));
        ready(answered(result)).boxed()
    }

    fn read<T, W>(&self, _: &'static str, work: W) -> StoreFuture<T>
    where
        T: Send + 'static,
        W: Fn(&dyn Transaction) -> Result<T, Failure> + Send + 'static,
    {
        ready(answered(work(&*self.connection.lock().unwrap()))).boxed()
    }

    fn epoch(&self) -> &str {
        "epoch"
    }

    fn ready(&self) -> StoreFuture<()> {
        ready(Ok(())).boxed()
    }
}

fn answered<T>(result: Result<T, Failure>) -> Result<T, Refusal> {
    result.map_err(|failure| match failure {
        Failure::Refused(refusal) => refusal,
        Failure::Database(error) => panic!("{error}"),
    })
}

fn store() -> (SqlStore<Shared>, Steps) {
    let steps = Steps::default();
    let connection = Mutex::new(open_memory().unwrap());
    (SqlStore(Shared { connection, steps: Arc::clone(&steps) }, OwnNode::default()), steps)
}

fn actor((user, session): (User, SessionId)) -> Actor {
    Actor { user: user.id, session, connection: None, address: None, is_visit: false }
}

fn guest(store: &SqlStore<Shared>, name: &str, number: u8) -> Actor {
    let name = UserName::parse(name).unwrap();
    actor(
        wait(store.create_guest(NewGuest {
            name,
            token: TokenHash([number; 32]),
            keeper: None,
            device: Device::default(),
            invite: None,
            in_private: GuestsInPrivate::Allowed,
        }))
        .unwrap(),
    )
}

fn visitor(store: &SqlStore<Shared>, number: u8) -> Actor {
    let name = WantedName::Named(UserName::parse("Bot").unwrap());
    let visitor = NewVisitor { name, token: TokenHash([number; 32]), way_back: None };
    actor(wait(store.create_visitor(visitor)).unwrap())
}

fn message(room: RoomId) -> NewMessage {
    NewMessage {
        room,
        kind: MessageKind::Text,
        client_id: ClientId::parse("one").unwrap(),
        text: MessageText::parse("Hello", 10).unwrap(),
        reply_to: None,
        thread: None,
        attachments: Box::default(),
        here: Box::default(),
    }
}

fn slug(text: &str) -> RoomSlug {
    RoomSlug::parse(text).unwrap()
}

fn new_room(address: &str) -> NewRoom {
    let slug = slug(address);
    NewRoom {
        kind: RoomKind::Public,
        title: RoomTitle::of(&slug),
        topic: RoomTopic::default(),
        slug,
        people: Vec::new(),
    }
}

const LIMITS: RoomLimits =
    RoomLimits { per_person: 10, conversations: 10, guests: GuestsInPrivate::Allowed, of_guests: 10 };

/// Everything that writes, at least once.
fn everything(store: &SqlStore<Shared>) {
    let [alex, sam] = [guest(store, "Alex", 1), guest(store, "Sam", 2)];
    let room = wait(store.create_room(alex, new_room("tea"), LIMITS)).unwrap().id;
    for reference in [room.into(), slug("tech").into(), slug("general").into()] {
        wait(store.join(sam, reference, 10, 1, 1)).unwrap();
    }
    wait(store.append_message(sam, message(room))).unwrap();
    wait(store.rename(sam, UserName::parse("Samir").unwrap())).unwrap();
    wait(Members::leave(store, sam, RoomId(1))).unwrap();
    let update = RoomUpdate { slug: Some(slug("coffee")), ..RoomUpdate::default() };
    wait(store.update_room(alex, room, update, LIMITS)).unwrap();
    wait(store.end_session(sam)).unwrap();
    wait(store.delete_room(alex, room)).unwrap();
    wait(store.join(alex, slug("tech").into(), 10, 1, 1)).unwrap();
    assert!(wait(store.remove_user(Operator::at_the_console(), alex.user)).unwrap().is_some());
    let [silent, bot] = [visitor(store, 3), visitor(store, 4)];
    wait(store.append_message(bot, message(RoomId(1)))).unwrap();
    for visitor in [silent, bot] {
        wait(store.end_session(visitor)).unwrap();
    }
    let kim = guest(store, "Kim", 5);
    wait(store.join(kim, slug("tech").into(), 10, 1, 1)).unwrap();
    assert_eq!(wait(store.remove_idle_guests(Millis(2))), Ok(1));
    wait(store.remove_room(Operator::at_the_console(), RoomId(2))).unwrap();
    let node = |before| NewNode { name: "a".into(), version: "1.0".into(), process: 1, before };
    let before = wait(store.enter(node(None))).unwrap();
    let bot = visitor(store, 6);
    wait(store.end_session(bot)).unwrap();
    visitor(store, 7);
    wait(store.enter(node(Some(before)))).unwrap();
    assert_eq!(wait(store.end_lost_visits()), Ok(0));
}

#[test]
fn whoever_writes_to_a_room_holds_it_or_has_made_it() {
    let (store, steps) = store();
    everything(&store);
    let mut written = 0;
    for (name, steps) in steps.lock().unwrap().iter() {
        let mut held = Vec::new();
        for step in steps {
            match step {
                Step::Rooms(rooms) => held.extend(rooms),
                Step::Made(room) => held.push(*room),
                Step::Members(room) => assert!(held.contains(room), "{name}: {steps:?}"),
                Step::Written(room) => {
                    assert!(held.contains(room), "{name}: {steps:?}");
                    written += 1;
                }
                Step::Node(_) | Step::People(_) | Step::Named(_) | Step::Deleted(_) => {}
            }
        }
    }
    assert!(written > 20, "{written} writes were seen");
}

#[test]
fn a_node_is_held_before_people_and_these_before_rooms_which_are_held_at_once() {
    let (store, steps) = store();
    everything(&store);
    let mut nodes = 0;
    for (name, steps) in steps.lock().unwrap().iter() {
        let places = steps.iter().filter_map(|step| match step {
            Step::Node(_) => Some(1),
            Step::People(_) | Step::Named(_) | Step::Deleted(_) => Some(2),
            Step::Rooms(rooms) => (!rooms.is_empty()).then_some(3),
            Step::Members(_) | Step::Made(_) | Step::Written(_) => None,
        });
        let places: Vec<_> = places.collect();
        assert!(places.is_sorted(), "{name}: {steps:?}");
        assert!(places.iter().filter(|place| **place == 3).count() <= 1, "{name}: {steps:?}");
        nodes += places.iter().filter(|place| **place == 1).count();
    }
    assert_eq!(nodes, 2, "the two visits that began on a node");
}

#[test]
fn who_may_be_deleted_is_held_for_it_and_who_is_named_is_kept() {
    let (store, steps) = store();
    let bot = visitor(&store, 1);
    wait(store.append_message(bot, message(RoomId(1)))).unwrap();
    wait(store.end_session(bot)).unwrap();
    let steps = steps.lock().unwrap();
    let of = |name| &steps.iter().find(|(known, _)| *known == name).unwrap().1;
    assert_eq!(of("append_message")[0], Step::Named(vec![bot.user]));
    assert_eq!(of("end_session").last(), Some(&Step::Deleted(vec![bot.user])));
}
