//! GitHub, which speaks OAuth 2 and not OpenID Connect: errors come with status
//! 200, the answer may be a form, the scope may be less than was asked, and the
//! mail addresses are a call of their own.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::RequestBuilder;
use serde::Deserialize;
use url::Url;

use super::client::{Http, send};
use super::{Handshake, Identity, IdentityError, Person, picture, pkce, shown};
use crate::config::OauthProvider;

const API_VERSION: &str = "2022-11-28";

pub struct Github {
    http: Http,
    site: String,
    api: String,
    client_id: String,
    client_secret: String,
    scopes: String,
}

impl Github {
    pub fn new(http: Http, row: &OauthProvider) -> Self {
        let scopes = match row.scopes.as_slice() {
            // Names and pictures are public.
            [] => "user:email".to_owned(),
            scopes => scopes.join(" "),
        };
        Self {
            http,
            site: row.issuer().to_owned(),
            api: row.api_url(),
            client_id: row.client_id.clone(),
            client_secret: row.client_secret.clone(),
            scopes,
        }
    }

    fn api(&self, path: &str, token: &str) -> RequestBuilder {
        self.http
            .get(&format!("{}{path}", self.api))
            .header("X-GitHub-Api-Version", API_VERSION)
            .bearer_auth(token)
    }

    async fn token(&self, code: &str, handshake: &Handshake) -> Result<Token, IdentityError> {
        let fields = [
            ("client_id", self.client_id.as_str()),
            ("client_secret", &self.client_secret),
            ("code", code),
            ("redirect_uri", &handshake.callback),
            ("code_verifier", &handshake.verifier),
        ];
        let url = format!("{}/login/oauth/access_token", self.site);
        let answer = send(self.http.form(&url, &fields)).await?;
        let read: TokenAnswer = match answer.bytes.first() {
            Some(b'{') => answer.json("the token")?,
            _ => TokenAnswer::of_form(&answer.bytes),
        };
        read.token()
    }

    /// The primary address, if GitHub had it confirmed.
    async fn email(&self, token: &Token) -> Result<Option<String>, IdentityError> {
        if !token.may_read_addresses() {
            return Ok(None);
        }
        let answer = send(self.api("/user/emails", &token.secret)).await?;
        // The scope was taken back, or the app may not ask.
        if [401, 403, 404].contains(&answer.status.as_u16()) {
            return Ok(None);
        }
        let addresses: Vec<Address> = answer.json("the addresses")?;
        let mut fitting = addresses.into_iter().filter(|one| one.primary && one.verified);
        Ok(fitting.next().map(|one| one.email))
    }
}

#[derive(Debug, Default, Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    token_type: Option<String>,
    scope: Option<String>,
    error: Option<String>,
}

struct Token {
    secret: String,
    scope: Option<String>,
}

impl TokenAnswer {
    fn of_form(bytes: &[u8]) -> Self {
        let mut read = Self::default();
        for (name, value) in url::form_urlencoded::parse(bytes) {
            let value = Some(value.into_owned());
            match name.as_ref() {
                "access_token" => read.access_token = value,
                "token_type" => read.token_type = value,
                "scope" => read.scope = value,
                "error" => read.error = value,
                _ => {}
            }
        }
        read
    }

    /// An error comes with status 200 like a token.
    fn token(self) -> Result<Token, IdentityError> {
        if let Some(error) = self.error {
            let named = shown(Some(error), 60).unwrap_or_default();
            return Err(IdentityError::Refused(format!("the code: {named}")));
        }
        let bearer = |kind: &String| kind.eq_ignore_ascii_case("bearer");
        let secret = self.access_token.filter(|token| !token.is_empty());
        match secret.filter(|_| self.token_type.as_ref().is_none_or(bearer)) {
            Some(secret) => Ok(Token {
                secret,
                scope: self.scope,
            }),
            None => Err(IdentityError::Refused("no token in the answer".to_owned())),
        }
    }
}

impl Token {
    /// People may grant less than was asked; the answer says what they did.
    fn may_read_addresses(&self) -> bool {
        let Some(scope) = &self.scope else { return true };
        let mut granted = scope.split([',', ' ']);
        granted.any(|one| ["user", "user:email"].contains(&one))
    }
}

#[derive(Debug, Deserialize)]
struct User {
    /// A login can be renamed and taken by another; this can't.
    id: u64,
    login: Option<String>,
    name: Option<String>,
    avatar_url: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Address {
    email: String,
    primary: bool,
    verified: bool,
}

impl Github {
    async fn address_for(&self, handshake: &Handshake) -> Result<String, IdentityError> {
        let mut url = Url::parse(&format!("{}/login/oauth/authorize", self.site))
            .map_err(|_| IdentityError::Refused("its address is no URL".to_owned()))?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", &handshake.callback)
            .append_pair("scope", &self.scopes)
            .append_pair("state", &handshake.state)
            .append_pair("code_challenge", &pkce::challenge(&handshake.verifier))
            .append_pair("code_challenge_method", "S256");
        Ok(url.into())
    }

    async fn person(&self, code: &str, handshake: &Handshake) -> Result<Person, IdentityError> {
        let token = self.token(code, handshake).await?;
        let user: User = send(self.api("/user", &token.secret)).await?.json("the user")?;
        Ok(Person {
            subject: user.id.to_string(),
            email: self.email(&token).await?,
            name: shown(user.name.or(user.login), 200),
            avatar_url: picture(user.avatar_url),
        })
    }
}

impl Identity for Github {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_the_same_as_json() {
        let read =
            TokenAnswer::of_form(b"access_token=gho_1&scope=read%3Auser%2Cuser%3Aemail&token_type=bearer");
        let token = read.token().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(token.secret, "gho_1");
        assert!(token.may_read_addresses());
        let error = TokenAnswer::of_form(b"error=bad_verification_code&error_description=The+code");
        assert!(
            error
                .token()
                .is_err_and(|error| error.to_string().contains("bad_verification_code"))
        );
        assert!(TokenAnswer::of_form(b"<html>").token().is_err());
    }

    #[test]
    fn less_scope_is_seen() {
        for (scope, may) in [
            ("", false),
            ("read:user", false),
            ("user", true),
            ("a,user:email", true),
        ] {
            let token = Token {
                secret: String::new(),
                scope: Some(scope.to_owned()),
            };
            assert_eq!(token.may_read_addresses(), may, "{scope}");
        }
    }
}
