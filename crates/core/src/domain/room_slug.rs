use super::Refusal;

/// A room's name in addresses and frames: 1 to 40 of `a-z`, `0-9`, `-`, beginning and ending with a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomSlug(Box<str>);

impl RoomSlug {
    /// Reads a slug.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let edge_is_dash = text.starts_with('-') || text.ends_with('-');
        if text.is_empty() || text.len() > 40 || edge_is_dash || !text.bytes().all(allowed) {
            return Err(Refusal::RoomInvalid(
                "A room's short name has 1 to 40 of a-z, 0-9 and -, and neither begins nor ends with -.",
            ));
        }
        Ok(Self(text.into()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RoomSlug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
