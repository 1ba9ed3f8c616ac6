use super::case;
use unicode_security::skeleton;

/// What a name looks like, by the skeletons of UTS #39: names of different letters that look alike have the same.
///
/// There are two, and names are alike when one of them is the same. `ВОВ` in Cyrillic letters looks like `BOB` as it is written, and
/// `ІС` like `IC`, which to people is the same as `ic`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameLooks {
    /// The skeleton of the name as it is written, without case afterwards.
    pub as_written: String,
    /// The skeleton of the name in lower case.
    pub in_lower_case: String,
}

impl NameLooks {
    /// The looks of a name, and of its `key` in one case.
    pub(super) fn of(name: &str, key: &str) -> Self {
        let as_written = case::folded(skeleton(name).collect::<String>().chars());
        Self { as_written: skeleton(&as_written).collect(), in_lower_case: skeleton(key).collect() }
    }

    /// Whether people may take one for the other.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        self.as_written == other.as_written || self.in_lower_case == other.in_lower_case
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::UserName;

    fn alike(one: &str, other: &str) -> bool {
        let looks = |name: &str| UserName::parse(name).unwrap().looks();
        looks(one).is_like(&looks(other))
    }

    #[test]
    fn names_that_look_the_same_are_alike() {
        for (one, other) in [
            ("ALEX", "alex"),
            ("Zoe\u{308}", "ZOË"),
            ("ab  c", "AB C"),
            ("ﬁn", "fin"),
            ("ΝΙΚΟΣ", "νικος"),
            ("Straße", "STRASSE"),
            ("STRAẞE", "STRASSE"),
            // Cyrillic throughout.
            ("\u{0421}\u{0435}\u{0440}", "Cep"),
            ("\u{0412}\u{041E}\u{0412}", "BOB"),
            ("\u{0406}\u{0421}", "ic"),
            ("Bill", "BiII"),
            ("Sam0", "SamO"),
            ("O'Brien", "O’Brien"),
            ("𝓐𝓵𝓮𝔁", "Alex"),
            ("Ａｌｅｘ", "Alex"),
            ("rnark", "mark"),
            ("علی\u{200C}رضا", "علیرضا"),
            ("❤\u{FE0F}", "❤"),
        ] {
            assert!(alike(one, other), "{one} {other}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for (one, other) in [
            ("alex", "alexa"),
            ("Zoe", "Zoë"),
            ("Ian", "Jan"),
            ("Иван", "Ivan"),
            ("Ali", "All"),
            ("Alex 2", "Alex 3"),
            ("🦊", "🐻"),
        ] {
            assert!(!alike(one, other), "{one} {other}");
        }
    }
}
