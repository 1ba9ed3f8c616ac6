//! Who came and went, for vocabularies that tell it in lines for people.

use chinwag_core::domain::{Presence, UserId};
use chinwag_core::ports::PresenceChange;

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
    /// once cost each member no more than a few.
    pub(super) fn told_to(viewer: Option<UserId>, changes: &[PresenceChange], truncated: bool) -> Self {
        let others = || PresenceChange::told_to(changes, viewer);
        let here = |presence| presence != Presence::Offline;
        let came = others().filter(|change| !here(change.before) && here(change.presence));
        let left = others().filter(|change| here(change.before) && !here(change.presence));
        Self { came: lines(came, truncated), left: lines(left, truncated) }
    }
}

fn lines<'a>(changes: impl Iterator<Item = &'a PresenceChange>, truncated: bool) -> Vec<String> {
    let mut names: Vec<_> = changes.map(|change| change.user.name.clone()).collect();
    names.sort_unstable();
    if names.len() <= LINES {
        return names;
    }
    let (named, others) = names.split_at(NAMED);
    let others = if truncated { "many".to_owned() } else { others.len().to_string() };
    vec![format!("{} and {others} others", named.join(", "))]
}
