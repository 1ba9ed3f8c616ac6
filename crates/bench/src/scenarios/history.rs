//! Pages of history a second, from rooms with few and with many messages.

use super::rows::{BATCH, Rows};
use super::span::Moment;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Tally, create_rooms, room_id, sign_in};
use crate::load::{Listener, Sockets};
use crate::servers::{Contender, Server};
use anyhow::{bail, ensure};
use serde_json::json;
use std::time::{Duration, Instant};

/// People who read, one page after the other.
const READERS: usize = 32;
const PAGE: u64 = 50;

/// Reads pages from all over a room with `stored` messages.
pub(super) fn run(bench: &Bench, contender: Contender, stored: u64) -> anyhow::Result<Outcome> {
    let (server, tokens) = prepare(bench, contender, stored)?;
    let mut sockets = Sockets::new(server.address)?;
    let mut readers = Readers { tokens, stored, asked: 0, pages: 0, broken: None };
    for reader in 0..READERS {
        sockets.open(reader, "/ws")?;
    }
    read_for(&mut sockets, &mut readers, bench.effort.warm_up)?;
    let (begin, first) = (Moment::now(&server)?, readers.pages);
    read_for(&mut sockets, &mut readers, bench.effort.window)?;
    let (span, pages) = (begin.until_now(&server)?, readers.pages - first);
    let figures = [(Metric::CpuPerPage, span.cost(pages)), (Metric::PagesPerSecond, span.rate(pages))];
    Ok(span.outcome(Tally::default(), &figures))
}

/// A server with one room and its readers. The messages are put into the database while no server runs: it is the reading
/// that is measured.
fn prepare(bench: &Bench, contender: Contender, stored: u64) -> anyhow::Result<(Server, Vec<String>)> {
    let server = bench.launcher.start(contender)?;
    create_rooms(&server, 1)?;
    let accounts = sign_in(server.address, "guest", READERS)?;
    let tokens = accounts.iter().map(|account| account.token.clone()).collect();
    let mut crowd = Crowd::of_accounts(&server, Layout::apart(1, READERS), accounts)?;
    crowd.arrive()?;
    drop(crowd);
    let data = server.stop()?;
    let mut rows = Rows::open(data.path())?;
    // The three rooms that are there from the start have no members, so every row goes to ours.
    for _ in 0..stored.div_ceil(BATCH) {
        rows.insert_batch()?;
    }
    drop(rows);
    Ok((bench.launcher.start_on(contender, data, 0)?, tokens))
}

fn read_for(sockets: &mut Sockets, readers: &mut Readers, time: Duration) -> anyhow::Result<()> {
    let (begin, first) = (Instant::now(), readers.pages);
    while begin.elapsed() < time {
        sockets.turn(Duration::from_millis(20), readers)?;
        if let Some(reason) = &readers.broken {
            bail!("a reader was cut off: {reason}");
        }
    }
    ensure!(readers.pages > first, "no page came");
    Ok(())
}

struct Readers {
    tokens: Vec<String>,
    stored: u64,
    asked: u64,
    pages: u64,
    broken: Option<String>,
}

impl Readers {
    fn ask(&mut self, sockets: &mut Sockets, reader: usize) {
        self.asked += 1;
        // Steps of a large odd number come by everywhere, in the same order in each run.
        let before = PAGE + self.asked.wrapping_mul(0x9E37_79B9_7F4A_7C15) % self.stored.max(1);
        let frame = json!({"type": "history", "ref": 1, "room": room_id(0), "before": before, "limit": PAGE});
        sockets.send(reader, &frame.to_string());
    }
}

impl Listener for Readers {
    fn opened(&mut self, sockets: &mut Sockets, reader: usize) {
        sockets.send(reader, &json!({"type": "hello", "ref": 1, "token": self.tokens[reader]}).to_string());
    }

    fn heard(&mut self, sockets: &mut Sockets, reader: usize, text: &[u8]) {
        if text.starts_with(br#"{"type":"history""#) {
            self.pages += 1;
            self.ask(sockets, reader);
        } else if text.starts_with(br#"{"type":"welcome""#) {
            self.ask(sockets, reader);
        } else if text.starts_with(br#"{"type":"error""#) {
            self.broken = Some(String::from_utf8_lossy(text).into_owned());
        }
    }

    fn ended(&mut self, _sockets: &mut Sockets, _reader: usize, reason: &str) {
        self.broken = Some(reason.to_owned());
    }
}
