//! The way from polling to a WebSocket: the client probes whether it carries, and then says that it changes.

use super::engine_sessions::{EngineSession, Inbound};
use super::receiver::ReceivedPacket;
use super::transport::Transport;
use crate::socketio::codec::{EnginePacket, PROBE_ANSWER};
use chinwag_gateway::ConnectionLimits;
use chinwag_gateway::websocket::{Reader, ReceivedFrame, first_frame, linger, take_over};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::sync::Arc;

/// Changes a session to a WebSocket, if the client goes through with it. Otherwise it stays with its polls.
pub(super) async fn run(session: EngineSession, upgrade: OnUpgrade, limits: ConnectionLimits) {
    let Some(upgraded) = take_over(upgrade).await else { return };
    let mut reader = Reader::new(Arc::new(upgraded.stream), limits.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    // What waits here would keep a session that ends meanwhile.
    tokio::select! {
        () = session.transport.ended() => linger(&mut reader).await,
        changed = probe(&session, &mut reader, &mut received, limits) => {
            if changed {
                // When the connection has ended meanwhile, the reader is dropped, and so the WebSocket closed.
                _ = session.hand(Inbound::Changed(reader, received)).await;
            } else {
                linger(&mut reader).await;
            }
        }
    }
}

/// Tries the WebSocket, and leaves polling for it. Answers whether the client did so.
async fn probe(
    session: &EngineSession,
    reader: &mut Reader,
    received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>,
    limits: ConnectionLimits,
) -> bool {
    let probes = tokio::time::timeout(limits.hello, says(reader, received, &EnginePacket::Probe));
    // One that tries two at the same time stays with the first.
    if probes.await != Ok(true) || !session.transport.begin_probe() {
        return false;
    }
    let changes = tokio::time::timeout(limits.hello, change(reader, received));
    if changes.await != Ok(true) {
        session.transport.end_probe();
        return false;
    }
    // One that does not read what waited for its polls would be kept by it for as long as it likes.
    tokio::time::timeout(limits.hello, session.transport.change_to(reader.stream())).await.is_ok()
}

/// Says that the WebSocket carries. Answers whether the client changes to it.
async fn change(reader: &mut Reader, received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>) -> bool {
    Transport::websocket(reader.stream()).write_all(PROBE_ANSWER).await;
    says(reader, received, &EnginePacket::Upgrade).await
}

/// Whether this is the next that comes.
async fn says(
    reader: &mut Reader,
    received: &mut VecDeque<ReceivedFrame<ReceivedPacket>>,
    expected: &EnginePacket,
) -> bool {
    let next = first_frame(reader, received).await;
    matches!(next, Some(ReceivedFrame::Text(ReceivedPacket::Packet(packet))) if EnginePacket::decode(&packet) == *expected)
}
