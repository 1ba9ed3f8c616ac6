use crate::error::RequestError;
use crate::state::End;
use chinwag_wire::native::{ClientFrame, Ref, ServerFrame};
use std::collections::{BTreeMap, VecDeque};
use tokio::sync::{OwnedSemaphorePermit, oneshot};

/// What is asked of the server and has no reply yet.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    last_ref: u64,
    /// Not written yet, in order of their refs.
    waiting: VecDeque<Request>,
    /// Written on the present connection.
    in_flight: BTreeMap<u64, Request>,
    ended: Option<End>,
}

/// What becomes of a request.
pub(crate) type Reply = Result<ServerFrame, RequestError>;

#[derive(Debug)]
struct Request {
    reference: u64,
    frame: String,
    repeat: Repeat,
    reply: oneshot::Sender<Reply>,
    /// Its place among the requests that may be made at once. Freed with the request.
    _place: Option<OwnedSemaphorePermit>,
}

/// Whether a request is made again when the connection is lost before the reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// The server knows it again by its `clientId`.
    Safe,
    /// Nobody knows whether it was carried out.
    Unsafe,
}

impl Requests {
    /// Takes a request whose frame `make` builds around its ref.
    pub(crate) fn add(
        &mut self,
        repeat: Repeat,
        place: Option<OwnedSemaphorePermit>,
        make: impl FnOnce(Option<Ref>) -> ClientFrame,
    ) -> oneshot::Receiver<Reply> {
        let (reply, receiver) = oneshot::channel();
        if let Some(end) = &self.ended {
            // Nobody listens when the caller has given up meanwhile.
            _ = reply.send(Err(end.clone().into()));
            return receiver;
        }
        let reference = self.next_ref();
        // Frames have string keys only, so they can always be written.
        let frame = serde_json::to_string(&make(Some(Ref::Number(reference)))).unwrap_or_default();
        self.waiting.push_back(Request { reference, frame, repeat, reply, _place: place });
        receiver
    }

    /// A ref for a frame that is not kept here.
    pub(crate) fn next_ref(&mut self) -> u64 {
        self.last_ref += 1;
        self.last_ref
    }

    /// The next frame to be written.
    pub(crate) fn next_frame(&mut self) -> Option<String> {
        let mut request = self.waiting.pop_front()?;
        let frame = match request.repeat {
            Repeat::Safe => request.frame.clone(),
            Repeat::Unsafe => std::mem::take(&mut request.frame),
        };
        self.in_flight.insert(request.reference, request);
        Some(frame)
    }

    /// Hands a reply to whoever waits for it. Answers whether somebody did.
    pub(crate) fn reply(&mut self, reference: Option<&Ref>, reply: Reply) -> bool {
        let Some(Ref::Number(reference)) = reference else { return false };
        let Some(request) = self.in_flight.remove(reference) else { return false };
        _ = request.reply.send(reply);
        true
    }

    /// The connection is lost: what is safe to repeat goes to the front again, in order.
    pub(crate) fn lost(&mut self) {
        for (_, request) in std::mem::take(&mut self.in_flight).into_iter().rev() {
            match request.repeat {
                Repeat::Safe => self.waiting.push_front(request),
                Repeat::Unsafe => _ = request.reply.send(Err(RequestError::Lost)),
            }
        }
    }

    /// Nothing more will be sent.
    pub(crate) fn end(&mut self, end: &End) {
        let in_flight = std::mem::take(&mut self.in_flight).into_values();
        for request in in_flight.chain(std::mem::take(&mut self.waiting)) {
            _ = request.reply.send(Err(end.clone().into()));
        }
        self.ended = Some(end.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_wire::native::{Rooms, Typing};
    use serde_json::Value;

    fn add(requests: &mut Requests, repeat: Repeat) -> oneshot::Receiver<Reply> {
        requests.add(repeat, None, |reference| {
            ClientFrame::Rooms(Rooms { reference, search: String::new(), after: None, limit: None })
        })
    }

    fn refs(requests: &mut Requests) -> Vec<u64> {
        let frames = std::iter::from_fn(|| requests.next_frame());
        let number = |frame: String| serde_json::from_str::<Value>(&frame).unwrap()["ref"].as_u64().unwrap();
        frames.map(number).collect()
    }

    fn ok() -> Reply {
        Ok(ServerFrame::Ok { reference: None })
    }

    #[test]
    fn replies_find_their_requests_in_any_order_and_once() {
        let mut requests = Requests::default();
        let mut first = add(&mut requests, Repeat::Unsafe);
        let mut second = add(&mut requests, Repeat::Unsafe);
        assert_eq!(refs(&mut requests), [1, 2]);
        assert!(requests.reply(Some(&Ref::Number(2)), ok()));
        assert!(first.try_recv().is_err());
        assert!(second.try_recv().unwrap().is_ok());
        assert!(!requests.reply(Some(&Ref::Number(2)), ok()), "a second reply is nobody's");
        assert!(!requests.reply(Some(&Ref::Text("1".into())), ok()));
        assert!(!requests.reply(None, ok()));
    }

    #[test]
    fn messages_are_repeated_in_order_and_others_are_lost() {
        let mut requests = Requests::default();
        let _a = add(&mut requests, Repeat::Safe);
        let mut b = add(&mut requests, Repeat::Unsafe);
        let _c = add(&mut requests, Repeat::Safe);
        assert_eq!(refs(&mut requests), [1, 2, 3]);
        let _d = add(&mut requests, Repeat::Unsafe);
        requests.lost();
        assert!(matches!(b.try_recv().unwrap(), Err(RequestError::Lost)));
        assert_eq!(refs(&mut requests), [1, 3, 4]);
    }

    #[test]
    fn the_end_is_told_to_all() {
        let mut requests = Requests::default();
        let mut written = add(&mut requests, Repeat::Safe);
        assert_eq!(refs(&mut requests), [1]);
        let mut waiting = add(&mut requests, Repeat::Unsafe);
        requests.end(&End::Closed);
        let mut late =
            requests.add(Repeat::Safe, None, |reference| ClientFrame::Typing(Typing { reference, room: 1 }));
        for receiver in [&mut written, &mut waiting, &mut late] {
            assert!(matches!(receiver.try_recv().unwrap(), Err(RequestError::Ended(End::Closed))));
        }
        assert_eq!(requests.next_frame(), None);
    }
}
