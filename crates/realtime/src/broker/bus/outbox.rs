use chinwag_core::domain::{EventBody, Mentioned, MessageEvent};
use chinwag_core::ports::{BusAnswer, BusMark, PresenceNews, Publication, UserEvent};
use parking_lot::Mutex;
use std::collections::VecDeque;
use tokio::sync::Notify;

/// Bytes of a message, about.
const MESSAGE: usize = 64 * 1024;
/// Bytes that may wait for Redis, about. Above it everything that waits is given up: what is newest is of most use, and what was lost is read
/// from the storage.
const WAITING: usize = 4 * 1024 * 1024;

/// Questions that may wait, and answers.
const QUESTIONS: usize = 1024;
const ANSWERS: usize = 1024;

/// What waits to be told to the other nodes. The storage's writer puts it here and goes on.
#[derive(Default)]
pub(super) struct Outbox {
    waiting: Mutex<Waiting>,
    came: Notify,
    /// Tells that no presence waits any more.
    presence_taken: Notify,
}

#[derive(Default)]
struct Waiting {
    publications: VecDeque<Publication>,
    bytes: usize,
    presence: VecDeque<PresenceNews>,
    /// Whether the others are asked for their people.
    asks_for_people: bool,
    marks: Vec<BusMark>,
    answers: Vec<BusAnswer>,
    /// Whether something before these was given up.
    is_after_loss: bool,
}

/// What is told at once.
pub(super) struct Batch {
    pub(super) publications: Vec<Publication>,
    pub(super) presence: Vec<PresenceNews>,
    pub(super) marks: Vec<BusMark>,
    pub(super) answers: Vec<BusAnswer>,
    /// Whether something before it was given up.
    pub(super) is_after_loss: bool,
}

impl Outbox {
    /// Takes publications. Answers how many that waited were given up for them.
    pub(super) fn put(&self, publications: &[Publication]) -> usize {
        let bytes: usize = publications.iter().map(weight).sum();
        let mut waiting = self.waiting.lock();
        let given_up = if waiting.bytes + bytes > WAITING { waiting.publications.len() } else { 0 };
        if given_up > 0 {
            waiting.publications.clear();
            (waiting.bytes, waiting.is_after_loss) = (0, true);
        }
        waiting.bytes += bytes;
        waiting.publications.extend(publications.iter().cloned());
        drop(waiting);
        self.came.notify_one();
        given_up
    }

    /// Takes news of this node's people, and waits until they are on their way, so that those which come meanwhile are gathered elsewhere.
    pub(super) async fn put_presence(&self, news: Vec<PresenceNews>) {
        self.waiting.lock().presence.extend(news);
        self.came.notify_one();
        while !self.waiting.lock().presence.is_empty() {
            self.presence_taken.notified().await;
        }
    }

    /// Has the other nodes asked for all of their people.
    pub(super) fn ask_for_people(&self) {
        self.waiting.lock().asks_for_people = true;
        self.came.notify_one();
    }

    /// Takes a question to the others. One that waits already is not asked twice, and those above a bound are left out: as long as somebody
    /// wants to know it is asked again.
    pub(super) fn ask(&self, mark: BusMark) {
        let marks = &mut self.waiting.lock().marks;
        if marks.len() < QUESTIONS && !marks.contains(&mark) {
            marks.push(mark);
            self.came.notify_one();
        }
    }

    /// Takes an answer to another node. Whoever misses one asks again, so those above a bound may be left out.
    pub(super) fn answer(&self, answer: BusAnswer) {
        let answers = &mut self.waiting.lock().answers;
        if answers.len() < ANSWERS && !answers.contains(&answer) {
            answers.push(answer);
            self.came.notify_one();
        }
    }

    /// The oldest that wait, as many as fit into a message, in their order; maybe none.
    pub(super) fn take(&self) -> Batch {
        let mut waiting = self.waiting.lock();
        let (mut count, mut bytes) = (0, 0);
        for publication in &waiting.publications {
            let more = weight(publication);
            if count > 0 && bytes + more > MESSAGE {
                break;
            }
            (count, bytes) = (count + 1, bytes + more);
        }
        waiting.bytes -= bytes;
        // One at a time: it may name some hundred people.
        let mut presence: Vec<_> = waiting.presence.pop_front().into_iter().collect();
        if std::mem::take(&mut waiting.asks_for_people) {
            presence.push(PresenceNews::Asked);
        }
        if waiting.presence.is_empty() {
            self.presence_taken.notify_one();
        }
        let is_after_loss = std::mem::take(&mut waiting.is_after_loss);
        let publications = waiting.publications.drain(..count).collect();
        let marks = std::mem::take(&mut waiting.marks);
        let answers = std::mem::take(&mut waiting.answers);
        let more = !waiting.publications.is_empty() || !waiting.presence.is_empty();
        drop(waiting);
        if more {
            self.came.notify_one();
        }
        Batch { publications, presence, marks, answers, is_after_loss }
    }

    /// Resolves when something waits. It may have been taken already.
    pub(super) async fn came(&self) {
        self.came.notified().await;
    }
}

fn names(mentions: &[Mentioned]) -> usize {
    const NUMBER: usize = 16;
    mentions.iter().map(|person| person.name.len() + NUMBER).sum()
}

/// About how many bytes it takes in a message.
fn weight(publication: &Publication) -> usize {
    const REST: usize = 160;
    let texts = match publication {
        Publication::Room(event) => {
            let said = match &event.body {
                EventBody::Message(MessageEvent::Posted(content)) => {
                    content.text.len() + content.client_id.len() + names(&content.mentions)
                }
                EventBody::Message(MessageEvent::Edited { text, mentions, .. }) => {
                    text.len() + names(mentions)
                }
                EventBody::Message(MessageEvent::Changed(message)) => {
                    message.content.text.len() + names(&message.content.mentions) + REST
                }
                EventBody::Message(
                    MessageEvent::Deleted { .. } | MessageEvent::Reacted { .. } | MessageEvent::Pinned { .. },
                )
                | EventBody::Member(_)
                | EventBody::Room(_) => REST,
            };
            event.name.len() + said
        }
        Publication::Person { event: UserEvent::Draft(draft), .. } => {
            draft.text.as_ref().map_or(0, |text| text.as_str().len()) + REST
        }
        Publication::Person { event: UserEvent::MembershipBegan(room), .. } => {
            room.title.len() + room.topic.len() + REST
        }
        Publication::Person {
            event:
                UserEvent::ReadMark { .. }
                | UserEvent::MarkedUnread { .. }
                | UserEvent::ScheduleChanged { .. }
                | UserEvent::SettingsChanged { .. }
                | UserEvent::ThreadMark { .. }
                | UserEvent::MembershipEnded { .. }
                | UserEvent::Renamed { .. }
                | UserEvent::SessionEnded(_)
                | UserEvent::SessionRevoked(_),
            ..
        } => 0,
        Publication::Directory(_) => REST,
    };
    REST + texts
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{MessageContent, MessageKind, Millis, NodeId, RoomEvent, RoomId, Seq, UserId};
    use chinwag_core::ports::Settling;
    use std::sync::Arc;

    fn message(seq: i64, length: usize) -> Publication {
        let content = MessageContent::new(MessageKind::Text, "x".repeat(length), "id");
        Publication::Room(Arc::new(RoomEvent {
            room: RoomId(1),
            seq: Seq(seq),
            at: Millis(0),
            actor: UserId(1),
            name: "Alex".to_owned(),
            body: EventBody::Message(MessageEvent::Posted(content)),
        }))
    }

    fn seqs(batch: &Batch) -> Vec<i64> {
        let seq = |publication: &Publication| match publication {
            Publication::Room(event) => event.seq.0,
            Publication::Person { .. } | Publication::Directory(_) => panic!("not a message"),
        };
        batch.publications.iter().map(seq).collect()
    }

    #[test]
    fn a_batch_has_what_fits_into_a_message_and_at_least_one() {
        let outbox = Outbox::default();
        let messages: Vec<_> = [(1, 30_000), (2, 30_000), (3, 30_000), (4, 200_000), (5, 1)]
            .map(|(seq, len)| message(seq, len))
            .into();
        assert_eq!(outbox.put(&messages), 0);
        let batches: Vec<_> = std::iter::repeat_with(|| seqs(&outbox.take())).take(5).collect();
        assert_eq!(batches, [vec![1, 2], vec![3], vec![4], vec![5], vec![]]);
    }

    #[test]
    fn too_much_that_waits_is_given_up_for_what_is_new_and_that_is_said_once() {
        let outbox = Outbox::default();
        for seq in 0..4 {
            assert_eq!(outbox.put(&[message(seq, WAITING / 4 - 1_000)]), 0);
        }
        assert_eq!(outbox.put(&[message(4, WAITING / 4)]), 4);
        let batch = outbox.take();
        assert_eq!((seqs(&batch), batch.is_after_loss), (vec![4], true));
        outbox.put(&[message(5, 1)]);
        let batch = outbox.take();
        assert_eq!((seqs(&batch), batch.is_after_loss), (vec![5], false));
        assert_eq!(outbox.waiting.lock().bytes, 0);
    }

    #[test]
    fn of_questions_and_answers_only_so_many_wait_and_each_once() {
        let outbox = Outbox::default();
        for id in (0..2_000).chain(0..2_000) {
            outbox.ask(BusMark { id, what: Settling::Room(RoomId(1), Seq(1)) });
            outbox.answer(BusAnswer { to: NodeId(1), id });
        }
        let batch = outbox.take();
        assert_eq!((batch.marks.len(), batch.answers.len()), (QUESTIONS, ANSWERS));
        outbox.ask(BusMark { id: 2_000, what: Settling::Room(RoomId(1), Seq(1)) });
        assert_eq!(outbox.take().marks.len(), 1, "there is room again");
    }
}
