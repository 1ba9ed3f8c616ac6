//! Emoji that a server has of its own: a name and a picture. In texts they stand by their names, so that whoever knows none reads those.

use super::{FileId, Refusal};

/// Characters of a name.
const SHORTEST: usize = 2;
const LONGEST: usize = 32;

/// Names by which the web client knows emoji of Unicode, beside those that many others have for them, too.
const ALSO_STANDARD: [&str; 6] = [
    "rolling_on_the_floor_laughing",
    "simple_smile",
    "hugging_face",
    "thinking_face",
    "face_with_rolling_eyes",
    "robot_face",
];

/// What an emoji of the server is called: 2 to 32 of `a` to `z`, digits, `_`, `+` and `-`. No emoji of Unicode has such a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmojiName(Box<str>);

/// An emoji of the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomEmoji {
    /// What it is called.
    pub name: EmojiName,
    /// What its picture is called. Another one has another name.
    pub picture: FileId,
}

impl EmojiName {
    /// How many emoji a server has at most.
    pub const MOST: u32 = 500;

    /// Reads a name as somebody typed it, in whatever case, with or without the colons.
    ///
    /// # Errors
    /// [`Refusal::EmojiNameInvalid`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let text = text.strip_prefix(':').and_then(|text| text.strip_suffix(':')).unwrap_or(text);
        let name = text.to_ascii_lowercase();
        if !is_name(&name) {
            return Err(Refusal::EmojiNameInvalid(
                "The name of an emoji has 2 to 32 characters: a to z, digits, _, + and -.",
            ));
        }
        if emojis::get_by_shortcode(&name).is_some() || ALSO_STANDARD.contains(&&*name) {
            return Err(Refusal::EmojiNameInvalid("Another emoji has this name. Choose one of its own."));
        }
        Ok(Self(format!(":{name}:").into()))
    }

    /// One that was read before, whatever names emoji of Unicode have got since. None for what is no name.
    #[must_use]
    pub fn stored(name: &str) -> Option<Self> {
        is_name(name).then(|| Self(format!(":{name}:").into()))
    }

    /// The name alone.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.trim_matches(':')
    }

    /// How it stands in texts and reactions: with a colon on either side.
    #[must_use]
    pub fn shortcode(&self) -> &str {
        &self.0
    }
}

fn is_name(name: &str) -> bool {
    let is_of_names =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-');
    (SHORTEST..=LONGEST).contains(&name.len()) && name.bytes().all(is_of_names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_word_of_few_signs() {
        for (typed, name) in
            [("party_parrot", "party_parrot"), (" :Ship-It: ", "ship-it"), ("c++", "c++"), ("42", "42")]
        {
            let read = EmojiName::parse(typed).unwrap();
            assert_eq!((read.as_str(), &*format!(":{name}:")), (name, read.shortcode()));
            assert_eq!(EmojiName::parse(read.shortcode()), Ok(read));
        }
    }

    #[test]
    fn what_has_another_meaning_is_no_name() {
        let long = "a".repeat(33);
        for text in ["", "a", "::", ":a:", "a b", "ä1", "a:b", "a>", "+1", "smile", "Tada", "shrug", &long] {
            assert!(matches!(EmojiName::parse(text), Err(Refusal::EmojiNameInvalid(_))), "{text:?}");
        }
    }

    /// What the web client makes an emoji of Unicode of is never one of the server.
    #[test]
    fn no_name_is_one_of_the_web_client() {
        let table = include_str!("../../../../web/src/features/emoji/shortcodes.ts");
        let (table, _) = table.split_once("export interface").unwrap();
        let (_, table) = table.split_once("TABLE = `").unwrap();
        let names =
            table.split([',', ' ', '\n', '`', ';']).filter(|word| word.is_ascii() && word.len() >= SHORTEST);
        let free: Vec<_> = names.filter(|name| EmojiName::parse(name).is_ok()).collect();
        assert!(free.is_empty(), "{free:?}");
    }
}
