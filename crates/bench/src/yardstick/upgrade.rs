use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest as _, Sha1};

/// What a client asked for with its upgrade.
pub(super) struct Upgrade {
    pub(super) rooms: Box<[u32]>,
    pub(super) response: String,
    /// Bytes of the request.
    pub(super) size: usize,
}

const ACCEPT: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The upgrade at the beginning of `bytes`: `None` while it is not complete.
pub(super) fn read_upgrade(bytes: &[u8]) -> Result<Option<Upgrade>, &'static str> {
    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else { return Ok(None) };
    let request = str::from_utf8(&bytes[..end]).map_err(|_| "the request is no text")?;
    let (first, headers) = request.split_once("\r\n").ok_or("the request has no headers")?;
    let path = first.split(' ').nth(1).ok_or("the request has no path")?;
    let rooms = path.strip_prefix("/room/").ok_or("the path is not /room/<number>")?;
    let rooms =
        rooms.split(',').map(str::parse).collect::<Result<_, _>>().map_err(|_| "a room is a number")?;
    let key = headers.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("sec-websocket-key").then_some(value.trim())
    });
    let key = key.ok_or("the request has no Sec-WebSocket-Key")?;
    let accept = STANDARD.encode(Sha1::digest([key, ACCEPT].concat()));
    let response = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\n\r\n"
    );
    Ok(Some(Upgrade { rooms, response, size: end + 4 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REQUEST: &str =
        "GET /room/17,3 HTTP/1.1\r\nHost: x\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nrest";

    #[test]
    fn answers_the_example_of_the_standard() {
        let upgrade = read_upgrade(REQUEST.as_bytes()).unwrap().unwrap();
        assert_eq!(*upgrade.rooms, [17, 3]);
        assert!(upgrade.response.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
        assert_eq!(&REQUEST[upgrade.size..], "rest");
    }

    #[test]
    fn waits_for_the_whole_request_and_refuses_others() {
        assert!(read_upgrade(&REQUEST.as_bytes()[..40]).unwrap().is_none());
        assert!(read_upgrade(b"GET /chat HTTP/1.1\r\nSec-WebSocket-Key: x\r\n\r\n").is_err());
        assert!(read_upgrade(b"GET /room/1 HTTP/1.1\r\nHost: x\r\n\r\n").is_err());
    }
}
