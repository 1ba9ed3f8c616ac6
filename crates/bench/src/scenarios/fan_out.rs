use super::span::Span;
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
    let span = Span::of(&server, &mut crowd, |crowd| crowd.run(Pace::Window(window), bench.effort.window))?;
    let messages = span.tally.deliveries / layout.members_per_room as u64;
    Ok(span.outcome(
        bench,
        &server,
        &[
            (Metric::CpuPerDelivery, span.cost(span.tally.deliveries)),
            (Metric::DeliveriesPerSecond, span.rate(span.tally.deliveries)),
            (Metric::MessagesPerSecond, span.rate(messages)),
        ],
    ))
}
