use super::{Refusal, RoomSlug};

/// A room's title: 1 to 60 characters after trimming, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomTitle(Box<str>);

/// What a room is about: at most 200 characters after trimming, on one line; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomTopic(Box<str>);

impl RoomTitle {
    /// Reads a title.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        match one_line(text, 60) {
            Some("") | None => {
                Err(Refusal::RoomInvalid("A room's title has 1 to 60 characters on one line."))
            }
            Some(title) => Ok(Self(title.into())),
        }
    }

    /// The title of a room that has only its slug: "Late night" for `late-night`.
    #[must_use]
    pub fn of(slug: &RoomSlug) -> Self {
        let mut title = slug.as_str().replace('-', " ");
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        Self(title.into())
    }

    /// The title as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RoomTopic {
    /// Reads a topic.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        one_line(text, 200)
            .map(|topic| Self(topic.into()))
            .ok_or(Refusal::RoomInvalid("A room's topic has at most 200 characters on one line."))
    }

    /// The topic as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn one_line(text: &str, limit: usize) -> Option<&str> {
    let text = text.trim();
    let fits = text.chars().count() <= limit && !text.chars().any(breaks_the_line);
    fits.then_some(text)
}

/// Whether a character begins a new line, is for machines, or turns the direction of what stands around it (UAX #9, 2.1 to 2.5).
fn breaks_the_line(character: char) -> bool {
    let turns = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || character.is_control() || matches!(character, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_and_a_topic_stay_on_their_line() {
        for text in
            ["one\ntwo", "one\u{2028}two", "one\u{2029}two", "gnp.\u{202E}exe", "a\u{2066}b", "\u{7}bell"]
        {
            assert!(RoomTitle::parse(text).is_err() && RoomTopic::parse(text).is_err(), "{text:?}");
        }
        for text in ["Late night", "\u{5E9}\u{5DC}\u{200F}!", "\u{1F44B}\u{1F3FD}"] {
            assert!(RoomTitle::parse(text).is_ok() && RoomTopic::parse(text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn a_slug_makes_a_title() {
        let title = |slug: &str| RoomTitle::of(&RoomSlug::parse(slug).unwrap());
        assert_eq!(title("late-night").as_str(), "Late night");
        assert_eq!(title("4th-floor").as_str(), "4th floor");
    }
}
