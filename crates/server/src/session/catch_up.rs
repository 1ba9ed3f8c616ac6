use super::{CatchUp, LiveSession};
use bytes::Bytes;
use chinwag_core::domain::{Refusal, Seq};
use chinwag_core::ports::CloseReason;
use chinwag_gateway::LogPosition;
use chinwag_realtime::{NotLive, Subscription};

/// Events that are read from the log at once.
const REPLAY_PAGE: u32 = 500;

/// Whether a subscription went live.
pub(super) enum Live {
    Yes,
    /// The person left or the room was deleted meanwhile.
    Ended,
}

impl LiveSession {
    /// Sends what was committed since the client's view was made, and goes live. If that fails, the connection is closed to
    /// resume: never a silent hole.
    pub(crate) async fn catch_up(&self, CatchUp { subscription, seen, authorized_at }: CatchUp) {
        match self.go_live(&subscription, authorized_at, seen, |_| ()).await {
            Ok(Live::Yes) => {}
            Ok(Live::Ended) => self.connection.close(CloseReason::Busy),
            Err(refusal) => self.give_up(&refusal),
        }
    }

    /// As [`catch_up`](Self::catch_up), with everything that came after a position a little before the client's view was made.
    pub(crate) async fn catch_up_since(&self, catch_up: CatchUp, since: Option<LogPosition>) {
        let CatchUp { subscription, seen, authorized_at } = catch_up;
        // A room that was made later has nothing but what is new.
        let since = since.filter(|since| since.room == subscription.room_id()).map_or(Seq(0), |since| since.seq);
        match self.replay(&subscription, since, seen).await {
            Ok(replayed) => self.catch_up(CatchUp { subscription, seen: replayed, authorized_at }).await,
            Err(refusal) => self.give_up(&refusal),
        }
    }

    /// Closes a connection that cannot be brought up to date now.
    pub(super) fn give_up(&self, refusal: &Refusal) {
        if self.connection.outbox().is_open() {
            tracing::warn!(connection = self.connection.id.0, %refusal, "could not catch up; the client is to resume");
            self.connection.close(CloseReason::Busy);
        }
    }

    /// Sends the log after `seen` until the subscription can go live; at `authorized_at` the person was a member.
    /// `announce` is called with the last place that was sent, before the first live event goes out.
    pub(super) async fn go_live(
        &self,
        subscription: &Subscription,
        authorized_at: Seq,
        mut seen: Seq,
        announce: impl Fn(Seq),
    ) -> Result<Live, Refusal> {
        loop {
            match subscription.go_live(authorized_at, seen, || announce(seen)) {
                Ok(()) => return Ok(Live::Yes),
                Err(NotLive::Ended) => return Ok(Live::Ended),
                Err(NotLive::Behind(skipped_to)) => seen = self.replay(subscription, seen, skipped_to).await?,
            }
        }
    }

    /// Sends the log after `seen` up to `until`. Answers the last place that was sent.
    pub(super) async fn replay(
        &self,
        subscription: &Subscription,
        mut seen: Seq,
        until: Seq,
    ) -> Result<Seq, Refusal> {
        while seen < until {
            // A client that reads slowly gets the next page when it has read the last one, so memory stays bounded.
            self.reader_caught_up().await;
            if !self.connection.outbox().is_open() {
                return Err(Refusal::Unavailable);
            }
            // Places are numbered without a gap.
            let page = u32::try_from(until.0 - seen.0).map_or(REPLAY_PAGE, |rest| rest.min(REPLAY_PAGE));
            let events = self.app.chat.store.events_after(subscription.room_id(), seen, page).await?;
            // An event that the room has seen is in the log, so an empty page means that the log is broken.
            let Some(last) = events.last() else { return Err(Refusal::Unavailable) };
            seen = last.seq;
            let frames = self.app.hub.encode_events(&self.connection, subscription.slug(), &events);
            self.connection.send(Bytes::from(frames));
        }
        Ok(seen)
    }
}
