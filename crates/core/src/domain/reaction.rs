use super::{Refusal, UserId};

/// With how many different emoji people may react to one message.
pub const EMOJI_PER_MESSAGE: u32 = 20;

/// How many of the people behind one emoji are told with a message.
pub const REACTION_USERS: u32 = 20;

/// One emoji, as Unicode recommends to write it. All ways to write it are the same emoji.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Emoji(&'static str);

/// How people reacted to a message with one emoji.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// The emoji, as [`Emoji`] writes it; maybe one that only a newer server knows.
    pub emoji: String,
    /// How many people those are.
    pub count: u32,
    /// The first [`REACTION_USERS`] of them. Whoever reads it stands before all others, where it is read for somebody.
    pub users: Vec<UserId>,
}

/// What somebody does with a reaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReactionChange {
    /// It is added.
    Added,
    /// It is taken back.
    Removed,
}

/// Everybody who reacted to a message with one emoji.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReactionPeople {
    /// The emoji.
    pub emoji: String,
    /// Their numbers and names at present, whoever was first at the beginning.
    pub people: Vec<(UserId, String)>,
}

impl Emoji {
    /// Reads an emoji, with or without what makes it a picture where it could be a letter.
    ///
    /// # Errors
    /// [`Refusal::EmojiInvalid`] for everything that is not exactly one.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        emojis::get(text).map(|emoji| Self(emoji.as_str())).ok_or(Refusal::EmojiInvalid)
    }

    /// The emoji as text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_one_however_it_is_made() {
        for emoji in ["👍", "👍🏽", "❤️", "👩‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "🏳️‍🌈"]
        {
            assert_eq!(Emoji::parse(emoji).map(Emoji::as_str), Ok(emoji));
        }
        assert_eq!(Emoji::parse("❤"), Emoji::parse("❤️"), "they look alike");
    }

    #[test]
    fn what_is_not_one_emoji_is_refused() {
        for text in
            ["", " ", "a", "1", "👍👍", "👍 ", ":+1:", "+1", "thumbsup", "\u{200d}", "\u{fe0f}", "🇩", "🏽🏽"]
        {
            assert_eq!(Emoji::parse(text), Err(Refusal::EmojiInvalid), "{text:?}");
        }
    }
}
