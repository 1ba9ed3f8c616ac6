use super::span::Span;
use crate::machine::cores;
use std::time::Duration;
use strum::{EnumString, IntoStaticStr, VariantArray};

/// What a reader of the figures of one run must know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) about: About,
    /// A sentence without its beginning and its end.
    pub(crate) text: String,
}

/// What notes are about. Of several rounds one note about each is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "lowercase")]
pub(crate) enum About {
    /// The generator had too much to do.
    Generator,
    /// Other programs worked on the machine.
    Machine,
    /// Messages were sent later than they should have been.
    Pace,
    /// Messages were refused.
    Refusals,
    /// The queue of those who wanted to connect was full.
    Queue,
    /// Connections broke and were made again.
    Breaks,
    /// Nothing was lost, and nothing came twice.
    Proof,
}

/// The share of a time in which somebody who is the bottleneck has something to do.
const ALWAYS: f64 = 0.9;

/// Cores for others that change nothing much.
const FEW_CORES: f64 = 0.15;

/// A delay in sending that changes nothing much: as long as from one message to the next in L1.
const SHORT_DELAY: Duration = Duration::from_millis(2);

impl Note {
    /// What is remarkable in any measured time.
    pub(super) fn all_of(span: &Span, refused: u64) -> Vec<Self> {
        [Self::generator(span), Self::machine(span), Self::refusals(refused), Self::queue(span)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The generator was the bottleneck when its thread always had something to do, on a core or waiting for one, and no thread
    /// of the server had. When both had, they had the same right to the machine, and the rate is that of both together.
    fn generator(span: &Span) -> Option<Self> {
        let (generator, server) =
            (span.share(span.generator.wanted()), span.share(span.server.busiest.wanted()));
        let text = format!(
            "the generator was the bottleneck: it was busy for {:.0} % of the time, the busiest thread of the server for \
             {:.0} %, so that a rate is at least what is told",
            generator * 100.0,
            server * 100.0,
        );
        (generator > ALWAYS && server < ALWAYS).then_some(Self { about: About::Generator, text })
    }

    fn machine(span: &Span) -> Option<Self> {
        let others = span.share(span.others);
        let text = format!("other programs used {others:.1} of the {} cores", cores());
        (others > FEW_CORES).then_some(Self { about: About::Machine, text })
    }

    /// What is sent late is measured from when it was sent, so it is the pace that is wrong.
    pub(super) fn pace(delay: Option<Duration>) -> Option<Self> {
        let delay = delay.filter(|delay| *delay > SHORT_DELAY)?;
        let text = format!("one message in a hundred was sent more than {} ms late", delay.as_millis());
        Some(Self { about: About::Pace, text })
    }

    pub(super) fn first_break(reason: &str) -> Self {
        Self {
            about: About::Breaks,
            text: format!("the first connection that broke did so because: {reason}"),
        }
    }

    /// Everyone has seen everything once and in order, although the server was killed.
    pub(super) fn proof(people: usize, messages: usize, unacked: usize) -> Self {
        let text = format!(
            "each of the {messages} messages reached all people of its room, {people} in all, once and in order; {unacked} of them had \
             no ack when the server was killed"
        );
        Self { about: About::Proof, text }
    }

    /// The same where no server was killed that had a message on its way.
    pub(super) fn agreement(people: usize, messages: usize) -> Self {
        let text = format!(
            "each of the {messages} messages reached all {people} people once, at the same place for all"
        );
        Self { about: About::Proof, text }
    }

    fn queue(span: &Span) -> Option<Self> {
        let text = format!(
            "the queue for new connections was full {} times, after which a client waits a second and longer",
            span.turned_away
        );
        (span.turned_away > 0).then_some(Self { about: About::Queue, text })
    }

    fn refusals(refused: u64) -> Option<Self> {
        let text = format!("{refused} messages were refused");
        (refused > 0).then_some(Self { about: About::Refusals, text })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{ThreadTime, Work};

    /// A measured second in which the generator, the busiest thread of the server and others had so many milliseconds of work.
    fn span(generator: [u64; 2], server: [u64; 2], others: u64) -> Span {
        let time = |[running, waiting]: [u64; 2]| ThreadTime {
            running: Duration::from_millis(running),
            waiting: Duration::from_millis(waiting),
        };
        Span {
            time: Duration::from_secs(1),
            server: Work { busiest: time(server), ..Work::default() },
            database: Work::default(),
            redis: Work::default(),
            generator: time(generator),
            others: Duration::from_millis(others),
            turned_away: 0,
            resident: 0,
        }
    }

    fn about(span: &Span) -> Vec<About> {
        Note::all_of(span, 0).into_iter().map(|note| note.about).collect()
    }

    #[test]
    fn the_generator_is_the_bottleneck_when_it_alone_is_always_busy() {
        assert_eq!(about(&span([950, 0], [600, 0], 0)), [About::Generator]);
        // Waiting for a core is being busy, too.
        assert_eq!(about(&span([500, 450], [600, 0], 0)), [About::Generator]);
        assert_eq!(about(&span([950, 0], [960, 0], 0)), []);
        assert_eq!(about(&span([950, 0], [400, 560], 0)), []);
        assert_eq!(about(&span([300, 0], [960, 0], 0)), []);
    }

    #[test]
    fn other_work_refusals_and_full_queues_are_told() {
        let told = Note::all_of(&Span { turned_away: 7, ..span([0, 0], [0, 0], 1200) }, 3);
        assert!(told[0].text.starts_with("other programs used 1.2 of the "), "{told:?}");
        assert_eq!(told[1].text, "3 messages were refused");
        assert!(told[2].text.contains("full 7 times"), "{told:?}");
    }

    #[test]
    fn only_long_delays_are_told() {
        assert_eq!(Note::pace(None), None);
        assert_eq!(Note::pace(Some(Duration::from_micros(1900))), None);
        assert!(Note::pace(Some(Duration::from_micros(2500))).unwrap().text.contains("2 ms late"));
    }
}
