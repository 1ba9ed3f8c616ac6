//! What single characters are.

use unicode_properties::{GeneralCategory, UnicodeEmoji as _, UnicodeGeneralCategory as _};

/// Whether a character shows nothing: `Default_Ignorable_Code_Point` of the Unicode Character Database (DerivedCoreProperties.txt),
/// and what looks like it in the fonts that there are: the anchors of annotations and of objects, and letters without ink.
pub(in crate::domain) fn is_blank(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}' | '\u{16FE4}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D159}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a character is for machines: it moves the cursor of a terminal, begins its commands, or is no character at all.
pub(super) fn is_control(character: char) -> bool {
    let code = u32::from(character);
    character.is_control() || matches!(code, 0xFDD0..=0xFDEF) || code & 0xFFFE == 0xFFFE
}

/// Whether a character gives the place where it stands a direction, without turning others.
pub(in crate::domain) fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}')
}

/// Whether a character is a letter of a script that is written from right to left.
pub(super) fn is_right_to_left(character: char) -> bool {
    let in_blocks = matches!(character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}'
        | '\u{1E800}'..='\u{1EFFF}');
    in_blocks && character.is_alphabetic() && !stacks(character)
}

/// The zero width joiner and non-joiner.
pub(in crate::domain) fn is_joiner(character: char) -> bool {
    matches!(character, '\u{200C}' | '\u{200D}')
}

/// Whether a character chooses among the forms of the one before it.
pub(in crate::domain) fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{180B}'..='\u{180F}' | '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether a character is put on the one before it, above, below or around it.
pub(in crate::domain) fn stacks(character: char) -> bool {
    matches!(character.general_category(), GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark)
}

/// Whether a character is shown as an emoji, or may become one: the blocks of pictures have room for those of later years.
pub(in crate::domain) fn is_emoji(character: char) -> bool {
    !character.is_ascii() && (character.is_emoji_char() || matches!(character, '\u{1F000}'..='\u{1FAFF}'))
}
