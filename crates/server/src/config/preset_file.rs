use crate::gateway;
use serde::Deserialize;
use std::fs;
use std::str::FromStr;

/// Tables of Socket.IO vocabularies from a file, in the form of those that come with the server (`docs/socketio.md`).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PresetFile(String);

impl PresetFile {
    /// What stands in the file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl FromStr for PresetFile {
    type Err = String;

    /// Reads the file of this path.
    fn from_str(path: &str) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))?;
        gateway::check_presets(&text).map_err(|mistake| format!("{path}: {mistake}"))?;
        Ok(Self(text))
    }
}

impl TryFrom<String> for PresetFile {
    type Error = String;

    fn try_from(path: String) -> Result<Self, String> {
        path.parse()
    }
}
