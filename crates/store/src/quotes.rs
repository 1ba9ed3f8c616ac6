//! How messages begin that others answer.

use crate::mentions::{self, among};
use crate::sql::{Dialect, Failure, Transaction, values};
use chinwag_core::domain::{MessageContent, Quote, RoomId, Seq};
use std::collections::HashMap;

/// Says of answers that were read how that begins which they answer, as it is now.
pub(crate) fn complete(
    sql: &dyn Transaction,
    room: RoomId,
    contents: &mut [(Seq, &mut MessageContent)],
) -> Result<(), Failure> {
    // Most answer nothing, and cost no statement.
    let mut targets: Vec<_> = contents.iter().filter_map(|(_, content)| content.reply_to).collect();
    if targets.is_empty() {
        return Ok(());
    }
    targets.sort_unstable();
    targets.dedup();
    let found = of_messages(sql, room, &targets)?;
    for (_, content) in contents {
        content.quote = content.reply_to.and_then(|target| found.get(&target)).cloned().map(Box::new);
    }
    Ok(())
}

/// How the messages at these places of a room begin: with nothing of what newcomers may not read, since all are told the same.
pub(crate) fn of_messages(
    sql: &dyn Transaction,
    room: RoomId,
    seqs: &[Seq],
) -> Result<HashMap<Seq, Quote>, Failure> {
    let select = among!(
        sql,
        "SELECT messages.seq, users.name,
             CASE WHEN rooms.history = 'all' AND messages.seq >= rooms.open_from THEN substr(messages.text, 1, 300) ELSE '' END
         FROM messages JOIN users ON users.id = messages.author_id JOIN rooms ON rooms.id = messages.room_id
         WHERE messages.room_id = ?1 AND messages.seq"
    );
    let places: Vec<_> = seqs.iter().map(|seq| seq.0).collect();
    let rows = sql.all(select, values![room, &places[..]], |row| {
        Ok((row.get(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
    })?;
    let named = |(seq, _, text): &(Seq, String, String)| text.contains("<@").then_some(*seq);
    let mentioning: Vec<_> = rows.iter().filter_map(named).collect();
    let mentions =
        if mentioning.is_empty() { HashMap::new() } else { mentions::of_messages(sql, room, &mentioning)? };
    let quote = |(seq, name, text): (Seq, String, String)| {
        (seq, Quote::of(name, &text, mentions.get(&seq).map_or(&[], Vec::as_slice)))
    };
    Ok(rows.into_iter().map(quote).collect())
}
