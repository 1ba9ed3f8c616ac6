//! From the first byte of a connection until its client is in the main namespace.

use super::handler::{SocketIo, TIME_TO_JOIN};
use super::receiver::{EngineReceiver, ReceivedPacket};
use super::transport::Transport;
use crate::Compat;
use crate::socketio::codec::{
    Auth, ClientPacket, EnginePacket, PONG, Revision, write_connect_error, write_open,
};
use chinwag_core::domain::Refusal;
use chinwag_core::ports::{CloseReason, Socket as _};
use chinwag_gateway::websocket::{ConnectionLoop, FrameSource as _, Reader, ReceivedFrame, take_over};
use chinwag_gateway::{ConnectionLimits, SessionFactory};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::future::poll_fn;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep, sleep_until};

/// How long a client waits, at most, when its address has too many new visitors.
const AT_THE_DOOR: Duration = Duration::from_secs(5);
/// How long a client may take to read its last frame.
const LAST_WORDS: Duration = Duration::from_secs(2);

type Connected<F> = Option<Box<ConnectionLoop<SocketIo<F>, EngineReceiver>>>;

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

/// Lets a client in that comes on a WebSocket.
pub(super) async fn websocket<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    revision: Revision,
    upgrade: OnUpgrade,
) -> Connected<F> {
    let upgraded = take_over(upgrade).await?;
    let stream = Arc::new(upgraded.stream);
    let transport = Transport::websocket(&stream);
    let mut reader = Reader::new(stream, compat.sessions.limits().frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let sessions = &compat.sessions;
    transport.write_all(&open_packet(sessions.limits(), &sessions.new_token(), &[])).await;
    run(compat, address, revision, EngineReceiver::websocket(reader), transport, received).await
}

/// Lets a client in that polls.
pub(super) async fn polling<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    revision: Revision,
    receiver: EngineReceiver,
    transport: Transport,
) -> Connected<F> {
    run(compat, address, revision, receiver, transport, VecDeque::new()).await
}

async fn run<F: SessionFactory>(
    compat: Arc<Compat<F>>,
    address: IpAddr,
    revision: Revision,
    mut receiver: EngineReceiver,
    transport: Transport,
    mut received: VecDeque<ReceivedFrame<ReceivedPacket>>,
) -> Connected<F> {
    let connecting = async {
        match revision {
            Revision::Three => connect_at_once(&compat, address, &transport).await,
            Revision::Four => connect(&compat, address, &mut receiver, &transport, &mut received).await,
        }
    };
    let connected = tokio::select! {
        connected = connecting => connected,
        () = sleep(compat.sessions.limits().hello) => Err(CloseReason::NoHello),
        () = compat.sessions.drained() => Err(CloseReason::Restart),
    };
    let close = match connected {
        Ok(socketio) => {
            receiver.give(TIME_TO_JOIN);
            return Some(ConnectionLoop::new(socketio, receiver, received));
        }
        Err(reason) => reason,
    };
    let last = transport.close_frame(close);
    _ = tokio::time::timeout(LAST_WORDS, transport.write_all(&last)).await;
    receiver.linger().await;
    None
}

/// Lets a client in that does not ask for it. Of what it brings nothing counts.
async fn connect_at_once<F: SessionFactory>(
    compat: &Arc<Compat<F>>,
    address: IpAddr,
    transport: &Transport,
) -> Result<SocketIo<F>, CloseReason> {
    begin(compat, address, &Auth::default(), Revision::Three, transport).await.map_err(|_| CloseReason::Busy)
}

/// Begins with a client. One who comes too soon behind others from the same address waits at the door for a while.
async fn begin<F: SessionFactory>(
    compat: &Arc<Compat<F>>,
    address: IpAddr,
    auth: &Auth,
    revision: Revision,
    transport: &Transport,
) -> Result<SocketIo<F>, Refusal> {
    let end = Instant::now() + AT_THE_DOOR;
    loop {
        match SocketIo::begin(compat, address, auth, revision, transport).await {
            Err(Refusal::RateLimited { retry_after_ms }) if Instant::now() < end => {
                sleep_until(end.min(Instant::now() + Duration::from_millis(retry_after_ms))).await;
            }
            begun => return begun,
        }
    }
}

/// Waits until the client is let into the main namespace.
async fn connect<F: SessionFactory>(
    compat: &Arc<Compat<F>>,
    address: IpAddr,
    receiver: &mut EngineReceiver,
    transport: &Transport,
    received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>,
) -> Result<SocketIo<F>, CloseReason> {
    loop {
        let mut answer = Vec::new();
        match next_packet(receiver, received).await? {
            EnginePacket::Message(ClientPacket::Connect { auth }) => {
                match begin(compat, address, &auth, Revision::Four, transport).await {
                    Ok(socketio) => return Ok(socketio),
                    Err(Refusal::Unauthorized) => write_connect_error(&mut answer, "/", &no_session()),
                    // The official client takes an error as final. When the connection is closed it comes again by itself.
                    Err(refusal) if refusal.is_passing() => return Err(CloseReason::Busy),
                    Err(refusal) => write_connect_error(&mut answer, "/", &ProtocolError::from(&refusal)),
                }
            }
            EnginePacket::Message(ClientPacket::ConnectElsewhere { namespace }) => {
                invalid_namespace(&namespace, &mut answer);
            }
            EnginePacket::Message(ClientPacket::Disconnect) | EnginePacket::Close => {
                return Err(CloseReason::Requested(None));
            }
            EnginePacket::Message(ClientPacket::Event(_) | ClientPacket::Ack) => {
                return Err(CloseReason::NoHello);
            }
            EnginePacket::Broken(reason) => return Err(broken(reason)),
            EnginePacket::Ping => answer.extend_from_slice(PONG),
            EnginePacket::Pong | EnginePacket::Noop | EnginePacket::Probe | EnginePacket::Upgrade => {}
        }
        transport.write_all(&answer).await;
    }
}

async fn next_packet(
    receiver: &mut EngineReceiver,
    received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>,
) -> Result<EnginePacket, CloseReason> {
    loop {
        match received.pop_front() {
            Some(ReceivedFrame::Text(ReceivedPacket::Packet(packet))) => return Ok(packet),
            // A client that speaks Engine.IO has its own pings.
            Some(
                ReceivedFrame::Text(ReceivedPacket::Waited) | ReceivedFrame::Ping(_) | ReceivedFrame::Pong,
            ) => {}
            Some(ReceivedFrame::Close(code)) => return Err(CloseReason::Requested(code)),
            Some(ReceivedFrame::Violation(violation)) => {
                return Err(CloseReason::Violation(violation.code, violation.reason));
            }
            None => poll_fn(|context| receiver.poll_frames(context, received))
                .await
                .map_err(|_| CloseReason::Requested(None))?,
        }
    }
}

/// Told to a client whose token is not one of this server; perhaps it is that of another service.
fn no_session() -> ProtocolError {
    const SENTENCE: &str =
        "auth.token is not the token of a session here; leave it out to come as a visitor.";
    ProtocolError::new(ErrorCode::Unauthorized, SENTENCE)
}

/// Told to a client that wants to connect to another namespace than the main one.
pub(super) fn invalid_namespace(namespace: &str, out: &mut Vec<u8>) {
    write_connect_error(out, namespace, &ProtocolError::new(ErrorCode::BadFrame, "Invalid namespace"));
}

/// Why a connection ends whose client broke the protocol.
pub(super) fn broken(reason: &'static str) -> CloseReason {
    CloseReason::Violation(chinwag_wire::websocket::close_code::PROTOCOL_ERROR, reason)
}
