//! Texts that are longer than a message may be: the pages of these protocols know no such limit, so they become several messages.

use chinwag_core::domain::MessageText;
use unicode_segmentation::GraphemeCursor;

/// Messages that one text becomes, at most. What is longer still is refused as a whole.
const MOST: usize = 50;

/// The parts of a text, each of at most `limit` characters; the text itself when one message holds it, or far too many would be needed.
/// Parts in which nothing can be seen are left out.
pub(crate) fn parts(text: &str, limit: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() && parts.len() <= MOST {
        let (part, behind) = rest.split_at(cut(rest, limit.max(1)));
        parts.push(part);
        rest = behind;
    }
    if parts.len() > MOST {
        return vec![text];
    }
    parts.retain(|part| MessageText::exact(part, usize::MAX).is_ok());
    if parts.is_empty() { vec![text] } else { parts }
}

/// Where the first part of a text ends: behind a line, or else behind a word, as long as that leaves it not much shorter than it may be.
fn cut(text: &str, limit: usize) -> usize {
    let Some((end, _)) = text.char_indices().nth(limit) else { return text.len() };
    // What comes next decides, too, so that no white space is left over for the part behind.
    let window = &text[..end];
    let behind = |part: &str| part.len() > end / 4 * 3;
    let lines = window.rfind('\n').map(|place| &window[..=place]).filter(|part| behind(part));
    let words = || {
        let (place, space) = window.char_indices().rev().find(|(_, letter)| letter.is_whitespace())?;
        Some(&window[..place + space.len_utf8()]).filter(|part| behind(part))
    };
    lines.or_else(words).map_or_else(|| between_letters(text, end), str::len)
}

/// The last place up to `end` at which no letter is taken from its marks, unless there is none.
fn between_letters(text: &str, end: usize) -> usize {
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    if cursor.is_boundary(text, 0).unwrap_or(true) {
        return end;
    }
    cursor.prev_boundary(text, 0).ok().flatten().filter(|place| *place > 0).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_one_part() {
        for text in ["", "hi", "äöüäö", " a  ", "\n\n"] {
            assert_eq!(parts(text, 5), [text]);
        }
    }

    #[test]
    fn a_text_is_cut_behind_lines_and_words() {
        assert_eq!(parts("one two three four", 10), ["one two ", "three four"]);
        assert_eq!(parts("12345678\nab cd", 11), ["12345678\n", "ab cd"]);
        assert_eq!(parts("1234567890abc", 5), ["12345", "67890", "abc"]);
    }

    #[test]
    fn no_letter_is_taken_from_its_marks() {
        assert_eq!(parts("abe\u{301}cd", 3), ["ab", "e\u{301}c", "d"]);
        assert_eq!(parts("ab👩‍👩‍👦c", 4), ["ab", "👩‍👩‍", "👦c"], "one that is longer than a message is cut");
    }

    #[test]
    fn nothing_is_lost_and_no_part_is_empty() {
        let text = format!("{}\n\n{}{}", "word ".repeat(700), "x".repeat(3000), " ".repeat(5000));
        let parts = parts(&text, 2000);
        assert!(parts.iter().all(|part| part.chars().count() <= 2000 && !part.trim().is_empty()));
        assert_eq!(parts.concat().trim_end(), text.trim_end());
    }

    #[test]
    fn what_would_become_a_flood_is_left_whole() {
        let text = "x".repeat(51);
        assert_eq!(parts(&text, 1), [text.as_str()]);
        assert_eq!(parts(&text[..50], 1).len(), 50);
    }
}
