use super::send_queue_total::SendQueueTotal;
use super::{Connection, Register};
use crate::metrics::Metrics;
use chinwag_core::ports::CloseReason;
use std::cmp::Reverse;
use std::sync::Arc;

/// Closes the slowest readers, for ever, whenever more waits for all of them than the server has room for. They come back and resume.
pub(crate) async fn run(register: &Register, total: &SendQueueTotal, metrics: &Metrics) {
    loop {
        total.exceeded().await;
        let backlog = |connection: Arc<Connection>| (connection.send_queue.held(), connection);
        let mut slow: Vec<_> = register.all().map(backlog).filter(|(held, _)| *held > 0).collect();
        slow.sort_unstable_by_key(|(held, _)| Reverse(*held));
        let mut closed = 0;
        for (_, connection) in slow {
            if !total.is_crowded() {
                break;
            }
            if connection.send_queue.is_open() {
                connection.close(CloseReason::TooSlow);
                metrics.send_queue_closes.inc();
            } else {
                // It was told to go, and does not read what was left for it.
                connection.abandon();
            }
            closed += 1;
        }
        if closed > 0 {
            tracing::warn!(
                connections = closed,
                "closed the slowest readers: more waited for all clients than send_queue_total_bytes"
            );
        }
    }
}
