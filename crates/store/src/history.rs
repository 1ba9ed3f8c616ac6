//! Rooms at one moment, and pages of their messages, with the other events that belong between them.

use crate::sql::{Failure, Transaction};
use crate::{completion, events, members, messages, rooms};
use chinwag_core::domain::{LogAccess, Message, Page, RoomReference, RoomSnapshot, Seq, UserId, Window};

/// Events beside messages on one page. Those about single messages will have a bound of their own.
const EVENTS: u32 = 200;

/// A room as one who may read it sees it.
pub(crate) fn snapshot(
    sql: &dyn Transaction,
    user: UserId,
    room: &RoomReference,
    limit: u32,
    members: u32,
) -> Result<RoomSnapshot, Failure> {
    let room = rooms::find(sql, user, room)?;
    let log = room.log_access()?;
    let page = page(sql, &log, Window::Latest, limit)?;
    let members = members::page(sql, &room, None, members)?;
    Ok(RoomSnapshot { room: room.into_overview(sql)?, log, page, members })
}

/// The page of at most `limit` messages that `window` shows of what may be read by `log`.
pub(crate) fn page(
    sql: &dyn Transaction,
    log: &LogAccess,
    window: Window,
    limit: u32,
) -> Result<Page, Failure> {
    let (room, first, head) = (log.room(), log.first(), log.authorized_at());
    if limit == 0 {
        // Nothing is shown, so everything is before it.
        return Ok(Page { has_before: true, events_from: head.next(), ..Page::default() });
    }
    // The page grows from `middle` (included) to the past, and from there (not included) to the future.
    let (middle, past, future) = match window {
        Window::Latest => (head, limit, 0),
        Window::Before(seq) => (Seq(seq.0.saturating_sub(1)), limit, 0),
        Window::After(seq) => (log.readable_after(seq), 0, limit),
        Window::Around(seq) => (log.readable_after(seq), limit.div_ceil(2), limit / 2),
    };
    let (mut messages, has_before) = within(past, |limit| messages::up_to(sql, log, middle, limit))?;
    messages.reverse();
    let (newer, has_after) = within(future, |limit| messages::after(sql, room, middle, limit))?;
    messages.extend(newer);
    completion::complete(sql, room, Some(log.user()), messages.iter_mut())?;

    let last = messages.last().filter(|_| has_after).map_or(head, |message| message.seq);
    let (from, to) = match window {
        Window::Latest => (first, head),
        Window::Before(_) => (first, middle),
        Window::After(_) => (middle.next(), last),
        Window::Around(_) => (first, last),
    };
    // Pages above join where the one before them ended; elsewhere the first message begins the page, unless it is the first
    // that may be read: then what happened before it is shown, too.
    let begins = messages.first().filter(|_| has_before && !matches!(window, Window::After(_)));
    let from = begins.map_or(from, |message| message.seq);
    let (events, events_from) = events::beside_messages(sql, room, from, to, EVENTS)?;
    Ok(Page { messages, events, events_from, has_before, has_after })
}

/// At most `limit` of the messages that `read` finds, and whether there are more of them.
fn within(
    limit: u32,
    read: impl FnOnce(u32) -> Result<Vec<Message>, Failure>,
) -> Result<(Vec<Message>, bool), Failure> {
    let mut messages = read(limit.saturating_add(1))?;
    let more = messages.len() > limit as usize;
    messages.truncate(limit as usize);
    Ok((messages, more))
}
