//! The people of a scenario: who is in which room, how they come in, what they say and what they hear.

mod arrival;
mod dialect;
mod guests;
mod hearing;
mod layout;
mod message;
mod room_ids;
mod sign_in;
mod tally;
#[cfg(test)]
mod tests;

pub(crate) use dialect::Dialect;
pub(crate) use layout::Layout;
pub(crate) use message::number;
pub(crate) use room_ids::room_id;
pub(crate) use sign_in::{create_rooms, sign_in};
pub(crate) use tally::{Delays, Tally};
#[cfg(test)]
pub(crate) use tests::with_yardstick;

use crate::load::Sockets;
use crate::machine::ensure_files_for;
use crate::servers::Server;
use anyhow::{Context as _, bail, ensure};
use guests::Guests;
use sign_in::Account;
use std::net::SocketAddrV4;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

/// Clients of one server, on one thread.
pub(crate) struct Crowd {
    sockets: Sockets,
    /// Where the nodes of the server listen.
    nodes: Vec<SocketAddrV4>,
    guests: Guests,
}

/// What the clients send while time passes.
#[derive(Clone, Copy)]
pub(crate) enum Pace {
    /// Nothing.
    Silence,
    /// So many messages of each room's sender are on their way to all members.
    Window(u64),
    /// So many messages a second in each room.
    Steady(f64),
}

/// Clients that are coming in at the same time.
const ARRIVING: usize = 256;

/// How long nothing may happen before a scenario is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// The server gathers presence for 250 ms: after a longer silence everything is said.
const QUIET: Duration = Duration::from_millis(400);
const LONGEST_NOISE: Duration = Duration::from_secs(60);

/// Wake-ups of a crowd that has nothing to wait for.
const TICK: Duration = Duration::from_millis(20);

impl Crowd {
    /// Clients of `server` in a `layout`; those that speak Chinwag's own protocol have accounts, and its rooms exist.
    pub(crate) fn prepare(server: &Server, layout: Layout) -> anyhow::Result<Self> {
        ensure_files_for(layout.clients())?;
        let native = server.contender.dialect() == Dialect::Chinwag;
        let accounts = if native { sign_in(server.address, "guest", layout.clients())? } else { Vec::new() };
        if server.contender.is_chinwag() {
            create_rooms(server, layout.rooms)?;
        }
        let mut crowd = Self::of_accounts(server, layout, accounts)?;
        if layout.is_crowded() && native {
            crowd.become_members()?;
        }
        Ok(crowd)
    }

    /// Clients of `server` who have accounts already, where rooms are there.
    pub(crate) fn of_accounts(
        server: &Server,
        layout: Layout,
        accounts: Vec<Account>,
    ) -> anyhow::Result<Self> {
        Self::new(server.addresses(), server.contender.dialect(), layout, accounts)
    }

    fn new(
        nodes: Vec<SocketAddrV4>,
        dialect: Dialect,
        layout: Layout,
        accounts: Vec<Account>,
    ) -> anyhow::Result<Self> {
        let guests = Guests::new(dialect, layout, accounts, nodes.len());
        Ok(Self { sockets: Sockets::new(nodes[0])?, nodes, guests })
    }

    /// Prepares clients and has them all come in.
    pub(crate) fn gather(server: &Server, layout: Layout) -> anyhow::Result<Self> {
        let mut crowd = Self::prepare(server, layout)?;
        crowd.arrive()?;
        crowd.settle()?;
        Ok(crowd)
    }

    /// Makes everyone a member while hardly anybody is there: whoever joins is announced to all who are, and announcing
    /// 10,000 to 10,000 is no part of any scenario.
    fn become_members(&mut self) -> anyhow::Result<()> {
        let clients = self.guests.layout().clients();
        for first in (0..clients).step_by(ARRIVING) {
            let group = first..clients.min(first + ARRIVING);
            self.arrive_some(group.clone())?;
            for client in group {
                self.leave(client);
            }
        }
        self.settle()
    }

    /// Has all clients connect and enter their rooms, some hundred at the same time.
    pub(crate) fn arrive(&mut self) -> anyhow::Result<()> {
        self.arrive_some(0..self.guests.layout().clients())
    }

    /// Has some of the clients connect and enter their rooms.
    pub(crate) fn arrive_some(&mut self, mut clients: std::ops::Range<usize>) -> anyhow::Result<()> {
        let wanted = self.guests.inside() + clients.len();
        let first = clients.start;
        let mut progress = Instant::now();
        let mut inside = self.guests.inside();
        let before = inside;
        loop {
            while clients.start - first < self.guests.inside() - before + ARRIVING {
                let Some(client) = clients.next() else { break };
                self.open(client)?;
            }
            if self.guests.inside() == wanted {
                return Ok(());
            }
            self.turn(TICK)?;
            if self.guests.inside() > inside {
                (inside, progress) = (self.guests.inside(), Instant::now());
            }
            ensure!(progress.elapsed() < PATIENCE, "only {inside} of {wanted} clients came in");
        }
    }

    /// Waits until so many clients in all are in their rooms.
    pub(crate) fn await_inside(&mut self, wanted: usize) -> anyhow::Result<()> {
        let begin = Instant::now();
        while self.guests.inside() < wanted {
            self.turn(TICK)?;
            let inside = self.guests.inside();
            ensure!(begin.elapsed() < PATIENCE, "only {inside} of {wanted} clients came in");
        }
        Ok(())
    }

    /// Begins to connect a client, which then enters its rooms.
    pub(crate) fn open(&mut self, client: usize) -> anyhow::Result<()> {
        let path = self.guests.begin(client);
        let node = self.nodes[self.guests.node_of(client)];
        self.sockets.open_at(client, node, &path).context("cannot connect")
    }

    /// Ends a client's connection.
    pub(crate) fn leave(&mut self, client: usize) {
        self.sockets.drop_link(client);
        self.guests.left(client);
    }

    /// Says something in the words of the protocol.
    pub(crate) fn send(&mut self, client: usize, text: &str) {
        self.sockets.send(client, text);
    }

    /// With what a client signs in.
    pub(crate) fn token(&self, client: usize) -> &str {
        self.guests.token(client)
    }

    /// Waits until the server has nothing more to say by itself.
    pub(crate) fn settle(&mut self) -> anyhow::Result<()> {
        let begin = Instant::now();
        let mut bytes = self.sockets.received_bytes();
        let mut quiet_since = begin;
        while quiet_since.elapsed() < QUIET {
            self.turn(TICK)?;
            if self.sockets.received_bytes() > bytes {
                (bytes, quiet_since) = (self.sockets.received_bytes(), Instant::now());
            }
            ensure!(begin.elapsed() < LONGEST_NOISE, "the server does not become quiet");
        }
        Ok(())
    }

    /// Lets `time` pass at a `pace`.
    pub(crate) fn run(&mut self, pace: Pace, time: Duration) -> anyhow::Result<()> {
        let end = Instant::now() + time;
        self.run_until(pace, |_| {
            if Instant::now() < end { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })
    }

    /// Goes on at a `pace` until `done` breaks.
    pub(crate) fn run_until(
        &mut self,
        pace: Pace,
        mut done: impl FnMut(&mut Self) -> ControlFlow<()>,
    ) -> anyhow::Result<()> {
        let begin = Instant::now();
        let mut steps = 0u64;
        let mut heard = (self.tally().deliveries, Instant::now());
        if let Pace::Window(window) = pace {
            self.guests.fill_all(&mut self.sockets, window);
        }
        while done(self).is_continue() {
            let patience = match pace {
                Pace::Silence | Pace::Window(_) => TICK,
                Pace::Steady(rate) => {
                    let step = 1.0 / (rate * self.guests.layout().rooms as f64);
                    let mut due = Duration::from_secs_f64(steps as f64 * step);
                    while let Some(late) = begin.elapsed().checked_sub(due) {
                        self.guests.say(&mut self.sockets, steps, late);
                        steps += 1;
                        due = Duration::from_secs_f64(steps as f64 * step);
                    }
                    due.saturating_sub(begin.elapsed()).min(TICK)
                }
            };
            self.turn(patience)?;
            if let Pace::Window(window) = pace {
                self.guests.refill(&mut self.sockets, window);
            }
            if self.tally().deliveries > heard.0 || matches!(pace, Pace::Silence) {
                heard = (self.tally().deliveries, Instant::now());
            } else if heard.1.elapsed() > PATIENCE {
                bail!("no message was delivered for {} s: {}", PATIENCE.as_secs(), self.guests.complaint());
            }
        }
        Ok(())
    }

    fn turn(&mut self, patience: Duration) -> anyhow::Result<()> {
        self.sockets.turn(patience, &mut self.guests)?;
        self.guests.broken()
    }

    /// What was counted so far.
    pub(crate) fn tally(&self) -> Tally {
        Tally { bytes: self.sockets.received_bytes(), ..self.guests.tally() }
    }

    /// Begins to record delays anew, and answers those recorded so far.
    pub(crate) fn record_delays(&mut self) -> Delays {
        self.guests.record_delays()
    }
}
