use super::{Chat, DraftText};
use crate::domain::{
    Actor, ClientId, FileId, InThread, MessageText, Millis, NewScheduled, Plan, Refusal, RoomId,
    SCHEDULED_AHEAD_MS, Scheduled, Seq,
};
use crate::ports::Schedule;

/// What is carried out at most before others have their turn.
const AT_ONCE: u32 = 50;
/// How long something waits that could not be carried out, in milliseconds: others have their turn meanwhile.
const PUT_OFF_MS: i64 = 60_000;
/// How far back a time may be, in milliseconds: a clock that goes after the server's is no reason to refuse.
const PAST_MS: i64 = 60_000;

/// A message that is to be sent later. Its text is not checked yet.
#[derive(Clone, Debug)]
pub struct LaterMessage<'a> {
    /// The room.
    pub room: RoomId,
    /// The text.
    pub text: &'a str,
    /// The message of the same room that it answers.
    pub reply_to: Option<Seq>,
    /// The thread in which it is to stand.
    pub thread: Option<InThread>,
    /// The files that come with it. With files it may have no text.
    pub attachments: Box<[FileId]>,
}

/// What came of what was due.
#[derive(Debug, PartialEq, Eq)]
pub struct CarriedOut {
    /// How many were carried out.
    pub done: usize,
    /// The numbers of those that could not be carried out and wait longer, with the reason.
    pub put_off: Vec<(i64, Refusal)>,
    /// Whether it is worth while to go on at once.
    pub is_more: bool,
}

impl Chat {
    /// Has a message be sent later. Answers the number under which it waits.
    ///
    /// # Errors
    /// Those of a message and its rate, [`Refusal::ScheduleInvalid`], and those of [`schedule`](crate::ports::Schedule::schedule).
    pub async fn send_later(
        &self,
        actor: Actor,
        client_id: ClientId,
        due: Millis,
        message: LaterMessage<'_>,
    ) -> Result<i64, Refusal> {
        let LaterMessage { room, text, reply_to, thread, attachments } = message;
        self.check_due(due)?;
        let text = self.check_with_files(actor, DraftText::Trimmed(text), &attachments)?;
        let plan = Plan::Message { room, text, reply_to, thread };
        self.store.schedule(actor, NewScheduled { client_id, due, plan, attachments }).await
    }

    /// Has its author be reminded, of a message or of what is written. Answers the number under which it waits.
    ///
    /// # Errors
    /// [`Refusal::MessageEmpty`] where there is neither, and as [`send_later`](Self::send_later).
    pub async fn remind(
        &self,
        actor: Actor,
        client_id: ClientId,
        due: Millis,
        (about, text): (Option<(RoomId, Seq)>, &str),
    ) -> Result<i64, Refusal> {
        self.count_change(actor)?;
        self.check_due(due)?;
        let parsed = MessageText::parse(text, self.limits.message_length);
        let text = if about.is_some() { MessageText::or_nothing(parsed)? } else { parsed? };
        let plan = Plan::Reminder { about, text };
        self.store.schedule(actor, NewScheduled { client_id, due, plan, attachments: Box::default() }).await
    }

    /// All that waits for the actor, what comes first at the beginning.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn scheduled(&self, actor: Actor) -> Result<Vec<Scheduled>, Refusal> {
        self.count_read(actor)?;
        self.store.scheduled(actor.user).await
    }

    /// Has something happen at another time.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`], [`Refusal::ScheduleInvalid`], [`Refusal::ScheduledNotFound`].
    pub async fn reschedule(&self, actor: Actor, id: i64, due: Millis) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.check_due(due)?;
        self.store.reschedule(actor, id, due).await
    }

    /// Has it not happen, or dismisses it.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`].
    pub async fn unschedule(&self, actor: Actor, id: i64) -> Result<(), Refusal> {
        self.count_change(actor)?;
        self.store.unschedule(actor, id).await
    }

    /// Carries out some of what is due.
    ///
    /// # Errors
    /// Those of the storage, where it does not even put off what fails. What is left is carried out by the next call.
    pub async fn carry_out_due(&self) -> Result<CarriedOut, Refusal> {
        carry_out_due(&*self.store, self.clock.now()).await
    }

    fn check_due(&self, due: Millis) -> Result<(), Refusal> {
        let now = self.clock.now().0;
        let may_be = now.saturating_sub(PAST_MS)..=now.saturating_add(SCHEDULED_AHEAD_MS);
        if may_be.contains(&due.0) {
            Ok(())
        } else {
            Err(Refusal::ScheduleInvalid("Choose a time that is still to come, within a year."))
        }
    }
}

/// What one cannot carry out does not stop the others.
async fn carry_out_due<S: Schedule + ?Sized>(schedule: &S, now: Millis) -> Result<CarriedOut, Refusal> {
    let due = schedule.due(now, AT_ONCE).await?;
    let (mut done, mut put_off) = (0, Vec::new());
    for id in &due {
        match schedule.carry_out(*id).await {
            Ok(()) => done += 1,
            Err(refusal) => {
                schedule.put_off(*id, Millis(now.0.saturating_add(PUT_OFF_MS))).await?;
                put_off.push((*id, refusal));
            }
        }
    }
    Ok(CarriedOut { done, put_off, is_more: done > 0 && due.len() == AT_ONCE as usize })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserId;
    use crate::ports::StoreFuture;
    use futures_util::FutureExt as _;
    use futures_util::future::ready;
    use std::sync::Mutex;

    /// What waits, when it is due, and whether it can be carried out.
    #[derive(Default)]
    struct Waiting {
        rows: Mutex<Vec<(i64, Millis, bool)>>,
        is_down: bool,
    }

    impl Schedule for Waiting {
        fn schedule(&self, _: Actor, _: NewScheduled) -> StoreFuture<i64> {
            panic!("nothing is scheduled here")
        }

        fn scheduled(&self, _: UserId) -> StoreFuture<Vec<Scheduled>> {
            panic!("nothing is listed here")
        }

        fn reschedule(&self, _: Actor, _: i64, _: Millis) -> StoreFuture<()> {
            panic!("nobody changes anything here")
        }

        fn unschedule(&self, _: Actor, _: i64) -> StoreFuture<()> {
            panic!("nobody changes anything here")
        }

        fn due(&self, now: Millis, limit: u32) -> StoreFuture<Vec<i64>> {
            let rows = self.rows.lock().unwrap();
            let due = rows.iter().filter(|row| row.1 <= now).map(|row| row.0);
            ready(Ok(due.take(limit as usize).collect())).boxed()
        }

        fn carry_out(&self, id: i64) -> StoreFuture<()> {
            let mut rows = self.rows.lock().unwrap();
            let place = rows.iter().position(|row| row.0 == id && row.2);
            let done = place.map(|place| rows.remove(place));
            ready(done.map(drop).ok_or(Refusal::Unavailable)).boxed()
        }

        fn put_off(&self, id: i64, due: Millis) -> StoreFuture<()> {
            if self.is_down {
                return ready(Err(Refusal::Unavailable)).boxed();
            }
            let mut rows = self.rows.lock().unwrap();
            rows.iter_mut().filter(|row| row.0 == id).for_each(|row| row.1 = due);
            ready(Ok(())).boxed()
        }
    }

    fn round(waiting: &Waiting, now: i64) -> Result<CarriedOut, Refusal> {
        carry_out_due(waiting, Millis(now)).now_or_never().unwrap()
    }

    #[test]
    fn what_cannot_be_carried_out_does_not_stop_the_others() {
        let waiting = Waiting::default();
        *waiting.rows.lock().unwrap() = vec![(1, Millis(0), false), (2, Millis(0), true)];
        let put_off = vec![(1, Refusal::Unavailable)];
        assert_eq!(round(&waiting, 5), Ok(CarriedOut { done: 1, put_off, is_more: false }));
        assert_eq!(*waiting.rows.lock().unwrap(), [(1, Millis(5 + PUT_OFF_MS), false)]);
        assert_eq!(round(&waiting, 6), Ok(CarriedOut { done: 0, put_off: Vec::new(), is_more: false }));
    }

    #[test]
    fn one_goes_on_at_once_while_it_helps() {
        let waiting = Waiting::default();
        let rows = |can_be| (0..2 * i64::from(AT_ONCE)).map(move |id| (id, Millis(0), can_be));
        *waiting.rows.lock().unwrap() = rows(true).collect();
        let more: Vec<_> = (0..3).map(|_| round(&waiting, 0).unwrap().is_more).collect();
        assert_eq!(more, [true, true, false]);
        *waiting.rows.lock().unwrap() = rows(false).collect();
        assert!(!round(&waiting, 0).unwrap().is_more, "nothing was carried out");
    }

    #[test]
    fn a_storage_that_is_down_is_left_alone_until_the_next_round() {
        let waiting = Waiting { is_down: true, ..Waiting::default() };
        *waiting.rows.lock().unwrap() = vec![(1, Millis(0), false), (2, Millis(0), true)];
        assert_eq!(round(&waiting, 0), Err(Refusal::Unavailable));
        assert_eq!(waiting.rows.lock().unwrap().len(), 2);
    }
}
