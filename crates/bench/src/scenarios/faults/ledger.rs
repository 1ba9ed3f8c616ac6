use anyhow::{bail, ensure};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What a room holds according to everyone in it: all must agree, and nothing may be there twice.
#[derive(Default)]
pub(super) struct Ledger {
    /// The message at each place.
    messages: BTreeMap<u64, u64>,
    /// The place of each message.
    places: BTreeMap<u64, u64>,
    broken: Option<String>,
}

impl Ledger {
    /// Somebody says, by an ack or by hearing it, that a message stands at a place.
    pub(super) fn note(&mut self, place: u64, message: u64) {
        let wrong = match (self.messages.entry(place), self.places.entry(message)) {
            (Entry::Vacant(there), Entry::Vacant(here)) => {
                there.insert(message);
                here.insert(place);
                return;
            }
            (Entry::Occupied(there), _) if *there.get() == message => return,
            (Entry::Occupied(there), _) => {
                format!("event {place} is message {message} for one and message {} for another", there.get())
            }
            (Entry::Vacant(_), Entry::Occupied(here)) => {
                format!("message {message} is kept twice, as event {} and as event {place}", here.get())
            }
        };
        self.broken.get_or_insert(wrong);
    }

    /// Keeps what somebody found to be wrong, if it is the first such thing.
    pub(super) fn complain(&mut self, wrong: String) {
        self.broken.get_or_insert(wrong);
    }

    /// An error if anything was found to be wrong.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        match &self.broken {
            Some(wrong) => bail!("{wrong}"),
            None => Ok(()),
        }
    }

    /// An error unless it holds all messages from `first` to `last`.
    pub(super) fn check_all(&self, first: u64, last: u64) -> anyhow::Result<()> {
        self.check()?;
        let lost: Vec<u64> = (first..=last).filter(|message| !self.places.contains_key(message)).collect();
        ensure!(lost.is_empty(), "the messages {lost:?} are lost");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(notes: &[(u64, u64)]) -> String {
        let mut ledger = Ledger::default();
        notes.iter().for_each(|(place, message)| ledger.note(*place, *message));
        ledger.check_all(3, 5).map_or_else(|error| error.to_string(), |()| "fine".to_owned())
    }

    #[test]
    fn what_all_agree_on_is_fine() {
        assert_eq!(told(&[(7, 4), (7, 4), (6, 3), (9, 5), (6, 3)]), "fine");
    }

    #[test]
    fn losses_repeats_and_disagreement_are_told() {
        assert_eq!(told(&[(7, 4)]), "the messages [3, 5] are lost");
        assert_eq!(told(&[(6, 3), (7, 4), (8, 3)]), "message 3 is kept twice, as event 6 and as event 8");
        assert_eq!(told(&[(6, 3), (6, 4), (7, 3)]), "event 6 is message 4 for one and message 3 for another");
    }
}
