//! `sslmode`, as `psql` means it.

use crate::postgres_opening::{open, refusal};
use chinwag_fixtures::{CERTIFIED_NAME, NetworkCluster};
use chinwag_store::PostgresOpenError;

/// How many of our connections are encrypted, and how many are not.
fn connections(server: &NetworkCluster) -> (bool, bool) {
    let count = |condition: &str| {
        server.cluster.ask(&format!(
            "SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
             WHERE application_name = 'chinwag' AND {condition}"
        )) != "0"
    };
    (count("ssl"), count("NOT ssl"))
}

#[test]
fn a_connection_is_encrypted_where_the_server_can_unless_it_shall_not_be() {
    let server = NetworkCluster::encrypted();
    for (mode, expected) in
        [("prefer", (true, false)), ("require", (true, false)), ("disable", (false, true))]
    {
        let store = open(&server.url(CERTIFIED_NAME, &format!("sslmode={mode}"))).unwrap();
        assert_eq!(connections(&server), expected, "{mode}");
        store.close();
    }
}

#[test]
fn a_certificate_is_believed_by_its_authority_and_its_name() {
    let server = NetworkCluster::encrypted();
    let url = |host: &str, mode: &str, roots: &std::path::Path| {
        server.url(host, &format!("sslmode={mode}&sslrootcert={}", roots.display()))
    };
    let (authority, stranger) = (server.authority(), server.stranger());
    let another = "another.example.org";
    for (host, mode) in [
        (CERTIFIED_NAME, "verify-full"),
        (CERTIFIED_NAME, "verify-ca"),
        (another, "verify-ca"),
        (another, "require"),
    ] {
        let store =
            open(&url(host, mode, &authority)).unwrap_or_else(|error| panic!("{host} {mode}: {error}"));
        assert_eq!(connections(&server), (true, false), "{host} {mode}");
        store.close();
    }
    for (host, mode, roots) in [
        (another, "verify-full", &authority),
        (CERTIFIED_NAME, "verify-full", &stranger),
        (CERTIFIED_NAME, "verify-ca", &stranger),
        (CERTIFIED_NAME, "require", &stranger),
    ] {
        let error = refusal(&url(host, mode, roots));
        assert!(matches!(error, PostgresOpenError::Tls { .. }), "{host} {mode}: {error}");
        let said = error.to_string();
        assert!(said.contains("certificate") && said.contains("sslrootcert"), "{host} {mode}: {said}");
    }
    // Nobody whom this system believes knows the authority.
    let error = refusal(&server.url(CERTIFIED_NAME, "sslmode=verify-full"));
    assert!(
        matches!(error, PostgresOpenError::Tls { .. } | PostgresOpenError::Certificates { .. }),
        "{error}"
    );
}

#[test]
fn a_file_of_authorities_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (missing, empty) = (folder.path().join("missing.pem"), folder.path().join("empty.pem"));
    std::fs::write(&empty, "").unwrap();
    for file in [&missing, &empty] {
        let url = format!("postgres://me@database/chat?sslmode=verify-full&sslrootcert={}", file.display());
        let error = refusal(&url);
        assert!(matches!(error, PostgresOpenError::Certificates { .. }), "{error}");
        assert!(error.to_string().contains("sslrootcert"), "{error}");
    }
}

#[test]
fn a_server_that_encrypts_nothing_is_refused_where_it_must() {
    let server = NetworkCluster::plain();
    for mode in ["require", "verify-ca", "verify-full"] {
        let error = refusal(&server.url(CERTIFIED_NAME, &format!("sslmode={mode}")));
        assert!(matches!(error, PostgresOpenError::Tls { .. }), "{mode}: {error}");
        assert!(error.to_string().contains("sslmode"), "{mode}: {error}");
    }
    let store = open(&server.url(CERTIFIED_NAME, "sslmode=prefer")).unwrap();
    assert_eq!(connections(&server), (false, true));
    store.close();
}
