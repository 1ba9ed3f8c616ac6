use super::Room;
use super::batch::Batch;
use super::pending::Gathered;
use std::sync::Arc;
use tokio::time::Instant;

/// Delivers what waits in a room until nothing waits any more.
///
/// While one batch is written to the subscribers, the next events gather; the next batch has all of them, joined, with one write
/// per subscriber. So a quiet room delivers at once and a busy one costs few system calls.
pub(super) async fn run(room: Arc<Room>) {
    let trust = &room.shared.trust;
    loop {
        // Before the batch is made, so that it has what was looked up meanwhile.
        trust.good().await;
        let Some((mut batch, since)) = next_batch(&room) else { break };
        for (index, chunk) in room.subscribers.chunks().into_iter().enumerate() {
            if index > 0 {
                tokio::task::yield_now().await;
            }
            if !trust.is_good() {
                trust.good().await;
                // Somebody may have left meanwhile, whose leave is behind these events and before these signals.
                room.pending.lock().take_signals(batch.take_signals());
            }
            chunk.deliver(&batch);
        }
        if let Some(since) = since {
            room.shared.metrics.delivery_seconds.observe(since.elapsed().as_secs_f64());
        }
        for event in batch.events() {
            if let Some(user) = event.who_left() {
                room.end_at(event.seq, Some(user));
            } else if event.is_deletion() {
                room.end_at(event.seq, None);
            }
        }
        if let Some(last) = batch.last() {
            room.pending.lock().note_delivered(last);
        }
        // Neither a large room nor a busy one keeps a worker from everyone else.
        tokio::task::yield_now().await;
    }
}

/// Takes everything that waits, with the time since which the oldest event does. `None` when there is nothing.
fn next_batch(room: &Arc<Room>) -> Option<(Batch, Option<Instant>)> {
    let mut pending = room.pending.lock();
    let gathered = pending.gathered();
    pending.is_fanning_out = gathered.is_some();
    room.want_missing(pending);
    let Gathered { address, events, signals, since } = gathered?;
    Some((Batch::new(address, events, signals, &room.shared), since))
}
