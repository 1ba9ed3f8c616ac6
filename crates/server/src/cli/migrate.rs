//! `chinwag migrate`: from the file of SQLite to PostgreSQL.

mod progress;

use crate::config::{Config, Options, PlatformVariables, SecretUrl, Storage};
use anyhow::Context as _;
use chinwag_store::{Moved, move_to_postgres};
use indicatif::{HumanCount, HumanDuration};
use progress::Progress;
use std::path::PathBuf;
use std::time::Instant;

/// Moves everything that a stopped server keeps in its data folder into an empty PostgreSQL database, and compares both row by row. The folder stays as
/// it is, with a note in it. A move that was interrupted has left nothing behind: begin it again.
#[derive(clap::Args)]
pub(super) struct Migrate {
    /// The PostgreSQL database, such as postgres://name:password@host/database; others see what stands on a command line
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    to: Option<SecretUrl>,
    /// File in which that URL stands, in its place
    #[arg(long, env = "DATABASE_URL_FILE", value_name = "FILE")]
    to_file: Option<PathBuf>,
    /// TOML file of the server, for its keys data and database_url
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the database [default: ./data]
    #[arg(long, env = "CHINWAG_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
}

pub(super) fn run(Migrate { to, to_file, config, data }: Migrate) -> anyhow::Result<()> {
    // What is said here counts before what the server's file says, whichever of both that has.
    let is_said = to.is_some() || to_file.is_some();
    let given = Options {
        data,
        database_url: to.or(is_said.then(SecretUrl::default)),
        database_url_file: to_file.or(is_said.then(PathBuf::new)),
        ..Options::default()
    };
    let config = Config::load(given, config.as_deref(), PlatformVariables::default())?;
    anyhow::ensure!(
        config.storage == Storage::File,
        "This server keeps its messages in memory (storage = \"memory\"), and there is no file to move."
    );
    let to = config.postgres()?.context(
        "Say where to: by --to postgres://name:password@host/database, or with the same in DATABASE_URL.",
    )?;
    let (begin, database) = (Instant::now(), config.database());
    let mut progress = Progress::default();
    let moved = move_to_postgres(&database, &to, &mut |step| progress.show(step));
    progress.clear();
    let Moved { rows, mended, was_there } = moved?;
    let rows = HumanCount(rows.iter().map(|(_, rows)| rows).sum());
    let (database, took) = (database.display(), HumanDuration(begin.elapsed()));
    if was_there {
        println!("All {rows} rows of {database} are in {to} since a move before this one.");
    } else {
        println!("All {rows} rows of {database} are in {to} and were compared, in {took}.");
    }
    if mended > 0 {
        println!(
            "{} texts had a character U+0000, which PostgreSQL does not take: it is U+FFFD now.",
            HumanCount(mended)
        );
    }
    println!("Start the server with DATABASE_URL from now on.");
    Ok(())
}
