//! Faults: what people in a room on two nodes notice when Redis, PostgreSQL or a node goes and comes back, while they talk.

mod ledger;
mod people;
mod room;
mod times;

use super::span::Moment;
use super::{Bench, Metric, Note, Outcome};
use crate::crowd::Tally;
use crate::servers::{Contender, Server};
use anyhow::Context as _;
use room::Room;
use std::time::{Duration, Instant};
use times::{Stretch, normal_after, quantile};

/// What befalls a server.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// Redis is killed and started again.
    RedisLost,
    /// PostgreSQL ends at once and is started again.
    PostgresCrash,
    /// The nodes are stopped and started again, one after the other.
    RollingRestart,
}

/// Before anything happens.
const BEFORE: Duration = Duration::from_secs(2);
const REDIS_AWAY: Duration = Duration::from_secs(3);
const POSTGRES_AWAY: Duration = Duration::from_secs(2);
/// In which things get back to normal.
const AFTER: Duration = Duration::from_secs(4);

type Figures = Vec<(Metric, f64)>;

pub(super) fn run(bench: &Bench, contender: Contender, fault: Fault) -> anyhow::Result<Outcome> {
    let mut server = bench.launcher.start(contender)?;
    let mut room = Room::open(&server)?;
    let moment = Moment::now(&server)?;
    room.go_on_for(BEFORE)?;
    let mut figures = match fault {
        Fault::RedisLost => lose_redis(&mut server, &mut room),
        Fault::PostgresCrash => crash_postgres(&mut server, &mut room),
        Fault::RollingRestart => replace_nodes(bench, &mut server, &mut room),
    }?;
    let span = moment.until_now(&server)?;
    let people = &room.people;
    let acks: Vec<Stretch> = people.acks.iter().map(|(_, ack)| *ack).collect();
    figures.push((Metric::LongestAck, seconds(longest_of(&acks))));
    let mut outcome = span.outcome(Tally::default(), &figures);
    outcome.notes.extend(people.first_break().map(Note::first_break));
    outcome.notes.push(Note::agreement(people.count(), people.messages()));
    Ok(outcome)
}

fn lose_redis(server: &mut Server, room: &mut Room) -> anyhow::Result<Figures> {
    let lost = Instant::now();
    server.kill_redis()?;
    room.go_on_for(REDIS_AWAY)?;
    let starting = server.begin_redis_again()?;
    let back = room.meanwhile(|| starting.until_ready())?;
    room.go_on_for(AFTER)?;
    let end = Instant::now();
    room.close()?;

    let remote = &room.people.remote;
    let delay = |from, until, share| {
        quantile(remote, from, until, share).context("nothing was delivered on the other node")
    };
    let normal = normal_after(remote, lost, back, end);
    let normal = normal.context("the delivery on the other node did not become normal again")?;
    Ok(vec![
        (Metric::RemoteLatency50, milliseconds(delay(lost - BEFORE, lost, 0.5)?)),
        (Metric::RemoteLatency99, milliseconds(delay(lost - BEFORE, lost, 0.99)?)),
        (Metric::RemoteMeanwhile50, milliseconds(delay(lost, back, 0.5)?)),
        (Metric::RemoteMeanwhile99, milliseconds(delay(lost, back, 0.99)?)),
        (Metric::NormalAfter, seconds(normal)),
    ])
}

fn crash_postgres(server: &mut Server, room: &mut Room) -> anyhow::Result<Figures> {
    let crashed = Instant::now();
    room.meanwhile(|| server.crash_postgres())?;
    room.go_on_for(POSTGRES_AWAY)?;
    let starting = server.begin_postgres_again()?;
    let back = room.meanwhile(|| starting.until_ready())?;
    room.until(|people| people.all_acked_after(back), "acks after PostgreSQL came back")?;
    room.go_on_for(AFTER)?;
    room.close()?;

    let people = &room.people;
    let first_acks = (0..people.count()).filter_map(|person| people.first_ack_of(person, back));
    let (first, last) = (first_acks.clone().min(), first_acks.max());
    Ok(vec![
        (Metric::RestartTime, seconds(back - crashed)),
        (Metric::FirstAckAgain, seconds(first.unwrap_or_default())),
        (Metric::AcksAgain, seconds(last.unwrap_or_default())),
    ])
}

fn replace_nodes(bench: &Bench, server: &mut Server, room: &mut Room) -> anyhow::Result<Figures> {
    let mut slowest = Duration::ZERO;
    for node in 0..server.addresses().len() {
        let begin = Instant::now();
        room.meanwhile(|| server.stop_node(node))?;
        bench.launcher.begin_node_again(server, node)?;
        room.meanwhile(|| server.until_node_listens(node))?;
        slowest = slowest.max(begin.elapsed());
        room.go_on_for(AFTER)?;
    }
    room.close()?;
    Ok(vec![
        (Metric::RestartTime, seconds(slowest)),
        (Metric::LongestAbsence, seconds(longest_of(&room.people.absences))),
        (Metric::Retries, room.people.breaks as f64),
    ])
}

fn longest_of(all: &[Stretch]) -> Duration {
    all.iter().map(|stretch| stretch.took).max().unwrap_or_default()
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
