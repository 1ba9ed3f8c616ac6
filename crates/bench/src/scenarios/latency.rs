use super::span::measured;
use super::{Bench, Metric, Note, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::machine::sync_time;
use crate::numbers::Histogram;
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
    crowd.record_delays();
    crowd.run(pace, bench.effort.warm_up)?;
    crowd.record_delays();
    let (span, tally) = measured(&server, &mut crowd, |crowd| crowd.run(pace, bench.effort.window))?;
    let delays = crowd.record_delays();
    let mut figures = vec![
        (Metric::CpuPerDelivery, span.cost(tally.deliveries)),
        (Metric::DiskSync, sync.as_secs_f64() * 1e3),
        (Metric::DeliveriesPerSecond, span.rate(tally.deliveries)),
    ];
    let mut quantile = |metric, delays: &Histogram, share| {
        figures.extend(delays.quantile(share).map(|delay| (metric, delay.as_secs_f64() * 1e3)));
    };
    quantile(Metric::Latency50, &delays.of_delivery, 0.5);
    quantile(Metric::Latency99, &delays.of_delivery, 0.99);
    quantile(Metric::Latency999, &delays.of_delivery, 0.999);
    quantile(Metric::AckLatency50, &delays.of_ack, 0.5);
    quantile(Metric::AckLatency99, &delays.of_ack, 0.99);
    quantile(Metric::RemoteLatency50, &delays.of_remote_delivery, 0.5);
    quantile(Metric::RemoteLatency99, &delays.of_remote_delivery, 0.99);
    let mut outcome = span.outcome(tally, &figures);
    outcome.notes.extend(Note::pace(delays.of_sending.quantile(0.99)));
    Ok(outcome)
}
