use super::people::{FIRST_MESSAGE, People};
use crate::crowd::{create_rooms, sign_in};
use crate::load::Sockets;
use crate::servers::Server;
use anyhow::{bail, ensure};
use std::thread;
use std::time::{Duration, Instant};

/// People in the room, every other one on each node.
const PEOPLE: usize = 20;
/// From one message to the next: each of them says five a second.
const INTERVAL: Duration = Duration::from_millis(10);
const TICK: Duration = Duration::from_millis(5);
const PATIENCE: Duration = Duration::from_secs(60);

/// A room in which people talk at a steady pace until it is closed.
pub(super) struct Room {
    sockets: Sockets,
    pub(super) people: People,
    next_due: Instant,
    is_open: bool,
}

impl Room {
    /// Brings the people in.
    pub(super) fn open(server: &Server) -> anyhow::Result<Self> {
        create_rooms(server, 1)?;
        let accounts = sign_in(server.address, "guest", PEOPLE)?;
        let people = People::new(accounts.into_iter().map(|account| account.token), server.addresses());
        let sockets = Sockets::new(server.address)?;
        let mut room = Self { sockets, people, next_due: Instant::now(), is_open: false };
        room.until(People::all_live, "everyone to come in")?;
        (room.is_open, room.next_due) = (true, Instant::now());
        Ok(room)
    }

    pub(super) fn go_on_for(&mut self, time: Duration) -> anyhow::Result<()> {
        let end = Instant::now() + time;
        while Instant::now() < end {
            self.turn()?;
        }
        Ok(())
    }

    pub(super) fn until(&mut self, done: impl Fn(&People) -> bool, what: &str) -> anyhow::Result<()> {
        let begin = Instant::now();
        while !done(&self.people) {
            self.turn()?;
            ensure!(begin.elapsed() < PATIENCE, "waited in vain for {what}: {}", self.people.state());
        }
        Ok(())
    }

    /// Goes on while another thread waits for something.
    pub(super) fn meanwhile<T: Send>(
        &mut self,
        wait: impl FnOnce() -> anyhow::Result<T> + Send,
    ) -> anyhow::Result<T> {
        thread::scope(|scope| {
            let waiting = scope.spawn(wait);
            while !waiting.is_finished() {
                self.turn()?;
            }
            let Ok(found) = waiting.join() else { bail!("waiting for the server failed") };
            found
        })
    }

    /// Lets nobody say anything new, waits until everything has reached everyone, and checks that nothing is lost or twice.
    pub(super) fn close(&mut self) -> anyhow::Result<()> {
        self.is_open = false;
        self.until(|people| people.all_live() && people.all_done(), "the last acks and messages")?;
        let last = FIRST_MESSAGE + self.people.messages() as u64 - 1;
        self.people.ledger.check_all(FIRST_MESSAGE, last)
    }

    fn turn(&mut self) -> anyhow::Result<()> {
        while self.is_open && self.next_due <= Instant::now() {
            let speaker = self.people.messages() % self.people.count();
            self.people.say(&mut self.sockets, speaker);
            self.next_due += INTERVAL;
        }
        self.people.go_on(&mut self.sockets)?;
        let patience = if self.is_open {
            self.next_due.saturating_duration_since(Instant::now()).min(TICK)
        } else {
            TICK
        };
        self.sockets.turn(patience, &mut self.people)?;
        self.people.ledger.check()
    }
}
