use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// The files of the repository, by their path from its root.
///
/// A file that is not text (a picture) is here with an empty text: no rule looks into it, but links may name it.
#[derive(Debug, Default)]
pub struct Tree {
    texts: BTreeMap<String, String>,
}

impl Tree {
    /// The files that git tracks, and those it would track after an `add`: a rule speaks before the commit, not after.
    ///
    /// # Errors
    /// When git does not answer or a file cannot be read.
    pub fn of_repository() -> Result<Self> {
        let root = root();
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git is needed to list the files of the repository")?;
        ensure!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
        let mut texts = BTreeMap::new();
        for path in String::from_utf8(output.stdout)?.split_terminator('\0') {
            let file = root.join(path);
            // Deleted in the work tree, but not yet in the index.
            if !file.is_file() {
                continue;
            }
            let bytes = std::fs::read(&file).with_context(|| format!("cannot read {path}"))?;
            texts.insert(path.to_owned(), String::from_utf8(bytes).unwrap_or_default());
        }
        Ok(Self { texts })
    }

    /// A made-up tree.
    #[must_use]
    pub fn of(files: &[(&str, &str)]) -> Self {
        let texts = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Self { texts }
    }

    /// Every file with its text, in the order of the paths.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    /// Whether a file or a folder of this path is there.
    #[must_use]
    pub fn contains(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty()
            || self.texts.contains_key(path)
            || self.texts.keys().any(|file| file.starts_with(&folder))
    }
}

/// The root of the repository.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
