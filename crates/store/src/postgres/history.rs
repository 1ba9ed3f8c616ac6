use super::opening::names;
use super::session::NoSession;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use tokio::sync::Notify;
use tokio_postgres::Client;

/// The history with which this server began. A replica that took the place of its server may lack the last of it, and would give the same numbers to
/// other events; so may a database that was brought back. Nothing is asked of either: what is known here and by the clients is of another log.
#[derive(Clone, Default)]
pub(super) struct History(Arc<Known>);

#[derive(Default)]
struct Known {
    epoch: OnceLock<String>,
    is_over: AtomicBool,
    ended: Notify,
}

impl History {
    /// Notes the history that was found at the start.
    pub(super) fn begin(&self, epoch: &str) {
        let _ = self.0.epoch.set(epoch.to_owned());
    }

    /// Refuses a session in which the history is another one.
    pub(super) async fn check(&self, client: &Client) -> Result<(), NoSession> {
        let Some(known) = self.0.epoch.get() else { return Ok(()) };
        let (epoch, _) = names(client).await?;
        if epoch == *known {
            return Ok(());
        }
        self.0.is_over.store(true, Ordering::SeqCst);
        self.0.ended.notify_waiters();
        Err(NoSession::OtherHistory)
    }

    /// Resolves when there is another one.
    pub(super) async fn ended(&self) {
        let mut ended = std::pin::pin!(self.0.ended.notified());
        // Registered before the look, so an end between the look and the wait is not missed.
        ended.as_mut().enable();
        if !self.0.is_over.load(Ordering::SeqCst) {
            ended.await;
        }
    }
}
