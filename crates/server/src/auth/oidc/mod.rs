//! Signing in by a provider that the operator chose (OpenID Connect Core 1.0): the authorization code flow with PKCE.

mod discovery;
mod error;
mod http;
mod id_token;
mod pending;
mod person;
#[cfg(test)]
mod tests;

pub use error::OidcError;
pub(crate) use error::SignInFailure;
pub(crate) use pending::Pending;

use crate::config::{Config, CreateAccounts, Oidc};
use axum::http::uri::Scheme;
use axum::http::{HeaderValue, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chinwag_core::chat::{ProvidedPerson, ProviderPolicy, TakenAlong};
use chinwag_core::domain::Millis;
use chinwag_core::ports::ProviderAccounts;
use discovery::Discovered;
use form_urlencoded::{Serializer, byte_serialize};
use http::HttpClient;
use id_token::{Claims, Expected, Rejection};
use parking_lot::Mutex;
use person::Mapping;
use serde::Deserialize;
use std::net::IpAddr;
use std::sync::Arc;

/// After how long the provider is asked anew what it says of itself, in milliseconds.
const GOOD_FOR_MS: i64 = 60 * 60 * 1000;
/// How often it is asked at most because of a key that is unknown, or of no answer, in milliseconds.
const AGAIN_MS: i64 = 2 * 1000;

/// A provider, as this server knows it.
pub(crate) struct Provider {
    pub(crate) name: String,
    issuer: String,
    client: String,
    secret: Option<String>,
    scope: String,
    redirect: String,
    mapping: Mapping,
    accounts: ProviderAccounts,
    http: HttpClient,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    discovered: Option<Arc<Discovered>>,
    asked_at: Option<Millis>,
}

/// What a provider brings in the address to which it leads back.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
    access_token: Option<String>,
    error: Option<String>,
}

impl Provider {
    /// As the configuration says; none when it names no provider. Nobody is asked anything yet.
    ///
    /// # Errors
    /// [`OidcError`], which repeats no secret.
    pub(crate) fn of(config: &Config) -> Result<Option<Self>, OidcError> {
        let Oidc { issuer, client_id, only, roles, .. } = &config.oidc;
        let (issuer, client) = (issuer.trim().to_owned(), client_id.trim().to_owned());
        let secret = secret(&config.oidc)?;
        if issuer.is_empty() {
            let is_without = client.is_empty() && secret.is_none() && !only;
            return if is_without { Ok(None) } else { Err(OidcError::NoIssuer) };
        }
        if !is_trustworthy(&issuer) {
            return Err(OidcError::WrongIssuer(issuer));
        }
        if client.is_empty() {
            return Err(OidcError::NoClient);
        }
        let redirect = config.public_link("api/oidc/callback").ok_or(OidcError::NoPublicUrl)?;
        let Oidc { name, name_claim, groups_claim, .. } = config.oidc.clone();
        Ok(Some(Self {
            name,
            issuer,
            client,
            secret,
            scope: scope(&config.oidc.scopes),
            redirect,
            mapping: Mapping { name_claim, groups_claim, roles: roles.clone() },
            accounts: match config.oidc.create {
                CreateAccounts::Invited => ProviderAccounts::Invited,
                CreateAccounts::Always => ProviderAccounts::Always,
                CreateAccounts::Never => ProviderAccounts::Never,
            },
            http: HttpClient::default(),
            known: Mutex::default(),
        }))
    }

    /// What the operator lets the provider say.
    pub(crate) fn policy(&self) -> ProviderPolicy {
        ProviderPolicy { accounts: self.accounts, highest: self.mapping.highest() }
    }

    /// Begins a sign-in. Answers where the person goes now, and what the browser keeps meanwhile.
    pub(crate) async fn begin(
        &self,
        along: TakenAlong,
        now: Millis,
    ) -> Result<(String, Pending), SignInFailure> {
        let discovered = self.discovered(now).await?;
        let pending = Pending::new(along, now);
        let query = Serializer::new(String::new())
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("scope", &self.scope)
            .append_pair("state", &pending.state)
            .append_pair("nonce", &pending.nonce)
            .append_pair("code_challenge", &pending.challenge())
            .append_pair("code_challenge_method", "S256")
            .finish();
        let place = &discovered.authorization;
        let separator = if place.query().is_some() { '&' } else { '?' };
        Ok((format!("{place}{separator}{query}"), pending))
    }

    /// Finishes the sign-in that a browser has begun: who it is, by what the provider says.
    pub(crate) async fn finish(
        &self,
        answer: Answer,
        pending: Option<&Pending>,
        now: Millis,
    ) -> Result<ProvidedPerson, SignInFailure> {
        // Whoever did not begin here is told nothing more, and the provider is not asked.
        let begun = pending.filter(|pending| answer.state.as_deref() == Some(pending.state.as_str()));
        let pending = begun.ok_or(SignInFailure::Stale)?;
        if answer.iss.is_some_and(|issuer| issuer != self.issuer) {
            return Err(Rejection::AnotherProvider.into());
        }
        if let Some(error) = answer.error {
            let is_denied = error == "access_denied";
            return Err(if is_denied { SignInFailure::Denied(error) } else { SignInFailure::Refused(error) });
        }
        let code = answer.code.ok_or_else(|| SignInFailure::Refused("there is no code".to_owned()))?;
        let discovered = self.discovered(now).await?;
        let tokens = self.exchange(&discovered, &code, &pending.verifier).await?;
        let id_token = match (tokens.id_token, tokens.error) {
            (Some(token), None) => token,
            (_, Some(error)) => return Err(SignInFailure::Refused(error)),
            (None, None) => return Err(SignInFailure::Refused("there is no id_token".to_owned())),
        };
        let discovered = self.with_key_of(&id_token, discovered, now).await?;
        let expected = Expected { issuer: &self.issuer, client: &self.client, nonce: &pending.nonce };
        let claims = id_token::read(&id_token, &discovered.keys, &expected, now)?;
        let claims = self.complete(claims, &discovered, tokens.access_token.as_deref()).await?;
        Ok(self.mapping.person(&self.issuer, &claims)?)
    }

    /// Has the provider say of whom a code is.
    async fn exchange(
        &self,
        discovered: &Discovered,
        code: &str,
        verifier: &str,
    ) -> Result<Tokens, SignInFailure> {
        let in_form = discovered.secret_in_form;
        let form = self.form(code, verifier, in_form);
        let secret = self.secret.as_ref().filter(|_| !in_form);
        let authorization = secret.and_then(|secret| basic(&self.client, secret));
        let (status, tokens) = self.http.post::<Tokens>(&discovered.token, authorization, form).await?;
        if status.is_success() || tokens.error.is_some() {
            Ok(tokens)
        } else {
            Err(SignInFailure::Refused(format!("it answers {status}")))
        }
    }

    fn form(&self, code: &str, verifier: &str, secret_in_form: bool) -> String {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "authorization_code")
            .append_pair("code", code)
            .append_pair("redirect_uri", &self.redirect)
            .append_pair("code_verifier", verifier);
        if self.secret.is_none() || secret_in_form {
            form.append_pair("client_id", &self.client);
        }
        if let Some(secret) = self.secret.as_ref().filter(|_| secret_in_form) {
            form.append_pair("client_secret", secret);
        }
        form.finish()
    }

    /// Adds what the provider says elsewhere, where the token leaves something open. What the token says counts.
    async fn complete(
        &self,
        mut claims: Claims,
        discovered: &Discovered,
        access_token: Option<&str>,
    ) -> Result<Claims, SignInFailure> {
        let (Some(place), Some(token)) = (&discovered.user_info, access_token) else { return Ok(claims) };
        if !self.mapping.wants_more_than(&claims) {
            return Ok(claims);
        }
        let more: Claims = self.http.get(place, Some(token)).await?;
        // A token that was slipped in would be somebody else's (section 5.3.2).
        if more.get("sub") != claims.get("sub") {
            return Err(Rejection::SomebodyElse.into());
        }
        for (name, value) in more {
            claims.entry(name).or_insert(value);
        }
        Ok(claims)
    }

    /// What the provider says of itself, asked anew once in a while. While it does not answer, what it said last counts.
    async fn discovered(&self, now: Millis) -> Result<Arc<Discovered>, SignInFailure> {
        let (known, may_ask) = self.look(now);
        let is_new = known.as_ref().is_some_and(|known| (0..GOOD_FOR_MS).contains(&(now.0 - known.at.0)));
        match known {
            Some(known) if is_new || !may_ask => Ok(known),
            Some(known) => match self.ask(now).await {
                Ok(discovered) => Ok(discovered),
                Err(failure) => {
                    tracing::warn!(%failure, "cannot ask the provider of sign-ins anew");
                    Ok(known)
                }
            },
            None if may_ask => self.ask(now).await,
            None => Err(SignInFailure::AskedLately),
        }
    }

    /// The same with the key of a token, if the provider publishes that by now.
    async fn with_key_of(
        &self,
        token: &str,
        discovered: Arc<Discovered>,
        now: Millis,
    ) -> Result<Arc<Discovered>, SignInFailure> {
        if id_token::has_key(token, &discovered.keys) || !self.look(now).1 {
            return Ok(discovered);
        }
        self.ask(now).await
    }

    /// What is known, and whether the provider may be asked again.
    fn look(&self, now: Millis) -> (Option<Arc<Discovered>>, bool) {
        let known = self.known.lock();
        let is_lately = known.asked_at.is_some_and(|at| (0..AGAIN_MS).contains(&(now.0 - at.0)));
        (known.discovered.clone(), !is_lately)
    }

    async fn ask(&self, now: Millis) -> Result<Arc<Discovered>, SignInFailure> {
        self.known.lock().asked_at = Some(now);
        let asked = Discovered::ask(&self.http, &self.issuer, now).await;
        let mut known = self.known.lock();
        match asked {
            Ok(discovered) => {
                let discovered = Arc::new(discovered);
                known.discovered = Some(Arc::clone(&discovered));
                Ok(discovered)
            }
            Err(failure) => Err(failure),
        }
    }
}

fn secret(oidc: &Oidc) -> Result<Option<String>, OidcError> {
    let file = &oidc.client_secret_file;
    match (oidc.client_secret.text(), file.as_os_str().is_empty()) {
        ("", true) => Ok(None),
        (secret, true) => Ok(Some(secret.to_owned())),
        ("", false) => {
            let text = std::fs::read_to_string(file);
            let text = text.map_err(|error| OidcError::Unreadable(file.clone(), error))?;
            // An editor ends the line.
            match text.trim_end_matches(['\r', '\n']) {
                "" => Err(OidcError::Empty(file.clone())),
                secret => Ok(Some(secret.to_owned())),
            }
        }
        (_, false) => Err(OidcError::TwoSecrets),
    }
}

/// Whether what a provider says can only be said by it: it speaks TLS, or is on this machine.
fn is_trustworthy(issuer: &str) -> bool {
    let Ok(uri) = issuer.parse::<Uri>() else { return false };
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let is_here = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let is_http = uri.scheme() == Some(&Scheme::HTTPS) || uri.scheme() == Some(&Scheme::HTTP) && is_here;
    is_http && !host.is_empty() && !issuer.contains(['?', '#', '@'])
}

/// What is asked for: always openid, which makes it a sign-in.
fn scope(scopes: &[String]) -> String {
    let mut all = vec!["openid"];
    for scope in scopes.iter().flat_map(|scopes| scopes.split_whitespace()) {
        if !all.contains(&scope) {
            all.push(scope);
        }
    }
    all.join(" ")
}

/// A client's name and secret in a header (RFC 6749, section 2.3.1).
fn basic(client: &str, secret: &str) -> Option<HeaderValue> {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = STANDARD.encode(format!("{}:{}", encoded(client), encoded(secret)));
    let mut value = HeaderValue::try_from(format!("Basic {pair}")).ok()?;
    value.set_sensitive(true);
    Some(value)
}
