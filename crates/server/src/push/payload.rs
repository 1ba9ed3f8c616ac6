//! What is pushed: in the form that a browser shows by itself (Declarative Web Push), and that the client's service worker reads as well.

use super::encrypt::LONGEST;
use chinwag_core::domain::{DuePush, PushTarget};
use chinwag_wire::rest::{Language, Settings};
use serde_json::json;

/// Characters of a message that are pushed at most.
const TEXT: usize = 300;

/// Something to be shown on a device.
pub(crate) struct Payload {
    title: String,
    body: String,
    /// What a later one takes the place of, on the device and at the push service.
    topic: String,
    navigate: String,
    language: Spoken,
}

/// The languages in which a push speaks.
#[derive(Clone, Copy)]
enum Spoken {
    English,
    German,
}

impl Spoken {
    /// That of a person, or else of a browser.
    fn of(settings: &Settings, target: &PushTarget) -> Self {
        match settings.look.language.unwrap_or(Language::System) {
            Language::English => Self::English,
            Language::German => Self::German,
            Language::System if target.language.split('-').next() == Some("de") => Self::German,
            Language::System => Self::English,
        }
    }
}

impl Payload {
    /// What tells of a message; its text for those alone who want that.
    pub(super) fn of(push: &DuePush, settings: &Settings) -> Self {
        let language = Spoken::of(settings, &push.target);
        let room = match &push.slug {
            Some(slug) => Some(format!("#{slug}")),
            None => Some(push.title.clone()).filter(|title| !title.is_empty()),
        };
        let title = match room {
            Some(room) => format!("{} in {room}", push.author),
            None => push.author.clone(),
        };
        let address = push.slug.clone().unwrap_or_else(|| format!("~{}", push.room.0));
        Self {
            title,
            body: body(push, settings.notifications.show_text, language),
            navigate: format!("{}rooms/{address}/{}", push.target.page, push.seq.0),
            topic: format!("room-{}", push.room.0),
            language,
        }
    }

    /// What somebody asks for to see whether it works.
    pub(crate) fn test(target: &PushTarget, settings: &Settings) -> Self {
        let language = Spoken::of(settings, target);
        let body = match language {
            Spoken::English => "This is what a notification looks like.",
            Spoken::German => "So sieht eine Mitteilung aus.",
        };
        Self {
            title: "Chinwag".to_owned(),
            body: body.to_owned(),
            topic: "test".to_owned(),
            navigate: target.page.clone(),
            language,
        }
    }

    pub(super) fn topic(&self) -> &str {
        &self.topic
    }

    pub(super) fn json(&self) -> Vec<u8> {
        let whole = self.json_with(&self.body);
        if whole.len() > LONGEST { self.json_with("") } else { whole }
    }

    fn json_with(&self, body: &str) -> Vec<u8> {
        let Self { title, topic, navigate, language, .. } = self;
        let lang = match language {
            Spoken::English => "en",
            Spoken::German => "de",
        };
        let notification = json!({
            "title": title, "body": body, "tag": topic, "navigate": navigate, "lang": lang, "silent": false
        });
        json!({"web_push": 8030, "notification": notification}).to_string().into_bytes()
    }
}

fn body(push: &DuePush, show_text: bool, language: Spoken) -> String {
    if show_text && !push.text.is_empty() {
        let text = shortened(&push.text);
        return if push.count == 1 { text } else { format!("{text} (+{})", push.count - 1) };
    }
    match (push.count, language) {
        (1, Spoken::English) => "New message".to_owned(),
        (1, Spoken::German) => "Neue Nachricht".to_owned(),
        (count, Spoken::English) => format!("{count} new messages"),
        (count, Spoken::German) => format!("{count} neue Nachrichten"),
    }
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(TEXT) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chinwag_core::domain::{RoomId, RoomNotifications, Seq, SessionId, UserId};
    use serde_json::Value;

    fn push(slug: Option<&str>, title: &str, text: &str, count: u32) -> DuePush {
        let page = "https://chat.example/".to_owned();
        DuePush {
            session: SessionId(1),
            user: UserId(2),
            target: PushTarget {
                endpoint: String::new(),
                key: Vec::new(),
                secret: Vec::new(),
                page,
                language: "de-AT".to_owned(),
            },
            room: RoomId(7),
            slug: slug.map(str::to_owned),
            title: title.to_owned(),
            seq: Seq(12),
            author: "Alex".to_owned(),
            text: text.to_owned(),
            count,
            tries: 1,
            document: String::new(),
            wish: RoomNotifications::default(),
        }
    }

    fn shown(push: &DuePush, settings: &str) -> Value {
        let payload = Payload::of(push, &Settings::read(settings)).json();
        assert!(payload.len() <= LONGEST);
        let mut whole: Value = serde_json::from_slice(&payload).unwrap();
        whole["notification"].take()
    }

    const WITH_TEXT: &str = r#"{"look": {"language": "de"}, "notifications": {"showText": true}}"#;

    #[test]
    fn the_text_is_for_those_who_asked_for_it() {
        let one = push(Some("general"), "General", "tea\n is  ready", 1);
        let told = shown(&one, "");
        assert_eq!((&told["title"], &told["body"]), (&json!("Alex in #general"), &json!("Neue Nachricht")));
        assert_eq!(told["navigate"], "https://chat.example/rooms/general/12");
        assert_eq!(shown(&one, WITH_TEXT)["body"], "tea is ready");
        let more = push(None, "", "tea", 3);
        let told = shown(&more, WITH_TEXT);
        assert_eq!((&told["title"], &told["body"]), (&json!("Alex"), &json!("tea (+2)")));
        assert_eq!(
            (&told["navigate"], &told["lang"]),
            (&json!("https://chat.example/rooms/~7/12"), &json!("de"))
        );
        assert_eq!(shown(&more, r#"{"look": {"language": "en"}}"#)["body"], "3 new messages");
        assert_eq!(shown(&push(None, "Plans", "", 1), WITH_TEXT)["body"], "Neue Nachricht");
    }

    #[test]
    fn a_long_text_is_cut_at_a_letter() {
        let told = shown(&push(None, "Plans", &"é".repeat(2000), 1), WITH_TEXT);
        assert_eq!(told["body"], format!("{}…", "é".repeat(TEXT)));
        // Each of these letters is written with four bytes.
        assert!(
            !shown(&push(None, "Plans", &"🍵".repeat(2000), 1), WITH_TEXT)["body"]
                .as_str()
                .unwrap()
                .is_empty()
        );
    }
}
