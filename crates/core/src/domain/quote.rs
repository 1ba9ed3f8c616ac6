use super::mentions::{Mentioned, with_names};

/// How many characters of a message stand in front of an answer to it.
const LENGTH: usize = 60;

/// The beginning of a message, for those who see an answer to it and cannot look it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Who wrote it.
    pub name: String,
    /// At most 60 characters of what it says now, in one line; nothing of one that was deleted,
    /// or that somebody who comes now may not read.
    pub text: String,
}

impl Quote {
    /// The beginning of a message of somebody, which mentions these people.
    #[must_use]
    pub fn of(name: String, text: &str, mentions: &[Mentioned]) -> Self {
        let text = with_names(text, mentions);
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut rest = line.chars();
        let mut text: String = rest.by_ref().take(LENGTH).collect();
        if rest.next().is_some() {
            text.pop();
            text.push('…');
        }
        Self { name, text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::UserId;

    #[test]
    fn it_is_one_short_line_with_names() {
        let mentions = [Mentioned { user: UserId(7), name: "Alex".to_owned() }];
        let quote = Quote::of("Sam".to_owned(), "tea\n\n for  <@7>?", &mentions);
        assert_eq!(quote.text, "tea for @Alex?");
        let long = Quote::of("Sam".to_owned(), &"é".repeat(61), &[]);
        assert_eq!(long.text, format!("{}…", "é".repeat(59)));
        assert_eq!(Quote::of("Sam".to_owned(), &"é".repeat(60), &[]).text, "é".repeat(60));
    }
}
