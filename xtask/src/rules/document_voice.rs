use super::Violation;
use crate::tree::Tree;

/// Folders of one machine: no reader has them.
const FOLDERS: [&str; 4] = ["/home/", "/root/", "/tmp/", "/work/"];

/// A document speaks of Chinwag alone: not of the machine it was written on, nor of the tracker it was planned in.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    tree.files()
        .filter(|(path, _)| path.ends_with(".md"))
        .flat_map(|(path, text)| text.lines().zip(1..).map(move |(line, number)| (path, line, number)))
        .filter_map(|(path, line, number)| {
            let foreign = folder(line).or_else(|| issue_number(line))?;
            Some(Violation::new(
                path,
                format!("line {number} names {foreign}, which says nothing to a reader."),
            ))
        })
        .collect()
}

fn folder(line: &str) -> Option<&'static str> {
    let begins_a_path = |at: usize| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        before.is_none_or(|character| !character.is_alphanumeric() && !"/.-_~".contains(character))
    };
    FOLDERS.into_iter().find(|folder| line.match_indices(folder).any(|(at, _)| begins_a_path(at)))
}

fn issue_number(line: &str) -> Option<&'static str> {
    let line = line.to_lowercase();
    let numbered = |rest: &str| {
        let rest = rest.trim_start().trim_start_matches('#');
        rest.starts_with(|character: char| character.is_ascii_digit())
    };
    line.split("issue").skip(1).any(numbered).then_some("the number of an issue")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> usize {
        violations(&Tree::of(&[("docs/decisions.md", line)])).len()
    }

    #[test]
    fn folders_of_one_machine_are_found() {
        assert_eq!(
            found("Kept in ./data/ or ~/chat, also /var/lib/chinwag; see web/home/ and framework/work/."),
            0
        );
        assert_eq!(found("Seen in /home/alex/chinwag."), 1);
        assert_eq!(found("`/tmp/measure`"), 1);
        assert_eq!(found("/work/"), 1);
    }

    #[test]
    fn numbers_of_issues_are_found() {
        assert_eq!(found("Open an issue, or 3 issues."), 0);
        assert_eq!(found("Planned (Issue #12)."), 1);
        assert_eq!(found("As issue 4 says."), 1);
    }
}
