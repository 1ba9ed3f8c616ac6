//! The log of a room: its messages, which have a table of their own, and the events beside them. Every change takes its place
//! with [`advance`], which is the only thing that gives a `seq`.

use crate::engine::{Engine, SqlStore};
use crate::sql::{DatabaseError, Failure, Transaction, values};
use crate::write::Write;
use crate::{completion, event_rows, messages, rooms};
use chinwag_core::domain::permissions::Action;
use chinwag_core::domain::{EventBody, LogAccess, MessageEvent, RoomEvent, RoomId, Seq, UserId};
use chinwag_core::ports::{Publication, ReplayPage, ReplaySpan, RoomLog, StoreFuture};
use std::sync::Arc;

impl<E: Engine> RoomLog for SqlStore<E> {
    fn replay(&self, access: &LogAccess, span: ReplaySpan) -> StoreFuture<ReplayPage> {
        let access = *access;
        let span = ReplaySpan { after: access.readable_after(span.after), ..span };
        self.0.read("replay", move |sql| replay(sql, &access, span))
    }
}

/// Appends what is no message to the log of `room`, which the caller holds, to be published with the commit.
pub(crate) fn append(
    write: &mut Write<'_>,
    room: RoomId,
    actor: UserId,
    name: &str,
    body: EventBody,
) -> Result<Seq, Failure> {
    const HEAD: &str = "SELECT head_seq FROM rooms WHERE id = ?1";
    let head = write.sql.one(HEAD, values![room], |row| row.get(0))?;
    let seq = advance(write, room, head)?;
    event_rows::insert(write, room, seq, actor, &body)?;
    publish(write, RoomEvent { room, seq, at: write.now, actor, name: name.into(), body });
    Ok(seq)
}

/// Takes the place after `head`, which was read in this transaction: the room is ours until the commit, so no two events get one
/// `seq` and none is left out.
pub(crate) fn advance(write: &Write<'_>, room: RoomId, head: Seq) -> Result<Seq, Failure> {
    // Not RETURNING: SQLite makes a temporary table for its row, which costs more than all the rest of a message.
    const ADVANCE: &str = "UPDATE rooms SET head_seq = head_seq + 1 WHERE id = ?1 AND head_seq = ?2";
    match write.sql.execute(ADVANCE, values![room, head])? {
        1 => Ok(head.next()),
        _ => Err(DatabaseError::conflict("the log has another head by now").into()),
    }
}

/// Tells of `event` when its transaction is committed.
pub(crate) fn publish(write: &mut Write<'_>, event: RoomEvent) {
    write.publications.push(Publication::Room(Arc::new(event)));
}

/// A part of a replay, without the changes whose outcome is told in another place.
fn replay(sql: &dyn Transaction, access: &LogAccess, span: ReplaySpan) -> Result<ReplayPage, Failure> {
    let mut events = events_after(sql, access.room(), span.after, span.limit)?;
    let is_newer = |event: &RoomEvent| last_change(event).is_some_and(|last| last > access.authorized_at());
    if events.iter().any(is_newer) {
        // Nobody gets a text that was written after his right ended: nothing is read then, and the client comes back to be told that.
        let still = rooms::find(sql, access.user(), &access.room().into());
        match still.and_then(|room| Ok(room.check(Action::ReadMessages)?)) {
            Ok(()) => {}
            Err(Failure::Refused(_)) => {
                return Ok(ReplayPage { through: span.after, ..ReplayPage::default() });
            }
            Err(failure @ Failure::Database(_)) => return Err(failure),
        }
    }
    let through = events.last().map_or(span.after, |event| event.seq);
    let mut until = Seq(0);
    events.retain(|event| {
        let EventBody::Message(MessageEvent::Changed(message)) = &event.body else { return true };
        if message.seq < access.first() {
            // It was said before the person's time.
            return false;
        }
        let last = last_change(event).unwrap_or(event.seq);
        if event.seq < last {
            // It is told there, and so in this replay: whoever went live before might have it told without what was left out here.
            until = until.max(last);
            return false;
        }
        // The message was read after the right was granted, so it was told with all that had happened by then.
        let was_told = message.seq > span.seen && event.seq <= access.authorized_at();
        !was_told
    });
    completion::complete_events(sql, access.room(), Some(access.user()), &mut events)?;
    Ok(ReplayPage { events, through, until })
}

/// The last change of the message that an event tells of.
fn last_change(event: &RoomEvent) -> Option<Seq> {
    let content = match &event.body {
        EventBody::Message(MessageEvent::Posted(content)) => content,
        EventBody::Message(MessageEvent::Changed(message)) => &message.content,
        EventBody::Message(
            MessageEvent::Edited { .. }
            | MessageEvent::Deleted { .. }
            | MessageEvent::Reacted { .. }
            | MessageEvent::Pinned { .. },
        )
        | EventBody::Member(_)
        | EventBody::Room(_) => return None,
    };
    content.changes.as_ref().map(|changes| changes.last)
}

/// At most `limit` events after `after`, messages among them, oldest first. They are [completed](completion::complete_events) later.
pub(crate) fn events_after(
    sql: &dyn Transaction,
    room: RoomId,
    after: Seq,
    limit: u32,
) -> Result<Vec<RoomEvent>, Failure> {
    let messages = messages::after(sql, room, after, limit)?;
    let events = event_rows::after(sql, room, after, limit)?;
    Ok(merge(messages.into_iter().map(RoomEvent::from), events, limit as usize))
}

/// Both in the order of their places, at most `limit` of them.
fn merge(messages: impl Iterator<Item = RoomEvent>, events: Vec<RoomEvent>, limit: usize) -> Vec<RoomEvent> {
    let mut all: Vec<_> = messages.chain(events).collect();
    // Two sorted runs: the sort of the standard library finds and merges them.
    all.sort_by_key(|event| event.seq);
    all.truncate(limit);
    all
}

/// The last `limit` events from `first` to `last`, both included, that are no messages; oldest first. With them the place from which
/// on they are all there are.
pub(crate) fn beside_messages(
    sql: &dyn Transaction,
    room: RoomId,
    first: Seq,
    last: Seq,
    limit: u32,
) -> Result<(Vec<RoomEvent>, Seq), Failure> {
    // One more than wanted tells where the last one that is left out stands.
    let mut events = event_rows::last_between(sql, room, first, last, i64::from(limit) + 1)?;
    let left_out = if events.len() > limit as usize { events.pop() } else { None };
    events.reverse();
    Ok((events, left_out.map_or(first, |event| event.seq.next())))
}
