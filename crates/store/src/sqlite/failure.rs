use chinwag_core::domain::Refusal;

/// Why a read or a write inside the storage did not come to its result.
#[derive(Debug)]
pub(super) enum Failure {
    /// The person may not do it, or it makes no sense. Nothing was written.
    Refused(Refusal),
    /// The database failed. The transaction is rolled back, the cause is logged, the person is told
    /// [`Refusal::Unavailable`].
    Sql(rusqlite::Error),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}
