//! The house rules and the generator behind `cargo xtask`.
//!
//! A rule is a function from a [`tree::Tree`] to the violations in it, so that its own test can hand it a tree that
//! breaks it: a rule that cannot fail is worth nothing.

pub mod generate;
pub mod rules;
pub mod tree;
