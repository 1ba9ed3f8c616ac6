//! Finds what is to be pushed, and hands it on when its time has come.

use super::payload::Payload;
use super::wanted::{is_quiet, wanted};
use super::{Answer, NO_STATUS, Pusher};
use chinwag_core::chat::Chat;
use chinwag_core::domain::{
    DuePush, Millis, PUSH_MESSAGES, PushEnd, PushNews, QueuedPushes, Refusal, RoomId, UserId,
};
use chinwag_realtime::Hub;
use chinwag_wire::rest::Settings;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{Id, JoinSet};
use tokio::time::{MissedTickBehavior, interval};

/// Between two looks at the logs.
const ROUND: Duration = Duration::from_secs(1);
/// Rooms that are looked at at once, and how often within a round: on a busy server there is always more.
const ROOMS_AT_ONCE: u32 = 200;
const LOOKS_A_ROUND: usize = 10;
/// Before the first room.
const START: RoomId = RoomId(0);
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
    let mut rounds = interval(ROUND);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut finder =
        Finder { chat: chat.clone(), wait_ms: i64::try_from(wait_ms).unwrap_or(i64::MAX), after: START };
    let mut on_their_way = OnTheirWay::default();
    loop {
        let found = tokio::select! {
            _ = rounds.tick() => finder.find().await,
            // There is room for another one.
            () = on_their_way.one_arrives() => Ok(()),
        };
        let handed_on = hand_on(&chat, &hub, &pusher, &mut on_their_way).await;
        for refusal in [found, handed_on].into_iter().filter_map(Result::err) {
            tracing::warn!(%refusal, "could not push; the next round will");
        }
    }
}

/// Looks at the logs of all rooms in turn.
struct Finder {
    chat: Chat,
    wait_ms: i64,
    /// The last room that was looked at: the next round goes on behind it, so that all rooms have their turn.
    after: RoomId,
}

impl Finder {
    /// Notes what came and is wanted, and leaves the rest to the next round.
    async fn find(&mut self) -> Result<(), Refusal> {
        let mut is_left = false;
        for _ in 0..LOOKS_A_ROUND {
            let news = self.chat.push_news(self.after, ROOMS_AT_ONCE).await?;
            is_left |= news.iter().any(|of| of.messages.len() >= PUSH_MESSAGES as usize);
            let after = last_of(&news);
            self.queue(&news).await?;
            self.after = after;
            if after == START && !std::mem::take(&mut is_left) {
                break;
            }
        }
        Ok(())
    }

    async fn queue(&self, news: &[PushNews]) -> Result<(), Refusal> {
        if news.is_empty() {
            return Ok(());
        }
        let now = self.chat.now();
        let queued = news.iter().map(|of| QueuedPushes {
            room: of.room,
            since: of.since,
            head: of.head,
            wanted: wanted(of, now),
        });
        self.chat.queue_pushes(queued.collect(), Millis(now.0.saturating_add(self.wait_ms))).await
    }
}

/// Where to go on: from the start when there are no more rooms.
fn last_of(news: &[PushNews]) -> RoomId {
    news.get(ROOMS_AT_ONCE as usize - 1).map_or(START, |of| of.room)
}

/// What push services are asked at the moment, and for whom.
#[derive(Default)]
struct OnTheirWay {
    tasks: JoinSet<()>,
    people: HashMap<Id, UserId>,
}

impl OnTheirWay {
    /// Waits until one has arrived, or has failed: for ever while there is none.
    async fn one_arrives(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(ended) => self.note(ended),
            None => std::future::pending().await,
        }
    }

    fn note(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = ended.map_or_else(|failure| failure.id(), |(id, ())| id);
        self.people.remove(&id);
    }

    /// How many more may go.
    fn free(&mut self) -> u32 {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.note(ended);
        }
        u32::try_from(MOST_AT_ONCE.saturating_sub(self.tasks.len())).unwrap_or_default()
    }

    fn people(&self) -> Vec<UserId> {
        self.people.values().copied().collect()
    }

    fn send(&mut self, user: UserId, push: impl Future<Output = ()> + Send + 'static) {
        let id = self.tasks.spawn(push).id();
        self.people.insert(id, user);
    }
}

/// Hands on what is due. One push service that is slow keeps few others waiting, and one person none.
async fn hand_on(
    chat: &Chat,
    hub: &Hub,
    pusher: &Arc<Pusher>,
    on_their_way: &mut OnTheirWay,
) -> Result<(), Refusal> {
    loop {
        let limit = on_their_way.free();
        let until = Millis(chat.now().0 + TAKEN_MS);
        let due = match limit {
            0 => Vec::new(),
            1.. => chat.take_pushes(limit, until, on_their_way.people()).await?,
        };
        if due.is_empty() {
            return Ok(());
        }
        for push in due {
            let settings = Settings::read(&push.document);
            if hub.is_active(push.user) || is_quiet(&settings.notifications, &push.wish, chat.now()) {
                chat.end_push(push, PushEnd::Dropped).await?;
            } else {
                let user = push.user;
                on_their_way.send(user, hand_over(chat.clone(), Arc::clone(pusher), push, settings));
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
    use chinwag_core::domain::Seq;

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

    #[test]
    fn a_round_goes_on_where_the_last_one_ended() {
        let of = |room| PushNews {
            room: RoomId(room),
            is_conversation: false,
            since: Seq(0),
            head: Seq(1),
            messages: Vec::new(),
            listeners: Vec::new(),
        };
        let news: Vec<_> = (1..=i64::from(ROOMS_AT_ONCE)).map(|number| of(number * 3)).collect();
        assert_eq!(last_of(&news), RoomId(600));
        assert_eq!(last_of(&news[1..]), START, "there were no more");
    }

    #[tokio::test]
    async fn whoever_has_something_on_its_way_is_named() {
        let mut on_their_way = OnTheirWay::default();
        let (done, wait) = tokio::sync::oneshot::channel::<()>();
        on_their_way.send(UserId(1), async { _ = wait.await });
        on_their_way.send(UserId(2), std::future::pending());
        assert_eq!((on_their_way.free(), on_their_way.people().len()), (62, 2));
        done.send(()).unwrap();
        on_their_way.one_arrives().await;
        assert_eq!((on_their_way.free(), on_their_way.people()), (63, vec![UserId(2)]));
    }
}
