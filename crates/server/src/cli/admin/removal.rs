//! Removing, one after the other, after a question.

use super::question::agrees;
use super::table::shown;
use super::{Output, print, rooms_in, unexpected, users_in};
use crate::console::Line;
use anyhow::bail;
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest, Which, json_lines};

/// Deletes rooms. What is not there is told at the end, after all others are deleted.
pub(super) async fn remove_rooms(
    line: &mut Line,
    rooms: &[String],
    yes: bool,
    output: Output,
) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for text in rooms {
        let found = match line.ask(ConsoleRequest::Room { which: which(text, '#') }).await? {
            ConsoleAnswer::NotFound => Vec::new(),
            answer @ (ConsoleAnswer::Rooms { .. }
            | ConsoleAnswer::Users { .. }
            | ConsoleAnswer::Link { .. }
            | ConsoleAnswer::Index { .. }
            | ConsoleAnswer::Done
            | ConsoleAnswer::Failed { .. }) => rooms_in(answer)?,
        };
        let Some(room) = found.into_iter().next() else {
            missing.push(text.as_str());
            continue;
        };
        let label = match &room.slug {
            Some(slug) => format!("#{slug} ({})", shown(&room.title)),
            None => format!("{} ({})", room.room, shown(&room.title)),
        };
        let (members, events) = (room.members, room.events);
        let question = format!("Delete {label} with {members} members and {events} events, for everyone?");
        let request = ConsoleRequest::DeleteRoom { room: room.room };
        if !agrees(&question, yes)? {
            continue;
        }
        if !is_removed(line, request).await? {
            missing.push(text);
            continue;
        }
        match output {
            Output::Text => print(&format!("Deleted {label}.\n"))?,
            Output::Json => print(&json_lines(&[room])?)?,
        }
    }
    told("room", &missing)
}

/// Ends accounts. Who is not there is told at the end, after all others are removed.
pub(super) async fn remove_users(
    line: &mut Line,
    users: &[String],
    yes: bool,
    output: Output,
) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for text in users {
        let found = users_in(line.ask(ConsoleRequest::User { which: which(text, '@') }).await?)?;
        let Some(user) = found.into_iter().next() else {
            missing.push(text.as_str());
            continue;
        };
        let (name, kind, rooms) = (shown(&user.name), user.kind.as_str(), user.rooms);
        let question = format!("Remove {name} ({kind} {}), who is in {rooms} rooms?", user.user_id);
        let request = ConsoleRequest::RemoveUser { user_id: user.user_id };
        if !agrees(&question, yes)? {
            continue;
        }
        if !is_removed(line, request).await? {
            missing.push(text);
            continue;
        }
        match output {
            Output::Text => print(&format!("Removed {name}.\n"))?,
            Output::Json => print(&json_lines(&[user])?)?,
        }
    }
    told("account", &missing)
}

/// Has something removed. Answers whether it was still there.
async fn is_removed(line: &mut Line, request: ConsoleRequest) -> anyhow::Result<bool> {
    match line.ask(request).await? {
        ConsoleAnswer::Done => Ok(true),
        ConsoleAnswer::NotFound => Ok(false),
        answer @ (ConsoleAnswer::Rooms { .. }
        | ConsoleAnswer::Users { .. }
        | ConsoleAnswer::Link { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::Failed { .. }) => unexpected(answer),
    }
}

/// What is meant by a word: digits are a number, and what has `mark` before it never is.
pub(super) fn which(text: &str, mark: char) -> Which {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.parse().ok().filter(|_| is_number) {
        Some(number) => Which::Number(number),
        None => Which::Name(text.strip_prefix(mark).unwrap_or(text).to_owned()),
    }
}

fn told(noun: &str, missing: &[&str]) -> anyhow::Result<()> {
    if !missing.is_empty() {
        bail!("there is no {noun} {}; the list tells which there are", missing.join(", "));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_number_unless_they_are_marked() {
        assert_eq!(which("17", '#'), Which::Number(17));
        for (text, mark, name) in [
            ("#17", '#', "17"),
            ("@17", '@', "17"),
            ("tea", '#', "tea"),
            ("#tea", '#', "tea"),
            ("+17", '@', "+17"),
        ] {
            assert_eq!(which(text, mark), Which::Name(name.to_owned()));
        }
    }
}
