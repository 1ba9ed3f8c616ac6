use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, PasswordHash, Version};
use chinwag_core::domain::Refusal;
use rand::TryRng as _;
use std::collections::HashSet;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;

/// Characters of a password at least.
pub(crate) const PASSWORD_LENGTH: usize = 10;
/// Bytes of a password at most. More than anybody types, and little to work on.
const LONGEST: usize = 1024;
/// How many may wait for their turn. Each of them takes some 20 ms of a core.
const QUEUE: usize = 32;
/// After how long whoever found the queue full may try again, in milliseconds.
const RETRY_MS: u64 = 2000;

/// Those of the 20,000 most common passwords that are long enough, one on each line.
static COMMON: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Makes and checks what is kept of passwords: argon2id with 19 MiB, two rounds and one lane (OWASP's choice). It takes a core for some 20 ms, so it
/// runs on threads of its own, a few at a time, and no more than some wait for that.
pub(crate) struct Passwords {
    workers: Semaphore,
    waiting: AtomicUsize,
}

/// A password that keeps the rules.
pub(crate) struct NewPassword(String);

impl NewPassword {
    /// Reads a password. It is taken as it was written: no rule says of what it is made.
    ///
    /// # Errors
    /// [`Refusal::PasswordRefused`] with the rule.
    pub(crate) fn parse(password: String, names: &[&str]) -> Result<Self, Refusal> {
        let lower = password.to_lowercase();
        let is_a_name = || names.iter().any(|name| name.to_lowercase() == lower);
        let has_one_character = || {
            let mut characters = password.chars();
            let first = characters.next();
            characters.all(|character| Some(character) == first)
        };
        if password.chars().count() < PASSWORD_LENGTH {
            Err(Refusal::PasswordRefused(
                "A password has at least 10 characters. A few words make a good one.",
            ))
        } else if password.len() > LONGEST {
            Err(Refusal::PasswordRefused("This password is too long. Use at most 1,000 characters."))
        } else if COMMON.contains(lower.as_str()) || has_one_character() || is_a_name() {
            Err(Refusal::PasswordRefused(
                "This password is one of the first that others would try. Choose another one; a few words make a good one.",
            ))
        } else {
            Ok(Self(password))
        }
    }
}

impl Passwords {
    pub(crate) fn new() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { workers: Semaphore::new((cores / 2).max(1)), waiting: AtomicUsize::new(0) }
    }

    /// What is kept of a password: a PHC string.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] when too many wait.
    pub(crate) async fn hash(&self, NewPassword(password): NewPassword) -> Result<String, Refusal> {
        let mut salt = [0_u8; 16];
        rand::rngs::SysRng.try_fill_bytes(&mut salt).map_err(|_| Refusal::Unavailable)?;
        let hashed =
            self.work(move || hasher()?.hash_password_with_salt(password.as_bytes(), &salt).ok()).await?;
        Ok(hashed.ok_or(Refusal::Unavailable)?.to_string())
    }

    /// Whether a password is the one of which `kept` was made. Without one it takes as long, and it is not.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] when too many wait.
    pub(crate) async fn is_right(&self, password: String, kept: Option<String>) -> Result<bool, Refusal> {
        if password.len() > LONGEST {
            return Ok(false);
        }
        self.work(move || {
            let Some(hasher) = hasher() else { return false };
            match kept.as_deref().map(PasswordHash::new) {
                Some(Ok(kept)) => hasher.verify_password(password.as_bytes(), &kept).is_ok(),
                Some(Err(_)) | None => {
                    _ = hasher.hash_password_with_salt(password.as_bytes(), &[0; 16]);
                    false
                }
            }
        })
        .await
    }

    async fn work<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
        let _place = self.queue()?;
        let _worker = self.workers.acquire().await.map_err(|_| Refusal::Unavailable)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Refusal::Unavailable)
    }

    fn queue(&self) -> Result<Place<'_>, Refusal> {
        let place = Place(&self.waiting);
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= QUEUE {
            return Err(Refusal::RateLimited { retry_after_ms: RETRY_MS });
        }
        Ok(place)
    }
}

/// A place in the queue, free again when this is dropped.
struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(password: &str) -> Option<&'static str> {
        match NewPassword::parse(password.to_owned(), &["Alexander Smith"]) {
            Ok(_) => None,
            Err(Refusal::PasswordRefused(rule)) => Some(rule),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn what_others_would_try_first_is_refused() {
        for short in ["", "123456789", "äöüäöüäöü"] {
            assert!(refusal(short).unwrap().contains("at least 10 characters"), "{short}");
        }
        for common in ["1234567890", "QWERTYUIOP", "password123", "aaaaaaaaaaaaaa", "alexander smith"] {
            assert!(refusal(common).unwrap().contains("first that others would try"), "{common}");
        }
        assert!(refusal(&"word ".repeat(300)).unwrap().contains("too long"));
        for good in ["correct horse", "äöüäöüäöüß", "          x"] {
            assert_eq!(refusal(good), None, "{good}");
        }
    }

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other() {
        let passwords = Passwords::new();
        let password = || "correct horse".to_owned();
        let kept = passwords.hash(NewPassword::parse(password(), &[]).unwrap()).await.unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(passwords.is_right(password(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.is_right("correct Horse".to_owned(), Some(kept.clone())).await.unwrap());
        assert!(!passwords.is_right(password(), None).await.unwrap());
        let again = passwords.hash(NewPassword::parse(password(), &[]).unwrap()).await.unwrap();
        assert_ne!(kept, again, "each has a salt of its own");
    }

    #[tokio::test]
    async fn whoever_finds_the_queue_full_is_told_when_to_come_again() {
        let passwords = Passwords::new();
        let places: Vec<_> = (0..QUEUE).map(|_| passwords.queue().unwrap()).collect();
        let refused = passwords.is_right("correct horse".to_owned(), None).await;
        assert_eq!(refused, Err(Refusal::RateLimited { retry_after_ms: RETRY_MS }));
        drop(places);
        assert!(passwords.is_right("correct horse".to_owned(), None).await.is_ok());
    }
}
