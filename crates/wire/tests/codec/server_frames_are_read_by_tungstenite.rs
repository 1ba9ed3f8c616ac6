use crate::one_way::OneWay;
use chinwag_wire::websocket::{PING, frame_end, write_close, write_pong, write_text};
use proptest::collection::vec;
use proptest::prelude::*;
use tokio_tungstenite::tungstenite::protocol::Role;
use tokio_tungstenite::tungstenite::{Message, WebSocket};

/// A frame of the server.
#[derive(Clone, Debug)]
enum Written {
    Text(String),
    Ping,
    Pong(Vec<u8>),
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        "\\PC{0,200}".prop_map(Written::Text),
        prop_oneof![120..130_usize, 65_530..65_540_usize]
            .prop_map(|length| Written::Text("x".repeat(length))),
        Just(Written::Ping),
        vec(any::<u8>(), 0..=125).prop_map(Written::Pong),
    ]
}

fn write(frame: &Written, out: &mut Vec<u8>) {
    match frame {
        Written::Text(text) => write_text(out, |payload| payload.extend_from_slice(text.as_bytes())),
        Written::Ping => out.extend_from_slice(PING),
        Written::Pong(payload) => write_pong(out, payload),
    }
}

proptest! {
    #[test]
    fn joined_frames_are_read_one_by_one(
        frames in vec(written(), 0..8),
        code in prop_oneof![1000..=1003_u16, 4000..=4199_u16],
        reason in "\\PC{0,100}",
    ) {
        let mut bytes = Vec::new();
        for frame in &frames {
            write(frame, &mut bytes);
        }
        write_close(&mut bytes, code, &reason);

        let mut socket = WebSocket::from_raw_socket(OneWay::new(&bytes), Role::Client, None);
        for frame in frames {
            let expected = match frame {
                Written::Text(text) => Message::text(text),
                Written::Ping => Message::Ping(Vec::new().into()),
                Written::Pong(payload) => Message::Pong(payload.into()),
            };
            prop_assert_eq!(socket.read().unwrap(), expected);
        }
        let Message::Close(Some(status)) = socket.read().unwrap() else { panic!("no close frame") };
        prop_assert_eq!(u16::from(status.code), code);
        prop_assert!(reason.starts_with(status.reason.as_str()));
    }

    #[test]
    fn the_end_of_a_half_written_frame_is_where_the_next_one_begins(
        frames in vec(written(), 1..8),
        place in any::<prop::sample::Index>(),
    ) {
        let mut bytes = Vec::new();
        let mut ends = vec![0];
        for frame in &frames {
            write(frame, &mut bytes);
            ends.push(bytes.len());
        }
        let place = place.index(bytes.len() + 1);
        let next = ends.into_iter().find(|end| *end >= place);
        prop_assert_eq!(Some(frame_end(&bytes, place)), next);
    }
}
