//! Stacks of marks: as high as scripts need them, and no higher, so that they cover no other line.

use unicode_script::{Script, UnicodeScript as _};

/// Whether one more mark may be put on a letter that has `count` of them, of which `last` is the last one.
pub(super) fn fits(last: Option<char>, count: usize, mark: char) -> bool {
    let script = mark.script();
    let is_shared = matches!(script, Script::Inherited | Script::Common);
    // No script puts a mark of its own twice on one letter.
    count < most(script) && (is_shared || last != Some(mark))
}

fn most(script: Script) -> usize {
    if script == Script::Tibetan {
        8
    } else if matches!(
        script,
        Script::Balinese | Script::Javanese | Script::Khmer | Script::Myanmar | Script::Tai_Tham
    ) {
        6
    } else if matches!(script, Script::Arabic | Script::Hebrew | Script::Syriac) {
        4
    } else {
        3
    }
}
