//! The storm: the server dies, comes back, and everybody returns at once, while messages go on.

mod survivors;

use super::span::Moment;
use super::{Bench, Metric, Note, Outcome};
use crate::crowd::{Tally, create_rooms, sign_in};
use crate::load::Sockets;
use crate::machine::ensure_files_for;
use crate::servers::Contender;
use anyhow::{bail, ensure};
use std::time::{Duration, Instant};
use survivors::Survivors;

/// Messages that everyone has missed when they come back.
const MISSED: u32 = 20;
/// Messages a second of each room's sender while they come back.
const RATE: f64 = 2.0;
/// Clients that come in at the same time before the storm.
const ARRIVING: usize = 256;
const PATIENCE: Duration = Duration::from_secs(120);
const TICK: Duration = Duration::from_millis(10);

/// `rooms` rooms of `members` each; the first client of a room is its sender.
pub(super) fn run(
    bench: &Bench,
    contender: Contender,
    rooms: usize,
    members: usize,
) -> anyhow::Result<Outcome> {
    let clients = rooms * members;
    ensure_files_for(clients)?;
    let server = bench.launcher.start(contender)?;
    create_rooms(&server, rooms)?;
    let accounts = sign_in(server.address, "guest", clients)?;
    let mut storm = Storm {
        sockets: Sockets::new(server.address)?,
        survivors: Survivors::new(accounts.into_iter().map(|account| account.token).collect(), rooms),
    };
    storm.arrive(clients)?;
    storm.speak(1)?;

    // Messages are on their way when it dies: some of them are kept and not acked, some not even kept. And people go on.
    storm.everyone_says(1);
    let port = server.address.port();
    let died = Instant::now();
    let data = server.kill();
    storm.survivors.lights_out();
    storm.everyone_says(1);
    let server = bench.launcher.start_on(contender, data, port)?;
    let restart = died.elapsed();
    storm.sockets = Sockets::new(server.address)?;
    for sender in 0..rooms {
        storm.survivors.open(&mut storm.sockets, sender)?;
    }
    storm.until(|survivors| survivors.live() == rooms, "the senders to come back")?;
    storm.speak(MISSED)?;
    storm.until(|survivors| survivors.missed_by(0..rooms) == 0, "the senders to hear each other")?;
    let missed = storm.survivors.missed_by(rooms..clients) as f64;

    let begin = Moment::now(&server)?;
    let storm_begin = Instant::now();
    for client in rooms..clients {
        storm.survivors.open(&mut storm.sockets, client)?;
    }
    let mut said = 0;
    storm.until_live(clients, |storm| {
        while storm_begin.elapsed().as_secs_f64() * RATE * rooms as f64 > f64::from(said) {
            storm.survivors.say(&mut storm.sockets, said as usize % rooms);
            said += 1;
        }
    })?;
    let span = begin.until_now(&server)?;
    storm.until(Survivors::all_acked, "the last acks")?;
    storm.until(Survivors::all_heard, "the last messages")?;
    storm.survivors.check()?;

    let returned = clients - rooms;
    let figures = [
        (Metric::StormTime, span.time.as_secs_f64()),
        (Metric::CpuPerReturn, span.cost(returned as u64)),
        (Metric::Missed, missed / returned as f64),
        (Metric::RestartTime, restart.as_secs_f64()),
        (Metric::Retries, storm.survivors.retries() as f64),
    ];
    let mut outcome = span.outcome(Tally::default(), &figures);
    outcome.notes.extend(storm.survivors.first_break().map(Note::first_break));
    outcome.notes.push(Note::proof(clients, storm.survivors.messages(), storm.survivors.unacked()));
    Ok(outcome)
}

struct Storm {
    sockets: Sockets,
    survivors: Survivors,
}

impl Storm {
    fn arrive(&mut self, clients: usize) -> anyhow::Result<()> {
        for first in (0..clients).step_by(ARRIVING) {
            let end = clients.min(first + ARRIVING);
            for client in first..end {
                self.survivors.open(&mut self.sockets, client)?;
            }
            self.until(|survivors| survivors.live() == end, "everyone to come in")?;
        }
        Ok(())
    }

    /// Has every sender say so many messages, and waits until they are kept.
    fn speak(&mut self, count: u32) -> anyhow::Result<()> {
        self.everyone_says(count);
        self.until(Survivors::all_acked, "acks")
    }

    fn everyone_says(&mut self, count: u32) {
        for room in 0..self.survivors.rooms() {
            for _ in 0..count {
                self.survivors.say(&mut self.sockets, room);
            }
        }
    }

    fn until_live(&mut self, clients: usize, mut meanwhile: impl FnMut(&mut Self)) -> anyhow::Result<()> {
        let begin = Instant::now();
        while self.survivors.live() < clients {
            meanwhile(self);
            self.turn()?;
            let live = self.survivors.live();
            ensure!(begin.elapsed() < PATIENCE, "only {live} of {clients} clients came back");
        }
        Ok(())
    }

    fn until(&mut self, done: impl Fn(&Survivors) -> bool, what: &str) -> anyhow::Result<()> {
        let begin = Instant::now();
        while !done(&self.survivors) {
            self.turn()?;
            if begin.elapsed() > PATIENCE {
                bail!("waited in vain for {what}; {} are live", self.survivors.live());
            }
        }
        Ok(())
    }

    fn turn(&mut self) -> anyhow::Result<()> {
        self.sockets.turn(TICK, &mut self.survivors)?;
        self.survivors.reopen(&mut self.sockets)
    }
}
