use crate::domain::visible_line;

/// Characters of a name at most. Beyond that its middle is left out, so that its ending stays.
const LONGEST: usize = 100;
/// Characters of an ending that is kept whole.
const ENDING: usize = 12;
/// What a file is called that has no name.
const NAMELESS: &str = "file";

/// What a file is called: one line without folders, without what turns the order of letters, and not too long. Whatever a program says
/// its file is called, there is such a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// Makes a name of what a file is called elsewhere.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let last = text.rsplit(['/', '\\']).find(|part| !part.trim().is_empty()).unwrap_or_default();
        let seen: String = visible_line(last).chars().filter(|character| is_plain(*character)).collect();
        // A file without a name in front of its ending is hidden in some folders.
        let name = seen.trim_matches(|character: char| character.is_whitespace() || character == '.');
        Self(if name.is_empty() { NAMELESS.to_owned() } else { shortened(name) })
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a character may stand in a name of a file on every system, and turns no others.
fn is_plain(character: char) -> bool {
    let is_turning = matches!(character, '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}');
    !is_turning && !character.is_control() && !matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*')
}

fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= LONGEST {
        return name.to_owned();
    }
    let ending = name.rfind('.').map(|dot| &name[dot..]).filter(|ending| ending.chars().count() <= ENDING);
    let ending = ending.unwrap_or_default();
    let begin: String = name.chars().take(LONGEST - ending.chars().count() - 1).collect();
    format!("{begin}…{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_without_folders() {
        for (told, name) in [
            ("cat.png", "cat.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\cat.png", "cat.png"),
            ("/", "file"),
            ("..", "file"),
            (".bashrc", "bashrc"),
            ("a\nb\0c\u{1b}.txt", "abc.txt"),
            ("photo\u{202e}gnp.exe", "photognp.exe"),
            ("\u{2067}x\u{2069}", "x"),
            ("a:b?.txt", "ab.txt"),
            ("  ", "file"),
            ("猫 и кот.png", "猫 и кот.png"),
        ] {
            assert_eq!(FileName::of(told).as_str().replace(' ', ""), name.replace(' ', ""), "{told:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_ending() {
        let name = FileName::of(&format!("{}.tar.gz", "x".repeat(300)));
        assert_eq!(name.as_str().chars().count(), LONGEST);
        assert!(name.as_str().ends_with("….gz"));
        assert_eq!(FileName::of(&"y".repeat(300)).as_str().chars().count(), LONGEST);
    }
}
