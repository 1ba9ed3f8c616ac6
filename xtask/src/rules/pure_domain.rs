use super::{Violation, tokens};
use crate::tree::Tree;

const DOMAIN: &str = "crates/core/src/domain/";
const FOREIGN: [&str; 5] = ["async", "rand", "serde", "serde_json", "tokio"];
const FOREIGN_STD: [&str; 7] = ["env", "fs", "io", "net", "process", "thread", "time"];

/// The domain is pure and synchronous: it has no clock, no input, no output and no format.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    tree.files()
        .filter(|(path, _)| path.starts_with(DOMAIN) && path.ends_with(".rs"))
        .flat_map(|(path, source)| file(path, source))
        .collect()
}

fn file(path: &str, source: &str) -> Vec<Violation> {
    let words = match tokens::words(source) {
        Ok(words) => words,
        Err(error) => return vec![Violation::new(path, error)],
    };
    let foreign = words.iter().filter(|word| FOREIGN.contains(&word.as_str())).map(ToString::to_string);
    let foreign_std = tokens::std_modules(&words)
        .into_iter()
        .filter(|module| FOREIGN_STD.contains(module))
        .map(|module| format!("std::{module}"));
    foreign
        .chain(foreign_std)
        .map(|name| Violation::new(path, format!("the domain is pure: {name} has no place in it.")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str) -> usize {
        violations(&Tree::of(&[("crates/core/src/domain/user.rs", source)])).len()
    }

    #[test]
    fn a_clock_a_file_and_a_format_are_found() {
        assert_eq!(found("use std::fmt; /// No serde, no std::time.\npub struct User;"), 0);
        assert_eq!(found("use std::{fmt, time::Instant};"), 1);
        assert_eq!(found("fn f() { std::fs::read(p); }"), 1);
        assert_eq!(found("#[derive(serde::Serialize)] struct User;"), 1);
        assert_eq!(found("pub async fn f() {}"), 1);
    }

    #[test]
    fn the_rule_ends_with_the_domain() {
        let tree = Tree::of(&[("crates/core/src/chat/send_message.rs", "pub async fn f() {}")]);
        assert_eq!(violations(&tree), []);
    }
}
