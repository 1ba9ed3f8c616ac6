//! The bench of Chinwag (`chinwag bench`): what a delivery, a connection and a kept message cost, beside a bare yardstick.
//!
//! [`run`] is the one entry. [`scenarios`] say what is measured, [`servers`] start whom it is measured with, [`crowd`] and
//! [`load`] are the clients, [`yardstick`] is the least that fan-out can cost, and [`report`] tells what came out.

mod cli;
mod crowd;
mod load;
mod machine;
mod numbers;
mod regression;
mod report;
mod rounds;
mod scenarios;
mod servers;
mod yardstick;

pub use cli::{BenchArgs, run};
