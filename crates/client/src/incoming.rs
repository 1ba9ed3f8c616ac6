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
                let order = self.shared.logs.lock().take(&event, self.me);
                match order {
                    Ok(()) => self.tell(Event::Log(event)).await,
                    Err(fault) => return self.out_of_order(fault).await,
                }
            }
            ServerFrame::Joined { ref reference, ref snapshot } => {
                self.shared.logs.lock().begin(&snapshot.room, snapshot.head_seq);
                self.tell(Event::Joined(Box::new(snapshot.clone()))).await;
                self.reply(reference.clone(), Ok(frame)).await;
            }
            ServerFrame::Left { ref reference, ref room } => {
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
            | ServerFrame::Members { ref reference, .. }
            | ServerFrame::Rooms { ref reference, .. }
            | ServerFrame::Room { ref reference, .. }
            | ServerFrame::Renamed { ref reference, .. }
            | ServerFrame::Said { ref reference, .. }
            | ServerFrame::Ok { ref reference } => self.reply(reference.clone(), Ok(frame)).await,
            ServerFrame::Resumed { room, head_seq } => {
                let order = self.shared.logs.lock().resumed(&room, head_seq);
                match order {
                    Ok(()) => self.tell(Event::Resumed { room, head_seq }).await,
                    Err(fault) => return self.out_of_order(fault).await,
                }
            }
            ServerFrame::Reset { snapshot } => {
                self.shared.logs.lock().begin(&snapshot.room, snapshot.head_seq);
                self.tell(Event::Reset(Box::new(snapshot))).await;
            }
            ServerFrame::RoomGone { room } => {
                self.shared.logs.lock().forget(&room);
                self.tell(Event::RoomGone { room }).await;
            }
            ServerFrame::Presence { room, online, changes, truncated } => {
                self.tell(Event::Presence { room, online, changes, truncated }).await;
            }
            ServerFrame::Typing { room, users, more } => self.tell(Event::Typing { room, users, more }).await,
            ServerFrame::ReadMark { room, seq } => self.tell(Event::ReadMark { room, seq }).await,
            ServerFrame::Membership { room, member } => self.tell(Event::Membership { room, member }).await,
            ServerFrame::Directory { changed, removed } => {
                self.tell(Event::Directory { changed, removed }).await
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

    async fn out_of_order(&self, fault: Fault) -> Result<(), Hole> {
        self.tell(Event::Fault(fault.clone())).await;
        match fault {
            Fault::OutOfOrder { due: Some(due), got, .. } if got > due => Err(Hole(fault)),
            Fault::OutOfOrder { .. } | Fault::UnexpectedReply(_) | Fault::Unreadable(_) => Ok(()),
        }
    }

    /// Waits while the events are full. Whoever dropped them does not want to know.
    pub(crate) async fn tell(&self, event: Event) {
        _ = self.events.send(event).await;
    }
}
