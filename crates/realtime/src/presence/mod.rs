//! Who is connected: the people behind the connections, and whether they are active.
//!
//! A person is known by one record while any connection of theirs lasts. Rooms hold that record of those who are present there.

mod people;
mod person;

pub(crate) use people::People;
pub(crate) use person::Person;
