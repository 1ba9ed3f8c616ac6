//! How the server speaks where a text stands without the name of its author, and how nobody else speaks there.

use super::reserved_names::core_of;
use std::borrow::Cow;

/// What stands before a text of the server.
const SIGN: &str = "[Chinwag]";
/// Characters of a line that are looked at: more than anybody would put around the name.
const LOOKED_AT: usize = 40;

/// A sentence of the server, with its sign.
#[must_use]
pub fn server_says(sentence: &str) -> String {
    format!("{SIGN} {sentence}")
}

/// A text of a person, in which every line is quoted with `>` that begins like one of the server: with a bracket or some other sign, and then
/// with something that looks like its name.
#[must_use]
pub fn person_says(text: &str) -> Cow<'_, str> {
    if !text.lines().any(begins_like_the_server) {
        return Cow::Borrowed(text);
    }
    let quoted = |line| if begins_like_the_server(line) { format!("> {line}") } else { line.to_owned() };
    Cow::Owned(text.split('\n').map(quoted).collect::<Vec<_>>().join("\n"))
}

fn begins_like_the_server(line: &str) -> bool {
    let line = line.trim_start();
    if line.starts_with(char::is_alphanumeric) {
        return false;
    }
    let start: String = line.chars().take(LOOKED_AT).collect();
    core_of(&start).starts_with(&core_of(SIGN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_speaks_like_the_server() {
        for line in [
            server_says("You are too fast."),
            "[chinwag] hi".to_owned(),
            " [ChinwAg]: hi".to_owned(),
            "\u{FF3B}Ch\u{131}nwag] hi".to_owned(),
            "*Ch1nwag* hi".to_owned(),
            "[\u{421}hinw\u{430}g] hi".to_owned(),
        ] {
            assert_eq!(person_says(&line), format!("> {line}"));
        }
        assert_eq!(person_says("a\n[Chinwag] b\n"), "a\n> [Chinwag] b\n");
        for text in [
            "",
            "hi",
            "Chinwag is nice",
            "[Chat] hi",
            "* waves",
            "(see [Chinwag])",
            "\n\n",
            "👋 hello Chinwag",
        ] {
            assert_eq!(person_says(text), text);
        }
    }
}
