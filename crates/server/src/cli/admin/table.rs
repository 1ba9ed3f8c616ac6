//! Lists for people.

use crate::adapters::SystemClock;
use chinwag_core::domain::Millis;
use chinwag_core::ports::Clock as _;
use chinwag_wire::console::{ConsoleRoom, ConsoleUser};
use chinwag_wire::native::StaffRole;

/// Characters of a column of texts from people.
const WIDEST: usize = 32;

/// The rooms, one a line.
pub(super) fn rooms(rooms: &[ConsoleRoom]) -> String {
    let now = SystemClock.now();
    let head = ["NUMBER", "ADDRESS", "TITLE", "MEMBERS", "EVENTS", "MADE BY", "MADE", "LAST MESSAGE"];
    let lines = rooms.iter().map(|room| {
        let maker = room.made_by.as_ref();
        let maker =
            maker.map(|maker| format!("{} ({} {})", shown(&maker.name), maker.kind.as_str(), maker.user_id));
        [
            room.room.to_string(),
            room.slug.as_ref().map_or_else(String::new, |slug| format!("#{slug}")),
            shown(&room.title),
            room.members.to_string(),
            room.events.to_string(),
            maker.unwrap_or_else(|| "the server".to_owned()),
            ago(now, room.created_at),
            room.last_message_at.map_or_else(|| "never".to_owned(), |at| ago(now, at)),
        ]
    });
    table(head, lines, "room")
}

/// The accounts, one a line.
pub(super) fn users(users: &[ConsoleUser]) -> String {
    let now = SystemClock.now();
    let head = ["NUMBER", "NAME", "KIND", "ROOMS", "MADE", "SINCE", "LAST HERE"];
    let lines = users.iter().map(|user| {
        [
            user.user_id.to_string(),
            shown(&user.name),
            user.role.map_or(user.kind.as_str(), StaffRole::as_str).to_owned(),
            user.rooms.to_string(),
            user.rooms_made.to_string(),
            ago(now, user.created_at),
            ago(now, user.last_seen_at),
        ]
    });
    table(head, lines, "account")
}

/// For how long something is good still.
pub(super) fn left(until: i64) -> String {
    let minutes = (until - SystemClock.now().0).max(0) / 60_000;
    match minutes {
        0..=119 => format!("{minutes} minutes"),
        120..=2879 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 60 / 24),
    }
}

/// A text from people as it may stand in a terminal: on its line, and without what controls that.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().filter(|character| !character.is_control()).take(WIDEST).collect();
    if text.chars().nth(WIDEST).is_some() {
        shown.push('…');
    }
    shown
}

fn table<const N: usize>(head: [&str; N], lines: impl Iterator<Item = [String; N]>, noun: &str) -> String {
    let lines: Vec<_> = lines.collect();
    let mut widths = head.map(str::len);
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let row = |cells: &[String; N]| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let head = row(&head.map(str::to_owned));
    let plural = if lines.len() == 1 { "" } else { "s" };
    let count = format!("{} {noun}{plural}\n", lines.len());
    std::iter::once(head).chain(lines.iter().map(row)).chain([count]).collect()
}

/// How long ago a time was, as people say it.
fn ago(now: Millis, at: i64) -> String {
    let minutes = now.0.saturating_sub(at).max(0) / 60_000;
    match minutes {
        0 => "now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..2880 => format!("{} h ago", minutes / 60),
        _ => format!("{} days ago", minutes / 1440),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_the_unit_that_fits() {
        let minute = 60_000;
        let told = |minutes: i64| ago(Millis(minutes * minute), 0);
        assert_eq!(
            [told(0), told(-5), told(59), told(60), told(2879)],
            ["now", "now", "59 min ago", "1 h ago", "47 h ago"]
        );
        assert_eq!(told(2880), "2 days ago");
    }

    #[test]
    fn nothing_controls_the_terminal_or_leaves_its_column() {
        assert_eq!(shown("\u{1b}[2JTea\n"), "[2JTea");
        assert_eq!(shown(&"x".repeat(40)).chars().count(), WIDEST + 1);
    }
}
