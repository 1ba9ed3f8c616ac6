//! A room on this node: who subscribes to it, and how its events reach them.
//!
//! [`fan_out`] says what happens when; [`subscribers`] is who gets it; [`batch`] is what is written to them at once;
//! [`ephemeral`] gathers presence and [`typing`]; [`replayer`] brings up to date who comes or comes back.

mod batch;
mod ephemeral;
mod fan_out;
mod replayer;
mod subscribers;
mod subscription;
mod subscriptions;
mod typing;

pub use replayer::{CaughtUp, CountAnswers, Replayer};
pub use subscribers::NotLive;
pub use subscription::Subscription;
pub(crate) use subscriptions::Subscriptions;

use crate::connection::{Connection, Encoders};
use crate::metrics::Metrics;
use crate::presence::Person;
use chinwag_core::domain::{
    EventBody, MemberChange, MemberEvent, RoomAddress, RoomChange, RoomEvent, RoomId, RoomSlug, Seq, User,
    UserId,
};
use chinwag_core::ports::Signal;
use ephemeral::Ephemeral;
use parking_lot::Mutex;
use std::sync::Arc;
use subscribers::Subscribers;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::Instant;

/// A room with at least one subscriber. The hub forgets it when the last one is gone.
pub(crate) struct Room {
    pub(crate) id: RoomId,
    pub(crate) subscribers: Subscribers,
    ephemeral: Mutex<Ephemeral>,
    pending: Mutex<Pending>,
    shared: Arc<RoomShared>,
}

/// What all rooms of a hub have in common.
pub(crate) struct RoomShared {
    pub(crate) encoders: Encoders,
    pub(crate) metrics: Metrics,
    pub(crate) runtime: Handle,
    pub(crate) subscriptions: Subscriptions,
    /// Rooms that have something to tell at the next tick.
    pub(crate) waiting: Mutex<Vec<Arc<Room>>>,
    /// Tells that `waiting` has entries.
    pub(crate) tick_wanted: Notify,
}

/// What waits for the next batch.
struct Pending {
    /// The room under its latest address.
    address: Arc<RoomAddress>,
    /// The place in the log up to which `address` is known to be right; 0 for one that was given when the room was made.
    address_at: Seq,
    events: Vec<Arc<RoomEvent>>,
    /// When the oldest of `events` came that is told at once.
    since: Option<Instant>,
    signals: Vec<Signal>,
    /// Whether the fan-out task is running. It stops when it finds nothing here.
    is_fanning_out: bool,
}

/// Events that wait for the next tick at most.
const GATHERED: usize = 256;
/// Events waiting for delivery above which a room takes no new messages.
const BACKLOG: usize = 4096;

impl Pending {
    fn is_empty(&self) -> bool {
        self.events.is_empty() && self.signals.is_empty()
    }

    /// Notes the address that the room had at the place `at` of its log, unless a later one is known.
    fn note_address(&mut self, address: RoomAddress, at: Seq) {
        if at > self.address_at {
            self.address_at = at;
            if *self.address != address {
                self.address = Arc::new(address);
            }
        }
    }
}

impl Room {
    pub(crate) fn new(address: RoomAddress, shared: Arc<RoomShared>) -> Arc<Self> {
        Arc::new(Self {
            id: address.id,
            subscribers: Subscribers::default(),
            ephemeral: Mutex::default(),
            pending: Mutex::new(Pending {
                address: Arc::new(address),
                address_at: Seq(0),
                events: Vec::new(),
                since: None,
                signals: Vec::new(),
                is_fanning_out: false,
            }),
            shared,
        })
    }

    /// Takes a log event for delivery. Called in the order of `seq`.
    ///
    /// A new member is told of with the presence that follows, unless something else is told before: when everybody comes at once, a
    /// batch for each of them would cost as many writes as there are pairs of people.
    pub(crate) fn publish(self: &Arc<Self>, event: Arc<RoomEvent>) {
        if event.posted().is_some() {
            self.note(|ephemeral| ephemeral.stop_typing(event.actor));
        }
        let may_wait = is_joining(&event);
        let mut pending = self.pending.lock();
        if let EventBody::Room(RoomChange::Updated(labels)) = &event.body {
            let slug = labels.slug.as_deref().and_then(|slug| RoomSlug::parse(slug).ok());
            pending.note_address(RoomAddress { id: self.id, slug }, event.seq);
        }
        pending.events.push(event);
        if may_wait && pending.events.len() < GATHERED {
            drop(pending);
            self.note(Ephemeral::expect_tick);
        } else {
            pending.since.get_or_insert_with(Instant::now);
            self.fan_out(&mut pending);
        }
    }

    /// The room under its address of this moment.
    pub(crate) fn address(&self) -> Arc<RoomAddress> {
        Arc::clone(&self.pending.lock().address)
    }

    /// Notes the address that the room had at the place `at` of its log, unless a later one is known.
    fn note_address(&self, address: RoomAddress, at: Seq) {
        self.pending.lock().note_address(address, at);
    }

    /// Whether more events wait for delivery than is good, so that new messages are better refused for a moment.
    pub(crate) fn is_congested(&self) -> bool {
        self.pending.lock().events.len() > BACKLOG
    }

    /// Takes ephemeral signals for delivery.
    fn signal(self: &Arc<Self>, signals: Vec<Signal>) {
        let mut pending = self.pending.lock();
        pending.signals.extend(signals);
        self.fan_out(&mut pending);
    }

    /// Adds a subscription, catching up, whose person is not present yet. `None` when the hub has forgotten this room meanwhile.
    pub(crate) fn subscribe(self: &Arc<Self>, connection: &Arc<Connection>) -> Option<Arc<Subscription>> {
        self.subscribers.add(|chunk| {
            let (room, connection) = (Arc::clone(self), Arc::clone(connection));
            let subscription = Arc::new(Subscription::new(room, chunk, connection));
            // Before the fan-out can see the subscription, which may end it at once.
            self.shared.subscriptions.add(Arc::clone(&subscription));
            subscription
        })
    }

    /// Changes who is present or typing, and sees to it that this is told at the next tick.
    pub(crate) fn note(self: &Arc<Self>, change: impl FnOnce(&mut Ephemeral)) {
        let mut ephemeral = self.ephemeral.lock();
        change(&mut ephemeral);
        if ephemeral.is_busy() && !std::mem::replace(&mut ephemeral.is_waiting, true) {
            drop(ephemeral);
            self.shared.waiting.lock().push(Arc::clone(self));
            self.shared.tick_wanted.notify_one();
        }
    }

    /// Hands what is to be told to the fan-out. Answers whether there will be more without a new [`note`](Self::note).
    pub(crate) fn tick(self: &Arc<Self>) -> bool {
        let address = self.address();
        let mut ephemeral = self.ephemeral.lock();
        let (signals, is_expected) = (ephemeral.signals(&address, Instant::now()), ephemeral.begin_tick());
        ephemeral.is_waiting = ephemeral.is_busy();
        let more = ephemeral.is_waiting;
        drop(ephemeral);
        if is_expected || !signals.is_empty() {
            self.signal(signals);
        }
        more
    }

    /// People present.
    pub(crate) fn online(&self) -> u32 {
        self.ephemeral.lock().online()
    }

    /// Some of those who are present.
    pub(crate) fn present(&self, limit: usize) -> Vec<Arc<Person>> {
        self.ephemeral.lock().present().take(limit).cloned().collect()
    }

    /// Some of those who are present by another protocol than the native one.
    pub(crate) fn not_native(&self, limit: usize) -> Vec<Arc<Person>> {
        self.ephemeral.lock().not_native().take(limit).cloned().collect()
    }

    /// Those who are present, by name; bounded.
    pub(crate) fn people(&self) -> Vec<User> {
        let present: Vec<_> = self.ephemeral.lock().present().cloned().collect();
        Person::list(present.iter())
    }

    /// Those whom everybody here knows to be present, without `viewer`, in the same way; and how many they are.
    pub(crate) fn known_people(&self, viewer: UserId) -> (Vec<User>, u32) {
        let ephemeral = self.ephemeral.lock();
        let known: Vec<_> = ephemeral.known().filter(|person| person.id != viewer).cloned().collect();
        drop(ephemeral);
        (Person::list(known.iter()), known.len() as u32)
    }

    /// A person who is present.
    pub(crate) fn find_present(&self, user: UserId) -> Option<Arc<Person>> {
        self.ephemeral.lock().find_present(user).cloned()
    }

    /// Ends the subscriptions that end with the event at `seq`: those of `user`, or all.
    fn end_at(&self, seq: Seq, user: Option<UserId>) {
        for subscription in self.subscribers.chunks().iter().flat_map(|chunk| chunk.end_at(seq, user)) {
            subscription.forget();
            subscription.connection.note_subscription_ended();
        }
    }

    fn fan_out(self: &Arc<Self>, pending: &mut Pending) {
        if !std::mem::replace(&mut pending.is_fanning_out, true) {
            self.shared.runtime.spawn(fan_out::run(Arc::clone(self)));
        }
    }
}

fn is_joining(event: &RoomEvent) -> bool {
    matches!(&event.body, EventBody::Member(MemberEvent { change: MemberChange::Joined, .. }))
}
