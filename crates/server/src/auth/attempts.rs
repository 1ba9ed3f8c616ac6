use chinwag_core::domain::{Millis, Refusal};
use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::IpAddr;

/// Wrong passwords in a row that cost nothing.
const FREE: u32 = 5;
/// The longest time that somebody waits, in milliseconds. Whoever guesses wins nothing by then, and whose name it is comes in again soon.
const LONGEST_WAIT_MS: i64 = 5 * 60 * 1000;
/// After how long without an attempt the ones before are forgotten, in milliseconds.
const FORGOTTEN_MS: i64 = 60 * 60 * 1000;
/// Names and addresses that are remembered. Beyond it the oldest make room.
const REMEMBERED: usize = 20_000;

/// Makes whoever guesses passwords slow: after the fifth wrong one in a row for a name, or from an address, the next is looked at a second later, and
/// each time after twice as long. Each node counts for itself.
#[derive(Default)]
pub(crate) struct Attempts {
    wrong: Mutex<HashMap<Key, Wrong>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Name(String),
    Address(IpAddr),
}

struct Wrong {
    count: u32,
    last: Millis,
}

impl Wrong {
    /// From when on the next attempt is looked at.
    fn free_at(&self) -> i64 {
        match self.count.checked_sub(FREE) {
            None => self.last.0,
            Some(more) => self.last.0 + (1000_i64 << more.min(20)).min(LONGEST_WAIT_MS),
        }
    }
}

impl Attempts {
    /// Begins an attempt, which counts for the name until its outcome is told: many at once do not come before their results.
    ///
    /// # Errors
    /// [`Refusal::RateLimited`] with the wait; then it does not count.
    pub(crate) fn begin(&self, name: &str, address: IpAddr, now: Millis) -> Result<(), Refusal> {
        let mut wrong = self.wrong.lock();
        let keys = [of_name(name), of_address(address)];
        let free_at = keys.iter().filter_map(|key| wrong.get(key)).map(Wrong::free_at).max();
        if let Some(wait) = free_at.map(|at| at - now.0).filter(|wait| *wait > 0) {
            return Err(Refusal::RateLimited { retry_after_ms: wait.unsigned_abs() });
        }
        let [name, _] = keys;
        count(&mut wrong, name, now);
        Ok(())
    }

    /// The password was wrong: it counts for the address, too.
    pub(crate) fn was_wrong(&self, address: IpAddr, now: Millis) {
        count(&mut self.wrong.lock(), of_address(address), now);
    }

    /// The password was right. Others may be guessing from the address.
    pub(crate) fn was_right(&self, name: &str) {
        self.wrong.lock().remove(&of_name(name));
    }

    /// The attempt came to nothing.
    pub(crate) fn take_back(&self, name: &str) {
        if let Some(entry) = self.wrong.lock().get_mut(&of_name(name)) {
            entry.count = entry.count.saturating_sub(1);
        }
    }
}

fn count(wrong: &mut HashMap<Key, Wrong>, key: Key, now: Millis) {
    if wrong.len() >= REMEMBERED {
        make_room(wrong, now);
    }
    let entry = wrong.entry(key).or_insert(Wrong { count: 0, last: now });
    if now.0 - entry.last.0 > FORGOTTEN_MS {
        entry.count = 0;
    }
    entry.count += 1;
    entry.last = now;
}

fn of_name(name: &str) -> Key {
    Key::Name(name.trim().to_lowercase().chars().take(64).collect())
}

fn of_address(address: IpAddr) -> Key {
    Key::Address(crate::adapters::network(address))
}

/// Forgets what is over, and of the rest the older half if need be.
fn make_room(wrong: &mut HashMap<Key, Wrong>, now: Millis) {
    wrong.retain(|_, entry| now.0 - entry.last.0 <= FORGOTTEN_MS);
    if wrong.len() >= REMEMBERED {
        let mut times: Vec<_> = wrong.values().map(|entry| entry.last).collect();
        times.sort_unstable();
        let middle = times.get(times.len() / 2).copied().unwrap_or(now);
        wrong.retain(|_, entry| entry.last > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    fn wait(result: Result<(), Refusal>) -> u64 {
        match result {
            Ok(()) => 0,
            Err(Refusal::RateLimited { retry_after_ms }) => retry_after_ms,
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn after_the_fifth_each_costs_twice_as_much() {
        let attempts = Attempts::default();
        let mut now = Millis(1_000_000);
        for _ in 0..FREE {
            assert_eq!(wait(attempts.begin("Alex", address(1), now)), 0);
        }
        let mut waits = Vec::new();
        for _ in 0..10 {
            let next = wait(attempts.begin("alex ", address(2), now));
            assert_eq!(wait(attempts.begin("Alex", address(2), Millis(now.0 + next as i64 - 1))), 1);
            now = Millis(now.0 + next as i64);
            assert_eq!(wait(attempts.begin("Alex", address(2), now)), 0);
            waits.push(next / 1000);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(wait(attempts.begin("Sam", address(3), now)), 0, "others do not wait");
        assert_eq!(wait(attempts.begin("Alex", address(2), Millis(now.0 + FORGOTTEN_MS + 1))), 0);
    }

    #[test]
    fn who_guesses_at_many_names_waits_for_the_address() {
        let attempts = Attempts::default();
        for number in 0..FREE {
            assert_eq!(wait(attempts.begin(&format!("name {number}"), address(1), Millis(0))), 0);
            attempts.was_wrong(address(1), Millis(0));
        }
        assert_eq!(wait(attempts.begin("another", address(1), Millis(0))), 1000);
        assert_eq!(wait(attempts.begin("another", address(2), Millis(0))), 0);
    }

    #[test]
    fn who_was_right_begins_anew() {
        let attempts = Attempts::default();
        for _ in 0..100 {
            assert_eq!(wait(attempts.begin("Alex", address(1), Millis(0))), 0);
            attempts.was_right("Alex");
        }
        for _ in 0..100 {
            assert_eq!(wait(attempts.begin("Sam", address(1), Millis(0))), 0);
            attempts.take_back("Sam");
        }
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let attempts = Attempts::default();
        for number in 0..u32::try_from(REMEMBERED).unwrap() {
            let address = IpAddr::from(number.to_be_bytes());
            _ = attempts.begin(&number.to_string(), address, Millis(number.into()));
        }
        assert!(attempts.wrong.lock().len() <= REMEMBERED + 1);
    }
}
