use chinwag_core::chat::ForeignClaims;
use chinwag_core::domain::Millis;
use serde::Deserialize;
use serde_json::Number;

/// By how many seconds the clocks of a signer and of this server may differ.
const LEEWAY_S: i64 = 30;
/// How far ahead the end of a token may be, in seconds.
const FURTHEST_S: i64 = 24 * 60 * 60;
/// Bytes of the longest subject.
const SUBJECT: usize = 255;
/// Rooms that are named at most.
const ROOMS: usize = 1000;

/// What stands in a token, beside what is compared before.
#[derive(Deserialize)]
pub(super) struct Claims {
    sub: String,
    exp: Number,
    nbf: Option<Number>,
    iat: Option<Number>,
    name: Option<String>,
    role: Option<String>,
    #[serde(default)]
    rooms: Option<Vec<String>>,
}

/// Why a token is not taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Rejection {
    #[error("it is too long")]
    TooLong,
    #[error("no key has the name that it says in kid, or it says none")]
    UnknownKey,
    #[error("it has extensions that have to be understood (crit)")]
    Critical,
    #[error("it is wrong: {0}")]
    Wrong(#[from] jsonwebtoken::errors::Error),
    #[error("its time is over")]
    Over,
    #[error("its time has not come")]
    TooEarly,
    #[error("exp is more than 24 hours ahead")]
    TooGood,
    #[error("sub is empty, too long, or has control characters")]
    Subject,
    #[error("it names too many rooms")]
    Rooms,
}

impl Claims {
    /// What is said, if it holds now.
    pub(super) fn checked(self, now: Millis) -> Result<ForeignClaims, Rejection> {
        let now_s = now.0.div_euclid(1000);
        let exp = seconds(&self.exp);
        if exp.saturating_add(LEEWAY_S) <= now_s {
            return Err(Rejection::Over);
        }
        if exp > now_s + FURTHEST_S + LEEWAY_S {
            return Err(Rejection::TooGood);
        }
        if self.nbf.is_some_and(|nbf| seconds(&nbf) > now_s + LEEWAY_S) {
            return Err(Rejection::TooEarly);
        }
        let is_name = !self.sub.trim().is_empty() && !self.sub.chars().any(char::is_control);
        if !is_name || self.sub.len() > SUBJECT {
            return Err(Rejection::Subject);
        }
        let rooms = self.rooms.unwrap_or_default();
        if rooms.len() > ROOMS {
            return Err(Rejection::Rooms);
        }
        Ok(ForeignClaims {
            subject: self.sub,
            name: self.name,
            role: self.role,
            rooms,
            // Whoever dates a token ahead does not make the next ones old.
            issued_at: self.iat.map(|iat| Millis(seconds(&iat).clamp(0, now_s) * 1000)),
            until: Millis(exp * 1000),
        })
    }
}

/// Whole seconds of a date, which may have a fraction.
pub(in crate::auth) fn seconds(date: &Number) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast of a number that is too large is the largest"
    )]
    date.as_i64().unwrap_or_else(|| date.as_f64().unwrap_or(0.0) as i64)
}
