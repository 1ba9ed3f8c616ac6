use parking_lot::Mutex;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A TCP proxy that can do what networks do: cut a connection at any byte, stall, refuse, and lead elsewhere.
pub(crate) struct Proxy {
    address: SocketAddr,
    control: Arc<Control>,
}

/// After how many bytes a connection is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// From the client to the server.
    Up(usize),
    /// From the server to the client.
    Down(usize),
}

struct Control {
    upstream: Mutex<SocketAddr>,
    /// For the next connections, one each.
    cuts: Mutex<VecDeque<Cut>>,
    state: watch::Sender<State>,
}

#[derive(Clone, Copy, Debug)]
struct State {
    /// Raised to cut all present connections.
    generation: u64,
    /// Whether new connections are taken.
    open: bool,
    /// Whether bytes from the server are not read.
    down_stalled: bool,
    /// Whether bytes from the client are not read.
    up_stalled: bool,
}

impl Proxy {
    /// A proxy before `upstream`.
    pub(crate) async fn before(upstream: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = State { generation: 0, open: true, down_stalled: false, up_stalled: false };
        let control = Arc::new(Control {
            upstream: Mutex::new(upstream),
            cuts: Mutex::default(),
            state: watch::Sender::new(state),
        });
        tokio::spawn(accept(listener, Arc::clone(&control)));
        Self { address, control }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Leads new connections to another server.
    pub(crate) fn lead_to(&self, upstream: SocketAddr) {
        *self.control.upstream.lock() = upstream;
    }

    /// Whether new connections are led there.
    pub(crate) fn leads_to(&self, upstream: SocketAddr) -> bool {
        *self.control.upstream.lock() == upstream
    }

    /// Cuts all connections.
    pub(crate) fn cut(&self) {
        self.control.state.send_modify(|state| state.generation += 1);
    }

    /// Cuts one of the next connections at a byte.
    pub(crate) fn cut_next(&self, cut: Cut) {
        self.control.cuts.lock().push_back(cut);
    }

    /// Cuts ordered with [`cut_next`](Self::cut_next) whose connection has not come yet.
    pub(crate) fn cuts_left(&self) -> usize {
        self.control.cuts.lock().len()
    }

    /// Cuts all connections and takes no new ones.
    pub(crate) fn close(&self) {
        self.control.state.send_modify(|state| {
            state.open = false;
            state.generation += 1;
        });
    }

    /// Takes connections again.
    pub(crate) fn open(&self) {
        self.control.state.send_modify(|state| state.open = true);
    }

    /// Reads nothing from the server any more, as a client that does not read.
    pub(crate) fn stall_down(&self) {
        self.control.state.send_modify(|state| state.down_stalled = true);
    }

    /// Passes nothing in either direction any more, and closes nothing: the cable is pulled.
    pub(crate) fn stall(&self) {
        self.control.state.send_modify(|state| {
            state.down_stalled = true;
            state.up_stalled = true;
        });
    }

    /// Goes on after a stall.
    pub(crate) fn flow(&self) {
        self.control.state.send_modify(|state| {
            state.down_stalled = false;
            state.up_stalled = false;
        });
    }
}

async fn accept(listener: TcpListener, control: Arc<Control>) {
    while let Ok((client, _)) = listener.accept().await {
        let mut state = control.state.subscribe();
        if !state.borrow_and_update().open {
            continue;
        }
        let generation = state.borrow().generation;
        let upstream = *control.upstream.lock();
        let cut = control.cuts.lock().pop_front();
        tokio::spawn(async move {
            let mut cutting = state.clone();
            tokio::select! {
                () = relay(client, upstream, cut, state) => {}
                _ = cutting.wait_for(|state| state.generation != generation) => {}
            }
        });
    }
}

/// Passes bytes between a client and the server until one of them ends or a cut comes.
async fn relay(client: TcpStream, upstream: SocketAddr, cut: Option<Cut>, state: watch::Receiver<State>) {
    let Ok(server) = TcpStream::connect(upstream).await else { return };
    _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (up, down) = match cut {
        Some(Cut::Up(bytes)) => (bytes, usize::MAX),
        Some(Cut::Down(bytes)) => (usize::MAX, bytes),
        None => (usize::MAX, usize::MAX),
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        () = pass(from_client, to_server, up, state.clone(), |state| state.up_stalled) => {}
        () = pass(from_server, to_client, down, state, |state| state.down_stalled) => {}
    }
}

async fn pass(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut budget: usize,
    mut state: watch::Receiver<State>,
    stalled: impl Fn(&State) -> bool,
) {
    let mut buffer = vec![0; 16 * 1024];
    while budget > 0 {
        if state.wait_for(|state| !stalled(state)).await.is_err() {
            return;
        }
        let most = buffer.len().min(budget);
        let read = tokio::select! {
            read = from.read(&mut buffer[..most]) => read,
            // Looks again whether to stall.
            _ = state.changed() => continue,
        };
        let Ok(count @ 1..) = read else { return };
        if to.write_all(&buffer[..count]).await.is_err() {
            return;
        }
        budget -= count;
    }
}
