use chinwag_store::WrongDatabaseUrl;
use serde::Deserialize;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The URL of a PostgreSQL database, as it was given. It may hold a password, so it is looked at only when nobody prints it any more, and shows
/// nothing of itself.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// What it says; nothing when none was given.
    ///
    /// # Errors
    /// [`WrongDatabaseUrl`], which does not repeat it.
    pub fn read(&self) -> Result<Option<chinwag_store::DatabaseUrl>, WrongDatabaseUrl> {
        if self.0.is_empty() { Ok(None) } else { chinwag_store::DatabaseUrl::parse(self.0.trim()).map(Some) }
    }

    /// Whether none was given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for DatabaseUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("DatabaseUrl(..)")
    }
}
