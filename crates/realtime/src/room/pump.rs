use super::Room;
use super::round::Round;
use chinwag_core::domain::EventBody;
use std::sync::Arc;
use tokio::time::Instant;

/// Delivers what waits in a room until nothing waits any more.
///
/// This is the heart of the fan-out. While one round is written to the listeners, the next events gather; the next round writes
/// all of them, joined, with one write per listener. So a quiet room delivers at once and a busy one costs few system calls.
pub(super) async fn run(room: Arc<Room>) {
    while let Some((round, since)) = next_round(&room) {
        for (index, chunk) in room.listeners.chunks().into_iter().enumerate() {
            if index > 0 {
                tokio::task::yield_now().await;
            }
            chunk.deliver(&round);
        }
        if let Some(since) = since {
            room.shared.metrics.delivery_seconds.observe(since.elapsed().as_secs_f64());
        }
        for event in round.events() {
            match &event.body {
                EventBody::MemberLeft => room.end_at(event.seq, Some(event.actor)),
                EventBody::RoomDeleted => room.end_at(event.seq, None),
                EventBody::Message { .. }
                | EventBody::MemberJoined
                | EventBody::MemberRenamed { .. }
                | EventBody::RoomCreated { .. }
                | EventBody::RoomUpdated { .. } => {}
            }
        }
        // Neither a large room nor a busy one keeps a worker from everyone else.
        tokio::task::yield_now().await;
    }
}

/// Takes everything that waits, with the time since which the oldest event does. `None` when there is nothing.
fn next_round(room: &Room) -> Option<(Round, Option<Instant>)> {
    let mut pending = room.pending.lock();
    if pending.is_empty() {
        pending.pumping = false;
        return None;
    }
    let events = std::mem::take(&mut pending.events);
    let signals = std::mem::take(&mut pending.signals);
    let since = pending.since.take();
    drop(pending);
    Some((Round::new(&room.slug, events, signals, &room.shared), since))
}
