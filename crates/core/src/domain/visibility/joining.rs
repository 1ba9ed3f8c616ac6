//! What shows nothing itself, and is needed where it shapes what stands beside it.

use super::characters::{is_emoji, is_variation_selector};
use unicode_properties::UnicodeEmoji as _;
use unicode_script::{Script, UnicodeScript as _};

/// The emoji that flags of regions begin with.
const BLACK_FLAG: char = '\u{1F3F4}';
const CANCEL_TAG: char = '\u{E007F}';
/// Tags of the longest name of a region, and some more.
const MOST_TAGS: usize = 8;

/// Whether a joiner has something to do between `last` and `next`: it joins emoji, or decides how a letter of a script meets the next
/// one, if there is one. `base` is the letter on which the last marks stand.
pub(super) fn joins(last: Option<char>, base: Option<char>, joiner: char, next: Option<char>) -> bool {
    let (Some(last), Some(base)) = (last, base) else { return false };
    if is_emoji(base) {
        let behind_emoji = is_emoji(last) || is_variation_selector(last);
        return joiner == '\u{200D}' && behind_emoji && next.is_some_and(is_emoji);
    }
    (last == base || super::stacks(last) || last.script() == base.script()) && has_joined_forms(base.script())
}

/// Whether `selector` can choose a form of `last`.
pub(super) fn varies(last: Option<char>, selector: char) -> bool {
    let Some(last) = last else { return false };
    match selector {
        '\u{FE0E}'..='\u{FE0F}' => last.is_emoji_char() || is_emoji(last),
        '\u{FE00}'..='\u{FE0D}' => {
            !last.is_ascii() && !last.is_whitespace() && !super::stacks(last) && !super::is_blank(last)
        }
        '\u{E0100}'..='\u{E01EF}' => last.script() == Script::Han,
        _ => last.script() == Script::Mongolian && !super::is_blank(last),
    }
}

/// Whether a character is part of what names the region of a flag.
pub(in crate::domain) fn is_tag(character: char) -> bool {
    matches!(character, '\u{E0020}'..='\u{E007F}')
}

/// The tags of a flag, of which `first` is the first one, when it is one.
pub(super) fn flag_tags(last: Option<char>, first: char, rest: &str) -> Option<String> {
    if last != Some(BLACK_FLAG) || first == CANCEL_TAG {
        return None;
    }
    // No further than a flag may go: a text of tags alone is read once, not once for each of them.
    let tags = std::iter::once(first).chain(rest.chars()).take(MOST_TAGS + 1);
    let tags: String = tags.take_while(|next| is_tag(*next)).collect();
    let (name, _) = tags.split_once(CANCEL_TAG)?;
    Some(format!("{name}{CANCEL_TAG}"))
}

/// Scripts in which a letter has another form beside the next one, or is put on it.
fn has_joined_forms(script: Script) -> bool {
    matches!(
        script,
        Script::Adlam
            | Script::Arabic
            | Script::Balinese
            | Script::Bengali
            | Script::Chakma
            | Script::Devanagari
            | Script::Grantha
            | Script::Gujarati
            | Script::Gurmukhi
            | Script::Hanifi_Rohingya
            | Script::Javanese
            | Script::Kannada
            | Script::Khmer
            | Script::Malayalam
            | Script::Mandaic
            | Script::Manichaean
            | Script::Meetei_Mayek
            | Script::Mongolian
            | Script::Myanmar
            | Script::Newa
            | Script::Nko
            | Script::Oriya
            | Script::Phags_Pa
            | Script::Sinhala
            | Script::Sogdian
            | Script::Sundanese
            | Script::Syriac
            | Script::Tai_Tham
            | Script::Tamil
            | Script::Telugu
            | Script::Tibetan
            | Script::Tirhuta
    )
}
