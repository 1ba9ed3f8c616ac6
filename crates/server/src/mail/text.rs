use axum::http::{HeaderMap, header};

/// What a mail says.
pub(crate) struct MailText {
    pub(super) subject: String,
    pub(super) body: String,
}

/// The languages in which mail is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spoken {
    English,
    German,
}

impl Spoken {
    /// That of the browser that asks for the mail.
    pub(crate) fn by(headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let first = wanted.unwrap_or_default().split([',', ';', '-']).next().unwrap_or_default();
        if first.trim().eq_ignore_ascii_case("de") { Self::German } else { Self::English }
    }
}

impl MailText {
    /// An invitation by somebody who is called so.
    pub(crate) fn invitation(by: &str, link: &str, language: Spoken) -> Self {
        let (subject, body) = match language {
            Spoken::English => (
                format!("{by} invites you to a chat"),
                format!(
                    "Hello,\n\n{by} invites you to a chat. Come in here:\n\n{link}\n\nIf you do not know who that is, leave this mail alone.\n"
                ),
            ),
            Spoken::German => (
                format!("{by} lädt dich in einen Chat ein"),
                format!(
                    "Hallo,\n\n{by} lädt dich in einen Chat ein. Hier geht es hinein:\n\n{link}\n\nWenn du nicht weißt, wer das ist, lass diese Mail einfach liegen.\n"
                ),
            ),
        };
        Self { subject, body }
    }

    /// A way in for whoever signs in by this name and lost the password.
    pub(crate) fn reset(login: &str, link: &str, language: Spoken) -> Self {
        let (subject, body) = match language {
            Spoken::English => (
                "Set a new password".to_owned(),
                format!(
                    "Hello {login},\n\nsomebody, probably you, wants to set a new password for this account. You do that here, within an hour:\n\n{link}\n\nThen you are signed out everywhere else. If it was not you, leave this mail alone: nothing has changed.\n"
                ),
            ),
            Spoken::German => (
                "Neues Passwort setzen".to_owned(),
                format!(
                    "Hallo {login},\n\njemand, wahrscheinlich du, möchte für dieses Konto ein neues Passwort setzen. Das geht hier, innerhalb einer Stunde:\n\n{link}\n\nDanach bist du überall sonst abgemeldet. Wenn du es nicht warst, lass diese Mail einfach liegen: Es hat sich nichts geändert.\n"
                ),
            ),
        };
        Self { subject, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_says_the_language() {
        for (wanted, language) in [
            ("de", Spoken::German),
            ("de-AT,de;q=0.9,en;q=0.8", Spoken::German),
            ("en-US,de;q=0.5", Spoken::English),
            ("den", Spoken::English),
            ("", Spoken::English),
        ] {
            let headers = HeaderMap::from_iter([(header::ACCEPT_LANGUAGE, wanted.parse().unwrap())]);
            assert_eq!(Spoken::by(&headers), language, "{wanted}");
        }
        assert_eq!(Spoken::by(&HeaderMap::new()), Spoken::English);
    }
}
