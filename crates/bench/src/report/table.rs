use super::Results;
use crate::numbers::Summary;
use crate::servers::Contender;
use std::fmt::Write as _;

/// The results of a case as a table in Markdown, which a terminal shows well, too.
pub(crate) fn table(results: &Results) -> String {
    let metrics = results.metrics();
    let compared = results.case.compared();
    let yardstick = results.case.yardstick().map(Contender::name);
    let ratio_of = |metric| yardstick.filter(|_| compared.contains(metric));
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
    let mut text = format!("### {}: {}\n\n{}", results.case.name, results.case.title, aligned(&rows));
    for note in results.notes() {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "\n{note}");
    }
    text
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
fn aligned(rows: &[Vec<String>]) -> String {
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
}
