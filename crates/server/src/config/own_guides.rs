use chinwag_wire::socketio::Guides;
use serde::Deserialize;
use std::fs;
use std::str::FromStr;

/// Tables of Socket.IO vocabularies from a file, in the form of those that come with the server (`docs/socketio.md`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct OwnGuides(String);

impl OwnGuides {
    /// These, and behind them those that come with the server.
    ///
    /// # Errors
    /// A sentence that tells what does not fit.
    pub fn with_built_in(&self) -> Result<Guides, String> {
        Guides::with_built_in(&self.0)
    }
}

impl FromStr for OwnGuides {
    type Err = String;

    /// Reads the file of this path.
    fn from_str(path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
        Guides::with_built_in(&text).map_err(|mistake| format!("{path}: {mistake}"))?;
        Ok(Self(text))
    }
}

impl TryFrom<String> for OwnGuides {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        path.parse()
    }
}
