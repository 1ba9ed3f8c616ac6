use super::span::measured;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout};
use crate::servers::Contender;
use std::time::{Duration, Instant};

/// People come in and stay, silent: what each costs to let in, and how much memory each holds then.
pub(super) fn run(bench: &Bench, contender: Contender, layout: Layout) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::prepare(&server, layout)?;
    crowd.settle()?;
    let clients = layout.clients() as u64;
    let before = server.usage()?.anonymous;
    let mut arriving = Duration::ZERO;
    // What the server says a moment later belongs to the cost of coming in, but the wait for it not to the pace.
    let (span, tally) = measured(&server, &mut crowd, |crowd| {
        let begin = Instant::now();
        crowd.arrive()?;
        arriving = begin.elapsed();
        crowd.settle()
    })?;
    let grown = server.usage()?.anonymous.saturating_sub(before);
    Ok(span.outcome(
        tally,
        &[
            (Metric::MemoryPerConnection, grown as f64 / 1024.0 / clients as f64),
            (Metric::CpuPerArrival, span.cost(clients)),
            (Metric::BytesPerArrival, tally.bytes as f64 / clients as f64),
            (Metric::ArrivalsPerSecond, clients as f64 / arriving.as_secs_f64()),
        ],
    ))
}
