//! The files of a room, as one person finds them.

use crate::attachments::{self, FILE_COLUMNS, file_columns};
use crate::rooms;
use crate::sql::{Failure, Transaction, values};
use chinwag_core::domain::{RoomFile, RoomFilesPage, RoomId, Seq, UserId};

/// The files of at most `limit` messages before `before`, the newest first.
pub(crate) fn page(
    sql: &dyn Transaction,
    user: UserId,
    room: RoomId,
    before: Option<Seq>,
    limit: u32,
) -> Result<RoomFilesPage, Failure> {
    const PLACES: &str = "
        SELECT DISTINCT seq FROM attachments
        WHERE room_id = ?1 AND seq >= ?2 AND seq < ?3 ORDER BY seq DESC LIMIT ?4";
    const SELECT: &str = concat!(
        "SELECT ",
        file_columns!(),
        ", attachments.seq, messages.at, messages.author_id, authors.name
         FROM attachments
         JOIN messages ON messages.room_id = attachments.room_id AND messages.seq = attachments.seq
         JOIN users AS authors ON authors.id = messages.author_id
         WHERE attachments.room_id = ?1 AND attachments.seq >= ?2 AND attachments.seq < ?3
         ORDER BY attachments.seq DESC, attachments.place"
    );
    let log = rooms::find(sql, user, &room.into())?.log_access()?;
    let before = before.unwrap_or(Seq(i64::MAX));
    let places: Vec<Seq> =
        sql.all(PLACES, values![room, log.first(), before, i64::from(limit) + 1], |row| row.get(0))?;
    let shown = &places[..places.len().min(limit as usize)];
    let Some(first) = shown.last().copied() else { return Ok(RoomFilesPage::default()) };
    let files = sql.all(SELECT, values![room, first, before], |row| {
        Ok(RoomFile {
            file: attachments::read(row, 0)?,
            seq: row.get(FILE_COLUMNS)?,
            at: row.get(FILE_COLUMNS + 1)?,
            author: (row.get(FILE_COLUMNS + 2)?, row.get(FILE_COLUMNS + 3)?),
        })
    })?;
    Ok(RoomFilesPage { files, next: (places.len() > shown.len()).then_some(first) })
}
