//! One file per house rule.

mod crate_direction;
mod document_links;
mod document_voice;
mod file_length;
mod generated_files;
mod protocol_document;
mod pure_domain;
mod realtime_order;
mod serialize_in_wire;
mod tokens;

use crate::tree::Tree;
use std::fmt;

/// A place that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The file, from the root of the repository.
    pub path: String,
    /// What is wrong there and what to do about it.
    pub sentence: String,
}

impl Violation {
    fn new(path: &str, sentence: impl Into<String>) -> Self {
        Self { path: path.to_owned(), sentence: sentence.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.sentence)
    }
}

const RULES: &[fn(&Tree) -> Vec<Violation>] = &[
    file_length::violations,
    crate_direction::violations,
    pure_domain::violations,
    realtime_order::violations,
    serialize_in_wire::violations,
    generated_files::violations,
    protocol_document::violations,
    document_links::violations,
    document_voice::violations,
];

/// What breaks any of the house rules.
#[must_use]
pub fn violations(tree: &Tree) -> Vec<Violation> {
    RULES.iter().flat_map(|rule| rule(tree)).collect()
}
