//! A room on this node: who listens to it, and how its events reach them.
//!
//! [`pump`] says what happens when; [`listeners`] is who hears them; [`round`] is what one turn of the pump writes;
//! [`chatter`] gathers presence and [`typing`].

mod chatter;
mod listeners;
mod pump;
mod round;
mod subscription;
mod typing;

pub use listeners::NotLive;
pub use subscription::Subscription;

use crate::connection::Connection;
use crate::people::Person;
use crate::socket::CloseReason;
use crate::{Encoders, Metrics};
use chatter::Chatter;
use chinwag_core::domain::{EventBody, RoomEvent, RoomId, RoomSlug, Seq, User, UserId};
use chinwag_core::ports::Signal;
use listeners::Listeners;
use parking_lot::Mutex;
use std::sync::Arc;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::Instant;

/// A room with at least one subscriber. The hub forgets it when the last one is gone.
pub(crate) struct Room {
    pub(crate) id: RoomId,
    pub(crate) slug: RoomSlug,
    pub(crate) listeners: Listeners,
    chatter: Mutex<Chatter>,
    pending: Mutex<Pending>,
    shared: Arc<RoomShared>,
}

/// What all rooms of a hub have in common.
pub(crate) struct RoomShared {
    pub(crate) encoders: Encoders,
    pub(crate) metrics: Metrics,
    pub(crate) runtime: Handle,
    /// Rooms whose chatter is to be told at the next turn.
    pub(crate) chatty: Mutex<Vec<Arc<Room>>>,
    /// Tells that `chatty` has entries.
    pub(crate) chatter_came: Notify,
}

/// What waits for the next turn of the pump.
#[derive(Default)]
struct Pending {
    events: Vec<Arc<RoomEvent>>,
    /// When the oldest of `events` came that is told at once.
    since: Option<Instant>,
    signals: Vec<Signal>,
    /// Whether the pump is running. It stops when it finds nothing here.
    pumping: bool,
}

/// Events that wait for the next turn of presence at most.
const GATHERED: usize = 256;
/// Events waiting for the pump above which a room takes no new messages.
const BACKLOG: usize = 4096;

impl Pending {
    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.signals.is_empty()
    }
}

impl Room {
    pub(crate) fn new(id: RoomId, slug: RoomSlug, shared: Arc<RoomShared>) -> Arc<Self> {
        Arc::new(Self {
            id,
            slug,
            listeners: Listeners::default(),
            chatter: Mutex::default(),
            pending: Mutex::default(),
            shared,
        })
    }

    /// Takes a log event for delivery. Called in the order of `seq`.
    ///
    /// A new member is told of with the presence that follows, unless something else is told before: when everybody comes at once, a
    /// round for each of them would cost as many writes as there are pairs of people.
    pub(crate) fn publish(self: &Arc<Self>, event: Arc<RoomEvent>) {
        if matches!(event.body, EventBody::Message { .. }) {
            self.note(|chatter| chatter.stop_typing(event.actor));
        }
        let may_wait = event.body == EventBody::MemberJoined;
        let mut pending = self.pending.lock();
        pending.events.push(event);
        if may_wait && pending.events.len() < GATHERED {
            drop(pending);
            self.note(Chatter::expect_turn);
        } else {
            pending.since.get_or_insert_with(Instant::now);
            self.pump(&mut pending);
        }
    }

    /// Whether more events wait for the pump than is good, so that new messages are better refused for a moment.
    pub(crate) fn is_congested(&self) -> bool {
        self.pending.lock().events.len() > BACKLOG
    }

    /// Takes ephemeral signals for delivery.
    pub(crate) fn signal(self: &Arc<Self>, signals: Vec<Signal>) {
        let mut pending = self.pending.lock();
        pending.signals.extend(signals);
        self.pump(&mut pending);
    }

    /// Adds a held subscription whose person is not present yet. `None` when the hub has forgotten this room meanwhile.
    pub(crate) fn subscribe(self: &Arc<Self>, connection: &Arc<Connection>) -> Option<Arc<Subscription>> {
        self.listeners.add(|chunk| {
            let (room, connection) = (Arc::clone(self), Arc::clone(connection));
            let subscription = Arc::new(Subscription::new(room, chunk, connection));
            // Before the pump can see the subscription, which may end it at once.
            subscription.connection.subscriptions.lock().push(Arc::clone(&subscription));
            subscription
        })
    }

    /// Changes who is present or typing, and sees to it that this is told at the next turn.
    pub(crate) fn note(self: &Arc<Self>, change: impl FnOnce(&mut Chatter)) {
        let mut chatter = self.chatter.lock();
        change(&mut chatter);
        if chatter.is_busy() && !std::mem::replace(&mut chatter.listed, true) {
            drop(chatter);
            self.shared.chatty.lock().push(Arc::clone(self));
            self.shared.chatter_came.notify_one();
        }
    }

    /// Hands what is to be told to the pump. Answers whether there will be more without a new [`note`](Self::note).
    pub(crate) fn tell_chatter(self: &Arc<Self>) -> bool {
        let mut chatter = self.chatter.lock();
        let (signals, is_expected) = (chatter.signals(&self.slug, Instant::now()), chatter.begin_turn());
        chatter.listed = chatter.is_busy();
        let more = chatter.listed;
        drop(chatter);
        if is_expected || !signals.is_empty() {
            self.signal(signals);
        }
        more
    }

    /// People present.
    pub(crate) fn online(&self) -> u32 {
        self.chatter.lock().online()
    }

    /// Some of those who are present.
    pub(crate) fn present(&self, limit: usize) -> Vec<Arc<Person>> {
        self.chatter.lock().present().take(limit).cloned().collect()
    }

    /// Some of those who are present by another protocol than the native one.
    pub(crate) fn foreign(&self, limit: usize) -> Vec<Arc<Person>> {
        self.chatter.lock().foreign().take(limit).cloned().collect()
    }

    /// Those who are present, by name; bounded.
    pub(crate) fn people(&self) -> Vec<User> {
        let present: Vec<_> = self.chatter.lock().present().cloned().collect();
        Person::list(present.iter())
    }

    /// Those whom everybody here knows to be present, without `viewer`, in the same way; and how many they are.
    pub(crate) fn known_people(&self, viewer: UserId) -> (Vec<User>, u32) {
        let chatter = self.chatter.lock();
        let known: Vec<_> = chatter.known().filter(|person| person.id != viewer).cloned().collect();
        drop(chatter);
        (Person::list(known.iter()), known.len() as u32)
    }

    /// A person who is present.
    pub(crate) fn find_present(&self, user: UserId) -> Option<Arc<Person>> {
        self.chatter.lock().find_present(user).cloned()
    }

    /// Ends the subscriptions that end with the event at `seq`: those of `user`, or all.
    fn end_at(&self, seq: Seq, user: Option<UserId>) {
        for subscription in self.listeners.chunks().iter().flat_map(|chunk| chunk.end_at(seq, user)) {
            subscription.forget();
            // Without its room a client of bare text is deaf; when it comes back it hears the next room of that name.
            if subscription.connection.protocol().is_of_one_room() {
                subscription.connection.ask_to_close(CloseReason::BeginAnew);
            }
        }
    }

    fn pump(self: &Arc<Self>, pending: &mut Pending) {
        if !std::mem::replace(&mut pending.pumping, true) {
            self.shared.runtime.spawn(pump::run(Arc::clone(self)));
        }
    }
}
