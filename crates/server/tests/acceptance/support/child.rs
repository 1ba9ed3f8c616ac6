use super::within;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{self, Command};

/// A server in a process of its own, which can be killed.
pub(crate) struct Child {
    process: process::Child,
    pub(crate) address: SocketAddr,
}

/// How a process ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// The `chinwag` of this build, without anything from the environment.
fn chinwag(arguments: &[&str]) -> Command {
    plain(Command::new(env!("CARGO_BIN_EXE_chinwag")), arguments)
}

/// The same, with what a shell does `first`.
fn chinwag_after(first: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", &format!("{first}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_chinwag")]);
    plain(command, arguments)
}

fn plain(mut command: Command, arguments: &[&str]) -> Command {
    command.args(arguments).env_clear().stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    command
}

/// How a test's server is started.
const SERVE: [&str; 6] = ["serve", "--bind", "127.0.0.1", "--port", "0", "--data"];

impl Child {
    /// Starts a server on `data` at a free port.
    pub(crate) async fn start(data: &Path, arguments: &[&str]) -> Self {
        Self::start_with_log(data, &[&["--log", "warn"], arguments].concat(), &[], Stdio::inherit()).await
    }

    /// Starts one with the limits that every server has, and no more connections than they allow.
    pub(crate) async fn start_with_limits(data: &Path, arguments: &[&str]) -> Self {
        Self::launch(data, &[&["--log", "error"], arguments].concat(), &[], Stdio::inherit()).await
    }

    /// Starts one that logs into a pipe which nobody reads.
    pub(crate) async fn start_with_unread_log(data: &Path) -> Self {
        Self::start_with_log(data, &["--log", "info"], &[], Stdio::piped()).await
    }

    /// Starts one that logs into a file.
    pub(crate) async fn start_with_log_in(
        file: File,
        data: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
    ) -> Self {
        Self::start_with_log(data, arguments, environment, Stdio::from(file)).await
    }

    async fn start_with_log(
        data: &Path,
        arguments: &[&str],
        environment: &[(&str, &str)],
        log: Stdio,
    ) -> Self {
        Self::launch(data, &[&["--rate-limit", "off"], arguments].concat(), environment, log).await
    }

    async fn launch(data: &Path, arguments: &[&str], environment: &[(&str, &str)], log: Stdio) -> Self {
        let mut command = chinwag(&SERVE);
        Self::listening(command.arg(data).args(arguments).envs(environment.iter().copied()).stderr(log)).await
    }

    /// Starts one that is told where to listen as hosting platforms and the images of guides do it.
    pub(crate) async fn start_on_platform(data: &Path, environment: &[(&str, &str)]) -> Self {
        let mut command = chinwag(&["--log", "warn", "--data"]);
        Self::listening(command.arg(data).envs(environment.iter().copied()).stderr(Stdio::inherit())).await
    }

    /// Starts one in a process that a shell has prepared by what it does `first`.
    pub(crate) async fn start_after(first: &str, data: &Path) -> Self {
        Self::listening(chinwag_after(first, &SERVE).arg(data).args(["--rate-limit", "off", "--log", "off"]))
            .await
    }

    async fn listening(command: &mut Command) -> Self {
        let mut process = command.spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let line = within("the server's first line", lines.next_line()).await.unwrap();
        let address = line.as_deref().and_then(|line| line.strip_prefix("Chinwag is at http://"));
        let address = address.unwrap_or_else(|| panic!("the server said {line:?}")).parse().unwrap();
        Self { process, address }
    }

    /// Begins to run `chinwag` and does not wait for its end.
    pub(crate) fn begin(arguments: &[&str], environment: &[(&str, &str)]) -> process::Child {
        chinwag(arguments).envs(environment.iter().copied()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Runs `chinwag` to its end.
    pub(crate) async fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Ended {
        let mut command = chinwag(arguments);
        let output = command.envs(environment.iter().copied()).stderr(Stdio::piped()).output();
        let output = within("the end of the process", output).await.unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Ended { status: output.status, stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Bytes of memory that the process has.
    #[cfg(target_os = "linux")]
    pub(crate) fn resident_bytes(&self) -> usize {
        let id = self.process.id().unwrap();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `kill -9`.
    pub(crate) async fn kill(mut self) {
        self.process.kill().await.unwrap();
    }

    pub(crate) fn id(&self) -> Pid {
        Pid::from_raw(self.process.id().unwrap().try_into().unwrap()).unwrap()
    }

    /// SIGTERM. Does not wait.
    pub(crate) fn terminate(&self) {
        kill_process(self.id(), Signal::TERM).unwrap();
    }

    /// Waits for the end of the process.
    pub(crate) async fn ended(mut self) -> ExitStatus {
        within("the end of the process", self.process.wait()).await.unwrap()
    }
}
