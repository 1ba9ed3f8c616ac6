use super::faults::Fault;
use super::{
    Bench, Metric, Outcome, Scenario, arriving, durable, fan_out, faults, history, latency, pictures,
    presence, reactions, search, sign_ins, storm, uploads,
};
use crate::crowd::Layout;
use crate::servers::Contender;
use clap::ValueEnum as _;

/// One thing to measure, with all contenders.
pub(crate) struct Case {
    pub(crate) scenario: Scenario,
    /// Of a scenario that is measured in several sizes.
    pub(crate) size: Option<usize>,
    pub(crate) title: String,
    pub(super) measure: Measure,
}

/// A kind of scenario with its size.
pub(super) enum Measure {
    FanOut { layout: Layout, window: u64 },
    Latency { layout: Layout, messages_per_second: f64 },
    Arriving { layout: Layout },
    Durable { layout: Layout, window: u64 },
    Storm { rooms: usize, members: usize },
    History { stored: u64 },
    Presence { people: usize },
    Reactions { people: usize },
    SignIns { people: usize },
    Search { stored: u64 },
    Uploads { files: usize },
    Pictures { count: usize },
    Fault(Fault),
}

impl Case {
    /// All that a full or a quick bench may measure.
    pub(crate) fn all(quick: bool) -> impl Iterator<Item = Self> {
        Scenario::value_variants().iter().flat_map(move |scenario| scenario.cases(quick))
    }

    /// Its name in tables and in JSON.
    pub(crate) fn name(&self) -> String {
        match self.size {
            Some(size) => format!("{:?}-{size}", self.scenario),
            None => format!("{:?}", self.scenario),
        }
    }

    /// What the others are compared with.
    pub(crate) fn yardstick(&self) -> Option<Contender> {
        match self.measure {
            Measure::FanOut { .. } | Measure::Latency { .. } | Measure::Arriving { .. } => {
                Some(Contender::Bare)
            }
            Measure::Pictures { .. } => Some(Contender::Bare),
            Measure::Durable { .. } | Measure::Search { .. } => Some(Contender::Rusqlite),
            Measure::Storm { .. }
            | Measure::History { .. }
            | Measure::Presence { .. }
            | Measure::Reactions { .. }
            | Measure::SignIns { .. }
            | Measure::Uploads { .. }
            | Measure::Fault(_) => None,
        }
    }

    /// Whether `contender` can take part.
    pub(crate) fn takes(&self, contender: Contender) -> bool {
        match self.measure {
            Measure::FanOut { .. } | Measure::Latency { .. } | Measure::Arriving { .. } => match contender {
                Contender::Chinwag | Contender::Bare => true,
                // Growth is Chinwag's own matter.
                Contender::Memory | Contender::Postgres | Contender::Ws | Contender::Socketio => {
                    self.size.is_none()
                }
                Contender::Nodes => {
                    matches!(self.scenario, Scenario::F1 | Scenario::F2 | Scenario::L1)
                }
                Contender::ChinwagSimple | Contender::ChinwagSocketio => {
                    matches!(self.scenario, Scenario::F2 | Scenario::M1)
                }
                Contender::Rusqlite => false,
            },
            Measure::Durable { .. } => match contender {
                Contender::Chinwag | Contender::Memory | Contender::Postgres | Contender::Nodes => true,
                // It knows of no rooms.
                Contender::Rusqlite => self.scenario == Scenario::D1,
                Contender::ChinwagSimple
                | Contender::ChinwagSocketio
                | Contender::Bare
                | Contender::Ws
                | Contender::Socketio => false,
            },
            // The first two start a server anew with the data of another, and the others do not touch the storage, or hardly.
            Measure::Storm { .. }
            | Measure::History { .. }
            | Measure::Presence { .. }
            | Measure::Reactions { .. }
            | Measure::SignIns { .. }
            | Measure::Uploads { .. } => contender == Contender::Chinwag,
            Measure::Pictures { .. } => matches!(contender, Contender::Chinwag | Contender::Bare),
            Measure::Search { .. } => matches!(contender, Contender::Chinwag | Contender::Rusqlite),
            Measure::Fault(_) => contender == Contender::Nodes,
        }
    }

    /// The figures that matter most; where there is a yardstick, they are compared with its own.
    pub(crate) fn compared(&self) -> &'static [Metric] {
        match self.measure {
            Measure::FanOut { .. } => &[Metric::CpuPerDelivery],
            Measure::Latency { .. } if self.size.is_some() => &[Metric::CpuPerDelivery],
            Measure::Latency { .. } => &[Metric::CpuPerDelivery, Metric::Latency50, Metric::Latency99],
            Measure::Arriving { .. } => &[Metric::MemoryPerConnection, Metric::CpuPerArrival],
            Measure::Durable { .. } => &[Metric::MessagesPerSecond],
            Measure::Storm { .. } => &[Metric::StormTime],
            Measure::History { .. } => &[Metric::CpuPerPage],
            Measure::Presence { .. } | Measure::Reactions { .. } => {
                &[Metric::CpuPerTold, Metric::BytesPerTold]
            }
            Measure::Search { .. } => &[Metric::Search50, Metric::Search95, Metric::IndexSize],
            Measure::SignIns { .. } => &[Metric::Latency99, Metric::AckLatency99],
            Measure::Uploads { .. } => &[Metric::Latency99, Metric::PeakMemory],
            Measure::Pictures { .. } => &[Metric::PicturesPerSecond, Metric::PeakMemory],
            Measure::Fault(Fault::RedisLost) => &[Metric::RemoteMeanwhile99, Metric::NormalAfter],
            Measure::Fault(Fault::PostgresCrash) => &[Metric::AcksAgain, Metric::LongestAck],
            Measure::Fault(Fault::RollingRestart) => &[Metric::LongestAck, Metric::LongestAbsence],
        }
    }
}

impl Measure {
    pub(super) fn run(&self, bench: &Bench, contender: Contender) -> anyhow::Result<Outcome> {
        match *self {
            Self::FanOut { layout, window } => fan_out::run(bench, contender, layout, window),
            Self::Latency { layout, messages_per_second } => {
                latency::run(bench, contender, layout, messages_per_second)
            }
            Self::Arriving { layout } => arriving::run(bench, contender, layout),
            Self::Durable { layout, window } => durable::run(bench, contender, layout, window),
            Self::Storm { rooms, members } => storm::run(bench, contender, rooms, members),
            Self::History { stored } => history::run(bench, contender, stored),
            Self::Presence { people } => presence::run(bench, contender, people),
            Self::Reactions { people } => reactions::run(bench, contender, people),
            Self::Search { stored } => search::run(bench, contender, stored),
            Self::Uploads { files } => uploads::run(bench, contender, files),
            Self::Pictures { count } => pictures::run(bench, contender, count),
            Self::SignIns { people } => sign_ins::run(bench, contender, people),
            Self::Fault(fault) => faults::run(bench, contender, fault),
        }
    }
}
