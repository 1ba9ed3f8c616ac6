use chinwag_core::domain::{Refusal, RoomSlug};
use serde::Deserialize;
use std::str::FromStr;

/// The room of those who name none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Lobby(pub RoomSlug);

impl Default for Lobby {
    #[expect(clippy::expect_used, reason = "the tests read this very text")]
    fn default() -> Self {
        Self(RoomSlug::parse("general").expect("this is a slug"))
    }
}

impl FromStr for Lobby {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        RoomSlug::parse(text).map(Self)
    }
}

impl TryFrom<String> for Lobby {
    type Error = Refusal;

    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}
