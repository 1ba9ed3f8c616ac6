//! Keys, indexes and constraints between tables: to fill a table first and then to sort it once costs a fraction of keeping it sorted row by row.

use super::tables::names;
use tokio_postgres::{Client, Error};

/// What was taken from the tables, as statements that bring it back.
pub(super) struct Keys {
    statements: Vec<String>,
}

/// Takes all of them from the tables that are moved, inside of the transaction that is open.
pub(super) async fn take(client: &Client) -> Result<Keys, Error> {
    // Those between tables go first and come last: they stand on the others.
    const CONSTRAINTS: &str = "
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
               format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)),
               contype = 'f'
        FROM pg_constraint
        WHERE contype IN ('p', 'u', 'f') AND conrelid = ANY(SELECT to_regclass(name) FROM unnest($1::text[]) AS name)
        ORDER BY contype = 'f' DESC, conname";
    const INDEXES: &str = "
        SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
        FROM pg_index
        WHERE indrelid = ANY(SELECT to_regclass(name) FROM unnest($1::text[]) AS name)
        ORDER BY indexrelid";
    let names = names();
    let (mut keys, mut between) = (Vec::new(), Vec::new());
    for row in client.query(CONSTRAINTS, &[&names]).await? {
        client.batch_execute(row.get(0)).await?;
        if row.get(2) { between.push(row.get(1)) } else { keys.push(row.get(1)) }
    }
    for row in client.query(INDEXES, &[&names]).await? {
        client.batch_execute(row.get(0)).await?;
        keys.push(row.get(1));
    }
    keys.append(&mut between);
    Ok(Keys { statements: keys })
}

impl Keys {
    /// Brings all of them back. Answers each before it is begun: how many are done, and how many there are.
    pub(super) async fn bring_back(
        &self,
        client: &Client,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Error> {
        let all = self.statements.len() as u64;
        for (done, statement) in (0..).zip(&self.statements) {
            progress(done, all);
            client.batch_execute(statement).await?;
        }
        progress(all, all);
        Ok(())
    }
}
