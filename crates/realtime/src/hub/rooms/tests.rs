use super::*;
use crate::heartbeat::Heartbeat;
use crate::hub::HubSettings;
use crate::{Encoders, Metrics};
use chinwag_core::domain::UserId;
use chinwag_core::ports::{Encoder, Signal};
use std::time::Duration;

struct Silent;

impl Encoder for Silent {
    fn event(&self, _room: &RoomSlug, _event: &RoomEvent, _out: &mut Vec<u8>) {}

    fn signal(&self, _signal: &Signal, _viewer: Option<UserId>, _out: &mut Vec<u8>) {}
}

fn hub() -> Arc<Hub> {
    let silent: Arc<dyn Encoder> = Arc::new(Silent);
    let encoders = Encoders {
        native: Arc::clone(&silent),
        simple_room: Arc::clone(&silent),
        simple_chat: Arc::clone(&silent),
        plain: Arc::clone(&silent),
        plain_named: Arc::clone(&silent),
        socketio_rooms: Arc::clone(&silent),
        socketio_lobby: Arc::clone(&silent),
        socketio_silent: silent,
        socketio_guides: Vec::new(),
    };
    let heartbeat = Heartbeat { ping: Duration::from_secs(60), timeout: Duration::from_secs(120) };
    let settings = HubSettings { heartbeat, chatter_interval: Duration::from_millis(5), first_connection: 1 };
    Hub::new(settings, encoders, Metrics::default())
}

#[tokio::test]
async fn a_room_that_was_forgotten_twice_does_not_take_its_successor_along() {
    let (hub, id, slug) = (hub(), RoomId(1), RoomSlug::parse("den").unwrap());
    let first = hub.room(id, &slug);
    hub.forget_if_empty(&first);
    assert!(hub.find_room(id).is_none());
    let second = hub.room(id, &slug);
    hub.forget_if_empty(&first);
    assert!(Arc::ptr_eq(&second, &hub.find_room(id).unwrap()));
}
