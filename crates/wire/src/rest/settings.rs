//! How people like their clients to be, and what they want to hear. The schema is closed: what is not here is refused.

use chinwag_core::domain::{self, FOR_EVER, Millis, SETTINGS_LENGTH};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;
use ts_rs::TS;
use utoipa::ToSchema;

/// Own words that somebody is told of at most, and how many characters each has at most.
const KEYWORDS: usize = 50;
const KEYWORD_LENGTH: usize = 60;
/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// One of a few words.
macro_rules! choice {
    ($(#[$doc:meta])* $name:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
        pub enum $name { $(#[serde(rename = $word)] $value),+ }
    };
}

choice!(Theme { System = "system", Light = "light", Dark = "dark" });
choice!(Density { Roomy = "roomy", Dense = "dense" });
choice!(Motion { System = "system", Reduced = "reduced" });
choice!(MessageLayout { Bubbles = "bubbles", Compact = "compact" });
choice!(EnterKey { Send = "send", Break = "break" });
choice!(RoomOrder { Name = "name", Activity = "activity" });
choice!(Language { System = "system", English = "en", German = "de" });
choice!(HoursOfDay { System = "system", Twelve = "12", TwentyFour = "24" });
choice!(
    /// Of what somebody wants to be notified.
    NotifyLevel { All = "all", Mentions = "mentions", Nothing = "nothing" }
);

/// How a client looks and behaves. What is not there is as the client has it by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[ts(optional_fields)]
pub struct LookSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub density: Option<Density>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub motion: Option<Motion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layout: Option<MessageLayout>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enter_key: Option<EnterKey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room_order: Option<RoomOrder>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unread_first: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<HoursOfDay>,
}

/// A time of each day in which somebody is not to be disturbed. When it ends before it begins, it goes over midnight.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuietHours {
    /// Minutes after midnight.
    pub from: u32,
    /// Minutes after midnight.
    pub to: u32,
    /// Where the clock hangs by which that is: the name of a time zone, such as `Europe/Berlin`.
    pub zone: String,
}

/// What somebody wants to hear.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct NotificationSettings {
    /// Of what, in rooms where nothing else is said.
    pub level: NotifyLevel,
    /// Own words: a message with one of them counts like a mention.
    pub keywords: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub quiet: Option<QuietHours>,
    /// Nothing is notified up to then, in milliseconds since 1970-01-01 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub paused_until: Option<i64>,
    /// Whether a window in the background shows notifications of the system, where the browser allows it.
    pub desktop: bool,
    pub sound: bool,
    /// Of 100.
    pub volume: u8,
    /// Whether a push to a device says what was written, and not only by whom and where.
    pub show_text: bool,
}

impl Default for NotificationSettings {
    fn default() -> Self {
        Self {
            level: NotifyLevel::Mentions,
            keywords: Vec::new(),
            quiet: None,
            paused_until: None,
            desktop: true,
            sound: true,
            volume: 60,
            show_text: false,
        }
    }
}

/// What others learn of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct PrivacySettings {
    /// Whether the others in rooms of at most 50 people see how far one has read.
    pub share_reads: bool,
}

impl Default for PrivacySettings {
    fn default() -> Self {
        Self { share_reads: true }
    }
}

/// All that a person has set, but what is set for one room.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    #[serde(deserialize_with = "object")]
    pub look: LookSettings,
    #[serde(deserialize_with = "object")]
    pub notifications: NotificationSettings,
    #[serde(deserialize_with = "object")]
    pub privacy: PrivacySettings,
}

/// Reads an object, and no list of its values, which serde would take for one.
fn object<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<T, D::Error> {
    let fields = serde_json::Map::deserialize(deserializer)?;
    serde_json::from_value(fields.into()).map_err(D::Error::custom)
}

/// The body of `PUT /api/settings`.
#[derive(Clone, Debug, Deserialize, TS, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutSettings {
    /// The number of the change that these are to follow.
    #[ts(type = "number")]
    pub revision: i64,
    #[serde(deserialize_with = "object")]
    pub settings: Settings,
}

/// The answer to every change of the settings.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct SettingsRevision {
    /// The number of this change.
    #[ts(type = "number")]
    pub revision: i64,
}

/// The body of `PUT /api/rooms/{room}/notifications`. What is left out is as everywhere.
#[derive(Clone, Debug, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomNotificationsWish {
    /// Of what the person wants to be notified there.
    pub level: Option<NotifyLevel>,
    /// Up to when the room is muted, in milliseconds since 1970-01-01 UTC; 253402300799000 for ever.
    #[ts(optional, type = "number")]
    pub muted_until: Option<i64>,
}

/// What somebody wants to hear of a room.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoomNotifications {
    #[ts(type = "number")]
    pub room: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    #[schema(nullable = false)]
    pub level: Option<NotifyLevel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    #[schema(nullable = false)]
    pub muted_until: Option<i64>,
}

/// The answer of `GET /api/settings`.
#[derive(Clone, Debug, Serialize, Deserialize, TS, ToSchema)]
pub struct OwnSettings {
    /// The number of the last change; 0 when there was none.
    #[ts(type = "number")]
    pub revision: i64,
    pub settings: Settings,
    /// The rooms in which it is otherwise than everywhere.
    pub rooms: Vec<RoomNotifications>,
}

impl Settings {
    /// Reads what is kept. What an older version wrote, and this one does not know, is as it is by itself.
    #[must_use]
    pub fn read(document: &str) -> Self {
        serde_json::from_str(document).unwrap_or_default()
    }

    /// What is kept.
    ///
    /// # Errors
    /// A sentence that says what may not be so.
    pub fn document(&self) -> Result<String, &'static str> {
        let NotificationSettings { keywords, quiet, paused_until, volume, .. } = &self.notifications;
        let distinct: BTreeSet<_> = keywords.iter().map(|word| word.to_lowercase()).collect();
        let is_word =
            |word: &String| word.trim() == word && (1..=KEYWORD_LENGTH).contains(&word.chars().count());
        let is_zone = |zone: &str| {
            (1..=60).contains(&zone.len())
                && zone.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/_+-".contains(&byte))
        };
        if keywords.len() > KEYWORDS || distinct.len() < keywords.len() || !keywords.iter().all(is_word) {
            return Err("There are at most 50 different keywords of at most 60 characters.");
        }
        if keywords.iter().any(|word| word.chars().any(char::is_control)) {
            return Err("A keyword is one line of text.");
        }
        if quiet.as_ref().is_some_and(|quiet| {
            quiet.from >= DAY || quiet.to >= DAY || quiet.from == quiet.to || !is_zone(&quiet.zone)
        }) {
            return Err("Quiet hours begin and end at two different minutes of a day, in a time zone.");
        }
        if paused_until.is_some_and(|until| !is_time(until)) {
            return Err("A pause ends at a time in milliseconds since 1970.");
        }
        if *volume > 100 {
            return Err("The volume is at most 100.");
        }
        let document = serde_json::to_string(self).map_err(|_| "These are no settings.")?;
        if document.len() > SETTINGS_LENGTH { Err("These settings are too long.") } else { Ok(document) }
    }
}

impl RoomNotificationsWish {
    /// What is wanted.
    ///
    /// # Errors
    /// A sentence that says what may not be so.
    pub fn wanted(&self) -> Result<domain::RoomNotifications, &'static str> {
        if self.muted_until.is_some_and(|until| !is_time(until)) {
            return Err("A room is muted up to a time in milliseconds since 1970.");
        }
        let level = self.level.map(Into::into);
        Ok(domain::RoomNotifications { level, muted_until: self.muted_until.map(Millis) })
    }
}

fn is_time(millis: i64) -> bool {
    (0..=FOR_EVER.0).contains(&millis)
}

impl From<domain::OwnSettings> for OwnSettings {
    fn from(domain::OwnSettings { revision, document, rooms }: domain::OwnSettings) -> Self {
        let rooms = rooms.into_iter().map(|(room, of)| RoomNotifications {
            room: room.0,
            level: of.level.map(Into::into),
            muted_until: of.muted_until.map(|until| until.0),
        });
        Self { revision, settings: Settings::read(&document), rooms: rooms.collect() }
    }
}

impl From<NotifyLevel> for domain::NotifyLevel {
    fn from(level: NotifyLevel) -> Self {
        match level {
            NotifyLevel::All => Self::All,
            NotifyLevel::Mentions => Self::Mentions,
            NotifyLevel::Nothing => Self::Nothing,
        }
    }
}

impl From<domain::NotifyLevel> for NotifyLevel {
    fn from(level: domain::NotifyLevel) -> Self {
        match level {
            domain::NotifyLevel::All => Self::All,
            domain::NotifyLevel::Mentions => Self::Mentions,
            domain::NotifyLevel::Nothing => Self::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(notifications: &str) -> Result<String, String> {
        let text = format!(r#"{{"notifications": {notifications}}}"#);
        let settings: Settings = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        settings.document().map_err(str::to_owned)
    }

    #[test]
    fn what_is_kept_is_read_as_it_was() {
        let text = with(r#"{"level": "all", "keywords": ["tea"], "quiet": {"from": 1320, "to": 420, "zone": "Europe/Berlin"}}"#)
            .unwrap();
        let read = Settings::read(&text);
        assert_eq!(read.notifications.keywords, ["tea"]);
        assert_eq!(read.document().unwrap(), text);
        assert_eq!(Settings::read(""), Settings::default());
        assert_eq!(Settings::read(r#"{"look": {"of": "an older version"}}"#), Settings::default());
    }

    #[test]
    fn the_schema_is_closed() {
        for wrong in [
            r#"{"level": "some"}"#,
            r#"{"leval": "all"}"#,
            r#"{"keywords": [""]}"#,
            r#"{"keywords": [" tea"]}"#,
            r#"{"keywords": ["tea", "TEA"]}"#,
            r#"{"keywords": ["a\nb"]}"#,
            r#"{"volume": 101}"#,
            r#"{"volume": -1}"#,
            r#"{"pausedUntil": -1}"#,
            r#"{"quiet": {"from": 1440, "to": 1, "zone": "UTC"}}"#,
            r#"{"quiet": {"from": 1, "to": 1, "zone": "UTC"}}"#,
            r#"{"quiet": {"from": 1, "to": 2, "zone": "<b>"}}"#,
        ] {
            assert!(with(wrong).is_err(), "{wrong}");
        }
        let many: Vec<_> = (0..51).map(|number| format!("\"w{number}\"")).collect();
        assert!(with(&format!(r#"{{"keywords": [{}]}}"#, many.join(","))).is_err());
        assert!(with(&format!(r#"{{"keywords": [{}]}}"#, many[1..].join(","))).is_ok());
    }
}
