use super::Violation;
use crate::generate::{PROTOCOL_TYPES, protocol_types};
use crate::tree::Tree;

/// The web client speaks the protocol that the server speaks.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    if tree.text(PROTOCOL_TYPES) == Some(protocol_types().as_str()) {
        return Vec::new();
    }
    vec![Violation::new(PROTOCOL_TYPES, "not what crates/wire says. Run `cargo xtask generate`.")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edited_types_are_found() {
        let in_step = protocol_types();
        assert_eq!(violations(&Tree::of(&[(PROTOCOL_TYPES, &in_step)])), []);
        let edited = in_step.replace("userId", "userID");
        assert_eq!(violations(&Tree::of(&[(PROTOCOL_TYPES, &edited)])).len(), 1);
        assert_eq!(violations(&Tree::default()).len(), 1);
    }
}
