use anyhow::Context as _;
use rustix::fs::statfs;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A folder for databases, and what it stands on.
pub(crate) struct Disk {
    pub(crate) folder: PathBuf,
    /// Device and file system, for the report.
    pub(crate) name: String,
    /// Whether what is synced there is only in memory.
    pub(crate) is_memory: bool,
}

/// The magic number of tmpfs.
const TMPFS: i64 = 0x0102_1994;

impl Disk {
    /// The disk below `folder`, which is made when it is not there.
    pub(crate) fn below(folder: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let folder = folder.canonicalize()?;
        let is_memory = statfs(&folder)?.f_type == TMPFS;
        let name = mounted(&folder).unwrap_or_else(|| "unknown disk".to_owned());
        Ok(Self { folder, name, is_memory })
    }
}

/// The device and file system of the closest mount above `folder`.
fn mounted(folder: &Path) -> Option<String> {
    let mounts = fs::read_to_string("/proc/self/mounts").ok()?;
    let parts = mounts.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    let above = parts.filter(|parts| parts.len() > 2 && folder.starts_with(parts[1]));
    let closest = above.max_by_key(|parts| parts[1].len())?;
    Some(format!("{} ({})", closest[0], closest[2]))
}

const SYNCS: u32 = 100;

/// How long the disk takes to keep 4 KiB that were appended to a file: what a commit waits for.
pub(crate) fn sync_time(folder: &Path) -> anyhow::Result<Duration> {
    let mut file = tempfile::tempfile_in(folder).context("cannot make a file to time the disk with")?;
    let mut times = Vec::new();
    for _ in 0..SYNCS {
        times.push(timed_sync(&mut file)?);
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

fn timed_sync(file: &mut File) -> std::io::Result<Duration> {
    file.write_all(&[7; 4096])?;
    let begin = Instant::now();
    file.sync_data()?;
    Ok(begin.elapsed())
}
