//! Names and rooms as the pages of guides want them. Their own servers take anything, and a page that was refused would be dead: what breaks
//! the rules is made to fit.

use chinwag_core::domain::{RoomSlug, UserName};

/// Characters of a room's name that its address spells when nothing of it can stand there.
const SPELLED: usize = 6;

/// The name, or what remains of it without what no name has. `None` when that is nothing.
pub(crate) fn name(wish: &str) -> Option<UserName> {
    UserName::parse(wish).ok().or_else(|| UserName::fitting(wish))
}

/// The room that is called so. One whose name has nothing that may stand in an address, or is far too long for one, is spelled by the numbers of
/// its first characters, so that those who name the same room meet. `None` when no room is named.
pub(crate) fn room(wish: &str) -> Option<RoomSlug> {
    let wish = wish.trim();
    if wish.is_empty() {
        return None;
    }
    RoomSlug::parse(wish).ok().or_else(|| {
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
        assert_eq!(long, "Wolfeschlegelsteinhausenbergerdorff Wolf");
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
        assert_eq!(fit("日本").as_deref(), Some("日本"));
        assert_eq!(fit(":;").as_deref(), Some("u-3a-3b"));
        assert_ne!(fit(":;"), fit(";:"));
        assert_eq!(fit(&"*".repeat(5000)).as_deref(), Some("u-2a-2a-2a-2a-2a-2a"));
        assert_eq!([fit(""), fit("  ")], [None, None]);
    }
}
