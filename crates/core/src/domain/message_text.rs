use super::Refusal;

/// What a person wrote: trimmed, not empty, within the limit. It is never cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText(Box<str>);

impl MessageText {
    /// Reads a text of at most `limit` characters (Unicode scalar values) after trimming.
    ///
    /// # Errors
    /// [`Refusal::MessageEmpty`], [`Refusal::MessageTooLong`].
    pub fn parse(text: &str, limit: usize) -> Result<Self, Refusal> {
        let text = text.trim();
        if text.is_empty() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_counts_characters_not_bytes() {
        assert_eq!(MessageText::parse("  hi\n", 2).unwrap().as_str(), "hi");
        assert!(MessageText::parse("äöü", 3).is_ok());
        assert_eq!(MessageText::parse("äöü!", 3), Err(Refusal::MessageTooLong { length: 4, limit: 3 }));
    }

    #[test]
    fn refuses_only_white_space() {
        assert_eq!(MessageText::parse(" \n\t\u{3000}", 10), Err(Refusal::MessageEmpty));
    }
}
