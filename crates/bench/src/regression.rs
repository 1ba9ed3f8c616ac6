//! A quick check that nothing became much dearer: ratios to the yardstick of the same run, with generous bounds, since other
//! machines and other work beside it change them somewhat.

use crate::report::Results;
use crate::scenarios::{Metric, Scenario};
use crate::servers::Contender;
use anyhow::{bail, ensure};

/// What the check runs.
pub(crate) const SCENARIOS: [Scenario; 4] = [Scenario::F1, Scenario::F2, Scenario::L1, Scenario::M1];
/// With whom.
pub(crate) const CONTENDERS: [Contender; 3] = [Contender::Chinwag, Contender::Memory, Contender::Bare];

/// A figure, or its ratio to the yardstick's, that must not be exceeded.
struct Bound {
    case: &'static str,
    contender: Contender,
    metric: Metric,
    kind: Kind,
    most: f64,
}

#[derive(Clone, Copy)]
enum Kind {
    Ratio,
    Value,
}

const BOUNDS: [Bound; 8] = [
    ratio("F1", Contender::Chinwag, Metric::CpuPerDelivery, 2.2),
    ratio("F1", Contender::Memory, Metric::CpuPerDelivery, 1.9),
    ratio("F2", Contender::Chinwag, Metric::CpuPerDelivery, 2.8),
    ratio("F2", Contender::Memory, Metric::CpuPerDelivery, 2.5),
    ratio("L1", Contender::Chinwag, Metric::CpuPerDelivery, 3.2),
    ratio("L1", Contender::Memory, Metric::CpuPerDelivery, 2.4),
    // What a connection holds does not depend on how fast the machine is.
    Bound {
        case: "M1",
        contender: Contender::Chinwag,
        metric: Metric::MemoryPerConnection,
        kind: Kind::Value,
        most: 5.0,
    },
    ratio("M1", Contender::Chinwag, Metric::CpuPerArrival, 10.0),
];

const fn ratio(case: &'static str, contender: Contender, metric: Metric, most: f64) -> Bound {
    Bound { case, contender, metric, kind: Kind::Ratio, most }
}

/// Says how each figure stands to its bound. An error when one is exceeded.
pub(crate) fn check(all: &[Results]) -> anyhow::Result<()> {
    let mut exceeded = 0;
    for bound in BOUNDS {
        let found = all.iter().find(|results| results.case.name() == bound.case);
        let summary = found.and_then(|results| match bound.kind {
            Kind::Ratio => results.ratio(bound.contender, bound.metric),
            Kind::Value => results.summary(bound.contender, bound.metric),
        });
        let (case, name, title) = (bound.case, bound.contender.name(), bound.metric.title());
        let Some(summary) = summary else { bail!("{case} has no {title} of {name}") };
        let fine = summary.median <= bound.most;
        exceeded += usize::from(!fine);
        let verdict = if fine { "fine" } else { "EXCEEDED" };
        let unit = if matches!(bound.kind, Kind::Ratio) { " × the yardstick's" } else { "" };
        println!("{case} {name}: {title}: {:.2}{unit}, at most {:.2}: {verdict}", summary.median, bound.most);
    }
    ensure!(exceeded == 0, "{exceeded} of {} bounds are exceeded", BOUNDS.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sample;
    use crate::scenarios::Outcome;

    /// Results in which Chinwag's every figure is `times` the yardstick's, which is 1.
    fn results(times: f64) -> Vec<Results> {
        let figures = |value| {
            [Metric::CpuPerDelivery, Metric::MemoryPerConnection, Metric::CpuPerArrival]
                .map(|metric| (metric, value))
                .to_vec()
        };
        let sample = |contender| {
            let value = if contender == Contender::Bare { 1.0 } else { times };
            Sample { contender, round: 1, outcome: Outcome { figures: figures(value), notes: Vec::new() } }
        };
        let of = |scenario: &Scenario| Results {
            case: scenario.cases(true).remove(0),
            samples: CONTENDERS.map(sample).into(),
        };
        SCENARIOS.iter().map(of).collect()
    }

    #[test]
    fn bounds_are_kept_or_not() {
        check(&results(1.2)).unwrap();
        let error = check(&results(100.0)).unwrap_err().to_string();
        assert!(error.starts_with("8 of 8"), "{error}");
    }

    #[test]
    fn a_missing_figure_is_no_success() {
        assert!(check(&[]).is_err());
    }
}
