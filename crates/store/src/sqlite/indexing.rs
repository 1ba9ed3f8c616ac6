//! Brings messages into the index that people search, beside all that is written.

use crate::search_index::{self, Due};
use crate::sql::{DatabaseError, Failure};
use chinwag_core::domain::{EventBody, MessageEvent, Millis, RoomId};
use chinwag_core::ports::Publication;
use rusqlite::{Connection, TransactionBehavior};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// Messages of one transaction at most. Meanwhile nobody else writes.
const MOST: usize = 64;
/// So many of them come in even when others begin to wait: alone, each would cost several times as much.
const LEAST: usize = 16;
/// How long messages gather: many at once cost a tenth of what each costs alone.
const GATHER: Duration = Duration::from_millis(50);
/// How late the index may be before those who write have to wait for it.
const LATEST: Duration = Duration::from_secs(1);
/// Then it takes one part of the time in so many.
const SHARE: u32 = 10;
/// After a failure.
const PAUSE: Duration = Duration::from_secs(10);
/// How often it is told how far a long work is.
const TELL: Duration = Duration::from_secs(10);
/// A work that is worth telling.
const LONG: u64 = 1000;

/// What is to come into the index.
pub(super) struct Indexing {
    /// Of each room the first that is not in it.
    waiting: BinaryHeap<Reverse<Due>>,
    /// The rooms that have one there.
    rooms: HashSet<RoomId>,
    /// When the next part is due; none when everything is in it.
    due: Option<Instant>,
    /// Those who wait to write are not kept waiting before that.
    rests_until: Instant,
    /// Whether it is to be looked up what is missing.
    looks: bool,
    /// Whether commits reach the disk a moment later: what is lost of the index is made again.
    is_relaxed: bool,
    work: Work,
    reached: Reached,
}

/// What was done since something was missing.
struct Work {
    since: Instant,
    told: Instant,
    messages: u64,
}

/// How far the index is, for those who search.
#[derive(Clone)]
pub(super) struct Reached(Arc<AtomicI64>);

/// Everything is in the index.
const ALL: i64 = i64::MAX;

impl Reached {
    /// The time of the first message that is not in the index.
    pub(super) fn get(&self) -> Option<Millis> {
        Some(self.0.load(Ordering::Acquire)).filter(|at| *at != ALL).map(Millis)
    }
}

impl Default for Reached {
    /// Nothing is known yet.
    fn default() -> Self {
        Self(Arc::new(AtomicI64::new(0)))
    }
}

impl Indexing {
    pub(super) fn new(reached: Reached) -> Self {
        let now = Instant::now();
        Self {
            waiting: BinaryHeap::new(),
            rooms: HashSet::new(),
            due: Some(now),
            rests_until: now,
            looks: true,
            is_relaxed: false,
            work: Work { since: now, told: now, messages: 0 },
            reached,
        }
    }

    /// Notes the messages that were written just now.
    pub(super) fn note(&mut self, publications: &[Publication]) {
        for publication in publications {
            let Publication::Room(event) = publication else { continue };
            if let EventBody::Message(MessageEvent::Posted(_)) = event.body
                && self.rooms.insert(event.room)
            {
                self.wait_for(Due { at: event.at, room: event.room, seq: event.seq });
            }
        }
        if self.due.is_none() && !self.waiting.is_empty() {
            let now = Instant::now();
            self.due = Some(now + GATHER);
            self.work = Work { since: now, told: now, messages: 0 };
            self.tell_reached();
        }
    }

    /// The index is empty.
    pub(super) fn begin_anew(&mut self) {
        let reached = self.reached.clone();
        *self = Self { is_relaxed: self.is_relaxed, ..Self::new(reached) };
        self.reached.0.store(0, Ordering::Release);
    }

    pub(super) fn due(&self) -> Option<Instant> {
        self.due
    }

    /// Whether something is to be done now, when others wait to write or not.
    pub(super) fn has_work(&self, others_wait: impl FnOnce() -> bool) -> bool {
        let Some(due) = self.due else { return false };
        let now = Instant::now();
        due <= now && ((due + LATEST <= now && self.rests_until <= now) || !others_wait())
    }

    /// Sees to it that commits reach the disk at once, as others expect it.
    pub(super) fn make_durable(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if self.is_relaxed {
            connection.execute_batch("PRAGMA synchronous = FULL")?;
            self.is_relaxed = false;
        }
        Ok(())
    }

    /// Brings some messages into the index, at most until others wait who need not.
    pub(super) fn carry_out(&mut self, connection: &mut Connection, others_wait: &dyn Fn() -> bool) {
        let begin = Instant::now();
        let is_late = self.due.is_some_and(|due| due + LATEST <= begin);
        let is_enough = || !is_late && others_wait();
        let done = catch_unwind(AssertUnwindSafe(|| self.attempt(connection, &is_enough)));
        match done {
            Ok(Ok(())) => {
                let now = Instant::now();
                self.rests_until = now + (now - begin) * (SHARE - 1);
                // When others were in the way it stays as late as it is.
                self.due = if self.waiting.is_empty() { None } else { self.due };
                self.tell_progress();
            }
            Ok(Err(error)) => self.pause(&error.to_string()),
            Err(_) => self.pause("it panicked"),
        }
        self.tell_reached();
    }

    fn attempt(
        &mut self,
        connection: &mut Connection,
        is_enough: &dyn Fn() -> bool,
    ) -> Result<(), DatabaseError> {
        if !self.is_relaxed {
            connection.execute_batch("PRAGMA synchronous = NORMAL")?;
            self.is_relaxed = true;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = self.take_in(&transaction, is_enough).map_err(|failure| match failure {
            Failure::Database(error) => error,
            Failure::Refused(refusal) => DatabaseError::defect(refusal.to_string()),
        });
        done?;
        transaction.commit()?;
        Ok(())
    }

    fn take_in(&mut self, sql: &Connection, is_enough: &dyn Fn() -> bool) -> Result<(), Failure> {
        if self.looks {
            if !search_index::is_current(sql)? {
                search_index::clear(sql)?;
            }
            self.waiting = search_index::behind(sql)?.into_iter().map(Reverse).collect();
            self.rooms = self.waiting.iter().map(|Reverse(due)| due.room).collect();
            self.looks = false;
        }
        for taken in 1..=MOST {
            let Some(Reverse(due)) = self.waiting.pop() else { return Ok(()) };
            search_index::take_in(sql, due)?;
            self.work.messages += 1;
            match search_index::next(sql, due.room, due.seq)? {
                Some(next) => self.wait_for(next),
                None => _ = self.rooms.remove(&due.room),
            }
            if taken >= LEAST && is_enough() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn wait_for(&mut self, due: Due) {
        self.waiting.push(Reverse(due));
    }

    fn pause(&mut self, error: &str) {
        tracing::error!(
            error,
            "messages could not be brought into the index that people search; trying again"
        );
        self.looks = true;
        self.due = Some(Instant::now() + PAUSE);
        self.waiting.clear();
        self.rooms.clear();
    }

    fn tell_reached(&self) {
        let first = self.waiting.peek().map_or(ALL, |Reverse(due)| due.at.0);
        let reached = if self.looks { 0 } else { first };
        self.reached.0.store(reached, Ordering::Release);
    }

    fn tell_progress(&mut self) {
        let Work { since, told, messages } = self.work;
        let (now, is_done) = (Instant::now(), self.due.is_none());
        if is_done && messages >= LONG {
            tracing::info!(messages, seconds = since.elapsed().as_secs(), "all messages can be searched");
        } else if !is_done && told + TELL <= now {
            self.work.told = now;
            tracing::info!(messages, "messages are being brought into the index that people search");
        }
    }
}
