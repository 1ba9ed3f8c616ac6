//! A configuration that cannot be used is told in one sentence, with exit code 2.

use crate::support::Child;
use std::path::Path;

async fn refused(arguments: &[&str], environment: &[(&str, &str)], named: &str) {
    let ended = Child::run(&[&["serve"], arguments].concat(), environment).await;
    assert_eq!(ended.status.code(), Some(2), "{arguments:?} {environment:?}: {}", ended.stderr);
    assert_eq!(ended.stdout, "");
    assert!(ended.stderr.contains(named), "{named} is not named in: {}", ended.stderr);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
}

fn file(folder: &Path, text: &str) -> String {
    let path = folder.join("chinwag.toml");
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test]
async fn flags_and_variables() {
    refused(&["--port", "high"], &[], "--port").await;
    refused(&["--prot", "1"], &[], "--prot").await;
    refused(&["--bind", "somewhere"], &[], "--bind").await;
    refused(&["--log", "info,,=", "--storage", "memory"], &[], "log").await;
    refused(&["--rate-limit", "off", "--bind", "0.0.0.0"], &[], "--bind 127.0.0.1").await;
    refused(&["--page", "0"], &[], "page must be at least 1").await;
    refused(&["--silence-limit-ms", "10"], &[], "silence_limit_ms").await;
    refused(&[], &[("PORT", "http")], "PORT").await;
    refused(&[], &[("CHINWAG_PORT", "70000")], "--port").await;
}

#[tokio::test]
async fn files() {
    let folder = tempfile::tempdir().unwrap();
    refused(&["--config", "nowhere.toml"], &[], "nowhere.toml").await;
    refused(&["--config", &file(folder.path(), "prot = 1")], &[], "prot").await;
    refused(&["--config", &file(folder.path(), "\nport = 'high'")], &[], "line 2").await;
    refused(&["--config", &file(folder.path(), "port = ")], &[], "chinwag.toml").await;
}

#[tokio::test]
async fn a_sentence_is_one_line() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in
        [["--page", "0"], ["--config", "nowhere.toml"], ["--config", &file(folder.path(), "prot = 1")]]
    {
        let ended = Child::run(&[&["serve"], &arguments[..]].concat(), &[]).await;
        assert!(ended.stderr.starts_with("chinwag: "), "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
}
