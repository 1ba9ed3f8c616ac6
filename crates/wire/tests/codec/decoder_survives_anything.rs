use crate::client_stream::{decode, decode_in_steps, frame, places, valid_stream};
use proptest::collection::vec;
use proptest::prelude::*;

/// Bytes from noise to almost valid: pure noise hardly gets past the first header.
fn anything() -> impl Strategy<Value = Vec<u8>> {
    let headers = (any::<u8>(), any::<[u8; 4]>(), vec(any::<u8>(), 0..200))
        .prop_map(|(first, mask, payload)| frame(first & 0x8F, mask, &payload));
    let damaged = (valid_stream(), vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)).prop_map(
        |((mut bytes, _), damages)| {
            for (place, byte) in damages {
                if !bytes.is_empty() {
                    let place = place.index(bytes.len());
                    bytes[place] = byte;
                }
            }
            bytes
        },
    );
    prop_oneof![vec(any::<u8>(), 0..400), vec(headers, 0..8).prop_map(|frames| frames.concat()), damaged,]
}

proptest! {
    #[test]
    fn the_chunks_in_which_bytes_come_never_matter(
        bytes in anything(),
        cuts in vec(any::<prop::sample::Index>(), 0..12),
    ) {
        prop_assert_eq!(decode(&bytes, &places(&cuts, bytes.len())), decode(&bytes, &[]));
    }

    #[test]
    fn pauses_between_frames_never_matter(
        bytes in anything(),
        cuts in vec(any::<prop::sample::Index>(), 0..4),
        most in 1_usize..4,
    ) {
        prop_assert_eq!(decode_in_steps(&bytes, &places(&cuts, bytes.len()), most), decode(&bytes, &[]));
    }

    #[test]
    fn single_bytes_give_what_the_whole_gives(bytes in vec(any::<u8>(), 0..200)) {
        let every: Vec<usize> = (0..bytes.len()).collect();
        prop_assert_eq!(decode(&bytes, &every), decode(&bytes, &[]));
    }

    #[test]
    fn every_violation_has_a_documented_code(bytes in anything()) {
        if let (_, Some(violation)) = decode(&bytes, &[]) {
            prop_assert!(matches!(violation.code, 1002 | 1007 | 1009), "{:?}", violation);
            prop_assert!(violation.reason.len() <= 123 && violation.reason.ends_with('.'));
        }
    }
}
