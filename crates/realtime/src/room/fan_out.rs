use super::Room;
use super::batch::Batch;
use super::pending::Gathered;
use chinwag_core::domain::Millis;
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
        let Some((mut batch, waited)) = next_batch(&room) else { break };
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
        waited.observe(&room);
        for event in batch.events() {
            if let Some(ending) = event.ending() {
                room.end_at(event.seq, ending);
            }
        }
        if let Some(last) = batch.last() {
            room.pending.lock().note_delivered(last);
        }
        // Neither a large room nor a busy one keeps a worker from everyone else.
        tokio::task::yield_now().await;
    }
}

/// Since when the oldest events of a batch wait that are told at once.
struct Waited {
    here: Option<Instant>,
    /// By the time that another node gave one of them.
    elsewhere: Option<Millis>,
}

impl Waited {
    /// Notes that they were delivered.
    fn observe(&self, room: &Room) {
        let metrics = &room.shared.metrics;
        if let Some(since) = self.here {
            metrics.delivery_seconds.observe(since.elapsed().as_secs_f64());
        }
        if let Some(at) = self.elsewhere {
            // The clocks of two nodes may differ by a little.
            let millis = room.shared.clock.now().0.saturating_sub(at.0).max(0);
            metrics.remote_delivery_seconds.observe(millis as f64 / 1000.0);
        }
    }
}

/// Takes everything that waits, and since when it does. `None` when there is nothing.
fn next_batch(room: &Arc<Room>) -> Option<(Batch, Waited)> {
    let mut pending = room.pending.lock();
    let gathered = pending.gathered();
    pending.is_fanning_out = gathered.is_some();
    room.want_missing(pending);
    let Gathered { address, events, signals, since, given } = gathered?;
    Some((Batch::new(address, events, signals, &room.shared), Waited { here: since, elsewhere: given }))
}
