use chinwag_core::domain::permissions::{Action, RoomRole, ServerRole, may};

const INTRODUCTION: &str = "\
# Who may do what

This page is made from the one table of rights, [permissions.rs](../crates/core/src/domain/permissions.rs), by `make generate`; do not
edit it. Every protocol has the same rights: the table is asked inside the transaction that writes, and before anything is read.

What somebody may not see is not a matter of rights: a room is found through the person who asks for it, or it is not there. So far
every room is public, and everybody finds it.

A person has one role on the server and, in each room where that person is a member, one role there. Some of the roles are not given to
anybody yet: who signs in by a name is a guest, whose client speaks another protocol and does not sign in is a visitor, and who makes a
room owns it.
";

/// The table of rights for people to read: a table for each role on the server, with equal ones joined.
pub(crate) fn permissions_page() -> String {
    let mut page = INTRODUCTION.to_owned();
    for (roles, table) in tables() {
        let names: Vec<_> = roles.into_iter().map(server_role).collect();
        page.push_str(&format!("\n## {}\n\n{table}", names.join(", ")));
    }
    page
}

/// The roles on the server from the highest to the least, those that may do the same together.
fn tables() -> Vec<(Vec<ServerRole>, String)> {
    let mut tables: Vec<(Vec<ServerRole>, String)> = Vec::new();
    for role in ServerRole::ALL.into_iter().rev() {
        let table = table(role);
        match tables.last_mut() {
            Some((roles, last)) if *last == table => roles.push(role),
            _ => tables.push((vec![role], table)),
        }
    }
    tables
}

fn table(server: ServerRole) -> String {
    let in_room: Vec<_> = RoomRole::ALL.into_iter().rev().map(Some).chain([None]).collect();
    let heads: Vec<_> = in_room.iter().map(|role| role.map_or("not in the room", room_role)).collect();
    let rule = "---|".repeat(in_room.len() + 1);
    let mut table = format!("| | {} |\n|{rule}\n", heads.join(" | "));
    for action in Action::ALL {
        let answers: Vec<_> =
            in_room.iter().map(|role| if may(server, *role, action) { "yes" } else { "no" }).collect();
        table.push_str(&format!("| {} | {} |\n", action.label(), answers.join(" | ")));
    }
    table
}

fn server_role(role: ServerRole) -> &'static str {
    match role {
        ServerRole::Visitor => "Visitor",
        ServerRole::Guest => "Guest",
        ServerRole::Member => "Member of the server",
        ServerRole::Moderator => "Moderator of the server",
        ServerRole::Admin => "Admin",
        ServerRole::Owner => "Owner of the server",
    }
}

fn room_role(role: RoomRole) -> &'static str {
    match role {
        RoomRole::Member => "member",
        RoomRole::Moderator => "moderator",
        RoomRole::Owner => "owner",
    }
}
