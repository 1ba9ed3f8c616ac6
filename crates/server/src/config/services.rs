use super::{Config, ConfigError, SecretUrl, Storage};
use crate::auth::{ForeignTokens, Provider};
use crate::mail::Mailer;
use chinwag_realtime::broker::RedisUrl;
use chinwag_store::DatabaseUrl;

/// The services of others that a server uses. Their URLs may stand in files that only the server may read, so they are looked at by whoever needs
/// them.
impl Config {
    /// The PostgreSQL database in place of a file, if there is one.
    ///
    /// # Errors
    /// [`ConfigError`], which does not repeat the URL.
    pub fn postgres(&self) -> Result<Option<DatabaseUrl>, ConfigError> {
        let url = self.database_url.or_of(&self.database_url_file, "database_url")?;
        Ok(url.map(|url| DatabaseUrl::parse(&url)).transpose()?)
    }

    /// Where the nodes of one database tell each other the news, if there may be several.
    ///
    /// # Errors
    /// [`ConfigError`], which does not repeat the URL.
    pub fn redis(&self) -> Result<Option<RedisUrl>, ConfigError> {
        let url = self.redis_url.or_of(&self.redis_url_file, "redis_url")?;
        Ok(url.map(|url| url.parse()).transpose()?)
    }

    /// Whether messages are kept in PostgreSQL, for those who do not go there.
    #[must_use]
    pub fn is_on_postgres(&self) -> bool {
        self.database_url != SecretUrl::default() || !self.database_url_file.as_os_str().is_empty()
    }

    /// Whether other nodes may serve the same database.
    #[must_use]
    pub fn may_have_peers(&self) -> bool {
        self.redis_url != SecretUrl::default() || !self.redis_url_file.as_os_str().is_empty()
    }

    /// Looks whether the services are named well and fit together, whether the tokens of those who embed this server can be read, and
    /// whether all is said that a provider of sign-ins and a server for mail need.
    ///
    /// # Errors
    /// [`ConfigError`].
    pub fn check_services(&self) -> Result<(), ConfigError> {
        let postgres = self.postgres()?;
        if postgres.is_some() && self.storage == Storage::Memory {
            return Err(ConfigError::TwoStorages);
        }
        if self.storage == Storage::Memory && !self.files_bucket.is_empty() {
            return Err(ConfigError::BucketAlone);
        }
        if self.redis()?.is_some() && postgres.is_none() {
            return Err(ConfigError::RedisAlone);
        }
        if self.may_have_peers() && self.files.as_os_str().is_empty() {
            return Err(ConfigError::FilesAlone);
        }
        ForeignTokens::of(&self.embedding)?;
        Provider::of(self)?;
        Mailer::of(self)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Options, PlatformVariables};
    use std::fs::write;

    fn checked(given: Options) -> Result<Config, ConfigError> {
        let config = Config::load(given, None, PlatformVariables::default())?;
        config.check_services().map(|()| config)
    }

    fn options(database: &str, redis: &str) -> Options {
        let url = |text: &str| (!text.is_empty()).then(|| text.parse().unwrap());
        let files = Some("/srv/files".into());
        Options { database_url: url(database), redis_url: url(redis), files, ..Options::default() }
    }

    #[test]
    fn a_url_may_stand_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let (database, redis) = (folder.path().join("database"), folder.path().join("redis"));
        write(&database, "postgres://me:s3cret@db/chat\n").unwrap();
        write(&redis, "redis://:s3cret@cache\n").unwrap();
        let given = Options {
            database_url_file: Some(database.clone()),
            redis_url_file: Some(redis),
            files: Some(folder.path().join("files")),
            ..Options::default()
        };
        let config = checked(given.clone()).unwrap();
        assert!(config.is_on_postgres());
        assert_eq!(config.postgres().unwrap().unwrap().to_string(), "the database chat at db:5432");
        assert_eq!(config.redis().unwrap().unwrap().to_string(), "redis://cache:6379");

        let both = Options { database_url: Some("postgres://me@db/other".parse().unwrap()), ..given.clone() };
        assert!(checked(both).unwrap_err().to_string().contains("leave one out"));
        write(&database, "\n").unwrap();
        assert!(checked(given.clone()).unwrap_err().to_string().contains("is empty"));
        std::fs::remove_file(&database).unwrap();
        // Whoever does not go there does not need the file.
        let config = Config::load(given, None, PlatformVariables::default()).unwrap();
        assert!(config.is_on_postgres());
        assert!(config.check_services().unwrap_err().to_string().contains("cannot be read"));
    }

    #[test]
    fn several_nodes_need_one_database() {
        checked(options("postgres://me@db/chat", "redis://cache")).unwrap();
        let apart = Options { files: None, ..options("postgres://me@db/chat", "redis://cache") };
        let apart = checked(apart).unwrap_err().to_string();
        assert!(apart.contains("--files") && apart.contains("all of them reach"), "{apart}");
        let alone = checked(options("", "redis://cache")).unwrap_err().to_string();
        assert!(alone.contains("--database-url") && alone.contains("leave redis_url out"), "{alone}");
    }

    #[test]
    fn messages_are_kept_in_one_place() {
        let given = Options { storage: Some(Storage::Memory), ..options("postgres://me@db/chat", "") };
        assert!(checked(given).unwrap_err().to_string().contains("leave one out"));
        let given = Options {
            storage: Some(Storage::Memory),
            files_bucket: Some("shared".into()),
            ..Options::default()
        };
        assert!(checked(given).unwrap_err().to_string().contains("leave one of them out"));
    }

    #[test]
    fn nothing_shows_a_password() {
        for (database, redis) in [
            ("postgres://me:s3cret@[db", ""),
            ("postgres://me@db/chat", "redis://:s3cret@cache:port"),
            ("postgres://me@db/chat", "http://:s3cret@cache"),
        ] {
            let given = options(database, redis);
            assert!(!format!("{given:?}").contains("s3cret"));
            let told = checked(given).unwrap_err().to_string();
            assert!(told.contains("must look like") && !told.contains("s3cret"), "{told}");
        }
        let config = checked(options("postgres://me:s3cret@db/chat", "redis://:s3cret@cache")).unwrap();
        assert!(!format!("{config:?}").contains("s3cret"));
    }
}
