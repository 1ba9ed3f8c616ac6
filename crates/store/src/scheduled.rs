//! What happens at a time: messages that are sent later, and reminders.

use crate::engine::{Engine, SqlStore};
use crate::found_room::FoundRoom;
use crate::scheduled_rows::{self, DUE, FAILED, MESSAGE, Row, WAITING};
use crate::sql::{Failure, Lock, Transaction, values};
use crate::write::Write;
use crate::{account_bans, attachments, messages, rooms, saved, sessions};
use chinwag_core::domain::permissions::{Action, ServerRole};
use chinwag_core::domain::{
    Actor, Millis, NewScheduled, Plan, Refusal, RoomId, SCHEDULED_MESSAGES_AT_ONCE, SCHEDULED_PER_PERSON,
    SCHEDULED_SPACE_MS, Scheduled, Seq, SessionId, UserId, WhyNotSent,
};
use chinwag_core::ports::{NewMessage, Schedule, StoreFuture, UserEvent};
use std::collections::{BTreeSet, HashMap};

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
                "SELECT id FROM scheduled WHERE state = 'waiting' AND due_at <= ?1 ORDER BY due_at, id LIMIT ?2";
            Ok(sql.all(SELECT, values![now, limit], |row| row.get(0))?)
        })
    }

    fn carry_out(&self, id: i64) -> StoreFuture<()> {
        self.0.write("carry_out", move |write| carry_out(write, id))
    }

    fn put_off(&self, id: i64, due: Millis) -> StoreFuture<()> {
        self.0.write("put_off", move |write| {
            // Its author may have chosen a later time meanwhile.
            const UPDATE: &str =
                "UPDATE scheduled SET due_at = ?2 WHERE id = ?1 AND state = 'waiting' AND due_at < ?2";
            write.sql.execute(UPDATE, values![id, due])?;
            Ok(())
        })
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
    let room = check(write, actor, &new.plan)?;
    if write.sql.one(COUNT, values![actor.user], |row| row.get::<u32>(0))? >= SCHEDULED_PER_PERSON {
        return Err(Refusal::ScheduleLimit { limit: SCHEDULED_PER_PERSON }.into());
    }
    match new.plan {
        Plan::Message { .. } => check_space(write.sql, actor.user, None, new.due)?,
        Plan::Reminder { .. } => {}
    }
    // A repeat after it was sent finds the files with the message.
    if let Some(room) = &room
        && messages::find(write.sql, actor.user, client_id)?.is_none()
    {
        attachments::to_send(write.sql, room, (actor.user, client_id), &new.attachments)?;
        attachments::keep(write.sql, client_id, &new.attachments)?;
    }
    let id = scheduled_rows::insert(write, actor.user, new)?;
    write.tell_other_devices(actor, UserEvent::ScheduleChanged { is_due: false });
    Ok(id)
}

/// Refuses a plan for where its author is not, or about what the author does not read. Answers the room that it concerns.
fn check(write: &Write<'_>, actor: Actor, plan: &Plan) -> Result<Option<FoundRoom>, Failure> {
    let (room, about) = match plan {
        Plan::Message { room, .. } => (*room, None),
        Plan::Reminder { about: Some((room, seq)), .. } => (*room, Some(*seq)),
        Plan::Reminder { about: None, .. } => return Ok(None),
    };
    // Held, so that the message is not deleted meanwhile, which forgets who is to be reminded of it.
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    room.check(Action::MarkRead)?;
    if let Some(seq) = about {
        messages::shown(write.sql, &room, seq)?;
    }
    Ok(Some(room))
}

/// Refuses another message where as many of one person wait for about the same time as may be written in that time.
fn check_space(sql: &dyn Transaction, user: UserId, own: Option<i64>, due: Millis) -> Result<(), Failure> {
    const COUNT: &str = "
        SELECT count(*) FROM scheduled
        WHERE user_id = ?1 AND kind = 'message' AND state = 'waiting' AND due_at > ?2 AND due_at < ?3 AND id <> ?4";
    let (from, to) = (due.0.saturating_sub(SCHEDULED_SPACE_MS), due.0.saturating_add(SCHEDULED_SPACE_MS));
    let near = values![user, Millis(from), Millis(to), own.unwrap_or_default()];
    if sql.one(COUNT, near, |row| row.get::<u32>(0))? < SCHEDULED_MESSAGES_AT_ONCE {
        Ok(())
    } else {
        Err(Refusal::ScheduleInvalid("Choose another time: many messages are sent at this one.").into())
    }
}

fn list(sql: &dyn Transaction, user: UserId) -> Result<Vec<Scheduled>, Failure> {
    let mut rooms = HashMap::new();
    let mut files = attachments::kept(sql, user)?;
    let mut listed = Vec::new();
    for row in scheduled_rows::of(sql, user)? {
        let message = match row.plan {
            Plan::Reminder { about: Some(place), .. } => saved::readable(sql, &mut rooms, user, place)?,
            Plan::Reminder { about: None, .. } | Plan::Message { .. } => None,
        };
        let Row { id, client_id, due, state, plan } = row;
        let attachments = files.remove(client_id.as_str()).unwrap_or_default().into();
        listed.push(Scheduled { id, due, state, plan, attachments, message });
    }
    Ok(listed)
}

fn reschedule(write: &mut Write<'_>, actor: Actor, id: i64, due: Millis) -> Result<(), Failure> {
    const IS_MESSAGE: &str = "SELECT kind FROM scheduled WHERE id = ?1 AND user_id = ?2";
    const UPDATE: &str = "UPDATE scheduled SET due_at = ?2, state = ?3, problem = NULL WHERE id = ?1";
    write.sql.lock(Lock::People(&[actor.user]))?;
    let is_message =
        write.sql.first(IS_MESSAGE, values![id, actor.user], |row| Ok(row.text(0)? == MESSAGE))?;
    if is_message.ok_or(Refusal::ScheduledNotFound)? {
        check_space(write.sql, actor.user, Some(id), due)?;
    }
    write.sql.execute(UPDATE, values![id, due, WAITING])?;
    write.tell_other_devices(actor, UserEvent::ScheduleChanged { is_due: false });
    Ok(())
}

fn unschedule(write: &mut Write<'_>, actor: Actor, id: i64) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM scheduled WHERE id = ?1 AND user_id = ?2 RETURNING client_id";
    write.sql.lock(Lock::People(&[actor.user]))?;
    for client_id in write.sql.all(DELETE, values![id, actor.user], |row| row.get::<String>(0))? {
        attachments::erase_kept(write, actor.user, &client_id)?;
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
            let files = attachments::kept(write.sql, user)?.remove(row.client_id.as_str());
            let message = NewMessage {
                room: *room,
                kind: chinwag_core::domain::MessageKind::Text,
                client_id: row.client_id.clone(),
                text: text.clone(),
                reply_to: *reply_to,
                thread: *thread,
                attachments: files.unwrap_or_default().iter().map(|file| file.id).collect(),
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
    // Somebody kept out has no sign-in, and writes by this way neither.
    let allowed = account_bans::check(write, user);
    match allowed.and_then(|()| messages::append(write, author, message)) {
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
pub(crate) fn forget(write: &mut Write<'_>, user: UserId) -> Result<(), Failure> {
    const DELETE: &str = "DELETE FROM scheduled WHERE user_id = ?1";
    if write.sql.execute(DELETE, values![user])? > 0 {
        write.erases = true;
    }
    attachments::erase_all_kept(write, user)
}

/// Forgets who is to be reminded of messages of a room that is deleted. What was to be sent there is its author's own: it stays, as what was not sent.
pub(crate) fn forget_room(write: &mut Write<'_>, room: RoomId) -> Result<(), Failure> {
    const REMINDERS: &str =
        "DELETE FROM scheduled WHERE room_id = ?1 AND kind = 'reminder' RETURNING user_id";
    const MESSAGES: &str = "
        UPDATE scheduled SET state = ?2, problem = ?3
        WHERE room_id = ?1 AND kind = 'message' AND state = 'waiting' RETURNING user_id";
    let mut concerned: BTreeSet<UserId> =
        write.sql.all(REMINDERS, values![room], |row| row.get(0))?.into_iter().collect();
    write.erases |= !concerned.is_empty();
    let gone = scheduled_rows::stored(WhyNotSent::RoomGone);
    concerned.extend(write.sql.all(MESSAGES, values![room, FAILED, gone], |row| row.get::<UserId>(0))?);
    for user in concerned {
        write.tell_person(user, UserEvent::ScheduleChanged { is_due: false });
    }
    Ok(())
}
