use chinwag_core::domain::{Refusal, UserName};
use serde::Deserialize;
use std::str::FromStr;

/// A name that is nobody's.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ReservedName(pub UserName);

impl FromStr for ReservedName {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        UserName::parse(text).map(Self)
    }
}

impl TryFrom<String> for ReservedName {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}
