//! People who sign in by password while others talk: each password takes memory and time on purpose.

use super::span::measured;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace};
use crate::load::{Answer, Connection};
use crate::servers::Contender;
use anyhow::{bail, ensure};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// The others: few rooms, so that the machine has time for what is measured.
const LAYOUT: Layout = Layout::apart(20, 20);
const MESSAGES_PER_SECOND: f64 = 5.0;

const PASSWORD: &str = "correct horse battery";
/// Accounts that are made at once.
const MAKERS: usize = 8;
/// Attempts of each sort, to see whether they take equally long.
const GUESSES: usize = 40;

/// `people` sign in at the same time, again and again.
pub(super) fn run(bench: &Bench, contender: Contender, people: usize) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let address = server.address;
    register(address, people.max(GUESSES))?;
    let guesses = guess(address)?;
    let mut crowd = Crowd::gather(&server, LAYOUT)?;
    let (pace, counts) = (Pace::Steady(MESSAGES_PER_SECOND), Counts::default());
    thread::scope(|scope| {
        let mut ends = Vec::new();
        for person in 0..people {
            let (end, over) = mpsc::channel();
            ends.push(end);
            let counts = &counts;
            scope.spawn(move || sign_in_until(address, person, counts, &over));
        }
        let mut measuring = || {
            crowd.run(pace, bench.effort.warm_up)?;
            crowd.record_delays();
            let (admitted, turned_away) = counts.read();
            let measured = measured(&server, &mut crowd, |crowd| crowd.run(pace, bench.effort.window))?;
            let (admitted_now, turned_away_now) = counts.read();
            anyhow::Ok((measured, admitted_now - admitted, turned_away_now - turned_away))
        };
        let result = measuring();
        drop(ends);
        let ((span, tally), admitted, turned_away) = result?;
        ensure!(people == 0 || admitted > 0, "nobody came in by a password");
        let delays = crowd.record_delays();
        let mut figures = vec![
            (Metric::SignInsPerSecond, span.rate(admitted)),
            (Metric::SignInsTurnedAway, span.rate(turned_away)),
            (Metric::WrongPassword, guesses.wrong),
            (Metric::UnknownName, guesses.unknown),
        ];
        let delays = [
            (Metric::Latency50, delays.of_delivery.quantile(0.5)),
            (Metric::Latency99, delays.of_delivery.quantile(0.99)),
            (Metric::AckLatency99, delays.of_ack.quantile(0.99)),
        ];
        figures.extend(
            delays.into_iter().filter_map(|(metric, delay)| Some((metric, delay?.as_secs_f64() * 1e3))),
        );
        Ok(span.outcome(tally, &figures))
    })
}

/// How the sign-ins went.
#[derive(Default)]
struct Counts {
    admitted: AtomicU64,
    /// Because too many passwords were being looked at.
    turned_away: AtomicU64,
}

impl Counts {
    fn read(&self) -> (u64, u64) {
        (self.admitted.load(Ordering::Relaxed), self.turned_away.load(Ordering::Relaxed))
    }
}

fn name(person: usize) -> String {
    format!("member{person}")
}

fn register(address: SocketAddrV4, people: usize) -> anyhow::Result<()> {
    thread::scope(|scope| {
        let makers = (0..MAKERS).map(|maker| {
            scope.spawn(move || {
                let mut connection = Connection::open(address, Ipv4Addr::LOCALHOST)?;
                for person in (maker..people).step_by(MAKERS) {
                    let account = json!({ "name": name(person), "password": PASSWORD });
                    let answer = connection.post("/api/accounts", &account)?;
                    ensure!(answer.status == 201, "an account was answered {answer:?}");
                }
                anyhow::Ok(())
            })
        });
        for maker in makers.collect::<Vec<_>>() {
            let Ok(made) = maker.join() else { bail!("making accounts failed") };
            made?;
        }
        Ok(())
    })
}

/// Signs in again and again, until the other end of `over` is gone.
fn sign_in_until(address: SocketAddrV4, person: usize, counts: &Counts, over: &Receiver<()>) {
    let Ok(mut connection) = Connection::open(address, Ipv4Addr::LOCALHOST) else { return };
    let body = json!({ "name": name(person), "password": PASSWORD, "for": "script" });
    let mut wait = Duration::ZERO;
    while over.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
        wait = Duration::ZERO;
        match connection.post("/api/session", &body) {
            Ok(Answer { status: 201, .. }) => _ = counts.admitted.fetch_add(1, Ordering::Relaxed),
            Ok(Answer { body, .. }) => {
                counts.turned_away.fetch_add(1, Ordering::Relaxed);
                wait = Duration::from_millis(body["retryAfterMs"].as_u64().unwrap_or(1000));
            }
            // Nobody is admitted any more, which is told.
            Err(_) => return,
        }
    }
}

/// Medians of how long it takes to be refused, in milliseconds.
struct Guesses {
    wrong: f64,
    unknown: f64,
}

/// Tries wrong passwords and unknown names in turns, from many addresses, since each is made slow.
fn guess(address: SocketAddrV4) -> anyhow::Result<Guesses> {
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    for attempt in 0..GUESSES {
        let source = Ipv4Addr::new(127, 1, 0, u8::try_from(attempt)?);
        let mut connection = Connection::open(address, source)?;
        let mut refused = |name: String| {
            let begin = Instant::now();
            let body = json!({ "name": name, "password": "wrong horse battery" });
            let answer = connection.post("/api/session", &body)?;
            ensure!(answer.status == 401, "a wrong password was answered {answer:?}");
            Ok(begin.elapsed().as_secs_f64() * 1e3)
        };
        wrong.push(refused(name(attempt))?);
        unknown.push(refused(format!("nobody{attempt}"))?);
    }
    Ok(Guesses { wrong: median(wrong), unknown: median(unknown) })
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
