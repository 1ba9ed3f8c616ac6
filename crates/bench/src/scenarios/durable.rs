//! Messages a second that are kept, through the whole stack, beside what SQLite takes from a bare loop.

use super::rows::{BATCH, Rows};
use super::span::measured;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::machine::ThreadTime;
use crate::servers::Contender;
use std::time::{Duration, Instant};

/// Of senders who are alone in their rooms. `window` messages of each are on their way: all together less than the storage's queue takes.
pub(super) fn run(
    bench: &Bench,
    contender: Contender,
    layout: Layout,
    window: u64,
) -> anyhow::Result<Outcome> {
    if contender == Contender::Rusqlite {
        return bare_loop(bench, layout);
    }
    let pace = Pace::Window(bench.effort.in_flight.unwrap_or(window));
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, layout)?;
    crowd.run(pace, bench.effort.warm_up)?;
    let (span, tally) = measured(&server, &mut crowd, |crowd| crowd.run(pace, bench.effort.window))?;
    let mut figures = vec![
        (Metric::MessagesPerSecond, span.rate(tally.acks)),
        (Metric::CpuPerMessage, span.cost(tally.acks)),
    ];
    if contender.is_on_postgres() {
        figures.push((Metric::DatabaseCpuPerMessage, span.database_cost(tally.acks)));
    }
    if contender == Contender::Nodes {
        figures.push((Metric::RedisCpuPerMessage, span.redis_cost(tally.acks)));
    }
    Ok(span.outcome(tally, &figures))
}

fn bare_loop(bench: &Bench, layout: Layout) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(Contender::Chinwag)?;
    drop(Crowd::gather(&server, layout)?);
    let data = server.stop()?;
    let mut rows = Rows::open(data.path())?;
    insert_for(&mut rows, bench.effort.warm_up)?;
    let (begin, before) = (Instant::now(), ThreadTime::now()?);
    let count = insert_for(&mut rows, bench.effort.window)? as f64;
    let work = ThreadTime::now()?.since(before).running.as_secs_f64();
    let time = begin.elapsed().as_secs_f64();
    let figures = vec![
        (Metric::MessagesPerSecond, count / time),
        (Metric::CpuPerMessage, work * 1e6 / count),
        (Metric::ServerCores, work / time),
    ];
    Ok(Outcome { figures, notes: Vec::new() })
}

fn insert_for(rows: &mut Rows, time: Duration) -> anyhow::Result<u64> {
    let begin = Instant::now();
    let mut inserted = 0;
    while begin.elapsed() < time {
        rows.insert_batch()?;
        inserted += BATCH;
    }
    Ok(inserted)
}
