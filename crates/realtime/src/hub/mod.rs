//! All live state of a node. [`rooms`] is who subscribes where, [`presence`] who is there, [`welcome`] what one must hear again.

mod newcomers;
mod others;
mod presence;
mod repair;
mod rooms;
mod welcome;

pub use rooms::CatchingUp;

use crate::broker::Receiver;
use crate::connection::{
    Connection, ConnectionSettings, ConnectionShared, Encoders, Heartbeat, Register, run_heartbeat,
    run_relief,
};
use crate::directory::Directory;
use crate::metrics::Metrics;
use crate::presence::{Others, OwnNews};
use crate::room::{Origin, Room, RoomShared, Subscriptions};
use crate::trust::Trust;
use chinwag_core::domain::{ConnectionId, RoomId, User, UserId};
use chinwag_core::ports::{Clock, CloseReason, Publication, Recovery, Settling, UserEvent};
use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, ready};
use newcomers::Newcomers;
use parking_lot::{Mutex, RwLock};
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// All live state of this node: connections, people, and the rooms that somebody subscribes to.
pub struct Hub {
    register: Arc<Register>,
    directory: Arc<Directory>,
    rooms: RwLock<HashMap<RoomId, Arc<Room>>>,
    room_shared: Arc<RoomShared>,
    connection_shared: Arc<ConnectionShared>,
    settings: HubSettings,
    started: Instant,
    next_connection: AtomicU64,
    /// People who came since somebody asked.
    came: Mutex<HashSet<UserId>>,
    /// Who is connected to other nodes. Locked before `rooms`.
    others: Mutex<Others>,
    /// Who is to be looked at once more.
    newcomers: Newcomers,
    /// What is read when news may be lost. The storage publishes to the hub, so it comes after it.
    recovery: OnceLock<Arc<dyn Recovery>>,
    /// Set when this server stops: who comes now is sent away at once.
    draining: AtomicBool,
    drain_begins: Notify,
}

/// How a hub works.
#[derive(Clone, Copy, Debug)]
pub struct HubSettings {
    /// When clients are pinged and given up.
    pub heartbeat: Heartbeat,
    /// How long presence, typing and changes of the directory are gathered before they are told.
    pub tick: Duration,
    /// Bytes that may wait for all clients together, above which the slowest are closed to resume later.
    pub send_queue_total: usize,
    /// The first connection id; a random number makes ids unique over restarts and nodes.
    pub first_connection: u64,
}

impl Hub {
    /// A hub whose tasks run on the current runtime.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn new(
        settings: HubSettings,
        encoders: Encoders,
        metrics: Metrics,
        clock: Arc<dyn Clock>,
    ) -> Arc<Self> {
        Self::of_node(settings, encoders, metrics, (clock, Trust::for_ever()))
    }

    /// The same for one of several nodes, which delivers while it is trusted. They have their clock from their storage.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn of_node(
        settings: HubSettings,
        encoders: Encoders,
        metrics: Metrics,
        (clock, trust): (Arc<dyn Clock>, Trust),
    ) -> Arc<Self> {
        let runtime = Handle::current();
        let send_queue_total = settings.send_queue_total;
        let connection_shared =
            ConnectionShared::new(encoders.clone(), metrics.clone(), runtime.clone(), send_queue_total);
        Arc::new(Self {
            register: Arc::default(),
            directory: Arc::default(),
            rooms: RwLock::default(),
            connection_shared: Arc::new(connection_shared),
            room_shared: Arc::new(RoomShared {
                encoders,
                metrics,
                runtime,
                subscriptions: Subscriptions::default(),
                clock,
                trust,
                waiting: Mutex::default(),
                tick_wanted: Notify::new(),
                gaps: Mutex::default(),
                gap_came: Notify::new(),
                own_news: OwnNews::default(),
            }),
            settings,
            started: Instant::now(),
            next_connection: AtomicU64::new(settings.first_connection),
            came: Mutex::default(),
            others: Mutex::default(),
            newcomers: Newcomers::default(),
            recovery: OnceLock::new(),
            draining: AtomicBool::new(false),
            drain_begins: Notify::new(),
        })
    }

    /// Does the hub's continuous work until it is dropped: heartbeat, relief, ephemeral events, user events and the directory. Each has a
    /// task of its own, so that telling everybody of something delays nothing else.
    pub async fn run(self: Arc<Self>) {
        let mut tasks = JoinSet::new();
        let hub = Arc::clone(&self);
        tasks.spawn(async move {
            run_heartbeat(&hub.register, hub.settings.heartbeat, hub.started, hub.metrics()).await;
        });
        let hub = Arc::clone(&self);
        tasks.spawn(async move {
            run_relief(&hub.register, &hub.connection_shared.send_queue_total, hub.metrics()).await;
        });
        let hub = Arc::clone(&self);
        tasks.spawn(async move { hub.tell_ephemeral().await });
        let hub = Arc::clone(&self);
        tasks.spawn(async move { hub.look_at_newcomers().await });
        let hub = Arc::clone(&self);
        tasks.spawn(async move { hub.directory.tell_people(&hub.register, hub.trust()).await });
        tasks.spawn(async move {
            let encoders = &self.room_shared.encoders;
            let online = |room| self.online(room);
            let told_to = (&*self.register, encoders, self.trust());
            self.directory.tell_of_rooms(told_to, self.settings.tick, online).await;
        });
        // They go on for ever; one that a defect ends leaves the others at work.
        while tasks.join_next().await.is_some() {}
    }

    /// Takes in a connection that has signed in as `user`.
    #[must_use]
    pub fn register(&self, user: User, settings: ConnectionSettings) -> Arc<Connection> {
        let id = ConnectionId(self.next_connection.fetch_add(1, Ordering::Relaxed));
        self.came.lock().insert(user.id);
        let via = self.room_shared.encoders.of(settings.protocol).via();
        let person = self.register.people.connect(user, id, via);
        let connection =
            Connection::new(id, person, settings, Arc::clone(&self.connection_shared), self.now());
        self.register.add(&connection);
        self.newcomers.note(connection.user, connection.session);
        self.room_shared.own_news.note(connection.user);
        self.room_shared.metrics.connections.inc();
        if self.draining.load(Ordering::SeqCst) {
            connection.ask_to_close(CloseReason::Restart);
        }
        connection
    }

    /// Lets go of a connection that ends. What waits in its send queue may still go out.
    pub fn unregister(&self, connection: &Arc<Connection>) {
        let before = connection.person.presence();
        if !self.register.remove(connection) {
            return;
        }
        for subscription in self.room_shared.subscriptions.of(connection.id) {
            subscription.end();
        }
        self.presence_changed(&connection.person, before);
        self.room_shared.own_news.note(connection.user);
        self.room_shared.metrics.connections.dec();
    }

    /// Notes a sign of life.
    pub fn heard_of(&self, connection: &Connection) {
        connection.heard_of(self.now());
    }

    /// Milliseconds on the heartbeat's clock.
    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Notes that somebody without a connection is here, who only asks over HTTP.
    pub fn note_here(&self, user: UserId) {
        self.came.lock().insert(user);
    }

    /// Everyone who has a connection, or was here since this was asked last.
    #[must_use]
    pub fn take_lately_here(&self) -> Vec<UserId> {
        let mut people = std::mem::take(&mut *self.came.lock());
        people.extend(self.register.people.ids());
        people.into_iter().collect()
    }

    /// Up to when it delivers.
    #[must_use]
    pub fn trust(&self) -> &Trust {
        &self.room_shared.trust
    }

    /// What the hub counts.
    #[must_use]
    pub fn metrics(&self) -> &Metrics {
        &self.room_shared.metrics
    }

    /// Tells every client to come back later, because this server stops.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
        self.drain_begins.notify_waiters();
        for connection in self.register.all() {
            connection.ask_to_close(CloseReason::Restart);
        }
    }

    /// Resolves when this server stops, for what is not registered yet.
    pub async fn drained(&self) {
        let mut begins = std::pin::pin!(self.drain_begins.notified());
        // Registered before the look, so a beginning between the look and the wait is not missed.
        begins.as_mut().enable();
        if !self.draining.load(Ordering::SeqCst) {
            begins.await;
        }
    }
}

impl Hub {
    /// Notes what a person's connections are to be told.
    fn hear_of(&self, user: UserId, except: Option<ConnectionId>, event: UserEvent) {
        let (mut name, mut seen) = (None, None);
        match &event {
            UserEvent::Renamed { user, .. } => name = Some(user.clone()),
            UserEvent::ReadMark { room, seq, is_shared: true } => seen = Some((*room, *seq)),
            UserEvent::SessionRevoked(session) => self.register.note_revoked(*session),
            UserEvent::ReadMark { is_shared: false, .. }
            | UserEvent::MarkedUnread { .. }
            | UserEvent::ScheduleChanged { .. }
            | UserEvent::Draft(_)
            | UserEvent::SettingsChanged { .. }
            | UserEvent::ThreadMark { .. }
            | UserEvent::MembershipBegan(_)
            | UserEvent::MembershipEnded { .. }
            | UserEvent::SessionEnded(_) => {}
        }
        let is_news = self.directory.note_user_event(user, except, event);
        if let Some((room, seq)) = seen.filter(|_| is_news)
            && let Some(room) = self.find_room(room)
        {
            room.note(|ephemeral| ephemeral.saw(user, seq));
        }
        // Noted first: whoever is welcomed meanwhile is given the name that was noted last.
        if let Some(user) = name.filter(|_| is_news) {
            self.renamed(&user);
        }
    }
}

impl Receiver for Hub {
    fn receive(&self, publication: Publication) {
        match publication {
            Publication::Room(event) => self.event(event, Origin::Here),
            Publication::Person { user, except, event } => self.hear_of(user, except, event),
            Publication::Directory(event) => self.directory.note_directory_event(event),
        }
    }

    fn applied(&self, what: Settling) -> BoxFuture<'static, ()> {
        match what {
            Settling::Room(id, seq) => {
                let settled = self.find_room(id).map(|room| room.settled(seq));
                let (directory, register) = (Arc::clone(&self.directory), Arc::clone(&self.register));
                async move {
                    if let Some(settled) = settled {
                        settled.await;
                    }
                    directory.tell_ended(&register, id);
                }
                .boxed()
            }
            Settling::Session(user, session) => {
                self.register.end_session(user, session);
                ready(()).boxed()
            }
        }
    }
}
