//! What happens at a time: messages that are sent later, and reminders.

use crate::engine::{Engine, SqlStore};
use crate::scheduled_rows::{self, DUE, FAILED, Row, WAITING};
use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{messages, rooms, saved, sessions};
use chinwag_core::domain::permissions::{Action, ServerRole};
use chinwag_core::domain::{
    Actor, Millis, NewScheduled, Plan, Refusal, RoomId, SCHEDULED_PER_PERSON, Scheduled, Seq, SessionId,
    UserId, WhyNotSent,
};
use chinwag_core::ports::{NewMessage, Schedule, StoreFuture, UserEvent};
use std::collections::HashMap;

impl<E: Engine> Schedule for SqlStore<E> {
    fn schedule(&self, actor: Actor, new: NewScheduled) -> StoreFuture<i64> {
        self.0.write("schedule", move |write| schedule(write, actor, &new))
    }

    fn scheduled(&self, user: UserId) -> StoreFuture<Vec<Scheduled>> {
        self.0.read("scheduled", move |sql| list(sql, user))
    }

    fn reschedule(&self, actor: Actor, id: i64, due: Millis) -> StoreFuture<()> {
        self.0.write("reschedule", move |write| reschedule(write, actor, id, due))
    }

    fn unschedule(&self, actor: Actor, id: i64) -> StoreFuture<()> {
        self.0.write("unschedule", move |write| unschedule(write, actor, id))
    }

    fn due(&self, now: Millis, limit: u32) -> StoreFuture<Vec<i64>> {
        self.0.read("due", move |sql| {
            const SELECT: &str =
                "SELECT id FROM scheduled WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at LIMIT ?2";
            Ok(sql.all(SELECT, values![now, limit], |row| row.get(0))?)
        })
    }

    fn carry_out(&self, id: i64) -> StoreFuture<()> {
        self.0.write("carry_out", move |write| carry_out(write, id))
    }
}

fn schedule(write: &mut Write<'_>, actor: Actor, new: &NewScheduled) -> Result<i64, Failure> {
    const FIRST: &str = "SELECT id FROM scheduled WHERE user_id = ?1 AND client_id = ?2";
    const COUNT: &str = "SELECT count(*) FROM scheduled WHERE user_id = ?1";
    write.sql.lock(Lock::People(&[actor.user]))?;
    let client_id = new.client_id.as_str();
    if let Some(id) = write.sql.first(FIRST, values![actor.user, client_id], |row| row.get(0))? {
        return Ok(id);
    }
    // A visitor is there for as long as a connection.
    if sessions::account(write.sql, actor.user)?.role == ServerRole::Visitor {
        return Err(Refusal::Forbidden.into());
    }
    check(write, actor, &new.plan)?;
    if write.sql.one(COUNT, values![actor.user], |row| row.get::<u32>(0))? >= SCHEDULED_PER_PERSON {
        return Err(Refusal::ScheduleLimit { limit: SCHEDULED_PER_PERSON }.into());
    }
    let id = scheduled_rows::insert(write, actor.user, new)?;
    write.tell_other_devices(actor, UserEvent::ScheduleChanged { is_due: false });
    Ok(id)
}

/// Refuses a plan for where its author is not, or about what the author does not read.
fn check(write: &Write<'_>, actor: Actor, plan: &Plan) -> Result<(), Failure> {
    let (room, about) = match plan {
        Plan::Message { room, .. } => (*room, None),
        Plan::Reminder { about: Some((room, seq)), .. } => (*room, Some(*seq)),
        Plan::Reminder { about: None, .. } => return Ok(()),
    };
    // Held, so that the message is not deleted meanwhile, which forgets who is to be reminded of it.
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    if let Some(seq) = about {
        messages::shown(write.sql, &room, seq)?;
    }
    Ok(())
}

fn list(sql: &dyn Transaction, user: UserId) -> Result<Vec<Scheduled>, Failure> {
    let mut rooms = HashMap::new();
    let mut listed = Vec::new();
    for row in scheduled_rows::of(sql, user)? {
        let message = match row.plan {
            Plan::Reminder { about: Some(place), .. } => saved::readable(sql, &mut rooms, user, place)?,
            Plan::Reminder { about: None, .. } | Plan::Message { .. } => None,
        };
        let Row { id, due, state, plan, .. } = row;
        listed.push(Scheduled { id, due, state, plan, message });
    }
    Ok(listed)
}

fn reschedule(write: &mut Write<'_>, actor: Actor, id: i64, due: Millis) -> Result<(), Failure> {
    const UPDATE: &str = "
        UPDATE scheduled SET due_at = ?3, state = ?4, problem = NULL WHERE id = ?1 AND user_id = ?2";
    write.sql.lock(Lock::People(&[actor.user]))?;
    if write.sql.execute(UPDATE, values![id, actor.user, due, WAITING])? == 0 {
        return Err(Refusal::ScheduledNotFound.into());
    }
    write.tell_other_devices(actor, UserEvent::ScheduleChanged { is_due: false });
    Ok(())
}

fn unschedule(write: &mut Write<'_>, actor: Actor, id: i64) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM scheduled WHERE id = ?1 AND user_id = ?2";
    write.sql.lock(Lock::People(&[actor.user]))?;
    if write.sql.execute(DELETE, values![id, actor.user])? > 0 {
        write.erases = true;
        write.tell_other_devices(actor, UserEvent::ScheduleChanged { is_due: false });
    }
    Ok(())
}

fn carry_out(write: &mut Write<'_>, id: i64) -> Result<(), Failure> {
    const OWNER: &str = "SELECT user_id FROM scheduled WHERE id = ?1";
    let Some(user) = write.sql.first(OWNER, values![id], |row| row.get::<UserId>(0))? else { return Ok(()) };
    // Whoever holds the person carries it out; another node finds it done, or put off.
    write.sql.lock(Lock::People(&[user]))?;
    let Some(row) = scheduled_rows::waiting(write.sql, id, write.now)? else { return Ok(()) };
    let is_due = match &row.plan {
        Plan::Reminder { .. } => {
            scheduled_rows::set(write.sql, id, DUE, None)?;
            true
        }
        Plan::Message { room, text, reply_to, thread } => {
            let message = NewMessage {
                room: *room,
                kind: chinwag_core::domain::MessageKind::Text,
                client_id: row.client_id.clone(),
                text: text.clone(),
                reply_to: *reply_to,
                thread: *thread,
                attachments: Box::default(),
                here: Box::default(),
            };
            send(write, user, id, &message)?;
            false
        }
    };
    write.tell_person(user, UserEvent::ScheduleChanged { is_due });
    Ok(())
}

/// Writes a message whose time has come. One that is refused has written nothing.
fn send(write: &mut Write<'_>, user: UserId, id: i64, message: &NewMessage) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM scheduled WHERE id = ?1";
    const PUT_OFF: &str = "UPDATE scheduled SET due_at = ?2 WHERE id = ?1";
    let author = Actor { user, session: SessionId(0), connection: None, address: None, is_visit: false };
    match messages::append(write, author, message) {
        Ok(_) => _ = write.sql.execute(DELETE, values![id])?,
        Err(Failure::Refused(Refusal::SlowMode { retry_after_ms })) => {
            let wait = i64::try_from(retry_after_ms).unwrap_or(i64::MAX);
            _ = write.sql.execute(PUT_OFF, values![id, Millis(write.now.0.saturating_add(wait))])?;
        }
        Err(Failure::Refused(refusal)) => {
            scheduled_rows::set(write.sql, id, FAILED, Some(WhyNotSent::of(&refusal)))?;
        }
        Err(failure @ Failure::Database(_)) => return Err(failure),
    }
    Ok(())
}

/// Forgets who is to be reminded of a message that is deleted.
pub(crate) fn erase(write: &mut Write<'_>, room: RoomId, seq: Seq) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM scheduled WHERE room_id = ?1 AND seq = ?2 RETURNING user_id";
    for user in write.sql.all(DELETE, values![room, seq], |row| row.get::<UserId>(0))? {
        write.tell_person(user, UserEvent::ScheduleChanged { is_due: false });
    }
    Ok(())
}

/// Forgets what waits for somebody whose account ends.
pub(crate) fn forget(sql: &dyn Transaction, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM scheduled WHERE user_id = ?1";
    sql.execute(DELETE, values![user])?;
    Ok(())
}
