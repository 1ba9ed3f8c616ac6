use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Tally};
use crate::machine::{Usage, thread_time};
use crate::servers::Server;
use std::time::{Duration, Instant};

/// What was used and done in a measured time.
pub(super) struct Span {
    pub(super) time: Duration,
    pub(super) server: Duration,
    pub(super) generator: Duration,
    pub(super) switches: u64,
    pub(super) tally: Tally,
}

impl Span {
    /// Of what `work` does with the clients of `server`.
    pub(super) fn of(
        server: &Server,
        crowd: &mut Crowd,
        work: impl FnOnce(&mut Crowd) -> anyhow::Result<()>,
    ) -> anyhow::Result<Self> {
        let before = Moment::now(server, crowd)?;
        work(crowd)?;
        let after = Moment::now(server, crowd)?;
        Ok(Self {
            time: after.at - before.at,
            server: after.usage.processor.saturating_sub(before.usage.processor),
            generator: after.generator - before.generator,
            switches: after.usage.context_switches.saturating_sub(before.usage.context_switches),
            tally: Tally {
                sent: after.tally.sent - before.tally.sent,
                deliveries: after.tally.deliveries - before.tally.deliveries,
                acks: after.tally.acks - before.tally.acks,
                errors: after.tally.errors - before.tally.errors,
                bytes: after.tally.bytes - before.tally.bytes,
            },
        })
    }

    /// So much a second.
    pub(super) fn rate(&self, count: u64) -> f64 {
        count as f64 / self.time.as_secs_f64()
    }

    /// The server's time for each, in microseconds.
    pub(super) fn cost(&self, count: u64) -> f64 {
        self.server.as_secs_f64() * 1e6 / count as f64
    }

    fn server_cores(&self) -> f64 {
        self.server.as_secs_f64() / self.time.as_secs_f64()
    }

    fn generator_busy(&self) -> f64 {
        self.generator.as_secs_f64() / self.time.as_secs_f64()
    }

    /// An outcome of `figures` with those that every scenario has.
    pub(super) fn outcome(&self, bench: &Bench, server: &Server, figures: &[(Metric, f64)]) -> Outcome {
        let mut figures = figures.to_vec();
        figures.push((Metric::ServerCores, self.server_cores()));
        figures.push((Metric::GeneratorBusy, self.generator_busy()));
        if self.tally.deliveries > 0 {
            let switches = self.switches as f64 * 1000.0 / self.tally.deliveries as f64;
            figures.push((Metric::SwitchesPerDelivery, switches));
        }
        Outcome { figures, notes: self.notes(bench, server) }
    }

    fn notes(&self, bench: &Bench, server: &Server) -> Vec<String> {
        let mut notes = Vec::new();
        let threads = bench.launcher.threads(server.contender) as f64;
        if self.generator_busy() > 0.9 && self.server_cores() < 0.8 * threads {
            notes.push(format!(
                "the generator was the bottleneck ({:.2} of its core, while the server used {:.2} of {threads}): a rate \
                 is at least what is told; the cost of each is not touched",
                self.generator_busy(),
                self.server_cores(),
            ));
        }
        if self.tally.errors > 0 {
            notes.push(format!("{} messages were refused", self.tally.errors));
        }
        notes
    }
}

struct Moment {
    at: Instant,
    usage: Usage,
    generator: Duration,
    tally: Tally,
}

impl Moment {
    fn now(server: &Server, crowd: &Crowd) -> anyhow::Result<Self> {
        Ok(Self {
            usage: server.usage()?,
            generator: thread_time(),
            tally: crowd.tally(),
            at: Instant::now(),
        })
    }
}
