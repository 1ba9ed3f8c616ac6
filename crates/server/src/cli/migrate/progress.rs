use chinwag_store::MoveStep;
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

/// From one line about the same work to the next, where no terminal shows a bar.
const PAUSE: Duration = Duration::from_secs(10);

/// Shows how far a move is: by a bar for each table on a terminal, by a line now and then elsewhere, and by one for each table that is done.
#[derive(Default)]
pub(super) struct Progress {
    work: Option<Work>,
}

/// What is being done.
struct Work {
    name: String,
    begin: Instant,
    last_line: Instant,
    /// How much is done and is to be done, where that is known.
    counted: Option<(u64, u64)>,
    /// Hidden where there is no terminal.
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn show(&mut self, step: MoveStep) {
        let (name, counted) = match step {
            MoveStep::Checking => ("looking whether the database is sound".to_owned(), None),
            MoveStep::Copying(table, done, all) => (format!("copying {table}"), Some((done, all))),
            MoveStep::Indexing(done, all) => ("building indexes".to_owned(), Some((done, all))),
            MoveStep::Comparing(table, done, all) => (format!("comparing {table}"), Some((done, all))),
            MoveStep::Committing => ("committing".to_owned(), None),
        };
        match &mut self.work {
            Some(work) if work.name == name => work.go_on(counted),
            work => {
                if let Some(before) = work.replace(Work::begin(name, counted)) {
                    before.end();
                }
            }
        }
    }

    /// Takes away what a terminal shows of work that may not be done.
    pub(super) fn clear(self) {
        if let Some(work) = self.work {
            work.bar.finish_and_clear();
        }
    }
}

impl Work {
    fn begin(name: String, counted: Option<(u64, u64)>) -> Self {
        let now = Instant::now();
        let bar = if std::io::stderr().is_terminal() {
            bar(&name, counted.map(|(_, all)| all))
        } else {
            if counted.is_none() {
                eprintln!("{name}");
            }
            ProgressBar::hidden()
        };
        Self { name, begin: now, last_line: now, counted, bar }
    }

    fn go_on(&mut self, counted: Option<(u64, u64)>) {
        self.counted = counted;
        let Some((done, all)) = counted else { return };
        self.bar.set_position(done);
        if self.bar.is_hidden() && done < all && self.last_line.elapsed() >= PAUSE {
            self.last_line = Instant::now();
            let left = self.begin.elapsed().mul_f64((all - done) as f64 / done.max(1) as f64);
            let (name, left) = (&self.name, HumanDuration(left));
            eprintln!("{name}: {} of {}, {left} left", HumanCount(done), HumanCount(all));
        }
    }

    fn end(self) {
        self.bar.finish_and_clear();
        if let Some((done, _)) = self.counted {
            eprintln!("{}: {} in {:.1} s", self.name, HumanCount(done), self.begin.elapsed().as_secs_f64());
        }
    }
}

fn bar(work: &str, all: Option<u64>) -> ProgressBar {
    const COUNTED: &str = "{msg} {wide_bar} {human_pos} of {human_len}, {rate}/s, {eta} left";
    const UNCOUNTED: &str = "{spinner} {msg} {elapsed}";
    let (bar, template) = match all {
        Some(all) => (ProgressBar::new(all), COUNTED),
        None => (ProgressBar::no_length(), UNCOUNTED),
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let rate = |state: &ProgressState, text: &mut dyn Write| {
        // What cannot be written is not seen.
        let _ = write!(text, "{}", HumanCount(state.per_sec() as u64));
    };
    bar.set_style(style.with_key("rate", rate));
    bar.set_message(work.to_owned());
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
