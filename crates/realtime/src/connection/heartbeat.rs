use super::{Connection, Register, SHARDS};
use crate::metrics::Metrics;
use chinwag_core::ports::CloseReason;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// How often clients are asked for a sign of life, and how long they may stay silent.
#[derive(Clone, Copy, Debug)]
pub struct Heartbeat {
    /// From one ping to the next.
    pub ping: Duration,
    /// Silence after which a connection is closed.
    pub timeout: Duration,
}

/// Parts of the register whose silence is checked in each step: all of them in five steps.
const CHECK_EVERY: usize = 5;

/// Pings and checks all connections for ever, a part of them in each step. One task serves all, so that an idle connection needs
/// no timer.
pub(crate) async fn run(register: &Register, heartbeat: Heartbeat, started: Instant, metrics: &Metrics) {
    let mut steps = interval((heartbeat.ping / SHARDS as u32).max(Duration::from_millis(1)));
    steps.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for step in 0_usize.. {
        steps.tick().await;
        for shard in (step % CHECK_EVERY..SHARDS).step_by(CHECK_EVERY) {
            for connection in register.in_shard(shard) {
                if connection.send_queue.made_progress() {
                    connection.heard_of(millis_since(started));
                }
                if silence(&connection, started) > heartbeat.timeout {
                    if connection.send_queue.is_open() {
                        metrics.timeouts.inc();
                        connection.close(CloseReason::Timeout);
                    }
                } else if shard == step % SHARDS {
                    connection.ping();
                }
            }
        }
    }
}

fn millis_since(started: Instant) -> u64 {
    u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX)
}

fn silence(connection: &Arc<Connection>, started: Instant) -> Duration {
    started.elapsed().saturating_sub(Duration::from_millis(connection.alive_at.load(Ordering::Relaxed)))
}
