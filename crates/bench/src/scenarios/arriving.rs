use super::span::Span;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout};
use crate::servers::Contender;

/// People come in and stay, silent: what each costs to let in, and how much memory each holds then.
pub(super) fn run(bench: &Bench, contender: Contender, layout: Layout) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::prepare(&server, layout)?;
    crowd.settle()?;
    let clients = layout.clients() as u64;
    let before = server.usage()?.memory;
    let span = Span::of(&server, &mut crowd, Crowd::arrive)?;
    crowd.settle()?;
    let grown = server.usage()?.memory.saturating_sub(before);
    Ok(span.outcome(
        bench,
        &server,
        &[
            (Metric::MemoryPerConnection, grown as f64 / 1024.0 / clients as f64),
            (Metric::CpuPerArrival, span.cost(clients)),
            (Metric::BytesPerArrival, span.tally.bytes as f64 / clients as f64),
            (Metric::ArrivalsPerSecond, span.rate(clients)),
        ],
    ))
}
