//! What was found until now: every message is looked at as it is at present.

use super::scope::Scope;
use crate::messages;
use crate::sql::{DatabaseError, Row};
use chinwag_core::domain::{Found, Message, Millis, RoomId, SearchPosition, SearchWish, Seq, UserId};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// How long one looks for the messages of a page, once there are some to be looked at.
const LONGEST: Duration = Duration::from_millis(300);
/// How far the order of the messages may differ from that of their times, because a clock was set: a day.
pub(super) const CLOCK_MS: i64 = 24 * 60 * 60 * 1000;

/// A page that is being filled.
pub(super) struct Finding<'w> {
    wish: &'w SearchWish,
    pub(super) scope: Scope,
    until: Instant,
    hits: Vec<(SearchPosition, Message)>,
    /// The last that was looked at, and whether the person may read it.
    last: Option<(SearchPosition, Millis, bool)>,
    end: End,
}

/// Why nothing more is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// There is nothing more.
    Nothing,
    /// The page is full, and there is more.
    Full,
    /// The time is over.
    Late,
}

impl<'w> Finding<'w> {
    pub(super) fn new(wish: &'w SearchWish, scope: Scope) -> Self {
        let until = Instant::now() + LONGEST;
        Self { wish, scope, until, hits: Vec::new(), last: None, end: End::Nothing }
    }

    /// Where one goes on: behind the last that was looked at, or where the page before ended.
    pub(super) fn position(&self) -> Option<SearchPosition> {
        self.last.map(|(position, ..)| position).or(self.wish.before)
    }

    /// Whether nothing more is to be looked at.
    pub(super) fn is_over(&self) -> bool {
        self.end != End::Nothing
    }

    /// Looks at a message, whose [columns](messages::message_columns) begin at `first`.
    pub(super) fn look_at(
        &mut self,
        position: SearchPosition,
        room: RoomId,
        row: Row<'_>,
        first: usize,
    ) -> Result<ControlFlow<()>, DatabaseError> {
        let (seq, at): (Seq, Millis) = (row.get(first)?, row.get(first + 1)?);
        if self.wish.query.after.is_some_and(|after| at.0 < after.0.saturating_sub(CLOCK_MS)) {
            return Ok(ControlFlow::Break(()));
        }
        let is_readable = self.scope.rooms.get(&room).is_some_and(|log| seq >= log.first());
        self.last = Some((position, at, is_readable));
        if is_readable && self.is_of_author(row.get(first + 2)?) {
            let message = messages::read(room, row, first)?;
            if !message.content.is_deleted() && self.wish.query.finds(&message) {
                self.hits.push((position, message));
            }
        }
        if self.hits.len() > self.wish.limit as usize {
            self.end = End::Full;
        } else if Instant::now() > self.until {
            self.end = End::Late;
        }
        Ok(if self.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn is_of_author(&self, author: UserId) -> bool {
        self.scope.authors.as_ref().is_none_or(|authors| authors.contains(&author))
    }

    pub(super) fn into_page(mut self) -> Found {
        let last = self.last;
        let (next, searched_to) = match self.end {
            End::Nothing => (None, None),
            End::Full => {
                self.hits.truncate(self.wish.limit as usize);
                (self.hits.last().map(|(position, _)| *position), None)
            }
            End::Late => (last.map(told), last.map(|last| last.1)),
        };
        let hits = self.hits.into_iter().map(|(_, message)| message).collect();
        Found { hits, next, searched_to, indexed_to: None }
    }
}

/// Where one goes on, as the person is told it. Of a message of others nothing is told but when it was: not its room, nor its place there. What is as
/// old as that is looked at once more.
fn told((position, _, is_readable): (SearchPosition, Millis, bool)) -> SearchPosition {
    let [first, ..] = position.0;
    // Without a room there is nothing to be hidden: the index of SQLite has one number for each message.
    let has_room = position.0[1] != 0;
    if is_readable || !has_room { position } else { SearchPosition([first, i64::MAX, i64::MAX]) }
}
