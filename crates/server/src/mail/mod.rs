//! Mail to people, by a server that the operator names (SMTP).

mod error;
mod text;

pub use error::MailError;
pub(crate) use text::{MailText, Spoken};

use crate::config::{Config, Mail, MailSecurity};
use chinwag_core::domain::{Email, Refusal};
use error::MailFailure;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// In which a mail is taken, or not sent: whoever waits for it does not wait longer.
const TIME: Duration = Duration::from_secs(15);
/// Requests for mails that are carried out at once.
const AT_ONCE: usize = 16;

/// Sends mail.
pub(crate) struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    /// Where links lead, up to their `#`.
    page: String,
    turns: Arc<Semaphore>,
}

impl Mailer {
    /// Who sends mail by this configuration, if anybody does.
    ///
    /// # Errors
    /// [`MailError`].
    pub(crate) fn of(config: &Config) -> Result<Option<Self>, MailError> {
        let Mail { host, port, security, user, from, .. } = &config.mail;
        let (host, user) = (host.trim().to_owned(), user.trim().to_owned());
        let password = password(&config.mail)?;
        if host.is_empty() {
            let is_without = user.is_empty() && password.is_none() && from.is_empty();
            return if is_without { Ok(None) } else { Err(MailError::NoHost) };
        }
        let from: Mailbox = from.trim().parse().map_err(|_| MailError::From(from.clone()))?;
        let page = config.public_link("").ok_or(MailError::NoPublicUrl)?;
        let (tls, usual) = match security {
            MailSecurity::Starttls => (Tls::Required(TlsParameters::new(host.clone())?), 587),
            MailSecurity::Tls => (Tls::Wrapper(TlsParameters::new(host.clone())?), 465),
            MailSecurity::None => (Tls::None, 25),
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.clone())
            .port(if *port == 0 { usual } else { *port })
            .tls(tls)
            .hello_name(ClientId::Domain(from.email.domain().to_owned()))
            .timeout(Some(TIME));
        match (user.is_empty(), password) {
            (true, None) => {}
            (false, Some(_)) if *security == MailSecurity::None && !is_here(&host) => {
                return Err(MailError::PlainPassword);
            }
            (false, Some(password)) => transport = transport.credentials(Credentials::new(user, password)),
            (true, Some(_)) | (false, None) => return Err(MailError::HalfSignIn),
        }
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        Ok(Some(Self { transport: transport.build(), from, page, turns }))
    }

    /// The page with a code behind its `#`, which no request carries and no log has.
    pub(crate) fn link(&self, kind: &str, code: &str) -> String {
        format!("{}#{kind}={code}", self.page)
    }

    /// Leave to have mails be sent beside the request that asks for them.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when as many wait as may.
    pub(crate) fn turn(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        Arc::clone(&self.turns).try_acquire_owned().map_err(|_| Refusal::Busy)
    }

    /// Sends a mail, and answers when the server for mail has taken it.
    ///
    /// # Errors
    /// [`MailFailure`].
    pub(crate) async fn send(&self, to: &Email, text: &MailText) -> Result<(), MailFailure> {
        let id = format!("<{:032x}@{}>", rand::random::<u128>(), self.from.email.domain());
        // Nobody's holidays are to be told to it.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.as_str().parse()?))
            .subject(&text.subject)
            .message_id(Some(id))
            .date_now()
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(text.body.clone())?;
        match tokio::time::timeout(TIME, self.transport.send(message)).await {
            Ok(taken) => taken.map(|_| ()).map_err(MailFailure::from),
            Err(_) => Err(MailFailure::Time),
        }
    }
}

fn password(mail: &Mail) -> Result<Option<String>, MailError> {
    let file = &mail.password_file;
    match (mail.password.text(), file.as_os_str().is_empty()) {
        ("", true) => Ok(None),
        (password, true) => Ok(Some(password.to_owned())),
        ("", false) => {
            let text = std::fs::read_to_string(file);
            let text = text.map_err(|error| MailError::Unreadable(file.clone(), error))?;
            // An editor ends the line.
            Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()).filter(|text| !text.is_empty()))
        }
        (_, false) => Err(MailError::TwoPasswords),
    }
}

/// Whether what is said to it does not leave this machine.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
