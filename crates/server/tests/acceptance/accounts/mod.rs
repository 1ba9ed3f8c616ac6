//! Accounts of one's own: registration, passwords, sign-ins, and who may come in.

mod access;
mod browser;
mod guests;
mod invites;
mod mail;
mod sessions;
mod sign_in;

use browser::{Browser, PASSWORD};
