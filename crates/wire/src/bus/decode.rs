use super::message::{Applied, Mark, Message, Part, VERSION};
use super::news::NotUnderstood;
use chinwag_core::domain::{NodeId, RoomId, Seq, SessionId, UserId};
use chinwag_core::ports::{BusAnswer, BusMark, BusMessage, Publication, Settling};
use serde_json::value::RawValue;
use std::sync::Arc;

pub(super) fn decode(bytes: &[u8]) -> Option<BusMessage> {
    // An array with the values of the fields would be taken, too.
    if bytes.first() != Some(&b'{') {
        return None;
    }
    let read = serde_json::from_slice::<Message<Part<'_>>>(bytes);
    match read.map(|message| understood(message, Ok)) {
        Ok(message) => message,
        // Something in it is from another version. What the parts are is looked at one by one.
        Err(_) => {
            let message = serde_json::from_slice::<Message<&RawValue>>(bytes).ok()?;
            understood(message, |raw| serde_json::from_str(raw.get()).map_err(|_| NotUnderstood))
        }
    }
}

fn understood<'a, P>(
    message: Message<P>,
    read: impl Fn(P) -> Result<Part<'a>, NotUnderstood>,
) -> Option<BusMessage> {
    let Message { version, node, n, after_loss, parts } = message;
    if version > VERSION {
        return None;
    }
    let mut told = BusMessage {
        node: NodeId(node),
        number: n,
        after_loss,
        publications: Vec::with_capacity(parts.len()),
        presence: Vec::new(),
        marks: Vec::new(),
        answers: Vec::new(),
    };
    for part in parts {
        if read(part).and_then(|part| take(&mut told, part)).is_err() {
            told.after_loss = true;
        }
    }
    Some(told)
}

fn take(told: &mut BusMessage, part: Part<'_>) -> Result<(), NotUnderstood> {
    match part {
        Part::Event(event) => told.publications.push(Publication::Room(Arc::new((*event).try_into()?))),
        Part::News(news) => told.publications.push(news.try_into()?),
        Part::Presence(news) => told.presence.push(news.into()),
        Part::Mark(mark) => told.marks.push(mark.try_into()?),
        Part::Answer(answer) => told.answers.push(BusAnswer { to: NodeId(answer.to), id: answer.id }),
    }
    Ok(())
}

impl TryFrom<Mark> for BusMark {
    type Error = NotUnderstood;

    fn try_from(mark: Mark) -> Result<Self, NotUnderstood> {
        let what = match mark.what {
            // Of a log without an event nothing is asked but 0.
            Applied::Room { seq, .. } if seq < 0 => return Err(NotUnderstood),
            Applied::Room { room, seq } => Settling::Room(RoomId(room), Seq(seq)),
            Applied::Session { user, session } => Settling::Session(UserId(user), SessionId(session)),
        };
        Ok(Self { id: mark.id, what })
    }
}
