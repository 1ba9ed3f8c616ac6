//! Builds the web client that the server embeds, once, when there is none: a plain `cargo run` on a fresh clone works.
//!
//! It never rebuilds one. `make run` and `make test` do, when it is out of date.

use std::env::var_os;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    // Asked now, not when this was compiled: clones may share what Cargo builds.
    let crate_folder = PathBuf::from(var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let web = crate_folder.join("../../web");
    // The embedded files are read at compile time: the server is compiled again when this folder changes or goes.
    println!("cargo::rerun-if-changed={}", web.join("dist").display());
    if web.join("dist/index.html").is_file() {
        return ExitCode::SUCCESS;
    }
    match build(&web) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentences) => {
            for line in sentences.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn build(web: &Path) -> Result<(), String> {
    if !web.join("node_modules").is_dir() {
        npm(web, &["ci", "--no-audit", "--no-fund"])?;
    }
    npm(web, &["run", "build"])
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = match Command::new("npm").args(arguments).current_dir(web).output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err("The web client is not built yet and npm is missing. Install Node.js 20 or newer \
                        from https://nodejs.org and build again, or run `make run`, which builds everything."
                .to_owned());
        }
        Err(error) => return Err(format!("Cannot start npm: {error}")),
    };
    if output.status.success() {
        return Ok(());
    }
    let spoken = [output.stdout, output.stderr].concat();
    Err(format!("`npm {}` failed in web/:\n{}", arguments.join(" "), String::from_utf8_lossy(&spoken)))
}
