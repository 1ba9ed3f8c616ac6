//! Requests that take long, while people talk or are silent.

use super::span::{Span, measured};
use crate::crowd::{Crowd, Pace, Tally};
use crate::servers::Server;
use anyhow::bail;
use std::ops::ControlFlow;
use std::thread::{self, ScopedJoinHandle};
use std::time::{Duration, Instant};

/// How often the memory of the server is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// What was used until the last request was answered.
pub(super) struct Beside {
    pub(super) span: Span,
    pub(super) tally: Tally,
    /// The most that the server was seen to have in memory, in MiB.
    pub(super) memory: f64,
}

/// Measures what `requests` use, each in a thread of its own, while a crowd goes on at its pace for `least` at least.
pub(super) fn measured_beside<F>(
    server: &Server,
    crowd: &mut Crowd,
    pace: Pace,
    least: Duration,
    requests: Vec<F>,
) -> anyhow::Result<Beside>
where
    F: FnOnce() -> anyhow::Result<()> + Send,
{
    thread::scope(|scope| {
        let (begin, mut looked, mut resident) = (Instant::now(), None::<Instant>, 0);
        let requests: Vec<_> = requests.into_iter().map(|request| scope.spawn(request)).collect();
        let (span, tally) = measured(server, crowd, |crowd| {
            crowd.run_until(pace, |_| {
                if looked.is_none_or(|looked| looked.elapsed() >= LOOK) {
                    looked = Some(Instant::now());
                    resident = server.usage().map_or(resident, |usage| usage.resident.max(resident));
                }
                let are_done = requests.iter().all(ScopedJoinHandle::is_finished);
                if are_done && begin.elapsed() >= least {
                    ControlFlow::Break(())
                } else {
                    ControlFlow::Continue(())
                }
            })
        })?;
        for request in requests {
            let Ok(result) = request.join() else { bail!("a request failed") };
            result?;
        }
        Ok(Beside { span, tally, memory: resident as f64 / f64::from(1 << 20) })
    })
}
