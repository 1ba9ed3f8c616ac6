//! By what a message is found. Pure, and the same for what is written and for what is looked for.
//!
//! A message has one token for each three characters that stand beside each other in it, whatever the script: so a part of a word is found, and
//! what is written without spaces. Two pads behind the end let a token begin with each of its characters, so one or two characters are looked
//! for as the beginning of a token. Tags say in which room it is, who wrote it, and that it has a link.

use super::{RoomId, UserId};
use unicode_normalization::UnicodeNormalization as _;

/// Another number, and every index is made anew: what takes a message out of it has to know the tokens with which it came in.
///
/// Which letters are which is said by tables of Unicode, which another compiler or library may have anew.
pub const SEARCH_TOKENS_VERSION: i64 = packed([
    1,
    char::UNICODE_VERSION.0,
    char::UNICODE_VERSION.1,
    unicode_normalization::UNICODE_VERSION.0,
    unicode_normalization::UNICODE_VERSION.1,
]);

const fn packed(parts: [u8; 5]) -> i64 {
    let [a, b, c, d, e] = parts;
    i64::from_be_bytes([0, 0, 0, a, b, c, d, e])
}

/// Of how many characters a token is made.
const WINDOW: usize = 3;
/// Most tokens by which one part of a search is looked for. The rest of a long one is looked at where they are found.
const TOKENS_OF_A_NEEDLE: usize = 24;
/// What is no letter and no digit of ASCII separates tokens, so others stand for it. They are of no script; a text that has them is found
/// where it need not be, which whoever looks at it notices.
const STAND_INS: u32 = 0xF100;
/// Stands behind the end of a text.
const PAD: char = '\u{F1FE}';
/// Begins a tag.
const TAG: char = '\u{F1FF}';

/// By what one part of a search is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Needle {
    /// All of these are tokens of the message.
    Tokens(Vec<String>),
    /// A token of the message begins so.
    Beginning(String),
}

/// A text as it is looked for: without case, and alike where it is the same but for its form (full width, ligatures; NFKC).
#[must_use]
pub fn search_fold(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).map(alike).collect()
}

/// One character for those that are the same to whoever searches.
fn alike(character: char) -> char {
    match character {
        // The sigma at the end of a word.
        'ς' => 'σ',
        space if space.is_whitespace() => ' ',
        other => other,
    }
}

/// Whether a text has an address of the web.
#[must_use]
pub fn has_link(folded: &str) -> bool {
    ["http://", "https://", "www."].iter().any(|beginning| folded.contains(beginning))
}

/// All tokens of a message, with a space behind each.
#[must_use]
pub fn message_tokens(room: RoomId, author: UserId, text: &str) -> String {
    let folded = search_fold(text);
    let characters: Vec<_> = folded.chars().map(encoded).chain([PAD, PAD]).collect();
    let mut windows: Vec<_> = characters.windows(WINDOW).collect();
    windows.sort_unstable();
    windows.dedup();
    let mut tokens = String::with_capacity(windows.len() * 8 + 32);
    for window in windows {
        tokens.extend(window);
        tokens.push(' ');
    }
    let tags = [room_tag(room), author_tag(author)].into_iter().chain(has_link(&folded).then(link_tag));
    for tag in tags {
        tokens += &tag;
        tokens.push(' ');
    }
    tokens
}

/// By what a folded part of a search is looked for.
#[must_use]
pub fn needle(folded: &str) -> Needle {
    let characters: Vec<_> = folded.chars().map(encoded).collect();
    if characters.len() < WINDOW {
        return Needle::Beginning(characters.into_iter().collect());
    }
    let mut windows: Vec<_> = characters.windows(WINDOW).collect();
    windows.sort_unstable();
    windows.dedup();
    let step = windows.len().div_ceil(TOKENS_OF_A_NEEDLE);
    Needle::Tokens(windows.into_iter().step_by(step).map(String::from_iter).collect())
}

/// The token of what stands in a room.
#[must_use]
pub fn room_tag(room: RoomId) -> String {
    format!("{TAG}r{room}")
}

/// The token of what a person wrote.
#[must_use]
pub fn author_tag(author: UserId) -> String {
    format!("{TAG}u{author}")
}

/// The token of what has a link.
#[must_use]
pub fn link_tag() -> String {
    format!("{TAG}haslink")
}

/// A character as it stands in a token.
fn encoded(character: char) -> char {
    if character.is_ascii() && !character.is_ascii_alphanumeric() {
        char::from_u32(STAND_INS + u32::from(character)).unwrap_or(PAD)
    } else {
        character
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    /// Letters of ten scripts as people type them, punctuation, spaces and emoji.
    const SCRIPTS: [&str; 12] = [
        "abcXYZ äöüßÉñŁ",
        "прИвЕт мир ёЙ",
        "αβγ ΣΠ ώςΆ",
        "日本語 東京都 漢字",
        "ひらがな カタカナー",
        "한국어 검색 빠른",
        "مرحبا بالعالم",
        "שלום עולם",
        "नमस्ते दुनिया कि",
        "สวัสดี ชาวโลก",
        "0123456789 ½ ﬁ Ａ",
        ".,:;!?-_/\\\"'()[]{}@#$%^&*+=~`<>| 🙂👍🏽",
    ];

    fn text() -> impl Strategy<Value = String> {
        let characters: Vec<char> = SCRIPTS.concat().chars().collect();
        proptest::collection::vec(proptest::sample::select(characters), 1..60).prop_map(String::from_iter)
    }

    /// Whether an index with these tokens gives the message to one who looks for this.
    fn is_given(tokens: &str, needle: &Needle) -> bool {
        let tokens: HashSet<_> = tokens.split(' ').collect();
        match needle {
            Needle::Tokens(all) => all.iter().all(|token| tokens.contains(token.as_str())),
            Needle::Beginning(beginning) => tokens.iter().any(|token| token.starts_with(beginning.as_str())),
        }
    }

    proptest! {
        #[test]
        fn every_part_of_a_text_finds_it(text in text(), begin in 0_usize..60, length in 1_usize..9) {
            let characters: Vec<char> = text.chars().collect();
            let begin = begin % characters.len();
            let part: String = characters.iter().skip(begin).take(length).collect();
            // A letter that was written as two may be cut in between: then it is another one.
            let (folded, part) = (search_fold(&text), search_fold(&part));
            prop_assume!(folded.contains(&part) && !part.is_empty());
            let tokens = message_tokens(RoomId(6), UserId(115), &text);
            prop_assert!(is_given(&tokens, &needle(&part)), "{part:?} in {text:?}");
        }

        #[test]
        fn tokens_are_what_a_simple_tokenizer_leaves_whole(text in text()) {
            let tokens = message_tokens(RoomId(1), UserId(2), &text);
            for token in tokens.split_terminator(' ') {
                prop_assert!(token.chars().all(|it| !it.is_ascii() || it.is_ascii_lowercase() || it.is_ascii_digit()), "{token:?}");
            }
        }

        #[test]
        fn case_does_not_matter(text in text()) {
            prop_assert_eq!(search_fold(&search_fold(&text)), search_fold(&text));
        }
    }

    #[test]
    fn a_message_has_each_token_once_and_its_tags() {
        let tokens = message_tokens(RoomId(6), UserId(115), "aaaa");
        let tokens: Vec<_> = tokens.split_terminator(' ').collect();
        let expected = ["aaa".to_owned(), format!("aa{PAD}"), format!("a{PAD}{PAD}")];
        assert_eq!(tokens[..3], expected.each_ref().map(String::as_str));
        assert_eq!(tokens[3..], [room_tag(RoomId(6)), author_tag(UserId(115))]);
        assert!(message_tokens(RoomId(6), UserId(1), "See HTTPS://x.org").contains(&link_tag()));
    }

    #[test]
    fn nothing_is_a_tag_but_tags() {
        let tokens = message_tokens(RoomId(6), UserId(1), "r61 r6");
        assert!(tokens.contains("r61") && !tokens.contains(&room_tag(RoomId(61))));
    }

    #[test]
    fn a_long_part_is_looked_for_by_some_of_its_tokens() {
        let Needle::Tokens(tokens) = needle(&"0123456789abcdef".repeat(9)) else { panic!("it is long") };
        assert!((12..=TOKENS_OF_A_NEEDLE).contains(&tokens.len()), "{tokens:?}");
    }
}
