use super::Refusal;
use super::visibility::{has_nul, visible_text};
use std::borrow::Cow;

/// What a person wrote: not empty where nothing else came with it, within the limit, without what cannot be seen. It is never cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText(Box<str>);

impl MessageText {
    /// Reads a text of at most `limit` characters (Unicode scalar values) after trimming. The first of several lines keeps its indentation,
    /// which belongs to those below it.
    ///
    /// # Errors
    /// [`Refusal::MessageEmpty`], [`Refusal::MessageTooLong`], [`Refusal::MessageInvalid`].
    pub fn parse(text: &str, limit: usize) -> Result<Self, Refusal> {
        Self::within(trimmed(&visible(text)?), limit)
    }

    /// Reads a text with the white space around it, of at most `limit` characters with that.
    ///
    /// # Errors
    /// [`Refusal::MessageEmpty`] when there is nothing to be seen, [`Refusal::MessageTooLong`], [`Refusal::MessageInvalid`].
    pub fn exact(text: &str, limit: usize) -> Result<Self, Refusal> {
        Self::within(&visible(text)?, limit)
    }

    /// Reads the text of a message that has something else to show, and so may be empty.
    ///
    /// # Errors
    /// [`Refusal::MessageTooLong`], [`Refusal::MessageInvalid`].
    pub fn or_nothing(parsed: Result<Self, Refusal>) -> Result<Self, Refusal> {
        match parsed {
            Err(Refusal::MessageEmpty) => Ok(Self(Box::default())),
            parsed => parsed,
        }
    }

    fn within(text: &str, limit: usize) -> Result<Self, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::MessageEmpty);
        }
        // A character has at least one byte, so short texts need no count.
        if text.len() > limit {
            let length = text.chars().count();
            if length > limit {
                return Err(Refusal::MessageTooLong { length, limit });
            }
        }
        Ok(Self(text.into()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn visible(text: &str) -> Result<Cow<'_, str>, Refusal> {
    if has_nul(text) {
        return Err(Refusal::MessageInvalid("A message cannot have the character U+0000. Send it without."));
    }
    Ok(visible_text(text))
}

fn trimmed(text: &str) -> &str {
    let text = text.trim_end();
    let words = text.trim_start();
    if !words.contains('\n') {
        return words;
    }
    let blank = &text[..text.len() - words.len()];
    &text[blank.rfind('\n').map_or(0, |end| end + 1)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_several_lines_keeps_its_indentation() {
        for (typed, kept) in [
            ("    if (a) {\n        b();\n    }\n", "    if (a) {\n        b();\n    }"),
            (" \n\n\tif a:\n\t\tb()", "\tif a:\n\t\tb()"),
            ("  hello  ", "hello"),
            ("\n  hello\n", "hello"),
        ] {
            assert_eq!(MessageText::parse(typed, 100).unwrap().as_str(), kept, "{typed:?}");
        }
    }

    #[test]
    fn trims_and_counts_characters_not_bytes() {
        assert_eq!(MessageText::parse("  hi\n", 2).unwrap().as_str(), "hi");
        assert!(MessageText::parse("äöü", 3).is_ok());
        assert_eq!(MessageText::parse("äöü!", 3), Err(Refusal::MessageTooLong { length: 4, limit: 3 }));
    }

    #[test]
    fn exact_keeps_and_counts_what_is_around() {
        assert_eq!(MessageText::exact("  hi\n", 5).unwrap().as_str(), "  hi\n");
        assert_eq!(MessageText::exact("  hi\n", 4), Err(Refusal::MessageTooLong { length: 5, limit: 4 }));
        assert_eq!(MessageText::exact(" \n", 10), Err(Refusal::MessageEmpty));
    }

    #[test]
    fn refuses_what_cannot_be_seen() {
        for text in [
            "\u{200b}",
            " \u{2060}\n\u{feff}",
            "\u{202e}",
            "\u{3164}",
            "\u{2800}\u{2800}",
            "\u{115f}",
            "\u{1b}",
        ] {
            assert_eq!(MessageText::exact(text, 10), Err(Refusal::MessageEmpty), "{text:?}");
            assert_eq!(MessageText::parse(text, 10), Err(Refusal::MessageEmpty), "{text:?}");
        }
        assert!(MessageText::parse("\u{200f}שלום", 10).is_ok());
    }

    #[test]
    fn refuses_nul() {
        for text in ["\0", "a\0b", " \0", "hello\0"] {
            let refused =
                |read: Result<MessageText, Refusal>| matches!(read, Err(Refusal::MessageInvalid(_)));
            assert!(
                refused(MessageText::exact(text, 10)) && refused(MessageText::parse(text, 10)),
                "{text:?}"
            );
        }
    }

    #[test]
    fn leaves_out_what_controls_a_terminal() {
        assert_eq!(MessageText::exact("\u{1b}[2Jhi\r\n", 10).unwrap().as_str(), "[2Jhi\n");
        assert_eq!(MessageText::parse("a\u{8}\u{9b}1A\u{202e}b", 10).unwrap().as_str(), "a1Ab");
    }

    #[test]
    fn refuses_only_white_space() {
        assert_eq!(MessageText::parse(" \n\t\u{3000}", 10), Err(Refusal::MessageEmpty));
    }
}
