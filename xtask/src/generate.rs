use crate::tree::root;
use anyhow::{Context, Result};

/// Where the web client keeps the types of the protocol.
pub const PROTOCOL_TYPES: &str = "web/src/api/generated/protocol.ts";

/// Writes the web client's protocol types.
///
/// # Errors
/// When the file cannot be written.
pub fn write() -> Result<()> {
    std::fs::write(root().join(PROTOCOL_TYPES), protocol_types())
        .with_context(|| format!("cannot write {PROTOCOL_TYPES}"))?;
    println!("wrote {PROTOCOL_TYPES}");
    Ok(())
}

/// The text of [`PROTOCOL_TYPES`]: what `wire` says, without the blanks that its generator leaves at the ends of lines.
#[must_use]
pub fn protocol_types() -> String {
    chinwag_wire::typescript().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
