use crate::domain::{Refusal, RoomSlug, UserName, visible_line};

/// What a person typed: a message, or a command that begins with `/`. The same in every protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedText<'a> {
    /// A text to be posted, with the white space around it. One that was typed with `//` begins with `/`.
    Message(&'a str),
    /// `/me waves`: what the person does, to be posted after the name.
    Action(&'a str),
    /// `/nick Alexandra`
    Nick(UserName),
    /// `/join tech`
    Join(RoomSlug),
    /// `/leave`
    Leave,
    /// `/who`
    Who,
    /// `/away`
    Away,
    /// `/remind 20m Tea is ready`: what the person is to be reminded of, and how many milliseconds later.
    Remind(i64, &'a str),
    /// `/logout`
    Logout,
    /// `/help`
    Help,
    /// Something is missing, or there is no such command: a sentence for the person alone.
    Hint(String),
}

/// Every command.
const COMMANDS: [&str; 9] = ["me", "nick", "join", "leave", "who", "away", "remind", "logout", "help"];

/// The answer to [`TypedText::Help`].
pub const HELP: &str = "/nick NAME gives you another name. /me TEXT says what you do. /join ROOM enters a room, /leave leaves this \
     one. /who tells who is here. /away shows you as away until you write. /remind 20m TEXT reminds you in 20 minutes, or 2h, 3d, 1w. /logout signs you out. A text that begins with / is sent \
     with // instead.";

impl<'a> TypedText<'a> {
    /// Reads what was typed where people know nothing of commands: a text that begins with `/` is one only when there is that command,
    /// and only before one of these `//` stands for `/`.
    ///
    /// # Errors
    /// Those of [`parse`](Self::parse).
    pub fn parse_known(text: &'a str) -> Result<Self, Refusal> {
        let begins = text.trim_start().strip_prefix('/').map(|rest| rest.strip_prefix('/').unwrap_or(rest));
        let word = begins.and_then(|rest| rest.split(char::is_whitespace).next()).unwrap_or_default();
        let is_command = COMMANDS.iter().any(|command| word.eq_ignore_ascii_case(command));
        if is_command { Self::parse(text) } else { Ok(Self::Message(text)) }
    }

    /// Reads what was typed.
    ///
    /// # Errors
    /// [`Refusal::NameInvalid`], [`Refusal::RoomInvalid`] for what follows a command.
    pub fn parse(text: &'a str) -> Result<Self, Refusal> {
        let Some(command) = text.trim().strip_prefix('/') else { return Ok(Self::Message(text)) };
        if command.starts_with('/') {
            return Ok(Self::Message(command));
        }
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim_start();
        Ok(match word.to_ascii_lowercase().as_str() {
            "me" if rest.is_empty() => Self::Hint("Say what you do: /me waves".to_owned()),
            "me" => Self::Action(rest),
            "nick" if rest.is_empty() => Self::Hint("Say which name you would like: /nick Alex".to_owned()),
            "nick" => Self::Nick(UserName::parse(rest)?),
            "join" if rest.is_empty() => Self::Hint("Say which room: /join general".to_owned()),
            "join" => Self::Join(RoomSlug::parse(rest)?),
            "leave" => Self::Leave,
            "who" => Self::Who,
            "away" => Self::Away,
            "remind" => remind(rest),
            "logout" => Self::Logout,
            "help" => Self::Help,
            _ => Self::Hint(unknown(word)),
        })
    }
}

/// Reads what follows `/remind`.
fn remind(rest: &str) -> TypedText<'_> {
    let parsed =
        rest.split_once(char::is_whitespace).and_then(|(when, text)| Some((span(when)?, text.trim())));
    match parsed.filter(|(_, text)| !text.is_empty()) {
        Some((span, text)) => TypedText::Remind(span, text),
        None => {
            TypedText::Hint("Say when and of what: /remind 20m Tea is ready. Also 2h, 3d and 1w.".to_owned())
        }
    }
}

/// A span of time in milliseconds: a number with `s`, `m`, `h`, `d` or `w` behind it.
fn span(text: &str) -> Option<i64> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "s" => 1,
        "m" | "min" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        "w" => 7 * 24 * 60 * 60,
        _ => return None,
    };
    let count: i64 = digits.parse::<u32>().ok()?.into();
    Some(count * unit * 1000)
}

fn unknown(word: &str) -> String {
    let shown: String = visible_line(word).chars().take(20).collect();
    format!("There is no command /{shown}. See /help; to send a text that begins with /, begin it with //.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> TypedText<'_> {
        TypedText::parse(text).unwrap()
    }

    #[test]
    fn text_is_a_message() {
        assert_eq!(parse(" Hello /nick "), TypedText::Message(" Hello /nick "));
        assert_eq!(parse(""), TypedText::Message(""));
    }

    #[test]
    fn two_slashes_are_one() {
        assert_eq!(parse("//nick"), TypedText::Message("/nick"));
        assert_eq!(parse(" ///"), TypedText::Message("//"));
    }

    #[test]
    fn commands_are_read_in_any_case() {
        assert_eq!(parse("/me  waves at you "), TypedText::Action("waves at you"));
        assert_eq!(parse(" /NICK Ada Lovelace"), TypedText::Nick(UserName::parse("Ada Lovelace").unwrap()));
        assert_eq!(parse("/Join #Tech"), TypedText::Join(RoomSlug::parse("tech").unwrap()));
        assert_eq!(parse("/join Комната 7"), TypedText::Join(RoomSlug::parse("комната-7").unwrap()));
        assert_eq!(parse("/leave"), TypedText::Leave);
        assert_eq!(parse("/who\n"), TypedText::Who);
        assert_eq!(parse("/away for lunch"), TypedText::Away);
        assert_eq!(parse("/remind 20m  Tea is ready "), TypedText::Remind(20 * 60_000, "Tea is ready"));
        assert_eq!(parse("/REMIND 2H x"), TypedText::Remind(2 * 3_600_000, "x"));
        assert_eq!(parse("/logout"), TypedText::Logout);
        assert_eq!(parse("/help"), TypedText::Help);
    }

    #[test]
    fn what_is_missing_or_unknown_is_hinted() {
        for text in [
            "/me",
            "/nick ",
            "/join",
            "/remind",
            "/remind 20m",
            "/remind 20 x",
            "/remind -1m x",
            "/remind soon x",
            "/",
            "/ hello",
            "/usr/bin/env",
            "/slap Sam",
        ] {
            assert!(matches!(parse(text), TypedText::Hint(_)), "{text}");
        }
        let TypedText::Hint(hint) = parse("/slap Sam") else { panic!("no hint") };
        assert!(hint.contains("/slap.") && hint.contains("/help"), "{hint}");
        let TypedText::Hint(hint) = parse("/\u{1b}[2J\u{202e}slap") else { panic!("no hint") };
        assert!(hint.contains("/[2Jslap."), "{hint:?}");
    }

    #[test]
    fn what_is_no_command_may_be_a_text() {
        for text in
            ["/etc/passwd is a file", "/", "/ hello", "/slap Sam", "// a comment", "//", " /usr", "/nickname"]
        {
            assert_eq!(TypedText::parse_known(text), Ok(TypedText::Message(text)));
        }
        for command in COMMANDS {
            for text in
                [format!("/{command}"), format!(" /{} x y", command.to_uppercase()), format!("//{command} x")]
            {
                let (known, parsed) = (TypedText::parse_known(&text), TypedText::parse(&text));
                assert_eq!(known, parsed, "{text}");
                assert!(
                    !matches!(parsed, Ok(TypedText::Hint(hint)) if hint.starts_with("There is no")),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn names_and_rooms_keep_their_rules() {
        assert!(matches!(TypedText::parse("/nick <b>"), Err(Refusal::NameInvalid(_))));
        assert!(matches!(TypedText::parse("/join ..."), Err(Refusal::RoomInvalid(_))));
    }
}
