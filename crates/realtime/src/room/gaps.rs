use super::sequence::Gap;
use super::{Origin, Room};
use chinwag_core::ports::Recovery;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

/// Events that are read at once.
const PAGE: u32 = 500;
/// From one question to the log to the next, when it has not what it must have, or does not answer.
const RETRY: Duration = Duration::from_millis(250);

/// Reads from the log what is missing in the rooms that say so, for ever. `next` waits for such a room.
pub(crate) async fn fill<F: Future<Output = Arc<Room>>>(log: Arc<dyn Recovery>, next: impl Fn() -> F) {
    let mut filling = JoinSet::new();
    loop {
        tokio::select! {
            room = next() => {
                filling.spawn(fill_room(room, Arc::clone(&log)));
            }
            Some(_) = filling.join_next() => {}
        }
    }
}

/// Reads on until nothing is missing, or nobody is there to miss it.
async fn fill_room(room: Arc<Room>, log: Arc<dyn Recovery>) {
    while let Some(due) = room.next_question() {
        sleep_until(due).await;
        // What was late may have come meanwhile.
        let Some(Gap { after, count }) = room.gap() else { continue };
        let wanted = count.min(PAGE);
        let again = match log.missed_events(room.id, after, wanted).await {
            Ok(events) if !events.is_empty() => {
                room.shared.metrics.sequence_filled.inc_by(events.len() as u64);
                for event in events {
                    room.publish(Arc::new(event), Origin::Elsewhere);
                }
                Instant::now()
            }
            // What is known to be in the log may not be readable for a moment.
            Ok(_) | Err(_) => Instant::now() + RETRY,
        };
        room.ask_at(again);
    }
}
