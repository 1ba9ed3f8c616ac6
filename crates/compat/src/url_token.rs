use axum::extract::Query;
use axum::http::Uri;

/// Told to a client that brings a token where logs and histories keep it, on a server that does not take it there.
pub(crate) const NOT_TAKEN: &str = "This server takes no token from an address, because logs keep those. Send it as auth.token by Socket.IO, or in hello by the \
     native protocol; whoever runs the server may allow it with --embedding-token-in-url.";

/// What an address says of who comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum UrlToken {
    /// Nothing.
    Absent,
    /// A token that is taken.
    Taken(Box<str>),
    /// A token that is not.
    NotTaken,
}

impl UrlToken {
    /// That of an address, where it may stand there or may not.
    pub(crate) fn of(uri: &Uri, is_taken: bool) -> Self {
        let parameters = Query::<Vec<(String, String)>>::try_from_uri(uri);
        let Query(parameters) = parameters.unwrap_or_default();
        match parameters.into_iter().find(|(name, value)| name == "token" && !value.is_empty()) {
            Some((_, token)) if is_taken => Self::Taken(token.into()),
            Some(_) => Self::NotTaken,
            None => Self::Absent,
        }
    }

    /// The token, if it is taken.
    pub(crate) fn taken(&self) -> Option<&str> {
        match self {
            Self::Taken(token) => Some(token),
            Self::Absent | Self::NotTaken => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_taken_where_it_may_stand() {
        let of = |address, is_taken| UrlToken::of(&Uri::from_static(address), is_taken);
        for address in ["/", "/?room=tech", "/?token=", "/?tokens=a.b.c"] {
            assert_eq!(
                (of(address, true), of(address, false)),
                (UrlToken::Absent, UrlToken::Absent),
                "{address}"
            );
        }
        for address in ["/?token=a.b.c", "/?EIO=4&token=a.b.c&transport=polling", "/?token=a.b.c&token=d"] {
            assert_eq!(of(address, true).taken(), Some("a.b.c"), "{address}");
            assert_eq!(of(address, false), UrlToken::NotTaken, "{address}");
        }
    }
}
