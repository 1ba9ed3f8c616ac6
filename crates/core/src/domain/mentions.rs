//! Whom a text mentions. People stand in it by their numbers, as `<@7>`: a new name needs no rewriting, and two people of one name are two.
//! Groups stand in it by their names, as `<@&design>`, which never change.

use super::{GroupName, UserId};
use std::borrow::Cow;

/// Most people whom one message mentions. Numbers behind them stay in the text and concern nobody.
pub const MOST_MENTIONED: usize = 50;
/// Most groups that one message mentions.
pub const MOST_GROUPS: usize = 10;

/// Somebody whom a message mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// The account, which was a member of the room when it was mentioned.
    pub user: UserId,
    /// The name (when it was mentioned; in a page or a replay: at present).
    pub name: String,
}

/// Many people whom a message mentions at once. They stand in a text as `<@room>` and `<@here>`: whoever types `@room` is asked by the client
/// first, and what it sends then is the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crowd {
    /// All members of the room.
    Room,
    /// Those members who are present when it is said.
    Here,
}

/// Members who are mentioned at most because they are present.
pub const MOST_HERE: usize = 500;

/// Which of them a text mentions. Where all are mentioned, those who are present are among them.
#[must_use]
pub fn crowd_in(text: &str) -> Option<Crowd> {
    let mut found = None;
    for (_, mark) in marks(text) {
        match mark {
            Mark::Crowd(Crowd::Room) => return Some(Crowd::Room),
            Mark::Crowd(Crowd::Here) => found = Some(Crowd::Here),
            Mark::Person(_) | Mark::Group(_) => {}
        }
    }
    found
}

/// The names of the groups that a text mentions, each once, in their order. Whether there are such groups is another question.
#[must_use]
pub fn groups_in(text: &str) -> Vec<GroupName> {
    let mut groups = Vec::new();
    for (_, mark) in marks(text) {
        let Mark::Group(found) = mark else { continue };
        if !groups.contains(&found) {
            groups.push(found);
        }
        if groups.len() == MOST_GROUPS {
            break;
        }
    }
    groups
}

/// Whether a text mentions many people at once: a crowd or a group.
#[must_use]
pub fn calls_many(text: &str) -> bool {
    marks(text).any(|(_, mark)| matches!(mark, Mark::Crowd(_) | Mark::Group(_)))
}

/// The numbers of people that stand in a text, each once, in their order.
#[must_use]
pub fn mentioned(text: &str) -> Vec<UserId> {
    let mut people = Vec::new();
    for (_, mark) in marks(text) {
        let Mark::Person(found) = mark else { continue };
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
    let mut written = String::new();
    let mut copied = 0;
    for (place, mark) in marks(text) {
        let name = match &mark {
            Mark::Person(user) => {
                mentioned.iter().find(|known| known.user == *user).map(|known| &*known.name)
            }
            Mark::Crowd(crowd) => Some(crowd.name()),
            Mark::Group(group) => Some(group.as_str()),
        };
        if let Some(name) = name {
            written.push_str(text.get(copied..place.start).unwrap_or_default());
            written.push('@');
            written.push_str(name);
            copied = place.end;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    written.push_str(text.get(copied..).unwrap_or_default());
    Cow::Owned(written)
}

impl Crowd {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Room, Self::Here];

    /// What stands behind the `@`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Here => "here",
        }
    }
}

/// Bytes of the longest mark between `<@` and `>`: a group's name of 40 characters.
const LONGEST: usize = 161;

/// Who stands at one place of a text.
enum Mark {
    Person(UserId),
    Crowd(Crowd),
    Group(GroupName),
}

/// Where people stand in a text, and who it is: `<@`, a number without zeros before it, the name of a crowd or `&` and the name of a group, and `>`.
fn marks(text: &str) -> impl Iterator<Item = (core::ops::Range<usize>, Mark)> {
    text.match_indices("<@").filter_map(|(start, begin)| {
        let rest = text.get(start + begin.len()..)?;
        let end = rest.bytes().take(LONGEST + 1).position(|byte| byte == b'>')?;
        let named = rest.get(..end)?;
        Some((start..start + begin.len() + named.len() + 1, Mark::read(named)?))
    })
}

impl Mark {
    fn read(named: &str) -> Option<Self> {
        if let Some(crowd) = Crowd::ALL.into_iter().find(|crowd| crowd.name() == named) {
            return Some(Self::Crowd(crowd));
        }
        if let Some(name) = named.strip_prefix('&') {
            return GroupName::parse(name).ok().filter(|group| group.as_str() == name).map(Self::Group);
        }
        let is_number =
            !named.is_empty() && !named.starts_with('0') && named.bytes().all(|byte| byte.is_ascii_digit());
        Some(Self::Person(UserId(named.parse().ok().filter(|_| is_number)?)))
    }
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
        assert_eq!(with_names("<@room>, <@7> and <@8>", &known), "@room, @Alex <@12> and <@8>");
    }

    #[test]
    fn groups_stand_in_a_text_by_their_names() {
        let names =
            |text: &str| groups_in(text).iter().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
        assert_eq!(names("<@&design> <@&ops>, <@&design>, <@7>"), ["design", "ops"]);
        assert_eq!(with_names("Hello <@&дизайн>!", &[]), "Hello @дизайн!");
        for text in ["<@design>", "<@&Design>", "<@&>", "<@&room>", "<@&a b>", "<@&@design>", "<@& design>"] {
            assert_eq!(names(text), [""; 0], "{text}");
        }
        let many: String = (1..=99).map(|number| format!("<@&g{number}>")).collect();
        assert_eq!(names(&many).len(), MOST_GROUPS);
    }

    #[test]
    fn a_text_mentions_many_at_once() {
        assert_eq!(crowd_in("Hello <@here>"), Some(Crowd::Here));
        assert_eq!(crowd_in("<@here> <@7> <@room>"), Some(Crowd::Room));
        for text in ["@room", "<@Room>", "<@room", "<@ room>", "<@7>"] {
            assert_eq!(crowd_in(text), None, "{text}");
        }
    }
}
