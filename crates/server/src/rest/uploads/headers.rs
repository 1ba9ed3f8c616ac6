//! The headers of tus 1.0.

use axum::http::{HeaderMap, HeaderName, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chinwag_wire::native::{ErrorCode, ProtocolError};

pub(super) const VERSION: &str = "1.0.0";
pub(super) const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub(super) const VERSIONS: HeaderName = HeaderName::from_static("tus-version");
pub(super) const EXTENSIONS: HeaderName = HeaderName::from_static("tus-extension");
pub(super) const MOST: HeaderName = HeaderName::from_static("tus-max-size");
pub(super) const LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub(super) const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub(super) const LOCATION: HeaderName = header::LOCATION;
const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
const PART: &str = "application/offset+octet-stream";

/// What somebody begins to bring.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) length: u64,
    pub(super) room: i64,
    pub(super) name: String,
}

/// Where a part of a file belongs.
pub(super) struct OffsetWish(pub(super) u64);

/// Refuses another version of the protocol.
pub(super) fn check_version(headers: &HeaderMap) -> Result<(), ProtocolError> {
    match headers.get(RESUMABLE) {
        Some(version) if version == VERSION => Ok(()),
        Some(_) | None => Err(bad("Say Tus-Resumable: 1.0.0.")),
    }
}

impl Wish {
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, ProtocolError> {
        let length =
            number(headers, &LENGTH).ok_or_else(|| bad("Upload-Length says how many bytes a file has."))?;
        let metadata = headers.get(METADATA).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let room = value_of(metadata, "room").and_then(|room| room.parse().ok());
        let room = room.ok_or_else(|| bad("Upload-Metadata says the room in which a file is shared."))?;
        Ok(Self { length, room, name: value_of(metadata, "filename").unwrap_or_default() })
    }
}

impl OffsetWish {
    pub(super) fn read(headers: &HeaderMap) -> Result<Self, ProtocolError> {
        if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != PART) {
            return Err(bad("A part of a file is application/offset+octet-stream."));
        }
        number(headers, &OFFSET)
            .map(Self)
            .ok_or_else(|| bad("Upload-Offset says where a part of a file belongs."))
    }
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.parse().ok()
}

/// A value of `Upload-Metadata`: pairs of a key and a text in base64.
fn value_of(metadata: &str, wanted: &str) -> Option<String> {
    let mut pairs = metadata.split(',').filter_map(|pair| pair.trim().split_once(' '));
    let (_, value) = pairs.find(|(key, _)| *key == wanted)?;
    String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()
}

fn bad(sentence: &str) -> ProtocolError {
    ProtocolError::new(ErrorCode::BadFrame, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_says_how_long_and_where() {
        let read = |length: &'static str, metadata: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(LENGTH, length.parse().unwrap());
            headers.insert(METADATA, metadata.parse().unwrap());
            Wish::read(&headers)
        };
        let wish = read("7", "room MTI=,filename Y2F0LnBuZw==").unwrap();
        assert_eq!(wish, Wish { length: 7, room: 12, name: "cat.png".to_owned() });
        assert_eq!(read("7", "room MTI=, other").unwrap().name, "");
        for (length, metadata) in
            [("x", "room MTI="), ("7", "filename MTI="), ("7", "room x"), ("-1", "room MTI=")]
        {
            assert!(read(length, metadata).is_err(), "{length} {metadata}");
        }
    }
}
