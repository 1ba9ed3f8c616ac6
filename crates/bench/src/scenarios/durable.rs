//! Messages a second that are kept, through the whole stack, beside what SQLite takes from a bare loop.

use super::rows::{BATCH, RUN, Rows};
use super::span::measured;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::machine::ThreadTime;
use crate::servers::Contender;
use std::time::{Duration, Instant};

/// Each in a room of one's own.
const SENDERS: Layout = Layout::apart(100, 1);

/// Messages of one sender that are on their way: all together less than the storage's queue takes.
const WINDOW: u64 = RUN as u64;

pub(super) fn run(bench: &Bench, contender: Contender) -> anyhow::Result<Outcome> {
    if contender == Contender::Rusqlite {
        return bare_loop(bench);
    }
    let pace = Pace::Window(WINDOW);
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, SENDERS)?;
    crowd.run(pace, bench.effort.warm_up)?;
    let (span, tally) = measured(&server, &mut crowd, |crowd| crowd.run(pace, bench.effort.window))?;
    Ok(span.outcome(
        tally,
        &[(Metric::MessagesPerSecond, span.rate(tally.acks)), (Metric::CpuPerMessage, span.cost(tally.acks))],
    ))
}

fn bare_loop(bench: &Bench) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(Contender::Chinwag)?;
    drop(Crowd::gather(&server, SENDERS)?);
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
