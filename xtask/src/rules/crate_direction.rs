use super::Violation;
use crate::tree::Tree;
use toml::{Table, Value};

/// Which of our crates each of our crates may use: the picture in `ARCHITECTURE.md`, for the compiler's eyes.
const MAY_USE: &[(&str, &[&str])] = &[
    ("chinwag-core", &[]),
    ("chinwag-wire", &["chinwag-core"]),
    ("chinwag-gateway", &["chinwag-core", "chinwag-wire"]),
    ("chinwag-compat", &["chinwag-core", "chinwag-wire", "chinwag-gateway"]),
    ("chinwag-store", &["chinwag-core", "chinwag-fixtures"]),
    ("chinwag-realtime", &["chinwag-core", "chinwag-fixtures"]),
    ("chinwag-client", &["chinwag-core", "chinwag-wire"]),
    // What tests start. It knows nothing of us.
    ("chinwag-fixtures", &[]),
    // The bench knows servers from outside only, as their clients do.
    ("chinwag-bench", &[]),
    (
        "chinwag-server",
        &[
            "chinwag-core",
            "chinwag-wire",
            "chinwag-gateway",
            "chinwag-compat",
            "chinwag-store",
            "chinwag-realtime",
            "chinwag-client",
            "chinwag-bench",
            "chinwag-fixtures",
        ],
    ),
    ("xtask", &["chinwag-core", "chinwag-compat", "chinwag-wire"]),
];

/// What a chat is must not know how it is stored, sent or scheduled.
const NOT_IN_CORE: [&str; 6] = ["axum", "hyper", "rusqlite", "serde", "serde_json", "tokio"];

/// Dependencies point towards the core, and siblings do not see each other.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    tree.files()
        .filter(|(path, _)| *path != "Cargo.toml" && path.ends_with("Cargo.toml"))
        .flat_map(|(path, text)| manifest(path, text))
        .collect()
}

fn manifest(path: &str, text: &str) -> Vec<Violation> {
    let manifest: Table = match text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Violation::new(path, format!("not TOML: {error}"))],
    };
    let name = manifest.get("package").and_then(|package| package.get("name")).and_then(Value::as_str);
    let Some((name, may_use)) = MAY_USE.iter().find(|(known, _)| Some(*known) == name) else {
        return vec![Violation::new(
            path,
            "a crate that has no place in the house plan yet. Give it one here.",
        )];
    };
    let foreign = dependencies(&manifest, &["dependencies", "dev-dependencies", "build-dependencies"])
        .filter(|used| used.starts_with("chinwag-") && !may_use.contains(used))
        .map(|used| Violation::new(path, format!("{name} must not use {used}.")));
    let impure = dependencies(&manifest, &["dependencies"])
        .filter(|used| *name == "chinwag-core" && NOT_IN_CORE.contains(used))
        .map(|used| Violation::new(path, format!("the core does without {used}.")));
    foreign.chain(impure).collect()
}

/// The names in these tables, at the top and under `[target.'...']`.
fn dependencies<'a>(manifest: &'a Table, tables: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let targets = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let places = targets.filter_map(Value::as_table).chain([manifest]);
    places
        .flat_map(|place| tables.iter().filter_map(|table| place.get(*table)?.as_table()))
        .flat_map(Table::iter)
        // A renamed dependency stands under its new name.
        .map(|(key, value)| value.get("package").and_then(Value::as_str).unwrap_or(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(manifest: &str) -> Vec<String> {
        let tree = Tree::of(&[("crates/some/Cargo.toml", manifest)]);
        violations(&tree).into_iter().map(|violation| violation.sentence).collect()
    }

    #[test]
    fn siblings_do_not_see_each_other() {
        let store = "[package]\nname = 'chinwag-store'\n[dependencies]\nchinwag-core.workspace = true\n";
        assert!(sentences(store).is_empty());
        for table in ["dev-dependencies", "build-dependencies", "target.'cfg(unix)'.dependencies"] {
            let seen = sentences(&format!("{store}[{table}]\nchinwag-wire.workspace = true"));
            assert_eq!(seen, ["chinwag-store must not use chinwag-wire."]);
        }
        let renamed = sentences(&format!("{store}wire = {{ package = 'chinwag-wire', path = '../wire' }}"));
        assert_eq!(renamed, ["chinwag-store must not use chinwag-wire."]);
    }

    #[test]
    fn the_core_has_no_serde() {
        let core = "[package]\nname = 'chinwag-core'\n[dependencies]\nserde.workspace = true";
        assert_eq!(sentences(core), ["the core does without serde."]);
    }

    #[test]
    fn a_new_crate_needs_a_place() {
        assert_eq!(sentences("[package]\nname = 'chinwag-attic'").len(), 1);
    }
}
