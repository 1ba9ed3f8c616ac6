use crate::Metrics;
use crate::outbox::{Outbox, OutboxLimits, Pushed};
use crate::people::Person;
use crate::protocol::Protocol;
use crate::room::Subscription;
use crate::socket::{CloseReason, Socket};
use bytes::Bytes;
use chinwag_core::domain::{ConnectionId, EventBody, RoomEvent, RoomId, RoomSlug, SessionId, User, UserId};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use tokio::runtime::Handle;

/// One connection, of somebody who signed in or of a visitor.
///
/// Shared by its gateway, the rooms it listens to and the heartbeat. Anyone may [`close`](Self::close) it; its gateway notices
/// and unregisters it.
pub struct Connection {
    /// Its name.
    pub id: ConnectionId,
    /// Whose it is.
    pub user: UserId,
    /// The sign-in behind it.
    pub session: SessionId,
    pub(crate) person: Arc<Person>,
    /// What it speaks, as the protocol's index.
    pub(crate) speaks: AtomicU8,
    /// Whether its client gets its own messages.
    pub(crate) echo: AtomicBool,
    /// Whether a round may look different for it than for all others of its protocol.
    pub(crate) particular: bool,
    /// Whether nobody has touched the device for a while, as the client tells.
    pub(crate) away: AtomicBool,
    /// The rooms it listens to.
    pub(crate) subscriptions: Mutex<Vec<Arc<Subscription>>>,
    /// When the client was last heard of, in milliseconds on the heartbeat's clock.
    pub(crate) alive_at: AtomicU64,
    pub(crate) outbox: Outbox,
    pub(crate) shared: Arc<ConnectionShared>,
}

/// What all connections of a hub have in common.
pub(crate) struct ConnectionShared {
    pub(crate) metrics: Metrics,
    pub(crate) runtime: Handle,
    /// Tells a client that ephemeral events were dropped, per protocol; empty where there is no word for it.
    pub(crate) stale: [Bytes; Protocol::COUNT],
}

/// What a gateway tells of a new connection.
pub struct ConnectionSettings {
    /// The sign-in behind it.
    pub session: SessionId,
    /// What it speaks.
    pub protocol: Protocol,
    /// Whether its client gets its own messages, too, as all others do. Without them it cannot keep the room's order.
    pub echo: bool,
    /// Its writing side.
    pub socket: Box<dyn Socket>,
    /// How much may wait for it.
    pub outbox: OutboxLimits,
}

impl Connection {
    /// Sends whole frames, in order with everything else that is sent to this connection.
    pub fn send(self: &Arc<Self>, frames: Bytes) {
        let all = frames.len();
        // A protocol may have no word for something.
        if all > 0 {
            self.deliver(&frames, 0, all);
        }
    }

    /// What it speaks.
    pub(crate) fn protocol(&self) -> Protocol {
        Protocol::ALL[usize::from(self.speaks.load(Ordering::Relaxed))]
    }

    /// Lets it speak another vocabulary from now on, and hear its own messages or not. For vocabularies that
    /// [hide what is one's own](Protocol::hides_self).
    pub fn speak(&self, protocol: Protocol, echo: bool) {
        self.speaks.store(protocol.number(), Ordering::Relaxed);
        self.echo.store(echo, Ordering::Relaxed);
        let subscriptions = self.subscriptions.lock().clone();
        for subscription in subscriptions {
            subscription.list_people();
        }
    }

    /// Whether its client gets this event.
    pub(crate) fn hears(&self, event: &RoomEvent) -> bool {
        let is_message = matches!(event.body, EventBody::Message { .. });
        !is_message || event.actor != self.user || self.echo.load(Ordering::Relaxed)
    }

    /// Sends the whole frames from the offset `start` on, of which those from the offset `ephemeral` on may be dropped under
    /// pressure.
    pub(crate) fn deliver(self: &Arc<Self>, frames: &Bytes, start: usize, ephemeral: usize) {
        let needs_flusher = match self.outbox.push(frames, start, ephemeral) {
            Pushed::Closed => return,
            Pushed::Taken { dropped, needs_flusher } => {
                if dropped {
                    self.shared.metrics.outbox_drops.inc();
                }
                needs_flusher
            }
            Pushed::Full { needs_flusher } => {
                self.shared.metrics.outbox_closes.inc();
                tracing::info!(
                    connection = self.id.0,
                    user = self.user.0,
                    "closed a connection that reads too slowly"
                );
                needs_flusher
            }
        };
        if needs_flusher {
            self.spawn_flusher();
        }
    }

    /// Ends the connection with a last frame that says why. Does nothing when it is ending already.
    pub fn close(self: &Arc<Self>, reason: CloseReason) {
        if self.outbox.close(reason) {
            self.spawn_flusher();
        }
    }

    /// Asks the gateway to finish what it has begun for the client and then to close.
    pub fn ask_to_close(&self, reason: CloseReason) {
        self.outbox.ask_to_close(reason);
    }

    /// Forgets what waits for the client, since the connection is gone.
    pub fn abandon(&self) {
        self.outbox.abandon();
    }

    /// Asks the client for a sign of life.
    pub(crate) fn ping(self: &Arc<Self>) {
        // One for whom something waits is asked already: reading it is a sign of life.
        if self.outbox.waiting() > 0 && !self.protocol().is_given_up_without_pings() {
            return;
        }
        self.send(Bytes::from_static(self.outbox.ping_frame()));
    }

    /// Whose it is, under the name of this moment.
    #[must_use]
    pub fn whose(&self) -> User {
        self.person.user()
    }

    /// The way out to the client.
    #[must_use]
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// How many rooms it listens to.
    #[must_use]
    pub fn listens_to(&self) -> usize {
        self.subscriptions.lock().len()
    }

    /// The subscription to a room, by its slug.
    #[must_use]
    pub fn subscription(&self, slug: &RoomSlug) -> Option<Arc<Subscription>> {
        self.subscriptions.lock().iter().find(|subscription| subscription.slug() == slug).cloned()
    }

    pub(crate) fn subscription_by_id(&self, room: RoomId) -> Option<Arc<Subscription>> {
        self.subscriptions.lock().iter().find(|subscription| subscription.room_id() == room).cloned()
    }

    /// Tells the client that it missed ephemeral events, or has its gateway tell what is true now where a protocol has no word for
    /// that.
    pub(crate) fn send_stale(self: &Arc<Self>) {
        let stale = &self.shared.stale[self.protocol().index()];
        if stale.is_empty() {
            self.outbox.ask_to_tell_people();
        } else {
            self.send(stale.clone());
        }
    }

    /// Only a connection whose client reads slowly has a flusher, so an idle one costs no task for writing.
    fn spawn_flusher(self: &Arc<Self>) {
        let connection = Arc::clone(self);
        self.shared.runtime.spawn(async move {
            if connection.outbox.flush().await {
                connection.send_stale();
            }
        });
    }
}
