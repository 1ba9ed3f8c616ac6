//! What is measured. A [`Scenario`] has one or more cases; a case runs against each contender, in rounds.

mod arriving;
mod beside;
mod case;
mod durable;
mod fan_out;
mod faults;
mod history;
mod latency;
mod list;
mod metric;
mod note;
mod pictures;
mod presence;
mod reactions;
mod rows;
mod search;
mod sign_ins;
mod span;
mod storm;
mod turns;
mod uploads;
mod words;

pub(crate) use case::Case;
pub(crate) use list::Scenario;
pub(crate) use metric::Metric;
pub(crate) use note::{About, Note};

use crate::machine::Disk;
use crate::servers::{Contender, Launcher};
use std::time::Duration;
use turns::one_by_one;

/// With what scenarios are run.
pub(crate) struct Bench {
    pub(crate) launcher: Launcher,
    pub(crate) effort: Effort,
}

/// How much time is spent.
#[derive(Clone, Copy)]
pub(crate) struct Effort {
    /// Time at full load before anything is measured.
    pub(crate) warm_up: Duration,
    /// Time that is measured.
    pub(crate) window: Duration,
    /// Messages of one sender that are on their way, where it is not the scenario's choice.
    pub(crate) in_flight: Option<u64>,
    /// Whether large scenarios are made smaller.
    pub(crate) quick: bool,
}

/// What one run of a case against one contender gave.
pub(crate) struct Outcome {
    pub(crate) figures: Vec<(Metric, f64)>,
    pub(crate) notes: Vec<Note>,
}

impl Bench {
    pub(crate) fn run(&self, case: &Case, contender: Contender) -> anyhow::Result<Outcome> {
        case.measure.run(self, contender)
    }

    fn disk(&self) -> &Disk {
        &self.launcher.disk
    }
}
