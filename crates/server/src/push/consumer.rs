//! Finds what is to be pushed, and hands it on when its time has come.

use super::payload::Payload;
use super::wanted::{is_quiet, wanted};
use super::{Answer, NO_STATUS, Pusher};
use chinwag_core::chat::Chat;
use chinwag_core::domain::{DuePush, Millis, PushEnd, QueuedPushes, Refusal};
use chinwag_realtime::Hub;
use chinwag_wire::rest::Settings;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

/// Between two looks, unless messages wait for less.
const ROUND: Duration = Duration::from_secs(1);
const SHORTEST_ROUND: Duration = Duration::from_millis(50);
/// Rooms that are looked at at once.
const ROOMS_AT_ONCE: u32 = 200;
/// Pushes that are on their way at once.
const MOST_AT_ONCE: usize = 64;
/// How long what was taken is left to whoever took it, in milliseconds: longer than a push service may take.
const TAKEN_MS: i64 = 60_000;
/// How often something is tried, and how long it waits after the first time.
const MOST_TRIES: u32 = 8;
const FIRST_PAUSE_MS: i64 = 5_000;
/// The longest pause.
const LONGEST_PAUSE_MS: i64 = 6 * 60 * 60 * 1000;

/// Pushes for ever. `wait_ms` is how long a message waits whether its person comes by.
pub(crate) async fn run(chat: Chat, hub: Arc<Hub>, pusher: Arc<Pusher>, wait_ms: u64) {
    let mut rounds = interval(Duration::from_millis(wait_ms).clamp(SHORTEST_ROUND, ROUND));
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let wait_ms = i64::try_from(wait_ms).unwrap_or(i64::MAX);
    let mut on_their_way = JoinSet::new();
    loop {
        rounds.tick().await;
        let found = find(&chat, wait_ms).await;
        let handed_on = match found {
            Ok(()) => hand_on(&chat, &hub, &pusher, &mut on_their_way).await,
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = handed_on {
            tracing::warn!(%refusal, "could not push; the next round will");
        }
    }
}

/// Notes what came and is wanted.
async fn find(chat: &Chat, wait_ms: i64) -> Result<(), Refusal> {
    loop {
        let news = chat.push_news(ROOMS_AT_ONCE).await?;
        if news.is_empty() {
            return Ok(());
        }
        let now = chat.now();
        let queued = news.iter().map(|of| QueuedPushes {
            room: of.room,
            since: of.since,
            head: of.head,
            wanted: wanted(of, now),
        });
        chat.queue_pushes(queued.collect(), Millis(now.0.saturating_add(wait_ms))).await?;
    }
}

/// Hands on what is due. One push service that is slow keeps few others waiting.
async fn hand_on(
    chat: &Chat,
    hub: &Hub,
    pusher: &Arc<Pusher>,
    on_their_way: &mut JoinSet<()>,
) -> Result<(), Refusal> {
    loop {
        while on_their_way.try_join_next().is_some() {}
        let free = MOST_AT_ONCE.saturating_sub(on_their_way.len());
        let limit = u32::try_from(free).unwrap_or_default();
        let until = Millis(chat.now().0 + TAKEN_MS);
        let due = if limit == 0 { Vec::new() } else { chat.take_pushes(limit, until).await? };
        if due.is_empty() {
            return Ok(());
        }
        for push in due {
            let settings = Settings::read(&push.document);
            if hub.is_active(push.user) || is_quiet(&settings.notifications, &push.wish, chat.now()) {
                chat.end_push(push, PushEnd::Dropped).await?;
            } else {
                on_their_way.spawn(hand_over(chat.clone(), Arc::clone(pusher), push, settings));
            }
        }
    }
}

async fn hand_over(chat: Chat, pusher: Arc<Pusher>, push: DuePush, settings: Settings) {
    let answer = pusher.push(&push.target, &Payload::of(&push, &settings), chat.now()).await;
    let end = end_of(push.tries, answer, chat.now());
    if let Err(refusal) = chat.end_push(push, end).await {
        tracing::warn!(%refusal, "could not note what became of a push; it comes again");
    }
}

fn end_of(tries: u32, answer: Answer, now: Millis) -> PushEnd {
    match answer {
        Answer::Taken => PushEnd::Taken,
        Answer::Gone => PushEnd::Gone,
        Answer::Refused(status) => PushEnd::Refused(status),
        Answer::Later(_) if tries >= MOST_TRIES => PushEnd::Refused(NO_STATUS),
        Answer::Later(after) => {
            let usual = FIRST_PAUSE_MS << tries.saturating_sub(1).min(MOST_TRIES);
            let pause = after.map_or(usual, |seconds| i64::from(seconds) * 1000);
            PushEnd::Again(Millis(now.0 + pause.min(LONGEST_PAUSE_MS)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_later_waits_as_long_as_it_is_told_to() {
        let end = |tries, answer| end_of(tries, answer, Millis(1000));
        assert_eq!(end(1, Answer::Later(None)), PushEnd::Again(Millis(6_000)));
        assert_eq!(end(3, Answer::Later(None)), PushEnd::Again(Millis(21_000)));
        assert_eq!(end(3, Answer::Later(Some(120))), PushEnd::Again(Millis(121_000)));
        assert_eq!(end(1, Answer::Later(Some(u32::MAX))), PushEnd::Again(Millis(1000 + LONGEST_PAUSE_MS)));
        assert_eq!(end(MOST_TRIES, Answer::Later(None)), PushEnd::Refused(NO_STATUS));
        assert_eq!(end(1, Answer::Refused(403)), PushEnd::Refused(403));
    }
}
