use super::answer_budget::AnswerBudget;
use super::limit::{Limit, limited};
use crate::config::Config;
use chinwag_core::domain::{Refusal, UserId};
use chinwag_core::ports::{AnswersTo, Limiter, Rate, RateLimitKey, SharedLimits, StoreFuture};
use futures_util::FutureExt as _;
use futures_util::future::ready;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;
use std::time::Instant;

/// The rate limits of the configuration.
pub(crate) struct RateLimiter {
    messages: Limit<UserId>,
    guest_messages: Limit<IpAddr>,
    changes: Limit<UserId>,
    guest_changes: Limit<IpAddr>,
    reads: Limit<UserId>,
    searches: Limit<UserId>,
    room_creations: Limit<UserId>,
    guest_room_creations: Limit<IpAddr>,
    conversations: Limit<UserId>,
    guest_conversations: Limit<IpAddr>,
    mails: Limit<UserId>,
    sign_ins: Limit<IpAddr>,
    visits: Limit<IpAddr>,
    uploads: Limit<UserId>,
    guest_uploads: Limit<IpAddr>,
    answers: AnswerBudget<UserId>,
    address_answers: AnswerBudget<IpAddr>,
    all_nodes: Option<AllNodes>,
}

/// What a node must know of the others so that nobody wins by spreading over them.
pub(crate) struct AllNodes {
    /// Counts what is seldom.
    pub(crate) limits: Arc<dyn SharedLimits>,
    /// On how many nodes a person is. Whatever a person does often is counted on each of them, and costs as many times as much.
    pub(crate) nodes_of: Box<dyn Fn(UserId) -> u32 + Send + Sync>,
}

/// Bytes of answers in a minute to an address, for each connection that it may have. See `docs/decisions.md`.
const ANSWERS_PER_CONNECTION: usize = 1024 * 1024;

/// Mails that one person has sent to others in an hour.
const MAILS_PER_HOUR: u32 = 20;

/// No rate limits, for a bench.
pub(crate) struct NoLimiter;

impl RateLimiter {
    /// `all_nodes` is nothing where there is one.
    pub(crate) fn new(config: &Config, all_nodes: Option<AllNodes>) -> Self {
        Self {
            messages: Limit::new(config.messages_per_10_s, 10),
            guest_messages: Limit::new(config.guest_messages_per_10_s, 10),
            changes: Limit::new(config.changes_per_minute, 60),
            guest_changes: Limit::new(config.guest_changes_per_minute, 60),
            reads: Limit::new(config.reads_per_10_s, 10),
            searches: Limit::new(searches(config), 10),
            room_creations: Limit::new(config.rooms_created_per_hour, 60 * 60),
            guest_room_creations: Limit::new(config.guest_rooms_per_hour, 60 * 60),
            conversations: Limit::new(config.conversations_opened_per_hour, 60 * 60),
            guest_conversations: Limit::new(config.guest_conversations_per_hour, 60 * 60),
            mails: Limit::new(MAILS_PER_HOUR, 60 * 60),
            sign_ins: Limit::new(config.sign_ins_per_10_min, 10 * 60),
            visits: Limit::new(config.gateways.visits_per_minute, 60),
            uploads: Limit::new(config.uploads_per_10_min, 10 * 60),
            guest_uploads: Limit::new(config.uploads_per_10_min.saturating_mul(5), 10 * 60),
            answers: AnswerBudget::new(config.answer_bytes_per_minute),
            address_answers: AnswerBudget::new(address_answers(config)),
            all_nodes,
        }
    }

    /// Forgets those who have their whole burst again.
    pub(crate) async fn forget_the_rested(&self) -> Result<(), Refusal> {
        self.messages.forget_the_rested();
        self.guest_messages.forget_the_rested();
        self.changes.forget_the_rested();
        self.guest_changes.forget_the_rested();
        self.reads.forget_the_rested();
        self.searches.forget_the_rested();
        self.room_creations.forget_the_rested();
        self.guest_room_creations.forget_the_rested();
        self.conversations.forget_the_rested();
        self.guest_conversations.forget_the_rested();
        self.mails.forget_the_rested();
        self.sign_ins.forget_the_rested();
        self.visits.forget_the_rested();
        self.uploads.forget_the_rested();
        self.guest_uploads.forget_the_rested();
        let now = Instant::now();
        self.answers.forget_the_rested(now);
        self.address_answers.forget_the_rested(now);
        match &self.all_nodes {
            Some(all_nodes) => all_nodes.limits.forget_the_rested().await,
            None => Ok(()),
        }
    }

    fn nodes_of(&self, user: UserId) -> u32 {
        self.all_nodes.as_ref().map_or(1, |all_nodes| (all_nodes.nodes_of)(user))
    }

    /// Under which key and how often something may be done on all nodes together.
    fn over_all_nodes(&self, action: RateLimitKey) -> Option<(String, Rate)> {
        match action {
            RateLimitKey::RoomCreation(user) => Some((format!("room {user}"), self.room_creations.rate)),
            RateLimitKey::GuestRoomCreation(address) => {
                Some((format!("room {}", network(address)), self.guest_room_creations.rate))
            }
            RateLimitKey::Conversation(user) => {
                Some((format!("conversation {user}"), self.conversations.rate))
            }
            RateLimitKey::GuestConversation(address) => {
                Some((format!("conversation {}", network(address)), self.guest_conversations.rate))
            }
            RateLimitKey::Mail(user) => Some((format!("mail {user}"), self.mails.rate)),
            RateLimitKey::SignIn(address) => {
                Some((format!("sign-in {}", network(address)), self.sign_ins.rate))
            }
            RateLimitKey::Visit(address) => Some((format!("visit {}", network(address)), self.visits.rate)),
            RateLimitKey::Upload(user) => Some((format!("upload {user}"), self.uploads.rate)),
            RateLimitKey::GuestUpload(address) => {
                Some((format!("upload {}", network(address)), self.guest_uploads.rate))
            }
            RateLimitKey::Message(_)
            | RateLimitKey::GuestMessage(_)
            | RateLimitKey::Change(_)
            | RateLimitKey::GuestChange(_)
            | RateLimitKey::Read(_)
            | RateLimitKey::Search(_) => None,
        }
    }
}

impl Limiter for RateLimiter {
    fn check(&self, action: RateLimitKey) -> Result<(), Refusal> {
        match action {
            RateLimitKey::Message(user) => self.messages.check(&user, self.nodes_of(user)),
            RateLimitKey::GuestMessage(address) => self.guest_messages.check(&network(address), 1),
            RateLimitKey::Change(user) => self.changes.check(&user, self.nodes_of(user)),
            RateLimitKey::GuestChange(address) => self.guest_changes.check(&network(address), 1),
            RateLimitKey::Read(user) => self.reads.check(&user, self.nodes_of(user)),
            RateLimitKey::Search(user) => self.searches.check(&user, self.nodes_of(user)),
            RateLimitKey::RoomCreation(user) => self.room_creations.check(&user, 1),
            RateLimitKey::GuestRoomCreation(address) => self.guest_room_creations.check(&network(address), 1),
            RateLimitKey::Conversation(user) => self.conversations.check(&user, 1),
            RateLimitKey::GuestConversation(address) => self.guest_conversations.check(&network(address), 1),
            RateLimitKey::Mail(user) => self.mails.check(&user, 1),
            RateLimitKey::SignIn(address) => self.sign_ins.check(&network(address), 1),
            RateLimitKey::Visit(address) => self.visits.check(&network(address), 1),
            RateLimitKey::Upload(user) => self.uploads.check(&user, 1),
            RateLimitKey::GuestUpload(address) => self.guest_uploads.check(&network(address), 1),
        }
    }

    fn admit(&self, action: RateLimitKey) -> StoreFuture<()> {
        let here = self.check(action);
        let (Ok(()), Some(all_nodes), Some((key, rate))) =
            (&here, &self.all_nodes, self.over_all_nodes(action))
        else {
            return ready(here).boxed();
        };
        let counted = all_nodes.limits.count(key, rate);
        async move {
            match counted.await {
                // Nobody is kept out because nothing can be counted: this node's limit is one, too.
                Err(Refusal::Unavailable | Refusal::Busy) => Ok(()),
                counted => counted,
            }
        }
        .boxed()
    }

    fn count_answers(&self, to: AnswersTo, bytes: usize) -> Result<(), Refusal> {
        let now = Instant::now();
        let wait = match to {
            AnswersTo::Person(user) => {
                self.answers.count(user, bytes.saturating_mul(self.nodes_of(user) as usize), now)
            }
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

    fn admit(&self, _action: RateLimitKey) -> StoreFuture<()> {
        ready(Ok(())).boxed()
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

/// A search costs more than a page.
fn searches(config: &Config) -> u32 {
    (config.reads_per_10_s / 10).max(1)
}

/// Whatever is configured for a person, an address gets as much as two of them.
fn address_answers(config: &Config) -> usize {
    let for_all = ANSWERS_PER_CONNECTION.saturating_mul(config.connections_per_address as usize);
    for_all.max(config.answer_bytes_per_minute.saturating_mul(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parking_lot::Mutex;
    use std::time::Duration;

    #[test]
    fn a_burst_passes_and_then_the_wait_is_told() {
        let limiter = RateLimiter::new(&Config::default(), None);
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

    /// Limits over all nodes that answer as they are told, and note what they were asked.
    struct Told {
        answer: Result<(), Refusal>,
        asked: Mutex<Vec<(String, Rate)>>,
    }

    impl SharedLimits for Told {
        fn count(&self, key: String, rate: Rate) -> StoreFuture<()> {
            self.asked.lock().push((key, rate));
            ready(self.answer.clone()).boxed()
        }

        fn forget_the_rested(&self) -> StoreFuture<()> {
            ready(self.answer.clone()).boxed()
        }
    }

    fn one_of_several(answer: Result<(), Refusal>) -> (RateLimiter, Arc<Told>) {
        let told = Arc::new(Told { answer, asked: Mutex::default() });
        let limits = Arc::clone(&told) as Arc<dyn SharedLimits>;
        // Who has an even number is on two nodes.
        let nodes_of = Box::new(|user: UserId| if user.0 % 2 == 0 { 2 } else { 1 });
        let config = Config { sign_ins_per_10_min: 3, messages_per_10_s: 5, ..Config::default() };
        (RateLimiter::new(&config, Some(AllNodes { limits, nodes_of })), told)
    }

    fn sign_in(limiter: &RateLimiter) -> Result<(), Refusal> {
        limiter.admit(RateLimitKey::SignIn("192.0.2.1".parse().unwrap())).now_or_never().unwrap()
    }

    #[test]
    fn what_all_nodes_have_counted_is_refused() {
        let refusal = Refusal::RateLimited { retry_after_ms: 42 };
        let (limiter, told) = one_of_several(Err(refusal.clone()));
        assert_eq!(sign_in(&limiter), Err(refusal));
        let rate = Rate { count: 3, period: Duration::from_secs(600) };
        assert_eq!(*told.asked.lock(), [("sign-in 192.0.2.1".to_owned(), rate)]);
    }

    #[test]
    fn a_node_counts_by_itself_what_the_storage_cannot_count() {
        for answer in [Ok(()), Err(Refusal::Unavailable), Err(Refusal::Busy)] {
            let (limiter, told) = one_of_several(answer);
            assert!((0..3).all(|_| sign_in(&limiter).is_ok()));
            assert!(matches!(sign_in(&limiter), Err(Refusal::RateLimited { .. })));
            assert_eq!(told.asked.lock().len(), 3, "what is refused here is counted nowhere else");
        }
    }

    #[test]
    fn who_is_on_two_nodes_may_do_half_on_each() {
        let (limiter, told) = one_of_several(Ok(()));
        let passed =
            |user| (0..9).filter(|_| limiter.check(RateLimitKey::Message(UserId(user))).is_ok()).count();
        assert_eq!((passed(1), passed(2)), (5, 2));
        assert!(told.asked.lock().is_empty(), "messages wait for no count");
    }
}
