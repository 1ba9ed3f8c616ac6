use super::Refusal;

/// A client's own name for one of its writes: 1 to 64 of `A-Z a-z 0-9 - _ . :`.
///
/// A repeat of a write with the same id by the same person returns the first result.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientId(Box<str>);

impl ClientId {
    /// Reads a client id.
    ///
    /// # Errors
    /// [`Refusal::ClientIdInvalid`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
        if text.is_empty() || text.len() > 64 || !text.bytes().all(allowed) {
            return Err(Refusal::ClientIdInvalid);
        }
        Ok(Self(text.into()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
