use crate::permissions_page::permissions_page;
use crate::tree::root;
use anyhow::{Context, Result};

/// A file that is made from the code.
pub struct GeneratedFile {
    /// Where it is, from the root of the repository.
    pub path: &'static str,
    /// What it is made from.
    pub source: &'static str,
    /// What has to stand in it.
    pub text: fn() -> String,
}

/// The web client's types of the protocol.
pub const PROTOCOL_TYPES: GeneratedFile =
    GeneratedFile { path: "web/src/api/generated/protocol.ts", source: "crates/wire", text: protocol_types };

/// The page that says who may do what.
pub const PERMISSIONS: GeneratedFile = GeneratedFile {
    path: "docs/permissions.md",
    source: "crates/core/src/domain/permissions.rs",
    text: permissions_page,
};

/// All of them.
pub const GENERATED: [GeneratedFile; 2] = [PROTOCOL_TYPES, PERMISSIONS];

/// Writes all of [`GENERATED`].
///
/// # Errors
/// When a file cannot be written.
pub fn write() -> Result<()> {
    for GeneratedFile { path, text, source: _ } in GENERATED {
        std::fs::write(root().join(path), text()).with_context(|| format!("cannot write {path}"))?;
        println!("wrote {path}");
    }
    Ok(())
}

/// What `wire` says, without the blanks that its generator leaves at the ends of lines.
fn protocol_types() -> String {
    chinwag_wire::typescript().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
