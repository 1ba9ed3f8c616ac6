use super::Violation;
use crate::generate::GENERATED;
use crate::tree::Tree;

/// What is generated says what its source says: the web client speaks the server's protocol, and the page of rights is the table.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    GENERATED
        .iter()
        .filter(|file| tree.text(file.path) != Some((file.text)().as_str()))
        .map(|file| {
            Violation::new(file.path, format!("not what {} says. Run `cargo xtask generate`.", file.source))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{PERMISSIONS, PROTOCOL_TYPES};

    fn found(types: &str, permissions: &str) -> Vec<String> {
        let tree = Tree::of(&[(PROTOCOL_TYPES.path, types), (PERMISSIONS.path, permissions)]);
        violations(&tree).into_iter().map(|violation| violation.path).collect()
    }

    #[test]
    fn edited_files_are_found() {
        let (types, permissions) = ((PROTOCOL_TYPES.text)(), (PERMISSIONS.text)());
        assert_eq!(found(&types, &permissions), [""; 0]);
        assert_eq!(found(&types.replace("userId", "userID"), &permissions), [PROTOCOL_TYPES.path]);
        assert!(permissions.contains("| yes |"), "{permissions}");
        assert_eq!(found(&types, &permissions.replacen("| yes |", "| no |", 1)), [PERMISSIONS.path]);
        assert_eq!(violations(&Tree::default()).len(), 2);
    }
}
