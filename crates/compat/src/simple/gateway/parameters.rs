use crate::wishes;
use axum::extract::Query;
use axum::http::Uri;
use chinwag_core::domain::{RoomSlug, WantedName};
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

    /// The room that is named, or the lobby.
    pub(super) fn room_or(&self, lobby: &RoomSlug) -> RoomSlug {
        self.room.as_deref().and_then(wishes::room).unwrap_or_else(|| lobby.clone())
    }

    /// What they say, with the defaults for what they do not say. What cannot be a room or a name is made to fit: a page of bare text has
    /// nobody to whom it could tell that.
    pub(super) fn plain_options(&self, lobby: &RoomSlug, text_echo: bool) -> PlainOptions {
        let name = self.name.as_deref().and_then(wishes::name);
        let echo = match self.echo.as_deref() {
            Some("off") => false,
            Some("on") => true,
            Some(_) | None => text_echo,
        };
        PlainOptions {
            room: self.room_or(lobby),
            name: name.map_or(super::client::NAMELESS, WantedName::Named),
            is_named: self.prefix.as_deref() == Some("name"),
            echo,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::UserName;

    fn lobby() -> RoomSlug {
        RoomSlug::parse("general").unwrap()
    }

    fn options(address: &'static str) -> PlainOptions {
        PlainParameters::of(&Uri::from_static(address)).plain_options(&lobby(), true)
    }

    #[test]
    fn an_address_without_parameters_decides_nothing() {
        for address in ["/", "/simple?", "/?utm=1", "/?room=a&room=b"] {
            assert!(!PlainParameters::of(&Uri::from_static(address)).are_given(), "{address}");
        }
        let PlainOptions { room, name, is_named, echo } = options("/");
        assert_eq!((room, is_named, echo), (lobby(), false, true));
        assert_eq!(name, WantedName::Numbered("Guest"));
    }

    #[test]
    fn each_parameter_is_a_wish() {
        for address in ["/?room=tech", "/?name=Alex", "/?prefix=name", "/simple?x=1&echo=off"] {
            assert!(PlainParameters::of(&Uri::from_static(address)).are_given(), "{address}");
        }
        let PlainOptions { room, name, is_named, echo } =
            options("/?room=tech&name=Zo%C3%AB+K&prefix=name&echo=off");
        assert_eq!((room.as_str(), is_named, echo), ("tech", true, false));
        assert_eq!(name, WantedName::Named(UserName::parse("Zoë K").unwrap()));
    }

    #[test]
    fn the_address_says_more_than_the_configuration() {
        let echo = |address, configured| {
            PlainParameters::of(&Uri::from_static(address)).plain_options(&lobby(), configured).echo
        };
        assert_eq!([echo("/", true), echo("/?echo=off", true), echo("/?echo=on", true)], [true, false, true]);
        assert_eq!(
            [echo("/", false), echo("/?echo=off", false), echo("/?echo=on", false)],
            [false, false, true]
        );
    }

    #[test]
    fn rooms_and_names_are_made_to_fit() {
        assert_eq!(options("/?room=The+Bar").room.as_str(), "the-bar");
        assert_eq!(options("/?room=***").room.as_str(), "u-2a-2a-2a");
        assert_eq!(options("/?room=").room, lobby());
        let named = |name| WantedName::Named(UserName::parse(name).unwrap());
        assert_eq!(options("/?name=%3CAlex%3E").name, named("Alex"));
        assert_eq!(options("/?name=%3C%3E").name, WantedName::Numbered("Guest"));
    }
}
