/// SHA-256 of a session token: what the storage keeps, so that a stolen database signs nobody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

/// Makes session tokens.
pub trait SecretSource: Send + Sync {
    /// A new token from a cryptographically secure source, at least 128 bits of it, of printable ASCII.
    fn new_token(&self) -> String;

    /// The hash under which a token is stored. Any text is allowed.
    fn hash(&self, token: &str) -> TokenHash;
}
