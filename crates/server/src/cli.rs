//! The command line.

mod admin;
mod copies;
mod environment;
mod health;
mod migrate;

use crate::config::{Config, LogFormat, Options, PlatformVariables};
use anyhow::Context as _;
use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::ffi::OsString;
use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use tokio::net::{TcpListener, TcpSocket};
use tracing_appender::non_blocking::{NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;

/// A real-time chat that you run yourself.
#[derive(Parser)]
#[command(name = "chinwag", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the chat. This is what happens without a command, too.
    Serve(Box<Serve>),
    /// Tell whether the server of this machine is ready.
    Health(health::Health),
    /// Copy the database into a new file, also while the server runs.
    Backup(copies::Backup),
    /// Make the database of an empty data folder from a backup.
    Restore(copies::Restore),
    /// Move the database of a stopped server to PostgreSQL.
    Migrate(migrate::Migrate),
    /// See, make and remove accounts and rooms, and invite people, also while the server runs.
    Admin(admin::Admin),
    /// Change the keys that sign access tokens, also while the server runs.
    Keys(admin::Keys),
    /// Make the index anew in which people search for messages, also while the server runs.
    Reindex(admin::Reindex),
    /// Measure what this machine does with Chinwag, beside a bare yardstick and others.
    #[cfg(feature = "bench")]
    Bench(Box<chinwag_bench::BenchArgs>),
}

#[derive(clap::Args, Default)]
struct Serve {
    /// TOML file with any of the options below, with _ for - in their names; those of gateways stand in its table [gateways],
    /// without that word
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// Exit code for a configuration that cannot be used; the one that clap uses for wrong flags.
const WRONG_CONFIGURATION: u8 = 2;
/// Lines of the log that may wait for their reader.
const LINES_OF_LOG: usize = 8192;

/// Runs the command of this process's arguments.
#[must_use]
pub fn run() -> ExitCode {
    let Parsed { cli, matches, warnings } = match parse(&with_command(std::env::args_os().collect())) {
        Ok(parsed) => parsed,
        Err(sentence) => return refuse(&sentence),
    };
    match cli.command {
        Command::Serve(serve) => run_serve(*serve, &matches, &warnings),
        Command::Health(health) => finish(health::run(health)),
        Command::Backup(backup) => finish(copies::run_backup(backup)),
        Command::Restore(restore) => finish(copies::run_restore(restore)),
        Command::Migrate(migrate) => finish(migrate::run(migrate)),
        Command::Admin(admin) => finish(admin::run(admin)),
        Command::Keys(keys) => finish(admin::run_keys(keys)),
        Command::Reindex(reindex) => finish(admin::run_reindex(reindex)),
        #[cfg(feature = "bench")]
        Command::Bench(args) => finish(chinwag_bench::run(*args)),
    }
}

/// What the arguments and the environment say.
struct Parsed {
    cli: Cli,
    /// Where the options of the command were given.
    matches: ArgMatches,
    /// To be told when there is a log.
    warnings: Vec<String>,
}

fn run_serve(serve: Serve, matches: &ArgMatches, warnings: &[String]) -> ExitCode {
    let platform = PlatformVariables::of_this_process();
    let config = Config::load(serve.options, serve.config.as_deref(), platform);
    let config = match config.and_then(|config| config.check_services().map(|()| config)) {
        Ok(config) => config,
        Err(error) => return refuse(&environment::sentence(&error, matches)),
    };
    let log = match start_logging(&config) {
        Ok(log) => log,
        Err(error) => {
            return refuse(&error.to_string().replacen("log", &environment::said("log", matches), 1));
        }
    };
    for warning in warnings {
        tracing::warn!("{warning}");
    }
    let result = run_server(config);
    // What still waits goes out before the sentence that says why this process ends.
    drop(log);
    finish(result)
}

fn refuse(sentence: &str) -> ExitCode {
    eprintln!("chinwag: {sentence}");
    ExitCode::from(WRONG_CONFIGURATION)
}

fn finish(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("chinwag: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the arguments; ends the process when they are wrong. Of the environment it answers what is wrong.
fn parse(arguments: &[OsString]) -> Result<Parsed, String> {
    let mut warnings = Vec::new();
    let mut command = environment::leave_aside(Cli::command(), &mut warnings);
    // So that it can be asked for its options.
    command.build();
    let read = command.clone().try_get_matches_from(arguments);
    let matches = read.map_err(|error| match environment::mistake(&command, arguments, &error) {
        Some(sentence) => sentence,
        None => error.exit(),
    })?;
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let matches = matches.subcommand().map(|(_, matches)| matches.clone()).unwrap_or_default();
    Ok(Parsed { cli, matches, warnings })
}

/// The arguments with the command that is meant: without one, `chinwag` serves, also when options of that follow at once.
fn with_command(mut arguments: Vec<OsString>) -> Vec<OsString> {
    const ABOUT_ITSELF: [&str; 4] = ["-h", "--help", "-V", "--version"];
    let first = arguments.get(1).map(|first| first.to_string_lossy());
    let is_missing =
        first.is_none_or(|first| first.starts_with('-') && !ABOUT_ITSELF.contains(&first.as_ref()));
    if is_missing {
        arguments.insert(arguments.len().min(1), "serve".into());
    }
    arguments
}

/// Logs until the answer is dropped, by a thread of its own: whoever reads the log may stall, and what has something to say does not
/// wait for that. Then the newest lines are lost.
fn start_logging(config: &Config) -> anyhow::Result<WorkerGuard> {
    let filter = EnvFilter::try_new(&config.log).with_context(|| {
        format!("log = {:?} is not a filter such as info or chinwag_store=debug", config.log)
    })?;
    let (writer, guard) = NonBlockingBuilder::default()
        .buffered_lines_limit(LINES_OF_LOG)
        .thread_name("chinwag-log")
        .finish(std::io::stderr());
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(writer)
        .with_ansi(std::io::stderr().is_terminal());
    match config.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().flatten_event(true).init(),
    }
    Ok(guard)
}

fn run_server(config: Config) -> anyhow::Result<()> {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.enable_all().worker_threads(workers(&config));
    raise_file_limit();
    runtime.build().context("cannot start the worker threads")?.block_on(async {
        let address = SocketAddr::new(config.bind, config.port);
        let listener = listen(address).with_context(|| {
            format!("cannot listen on {address}; is another server there? Choose another --port")
        })?;
        let port = listener.local_addr()?.port();
        let path = if config.base_path.is_root() { "" } else { config.base_path.as_str() }.to_owned();
        let host = if config.bind.is_unspecified() { "localhost".to_owned() } else { host(config.bind) };
        // The end is waited for when everything is open: whoever reads the address can go there. Until then a signal ends the process as it
        // would any other.
        let told_to_stop = async move {
            let stop_signal = stop_signal();
            println!("Chinwag is at http://{host}:{port}{path}");
            match stop_signal {
                Ok(stop_signal) => stop_signal.await,
                Err(error) => tracing::error!(%error, "stopping: cannot listen to signals"),
            }
        };
        crate::serve(listener, config, told_to_stop).await
    })
}

/// The queue of those who wait to be taken in is as long as the system allows: after a restart everybody comes back at once, and who
/// finds it full tries again only after seconds.
fn listen(address: SocketAddr) -> std::io::Result<TcpListener> {
    const LONGEST_QUEUE: u32 = 65_535;
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(LONGEST_QUEUE)
}

/// Each connection is an open file, and the limit that a shell gives is low for old programs' sake alone.
fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::warn!(%error, "cannot raise the limit of open files");
    }
}

/// The storage's threads need cores, too, and each further worker costs wake-ups: see `docs/decisions.md`.
fn workers(config: &Config) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if config.workers > 0 { config.workers } else { (cores / 2).max(1) }
}

fn host(address: std::net::IpAddr) -> String {
    match address {
        std::net::IpAddr::V4(address) => address.to_string(),
        std::net::IpAddr::V6(address) => format!("[{address}]"),
    }
}

/// Resolves at SIGTERM or Ctrl-C, also at one that came before anybody waits.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
