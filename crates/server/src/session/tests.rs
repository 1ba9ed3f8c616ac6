//! Visitors, as every gateway meets them.

mod guests;

use super::LiveSession;
use super::post::Place;
use crate::access::Access;
use crate::adapters::{RandomSecrets, RateLimiter, SystemClock};
use crate::addresses::Addresses;
use crate::app::App;
use crate::auth::Auth;
use crate::config::{Config, Storage};
use crate::files::FileStore;
use crate::gateway::{OtherProtocols, protocols};
use crate::metrics::ServerMetrics;
use crate::push::Pusher;
use crate::web_client::WebClient;
use chinwag_core::chat::{Chat, Effect, Limits};
use chinwag_core::domain::{ClientId, Refusal, ReservedNames, RoomId, RoomSlug, UserName, WantedName};
use chinwag_core::ports::{Broker, Clock, CloseReason, ProtocolId, RoomLog, Socket, Store};
use chinwag_gateway::{Typed, Visitor};
use chinwag_realtime::broker::MemoryBroker;
use chinwag_realtime::{Heartbeat, Hub, HubSettings, Replayer};
use chinwag_store::{Location, SqliteOptions, SqliteStore};
use chinwag_wire::health::{ReportedDurability, StorageEngine, StorageReport};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;

/// A socket that takes everything and keeps it.
#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock()).into_owned()
    }
}

impl Socket for Paper {
    fn try_write(&self, frames: &[u8]) -> io::Result<usize> {
        self.0.lock().extend_from_slice(frames);
        Ok(frames.len())
    }

    fn writable(&self) -> BoxFuture<'_, io::Result<()>> {
        async { Ok(()) }.boxed()
    }

    fn frame_end(&self, frames: &[u8], _written: usize) -> usize {
        frames.len()
    }

    fn close_frame(&self, _reason: CloseReason) -> Vec<u8> {
        Vec::new()
    }

    fn ping_frame(&self) -> &'static [u8] {
        b""
    }
}

fn app(change: impl FnOnce(&mut Config)) -> Arc<App> {
    with_store(change).0
}

/// An app, and the storage behind it.
fn with_store(change: impl FnOnce(&mut Config)) -> (Arc<App>, Arc<SqliteStore>) {
    let mut config = Config::default();
    change(&mut config);
    let metrics = ServerMetrics::new();
    let settings = HubSettings {
        heartbeat: Heartbeat { ping: Duration::from_secs(25), timeout: Duration::from_secs(60) },
        tick: Duration::from_millis(10),
        send_queue_total: config.send_queue_total_bytes,
        first_connection: 1,
    };
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let others = OtherProtocols::new(&config, protocols::FIRST_OTHER).unwrap();
    let encoders = protocols::encoders(others.encoders(&clock));
    let hub = Hub::new(settings, encoders, metrics.live.clone(), Arc::clone(&clock));
    let broker = Arc::new(MemoryBroker::new(Arc::clone(&hub)));
    let store =
        SqliteStore::open(SqliteOptions::new(Location::Memory), clock.clone(), broker.clone(), Arc::new(()));
    let store = Arc::new(store.unwrap());
    let chat = chat(&store, broker, &config, clock);
    let files = Config { storage: Storage::Memory, ..config.clone() };
    let (_at_work, _) = mpsc::channel(1);
    let access = Access::new(&config, config.bind);
    let web_client = WebClient::new(&config.base_path);
    let addresses = Addresses::new(None);
    let replayer = Replayer::new(Arc::clone(&store) as Arc<dyn RoomLog>);
    let storage = StorageReport {
        engine: StorageEngine::Sqlite,
        durability: ReportedDurability::ThisProcess,
        epoch: chat.epoch().to_owned(),
    };
    (
        Arc::new(App {
            auth: at_once(Auth::open(&chat, &Config::default())).unwrap(),
            pusher: Arc::new(at_once(Pusher::open(&chat, false)).unwrap()),
            token_ends: Arc::default(),
            chat,
            files: Arc::new(FileStore::open(&files).unwrap()),
            mailer: None,
            hub,
            config,
            storage,
            access,
            addresses,
            replayer,
            metrics,
            web_client,
            cluster: None,
            _at_work,
        }),
        store,
    )
}

/// On a thread of its own: whoever makes an app does not wait.
fn at_once<T: Send>(future: impl Future<Output = T> + Send) -> T {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(future)
    };
    std::thread::scope(|scope| scope.spawn(run).join().unwrap())
}

fn chat(store: &Arc<SqliteStore>, broker: Arc<dyn Broker>, config: &Config, clock: Arc<dyn Clock>) -> Chat {
    let (store, limiter) = (Arc::clone(store) as Arc<dyn Store>, Arc::new(RateLimiter::new(config, None)));
    let (limits, reserved) = (Limits::default(), ReservedNames::default());
    Chat::new(store, broker, limiter, Arc::new(RandomSecrets), clock, limits, reserved)
}

async fn visit_from(app: &Arc<App>, address: [u8; 4], name: &str) -> Result<LiveSession, Refusal> {
    let name = WantedName::Named(UserName::parse(name).unwrap());
    let address = IpAddr::from(address);
    LiveSession::visit(
        Arc::clone(app),
        Visitor::once(name),
        address,
        ProtocolId(0),
        Box::new(Paper::default()),
        true,
    )
    .await
}

async fn visit(app: &Arc<App>, name: &str) -> LiveSession {
    visit_from(app, [192, 0, 2, 1], name).await.unwrap()
}

fn slug(text: &str) -> RoomSlug {
    RoomSlug::parse(text).unwrap()
}

async fn enter(session: &LiveSession, room: &str) -> Vec<String> {
    let (view, catch_up) = session.enter(slug(room).into(), 10).await.unwrap();
    session.catch_up(catch_up).await;
    view.people.into_iter().map(|user| user.name).collect()
}

/// The id of a room to which the session listens.
fn id(session: &LiveSession, room: &str) -> RoomId {
    session.subscription(&slug(room).into()).unwrap().room_id()
}

async fn say(session: &mut LiveSession, room: &str, text: &str) -> Result<Typed, Refusal> {
    let room = id(session, room);
    session.say(room, ClientId::parse("c1").unwrap(), text, Place::default()).await
}

#[tokio::test]
async fn a_visit_lasts_as_long_as_its_session() {
    let app = app(|_| ());
    let alex = visit(&app, "Alex").await;
    let other = visit(&app, "Alex").await;
    assert_eq!((alex.user().name.as_str(), other.user().name.as_str()), ("Alex", "Alex 2"));
    drop(alex);
    assert_eq!(visit(&app, "Alex").await.user().name, "Alex", "free for whoever comes next");
}

#[tokio::test]
async fn entering_is_presence_and_no_membership() {
    let app = app(|_| ());
    let mut alex = visit(&app, "Alex").await;
    assert_eq!(enter(&alex, "general").await, ["Alex"]);
    let sam = visit(&app, "Sam").await;
    assert_eq!(enter(&sam, "general").await, ["Alex", "Sam"]);
    assert_eq!(enter(&sam, "general").await, ["Alex", "Sam"], "twice is once");
    let Typed::Message(stored) = say(&mut alex, "general", "Hello").await.unwrap() else {
        panic!("not posted")
    };
    let said = stored.await.unwrap();
    let (view, _) = sam.enter(slug("general").into(), 10).await.unwrap();
    assert_eq!((view.page.messages.len(), view.member_count, view.online), (1, 0, 2));
    assert!(!view.room.is_member());
    alex.exit(id(&alex, "general"));
    assert_eq!(app.hub.people(said.room).len(), 1);
    drop(sam);
    assert_eq!(app.hub.online(said.room), 0);
}

#[tokio::test]
async fn a_room_is_made_for_a_visitor_when_that_is_allowed() {
    let app = app(|config| config.guest_rooms_per_hour = 2);
    let (alex, sam) = (visit(&app, "Alex").await, visit(&app, "Sam").await);
    let (view, _) = alex.enter(slug("late-night").into(), 10).await.unwrap();
    assert_eq!((view.room.title.as_str(), view.people.len()), ("Late night", 1));
    assert_eq!(enter(&sam, "late-night").await, ["Alex", "Sam"]);
    enter(&sam, "second").await;
    let Err(refusal) = alex.enter(slug("third").into(), 10).await else { panic!("there was no limit") };
    assert!(matches!(refusal, Refusal::RateLimited { .. }), "they share an address: {refusal}");
    let other = visit_from(&app, [192, 0, 2, 2], "Bo").await.unwrap();
    enter(&other, "third").await;
}

#[tokio::test]
async fn no_room_is_made_when_that_is_forbidden() {
    let app = app(|config| config.gateways.create_rooms = false);
    let alex = visit(&app, "Alex").await;
    let Err(refusal) = alex.enter(slug("nowhere").into(), 10).await else { panic!("it was made") };
    assert_eq!(refusal, Refusal::RoomNotFound(slug("nowhere").into()));
}

#[tokio::test]
async fn visits_are_limited_per_address() {
    let app = app(|config| config.gateways.visits_per_minute = 2);
    let from = |address| visit_from(&app, address, "Alex");
    assert!(from([192, 0, 2, 1]).await.is_ok() && from([192, 0, 2, 1]).await.is_ok());
    let Err(refusal) = from([192, 0, 2, 1]).await else { panic!("there was no limit") };
    assert!(matches!(refusal, Refusal::RateLimited { .. }), "{refusal}");
    assert!(from([192, 0, 2, 2]).await.is_ok());
}

#[tokio::test]
async fn visitors_of_one_address_share_a_limit_of_messages() {
    let app = app(|config| config.guest_messages_per_10_s = 3);
    let mut posted = Vec::new();
    for (address, name) in [(1, "Al"), (1, "Bo"), (1, "Cy"), (1, "Di"), (2, "Ed")] {
        let mut visitor = visit_from(&app, [192, 0, 2, address], name).await.unwrap();
        enter(&visitor, "general").await;
        let Typed::Message(stored) = say(&mut visitor, "general", "Hello").await.unwrap() else {
            panic!("not posted")
        };
        posted.push(stored.await.is_ok());
    }
    assert_eq!(posted, [true, true, true, false, true]);
}

#[tokio::test]
async fn a_visitor_types_commands() {
    let app = app(|_| ());
    let mut alex = visit(&app, "Alex").await;
    enter(&alex, "general").await;
    let Typed::Command(Effect::Renamed(user)) = say(&mut alex, "general", "/nick Zoe").await.unwrap() else {
        panic!("not renamed")
    };
    assert_eq!((user.name.as_str(), alex.user()), ("Zoe", user.clone()));
    let Typed::Command(Effect::Notice(who)) = say(&mut alex, "general", "/who").await.unwrap() else {
        panic!("not told")
    };
    assert_eq!(who, "In #general: Zoe.");
    let Typed::Command(Effect::Enter(room)) = say(&mut alex, "general", "/join tech").await.unwrap() else {
        panic!("no room")
    };
    assert_eq!(room, slug("tech"));
    let Typed::Command(Effect::SignedOut) = say(&mut alex, "general", "/logout").await.unwrap() else {
        panic!("still here")
    };
    alex.sign_out().await;
    assert!(!alex.connection.send_queue().is_open());
    drop(alex);
    assert_eq!(visit(&app, "Zoe").await.user().name, "Zoe");
}

#[tokio::test]
async fn one_who_listens_is_seen_after_appearing() {
    let app = app(|_| ());
    let (alex, sam) = (visit(&app, "Alex").await, visit(&app, "Sam").await);
    enter(&alex, "general").await;
    let catch_up = sam.listen(slug("general")).await.unwrap().catch_up;
    sam.catch_up(catch_up.unwrap()).await;
    assert_eq!(enter(&alex, "general").await, ["Alex"]);
    assert_eq!(sam.others(id(&sam, "general")).unwrap().online, 0, "the room is told of Alex in a moment");
    sam.appear(slug("general").into(), None).await.unwrap();
    assert_eq!(enter(&alex, "general").await, ["Alex", "Sam"]);
    // One that has not listened before enters.
    let kim = visit(&app, "Kim").await;
    kim.appear(slug("general").into(), None).await.unwrap();
    assert_eq!(enter(&alex, "general").await, ["Alex", "Kim", "Sam"]);
}

#[tokio::test]
async fn a_visitor_takes_another_name() {
    let app = app(|_| ());
    let (alex, sam) = (visit(&app, "Alex").await, visit(&app, "Sam").await);
    let take = |name| sam.take_name(UserName::parse(name).unwrap());
    assert_eq!(take("Alex").await.unwrap().name, "Alex 2");
    assert_eq!(sam.user().name, "Alex 2");
    drop(alex);
    assert_eq!(take("Alex").await.unwrap().name, "Alex");
    assert_eq!(visit(&app, "Sam").await.user().name, "Sam");
}

#[tokio::test]
async fn a_visitor_who_wants_a_reserved_name_is_a_guest_with_a_number() {
    let app = app(|_| {});
    let page = visit(&app, "Admin").await;
    assert!(page.user().name.starts_with("Guest "), "{}", page.user().name);
    let sam = visit(&app, "Sam").await;
    let refused = sam.take_name(UserName::parse("System").unwrap()).await;
    assert!(matches!(refused, Err(Refusal::NameInvalid(_))), "{refused:?}");
    assert_eq!(sam.user().name, "Sam");
}
