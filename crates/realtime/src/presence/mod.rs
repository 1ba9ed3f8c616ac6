//! Who is connected: the people behind the connections, and whether they are active.
//!
//! A person is known by one record while any connection of theirs lasts. Rooms hold that record of those who are present there.

mod others;
mod own_news;
mod people;
mod person;

pub(crate) use others::{Change, Elsewhere, Others};
pub(crate) use own_news::OwnNews;
pub(crate) use people::People;
pub(crate) use person::{Person, There};
