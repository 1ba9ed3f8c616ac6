use super::{Metric, Note, Outcome};
use crate::crowd::{Crowd, Tally};
use crate::machine::{
    ThreadTime, Usage, Work, full_listen_queues, time_of_all_cores, time_of_ended_children,
};
use crate::servers::Server;
use std::time::{Duration, Instant};

/// What was used in a measured time, by the server, by the generator (the calling thread) and by others.
pub(super) struct Span {
    pub(super) time: Duration,
    pub(super) server: Work,
    /// By PostgreSQL, if the server has one.
    pub(super) database: Work,
    /// By the Redis of several nodes.
    pub(super) redis: Work,
    pub(super) generator: ThreadTime,
    /// What others used of the machine's cores.
    pub(super) others: Duration,
    /// Attempts to connect that found the queue of a server full.
    pub(super) turned_away: u64,
    /// The server's resident memory at the end, in bytes.
    pub(super) resident: u64,
}

/// Of what `work` does with the clients of `server`.
pub(super) fn measured(
    server: &Server,
    crowd: &mut Crowd,
    work: impl FnOnce(&mut Crowd) -> anyhow::Result<()>,
) -> anyhow::Result<(Span, Tally)> {
    let before = crowd.tally();
    let begin = Moment::now(server)?;
    work(crowd)?;
    Ok((begin.until_now(server)?, crowd.tally() - before))
}

/// The state of things when something begins to be measured.
pub(super) struct Moment {
    at: Instant,
    usage: Usage,
    database: Usage,
    redis: Usage,
    generator: ThreadTime,
    machine: Duration,
    /// What processes of the server used that were replaced.
    ended: Duration,
    full_queues: u64,
}

impl Moment {
    pub(super) fn now(server: &Server) -> anyhow::Result<Self> {
        Self::with(server.usage()?, server.database_usage()?, server.redis_usage()?)
    }

    pub(super) fn until_now(&self, server: &Server) -> anyhow::Result<Span> {
        Ok(Self::now(server)?.since(self))
    }

    fn with(usage: Usage, database: Usage, redis: Usage) -> anyhow::Result<Self> {
        let (machine, generator) = (time_of_all_cores()?, ThreadTime::now()?);
        Ok(Self {
            usage,
            database,
            redis,
            generator,
            machine,
            ended: time_of_ended_children()?,
            full_queues: full_listen_queues(),
            at: Instant::now(),
        })
    }

    fn since(&self, before: &Self) -> Span {
        let server = self.usage.since(&before.usage);
        let database = self.database.since(&before.database);
        let redis = self.redis.since(&before.redis);
        let generator = self.generator.since(before.generator);
        let all = self.machine.saturating_sub(before.machine);
        let ended = self.ended.saturating_sub(before.ended);
        Span {
            time: self.at - before.at,
            others: all.saturating_sub(
                server.processor + database.processor + redis.processor + generator.running + ended,
            ),
            turned_away: self.full_queues.saturating_sub(before.full_queues),
            resident: self.usage.resident,
            server,
            database,
            redis,
            generator,
        }
    }
}

impl Span {
    /// So much a second.
    pub(super) fn rate(&self, count: u64) -> f64 {
        count as f64 / self.time.as_secs_f64()
    }

    /// The server's time for each, in microseconds.
    pub(super) fn cost(&self, count: u64) -> f64 {
        self.server.processor.as_secs_f64() * 1e6 / count as f64
    }

    /// The time of its PostgreSQL for each, in microseconds.
    pub(super) fn database_cost(&self, count: u64) -> f64 {
        self.database.processor.as_secs_f64() * 1e6 / count as f64
    }

    /// The time of its Redis for each, in microseconds.
    pub(super) fn redis_cost(&self, count: u64) -> f64 {
        self.redis.processor.as_secs_f64() * 1e6 / count as f64
    }

    /// An outcome of `figures` with those that every scenario has.
    pub(super) fn outcome(&self, tally: Tally, figures: &[(Metric, f64)]) -> Outcome {
        let mut figures = figures.to_vec();
        figures.push((Metric::ServerCores, self.share(self.server.processor)));
        if self.database.processor > Duration::ZERO {
            figures.push((Metric::DatabaseCores, self.share(self.database.processor)));
        }
        if self.redis.processor > Duration::ZERO {
            figures.push((Metric::RedisCores, self.share(self.redis.processor)));
        }
        figures.push((Metric::GeneratorCores, self.share(self.generator.running)));
        figures.push((Metric::ServerMemory, self.resident as f64 / f64::from(1 << 20)));
        if tally.deliveries > 0 {
            let switches = self.server.switches as f64 * 1000.0 / tally.deliveries as f64;
            figures.push((Metric::SwitchesPerDelivery, switches));
        }
        Outcome { figures, notes: Note::all_of(self, tally.errors) }
    }

    /// How much of the measured time this is; above 1 when several cores had it.
    pub(super) fn share(&self, time: Duration) -> f64 {
        time.as_secs_f64() / self.time.as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crowd::{Layout, Pace, with_yardstick};
    use crate::scenarios::note::About;
    use std::hint::black_box;
    use std::ops::ControlFlow;

    const TIME: Duration = Duration::from_millis(300);

    /// What is told of a crowd whose generator has `burden` to do each time that it wakes up.
    fn told_with(burden: Duration, pace: Pace) -> Vec<About> {
        let mut told = Vec::new();
        with_yardstick(Layout::apart(5, 4), |yardstick, mut crowd| {
            let usage = || Usage::of_thread(yardstick).unwrap();
            let moment = || Moment::with(usage(), Usage::default(), Usage::default()).unwrap();
            let begin = moment();
            let work = |_: &mut Crowd| {
                let woken = Instant::now();
                while woken.elapsed() < burden {
                    black_box(());
                }
                if begin.at.elapsed() < TIME { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            crowd.run_until(pace, work).unwrap();
            let span = moment().since(&begin);
            told = Note::all_of(&span, 0).into_iter().map(|note| note.about).collect();
        });
        told
    }

    #[test]
    fn a_generator_with_too_much_to_do_is_found_out() {
        assert!(told_with(Duration::from_millis(3), Pace::Window(4)).contains(&About::Generator));
    }

    #[test]
    fn a_generator_that_mostly_waits_is_not_suspected() {
        assert!(!told_with(Duration::ZERO, Pace::Steady(10.0)).contains(&About::Generator));
    }
}
