//! What a file is, by its content. The ending of its name means nothing.

use chinwag_core::domain::Attachment;
use std::path::Path;
use tokio::fs::File;
use tokio::io::AsyncReadExt as _;

/// Bytes at the beginning of a file that tell what it is.
const LOOKED_AT: u64 = 8 * 1024;

/// What is known of nothing.
pub(super) const UNKNOWN: &str = "application/octet-stream";
const TEXT: &str = "text/plain";

/// What a file of this machine is.
pub(super) async fn of_file(path: &Path) -> std::io::Result<String> {
    let mut begin = Vec::new();
    File::open(path).await?.take(LOOKED_AT).read_to_end(&mut begin).await?;
    Ok(of(&begin).to_owned())
}

/// What begins so.
pub(super) fn of(begin: &[u8]) -> &'static str {
    match infer::get(begin).map(|kind| kind.mime_type()) {
        // What a browser would carry out is text here, or nothing known.
        Some("text/html" | "text/xml" | "application/xhtml+xml" | "image/svg+xml") => TEXT,
        Some(kind) => kind,
        None if is_text(begin) => TEXT,
        None => UNKNOWN,
    }
}

/// Whether this is the beginning of a text. Its last character may be cut.
fn is_text(begin: &[u8]) -> bool {
    let readable = match std::str::from_utf8(begin) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&begin[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !readable.is_empty()
        && !readable.chars().any(|character| character.is_control() && !character.is_whitespace())
}

/// Whether browsers show it where it stands, and do not only keep it: pictures that were encoded anew, sound and moving pictures.
pub(crate) fn is_shown(file: &Attachment) -> bool {
    file.picture.is_some() || file.media_type.starts_with("audio/") || file.media_type.starts_with("video/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_says_what_it_is() {
        for (begin, kind) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "image/png"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
            (b"GIF89a", "image/gif"),
            (b"%PDF-1.7", "application/pdf"),
            (b"PK\x03\x04", "application/zip"),
            (b"hello\nworld", "text/plain"),
            ("ein Wör".as_bytes(), "text/plain"),
            (&"ein Wör".as_bytes()[..6], "text/plain"),
            (b"\0\x01\x02", UNKNOWN),
            (b"", UNKNOWN),
            (b"<!DOCTYPE html><script>alert(1)</script>", "text/plain"),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain"),
            (b"<?xml version='1.0'?><svg/>", "text/plain"),
        ] {
            assert_eq!(of(begin), kind, "{:?}", String::from_utf8_lossy(begin));
        }
    }
}
