use std::path::PathBuf;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, UnixStream};
use tokio::sync::watch;

/// What stands between a node and Redis, and can let bytes pass in one direction only.
pub(crate) struct Proxy {
    port: u16,
    passes: watch::Sender<Passes>,
}

#[derive(Clone, Copy)]
struct Passes {
    to_redis: bool,
    from_redis: bool,
}

impl Proxy {
    pub(crate) async fn before(redis: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let passes = watch::Sender::new(Passes { to_redis: true, from_redis: true });
        let state = passes.subscribe();
        tokio::spawn(async move {
            while let Ok((node, _)) = listener.accept().await {
                let (redis, up, down) = (redis.clone(), state.clone(), state.clone());
                tokio::spawn(async move {
                    let Ok(redis) = UnixStream::connect(redis).await else { return };
                    let ((from_node, to_node), (from_redis, to_redis)) =
                        (node.into_split(), redis.into_split());
                    tokio::select! {
                        () = pass(from_node, to_redis, up, |passes| passes.to_redis) => {}
                        () = pass(from_redis, to_node, down, |passes| passes.from_redis) => {}
                    }
                });
            }
        });
        Self { port, passes }
    }

    pub(crate) fn url(&self) -> String {
        format!("redis://127.0.0.1:{}", self.port)
    }

    /// Nothing reaches Redis any more; nobody is told.
    pub(crate) fn stop_to_redis(&self) {
        self.passes.send_modify(|passes| passes.to_redis = false);
    }

    /// Nothing of Redis reaches the node any more; nobody is told.
    pub(crate) fn stop_from_redis(&self) {
        self.passes.send_modify(|passes| passes.from_redis = false);
    }

    pub(crate) fn flow(&self) {
        self.passes.send_replace(Passes { to_redis: true, from_redis: true });
    }
}

async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut passes: watch::Receiver<Passes>,
    does_pass: impl Fn(&Passes) -> bool,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(count @ 1..) = from.read(&mut buffer).await {
        if passes.wait_for(&does_pass).await.is_err() || to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
    }
}
