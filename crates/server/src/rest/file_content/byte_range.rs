//! A part of a file, as players ask for it (RFC 9110, section 14). Of several parts the whole file is sent, which is right as well.

use axum::http::{HeaderMap, header};
use std::ops::Range;

/// Which part is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ByteRange {
    /// All of it.
    Whole,
    /// From a place on, up to another one (included) or the end.
    From(u64, Option<u64>),
    /// So many at the end.
    Last(u64),
}

impl ByteRange {
    /// What a request asks for of a file with this tag.
    pub(super) fn asked_for(headers: &HeaderMap, tag: &str) -> Self {
        // Whoever has the beginning of something else gets all of this.
        if headers.get(header::IF_RANGE).is_some_and(|known| known != tag) {
            return Self::Whole;
        }
        let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok()?.strip_prefix("bytes="));
        range.and_then(Self::read).unwrap_or(Self::Whole)
    }

    fn read(text: &str) -> Option<Self> {
        let (from, to) = text.trim().split_once('-')?;
        let number = |text: &str| text.trim().parse::<u64>().ok();
        match (from.trim(), to.trim()) {
            ("", last) => Some(Self::Last(number(last)?)),
            (from, "") => Some(Self::From(number(from)?, None)),
            (from, to) => {
                let (from, to) = (number(from)?, number(to)?);
                (from <= to).then_some(Self::From(from, Some(to)))
            }
        }
    }

    /// The bytes that are meant of so many; none for all. Fails when there are none of these.
    pub(super) fn of(self, total: u64) -> Result<Option<Range<u64>>, ()> {
        match self {
            Self::Whole => Ok(None),
            Self::From(from, _) if from >= total => Err(()),
            Self::From(from, to) => Ok(Some(from..to.map_or(total, |to| to.saturating_add(1).min(total)))),
            Self::Last(0) => Err(()),
            Self::Last(last) => Ok(Some(total.saturating_sub(last)..total)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_within_the_file() {
        let part = |asked: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, asked.parse().unwrap());
            ByteRange::asked_for(&headers, "\"a\"").of(10)
        };
        assert_eq!(part("bytes=0-0"), Ok(Some(0..1)));
        assert_eq!(part("bytes=3-"), Ok(Some(3..10)));
        assert_eq!(part("bytes=3-99"), Ok(Some(3..10)));
        assert_eq!(part("bytes=-4"), Ok(Some(6..10)));
        assert_eq!(part("bytes=-99"), Ok(Some(0..10)));
        assert_eq!(part("bytes=10-"), Err(()));
        assert_eq!(part("bytes=-0"), Err(()));
        for whole in ["bytes=5-3", "bytes=0-1,4-5", "lines=1-2", "bytes=x-y", "bytes="] {
            assert_eq!(part(whole), Ok(None), "{whole}");
        }
    }

    #[test]
    fn whoever_has_something_else_gets_all() {
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, "bytes=1-2".parse().unwrap());
        headers.insert(header::IF_RANGE, "\"b\"".parse().unwrap());
        assert_eq!(ByteRange::asked_for(&headers, "\"a\""), ByteRange::Whole);
        assert_eq!(ByteRange::asked_for(&headers, "\"b\""), ByteRange::From(1, Some(2)));
    }
}
