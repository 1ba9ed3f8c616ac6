use super::Refusal;

/// A room's name in addresses and frames: 1 to 40 of `a-z`, `0-9`, `-`, beginning and ending with a letter or digit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RoomSlug(Box<str>);

/// Bytes of a slug, at most.
const LONGEST: usize = 40;

impl RoomSlug {
    /// Reads a slug.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] with the rule.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let edge_is_dash = text.starts_with('-') || text.ends_with('-');
        if text.is_empty() || text.len() > LONGEST || edge_is_dash || !text.bytes().all(allowed) {
            return Err(Refusal::RoomInvalid(
                "A room's short name has 1 to 40 of a-z, 0-9 and -, and neither begins nor ends with -.",
            ));
        }
        Ok(Self(text.into()))
    }

    /// The slug of a room that people call by a name, such as `late-night` for "Late Night": for protocols that know names only.
    /// A slug stays as it is; several names may have the same slug, but not "C", "C#" and "C++": `c`, `c-sharp` and `c-plus-plus`.
    ///
    /// # Errors
    /// [`Refusal::RoomInvalid`] when nothing of the name can stand in a slug.
    pub fn of_name(name: &str) -> Result<Self, Refusal> {
        let mut slug = String::new();
        for letter in name.chars().map(|letter| letter.to_ascii_lowercase()) {
            match letter {
                _ if letter.is_ascii_alphanumeric() => slug.push(letter),
                _ if slug.is_empty() => {}
                '#' if !slug.ends_with('-') => slug.push_str("-sharp"),
                '+' if !slug.ends_with('-') => slug.push_str("-plus"),
                _ if !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
            if slug.len() >= LONGEST {
                slug.truncate(LONGEST);
                break;
            }
        }
        Self::parse(slug.trim_end_matches('-'))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_slugs() {
        let slug = |name: &str| RoomSlug::of_name(name).map(|slug| slug.to_string()).ok();
        for (name, expected) in [
            ("general", "general"),
            ("late-night", "late-night"),
            ("JavaScript", "javascript"),
            ("Room 1", "room-1"),
            (" #C++ & Rust! ", "c-plus-plus-rust"),
            ("C#", "c-sharp"),
            ("C", "c"),
            ("a + b # c", "a-b-c"),
            (&format!("{}+", "a".repeat(39)), &"a".repeat(39)),
            (&"a b".repeat(20), "a-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba-ba"),
        ] {
            assert_eq!(slug(name).as_deref(), Some(expected), "{name}");
        }
        assert_eq!(slug("***"), None);
        assert_eq!(slug("Кухня"), None);
    }
}
