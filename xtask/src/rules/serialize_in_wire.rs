use super::{Violation, tokens};
use crate::tree::Tree;

/// `wire` says what leaves the process, and `compat` in the protocols of others' clients. `store` says what is kept in a column of its database, which nobody else reads.
const MAY_SERIALIZE: [&str; 3] = ["crates/wire/", "crates/compat/", "crates/store/"];

/// What leaves the process has its shape in the crates of the protocols.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let elsewhere = |path: &str| {
        path.starts_with("crates/")
            && path.contains("/src/")
            && path.ends_with(".rs")
            && !MAY_SERIALIZE.iter().any(|home| path.starts_with(home))
    };
    tree.files().filter(|(path, _)| elsewhere(path)).filter_map(|(path, source)| file(path, source)).collect()
}

fn file(path: &str, source: &str) -> Option<Violation> {
    match tokens::words(source) {
        Ok(words) if words.iter().any(|word| word == "Serialize") => Some(Violation::new(
            path,
            "what leaves the process is shaped in crates/wire or crates/compat: `Serialize` belongs there.",
        )),
        Ok(_) => None,
        Err(error) => Some(Violation::new(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serialize_outside_wire_is_found() {
        let shape = "#[derive(Serialize)] struct Health { ready: bool }";
        let config = "#[derive(Deserialize)] struct Config { port: u16 }";
        let tree = Tree::of(&[
            ("crates/wire/src/rest.rs", shape),
            ("crates/server/src/config.rs", config),
            ("crates/server/src/rest/health.rs", shape),
            ("crates/client/tests/resume.rs", shape),
        ]);
        let found: Vec<_> = violations(&tree).into_iter().map(|violation| violation.path).collect();
        assert_eq!(found, ["crates/server/src/rest/health.rs"]);
    }
}
