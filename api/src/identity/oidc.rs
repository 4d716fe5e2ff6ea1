//! OpenID Connect: Google, and any issuer that publishes what it does.
//!
//! Where the endpoints and keys are, the issuer's discovery document says; both
//! are kept for as long as they may be. A token signed with a key that is newer
//! than our copy has the keys fetched once more.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

use super::client::{Http, send};
use super::id_token::{self, Claims, Expected, Fault};
use super::{Handshake, Identity, IdentityError, Person, picture, pkce, shown};
use crate::config::{OauthKind, OauthProvider};

/// Where nothing is said, and at least and at most.
const KEPT: Duration = Duration::from_secs(60 * 60);
const KEPT_LEAST: Duration = Duration::from_secs(60);
const KEPT_MOST: Duration = Duration::from_secs(24 * 60 * 60);

pub struct Oidc {
    http: Http,
    kind: OauthKind,
    issuer: String,
    client_id: String,
    client_secret: String,
    scopes: String,
    hosted_domain: String,
    metadata: Copied<Metadata>,
    keys: Copied<JwkSet>,
}

/// What an issuer publishes of itself.
#[derive(Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct TokenAnswer {
    id_token: Option<String>,
    access_token: Option<String>,
    error: Option<String>,
}

/// A copy of something published, while it may be kept.
struct Copied<T>(RwLock<Option<(Instant, Arc<T>)>>);

impl<T: DeserializeOwned> Copied<T> {
    fn new() -> Self {
        Self(RwLock::new(None))
    }

    fn copy(&self) -> Option<Arc<T>> {
        let copy = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (until, copy) = copy.as_ref()?;
        (Instant::now() < *until).then(|| Arc::clone(copy))
    }

    async fn fetch(&self, http: &Http, url: &str, what: &str) -> Result<Arc<T>, IdentityError> {
        let answer = send(http.get(url)).await?;
        // Nobody's code is at fault.
        let value = answer
            .json(what)
            .map_err(|error| IdentityError::Unavailable(error.to_string()))?;
        let kept = answer.max_age.unwrap_or(KEPT).clamp(KEPT_LEAST, KEPT_MOST);
        let value = Arc::new(value);
        let mut copy = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *copy = Some((Instant::now() + kept, Arc::clone(&value)));
        Ok(value)
    }
}

impl Oidc {
    pub fn new(http: Http, row: &OauthProvider, profile: bool) -> Self {
        let scopes = match (row.scopes.as_slice(), profile) {
            ([], true) => "openid email profile".to_owned(),
            ([], false) => "openid email".to_owned(),
            (scopes, _) => scopes.join(" "),
        };
        Self {
            http,
            kind: row.kind,
            issuer: row.issuer().to_owned(),
            client_id: row.client_id.clone(),
            client_secret: row.client_secret.clone(),
            scopes,
            hosted_domain: row.hosted_domain.clone(),
            metadata: Copied::new(),
            keys: Copied::new(),
        }
    }

    async fn metadata(&self) -> Result<Arc<Metadata>, IdentityError> {
        if let Some(copy) = self.metadata.copy() {
            return Ok(copy);
        }
        let base = self.issuer.trim_end_matches('/');
        let url = format!("{base}/.well-known/openid-configuration");
        let metadata = self.metadata.fetch(&self.http, &url, "what it publishes").await?;
        let refused = |why: &str| Err(IdentityError::Unavailable(format!("what it publishes {why}")));
        if metadata.issuer != self.issuer {
            return refused("is another issuer's");
        }
        // What is secret does not leave the protection that the issuer's own name has.
        let plain = self.issuer.starts_with("http://");
        let endpoints = [
            Some(&metadata.authorization_endpoint),
            Some(&metadata.token_endpoint),
            Some(&metadata.jwks_uri),
            metadata.userinfo_endpoint.as_ref(),
        ];
        let safe = |url: &&String| url.starts_with("https://") || plain && url.starts_with("http://");
        match endpoints.iter().flatten().all(safe) {
            true => Ok(metadata),
            false => refused("names an address without TLS"),
        }
    }

    async fn tokens(&self, code: &str, handshake: &Handshake) -> Result<TokenAnswer, IdentityError> {
        let metadata = self.metadata().await?;
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &handshake.callback),
            ("code_verifier", &handshake.verifier),
        ];
        let methods = metadata.token_endpoint_auth_methods_supported.as_deref();
        let post = methods.is_some_and(|methods| methods.iter().any(|it| it == "client_secret_post"));
        if post {
            fields.push(("client_id", &self.client_id));
            fields.push(("client_secret", &self.client_secret));
        }
        let mut request = self.http.form(&metadata.token_endpoint, &fields);
        if !post {
            let encoded =
                |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            request = request.basic_auth(encoded(&self.client_id), Some(encoded(&self.client_secret)));
        }
        let answer = send(request).await?;
        if let Ok(TokenAnswer {
            error: Some(error), ..
        }) = serde_json::from_slice(&answer.bytes)
        {
            let named = shown(Some(error), 60).unwrap_or_default();
            return Err(IdentityError::Refused(format!("the code: {named}")));
        }
        answer.json("the tokens")
    }

    async fn claims(&self, token: &str, nonce: &str) -> Result<Claims, IdentityError> {
        let metadata = self.metadata().await?;
        // Google leaves the scheme out at times, and says so.
        let mut issuers = vec![self.issuer.as_str()];
        if self.kind == OauthKind::Google {
            issuers.extend(self.issuer.strip_prefix("https://"));
        }
        let expected = Expected {
            issuers: &issuers,
            client_id: &self.client_id,
            nonce,
        };
        if let Some(keys) = self.keys.copy() {
            match id_token::read(token, &keys, &expected) {
                Err(Fault::UnknownKey) => {}
                read => return read.map_err(|fault| IdentityError::Refused(fault.to_string())),
            }
        }
        let keys = self
            .keys
            .fetch(&self.http, &metadata.jwks_uri, "its keys")
            .await?;
        id_token::read(token, &keys, &expected).map_err(|fault| IdentityError::Refused(fault.to_string()))
    }

    /// Some put the address only there.
    async fn with_userinfo(&self, claims: Claims, token: Option<&str>) -> Result<Claims, IdentityError> {
        let metadata = self.metadata().await?;
        let (Some(url), Some(token)) = (&metadata.userinfo_endpoint, token) else {
            return Ok(claims);
        };
        let more: Claims = send(self.http.get(url).bearer_auth(token))
            .await?
            .json("the user")?;
        match more.sub == claims.sub {
            true => Ok(claims.with_profile_of(more)),
            false => Err(IdentityError::Refused("the user is another".to_owned())),
        }
    }

    /// Google knows of an address that is not its own only that it was confirmed
    /// once; who has it now, only the domain's Workspace knows.
    fn vouched_email(&self, claims: &Claims) -> Option<String> {
        let email = claims.email.clone().filter(|_| claims.email_is_verified())?;
        let at_google = email.to_lowercase().ends_with("@gmail.com") || claims.hd.is_some();
        (self.kind != OauthKind::Google || at_google).then_some(email)
    }
}

impl Oidc {
    async fn address_for(&self, handshake: &Handshake) -> Result<String, IdentityError> {
        let metadata = self.metadata().await?;
        let mut url = Url::parse(&metadata.authorization_endpoint)
            .map_err(|_| IdentityError::Unavailable("its address is no URL".to_owned()))?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &handshake.callback)
            .append_pair("scope", &self.scopes)
            .append_pair("state", &handshake.state)
            .append_pair("nonce", &handshake.nonce)
            .append_pair("code_challenge", &pkce::challenge(&handshake.verifier))
            .append_pair("code_challenge_method", "S256");
        if !self.hosted_domain.is_empty() {
            // A wish; the token is what is believed.
            url.query_pairs_mut().append_pair("hd", &self.hosted_domain);
        }
        Ok(url.into())
    }

    async fn person(&self, code: &str, handshake: &Handshake) -> Result<Person, IdentityError> {
        let tokens = self.tokens(code, handshake).await?;
        let token = tokens.id_token.as_deref();
        let token = token.ok_or_else(|| IdentityError::Refused("no ID token in the answer".to_owned()))?;
        let mut claims = self.claims(token, &handshake.nonce).await?;
        if claims.email.is_none() {
            claims = self.with_userinfo(claims, tokens.access_token.as_deref()).await?;
        }
        if !self.hosted_domain.is_empty() && claims.hd.as_ref() != Some(&self.hosted_domain) {
            return Err(IdentityError::Refused(
                "the person is of another domain".to_owned(),
            ));
        }
        Ok(Person {
            email: self.vouched_email(&claims),
            name: shown(claims.name, 200),
            avatar_url: picture(claims.picture),
            subject: claims.sub,
        })
    }
}

impl Identity for Oidc {
    fn authorize_url<'a>(&'a self, handshake: &'a Handshake) -> BoxFuture<'a, Result<String, IdentityError>> {
        self.address_for(handshake).boxed()
    }

    fn prove<'a>(
        &'a self,
        code: &'a str,
        handshake: &'a Handshake,
    ) -> BoxFuture<'a, Result<Person, IdentityError>> {
        self.person(code, handshake).boxed()
    }
}
