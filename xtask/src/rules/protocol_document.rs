//! The protocol documents and the types of `wire` say the same thing.

mod frames;
mod parse;
mod simple;

use super::Violation;
use crate::tree::Tree;
use chinwag_wire::native::{ClientFrame, ErrorCode, FrameType, ServerFrame, decode};
use parse::{Document, Side};

const DOCUMENT: &str = "docs/native-protocol.md";

/// Every frame type has a heading and an example that is exactly what the types make of it, every client frame says its reply, and every
/// error code has a row.
pub(super) fn violations(tree: &Tree) -> Vec<Violation> {
    [native(tree), simple::violations(tree)].concat()
}

fn native(tree: &Tree) -> Vec<Violation> {
    let Some(text) = tree.text(DOCUMENT) else {
        return vec![Violation::new(DOCUMENT, "is missing.")];
    };
    let document = Document::parse(text);
    let client = frames::differences::<ClientFrame>(document.of(Side::Client), ClientFrame::TYPES);
    let server = frames::differences::<ServerFrame>(document.of(Side::Server), &ServerFrame::types());
    [client, server, refused(&document), replies(&document), error_codes(&document)]
        .concat()
        .into_iter()
        .map(|sentence| Violation::new(DOCUMENT, sentence))
        .collect()
}

/// What the types can read is not yet what the server takes: names and slugs have rules, too.
fn refused(document: &Document<'_>) -> Vec<String> {
    document
        .of(Side::Client)
        .flat_map(|section| &section.examples)
        .filter_map(|example| decode(example).err())
        .map(|refusal| format!("the server refuses an example: {}", refusal.error.message))
        .collect()
}

/// Clients wait for the reply that the document names.
fn replies(document: &Document<'_>) -> Vec<String> {
    let sections = document.of(Side::Client);
    let pairs = sections.filter_map(|section| Some((section, section.name.parse::<FrameType>().ok()?)));
    pairs
        .filter(|(section, frame)| section.replies != frame.replies())
        .map(|(section, frame)| {
            let (told, real) = (section.replies.join(", "), frame.replies().join(", "));
            format!("the reply of `{}` is {real} in crates/wire, and here \"{told}\".", section.name)
        })
        .collect()
}

fn error_codes(document: &Document<'_>) -> Vec<String> {
    let known: Vec<_> = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    let missing = known
        .iter()
        .filter(|code| !document.error_codes.contains(code))
        .map(|code| format!("the error code `{code}` is not in the table of errors."));
    let unknown = document
        .error_codes
        .iter()
        .filter(|code| !known.contains(code))
        .map(|code| format!("the error code `{code}` is not in crates/wire."));
    missing.chain(unknown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn real_document() -> String {
        std::fs::read_to_string(crate::tree::root().join(DOCUMENT)).unwrap()
    }

    fn sentences(document: &str) -> Vec<String> {
        let tree = Tree::of(&[(DOCUMENT, document)]);
        native(&tree).into_iter().map(|violation| violation.sentence).collect()
    }

    #[track_caller]
    fn one_difference(from: &str, to: &str, expected: &str) {
        let document = real_document();
        assert!(document.contains(from), "the document has no {from:?} to change");
        let found = sentences(&document.replacen(from, to, 1));
        assert!(found.iter().any(|sentence| sentence.contains(expected)), "{found:#?}");
    }

    #[test]
    fn a_changed_document_is_found() {
        assert_eq!(sentences(&real_document()), Vec::<String>::new());
        one_difference("### `leave`", "### Leaving", "`leave` has no heading");
        one_difference("### `stale`", "### `fresh`", "`stale` has no heading");
        one_difference("\"type\": \"ack\"", "\"type\": \"ok\"", "an example of `ok` stands under it");
        one_difference("{\"type\": \"stale\"}", "{\"type\": \"stale\",}", "not JSON");
        one_difference("\"clientId\": \"0b4c0f0e-7d0c", "\"clientID\": \"0b4c0f0e-7d0c", "does not fit");
        one_difference("\"more\": 0", "\"more\": 0, \"of\": 1", "is written as");
        one_difference(
            "\"ref\": 17, \"slug\": \"coffee\"",
            "\"ref\": 17, \"slug\": \" \"",
            "the server refuses",
        );
        one_difference("Reply: `joined`.", "Reply: `left`.", "the reply of `join` is joined");
        one_difference("otherwise `said`.", "otherwise nothing.", "the reply of `say` is ack, said");
        one_difference("Reply: `renamed`.", "", "the reply of `rename` is renamed");
        one_difference("| `busy` |", "| busy |", "`busy` is not in the table");
        one_difference("| `busy` |", "| `busy`, `lazy` |", "`lazy` is not in crates/wire");
    }

    #[test]
    fn a_heading_without_example_is_found() {
        let document = "## Client frames\n### `rooms`\nReply: `rooms`.\n";
        assert!(sentences(document).contains(&"`rooms` has no example.".to_owned()));
    }
}
