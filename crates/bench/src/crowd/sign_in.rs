//! What Chinwag wants before anybody can talk: accounts, through REST, and rooms.

use super::dialect::Dialect;
use super::hearing::Heard;
use super::message::number;
use super::room_ids::room_id;
use crate::load::{Connection, Listener, Sockets};
use crate::servers::Server;
use anyhow::{Context as _, bail, ensure};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::thread;
use std::time::{Duration, Instant};

/// A person who can say hello.
#[derive(Clone)]
pub(crate) struct Account {
    pub(crate) token: String,
}

/// Requests that are on their way at the same time: enough for the server to commit many accounts at once.
const AT_ONCE: usize = 64;

/// Makes `count` accounts with names that begin with `name`.
pub(crate) fn sign_in(address: SocketAddrV4, name: &str, count: usize) -> anyhow::Result<Vec<Account>> {
    let share = count.div_ceil(AT_ONCE).max(1);
    thread::scope(|scope| {
        let parts = (0..count).step_by(share).map(|first| {
            let part = first..count.min(first + share);
            scope.spawn(move || sign_in_part(address, name, part))
        });
        let mut accounts = Vec::with_capacity(count);
        for part in parts.collect::<Vec<_>>() {
            let Ok(part) = part.join() else { bail!("signing in failed") };
            accounts.extend(part?);
        }
        Ok(accounts)
    })
}

fn sign_in_part(
    address: SocketAddrV4,
    name: &str,
    numbers: impl Iterator<Item = usize>,
) -> anyhow::Result<Vec<Account>> {
    let mut connection = Connection::open(address, Ipv4Addr::LOCALHOST)?;
    numbers.map(|number| make(&mut connection, &format!("{name}{number}"))).collect()
}

/// Makes an account by a name alone.
fn make(connection: &mut Connection, name: &str) -> anyhow::Result<Account> {
    let answer = connection.post("/api/session", &json!({ "name": name, "for": "script" }))?;
    ensure!(answer.status == 201, "a sign-in was answered {answer:?}");
    let token = answer.body["token"].as_str().context("a sign-in was answered without a token")?;
    Ok(Account { token: token.to_owned() })
}

/// Rooms that one person creates: fewer than one may be in.
const ROOMS_OF_ONE: usize = 90;
const PATIENCE: Duration = Duration::from_secs(120);

/// Creates the rooms `r0` to `r<count - 1>`, one after the other, so that their numbers are known; by people who then go away.
pub(crate) fn create_rooms(server: &Server, count: usize) -> anyhow::Result<()> {
    let accounts = sign_in(server.address, "host", count.div_ceil(ROOMS_OF_ONE))?;
    let mut sockets = Sockets::new(server.address)?;
    let mut hosts = Hosts { accounts, count, created: 0, broken: None };
    let begin = Instant::now();
    for host in 0..hosts.accounts.len() {
        sockets.open(host, "/ws")?;
        let due = count.min((host + 1) * ROOMS_OF_ONE);
        while hosts.created < due {
            sockets.turn(Duration::from_millis(20), &mut hosts)?;
            if let Some(reason) = &hosts.broken {
                bail!("cannot create the rooms: {reason}");
            }
            ensure!(begin.elapsed() < PATIENCE, "only {} of {count} rooms were created", hosts.created);
        }
    }
    Ok(())
}

struct Hosts {
    accounts: Vec<Account>,
    count: usize,
    created: usize,
    broken: Option<String>,
}

impl Listener for Hosts {
    fn opened(&mut self, sockets: &mut Sockets, host: usize) {
        if let Some(hello) = Dialect::Chinwag.hello(&self.accounts[host].token) {
            sockets.send(host, &hello);
        }
    }

    fn heard(&mut self, sockets: &mut Sockets, host: usize, text: &[u8]) {
        match Dialect::Chinwag.heard(text) {
            // Those of one connection are carried out one after the other.
            Heard::Greeted => {
                let first = host * ROOMS_OF_ONE;
                for room in first..self.count.min(first + ROOMS_OF_ONE) {
                    let (slug, title) = (format!("r{room}"), format!("Room {room}"));
                    let frame = json!({"type": "createRoom", "ref": 3, "title": title, "slug": slug});
                    sockets.send(host, &frame.to_string());
                }
            }
            Heard::Refused(_) => self.broken = Some(String::from_utf8_lossy(text).into_owned()),
            Heard::Message(_) | Heard::Ack | Heard::Entered | Heard::Ping | Heard::Other => {
                if text.starts_with(br#"{"type":"room","#) {
                    let id = number(text, b"\"room\":{\"room\":");
                    if id != Some(room_id(self.created) as u64) {
                        self.broken = Some(format!("room {} has the number {id:?}", self.created));
                    }
                    self.created += 1;
                }
            }
        }
    }

    fn ended(&mut self, _sockets: &mut Sockets, _host: usize, reason: &str) {
        self.broken = Some(reason.to_owned());
    }
}
