use super::frames::differences;
use super::parse::{Document, Side};
use crate::rules::Violation;
use crate::tree::Tree;
use chinwag_compat::simple::codec::{ChatClientFrame, ChatServerFrame, RoomClientFrame, RoomServerFrame};

const DOCUMENT: &str = "docs/simple-protocol.md";
const ROOM: &str = "of the room vocabulary";
const CHAT: &str = "of the chat vocabulary";

/// Every frame type of both vocabularies has a heading and an example that is exactly what the types make of it.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    let Some(text) = tree.text(DOCUMENT) else {
        return vec![Violation::new(DOCUMENT, "is missing.")];
    };
    let document = Document::parse(text);
    let of = |side, chapter| document.of_chapter(side, chapter);
    [
        differences::<RoomClientFrame>(of(Side::Client, ROOM), RoomClientFrame::TYPES),
        differences::<RoomServerFrame>(of(Side::Server, ROOM), RoomServerFrame::TYPES),
        differences::<ChatClientFrame>(of(Side::Client, CHAT), ChatClientFrame::TYPES),
        differences::<ChatServerFrame>(of(Side::Server, CHAT), ChatServerFrame::TYPES),
    ]
    .concat()
    .into_iter()
    .map(|sentence| Violation::new(DOCUMENT, sentence))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn one_difference(from: &str, to: &str, expected: &str) {
        let document = std::fs::read_to_string(crate::tree::root().join(DOCUMENT)).unwrap();
        let found = |text: &str| violations(&Tree::of(&[(DOCUMENT, text)]));
        assert_eq!(found(&document), []);
        assert!(document.contains(from), "the document has no {from:?} to change");
        let changed = found(&document.replacen(from, to, 1));
        assert!(changed.iter().any(|violation| violation.sentence.contains(expected)), "{changed:#?}");
    }

    #[test]
    fn a_changed_document_is_found() {
        one_difference("### `user_left`", "### Leaving", "`user_left` has no heading");
        one_difference("\"isTyping\": true}", "\"is_typing\": true}", "does not fit");
        one_difference("\"userId\": 12,", "\"userId\": \"12\",", "does not fit");
        one_difference("\"clientId\": \"7\",", "\"clientId\": \"7\", \"x\": 1,", "is written as");
    }
}
