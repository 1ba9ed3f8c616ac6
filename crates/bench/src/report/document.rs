use super::sizing::sizing_table;
use super::{Columns, Results, growth_table, table, write_plot};
use anyhow::Context as _;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const BEGIN: &str = "<!-- figures: begin -->\n";
const END: &str = "<!-- figures: end -->\n";

/// Puts the tables of a run between the marks of a document, and its pictures into a folder below that of the document.
pub(crate) fn write_document(
    document: &Path,
    plots: &Path,
    conditions: &Value,
    all: Vec<Results>,
) -> anyhow::Result<()> {
    let text = fs::read_to_string(document).with_context(|| format!("cannot read {}", document.display()))?;
    let folder = document.parent().unwrap_or(Path::new(""));
    let link = plots.strip_prefix(folder).context("the pictures must be in a folder below the document's")?;

    let mut figures = format!("{}\n\n", told(conditions));
    if let Some(sizing) = sizing_table(&all) {
        let _ = write!(figures, "### What a core and a GiB are good for\n\n{sizing}\n");
    }
    for sizes in by_scenario(all) {
        let Some(scenario) = sizes.first().map(|results| results.case.scenario) else { continue };
        let title = if sizes.len() > 1 { scenario.title() } else { sizes[0].case.title.clone() };
        let _ = write!(figures, "### {scenario:?}: {title}\n\n{}", figures_of(&sizes));
        if let Some(name) = write_plot(plots, scenario, &sizes)? {
            let _ = write!(figures, "\n![{title}]({}/{name})\n", link.display());
        }
        figures.push('\n');
    }
    let text = between_marks(&text, &figures)
        .with_context(|| format!("{} has no marks to put the figures between", document.display()))?;
    fs::write(document, text).with_context(|| format!("cannot write {}", document.display()))
}

/// The results of each scenario, which stand together already.
fn by_scenario(all: Vec<Results>) -> Vec<Vec<Results>> {
    let mut groups: Vec<Vec<Results>> = Vec::new();
    for results in all {
        match groups.last_mut().filter(|group| group[0].case.scenario == results.case.scenario) {
            Some(group) => group.push(results),
            None => groups.push(vec![results]),
        }
    }
    groups
}

fn figures_of(sizes: &[Results]) -> String {
    match sizes {
        [one] => table(one, Columns::Essential),
        several => growth_table(several).trim_end().to_owned() + "\n",
    }
}

/// How and where it was measured, as a sentence.
fn told(conditions: &Value) -> String {
    let word = |name: &str| conditions[name].as_str().unwrap_or("unknown").to_owned();
    let count = |name: &str| conditions[name].as_f64().unwrap_or_default();
    let workers = match count("workers") {
        0.0 => "the default number of workers".to_owned(),
        number => format!("--workers {number}"),
    };
    format!(
        "Chinwag {} with {workers} on {} cores of {}, {} GiB, Linux {}, data on {}; Node.js {}; {} rounds of {} s{}.",
        word("version"),
        count("cores"),
        word("processor"),
        count("memory_gib"),
        word("kernel"),
        word("disk"),
        word("node"),
        count("rounds"),
        count("window_s"),
        if conditions["quick"] == true { " (quick)" } else { "" },
    )
}

fn between_marks(text: &str, figures: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{figures}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sample;
    use crate::scenarios::{Case, Metric, Outcome};
    use crate::servers::Contender;
    use serde_json::json;

    /// One run of every case, with one figure for everybody.
    fn results(case: Case) -> Results {
        let sample = |contender| {
            let figures = case.compared().iter().map(|metric| (*metric, 2.0));
            let figures = figures.chain([(Metric::ServerCores, 1.0)]).collect();
            Sample { contender, round: 1, outcome: Outcome { figures, notes: Vec::new() } }
        };
        let samples = Contender::ALL.into_iter().filter(|it| case.takes(*it)).map(sample).collect();
        Results { case, samples }
    }

    #[test]
    fn figures_come_between_the_marks_and_pictures_beside() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("benchmarks.md");
        fs::write(&document, format!("# Head\n{BEGIN}outdated{END}\n## Foot\n")).unwrap();
        let conditions =
            json!({"quick": false, "version": "1.2", "cores": 2, "workers": 1, "rounds": 3, "window_s": 2.5});
        let plots = folder.path().join("images/bench");
        write_document(&document, &plots, &conditions, Case::all(false).map(results).collect()).unwrap();

        let text = fs::read_to_string(&document).unwrap();
        assert!(
            text.starts_with("# Head\n") && text.ends_with("\n## Foot\n") && !text.contains("outdated"),
            "{text}"
        );
        assert!(text.contains("Chinwag 1.2 with --workers 1 on 2 cores"), "{text}");
        assert_eq!(text.matches("### F1: one room of 1,000, saturated\n").count(), 1, "{text}");
        assert_eq!(text.matches("### G1: Growth").count(), 1, "{text}");
        let links: Vec<&str> =
            text.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)).collect();
        assert!(
            links.contains(&"images/bench/F1.svg") && links.contains(&"images/bench/G1.svg"),
            "{links:?}"
        );
        assert!(!links.contains(&"images/bench/S1.svg"), "one contender alone needs no picture");
        for link in links {
            assert!(folder.path().join(link).is_file(), "{link}");
        }
    }

    #[test]
    fn a_document_without_marks_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let document = folder.path().join("other.md");
        fs::write(&document, "# Head\n").unwrap();
        assert!(write_document(&document, folder.path(), &json!({}), Vec::new()).is_err());
        assert_eq!(fs::read_to_string(&document).unwrap(), "# Head\n");
    }
}
