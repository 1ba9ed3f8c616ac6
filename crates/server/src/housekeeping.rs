//! What has to be done now and then.

use crate::adapters::{RateLimiter, give_memory_back};
use crate::files::FileStore;
use chinwag_core::chat::{CarriedOut, Chat};
use chinwag_core::domain::{Millis, Refusal};
use chinwag_realtime::Hub;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// Between two rounds. Short enough that nobody who is here looks idle, long enough to cost nothing.
const ROUND: Duration = Duration::from_secs(10 * 60);
/// Rounds in a row in which the clock must have gone evenly before anybody is removed for being away: a machine may start with a wrong
/// clock, or wake up, and what is removed does not come back.
const EVEN_ROUNDS: u32 = 6;
/// How far the clock may be from what has passed after a round.
const DRIFT: Duration = Duration::from_secs(60);

/// Between two looks for memory that is free: what a crowd took is soon needed by others on the machine.
const MEMORY_ROUND: Duration = Duration::from_secs(10);

/// Gives memory back to the system, for ever.
pub(crate) async fn keep_memory_low() {
    let mut rounds = interval(MEMORY_ROUND);
    loop {
        rounds.tick().await;
        give_memory_back();
    }
}

/// Between two looks for what is due: nobody minds a second.
const SCHEDULE_ROUND: Duration = Duration::from_secs(1);

/// Sends messages and reminds people when the time has come, for ever. What came while no server ran is late, but not lost.
pub(crate) async fn carry_out_scheduled(chat: Chat) {
    let mut rounds = interval(SCHEDULE_ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        rounds.tick().await;
        while carry_out_some(&chat).await {}
    }
}

/// Answers whether to go on at once.
async fn carry_out_some(chat: &Chat) -> bool {
    match chat.carry_out_due().await {
        Ok(CarriedOut { done, put_off, is_more }) => {
            if done > 0 {
                tracing::debug!(done, "carried out what was scheduled");
            }
            for (id, refusal) in put_off {
                tracing::warn!(id, %refusal, "could not carry out what was scheduled; it waits a minute");
            }
            is_more
        }
        Err(refusal) => {
            tracing::warn!(%refusal, "could not carry out what was scheduled; the next round will");
            false
        }
    }
}

/// Between two looks for files that are to go.
const FILE_ROUND: Duration = Duration::from_secs(5);
/// Rounds between two looks for files that were not sent.
const EXPIRY_ROUNDS: u32 = 120;

/// Removes what is left of deleted files, and files that were never sent, for ever. What a server that ended has left is found here, too.
pub(crate) async fn remove_files(chat: Chat, files: Arc<FileStore>) {
    let mut rounds = interval(FILE_ROUND);
    for round in 0_u32.. {
        rounds.tick().await;
        let expired = if round % EXPIRY_ROUNDS == 0 { chat.expire_files().await } else { Ok(0) };
        let removed = match expired {
            Ok(_) => chat.remove_blobs(files.blobs()).await,
            Err(refusal) => Err(refusal),
        };
        match removed {
            Ok(0) => {}
            Ok(removed) => tracing::info!(files = removed, "removed the bytes of files"),
            Err(refusal) => {
                tracing::warn!(%refusal, "could not look for files to remove; the next round will")
            }
        }
    }
}

/// Keeps house for ever: notes who is here, removes guests who were not for long, and forgets old activity and rate limits.
pub(crate) async fn run(chat: Chat, hub: Arc<Hub>, limiter: Option<Arc<RateLimiter>>) {
    let mut rounds = interval(ROUND);
    // Nobody has had time to come back yet when the server was off for long, so the first round comes later.
    rounds.tick().await;
    let mut trust = Trust::new(Instant::now(), chat.now());
    loop {
        rounds.tick().await;
        let is_clock_right = trust.after_round(Instant::now(), chat.now());
        let here = hub.take_lately_here();
        let touched = if here.is_empty() { Ok(()) } else { chat.note_present(here).await };
        let removed = match touched {
            Ok(()) if is_clock_right => remove_the_gone(&chat).await,
            Ok(()) => Ok(0),
            Err(refusal) => Err(refusal),
        };
        match removed {
            Ok(0) => {}
            Ok(guests) => tracing::info!(guests, "removed guests who were not here for long"),
            Err(refusal) => tracing::warn!(%refusal, "could not look for idle guests; the next round will"),
        }
        if let Err(refusal) = chat.trim_activity().await {
            tracing::warn!(%refusal, "could not forget old activity; the next round will");
        }
        if let Some(limiter) = &limiter
            && let Err(refusal) = limiter.forget_the_rested().await
        {
            tracing::warn!(%refusal, "could not forget old rate limits; the next round will");
        }
    }
}

/// Removes guests who were not here for long, visitors who cannot come back, and sessions for which nobody vouches any more. Answers how many guests.
async fn remove_the_gone(chat: &Chat) -> Result<u32, Refusal> {
    chat.forget_past_visits().await?;
    chat.end_unvouched().await?;
    chat.remove_idle_guests().await
}

/// How far the clock is believed that tells how long somebody was away.
struct Trust {
    /// When it was looked at last, and what it told.
    last: (Instant, Millis),
    even_rounds: u32,
}

impl Trust {
    fn new(now: Instant, told: Millis) -> Self {
        Self { last: (now, told), even_rounds: 0 }
    }

    /// Compares what the clock tells after a round with what has passed. Answers whether it is to be believed.
    fn after_round(&mut self, now: Instant, told: Millis) -> bool {
        let (before, told_before) = std::mem::replace(&mut self.last, (now, told));
        let passed = i64::try_from((now - before).as_millis()).unwrap_or(i64::MAX);
        let drift = told.0.saturating_sub(told_before.0).abs_diff(passed);
        if u128::from(drift) <= DRIFT.as_millis() {
            self.even_rounds = self.even_rounds.saturating_add(1);
        } else {
            self.even_rounds = 0;
            tracing::warn!(drift_ms = drift, "the clock jumped; no guest is removed in the next hour");
        }
        self.even_rounds >= EVEN_ROUNDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_believed_after_an_hour_without_a_jump() {
        let (begin, day) = (Instant::now(), 24 * 60 * 60 * 1000);
        let mut trust = Trust::new(begin, Millis(0));
        let mut round = |number: u32, jumped: i64| {
            let passed = ROUND * number;
            trust.after_round(begin + passed, Millis(passed.as_millis() as i64 + jumped))
        };
        let believed: Vec<_> = (1..=8).map(|number| round(number, 0)).collect();
        assert_eq!(believed, [false, false, false, false, false, true, true, true]);
        let forward: Vec<_> = (9..=16).map(|number| round(number, 40 * day)).collect();
        assert_eq!(forward, [false, false, false, false, false, false, true, true]);
        assert!(!round(17, 0), "it was put back");
    }
}
