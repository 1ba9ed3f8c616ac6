//! The narrow waist: all that the nouns know of a database.
//!
//! A noun's SQL is written once, in what both engines take:
//!
//! - Parameters are `?1`, `?2` ..., which become `$1`, `$2` ... when PostgreSQL prepares a statement. No text of a statement has a `?` otherwise,
//!   and the texts are `'static`: an engine keeps a statement prepared by where its text stands.
//! - PostgreSQL finds out the types of parameters by itself. Where it cannot, the statement says them: `CAST(?1 AS BIGINT) IS NULL`. A parameter
//!   is never calculated with: `?1 + 1` would be of 32 bits.
//! - Truth is `BOOLEAN` there and 0 or 1 here: a column of it stands by itself (`WHERE guest`), and is set to `TRUE` or a [`Value::Boolean`].
//! - Numbers are of 64 bits. `count(*)` is one, too; a literal read as a column is cast.
//! - What is read from a table within `FROM` has a name, what a text is looked for in is asked with `instr`, which PostgreSQL's schema makes.
//! - No trigger, no foreign key with an action, no order by a collation: texts are compared by their bytes (`COLLATE "C"` there).
//!
//! Where the two must differ, both texts stand in the noun's file, chosen by [`Dialect`].

mod error;
mod row;
mod transaction;
mod value;

pub(crate) use error::{Cause, DatabaseError, Failure};
pub(crate) use row::{Columns, Row};
pub(crate) use transaction::{Dialect, Lock, Transaction};
pub(crate) use value::{Value, place, values};
