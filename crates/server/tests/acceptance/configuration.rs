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
async fn an_empty_variable_is_not_set() {
    let empty =
        ["PORT", "CHINWAG_PORT", "CHINWAG_ALLOWED_ORIGINS", "CHINWAG_GATEWAYS_ORIGINS", "CHINWAG_CONFIG"];
    refused(&["--page", "0"], &empty.map(|variable| (variable, "")), "page must be at least 1").await;
}

#[tokio::test]
async fn options_without_a_command_are_those_of_serve() {
    let ended = Child::run(&["--page", "0"], &[]).await;
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(2), ""));
    assert!(ended.stderr.contains("page must be at least 1"), "{}", ended.stderr);
    let ended = Child::run(&["--version"], &[]).await;
    assert!(ended.status.success() && ended.stdout.starts_with("chinwag "), "{}", ended.stdout);
}

#[tokio::test]
async fn no_address_is_told_before_the_data_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let no_folder = file(folder.path(), "");
    let ended = Child::run(&["--bind", "127.0.0.1", "--port", "0", "--data", &no_folder], &[]).await;
    assert_eq!((ended.status.code(), ended.stdout.as_str()), (Some(1), ""));
    assert!(ended.stderr.starts_with("chinwag: ") && ended.stderr.contains("folder"), "{}", ended.stderr);
    assert_eq!(ended.stderr.matches("os error").count(), 1, "the cause is told once: {}", ended.stderr);
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
