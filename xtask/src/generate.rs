use crate::tree::root;
use anyhow::{Context, Result};

/// Where the web client keeps the types of the protocol.
pub const PROTOCOL_TYPES: &str = "web/src/api/generated/protocol.ts";

/// Writes the web client's protocol types.
///
/// # Errors
/// When the file cannot be written.
pub fn write() -> Result<()> {
    std::fs::write(root().join(PROTOCOL_TYPES), chinwag_wire::typescript())
        .with_context(|| format!("cannot write {PROTOCOL_TYPES}"))?;
    println!("wrote {PROTOCOL_TYPES}");
    Ok(())
}
