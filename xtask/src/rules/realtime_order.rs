use super::{Violation, tokens};
use crate::tree::Tree;

const REALTIME: &str = "crates/realtime/src/";

/// The modules of `chinwag-realtime`, lowest first. Each may use those before it.
const ORDER: [&str; 9] =
    ["metrics", "trust", "presence", "connection", "room", "directory", "broker", "hub", "repairer"];

/// In `chinwag-realtime` no module uses a higher one, so there are no circles between them.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    tree.files()
        .filter_map(|(path, source)| Some((path, path.strip_prefix(REALTIME)?, source)))
        .filter(|(_, inside, _)| inside.ends_with(".rs") && *inside != "lib.rs")
        .flat_map(|(path, inside, source)| file(path, inside, source))
        .collect()
}

fn file(path: &str, inside: &str, source: &str) -> Vec<Violation> {
    let own = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let Some(place) = ORDER.iter().position(|module| *module == own) else {
        return vec![Violation::new(path, format!("{own} has no place in the order of modules yet."))];
    };
    let words = match tokens::words(source) {
        Ok(words) => words,
        Err(error) => return vec![Violation::new(path, error)],
    };
    let by_crate =
        tokens::modules_of("crate", &words).into_iter().filter(|used| !ORDER[..=place].contains(used));
    // From the root of a module, `super` leads to its neighbours, too.
    let by_super =
        tokens::modules_of("super", &words).into_iter().filter(|used| ORDER[place + 1..].contains(used));
    by_crate
        .chain(by_super)
        .map(|used| {
            Violation::new(path, format!("{own} must not use {used}: only itself and what is below."))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, source: &str) -> usize {
        violations(&Tree::of(&[(path, source)])).len()
    }

    #[test]
    fn a_lower_module_does_not_use_a_higher_one() {
        let uses = "use crate::metrics::Metrics;\nuse crate::{presence::Person, connection::Connection};";
        assert_eq!(found("crates/realtime/src/room/mod.rs", uses), 0);
        assert_eq!(found("crates/realtime/src/presence/person.rs", uses), 1);
        assert_eq!(found("crates/realtime/src/metrics.rs", uses), 2);
        assert_eq!(found("crates/realtime/src/room/mod.rs", "fn f() { crate::hub::g() }"), 1);
    }

    #[test]
    fn a_higher_module_is_not_reached_from_the_one_above_either() {
        assert_eq!(found("crates/realtime/src/room/mod.rs", "use super::hub::Hub;"), 1);
        assert_eq!(found("crates/realtime/src/room/batch.rs", "use super::super::{hub::Hub, broker};"), 2);
        assert_eq!(found("crates/realtime/src/room/batch.rs", "use super::super::presence::Person;"), 0);
        assert_eq!(found("crates/realtime/src/room/batch.rs", "mod tests { use super::*; }"), 0);
    }

    #[test]
    fn nothing_is_reached_by_the_names_of_the_whole_crate() {
        assert_eq!(found("crates/realtime/src/room/mod.rs", "use crate::Connection;"), 1);
        assert_eq!(found("crates/realtime/src/lib.rs", "pub use crate::hub::Hub;"), 0);
    }

    #[test]
    fn a_new_module_needs_a_place() {
        assert_eq!(found("crates/realtime/src/attic.rs", ""), 1);
    }
}
