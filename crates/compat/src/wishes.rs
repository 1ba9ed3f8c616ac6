//! Names and rooms as the pages of guides want them. Their own servers take anything, and a page that was refused would be dead: what breaks
//! the rules is made to fit.

use chinwag_core::domain::{RoomSlug, UserName};

/// Characters that a name keeps which is too long, as far as the rules allow.
const NAMES: [usize; 3] = [usize::MAX, 40, 20];
/// Characters of a room's name that its address spells when nothing of it can stand there.
const SPELLED: usize = 6;

/// The name, or what remains of it without what no name has. `None` when that is nothing.
pub(crate) fn name(wish: &str) -> Option<UserName> {
    // What is far longer than any name is read as far as one may be interested in it.
    let wish: String = wish.chars().take(200).collect();
    UserName::parse(&wish).ok().or_else(|| {
        let may_stand =
            |letter: &char| letter.is_whitespace() || UserName::parse(&format!("a{letter}b")).is_ok();
        let kept: String = wish.chars().filter(may_stand).collect();
        let words = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        let shorter = NAMES.map(|length| words.chars().take(length).collect::<String>());
        shorter.iter().find_map(|name| UserName::parse(name).ok())
    })
}

/// The room that is called so. One whose name has nothing that may stand in an address is spelled by the numbers of its characters, so that
/// those who name the same room meet. `None` when no room is named.
pub(crate) fn room(wish: &str) -> Option<RoomSlug> {
    let wish = wish.trim();
    if wish.is_empty() {
        return None;
    }
    RoomSlug::of_name(wish).ok().or_else(|| {
        let spelled: String =
            wish.chars().take(SPELLED).map(|letter| format!("-{:x}", u32::from(letter))).collect();
        RoomSlug::parse(&format!("u{spelled}")).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_to_fit() {
        let fit = |wish: &str| name(wish).map(|name| name.to_string());
        assert_eq!(fit("Alex").as_deref(), Some("Alex"));
        assert_eq!(fit(" <b>Alex</b>\n").as_deref(), Some("bAlexb"));
        assert_eq!(fit("Alex\u{200b} \t K").as_deref(), Some("Alex K"));
        let long = fit(&"Wolfeschlegelsteinhausenbergerdorff ".repeat(9)).unwrap();
        assert!(long.starts_with("Wolfeschlegelsteinha"), "{long}");
        for nothing in ["", " ", "<>", "\u{200b}", "\u{1}"] {
            assert_eq!(fit(nothing), None, "{nothing:?}");
        }
    }

    #[test]
    fn rooms_are_made_to_fit() {
        let fit = |wish: &str| room(wish).map(|room| room.to_string());
        assert_eq!(fit("Late Night").as_deref(), Some("late-night"));
        assert_eq!(fit("***").as_deref(), Some("u-2a-2a-2a"));
        assert_ne!(fit("***"), fit("..."));
        assert_eq!(fit(&"*".repeat(5000)).as_deref(), Some("u-2a-2a-2a-2a-2a-2a"));
        assert_eq!([fit(""), fit("  ")], [None, None]);
    }
}
