use super::receiver::ReceivedPacket;
use super::transport::Transport;
use crate::socketio::codec::EngineError;
use chinwag_gateway::websocket::{Reader, ReceivedFrame};
use parking_lot::Mutex;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Packets of one client that may wait to be worked on. What more is posted waits in its request.
const WAITING: usize = 2;

/// The connections that poll, by their ids: each of their requests has to find its connection again.
#[derive(Default)]
pub(crate) struct EngineSessions {
    by_sid: Mutex<HashMap<String, EngineSession>>,
}

/// What the requests of a connection that polls have in common. Cheap to clone.
#[derive(Clone)]
pub(super) struct EngineSession {
    pub(super) transport: Transport,
    inbox: mpsc::Sender<Inbound>,
}

/// What a request hands to its connection.
pub(super) enum Inbound {
    /// A packet as it came.
    Packet(String),
    /// From here on the client speaks over a WebSocket, where this has come already.
    Changed(Reader, VecDeque<ReceivedFrame<ReceivedPacket>>),
}

/// A session's other end. While it lives the session is found.
pub(super) struct EngineInbox {
    pub(super) inbox: mpsc::Receiver<Inbound>,
    pub(super) transport: Transport,
    sessions: Arc<EngineSessions>,
    sid: String,
}

impl EngineSessions {
    /// Begins a session under an id that is not used.
    pub(super) fn begin(self: &Arc<Self>, sid: String) -> EngineInbox {
        let transport = Transport::polling();
        let (sender, inbox) = mpsc::channel(WAITING);
        let session = EngineSession { transport: transport.clone(), inbox: sender };
        self.by_sid.lock().insert(sid.clone(), session);
        EngineInbox { inbox, transport, sessions: Arc::clone(self), sid }
    }

    pub(super) fn find(&self, sid: &str) -> Result<EngineSession, EngineError> {
        self.by_sid.lock().get(sid).cloned().ok_or(EngineError::UnknownSession)
    }

    /// Ends a session behind what was handed to it. A poll that waits gets these frames, and no request finds the session any more.
    pub(super) fn end(&self, sid: &str, last: &[u8]) {
        let ended = self.by_sid.lock().remove(sid);
        if let Some(session) = ended {
            session.transport.end(last);
        }
    }

    /// Ends a session whose client has gone in the middle of this poll and did not come back since.
    pub(super) fn end_given_up(&self, sid: &str, poll: u64) {
        if self.find(sid).is_ok_and(|session| session.transport.is_last_poll(poll)) {
            self.end(sid, &[]);
        }
    }
}

impl EngineSession {
    /// Hands something over, when there is room for it.
    pub(super) async fn hand(&self, inbound: Inbound) -> Result<(), EngineError> {
        self.inbox.send(inbound).await.map_err(|_| EngineError::UnknownSession)
    }
}

impl Drop for EngineInbox {
    fn drop(&mut self) {
        self.sessions.by_sid.lock().remove(&self.sid);
    }
}
