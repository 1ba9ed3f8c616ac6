//! PostgreSQL: an index of the extension `pg_trgm` says which messages may be meant, where three characters are looked for and the extension
//! is there. Otherwise the newest are looked at one by one.

use super::found::Finding;
use crate::messages::message_columns;
use crate::sql::{DatabaseError, Failure, Row, Transaction, Value, values};
use chinwag_core::domain::{Refusal, RoomId, SearchPosition, SearchWish, UserId};
use std::ops::ControlFlow;

/// Messages that are read at once.
const WINDOW: i64 = 2000;
/// Of those that an index says.
const MATCHES: i64 = 200;
/// Characters that the index can be asked for.
const SHORTEST: usize = 3;
/// What PostgreSQL says when a statement took too long.
const CANCELED: &str = "57014";
/// No place is newer.
const NEWEST: SearchPosition = SearchPosition([i64::MAX, i64::MAX, i64::MAX]);

/// Messages with who wrote them, the newest first.
macro_rules! messages {
    ($from:literal, $order:literal) => {
        concat!(
            "SELECT messages.room_id, ",
            message_columns!(),
            " FROM ",
            $from,
            " JOIN users AS authors ON authors.id = messages.author_id ORDER BY ",
            $order
        )
    };
}

pub(super) fn look(
    sql: &dyn Transaction,
    wish: &SearchWish,
    finding: &mut Finding<'_>,
) -> Result<(), Failure> {
    const HAS_INDEX: &str = "SELECT 1 WHERE to_regclass('messages_search') IS NOT NULL";
    // Whether an index helps depends on what is looked for.
    const EACH_ANEW: &str = "SET LOCAL plan_cache_mode = force_custom_plan";
    const LONGEST: &str = "SET LOCAL statement_timeout = '2s'";
    let mut needles: Vec<_> = wish.query.needles().iter().collect();
    needles.sort_by_key(|needle| std::cmp::Reverse(needle.chars().count()));
    let longest = needles.first().filter(|needle| needle.chars().count() >= SHORTEST);
    sql.execute(EACH_ANEW, &[])?;
    sql.execute(LONGEST, &[])?;
    let looked = match longest {
        Some(longest) if sql.exists(HAS_INDEX, &[])? => {
            let second = needles.get(1).copied().unwrap_or(longest);
            let patterns = [pattern(longest), pattern(second)];
            look_at_pages(finding, MATCHES, |finding| matching(sql, finding, &patterns))
        }
        Some(_) | None => {
            let one_room =
                finding.scope.rooms.keys().next().filter(|_| finding.scope.rooms.len() == 1).copied();
            look_at_pages(finding, WINDOW, |finding| match one_room {
                Some(room) => newest_in(sql, finding, room),
                None => newest(sql, finding),
            })
        }
    };
    match looked {
        Err(Failure::Database(error)) if error.code() == CANCELED => Err(Refusal::Busy.into()),
        looked => looked,
    }
}

/// Reads page after page until one is short, or nothing more is to be looked at.
fn look_at_pages(
    finding: &mut Finding<'_>,
    size: i64,
    page: impl Fn(&mut Finding<'_>) -> Result<i64, Failure>,
) -> Result<(), Failure> {
    while page(finding)? == size && !finding.is_over() {}
    Ok(())
}

/// Those that the index says. Answers how many were read.
fn matching(
    sql: &dyn Transaction,
    finding: &mut Finding<'_>,
    patterns: &[String; 2],
) -> Result<i64, Failure> {
    const SELECT: &str = messages!(
        "(SELECT * FROM messages
          WHERE (at, room_id, seq) < (?1, ?2, ?3) AND room_id = ANY(?4) AND (?5 OR author_id = ANY(?6))
          AND search_fold(text) LIKE ?7 AND search_fold(text) LIKE ?8
          ORDER BY at DESC, room_id DESC, seq DESC LIMIT ?9) AS messages",
        "messages.at DESC, messages.room_id DESC, messages.seq DESC"
    );
    let rooms: Vec<i64> = finding.scope.rooms.keys().map(|room: &RoomId| room.0).collect();
    let authors: Option<Vec<i64>> = finding
        .scope
        .authors
        .as_ref()
        .map(|authors| authors.iter().map(|author: &UserId| author.0).collect());
    let (any, authors) = (authors.is_none(), authors.unwrap_or_default());
    let [at, room, seq] = finding.position().unwrap_or(NEWEST).0;
    let (rooms, authors) = (rooms.as_slice(), authors.as_slice());
    let parameters =
        values![at, room, seq, rooms, any, authors, patterns[0].as_str(), patterns[1].as_str(), MATCHES];
    read(sql, finding, SELECT, parameters)
}

/// The newest of all rooms.
fn newest(sql: &dyn Transaction, finding: &mut Finding<'_>) -> Result<i64, Failure> {
    const SELECT: &str = messages!(
        "(SELECT * FROM messages WHERE (at, room_id, seq) < (?1, ?2, ?3)
          ORDER BY at DESC, room_id DESC, seq DESC LIMIT ?4) AS messages",
        "messages.at DESC, messages.room_id DESC, messages.seq DESC"
    );
    let [at, room, seq] = finding.position().unwrap_or(NEWEST).0;
    read(sql, finding, SELECT, values![at, room, seq, WINDOW])
}

/// The newest of one room.
fn newest_in(sql: &dyn Transaction, finding: &mut Finding<'_>, room: RoomId) -> Result<i64, Failure> {
    const SELECT: &str = messages!(
        "(SELECT * FROM messages WHERE room_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3) AS messages",
        "messages.seq DESC"
    );
    let seq = finding.position().unwrap_or(NEWEST).0[2];
    read(sql, finding, SELECT, values![room, seq, WINDOW])
}

fn read(
    sql: &dyn Transaction,
    finding: &mut Finding<'_>,
    select: &'static str,
    parameters: &[Value<'_>],
) -> Result<i64, Failure> {
    let mut count = 0;
    sql.query(select, parameters, &mut |row| {
        count += 1;
        look_at(finding, row)
    })?;
    Ok(count)
}

fn look_at(finding: &mut Finding<'_>, row: Row<'_>) -> Result<ControlFlow<()>, DatabaseError> {
    let (room, seq, at): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    finding.look_at(SearchPosition([at, room, seq]), RoomId(room), row, 1)
}

/// What a text is like that has this in it.
fn pattern(needle: &str) -> String {
    let escaped = needle.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{escaped}%")
}
