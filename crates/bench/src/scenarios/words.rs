//! Texts like those of people: few words are frequent and many are rare, some of them without spaces between them.

/// Different words.
const WORDS: u64 = 20_000;
/// A word that stands in one message of [`RARE_EVERY`].
pub(super) const RARE: &str = "quokkaberry";
pub(super) const RARE_EVERY: usize = 10_000;
/// A word that stands in many.
pub(super) const FREQUENT: &str = "meeting";
/// Two characters that stand in one message of a hundred, without spaces around them.
pub(super) const CHARACTERS: &str = "京都";

const SYLLABLES: [&str; 32] = [
    "ba", "con", "di", "el", "fo", "gra", "hin", "ip", "ju", "ka", "len", "mo", "nar", "ost", "pe", "qui",
    "ra", "sto", "tu", "ul", "vin", "wa", "xe", "yor", "zi", "cha", "ble", "tri", "ster", "ing", "ma", "no",
];

/// Numbers that are the same in each run, and follow no pattern.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % end
    }
}

/// The text of the message with this number: about 12 words.
pub(super) fn text(number: usize) -> String {
    let mut dice = Dice(number as u64);
    let mut text = String::new();
    for _ in 0..6 + dice.below(12) {
        // The product of two is mostly small: the first words are the frequent ones.
        let word = dice.below(WORDS) * dice.below(WORDS) / WORDS;
        push_word(&mut text, word);
    }
    if dice.below(10) == 0 {
        text.push_str(FREQUENT);
    }
    if dice.below(100) == 0 {
        text.push_str("明日は京都で会いましょう");
    }
    if number % RARE_EVERY == RARE_EVERY / 2 {
        text.push(' ');
        text.push_str(RARE);
    }
    text
}

fn push_word(text: &mut String, word: u64) {
    let mut dice = Dice(word);
    for _ in 0..1 + dice.below(4) {
        text.push_str(SYLLABLES[dice.below(SYLLABLES.len() as u64) as usize]);
    }
    text.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_each_time_and_have_what_is_looked_for() {
        let texts: Vec<_> = (0..RARE_EVERY).map(text).collect();
        assert_eq!(texts[7], text(7));
        let with = |word: &str| texts.iter().filter(|text| text.contains(word)).count();
        assert_eq!(with(RARE), 1);
        assert!(with(FREQUENT) > RARE_EVERY / 20 && with(CHARACTERS) > RARE_EVERY / 200);
    }
}
