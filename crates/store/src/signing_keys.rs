//! The keys that sign access tokens: one set for all nodes.

use crate::engine::{Engine, SqlStore};
use crate::sql::{Failure, Transaction, Value, values};
use crate::write::Write;
use chinwag_core::ports::{SigningKey, SigningKeys, StoreFuture};

/// How long a key is believed after another one took its place, in milliseconds: longer than any token that it signed is good.
const REPLACED_MS: i64 = 24 * 60 * 60 * 1000;

impl<E: Engine> SigningKeys for SqlStore<E> {
    fn signing_keys(&self) -> StoreFuture<Vec<SigningKey>> {
        self.0.read("signing_keys", all)
    }

    fn add_signing_key(&self, key: SigningKey) -> StoreFuture<()> {
        self.0.write("add_signing_key", move |write| add(write, &key))
    }

    fn first_signing_key(&self, key: SigningKey) -> StoreFuture<Vec<SigningKey>> {
        self.0.write("first_signing_key", move |write| {
            // Two nodes that begin at once may add one each: both are read by both.
            if all(write.sql)?.is_empty() {
                add(write, &key)?;
            }
            all(write.sql)
        })
    }
}

fn all(sql: &dyn Transaction) -> Result<Vec<SigningKey>, Failure> {
    const SELECT: &str = "SELECT kid, secret FROM signing_keys ORDER BY created_at DESC, kid";
    Ok(sql.all(SELECT, &[], |row| Ok(SigningKey { id: row.get(0)?, secret: row.get(1)? }))?)
}

fn add(write: &Write<'_>, key: &SigningKey) -> Result<(), Failure> {
    // A key is replaced when the next one is made.
    const FORGET: &str = "
        DELETE FROM signing_keys
        WHERE EXISTS (SELECT 1 FROM signing_keys AS next
                      WHERE next.created_at > signing_keys.created_at AND next.created_at < ?1)";
    const INSERT: &str = "INSERT INTO signing_keys (kid, secret, created_at) VALUES (?1, ?2, ?3)";
    write.sql.execute(FORGET, values![write.now.0 - REPLACED_MS])?;
    write
        .sql
        .execute(INSERT, &[Value::from(key.id.as_str()), Value::Bytes(&key.secret), write.now.into()])?;
    Ok(())
}
