//! Pages of a room's messages, with the other events that belong between them.

use super::events;
use super::failure::Failure;
use super::rooms::FoundRoom;
use chinwag_core::domain::{EventBody, Millis, Page, RoomEvent, RoomId, Seq, UserId, Window};
use rusqlite::Connection;

/// Events beside messages on one page.
const EVENTS: u32 = 100;

/// The page of at most `limit` messages that `window` shows.
pub(super) fn page(
    connection: &Connection,
    room: &FoundRoom,
    window: Window,
    limit: u32,
) -> Result<Page, Failure> {
    if limit == 0 {
        // Nothing is shown, so everything is before it.
        return Ok(Page { has_before: true, ..Page::default() });
    }
    // The page grows from `middle` (included) to the past, and from there (not included) to the future.
    let (middle, past, future) = match window {
        Window::Latest => (room.head, limit, 0),
        Window::Before(seq) => (Seq(seq.0.saturating_sub(1)), limit, 0),
        Window::After(seq) => (seq, 0, limit),
        Window::Around(seq) => (seq, limit.div_ceil(2), limit / 2),
    };
    let (mut messages, has_before) = query(connection, room.id, BACKWARD, middle, past)?;
    messages.reverse();
    let (newer, has_after) = query(connection, room.id, FORWARD, middle, future)?;
    messages.extend(newer);

    let last = messages.last().filter(|_| has_after).map_or(room.head, |message| message.seq);
    let (from, to) = match window {
        Window::Latest => (Seq(1), room.head),
        Window::Before(_) => (Seq(1), middle),
        Window::After(_) => (middle.next(), last),
        Window::Around(_) => (Seq(1), last),
    };
    // Pages above join where the one before them ended; elsewhere the first message begins the page, unless it is the room's
    // first: then what happened before it is shown, too.
    let begins = messages.first().filter(|_| has_before && !matches!(window, Window::After(_)));
    let from = begins.map_or(from, |message| message.seq);
    let events = events::beside_messages(connection, room.id, from, to, EVENTS)?;
    Ok(Page { messages, events, has_before, has_after })
}

macro_rules! messages {
    ($which:literal) => {
        concat!(
            "SELECT messages.seq, messages.at, messages.author_id, users.name, messages.text, messages.client_id
             FROM messages
             JOIN users ON users.id = messages.author_id
             WHERE messages.room_id = ?1 AND messages.seq ",
            $which,
            " LIMIT ?3"
        )
    };
}

const BACKWARD: &str = messages!("<= ?2 ORDER BY messages.seq DESC");
const FORWARD: &str = messages!("> ?2 ORDER BY messages.seq");

/// At most `limit` messages, and whether there are more of them.
fn query(
    connection: &Connection,
    room: RoomId,
    select: &str,
    middle: Seq,
    limit: u32,
) -> Result<(Vec<RoomEvent>, bool), Failure> {
    let mut select = connection.prepare_cached(select)?;
    let rows = select.query_map((room.0, middle.0, i64::from(limit) + 1), |row| {
        Ok(RoomEvent {
            room,
            seq: Seq(row.get(0)?),
            at: Millis(row.get(1)?),
            actor: UserId(row.get(2)?),
            name: row.get(3)?,
            body: EventBody::Message { text: row.get(4)?, client_id: row.get(5)? },
        })
    })?;
    let mut messages = rows.collect::<Result<Vec<_>, _>>()?;
    let more = messages.len() > limit as usize;
    messages.truncate(limit as usize);
    Ok((messages, more))
}
