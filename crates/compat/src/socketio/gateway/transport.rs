use crate::socketio::codec::{DISCONNECT, ENGINE_CLOSE, NOOP, PING};
use chinwag_core::ports::{CloseReason, Socket};
use chinwag_gateway::websocket::CloseCode;
use chinwag_wire::websocket::{close_code, frame_end, write_close};
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use parking_lot::Mutex;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::Notify;

/// Bytes that may wait for the next poll. What more there is waits in the send queue, within its bounds.
const FOR_A_POLL: usize = 64 * 1024;

/// The writing side of a client: what waits for its next poll, or a WebSocket. Shared by the send queue and the requests.
#[derive(Clone)]
pub(super) struct Transport(Arc<TransportShared>);

struct TransportShared {
    state: Mutex<TransportState>,
    /// Tells polls that something waits, and writers that something was taken.
    changed: Notify,
}

struct TransportState {
    current: CurrentTransport,
    /// Whole frames for the next poll; after a change to a WebSocket, what is still to be written to it before anything else.
    waiting: Vec<u8>,
    /// Polls so far.
    polls: u64,
    /// The poll that waits to be answered, by its number.
    pending: Option<u64>,
    /// Whether the client tries a WebSocket: polls are answered at once then, so that it can leave them.
    probing: bool,
    /// Whether the connection has ended: what waits is the last.
    over: bool,
}

impl TransportState {
    fn may_probe(&self) -> bool {
        !self.probing && matches!(self.current, CurrentTransport::Polling)
    }
}

enum CurrentTransport {
    Polling,
    WebSocket(Arc<TcpStream>),
}

/// The connection has ended, and everything was taken.
pub(super) struct Over;

/// Why a client may not poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoPoll {
    /// It polls already.
    Second,
    /// It has left polling.
    WebSocket,
}

impl Transport {
    pub(super) fn polling() -> Self {
        Self::new(CurrentTransport::Polling)
    }

    pub(super) fn websocket(stream: &Arc<TcpStream>) -> Self {
        Self::new(CurrentTransport::WebSocket(Arc::clone(stream)))
    }

    fn new(current: CurrentTransport) -> Self {
        let state = TransportState {
            current,
            waiting: Vec::new(),
            polls: 0,
            pending: None,
            probing: false,
            over: false,
        };
        Self(Arc::new(TransportShared { state: Mutex::new(state), changed: Notify::new() }))
    }

    /// Begins a poll, of which there is one at a time, and answers its number. It has to be [answered](Self::poll) or
    /// [given up](Self::give_up).
    pub(super) fn begin_poll(&self) -> Result<u64, NoPoll> {
        let mut state = self.0.state.lock();
        if matches!(state.current, CurrentTransport::WebSocket(_)) {
            return Err(NoPoll::WebSocket);
        }
        if state.pending.is_some() {
            return Err(NoPoll::Second);
        }
        state.polls += 1;
        state.pending = Some(state.polls);
        Ok(state.polls)
    }

    /// What a poll gets: the frames that wait, as soon as there are some.
    pub(super) async fn poll(&self) -> Result<Vec<u8>, Over> {
        self.until(|state| {
            let answer = if matches!(state.current, CurrentTransport::WebSocket(_)) {
                Some(Ok(NOOP.to_vec()))
            } else if !state.waiting.is_empty() {
                Some(Ok(std::mem::take(&mut state.waiting)))
            } else if state.over {
                Some(Err(Over))
            } else {
                state.probing.then(|| Ok(NOOP.to_vec()))
            };
            if answer.is_some() {
                state.pending = None;
            }
            answer
        })
        .await
    }

    /// Takes back a poll whose client has gone. Answers whether it was not answered.
    pub(super) fn give_up(&self, number: u64) -> bool {
        let mut state = self.0.state.lock();
        let was_pending = state.pending == Some(number);
        if was_pending {
            state.pending = None;
        }
        was_pending
    }

    /// Whether the client has not polled since this poll, nor changed to a WebSocket.
    pub(super) fn is_last_poll(&self, number: u64) -> bool {
        let state = self.0.state.lock();
        state.polls == number && matches!(state.current, CurrentTransport::Polling)
    }

    /// Whether packets come by requests.
    pub(super) fn is_polling(&self) -> bool {
        matches!(self.0.state.lock().current, CurrentTransport::Polling)
    }

    /// Whether a client may try a WebSocket: not when it does so on another one, or has left polling.
    pub(super) fn may_probe(&self) -> bool {
        self.0.state.lock().may_probe()
    }

    /// Answers polls at once from here on, for a client that tries a WebSocket. Answers whether it [may](Self::may_probe).
    pub(super) fn begin_probe(&self) -> bool {
        let mut state = self.0.state.lock();
        let may = state.may_probe();
        state.probing |= may;
        drop(state);
        self.0.changed.notify_waiters();
        may
    }

    /// Lets polls wait again.
    pub(super) fn end_probe(&self) {
        self.0.state.lock().probing = false;
    }

    /// Leaves polling for a WebSocket, and writes there what waited for a poll.
    pub(super) async fn change_to(&self, stream: &Arc<TcpStream>) {
        self.0.state.lock().current = CurrentTransport::WebSocket(Arc::clone(stream));
        self.0.changed.notify_waiters();
        // Writing nothing writes what waits.
        while let Err(error) = self.try_write(&[]) {
            if error.kind() != ErrorKind::WouldBlock || stream.writable().await.is_err() {
                return;
            }
        }
    }

    /// Writes to a client that has no send queue yet.
    pub(super) async fn write_all(&self, mut frames: &[u8]) {
        while !frames.is_empty() {
            match self.try_write(frames) {
                Ok(count) => frames = &frames[count..],
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    if self.writable().await.is_err() {
                        return;
                    }
                }
                Err(_) => return,
            }
        }
    }

    /// Resolves when a poll has taken everything, or none comes any more.
    pub(super) async fn taken(&self) {
        self.until(|state| (state.over || state.waiting.is_empty()).then_some(())).await;
    }

    /// Ends it: a poll gets what waits and these frames, and there is nothing after that.
    pub(super) fn end(&self, last: &[u8]) {
        let mut state = self.0.state.lock();
        if !state.over && matches!(state.current, CurrentTransport::Polling) {
            state.waiting.extend_from_slice(last);
        }
        state.over = true;
        drop(state);
        self.0.changed.notify_waiters();
    }

    /// Resolves when it has ended.
    pub(super) async fn ended(&self) {
        self.until(|state| state.over.then_some(())).await;
    }

    async fn until<T>(&self, mut look: impl FnMut(&mut TransportState) -> Option<T>) -> T {
        loop {
            let mut changed = std::pin::pin!(self.0.changed.notified());
            // Registered before the look, so a change between the look and the wait is not missed.
            changed.as_mut().enable();
            if let Some(found) = look(&mut self.0.state.lock()) {
                self.0.changed.notify_waiters();
                return found;
            }
            changed.await;
        }
    }
}

impl Socket for Transport {
    fn try_write(&self, frames: &[u8]) -> io::Result<usize> {
        let mut state = self.0.state.lock();
        let TransportState { current, waiting, over, .. } = &mut *state;
        match current {
            CurrentTransport::WebSocket(stream) => {
                while !waiting.is_empty() {
                    let count = stream.try_write(waiting)?;
                    waiting.drain(..count);
                }
                if frames.is_empty() { Ok(0) } else { stream.try_write(frames) }
            }
            // Nobody hears it, but what the client has said before the end is still worked on.
            CurrentTransport::Polling if *over => Ok(frames.len()),
            CurrentTransport::Polling if waiting.len() >= FOR_A_POLL => Err(ErrorKind::WouldBlock.into()),
            CurrentTransport::Polling => {
                let fitting = frame_end(frames, frames.len().min(FOR_A_POLL - waiting.len()));
                waiting.extend_from_slice(&frames[..fitting]);
                drop(state);
                self.0.changed.notify_waiters();
                Ok(fitting)
            }
        }
    }

    fn writable(&self) -> BoxFuture<'_, io::Result<()>> {
        async {
            let stream = self.until(|state| match &state.current {
                CurrentTransport::WebSocket(stream) => Some(Some(Arc::clone(stream))),
                CurrentTransport::Polling => (state.over || state.waiting.len() < FOR_A_POLL).then_some(None),
            });
            match stream.await {
                Some(stream) => stream.writable().await,
                None => Ok(()),
            }
        }
        .boxed()
    }

    fn frame_end(&self, frames: &[u8], written: usize) -> usize {
        frame_end(frames, written)
    }

    fn close_frame(&self, reason: CloseReason) -> Vec<u8> {
        let mut frames = Vec::new();
        // A client that gets this packet does not come back by itself; one that only loses the connection does.
        if matches!(reason, CloseReason::SignedOut | CloseReason::Revoked | CloseReason::Unauthorized) {
            frames.extend_from_slice(DISCONNECT);
        }
        let mut state = self.0.state.lock();
        match state.current {
            // Whoever does not answer pings gets no last word for which it could come back.
            CurrentTransport::Polling if reason == CloseReason::Timeout => {
                state.waiting.clear();
                if state.pending.is_some() {
                    state.waiting.extend_from_slice(ENGINE_CLOSE);
                }
                state.over = true;
                drop(state);
                self.0.changed.notify_waiters();
            }
            CurrentTransport::Polling => frames.extend_from_slice(ENGINE_CLOSE),
            CurrentTransport::WebSocket(_) => {
                let (code, text) = SocketIoCloseCode::close_code(reason);
                write_close(&mut frames, code, text);
            }
        }
        frames
    }

    fn ping_frame(&self) -> &'static [u8] {
        PING
    }

    /// To the official client nothing but a ping is a sign of life.
    fn needs_pings(&self) -> bool {
        true
    }
}

/// The close codes of a WebSocket: those that every client knows.
struct SocketIoCloseCode;

impl CloseCode for SocketIoCloseCode {
    fn close_code(reason: CloseReason) -> (u16, &'static str) {
        match reason {
            CloseReason::Requested(code) => (code.unwrap_or(close_code::NORMAL), ""),
            CloseReason::Restart => (close_code::SERVICE_RESTART, "The server restarts. Connect again."),
            CloseReason::BeginAnew => {
                (close_code::SERVICE_RESTART, "This connection cannot go on. Connect again.")
            }
            CloseReason::Busy => {
                (close_code::TRY_AGAIN_LATER, "The server cannot do this now. Connect again in a moment.")
            }
            CloseReason::TooSlow => (close_code::POLICY, "You read too slowly. Connect again."),
            CloseReason::Timeout => (close_code::POLICY, "No sign of life. Connect again."),
            CloseReason::NoHello => {
                (close_code::POLICY, "Connect to a namespace first, within the time limit.")
            }
            CloseReason::Unauthorized => (close_code::POLICY, "The session has ended. Sign in again."),
            CloseReason::TokenEnded => (close_code::POLICY, "Your token has ended. Connect again."),
            CloseReason::SignedOut | CloseReason::Revoked => (close_code::NORMAL, "Signed out."),
            CloseReason::Violation(code, text) => (code, text),
        }
    }
}

#[cfg(test)]
mod tests;
