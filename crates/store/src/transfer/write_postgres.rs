use super::cell::Cell;
use super::read_sqlite::Source;
use super::tables::{Table, names};
use super::{BATCH, MoveError};
use crate::postgres::Parameter;
use std::pin::pin;
use tokio_postgres::Client;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

/// The types of a table's columns.
pub(super) async fn types(client: &Client, table: &Table) -> Result<Vec<Type>, MoveError> {
    let statement = client.prepare(&table.select()).await?;
    Ok(statement.columns().iter().map(|column| column.type_().clone()).collect())
}

/// Takes away what a new database begins with: the source has its own.
pub(super) async fn empty(client: &Client) -> Result<(), MoveError> {
    Ok(client.batch_execute(&format!("TRUNCATE {}", names().join(", "))).await?)
}

/// Writes all rows of a table. Answers how many texts had a U+0000.
pub(super) async fn copy(
    source: &Source,
    client: &Client,
    table: &Table,
    progress: &mut dyn FnMut(u64),
) -> Result<u64, MoveError> {
    let types = types(client, table).await?;
    // The table is of this transaction, so nobody else sees a row before all others, and none has to be looked at again to know it.
    let copy =
        format!("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE)", table.name, table.columns.join(", "));
    let mut writer = pin!(BinaryCopyInWriter::new(client.copy_in(&copy).await?, &types));
    let mut statement = source.select(table)?;
    let unreadable = |error| source.unreadable(error);
    let mut rows = statement.query([]).map_err(unreadable)?;
    let (mut written, mut mended) = (0, 0);
    while let Some(row) = rows.next().map_err(unreadable)? {
        let cells = types.iter().enumerate().map(|(column, kind)| Cell::of_sqlite(row, column, kind));
        let cells = cells.collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
        mended += cells.iter().filter(|cell| cell.is_mended()).count() as u64;
        let parameters: Vec<_> = cells.iter().map(|cell| Parameter(cell.as_value())).collect();
        writer.as_mut().write_raw(&parameters).await?;
        written += 1;
        if written % BATCH == 0 {
            progress(written);
        }
    }
    writer.finish().await?;
    progress(written);
    Ok(mended)
}

/// Lets each table that numbers its rows go on behind the last number that was given, in whichever database.
pub(super) async fn go_on_numbering(
    source: &Source,
    client: &Client,
    table: &Table,
) -> Result<(), MoveError> {
    let highest = client.query_one(&format!("SELECT coalesce(max(id), 0) FROM {}", table.name), &[]).await?;
    let last = source.last_number(table)?.max(highest.get(0));
    let is_given = last > 0;
    const SET: &str = "SELECT setval(pg_get_serial_sequence($1, 'id'), $2, $3)";
    client.execute(SET, &[&table.name, &last.max(1), &is_given]).await?;
    Ok(())
}
