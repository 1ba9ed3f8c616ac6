use serde::Deserialize;
use std::convert::Infallible;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// The URL of another service, as it was given. It may hold a password, so it is looked at only when nobody prints it any more, and shows
/// nothing of itself.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct SecretUrl(String);

/// Why there is no URL to be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Two places for one URL.
    #[error("{0} and {0}_file both say it: leave one out")]
    Twice(&'static str),
    /// The file is not readable.
    #[error("{0}_file names {1}, which cannot be read: {2}")]
    Unreadable(&'static str, PathBuf, std::io::Error),
    /// Nothing stands in the file.
    #[error("{0}_file names {1}, which is empty: write the URL into it")]
    Empty(&'static str, PathBuf),
}

impl SecretUrl {
    /// What it says, without what surrounds it; nothing when none was given.
    fn text(&self) -> Option<String> {
        Some(self.0.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// What the option `name` says, or the `file` that is given in its place.
    pub(super) fn or_of(&self, file: &Path, name: &'static str) -> Result<Option<String>, SecretError> {
        match (self.text(), file.as_os_str().is_empty()) {
            (given, true) => Ok(given),
            (Some(_), false) => Err(SecretError::Twice(name)),
            (None, false) => {
                let text = fs::read_to_string(file)
                    .map_err(|error| SecretError::Unreadable(name, file.to_owned(), error))?;
                let text = Self(text).text().ok_or_else(|| SecretError::Empty(name, file.to_owned()))?;
                Ok(Some(text))
            }
        }
    }
}

impl FromStr for SecretUrl {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretUrl(..)")
    }
}
