/// Any key will do: masking protects proxies from pages, and there is neither here. It is not 0, so that the server has to
/// unmask as it does for everyone.
const KEY: [u8; 4] = [0x5A, 0x1C, 0x93, 0x66];

const FINAL_TEXT: u8 = 0x81;
const FINAL_PONG: u8 = 0x8A;

/// Appends a text frame as a client sends it.
pub(crate) fn write_client_frame(out: &mut Vec<u8>, text: &[u8]) {
    write(out, FINAL_TEXT, text);
}

/// Appends the answer to a ping.
pub(super) fn write_pong(out: &mut Vec<u8>, payload: &[u8]) {
    write(out, FINAL_PONG, payload);
}

fn write(out: &mut Vec<u8>, kind: u8, payload: &[u8]) {
    const MASKED: u8 = 0x80;
    match u16::try_from(payload.len()) {
        Ok(short) if short < 126 => out.extend_from_slice(&[kind, MASKED | short as u8]),
        Ok(middle) => {
            out.extend_from_slice(&[kind, MASKED | 126]);
            out.extend_from_slice(&middle.to_be_bytes());
        }
        Err(_) => {
            out.extend_from_slice(&[kind, MASKED | 127]);
            out.extend_from_slice(&(payload.len() as u64).to_be_bytes());
        }
    }
    out.extend_from_slice(&KEY);
    out.extend(payload.iter().zip(KEY.iter().cycle()).map(|(byte, key)| byte ^ key));
}
