use super::name_looks::NameLooks;
use super::visibility::{
    has_nul, is_direction_mark, is_emoji, is_joiner, is_tag, is_variation_selector, stacks, visible_line,
};
use super::{Refusal, case};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::UnicodeEmoji as _;
use unicode_security::{MixedScript as _, RestrictionLevel, RestrictionLevelDetection as _};

/// A person's name: 1 to 40 characters (Unicode scalar values) on one line, of letters of any script, digits, emoji, spaces, and the
/// punctuation that names have. What cannot be seen is left out.
///
/// Kept in Unicode normalization form C (UAX #15). No two people have names that [look](Self::looks) alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserName(Box<str>);

/// Characters of the longest name.
const LONGEST: usize = 40;
/// What names have beside letters: O'Brien, O’Brien, Jean-Luc, J. R. R., Marçal·lí, x_1, Tom (work), Ann & Bob.
const PUNCTUATION: &str = "'‘’-‐‑.·‧・_&+()׳״";

impl UserName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`] with the rule that was broken.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        // Far more than 40 characters: do not normalize what will be refused anyway.
        if text.len() > 1024 {
            return Err(Refusal::NameInvalid(LENGTH));
        }
        if has_nul(text) {
            return Err(Refusal::NameInvalid(CHARACTERS));
        }
        let name = normal(text);
        if !(1..=LONGEST).contains(&name.chars().count()) {
            return Err(Refusal::NameInvalid(LENGTH));
        }
        if !name.chars().all(may_stand_in_a_name) || !name.chars().any(names_somebody) {
            return Err(Refusal::NameInvalid(CHARACTERS));
        }
        if name.split(|character| !is_of_a_word(character)).any(deceives) {
            return Err(Refusal::NameInvalid(MIXED));
        }
        Ok(Self(name.into()))
    }

    /// The name that is nearest to a text, for protocols whose pages cannot show why a name is refused: without what no name has, and
    /// cut where it is too long. `None` when nothing of it is a name.
    #[must_use]
    pub fn fitting(text: &str) -> Option<Self> {
        let start: String =
            text.chars().take(4 * LONGEST).filter(|c| may_stand_in_a_name(*c) || c.is_whitespace()).collect();
        let cut: String = normal(&start).chars().take(LONGEST).collect();
        Self::parse(&cut).ok()
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This name with a number behind it, such as "Alex 2"; a long one is cut to make room for it.
    #[must_use]
    pub fn variant(&self, number: u32) -> Self {
        let number = number.to_string();
        let room = LONGEST.saturating_sub(number.len() + 1);
        let kept: String = self.0.chars().take(room).collect();
        Self(normal(&format!("{kept} {number}")).into())
    }

    /// By what names are ordered: in compatibility form (NFKC), with one case, and without what only shapes letters.
    #[must_use]
    pub fn key(&self) -> String {
        key_of(&self.0)
    }

    /// What must be another for another person.
    #[must_use]
    pub fn looks(&self) -> NameLooks {
        NameLooks::of(&self.0, &self.key())
    }
}

/// What is looked for among the names of people: a part of one, whatever its case. What is empty finds all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameSearch(Box<str>);

impl NameSearch {
    /// Reads what somebody typed; what is longer than a name counts no further than that.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let start: String = text.chars().take(LONGEST).collect();
        Self(key_of(&normal(&start)).into())
    }

    /// What has to occur in the [key](UserName::key) of a name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn key_of(name: &str) -> String {
    case::folded(name.chars().filter(|character| !shapes(*character)))
}

/// A text as it stands in a name.
fn normal(text: &str) -> String {
    let composed: String = visible_line(text).nfc().collect();
    visible_line(&composed)
}

fn may_stand_in_a_name(character: char) -> bool {
    names_somebody(character)
        || character == ' '
        || is_combining_mark(character)
        || PUNCTUATION.contains(character)
        || shapes(character)
}

/// Whether a character alone can be a name.
fn names_somebody(character: char) -> bool {
    let is_picture = is_emoji(character) || (!character.is_ascii() && character.is_emoji_component());
    character.is_alphanumeric() || is_picture && !shapes(character) && !is_combining_mark(character)
}

/// Whether a character shapes its neighbours and shows nothing itself. Where it cannot do that, it is not in the name any more.
fn shapes(character: char) -> bool {
    is_joiner(character)
        || is_variation_selector(character)
        || is_direction_mark(character)
        || is_tag(character)
}

fn is_of_a_word(character: char) -> bool {
    character.is_alphanumeric() || stacks(character) || is_combining_mark(character)
}

/// Whether a word mixes scripts whose letters look alike: less than "moderately restrictive" by UTS #39, 5.2. A word of one script does not.
fn deceives(word: &str) -> bool {
    !word.is_single_script() && word.detect_restriction_level() > RestrictionLevel::ModeratelyRestrictive
}

impl std::fmt::Display for UserName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

const LENGTH: &str = "A name has 1 to 40 characters.";
const CHARACTERS: &str = "A name has letters, digits, emoji, spaces and ' - . _ & + ( ) only, and at least one letter, digit or emoji.";
const MIXED: &str = "This name mixes letters of different scripts that look alike in one word. Write each word in one script.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::visibility::tests::tricky_text;
    use proptest::prelude::*;

    #[test]
    fn takes_letters_of_any_script() {
        for name in [
            "Alex",
            "Zoë",
            "Łukasz",
            "李小龙",
            "अमित",
            "สมชาย",
            "Ó Sé",
            "x_1-2.3",
            "O'Brien",
            "O’Brien",
            "李",
            "A",
            "Sam🦊",
            "🦊",
            "🇺🇦",
            "👩🏽‍🚀",
            "علی\u{200C}رضا",
            "Иван Smith",
            "Sam李",
            "佐藤さん",
            "Tom (work)",
        ] {
            assert_eq!(UserName::parse(name).map(|name| name.to_string()).as_deref(), Ok(name));
        }
    }

    #[test]
    fn refuses_what_is_no_name() {
        for name in ["", " ", "<b>", "..", "Sam: hi", "[x]", "#tech", "@all", "\u{E000}"] {
            assert!(matches!(UserName::parse(name), Err(Refusal::NameInvalid(_))), "{name:?}");
        }
        assert!(UserName::parse(&"a".repeat(40)).is_ok());
        assert!(UserName::parse(&"a".repeat(41)).is_err());
    }

    #[test]
    fn a_word_of_letters_that_look_alike_deceives() {
        for name in
            ["\u{410}lex", "Al\u{435}x", "\u{391}lex", "Sam \u{410}lex", "p\u{430}ypal", "\u{216C}\u{410}b"]
        {
            assert_eq!(UserName::parse(name), Err(Refusal::NameInvalid(MIXED)), "{name:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_made_to_fit() {
        let fitting = |text: &str| UserName::fitting(text).map(|name| name.to_string());
        assert_eq!(fitting("<b>Sam</b>").as_deref(), Some("bSamb"));
        assert_eq!(fitting("Sam: hi\n").as_deref(), Some("Sam hi"));
        assert_eq!(fitting(&"ab ".repeat(1000)).as_deref(), Some("ab ab ab ab ab ab ab ab ab ab ab ab ab a"));
        assert_eq!(fitting("***"), None);
        assert_eq!(fitting("\u{410}lex"), None);
    }

    #[test]
    fn variants_are_names() {
        let variant = |name: &str, number| UserName::parse(name).unwrap().variant(number);
        assert_eq!(variant("Alex", 2).as_str(), "Alex 2");
        let long = "abcdefghijklmnopqrstuvwxyz abcdefghij klm";
        assert_eq!(variant(&long[..40], 10).as_str(), "abcdefghijklmnopqrstuvwxyz abcdefghij 10");
        for number in [2, 10, u32::MAX] {
            let variant = variant(&"👩🏽‍🚀".repeat(10), number);
            assert_eq!(UserName::parse(variant.as_str()), Ok(variant));
        }
    }

    #[test]
    fn what_shows_nothing_makes_no_other_name() {
        for invisible in
            ["Alex\u{FE0F}", "Al\u{34F}ex", "Alex\u{E0100}", "\u{200B}Alex\u{3164}", "A\u{200D}lex"]
        {
            assert_eq!(UserName::parse(invisible).unwrap().as_str(), "Alex", "{invisible:?}");
        }
        for nothing in ["\u{3164}\u{3164}", "\u{115F}\u{1160}", "\u{2800}", "\u{301}"] {
            assert_eq!(UserName::parse(nothing), Err(Refusal::NameInvalid(LENGTH)), "{nothing:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn a_name_is_its_own_name(text in tricky_text()) {
            if let Ok(name) = UserName::parse(&text) {
                prop_assert_eq!(UserName::parse(name.as_str()), Ok(name.clone()));
                for number in [2, 999] {
                    let variant = name.variant(number);
                    prop_assert_eq!(UserName::parse(variant.as_str()), Ok(variant));
                }
            }
            if let Some(name) = UserName::fitting(&text) {
                prop_assert_eq!(UserName::parse(name.as_str()), Ok(name));
            }
        }
    }
}
