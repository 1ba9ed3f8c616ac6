use chinwag_core::domain::Refusal;
use std::error::Error;

/// Why a read or a write inside the storage did not come to its result.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The person may not do it, or it makes no sense. Nothing was written.
    Refused(Refusal),
    /// The database failed. The transaction is rolled back, the cause is logged, the person is told
    /// [`Refusal::Unavailable`].
    Database(DatabaseError),
}

/// What a database said when it failed, in the words of neither engine.
#[derive(Debug, thiserror::Error)]
#[error("{source}")]
pub(crate) struct DatabaseError {
    /// What an engine does about it.
    pub(crate) cause: Cause,
    /// By which the database tells its errors apart.
    code: Option<Box<str>>,
    source: Box<dyn Error + Send + Sync>,
}

/// What an engine does about an error depends on this alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// Something of the database is broken. It does not mend itself, and more may be.
    Damaged,
    /// There is no room, no right to write, no memory, or the disk failed: other statements would fail as well.
    Exhausted,
    /// Another transaction was in the way. The same may work when it is run again.
    Conflict,
    /// There is a row already that may be there only once, as far as an index says. Run again, the look before finds it.
    Taken,
    /// The connection is gone. Nobody knows what became of the transaction if its commit was sent.
    Disconnected,
    /// A defect: of the statement, or of what was read.
    Defect,
}

impl DatabaseError {
    pub(crate) fn new(cause: Cause, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { cause, code: None, source: source.into() }
    }

    /// The same with the code that the database gave it.
    pub(crate) fn with_code(self, code: &str) -> Self {
        Self { code: Some(code.into()), ..self }
    }

    /// The code that the database gave it, or a word where it gave none.
    pub(crate) fn code(&self) -> &str {
        match (&self.code, &self.cause) {
            (Some(code), _) => code,
            (None, Cause::Disconnected) => "disconnected",
            (None, Cause::Conflict | Cause::Taken) => "changed",
            (None, Cause::Damaged | Cause::Exhausted | Cause::Defect) => "defect",
        }
    }

    /// What is stored cannot be understood, or a statement did not do what it must.
    pub(crate) fn defect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(Cause::Defect, source)
    }

    /// What was looked at before a lock is not so any more: the whole transaction has to be run again.
    pub(crate) fn conflict(what: &'static str) -> Self {
        Self::new(Cause::Conflict, what)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<DatabaseError> for Failure {
    fn from(error: DatabaseError) -> Self {
        Self::Database(error)
    }
}
