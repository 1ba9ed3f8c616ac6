use crate::client_stream::{LIMIT, Received, decode, places, valid_stream};
use crate::one_way::OneWay;
use proptest::collection::vec;
use proptest::prelude::*;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Message, WebSocket};

/// What tungstenite makes of a client's bytes, until they end, break the protocol or close.
fn tungstenite(bytes: &[u8]) -> Vec<Received> {
    let config = WebSocketConfig::default().max_message_size(Some(LIMIT)).max_frame_size(Some(LIMIT));
    let mut socket = WebSocket::from_raw_socket(OneWay::new(bytes), Role::Server, Some(config));
    let mut received = Vec::new();
    while let Ok(message) = socket.read() {
        received.push(match message {
            Message::Text(text) => Received::Text(text.as_str().to_owned()),
            Message::Binary(payload) => Received::Binary(payload.to_vec()),
            Message::Ping(payload) => Received::Ping(payload.to_vec()),
            Message::Pong(_) => Received::Pong,
            Message::Close(status) => {
                received.push(Received::Close(status.map(|status| status.code.into())));
                break;
            }
            Message::Frame(_) => unreachable!("reading never gives a raw frame"),
        });
    }
    received
}

proptest! {
    #[test]
    fn a_valid_stream_is_read_as_tungstenite_reads_it(
        (bytes, expected) in valid_stream(),
        cuts in vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let (received, violation) = decode(&bytes, &places(&cuts, bytes.len()));
        prop_assert_eq!(violation, None);
        prop_assert_eq!(&received, &expected);
        prop_assert_eq!(received, tungstenite(&bytes));
    }

    #[test]
    fn what_comes_before_a_damage_is_read_as_tungstenite_reads_it(
        (mut bytes, _) in valid_stream(),
        place in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        if !bytes.is_empty() {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let (ours, _) = decode(&bytes, &[]);
        let theirs = tungstenite(&bytes);
        // One of the two may stop earlier: they are strict about different things.
        let common = ours.len().min(theirs.len());
        prop_assert_eq!(&ours[..common], &theirs[..common]);
    }
}
