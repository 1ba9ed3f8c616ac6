//! A room on this node: who subscribes to it, and how its events reach them.
//!
//! [`sequence`] puts the events in order, and [`gaps`] reads what is missing of them. [`fan_out`] says what happens when; [`subscribers`] is who gets it; [`batch`] is what is written to them at once;
//! [`ephemeral`] gathers presence and [`typing`]; [`replayer`] brings up to date who comes or comes back.

mod batch;
mod ephemeral;
mod fan_out;
mod gaps;
mod pending;
mod replayer;
mod sequence;
mod subscribers;
mod subscription;
mod subscriptions;
mod typing;

pub(crate) use gaps::fill as fill_gaps;
pub(crate) use pending::Origin;
pub use replayer::{CaughtUp, CountAnswers, Replayer};
pub use subscribers::NotLive;
pub use subscription::Subscription;
pub(crate) use subscriptions::Subscriptions;

use crate::connection::{Connection, Encoders};
use crate::metrics::Metrics;
use crate::presence::{OwnNews, Person};
use crate::trust::Trust;
use chinwag_core::domain::{Ending, RoomAddress, RoomEvent, RoomId, Seq, User, UserId};
use chinwag_core::ports::{Clock, Signal};
use ephemeral::Ephemeral;
use parking_lot::{Mutex, MutexGuard};
use pending::{Pending, Taken};
use sequence::Gap;
use std::sync::Arc;
use subscribers::Subscribers;
use tokio::runtime::Handle;
use tokio::sync::{Notify, oneshot};
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
    /// The clock by which events have their times.
    pub(crate) clock: Arc<dyn Clock>,
    /// Up to when anything may be told.
    pub(crate) trust: Trust,
    /// Rooms that have something to tell at the next tick.
    pub(crate) waiting: Mutex<Vec<Arc<Room>>>,
    /// Tells that `waiting` has entries.
    pub(crate) tick_wanted: Notify,
    /// Rooms of whose log something is missing.
    pub(crate) gaps: Mutex<Vec<Arc<Room>>>,
    /// Tells that `gaps` has entries.
    pub(crate) gap_came: Notify,
    /// What the other nodes are to hear of the people here.
    pub(crate) own_news: OwnNews,
}

/// Resolves when one is told. A room that is forgotten lets go of those who wait.
async fn told(waiting: Option<oneshot::Receiver<()>>) {
    if let Some(waiting) = waiting {
        _ = waiting.await;
    }
}

impl Room {
    pub(crate) fn new(address: RoomAddress, shared: Arc<RoomShared>) -> Arc<Self> {
        Arc::new(Self {
            id: address.id,
            subscribers: Subscribers::default(),
            ephemeral: Mutex::default(),
            pending: Mutex::new(Pending::new(address)),
            shared,
        })
    }

    /// Takes a log event for delivery, which happens in the order of `seq`.
    ///
    /// A new member is told of with the presence that follows, unless something else is told before: when everybody comes at once, a
    /// batch for each of them would cost as many writes as there are pairs of people.
    pub(crate) fn publish(self: &Arc<Self>, event: Arc<RoomEvent>, origin: Origin) {
        if event.posted().is_some() {
            self.note(|ephemeral| ephemeral.stop_typing(event.actor));
        }
        let mut pending = self.pending.lock();
        let taken = pending.take_event(event, origin);
        if let Some(waited) = pending.sequence.take_wait() {
            self.shared.metrics.sequence_wait_seconds.observe(waited.as_secs_f64());
        }
        match taken {
            Taken::Now => self.fan_out(&mut pending),
            Taken::AtNextTick => {
                drop(pending);
                self.note(Ephemeral::expect_tick);
            }
            Taken::Ahead => self.want_missing(pending),
            Taken::Known => {}
        }
    }

    /// Resolves when everything up to this place was delivered here, or nobody is here any more to whom it could be.
    pub(crate) fn settled(self: &Arc<Self>, seq: Seq) -> impl Future<Output = ()> + use<> {
        let mut pending = self.pending.lock();
        let settled = pending.settle(seq);
        self.want_missing(pending);
        told(settled)
    }

    /// Resolves when everything up to this place has come, whether it may be delivered or not, or nobody is here any more.
    pub(crate) fn reached(self: &Arc<Self>, seq: Seq) -> impl Future<Output = ()> + use<> {
        let mut pending = self.pending.lock();
        let reached = pending.reach(seq);
        self.want_missing(pending);
        told(reached)
    }

    /// Sees to it that somebody asks the log for what is missing.
    fn want_missing(self: &Arc<Self>, mut pending: MutexGuard<'_, Pending>) {
        if pending.sequence.due().is_some() && !std::mem::replace(&mut pending.is_filling, true) {
            drop(pending);
            self.shared.metrics.sequence_gaps.inc();
            self.shared.gaps.lock().push(Arc::clone(self));
            self.shared.gap_came.notify_one();
        }
    }

    /// When to ask the log for what is missing. Once nothing is, or nobody is here, another gap has to be told anew.
    fn next_question(&self) -> Option<Instant> {
        let is_retired = self.subscribers.is_retired();
        let mut pending = self.pending.lock();
        let due = pending.sequence.due().filter(|_| !is_retired);
        pending.is_filling = due.is_some();
        if is_retired {
            pending.settlements.clear();
            pending.awaited.clear();
        }
        due
    }

    /// The last event that was handed on here. None before somebody went live.
    pub(crate) fn position(&self) -> Option<Seq> {
        self.pending.lock().sequence.position()
    }

    /// Notes that the log reaches this place.
    pub(crate) fn expect(self: &Arc<Self>, head: Seq) {
        let mut pending = self.pending.lock();
        pending.sequence.expect(head, Instant::now());
        self.want_missing(pending);
    }

    fn gap(&self) -> Option<Gap> {
        self.pending.lock().sequence.gap()
    }

    fn ask_at(&self, at: Instant) {
        self.pending.lock().ask_at(at);
    }

    /// Has the sequence begin where the first subscriber stands that goes live.
    ///
    /// # Errors
    /// [`NotLive::Behind`] when it begins later, and what is before that is to be read from the log.
    fn begin(&self, position: Seq) -> Result<(), NotLive> {
        let sequence = &mut self.pending.lock().sequence;
        sequence.begin(position);
        let begins_after = sequence.begins_after();
        if position < begins_after { Err(NotLive::Behind(begins_after)) } else { Ok(()) }
    }

    /// Has these people, who are here on other nodes, present. Nobody is told of them who comes later.
    pub(crate) fn take_in(&self, people: impl Iterator<Item = Arc<Person>>) {
        let mut ephemeral = self.ephemeral.lock();
        people.for_each(|person| ephemeral.take_in(&person));
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
        self.pending.lock().is_congested()
    }

    /// Takes ephemeral signals for delivery.
    fn signal(self: &Arc<Self>, signals: Vec<Signal>) {
        let mut pending = self.pending.lock();
        pending.take_signals(signals);
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

    /// Ends the subscriptions that end with the event at `seq`.
    fn end_at(&self, seq: Seq, ending: Ending) {
        for subscription in self.subscribers.chunks().iter().flat_map(|chunk| chunk.end_at(seq, ending)) {
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
