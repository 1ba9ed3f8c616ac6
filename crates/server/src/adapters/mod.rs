//! What the use cases need of this machine: the clock, secrets, rate limits.

mod limiter;
mod secrets;
mod system_clock;

pub(crate) use limiter::{NoLimiter, RateLimiter, network};
pub(crate) use secrets::RandomSecrets;
pub(crate) use system_clock::SystemClock;
