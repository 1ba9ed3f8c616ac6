//! From the first byte of a connection until its client is in the main namespace.

use super::dialect::SocketIo;
use super::ear::{Ear, Heard};
use super::transport::Transport;
use crate::app::App;
use crate::config::Config;
use crate::gateway::websocket::{Conversation, Reader, Received, Source as _, take_over};
use chinwag_core::domain::Refusal;
use chinwag_realtime::{CloseReason, Socket as _};
use chinwag_wire::native::{ErrorCode, ProtocolError};
use chinwag_wire::socketio::{
    Auth, ClientPacket, EnginePacket, PONG, Revision, write_connect_error, write_open,
};
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

type Met = Option<Box<Conversation<SocketIo, Ear>>>;

/// The packet that opens a connection.
pub(super) fn open_packet(config: &Config, sid: &str, upgrades: &[&str]) -> Vec<u8> {
    let mut packet = Vec::new();
    // A client gives up when it has not been pinged for both of these times: as we do when it is silent for so long.
    let patience = config.silence_limit_ms - config.ping_interval_ms;
    write_open(&mut packet, sid, upgrades, config.ping_interval_ms, patience, config.frame_bytes);
    packet
}

/// Meets a client on a WebSocket.
pub(super) async fn meet(app: Arc<App>, address: IpAddr, revision: Revision, upgrade: OnUpgrade) -> Met {
    let upgraded = take_over(upgrade).await?;
    let stream = Arc::new(upgraded.stream);
    let transport = Transport::websocket(&stream);
    let mut reader = Reader::new(stream, app.config.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    transport.write_all(&open_packet(&app.config, &app.chat.secrets.new_token(), &[])).await;
    greet(app, address, revision, Ear::websocket(reader), transport, received).await
}

/// Meets a client that polls.
pub(super) async fn meet_polling(
    app: Arc<App>,
    address: IpAddr,
    revision: Revision,
    ear: Ear,
    transport: Transport,
) -> Met {
    greet(app, address, revision, ear, transport, VecDeque::new()).await
}

async fn greet(
    app: Arc<App>,
    address: IpAddr,
    revision: Revision,
    mut ear: Ear,
    transport: Transport,
    mut received: VecDeque<Received<Heard>>,
) -> Met {
    let limit = Duration::from_millis(app.config.hello_limit_ms);
    let door = async {
        match revision {
            Revision::Three => let_in_at_once(&app, address, &transport).await,
            Revision::Four => let_in(&app, address, &mut ear, &transport, &mut received).await,
        }
    };
    let let_in = tokio::select! {
        let_in = door => let_in,
        () = sleep(limit) => Err(CloseReason::NoHello),
        () = app.hub.drained() => Err(CloseReason::Restart),
    };
    let close = match let_in {
        Ok(socketio) => {
            ear.give(SocketIo::TIME_TO_JOIN);
            return Some(Conversation::new(socketio, ear, received));
        }
        Err(reason) => reason,
    };
    let last = transport.close_frame(close);
    _ = tokio::time::timeout(LAST_WORDS, transport.write_all(&last)).await;
    ear.bid_farewell().await;
    None
}

/// Lets a client in that does not ask for it. Of what it brings nothing counts.
async fn let_in_at_once(
    app: &Arc<App>,
    address: IpAddr,
    transport: &Transport,
) -> Result<SocketIo, CloseReason> {
    begin(app, address, &Auth::default(), Revision::Three, transport).await.map_err(|_| CloseReason::Busy)
}

/// Begins a conversation. One who comes too soon behind others from the same address waits at the door for a while.
async fn begin(
    app: &Arc<App>,
    address: IpAddr,
    auth: &Auth,
    revision: Revision,
    transport: &Transport,
) -> Result<SocketIo, Refusal> {
    let end = Instant::now() + AT_THE_DOOR;
    loop {
        match SocketIo::begin(app, address, auth, revision, transport).await {
            Err(Refusal::RateLimited { retry_after_ms }) if Instant::now() < end => {
                sleep_until(end.min(Instant::now() + Duration::from_millis(retry_after_ms))).await;
            }
            begun => return begun,
        }
    }
}

/// Waits until the client is let into the main namespace.
async fn let_in(
    app: &Arc<App>,
    address: IpAddr,
    ear: &mut Ear,
    transport: &Transport,
    received: &mut VecDeque<Received<Heard>>,
) -> Result<SocketIo, CloseReason> {
    loop {
        let mut answer = Vec::new();
        match next_packet(ear, received).await? {
            EnginePacket::Message(ClientPacket::Connect { auth }) => {
                match begin(app, address, &auth, Revision::Four, transport).await {
                    Ok(socketio) => return Ok(socketio),
                    Err(Refusal::Unauthorized) => write_connect_error(&mut answer, "/", &no_session()),
                    // The official client takes an error as final. When the line is closed it comes again by itself.
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
    ear: &mut Ear,
    received: &mut VecDeque<Received<Heard>>,
) -> Result<EnginePacket, CloseReason> {
    loop {
        match received.pop_front() {
            Some(Received::Text(Heard::Packet(packet))) => return Ok(packet),
            // A client that speaks Engine.IO has its own pings.
            Some(Received::Text(Heard::Waited) | Received::Ping(_) | Received::Pong) => {}
            Some(Received::Close(code)) => return Err(CloseReason::Requested(code)),
            Some(Received::Violation(violation)) => {
                return Err(CloseReason::Violation(violation.code, violation.reason));
            }
            None => poll_fn(|context| ear.poll_hear(context, received))
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
