//! People enter and leave a room in which many others are: what telling them costs.

use super::span::measured;
use super::{Bench, Metric, Outcome, one_by_one};
use crate::crowd::{Crowd, Layout};
use crate::servers::Contender;

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
