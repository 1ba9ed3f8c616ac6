//! A configuration that cannot be used is told in one sentence, with exit code 2.

use crate::support::{Child, request};
use std::fs::{File, read_to_string};
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
    refused(&["--silence-limit-ms", "10"], &[], "--silence-limit-ms must be").await;
    refused(&[], &[("PORT", "http")], "PORT").await;
    refused(&[], &[("WS_HOST", "localhost")], "WS_HOST").await;
}

#[tokio::test]
async fn a_wrong_variable_is_blamed_by_its_own_name() {
    for (variable, value, reason) in [
        ("CHINWAG_PORT", "70000", "0..=65535"),
        ("CHINWAG_BIND", "somewhere", "address"),
        ("CHINWAG_RATE_LIMIT", "maybe", "on, off"),
        ("CHINWAG_OPEN_GATEWAYS", "perhaps", "true, false"),
        ("CHINWAG_TRUSTED_PROXIES", "127.0.0.1,localhost", "\"localhost\""),
        ("CHINWAG_GATEWAYS_ORIGINS", "example.org", "https://example.org"),
        ("CHINWAG_PAGE", "0", "must be at least 1"),
        ("CHINWAG_GATEWAYS_VISITS_PER_MINUTE", "0", "must be at least 1"),
        ("CHINWAG_SILENCE_LIMIT_MS", "10", "above ping_interval_ms"),
        ("CHINWAG_RATE_LIMIT", "off", "--bind 127.0.0.1"),
        ("CHINWAG_LOG", "info,,=", "filter"),
        ("CHINWAG_CONFIG", "nowhere.toml", "nowhere.toml"),
        ("PORT", "http", "not a port"),
        ("WS_HOST", "localhost", "127.0.0.1 for this machine"),
    ] {
        let ended = Child::run(&["serve", "--storage", "memory"], &[(variable, value)]).await;
        assert_eq!(ended.status.code(), Some(2), "{variable}={value}: {}", ended.stderr);
        let sentence = ended.stderr.trim_end();
        assert!(sentence.starts_with("chinwag: ") && sentence.lines().count() == 1, "{sentence}");
        assert!(sentence.contains(variable) && sentence.contains(reason), "{variable}={value}: {sentence}");
        let flag = variable.trim_start_matches("CHINWAG_").to_lowercase().replace('_', "-");
        assert!(!sentence.contains(&format!("--{flag} ")), "{sentence}");
    }
    // A flag counts before its variable, and is what is wrong then.
    let environment = [("CHINWAG_PORT", "70000"), ("CHINWAG_PAGE", "0")];
    refused(&["--port", "high"], &environment, "'--port <PORT>'").await;
    refused(&["--port", "1", "--page", "1001"], &environment, "--page must be at most 1000").await;
}

#[tokio::test]
async fn the_address_of_a_service_is_no_option() {
    let service = [
        ("CHINWAG_PORT", "tcp://10.43.7.9:3000"),
        ("CHINWAG_PORT_3000_TCP", "tcp://10.43.7.9:3000"),
        ("CHINWAG_SERVICE_HOST", "10.43.7.9"),
        ("CHINWAG_SERVICE_PORT", "3000"),
    ];
    refused(&["--page", "0"], &service, "page must be at least 1").await;
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let data = folder.path().join("data");
    let server = Child::start_with_log_in(File::create(&log).unwrap(), &data, &[], &service).await;
    server.terminate();
    assert!(server.ended().await.success());
    let log = read_to_string(log).unwrap();
    let told: Vec<_> = log.lines().filter(|line| line.contains("CHINWAG_PORT")).collect();
    assert!(told.len() == 1 && told[0].contains("WARN") && told[0].contains("tcp://10.43.7.9:3000"), "{log}");
}

#[tokio::test]
async fn a_platform_says_where_to_listen() {
    let folder = tempfile::tempdir().unwrap();
    let environment = [("PORT", "0"), ("WS_HOST", "127.0.0.1")];
    let server = Child::start_on_platform(&folder.path().join("data"), &environment).await;
    // Only one that listens on this address alone says it at its start.
    assert!(server.address.ip().is_loopback() && server.address.port() > 0, "{}", server.address);
    let status = request(server.address, "GET /", &["accept: application/json"], "").await;
    let expected = format!(r#"{{"status":"ok","websocket":"ws://{}"}}"#, server.address);
    assert_eq!((status.status, status.body), (200, expected));
}

#[tokio::test]
async fn an_empty_variable_is_not_set() {
    let empty = [
        "PORT",
        "WS_HOST",
        "CHINWAG_PORT",
        "CHINWAG_ALLOWED_ORIGINS",
        "CHINWAG_GATEWAYS_ORIGINS",
        "CHINWAG_CONFIG",
    ];
    refused(&["--page", "0"], &empty.map(|variable| (variable, "")), "page must be at least 1").await;
}

#[tokio::test]
async fn services_are_named_by_url_or_file_and_called_as_they_were_given() {
    let folder = tempfile::tempdir().unwrap();
    let secret = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let wrong = secret("wrong", "http://:s3cret@cache");
    let nowhere = folder.path().join("nowhere");
    let nowhere = nowhere.to_str().unwrap();
    let database = ("DATABASE_URL", "postgres://me:s3cret@db/chat");
    for (environment, named) in [
        (vec![("REDIS_URL", "redis://:s3cret@cache")], "leave REDIS_URL out"),
        (
            vec![database, ("REDIS_URL", "http://:s3cret@cache")],
            "REDIS_URL cannot be used: it must look like redis://",
        ),
        (vec![database, ("REDIS_URL_FILE", &wrong)], "the URL in the file of REDIS_URL_FILE cannot be used"),
        (vec![database, ("REDIS_URL_FILE", nowhere)], "REDIS_URL_FILE names"),
        (vec![("DATABASE_URL_FILE", nowhere)], "DATABASE_URL_FILE names"),
        (vec![database, ("DATABASE_URL_FILE", nowhere)], "DATABASE_URL and DATABASE_URL_FILE both say it"),
        (vec![("DATABASE_URL_FILE", &wrong)], "the URL in the file of DATABASE_URL_FILE cannot be used"),
        (vec![("CHINWAG_NODE_NAME", "chat_1")], "CHINWAG_NODE_NAME is \"chat_1\", which cannot be used"),
    ] {
        let ended = Child::run(&["serve"], &environment).await;
        assert_eq!(ended.status.code(), Some(2), "{environment:?}: {}", ended.stderr);
        assert!(ended.stderr.contains(named), "{named} is not in: {}", ended.stderr);
        assert!(!ended.stderr.contains("s3cret"), "{}", ended.stderr);
        assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    }
    refused(&["--redis-url", "redis://cache"], &[], "leave --redis-url out").await;
    refused(&["--node-name", "a b"], &[], "--node-name").await;
    let help = Child::run(&["serve", "--help"], &[("REDIS_URL", "redis://:s3cret@cache")]).await;
    assert!(help.stdout.contains("--redis-url") && !help.stdout.contains("s3cret"), "{}", help.stdout);
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
