use super::subscribers::NotLive;
use super::subscription::Subscription;
use crate::connection::Connection;
use chinwag_core::domain::{LogAccess, Refusal, Seq};
use chinwag_core::ports::{CloseReason, ReplayPage, ReplaySpan, RoomLog, Signal};
use std::sync::Arc;

/// Events that are read from the log at first, and at most, at once.
const FIRST_PAGE: u32 = 100;
const LARGEST_PAGE: u32 = 500;
/// Bytes that a page is to have, judged by the one before it: a client that reads nothing has one waiting.
const PAGE_BYTES: usize = 128 * 1024;

/// Brings subscribers up to date from the logs of their rooms.
///
/// Made apart from the hub: the storage publishes to the hub, so it comes after it.
#[derive(Clone)]
pub struct Replayer {
    log: Arc<dyn RoomLog>,
    count: Arc<CountAnswers>,
}

/// Counts bytes that a connection is sent from the log, and tells when those were too many for whoever is behind it.
pub type CountAnswers = dyn Fn(&Connection, usize) -> Result<(), Refusal> + Send + Sync;

/// How bringing a subscriber up to date ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaughtUp {
    /// It is live.
    Live,
    /// The person left or the room was deleted meanwhile; the subscription has ended.
    Ended,
}

impl Replayer {
    /// Reads on in this log.
    #[must_use]
    pub fn new(log: Arc<dyn RoomLog>) -> Self {
        Self { log, count: Arc::new(|_, _| Ok(())) }
    }

    /// The same, which tells `count` what it sends. When it refuses, a replay breaks off.
    #[must_use]
    pub fn counting(self, count: Arc<CountAnswers>) -> Self {
        Self { count, ..self }
    }

    /// Sends what was committed after `position`, up to where the client was given the log, and goes live. If that fails, the
    /// connection is closed to resume: never a silent hole.
    pub async fn catch_up(&self, subscription: &Subscription, access: &LogAccess, position: Seq) {
        match self.go_live(subscription, access, position, |_| ()).await {
            Ok(CaughtUp::Live) => {}
            Ok(CaughtUp::Ended) => subscription.connection.close(CloseReason::Busy),
            Err(refusal) => subscription.connection.give_up(&refusal),
        }
    }

    /// Sends the log after `position`, up to where the access was granted at least, until the subscription can go live. `announce` is
    /// called with the last place that was sent, before the first live event goes out.
    ///
    /// # Errors
    /// Those of [`replay`](Self::replay).
    pub async fn go_live(
        &self,
        subscription: &Subscription,
        access: &LogAccess,
        position: Seq,
        announce: impl Fn(Seq),
    ) -> Result<CaughtUp, Refusal> {
        // What was committed before the room was known here was not skipped, but it is missing all the same.
        let mut until = access.authorized_at().max(position);
        let seen = position;
        let mut position = position;
        loop {
            position = self.replay_on(subscription, access, (seen, position), until).await?;
            if position < until {
                subscription.end();
                return Ok(CaughtUp::Ended);
            }
            match subscription.go_live(access, position, || announce(position)) {
                Ok(()) => return Ok(CaughtUp::Live),
                Err(NotLive::Ended) => return Ok(CaughtUp::Ended),
                Err(NotLive::Behind(skipped_to)) => until = skipped_to,
            }
        }
    }

    /// Sends the log after `position` up to `until`, or up to the event with which the person's right to it ends. Answers the last place
    /// that was sent.
    ///
    /// # Errors
    /// [`Refusal::Unavailable`] when the storage fails, the connection ends, or the access is not for this subscription;
    /// [`Refusal::RateLimited`] when the client was sent too much, and comes back for the rest.
    pub async fn replay(
        &self,
        subscription: &Subscription,
        access: &LogAccess,
        position: Seq,
        until: Seq,
    ) -> Result<Seq, Refusal> {
        self.replay_on(subscription, access, (position, position), until).await
    }

    /// The same for a client that had the log up to `seen` at first.
    async fn replay_on(
        &self,
        subscription: &Subscription,
        access: &LogAccess,
        (seen, position): (Seq, Seq),
        mut until: Seq,
    ) -> Result<Seq, Refusal> {
        // Nothing from before the person's time, wherever one says that one stands.
        let mut position = access.readable_after(position);
        let connection = &subscription.connection;
        let mut page = FIRST_PAGE;
        // Behind it something may have been left out that the client was not told of yet.
        let mut told = position;
        while position < until {
            // A client that reads slowly gets the next page when it has read the last one, so memory stays bounded.
            connection.send_queue().keeps_up().await;
            if !connection.send_queue().is_open() || !subscription.is_granted_by(access) {
                return Err(Refusal::Unavailable);
            }
            (self.count)(connection, 0)?;
            // Places are numbered without a gap.
            let rest = u32::try_from(until.0 - position.0).unwrap_or(u32::MAX);
            let span = ReplaySpan { seen, after: position, limit: page.min(rest) };
            let ReplayPage { events, through, until: told_at } = self.log.replay(access, span).await?;
            // An event that the room has seen is in the log, so an empty page means that the log is broken.
            if through <= position {
                return Err(Refusal::Unavailable);
            }
            let (before, read) = (position, through.0 - position.0);
            position = through;
            until = until.max(told_at);
            let right_ends = subscription.note_read(&events, access);
            // Nobody gets what came after his removal, however late it is heard of here.
            let allowed = right_ends.unwrap_or(events.len());
            let bytes = connection.send_replayed(&subscription.address(), told, &events[..allowed]);
            told = events[..allowed].last().map_or(told, |event| event.seq);
            if right_ends.is_some() {
                return Ok(allowed.checked_sub(1).map_or(before, |last| events[last].seq));
            }
            // What follows asks before it reads on.
            _ = (self.count)(connection, bytes);
            page = next_page(usize::try_from(read).unwrap_or(usize::MAX), bytes);
        }
        if told < position {
            let (room, from) = (subscription.room_id(), told.next());
            connection.signal(&Signal::Skipped { room, from, to: position });
        }
        Ok(position)
    }
}

/// Events of the next page, when as many as these had so many bytes.
fn next_page(events: usize, bytes: usize) -> u32 {
    let fitting = PAGE_BYTES.saturating_mul(events) / bytes.max(1);
    u32::try_from(fitting).unwrap_or(u32::MAX).clamp(1, LARGEST_PAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_as_many_events_as_fit() {
        assert_eq!(next_page(100, 25_600), LARGEST_PAGE);
        assert_eq!(next_page(100, 800_000), 16);
        assert_eq!(next_page(1, 1_000_000), 1);
        assert_eq!(next_page(0, 0), 1);
        assert_eq!(next_page(100, 0), LARGEST_PAGE, "a protocol may not show them");
    }
}
