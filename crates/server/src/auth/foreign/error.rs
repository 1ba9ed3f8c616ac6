use std::path::PathBuf;

/// Why the tokens of others cannot be read as it is configured. Each is a sentence that tells what to do.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddingError {
    /// More than one kind of key.
    #[error("embedding has several keys: say one of secret, secret_file, key_file and jwks_file")]
    SeveralKeys,
    /// Something is said of tokens that nobody can sign.
    #[error(
        "embedding has an audience or an issuer and no key: say one of secret, secret_file, key_file and jwks_file"
    )]
    NoKey,
    /// A key without an audience.
    #[error(
        "embedding.audience is missing: say what your tokens have in aud, so that those for other services are refused"
    )]
    NoAudience,
    /// The audience of this server's own tokens.
    #[error(
        "embedding.audience is \"chinwag\", which stands in the server's own tokens: choose another one, such as the address of this server"
    )]
    OwnAudience,
    /// A secret that may be guessed.
    #[error(
        "the secret of embedding has {0} bytes, and HS256 needs at least 32: make one with openssl rand -base64 48"
    )]
    ShortSecret(usize),
    /// A public key in the place of a secret.
    #[error(
        "the secret of embedding is a key in PEM, which others may know: name its file by embedding.key_file"
    )]
    PemAsSecret,
    /// The file is not readable.
    #[error("{0} names {1}, which cannot be read: {2}")]
    Unreadable(&'static str, PathBuf, std::io::Error),
    /// The private key, which is the signer's alone.
    #[error(
        "embedding.key_file names {0}, which has a private key: keep that where tokens are signed, and give the public one here (openssl pkey -pubout)"
    )]
    PrivateKey(PathBuf),
    /// No key that is known.
    #[error(
        "embedding.key_file names {0}, which has no usable key: it has to be a public key in PEM of RSA (2048 bits or more, for RS256), P-256 (ES256) or Ed25519 (EdDSA)"
    )]
    WrongPem(PathBuf),
    /// No set of keys.
    #[error("embedding.jwks_file names {0}, which is no JSON Web Key Set: {1}")]
    WrongSet(PathBuf, serde_json::Error),
    /// A set without a key that signs.
    #[error("embedding.jwks_file names {0}, which has no key for signatures")]
    EmptySet(PathBuf),
    /// A key of a set.
    #[error(
        "embedding.jwks_file names {0}, whose key {1} cannot be used: it has to be a public key of RSA (2048 bits or more, for RS256), P-256 (ES256) or Ed25519 (EdDSA)"
    )]
    WrongKey(PathBuf, String),
    /// Keys that cannot be told apart.
    #[error("embedding.jwks_file names {0}, in which two keys have the same kid, or one of several has none")]
    AmbiguousSet(PathBuf),
}
