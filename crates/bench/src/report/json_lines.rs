use super::{Results, Sample};
use crate::scenarios::{Case, Metric, Note, Outcome};
use crate::servers::Contender;
use anyhow::{Context as _, bail};
use clap::ValueEnum as _;
use serde_json::{Map, Value, json};
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

/// One JSON object per line: first how and where it was measured, then each run as it ends.
pub(crate) struct JsonLines(File);

impl JsonLines {
    pub(crate) fn create(path: &Path, conditions: &Value) -> anyhow::Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut lines = Self(file);
        lines.write(conditions)?;
        Ok(lines)
    }

    pub(crate) fn sample(&mut self, case: &Case, sample: &Sample) -> anyhow::Result<()> {
        let Outcome { figures, notes } = &sample.outcome;
        let figures: Map<String, Value> =
            figures.iter().map(|(metric, value)| (metric.key().to_owned(), json!(value))).collect();
        let notes: Map<String, Value> =
            notes.iter().map(|note| (<&str>::from(note.about).to_owned(), json!(note.text))).collect();
        self.write(&json!({
            "case": case.name(),
            "contender": sample.contender.name(),
            "round": sample.round,
            "figures": figures,
            "notes": notes,
        }))
    }

    fn write(&mut self, value: &Value) -> anyhow::Result<()> {
        writeln!(self.0, "{value}").context("cannot write the JSON lines")
    }
}

/// What [`JsonLines`] wrote: how and where it was measured, and the results.
pub(crate) fn read_json_lines(path: &Path) -> anyhow::Result<(Value, Vec<Results>)> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("{} is not what the bench wrote", path.display()))
}

fn parse(text: &str) -> anyhow::Result<(Value, Vec<Results>)> {
    let mut lines = text.lines();
    let conditions: Value = serde_json::from_str(lines.next().context("it is empty")?)?;
    let quick = conditions["quick"].as_bool().context("it does not say whether it was quick")?;
    let mut all: Vec<Results> = Case::all(quick).map(|case| Results { case, samples: Vec::new() }).collect();
    for line in lines {
        let line: Value = serde_json::from_str(line)?;
        let results = all.iter_mut().find(|results| line["case"] == results.case.name().as_str());
        results.with_context(|| format!("there is no case {}", line["case"]))?.samples.push(sample(&line)?);
    }
    all.retain(|results| !results.samples.is_empty());
    Ok((conditions, all))
}

fn sample(line: &Value) -> anyhow::Result<Sample> {
    let contender = line["contender"].as_str().unwrap_or_default();
    let Ok(contender) = Contender::from_str(contender, false) else {
        bail!("nobody is called {contender:?}")
    };
    let round = line["round"].as_u64().and_then(|round| round.try_into().ok());
    let figure = |(key, value): (&String, &Value)| {
        let metric = Metric::of_key(key).with_context(|| format!("there is no figure {key:?}"))?;
        // What could not be measured is written as null.
        Ok((metric, value.as_f64().unwrap_or(f64::NAN)))
    };
    let note = |(about, text): (&String, &Value)| {
        let about = about.parse().with_context(|| format!("there is no note about {about:?}"))?;
        Ok(Note { about, text: text.as_str().unwrap_or_default().to_owned() })
    };
    let figures = line["figures"].as_object().context("a run has no figures")?;
    let notes = line["notes"].as_object().context("a run has no notes")?;
    Ok(Sample {
        contender,
        round: round.context("a run has no round")?,
        outcome: Outcome {
            figures: figures.iter().map(figure).collect::<anyhow::Result<_>>()?,
            notes: notes.iter().map(note).collect::<anyhow::Result<_>>()?,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Columns, table};
    use crate::scenarios::{About, Scenario};

    #[test]
    fn what_is_written_is_read() {
        let note = Note { about: About::Machine, text: "other programs ran".to_owned() };
        let figures = vec![(Metric::CpuPerDelivery, 1.5), (Metric::DeliveriesPerSecond, 1e6)];
        let case = Scenario::G1.cases(true).remove(1);
        let sample =
            Sample { contender: Contender::Bare, round: 2, outcome: Outcome { figures, notes: vec![note] } };

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("figures.jsonl");
        let mut lines = JsonLines::create(&path, &json!({"quick": true, "cores": 2})).unwrap();
        lines.sample(&case, &sample).unwrap();
        let (conditions, all) = read_json_lines(&path).unwrap();

        assert_eq!(conditions["cores"], 2);
        assert_eq!(all.len(), 1);
        let written = Results { case, samples: vec![sample] };
        assert_eq!(table(&all[0], Columns::All), table(&written, Columns::All));
    }

    #[test]
    fn what_others_wrote_is_refused() {
        for text in ["", "{}", "{\"quick\":true}\n{\"case\":\"X9\"}", "{\"quick\":true}\n{\"case\":\"F1\"}"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
