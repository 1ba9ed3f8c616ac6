//! `chinwag admin`: what the operator sees and does at the console.

mod accounts;
mod index;
mod question;
mod removal;
mod table;

use crate::config::{Config, Options, PlatformVariables, Storage};
use crate::console::Line;
use accounts::Role;
use anyhow::bail;
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest, ConsoleRoom, ConsoleUser, json_lines};
use clap::{Args, Subcommand};
use removal::{remove_rooms, remove_users};
use std::io::Write as _;
use std::path::PathBuf;

/// Works on the data of a running server, through the socket in its data folder, and on that of one which does not run. Needs the rights to
/// that folder and no others.
#[derive(Args)]
pub(super) struct Admin {
    /// TOML file of the server, for its key data
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Folder of the database [default: ./data]
    #[arg(long, env = "CHINWAG_DATA", value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// One JSON object a line, for scripts
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    noun: Noun,
}

#[derive(Subcommand)]
enum Noun {
    /// Rooms
    #[command(subcommand)]
    Rooms(Rooms),
    /// People: guests, visitors, members
    #[command(subcommand)]
    Users(Users),
    /// Tell who has an account now: the same as users list
    List,
    /// Make an account, and a link by which its person comes in and sets a password
    Create {
        /// The name to sign in with
        name: String,
        /// What the person is on the server
        #[arg(long, value_enum, default_value_t = Role::Member)]
        role: Role,
    },
    /// Say what a member is on the server
    Promote {
        /// The number or the name; one that has digits only is a name with an @ before it
        user: String,
        /// What the person is from now on
        #[arg(long, value_enum, default_value_t = Role::Admin)]
        role: Role,
    },
    /// Make a link by which somebody who lost the password comes in and sets another one
    ResetPassword {
        /// The number or the name; one that has digits only is a name with an @ before it
        user: String,
    },
    /// Make a link by which people come in
    Invite {
        /// For how many hours it is good [default: 168]
        #[arg(long)]
        hours: Option<u32>,
        /// How many may come by it [default: 25]
        #[arg(long)]
        uses: Option<u32>,
        /// What they are on the server
        #[arg(long, value_enum, default_value_t = Role::Member)]
        role: Role,
    },
    #[command(skip)]
    RotateKeys,
    #[command(skip)]
    Reindex,
}

#[derive(Subcommand)]
enum Rooms {
    /// Tell what rooms there are
    List {
        /// Only those with this in their title, topic or address
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        search: String,
        /// Only those that guests and visitors have made
        #[arg(long)]
        by_guests: bool,
    },
    /// Delete rooms with everything in them, for everyone
    Delete {
        /// Their numbers or addresses; one that has digits only is an address with a # before it
        #[arg(required = true, value_name = "ROOM")]
        rooms: Vec<String>,
        /// Ask nothing
        #[arg(long, short)]
        yes: bool,
    },
}

#[derive(Subcommand)]
enum Users {
    /// Tell who has an account now
    List {
        /// Only those with this in their names
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        search: String,
    },
    /// Sign people out everywhere and end their accounts; what they wrote stays, under the names they had
    Remove {
        /// Their numbers or names; one that has digits only is a name with an @ before it
        #[arg(required = true, value_name = "USER")]
        users: Vec<String>,
        /// Ask nothing
        #[arg(long, short)]
        yes: bool,
    },
}

/// The keys that sign access tokens.
#[derive(Args)]
pub(super) struct Keys {
    /// TOML file of the server, for its key data
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Folder of the database [default: ./data]
    #[arg(long, env = "CHINWAG_DATA", value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    verb: KeysVerb,
}

#[derive(Subcommand)]
enum KeysVerb {
    /// Make another key. The one before is believed for a day still, longer than any token that it signed
    Rotate,
}

/// The index of messages.
#[derive(Args)]
pub(super) struct Reindex {
    /// TOML file of the server, for its key data
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the database [default: ./data]
    #[arg(long, env = "CHINWAG_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Has the index made anew and waits until it is.
pub(super) fn run_reindex(Reindex { config, data }: Reindex) -> anyhow::Result<()> {
    run(Admin { config, data, json: false, noun: Noun::Reindex })
}

/// Does what was asked for with the keys.
pub(super) fn run_keys(Keys { config, data, verb: KeysVerb::Rotate }: Keys) -> anyhow::Result<()> {
    run(Admin { config, data, json: false, noun: Noun::RotateKeys })
}

/// Does what was asked for.
pub(super) fn run(Admin { config, data, json, noun }: Admin) -> anyhow::Result<()> {
    let config = Config::load(
        Options { data, ..Options::default() },
        config.as_deref(),
        PlatformVariables::default(),
    )?;
    anyhow::ensure!(
        config.storage == Storage::File,
        "this server keeps everything in memory (storage = \"memory\"), where the console does not reach"
    );
    let output = if json { Output::Json } else { Output::Text };
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut line = Line::open(&config).await?;
        match noun {
            Noun::Rooms(Rooms::List { search, by_guests }) => {
                list_rooms(&mut line, &search, by_guests, output).await
            }
            Noun::Rooms(Rooms::Delete { rooms, yes }) => remove_rooms(&mut line, &rooms, yes, output).await,
            Noun::Users(Users::List { search }) => list_users(&mut line, &search, output).await,
            Noun::Users(Users::Remove { users, yes }) => remove_users(&mut line, &users, yes, output).await,
            Noun::List => list_users(&mut line, "", output).await,
            Noun::Create { name, role } => {
                let request = ConsoleRequest::CreateUser { name, role: role.staff() };
                accounts::link(&mut line, request, &config, output).await
            }
            Noun::Promote { user, role } => accounts::promote(&mut line, &user, role).await,
            Noun::ResetPassword { user } => {
                let user_id = accounts::find(&mut line, &user).await?.user_id;
                let request = ConsoleRequest::ResetPassword { user_id };
                accounts::link(&mut line, request, &config, output).await
            }
            Noun::Invite { hours, uses, role } => {
                let request = ConsoleRequest::Invite { hours, uses, role: role.staff() };
                accounts::link(&mut line, request, &config, output).await
            }
            Noun::RotateKeys => accounts::rotate_keys(&mut line).await,
            Noun::Reindex => index::make_anew(&mut line).await,
        }
    })
}

/// For whom it is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    Text,
    Json,
}

async fn list_rooms(line: &mut Line, search: &str, guests: bool, output: Output) -> anyhow::Result<()> {
    let (mut all, mut after) = (Vec::new(), i64::MIN);
    loop {
        let request = ConsoleRequest::Rooms { search: search.to_owned(), guests, after };
        let rooms = rooms_in(line.ask(request).await?)?;
        let Some(last) = rooms.last() else { break };
        after = last.room;
        match output {
            Output::Json => print(&json_lines(&rooms)?)?,
            Output::Text => all.extend(rooms),
        }
    }
    if output == Output::Text {
        print(&table::rooms(&all))?;
    }
    Ok(())
}

async fn list_users(line: &mut Line, search: &str, output: Output) -> anyhow::Result<()> {
    let (mut all, mut after) = (Vec::new(), i64::MIN);
    loop {
        let request = ConsoleRequest::Users { search: search.to_owned(), after };
        let users = users_in(line.ask(request).await?)?;
        let Some(last) = users.last() else { break };
        after = last.user_id;
        match output {
            Output::Json => print(&json_lines(&users)?)?,
            Output::Text => all.extend(users),
        }
    }
    if output == Output::Text {
        print(&table::users(&all))?;
    }
    Ok(())
}

fn rooms_in(answer: ConsoleAnswer) -> anyhow::Result<Vec<ConsoleRoom>> {
    match answer {
        ConsoleAnswer::Rooms { rooms } => Ok(rooms),
        other @ (ConsoleAnswer::Users { .. }
        | ConsoleAnswer::Link { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::Done
        | ConsoleAnswer::NotFound
        | ConsoleAnswer::Failed { .. }) => unexpected(other),
    }
}

fn users_in(answer: ConsoleAnswer) -> anyhow::Result<Vec<ConsoleUser>> {
    match answer {
        ConsoleAnswer::Users { users } => Ok(users),
        other @ (ConsoleAnswer::Rooms { .. }
        | ConsoleAnswer::Link { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::Done
        | ConsoleAnswer::NotFound
        | ConsoleAnswer::Failed { .. }) => unexpected(other),
    }
}

fn unexpected<T>(answer: ConsoleAnswer) -> anyhow::Result<T> {
    match answer {
        ConsoleAnswer::Failed { message } => bail!("{message}"),
        answer @ (ConsoleAnswer::Rooms { .. }
        | ConsoleAnswer::Users { .. }
        | ConsoleAnswer::Link { .. }
        | ConsoleAnswer::Index { .. }
        | ConsoleAnswer::Done
        | ConsoleAnswer::NotFound) => bail!("the server answers {answer:?}: are both of one version?"),
    }
}

/// Writes to whoever reads, who may have read enough.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => std::process::exit(0),
        written => Ok(written?),
    }
}
