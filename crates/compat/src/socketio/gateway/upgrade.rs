//! The way from polling to a WebSocket: the client probes whether it carries, and then says that it changes.

use super::ear::Heard;
use super::lines::{Inbound, Line};
use super::transport::Transport;
use crate::config::Config;
use crate::gateway::websocket::{Reader, Received, bid_farewell, first_frame, take_over};
use chinwag_wire::socketio::{EnginePacket, PROBE_ANSWER};
use hyper::upgrade::OnUpgrade;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

/// What a client has to keep to.
pub(super) struct Limits {
    frame_bytes: usize,
    time: Duration,
}

impl Limits {
    pub(super) fn of(config: &Config) -> Self {
        Self { frame_bytes: config.frame_bytes, time: Duration::from_millis(config.hello_limit_ms) }
    }
}

/// Changes a line to a WebSocket, if the client goes through with it. Otherwise it stays with its polls.
pub(super) async fn run(line: Line, upgrade: OnUpgrade, limits: Limits) {
    let Some(upgraded) = take_over(upgrade).await else { return };
    let mut reader = Reader::new(Arc::new(upgraded.stream), limits.frame_bytes);
    let mut received = VecDeque::new();
    reader.decode(&mut Vec::from(upgraded.already_read), &mut received);
    let probes = tokio::time::timeout(limits.time, says(&mut reader, &mut received, &EnginePacket::Probe));
    // One that tries two at the same time stays with the first.
    if probes.await != Ok(true) || !line.transport.begin_probe() {
        return bid_farewell(&mut reader).await;
    }
    let changes = tokio::time::timeout(limits.time, change(&mut reader, &mut received));
    if changes.await != Ok(true) {
        line.transport.end_probe();
        return bid_farewell(&mut reader).await;
    }
    // One that does not read what waited for its polls would be kept by it for as long as it likes.
    if tokio::time::timeout(limits.time, line.transport.change_to(reader.stream())).await.is_err() {
        return bid_farewell(&mut reader).await;
    }
    // When the connection has ended meanwhile, the reader is dropped, and so the WebSocket closed.
    _ = line.hand(Inbound::Changed(reader, received)).await;
}

/// Says that the WebSocket carries. Answers whether the client changes to it.
async fn change(reader: &mut Reader, received: &mut VecDeque<Received<Heard>>) -> bool {
    Transport::websocket(reader.stream()).write_all(PROBE_ANSWER).await;
    says(reader, received, &EnginePacket::Upgrade).await
}

/// Whether this is the next that comes.
async fn says(
    reader: &mut Reader,
    received: &mut VecDeque<Received<Heard>>,
    expected: &EnginePacket,
) -> bool {
    let next = first_frame(reader, received).await;
    matches!(next, Some(Received::Text(Heard::Packet(packet))) if packet == *expected)
}
