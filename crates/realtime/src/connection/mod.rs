//! One client's connection: what goes out to it, whether it is alive, and the register of all of them.
//!
//! A connection knows no room. Rooms hold the connections of their subscribers and send to them.

mod backlog;
mod encoders;
mod heartbeat;
mod register;
mod relief;
mod send_queue;
mod send_queue_total;

pub use encoders::Encoders;
pub use heartbeat::Heartbeat;
pub(crate) use heartbeat::run as run_heartbeat;
pub(crate) use register::{Register, SHARDS};
pub(crate) use relief::run as run_relief;
pub use send_queue::{SendQueue, SendQueueLimits};
pub(crate) use send_queue_total::SendQueueTotal;

use crate::metrics::Metrics;
use crate::presence::Person;
use bytes::Bytes;
use chinwag_core::domain::{
    ConnectionId, EventBody, Refusal, RoomAddress, RoomEvent, Seq, SessionId, User, UserId,
};
use chinwag_core::ports::{CloseReason, Encoder, ProtocolId, Signal, Socket};
use send_queue::Pushed;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use tokio::runtime::Handle;

/// One connection, of somebody who signed in or of a visitor.
///
/// Shared by its gateway, the rooms it subscribes to and the heartbeat. Anyone may [`close`](Self::close) it; its gateway
/// notices and unregisters it.
pub struct Connection {
    /// Unique over all nodes and restarts.
    pub id: ConnectionId,
    /// Whose it is.
    pub user: UserId,
    /// The sign-in behind it.
    pub session: SessionId,
    /// From where it comes, as far as that is known.
    pub address: Option<IpAddr>,
    pub(crate) person: Arc<Person>,
    /// The number of its protocol.
    protocol: AtomicU8,
    /// Whether its client gets its own messages.
    echo: AtomicBool,
    /// Whether a batch may look different for it than for all others of its protocol.
    is_particular: AtomicBool,
    /// When the client was last heard of, in milliseconds on the heartbeat's clock.
    alive_at: AtomicU64,
    send_queue: SendQueue,
    shared: Arc<ConnectionShared>,
}

/// What all connections of a node have in common.
pub(crate) struct ConnectionShared {
    pub(crate) encoders: Encoders,
    pub(crate) metrics: Metrics,
    pub(crate) runtime: Handle,
    pub(crate) send_queue_total: Arc<SendQueueTotal>,
    /// Tells a client that ephemeral events were dropped, per protocol; empty where there is no word for it.
    stale: Box<[Bytes]>,
}

/// What a gateway tells of a new connection.
pub struct ConnectionSettings {
    /// The sign-in behind it.
    pub session: SessionId,
    /// From where it comes, as far as that is known.
    pub address: Option<IpAddr>,
    /// What it speaks.
    pub protocol: ProtocolId,
    /// Whether its client gets its own messages, too, as all others do. Without them it cannot keep the room's order.
    pub echo: bool,
    /// Its writing side.
    pub socket: Box<dyn Socket>,
    /// How much may wait for it.
    pub limits: SendQueueLimits,
}

impl ConnectionShared {
    pub(crate) fn new(
        encoders: Encoders,
        metrics: Metrics,
        runtime: Handle,
        send_queue_total: usize,
    ) -> Self {
        let protocols = (0..=u8::MAX).take(encoders.count()).map(ProtocolId);
        let stale = protocols.map(|protocol| encoders.signals(protocol, &[Signal::Stale])).collect();
        let total = Arc::new(SendQueueTotal::new(metrics.send_queue_bytes.clone(), send_queue_total));
        Self { encoders, metrics, runtime, send_queue_total: total, stale }
    }
}

impl Connection {
    /// A connection of `person` that was heard of at `now`, in milliseconds on the heartbeat's clock.
    pub(crate) fn new(
        id: ConnectionId,
        person: Arc<Person>,
        settings: ConnectionSettings,
        shared: Arc<ConnectionShared>,
        now: u64,
    ) -> Arc<Self> {
        let ConnectionSettings { session, address, protocol, echo, socket, limits } = settings;
        let is_particular = shared.encoders.of(protocol).hides_self() || !echo;
        Arc::new(Self {
            id,
            user: person.id,
            session,
            address,
            person,
            protocol: AtomicU8::new(protocol.0),
            echo: AtomicBool::new(echo),
            is_particular: AtomicBool::new(is_particular),
            alive_at: AtomicU64::new(now),
            send_queue: SendQueue::new(socket, limits, Arc::clone(&shared.send_queue_total)),
            shared,
        })
    }

    /// Sends whole frames, in order with everything else that is sent to this connection.
    pub fn send(self: &Arc<Self>, frames: Bytes) {
        let all = frames.len();
        // A protocol may have no word for something.
        if all > 0 {
            self.deliver(&frames, 0, all);
        }
    }

    /// Sends a signal. Answers how many bytes it has.
    pub fn signal(self: &Arc<Self>, signal: &Signal) -> usize {
        let frames = self.shared.encoders.signals(self.protocol(), std::slice::from_ref(signal));
        let bytes = frames.len();
        self.send(frames);
        bytes
    }

    /// Sends signals, in order.
    pub(crate) fn signals(self: &Arc<Self>, signals: &[Signal]) {
        self.send(self.shared.encoders.signals(self.protocol(), signals));
    }

    /// Sends what comes behind the place `told` of a room's log; what is missing between the events was left out. Answers how many bytes these
    /// are.
    pub(crate) fn send_replayed(
        self: &Arc<Self>,
        room: &RoomAddress,
        mut told: Seq,
        events: &[RoomEvent],
    ) -> usize {
        let encoder = self.encoder();
        let mut frames = Vec::new();
        for event in events {
            if told.next() < event.seq {
                let (from, to) = (told.next(), Seq(event.seq.0 - 1));
                encoder.signal(&Signal::Skipped { room: room.id, from, to }, None, &mut frames);
            }
            told = event.seq;
            if self.hears(event) {
                encoder.event(room, event, &mut frames);
            }
        }
        let bytes = frames.len();
        self.send(Bytes::from(frames));
        bytes
    }

    /// What it speaks.
    pub(crate) fn protocol(&self) -> ProtocolId {
        ProtocolId(self.protocol.load(Ordering::Relaxed))
    }

    /// The encoder of what it speaks.
    pub(crate) fn encoder(&self) -> &dyn Encoder {
        self.shared.encoders.of(self.protocol())
    }

    /// Lets it speak another protocol from now on, and hear its own messages or not.
    pub(crate) fn speak(&self, protocol: ProtocolId, echo: bool) {
        self.protocol.store(protocol.0, Ordering::Relaxed);
        self.echo.store(echo, Ordering::Relaxed);
        let encoder = self.encoder();
        self.is_particular.store(encoder.hides_self() || !echo, Ordering::Relaxed);
        self.person.set_via(self.id, encoder.via());
    }

    /// Whether a batch may look different for it than for all others of its protocol.
    pub(crate) fn is_particular(&self) -> bool {
        self.is_particular.load(Ordering::Relaxed)
    }

    /// Whether its client gets this event.
    pub(crate) fn hears(&self, event: &RoomEvent) -> bool {
        let is_message = matches!(event.body, EventBody::Message(_));
        !is_message || event.actor != self.user || self.echo.load(Ordering::Relaxed)
    }

    /// Sends the whole frames from the offset `start` on, of which those from the offset `ephemeral` on may be dropped under
    /// pressure.
    pub(crate) fn deliver(self: &Arc<Self>, frames: &Bytes, start: usize, ephemeral: usize) {
        let needs_writer = match self.send_queue.push(frames, start, ephemeral) {
            Pushed::Closed => return,
            Pushed::Taken { dropped, needs_writer } => {
                if dropped {
                    self.shared.metrics.send_queue_drops.inc();
                }
                needs_writer
            }
            Pushed::Full { needs_writer } => {
                self.shared.metrics.send_queue_closes.inc();
                tracing::info!(
                    connection = self.id.0,
                    user = self.user.0,
                    "closed a connection that reads too slowly"
                );
                needs_writer
            }
        };
        if needs_writer {
            self.spawn_writer();
        }
    }

    /// Ends the connection with a last frame that says why. Does nothing when it is ending already.
    pub fn close(self: &Arc<Self>, reason: CloseReason) {
        if self.send_queue.close(reason) {
            self.spawn_writer();
        }
    }

    /// Asks the gateway to finish what it has begun for the client and then to close.
    pub fn ask_to_close(&self, reason: CloseReason) {
        self.send_queue.ask_to_close(reason);
    }

    /// Closes a connection whose client cannot be told everything now: it comes back and resumes, so there is never a silent hole.
    pub fn give_up(self: &Arc<Self>, refusal: &Refusal) {
        if self.send_queue.is_open() {
            tracing::warn!(connection = self.id.0, %refusal, "could not catch up; the client is to resume");
            self.close(CloseReason::Busy);
        }
    }

    /// Forgets what waits for the client, since the connection is gone.
    pub fn abandon(&self) {
        self.send_queue.abandon();
    }

    /// Asks the client for a sign of life.
    fn ping(self: &Arc<Self>) {
        if let Some(frame) = self.send_queue.ping_frame() {
            self.send(Bytes::from_static(frame));
        }
    }

    /// Notes a sign of life at `now`, in milliseconds on the heartbeat's clock.
    pub(crate) fn heard_of(&self, now: u64) {
        self.alive_at.store(now, Ordering::Relaxed);
    }

    /// Whose it is, under the name of this moment.
    #[must_use]
    pub fn whose(&self) -> User {
        self.person.user()
    }

    /// The way out to the client.
    #[must_use]
    pub fn send_queue(&self) -> &SendQueue {
        &self.send_queue
    }

    /// Tells the client that it missed ephemeral events, or has its gateway tell what is true now where a protocol has no word for
    /// that.
    pub(crate) fn send_stale(self: &Arc<Self>) {
        match self.shared.stale.get(self.shared.encoders.index(self.protocol())) {
            Some(stale) if !stale.is_empty() => self.send(stale.clone()),
            Some(_) | None => self.send_queue.note_presence_missed(),
        }
    }

    /// Lets the gateway know that a subscription of this connection ended, if its protocol asks for that.
    pub(crate) fn note_subscription_ended(&self) {
        if self.encoder().hears_ends() {
            self.send_queue.note_subscription_ended();
        }
    }

    /// Only a connection whose client reads slowly has a writer task, so an idle one costs no task for writing.
    fn spawn_writer(self: &Arc<Self>) {
        let connection = Arc::clone(self);
        self.shared.runtime.spawn(async move {
            if connection.send_queue.write_until_empty().await {
                connection.send_stale();
            }
        });
    }
}
