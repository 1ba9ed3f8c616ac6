//! What becomes of messages after they were posted. The event of a change holds no content, which stands in the message alone.

use crate::event_rows::{self, MessageChange, StoredChange};
use crate::found_room::FoundRoom;
use crate::members::Named;
use crate::sql::{Failure, Lock, values};
use crate::write::Write;
use crate::{
    activity, attachments, audit, drafts, events, mentions, messages, others, pins, quotes, reactions, rooms,
    saved, scheduled, search_index, threads,
};
use chinwag_core::domain::permissions::{Action, SMALL_ROOM};
use chinwag_core::domain::{
    Actor, AuditAction, ClientId, Crowd, EventBody, Message, MessageEvent, Refusal, RoomEvent, RoomId, Seq,
    UserId, crowd_in,
};
use chinwag_core::ports::{Appended, MessageDeletion, MessageEdit, Purge};

/// Gives a message another text.
pub(crate) fn edit(write: &mut Write<'_>, actor: Actor, edit: &MessageEdit) -> Result<Appended, Failure> {
    const UPDATE: &str = "
        UPDATE messages SET text = ?3, edited_at = ?4, changed_seq = ?5 WHERE room_id = ?1 AND seq = ?2";
    let MessageEdit { room, target, client_id, text } = edit;
    let change = Wanted { actor, room: *room, target: *target, what: MessageChange::Edited, client_id };
    let (room, message) = match change.begin(write)? {
        Begun::Before(first) => return Ok(first),
        Begun::Now(found) => *found,
    };
    room.check_editing(write.now)?;
    let message =
        message.filter(|message| !message.content.is_deleted()).ok_or(Refusal::MessageNotFound(*target))?;
    if message.author != actor.user {
        return Err(Refusal::NotAuthor.into());
    }
    if !mentions::calls_no_others(&message.content.text, text.as_str()) {
        mentions::check_crowd(&room, text.as_str())?;
    }
    let (kind, text) = (message.content.kind, text.as_str().to_owned());
    let mentions = mentions::in_text(write.sql, room.id, actor.user, &text)?;
    let quote = match message.content.reply_to {
        Some(answered) => {
            quotes::of_messages(write.sql, room.id, &[answered])?.remove(&answered).map(Box::new)
        }
        None => None,
    };
    let told = MessageEvent::Edited {
        target: *target,
        kind,
        text: text.clone(),
        mentions: mentions.clone(),
        quote,
        attachments: attachments::of_message(write.sql, room.id, &message)?,
    };
    let done = change.append(write, &room, told)?;
    write.erases = true;
    search_index::change(write.sql, &message, text.as_str())?;
    write.sql.execute(UPDATE, values![room.id, *target, text.as_str(), write.now, done.seq])?;
    let texts = (&*message.content.text, text.as_str());
    mentions::renew(write, room.id, (*target, done.seq), actor.user, &mentions, texts)?;
    activity::renew(write, (room.id, *target), actor.user)?;
    if crowd_in(text.as_str()) == Some(Crowd::Room) && room.members <= SMALL_ROOM {
        activity::note_all(write, (room.id, *target), actor.user)?;
    }
    if let Some(thread) = message.content.thread {
        threads::note_mentions(write, (room.id, thread, done.seq), &mentions)?;
    }
    Ok(done)
}

/// Deletes a message.
pub(crate) fn delete(
    write: &mut Write<'_>,
    actor: Actor,
    deletion: &MessageDeletion,
) -> Result<Appended, Failure> {
    let MessageDeletion { room, target, client_id } = deletion;
    let change = Wanted { actor, room: *room, target: *target, what: MessageChange::Deleted, client_id };
    let (room, message) = match change.begin(write)? {
        Begun::Before(first) => return Ok(first),
        Begun::Now(found) => *found,
    };
    let is_others = message.as_ref().is_some_and(|message| message.author != actor.user);
    room.check(if is_others { Action::DeleteOthersMessage } else { Action::DeleteMessage })?;
    let message = message.ok_or(Refusal::MessageNotFound(*target))?;
    if message.content.is_deleted() {
        // Somebody was faster.
        return deleted_before(write, &message);
    }
    let thread = message.content.thread.map(|thread| thread.root);
    let done = change.append(write, &room, MessageEvent::Deleted { target: *target, thread })?;
    if is_others {
        let by = Named { id: actor.user, name: room.actor_name()? };
        let deleted = (AuditAction::MessageDeleted, room.id, *target);
        audit::note_about(write, deleted, message.author, by, None)?;
    }
    erase(write, room.id, *target, done.seq)?;
    Ok(done)
}

/// Deletes at most `limit` messages that `user` wrote at `since` or later, the oldest first. Answers how many those were.
pub(crate) fn purge(
    write: &mut Write<'_>,
    actor: Actor,
    Purge { room, user, since }: Purge,
    limit: u32,
) -> Result<u32, Failure> {
    // By the author: a room is longer than what one person wrote.
    const FOUND: &str = "
        SELECT seq, thread_seq FROM messages
        WHERE author_id = ?2 AND +room_id = ?1 AND at >= ?3 AND +seq >= ?4 AND deleted_at IS NULL
        ORDER BY +seq LIMIT ?5";
    write.sql.lock(Lock::People(&[actor.user, user]))?;
    let room = rooms::hold(write.sql, actor.user, &room.into())?;
    let by = Named { id: actor.user, name: room.actor_name()? };
    room.check(Action::DeleteOthersMessage)?;
    let subject = others::find(write.sql, room.id, user)?;
    room.check_above(&others::or_nobody(write.sql, subject, user)?)?;
    let first = room.log_access()?.first();
    let found: Vec<(Seq, Option<Seq>)> =
        write
            .sql
            .all(FOUND, values![room.id, user, since, first, limit], |row| Ok((row.get(0)?, row.find(1)?)))?;
    let mut head = room.head;
    for (target, thread) in &found {
        let told = MessageEvent::Deleted { target: *target, thread: *thread };
        let deleted = (MessageChange::Deleted, *target);
        head = append(write, (room.id, head), by, deleted, None, told)?.seq;
        erase(write, room.id, *target, head)?;
    }
    if !found.is_empty() {
        audit::note_about(write, (AuditAction::MessagesPurged, room.id, head), user, by, None)?;
    }
    Ok(u32::try_from(found.len()).unwrap_or(limit))
}

/// Leaves nothing of a message but that it was there.
fn erase(write: &mut Write<'_>, room: RoomId, target: Seq, at: Seq) -> Result<(), Failure> {
    const UPDATE: &str = "
        UPDATE messages SET text = '', edited_at = NULL, deleted_at = ?3, changed_seq = ?4, files = 0
        WHERE room_id = ?1 AND seq = ?2";
    write.erases = true;
    search_index::forget(write.sql, room, target)?;
    write.sql.execute(UPDATE, values![room, target, write.now, at])?;
    mentions::forget(write, room, target)?;
    pins::erase(write.sql, room, target)?;
    saved::erase(write.sql, room, target)?;
    activity::erase(write.sql, room, target)?;
    scheduled::erase(write, room, target)?;
    drafts::erase(write, room, target)?;
    attachments::erase(write, room, target)?;
    reactions::erase(write.sql, room, target)
}

/// Notes that a message changed, of which something stands in another table.
pub(crate) fn note(write: &Write<'_>, room: RoomId, target: Seq, at: Seq) -> Result<(), Failure> {
    const UPDATE: &str = "UPDATE messages SET changed_seq = ?3 WHERE room_id = ?1 AND seq = ?2";
    write.sql.execute(UPDATE, values![room, target, at])?;
    Ok(())
}

/// Leaves nothing of all messages of a person whose account ends. No log tells of it one by one: whoever has them on show keeps them until the
/// next look.
pub(crate) fn erase_all_of(write: &mut Write<'_>, author: UserId) -> Result<(), Failure> {
    /// How many are taken out of the index one by one. An index made anew costs less than more of them.
    const FEW: usize = 2_000;
    const FOUND: &str = "SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL";
    const MENTIONS: &str = "
        DELETE FROM mentions
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const ROOM_MENTIONS: &str = "
        DELETE FROM room_mentions
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const PINS: &str = "
        DELETE FROM pins
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const SAVED: &str = "
        DELETE FROM saved
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const SCHEDULED: &str = "
        DELETE FROM scheduled
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const DRAFTS: &str = "
        DELETE FROM drafts
        WHERE (room_id, reply_seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const ACTIVITY: &str = "
        DELETE FROM activity
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const REACTIONS: &str = "
        DELETE FROM reactions
        WHERE (room_id, seq) IN (SELECT room_id, seq FROM messages WHERE author_id = ?1 AND deleted_at IS NULL)";
    const TEXTS: &str = "
        UPDATE messages SET text = '', edited_at = NULL, deleted_at = ?2, files = 0 WHERE author_id = ?1 AND deleted_at IS NULL";
    write.erases = true;
    if write.sql.is_alone() {
        let found: Vec<(RoomId, Seq)> =
            write.sql.all(FOUND, values![author], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if found.len() > FEW {
            search_index::clear(write.sql)?;
            write.reindexes = true;
        } else {
            for (room, seq) in found {
                search_index::forget(write.sql, room, seq)?;
            }
        }
    }
    for statement in [MENTIONS, ROOM_MENTIONS, PINS, SAVED, SCHEDULED, DRAFTS, ACTIVITY, REACTIONS] {
        write.sql.execute(statement, values![author])?;
    }
    attachments::erase_all_of(write, author)?;
    write.sql.execute(TEXTS, values![author, write.now])?;
    Ok(())
}

/// Where and when a message was deleted.
fn deleted_before(write: &Write<'_>, message: &Message) -> Result<Appended, Failure> {
    const SELECT: &str =
        "SELECT room_id, changed_seq, deleted_at FROM messages WHERE room_id = ?1 AND seq = ?2";
    Ok(write.sql.one(SELECT, values![message.room, message.seq], |row| {
        Ok(Appended { room: row.get(0)?, seq: row.get(1)?, at: row.get(2)? })
    })?)
}

/// A change that somebody wants to make.
struct Wanted<'a> {
    actor: Actor,
    room: RoomId,
    target: Seq,
    what: MessageChange,
    client_id: &'a ClientId,
}

/// What has to be known before a message is changed.
enum Begun {
    /// It is a repeat, and this is the first result.
    Before(Appended),
    /// It is to be done: in this room, with this message, if it is there.
    Now(Box<(FoundRoom, Option<Message>)>),
}

impl Wanted<'_> {
    fn begin(&self, write: &Write<'_>) -> Result<Begun, Failure> {
        write.sql.lock(Lock::Named(&[self.actor.user]))?;
        let room = rooms::hold(write.sql, self.actor.user, &self.room.into())?;
        let client_id = self.client_id.as_str();
        // Whoever retries after leaving the room still learns that it is done.
        if let Some(StoredChange { appended, what }) =
            event_rows::find_change(write.sql, self.actor.user, client_id)?
        {
            let is_repeat = appended.room == room.id && what == (self.what, self.target);
            return if is_repeat { Ok(Begun::Before(appended)) } else { Err(Refusal::ClientIdReused.into()) };
        }
        if messages::find(write.sql, self.actor.user, client_id)?.is_some() {
            return Err(Refusal::ClientIdReused.into());
        }
        // What was said before the person's time is not there.
        let message =
            if room.hides(self.target) { None } else { messages::at(write.sql, room.id, self.target)? };
        Ok(Begun::Now(Box::new((room, message))))
    }

    /// Takes a place in the log, to be told with the commit.
    fn append(
        &self,
        write: &mut Write<'_>,
        room: &FoundRoom,
        told: MessageEvent,
    ) -> Result<Appended, Failure> {
        let by = Named { id: self.actor.user, name: room.actor_name()? };
        append(write, (room.id, room.head), by, (self.what, self.target), Some(self.client_id), told)
    }
}

/// Takes the place after `head` in the log of `room`, to be told with the commit.
pub(crate) fn append(
    write: &mut Write<'_>,
    (room, head): (RoomId, Seq),
    by: Named<'_>,
    change: (MessageChange, Seq),
    client_id: Option<&ClientId>,
    told: MessageEvent,
) -> Result<Appended, Failure> {
    let (actor, name, at) = (by.id, by.name.into(), write.now);
    let seq = events::advance(write, room, head)?;
    event_rows::insert_change(write, (room, seq, actor), change, client_id.map(ClientId::as_str))?;
    events::publish(write, RoomEvent { room, seq, at, actor, name, body: EventBody::Message(told) });
    Ok(Appended { room, seq, at })
}
