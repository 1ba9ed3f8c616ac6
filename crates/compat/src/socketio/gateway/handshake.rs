//! From the first byte of a connection until its client is in the main namespace, and whenever it has left that.

use super::engine_sessions::EngineInbox;
use super::handler::{SocketIo, TIME_TO_JOIN};
use super::receiver::{EngineReceiver, ReceivedPacket};
use super::transport::Transport;
use crate::Compat;
use crate::socketio::codec::{
    Auth, ClientPacket, EnginePacket, PING, PONG, Revision, write_connect_error, write_invalid_namespace,
    write_open,
};
use crate::url_token::{NOT_TAKEN, UrlToken};
use chinwag_core::domain::Refusal;
use chinwag_core::ports::{CloseReason, Socket as _};
use chinwag_gateway::websocket::{
    ConnectionLoop, FrameSource as _, Reader, ReceivedFrame, serve_sessions, take_over,
};
use chinwag_gateway::{ConnectionLimits, SessionFactory};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, interval_at, sleep, sleep_until};

/// How long a client waits, at most, when its address has too many new visitors.
const AT_THE_DOOR: Duration = Duration::from_secs(5);
/// How long a client may take to read its last frame.
const LAST_WORDS: Duration = Duration::from_secs(2);

type Received = VecDeque<ReceivedFrame<ReceivedPacket>>;

/// The packet that opens a connection.
pub(super) fn open_packet(limits: ConnectionLimits, sid: &str, upgrades: &[&str]) -> Vec<u8> {
    let mut packet = Vec::new();
    // A client gives up when it has not been pinged for both of these times: as we do when it is silent for so long.
    let patience = milliseconds(limits.silence) - milliseconds(limits.ping_interval);
    write_open(&mut packet, sid, upgrades, milliseconds(limits.ping_interval), patience, limits.frame_bytes);
    packet
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// What remains of a connection when its client leaves the main namespace.
pub(super) struct EngineConnection<F: SessionFactory> {
    compat: Arc<Compat<F>>,
    address: IpAddr,
    token: UrlToken,
    revision: Revision,
    transport: Transport,
}

/// Takes a client over that comes on a WebSocket, and answers what serves it then: most of what an idle connection costs.
pub(super) async fn websocket<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    (address, token): (IpAddr, UrlToken),
    revision: Revision,
    upgrade: OnUpgrade,
    permit: F::Permit,
) -> Option<impl Future<Output = ()> + Send> {
    let upgraded = take_over(upgrade).await?;
    let stream = Arc::new(upgraded.stream);
    let transport = Transport::websocket(&stream);
    let mut reader = Reader::new(stream, compat.sessions.limits().frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let sessions = &compat.sessions;
    transport.write_all(&open_packet(sessions.limits(), &compat.new_sid(), &[])).await;
    let connection = EngineConnection { compat, address, token, revision, transport };
    Some(connection.serve(EngineReceiver::websocket(reader), received, permit))
}

/// Serves a client that polls.
pub(super) fn polling<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    (address, token): (IpAddr, UrlToken),
    revision: Revision,
    inbox: EngineInbox,
    permit: F::Permit,
) -> impl Future<Output = ()> + Send {
    let connection =
        EngineConnection { compat, address, token, revision, transport: inbox.transport.clone() };
    connection.serve(EngineReceiver::polling(inbox), VecDeque::new(), permit)
}

impl<F: SessionFactory> EngineConnection<F> {
    fn serve(
        self,
        receiver: EngineReceiver,
        received: Received,
        permit: F::Permit,
    ) -> impl Future<Output = ()> + Send {
        let connection = Arc::new(self);
        // Whoever leaves the namespace may stay for as long as it answers.
        let first =
            Arc::clone(&connection).let_in(receiver, received, connection.compat.sessions.limits().hello);
        let again =
            move |receiver, received| Arc::clone(&connection).let_in(receiver, received, Duration::MAX);
        serve_sessions(first, again, permit)
    }

    /// Waits until the client is in the main namespace. `None` when it does not ask for that within this time, or has gone; everything is
    /// said then.
    async fn let_in(
        self: Arc<Self>,
        mut receiver: EngineReceiver,
        mut received: Received,
        time: Duration,
    ) -> Option<Box<ConnectionLoop<SocketIo<F>, EngineReceiver>>> {
        let connecting = async {
            match self.revision {
                Revision::Three => self.connect_at_once().await,
                Revision::Four => self.connect(&mut receiver, &mut received, time).await,
            }
        };
        let connected = tokio::select! {
            connected = connecting => connected,
            () = self.compat.sessions.drained() => Err(CloseReason::Restart),
        };
        let close = match connected {
            Ok(socketio) => {
                receiver.give(TIME_TO_JOIN);
                return Some(ConnectionLoop::new(socketio, receiver, received));
            }
            Err(reason) => reason,
        };
        let last = self.transport.close_frame(close);
        _ = tokio::time::timeout(LAST_WORDS, self.transport.write_all(&last)).await;
        receiver.linger().await;
        None
    }

    /// Lets a client in that does not ask for it. Of what it brings nothing counts.
    async fn connect_at_once(&self) -> Result<SocketIo<F>, CloseReason> {
        match self.begin(&Auth::default()).await {
            Ok(socketio) => Ok(socketio),
            // It would come again with the same.
            Err(Refusal::Unauthorized) => {
                let mut answer = Vec::new();
                write_connect_error(&mut answer, &self.not_let_in());
                self.transport.write_all(&answer).await;
                Err(CloseReason::Unauthorized)
            }
            Err(_) => Err(CloseReason::Busy),
        }
    }

    /// Begins with a client. One who comes too soon behind others from the same address waits at the door for a while.
    async fn begin(&self, auth: &Auth) -> Result<SocketIo<F>, Refusal> {
        if self.token == UrlToken::NotTaken {
            return Err(Refusal::Unauthorized);
        }
        let auth = &auth.clone().or(self.token.taken());
        let end = Instant::now() + AT_THE_DOOR;
        loop {
            match SocketIo::begin(&self.compat, self.address, auth, self.revision, &self.transport).await {
                Err(Refusal::RateLimited { retry_after_ms }) if Instant::now() < end => {
                    sleep_until(end.min(Instant::now() + Duration::from_millis(retry_after_ms))).await;
                }
                begun => return begun,
            }
        }
    }

    /// Told to a client whose token is not one of this server, perhaps that of another service, or does not belong where it stands.
    fn not_let_in(&self) -> ProtocolError {
        const NO_SESSION: &str =
            "auth.token is not the token of a session here; leave it out to come as a visitor.";
        let sentence = if self.token == UrlToken::NotTaken { NOT_TAKEN } else { NO_SESSION };
        ProtocolError::new(ErrorCode::Unauthorized, sentence)
    }

    /// Lets a client in that asks for it within this time. It is pinged meanwhile, since it is connected for Engine.IO.
    async fn connect(
        &self,
        receiver: &mut EngineReceiver,
        received: &mut Received,
        time: Duration,
    ) -> Result<SocketIo<F>, CloseReason> {
        let limits = self.compat.sessions.limits();
        let ping_interval = limits.ping_interval.max(Duration::from_millis(1));
        let mut pings = interval_at(Instant::now() + ping_interval, ping_interval);
        let (mut heard, mut end) = (Instant::now(), pin!(sleep(time)));
        let mut answer = Vec::new();
        loop {
            let packet = async {
                self.transport.write_all(&answer).await;
                tokio::select! {
                    packet = next_packet(receiver, received) => packet.map(Some),
                    _ = pings.tick() => Ok(None),
                }
            };
            // For one who takes no answer we wait no longer than for one who says nothing.
            let packet = tokio::select! {
                packet = packet => packet?,
                () = sleep_until(heard + limits.silence) => return Err(CloseReason::Timeout),
                () = end.as_mut() => return Err(CloseReason::NoHello),
            };
            answer.clear();
            let Some(packet) = packet else {
                answer.extend_from_slice(PING);
                continue;
            };
            heard = Instant::now();
            match packet {
                Some(EnginePacket::Message(ClientPacket::Connect { auth })) => {
                    match self.begin(&auth).await {
                        Ok(socketio) => return Ok(socketio),
                        Err(Refusal::Unauthorized) => write_connect_error(&mut answer, &self.not_let_in()),
                        // The official client takes an error as final. When the connection is closed it comes again by itself.
                        Err(refusal) if refusal.is_passing() => return Err(CloseReason::Busy),
                        Err(refusal) => write_connect_error(&mut answer, &ProtocolError::from(&refusal)),
                    }
                }
                Some(EnginePacket::Message(ClientPacket::ConnectElsewhere { namespace })) => {
                    write_invalid_namespace(&mut answer, &namespace);
                }
                Some(EnginePacket::Message(ClientPacket::Disconnect) | EnginePacket::Close) => {
                    return Err(CloseReason::Requested(None));
                }
                Some(EnginePacket::Message(ClientPacket::Event(_) | ClientPacket::Ack)) => {
                    return Err(CloseReason::NoHello);
                }
                Some(EnginePacket::Broken(reason) | EnginePacket::Unreadable(reason)) => {
                    return Err(broken(reason));
                }
                Some(EnginePacket::Ping) => answer.extend_from_slice(PONG),
                Some(
                    EnginePacket::Pong | EnginePacket::Noop | EnginePacket::Probe | EnginePacket::Upgrade,
                )
                | None => {}
            }
        }
    }
}

/// The next packet of a client, or nothing but a sign of life.
async fn next_packet(
    receiver: &mut EngineReceiver,
    received: &mut Received,
) -> Result<Option<EnginePacket>, CloseReason> {
    // A read may bring a thousand of them: others come in between.
    tokio::task::coop::consume_budget().await;
    if received.is_empty() {
        let read = poll_fn(|context| receiver.poll_frames(context, received)).await;
        read.map_err(|_| CloseReason::Requested(None))?;
    }
    match received.pop_front() {
        Some(ReceivedFrame::Text(ReceivedPacket::Packet(packet))) => Ok(Some(EnginePacket::decode(&packet))),
        // A client that speaks Engine.IO has its own pings.
        Some(ReceivedFrame::Text(ReceivedPacket::Waited) | ReceivedFrame::Ping(_) | ReceivedFrame::Pong)
        | None => Ok(None),
        Some(ReceivedFrame::Close(code)) => Err(CloseReason::Requested(code)),
        Some(ReceivedFrame::Violation(violation)) => {
            Err(CloseReason::Violation(violation.code, violation.reason))
        }
    }
}

/// Why a connection ends whose client broke the protocol.
pub(super) fn broken(reason: &'static str) -> CloseReason {
    CloseReason::Violation(chinwag_wire::websocket::close_code::PROTOCOL_ERROR, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::socketio::gateway::EngineSessions;
    use futures_util::FutureExt as _;

    #[tokio::test]
    async fn whoever_says_much_before_it_is_let_in_lets_others_work() {
        let mut receiver = EngineReceiver::polling(Arc::<EngineSessions>::default().begin("sid".to_owned()));
        let pong = || ReceivedFrame::Text(ReceivedPacket::Packet("3".to_owned()));
        let mut received: Received = std::iter::repeat_with(pong).take(1000).collect();
        let all = async {
            while !received.is_empty() {
                _ = next_packet(&mut receiver, &mut received).await;
            }
        };
        assert!(all.now_or_never().is_none());
        assert!((1..1000).contains(&received.len()), "{} are left", received.len());
    }
}
