use chinwag_core::domain::RoomKind;
use chinwag_core::domain::permissions::{Action, RoomRole, ServerAction, ServerRole, may, may_on_server};

const INTRODUCTION: &str = "\
# Permissions

Who may do what, by the kind of the room. What somebody may not see at all is not in these tables: for them it does not exist. The server asks the
same table for every protocol, and inside the transaction that writes. It is `crates/core/src/domain/permissions.rs`; `cargo xtask
generate` prints it here. Whoever has the data folder in hand is above it: see [the console](deployment.md#the-console).

Two rules stand beside the tables. Nobody removes, bans or silences one who stands as high as oneself: an owner of a room removes moderators and members, a
moderator members, and who keeps order on the server anybody in a public room. And a room that has an owner keeps one.
";

/// `docs/permissions.md`: for each kind of room a table of actions by role in the room, for the roles on the server that have the same rights.
pub(super) fn document() -> String {
    let mut text = INTRODUCTION.to_owned();
    text.push_str(&on_the_server());
    for kind in RoomKind::ALL {
        text.push_str(&format!("\n## {}\n", room_kind(kind)));
        for roles in ServerRole::ALL.chunk_by(|a, b| rights(*a, kind) == rights(*b, kind)) {
            let names: Vec<_> = roles.iter().map(|role| server_role(*role)).collect();
            text.push_str(&section(&names.join(", "), &rights(roles[0], kind)));
        }
    }
    text
}

/// What concerns no room, by role on the server.
fn on_the_server() -> String {
    let head: String = ServerRole::ALL.iter().map(|role| format!(" {} |", server_role(*role))).collect();
    let rule = "---|".repeat(ServerRole::ALL.len());
    let mut text = format!("\n## The server\n\n| |{head}\n|---|{rule}\n");
    for action in ServerAction::ALL {
        let cells = ServerRole::ALL.map(|role| if may_on_server(role, action) { " yes |" } else { " |" });
        text.push_str(&format!("| {} |{}\n", action.label(), cells.concat()));
    }
    text
}

/// For every action whether it is allowed to one who is not in the room, and to each [`RoomRole`].
fn rights(server: ServerRole, kind: RoomKind) -> Vec<(Action, Vec<bool>)> {
    let of = |action| places().map(|room| may(server, kind, room, action)).collect();
    Action::ALL.into_iter().map(|action| (action, of(action))).collect()
}

fn places() -> impl Iterator<Item = Option<RoomRole>> {
    std::iter::once(None).chain(RoomRole::ALL.into_iter().map(Some))
}

fn section(names: &str, rights: &[(Action, Vec<bool>)]) -> String {
    let head: String =
        places().map(|room| format!(" {} |", room.map_or("not in the room", room_role))).collect();
    let rule = "---|".repeat(places().count());
    let mut text = format!("\n### {names}\n\n| |{head}\n|---|{rule}\n");
    for (action, allowed) in rights {
        let cells: String = allowed.iter().map(|may| if *may { " yes |" } else { " |" }).collect();
        text.push_str(&format!("| {} |{cells}\n", action.label()));
    }
    text
}

fn room_kind(kind: RoomKind) -> &'static str {
    match kind {
        RoomKind::Public => "Public rooms",
        RoomKind::Private => "Private rooms",
        RoomKind::Direct => "Conversations of two",
        RoomKind::Group => "Conversations of a few",
    }
}

fn server_role(role: ServerRole) -> &'static str {
    match role {
        ServerRole::Visitor => "Visitor",
        ServerRole::Guest => "Guest",
        ServerRole::Member => "Member",
        ServerRole::Moderator => "Moderator",
        ServerRole::Admin => "Admin",
        ServerRole::Owner => "Owner",
    }
}

fn room_role(role: RoomRole) -> &'static str {
    match role {
        RoomRole::Member => "member",
        RoomRole::Moderator => "moderator",
        RoomRole::Owner => "owner of the room",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_a_row_in_every_section() {
        let text = document();
        let sections = text.matches("### ").count();
        for action in Action::ALL {
            let row = format!("| {} |", action.label());
            assert_eq!(text.matches(&row).count(), sections, "{row}");
        }
    }

    #[test]
    fn only_the_owner_of_a_room_deletes_it() {
        let text = document();
        let private =
            &text[text.find("## Private rooms").unwrap()..text.find("## Conversations of two").unwrap()];
        assert!(
            private.contains("| delete a room | | | | yes |\n") && !private.contains("| read a room | yes")
        );
    }
}
