use crate::report::{Columns, JsonLines, Results, Sample, growth_table, table, write_plot};
use crate::scenarios::{Bench, Case, Scenario};
use crate::servers::{Contender, LOG};
use anyhow::{Context as _, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::time::Duration;

/// Measures every case with every contender in turns, so that what the machine does beside concerns all alike.
pub(crate) struct Rounds {
    pub(crate) bench: Bench,
    pub(crate) contenders: Vec<Contender>,
    pub(crate) rounds: u32,
    pub(crate) json: Option<JsonLines>,
    /// Where pictures of the results go.
    pub(crate) plots: Option<PathBuf>,
}

impl Rounds {
    /// Prints the table of each case when it is done, and answers all results. What fails is left out, and told at the end.
    pub(crate) fn run(mut self, scenarios: &[Scenario]) -> anyhow::Result<Vec<Results>> {
        let steps = self.steps(scenarios);
        ensure!(steps > 0, "none of these servers takes part in these scenarios; choose other --servers");
        let progress = ProgressBar::new(steps).with_style(style()?);
        progress.enable_steady_tick(Duration::from_millis(200));
        let mut all = Vec::new();
        let mut failures = Vec::new();
        for scenario in scenarios {
            let mut sizes = Vec::new();
            for case in scenario.cases(self.bench.effort.quick) {
                let (results, failed) = self.case(case, &progress);
                let (name, title) = (results.case.name(), &results.case.title);
                let text = table(&results, Columns::All);
                progress.suspend(|| println!("\n### {name}: {title}\n\n{text}"));
                failures.extend(failed.iter().map(|error| format!("{error:#}")));
                sizes.push(results);
            }
            if sizes.len() > 1 {
                progress.suspend(|| {
                    println!("\n### {scenario:?}: {}\n\n{}", scenario.title(), growth_table(&sizes))
                });
            }
            if let Some(folder) = &self.plots {
                write_plot(folder, *scenario, &sizes)?;
            }
            all.extend(sizes);
        }
        progress.finish_and_clear();
        if failures.is_empty() { Ok(all) } else { bail!("{}", failures.join("\n")) }
    }

    fn steps(&self, scenarios: &[Scenario]) -> u64 {
        let cases = scenarios.iter().flat_map(|scenario| scenario.cases(self.bench.effort.quick));
        let takers = |case: &Case| self.contenders.iter().filter(|it| case.takes(**it)).count() as u64;
        cases.map(|case| takers(&case) * u64::from(self.rounds)).sum()
    }

    /// The results of a case, and what went wrong. With whom something went wrong is left out of the case from then on.
    fn case(&mut self, case: Case, progress: &ProgressBar) -> (Results, Vec<anyhow::Error>) {
        let (mut samples, mut failures) = (Vec::new(), Vec::new());
        let mut takers: Vec<Contender> =
            self.contenders.iter().copied().filter(|it| case.takes(*it)).collect();
        for round in 1..=self.rounds {
            let mut contenders = takers.clone();
            // Nobody always comes first.
            contenders.rotate_left(round as usize % takers.len().max(1));
            for contender in contenders {
                progress.set_message(format!("{} {}, round {round}", case.name(), contender.name()));
                match self.sample(&case, contender, round) {
                    Ok(sample) => samples.push(sample),
                    Err(error) => {
                        failures.push(error);
                        takers.retain(|it| *it != contender);
                    }
                }
                progress.inc(1);
            }
        }
        (Results { case, samples }, failures)
    }

    fn sample(&mut self, case: &Case, contender: Contender, round: u32) -> anyhow::Result<Sample> {
        let outcome = self.bench.run(case, contender).with_context(|| self.place(case, contender, round))?;
        let sample = Sample { contender, round, outcome };
        if let Some(json) = &mut self.json {
            json.sample(case, &sample)?;
        }
        Ok(sample)
    }

    /// Where something went wrong, and where one can read more about it.
    fn place(&self, case: &Case, contender: Contender, round: u32) -> String {
        let log = self.bench.launcher.disk.folder.join(LOG);
        format!(
            "{} with {}, round {round} (servers complain in {})",
            case.name(),
            contender.name(),
            log.display()
        )
    }
}

fn style() -> anyhow::Result<ProgressStyle> {
    let style = ProgressStyle::with_template("{spinner} {bar:30} {pos}/{len} {elapsed} {msg}");
    style.context("the progress bar has no form")
}
