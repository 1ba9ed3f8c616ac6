use redis::{Client, ConnectionAddr, ProtocolVersion};
use std::fmt;
use std::str::FromStr;

/// Where Redis or Valkey is, and how one signs in there. What it shows of itself has no password.
#[derive(Clone)]
pub struct RedisUrl(Client);

/// Why a text is no [`RedisUrl`]. It does not repeat the text, which may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it must look like redis://name:password@host:6379/0, rediss:// for TLS, or unix:///path/to/redis.sock"
)]
pub struct WrongRedisUrl;

impl RedisUrl {
    /// The client, which has no connection yet. It speaks the third version of the protocol, which Redis has since its version 6.
    pub(super) fn client(&self) -> &Client {
        &self.0
    }
}

impl FromStr for RedisUrl {
    type Err = WrongRedisUrl;

    fn from_str(text: &str) -> Result<Self, WrongRedisUrl> {
        if !["redis://", "rediss://", "unix://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(WrongRedisUrl);
        }
        let client = Client::open(text).map_err(|_| WrongRedisUrl)?;
        let info = client.get_connection_info().clone();
        let settings = info.redis_settings().clone().set_protocol(ProtocolVersion::RESP3);
        Client::open(info.set_redis_settings(settings)).map(Self).map_err(|_| WrongRedisUrl)
    }
}

impl fmt::Display for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.get_connection_info().addr() {
            ConnectionAddr::Tcp(host, port) => write!(f, "redis://{host}:{port}"),
            ConnectionAddr::TcpTls { host, port, .. } => write!(f, "rediss://{host}:{port}"),
            ConnectionAddr::Unix(path) => write!(f, "unix://{}", path.display()),
            _ => f.write_str("redis"),
        }
    }
}

impl fmt::Debug for RedisUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_where_redis_is_and_no_password() {
        let shown = |text: &str| {
            let url: RedisUrl = text.parse().unwrap();
            assert_eq!(format!("{url:?}"), url.to_string());
            url.to_string()
        };
        assert_eq!(shown("redis://:secret@cache.example.org"), "redis://cache.example.org:6379");
        assert_eq!(shown("rediss://chat:secret@cache.example.org:7000/3"), "rediss://cache.example.org:7000");
        assert_eq!(shown("unix:///run/redis.sock?pass=secret"), "unix:///run/redis.sock");
    }

    #[test]
    fn a_text_that_is_none_is_not_repeated() {
        for text in ["", "secret", "http://:secret@host", "redis://", "redis://:secret@host:port"] {
            let wrong = text.parse::<RedisUrl>().unwrap_err();
            assert!(!wrong.to_string().contains("secret"), "{text}");
        }
    }
}
