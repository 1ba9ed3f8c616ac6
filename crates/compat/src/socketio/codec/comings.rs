//! Who came and went, for vocabularies that tell it in lines for people.

use chinwag_core::domain::{Presence, UserId};
use chinwag_core::ports::PresenceChange;
use std::collections::BTreeSet;

/// Lines about single people in one turn; when there are more, one line tells of all.
const LINES: usize = 5;
/// People whom the line of many names.
const NAMED: usize = 2;

/// Whom to name, a line each.
pub(super) struct Comings {
    pub(super) came: Vec<String>,
    pub(super) left: Vec<String>,
}

impl Comings {
    /// What a viewer is told of a signal's changes, of which some may have been left out (`truncated`). Bounded, so that many who come at
    /// once cost each member no more than a few. Of a name that is there before and after nothing is told: its page was loaded anew.
    pub(super) fn told_to(viewer: Option<UserId>, changes: &[PresenceChange], truncated: bool) -> Self {
        let others = PresenceChange::told_to(changes, viewer);
        let here = |presence| presence != Presence::Offline;
        let names = |before, after| {
            let alike = others
                .iter()
                .filter(|change| here(change.before) == before && here(change.presence) == after);
            alike.map(|change| change.user.name.clone()).collect::<BTreeSet<_>>()
        };
        let (came, left) = (names(false, true), names(true, false));
        Self { came: lines(&came, &left, truncated), left: lines(&left, &came, truncated) }
    }
}

/// A line for each of these names that is none of `others`.
fn lines(names: &BTreeSet<String>, others: &BTreeSet<String>, truncated: bool) -> Vec<String> {
    let names: Vec<_> = names.difference(others).cloned().collect();
    if names.len() <= LINES {
        return names;
    }
    let (named, others) = names.split_at(NAMED);
    let others = if truncated { "many".to_owned() } else { others.len().to_string() };
    vec![format!("{} and {others} others", named.join(", "))]
}
