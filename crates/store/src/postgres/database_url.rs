use super::tls::{Certificates, TlsMode};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;
use tokio_postgres::Config;

/// Where a PostgreSQL database is, and how one signs in to it. What it shows of itself has no password.
#[derive(Clone)]
pub struct DatabaseUrl {
    pub(super) config: Config,
    pub(super) tls: TlsMode,
}

/// Why a text is no [`DatabaseUrl`]. It does not repeat the text, which may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it must look like postgres://name:password@host/database: {0}")]
pub struct WrongDatabaseUrl(String);

impl DatabaseUrl {
    /// Reads a URL as `psql` takes it. Of TLS it knows `sslmode` (with `verify-ca` and `verify-full`) and `sslrootcert`.
    ///
    /// # Errors
    /// [`WrongDatabaseUrl`].
    pub fn parse(url: &str) -> Result<Self, WrongDatabaseUrl> {
        let wrong = |what: &str| WrongDatabaseUrl(what.to_owned());
        let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"));
        let rest = rest.ok_or_else(|| wrong("it does not begin with postgres://"))?;
        let (place, options) = rest.split_once('?').unwrap_or((rest, ""));
        let (mut mode, mut roots, mut others) = ("prefer", None, Vec::new());
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslmode", value)) => mode = value,
                Some(("sslrootcert", value)) => roots = Some(value),
                // What TLS libraries other than ours need to be told.
                Some(("sslnegotiation" | "gssencmode", _)) => {}
                _ => others.push(option),
            }
        }
        let roots = match roots {
            None => None,
            Some("system") => Some(Certificates::System),
            Some(file) => Some(Certificates::File(PathBuf::from(decoded(file)))),
        };
        let tls = TlsMode::new(mode, roots)
            .ok_or_else(|| wrong("sslmode is disable, prefer, require, verify-ca or verify-full"))?;
        let mut url = format!("postgres://{place}");
        if !others.is_empty() {
            url = format!("{url}?{}", others.join("&"));
        }
        let mut config: Config = url.parse().map_err(|error: tokio_postgres::Error| {
            // What it says of itself names the option and not its value.
            WrongDatabaseUrl(
                std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string),
            )
        })?;
        if config.get_user().is_none() {
            return Err(wrong("the name of the PostgreSQL user is missing"));
        }
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            return Err(wrong("the host is missing"));
        }
        if config.get_dbname().is_none() {
            let user = config.get_user().unwrap_or_default().to_owned();
            config.dbname(user);
        }
        config.ssl_mode(tls.asks());
        // A server that is gone, or silent, must be known to be so in seconds. What the URL says goes before.
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(2));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(10));
        }
        if !options.contains("keepalives") {
            config.keepalives_idle(Duration::from_secs(5));
            config.keepalives_interval(Duration::from_secs(2));
            config.keepalives_retries(3);
        }
        if config.get_application_name().is_none() {
            config.application_name("chinwag");
        }
        Ok(Self { config, tls })
    }

    /// The name of the database.
    #[must_use]
    pub fn database(&self) -> &str {
        self.config.get_dbname().unwrap_or_default()
    }

    /// The name of the PostgreSQL user.
    #[must_use]
    pub fn user(&self) -> &str {
        self.config.get_user().unwrap_or_default()
    }

    /// Hosts and ports, as people write them.
    #[must_use]
    pub fn server(&self) -> String {
        use tokio_postgres::config::Host;
        let ports = self.config.get_ports();
        let hosts = self.config.get_hosts().iter().enumerate().map(|(place, host)| {
            let port = ports.get(place).or(ports.first()).copied().unwrap_or(5432);
            match host {
                Host::Tcp(name) => format!("{name}:{port}"),
                Host::Unix(folder) => folder.display().to_string(),
            }
        });
        hosts.collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the database {} at {}", self.database(), self.server())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

/// A file's name without its percent signs.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = code.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_shows_has_no_password() {
        let url =
            DatabaseUrl::parse("postgres://chat:s3cret@db.example.org:5433/talk?sslmode=require").unwrap();
        assert_eq!(format!("{url} {url:?}").matches("s3cret").count(), 0);
        assert_eq!(url.to_string(), "the database talk at db.example.org:5433");
        for wrong in [
            "postgres://chat:s3cret@[db/talk",
            "mysql://chat:s3cret@db/talk",
            "postgres://chat:s3cret@db/talk?port=s3cret",
        ] {
            let error = DatabaseUrl::parse(wrong).unwrap_err().to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn what_is_left_out_is_as_psql_has_it() {
        let url = DatabaseUrl::parse("postgresql://chat@db").unwrap();
        assert_eq!((url.database(), url.server()), ("chat", "db:5432".to_owned()));
        let url = DatabaseUrl::parse("postgres://chat@a:1,b:2/talk?target_session_attrs=read-write").unwrap();
        assert_eq!(url.server(), "a:1, b:2");
        let url = DatabaseUrl::parse("postgres://chat@%2Fvar%2Frun%2Fpostgresql/talk").unwrap();
        assert_eq!(url.server(), "/var/run/postgresql");
    }

    #[test]
    fn what_is_missing_is_told() {
        let told = |url| DatabaseUrl::parse(url).unwrap_err().to_string();
        assert!(told("postgres://db/talk").contains("user"));
        assert!(told("postgres://chat@/talk").contains("host"));
        assert!(told("postgres://chat@db/talk?sslmode=yes").contains("verify-full"));
        assert!(told("postgres://chat@db/talk?colour=red").contains("colour"));
    }

    #[test]
    fn names_of_files_are_decoded() {
        assert_eq!(decoded("/a%20b/%C3%A9.pem%"), "/a b/é.pem%");
    }
}
