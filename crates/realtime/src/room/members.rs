use super::round::Round;
use super::subscription::Subscription;
use crate::connection::Connection;
use chinwag_core::domain::{Seq, UserId};
use parking_lot::{Mutex, RwLock};
use std::sync::Arc;

/// Members of one chunk. Delivering to as many takes a fraction of a millisecond.
const CHUNK: usize = 256;

/// Who listens to a room, in chunks, each with a lock of its own: coming and going waits for one chunk only.
#[derive(Default)]
pub(crate) struct Members {
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
    flow: Flow,
    /// A `MemberLeft` of the person that the pump passed by while the listener was held.
    left: Seq,
}

/// Whether a listener gets events from the pump.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// It has seen everything up to `seen` and gets what follows. The person was a member at `proof`.
    Live { seen: Seq, proof: Seq },
    /// It is being brought up to date from the log. The pump passes it over and notes what it missed.
    Held { passed: Seq, signals: bool },
}

/// A listener cannot go live yet: events up to this place were passed over while it was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Behind(pub Seq);

/// How a listener went live.
pub(crate) enum Alive {
    /// With everything.
    Well,
    /// Signals were passed over while it was held.
    MissedSignals,
    /// Not at all: the person left meanwhile.
    Left,
}

impl Members {
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
        chunk.slots.lock().push(Slot { subscription: Arc::clone(&subscription), flow, left: Seq(0) });
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
                Flow::Live { seen, .. } => {
                    deliveries += round.deliver(slot.subscription.connection(), *seen);
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

    /// Lets the listener get events after `seen` from the pump, and everything that `announce` sends before them.
    pub(crate) fn go_live(
        &self,
        connection: &Connection,
        proof: Seq,
        seen: Seq,
        announce: impl FnOnce(),
    ) -> Result<Alive, Behind> {
        let mut slots = self.slots.lock();
        let Some(slot) = slots.iter_mut().find(|slot| slot.is_of(connection)) else { return Ok(Alive::Left) };
        match slot.flow {
            Flow::Held { passed, .. } if passed > seen => Err(Behind(passed)),
            Flow::Held { .. } if slot.left > proof => Ok(Alive::Left),
            Flow::Held { signals, .. } => {
                announce();
                slot.flow = Flow::Live { seen, proof };
                Ok(if signals { Alive::MissedSignals } else { Alive::Well })
            }
            Flow::Live { .. } => Ok(Alive::Well),
        }
    }

    /// Notes that a person left at `seq`. Answers the subscriptions that end with it.
    pub(crate) fn note_left(&self, user: UserId, seq: Seq) -> Vec<Arc<Subscription>> {
        let mut ended = Vec::new();
        for slot in self.slots.lock().iter_mut().filter(|slot| slot.subscription.user() == user) {
            match slot.flow {
                Flow::Live { proof, .. } if proof < seq => ended.push(Arc::clone(&slot.subscription)),
                Flow::Live { .. } => {}
                Flow::Held { .. } => slot.left = slot.left.max(seq),
            }
        }
        ended
    }

    pub(crate) fn subscriptions(&self) -> Vec<Arc<Subscription>> {
        self.slots.lock().iter().map(|slot| Arc::clone(&slot.subscription)).collect()
    }

    /// Holds a live listener again, to bring it up to date anew.
    pub(crate) fn hold(&self, connection: &Connection) {
        let mut slots = self.slots.lock();
        if let Some(slot) = slots.iter_mut().find(|slot| slot.is_of(connection))
            && let Flow::Live { seen, .. } = slot.flow
        {
            slot.flow = Flow::Held { passed: seen, signals: false };
        }
    }

    /// Answers whether it was there.
    pub(crate) fn remove(&self, connection: &Connection) -> bool {
        let mut slots = self.slots.lock();
        let place = slots.iter().position(|slot| slot.is_of(connection));
        if let Some(place) = place {
            slots.swap_remove(place);
        }
        place.is_some()
    }
}

impl Slot {
    fn is_of(&self, connection: &Connection) -> bool {
        self.subscription.connection().id == connection.id
    }
}
