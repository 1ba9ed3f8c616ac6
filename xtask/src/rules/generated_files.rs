use super::Violation;
use crate::generate::{GENERATED, Generated};
use crate::tree::Tree;

/// What is written from the code says what the code says.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    GENERATED
        .iter()
        .filter(|file| tree.text(file.path) != Some((file.text)().as_str()))
        .map(|Generated { path, source, .. }| {
            Violation::new(path, format!("not what {source} says. Run `cargo xtask generate`."))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_file_is_found() {
        let [types, permissions] = GENERATED.map(|file| (file.path, (file.text)()));
        let in_step = [(types.0, types.1.as_str()), (permissions.0, permissions.1.as_str())];
        assert_eq!(violations(&Tree::of(&in_step)), []);
        let edited = types.1.replace("userId", "userID");
        assert_eq!(violations(&Tree::of(&[(types.0, &edited), in_step[1]])).len(), 1);
        assert_eq!(violations(&Tree::default()).len(), GENERATED.len());
    }
}
