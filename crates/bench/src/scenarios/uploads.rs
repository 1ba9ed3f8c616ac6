//! Large files on their way while others talk: a file must not cost memory, nor make a message late.

use super::beside::measured_beside;
use super::{Bench, Metric, Outcome};
use crate::crowd::{Crowd, Layout, Pace, room_id};
use crate::load::Connection;
use crate::servers::Contender;
use anyhow::{Context as _, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::iter::{empty, repeat_n};
use std::net::{Ipv4Addr, SocketAddrV4};

/// The others: few rooms, so that the machine has time for what is measured.
const LAYOUT: Layout = Layout::apart(20, 20);
const MESSAGES_PER_SECOND: f64 = 5.0;

/// Parts of a file, of one MiB each.
const PARTS: usize = 100;
const PART: usize = 1 << 20;

/// `files` of 100 MiB come in at the same time, each in one request of tus.
pub(super) fn run(bench: &Bench, contender: Contender, files: usize) -> anyhow::Result<Outcome> {
    let server = bench.launcher.start(contender)?;
    let mut crowd = Crowd::gather(&server, LAYOUT)?;
    let pace = Pace::Steady(MESSAGES_PER_SECOND);
    let (address, token) = (server.address, crowd.token(0).to_owned());
    crowd.run(pace, bench.effort.warm_up)?;
    crowd.record_delays();
    let uploads = (0..files).map(|_| || upload(address, &token)).collect();
    let beside = measured_beside(&server, &mut crowd, pace, bench.effort.window, uploads)?;
    let delays = crowd.record_delays();
    let mut figures = vec![(Metric::PeakMemory, beside.memory)];
    if files > 0 {
        figures.push((Metric::UploadedPerSecond, beside.span.rate((files * PARTS) as u64)));
    }
    let delays = [
        (Metric::Latency50, delays.of_delivery.quantile(0.5)),
        (Metric::Latency99, delays.of_delivery.quantile(0.99)),
        (Metric::AckLatency99, delays.of_ack.quantile(0.99)),
    ];
    figures
        .extend(delays.into_iter().filter_map(|(metric, delay)| Some((metric, delay?.as_secs_f64() * 1e3))));
    Ok(beside.span.outcome(beside.tally, &figures))
}

/// Shares a file with the first room.
fn upload(address: SocketAddrV4, token: &str) -> anyhow::Result<()> {
    let mut connection = Connection::open(address, Ipv4Addr::LOCALHOST)?;
    let session = format!("Authorization: Bearer {token}\r\nTus-Resumable: 1.0.0\r\n");
    let (room, name) = (STANDARD.encode(room_id(0).to_string()), STANDARD.encode("film.bin"));
    let headers = format!(
        "{session}Upload-Length: {}\r\nUpload-Metadata: room {room},filename {name}\r\n",
        PARTS * PART
    );
    let answer = connection.bring("POST /api/uploads", &headers, empty())?;
    ensure!(answer.status == 201, "a file was answered {answer:?}");
    let path = answer.location.context("the file has no address")?;
    let headers = format!("{session}Upload-Offset: 0\r\nContent-Type: application/offset+octet-stream\r\n");
    let part: Vec<u8> = (0..PART).map(|byte| (byte * 31 % 251) as u8).collect();
    let answer = connection.bring(&format!("PATCH {path}"), &headers, repeat_n(part.as_slice(), PARTS))?;
    ensure!(answer.status == 204, "its bytes were answered {answer:?}");
    Ok(())
}
