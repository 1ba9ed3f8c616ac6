//! Several nodes on one PostgreSQL and one Redis. The other tests run on two nodes as well, with `CHINWAG_TEST_DATABASE=nodes`; here is what
//! only several of them can show.

mod chaos;
mod cluster;
mod ends;
mod faults;
mod health;
mod limits;
mod metrics;
mod one_room;
mod talk;
mod versions;

use cluster::Cluster;
use talk::Talk;
