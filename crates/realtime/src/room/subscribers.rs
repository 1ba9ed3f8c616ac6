use super::batch::{Batch, Right};
use super::subscription::Subscription;
use crate::connection::Connection;
use chinwag_core::domain::{Ending, Seq};
use parking_lot::{Mutex, RwLock};
use std::sync::Arc;

/// Subscribers of one chunk. Delivering to as many takes a fraction of a millisecond.
const CHUNK: usize = 256;

/// Who subscribes to a room, in chunks, each with a lock of its own: coming and going waits for one chunk only.
#[derive(Default)]
pub(crate) struct Subscribers {
    list: RwLock<List>,
}

#[derive(Default)]
struct List {
    chunks: Vec<Arc<Chunk>>,
    /// Set when the room was forgotten by the hub: it takes nobody any more.
    retired: bool,
}

/// A part of a room's subscribers.
#[derive(Default)]
pub(crate) struct Chunk {
    slots: Mutex<Vec<Slot>>,
}

struct Slot {
    subscription: Arc<Subscription>,
    /// That of the subscription, a step nearer: every delivery needs it.
    connection: Arc<Connection>,
    flow: Flow,
    /// A leave of the person or the end of the room that was skipped while the subscriber was catching up.
    ended: Seq,
}

/// Whether a subscriber gets events from the fan-out task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flow {
    /// It was given the log up to `position` and gets what follows. The person had the right to it at `authorized_at`, from `first` on.
    Live { position: Seq, authorized_at: Seq, first: Seq },
    /// It is being brought up to date from the log. The fan-out skips it and notes what it missed.
    CatchingUp { skipped_to: Seq, signals: bool },
}

/// Why a subscriber is not live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLive {
    /// Events up to this place were skipped while it was catching up: they come first.
    Behind(Seq),
    /// The subscription ended meanwhile: the person left, or the room was deleted.
    Ended,
}

impl Subscribers {
    /// Adds a subscriber made by `make`, catching up. `None` when the room is retired.
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
        let flow = Flow::CatchingUp { skipped_to: Seq(0), signals: false };
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

    pub(crate) fn is_empty(&self) -> bool {
        self.list.read().chunks.iter().all(|chunk| chunk.slots.lock().is_empty())
    }

    pub(crate) fn is_retired(&self) -> bool {
        self.list.read().retired
    }

    pub(crate) fn chunks(&self) -> Vec<Arc<Chunk>> {
        self.list.read().chunks.clone()
    }
}

impl Chunk {
    pub(crate) fn deliver(&self, batch: &Batch) {
        let last = batch.last();
        let mut deliveries = 0;
        for slot in self.slots.lock().iter_mut() {
            match &mut slot.flow {
                Flow::Live { position, authorized_at, first } => {
                    let right = Right { authorized_at: *authorized_at, first: *first };
                    deliveries += batch.deliver(&slot.connection, *position, right);
                    *position = last.map_or(*position, |last| last.max(*position));
                }
                Flow::CatchingUp { skipped_to, signals } => {
                    *skipped_to = last.map_or(*skipped_to, |last| last.max(*skipped_to));
                    *signals |= batch.has_signals();
                }
            }
        }
        batch.count(deliveries);
    }

    /// Lets the subscriber get events after `position` from the fan-out, and everything that `announce` sends before them. Answers
    /// whether signals were skipped while it was catching up.
    pub(crate) fn go_live(
        &self,
        subscription: &Subscription,
        Right { authorized_at, first }: Right,
        position: Seq,
        announce: impl FnOnce(),
    ) -> Result<bool, NotLive> {
        let mut slots = self.slots.lock();
        let slot = slots.iter_mut().find(|slot| slot.is_of(subscription)).ok_or(NotLive::Ended)?;
        match slot.flow {
            Flow::CatchingUp { skipped_to, .. } if skipped_to > position => Err(NotLive::Behind(skipped_to)),
            Flow::CatchingUp { .. } if slot.ended > authorized_at => Err(NotLive::Ended),
            Flow::CatchingUp { signals, .. } => {
                announce();
                slot.flow = Flow::Live { position, authorized_at, first };
                Ok(signals)
            }
            Flow::Live { .. } => Ok(false),
        }
    }

    /// Takes out the live subscribers that end with the event at `seq`. Those catching up are told when they want to go live, after
    /// they have read the event from the log.
    pub(crate) fn end_at(&self, seq: Seq, ending: Ending) -> Vec<Arc<Subscription>> {
        let mut ended = Vec::new();
        self.slots.lock().retain_mut(|slot| {
            if !slot.connection.person.is_ended_by(ending) {
                return true;
            }
            match slot.flow {
                Flow::Live { authorized_at, .. } if authorized_at < seq => {
                    ended.push(Arc::clone(&slot.subscription));
                    false
                }
                Flow::Live { .. } => true,
                Flow::CatchingUp { .. } => {
                    slot.ended = slot.ended.max(seq);
                    true
                }
            }
        });
        ended
    }

    /// Takes a live subscriber back to catching up, to begin anew. Answers up to where it was given the log, or `None` when it is
    /// not live.
    pub(crate) fn pause(&self, subscription: &Subscription) -> Option<Seq> {
        let mut slots = self.slots.lock();
        let slot = slots.iter_mut().find(|slot| slot.is_of(subscription))?;
        match slot.flow {
            Flow::Live { position, .. } => {
                slot.flow = Flow::CatchingUp { skipped_to: position, signals: false };
                Some(position)
            }
            Flow::CatchingUp { .. } => None,
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
