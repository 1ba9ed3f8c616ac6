use redis::aio::MultiplexedConnection;
use rustix::process::{Pid, Signal, kill_process};
use std::path::PathBuf;
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// A Redis of one test's own: on a socket in a folder that goes with it, keeping nothing.
pub(crate) struct RedisServer {
    folder: TempDir,
    process: Child,
}

impl RedisServer {
    pub(crate) async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let process = launch(&folder).await;
        Self { folder, process }
    }

    pub(crate) fn socket(&self) -> PathBuf {
        socket(&self.folder)
    }

    pub(crate) fn url(&self) -> String {
        format!("unix://{}", self.socket().display())
    }

    /// `kill -9`. Answers when it is gone.
    pub(crate) async fn kill(&mut self) {
        self.process.kill().await.unwrap();
    }

    /// Starts it anew at the same place, after [`kill`](Self::kill).
    pub(crate) async fn restart(&mut self) {
        self.process = launch(&self.folder).await;
    }

    /// Stops the process in its tracks; its sockets stay open.
    pub(crate) fn freeze(&self) {
        self.signal(Signal::STOP);
    }

    pub(crate) fn thaw(&self) {
        self.signal(Signal::CONT);
    }

    fn signal(&self, signal: Signal) {
        let id = self.process.id().unwrap().try_into().unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
    }

    /// Runs a command, such as `CLIENT KILL TYPE pubsub`.
    pub(crate) async fn command<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let mut connection = self.connection().await;
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]).query_async(&mut connection).await.unwrap()
    }

    async fn connection(&self) -> MultiplexedConnection {
        let client = redis::Client::open(self.url()).unwrap();
        client.get_multiplexed_async_connection().await.unwrap()
    }
}

fn socket(folder: &TempDir) -> PathBuf {
    folder.path().join("redis.sock")
}

/// Answers when it takes connections.
async fn launch(folder: &TempDir) -> Child {
    let mut command = Command::new("redis-server");
    command.args(["--port", "0", "--save", "", "--appendonly", "no", "--unixsocket"]).arg(socket(folder));
    command.arg("--dir").arg(folder.path()).stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut process = command.spawn().unwrap_or_else(|error| {
        panic!("cannot start redis-server ({error}): `make test` installs it, or: sudo apt-get install redis-server")
    });
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut told = String::new();
    loop {
        match lines.next_line().await.unwrap() {
            Some(line) if line.contains("eady to accept connections") => break,
            Some(line) => told += &format!("{line}\n"),
            None => panic!("redis-server ended at its start:\n{told}"),
        }
    }
    // Whoever does not read lets it wait.
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    process
}
