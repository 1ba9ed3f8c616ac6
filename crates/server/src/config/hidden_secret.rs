use serde::Deserialize;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// A secret, as it was given. It shows nothing of itself.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct HiddenSecret(String);

impl HiddenSecret {
    /// What it says; empty when none was given.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl FromStr for HiddenSecret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for HiddenSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("HiddenSecret(..)")
    }
}
