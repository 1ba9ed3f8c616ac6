use chinwag_core::domain::Millis;
use chinwag_core::ports::Clock;
use chinwag_store::{CommitObserver, Worker};
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// A clock that stands until a test moves it.
pub(crate) struct ManualClock(AtomicI64);

impl Default for ManualClock {
    fn default() -> Self {
        Self(AtomicI64::new(1_795_341_600_000))
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}

impl ManualClock {
    pub(crate) fn advance(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

/// How many writes each commit carried, and why some were run again.
#[derive(Default)]
pub(crate) struct Commits(Mutex<Vec<usize>>, Mutex<Vec<String>>);

impl CommitObserver for Commits {
    fn committed(&self, writes: usize, _duration: Duration) {
        self.0.lock().unwrap().push(writes);
    }

    fn runs_again(&self, _worker: Worker, code: &str) {
        self.1.lock().unwrap().push(code.to_owned());
    }
}

impl Commits {
    /// The commits since the last call.
    pub(crate) fn take(&self) -> Vec<usize> {
        std::mem::take(&mut self.0.lock().unwrap())
    }

    /// The codes of the errors because of which something was run again.
    pub(crate) fn why_again(&self) -> Vec<String> {
        self.1.lock().unwrap().clone()
    }
}
