//! Everybody in a room reacts to one message: what telling it all of them costs.

use super::span::measured;
use super::{Bench, Metric, Outcome, one_by_one};
use crate::crowd::{Crowd, Layout, room_id};
use crate::load::Connection;
use crate::servers::{Contender, Server};
use anyhow::{Context as _, ensure};
use std::net::Ipv4Addr;

/// All `people` of a room react to one message.
pub(super) fn run(bench: &Bench, contender: Contender, people: usize) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, Layout::apart(1, people))?;
    let target = write_one(&server, &mut crowd)?;
    let (span, tally) = measured(&server, &mut crowd, |crowd| {
        one_by_one(crowd, people, |crowd, client| {
            let room = room_id(0);
            crowd.send(
                client,
                &format!(r#"{{"type":"react","ref":7,"room":{room},"target":{target},"emoji":"🎉"}}"#),
            );
            Ok(())
        })?;
        crowd.settle()
    })?;
    let counted = count(&server, &crowd)?;
    ensure!(counted == people as u64, "{counted} of {people} reactions are there");
    let (changes, told) = (people as u64, people as f64);
    Ok(span.outcome(
        tally,
        &[
            (Metric::CpuPerTold, 1000.0 * span.cost(changes) / told),
            (Metric::BytesPerTold, tally.bytes as f64 / changes as f64 / told),
            (Metric::CpuPerChange, span.cost(changes)),
            (Metric::BytesPerChange, tally.bytes as f64 / changes as f64),
        ],
    ))
}

/// Has the first of them write a message. Answers where it stands.
fn write_one(server: &Server, crowd: &mut Crowd) -> anyhow::Result<u64> {
    let room = room_id(0);
    crowd.send(0, &format!(r#"{{"type":"send","ref":6,"room":{room},"clientId":"look","text":"look"}}"#));
    crowd.settle()?;
    newest(server, crowd)?["seq"].as_u64().context("the message has no place")
}

/// How many reactions the message has.
fn count(server: &Server, crowd: &Crowd) -> anyhow::Result<u64> {
    newest(server, crowd)?["reactions"][0]["count"].as_u64().context("nobody reacted")
}

fn newest(server: &Server, crowd: &Crowd) -> anyhow::Result<serde_json::Value> {
    let mut connection = Connection::open(server.address, Ipv4Addr::LOCALHOST)?;
    let path = format!("/api/rooms/{}/messages?limit=1", room_id(0));
    let mut answer = connection.get(&path, crowd.token(0))?;
    ensure!(answer.status == 200, "the page was answered {answer:?}");
    Ok(answer.body["messages"][0].take())
}
