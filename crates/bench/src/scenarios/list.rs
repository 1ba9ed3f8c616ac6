use super::case::{Case, Measure};
use super::faults::Fault;
use super::rows::RUN;
use crate::crowd::Layout;
use clap::ValueEnum;

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum Scenario {
    /// One room of 1,000 members, one sender, saturated
    F1,
    /// 100 rooms of 20 members, one sender in each, saturated
    F2,
    /// One room of 10,000 members, one sender, saturated
    F3,
    /// 100 rooms of 20 members at 5 messages a second each: cost and time of delivery
    L1,
    /// 10,000 people come in and stay, silent, in 2,500 rooms: cost and memory of each
    M1,
    /// 2,000 people come in and stay, silent, each in 20 of 500 rooms
    M20,
    /// Messages a second that are kept: 100 senders in 100 rooms
    D1,
    /// The same in one room: one sender
    D2,
    /// 10,000 people return at once after the server died, and have missed 20 messages each
    S1,
    /// Pages of history a second, in a room with 1,000 and with 1,000,000 messages
    H1,
    /// Searches among 1,000,000 messages in 100 rooms, and what the index takes
    Q1,
    /// 500 and 2,000 people enter and leave a room in which as many others are
    P1,
    /// 250 and 1,000 people react to one message within 5 s
    E1,
    /// 200 people sign in by password at once, again and again, while 400 others talk
    A1,
    /// 20 files of 100 MiB are uploaded at once while 400 people talk
    U1,
    /// Pictures of 12 megapixels that are shared, beside a bare loop of the same library
    I1,
    /// Redis is killed for 3 s while 20 people talk in a room on two nodes
    R1,
    /// PostgreSQL crashes and is started again 2 s later, while they do
    R2,
    /// The two nodes are replaced one after the other, while they do
    R3,
    /// Growth: the cost of a delivery in rooms of 10 to 10,000 members
    G1,
    /// Growth: the cost of a delivery in 10 to 10,000 rooms
    G2,
    /// Growth: the cost of a delivery for people in 1 to 200 rooms
    G3,
}

/// Messages of one sender that are on their way, where one sender has to keep a large room busy.
const WINDOW: u64 = 16;
/// The same where a hundred senders do.
const SMALL_WINDOW: u64 = 4;

/// Messages a second in all rooms together where the number of rooms grows.
const STEADY: f64 = 2000.0;

impl Scenario {
    /// What `--quick` runs.
    pub(crate) const QUICK: [Self; 5] = [Self::F1, Self::F2, Self::L1, Self::M1, Self::D1];

    pub(crate) fn cases(self, quick: bool) -> Vec<Case> {
        let saturated = |layout, window| Measure::FanOut { layout, window };
        match self {
            Self::F1 => self.case("one room of 1,000, saturated", saturated(Layout::apart(1, 1000), WINDOW)),
            Self::F2 => {
                self.case("100 rooms of 20, saturated", saturated(Layout::apart(100, 20), SMALL_WINDOW))
            }
            Self::F3 => {
                self.case("one room of 10,000, saturated", saturated(Layout::apart(1, 10_000), WINDOW))
            }
            Self::L1 => self.case(
                "100 rooms of 20, 5 messages/s in each",
                Measure::Latency { layout: Layout::apart(100, 20), messages_per_second: 5.0 },
            ),
            Self::M1 if quick => self
                .case("2,000 idle people in 500 rooms", Measure::Arriving { layout: Layout::apart(500, 4) }),
            Self::M1 => self.case(
                "10,000 idle people in 2,500 rooms",
                Measure::Arriving { layout: Layout::apart(2500, 4) },
            ),
            Self::M20 => {
                let layout = Layout { rooms: 500, members_per_room: 80, rooms_per_client: 20 };
                self.case("2,000 idle people in 20 of 500 rooms each", Measure::Arriving { layout })
            }
            Self::D1 => self.case(
                "100 senders in 100 rooms, nobody else",
                Measure::Durable { layout: Layout::apart(100, 1), window: RUN as u64 },
            ),
            Self::D2 => self.case(
                "one sender in one room, nobody else",
                Measure::Durable { layout: Layout::apart(1, 1), window: WINDOW },
            ),
            Self::S1 => {
                let members = if quick { 20 } else { 100 };
                let title = format!("{} people return at once to 100 rooms", 100 * members);
                self.case(&title, Measure::Storm { rooms: 100, members })
            }
            Self::H1 => [1000, if quick { 100_000 } else { 1_000_000 }]
                .into_iter()
                .flat_map(|stored| {
                    let title = format!("pages of 50 from {stored} messages");
                    self.sized(stored as usize, title, Measure::History { stored })
                })
                .collect(),
            Self::Q1 => {
                let stored = if quick { 100_000 } else { 1_000_000 };
                self.case(&format!("{stored} messages in 100 rooms"), Measure::Search { stored })
            }
            Self::P1 => [500, if quick { 1000 } else { 2000 }]
                .into_iter()
                .flat_map(|people| {
                    let title = format!("{people} people enter and leave among {people} others in 10 s");
                    self.sized(people, title, Measure::Presence { people })
                })
                .collect(),
            Self::E1 => [250, if quick { 500 } else { 1000 }]
                .into_iter()
                .flat_map(|people| {
                    let title = format!("{people} people react to one message within 5 s");
                    self.sized(people, title, Measure::Reactions { people })
                })
                .collect(),
            Self::A1 => [0, if quick { 50 } else { 200 }]
                .into_iter()
                .flat_map(|people| {
                    let title = format!("20 rooms of 20 talk while {people} people sign in at once");
                    self.sized(people, title, Measure::SignIns { people })
                })
                .collect(),
            Self::U1 => [0, if quick { 5 } else { 20 }]
                .into_iter()
                .flat_map(|files| {
                    let title = format!("20 rooms of 20 talk while {files} files of 100 MiB are uploaded");
                    self.sized(files, title, Measure::Uploads { files })
                })
                .collect(),
            Self::I1 => {
                let count = if quick { 6 } else { 24 };
                self.case(&format!("{count} pictures of 12 megapixels"), Measure::Pictures { count })
            }
            Self::R1 => self.case("Redis is killed for 3 s", Measure::Fault(Fault::RedisLost)),
            Self::R2 => {
                self.case("PostgreSQL crashes and is away for 2 s", Measure::Fault(Fault::PostgresCrash))
            }
            Self::R3 => {
                self.case("two nodes replaced one after the other", Measure::Fault(Fault::RollingRestart))
            }
            Self::G1 => [10, 100, 1000, 10_000]
                .into_iter()
                .flat_map(|members| {
                    let rooms = (2000 / members).max(1);
                    let title = format!("{rooms} rooms of {members}, saturated");
                    self.sized(members, title, saturated(Layout::apart(rooms, members), WINDOW))
                })
                .collect(),
            Self::G2 => [10, 100, 1000, 10_000]
                .into_iter()
                .flat_map(|rooms| {
                    // More connections than a process may have files: from 10,000 rooms on each client is in ten.
                    let rooms_per_client = (rooms / 1000).max(1);
                    let layout = Layout { rooms, members_per_room: 10, rooms_per_client };
                    let title = format!("{rooms} rooms of 10, {STEADY} messages/s in all");
                    let messages_per_second = STEADY / rooms as f64;
                    self.sized(rooms, title, Measure::Latency { layout, messages_per_second })
                })
                .collect(),
            Self::G3 => [1, 10, 50, 200]
                .into_iter()
                .flat_map(|each| {
                    let layout = Layout { rooms: 200, members_per_room: 20, rooms_per_client: each };
                    let title = format!("200 rooms of 20, each in {each} of them, saturated");
                    self.sized(each, title, saturated(layout, SMALL_WINDOW))
                })
                .collect(),
        }
    }

    fn case(self, title: &str, measure: Measure) -> Vec<Case> {
        vec![Case { scenario: self, size: None, title: title.to_owned(), measure }]
    }

    /// One of several sizes, in which Chinwag is compared with itself.
    fn sized(self, size: usize, title: String, measure: Measure) -> Vec<Case> {
        vec![Case { scenario: self, size: Some(size), title, measure }]
    }

    /// What it is about, in a line.
    pub(crate) fn title(self) -> String {
        let help = self.to_possible_value().and_then(|value| Some(value.get_help()?.to_string()));
        help.unwrap_or_default()
    }
}
