use super::Violation;
use crate::tree::Tree;

/// A link in a document to a file of the repository leads there.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    tree.files()
        .filter(|(path, _)| path.ends_with(".md"))
        .flat_map(|(path, text)| links(text).map(move |link| (path, link)))
        .filter(|(path, link)| !is_external(link) && !resolves(tree, path, link))
        .map(|(path, link)| Violation::new(path, format!("the link to {link} leads nowhere.")))
        .collect()
}

/// The targets of `[text](target)` and `![text](target)`, outside code.
fn links(text: &str) -> impl Iterator<Item = &str> {
    prose(text)
        .flat_map(|line| line.split('`').step_by(2))
        .flat_map(|part| part.split("](").skip(1))
        .filter_map(|rest| rest.split([')', ' ']).next())
}

/// The lines that are not in a fenced block.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

fn is_external(link: &str) -> bool {
    link.starts_with('#') || link.contains("://") || link.starts_with("mailto:")
}

fn resolves(tree: &Tree, document: &str, link: &str) -> bool {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let target = link.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                if parts.pop().is_none() {
                    return false;
                }
            }
            name => parts.push(name),
        }
    }
    tree.contains(&parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_that_lead_nowhere_are_found() {
        let readme = "[plan](docs/plan.md) [why](docs/decisions.md#why) ![picture](docs/images/chat.png)\n\
                      [web](https://example.org) [here](#here) `[code](none.md)`\n\
                      ```\n[block](none.md)\n```\n[above](../outside.md)";
        let tree = Tree::of(&[
            ("README.md", readme),
            ("docs/decisions.md", "[home](../README.md) [docs](.)"),
            ("docs/images/chat.png", ""),
        ]);
        let found: Vec<_> = violations(&tree).into_iter().map(|violation| violation.sentence).collect();
        assert_eq!(
            found,
            ["the link to docs/plan.md leads nowhere.", "the link to ../outside.md leads nowhere."]
        );
    }
}
