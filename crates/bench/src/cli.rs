//! The command line of `chinwag bench`.

use crate::machine::{Disk, Facts, cores, raise_file_limit};
use crate::regression;
use crate::report::{JsonLines, read_json_lines, write_document};
use crate::rounds::Rounds;
use crate::scenarios::{Bench, Effort, Scenario};
use crate::servers::{Contender, LOG, Launcher, Node, exec_as_child};
use crate::yardstick::Yardstick;
use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum as _};
use serde_json::json;
use std::ffi::OsString;
use std::fs::File;
use std::path::PathBuf;
use std::time::Duration;

/// How to run the bench.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct BenchArgs {
    #[command(subcommand)]
    part: Option<Part>,
    #[command(flatten)]
    options: BenchOptions,
}

#[derive(Args)]
struct BenchOptions {
    /// Take less time, below 2 minutes: fewer and smaller scenarios
    #[arg(long)]
    quick: bool,
    /// What to measure [default: everything]
    #[arg(long, value_enum, value_delimiter = ',', ignore_case = true, value_name = "NAMES")]
    scenario: Vec<Scenario>,
    /// Whom to measure [default: all that this machine can run; with --quick without those on Node.js]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "NAMES")]
    servers: Vec<Contender>,
    /// How often each is measured, in turns
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Seconds that are measured at a time [default: 2; with --quick 1]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(f64))]
    window: Option<f64>,
    /// Messages of each sender that are on their way, where a scenario saturates [default: its own choice]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(1..))]
    in_flight: Option<u64>,
    /// Threads of Chinwag that serve connections, 0 for its default
    #[arg(long, default_value_t = 0)]
    workers: usize,
    /// Folder on the disk to measure
    #[arg(long, default_value = "target/bench", value_name = "DIR")]
    folder: PathBuf,
    /// Write each figure to this file, as JSON lines
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Draw the figures that matter most into this folder, as SVG
    #[arg(long, value_name = "DIR")]
    plots: Option<PathBuf>,
    /// Check that nothing became much dearer: quick, with generous bounds; fails when one is exceeded
    #[arg(long, conflicts_with_all = ["scenario", "servers"])]
    regression: bool,
}

#[derive(Subcommand)]
enum Part {
    /// Put the figures of an earlier run into a document, between its marks, and its pictures beside it
    Report {
        /// What the run wrote with --json
        #[arg(default_value = "target/bench/figures.jsonl")]
        figures: PathBuf,
        /// The document
        #[arg(long, default_value = "docs/benchmarks.md", value_name = "FILE")]
        document: PathBuf,
        /// Folder for the pictures, below that of the document
        #[arg(long, default_value = "docs/images/bench", value_name = "DIR")]
        plots: PathBuf,
    },
    /// Serve as the bare yardstick
    #[command(hide = true)]
    Yardstick {
        #[arg(long, default_value_t = 0)]
        port: u16,
    },
    /// Run a program that ends with the bench
    #[command(hide = true)]
    Child {
        #[arg(long)]
        parent: u32,
        program: OsString,
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

/// Runs the bench.
///
/// # Errors
/// When a server cannot be started or measured, with a sentence for people.
pub fn run(args: BenchArgs) -> anyhow::Result<()> {
    match args.part {
        None => measure(&args.options),
        Some(Part::Report { figures, document, plots }) => {
            let (conditions, all) = read_json_lines(&figures)?;
            write_document(&document, &plots, &conditions, all)
        }
        Some(Part::Yardstick { port }) => {
            let mut yardstick = Yardstick::bind(port)?;
            println!("The yardstick is at http://{}", yardstick.address());
            Ok(yardstick.run(None)?)
        }
        Some(Part::Child { parent, program, arguments }) => exec_as_child(parent, &program, &arguments),
    }
}

fn measure(options: &BenchOptions) -> anyhow::Result<()> {
    let (files, most_files) = raise_file_limit()?;
    let disk = Disk::below(&options.folder)?;
    File::create(disk.folder.join(LOG)).context("cannot begin the log of the servers")?;
    let mut contenders = contenders(options);
    let node = prepare_node(options, &mut contenders);
    contenders.retain(|it| match it.find_programs() {
        Ok(()) => true,
        Err(error) => {
            println!("{} is left out: {error:#}", it.name());
            false
        }
    });
    let raised = if files == most_files { String::new() } else { format!(", raised from {files}") };
    println!("{} cores, at most {most_files} open files{raised}, data on {}", cores(), disk.name);
    if disk.is_memory {
        println!("This folder is only in memory: choose a --folder on a disk to measure durable figures.");
    }
    let effort = effort(options);
    let facts = Facts::read();
    let conditions = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "quick": effort.quick,
        "rounds": options.rounds,
        "window_s": effort.window.as_secs_f64(),
        "workers": options.workers,
        "cores": cores(),
        "processor": facts.processor,
        "memory_gib": facts.memory_gib,
        "kernel": facts.kernel,
        "disk": disk.name,
        "node": node.as_ref().map(|node| node.version.as_str()),
    });
    let json = options.json.as_ref().map(|path| JsonLines::create(path, &conditions)).transpose()?;
    let bench = Bench { launcher: Launcher { disk, workers: options.workers, node }, effort };
    let rounds = Rounds { bench, contenders, rounds: options.rounds, json, plots: options.plots.clone() };
    let all = rounds.run(&scenarios(options))?;
    if options.regression { regression::check(&all) } else { Ok(()) }
}

/// The servers on Node.js, if any of `contenders` is one. Where they cannot be installed, they are left out.
fn prepare_node(options: &BenchOptions, contenders: &mut Vec<Contender>) -> Option<Node> {
    if !contenders.iter().any(|it| it.is_on_node()) {
        return None;
    }
    let prepared = Node::prepare(&options.folder);
    if let Err(error) = &prepared {
        println!("The servers on Node.js are left out: {error:#}");
        contenders.retain(|it| !it.is_on_node());
    }
    prepared.ok()
}

fn scenarios(options: &BenchOptions) -> Vec<Scenario> {
    match &*options.scenario {
        [] if options.regression => regression::SCENARIOS.to_vec(),
        [] if options.quick => Scenario::QUICK.to_vec(),
        [] => Scenario::value_variants().to_vec(),
        chosen => chosen.to_vec(),
    }
}

fn contenders(options: &BenchOptions) -> Vec<Contender> {
    match &*options.servers {
        [] if options.regression => regression::CONTENDERS.to_vec(),
        [] if options.quick => {
            vec![Contender::Chinwag, Contender::Memory, Contender::Bare, Contender::Rusqlite]
        }
        [] => Contender::ALL.to_vec(),
        chosen => chosen.to_vec(),
    }
}

fn effort(options: &BenchOptions) -> Effort {
    let quick = options.quick || options.regression;
    let (warm_up, window) = if quick { (0.3, 1.0) } else { (0.5, 2.0) };
    Effort {
        warm_up: Duration::from_secs_f64(warm_up),
        window: Duration::from_secs_f64(options.window.unwrap_or(window).clamp(0.1, 600.0)),
        in_flight: options.in_flight,
        quick,
    }
}
