//! People enter and leave a room in which many others are: what telling them costs.

use super::span::measured;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::servers::Contender;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// In which all of them enter, and in which all of them leave again.
const TIME: Duration = Duration::from_secs(5);

/// `people` stay in a room while as many others come and go.
pub(super) fn run(bench: &Bench, contender: Contender, people: usize) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::prepare(&server, Layout::apart(1, 2 * people))?;
    // Those who come later are members already, so that all that is told of them is that they are here.
    crowd.arrive_some(0..2 * people)?;
    for client in people..2 * people {
        crowd.leave(client);
    }
    crowd.settle()?;
    let (span, tally) = measured(&server, &mut crowd, |crowd| {
        one_by_one(crowd, people, |crowd, number| crowd.open(people + number))?;
        crowd.await_inside(2 * people)?;
        one_by_one(crowd, people, |crowd, number| {
            crowd.leave(people + number);
            Ok(())
        })?;
        crowd.settle()
    })?;
    let changes = 2 * people as u64;
    // Those who stay are told of each, and on average half of those who come and go.
    let told = 1.5 * people as f64;
    Ok(span.outcome(
        tally,
        &[
            (Metric::CpuPerTold, 1000.0 * span.cost(changes) / told),
            (Metric::BytesPerTold, tally.bytes as f64 / changes as f64 / told),
            (Metric::CpuPerChange, span.cost(changes)),
            (Metric::BytesPerChange, tally.bytes as f64 / changes as f64),
        ],
    ))
}

/// Does `step` for each of `count`, spread over the time.
fn one_by_one(
    crowd: &mut Crowd,
    count: usize,
    step: impl Fn(&mut Crowd, usize) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let begin = Instant::now();
    let mut done = 0;
    let mut failed = Ok(());
    crowd.run_until(Pace::Silence, |crowd| {
        let share = begin.elapsed().as_secs_f64() / TIME.as_secs_f64();
        while done < count && (done as f64) < share * count as f64 && failed.is_ok() {
            failed = step(crowd, done);
            done += 1;
        }
        if done < count && failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed
}
