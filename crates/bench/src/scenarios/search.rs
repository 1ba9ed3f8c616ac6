//! How long a search takes among many messages in a hundred rooms, beside an FTS5 table of trigrams without anything around it.

use super::rows::{BATCH, Rows};
use super::words::{CHARACTERS, FREQUENT, RARE, text};
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, create_rooms, sign_in};
use crate::load::Connection;
use crate::servers::Contender;
use anyhow::ensure;
use rusqlite::{Connection as Database, params};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::Path;
use std::time::{Duration, Instant};

const ROOMS: usize = 100;
/// Searches of each sort.
const SEARCHES: usize = 40;
/// How long the index may take.
const PATIENCE: Duration = Duration::from_secs(1200);
const HITS: u32 = 20;

/// What is looked for: words, parts of words, and what has fewer characters than a trigram.
const SOUGHT: [&str; 6] = [RARE, FREQUENT, "sterno", "chaling meeting", CHARACTERS, "z"];

/// Looks for all of it among `stored` messages.
pub(super) fn run(bench: &Bench, contender: Contender, stored: u64) -> anyhow::Result<Outcome> {
    if contender == Contender::Rusqlite {
        bare_table(bench, stored)
    } else {
        whole_server(bench, contender, stored)
    }
}

fn whole_server(bench: &Bench, contender: Contender, stored: u64) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let layout = Layout { rooms: ROOMS, members_per_room: 1, rooms_per_client: ROOMS };
    let accounts = sign_in(server.address, "reader", 1)?;
    let token = accounts[0].token.clone();
    create_rooms(&server, ROOMS)?;
    let mut crowd = Crowd::of_accounts(&server, layout, accounts)?;
    crowd.arrive()?;
    drop(crowd);
    let data = server.stop()?;
    let mut rows = Rows::open(data.path())?;
    for _ in 0..stored.div_ceil(BATCH) {
        rows.insert_batch_of(text)?;
    }
    drop(rows);
    let before = size_of(&data.path().join("chinwag.db"))?;
    let server = bench.launcher.start_on(contender, data, 0)?;
    let built = await_index(server.address, &token)?;
    let mut connection = Connection::open(server.address, Ipv4Addr::LOCALHOST)?;
    let times = times(|sought| {
        let path = format!("/api/search?limit={HITS}&q={}", encoded(sought));
        let answer = connection.get(&path, &token)?;
        ensure!(answer.status == 200, "a search was answered {answer:?}");
        Ok(())
    })?;
    // It brings everything into the file.
    let data = server.stop()?;
    let after = size_of(&data.path().join("chinwag.db"))?;
    Ok(outcome(times, built, after.saturating_sub(before)))
}

/// Waits until everything is in the index.
fn await_index(address: SocketAddrV4, token: &str) -> anyhow::Result<Duration> {
    let begin = Instant::now();
    let mut connection = Connection::open(address, Ipv4Addr::LOCALHOST)?;
    loop {
        let answer = connection.get(&format!("/api/search?limit=1&q={RARE}"), token)?;
        ensure!(answer.status == 200, "a search was answered {answer:?}");
        if answer.body["indexedTo"].is_null() {
            return Ok(begin.elapsed());
        }
        ensure!(begin.elapsed() < PATIENCE, "the index is not there after {PATIENCE:?}");
    }
}

fn bare_table(bench: &Bench, stored: u64) -> anyhow::Result<Outcome> {
    let folder = tempfile::tempdir_in(&bench.disk().folder)?;
    let path = folder.path().join("bare.db");
    let mut database = Database::open(&path)?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;
         CREATE TABLE messages (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
         CREATE VIRTUAL TABLE found USING fts5(text, content = 'messages', content_rowid = 'id', tokenize = 'trigram');",
    )?;
    insert(&mut database, "INSERT INTO messages (id, text) VALUES (?1, ?2)", stored)?;
    database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let before = size_of(&path)?;
    let begin = Instant::now();
    insert(&mut database, "INSERT INTO found (rowid, text) VALUES (?1, ?2)", stored)?;
    let built = begin.elapsed();
    database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    let size = size_of(&path)?.saturating_sub(before);
    let times = times(|sought| {
        // It finds nothing of fewer than three characters.
        let mut search = database
            .prepare_cached("SELECT rowid FROM found WHERE found MATCH ?1 ORDER BY rowid DESC LIMIT ?2")?;
        let phrases: Vec<_> = sought.split(' ').map(|word| format!("\"{word}\"")).collect();
        let rows = search.query_map(params![phrases.join(" "), HITS], |row| row.get::<_, i64>(0))?;
        rows.collect::<Result<Vec<_>, _>>()?;
        Ok(())
    })?;
    Ok(outcome(times, built, size))
}

/// Rows in transactions as large as those of Chinwag's index.
fn insert(database: &mut Database, statement: &str, stored: u64) -> anyhow::Result<()> {
    const AT_ONCE: u64 = 32;
    for first in (0..stored).step_by(AT_ONCE as usize) {
        let transaction = database.transaction()?;
        for number in first..stored.min(first + AT_ONCE) {
            let text = text(usize::try_from(number)?);
            transaction.prepare_cached(statement)?.execute(params![i64::try_from(number)? + 1, text])?;
        }
        transaction.commit()?;
    }
    Ok(())
}

/// How long searches of all sorts take, in turns.
fn times(mut search: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    for _ in 0..SEARCHES {
        for sought in SOUGHT {
            let begin = Instant::now();
            search(sought)?;
            times.push(begin.elapsed());
        }
    }
    times.sort();
    Ok(times)
}

fn outcome(times: Vec<Duration>, built: Duration, bytes: u64) -> Outcome {
    let quantile = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    let figures = vec![
        (Metric::Search50, quantile(50)),
        (Metric::Search95, quantile(95)),
        (Metric::IndexTime, built.as_secs_f64()),
        (Metric::IndexSize, bytes as f64 / f64::from(1 << 20)),
    ];
    Outcome { figures, notes: Vec::new() }
}

fn size_of(path: &Path) -> anyhow::Result<u64> {
    Ok(std::fs::metadata(path)?.len())
}

/// What stands in an address: each byte that is no letter by its number.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() {
                    char::from(byte).to_string()
                } else {
                    format!("%{byte:02X}")
                }
            },
        )
        .collect()
}
