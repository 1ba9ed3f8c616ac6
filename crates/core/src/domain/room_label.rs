use super::visibility::{has_nul, visible_line};
use super::{Refusal, RoomSlug};

/// A room's title: 1 to 60 characters on one line, without what cannot be seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomTitle(Box<str>);

/// What a room is about: at most 200 characters on one line, without what cannot be seen; may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomTopic(Box<str>);

const LONGEST_TITLE: usize = 60;
const LONGEST_TOPIC: usize = 200;

impl RoomTitle {
    /// Reads a title.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        match one_line(text, LONGEST_TITLE) {
            Some(title) if !title.is_empty() => Ok(Self(title.into())),
            Some(_) | None => {
                Err(Refusal::RoomInvalid("A room's title has 1 to 60 characters, and no U+0000 among them."))
            }
        }
    }

    /// The title of a room that has only its slug: "Late night" for `late-night`.
    #[must_use]
    pub fn of(slug: &RoomSlug) -> Self {
        let words = slug.as_str().replace('-', " ");
        let mut rest = words.chars();
        let first = rest.next().map(char::to_uppercase).into_iter().flatten();
        Self(first.chain(rest).take(LONGEST_TITLE).collect::<String>().into())
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
        one_line(text, LONGEST_TOPIC).map(|topic| Self(topic.into())).ok_or(Refusal::RoomInvalid(
            "A room's topic has at most 200 characters, and no U+0000 among them.",
        ))
    }

    /// The topic as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(super) fn one_line(text: &str, limit: usize) -> Option<String> {
    let line = visible_line(text);
    (line.chars().count() <= limit && !has_nul(text)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::visibility::tests::tricky_text;
    use proptest::prelude::*;

    #[test]
    fn a_title_and_a_topic_stay_on_their_line() {
        for (text, line) in [
            ("one\ntwo", "one two"),
            ("one\u{2028}two", "one two"),
            ("gnp.\u{202E}exe", "gnp.exe"),
            ("a\u{2066}b", "ab"),
            ("\u{7}bell", "bell"),
            ("Late night", "Late night"),
            ("\u{5E9}\u{5DC}\u{200F}!", "\u{5E9}\u{5DC}\u{200F}!"),
            ("\u{1F44B}\u{1F3FD}", "\u{1F44B}\u{1F3FD}"),
        ] {
            assert_eq!(RoomTitle::parse(text).unwrap().as_str(), line);
            assert_eq!(RoomTopic::parse(text).unwrap().as_str(), line);
        }
    }

    #[test]
    fn nul_is_refused() {
        assert!(RoomTitle::parse("Te\0a").is_err() && RoomTopic::parse("Te\0a").is_err());
    }

    #[test]
    fn what_cannot_be_seen_is_no_title() {
        for text in ["", " ", "\u{3164}", "\u{2800}\u{2800}", "\u{200B}", "\u{115F}"] {
            assert!(RoomTitle::parse(text).is_err(), "{text:?}");
            assert_eq!(RoomTopic::parse(text).unwrap().as_str(), "", "{text:?}");
        }
        assert!(RoomTitle::parse(&"a".repeat(61)).is_err() && RoomTopic::parse(&"a".repeat(201)).is_err());
    }

    #[test]
    fn a_slug_makes_a_title() {
        let title = |slug: &str| RoomTitle::of(&RoomSlug::parse(slug).unwrap());
        assert_eq!(title("late-night").as_str(), "Late night");
        assert_eq!(title("4th-floor").as_str(), "4th floor");
        assert_eq!(title("комната-7").as_str(), "Комната 7");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn the_title_of_an_address_leads_to_it(text in tricky_text()) {
            if let Ok(slug) = RoomSlug::parse(&text) {
                let title = RoomTitle::of(&slug);
                prop_assert_eq!(RoomTitle::parse(title.as_str()), Ok(title.clone()));
                prop_assert_eq!(RoomSlug::parse(title.as_str()), Ok(slug));
            }
        }
    }
}
