use super::span::measured;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::servers::Contender;

/// Saturated fan-out: every room's sender always has a window of messages on their way.
pub(super) fn run(
    bench: &Bench,
    contender: Contender,
    layout: Layout,
    window: u64,
) -> anyhow::Result<Outcome> {
    let window = bench.effort.in_flight.unwrap_or(window);
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, layout)?;
    crowd.run(Pace::Window(window), bench.effort.warm_up)?;
    let work = |crowd: &mut Crowd| crowd.run(Pace::Window(window), bench.effort.window);
    let (span, tally) = measured(&server, &mut crowd, work)?;
    let messages = tally.deliveries / layout.members_per_room as u64;
    Ok(span.outcome(
        tally,
        &[
            (Metric::CpuPerDelivery, span.cost(tally.deliveries)),
            (Metric::DeliveriesPerSecond, span.rate(tally.deliveries)),
            (Metric::MessagesPerSecond, span.rate(messages)),
        ],
    ))
}
