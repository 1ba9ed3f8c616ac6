use super::Violation;
use crate::tree::Tree;

const LONGEST: usize = 400;
const HAND_WRITTEN: [&str; 5] = [".rs", ".ts", ".vue", ".css", ".sql"];

/// A file that is longer than a few screens has more than one idea.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let hand_written = |path: &str| {
        HAND_WRITTEN.iter().any(|extension| path.ends_with(extension)) && !path.contains("/generated/")
    };
    tree.files()
        .filter(|(path, _)| hand_written(path))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| {
            Violation::new(path, format!("{lines} lines; at most {LONGEST}. Split it by responsibility."))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_401_lines_is_too_long() {
        let longest = "line\n".repeat(LONGEST);
        let too_long = "line\n".repeat(LONGEST + 1);
        let tree = Tree::of(&[
            ("crates/core/src/longest.rs", &longest),
            ("web/src/TooLong.vue", &too_long),
            ("web/src/api/generated/protocol.ts", &too_long),
            ("Cargo.lock", &too_long),
        ]);
        let found: Vec<_> = violations(&tree).into_iter().map(|violation| violation.path).collect();
        assert_eq!(found, ["web/src/TooLong.vue"]);
    }
}
