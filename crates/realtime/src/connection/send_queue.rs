use super::backlog::Backlog;
use super::send_queue_total::SendQueueTotal;
use bytes::Bytes;
use chinwag_core::ports::{CloseReason, ConnectionEvent, Socket};
use parking_lot::{Mutex, MutexGuard};
use std::io::ErrorKind;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tokio::sync::Notify;

/// The way out to one client.
///
/// While the socket takes everything, frames go straight to it and nothing is kept here. What it does not take waits in a
/// bounded queue, which a writer task empties (see [`Connection::send`](crate::Connection::send)).
///
/// Under pressure ephemeral frames are dropped first; when the queue is full the connection is closed with
/// [`CloseReason::TooSlow`], so a slow reader delays nobody and costs a bounded amount of memory.
pub struct SendQueue {
    socket: Box<dyn Socket>,
    limits: SendQueueLimits,
    state: Mutex<State>,
    /// Tells waiters that the queue became shorter or does not take any more.
    changed: Notify,
}

/// How much may wait for one client. Each chunk that waits counts some bytes more than it has.
#[derive(Clone, Copy, Debug)]
pub struct SendQueueLimits {
    /// Bytes waiting above which ephemeral frames are dropped.
    pub ephemeral: usize,
    /// Bytes waiting above which no new work is begun for the client, such as the next page of a replay.
    pub lagging: usize,
    /// Bytes waiting above which the next frames close the connection.
    pub full: usize,
}

struct State {
    backlog: Backlog,
    /// Whether a writer task is at work.
    writing: bool,
    /// Whether the client has taken something of the queue since the heartbeat asked.
    progress: bool,
    /// Whether ephemeral frames were dropped since the client was last told so.
    dropped: bool,
    /// Whether the gateway is to hear that the client missed presence.
    presence_missed: bool,
    /// Whether the gateway is to hear that a subscription ended.
    subscription_ended: bool,
    /// A close that the gateway is asked to make when it has finished what it has begun.
    asked: Option<CloseReason>,
    /// The gateway, which waits for an event. A waker of its own takes less of an idle connection than a waiter.
    gateway: Option<Waker>,
    phase: Phase,
}

impl State {
    fn new(total: Arc<SendQueueTotal>) -> Self {
        Self {
            backlog: Backlog::new(total),
            writing: false,
            progress: false,
            dropped: false,
            presence_missed: false,
            subscription_ended: false,
            asked: None,
            gateway: None,
            phase: Phase::Open,
        }
    }

    fn is_ending(&self) -> bool {
        self.phase != Phase::Open || self.asked.is_some()
    }

    fn has_event(&self) -> bool {
        self.is_ending() || self.subscription_ended || self.presence_missed
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Open,
    /// Only what is in the queue still goes out.
    Closing(CloseReason),
    /// The connection is broken, or everything is said.
    Closed,
}

/// What became of frames that were handed to the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pushed {
    /// Written or queued.
    Taken { dropped: bool, needs_writer: bool },
    /// The queue is full; the queue is closing now.
    Full { needs_writer: bool },
    /// It was closed before.
    Closed,
}

impl SendQueue {
    /// A queue in front of `socket`, which counts what waits in `total`, too.
    pub(crate) fn new(socket: Box<dyn Socket>, limits: SendQueueLimits, total: Arc<SendQueueTotal>) -> Self {
        Self { socket, limits, state: Mutex::new(State::new(total)), changed: Notify::new() }
    }

    /// Takes the whole frames from the offset `start` on. Those from the offset `ephemeral` on may be dropped.
    ///
    /// The bytes are shared with other connections; they are held on to only when the socket does not take them.
    #[inline]
    pub(super) fn push(&self, frames: &Bytes, start: usize, ephemeral: usize) -> Pushed {
        let mut state = self.state.lock();
        if state.phase != Phase::Open {
            return Pushed::Closed;
        }
        let mut taken = start;
        if state.backlog.is_empty() {
            taken = match self.socket.try_write(&frames[start..]) {
                Ok(count) if count == frames.len() - start => {
                    return Pushed::Taken { dropped: false, needs_writer: false };
                }
                Ok(count) => start + count,
                Err(error) if error.kind() == ErrorKind::WouldBlock => start,
                Err(_) => {
                    state.phase = Phase::Closed;
                    self.wake(state);
                    return Pushed::Closed;
                }
            };
        }
        let crowded = state.backlog.size() + frames.len() - taken > self.limits.ephemeral;
        let keep = if crowded && taken <= ephemeral { ephemeral } else { frames.len() };
        let dropped = keep < frames.len();
        state.dropped |= dropped;
        if keep - taken > 0 {
            // Measured before it grows, so that a large page sent to a good reader does not end its connection.
            if state.backlog.size() > self.limits.full || state.backlog.is_overflowing() {
                if taken > start {
                    // Even then the frame that the client has half of is finished.
                    state.backlog.push(frames.slice(start..), taken - start);
                }
                let needs_writer = self.begin_close(&mut state, CloseReason::TooSlow);
                self.wake(state);
                return Pushed::Full { needs_writer };
            }
            state.backlog.push(frames.slice(start..keep), taken - start);
        }
        // The writer task also tells the client that something was dropped, when it has written what waits.
        let waits = dropped || !state.backlog.is_empty();
        let needs_writer = waits && !std::mem::replace(&mut state.writing, true);
        Pushed::Taken { dropped, needs_writer }
    }

    /// Asks the gateway to finish what it has begun and then to close.
    pub(crate) fn ask_to_close(&self, reason: CloseReason) {
        let mut state = self.state.lock();
        state.asked.get_or_insert(reason);
        self.wake(state);
    }

    /// Lets the gateway know that the client missed presence.
    pub(crate) fn note_presence_missed(&self) {
        let mut state = self.state.lock();
        state.presence_missed = true;
        self.wake(state);
    }

    /// Lets the gateway know that a subscription ended.
    pub(crate) fn note_subscription_ended(&self) {
        let mut state = self.state.lock();
        state.subscription_ended = true;
        self.wake(state);
    }

    /// Lets nothing but a close frame follow. Answers whether a writer task is needed.
    pub(crate) fn close(&self, reason: CloseReason) -> bool {
        let mut state = self.state.lock();
        let needs_writer = state.phase == Phase::Open && self.begin_close(&mut state, reason);
        self.wake(state);
        needs_writer
    }

    fn begin_close(&self, state: &mut State, reason: CloseReason) -> bool {
        state.phase = Phase::Closing(reason);
        // A slow reader gets no more of its backlog, since it will resume; anyone else gets what was promised.
        if reason == CloseReason::TooSlow {
            state.backlog.clear_behind_frame(|frames, written| self.socket.frame_end(frames, written));
        }
        state.backlog.push(Bytes::from(self.socket.close_frame(reason)), 0);
        !std::mem::replace(&mut state.writing, true)
    }

    /// The connection is gone; nothing more can be said.
    pub(crate) fn abandon(&self) {
        let mut state = self.state.lock();
        state.phase = Phase::Closed;
        state.backlog.clear();
        self.wake(state);
    }

    /// Wakes those who wait for a change.
    fn wake(&self, mut state: MutexGuard<'_, State>) {
        let gateway = if state.has_event() { state.gateway.take() } else { None };
        drop(state);
        self.changed.notify_waiters();
        if let Some(gateway) = gateway {
            gateway.wake();
        }
    }

    /// Writes the queue until it is empty. Answers whether ephemeral frames were dropped meanwhile, which the client should
    /// hear of now that it reads again.
    pub(crate) async fn write_until_empty(&self) -> bool {
        loop {
            match self.write_waiting() {
                Progress::Empty { dropped } => return dropped,
                Progress::Blocked => {
                    if self.socket.writable().await.is_err() {
                        self.abandon();
                    }
                }
            }
        }
    }

    fn write_waiting(&self) -> Progress {
        let mut state = self.state.lock();
        while let Some((chunk, written)) = state.backlog.first() {
            match self.socket.try_write(&chunk[written..]) {
                Ok(count) => {
                    state.progress = true;
                    state.backlog.advance(count);
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.wake(state);
                    return Progress::Blocked;
                }
                Err(_) => {
                    state.phase = Phase::Closed;
                    state.backlog.clear();
                }
            }
        }
        state.backlog.clear();
        state.writing = false;
        if matches!(state.phase, Phase::Closing(_)) {
            state.phase = Phase::Closed;
        }
        let dropped = state.phase == Phase::Open && std::mem::take(&mut state.dropped);
        self.wake(state);
        Progress::Empty { dropped }
    }

    /// Whether it takes frames.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.state.lock().phase == Phase::Open
    }

    /// Whether the client has taken something of what waits since this was asked last: a slow reader is alive.
    pub(crate) fn made_progress(&self) -> bool {
        std::mem::take(&mut self.state.lock().progress)
    }

    /// Bytes that wait for the client, with what they take beside themselves.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.state.lock().backlog.size()
    }

    /// Memory that it takes.
    pub(crate) fn held(&self) -> usize {
        self.state.lock().backlog.held()
    }

    /// Resolves when at most `bytes` wait, or when it does not take any more.
    pub async fn below(&self, bytes: usize) {
        self.until(|state| state.backlog.size() <= bytes || state.phase != Phase::Open).await;
    }

    /// Resolves when the client has read so much that new work may be begun for it, or when the connection is to end.
    pub async fn keeps_up(&self) {
        self.until(|state| state.backlog.size() <= self.limits.lagging || state.is_ending()).await;
    }

    /// Resolves when the connection is to end.
    pub async fn ending(&self) {
        self.until(State::is_ending).await;
    }

    /// Resolves when nothing waits any more, and takes nothing from then on: another send queue may have the socket.
    /// `false` when it closed before.
    pub async fn retire(&self) -> bool {
        loop {
            self.below(0).await;
            let mut state = self.state.lock();
            if state.phase != Phase::Open {
                return false;
            }
            if state.backlog.is_empty() {
                state.phase = Phase::Closed;
                self.wake(state);
                return true;
            }
        }
    }

    /// Ready when there is something for the gateway to do. For the gateway alone: one task is woken, that which asked last.
    pub fn poll_event(&self, context: &mut Context<'_>) -> Poll<ConnectionEvent> {
        let mut state = self.state.lock();
        if state.is_ending() {
            let asked = state.asked.filter(|_| state.phase == Phase::Open);
            return Poll::Ready(asked.map_or(ConnectionEvent::Ended, ConnectionEvent::CloseRequested));
        }
        if std::mem::take(&mut state.subscription_ended) {
            return Poll::Ready(ConnectionEvent::SubscriptionEnded);
        }
        if std::mem::take(&mut state.presence_missed) {
            return Poll::Ready(ConnectionEvent::PresenceMissed);
        }
        match &mut state.gateway {
            Some(gateway) => gateway.clone_from(context.waker()),
            none => *none = Some(context.waker().clone()),
        }
        Poll::Pending
    }

    /// Resolves when everything, the close frame included, was written or the connection broke.
    pub async fn closed(&self) {
        self.until(|state| state.phase == Phase::Closed).await;
    }

    async fn until(&self, done: impl Fn(&State) -> bool) {
        loop {
            let mut changed = std::pin::pin!(self.changed.notified());
            // Registered before the look, so a change between the look and the wait is not missed.
            changed.as_mut().enable();
            if done(&self.state.lock()) {
                return;
            }
            changed.await;
        }
    }

    /// The frame that asks the client for a sign of life, if that is to be asked now.
    pub(crate) fn ping_frame(&self) -> Option<&'static [u8]> {
        // One for whom something waits is asked already: reading it is a sign of life.
        let is_asked = self.waiting() > 0 && !self.socket.needs_pings();
        (!is_asked).then(|| self.socket.ping_frame())
    }
}

enum Progress {
    Empty { dropped: bool },
    Blocked,
}
