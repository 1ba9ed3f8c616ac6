//! Whom a text mentions. People stand in it by their numbers, as `<@7>`: a new name needs no rewriting, and two people of one name are two.

use super::UserId;
use std::borrow::Cow;

/// Most people whom one message mentions. Numbers behind them stay in the text and concern nobody.
pub const MOST_MENTIONED: usize = 50;

/// Somebody whom a message mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// The account, which was a member of the room when it was mentioned.
    pub user: UserId,
    /// The name (when it was mentioned; in a page or a replay: at present).
    pub name: String,
}

/// The numbers of people that stand in a text, each once, in their order.
#[must_use]
pub fn mentioned(text: &str) -> Vec<UserId> {
    let mut people = Vec::new();
    for (_, found) in marks(text) {
        if !people.contains(&found) {
            people.push(found);
        }
        if people.len() == MOST_MENTIONED {
            break;
        }
    }
    people
}

/// The text as people read it who know nothing of numbers: with names. A number whose name is not known stays.
#[must_use]
pub fn with_names<'a>(text: &'a str, mentioned: &[Mentioned]) -> Cow<'a, str> {
    if mentioned.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut copied = 0;
    for (mark, user) in marks(text) {
        if let Some(known) = mentioned.iter().find(|known| known.user == user) {
            written.push_str(text.get(copied..mark.start).unwrap_or_default());
            written.push('@');
            written.push_str(&known.name);
            copied = mark.end;
        }
    }
    written.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(written)
}

/// Digits of the largest number.
const LONGEST: usize = 19;

/// Where people stand in a text, and who it is: `<@` and a number without zeros before it and `>`.
fn marks(text: &str) -> impl Iterator<Item = (core::ops::Range<usize>, UserId)> {
    text.match_indices("<@").filter_map(|(start, begin)| {
        let rest = text.get(start + begin.len()..)?;
        let end = rest.bytes().take(LONGEST + 1).position(|byte| byte == b'>')?;
        let number = rest.get(..end)?;
        let is_number = !number.is_empty()
            && !number.starts_with('0')
            && number.bytes().all(|byte| byte.is_ascii_digit());
        let user = UserId(number.parse().ok().filter(|_| is_number)?);
        Some((start..start + begin.len() + number.len() + 1, user))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<i64> {
        mentioned(text).into_iter().map(|user| user.0).collect()
    }

    #[test]
    fn people_stand_in_a_text_by_their_numbers() {
        assert_eq!(found("<@7> and <@12>, <@7>!"), [7, 12]);
        assert_eq!(found("<@<@7>>"), [7]);
        assert_eq!(found(&format!("<@{}>", i64::MAX)), [i64::MAX]);
    }

    #[test]
    fn what_only_looks_like_one_is_text() {
        let too_large = format!("<@{}0>", i64::MAX);
        for text in
            ["<@>", "<@0>", "<@07>", "<@+7>", "<@-7>", "<@ 7>", "<@7", "@7", "<@x>", "<@٧>", &too_large]
        {
            assert_eq!(found(text), [0; 0], "{text}");
        }
    }

    #[test]
    fn one_message_mentions_so_many_and_no_more() {
        let text: String = (1..=99).map(|number| format!("<@{number}>")).collect();
        assert_eq!(found(&text).len(), MOST_MENTIONED);
    }

    #[test]
    fn names_take_the_place_of_numbers() {
        let known = [Mentioned { user: UserId(7), name: "Alex <@12>".to_owned() }];
        assert_eq!(with_names("<@7>: <@12> é<@7>", &known), "@Alex <@12>: <@12> é@Alex <@12>");
        assert_eq!(with_names("no one", &known), "no one");
        assert!(matches!(with_names("<@7>", &[]), Cow::Borrowed("<@7>")));
    }
}
