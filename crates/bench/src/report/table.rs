use super::Results;
use crate::numbers::Summary;
use crate::servers::Contender;
use std::fmt::Write as _;

/// Which figures a table shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Columns {
    All,
    /// Without those that only explain others.
    Essential,
}

/// The results of a case as a table in Markdown, which a terminal shows well, too, and what one must know of them.
pub(crate) fn table(results: &Results, columns: Columns) -> String {
    let compared = results.case.compared();
    let yardstick = results.case.yardstick().map(Contender::name);
    let ratio_of = |metric| yardstick.filter(|_| compared.contains(metric));
    let mut metrics = results.metrics();
    metrics.retain(|metric| columns == Columns::All || !metric.is_detail());
    let mut rows = vec![vec![String::new()]];
    for metric in &metrics {
        rows[0].push(metric.title().to_owned());
        rows[0].extend(ratio_of(metric).map(|name| format!("× {name}")));
    }
    for contender in results.contenders() {
        let mut row = vec![contender.name().to_owned()];
        for metric in &metrics {
            row.push(results.summary(contender, *metric).map_or_else(String::new, shown));
            row.extend(
                ratio_of(metric).map(|_| results.ratio(contender, *metric).map_or_else(String::new, shown)),
            );
        }
        rows.push(row);
    }
    let mut text = aligned(&rows);
    for (place, note) in results.notes().iter().enumerate() {
        let gap = if place == 0 { "\n" } else { "" };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{gap}- {note}");
    }
    text
}

/// How what matters most grows over the sizes of a scenario.
pub(crate) fn growth_table(sizes: &[Results]) -> String {
    let mut text = String::new();
    let Some(first) = sizes.first() else { return text };
    for metric in first.case.compared() {
        let mut rows = vec![vec![metric.title().to_owned()]];
        rows[0].extend(sizes.iter().map(|results| results.case.size.map_or_else(String::new, grouped)));
        rows[0].push("last × first".to_owned());
        for contender in first.contenders() {
            let summaries: Vec<_> = sizes.iter().map(|results| results.summary(contender, *metric)).collect();
            let mut row = vec![contender.name().to_owned()];
            row.extend(summaries.iter().map(|summary| summary.map_or_else(String::new, shown)));
            let ends = summaries.first().copied().flatten().zip(summaries.last().copied().flatten());
            row.push(ends.map_or_else(String::new, |(first, last)| number(last.median / first.median)));
            rows.push(row);
        }
        text.push_str(&aligned(&rows));
        text.push('\n');
    }
    text
}

/// A size with its thousands apart.
pub(super) fn grouped(size: usize) -> String {
    match size {
        ..1000 => size.to_string(),
        1000.. => format!("{},{:03}", grouped(size / 1000), size % 1000),
    }
}

/// The median, with the ends behind it where they differ.
pub(super) fn shown(summary: Summary) -> String {
    let Summary { median, min, max } = summary;
    let (median, min, max) = (number(median), number(min), number(max));
    if min == max { median } else { format!("{median} ({min}–{max})") }
}

/// Three digits that say something.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 1e6 {
        format!("{:.2} M", value / 1e6)
    } else if size >= 1e4 {
        format!("{:.1} k", value / 1e3)
    } else if size >= 100.0 {
        format!("{value:.0}")
    } else if size >= 10.0 {
        format!("{value:.1}")
    } else if size >= 0.01 || size == 0.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.4}")
    }
}

/// Columns of the same width, the first to the left and numbers to the right.
pub(super) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(3);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (place, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            let _ = if column == 0 {
                write!(text, "| {cell:<width$} ")
            } else {
                write!(text, "| {cell:>width$} ")
            };
        }
        text.push_str("|\n");
        if place == 0 {
            for (column, width) in widths.iter().enumerate() {
                let _ = if column == 0 {
                    write!(text, "|-{:-<width$}-", "")
                } else {
                    write!(text, "|-{:-<width$}:", "")
                };
            }
            text.push_str("|\n");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sample;
    use crate::scenarios::{Case, Metric, Outcome, Scenario};

    #[test]
    fn numbers_have_three_digits_that_say_something() {
        let numbers = [0.0, 0.0012, 0.377, 1.5, 42.31, 512.4, 5123.0, 51_234.0, 2_345_678.0].map(number);
        assert_eq!(numbers, ["0.00", "0.0012", "0.38", "1.50", "42.3", "512", "5123", "51.2 k", "2.35 M"]);
    }

    #[test]
    fn the_ends_are_shown_where_they_differ() {
        assert_eq!(shown(Summary { median: 1.0, min: 1.0, max: 1.0 }), "1.00");
        assert_eq!(shown(Summary { median: 1.0, min: 0.5, max: 1.25 }), "1.00 (0.50–1.25)");
    }

    #[test]
    fn columns_are_aligned() {
        let rows = [["", "µs"], ["bare", "0.38"]].map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(aligned(&rows), "|      |   µs |\n|------|-----:|\n| bare | 0.38 |\n");
    }

    #[test]
    fn thousands_are_apart() {
        assert_eq!(
            [0, 999, 1000, 10_000, 1_000_000].map(grouped),
            ["0", "999", "1,000", "10,000", "1,000,000"]
        );
    }

    /// Results of the sizes of a scenario in which the yardstick needs 2 µs, and Chinwag as many as its place, plus one.
    fn grown() -> Vec<Results> {
        let of = |(place, case): (usize, Case)| {
            let sample = |contender, value| Sample {
                contender,
                round: 1,
                outcome: Outcome {
                    figures: vec![(Metric::CpuPerDelivery, value), (Metric::ServerCores, 0.5)],
                    notes: vec![],
                },
            };
            let samples = vec![sample(Contender::Chinwag, 1.0 + place as f64), sample(Contender::Bare, 2.0)];
            Results { case, samples }
        };
        Scenario::G1.cases(true).into_iter().enumerate().map(of).collect()
    }

    #[test]
    fn growth_is_the_last_size_beside_the_first() {
        let expected = "\
| CPU per delivery, µs |   10 |  100 | 1,000 | 10,000 | last × first |
|----------------------|-----:|-----:|------:|-------:|-------------:|
| chinwag              | 1.00 | 2.00 |  3.00 |   4.00 |         4.00 |
| bare                 | 2.00 | 2.00 |  2.00 |   2.00 |         1.00 |

";
        assert_eq!(growth_table(&grown()), expected);
    }

    #[test]
    fn what_only_explains_can_be_left_out() {
        let results = &grown()[0];
        assert!(table(results, Columns::All).contains("server, cores"));
        let expected = "\
|         | CPU per delivery, µs | × bare |
|---------|---------------------:|-------:|
| chinwag |                 1.00 |   0.50 |
| bare    |                 2.00 |   1.00 |
";
        assert_eq!(table(results, Columns::Essential), expected);
    }
}
