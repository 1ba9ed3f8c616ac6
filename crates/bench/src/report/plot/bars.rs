use super::panel::{Anchor, DARK, PALE, Panel, WIDTH, colour};
use crate::numbers::Summary;
use crate::report::Results;
use crate::report::table::{number, shown};
use crate::scenarios::Metric;
use crate::servers::Contender;

const LABELS: f64 = 130.0;
const VALUES: f64 = 170.0;
const TITLE: f64 = 30.0;
const HEAD: f64 = 26.0;
const ROW: f64 = 26.0;
const BAR: f64 = 16.0;
/// What is longer than this does not fit beside the bars.
const LONGEST_LABEL: usize = 24;

/// A block of bars for each figure that matters: a bar to the median of each, with a line from its least to its greatest value.
pub(super) fn draw(sizes: &[Results]) -> String {
    let blocks: Vec<_> = sizes.iter().flat_map(blocks).collect();
    let rows: usize = blocks.iter().map(|(_, bars)| bars.len()).sum();
    let height = TITLE + HEAD * blocks.len() as f64 + ROW * rows as f64 + 8.0;
    let titles: Vec<_> =
        sizes.iter().map(|results| format!("{}: {}", results.case.name(), results.case.title)).collect();
    let mut panel = Panel::new(height, &titles.join(", "));
    let mut top = TITLE;
    for (metric, bars) in blocks {
        panel.text((8.0, top + 14.0), Anchor::Start, PALE, metric.title());
        top += HEAD;
        let most = bars.iter().map(|(_, summary)| summary.max).fold(f64::MIN_POSITIVE, f64::max);
        for (contender, summary) in &bars {
            bar(&mut panel, top, (WIDTH - LABELS - VALUES) / most, *contender, *summary);
            top += ROW;
        }
    }
    panel.finish()
}

type Bars = Vec<(Contender, Summary)>;

fn blocks(results: &Results) -> Vec<(Metric, Bars)> {
    let bars =
        |metric| results.contenders().filter_map(|it| Some((it, results.summary(it, metric)?))).collect();
    results.case.compared().iter().map(|metric| (*metric, bars(*metric))).collect()
}

fn bar(panel: &mut Panel, top: f64, scale: f64, contender: Contender, summary: Summary) {
    let (middle, base) = (top + BAR / 2.0, top + BAR - 3.0);
    let [min, max] = [summary.min, summary.max].map(|value| LABELS + value * scale);
    panel.text((LABELS - 8.0, base), Anchor::End, DARK, contender.name());
    panel.bar((LABELS, top), (summary.median * scale, BAR), colour(contender));
    panel.line((min, middle), (max, middle), DARK);
    panel.text((max + 8.0, base), Anchor::Start, DARK, &label(summary));
}

fn label(summary: Summary) -> String {
    let whole = shown(summary);
    // What is too long for its place loses its ends, which the line shows, too.
    if whole.chars().count() > LONGEST_LABEL { number(summary.median) } else { whole }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sample;
    use crate::scenarios::{Outcome, Scenario};

    #[test]
    fn the_greatest_value_fills_the_width() {
        let sample = |contender, round, value| Sample {
            contender,
            round,
            outcome: Outcome { figures: vec![(Metric::CpuPerDelivery, value)], notes: Vec::new() },
        };
        let samples = vec![
            sample(Contender::Bare, 1, 1.0),
            sample(Contender::Chinwag, 1, 1.0),
            sample(Contender::Chinwag, 2, 2.0),
            sample(Contender::Chinwag, 3, 4.0),
        ];
        let svg = draw(&[Results { case: Scenario::F1.cases(false).remove(0), samples }]);
        // 420 of 720 are for the bars: a quarter of them, and half.
        assert!(svg.contains(r#"width="105.0""#) && svg.contains(r#"width="210.0""#), "{svg}");
        assert!(svg.contains(r#"x1="235.0""#) && svg.contains(r#"x2="550.0""#), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 3);
        assert!(svg.contains(">F1: one room of 1,000, saturated<") && svg.contains(">CPU per delivery, µs<"));
    }
}
