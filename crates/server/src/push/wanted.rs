//! Of what somebody wants to hear: the same rules as in the web client (`features/notifications/needed.ts`).

use chinwag_core::domain::{
    Millis, NotifyLevel, PushListener, PushMessage, PushNews, RoomNotifications, Seq, SessionId,
};
use chinwag_wire::rest::{NotificationSettings, QuietHours, Settings};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use unicode_normalization::UnicodeNormalization as _;
use unicode_script::{Script, UnicodeScript as _};

/// The messages of which anybody wants to be told, each with the devices.
pub(super) fn wanted(news: &PushNews, now: Millis) -> Vec<(Seq, Vec<SessionId>)> {
    let listeners: Vec<_> =
        news.listeners.iter().filter_map(|listener| Listening::of(listener, now)).collect();
    if listeners.is_empty() {
        return Vec::new();
    }
    let of_message = |message: &PushMessage| {
        let said = folded(&message.text);
        let wants = |listening: &&Listening<'_>| listening.wants(message, &said, news.is_conversation);
        let sessions: Vec<_> = listeners.iter().filter(wants).map(|it| it.listener.session).collect();
        (message.seq, sessions)
    };
    news.messages.iter().map(of_message).filter(|(_, sessions)| !sessions.is_empty()).collect()
}

/// Whether nobody is to be disturbed now.
pub(super) fn is_quiet(settings: &NotificationSettings, wish: &RoomNotifications, now: Millis) -> bool {
    wish.is_muted(now)
        || settings.paused_until.is_some_and(|until| until > now.0)
        || settings.quiet.as_ref().is_some_and(|quiet| is_within(quiet, now))
}

/// A device whose person may be told of something now.
struct Listening<'a> {
    listener: &'a PushListener,
    level: NotifyLevel,
    keywords: Vec<String>,
}

impl<'a> Listening<'a> {
    fn of(listener: &'a PushListener, now: Millis) -> Option<Self> {
        let settings = Settings::read(&listener.document).notifications;
        let level = listener.wish.level.unwrap_or_else(|| settings.level.into());
        if level == NotifyLevel::Nothing || is_quiet(&settings, &listener.wish, now) {
            return None;
        }
        let keywords = settings.keywords.iter().map(|word| folded(word)).collect();
        Some(Self { listener, level, keywords })
    }

    fn wants(&self, message: &PushMessage, said: &str, is_conversation: bool) -> bool {
        let PushListener { user, since, .. } = self.listener;
        if message.author == *user || message.at < *since {
            return false;
        }
        if message.calls_all || message.calls.contains(user) || has_keyword(said, &self.keywords) {
            return true;
        }
        match self.level {
            NotifyLevel::Nothing => false,
            NotifyLevel::Mentions => is_conversation && !message.in_thread,
            NotifyLevel::All => !message.in_thread,
        }
    }
}

fn is_within(QuietHours { from, to, zone }: &QuietHours, now: Millis) -> bool {
    let Ok(now) = Timestamp::from_millisecond(now.0) else { return false };
    let now = now.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC));
    let minute = u32::try_from(i32::from(now.hour()) * 60 + i32::from(now.minute())).unwrap_or_default();
    if from < to { (*from..*to).contains(&minute) } else { minute >= *from || minute < *to }
}

/// A text in which what looks or sounds alike is alike.
fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// Whether one of the words stands in a text by itself. Both are folded. Where words are not apart from each other it may stand anywhere.
fn has_keyword(said: &str, keywords: &[String]) -> bool {
    keywords.iter().any(|word| {
        said.match_indices(word.as_str()).any(|(at, found)| {
            let before = said.get(..at).and_then(|text| text.chars().next_back());
            let after = said.get(at + found.len()..).and_then(|text| text.chars().next());
            let begins_before = joins(before) && joins(word.chars().next());
            let ends_behind = joins(after) && joins(word.chars().next_back());
            !begins_before && !ends_behind
        })
    })
}

/// Whether a letter is of a script that puts a space between words.
fn joins(letter: Option<char>) -> bool {
    letter.is_some_and(|letter| {
        letter == '_'
            || letter.is_numeric()
            || [Script::Latin, Script::Greek, Script::Cyrillic].contains(&letter.script())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{RoomId, UserId};

    const NOTHING: [i64; 0] = [];
    const NOW: Millis = Millis(1_796_074_200_000);

    fn listener(user: i64, document: &str, wish: RoomNotifications) -> PushListener {
        let document = document.to_owned();
        PushListener { session: SessionId(user), user: UserId(user), since: Millis(100), document, wish }
    }

    fn message(seq: i64, text: &str) -> PushMessage {
        PushMessage {
            seq: Seq(seq),
            author: UserId(1),
            at: Millis(200),
            text: text.to_owned(),
            in_thread: false,
            calls_all: false,
            calls: Vec::new(),
        }
    }

    fn news(messages: Vec<PushMessage>, listeners: Vec<PushListener>) -> PushNews {
        let (room, since, head) = (RoomId(1), Seq(0), Seq(9));
        PushNews { room, is_conversation: false, since, head, messages, listeners }
    }

    /// Which messages a person with these settings wants, of a few that differ.
    fn heard(document: &str, wish: RoomNotifications, is_conversation: bool) -> Vec<i64> {
        let messages = vec![
            message(1, "for all"),
            PushMessage { calls: vec![UserId(2)], ..message(2, "for one") },
            PushMessage { calls_all: true, ..message(3, "for everybody") },
            PushMessage { in_thread: true, ..message(4, "aside") },
            PushMessage { in_thread: true, ..message(5, "tea, aside") },
            PushMessage { author: UserId(2), calls_all: true, ..message(6, "own") },
            PushMessage { at: Millis(50), calls_all: true, ..message(7, "before") },
        ];
        let news = news(messages, vec![listener(2, document, wish)]);
        wanted(&PushNews { is_conversation, ..news }, NOW).into_iter().map(|(seq, _)| seq.0).collect()
    }

    #[test]
    fn everybody_hears_what_was_wished_for() {
        let usual = RoomNotifications::default();
        let with = |notifications: &str| format!(r#"{{"notifications": {{{notifications}}}}}"#);
        assert_eq!(heard("", usual, false), [2, 3]);
        assert_eq!(heard("", usual, true), [1, 2, 3]);
        assert_eq!(heard(&with(r#""keywords": ["Tea"]"#), usual, false), [2, 3, 5]);
        assert_eq!(heard(&with(r#""level": "all""#), usual, false), [1, 2, 3]);
        assert_eq!(heard(&with(r#""level": "nothing""#), usual, true), NOTHING);
        let all = RoomNotifications { level: Some(NotifyLevel::All), muted_until: None };
        assert_eq!(heard(&with(r#""level": "nothing""#), all, false), [1, 2, 3]);
        let muted = RoomNotifications { level: None, muted_until: Some(Millis(NOW.0 + 1)) };
        assert_eq!(heard("", muted, true), NOTHING);
        let no_more = RoomNotifications { muted_until: Some(NOW), ..muted };
        assert_eq!(heard("", no_more, false), [2, 3]);
        assert_eq!(heard(&with(&format!(r#""pausedUntil": {}"#, NOW.0 + 1)), usual, true), NOTHING);
    }

    #[test]
    fn each_device_is_asked_for_itself() {
        let loud = r#"{"notifications": {"level": "all"}}"#;
        let usual = RoomNotifications::default();
        let listeners = vec![listener(2, loud, usual), listener(3, "", usual), listener(4, loud, usual)];
        let found = wanted(&news(vec![message(1, "hello")], listeners), NOW);
        assert_eq!(found, [(Seq(1), vec![SessionId(2), SessionId(4)])]);
    }

    #[test]
    fn a_keyword_stands_by_itself() {
        let found = |text: &str, word: &str| has_keyword(&folded(text), &[folded(word)]);
        assert!(
            found("Who wants TEA?", "tea") && found("steam and tea", "tea") && found("今日東京へ", "東京")
        );
        assert!(found("ｔｅａ", "tea") && found("trà đá", "Đá"));
        assert!(
            !found("steam", "tea") && !found("team", "tea") && !found("", "tea") && !found("ắtea", "tea")
        );
    }

    #[test]
    fn quiet_hours_go_by_the_clock_of_their_zone() {
        // Half past nine in the evening in London, an hour later in Berlin.
        let within = |from, to, zone: &str| is_within(&QuietHours { from, to, zone: zone.to_owned() }, NOW);
        assert!(within(22 * 60, 7 * 60, "Europe/Berlin") && !within(22 * 60, 7 * 60, "Europe/London"));
        assert!(within(21 * 60, 22 * 60, "UTC") && !within(9 * 60, 17 * 60, "UTC"));
    }
}
