//! Tokens that others sign: those who embed this server in a product of their own, and vouch for their people.

mod claims;
mod error;
mod keys;
#[cfg(test)]
mod tests;

pub use error::EmbeddingError;

use crate::config::Embedding;
use chinwag_core::chat::ForeignClaims;
use chinwag_core::domain::Millis;
use chinwag_wire::access_token::AUDIENCE;
pub(super) use claims::seconds;
use claims::{Claims, Rejection};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
pub(super) use keys::Keys;

/// Bytes of the longest token that is looked at.
const LONGEST: usize = 8 * 1024;

/// Reads the tokens of one signer.
pub(crate) struct ForeignTokens {
    keys: Keys,
    audience: String,
    issuer: Option<String>,
    grace_ms: i64,
}

impl ForeignTokens {
    /// As the configuration says; none when it names no key.
    ///
    /// # Errors
    /// [`EmbeddingError`], which repeats no secret.
    pub(crate) fn of(embedding: &Embedding) -> Result<Option<Self>, EmbeddingError> {
        let Some(keys) = Keys::read(embedding)? else {
            let is_without = embedding.audience.is_empty() && embedding.issuer.is_empty();
            return if is_without { Ok(None) } else { Err(EmbeddingError::NoKey) };
        };
        let audience = embedding.audience.trim().to_owned();
        if audience.is_empty() {
            return Err(EmbeddingError::NoAudience);
        }
        if audience == AUDIENCE {
            return Err(EmbeddingError::OwnAudience);
        }
        let issuer = Some(embedding.issuer.trim().to_owned()).filter(|issuer| !issuer.is_empty());
        let grace_ms = i64::from(embedding.grace_s) * 1000;
        Ok(Some(Self { keys, audience, issuer, grace_ms }))
    }

    /// How long a connection outlives its token, in milliseconds, unless it is given another one.
    pub(crate) fn grace_ms(&self) -> i64 {
        self.grace_ms
    }

    /// What a token says, if its signature and its time are right. Why not is for the log alone.
    ///
    /// # Errors
    /// [`Rejection`].
    pub(crate) fn read(&self, token: &str, now: Millis) -> Result<ForeignClaims, Rejection> {
        if token.len() > LONGEST {
            return Err(Rejection::TooLong);
        }
        let header = decode_header(token)?;
        // Whatever it is that has to be understood, this server does not.
        if header.crit.is_some() {
            return Err(Rejection::Critical);
        }
        // By the key alone: what the token says of its algorithm only has to agree.
        let key = self.keys.of_token(header.kid.as_deref()).ok_or(Rejection::UnknownKey)?;
        let claims = decode::<Claims>(token, &key.key, &self.validation(key.algorithm))?.claims;
        claims.checked(now)
    }

    fn validation(&self, algorithm: Algorithm) -> Validation {
        let mut validation = Validation::new(algorithm);
        let mut required = vec!["exp", "aud", "sub"];
        validation.set_audience(&[&self.audience]);
        if let Some(issuer) = &self.issuer {
            validation.set_issuer(&[issuer]);
            required.push("iss");
        }
        validation.set_required_spec_claims(&required);
        // By the clock of this server, which several nodes have from one database.
        validation.validate_exp = false;
        validation
    }
}
