use anyhow::{Context as _, bail};
use rustix::process::{Pid, Signal, kill_process, set_parent_process_death_signal};
use std::ffi::OsString;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddrV4;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

/// The program that is running. Not its path, where a build may put another one while this one measures.
pub(super) const OWN_PROGRAM: &str = "/proc/self/exe";

/// A process that is killed when this is dropped, and by the kernel when the bench dies in any other way.
pub(super) struct ServerProcess {
    child: Child,
    /// Kept open, so that the server can go on printing.
    output: BufReader<ChildStdout>,
}

impl ServerProcess {
    /// Starts `program` and waits until it listens.
    pub(super) fn start(
        program: &OsString,
        arguments: &[OsString],
        log: &Path,
    ) -> anyhow::Result<(Self, SocketAddrV4)> {
        let mut process = Self::begin(program, arguments, log)?;
        let address = process.until_it_listens()?;
        Ok((process, address))
    }

    /// Starts `program` without waiting for it. What it complains of goes to the end of `log`.
    ///
    /// It ends with the calling thread: that is whom the kernel takes for its parent.
    pub(super) fn begin(program: &OsString, arguments: &[OsString], log: &Path) -> anyhow::Result<Self> {
        let log = File::options().create(true).append(true).open(log)?;
        // Only a process itself can ask to die with its parent, so it begins as ourselves: see `exec_as_child`.
        let mut child = Command::new(OWN_PROGRAM)
            .args(["bench", "child", "--parent", &std::process::id().to_string(), "--"])
            .arg(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()?;
        let output = child.stdout.take().context("the server's output is not connected")?;
        Ok(Self { child, output: BufReader::new(output) })
    }

    /// Waits for the line in which it tells its address.
    pub(super) fn until_it_listens(&mut self) -> anyhow::Result<SocketAddrV4> {
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        let Some(address) = line.trim().rsplit_once("http://").and_then(|(_, address)| address.parse().ok())
        else {
            bail!("instead of its address it printed {line:?}");
        };
        Ok(address)
    }

    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop and waits until it has.
    pub(super) fn stop(&mut self) -> anyhow::Result<()> {
        kill_process(pid(&self.child)?, Signal::TERM)?;
        self.child.wait()?;
        Ok(())
    }
}

fn pid(child: &Child) -> anyhow::Result<Pid> {
    i32::try_from(child.id()).ok().and_then(Pid::from_raw).context("the process has no number")
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Becomes `program`, with as many open files as may be, to die with the process `parent`.
pub(crate) fn exec_as_child(parent: u32, program: &OsString, arguments: &[OsString]) -> anyhow::Result<()> {
    set_parent_process_death_signal(Some(Signal::KILL))?;
    if std::os::unix::process::parent_id() != parent {
        bail!("the bench has ended already");
    }
    crate::machine::raise_file_limit()?;
    let error = Command::new(program).args(arguments).exec();
    Err(error).with_context(|| format!("cannot run {}", program.to_string_lossy()))
}
