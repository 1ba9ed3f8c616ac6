use tokio_postgres::{Client, Error};

/// Each migration once and forever, in order; the schema's version is how many of them ran.
const MIGRATIONS: [Migration; 1] = [Migration {
    sql: concat!(
        include_str!("../../migrations/postgres/0001_initial.sql"),
        include_str!("../../migrations/postgres/0001_first_rows.sql"),
        include_str!("../../migrations/postgres/0001_helpers.sql"),
        include_str!("../../migrations/postgres/0001_about_messages.sql"),
        include_str!("../../migrations/postgres/0001_later.sql"),
        include_str!("../../migrations/postgres/0001_notifications.sql"),
        include_str!("../../migrations/postgres/0001_search.sql"),
        include_str!("../../migrations/postgres/0001_batches.sql")
    ),
    readable_from: 1,
}];

struct Migration {
    sql: &'static str,
    /// The oldest schema whose Chinwag works on what it makes. So that nodes can be replaced one after the other, a release adds what
    /// the next one needs and takes away only what the one before did not need any more: this is the schema of the release before.
    readable_from: i32,
}

/// The newest schema that this version knows.
#[expect(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "a handful of migrations")]
pub(crate) const NEWEST: i32 = MIGRATIONS.len() as i32;

/// What a database is.
pub(crate) enum Schema {
    /// There is nothing in it yet.
    Empty,
    /// Of this version after [`migrate`], or of a newer one beside which this one may run.
    Usable,
    /// Of a newer version, beside which this one may not run.
    Newer(i32),
    /// Not Chinwag's.
    Foreign,
}

/// Looks without changing anything.
pub(super) async fn inspect(client: &Client) -> Result<Schema, Error> {
    const TABLES: &str = "
        SELECT count(*) FILTER (WHERE table_name = 'chinwag'), count(*) FROM information_schema.tables
        WHERE table_schema = current_schema()";
    let row = client.query_one(TABLES, &[]).await?;
    Ok(match (row.get::<_, i64>(0), row.get::<_, i64>(1)) {
        (0, 0) => Schema::Empty,
        (0, _) => Schema::Foreign,
        _ => {
            let row = client.query_one("SELECT max(schema), max(readable_from) FROM chinwag", &[]).await?;
            match (row.get::<_, Option<i32>>(0), row.get::<_, Option<i32>>(1)) {
                (Some(schema), Some(readable_from)) if readable_from > NEWEST => Schema::Newer(schema),
                _ => Schema::Usable,
            }
        }
    })
}

/// "Chin" in ASCII. It is held to the end of the transaction.
const LOCK: &str = "SELECT pg_advisory_xact_lock(1130916206, hashtext(current_schema()))";

/// Brings the schema to this version, forward only, each step whole or not at all. Of nodes that start together one does it, and the others
/// wait for that.
pub(super) async fn migrate(client: &mut Client) -> Result<(), Error> {
    const TRY_LOCK: &str = "SELECT pg_try_advisory_xact_lock(1130916206, hashtext(current_schema()))";
    for (before, migration) in (0..).zip(MIGRATIONS) {
        let transaction = client.transaction().await?;
        // A migration takes as long as it takes, and so does waiting for another node's, or for a move into this database.
        transaction.batch_execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0").await?;
        if !transaction.query_one(TRY_LOCK, &[]).await?.get::<_, bool>(0) {
            tracing::info!("waiting for another chinwag that makes the tables of this database");
            transaction.batch_execute(LOCK).await?;
        }
        let exists = transaction.query_one("SELECT to_regclass('chinwag') IS NOT NULL", &[]).await?;
        let found = if exists.get(0) { version(transaction.client()).await? } else { 0 };
        if found == before {
            step(transaction.client(), before, migration).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

/// Makes all tables of a database that has none, inside of the transaction that is open. Answers what the database was before.
pub(crate) async fn make_tables(client: &Client) -> Result<Schema, Error> {
    client.batch_execute(LOCK).await?;
    let found = inspect(client).await?;
    if let Schema::Empty = found {
        for (before, migration) in (0..).zip(MIGRATIONS) {
            step(client, before, migration).await?;
        }
    }
    Ok(found)
}

async fn step(client: &Client, before: i32, migration: Migration) -> Result<(), Error> {
    const MARK: &str = "
        INSERT INTO chinwag (id, schema, readable_from) VALUES (1, $1, $2)
        ON CONFLICT (id) DO UPDATE SET schema = excluded.schema, readable_from = excluded.readable_from";
    client.batch_execute(migration.sql).await?;
    client.execute(MARK, &[&(before + 1), &migration.readable_from]).await?;
    tracing::info!(schema = before + 1, "the database was migrated");
    Ok(())
}

async fn version(client: &Client) -> Result<i32, Error> {
    Ok(client.query_one("SELECT coalesce(max(schema), 0) FROM chinwag", &[]).await?.get(0))
}
