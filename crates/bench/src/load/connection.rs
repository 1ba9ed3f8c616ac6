use anyhow::{Context as _, ensure};
use serde_json::Value;
use socket2::{Domain, Socket, Type};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddrV4, TcpStream};

/// A connection for requests of REST, one after the other.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
    host: SocketAddrV4,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Null where there was no JSON.
    pub(crate) body: Value,
    /// Where to go on, if it was told.
    pub(crate) location: Option<String>,
}

impl Connection {
    /// Connects from `source`, an address of the loopback.
    pub(crate) fn open(host: SocketAddrV4, source: Ipv4Addr) -> anyhow::Result<Self> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.bind(&SocketAddrV4::new(source, 0).into())?;
        socket.connect(&host.into()).context("cannot connect")?;
        let stream: TcpStream = socket.into();
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), host })
    }

    /// Posts a body, and waits for the answer.
    pub(crate) fn post(&mut self, path: &str, body: &Value) -> anyhow::Result<Answer> {
        let (host, body) = (self.host, body.to_string());
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    /// Gets what is at a path, for the person of this token, and waits for the answer.
    pub(crate) fn get(&mut self, path: &str, token: &str) -> anyhow::Result<Answer> {
        let host = self.host;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\r\n");
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer()
    }

    /// Asks with a method, a path and lines of a header that end with `\r\n`, brings the body part by part, and waits for the answer.
    pub(crate) fn bring<'a>(
        &mut self,
        what: &str,
        headers: &str,
        body: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> anyhow::Result<Answer> {
        let (host, length) = (self.host, body.clone().map(<[u8]>::len).sum::<usize>());
        let head = format!("{what} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {length}\r\n{headers}\r\n");
        self.stream.get_mut().write_all(head.as_bytes())?;
        for part in body {
            self.stream.get_mut().write_all(part)?;
        }
        self.answer()
    }

    fn answer(&mut self) -> anyhow::Result<Answer> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.with_context(|| format!("no answer of HTTP: {line}"))?;
        let (mut length, mut location) = (0, None);
        loop {
            let mut header = String::new();
            ensure!(self.stream.read_line(&mut header)? > 0, "the server hung up on a request");
            let Some((name, value)) = header.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse()?;
            } else if name.eq_ignore_ascii_case("location") {
                location = Some(value.trim().to_owned());
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body: serde_json::from_slice(&body).unwrap_or_default(), location })
    }
}
