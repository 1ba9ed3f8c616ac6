use crate::report::{JsonLines, Results, Sample, table, write_plots};
use crate::scenarios::{Bench, Case, Scenario};
use crate::servers::{Contender, LOG};
use anyhow::Context as _;
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
    /// Prints the table of each case when it is done, and answers all results.
    pub(crate) fn run(mut self, scenarios: &[Scenario]) -> anyhow::Result<Vec<Results>> {
        let quick = self.bench.effort.quick;
        let cases: Vec<Case> = scenarios.iter().flat_map(|scenario| scenario.cases(quick)).collect();
        let takers = |case: &Case| self.contenders.iter().filter(|it| case.takes(**it)).count() as u64;
        let steps: u64 = cases.iter().map(|case| takers(case) * u64::from(self.rounds)).sum();
        let progress = ProgressBar::new(steps).with_style(style()?);
        progress.enable_steady_tick(Duration::from_millis(200));
        let mut all = Vec::new();
        for case in cases {
            let results = self.case(case, &progress)?;
            progress.suspend(|| println!("\n{}", table(&results)));
            if let Some(folder) = &self.plots {
                write_plots(folder, &results)?;
            }
            all.push(results);
        }
        progress.finish_and_clear();
        Ok(all)
    }

    fn case(&mut self, case: Case, progress: &ProgressBar) -> anyhow::Result<Results> {
        let mut samples = Vec::new();
        for round in 1..=self.rounds {
            let mut contenders: Vec<Contender> =
                self.contenders.iter().copied().filter(|it| case.takes(*it)).collect();
            // Nobody always comes first.
            let first = round as usize % contenders.len().max(1);
            contenders.rotate_left(first);
            for contender in contenders {
                progress.set_message(format!("{} {}, round {round}", case.name, contender.name()));
                let outcome =
                    self.bench.run(&case, contender).with_context(|| self.place(&case, contender, round))?;
                let sample = Sample { contender, round, outcome };
                if let Some(json) = &mut self.json {
                    json.sample(&case, &sample)?;
                }
                samples.push(sample);
                progress.inc(1);
            }
        }
        Ok(Results { case, samples })
    }
}

impl Rounds {
    /// Where something went wrong, and where one can read more about it.
    fn place(&self, case: &Case, contender: Contender, round: u32) -> String {
        let log = self.bench.launcher.disk.folder.join(LOG);
        format!(
            "{} with {}, round {round} (servers complain in {})",
            case.name,
            contender.name(),
            log.display()
        )
    }
}

fn style() -> anyhow::Result<ProgressStyle> {
    let style = ProgressStyle::with_template("{spinner} {bar:30} {pos}/{len} {elapsed} {msg}");
    style.context("the progress bar has no form")
}
