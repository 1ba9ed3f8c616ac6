//! All live state of a node: [`rooms`] is who listens where, [`telling`] what goes to one connection.

mod rooms;
mod telling;

pub use rooms::Held;

use crate::connection::{Connection, ConnectionSettings, ConnectionShared};
use crate::connections::Connections;
use crate::heartbeat::{self, Heartbeat};
use crate::notices::{self, Notices};
use crate::outbox::Outbox;
use crate::people::People;
use crate::protocol::Protocol;
use crate::room::{Room, RoomShared};
use crate::socket::CloseReason;
use crate::{Encoders, Metrics};
use bytes::Bytes;
use chinwag_core::domain::{ConnectionId, RoomId, SessionId, User, UserId};
use chinwag_core::ports::Signal;
use parking_lot::{Mutex, RwLock};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// All live state of this node: connections, people, and the rooms that somebody listens to.
pub struct Hub {
    pub(crate) connections: Connections,
    pub(crate) people: People,
    rooms: RwLock<HashMap<RoomId, Arc<Room>>>,
    room_shared: Arc<RoomShared>,
    connection_shared: Arc<ConnectionShared>,
    settings: HubSettings,
    started: Instant,
    next_connection: AtomicU64,
    /// People who came since somebody asked.
    came: Mutex<HashSet<UserId>>,
    /// Sign-ins that ended lately: a connection whose token was looked up just before must not slip in.
    ended_sessions: Mutex<VecDeque<SessionId>>,
    /// Set when this server stops: who comes now is sent away at once.
    draining: AtomicBool,
    drain_begins: Notify,
    pub(crate) notices: Notices,
}

/// How a hub works.
#[derive(Clone, Copy, Debug)]
pub struct HubSettings {
    /// When clients are pinged and given up.
    pub heartbeat: Heartbeat,
    /// How long presence and typing are gathered before they are told.
    pub chatter_interval: Duration,
    /// The first connection id; a random number makes ids unique over restarts and nodes.
    pub first_connection: u64,
}

/// Ended sign-ins that are remembered: far more than end while a token is looked up.
const ENDED_SESSIONS: usize = 4096;

impl Hub {
    /// A hub whose tasks run on the current runtime.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    #[must_use]
    pub fn new(settings: HubSettings, encoders: Encoders, metrics: Metrics) -> Arc<Self> {
        let runtime = Handle::current();
        let stale = Protocol::ALL.map(|protocol| {
            let mut frames = Vec::new();
            encoders.of(protocol).signal(&Signal::Stale, None, &mut frames);
            Bytes::from(frames)
        });
        Arc::new(Self {
            connections: Connections::default(),
            people: People::default(),
            rooms: RwLock::default(),
            connection_shared: Arc::new(ConnectionShared {
                metrics: metrics.clone(),
                runtime: runtime.clone(),
                stale,
            }),
            room_shared: Arc::new(RoomShared {
                encoders,
                metrics,
                runtime,
                chatty: Mutex::default(),
                chatter_came: Notify::new(),
            }),
            settings,
            started: Instant::now(),
            next_connection: AtomicU64::new(settings.first_connection),
            came: Mutex::default(),
            ended_sessions: Mutex::default(),
            draining: AtomicBool::new(false),
            drain_begins: Notify::new(),
            notices: Notices::default(),
        })
    }

    /// Does the hub's continuous work until it is dropped: heartbeat, chatter, notices. Each has a task of its own, so that telling
    /// everybody of something delays nothing else.
    pub async fn run(self: Arc<Self>) {
        let mut tasks = JoinSet::new();
        let hub = Arc::clone(&self);
        tasks.spawn(async move {
            let metrics = &hub.room_shared.metrics;
            heartbeat::run(&hub.connections, hub.settings.heartbeat, hub.started, metrics).await;
        });
        let hub = Arc::clone(&self);
        tasks.spawn(async move { hub.tell_chatter().await });
        let hub = Arc::clone(&self);
        tasks.spawn(async move { notices::tell_people(&hub).await });
        tasks.spawn(async move { notices::tell_of_rooms(&self, self.settings.chatter_interval).await });
        // They go on for ever; one that a defect ends leaves the others at work.
        while tasks.join_next().await.is_some() {}
    }

    /// Takes in a connection that has signed in as `user`.
    #[must_use]
    pub fn register(&self, user: User, settings: ConnectionSettings) -> Arc<Connection> {
        let id = ConnectionId(self.next_connection.fetch_add(1, Ordering::Relaxed));
        self.came.lock().insert(user.id);
        let connection = self.people.add(user, |person| {
            Arc::new(Connection {
                id,
                user: person.id,
                session: settings.session,
                person,
                speaks: AtomicU8::new(settings.protocol.number()),
                echo: AtomicBool::new(settings.echo),
                particular: settings.protocol.hides_self() || !settings.echo,
                away: AtomicBool::new(false),
                subscriptions: Mutex::default(),
                alive_at: AtomicU64::new(self.now()),
                outbox: Outbox::new(settings.socket, settings.outbox),
                shared: Arc::clone(&self.connection_shared),
            })
        });
        self.connections.add(&connection);
        self.room_shared.metrics.connections.inc();
        // It stands in the register now, so what comes later finds it there; what came before is looked for here.
        if self.ended_sessions.lock().contains(&connection.session) {
            connection.close(CloseReason::SignedOut);
        }
        if self.draining.load(Ordering::SeqCst) {
            connection.ask_to_close(CloseReason::Restart);
        }
        connection
    }

    /// Lets go of a connection that ends. What waits in its outbox may still go out.
    pub fn unregister(&self, connection: &Arc<Connection>) {
        if !self.connections.remove(connection.id) {
            return;
        }
        let before = connection.person.presence();
        self.people.remove(connection);
        let subscriptions = connection.subscriptions.lock().clone();
        for subscription in subscriptions {
            subscription.end();
        }
        self.presence_changed(&connection.person, before);
        self.room_shared.metrics.connections.dec();
    }

    /// Notes a sign of life.
    pub fn heard_of(&self, connection: &Connection) {
        connection.alive_at.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Closes the connections of a sign-in that ended.
    pub(crate) fn end_session(&self, user: UserId, session: SessionId) {
        let mut ended = self.ended_sessions.lock();
        if ended.len() >= ENDED_SESSIONS {
            ended.pop_front();
        }
        ended.push_back(session);
        drop(ended);
        let connections = self.people.find(user).map(|person| person.connections()).unwrap_or_default();
        for connection in connections.iter().filter(|connection| connection.session == session) {
            connection.close(CloseReason::SignedOut);
        }
    }

    /// Everyone who has a connection, or had one since this was asked last.
    #[must_use]
    pub fn take_lately_here(&self) -> Vec<UserId> {
        let mut people = std::mem::take(&mut *self.came.lock());
        people.extend(self.people.ids());
        people.into_iter().collect()
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
        for connection in self.connections.all() {
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
