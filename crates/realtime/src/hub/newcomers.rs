use chinwag_core::domain::{SessionId, UserId};
use parking_lot::Mutex;
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Longer than it takes from the look at a token until its connection is registered.
const COMING_IN: Duration = Duration::from_secs(10);

/// Connections that may have come in around a look at all sign-ins: their token was looked up before, and they were not among those looked at.
#[derive(Default)]
pub(super) struct Newcomers {
    looked_at: Mutex<Option<Instant>>,
    waiting: Mutex<Vec<(UserId, SessionId)>>,
    came: Notify,
}

impl Newcomers {
    /// Notes that all sign-ins are looked at now.
    pub(super) fn note_look(&self) {
        *self.looked_at.lock() = Some(Instant::now());
    }

    /// Takes a connection that stands among the others now.
    pub(super) fn note(&self, user: UserId, session: SessionId) {
        if self.looked_at.lock().is_some_and(|at| at.elapsed() < COMING_IN) {
            self.waiting.lock().push((user, session));
            self.came.notify_one();
        }
    }

    /// Those that are to be looked at once more, when there are any.
    pub(super) async fn next(&self) -> Vec<(UserId, SessionId)> {
        self.came.notified().await;
        std::mem::take(&mut *self.waiting.lock())
    }
}
