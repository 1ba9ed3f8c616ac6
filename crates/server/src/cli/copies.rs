//! `chinwag backup` and `chinwag restore`.

use crate::config::{Config, Options, PlatformVariables, SecretUrl, Storage};
use chinwag_store::{CopyError, CopyStep, backup, restore};
use indicatif::{DecimalBytes, ProgressBar, ProgressStyle};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// From one look at the progress to the next.
const LOOK: Duration = Duration::from_millis(100);

#[derive(clap::Args)]
pub(super) struct Backup {
    /// The new file; it holds everything that is stored, so keep it as safe as the data
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

#[derive(clap::Args)]
pub(super) struct Restore {
    /// A file that "chinwag backup" has made
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

/// Where the data is, as the server is told.
#[derive(clap::Args)]
struct Data {
    /// TOML file of the server, for its key data
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Folder of the database [default: ./data]
    #[arg(long, env = "CHINWAG_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// The PostgreSQL database of a server that has one
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<SecretUrl>,
    /// File in which that URL stands, in its place
    #[arg(long, env = "DATABASE_URL_FILE", value_name = "FILE")]
    database_url_file: Option<PathBuf>,
}

/// Copies the database into a new file, also while a server uses it.
pub(super) fn run_backup(Backup { file, data }: Backup) -> anyhow::Result<()> {
    let command =
        format!("pg_dump --format=custom --no-owner --file {} {}", file.display(), data.shell_url());
    let database =
        data.database(&format!("Make a backup of it, also while the server runs, with: {command}"))?;
    let bytes = with_progress(|progress| backup(&database, &file, progress))?;
    println!("{} holds {} ({}).", file.display(), database.display(), DecimalBytes(bytes));
    Ok(())
}

/// Makes the database of an empty data folder from a backup.
pub(super) fn run_restore(Restore { file, data }: Restore) -> anyhow::Result<()> {
    let url = data.shell_url();
    let command = format!("pg_restore --exit-on-error --no-owner --dbname {url} {}", file.display());
    let database =
        data.database(&format!("Bring what pg_dump has made into an empty database with: {command}"))?;
    let bytes = with_progress(|progress| restore(&file, &database, progress))?;
    println!(
        "{} is as {} was ({}). Start the server on it.",
        database.display(),
        file.display(),
        DecimalBytes(bytes)
    );
    Ok(())
}

impl Data {
    /// What a shell makes the URL of.
    fn shell_url(&self) -> String {
        let file = self.database_url_file.as_ref();
        file.map_or("\"$DATABASE_URL\"".to_owned(), |file| format!("\"$(cat {})\"", file.display()))
    }

    /// The file. For a server on PostgreSQL there is none, but `another_way`.
    fn database(self, another_way: &str) -> anyhow::Result<PathBuf> {
        let given = Options {
            data: self.data,
            database_url: self.database_url,
            database_url_file: self.database_url_file,
            ..Options::default()
        };
        let config = Config::load(given, self.config.as_deref(), PlatformVariables::default())?;
        if let Some(url) = config.postgres()? {
            anyhow::bail!(
                "Messages are kept in {url}, for which PostgreSQL has its own programs. {another_way}"
            );
        }
        anyhow::ensure!(
            config.storage == Storage::File,
            "This server keeps its messages in memory (storage = \"memory\"), and there is no file of them."
        );
        Ok(config.database())
    }
}

/// Does `work` under a progress bar, where somebody watches.
fn with_progress(
    work: impl FnOnce(&mut dyn FnMut(CopyStep<'_>)) -> Result<u64, CopyError>,
) -> anyhow::Result<u64> {
    const GROWING: &str = "{wide_bar} {bytes} of about {total_bytes}, {eta} left";
    let bar = ProgressBar::no_length();
    let mut watch = None;
    let done = work(&mut |step| {
        // The watch over the step before ends with this.
        watch = match step {
            CopyStep::Copying { into, bytes } => {
                bar.set_style(style(GROWING));
                bar.set_length(bytes);
                Some(watch_growing(bar.clone(), into.to_owned()))
            }
            CopyStep::Checking => tell(&bar, "Looking whether all of it is sound ..."),
            CopyStep::Syncing => tell(&bar, "Bringing it to the disk ..."),
        };
    });
    drop(watch);
    bar.finish_and_clear();
    Ok(done?)
}

fn tell(bar: &ProgressBar, what: &'static str) -> Option<Sender<()>> {
    bar.set_style(style("{spinner} {msg} {elapsed}"));
    bar.set_message(what);
    bar.enable_steady_tick(LOOK);
    None
}

/// Shows how a file grows until the answer is dropped.
fn watch_growing(bar: ProgressBar, file: PathBuf) -> Sender<()> {
    let (watch, ended) = channel();
    std::thread::spawn(move || {
        while ended.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
            // It may have more bytes than were expected, or less.
            bar.set_position(file.metadata().map_or(0, |metadata| metadata.len()));
        }
    });
    watch
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
