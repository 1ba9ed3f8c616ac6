//! What of a text can be seen. One rule for names, titles, topics and messages: what shows nothing by itself is left out, unless it
//! shapes what stands beside it, as the joiners of an emoji or of Persian words do. So a text that is empty to the eye is empty,
//! and nothing in it controls a terminal or turns the direction of what stands around it.

mod characters;
mod joining;
mod marks;
#[cfg(test)]
pub(super) mod tests;

pub(super) use characters::{
    is_blank, is_direction_mark, is_emoji, is_joiner, is_variation_selector, stacks,
};

pub(super) use joining::is_tag;

use characters::{is_control, is_right_to_left};
use std::borrow::Cow;

/// What can be seen of a text of several lines. Every way to end a line is a line feed.
#[must_use]
pub fn visible_text(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    let mut writer = Writer::new(text);
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        writer.take(character, rest.as_str());
    }
    Cow::Owned(writer.out)
}

/// Whether a text has U+0000, at which much software takes a text to end, and which PostgreSQL stores in none. Who sends it has a defect to find,
/// so that it is refused and not left out as other controls are.
pub(super) fn has_nul(text: &str) -> bool {
    text.as_bytes().contains(&0)
}

/// What can be seen of a text that stands on one line. White space is a single space, and there is none around it.
#[must_use]
pub fn visible_line(text: &str) -> String {
    // White space first: no mark stands on what is folded or taken off.
    let text = visible_text(text);
    text.split(|character: char| character.is_whitespace() || is_braille_blank(character))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Builds what can be seen.
struct Writer {
    out: String,
    /// What was written last.
    last: Option<char>,
    /// The last character that stands by itself, on which marks are put; none behind white space.
    base: Option<char>,
    /// Marks that were put on it.
    marks: usize,
    has_right_to_left: bool,
    has_braille: bool,
}

impl Writer {
    fn new(text: &str) -> Self {
        Self {
            out: String::with_capacity(text.len()),
            last: None,
            base: None,
            marks: 0,
            has_right_to_left: text.chars().any(is_right_to_left),
            has_braille: text.chars().any(|character| matches!(character, '\u{2801}'..='\u{28FF}')),
        }
    }

    /// Takes one character of a text, behind which comes `rest`.
    fn take(&mut self, character: char, rest: &str) {
        match character {
            '\r' if rest.starts_with('\n') => {}
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.space('\n'),
            '\t' => self.space('\t'),
            _ if is_control(character) => {}
            _ if is_direction_mark(character) => {
                if self.has_right_to_left && !self.last.is_some_and(is_direction_mark) {
                    self.push(character);
                }
            }
            _ if is_joiner(character) => {
                if joining::joins(self.last, self.base, character, rest.chars().next()) {
                    self.push(character);
                }
            }
            _ if is_variation_selector(character) => {
                if self.base.is_some() && joining::varies(self.last, character) {
                    self.push(character);
                }
            }
            _ if joining::is_tag(character) => {
                if let Some(tags) = joining::flag_tags(self.last, character, rest) {
                    self.out.push_str(&tags);
                    self.last = tags.chars().last();
                }
            }
            _ if is_braille_blank(character) => {
                if self.has_braille {
                    self.space(character);
                }
            }
            _ if is_blank(character) => {}
            _ if stacks(character) => {
                if self.base.is_some() && marks::fits(self.last, self.marks, character) {
                    self.marks += 1;
                    self.push(character);
                }
            }
            _ if character.is_whitespace() => self.space(character),
            _ => {
                (self.base, self.marks) = (Some(character), 0);
                self.push(character);
            }
        }
    }

    fn space(&mut self, character: char) {
        (self.base, self.marks) = (None, 0);
        self.push(character);
    }

    fn push(&mut self, character: char) {
        self.out.push(character);
        self.last = Some(character);
    }
}

/// The cell of braille without a dot: white space among braille, and nothing elsewhere.
fn is_braille_blank(character: char) -> bool {
    character == '\u{2800}'
}
