use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::Notify;

/// Up to when this node may deliver: while it has a lease and knows what it missed. One whose lease may have run out is taken for gone by
/// the others, and tells nobody anything until it has repaired.
///
/// The time is looked at in every round of every fan-out, and not told by a task: a process that was stopped goes on where it was,
/// before any task runs. It is that of the clock that goes on while the machine sleeps.
pub struct Trust {
    /// Milliseconds on that clock.
    until: AtomicI64,
    renewed: Notify,
}

impl Trust {
    /// That of the only node: for ever.
    #[must_use]
    pub fn for_ever() -> Self {
        Self { until: AtomicI64::new(i64::MAX), renewed: Notify::new() }
    }

    /// That of one of several: not before it is renewed.
    #[must_use]
    pub fn none_yet() -> Self {
        Self { until: AtomicI64::new(i64::MIN), renewed: Notify::new() }
    }

    /// The time by which it is reckoned, to be taken *before* a lease is asked for.
    #[must_use]
    pub fn now() -> i64 {
        let now = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        now.tv_sec.saturating_mul(1000).saturating_add(now.tv_nsec / 1_000_000)
    }

    /// Prolongs it up to `lasts` after `asked_at`, when the lease was asked for.
    pub fn renew(&self, asked_at: i64, lasts: Duration) {
        let lasts = i64::try_from(lasts.as_millis()).unwrap_or(i64::MAX);
        self.until.store(asked_at.saturating_add(lasts), Ordering::SeqCst);
        self.renewed.notify_waiters();
    }

    /// Ends it: the lease is lost.
    pub fn end(&self) {
        self.until.store(i64::MIN, Ordering::SeqCst);
    }

    /// How long it lasts still; none when it is over.
    #[must_use]
    pub fn left(&self) -> Option<Duration> {
        let until = self.until.load(Ordering::SeqCst);
        if until == i64::MAX {
            return Some(Duration::MAX);
        }
        let left = until.saturating_sub(Self::now());
        u64::try_from(left).ok().filter(|left| *left > 0).map(Duration::from_millis)
    }

    /// Whether something may be delivered now.
    pub(crate) fn is_good(&self) -> bool {
        self.left().is_some()
    }

    /// Resolves when something may be delivered.
    pub(crate) async fn good(&self) {
        while !self.is_good() {
            let mut renewed = std::pin::pin!(self.renewed.notified());
            // Registered before the look, so a renewal between the look and the wait is not missed.
            renewed.as_mut().enable();
            if !self.is_good() {
                renewed.await;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_lasts_from_before_the_lease_was_asked_for() {
        let trust = Trust::none_yet();
        assert!(!trust.is_good());
        trust.renew(Trust::now(), Duration::from_secs(8));
        assert!(trust.left().is_some_and(|left| left > Duration::from_secs(7)));
        trust.renew(Trust::now() - 8_001, Duration::from_secs(8));
        assert_eq!(trust.left(), None, "the answer took longer than the lease");
        trust.renew(Trust::now(), Duration::from_secs(8));
        trust.end();
        assert!(!trust.is_good() && Trust::for_ever().is_good());
    }
}
