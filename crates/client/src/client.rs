use crate::config::Config;
use crate::driver::Driver;
use crate::error::{ConnectError, UrlError};
use crate::event::Event;
use crate::requests::Requests;
use crate::room_logs::RoomLogs;
use crate::state::{End, State};
use parking_lot::Mutex;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::{Notify, Semaphore, mpsc, watch};

/// A client of one person. Cloning gives another handle to the same client; when the last one is dropped, it closes.
///
/// Its verbs ([`join`](Self::join), [`send`](Self::send), ...) may be called at the same time; each resolves with its reply.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
}

/// What the handles own together. Dropping it drops `closing`, which ends the driver.
pub(crate) struct Inner {
    pub(crate) shared: Arc<Shared>,
    state: watch::Receiver<State>,
    closing: watch::Sender<bool>,
    /// Makes the client ids of this client different from those of all others of the same person.
    salt: u64,
    messages: AtomicU64,
}

/// What the handles and the driver share.
pub(crate) struct Shared {
    pub(crate) requests: Mutex<Requests>,
    pub(crate) logs: Mutex<RoomLogs>,
    /// Tells the driver that there is something to write.
    pub(crate) wake: Notify,
    /// Tells the driver not to wait for the next attempt.
    pub(crate) retry_now: Notify,
    /// Places for requests that wait for their reply.
    pub(crate) places: Arc<Semaphore>,
}

/// What happens to a client, in order.
pub struct Events {
    receiver: mpsc::Receiver<Event>,
}

impl Client {
    /// Starts a client and waits until it is connected and welcomed.
    ///
    /// With [`Reconnect::Always`](crate::Reconnect::Always) it waits for a server that is not there yet.
    ///
    /// # Errors
    /// [`ConnectError`].
    pub async fn connect(config: Config) -> Result<(Self, Events), ConnectError> {
        let (client, events) = Self::start(config)?;
        client.online().await?;
        Ok((client, events))
    }

    /// Starts a client, which connects in a task of its own.
    ///
    /// # Errors
    /// [`UrlError`].
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub fn start(config: Config) -> Result<(Self, Events), UrlError> {
        let url = config.server.parse()?;
        let (events, receiver) = mpsc::channel(config.event_buffer.max(1));
        let (state_sender, state) = watch::channel(State::Connecting);
        let (closing, asked_to_close) = watch::channel(false);
        let shared = Arc::new(Shared {
            requests: Mutex::default(),
            logs: Mutex::default(),
            wake: Notify::new(),
            retry_now: Notify::new(),
            places: Arc::new(Semaphore::new(config.requests_in_flight.max(1))),
        });
        let driver = Driver::new(url, config, Arc::clone(&shared), state_sender, asked_to_close, events);
        tokio::spawn(driver.run());
        let inner = Inner { shared, state, closing, salt: rand::random(), messages: AtomicU64::new(0) };
        Ok((Self { inner: Arc::new(inner) }, Events { receiver }))
    }

    /// Resolves when the client is connected and welcomed.
    ///
    /// # Errors
    /// [`End`] when it has ended.
    pub async fn online(&self) -> Result<(), End> {
        self.reached(|state| *state == State::Online).await
    }

    /// Resolves when the client has ended, with the reason.
    pub async fn ended(&self) -> End {
        match self.reached(|_| false).await {
            Ok(()) => End::Closed,
            Err(end) => end,
        }
    }

    /// How the client stands to its server now.
    #[must_use]
    pub fn state(&self) -> State {
        self.inner.state.borrow().clone()
    }

    /// The state and its changes.
    #[must_use]
    pub fn states(&self) -> watch::Receiver<State> {
        self.inner.state.clone()
    }

    /// The last `seq` seen of a room that this client follows.
    #[must_use]
    pub fn seen(&self, room: i64) -> Option<i64> {
        self.inner.shared.logs.lock().seen(room)
    }

    /// Makes the next attempt to connect at once.
    pub fn retry_now(&self) {
        self.inner.shared.retry_now.notify_one();
    }

    /// Closes the connection and ends the client. Requests without a reply are answered with [`End::Closed`].
    pub async fn close(&self) {
        self.inner.closing.send_replace(true);
        self.ended().await;
    }

    /// A name for a message that no other message of this person has.
    #[must_use]
    pub fn new_client_id(&self) -> String {
        let number = self.inner.messages.fetch_add(1, Ordering::Relaxed);
        format!("{:016x}-{number}", self.inner.salt)
    }

    async fn reached(&self, wanted: impl Fn(&State) -> bool) -> Result<(), End> {
        let mut states = self.inner.state.clone();
        let state = states.wait_for(|state| wanted(state) || matches!(state, State::Ended(_))).await;
        match state.as_deref() {
            Ok(State::Ended(end)) => Err(end.clone()),
            Ok(_) => Ok(()),
            // The driver tells its end before it goes; it can only be missing when the runtime is shut down.
            Err(_) => Err(End::Closed),
        }
    }
}

impl Events {
    /// The next event; `None` after the client has ended. Cancel safe.
    pub async fn next(&mut self) -> Option<Event> {
        self.receiver.recv().await
    }
}
