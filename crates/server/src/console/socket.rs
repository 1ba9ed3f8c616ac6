use super::carry_out::carry_out;
use super::{LONGEST_LINE, SOCKET};
use chinwag_core::chat::Chat;
use chinwag_wire::console::{ConsoleAnswer, ConsoleRequest};
use std::fs::Permissions;
use std::io;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How long a console may be silent: somebody reads a question meanwhile.
const PATIENCE: Duration = Duration::from_secs(600);
/// Consoles at a time; further ones wait.
const CONSOLES: usize = 16;

/// The socket at which a running server hears its operator. Its file goes with it.
pub(crate) struct Console {
    listener: UnixListener,
    path: PathBuf,
}

impl Console {
    /// Opens the socket in the data folder, which belongs to this process by now: a file that is there is one that a crash left behind.
    pub(crate) fn open(data: &Path) -> io::Result<Self> {
        let (path, making) = (data.join(SOCKET), data.join("chinwag.sock.new"));
        for file in [&path, &making] {
            match std::fs::remove_file(file) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        // It has its name only when nobody else can open it any more.
        let listener = UnixListener::bind(&making)?;
        std::fs::set_permissions(&making, Permissions::from_mode(0o600))?;
        std::fs::rename(&making, &path)?;
        Ok(Self { listener, path })
    }

    /// Carries out what the operator asks for, for ever.
    pub(crate) async fn run(self, chat: Chat) {
        let places = Arc::new(Semaphore::new(CONSOLES));
        // Dropped with this, so that nobody holds the storage when the server stops.
        let mut consoles = JoinSet::new();
        // The semaphore is never closed.
        while let Ok(place) = Arc::clone(&places).acquire_owned().await {
            while consoles.try_join_next().is_some() {}
            match self.listener.accept().await {
                Ok((stream, _)) if is_ours(&stream) => {
                    let chat = chat.clone();
                    consoles.spawn(async move {
                        if let Err(error) = talk(stream, &chat).await {
                            tracing::debug!(%error, "a console ended badly");
                        }
                        drop(place);
                    });
                }
                Ok(_) => tracing::warn!("another user of this machine tried to open the console"),
                Err(error) => {
                    tracing::warn!(%error, "cannot open a console");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // One that stays is replaced at the next start.
        _ = std::fs::remove_file(&self.path);
    }
}

/// Whether the other end is of the user of this process, or of the one who may do everything on this machine.
fn is_ours(stream: &UnixStream) -> bool {
    let own = rustix::process::geteuid().as_raw();
    stream.peer_cred().is_ok_and(|peer| peer.uid() == own || peer.uid() == 0)
}

async fn talk(stream: UnixStream, chat: &Chat) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut bounded = (&mut reader).take(LONGEST_LINE);
        let reading = tokio::time::timeout(PATIENCE, bounded.read_until(b'\n', &mut line));
        if reading.await.map_err(io::Error::other)?? == 0 {
            return Ok(());
        }
        let answer = match serde_json::from_slice::<ConsoleRequest>(&line) {
            Ok(request) => carry_out(chat, request).await,
            Err(error) => {
                let message = format!(
                    "This server does not understand its console ({error}). Are both of one version?"
                );
                ConsoleAnswer::Failed { message }
            }
        };
        let mut answer = serde_json::to_vec(&answer)?;
        answer.push(b'\n');
        tokio::time::timeout(PATIENCE, writer.write_all(&answer)).await.map_err(io::Error::other)??;
    }
}
