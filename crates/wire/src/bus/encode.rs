use super::message::{Answer, Applied, Mark, Message, Part, VERSION};
use super::news::News;
use chinwag_core::ports::{BusAnswer, BusMark, BusMessage, Publication, Settling};

pub(super) fn encode(message: &BusMessage, out: &mut Vec<u8>) {
    let BusMessage { node, number, after_loss, publications, presence, marks, answers } = message;
    let asked = marks.iter().map(|mark| Part::Mark(mark.into()));
    let answered = answers.iter().map(|BusAnswer { to, id }| Part::Answer(Answer { to: to.0, id: *id }));
    let people = presence.iter().map(|news| Part::Presence(news.into()));
    let parts = publications.iter().map(Part::from).chain(people).chain(asked).chain(answered).collect();
    let message = Message { version: VERSION, node: node.0, n: *number, after_loss: *after_loss, parts };
    let begin = out.len();
    if let Err(error) = serde_json::to_writer(&mut *out, &message) {
        // Writing to memory cannot fail, and every key is a string.
        out.truncate(begin);
        debug_assert!(false, "{error}");
    }
}

impl<'a> From<&'a Publication> for Part<'a> {
    fn from(publication: &'a Publication) -> Self {
        match publication {
            Publication::Room(event) => Self::Event(Box::new((&**event).into())),
            Publication::Person { user, except, event } => Self::News(News::of_person(*user, *except, event)),
            Publication::Directory(event) => Self::News(News::of_directory(event)),
        }
    }
}

impl From<&BusMark> for Mark {
    fn from(mark: &BusMark) -> Self {
        let what = match mark.what {
            Settling::Room(room, seq) => Applied::Room { room: room.0, seq: seq.0 },
            Settling::Session(user, session) => Applied::Session { user: user.0, session: session.0 },
        };
        Self { id: mark.id, what }
    }
}
