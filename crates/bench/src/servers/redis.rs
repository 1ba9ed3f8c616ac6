use super::ready::wait_until_ready;
use crate::machine::Usage;
use anyhow::Context as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, path::Path};
use tempfile::TempDir;

/// A Redis or Valkey of the installed program, on a socket in a folder of its own. It keeps nothing.
pub(super) struct RedisServer {
    process: Child,
    folder: TempDir,
}

impl RedisServer {
    /// Starts one. What it says goes to the end of `log`.
    pub(super) fn start(log: &Path) -> anyhow::Result<Self> {
        let program = program()?;
        let folder = tempfile::Builder::new().prefix("chinwag-bench-").tempdir()?;
        // It ends with the bench.
        let mut command = Command::new("setpriv");
        command.arg("--pdeathsig=KILL").arg(program).args([
            "--port",
            "0",
            "--save",
            "",
            "--appendonly",
            "no",
        ]);
        command.arg("--unixsocket").arg(socket(&folder)).arg("--dir").arg(folder.path());
        let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let said = process.stdout.take().context("its output is not connected")?;
        let server = Self { process, folder };
        wait_until_ready(said, log)?;
        Ok(server)
    }

    /// How Chinwag is told of it.
    pub(super) fn url(&self) -> String {
        format!("unix://{}", socket(&self.folder).display())
    }

    /// What it has used so far.
    pub(super) fn usage(&self) -> anyhow::Result<Usage> {
        Usage::of_process(self.process.id())
    }
}

impl Drop for RedisServer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn socket(folder: &TempDir) -> PathBuf {
    folder.path().join("redis.sock")
}

/// The program on the path.
pub(super) fn program() -> anyhow::Result<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let mut programs = env::split_paths(&path)
        .flat_map(|folder| ["redis-server", "valkey-server"].map(|name| folder.join(name)));
    programs
        .find(|program| program.exists())
        .context("Redis is not installed (Debian, Ubuntu: sudo apt-get install redis-server)")
}
