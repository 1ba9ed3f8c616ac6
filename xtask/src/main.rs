//! `cargo xtask <command>`: what the project needs done to itself.

use std::process::ExitCode;
use xtask::{generate, rules, tree::Tree};

const HELP: &str = "\
Usage: cargo xtask <command>

Commands:
  generate  Write the files that come from the code: the web client's types, docs/permissions.md
  check     Check the house rules (the test suite does, too)
";

fn main() -> anyhow::Result<ExitCode> {
    let command = std::env::args().nth(1);
    match command.as_deref() {
        Some("generate") => generate::write().map(|()| ExitCode::SUCCESS),
        Some("check") => check(),
        _ => {
            eprint!("{HELP}");
            Ok(ExitCode::from(2))
        }
    }
}

fn check() -> anyhow::Result<ExitCode> {
    let violations = rules::violations(&Tree::of_repository()?);
    for violation in &violations {
        println!("{violation}");
    }
    Ok(if violations.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
