use super::Refusal;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// A person's name: 2 to 20 characters after trimming; letters of any script, digits, space, `_`, `-`, `.`.
///
/// Kept in Unicode normalization form C (UAX #15). Names are unique by their [`key`](Self::key).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserName(Box<str>);

/// Characters of the longest name.
const LONGEST: usize = 20;
/// Marks that may follow one letter; scripts need up to three, stacks beyond that only deface the line.
const MARKS_IN_A_ROW: usize = 3;

impl UserName {
    /// Reads a name.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`] with the rule that was broken.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        // Far more than 20 characters: do not normalize what will be refused anyway.
        if text.len() > 1024 {
            return Err(Refusal::NameInvalid(LENGTH));
        }
        let name: String = text.trim().nfc().collect();
        if !(2..=LONGEST).contains(&name.chars().count()) {
            return Err(Refusal::NameInvalid(LENGTH));
        }
        let mut marks = 0;
        for (position, character) in name.chars().enumerate() {
            if is_invisible(character) {
                return Err(Refusal::NameInvalid(CHARACTERS));
            }
            if is_combining_mark(character) {
                marks += 1;
                if position == 0 || marks > MARKS_IN_A_ROW {
                    return Err(Refusal::NameInvalid(CHARACTERS));
                }
            } else if character.is_alphanumeric() || " _-.".contains(character) {
                marks = 0;
            } else {
                return Err(Refusal::NameInvalid(CHARACTERS));
            }
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(Refusal::NameInvalid(CHARACTERS));
        }
        Ok(Self(name.into()))
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
        Self(format!("{} {number}", kept.trim_end()).into())
    }

    /// What must be unique: the name in compatibility form (NFKC), with one case, and with runs of spaces as one.
    #[must_use]
    pub fn key(&self) -> String {
        // By way of upper case: it brings together what has several lower cases or none that is alike (ς and σ, ß and ss).
        let upper = self.0.nfkc().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
        let folded: String = upper.flat_map(char::to_lowercase).nfkc().collect();
        folded.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// Whether a character shows nothing, so that two names with and without it look the same: `Default_Ignorable_Code_Point` of the
/// Unicode Character Database (DerivedCoreProperties.txt). Some of them count as letters or marks.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}')
}

impl std::fmt::Display for UserName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

const LENGTH: &str = "A name has 2 to 20 characters.";
const CHARACTERS: &str =
    "A name has letters, digits, spaces and _ - . only, and at least one letter or digit.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_letters_of_any_script() {
        for name in ["Alex", "Zoë", "Łukasz", "李小龙", "अमित", "สมชาย", "Ó Sé", "x_1-2.3"]
        {
            assert!(UserName::parse(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn refuses_what_is_no_name() {
        for name in [
            "",
            "A",
            " A ",
            "a\u{200d}b",
            "<b>",
            "a\nb",
            "..",
            "😀😀",
            "a\u{301}\u{301}\u{301}\u{301}\u{301}b",
        ] {
            assert!(matches!(UserName::parse(name), Err(Refusal::NameInvalid(_))), "{name:?}");
        }
        assert!(UserName::parse(&"a".repeat(20)).is_ok());
        assert!(UserName::parse(&"a".repeat(21)).is_err());
    }

    #[test]
    fn variants_are_names() {
        let variant = |name: &str, number| UserName::parse(name).unwrap().variant(number);
        assert_eq!(variant("Alex", 2).as_str(), "Alex 2");
        assert_eq!(variant("abcdefghijklmnopqrst", 10).as_str(), "abcdefghijklmnopq 10");
        assert_eq!(variant("abcdefghijklmnop qrs", 10).as_str(), "abcdefghijklmnop 10");
        for number in [2, 10, u32::MAX] {
            let variant = variant("สมชายสมชายสมชายสมชาย", number);
            assert_eq!(UserName::parse(variant.as_str()), Ok(variant));
        }
    }

    #[test]
    fn what_shows_nothing_makes_no_other_name() {
        for invisible in
            ["Alex\u{FE0F}", "Al\u{34F}ex", "Alex\u{E0100}", "\u{3164}\u{3164}", "\u{115F}\u{1160}"]
        {
            assert_eq!(UserName::parse(invisible), Err(Refusal::NameInvalid(CHARACTERS)), "{invisible:?}");
        }
    }

    #[test]
    fn names_that_look_the_same_have_one_key() {
        let key = |name: &str| UserName::parse(name).unwrap().key();
        assert_eq!(key("ALEX"), key("alex"));
        assert_eq!(key("Zoe\u{308}"), key("ZOË"));
        assert_eq!(key("ab  c"), key("AB C"));
        assert_eq!(key("ﬁn"), key("fin"));
        assert_eq!(key("ΝΙΚΟΣ"), key("νικος"));
        assert_eq!(key("Straße"), key("STRASSE"));
        assert_eq!(key("STRAẞE"), key("STRASSE"));
        assert_ne!(key("alex"), key("alexa"));
    }
}
