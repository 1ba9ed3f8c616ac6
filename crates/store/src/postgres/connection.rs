use super::database_url::DatabaseUrl;
use super::error::{said, silent};
use super::history::History;
use super::session::{Claim, NoSession, Session};
use super::transaction::PostgresTransaction;
use crate::sql::{Cause, DatabaseError};
use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use tokio_postgres_rustls::MakeRustlsConnect;

/// From one attempt to reach a server to the next, at least; half as much again at most, so that not all come at once.
const PAUSE: Duration = Duration::from_millis(100);

/// Where sessions are opened, and by what right.
#[derive(Clone)]
pub(super) struct Target {
    pub(super) url: Arc<DatabaseUrl>,
    pub(super) tls: MakeRustlsConnect,
    pub(super) history: History,
}

/// A session of one thread, opened when it is needed and again when it was lost.
pub(super) struct Connection {
    target: Target,
    runtime: Runtime,
    claim: Claim,
    session: Option<Session>,
    /// Before that there is no use in trying again.
    next_attempt: Instant,
    /// Whether it is known, and logged, that the server cannot be reached.
    is_lost: bool,
}

impl Connection {
    pub(super) fn new(target: Target, claim: Claim) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        Ok(Self { target, runtime, claim, session: None, next_attempt: Instant::now(), is_lost: false })
    }

    /// Signs in and says in PostgreSQL's own words why that failed.
    pub(super) fn open(&mut self) -> Result<(), NoSession> {
        self.session = Some(Session::open(&self.runtime, &self.target, self.claim)?);
        Ok(())
    }

    /// Sees to it that there is a session, and tries to open one until `deadline`.
    pub(super) fn ensure(&mut self, deadline: Instant) -> Result<(), DatabaseError> {
        if self.session.take_if(|session| session.has_ended(&self.runtime)).is_none()
            && self.session.is_some()
        {
            return Ok(());
        }
        loop {
            let now = Instant::now();
            if self.next_attempt > deadline.max(now) {
                return Err(silent("there is no connection to PostgreSQL"));
            }
            // Made inside of the runtime, whose clock it needs.
            self.runtime.block_on(async { tokio::time::sleep_until(self.next_attempt.into()).await });
            match self.open() {
                Ok(()) => {
                    if std::mem::take(&mut self.is_lost) {
                        tracing::info!("connected to PostgreSQL again");
                    }
                    return Ok(());
                }
                Err(error) => {
                    if !std::mem::replace(&mut self.is_lost, true) {
                        let error = match error {
                            NoSession::Silent => {
                                "the server takes the connection and says nothing".to_owned()
                            }
                            NoSession::OtherHistory => {
                                "it goes on with another history, so this server must begin anew".to_owned()
                            }
                            NoSession::Refused(error) => said(&error),
                        };
                        tracing::error!(error, "cannot connect to PostgreSQL; trying again");
                    }
                    self.next_attempt = Instant::now() + PAUSE.mul_f64(1.0 + rand::random::<f64>() / 2.0);
                }
            }
        }
    }

    /// Begins a transaction. `begin` goes to the server together with the first statement.
    pub(super) fn begin(&self, begin: &'static str) -> Result<PostgresTransaction<'_>, DatabaseError> {
        let session = self.session()?;
        Ok(PostgresTransaction::new(session, &self.runtime, begin))
    }

    /// Carries out a statement that is a transaction of its own.
    pub(super) fn ask(
        &self,
        sql: &'static str,
        parameters: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<Row>, DatabaseError> {
        self.session()?.ask(&self.runtime, None, sql, parameters)
    }

    fn session(&self) -> Result<&Session, DatabaseError> {
        self.session.as_ref().ok_or_else(|| silent("there is no connection to PostgreSQL"))
    }

    /// Gives the session up, in whatever state it is.
    pub(super) fn forget(&mut self) {
        self.session = None;
    }

    /// Notes an error: a session that was lost is not asked again.
    pub(super) fn note(&mut self, error: &DatabaseError) {
        if error.cause == Cause::Disconnected {
            self.session = None;
        }
    }
}
