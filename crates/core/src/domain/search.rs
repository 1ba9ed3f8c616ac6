//! What people look for among messages, and what they find.

use super::search_tokens::{has_link, search_fold};
use super::{Message, Millis, Refusal, RoomId, UserId};
use core::fmt::{self, Display, Formatter};
use core::str::FromStr;

/// Characters of the longest search.
const LONGEST: usize = 200;
const TOO_LONG: &str = "A search has at most 200 characters.";
const EMPTY: &str = "Say what you look for: a word, or from:, in:, before:, after: or has:link.";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What somebody looks for among the messages that the person may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchWish {
    /// What was typed.
    pub query: SearchQuery,
    /// Only in this room.
    pub room: Option<RoomId>,
    /// Only what this person wrote.
    pub from: Option<UserId>,
    /// Where the page before ended; none for the first one.
    pub before: Option<SearchPosition>,
    /// Messages of the page.
    pub limit: u32,
}

/// A page of what was found, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The messages as they are now.
    pub hits: Vec<Message>,
    /// Where the page ends, when there may be more.
    pub next: Option<SearchPosition>,
    /// The time of the last message that was looked at, when time was over before the page was full.
    pub searched_to: Option<Millis>,
    /// Only what was written before is sure to be found, when newer messages are not in the index yet.
    pub indexed_to: Option<Millis>,
}

/// A place in what is found. What its numbers mean is the storage's affair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchPosition(pub [i64; 3]);

/// What was typed into a search: words, "what stands together", and `from:`, `in:`, `before:`, `after:`, `has:link`. Everything in it has to be so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    needles: Vec<String>,
    /// The name of who wrote it.
    pub from: Option<String>,
    /// The title or the address of the room.
    pub room: Option<String>,
    /// It was written before this time.
    pub before: Option<Millis>,
    /// It was written at this time or later.
    pub after: Option<Millis>,
    /// It has a link.
    pub has_link: bool,
}

impl SearchQuery {
    /// Reads what somebody typed. What looks like an operator and is none is a word.
    ///
    /// # Errors
    /// [`Refusal::SearchInvalid`] when it is too long, or empty.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if text.chars().count() > LONGEST {
            return Err(Refusal::SearchInvalid(TOO_LONG));
        }
        let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
        let (mut query, mut rest) = (Self::default(), text.trim_start());
        while !rest.is_empty() {
            let word;
            (word, rest) = next_word(rest);
            query.take(word);
            rest = rest.trim_start();
        }
        if query == Self::default() { Err(Refusal::SearchInvalid(EMPTY)) } else { Ok(query) }
    }

    /// The parts that have to stand in a message, [folded](search_fold).
    #[must_use]
    pub fn needles(&self) -> &[String] {
        &self.needles
    }

    /// Whether a message says what is looked for, at a time that is looked for.
    #[must_use]
    pub fn finds(&self, message: &Message) -> bool {
        let is_in_time = self.before.is_none_or(|before| message.at < before)
            && self.after.is_none_or(|after| message.at >= after);
        is_in_time && self.finds_text(&message.content.text)
    }

    /// Whether this text is looked for.
    #[must_use]
    pub fn finds_text(&self, text: &str) -> bool {
        if self.needles.is_empty() && !self.has_link {
            return true;
        }
        let folded = search_fold(text);
        (!self.has_link || has_link(&folded)) && self.needles.iter().all(|needle| folded.contains(needle))
    }

    fn take(&mut self, word: Word<'_>) {
        let said = match word {
            Word::Plain(said) => said,
            Word::Quoted(said) => return self.look_for(said),
            Word::Operator(name, value) => return self.narrow(name, value),
        };
        match said.split_once(':') {
            Some((name, value)) if !value.is_empty() => self.narrow(name, value),
            Some(_) | None => self.look_for(said),
        }
    }

    fn narrow(&mut self, name: &str, value: &str) {
        let day = || start_of_day(value);
        match (name.to_ascii_lowercase().as_str(), day()) {
            ("from", _) => self.from = Some(value.trim_start_matches('@').to_owned()),
            ("in", _) => self.room = Some(value.trim_start_matches('#').to_owned()),
            ("before", Some(day)) => self.before = Some(day),
            ("after", Some(day)) => self.after = Some(Millis(day.0 + DAY_MS)),
            ("has", _) if value.eq_ignore_ascii_case("link") => self.has_link = true,
            (_, _) => self.look_for(&format!("{name}:{value}")),
        }
    }

    fn look_for(&mut self, said: &str) {
        let needle = search_fold(said);
        if !needle.trim().is_empty() && !self.needles.contains(&needle) {
            self.needles.push(needle);
        }
    }
}

enum Word<'a> {
    Plain(&'a str),
    Quoted(&'a str),
    /// With a value in quotes.
    Operator(&'a str, &'a str),
}

/// The first word of a text that begins with one, and what is behind it.
fn next_word(text: &str) -> (Word<'_>, &str) {
    if let Some(quoted) = text.strip_prefix('"') {
        let (said, rest) = up_to_quote(quoted);
        return (Word::Quoted(said), rest);
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    if let Some((name, quoted)) = text[..end].find(":\"").map(|at| (&text[..at], &text[at + 2..])) {
        let (value, rest) = up_to_quote(quoted);
        if !value.is_empty() {
            return (Word::Operator(name, value), rest);
        }
    }
    (Word::Plain(&text[..end]), &text[end..])
}

/// What stands before the next quote, or the rest; and what is behind it.
fn up_to_quote(text: &str) -> (&str, &str) {
    text.split_once('"').unwrap_or((text, ""))
}

/// The first moment of a day such as 2026-11-30, in UTC.
fn start_of_day(text: &str) -> Option<Millis> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| -> Option<i64> {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
    };
    let (year, month, day) = (number(4)?, number(2)?, number(2)?);
    let is_date = parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| Millis(days_since_1970(year, month, day) * DAY_MS))
}

/// Days of the Gregorian calendar: years begin in March, so that the leap day is their last one.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month > 2 { year } else { year - 1 };
    let day_of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

impl Display for SearchPosition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let [first, second, third] = self.0;
        write!(formatter, "{first}.{second}.{third}")
    }
}

impl FromStr for SearchPosition {
    type Err = ();

    /// Reads what [`Display`] wrote.
    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('.').map(|part| part.parse::<i64>().map_err(drop));
        let mut part = || parts.next().unwrap_or(Err(()));
        let position = Self([part()?, part()?, part()?]);
        if parts.next().is_none() { Ok(position) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> SearchQuery {
        SearchQuery::parse(text).unwrap()
    }

    #[test]
    fn words_and_what_stands_together() {
        let query = parse("  Hello \"big  WORLD\" it's Ｆｏｏ hello \"\"");
        assert_eq!(query.needles(), ["hello", "big  world", "it's", "foo"]);
        assert_eq!(parse("\"no end").needles(), ["no end"]);
    }

    #[test]
    fn operators() {
        let query = parse("from:@Alex IN:#general before:2026-11-30 after:2024-02-28 has:LINK tea");
        assert_eq!((query.from.as_deref(), query.room.as_deref()), (Some("Alex"), Some("general")));
        assert_eq!(query.before, Some(Millis(1_796_000_000_000 / DAY_MS * DAY_MS)));
        assert_eq!(query.after, Some(Millis(1_709_164_800_000)), "the day after is a leap day");
        assert!(query.has_link);
        assert_eq!(query.needles(), ["tea"]);
        let query = parse("from:\"Alex Miller\" in:\"Tea & more\"");
        assert_eq!((query.from.as_deref(), query.room.as_deref()), (Some("Alex Miller"), Some("Tea & more")));
        assert!(query.needles().is_empty());
    }

    #[test]
    fn what_is_no_operator_is_a_word() {
        let query = parse("http://x.org has:tea before:tomorrow after:2026-13-01 from: 10:30");
        let words = ["http://x.org", "has:tea", "before:tomorrow", "after:2026-13-01", "from:", "10:30"];
        assert_eq!(query.needles(), words);
        assert_eq!((query.from, query.before), (None, None));
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        for refused in ["", "  \n ", "\"\"", &"x".repeat(201)] {
            assert!(matches!(SearchQuery::parse(refused), Err(Refusal::SearchInvalid(_))), "{refused:?}");
        }
        assert!(SearchQuery::parse(&"é".repeat(200)).is_ok());
    }

    #[test]
    fn everything_has_to_be_there() {
        let query = parse("tea has:link");
        assert!(query.finds_text("Tea: https://example.org"));
        assert!(!query.finds_text("Tea") && !query.finds_text("https://example.org"));
    }

    #[test]
    fn a_position_is_read_as_it_was_written() {
        for numbers in [[1, 2, 3], [i64::MIN, 0, i64::MAX]] {
            assert_eq!(SearchPosition(numbers).to_string().parse(), Ok(SearchPosition(numbers)));
        }
        for wrong in ["", "1.2", "1.2.3.4", "1.2.x"] {
            assert!(wrong.parse::<SearchPosition>().is_err(), "{wrong}");
        }
    }
}
