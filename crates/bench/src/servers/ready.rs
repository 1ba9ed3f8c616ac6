use anyhow::ensure;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::path::Path;
use std::time::Instant;

/// A server of PostgreSQL or Redis that was started, and may not be ready yet.
pub(crate) struct Starting<'log> {
    pub(super) said: Box<dyn Read + Send>,
    pub(super) log: &'log Path,
}

impl Starting<'_> {
    /// Waits until it is ready, and answers when that was.
    pub(crate) fn until_ready(self) -> anyhow::Result<Instant> {
        wait_until_ready(self.said, self.log)?;
        Ok(Instant::now())
    }
}

/// Waits for the line in which a server of PostgreSQL or Redis says that it is ready. What it says, then and later, goes to the end of `log`.
fn wait_until_ready(said: impl Read + Send + 'static, log: &Path) -> anyhow::Result<()> {
    let mut log = File::options().create(true).append(true).open(log)?;
    let mut said = BufReader::new(said);
    let mut line = String::new();
    while !line.contains("eady to accept connections") {
        line.clear();
        ensure!(said.read_line(&mut line)? > 0, "it ended at once");
        log.write_all(line.as_bytes())?;
    }
    std::thread::spawn(move || io::copy(&mut said, &mut log));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_ends_before_it_is_ready_is_told_and_logged() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut said: &[u8] = b"LOG:  database system is ready to accept connections\n";
        wait_until_ready(said, &log).unwrap();
        said = b"Fatal error, can't open config file\n";
        assert!(wait_until_ready(said, &log).unwrap_err().to_string().contains("ended at once"));
        let logged = std::fs::read_to_string(&log).unwrap();
        assert!(logged.starts_with("LOG:") && logged.ends_with("config file\n"), "{logged}");
    }
}
