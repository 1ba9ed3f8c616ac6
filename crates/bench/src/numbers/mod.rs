//! Pure statistics.

mod histogram;
mod summary;

pub(crate) use histogram::Histogram;
pub(crate) use summary::Summary;
