use rusqlite::{Connection, TransactionBehavior};

/// Each migration once and forever, in order; the schema's version is how many of them ran.
const MIGRATIONS: [&str; 1] = [concat!(
    include_str!("../../migrations/sqlite/0001_initial.sql"),
    include_str!("../../migrations/sqlite/0001_first_rows.sql"),
    include_str!("../../migrations/sqlite/0001_about_messages.sql"),
    include_str!("../../migrations/sqlite/0001_later.sql"),
    include_str!("../../migrations/sqlite/0001_notifications.sql"),
    include_str!("../../migrations/sqlite/0001_search.sql")
)];

/// The newest schema that this version knows.
#[expect(clippy::cast_possible_wrap, reason = "a handful of migrations")]
pub(super) const NEWEST: i64 = MIGRATIONS.len() as i64;

/// Marks a file as Chinwag's: "Chin" in ASCII.
const APPLICATION_ID: i64 = 0x4368_696e;

/// What an open database file is.
pub(super) enum Schema {
    /// There is nothing in it yet.
    Empty,
    /// Of this version after [`migrate`].
    Known,
    /// Of a newer version.
    Newer(i64),
    /// Not Chinwag's.
    Foreign,
}

/// Looks without changing anything, so that a file that is not ours stays as it is.
pub(super) fn inspect(connection: &Connection) -> rusqlite::Result<Schema> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application = pragma(connection, "application_id")?;
    let version = version(connection)?;
    let empty = tables == 0 && application == 0 && version == 0;
    Ok(if empty {
        Schema::Empty
    } else if application != APPLICATION_ID {
        Schema::Foreign
    } else if version > NEWEST {
        Schema::Newer(version)
    } else {
        Schema::Known
    })
}

/// Brings the schema to this version, forward only, each step whole or not at all.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    for (before, migration) in (0..).zip(MIGRATIONS) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if version(&transaction)? == before {
            transaction.execute_batch(migration)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", before + 1)?;
            tracing::info!(schema = before + 1, "the database was migrated");
        }
        transaction.commit()?;
    }
    Ok(())
}

/// How many migrations have run.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    pragma(connection, "user_version")
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
