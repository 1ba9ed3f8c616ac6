//! What the use cases need of this machine: the clock, secrets, rate limits.

mod allocator;
mod answer_budget;
mod database_clock;
mod limit;
mod limiter;
mod secrets;
mod system_clock;

pub(crate) use allocator::give_memory_back;
pub(crate) use database_clock::DatabaseClock;
pub(crate) use limiter::{AllNodes, NoLimiter, RateLimiter, network};
pub(crate) use secrets::RandomSecrets;
pub(crate) use system_clock::SystemClock;
