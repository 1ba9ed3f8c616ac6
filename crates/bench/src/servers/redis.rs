use super::ready::Starting;
use crate::machine::Usage;
use anyhow::Context as _;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::{env, path::Path};
use tempfile::TempDir;

/// A Redis or Valkey of the installed program, on a socket in a folder of its own. It keeps nothing.
pub(super) struct RedisServer {
    process: Child,
    folder: TempDir,
    log: PathBuf,
}

impl RedisServer {
    /// Starts one. What it says goes to the end of `log`.
    pub(super) fn start(log: &Path) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("chinwag-bench-").tempdir()?;
        let mut process = launch(&folder)?;
        let said = said_by(&mut process)?;
        let server = Self { process, folder, log: log.to_owned() };
        Starting { said, log }.until_ready()?;
        Ok(server)
    }

    /// Kills it as a power cut would.
    pub(super) fn kill(&mut self) -> anyhow::Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }

    /// Starts it again after its end, on the same socket.
    pub(super) fn begin_again(&mut self) -> anyhow::Result<Starting<'_>> {
        self.process = launch(&self.folder)?;
        Ok(Starting { said: said_by(&mut self.process)?, log: &self.log })
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

fn launch(folder: &TempDir) -> anyhow::Result<Child> {
    let program = program()?;
    // It ends with the bench.
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig=KILL").arg(program).args(["--port", "0", "--save", "", "--appendonly", "no"]);
    command.arg("--unixsocket").arg(socket(folder)).arg("--dir").arg(folder.path());
    Ok(command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?)
}

fn said_by(process: &mut Child) -> anyhow::Result<Box<dyn Read + Send>> {
    Ok(Box::new(process.stdout.take().context("its output is not connected")?))
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
