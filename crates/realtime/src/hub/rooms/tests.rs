use super::*;
use crate::connection::{Encoders, Heartbeat};
use crate::hub::HubSettings;
use crate::metrics::Metrics;
use chinwag_core::domain::{Millis, UserId};
use chinwag_core::ports::{Clock, Encoder, Signal};
use std::time::Duration;

struct Silent;

impl Encoder for Silent {
    fn event(&self, _room: &RoomAddress, _event: &RoomEvent, _out: &mut Vec<u8>) {}

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}

struct Stopped;

impl Clock for Stopped {
    fn now(&self) -> Millis {
        Millis(0)
    }
}

fn hub() -> Arc<Hub> {
    let heartbeat = Heartbeat { ping: Duration::from_secs(60), timeout: Duration::from_secs(120) };
    let settings = HubSettings {
        heartbeat,
        tick: Duration::from_millis(5),
        send_queue_total: usize::MAX,
        first_connection: 1,
    };
    Hub::new(settings, Encoders::new(Arc::new(Silent), Vec::new()), Metrics::default(), Arc::new(Stopped))
}

#[tokio::test]
async fn a_room_that_was_forgotten_twice_does_not_take_its_successor_along() {
    let (hub, id) = (hub(), RoomId(1));
    let address = RoomAddress { id, slug: RoomSlug::parse("den").ok() };
    let first = hub.room(&address);
    hub.forget_if_empty(&first);
    assert!(hub.find_room(id).is_none());
    let second = hub.room(&address);
    hub.forget_if_empty(&first);
    assert!(Arc::ptr_eq(&second, &hub.find_room(id).unwrap()));
}
