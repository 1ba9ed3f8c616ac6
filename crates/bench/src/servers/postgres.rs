use super::ready::Starting;
use crate::machine::Usage;
use anyhow::{Context as _, ensure};
use rustix::process::{Pid, Signal, geteuid, kill_process};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// A PostgreSQL server of the installed programs with fresh data, as it is out of the box: it syncs.
pub(super) struct PostgresServer {
    process: Child,
    data: PathBuf,
    /// Where its socket is: a path that is short enough for one.
    socket: TempDir,
    log: PathBuf,
}

/// What a machine of a few cores and gigabytes would be given.
const SETTINGS: [&str; 4] =
    ["listen_addresses=", "shared_buffers=512MB", "max_wal_size=4GB", "unix_socket_permissions=0777"];

impl PostgresServer {
    /// Makes one in `folder` and starts it. What it complains of goes to the end of `log`.
    pub(super) fn start(folder: &Path, log: &Path) -> anyhow::Result<Self> {
        let programs = programs()?;
        let data = folder.join("postgres");
        let socket = tempfile::Builder::new().prefix("chinwag-bench-").tempdir()?;
        fs::create_dir(&data)?;
        give(&[folder, &data, socket.path()])?;
        let initdb = as_its_user(&programs.join("initdb"))
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"])
            .arg(&data)
            .output()?;
        let complaint = String::from_utf8_lossy(&initdb.stderr);
        ensure!(initdb.status.success(), "initdb failed: {}", complaint.trim());
        let mut process = launch(&data, socket.path())?;
        let said = said_by(&mut process)?;
        let server = Self { process, data, socket, log: log.to_owned() };
        Starting { said, log }.until_ready()?;
        Ok(server)
    }

    /// Ends it at once and without a checkpoint: for its log that is a crash.
    pub(super) fn crash(&mut self) -> anyhow::Result<()> {
        let number = i32::try_from(self.process.id()).ok().and_then(Pid::from_raw);
        kill_process(number.context("the process has no number")?, Signal::QUIT)?;
        self.process.wait()?;
        Ok(())
    }

    /// Starts it again after its end, with the same data on the same socket.
    pub(super) fn begin_again(&mut self) -> anyhow::Result<Starting<'_>> {
        self.process = launch(&self.data, self.socket.path())?;
        Ok(Starting { said: said_by(&mut self.process)?, log: &self.log })
    }

    /// How Chinwag is told of it.
    pub(super) fn url(&self) -> String {
        let folder = self.socket.path().display().to_string().replace('%', "%25").replace('/', "%2F");
        format!("postgres://postgres@{folder}/postgres")
    }

    /// What all its processes have used so far.
    pub(super) fn usage(&self) -> anyhow::Result<Usage> {
        let parent = self.process.id();
        let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children"))?;
        let children = children.split_whitespace().filter_map(|child| child.parse().ok());
        let mut usage = Usage::of_process(parent)?;
        for child in children {
            // One that serves a connection may have ended since the list was read.
            if let Ok(other) = Usage::of_process(child) {
                usage.add(other);
            }
        }
        Ok(usage)
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // Its data is removed. It may have ended already.
        let _ = self.crash();
    }
}

fn launch(data: &Path, socket: &Path) -> anyhow::Result<Child> {
    let mut command = as_its_user(&programs()?.join("postgres"));
    command.arg("-D").arg(data).arg("-k").arg(socket);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    Ok(command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?)
}

fn said_by(process: &mut Child) -> anyhow::Result<Box<dyn Read + Send>> {
    Ok(Box::new(process.stderr.take().context("its output is not connected")?))
}

/// Its programs: the folder of the newest that Debian has installed, or of those on the path.
pub(super) fn programs() -> anyhow::Result<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let versions = debian.filter_map(|entry| {
        Some((entry.file_name().to_str()?.parse::<u32>().ok()?, entry.path().join("bin")))
    });
    let has_it = |folder: &Path| folder.join("initdb").exists();
    let newest = versions.filter(|(_, folder)| has_it(folder)).max().map(|(_, folder)| folder);
    let path = std::env::var_os("PATH").unwrap_or_default();
    newest
        .or_else(|| std::env::split_paths(&path).find(|folder| has_it(folder)))
        .context("PostgreSQL is not installed (Debian, Ubuntu: sudo apt-get install postgresql)")
}

/// A command as a user that PostgreSQL accepts, which is not root. It ends with the bench.
fn as_its_user(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    if geteuid().is_root() {
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    }
    command.arg("--pdeathsig=QUIT").arg(program);
    // It leaves a folder which that user may not see.
    command.current_dir("/").stdin(Stdio::null());
    command
}

/// Gives folders to that user.
fn give(folders: &[&Path]) -> anyhow::Result<()> {
    if geteuid().is_root() {
        let given = Command::new("chown").arg("postgres:postgres").args(folders).status()?;
        ensure!(given.success(), "there is no user postgres");
    }
    Ok(())
}
