//! Accounts, and how people come in.

use super::removal::which;
use super::{Output, print, unexpected, users_in};
use crate::config::Config;
use crate::console::Line;
use anyhow::Context as _;
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest, ConsoleUser, json_lines};
use chinwag_wire::native::StaffRole;
use clap::ValueEnum;
use std::collections::BTreeMap;

/// What somebody is on the server.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Role {
    /// Somebody with an account
    Member,
    /// Keeps order among people
    Moderator,
    /// Runs the server day by day
    Admin,
    /// Whose server it is
    Owner,
}

impl Role {
    pub(super) fn staff(self) -> Option<StaffRole> {
        match self {
            Self::Member => None,
            Self::Moderator => Some(StaffRole::Moderator),
            Self::Admin => Some(StaffRole::Admin),
            Self::Owner => Some(StaffRole::Owner),
        }
    }
}

/// The account with this number or name.
pub(super) async fn find(line: &mut Line, user: &str) -> anyhow::Result<ConsoleUser> {
    let found = users_in(line.ask(ConsoleRequest::User { which: which(user, '@') }).await?)?;
    let sentence = || format!("there is no account {user}; the list tells which there are");
    found.into_iter().next().with_context(sentence)
}

/// Says what somebody is on the server.
pub(super) async fn promote(line: &mut Line, user: &str, role: Role) -> anyhow::Result<()> {
    let user = find(line, user).await?;
    let request = ConsoleRequest::SetRole { user_id: user.user_id, role: role.staff() };
    done(line.ask(request).await?)?;
    let word = role.staff().map_or("member", StaffRole::as_str);
    print(&format!("{} is {word} of this server now.\n", super::table::shown(&user.name)))
}

/// Makes a link, and prints where it leads.
pub(super) async fn link(
    line: &mut Line,
    request: ConsoleRequest,
    config: &Config,
    output: Output,
) -> anyhow::Result<()> {
    let (fragment, until) = match line.ask(request).await? {
        ConsoleAnswer::Link { fragment, until } => (fragment, until),
        answer @ (ConsoleAnswer::Rooms { .. }
        | ConsoleAnswer::Users { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::Done
        | ConsoleAnswer::NotFound
        | ConsoleAnswer::Failed { .. }) => return unexpected(answer),
    };
    let link = config.link(config.port, &fragment);
    match output {
        Output::Text => print(&format!("{link}\nGood for {}.\n", super::table::left(until))),
        Output::Json => {
            let until = until.to_string();
            print(&json_lines(&[BTreeMap::from([("link", link), ("until", until)])])?)
        }
    }
}

/// Makes another key.
pub(super) async fn rotate_keys(line: &mut Line) -> anyhow::Result<()> {
    done(line.ask(ConsoleRequest::RotateKeys).await?)?;
    print(
        "From now on access tokens are signed with another key. Tokens of the one before are good until they end.\n",
    )
}

fn done(answer: ConsoleAnswer) -> anyhow::Result<()> {
    match answer {
        ConsoleAnswer::Done => Ok(()),
        answer @ (ConsoleAnswer::Rooms { .. }
        | ConsoleAnswer::Users { .. }
        | ConsoleAnswer::Link { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::NotFound
        | ConsoleAnswer::Failed { .. }) => unexpected(answer),
    }
}
