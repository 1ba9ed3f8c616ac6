//! How committed changes reach the hub of every node.

mod memory;

pub use memory::MemoryBroker;
