//! People of another product, who bring tokens that were signed there.

mod ends;
mod people;
mod protocols;
mod refusals;
mod signer;

use signer::{Page, Signer};
