//! Bars as SVG, one picture for each figure that matters: nothing but rectangles, lines and text.

use super::Results;
use super::table::{number, shown};
use crate::numbers::Summary;
use crate::scenarios::Metric;
use crate::servers::Contender;
use anyhow::Context as _;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const WIDTH: f64 = 720.0;
const LABELS: f64 = 90.0;
const VALUES: f64 = 170.0;
const HEAD: f64 = 52.0;
const ROW: f64 = 30.0;
const BAR: f64 = 18.0;

/// Writes the pictures of a case into `folder`.
pub(crate) fn write_plots(folder: &Path, results: &Results) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    for metric in results.case.compared() {
        let bars: Vec<_> =
            results.contenders().filter_map(|it| Some((it, results.summary(it, *metric)?))).collect();
        let path = folder.join(format!("{}-{}.svg", results.case.name, metric.key()));
        fs::write(&path, plot(&results.case.title, *metric, &bars))
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// A bar to the median of each, with a line from its least to its greatest value.
fn plot(title: &str, metric: Metric, bars: &[(Contender, Summary)]) -> String {
    let height = HEAD + ROW * bars.len() as f64 + 8.0;
    let most = bars.iter().map(|(_, summary)| summary.max).fold(f64::MIN_POSITIVE, f64::max);
    let scale = (WIDTH - LABELS - VALUES) / most;
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">
<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>
<text x="8" y="20" font-size="15" fill="#1f2933">{title}</text>
<text x="8" y="40" fill="#52606d">{}</text>
"##,
        metric.title()
    );
    for (row, (contender, summary)) in bars.iter().enumerate() {
        let top = HEAD + ROW * row as f64;
        let (middle, base) = (top + BAR / 2.0, top + BAR - 4.0);
        let (end, min, max) =
            (summary.median * scale, LABELS + summary.min * scale, LABELS + summary.max * scale);
        // Writing into a string cannot fail.
        let _ = writeln!(
            svg,
            r##"<text x="{:.0}" y="{base:.0}" text-anchor="end" fill="#1f2933">{}</text>
<rect x="{LABELS}" y="{top:.0}" width="{end:.1}" height="{BAR}" rx="2" fill="{}"/>
<line x1="{min:.1}" y1="{middle:.0}" x2="{max:.1}" y2="{middle:.0}" stroke="#1f2933" stroke-width="1.5"/>
<text x="{:.1}" y="{base:.0}" fill="#1f2933">{}</text>"##,
            LABELS - 8.0,
            contender.name(),
            colour(*contender),
            max + 8.0,
            label(*summary),
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn label(summary: Summary) -> String {
    let whole = shown(summary);
    // What is too long for its place loses its ends, which the line shows, too.
    if whole.chars().count() > 24 { number(summary.median) } else { whole }
}

fn colour(contender: Contender) -> &'static str {
    match contender {
        Contender::Chinwag => "#2a7de1",
        Contender::Memory => "#86bdf4",
        Contender::Bare | Contender::Rusqlite => "#9aa5b1",
        Contender::Ws => "#e8a33d",
        Contender::Socketio => "#d9704a",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_value_fills_the_width() {
        let summary = |median, max| Summary { median, min: median / 2.0, max };
        let bars = [(Contender::Bare, summary(1.0, 1.0)), (Contender::Chinwag, summary(2.0, 4.0))];
        let svg = plot("one room", Metric::CpuPerDelivery, &bars);
        // 460 of 720 are for the bars: a quarter of them, and half.
        assert!(svg.contains(r#"width="115.0""#) && svg.contains(r#"width="230.0""#), "{svg}");
        assert!(svg.contains(r#"x2="550.0""#), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 3);
        assert!(svg.contains(">one room<") && svg.contains(">CPU per delivery, µs<"));
    }
}
