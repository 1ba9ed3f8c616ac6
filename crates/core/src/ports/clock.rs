use crate::domain::Millis;

/// Tells the time. The only source of it, so that tests can choose it.
pub trait Clock: Send + Sync {
    /// The time now.
    fn now(&self) -> Millis;
}
