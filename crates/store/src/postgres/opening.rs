//! What is looked at before a database is used.

use super::PostgresOpenError;
use super::connection::Target;
use super::database_url::DatabaseUrl;
use super::durability::Durability;
use super::error::said;
use super::migrations::{NEWEST, Schema, inspect, migrate};
use super::session::{Claim, NoSession, sign_in};
use std::error::Error as _;
use std::io;
use tokio::task::JoinHandle;
use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};

/// The oldest version whose SQL this is, as PostgreSQL counts.
const OLDEST: i32 = 140_000;

/// What is known of a database that is ready for use.
pub(super) struct Opened {
    pub(super) epoch: String,
    /// See [`PostgresStore::namespace`](super::PostgresStore::namespace).
    pub(super) namespace: String,
    pub(super) durability: Durability,
}

/// Signs in, looks, and migrates.
pub(super) async fn open(target: &Target) -> Result<Opened, PostgresOpenError> {
    let url = &target.url;
    let (mut client, driver) = sign_in(url, &target.tls).await.map_err(|error| explain(error, url))?;
    let opened = prepare(&mut client, url).await;
    drop(client);
    // It says goodbye to the server.
    let _ = driver.await;
    opened
}

/// Signs in to a server that keeps what Chinwag promises.
pub(crate) async fn enter(url: &DatabaseUrl) -> Result<(Client, JoinHandle<()>), PostgresOpenError> {
    let tls = url.tls.connector()?;
    let (client, driver) = sign_in(url, &tls).await.map_err(|error| explain(error, url))?;
    check_server(&client, url).await?;
    Ok((client, driver))
}

/// Looks at the server and migrates the database.
async fn prepare(client: &mut Client, url: &DatabaseUrl) -> Result<Opened, PostgresOpenError> {
    let failed = |error| explain(NoSession::Refused(error), url);
    let durability = check_server(client, url).await?;
    refuse_foreign(&inspect(client).await.map_err(failed)?, url)?;
    migrate(client).await.map_err(failed)?;
    let (epoch, namespace) = names(client).await.map_err(failed)?;
    Ok(Opened { epoch, namespace, durability })
}

/// Refuses a database that is of another program, or of a newer version beside which this one may not run.
pub(crate) fn refuse_foreign(schema: &Schema, url: &DatabaseUrl) -> Result<(), PostgresOpenError> {
    let database = url.database().to_owned();
    match *schema {
        Schema::Empty | Schema::Usable => Ok(()),
        Schema::Newer(found) => Err(PostgresOpenError::Newer { database, found, known: NEWEST }),
        Schema::Foreign => Err(PostgresOpenError::Foreign { database }),
    }
}

/// Refuses a server that cannot keep what Chinwag promises.
async fn check_server(client: &Client, url: &DatabaseUrl) -> Result<Durability, PostgresOpenError> {
    let failed = |error| explain(NoSession::Refused(error), url);
    let (server, database) = (url.server(), url.database().to_owned());
    let setting = async |name: &str| {
        let row = client.query_one("SELECT current_setting($1)", &[&name]).await.map_err(failed)?;
        Ok::<String, PostgresOpenError>(row.get(0))
    };
    let number: i32 = setting("server_version_num").await?.parse().unwrap_or_default();
    if number < OLDEST {
        return Err(PostgresOpenError::TooOld { server, found: setting("server_version").await? });
    }
    let encoding = setting("server_encoding").await?;
    if encoding != "UTF8" {
        return Err(PostgresOpenError::Encoding { database, found: encoding });
    }
    if setting("transaction_read_only").await? == "on" {
        return Err(PostgresOpenError::ReadOnly { database });
    }
    if setting("fsync").await? == "off" {
        return Err(PostgresOpenError::Forgetful {
            server,
            setting: "fsync = off".to_owned(),
            remedy: "fsync = on in postgresql.conf",
        });
    }
    let commit = setting("synchronous_commit").await?;
    if matches!(commit.as_str(), "off" | "local") {
        return Err(PostgresOpenError::Forgetful {
            server,
            setting: format!("synchronous_commit = {commit}"),
            remedy: "synchronous_commit = on in postgresql.conf, or for this user with ALTER ROLE",
        });
    }
    Ok(Durability::of(&setting("synchronous_standby_names").await?))
}

/// Names the history that the database holds, and the database whatever its history. Of the first are part: the server and how often a replica took
/// its place, which it counts as the first part of the name of its log, and the table, which a dump brings back as another one.
pub(super) async fn names(client: &Client) -> Result<(String, String), Error> {
    const NAMES: &str = "
        SELECT left(md5(concat_ws(' ', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), place)), 16),
               left(md5(concat_ws(' ', system_identifier, place)), 16)
        FROM pg_control_system(), (SELECT 'chinwag'::regclass::oid AS place) AS of_table";
    let row = client.query_one(NAMES, &[]).await?;
    Ok((row.get(0), row.get(1)))
}

/// The sentence for what PostgreSQL says when a server wants the database.
pub(super) fn explain_claim(error: NoSession, claim: Claim, url: &DatabaseUrl) -> PostgresOpenError {
    let database = url.database().to_owned();
    match (&error, claim) {
        (NoSession::Refused(refused), Claim::Alone(_)) if is_held(refused) => {
            PostgresOpenError::InUse { database }
        }
        (NoSession::Refused(refused), Claim::Beside(_)) if is_held(refused) => {
            PostgresOpenError::InUseAlone { database }
        }
        _ => explain(error, url),
    }
}

fn is_held(error: &Error) -> bool {
    error.code() == Some(&SqlState::LOCK_NOT_AVAILABLE)
}

/// The sentence for what PostgreSQL says.
pub(crate) fn explain(error: NoSession, url: &DatabaseUrl) -> PostgresOpenError {
    let (server, user, database) = (url.server(), url.user().to_owned(), url.database().to_owned());
    let error = match error {
        NoSession::Refused(error) => error,
        NoSession::OtherHistory => {
            return PostgresOpenError::NoServer {
                server,
                reason: "its history changed at this moment".to_owned(),
            };
        }
        NoSession::Silent => {
            return PostgresOpenError::NoServer { server, reason: "it says nothing".to_owned() };
        }
    };
    let reason = said(&error);
    let Some(code) = error.code() else {
        let is_io = error.source().is_some_and(|source| source.is::<io::Error>());
        let text = error.to_string();
        return if text.contains("TLS") {
            PostgresOpenError::Tls { server, reason }
        } else if text.contains("authentication") || reason.contains("password") {
            PostgresOpenError::SignIn { user, reason }
        } else if text.contains("session") && !is_io {
            // `target_session_attrs=read-write`, and there is no such server.
            PostgresOpenError::ReadOnly { database }
        } else {
            PostgresOpenError::NoServer { server, reason }
        };
    };
    match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => {
            PostgresOpenError::SignIn { user, reason }
        }
        SqlState::INVALID_CATALOG_NAME => PostgresOpenError::NoDatabase { server, database },
        SqlState::INSUFFICIENT_PRIVILEGE | SqlState::INVALID_SCHEMA_NAME => {
            PostgresOpenError::NoRight { user, database, reason }
        }
        SqlState::CANNOT_CONNECT_NOW => PostgresOpenError::NoServer { server, reason },
        _ => PostgresOpenError::Other { server, reason },
    }
}
