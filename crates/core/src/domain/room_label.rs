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
    let fits = text.chars().count() <= limit && !text.chars().any(char::is_control);
    fits.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_makes_a_title() {
        let title = |slug: &str| RoomTitle::of(&RoomSlug::parse(slug).unwrap());
        assert_eq!(title("late-night").as_str(), "Late night");
        assert_eq!(title("4th-floor").as_str(), "4th floor");
    }
}
