use super::Contender;
use anyhow::{Context as _, ensure};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The two servers on Node.js, installed.
pub(crate) struct Node {
    folder: PathBuf,
    /// Its version, for the report.
    pub(crate) version: String,
}

const FILES: [(&str, &str); 4] = [
    ("package.json", include_str!("../../node/package.json")),
    ("package-lock.json", include_str!("../../node/package-lock.json")),
    ("ws-server.mjs", include_str!("../../node/ws-server.mjs")),
    ("socketio-server.mjs", include_str!("../../node/socketio-server.mjs")),
];

impl Node {
    /// Installs the servers into `cache`. An error when there is no Node.js, or npm does not reach its registry.
    pub(crate) fn prepare(cache: &Path) -> anyhow::Result<Self> {
        let output = Command::new("node").arg("--version").output().context("there is no Node.js")?;
        let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let folder = cache.join("node");
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        let mut fresh = !folder.join("node_modules").is_dir();
        for (name, text) in FILES {
            let path = folder.join(name);
            if fs::read_to_string(&path).ok().as_deref() != Some(text) {
                fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
                fresh = true;
            }
        }
        if fresh {
            install(&folder)?;
        }
        Ok(Self { folder, version })
    }

    pub(super) fn script(&self, contender: Contender) -> OsString {
        let name = if contender == Contender::Ws { "ws-server.mjs" } else { "socketio-server.mjs" };
        self.folder.join(name).into_os_string()
    }
}

fn install(folder: &Path) -> anyhow::Result<()> {
    let output = Command::new("npm")
        .args(["ci", "--omit=dev", "--no-audit", "--no-fund"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .context("there is no npm")?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "npm cannot install them: {}", complaint.trim());
    Ok(())
}
