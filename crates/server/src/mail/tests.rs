use super::{MailError, Mailer};
use crate::config::{Config, Mail, MailSecurity};

fn mailer(change: impl FnOnce(&mut Mail)) -> Result<Option<Mailer>, MailError> {
    let mut config =
        Config { public_url: "https://chat.example.org/team".parse().unwrap(), ..Config::default() };
    config.base_path = "/team".parse().unwrap();
    config.mail.host = "smtp.example.org".to_owned();
    config.mail.from = "Chat <chat@example.org>".to_owned();
    change(&mut config.mail);
    Mailer::of(&config)
}

fn refused(change: impl FnOnce(&mut Mail)) -> MailError {
    match mailer(change) {
        Ok(_) => panic!("it was taken"),
        Err(error) => error,
    }
}

#[test]
fn without_a_server_there_is_no_mail() {
    assert!(Mailer::of(&Config::default()).unwrap().is_none());
    let forgotten = |mail: &mut Mail| mail.host = String::new();
    assert!(matches!(refused(forgotten), MailError::NoHost));
}

#[test]
fn links_lead_to_the_page() {
    let mailer = mailer(|_| {}).unwrap().unwrap();
    assert_eq!(mailer.link("reset", "x"), "https://chat.example.org/team/#reset=x");
}

#[test]
fn what_does_not_fit_is_told() {
    assert!(matches!(refused(|mail| mail.from = "chat".to_owned()), MailError::From(_)));
    assert!(matches!(refused(|mail| mail.user = "me".to_owned()), MailError::HalfSignIn));
    let plain = |host: &'static str| {
        move |mail: &mut Mail| {
            (mail.user, mail.password) = ("me".to_owned(), "s3cret".parse().unwrap());
            (mail.security, mail.host) = (MailSecurity::None, host.to_owned());
        }
    };
    assert!(matches!(refused(plain("smtp.example.org")), MailError::PlainPassword));
    assert!(mailer(plain("127.0.0.1")).unwrap().is_some());
    let lost = |mail: &mut Mail| mail.password_file = "/nowhere/at/all".into();
    assert!(matches!(refused(lost), MailError::Unreadable(..)));
    let config = Config { public_url: Default::default(), ..Config::default() };
    let mut config = config;
    (config.mail.host, config.mail.from) = ("smtp".to_owned(), "chat@example.org".to_owned());
    assert!(matches!(Mailer::of(&config), Err(MailError::NoPublicUrl)));
}

#[test]
fn a_file_has_the_password() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("password");
    std::fs::write(&file, "s3cret\n").unwrap();
    let of_file = |mail: &mut Mail| {
        (mail.user, mail.password_file) = ("me".to_owned(), file.clone());
    };
    assert!(mailer(of_file).unwrap().is_some());
    let both = |mail: &mut Mail| {
        of_file(mail);
        mail.password = "other".parse().unwrap();
    };
    assert!(matches!(refused(both), MailError::TwoPasswords));
    std::fs::write(&file, "\n").unwrap();
    assert!(matches!(refused(of_file), MailError::HalfSignIn));
}
