//! `chinwag health`: whether the server of this machine is ready, for whoever looks after its process.

use crate::config::{Config, Options, PlatformVariables};
use anyhow::{Context as _, bail, ensure};
use axum::body::{Body, to_bytes};
use hyper::client::conn::http1::handshake;
use hyper::{Request, StatusCode, header};
use hyper_util::rt::TokioIo;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};

/// Asks `/readyz` of the server that has the same configuration. Ends with exit code 0 if it is ready, and with 1 and a sentence if not.
#[derive(clap::Args)]
pub(super) struct Health {
    /// TOML file of the server, for its keys bind and port
    #[arg(long, env = "CHINWAG_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Address that the server listens on [default: 0.0.0.0]
    #[arg(long, env = "CHINWAG_BIND", value_name = "ADDRESS")]
    bind: Option<IpAddr>,
    /// Port that the server listens on; PORT works, too [default: 3000]
    #[arg(long, env = "CHINWAG_PORT")]
    port: Option<u16>,
    /// Seconds in which it may become ready
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    wait: u32,
}

/// For one question; the server allows its storage two seconds.
const ANSWER: Duration = Duration::from_secs(4);
/// From one question to the next.
const BREATH: Duration = Duration::from_millis(200);
/// Bytes of an answer; it is one word, or one sentence in JSON.
const LONGEST_ANSWER: usize = 16 * 1024;

pub(super) fn run(Health { config, bind, port, wait }: Health) -> anyhow::Result<()> {
    let given = Options { bind, port, ..Options::default() };
    let config = Config::load(given, config.as_deref(), PlatformVariables::of_this_process())?;
    ensure!(
        config.port != 0,
        "port 0 is whichever was free: say by --port which one the server got, as its first line tells"
    );
    let server = SocketAddr::new(own(config.bind), config.port);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    print!("{}", runtime.block_on(ready_within(server, Duration::from_secs(wait.into())))?);
    Ok(())
}

/// Where this machine reaches what listens on an address.
fn own(bind: IpAddr) -> IpAddr {
    match (bind.is_unspecified(), bind) {
        (true, IpAddr::V4(_)) => Ipv4Addr::LOCALHOST.into(),
        (true, IpAddr::V6(_)) => Ipv6Addr::LOCALHOST.into(),
        (false, address) => address,
    }
}

async fn ready_within(server: SocketAddr, wait: Duration) -> anyhow::Result<String> {
    let end = Instant::now() + wait;
    loop {
        let asked = timeout(ANSWER, ask(server)).await;
        let error = match asked.with_context(|| format!("{server} does not answer")) {
            Ok(Ok(said)) => return Ok(said),
            Ok(Err(error)) | Err(error) => error,
        };
        if Instant::now() + BREATH > end {
            return Err(error);
        }
        sleep(BREATH).await;
    }
}

async fn ask(server: SocketAddr) -> anyhow::Result<String> {
    let nothing =
        || format!("nothing answers at {server}; does the server run, and listen there (--bind, --port)?");
    let stream = TcpStream::connect(server).await.with_context(nothing)?;
    let foreign = || format!("what listens at {server} does not speak HTTP");
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.with_context(foreign)?;
    tokio::spawn(connection);
    let request = Request::get("/readyz").header(header::HOST, server.to_string()).body(Body::empty())?;
    let response = sender.send_request(request).await.with_context(foreign)?;
    let status = response.status();
    let said = to_bytes(Body::new(response.into_body()), LONGEST_ANSWER).await.with_context(foreign)?;
    let said = String::from_utf8_lossy(&said).into_owned();
    match status {
        StatusCode::OK => Ok(said),
        _ => bail!("the server at {server} is not ready: {status}, {}", sentence(&said)),
    }
}

/// What an answer says to people.
fn sentence(said: &str) -> String {
    let told = serde_json::from_str::<serde_json::Value>(said).ok();
    let told = told.as_ref().and_then(|told| told["message"].as_str());
    told.unwrap_or(said).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_every_address_is_asked_on_the_loopback() {
        for (bind, asked) in [("0.0.0.0", "127.0.0.1"), ("::", "::1"), ("192.0.2.7", "192.0.2.7")] {
            assert_eq!(own(bind.parse().unwrap()), asked.parse::<IpAddr>().unwrap());
        }
    }

    #[test]
    fn the_sentence_of_an_error_is_told() {
        assert_eq!(sentence(r#"{"code":"unavailable","message":"Try again."}"#), "Try again.");
        assert_eq!(sentence("Bad Gateway\n"), "Bad Gateway");
    }
}
