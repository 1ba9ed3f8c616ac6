use super::{EmojiName, Refusal, UserId};

/// With how many different emoji people may react to one message.
pub const EMOJI_PER_MESSAGE: u32 = 20;

/// How many of the people behind one emoji are told with a message.
pub const REACTION_USERS: u32 = 20;

/// One emoji with which somebody reacts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Emoji {
    /// Of Unicode, as that recommends to write it. All ways to write it are the same emoji.
    Standard(&'static str),
    /// Of the server, as [`EmojiName::shortcode`] writes it; maybe there is none of the name.
    Custom(EmojiName),
}

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
    /// Reads an emoji, with or without what makes it a picture where it could be a letter; or the name of one of the server between colons.
    ///
    /// # Errors
    /// [`Refusal::EmojiInvalid`] for everything that is not exactly one.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if let Some(emoji) = emojis::get(text) {
            return Ok(Self::Standard(emoji.as_str()));
        }
        match EmojiName::parse(text) {
            Ok(name) if name.shortcode() == text => Ok(Self::Custom(name)),
            Ok(_) | Err(_) => Err(Refusal::EmojiInvalid),
        }
    }

    /// The emoji as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard(emoji) => emoji,
            Self::Custom(name) => name.shortcode(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_one_however_it_is_made() {
        for emoji in ["👍", "👍🏽", "❤️", "👩‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "🏳️‍🌈"]
        {
            assert_eq!(Emoji::parse(emoji).unwrap().as_str(), emoji);
        }
        assert_eq!(Emoji::parse("❤"), Emoji::parse("❤️"), "they look alike");
    }

    #[test]
    fn one_of_the_server_is_its_name_between_colons() {
        assert_eq!(Emoji::parse(":ship_it:").unwrap().as_str(), ":ship_it:");
        for text in ["ship_it", ":Ship_it:", " :ship_it:", ":ship_it", ":ship it:", ":ship::it:", ":s:"] {
            assert_eq!(Emoji::parse(text), Err(Refusal::EmojiInvalid), "{text:?}");
        }
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
