//! Texts without the difference of upper and lower case.

use unicode_normalization::UnicodeNormalization as _;

/// A text in compatibility form (NFKC), with one case.
pub(super) fn folded(characters: impl Iterator<Item = char>) -> String {
    // By way of upper case: it brings together what has several lower cases or none that is alike (ς and σ, ß and ss).
    let upper = characters.nfkc().flat_map(char::to_lowercase).flat_map(char::to_uppercase);
    upper.flat_map(char::to_lowercase).nfkc().collect()
}
