use super::{Chat, DraftText};
use crate::domain::{
    Actor, ClientId, InThread, MessageText, Millis, NewScheduled, Plan, Refusal, RoomId, SCHEDULED_AHEAD_MS,
    Scheduled, Seq,
};

/// What is carried out at most before others have their turn.
const AT_ONCE: u32 = 50;
/// How far back a time may be, in milliseconds: a clock that goes after the server's is no reason to refuse.
const PAST_MS: i64 = 60_000;

/// A message that is to be sent later. Its text is not checked yet.
#[derive(Clone, Copy, Debug)]
pub struct LaterMessage<'a> {
    /// The room.
    pub room: RoomId,
    /// The text.
    pub text: &'a str,
    /// The message of the same room that it answers.
    pub reply_to: Option<Seq>,
    /// The thread in which it is to stand.
    pub thread: Option<InThread>,
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
        let LaterMessage { room, text, reply_to, thread } = message;
        self.check_due(due)?;
        let text = self.check_message(actor, DraftText::Trimmed(text))?;
        let plan = Plan::Message { room, text, reply_to, thread };
        self.store.schedule(actor, NewScheduled { client_id, due, plan }).await
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
        self.store.schedule(actor, NewScheduled { client_id, due, plan }).await
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

    /// Carries out some of what is due. Answers how many were looked at; 0 when none is left.
    ///
    /// # Errors
    /// Those of the storage. What is left is carried out by the next call.
    pub async fn carry_out_due(&self) -> Result<usize, Refusal> {
        let due = self.store.due(self.clock.now(), AT_ONCE).await?;
        for id in &due {
            self.store.carry_out(*id).await?;
        }
        Ok(due.len())
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
