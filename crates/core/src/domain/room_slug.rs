use super::visibility::{
    has_nul, is_direction_mark, is_emoji, is_joiner, is_variation_selector, stacks, visible_line,
};
use super::{Refusal, case};
use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory as _};
use unicode_script::{Script, UnicodeScript as _};

/// A room's address: what [`RoomSlug::parse`] makes of its title, or of what somebody typed in order to get there.
///
/// It has up to 60 characters of any script in lower case, with `-` between words. Titles have the same address only when they differ in nothing
/// but case, the accents of Latin and Greek letters, and what separates words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomSlug(Box<str>);

/// Characters of an address, as many as those of a title.
const LONGEST: usize = 60;
/// Bytes of a text that becomes one: far more than any title has. To look at all of Unicode takes time, up to 2 µs for each byte.
const LONGEST_TEXT: usize = 1024;
/// Characters of the number at the end of an address that was too long.
const NUMBER: usize = 12;

impl RoomSlug {
    /// The one way from a title, or from what was typed, to an address: `late-night` for "Late Night", `комната-7` for "Комната 7",
    /// `c++` for "C++". An address stays as it is. `#` in front only says that a room is meant.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] when nothing of the text can stand in an address, or it is far too long.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if is_plain(text) {
            return Ok(Self(text.into()));
        }
        if text.len() > LONGEST_TEXT {
            return Err(Refusal::RoomInvalid("A room's address is made of at most 1,024 bytes."));
        }
        if has_nul(text) {
            return Err(Refusal::RoomInvalid("A room's address cannot have the character U+0000."));
        }
        let slug = shortened(&address_of(text));
        if slug.is_empty() {
            return Err(Refusal::RoomInvalid("A room's address needs a letter, a digit or a symbol."));
        }
        Ok(Self(slug.into()))
    }

    /// The slug as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for RoomSlug {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a text is an address that needs no look at Unicode, as most are.
fn is_plain(text: &str) -> bool {
    let is_plain =
        text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let dashes = text.starts_with('-') || text.ends_with('-') || text.contains("--");
    is_plain && !dashes && (1..=LONGEST).contains(&text.len())
}

fn address_of(text: &str) -> String {
    let line = without_shapers(&visible_line(text));
    let mut words = String::with_capacity(line.len());
    let mut bears_accents = false;
    for character in case::folded(line.chars()).nfd() {
        if stacks(character) && character.script() == Script::Inherited && bears_accents {
            continue;
        }
        if !stacks(character) {
            bears_accents = matches!(character.script(), Script::Latin | Script::Greek);
        }
        words.push(if separates(character) { ' ' } else { character });
    }
    let words = visible_line(&case::folded(words.chars()));
    let behind_signs = if words.starts_with('#') {
        // What stood on a sign alone goes with it.
        words.trim_start_matches(|character| matches!(character, '#' | ' ') || stacks(character))
    } else {
        &words
    };
    visible_line(behind_signs).replace(' ', "-")
}

/// A line without what only shapes letters and emoji. A joiner of emoji stays: it makes another picture.
fn without_shapers(line: &str) -> String {
    let mut behind_emoji = false;
    let is_kept = |character: &char| {
        if is_variation_selector(*character) {
            return false;
        }
        let is_kept = behind_emoji || !is_joiner(*character);
        behind_emoji = is_emoji(*character);
        is_kept && !is_direction_mark(*character)
    };
    line.chars().filter(is_kept).collect()
}

/// Whether a character stands between words or around them. `~` is one, since clients may use it for rooms without an address.
fn separates(character: char) -> bool {
    let among_others = ".,:;/\\'\"*~·‧・、。،؛؟…•¡¿´`¨׳״".contains(character);
    among_others
        || character.is_whitespace()
        || matches!(
            character.general_category(),
            GeneralCategory::DashPunctuation
                | GeneralCategory::ConnectorPunctuation
                | GeneralCategory::OpenPunctuation
                | GeneralCategory::ClosePunctuation
                | GeneralCategory::InitialPunctuation
                | GeneralCategory::FinalPunctuation
        )
}

/// An address that is too long ends with a number made of all of it, so that two that begin alike do not meet.
fn shortened(address: &str) -> String {
    if address.chars().count() <= LONGEST {
        return address.to_owned();
    }
    let start: String = address.chars().take(LONGEST - NUMBER - 1).collect();
    let start = visible_line(&start);
    let number = format!("{:016x}", fingerprint(address));
    format!("{}-{}", start.trim_end_matches('-'), &number[..NUMBER])
}

/// FNV-1a: the same on every machine and for ever, since addresses are kept.
fn fingerprint(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::visibility::tests::tricky_text;
    use proptest::prelude::*;

    fn slug(text: &str) -> Option<String> {
        RoomSlug::parse(text).map(|slug| slug.to_string()).ok()
    }

    #[test]
    fn titles_have_addresses() {
        for (title, address) in [
            ("general", "general"),
            ("late-night", "late-night"),
            ("JavaScript", "javascript"),
            ("Room 1", "room-1"),
            ("  Café  Bücher. ", "cafe-bucher"),
            ("Straße", "strasse"),
            ("Øl", "øl"),
            ("#general", "general"),
            (" #C++ & Rust! ", "c++-&-rust!"),
            ("Комната 7", "комната-7"),
            ("会議室 7", "会議室-7"),
            ("会議室\u{3000}７", "会議室-7"),
            ("日本", "日本"),
            ("ガク", "ガク"),
            ("किताब", "किताब"),
            ("غرفة ٧", "غرفة-٧"),
            ("\u{645}\u{6CC}\u{200C}\u{62E}", "\u{645}\u{6CC}\u{62E}"),
            ("Καλημέρα", "καλημερα"),
            ("🦊", "🦊"),
            ("a -- b__c/d\\e", "a-b-c-d-e"),
            ("Al\u{200B}ex\u{3164}", "alex"),
            ("../~12", "12"),
        ] {
            assert_eq!(slug(title).as_deref(), Some(address), "{title}");
        }
        for nothing in ["", " ", "...", "-", "#", "\u{3164}", "***", "~"] {
            assert_eq!(slug(nothing), None, "{nothing}");
        }
    }

    #[test]
    fn other_titles_have_other_addresses() {
        let titles = [
            "Комната 7",
            "会議室 7",
            "7",
            "C",
            "C#",
            "C++",
            "C sharp",
            "日本",
            "Мир",
            "Mir",
            "мйр",
            "がく",
            "かく",
            "Ol",
            "Øl",
            "10 $",
            "10 €",
            "10",
            "Yes!",
            "Yes?",
            "Yes",
            "🦊",
            "🐻",
            "👨‍👩‍👧",
            "👨👩👧",
            "किताब",
            "कुताब",
            "R&D",
            "R D",
            "50%",
            "50",
        ];
        let addresses: std::collections::BTreeSet<_> = titles.iter().map(|title| slug(title)).collect();
        assert_eq!(addresses.len(), titles.len(), "{addresses:?}");
    }

    /// A frame's worth: with work for each sign that grows with the text behind it, this would take minutes.
    #[test]
    fn many_signs_are_read_as_fast_as_any_text() {
        assert_eq!(address_of(&("#\u{302}".repeat(21_000) + "tech")), "tech");
    }

    #[test]
    fn what_is_too_long_does_not_meet_either() {
        let long = |end: char| slug(&format!("{}{end}", "ab ".repeat(30))).unwrap();
        assert_eq!((long('x').chars().count(), &long('x')[..12]), (60, "ab-ab-ab-ab-"));
        assert_ne!(long('x'), long('y'));
        assert_eq!(slug(&long('x')), Some(long('x')));
        assert_eq!(slug(&"a".repeat(60)), Some("a".repeat(60)));
    }

    #[test]
    fn what_is_far_too_long_is_not_even_read() {
        assert!(slug(&"a".repeat(1024)).is_some());
        assert_eq!([slug(&"a".repeat(1025)), slug(&"\u{fdfa}".repeat(21_000))], [None, None]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn an_address_stays_as_it_is(text in tricky_text()) {
            if let Some(address) = slug(&text) {
                prop_assert_eq!(slug(&address), Some(address.clone()));
                prop_assert!(address.chars().count() <= LONGEST);
                prop_assert!(!address.contains(['/', '\\', '.', ':', '~', ' ']));
                prop_assert!(!address.chars().any(|c| c.is_control() || c.is_whitespace()));
                prop_assert_eq!(slug(&text.to_uppercase().to_lowercase()).is_some(), true);
            }
        }

        #[test]
        fn signs_in_front_are_no_part_of_an_address(signs in "(#[\u{302}\u{20DD}\u{FE0F} ]{0,3}){1,4}", text in tricky_text()) {
            if let Some(address) = slug(&format!("{signs}{text}")) {
                prop_assert!(!address.starts_with('#'), "{}", address);
                prop_assert_eq!(slug(&address), Some(address.clone()));
            }
        }
    }
}
