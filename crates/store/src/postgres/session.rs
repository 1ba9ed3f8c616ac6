use super::connection::Target;
use super::database_url::DatabaseUrl;
use super::error::{database_error, silent};
use super::row::{Hidden, Parameter};
use crate::sql::{DatabaseError, Value};
use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::task::JoinHandle;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Error, Row, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How long one question may take there and back. The server gives up a statement a little before; the kernel would wait for a server that is
/// silent for a quarter of an hour.
const LONGEST_FLIGHT: Duration = Duration::from_secs(6);

/// How long it may take to be let in.
const LONGEST_SIGN_IN: Duration = Duration::from_secs(4);

/// A session on the server, driven by the thread that asks: between two questions nothing of it runs.
pub(super) struct Session {
    client: Client,
    /// Moves the bytes while a question is asked. It ends with the session.
    driver: JoinHandle<()>,
    /// By where the text of a statement stands, which is as good as the text and needs no look at it.
    statements: RefCell<HashMap<(usize, usize, Finds), Statement>>,
}

/// Why there is no session.
#[derive(Debug)]
pub(crate) enum NoSession {
    /// The server takes the connection and says nothing.
    Silent,
    /// The database does not hold what this server has told its clients.
    OtherHistory,
    Refused(Error),
}

impl From<Error> for NoSession {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// Connects and signs in. This library's own limit ends when the connection stands, which is the kernel's doing.
pub(super) async fn sign_in(
    url: &DatabaseUrl,
    tls: &MakeRustlsConnect,
) -> Result<(Client, JoinHandle<()>), NoSession> {
    let connected = tokio::time::timeout(LONGEST_SIGN_IN, url.config.connect(tls.clone()));
    let (client, connection) = connected.await.map_err(|_| NoSession::Silent)??;
    let driver = tokio::spawn(async {
        // Whoever asked is told why it ended.
        let _ = connection.await;
    });
    Ok((client, driver))
}

/// What a session keeps to its server for as long as it lasts. One that cannot have it fails after the `lock_timeout`: the session of a
/// server which has just stopped may take a moment to end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// The database.
    Alone(Owner),
    /// A place beside other servers on the database. While it lasts there is no other by this number: when its successor stands, what it has
    /// asked for is done or undone.
    Beside(i64),
    /// To write beside the session that has the claim on the database, for this owner, and a number as [`Beside`](Self::Beside). Nobody else takes
    /// the database while it lasts, even if that other session was lost.
    Lane(i64, Owner),
    None,
}

/// Who has a database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner(i64);

impl Owner {
    pub(super) const ALL_WITH_A_BUS: Self = Self(0);

    /// A server that has the database for itself.
    pub(super) fn alone() -> Self {
        Self(rand::random_range(1..=i64::MAX))
    }
}

impl Claim {
    fn statement(self) -> Option<String> {
        const DATABASE: &str = "(1130916206::bigint << 32) | 'chinwag'::regclass::oid::bigint";
        const LANES: &str = "(1130916207::bigint << 32) | 'chinwag'::regclass::oid::bigint";
        // Where the owner changes, the lanes of the one before have ended. Of two that share the database, the second finds it changed.
        let own = |Owner(owner)| {
            format!(
                "DO $$ BEGIN
                    IF (SELECT owner FROM chinwag) <> {owner} THEN
                        PERFORM 1 FROM chinwag FOR UPDATE;
                        IF (SELECT owner FROM chinwag) <> {owner} THEN
                            PERFORM pg_advisory_xact_lock({LANES});
                            UPDATE chinwag SET owner = {owner};
                        END IF;
                    END IF;
                END $$"
            )
        };
        match self {
            // There is no other node, whatever is left of its lease.
            Self::Alone(owner) => {
                Some(format!("SELECT pg_advisory_lock({DATABASE}); {}; DELETE FROM nodes", own(owner)))
            }
            Self::Beside(number) => Some(format!(
                "SELECT pg_advisory_lock({number}); SELECT pg_advisory_lock_shared({DATABASE}); {}",
                own(Owner::ALL_WITH_A_BUS)
            )),
            Self::Lane(number, Owner(owner)) => Some(format!(
                "SELECT pg_advisory_lock({number}); SELECT pg_advisory_lock_shared({LANES});
                DO $$ BEGIN
                    IF (SELECT owner FROM chinwag) <> {owner} THEN
                        RAISE EXCEPTION 'another server has taken the database';
                    END IF;
                END $$"
            )),
            Self::None => None,
        }
    }
}

/// What a statement is asked to answer beside what it says itself.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Finds {
    AsWritten,
    /// The column `id` of the row that it inserts.
    NewId,
}

impl Session {
    /// Signs in. What each session needs is set in the same flight.
    pub(super) fn open(
        runtime: &Runtime,
        Target { url, tls, history }: &Target,
        claim: Claim,
    ) -> Result<Self, NoSession> {
        // `lock_timeout` before `statement_timeout`: whoever waits for a row runs again, and gives up only when that does not help.
        const SETTINGS: &str = "
            SET statement_timeout = '5s'; SET lock_timeout = '3s'; SET idle_in_transaction_session_timeout = '5s';
            SET default_transaction_isolation = 'read committed'; SET jit = off; SET client_min_messages = warning;
            SET TimeZone = 'UTC'; SET standard_conforming_strings = on";
        let open = async {
            let (client, driver) = sign_in(url, tls).await?;
            let session = Self { client, driver, statements: RefCell::default() };
            let prepare = async {
                session.client.batch_execute(SETTINGS).await?;
                if let Some(claim) = claim.statement() {
                    session.client.batch_execute(&claim).await?;
                }
                history.check(&session.client).await
            };
            tokio::time::timeout(LONGEST_FLIGHT, prepare).await.map_err(|_| NoSession::Silent)??;
            Ok(session)
        };
        runtime.block_on(open)
    }

    /// Whether the server, as far as it told, has ended the session.
    pub(super) fn has_ended(&self, runtime: &Runtime) -> bool {
        // Nobody has listened since the last question: let what came meanwhile be heard.
        runtime.block_on(async {
            for _ in 0..2 {
                tokio::task::yield_now().await;
            }
        });
        self.client.is_closed()
    }

    /// Asks for the rows of a statement. `first` is a statement without a result, such as `BEGIN`, that goes in the same flight.
    pub(super) fn query(
        &self,
        runtime: &Runtime,
        first: Option<&'static str>,
        (sql, finds): (&'static str, Finds),
        values: &[Value<'_>],
    ) -> Result<Vec<Row>, DatabaseError> {
        let parameters: Vec<_> = values.iter().copied().map(Parameter).collect();
        let parameters: Vec<_> = parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        self.flight(runtime, first, (sql, finds), async |statement| {
            self.client.query(statement, &parameters).await
        })
    }

    /// Carries a statement out. Answers how many rows it changed.
    pub(super) fn execute(
        &self,
        runtime: &Runtime,
        first: Option<&'static str>,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<u64, DatabaseError> {
        let parameters: Vec<_> = values.iter().copied().map(Parameter).collect();
        let parameters: Vec<_> = parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        self.flight(runtime, first, (sql, Finds::AsWritten), async |statement| {
            self.client.execute(statement, &parameters).await
        })
    }

    /// Asks with parameters that are no [`Value`]s.
    pub(super) fn ask(
        &self,
        runtime: &Runtime,
        first: Option<&'static str>,
        sql: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, DatabaseError> {
        let parameters: Vec<_> = parameters.iter().copied().map(Hidden).collect();
        let parameters: Vec<_> = parameters.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
        self.flight(runtime, first, (sql, Finds::AsWritten), async |statement| {
            self.client.query(statement, &parameters).await
        })
    }

    /// Carries out statements without parameters and results, one after the other.
    pub(super) fn batch(&self, runtime: &Runtime, sql: &str) -> Result<(), DatabaseError> {
        runtime.block_on(within(self.client.batch_execute(sql)))
    }

    fn flight<T>(
        &self,
        runtime: &Runtime,
        first: Option<&'static str>,
        (sql, finds): (&'static str, Finds),
        asked: impl AsyncFnOnce(&Statement) -> Result<T, Error>,
    ) -> Result<T, DatabaseError> {
        let key = (sql.as_ptr().addr(), sql.len(), finds);
        let known = self.statements.borrow().get(&key).cloned();
        let statement = match known {
            Some(statement) => statement,
            None => {
                let statement = runtime.block_on(within(self.client.prepare(&as_postgres(sql, finds))))?;
                self.statements.borrow_mut().insert(key, statement.clone());
                statement
            }
        };
        match first {
            None => runtime.block_on(within(asked(&statement))),
            Some(first) => runtime.block_on(within(async {
                let (begun, answer) = tokio::join!(self.client.batch_execute(first), asked(&statement));
                begun?;
                answer
            })),
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.driver.abort();
    }
}

async fn within<T>(answer: impl Future<Output = Result<T, Error>>) -> Result<T, DatabaseError> {
    match tokio::time::timeout(LONGEST_FLIGHT, answer).await {
        Ok(answer) => answer.map_err(database_error),
        Err(_) => Err(silent("the server did not answer in time")),
    }
}

/// A statement in PostgreSQL's words.
fn as_postgres(sql: &str, finds: Finds) -> String {
    let returning = match finds {
        Finds::AsWritten => "",
        Finds::NewId => " RETURNING id",
    };
    format!("{}{returning}", sql.replace('?', "$"))
}
