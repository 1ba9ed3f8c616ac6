use crate::client::Shared;
use crate::config::{Config, Reconnect};
use crate::event::Event;
use crate::server_url::ServerUrl;
use crate::state::{End, State};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::Instant;

/// Keeps a client connected: one connection after the other, with waits between them, until it ends.
pub(crate) struct Driver {
    pub(crate) url: ServerUrl,
    pub(crate) config: Config,
    pub(crate) shared: Arc<Shared>,
    pub(crate) state: watch::Sender<State>,
    /// Turns true, or is dropped, when the client is to be closed.
    closing: watch::Receiver<bool>,
    pub(crate) events: mpsc::Sender<Event>,
    /// When the present or last connection was welcomed.
    pub(crate) welcomed: Option<Instant>,
}

/// Why a connection is over.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Loss {
    /// There will be no other.
    Final(End),
    /// Another one may be made.
    Passing {
        /// A sentence for people.
        reason: String,
        /// Whether the server told the client to come back.
        invited: bool,
        /// The shortest wait that the server asked for.
        not_before: Duration,
    },
}

impl Loss {
    /// The same, but another connection is to wait at least so long.
    pub(crate) fn not_before(mut self, wait: Duration) -> Self {
        if let Self::Passing { not_before, .. } = &mut self {
            *not_before = wait.max(*not_before);
        }
        self
    }

    /// Something between client and server failed.
    pub(crate) fn broken(reason: impl ToString) -> Self {
        Self::Passing { reason: reason.to_string(), invited: false, not_before: Duration::ZERO }
    }
}

impl Driver {
    pub(crate) fn new(
        url: ServerUrl,
        config: Config,
        shared: Arc<Shared>,
        state: watch::Sender<State>,
        closing: watch::Receiver<bool>,
        events: mpsc::Sender<Event>,
    ) -> Self {
        Self { url, config, shared, state, closing, events, welcomed: None }
    }

    pub(crate) async fn run(mut self) {
        let end = self.stay_connected().await;
        self.shared.requests.lock().end(&end);
        self.state.send_replace(State::Ended(end));
    }

    async fn stay_connected(&mut self) -> End {
        loop {
            self.state.send_replace(State::Connecting);
            let loss = self.connection().await;
            self.shared.requests.lock().lost();
            let (reason, invited, not_before) = match loss {
                Loss::Final(end) => return end,
                Loss::Passing { reason, invited, not_before } => (reason, invited, not_before),
            };
            if self.config.reconnect == Reconnect::Never {
                return End::Lost(reason);
            }
            let delay = self.delay(invited).max(not_before);
            self.state.send_replace(State::Waiting { delay });
            let pause = async {
                _ = self.events.send(Event::Disconnected { reason }).await;
                tokio::select! {
                    () = tokio::time::sleep(delay) => {}
                    () = self.shared.retry_now.notified() => {}
                }
            };
            tokio::select! {
                () = pause => {}
                () = self.asked_to_close() => return End::Closed,
            }
        }
    }

    /// A connection that lived for a while was a success, and after it an invitation is followed at once. Otherwise a
    /// server that welcomes and dismisses in turns would be met as fast as the machine can.
    fn delay(&mut self, invited: bool) -> Duration {
        let lived = self.welcomed.take().is_some_and(|since| since.elapsed() >= self.config.backoff.base());
        if lived {
            self.config.backoff.reset();
            if invited {
                return Duration::ZERO;
            }
        }
        self.config.backoff.next_delay()
    }

    /// Whether the client is to be closed.
    pub(crate) fn is_closing(&self) -> bool {
        *self.closing.borrow() || self.closing.has_changed().is_err()
    }

    /// Resolves when the client is to be closed.
    pub(crate) fn asked_to_close(&self) -> impl Future<Output = ()> + use<> {
        let mut closing = self.closing.clone();
        async move {
            // An error means that the last handle was dropped, which is the same wish.
            _ = closing.wait_for(|closing| *closing).await;
        }
    }
}
