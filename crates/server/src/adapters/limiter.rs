use super::answer_budget::AnswerBudget;
use crate::config::Config;
use chinwag_core::domain::{Refusal, UserId};
use chinwag_core::ports::{AnswersTo, Limiter, RateLimitKey};
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter as Governor};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

/// The rate limits of the configuration, counted on this node (GCRA: a burst up to the limit, then an even rate).
pub(crate) struct RateLimiter {
    messages: DefaultKeyedRateLimiter<UserId>,
    guest_messages: DefaultKeyedRateLimiter<IpAddr>,
    changes: DefaultKeyedRateLimiter<UserId>,
    guest_changes: DefaultKeyedRateLimiter<IpAddr>,
    reads: DefaultKeyedRateLimiter<UserId>,
    room_creations: DefaultKeyedRateLimiter<UserId>,
    guest_room_creations: DefaultKeyedRateLimiter<IpAddr>,
    sign_ins: DefaultKeyedRateLimiter<IpAddr>,
    visits: DefaultKeyedRateLimiter<IpAddr>,
    answers: AnswerBudget<UserId>,
    address_answers: AnswerBudget<IpAddr>,
}

/// Bytes of answers in a minute to an address, for each connection that it may have. See `docs/decisions.md`.
const ANSWERS_PER_CONNECTION: usize = 1024 * 1024;

/// No rate limits, for a bench.
pub(crate) struct NoLimiter;

impl RateLimiter {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            messages: keyed(config.messages_per_10_s, Duration::from_secs(10)),
            guest_messages: keyed(config.guest_messages_per_10_s, Duration::from_secs(10)),
            changes: keyed(config.changes_per_minute, Duration::from_secs(60)),
            guest_changes: keyed(config.guest_changes_per_minute, Duration::from_secs(60)),
            reads: keyed(config.reads_per_10_s, Duration::from_secs(10)),
            room_creations: keyed(config.rooms_created_per_hour, Duration::from_secs(60 * 60)),
            guest_room_creations: keyed(config.guest_rooms_per_hour, Duration::from_secs(60 * 60)),
            sign_ins: keyed(config.sign_ins_per_10_min, Duration::from_secs(10 * 60)),
            visits: keyed(config.gateways.visits_per_minute, Duration::from_secs(60)),
            answers: AnswerBudget::new(config.answer_bytes_per_minute),
            address_answers: AnswerBudget::new(address_answers(config)),
        }
    }

    /// Forgets those who have their whole burst again.
    pub(crate) fn forget_the_rested(&self) {
        self.messages.retain_recent();
        self.guest_messages.retain_recent();
        self.changes.retain_recent();
        self.guest_changes.retain_recent();
        self.reads.retain_recent();
        self.room_creations.retain_recent();
        self.guest_room_creations.retain_recent();
        self.sign_ins.retain_recent();
        self.visits.retain_recent();
        let now = Instant::now();
        self.answers.forget_the_rested(now);
        self.address_answers.forget_the_rested(now);
    }
}

impl Limiter for RateLimiter {
    fn check(&self, action: RateLimitKey) -> Result<(), Refusal> {
        match action {
            RateLimitKey::Message(user) => check(&self.messages, &user),
            RateLimitKey::GuestMessage(address) => check(&self.guest_messages, &network(address)),
            RateLimitKey::Change(user) => check(&self.changes, &user),
            RateLimitKey::GuestChange(address) => check(&self.guest_changes, &network(address)),
            RateLimitKey::Read(user) => check(&self.reads, &user),
            RateLimitKey::RoomCreation(user) => check(&self.room_creations, &user),
            RateLimitKey::GuestRoomCreation(address) => check(&self.guest_room_creations, &network(address)),
            RateLimitKey::SignIn(address) => check(&self.sign_ins, &network(address)),
            RateLimitKey::Visit(address) => check(&self.visits, &network(address)),
        }
    }

    fn count_answers(&self, to: AnswersTo, bytes: usize) -> Result<(), Refusal> {
        let now = Instant::now();
        let wait = match to {
            AnswersTo::Person(user) => self.answers.count(user, bytes, now),
            AnswersTo::Address(address) => self.address_answers.count(network(address), bytes, now),
        };
        wait.map_or(Ok(()), |wait| Err(limited(wait)))
    }

    fn check_arrival(&self, to: AnswersTo) -> Result<(), Refusal> {
        let now = Instant::now();
        let wait = match to {
            AnswersTo::Person(user) => self.answers.until_half(&user, now),
            AnswersTo::Address(address) => self.address_answers.until_half(&network(address), now),
        };
        wait.map_or(Ok(()), |wait| Err(limited(wait)))
    }
}

impl Limiter for NoLimiter {
    fn check(&self, _action: RateLimitKey) -> Result<(), Refusal> {
        Ok(())
    }

    fn count_answers(&self, _to: AnswersTo, _bytes: usize) -> Result<(), Refusal> {
        Ok(())
    }

    fn check_arrival(&self, _to: AnswersTo) -> Result<(), Refusal> {
        Ok(())
    }
}

/// One customer has a whole /64 of IPv6 addresses, so it counts as one.
pub(crate) fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

fn keyed<K: Hash + Eq + Clone>(count: u32, period: Duration) -> DefaultKeyedRateLimiter<K> {
    let count = NonZeroU32::new(count).unwrap_or(NonZeroU32::MIN);
    let one = (period / count.get()).max(Duration::from_nanos(1));
    let quota = Quota::with_period(one).unwrap_or(Quota::per_second(count)).allow_burst(count);
    Governor::keyed(quota)
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Refusal> {
    limiter
        .check_key(key)
        .map_err(|not_until| limited(not_until.wait_time_from(DefaultClock::default().now())))
}

fn limited(wait: Duration) -> Refusal {
    Refusal::RateLimited { retry_after_ms: u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1) }
}

/// Whatever is configured for a person, an address gets as much as two of them.
fn address_answers(config: &Config) -> usize {
    let for_all = ANSWERS_PER_CONNECTION.saturating_mul(config.connections_per_address as usize);
    for_all.max(config.answer_bytes_per_minute.saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_wait_is_told() {
        let limiter = RateLimiter::new(&Config::default());
        let message = RateLimitKey::Message(UserId(1));
        assert!((0..20).all(|_| limiter.check(message).is_ok()));
        let Err(Refusal::RateLimited { retry_after_ms }) = limiter.check(message) else {
            panic!("not limited")
        };
        assert!((1..=500).contains(&retry_after_ms), "{retry_after_ms} ms");
        assert!(
            limiter.check(RateLimitKey::Message(UserId(2))).is_ok(),
            "each person has a limit of their own"
        );
    }

    #[test]
    fn addresses_of_one_network_count_as_one() {
        let parse = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(network(parse("2001:db8::1")), network(parse("2001:db8::ffff:2")));
        assert_ne!(network(parse("2001:db8::1")), network(parse("2001:db8:0:1::1")));
        assert_eq!(network(parse("::ffff:192.0.2.1")), parse("192.0.2.1"));
        assert_ne!(network(parse("192.0.2.1")), network(parse("192.0.2.2")));
    }
}
