use super::{Crowd, Refusal};
use unicode_normalization::UnicodeNormalization as _;

/// Characters of a group's name.
const LONGEST: usize = 40;

/// What a group of people is called, and how it is mentioned: `design` as `<@&design>`. It is never changed, so that a text that names it stays true.
///
/// It has up to 40 letters and digits of any script in lower case, with `-` and `_` between them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupName(Box<str>);

/// A group of people who are mentioned at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserGroup {
    /// Its name.
    pub name: GroupName,
    /// How many people are in it.
    pub people: u32,
    /// Whether the one who asks is among them.
    pub is_mine: bool,
}

impl GroupName {
    /// How many groups a server has at most.
    pub const MOST: u32 = 200;
    /// How many people are in one group at most.
    pub const MOST_PEOPLE: u32 = 500;

    /// Reads a name as somebody typed it, in whatever case, with or without the `@`.
    ///
    /// # Errors
    /// [`Refusal::GroupInvalid`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let text = text.strip_prefix('@').unwrap_or(text);
        if text.chars().nth(LONGEST).is_some() {
            return Err(Refusal::GroupInvalid("A group's name has at most 40 characters."));
        }
        let name: String = text.nfc().flat_map(char::to_lowercase).nfc().collect();
        if Crowd::ALL.into_iter().any(|crowd| crowd.name() == name) {
            return Err(Refusal::GroupInvalid("This name is taken: it mentions everybody in a room."));
        }
        let is_name = !name.is_empty()
            && name.chars().all(|it| it.is_alphanumeric() || matches!(it, '-' | '_'))
            && name.chars().count() <= LONGEST;
        if is_name {
            Ok(Self(name.into()))
        } else {
            Err(Refusal::GroupInvalid("A group's name is made of letters, digits, - and _ alone."))
        }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_in_lower_case() {
        for (typed, name) in [
            ("design", "design"),
            (" @Design ", "design"),
            ("Front-End_2", "front-end_2"),
            ("ДИЗАЙН", "дизайн"),
            ("Ö", "ö"),
            ("O\u{308}", "ö"),
        ] {
            assert_eq!(GroupName::parse(typed).unwrap().as_str(), name);
            assert_eq!(GroupName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn whatever_could_not_stand_in_a_text_is_no_name() {
        for text in ["", "@", "a b", "a>", "room", "Here", "a\u{202e}b", "c++", &"a".repeat(41)] {
            assert!(matches!(GroupName::parse(text), Err(Refusal::GroupInvalid(_))), "{text:?}");
        }
    }
}
