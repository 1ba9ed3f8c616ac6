use super::Results;
use super::table::{aligned, number};
use crate::scenarios::{Metric, Scenario};
use crate::servers::Contender;

/// What a core and a gigabyte are good for, derived from the medians of a scenario.
struct Column {
    title: &'static str,
    scenario: Scenario,
    metric: Metric,
    /// So many of the metric's unit are there to be spent.
    budget: f64,
}

const MICROSECONDS_PER_SECOND: f64 = 1e6;
const KIB_PER_GIB: f64 = 1024.0 * 1024.0;

const COLUMNS: [Column; 5] = [
    Column {
        title: "deliveries/s per core, one large room (F1)",
        scenario: Scenario::F1,
        metric: Metric::CpuPerDelivery,
        budget: MICROSECONDS_PER_SECOND,
    },
    Column {
        title: "busy small rooms (F2)",
        scenario: Scenario::F2,
        metric: Metric::CpuPerDelivery,
        budget: MICROSECONDS_PER_SECOND,
    },
    Column {
        title: "quiet small rooms (L1)",
        scenario: Scenario::L1,
        metric: Metric::CpuPerDelivery,
        budget: MICROSECONDS_PER_SECOND,
    },
    Column {
        title: "people who come in/s per core (M1)",
        scenario: Scenario::M1,
        metric: Metric::CpuPerArrival,
        budget: MICROSECONDS_PER_SECOND,
    },
    Column {
        title: "connections per GiB (M1)",
        scenario: Scenario::M1,
        metric: Metric::MemoryPerConnection,
        budget: KIB_PER_GIB,
    },
];

/// For those who have to choose a machine. `None` when nothing was measured that it could be told from.
pub(super) fn sizing_table(all: &[Results]) -> Option<String> {
    let good_for = |contender: Contender, column: &Column| {
        let results = all.iter().find(|results| results.case.scenario == column.scenario)?;
        let spent = results.summary(contender, column.metric)?.median;
        (spent > 0.0).then(|| number(column.budget / spent))
    };
    let columns: Vec<&Column> = COLUMNS
        .iter()
        .filter(|column| Contender::ALL.iter().any(|it| good_for(*it, column).is_some()))
        .collect();
    let mut rows = vec![vec![String::new()]];
    rows[0].extend(columns.iter().map(|column| column.title.to_owned()));
    for contender in Contender::ALL {
        let cells: Vec<_> = columns.iter().map(|column| good_for(contender, column)).collect();
        if cells.iter().any(Option::is_some) {
            let mut row = vec![contender.name().to_owned()];
            row.extend(cells.into_iter().map(Option::unwrap_or_default));
            rows.push(row);
        }
    }
    (rows.len() > 1).then(|| aligned(&rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sample;
    use crate::scenarios::Outcome;

    #[test]
    fn costs_become_what_a_core_and_a_gigabyte_are_good_for() {
        let results = |scenario: Scenario, figures: &[(Metric, f64)]| {
            let outcome = Outcome { figures: figures.to_vec(), notes: Vec::new() };
            let samples = vec![Sample { contender: Contender::Chinwag, round: 1, outcome }];
            Results { case: scenario.cases(true).remove(0), samples }
        };
        let all = [
            results(Scenario::F2, &[(Metric::CpuPerDelivery, 4.0)]),
            results(Scenario::M1, &[(Metric::CpuPerArrival, 100.0), (Metric::MemoryPerConnection, 4.0)]),
        ];
        let expected = "\
|         | busy small rooms (F2) | people who come in/s per core (M1) | connections per GiB (M1) |
|---------|----------------------:|-----------------------------------:|-------------------------:|
| chinwag |               250.0 k |                             10.0 k |                  262.1 k |
";
        assert_eq!(sizing_table(&all).unwrap(), expected);
        assert_eq!(sizing_table(&[]), None);
    }
}
