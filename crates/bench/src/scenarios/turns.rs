//! Many do the same, one after the other.

use crate::crowd::{Crowd, Pace};
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// In which all of them have done it.
const TIME: Duration = Duration::from_secs(5);

/// Does `step` for each of `count`, spread over five seconds.
pub(super) fn one_by_one(
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
