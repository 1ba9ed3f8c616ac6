use crate::numbers::Summary;
use crate::scenarios::{About, Case, Metric, Outcome};
use crate::servers::Contender;
use strum::VariantArray as _;

/// One run of one case against one contender.
pub(crate) struct Sample {
    pub(crate) contender: Contender,
    pub(crate) round: u32,
    pub(crate) outcome: Outcome,
}

/// All runs of a case.
pub(crate) struct Results {
    pub(crate) case: Case,
    pub(crate) samples: Vec<Sample>,
}

impl Results {
    /// Those who took part, in the order of [`Contender::ALL`].
    pub(crate) fn contenders(&self) -> impl Iterator<Item = Contender> {
        let took_part = |contender: &Contender| self.of(*contender).next().is_some();
        Contender::ALL.into_iter().filter(took_part)
    }

    /// The metrics that anyone has.
    pub(crate) fn metrics(&self) -> Vec<Metric> {
        let measured = |metric: &Metric| self.samples.iter().any(|sample| sample.figure(*metric).is_some());
        Metric::VARIANTS.iter().copied().filter(measured).collect()
    }

    pub(crate) fn summary(&self, contender: Contender, metric: Metric) -> Option<Summary> {
        Summary::of(self.of(contender).filter_map(|sample| sample.figure(metric)))
    }

    /// How a contender compares with the case's yardstick, round by round.
    pub(crate) fn ratio(&self, contender: Contender, metric: Metric) -> Option<Summary> {
        let yardstick = self.case.yardstick()?;
        Summary::of(self.of(contender).filter_map(|sample| {
            let yardstick = self.of(yardstick).find(|other| other.round == sample.round)?;
            Some(sample.figure(metric)? / yardstick.figure(metric)?)
        }))
    }

    /// What readers must know: for each contender one sentence about each thing, and in how many rounds it was so.
    pub(crate) fn notes(&self) -> Vec<String> {
        let told = |contender: Contender| {
            let rounds = self.of(contender).count();
            About::VARIANTS.iter().filter_map(move |about| {
                let notes = self.of(contender).flat_map(|sample| &sample.outcome.notes);
                let notes: Vec<_> = notes.filter(|note| note.about == *about).collect();
                let text = &notes.last()?.text;
                Some(match notes.len() {
                    all if all == rounds => format!("{}: {text}", contender.name()),
                    some => format!("{}: {text} (in {some} of {rounds} rounds)", contender.name()),
                })
            })
        };
        self.contenders().flat_map(told).collect()
    }

    fn of(&self, contender: Contender) -> impl Iterator<Item = &Sample> {
        self.samples.iter().filter(move |sample| sample.contender == contender)
    }
}

impl Sample {
    fn figure(&self, metric: Metric) -> Option<f64> {
        self.outcome.figures.iter().find(|(other, _)| *other == metric).map(|(_, value)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenarios::{Note, Scenario};

    #[test]
    fn ratios_are_those_of_the_same_round() {
        let sample = |contender, round, value| Sample {
            contender,
            round,
            outcome: Outcome { figures: vec![(Metric::CpuPerDelivery, value)], notes: Vec::new() },
        };
        // The machine was twice as slow in the second round: the ratios are the same all the same.
        let samples = vec![
            sample(Contender::Chinwag, 1, 3.0),
            sample(Contender::Bare, 1, 2.0),
            sample(Contender::Bare, 2, 4.0),
            sample(Contender::Chinwag, 2, 6.0),
        ];
        let case = Scenario::F1.cases(false).remove(0);
        let results = Results { case, samples };
        assert_eq!(
            results.ratio(Contender::Chinwag, Metric::CpuPerDelivery),
            Some(Summary { median: 1.5, min: 1.5, max: 1.5 })
        );
        assert_eq!(results.ratio(Contender::Memory, Metric::CpuPerDelivery), None);
        assert_eq!(results.contenders().collect::<Vec<_>>(), [Contender::Chinwag, Contender::Bare]);
    }

    #[test]
    fn notes_are_told_once_with_their_rounds() {
        let note = |about, text: &str| Note { about, text: text.to_owned() };
        let sample = |round, notes| Sample {
            contender: Contender::Bare,
            round,
            outcome: Outcome { figures: Vec::new(), notes },
        };
        let samples = vec![
            sample(1, vec![note(About::Machine, "one")]),
            sample(2, vec![note(About::Machine, "two"), note(About::Generator, "busy")]),
        ];
        let results = Results { case: Scenario::F1.cases(true).remove(0), samples };
        assert_eq!(results.notes(), ["bare: busy (in 1 of 2 rounds)", "bare: two"]);
    }
}
