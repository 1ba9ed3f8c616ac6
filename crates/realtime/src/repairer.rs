use crate::broker::{Loss, NodeReceiver, Repair};
use crate::metrics::Metrics;
use parking_lot::Mutex;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep};

/// From one attempt to the next while the storage does not answer.
const RETRY: Duration = Duration::from_millis(250);

/// While no news come, everything is looked up so often: what ended somewhere else is known here a second later at most.
const WITHOUT_NEWS: Duration = Duration::from_secs(1);

/// Looks up what news may have been lost, one look after the other: what is wanted while one is under way is done by the next.
pub struct Repairer {
    live: Arc<dyn NodeReceiver>,
    wanted: Mutex<(Wanted, Cause)>,
    came: Notify,
    metrics: Metrics,
    /// When the last look at everything began that was finished.
    repaired: watch::Sender<Option<Instant>>,
}

/// Why it is looked up what news may have been lost, what is told again and again before what is told once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A node is not heard.
    #[default]
    Silent,
    /// This node hears nobody.
    Deaf,
    /// A message did not come.
    Missed,
    /// There is a new subscription.
    Subscribed,
    /// This node has another lease, or had none for a moment.
    Lease,
}

impl Cause {
    /// What it is called in the metrics.
    fn name(self) -> &'static str {
        match self {
            Self::Lease => "lease",
            Self::Subscribed => "subscribed",
            Self::Missed => "missed",
            Self::Silent => "silent",
            Self::Deaf => "deaf",
        }
    }
}

impl From<Loss> for Cause {
    fn from(loss: Loss) -> Self {
        match loss {
            Loss::Subscribed => Self::Subscribed,
            Loss::Missed(_) => Self::Missed,
            Loss::Silent(_) => Self::Silent,
            Loss::Deaf => Self::Deaf,
        }
    }
}

/// How much is to be looked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Wanted {
    #[default]
    Nothing,
    /// What rooms miss of their logs.
    Rooms,
    /// That, and what people are told beside the logs.
    Everything,
}

impl Repairer {
    /// Repairs what `live`, the hub, knows.
    #[must_use]
    pub fn new(live: Arc<impl NodeReceiver + 'static>, metrics: Metrics) -> Arc<Self> {
        Arc::new(Self {
            live,
            wanted: Mutex::default(),
            came: Notify::new(),
            metrics,
            repaired: watch::Sender::new(None),
        })
    }

    /// Wants the rooms looked up: news of them do not come. Never waits.
    pub fn want_rooms(&self, cause: Cause) {
        self.want(Wanted::Rooms, cause);
    }

    /// Wants everything looked up: news were lost, and come again. Never waits.
    pub fn want_everything(&self, cause: Cause) {
        self.want(Wanted::Everything, cause);
    }

    /// Of several causes that want as much, the one counts that is not told again.
    fn want(&self, more: Wanted, cause: Cause) {
        let mut wanted = self.wanted.lock();
        *wanted = (more, cause).max(*wanted);
        drop(wanted);
        self.came.notify_one();
    }

    /// Since when nothing is unknown that was told before: when the last look at everything began that was finished.
    #[must_use]
    pub fn repaired(&self) -> watch::Receiver<Option<Instant>> {
        self.repaired.subscribe()
    }

    fn is_repaired_lately(&self) -> bool {
        self.repaired.borrow().is_some_and(|begun| begun.elapsed() < WITHOUT_NEWS)
    }

    /// Does what is wanted, for ever.
    pub async fn run(self: Arc<Self>) {
        loop {
            self.came.notified().await;
            let ((wanted, cause), begun) = (std::mem::take(&mut *self.wanted.lock()), Instant::now());
            let done = match wanted {
                Wanted::Nothing => continue,
                Wanted::Rooms => Arc::clone(&self.live).repair_rooms().await,
                Wanted::Everything => Arc::clone(&self.live).repair().await,
            };
            match done {
                Ok(()) => {
                    let seconds = self.metrics.repair_seconds.get_or_create(&[("cause", cause.name())]);
                    seconds.observe(begun.elapsed().as_secs_f64());
                    if wanted == Wanted::Everything {
                        self.repaired.send_replace(Some(begun));
                    }
                }
                Err(refusal) => {
                    tracing::debug!(%refusal, "could not look up what news may have been lost");
                    self.want(wanted, cause);
                    sleep(RETRY).await;
                }
            }
        }
    }
}

impl Repair for Repairer {
    fn repair(&self, loss: Loss) {
        match loss {
            Loss::Silent(_) | Loss::Deaf if self.is_repaired_lately() => self.want_rooms(loss.into()),
            Loss::Silent(_) | Loss::Deaf | Loss::Subscribed | Loss::Missed(_) => {
                self.want_everything(loss.into());
            }
        }
    }
}
