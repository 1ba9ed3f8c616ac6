use chinwag_store::MoveStep;
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

/// From one line about the same work to the next, where no terminal shows a bar.
const PAUSE: Duration = Duration::from_secs(10);

/// Shows how far a move is: with a bar for each table on a terminal, and with lines elsewhere.
pub(super) struct Progress {
    is_terminal: bool,
    bar: ProgressBar,
    /// What is being done, and since when.
    work: Option<(String, Instant)>,
    last_line: Instant,
}

impl Progress {
    pub(super) fn new() -> Self {
        let now = Instant::now();
        let is_terminal = std::io::stderr().is_terminal();
        Self { is_terminal, bar: ProgressBar::hidden(), work: None, last_line: now }
    }

    pub(super) fn show(&mut self, step: MoveStep) {
        let (work, counted) = match step {
            MoveStep::Checking => ("looking whether the database is sound".to_owned(), None),
            MoveStep::Copying(table, done, all) => (format!("copying {table}"), Some((done, all))),
            MoveStep::Indexing(done, all) => ("building indexes".to_owned(), Some((done, all))),
            MoveStep::Comparing(table, done, all) => (format!("comparing {table}"), Some((done, all))),
            MoveStep::Committing => ("committing".to_owned(), None),
        };
        let is_new = self.work.as_ref().is_none_or(|(before, _)| *before != work);
        if is_new {
            self.end();
            self.work = Some((work.clone(), Instant::now()));
        }
        if self.is_terminal {
            if is_new {
                self.bar = bar(&work, counted.map(|(_, all)| all));
            }
            self.bar.set_position(counted.map_or(0, |(done, _)| done));
        } else if is_new || self.last_line.elapsed() >= PAUSE {
            self.last_line = Instant::now();
            match counted {
                Some((done, all)) => {
                    eprintln!("{work}: {} of {}{}", HumanCount(done), HumanCount(all), self.left(done, all))
                }
                None => eprintln!("{work}"),
            }
        }
    }

    /// Takes away what a terminal shows of the last work.
    pub(super) fn clear(&mut self) {
        self.end();
    }

    /// What was done of one thing stays in view, as a line.
    fn end(&mut self) {
        self.bar.finish_and_clear();
        if let Some((work, since)) = self.work.take()
            && self.is_terminal
        {
            eprintln!("{work}: {} in {}", HumanCount(self.bar.position()), HumanDuration(since.elapsed()));
        }
    }

    /// How long it takes still, at the rate so far.
    fn left(&self, done: u64, all: u64) -> String {
        let Some((_, since)) = self.work.as_ref().filter(|_| done > 0 && done < all) else {
            return String::new();
        };
        let left = since.elapsed().mul_f64((all - done) as f64 / done as f64);
        format!(", {} left", HumanDuration(left))
    }
}

fn bar(work: &str, all: Option<u64>) -> ProgressBar {
    const COUNTED: &str = "{msg} {wide_bar} {human_pos} of {human_len}, {per_sec}, {eta} left";
    const UNCOUNTED: &str = "{spinner} {msg} {elapsed}";
    let (bar, template) = match all {
        Some(all) => (ProgressBar::new(all), COUNTED),
        None => (ProgressBar::no_length(), UNCOUNTED),
    };
    bar.set_style(ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(work.to_owned());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
