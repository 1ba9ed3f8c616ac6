use super::round::Round;
use super::subscription::Subscription;
use crate::connection::Connection;
use chinwag_core::domain::{Seq, UserId};
use parking_lot::{Mutex, RwLock};
use std::sync::Arc;

/// Listeners of one chunk. Delivering to as many takes a fraction of a millisecond.
const CHUNK: usize = 256;

/// Who listens to a room, in chunks, each with a lock of its own: coming and going waits for one chunk only.
#[derive(Default)]
pub(crate) struct Listeners {
    list: RwLock<List>,
}

#[derive(Default)]
struct List {
    chunks: Vec<Arc<Chunk>>,
    /// Set when the room was forgotten by the hub: it takes nobody any more.
    retired: bool,
}

/// A part of a room's listeners.
#[derive(Default)]
pub(crate) struct Chunk {
    slots: Mutex<Vec<Slot>>,
}

struct Slot {
    subscription: Arc<Subscription>,
    /// That of the subscription, a step nearer: every delivery needs it.
    connection: Arc<Connection>,
    flow: Flow,
    /// A leave of the person or the end of the room that the pump passed by while the listener was held.
    ended: Seq,
}

/// Whether a listener gets events from the pump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// It has seen everything up to `seen` and gets what follows. The person was a member at `proof`.
    Live { seen: Seq, proof: Seq },
    /// It is being brought up to date from the log. The pump passes it over and notes what it missed.
    Held { passed: Seq, signals: bool },
}

/// Why a listener is not live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLive {
    /// Events up to this place were passed over while it was held: they come first.
    Behind(Seq),
    /// The subscription ended meanwhile: the person left, or the room was deleted.
    Ended,
}

impl Listeners {
    /// Adds a held listener made by `make`. `None` when the room is retired.
    pub(crate) fn add(
        &self,
        make: impl FnOnce(Arc<Chunk>) -> Arc<Subscription>,
    ) -> Option<Arc<Subscription>> {
        let mut list = self.list.write();
        if list.retired {
            return None;
        }
        let open = list.chunks.iter().find(|chunk| chunk.slots.lock().len() < CHUNK).cloned();
        let chunk = open.unwrap_or_else(|| {
            let chunk = Arc::new(Chunk::default());
            list.chunks.push(Arc::clone(&chunk));
            chunk
        });
        let subscription = make(Arc::clone(&chunk));
        let flow = Flow::Held { passed: Seq(0), signals: false };
        chunk.slots.lock().push(Slot {
            connection: Arc::clone(&subscription.connection),
            subscription: Arc::clone(&subscription),
            flow,
            ended: Seq(0),
        });
        Some(subscription)
    }

    /// Takes nobody any more, if nobody is there. Answers whether that is so.
    pub(crate) fn retire(&self) -> bool {
        let mut list = self.list.write();
        list.retired = list.retired || list.chunks.iter().all(|chunk| chunk.slots.lock().is_empty());
        list.retired
    }

    pub(crate) fn chunks(&self) -> Vec<Arc<Chunk>> {
        self.list.read().chunks.clone()
    }
}

impl Chunk {
    pub(crate) fn deliver(&self, round: &Round) {
        let last = round.last();
        let mut deliveries = 0;
        for slot in self.slots.lock().iter_mut() {
            match &mut slot.flow {
                Flow::Live { seen, proof } => {
                    deliveries += round.deliver(&slot.connection, *seen, *proof);
                    *seen = last.map_or(*seen, |last| last.max(*seen));
                }
                Flow::Held { passed, signals } => {
                    *passed = last.map_or(*passed, |last| last.max(*passed));
                    *signals |= round.has_signals();
                }
            }
        }
        round.count(deliveries);
    }

    /// Lets the listener get events after `seen` from the pump, and everything that `announce` sends before them. Answers whether
    /// signals were passed over while it was held.
    pub(crate) fn go_live(
        &self,
        subscription: &Subscription,
        proof: Seq,
        seen: Seq,
        announce: impl FnOnce(),
    ) -> Result<bool, NotLive> {
        let mut slots = self.slots.lock();
        let slot = slots.iter_mut().find(|slot| slot.is_of(subscription)).ok_or(NotLive::Ended)?;
        match slot.flow {
            Flow::Held { passed, .. } if passed > seen => Err(NotLive::Behind(passed)),
            Flow::Held { .. } if slot.ended > proof => Err(NotLive::Ended),
            Flow::Held { signals, .. } => {
                announce();
                slot.flow = Flow::Live { seen, proof };
                Ok(signals)
            }
            Flow::Live { .. } => Ok(false),
        }
    }

    /// Takes out the live listeners that end with the event at `seq`: those of `user`, or all. The held ones are told when they
    /// want to go live, after they have read the event from the log.
    pub(crate) fn end_at(&self, seq: Seq, user: Option<UserId>) -> Vec<Arc<Subscription>> {
        let mut ended = Vec::new();
        self.slots.lock().retain_mut(|slot| {
            if user.is_some_and(|user| user != slot.subscription.user()) {
                return true;
            }
            match slot.flow {
                Flow::Live { proof, .. } if proof < seq => {
                    ended.push(Arc::clone(&slot.subscription));
                    false
                }
                Flow::Live { .. } => true,
                Flow::Held { .. } => {
                    slot.ended = slot.ended.max(seq);
                    true
                }
            }
        });
        ended
    }

    /// Holds a live listener again, to bring it up to date anew. Answers up to where it has seen everything, or `None` when the
    /// subscription has ended.
    pub(crate) fn hold(&self, subscription: &Subscription) -> Option<Seq> {
        let mut slots = self.slots.lock();
        let slot = slots.iter_mut().find(|slot| slot.is_of(subscription))?;
        match slot.flow {
            Flow::Live { seen, .. } => {
                slot.flow = Flow::Held { passed: seen, signals: false };
                Some(seen)
            }
            Flow::Held { .. } => None,
        }
    }

    /// Answers whether it was there.
    pub(crate) fn remove(&self, subscription: &Subscription) -> bool {
        let mut slots = self.slots.lock();
        let place = slots.iter().position(|slot| slot.is_of(subscription));
        if let Some(place) = place {
            slots.swap_remove(place);
        }
        place.is_some()
    }
}

impl Slot {
    /// Not by the connection: it may have ended one subscription and begun another.
    fn is_of(&self, subscription: &Subscription) -> bool {
        std::ptr::eq(self.subscription.as_ref(), subscription)
    }
}
