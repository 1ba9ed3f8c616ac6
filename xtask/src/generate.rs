mod permissions;

use crate::tree::root;
use anyhow::{Context, Result};

/// A file that is written from what the code says.
#[derive(Clone, Copy, Debug)]
pub struct Generated {
    /// Where it stands, from the root of the repository.
    pub path: &'static str,
    /// The crate that it is written from.
    pub source: &'static str,
    /// What stands in it.
    pub text: fn() -> String,
}

/// All generated files: the web client's types of the protocol, and the table of rights.
pub const GENERATED: [Generated; 2] = [
    Generated { path: "web/src/api/generated/protocol.ts", source: "crates/wire", text: protocol_types },
    Generated { path: "docs/permissions.md", source: "crates/core", text: permissions::document },
];

/// Writes [`GENERATED`].
///
/// # Errors
/// When a file cannot be written.
pub fn write() -> Result<()> {
    for file in GENERATED {
        std::fs::write(root().join(file.path), (file.text)())
            .with_context(|| format!("cannot write {}", file.path))?;
        println!("wrote {}", file.path);
    }
    Ok(())
}

/// What `wire` says, without the blanks that its generator leaves at the ends of lines.
fn protocol_types() -> String {
    chinwag_wire::typescript().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
