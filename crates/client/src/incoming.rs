use crate::client::Shared;
use crate::error::{Fault, RequestError};
use crate::event::Event;
use chinwag_wire::native::{Ref, ServerFrame};
use tokio::sync::mpsc;

/// Characters of an unreadable frame that are told.
const SHOWN: usize = 200;

/// Takes the frames of one connection: replies to whoever waits for them, everything else to the events.
pub(crate) struct Incoming<'a> {
    pub(crate) shared: &'a Shared,
    pub(crate) events: &'a mpsc::Sender<Event>,
    /// The person whose client this is.
    pub(crate) me: i64,
}

/// A place among the events; none when nobody listens any more.
struct Place<'a>(Option<mpsc::Permit<'a, Event>>);

impl Place<'_> {
    fn take(self, event: Event) {
        if let Some(permit) = self.0 {
            permit.send(event);
        }
    }
}

/// Something is missing: the connection has to be made again to resume from the last good place.
pub(crate) struct Hole(pub(crate) Fault);

impl Incoming<'_> {
    pub(crate) async fn take(&self, text: &str) -> Result<(), Hole> {
        let Ok(frame) = serde_json::from_str::<ServerFrame>(text) else {
            let shown = text.chars().take(SHOWN).collect();
            self.tell(Event::Fault(Fault::Unreadable(shown))).await;
            return Ok(());
        };
        match frame {
            ServerFrame::Log(event) => {
                let place = self.place().await;
                let order = self.shared.logs.lock().take(&event, self.me);
                match order {
                    Ok(()) => place.take(Event::Log(event)),
                    Err(fault) => return out_of_order(place, fault),
                }
            }
            ServerFrame::Joined { ref reference, ref snapshot } => {
                let place = self.place().await;
                self.shared.logs.lock().begin(snapshot.summary.room, snapshot.summary.head_seq);
                place.take(Event::Joined(Box::new(snapshot.clone())));
                self.reply(reference.clone(), Ok(frame)).await;
            }
            ServerFrame::Left { ref reference, room } => {
                self.shared.logs.lock().forget(room);
                self.reply(reference.clone(), Ok(frame)).await;
            }
            ServerFrame::Error { reference: None, error } => self.tell(Event::Error(error)).await,
            ServerFrame::Error { reference, error } => {
                self.reply(reference, Err(RequestError::Refused(error))).await;
            }
            ServerFrame::Welcome { ref reference, .. }
            | ServerFrame::Ack { ref reference, .. }
            | ServerFrame::History { ref reference, .. }
            | ServerFrame::Thread { ref reference, .. }
            | ServerFrame::Threads { ref reference, .. }
            | ServerFrame::Members { ref reference, .. }
            | ServerFrame::Rooms { ref reference, .. }
            | ServerFrame::Found { ref reference, .. }
            | ServerFrame::Bans { ref reference, .. }
            | ServerFrame::Room { ref reference, .. }
            | ServerFrame::Renamed { ref reference, .. }
            | ServerFrame::Said { ref reference, .. }
            | ServerFrame::Ok { ref reference } => self.reply(reference.clone(), Ok(frame)).await,
            ServerFrame::Resumed { room, head_seq } => {
                let place = self.place().await;
                let order = self.shared.logs.lock().resumed(room, head_seq);
                match order {
                    Ok(()) => place.take(Event::Resumed { room, head_seq }),
                    Err(fault) => return out_of_order(place, fault),
                }
            }
            ServerFrame::Skipped { room, from, to } => {
                let place = self.place().await;
                let order = self.shared.logs.lock().skip(room, from, to);
                match order {
                    Ok(()) => place.take(Event::Skipped { room, from, to }),
                    Err(fault) => return out_of_order(place, fault),
                }
            }
            ServerFrame::Reset { snapshot } => {
                let place = self.place().await;
                self.shared.logs.lock().begin(snapshot.summary.room, snapshot.summary.head_seq);
                place.take(Event::Reset(Box::new(snapshot)));
            }
            ServerFrame::RoomGone { room } => {
                let place = self.place().await;
                self.shared.logs.lock().forget(room);
                place.take(Event::RoomGone { room });
            }
            ServerFrame::Presence { room, online, changes, truncated } => {
                self.tell(Event::Presence { room, online, changes, truncated }).await;
            }
            ServerFrame::Typing { room, users, more } => self.tell(Event::Typing { room, users, more }).await,
            ServerFrame::Seen { room, reads } => self.tell(Event::Seen { room, reads }).await,
            ServerFrame::ReadMark { room, seq } => self.tell(Event::ReadMark { room, seq }).await,
            ServerFrame::MarkedUnread { room, seq } => self.tell(Event::MarkedUnread { room, seq }).await,
            ServerFrame::Draft { draft } => self.tell(Event::Draft(draft)).await,
            ServerFrame::ScheduleChanged { due } => self.tell(Event::ScheduleChanged { due }).await,
            ServerFrame::SettingsChanged { revision } => {
                self.tell(Event::SettingsChanged { revision }).await;
            }
            ServerFrame::ThreadMark { room, root, follows, read_seq } => {
                self.tell(Event::ThreadMark { room, root, follows, read_seq }).await;
            }
            ServerFrame::Membership { room, member, summary } => {
                let summary = summary.map(Box::new);
                self.tell(Event::Membership { room, member, summary }).await;
            }
            ServerFrame::UserRenamed { user } => self.tell(Event::UserRenamed(user)).await,
            ServerFrame::Directory { changed, removed, avatars, emoji } => {
                self.tell(Event::Directory { changed, removed, avatars, emoji }).await
            }
            ServerFrame::Stale {} => self.tell(Event::Stale).await,
        }
        Ok(())
    }

    async fn reply(&self, reference: Option<Ref>, reply: Result<ServerFrame, RequestError>) {
        let expected = self.shared.requests.lock().reply(reference.as_ref(), reply);
        if !expected {
            self.tell(Event::Fault(Fault::UnexpectedReply(reference))).await;
        }
    }

    /// Waits for a place for one event. What counts as seen changes only behind this: whoever gives up waiting has seen nothing, and
    /// gets the event again.
    async fn place(&self) -> Place<'_> {
        Place(self.events.reserve().await.ok())
    }

    /// Waits while the events are full. Whoever dropped them does not want to know.
    pub(crate) async fn tell(&self, event: Event) {
        _ = self.events.send(event).await;
    }
}

fn out_of_order(place: Place<'_>, fault: Fault) -> Result<(), Hole> {
    place.take(Event::Fault(fault.clone()));
    match fault {
        Fault::OutOfOrder { due: Some(due), got, .. } if got > due => Err(Hole(fault)),
        Fault::OutOfOrder { .. } | Fault::UnexpectedReply(_) | Fault::Unreadable(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;
    use tokio::sync::{Notify, Semaphore};

    const JOINED: &str = r#"{"type":"memberJoined","room":1,"seq":5,"userId":7,"name":"Alex","at":0}"#;

    #[tokio::test]
    async fn what_nobody_had_a_place_for_is_not_seen() {
        let shared = Shared {
            requests: Default::default(),
            logs: Default::default(),
            wake: Notify::new(),
            retry_now: Notify::new(),
            places: Semaphore::new(1).into(),
        };
        shared.logs.lock().begin(1, 4);
        let (events, mut receiver) = mpsc::channel(1);
        events.send(Event::Stale).await.unwrap();
        let incoming = Incoming { shared: &shared, events: &events, me: 7 };
        // The consumer is slow, the connection breaks, and the reading is given up.
        assert!(incoming.take(JOINED).now_or_never().is_none());
        assert_eq!(shared.logs.lock().seen(1), Some(4), "so that the resume asks for it again");

        receiver.recv().await.unwrap();
        assert!(incoming.take(JOINED).await.is_ok());
        assert_eq!(shared.logs.lock().seen(1), Some(5));
        assert!(matches!(receiver.recv().await, Some(Event::Log(_))));
    }
}
