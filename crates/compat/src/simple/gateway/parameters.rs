use axum::extract::Query;
use axum::http::Uri;
use chinwag_core::domain::{Refusal, RoomSlug, UserName, WantedName};
use serde::Deserialize;

/// What stands in the address that a client connects to. Each of them makes it a client of bare text.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PlainParameters {
    room: Option<String>,
    name: Option<String>,
    prefix: Option<String>,
    echo: Option<String>,
}

/// What a client of bare text wants.
#[derive(Debug)]
pub(super) struct PlainOptions {
    pub(super) room: RoomSlug,
    pub(super) name: WantedName,
    /// Whether the names of the authors stand before the texts.
    pub(super) is_named: bool,
    /// Whether the client gets its own messages, too.
    pub(super) echo: bool,
}

impl PlainParameters {
    /// Those of an address. One that cannot be read has none.
    pub(super) fn of(uri: &Uri) -> Self {
        Query::try_from_uri(uri).map(|Query(parameters)| parameters).unwrap_or_default()
    }

    /// Whether any stands there.
    pub(super) fn are_given(&self) -> bool {
        [&self.room, &self.name, &self.prefix, &self.echo].into_iter().any(Option::is_some)
    }

    /// The room that is named, if it can be one, or the lobby.
    pub(super) fn room_or(&self, lobby: &RoomSlug) -> RoomSlug {
        let room = self.room.as_deref().and_then(|room| RoomSlug::of_name(room).ok());
        room.unwrap_or_else(|| lobby.clone())
    }

    /// What they say, with the defaults for what they do not say.
    pub(super) fn plain_options(&self, lobby: &RoomSlug) -> Result<PlainOptions, Refusal> {
        let room = self.room.as_deref().map(RoomSlug::of_name).transpose()?;
        let name = self.name.as_deref().map(UserName::parse).transpose()?;
        let is_named = self.prefix.as_deref() == Some("name");
        Ok(PlainOptions {
            room: room.unwrap_or_else(|| lobby.clone()),
            name: name.map_or(super::client::NAMELESS, WantedName::Named),
            is_named,
            echo: self.echo.as_deref() != Some("off"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lobby() -> RoomSlug {
        RoomSlug::parse("general").unwrap()
    }

    fn options(address: &'static str) -> Result<PlainOptions, Refusal> {
        PlainParameters::of(&Uri::from_static(address)).plain_options(&lobby())
    }

    #[test]
    fn an_address_without_parameters_decides_nothing() {
        for address in ["/", "/simple?", "/?utm=1", "/?room=a&room=b"] {
            assert!(!PlainParameters::of(&Uri::from_static(address)).are_given(), "{address}");
        }
        let PlainOptions { room, name, is_named, echo } = options("/").unwrap();
        assert_eq!((room, is_named, echo), (lobby(), false, true));
        assert_eq!(name, WantedName::Numbered("Guest"));
    }

    #[test]
    fn each_parameter_is_a_wish() {
        for address in ["/?room=tech", "/?name=Alex", "/?prefix=name", "/simple?x=1&echo=off"] {
            assert!(PlainParameters::of(&Uri::from_static(address)).are_given(), "{address}");
        }
        let PlainOptions { room, name, is_named, echo } =
            options("/?room=tech&name=Zo%C3%AB+K&prefix=name&echo=off").unwrap();
        assert_eq!((room.as_str(), is_named, echo), ("tech", true, false));
        assert_eq!(name, WantedName::Named(UserName::parse("Zoë K").unwrap()));
    }

    #[test]
    fn rooms_and_names_keep_their_rules() {
        assert_eq!(options("/?room=The+Bar").unwrap().room.as_str(), "the-bar");
        assert!(matches!(options("/?room=***"), Err(Refusal::RoomInvalid(_))));
        assert!(matches!(options("/?name=%3Cb%3E"), Err(Refusal::NameInvalid(_))));
    }
}
