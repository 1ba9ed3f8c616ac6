use super::Sample;
use crate::scenarios::Case;
use anyhow::Context as _;
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::Write as _;
use std::path::Path;

/// One JSON object per line: first the machine, then each run as it ends.
pub(crate) struct JsonLines(File);

impl JsonLines {
    pub(crate) fn create(path: &Path, machine: &Value) -> anyhow::Result<Self> {
        let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
        let mut lines = Self(file);
        lines.write(machine)?;
        Ok(lines)
    }

    pub(crate) fn sample(&mut self, case: &Case, sample: &Sample) -> anyhow::Result<()> {
        let figures = &sample.outcome.figures;
        let figures: Map<String, Value> =
            figures.iter().map(|(metric, value)| (metric.key().to_owned(), json!(value))).collect();
        let notes: Map<String, Value> =
            sample.outcome.notes.iter().map(|note| (note.about.key(), json!(note.text))).collect();
        self.write(&json!({
            "case": case.name,
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
