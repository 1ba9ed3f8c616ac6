//! SQLite: the index says which messages may be meant, the newest first.

use super::found::{CLOCK_MS, Finding};
use crate::messages::message_columns;
use crate::sql::{DatabaseError, Failure, Row, Transaction, values};
use chinwag_core::domain::search_tokens::{Needle, author_tag, link_tag, needle, room_tag};
use chinwag_core::domain::{Millis, SearchPosition, SearchWish};
use std::ops::ControlFlow;

/// Messages that are looked at one by one before the index is asked for something short: what occurs often is found among them, and the
/// index would have to gather all places of it.
const NEWEST: i64 = 2000;
/// In more rooms the index is not asked for them: whoever is in many finds much of what there is.
const MOST_ROOMS: usize = 32;

/// The message of a document, with who wrote it.
macro_rules! documents {
    ($from:literal, $which:literal) => {
        concat!(
            "SELECT docs.id, docs.room_id, ",
            message_columns!(),
            " FROM ",
            $from,
            " CROSS JOIN messages ON messages.room_id = docs.room_id AND messages.seq = docs.seq
              CROSS JOIN users AS authors ON authors.id = messages.author_id WHERE ",
            $which
        )
    };
}

pub(super) fn look(
    sql: &dyn Transaction,
    wish: &SearchWish,
    finding: &mut Finding<'_>,
) -> Result<(), Failure> {
    const MATCHING: &str = documents!(
        "search CROSS JOIN search_docs AS docs ON docs.id = search.rowid",
        "search MATCH ?1 AND search.rowid < ?2 ORDER BY search.rowid DESC"
    );
    const ALL: &str = documents!("search_docs AS docs", "docs.id < ?1 ORDER BY docs.id DESC LIMIT ?2");
    let end = match wish.query.before {
        Some(before) => first_since(sql, Millis(before.0.saturating_add(CLOCK_MS)))?,
        None => i64::MAX,
    };
    let from = |finding: &Finding<'_>| finding.position().map_or(i64::MAX, |it| it.0[0]).min(end);
    let (expression, is_short) = expression(wish, finding);
    if is_short || expression.is_empty() {
        let limit = if expression.is_empty() { i64::MAX } else { NEWEST };
        let mut looked_at = 0;
        let begin = from(finding);
        sql.query(ALL, values![begin, limit], &mut |row| {
            looked_at += 1;
            look_at(finding, row)
        })?;
        if finding.is_over() || looked_at < limit {
            return Ok(());
        }
    }
    let begin = from(finding);
    Ok(sql.query(MATCHING, values![&expression, begin], &mut |row| look_at(finding, row))?)
}

fn look_at(finding: &mut Finding<'_>, row: Row<'_>) -> Result<ControlFlow<()>, DatabaseError> {
    finding.look_at(SearchPosition([row.get(0)?, 0, 0]), row.get(1)?, row, 2)
}

/// What the index is asked, and whether only something short is looked for.
fn expression(wish: &SearchWish, finding: &Finding<'_>) -> (String, bool) {
    let quoted = |token: &String| format!("\"{token}\"");
    let any_of = |tokens: Vec<String>| format!("({})", tokens.join(" OR "));
    let needles: Vec<_> = wish.query.needles().iter().map(|folded| needle(folded)).collect();
    let (mut parts, mut beginnings) = (Vec::new(), Vec::new());
    for needle in &needles {
        match needle {
            Needle::Tokens(tokens) => parts.extend(tokens.iter().map(quoted)),
            Needle::Beginning(beginning) => beginnings.push(beginning),
        }
    }
    let is_short = parts.is_empty() && !beginnings.is_empty();
    if is_short {
        // The longest has the fewest places. The rest is looked at where it is found.
        let longest = beginnings.into_iter().max_by_key(|it| it.chars().count());
        parts.extend(longest.map(|it| format!("\"{it}\" *")));
    }
    if wish.query.has_link {
        parts.push(quoted(&link_tag()));
    }
    if let Some(authors) = &finding.scope.authors {
        parts.push(any_of(authors.iter().map(|author| quoted(&author_tag(*author))).collect()));
    }
    if finding.scope.rooms.len() <= MOST_ROOMS {
        parts.push(any_of(finding.scope.rooms.keys().map(|room| quoted(&room_tag(*room))).collect()));
    }
    (parts.join(" AND "), is_short)
}

/// The first document of a message that was written at this time or later. They are in the order of time, but for clocks that were set.
fn first_since(sql: &dyn Transaction, at: Millis) -> Result<i64, Failure> {
    const LAST: &str = "SELECT coalesce(max(id), 0) FROM search_docs";
    const AT: &str = "
        SELECT docs.id, messages.at FROM search_docs AS docs
        CROSS JOIN messages ON messages.room_id = docs.room_id AND messages.seq = docs.seq
        WHERE docs.id >= ?1 ORDER BY docs.id LIMIT 1";
    let (mut first, mut end) = (0, sql.one(LAST, &[], |row| row.get::<i64>(0))? + 1);
    while first < end {
        let middle = first + (end - first) / 2;
        let found: Option<(i64, Millis)> =
            sql.first(AT, values![middle], |row| Ok((row.get(0)?, row.get(1)?)))?;
        match found {
            Some((id, written)) if written < at => first = id + 1,
            Some(_) | None => end = middle,
        }
    }
    Ok(end)
}
