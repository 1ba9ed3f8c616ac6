//! What belongs to an account beside its names.

use super::Refusal;
use super::visibility::{has_nul, visible_line};

/// An e-mail address, as far as can be told without sending mail: something, an `@`, and something with a dot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email(Box<str>);

/// The longest path of mail (RFC 5321, section 4.5.3.1.3).
const LONGEST_EMAIL: usize = 254;

impl Email {
    /// Reads an address.
    ///
    /// # Errors
    /// [`Refusal::EmailInvalid`].
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let address = text.trim();
        let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>,;:\"()[]\\".contains(c);
        let (local, host) = address.rsplit_once('@').ok_or(Refusal::EmailInvalid)?;
        let is_host = host.split('.').count() > 1
            && host
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
            && host.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '.');
        let fits = address.len() <= LONGEST_EMAIL && !local.is_empty() && local.len() <= 64;
        if fits && is_host && local.chars().all(|c| is_plain(c) && c != '@') {
            Ok(Self(address.into()))
        } else {
            Err(Refusal::EmailInvalid)
        }
    }

    /// An address from the storage, which was read by [`Email::parse`] before it came there.
    #[must_use]
    pub fn stored(text: String) -> Self {
        Self(text.into())
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a person says of how they are: at most 100 characters on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusText(Box<str>);

const LONGEST_STATUS: usize = 100;

impl StatusText {
    /// Reads a status; nothing when it is empty.
    ///
    /// # Errors
    /// [`Refusal::StatusInvalid`].
    pub fn parse(text: &str) -> Result<Option<Self>, Refusal> {
        if text.len() > 1024 || has_nul(text) {
            return Err(Refusal::StatusInvalid);
        }
        let line = visible_line(text);
        match line.chars().count() {
            0 => Ok(None),
            1..=LONGEST_STATUS => Ok(Some(Self(line.into()))),
            _ => Err(Refusal::StatusInvalid),
        }
    }

    /// The status as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for address in ["alex@example.org", " a.b+c@mail.example.org ", "ü@bücher.example", "x@a-b.example"]
        {
            assert_eq!(Email::parse(address).unwrap().as_str(), address.trim());
        }
        let long = format!("{}@example.org", "a".repeat(65));
        for none in [
            "",
            "@",
            "alex",
            "alex@",
            "@example.org",
            "alex@localhost",
            "a b@example.org",
            "a@b@example.org",
            "alex@example..org",
            "alex@-x.org",
            "Alex <alex@example.org>",
            "a@example.org\r\nBcc: x@example.org",
            &long,
        ] {
            assert_eq!(Email::parse(none), Err(Refusal::EmailInvalid), "{none}");
        }
    }

    #[test]
    fn a_status_is_a_line() {
        let read = |text: &str| StatusText::parse(text).map(|status| status.map(|it| it.as_str().to_owned()));
        assert_eq!(read(" On  holiday\n until Monday "), Ok(Some("On holiday until Monday".to_owned())));
        assert_eq!(read("  "), Ok(None));
        assert_eq!(read(&"a".repeat(101)), Err(Refusal::StatusInvalid));
        assert_eq!(read("a\0b"), Err(Refusal::StatusInvalid));
    }
}
