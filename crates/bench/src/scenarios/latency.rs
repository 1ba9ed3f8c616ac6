use super::span::measured;
use super::{Bench, Metric, Note, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::machine::sync_time;
use crate::servers::Contender;

/// A quiet pace: how long a message takes to everyone, and what it costs when there is nothing to join it with.
pub(super) fn run(
    bench: &Bench,
    contender: Contender,
    layout: Layout,
    messages_per_second: f64,
) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, layout)?;
    let pace = Pace::Steady(messages_per_second);
    let sync = sync_time(&bench.disk().folder)?;
    crowd.run(pace, bench.effort.warm_up)?;
    crowd.record_delays();
    let (span, tally) = measured(&server, &mut crowd, |crowd| crowd.run(pace, bench.effort.window))?;
    let delays = crowd.record_delays();
    let milliseconds =
        |share| delays.of_delivery.quantile(share).map_or(f64::NAN, |duration| duration.as_secs_f64() * 1e3);
    let mut outcome = span.outcome(
        tally,
        &[
            (Metric::CpuPerDelivery, span.cost(tally.deliveries)),
            (Metric::Latency50, milliseconds(0.5)),
            (Metric::Latency99, milliseconds(0.99)),
            (Metric::Latency999, milliseconds(0.999)),
            (Metric::DiskSync, sync.as_secs_f64() * 1e3),
            (Metric::DeliveriesPerSecond, span.rate(tally.deliveries)),
        ],
    );
    outcome.notes.extend(Note::pace(delays.of_sending.quantile(0.99)));
    Ok(outcome)
}
