//! What has to be done now and then.

use crate::adapters::RateLimiter;
use chinwag_core::chat::Chat;
use chinwag_realtime::Hub;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;

/// Between two rounds. Short enough that nobody who is here looks idle, long enough to cost nothing.
const ROUND: Duration = Duration::from_secs(10 * 60);

/// Keeps house for ever: notes who is here, removes guests who were not for long, and forgets old rate limits.
pub(crate) async fn run(chat: Chat, hub: Arc<Hub>, limiter: Option<Arc<RateLimiter>>) {
    let mut rounds = interval(ROUND);
    // Nobody has had time to come back yet when the server was off for long, so the first round comes later.
    rounds.tick().await;
    loop {
        rounds.tick().await;
        let here = hub.lately_here();
        let touched = if here.is_empty() { Ok(()) } else { chat.store.touch(here).await };
        let removed = match touched {
            Ok(()) => chat.remove_idle_guests().await,
            Err(refusal) => Err(refusal),
        };
        match removed {
            Ok(0) => {}
            Ok(guests) => tracing::info!(guests, "removed guests who were not here for long"),
            Err(refusal) => tracing::warn!(%refusal, "could not look for idle guests; the next round will"),
        }
        if let Some(limiter) = &limiter {
            limiter.forget_the_rested();
        }
    }
}
