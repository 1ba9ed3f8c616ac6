use super::panel::{Anchor, DARK, FAINT, PALE, Panel, WIDTH, colour};
use crate::report::Results;
use crate::report::table::{grouped, number};
use crate::scenarios::{Metric, Scenario};
use crate::servers::Contender;

const TITLE: f64 = 30.0;
const HEAD: f64 = 22.0;
const FOOT: f64 = 34.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 150.0;
const HEIGHT: f64 = 130.0;
/// Names at the ends of two curves need so much between them.
const LINE: f64 = 14.0;
/// Between the end of a curve and its name, for half of the size that stands below the end.
const GAP: f64 = 30.0;

/// A block for each figure that matters, with a curve for each contender over the sizes.
pub(super) fn draw(scenario: Scenario, sizes: &[Results]) -> String {
    let metrics = sizes.first().map_or(&[][..], |results| results.case.compared());
    let height = TITLE + (HEAD + HEIGHT + FOOT) * metrics.len() as f64;
    let mut panel = Panel::new(height, &format!("{scenario:?}: {}", scenario.title()));
    for (place, metric) in metrics.iter().enumerate() {
        let top = TITLE + (HEAD + HEIGHT + FOOT) * place as f64;
        panel.text((8.0, top + 12.0), Anchor::Start, PALE, metric.title());
        block(&mut panel, top + HEAD, *metric, sizes);
    }
    panel.finish()
}

fn block(panel: &mut Panel, top: f64, metric: Metric, sizes: &[Results]) {
    let of = |contender| sizes.iter().map(move |results| results.summary(contender, metric));
    let contenders: Vec<Contender> =
        sizes.first().map_or_else(Vec::new, |results| results.contenders().collect());
    let all = contenders.iter().flat_map(|contender| of(*contender)).flatten();
    let most = all.map(|summary| summary.max).fold(f64::MIN_POSITIVE, f64::max);
    let bottom = top + HEIGHT;
    let step = (WIDTH - LEFT - RIGHT) / (sizes.len().max(2) - 1) as f64;
    let across = |place: usize| LEFT + step * place as f64;
    let up = |value: f64| bottom - HEIGHT * value / most;

    for share in [0.0, 0.5, 1.0] {
        let y = up(most * share);
        panel.line((LEFT, y), (WIDTH - RIGHT, y), FAINT);
        panel.text((LEFT - 8.0, y + 4.0), Anchor::End, PALE, &number(most * share));
    }
    for (place, results) in sizes.iter().enumerate() {
        let size = results.case.size.map_or_else(String::new, grouped);
        panel.text((across(place), bottom + 18.0), Anchor::Middle, PALE, &size);
    }
    let mut names = Vec::new();
    for contender in contenders {
        let points = of(contender).enumerate().filter_map(|(place, summary)| Some((place, summary?)));
        let points: Vec<_> = points.collect();
        for (place, summary) in &points {
            panel.line((across(*place), up(summary.min)), (across(*place), up(summary.max)), DARK);
        }
        let curve: Vec<_> =
            points.iter().map(|(place, summary)| (across(*place), up(summary.median))).collect();
        panel.curve(&curve, colour(contender));
        names.extend(curve.last().map(|(_, y)| (contender, *y)));
    }
    for (contender, y) in apart(names) {
        panel.text((WIDTH - RIGHT + GAP, y + 4.0), Anchor::Start, DARK, contender.name());
    }
}

/// Names at their heights, moved down where they would stand on each other.
fn apart(mut names: Vec<(Contender, f64)>) -> Vec<(Contender, f64)> {
    names.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let mut free = f64::MIN;
    for (_, y) in &mut names {
        *y = y.max(free);
        free = *y + LINE;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sample;
    use crate::scenarios::Outcome;

    #[test]
    fn sizes_go_across_and_values_up() {
        let sizes: Vec<Results> = Scenario::G1
            .cases(true)
            .into_iter()
            .zip([1.0, 2.0, 3.0, 4.0])
            .map(|(case, value)| {
                let outcome = Outcome { figures: vec![(Metric::CpuPerDelivery, value)], notes: Vec::new() };
                Results { case, samples: vec![Sample { contender: Contender::Chinwag, round: 1, outcome }] }
            })
            .collect();
        let svg = draw(Scenario::G1, &sizes);
        assert!(svg.contains(r#"<polyline points="70.0,149.5 236.7,117.0 403.3,84.5 570.0,52.0""#), "{svg}");
        assert!(svg.contains(">10,000<") && svg.contains(">chinwag<"), "{svg}");
    }

    #[test]
    fn names_do_not_stand_on_each_other() {
        let moved = apart(vec![(Contender::Bare, 11.0), (Contender::Chinwag, 10.0), (Contender::Ws, 60.0)]);
        assert_eq!(moved, [(Contender::Chinwag, 10.0), (Contender::Bare, 24.0), (Contender::Ws, 60.0)]);
    }
}
