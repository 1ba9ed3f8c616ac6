use super::cell::Cell;
use super::read_sqlite::Source;
use super::tables::Table;
use super::write_postgres::types;
use super::{BATCH, MoveError};
use futures_util::TryStreamExt as _;
use std::pin::pin;
use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyOutStream;

/// Reads a table of both databases in the order of its keys, and compares row by row and column by column. Answers how many rows it has, or the
/// first difference.
pub(super) async fn compare(
    source: &Source,
    client: &Client,
    table: &Table,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, MoveError> {
    let types = types(client, table).await?;
    let copy = format!("COPY ({}) TO STDOUT (FORMAT binary)", table.select());
    let mut stored = pin!(BinaryCopyOutStream::new(client.copy_out(&copy).await?, &types));
    let mut statement = source.select(table)?;
    let unreadable = |error| source.unreadable(error);
    let mut rows = statement.query([]).map_err(unreadable)?;
    let mut equal = 0;
    loop {
        let (row, copy) = (rows.next().map_err(unreadable)?, stored.try_next().await?);
        let expected = row.map(|row| {
            types.iter().enumerate().map(|(column, kind)| Cell::of_sqlite(row, column, kind)).collect()
        });
        let expected: Option<Vec<_>> = expected.transpose().map_err(unreadable)?;
        let found = copy.as_ref().map(|row| {
            types.iter().enumerate().map(|(column, kind)| Cell::of_postgres(row, column, kind)).collect()
        });
        let found: Option<Vec<_>> = found.transpose()?;
        match (expected, found) {
            (None, None) => {
                progress(equal);
                return Ok(equal);
            }
            (Some(expected), Some(found)) if expected == found => equal += 1,
            (expected, found) => {
                let difference = difference(table, expected.as_deref(), found.as_deref());
                return Err(MoveError::Differs { difference });
            }
        }
        if equal % BATCH == 0 {
            progress(equal);
        }
    }
}

/// What is different, without what people wrote.
fn difference(table: &Table, expected: Option<&[Cell<'_>]>, found: Option<&[Cell<'_>]>) -> String {
    let name = table.name;
    let key = |row: &[Cell<'_>]| {
        let named = table.key.iter().zip(row).map(|(column, cell)| match cell {
            Cell::Integer(number) => format!("{column} {number}"),
            Cell::Text(text) => format!("{column} {text}"),
            Cell::Null | Cell::Boolean(_) | Cell::Bytes(_) => (*column).to_owned(),
        });
        named.collect::<Vec<_>>().join(", ")
    };
    match (expected, found) {
        (Some(expected), Some(found)) if key(expected) == key(found) => {
            let column =
                table.columns.iter().zip(expected.iter().zip(found)).find(|(_, (one, other))| one != other);
            let column = column.map_or("a column", |(column, _)| column);
            format!("in {name}, the row of {} has another {column}", key(expected))
        }
        (Some(expected), None) => format!("in {name}, the row of {} is missing", key(expected)),
        (None, Some(found)) => format!("in {name}, the row of {} is too many", key(found)),
        (Some(expected), Some(found)) => {
            format!("in {name}, the row of {} stands where that of {} belongs", key(found), key(expected))
        }
        (None, None) => format!("something in {name}"),
    }
}

/// Looks whether every room's log is whole: each place from the first one to the head is taken, once.
pub(super) async fn check_logs(client: &Client) -> Result<(), MoveError> {
    const BROKEN: &str = "
        SELECT rooms.id, rooms.head_seq, coalesce(logs.first, 1), coalesce(logs.entries, 0)
        FROM rooms LEFT JOIN (
            SELECT room_id, min(seq) AS first, max(seq) AS last, count(*) AS entries FROM log GROUP BY room_id
        ) AS logs ON logs.room_id = rooms.id
        WHERE rooms.head_seq <> coalesce(logs.last, 0)
        OR rooms.head_seq <> coalesce(logs.first - 1 + logs.entries, 0)
        OR EXISTS (SELECT FROM events JOIN messages USING (room_id, seq) WHERE events.room_id = rooms.id)
        ORDER BY rooms.id LIMIT 1";
    let Some(broken) = client.query_opt(BROKEN, &[]).await? else { return Ok(()) };
    let [room, head, first, entries] = [0, 1, 2, 3].map(|column| broken.get(column));
    Err(MoveError::BrokenLog { room, head, first, entries })
}
