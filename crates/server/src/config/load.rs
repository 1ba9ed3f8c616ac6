use super::{Config, Options, PlatformVariables, RateLimit, SecretError};
use crate::auth::{EmbeddingError, OidcError};
use crate::mail::MailError;
use chinwag_realtime::broker::WrongRedisUrl;
use chinwag_store::WrongDatabaseUrl;
use std::path::{Path, PathBuf};

/// A configuration that cannot be used. Each is a sentence that tells what to do; the process ends with exit code 2.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file is not readable.
    #[error("cannot read the configuration file {0}: {1}")]
    Unreadable(PathBuf, std::io::Error),
    /// The file has a mistake.
    #[error("the configuration file {file} has a mistake in line {line}: {mistake}")]
    Malformed {
        /// The file.
        file: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong there.
        mistake: String,
    },
    /// `PORT` is not a port.
    #[error("PORT is {0:?}, which is not a port: use a number from 0 to 65535")]
    Port(String),
    /// `WS_HOST` is not an address.
    #[error(
        "WS_HOST is {0:?}, which is not an address: use 0.0.0.0 for every one, or 127.0.0.1 for this machine"
    )]
    WsHost(String),
    /// A value is out of its range.
    #[error("{0} must be {1}")]
    OutOfRange(&'static str, &'static str),
    /// Two different paths.
    #[error("base_path is {0} and the path of public_url is {1}: say the same, or leave one out")]
    TwoPaths(String, String),
    /// No URL of a PostgreSQL database.
    #[error("database_url cannot be used: {0}")]
    DatabaseUrl(#[from] WrongDatabaseUrl),
    /// No URL of Redis.
    #[error("redis_url cannot be used: {0}")]
    RedisUrl(#[from] WrongRedisUrl),
    /// No URL at all.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// Tokens of others that cannot be read.
    #[error(transparent)]
    Embedding(#[from] EmbeddingError),
    /// A provider of sign-ins of whom too little is said, or what does not fit.
    #[error(transparent)]
    Oidc(#[from] OidcError),
    /// A server for mail of which too little is said, or what does not fit.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// Files that would stay when everything else goes.
    #[error(
        "files_bucket keeps files for good, and storage = memory forgets who shared them: leave one of them out"
    )]
    BucketAlone,
    /// Several nodes with a file each.
    #[error(
        "redis_url is for several nodes, which keep their messages in one PostgreSQL database: name it by --database-url or DATABASE_URL, or leave redis_url out"
    )]
    RedisAlone,
    /// Several nodes with a folder for files each.
    #[error(
        "redis_url is for several nodes, and a file that is shared at one of them is read at another: name a folder that all of them reach by --files or CHINWAG_FILES, such as a network share that is mounted on each"
    )]
    FilesAlone,
    /// Two places for the messages.
    #[error("database_url names a database and storage is memory: leave one out")]
    TwoStorages,
    /// Limits off on an address that others reach.
    #[error("rate_limit = off is for a bench on this machine: use it with --bind 127.0.0.1")]
    UnlimitedInPublic,
}

/// Far more than any machine has cores.
const MOST_WORKERS: usize = 1024;

impl Config {
    /// The file of the database.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.data.join("chinwag.db")
    }

    /// The configuration of `given` options (flags and environment), then of the `file`, then what the `platform` says,
    /// then the defaults.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn load(
        given: Options,
        file: Option<&Path>,
        platform: PlatformVariables,
    ) -> Result<Self, ConfigError> {
        let file = file.map(read).transpose()?.unwrap_or_default();
        let mut options = given.or(file);
        platform.complete(&mut options)?;
        options.resolve().checked()
    }

    /// The configuration, if its values fit together.
    fn checked(mut self) -> Result<Self, ConfigError> {
        if let Some(path) = self.public_url.path().filter(|path| **path != self.base_path) {
            if self.base_path.is_root() {
                self.base_path = path.clone();
            } else if !path.is_root() {
                return Err(ConfigError::TwoPaths(
                    self.base_path.as_str().to_owned(),
                    path.as_str().to_owned(),
                ));
            }
        }
        let positive = [
            ("message_length", self.message_length),
            ("messages_per_10_s", self.messages_per_10_s as usize),
            ("guest_messages_per_10_s", self.guest_messages_per_10_s as usize),
            ("guest_changes_per_minute", self.guest_changes_per_minute as usize),
            ("guest_rooms_per_hour", self.guest_rooms_per_hour as usize),
            ("changes_per_minute", self.changes_per_minute as usize),
            ("reads_per_10_s", self.reads_per_10_s as usize),
            ("rooms_created_per_hour", self.rooms_created_per_hour as usize),
            ("conversations_opened_per_hour", self.conversations_opened_per_hour as usize),
            ("guest_conversations_per_hour", self.guest_conversations_per_hour as usize),
            ("conversations_per_person", self.conversations_per_person as usize),
            ("rooms_per_person", self.rooms_per_person as usize),
            ("sign_ins_per_10_min", self.sign_ins_per_10_min as usize),
            ("connections_per_address", self.connections_per_address as usize),
            ("answer_bytes_per_minute", self.answer_bytes_per_minute),
            ("file_bytes", usize::from(self.file_bytes > 0)),
            ("uploads_per_10_min", self.uploads_per_10_min as usize),
            ("page", self.page as usize),
            ("hello_limit_ms", self.hello_limit_ms as usize),
            ("gateways.visits_per_minute", self.gateways.visits_per_minute as usize),
        ];
        if let Some((name, _)) = positive.into_iter().find(|(_, value)| *value == 0) {
            return Err(ConfigError::OutOfRange(name, "at least 1"));
        }
        if self.workers > MOST_WORKERS {
            return Err(ConfigError::OutOfRange("workers", "at most 1024"));
        }
        if self.page > 1000 {
            return Err(ConfigError::OutOfRange("page", "at most 1000"));
        }
        // A character takes at most 12 bytes in JSON (an escaped surrogate pair), and the rest of the frame some more.
        if self.frame_bytes < self.message_length.saturating_mul(12).saturating_add(512) {
            return Err(ConfigError::OutOfRange("frame_bytes", "at least 12 x message_length + 512"));
        }
        if self.ping_interval_ms == 0 || self.silence_limit_ms <= self.ping_interval_ms {
            return Err(ConfigError::OutOfRange(
                "silence_limit_ms",
                "above ping_interval_ms, which is above 0",
            ));
        }
        if self.send_queue_bytes < 64 * 1024 {
            return Err(ConfigError::OutOfRange("send_queue_bytes", "at least 65536"));
        }
        if self.send_queue_total_bytes < self.send_queue_bytes {
            return Err(ConfigError::OutOfRange("send_queue_total_bytes", "at least send_queue_bytes"));
        }
        if self.rate_limit == RateLimit::Off && !self.bind.is_loopback() {
            return Err(ConfigError::UnlimitedInPublic);
        }
        Ok(self)
    }
}

fn read(path: &Path) -> Result<Options, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
    toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let mistake = error.message().lines().collect::<Vec<_>>().join(" ");
        ConfigError::Malformed { file: path.to_owned(), line: before.matches('\n').count() + 1, mistake }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Gateways;

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    fn load(text: &str) -> Result<Config, ConfigError> {
        Config::load(Options::default(), Some(file(text).path()), PlatformVariables::default())
    }

    #[test]
    fn flags_come_before_the_file_and_the_file_before_the_platform_and_the_defaults() {
        let address = |text: &str| text.parse::<std::net::IpAddr>().unwrap();
        let file = file("port = 1\nbind = '192.0.2.1'\npage = 7");
        let platform = || PlatformVariables { port: Some("3".to_owned()), ws_host: Some("::1".to_owned()) };
        let given = Options { port: Some(2), bind: Some(address("192.0.2.2")), ..Options::default() };
        let config = Config::load(given, Some(file.path()), platform()).unwrap();
        assert_eq!((config.port, config.page, config.message_length), (2, 7, 2000));
        assert_eq!(config.bind, address("192.0.2.2"));
        let config = Config::load(Options::default(), Some(file.path()), platform()).unwrap();
        assert_eq!((config.port, config.bind), (1, address("192.0.2.1")));
        let config = Config::load(Options::default(), None, platform()).unwrap();
        assert_eq!((config.port, config.bind), (3, address("::1")));
    }

    #[test]
    fn the_public_address_says_the_path() {
        let path = |text: &str| {
            let config = load(text).unwrap();
            config.base_path.as_str().to_owned()
        };
        assert_eq!(path("public_url = 'https://example.org'"), "/");
        assert_eq!(path("public_url = 'https://example.org/chat'"), "/chat/");
        assert_eq!(path("public_url = 'https://example.org'\nbase_path = '/chat'"), "/chat/");
        assert_eq!(path("public_url = 'https://example.org/chat'\nbase_path = '/chat/'"), "/chat/");
    }

    #[test]
    fn the_gateways_are_a_table_of_the_file() {
        let file = file("[gateways]\nsocketio = false\nlobby = 'bar'\norigins = ['null']");
        let mut given = Options::default();
        given.gateways.lobby = Some("pub".parse().unwrap());
        let Gateways { simple, socketio, lobby, origins, .. } =
            Config::load(given, Some(file.path()), PlatformVariables::default()).unwrap().gateways;
        assert_eq!((simple, socketio, lobby.0.as_str()), (true, false, "pub"));
        assert!(origins[0].is("null"));
    }

    #[test]
    fn what_the_page_on_deployment_writes_is_taken() {
        let page = include_str!("../../../../docs/deployment.md");
        let examples: Vec<_> =
            page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
        assert_eq!(examples.len(), 5);
        for example in examples {
            load(example).unwrap();
        }
    }

    #[test]
    fn mistakes_are_told() {
        let message = |text: &str| load(text).unwrap_err().to_string();
        assert!(message("prot = 1").contains("unknown field `prot`"));
        assert!(message("\nport = 'x'").contains("in line 2: invalid type: string"));
        assert!(message("hello_limit_ms = 0").contains("hello_limit_ms must be at least 1"));
        assert!(message("send_queue_total_bytes = 65536").contains("at least send_queue_bytes"));
        assert!(message("workers = 100000").contains("workers must be at most 1024"));
        assert!(message("allowed_origins = ['example.org']").contains("such as https://example.org"));
        assert!(message("trusted_proxies = ['localhost']").contains("such as 127.0.0.1"));
        assert!(message("hosts = ['https://example.org']").contains("such as chat.example.org"));
        assert!(message("public_url = 'example.org'").contains("such as https://chat.example.org"));
        assert!(message("base_path = '/a b'").contains("such as /chat"));
        assert!(message("base_path = '/a'\npublic_url = 'https://x.example/b'").contains("/b/"));
        assert!(message("page = 0").contains("page must be at least 1"));
        assert!(message("rate_limit = 'off'").contains("--bind 127.0.0.1"));
        assert!(message("message_length = 10000").contains("frame_bytes"));
        assert!(message("[gateways]\nvisits_per_minute = 0").contains("gateways.visits_per_minute must be"));
        assert!(message("[gateways]\nlobby = '...'").contains("in line 2: A room's address"));
        assert!(message("[gateways]\nsimpel = true").contains("unknown field `simpel`"));
        let platform = PlatformVariables { port: Some("x".to_owned()), ws_host: None };
        let port = Config::load(Options::default(), None, platform).unwrap_err();
        assert!(port.to_string().contains("not a port"));
    }
}
